/**
 * Dates as Chinese papers write them, and the calendar: nothing that the text does not say is filled in. The year
 * written once for both ends of a range (2023年3月1日至15日) counts as said.
 */
import type { DateMention, DatePrecision } from '../model.js';

// ── Calendar ──────────────────────────────────────────────────────────────────────────────────────────────────────

const DAY = 86_400_000;

export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const pad = (n: number, width: number): string => String(n).padStart(width, '0');

/** `2023-03-01`; undefined where the calendar has no such day. */
export function isoDate(year: number, month: number, day: number): string | undefined {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

export const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The parts of an ISO date; undefined where the string is none or the calendar has no such day. */
export function parseIso(iso: string): CalendarDay | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(iso);
  if (match === null) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return isoDate(year, month, day) === undefined ? undefined : { year, month, day };
}

function dayNumber(iso: string): number {
  const parts = parseIso(iso);
  if (parts === undefined) throw new RangeError(`not an ISO date: ${iso}`);
  return Date.UTC(parts.year, parts.month - 1, parts.day) / DAY;
}

const isoOfDayNumber = (n: number): string => new Date(n * DAY).toISOString().slice(0, 10);

/** 1 Monday … 7 Sunday. */
export const weekdayOf = (iso: string): number => ((((dayNumber(iso) + 3) % 7) + 7) % 7) + 1;

/** Days from a to b with both counted: 1 where they are the same day, 0 or less where b is before a. */
export const daysInclusive = (a: string, b: string): number => dayNumber(b) - dayNumber(a) + 1;

/** The day `days` after `iso` (before it where negative). */
export const addDays = (iso: string, days: number): string => isoOfDayNumber(dayNumber(iso) + days);

// ── Mentions ──────────────────────────────────────────────────────────────────────────────────────────────────────

type Draft = {
  -readonly [K in keyof DateMention]: DateMention[K];
};

const CHINESE_DIGITS = '〇一二三四五六七八九';
const D = '[一二三四五六七八九]';
const YEAR = `(?<!\\d)(?:19|20)\\d{2}|[一二][〇零○九][〇零○一二三四五六七八九]{2}`;
const RELATIVE = '今年|去年|当年|同年|本年|明年|次年|前年|上年';
/** 13 and more only before a day: a month that no calendar has. */
const MONTH = `1[0-2]|0?[1-9]|十[一二]?|${D}|(?:1[3-9]|[2-9]\\d)(?= ?月 ?\\d{1,2} ?日)`;
const DAY_OF_MONTH = `3[01]|[12]\\d|0?[1-9]|(?:3[2-9]|[4-9]\\d)(?= ?日)|三十一?|[一二]?十${D}?|廿${D}?|${D}`;
const LIMIT =
  '(?:底|末)?(?:之前|以前|前(?![往来期后述置面景者线列身沿一二三四两\\d]))|底(?![子线数部蕴层])|末(?![端尾])';
const DASH = ' ?(?:[至到]|—{1,2}|-{1,2}|～) ?';

/** 2023年3月1日, 3月上旬, 今年12月底前, 2023年9月30 (day mark lost; only with its year). */
const MONTH_FORM =
  `(?:(?<y>${YEAR}|(?<!\\d)\\d{2}(?=年\\d)) ?年 ?|(?<rel>${RELATIVE}))?(?<!第)` +
  `(?:(?<m0>(?<!\\d)(?:${MONTH}))(?:${DASH}|、)(?=(?:${MONTH})月(?!\\d*[日号])))?(?<!\\d)(?<!\\d\\.)` +
  `(?<m>${MONTH}) ?月(?!一[^日号十])份?(?: ?(?:(?<d>${DAY_OF_MONTH}) ?[日号]|(?<lost>(?<=年.{0,4})(?:3[01]|[12]\\d|0?[1-9])(?![\\d日号.]))|(?<ten>[上中下])旬))?(?<limit>${LIMIT})?`;
/** 2024年上半年, 今年第一季度, 一季度. */
const PART_FORM = `(?:(?<py>${YEAR}) ?年 ?|(?<prel>${RELATIVE}))?(?<!前)(?:第?(?<quarter>[一二三四1-4])季度|(?<half>[上下])半年)(?<plimit>${LIMIT})?`;
/** 2023年, 2023年度, 2019—2021年, 2023年底前, 今年年底前. */
const YEAR_FORM = `(?:(?<ya0>${YEAR}) ?年?${DASH}(?=(?:${YEAR}) ?年))?(?<ya>${YEAR}) ?年(?:度|份)?(?<ylimit>年?(?:${LIMIT}))?`;
const YEAR_END = `(?:(?<yrel>今年|去年|当年|本年|明年|次年)年?(?:底|末)(?:之前|以前|前)?|(?<![每历])(?<span>年|月)(?:底|末)(?:之前|以前|前(?![往来期后])))`;
/** 2023-03-01, 2023.3.1, 2023/3/1. */
const NUMERIC_FORM = String.raw`(?<!\d|\d[./])(?<ny>(?:19|20)\d{2})(?<sep>[-./])(?<nm>1[0-2]|0?[1-9])\k<sep>(?<nd>3[01]|[12]\d|0?[1-9])(?!\d|\k<sep>\d)`;
const NUMERIC_MONTH_FORM = String.raw`(?<![\d.\-/])(?<my>(?:19|20)\d{2})(?:[-/](?<mm>1[0-2]|0?[1-9])(?![\d./-])|\.(?<mp>1[0-2]|0[1-9])(?=[—\-至～）\s，。；、]|$))`;
const COMPACT_FORM = String.raw`(?<![\d.])(?<cy>(?:19|20)\d{2})(?<cm>0[1-9]|1[0-2])(?<cd>0[1-9]|[12]\d|3[01])(?![\d.])`;
/** 2019321日, and 820日 as the end of a range: the separators were lost. */
const FUSED_FORM =
  String.raw`(?<!\d)(?<fy>(?:19|20)\d{2})(?<fused>\d{2,4})日` + `|(?<=日${DASH})(?<!\\d)(?<later>\\d{3,4})日`;

const MENTION = new RegExp(
  [FUSED_FORM, NUMERIC_FORM, NUMERIC_MONTH_FORM, COMPACT_FORM, PART_FORM, MONTH_FORM, YEAR_FORM, YEAR_END].join('|'),
  'g',
);
const RANGE_LINK = new RegExp(`^(?:（?(?:周|星期|礼拜)[一二三四五六日天]）?)?(?:（含）|起|开始)?，?${DASH}$`);
/** Behind a dash its 日 may be lost: 9月7日至26，. */
const FURTHER_DAY = new RegExp(
  `(?:(?:${DASH}|[、和])(?<d>${DAY_OF_MONTH}) ?[日号](?<limit>${LIMIT})?|${DASH}(?<lost>3[01]|[12]\\d|0?[1-9])(?=[，,。；]))`,
  'y',
);
const WEEKDAY =
  /(?:[上下中]午|晚上?)?(?:(?:（| ?)|[，,、][^。；！？\n（）0-9]{0,6}?)(?<![一二两三四每上下本])((?:周|星期|礼拜)([一二三四五六日天]))(?![至到—、和常期])/y;

const numberOf = (text: string): number => {
  if (/^\d/u.test(text)) return Number(text);
  const at = text.search(/[十廿]/u);
  const digit = (char: string): number => CHINESE_DIGITS.indexOf(char.replace(/[零○]/u, '〇'));
  if (at < 0) return Number([...text].map(digit).join(''));
  const tens = text.charAt(at) === '廿' ? 2 : at === 0 ? 1 : digit(text.charAt(0));
  return tens * 10 + (at + 1 < text.length ? digit(text.charAt(at + 1)) : 0);
};

/** Every date in `folded`, in text order, without overlaps. Positions are those of the text. */
export function scanDates(folded: string): readonly DateMention[] {
  const mentions: Draft[] = [];
  MENTION.lastIndex = 0;
  for (let match = MENTION.exec(folded); match !== null; match = MENTION.exec(folded)) {
    for (const mention of mentionsOf(match)) push(folded, mentions, mention);
    let last = mentions[mentions.length - 1] as Draft;
    for (let next = furtherDay(folded, last); next !== undefined; next = furtherDay(folded, last)) {
      push(folded, mentions, next);
      last = next;
    }
    MENTION.lastIndex = last.end;
  }
  for (const mention of mentions) addWeekday(folded, mention);
  return mentions.map(withDays);
}

/** Adds a mention, linked to the one before it where they are the ends of a range. */
function push(folded: string, mentions: Draft[], mention: Draft): void {
  const before = mentions[mentions.length - 1];
  if (before !== undefined && before.rangeStart === undefined && isRange(folded, before, mention)) {
    mention.rangeStart = mentions.length - 1;
    if (mention.year === undefined && before.year !== undefined && !isEarlier(mention, before))
      mention.year = before.year;
  }
  mentions.push(mention);
}

function isRange(folded: string, first: Draft, second: Draft): boolean {
  return second.start - first.end <= 12 && RANGE_LINK.test(folded.slice(first.end, second.start));
}

const isEarlier = (a: Draft, b: Draft): boolean =>
  (a.month ?? 1) * 100 + (a.day ?? 31) < (b.month ?? 1) * 100 + (b.day ?? 1);

/** 3月1日-15日, 3月1日、5日: a further day of the month, whose month is the first one's. */
function furtherDay(folded: string, first: Draft): Draft | undefined {
  if (first.precision !== 'day') return undefined;
  FURTHER_DAY.lastIndex = first.end;
  const match = FURTHER_DAY.exec(folded);
  const { d, lost, limit } = match?.groups ?? {};
  const day = d ?? lost;
  if (match === null || day === undefined) return undefined;
  return {
    start: first.end + match[0].search(/[\d一二三四五六七八九十廿]/u),
    end: FURTHER_DAY.lastIndex,
    ...known({ year: first.year, month: first.month, day: numberOf(day) }),
    precision: 'day',
    ...(limit === undefined ? {} : { before: true }),
  };
}

function known(parts: {
  year?: number | undefined;
  month?: number | undefined;
  day?: number | undefined;
}): Partial<Draft> {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}

function mentionsOf(match: RegExpExecArray): Draft[] {
  const g = match.groups as Record<string, string | undefined>;
  const start = match.index;
  const end = start + match[0].length;
  const whole = (precision: DatePrecision, parts: Parameters<typeof known>[0], limit?: string): Draft => ({
    start,
    end,
    ...known(parts),
    precision,
    ...(limit === undefined ? {} : { before: true }),
  });
  const year = (text: string | undefined): number | undefined =>
    text === undefined ? undefined : text.length === 2 ? 2000 + Number(text) : numberOf(text);
  if (g.fused !== undefined) {
    const day = splitFused(g.fused);
    return [whole(day === undefined ? 'year' : 'day', { year: year(g.fy), ...day })];
  }
  if (g.later !== undefined) {
    const day = splitFused(g.later);
    return [whole(day === undefined ? 'year' : 'day', { ...day })];
  }
  if (g.ny !== undefined) return [whole('day', { year: year(g.ny), month: Number(g.nm), day: Number(g.nd) })];
  if (g.my !== undefined) return [whole('month', { year: year(g.my), month: Number(g.mm ?? g.mp) })];
  if (g.cy !== undefined) return [whole('day', { year: year(g.cy), month: Number(g.cm), day: Number(g.cd) })];
  if (g.quarter !== undefined) {
    return [whole('quarter', { year: year(g.py), month: numberOf(g.quarter) * 3 - 2 }, g.plimit)];
  }
  if (g.half !== undefined) {
    return [whole('halfYear', { year: year(g.py), month: g.half === '上' ? 1 : 7 }, g.plimit)];
  }
  if (g.m !== undefined) return monthMentions(match, g, whole, year(g.y));
  if (g.ya !== undefined) {
    const own = whole('year', { year: year(g.ya) }, g.ylimit);
    if (g.ya0 === undefined) return [own];
    const second = start + match[0].indexOf(g.ya, g.ya0.length);
    const firstEnd = start + g.ya0.length + (match[0].charAt(g.ya0.length) === '年' ? 1 : 0);
    return [
      { start, end: firstEnd, ...known({ year: year(g.ya0) }), precision: 'year' },
      { ...own, start: second },
    ];
  }
  return [{ start, end, precision: g.span === '月' ? 'month' : 'year', before: true }];
}

function monthMentions(
  match: RegExpExecArray,
  g: Record<string, string | undefined>,
  whole: (precision: DatePrecision, parts: Parameters<typeof known>[0], limit?: string) => Draft,
  year: number | undefined,
): Draft[] {
  const month = numberOf(g.m as string);
  const day = g.d ?? g.lost;
  if (day !== undefined) return [whole('day', { year, month, day: numberOf(day) }, g.limit)];
  if (g.ten !== undefined) {
    const first = { 上: 1, 中: 11, 下: 21 }[g.ten] as number;
    return [whole('tenDays', { year, month, day: first }, g.limit)];
  }
  const own = whole('month', { year, month }, g.limit);
  if (g.m0 === undefined) return [own];
  const firstStart = match[0].indexOf(g.m0, g.y === undefined ? 0 : g.y.length);
  const firstEnd = firstStart + g.m0.length;
  const secondStart = match[0].indexOf(g.m as string, firstEnd);
  return [
    { start: own.start, end: own.start + firstEnd, ...known({ year, month: numberOf(g.m0) }), precision: 'month' },
    { ...own, start: own.start + secondStart },
  ];
}

/** 321 → March 21: the one reading that the calendar allows; nothing where there are several. */
function splitFused(digits: string): { readonly month: number; readonly day: number } | undefined {
  const readings = [1, 2]
    .map((at) => ({ month: digits.slice(0, at), day: digits.slice(at) }))
    .filter(({ day }) => day !== '' && (digits.length === 4 || !day.startsWith('0')))
    .map(({ month, day }) => ({ month: Number(month), day: Number(day) }))
    .filter(({ month, day }) => isoDate(LEAP_YEAR, month, day) !== undefined);
  return readings.length === 1 ? readings[0] : undefined;
}

const LEAP_YEAR = 2024;

function addWeekday(folded: string, mention: Draft): void {
  if (mention.precision !== 'day') return;
  WEEKDAY.lastIndex = mention.end;
  const match = WEEKDAY.exec(folded);
  const [, written, day] = match ?? [];
  if (written === undefined || day === undefined) return;
  const end = WEEKDAY.lastIndex;
  mention.weekday = { value: day === '天' ? 7 : '一二三四五六日'.indexOf(day) + 1, start: end - written.length, end };
}

/** `first` and `last`, where the year is written and the calendar has the days. */
function withDays(mention: Draft): DateMention {
  const { year, precision } = mention;
  if (year === undefined) return mention;
  const month = mention.month ?? 1;
  const [first, last] = ((): readonly [string | undefined, string | undefined] => {
    switch (precision) {
      case 'day':
        return mention.day === undefined
          ? [undefined, undefined]
          : [isoDate(year, month, mention.day), isoDate(year, month, mention.day)];
      case 'tenDays': {
        const from = mention.day ?? 1;
        return [isoDate(year, month, from), isoDate(year, month, from === 21 ? daysInMonth(year, month) : from + 9)];
      }
      case 'month':
        return [isoDate(year, month, 1), isoDate(year, month, daysInMonth(year, month))];
      case 'quarter':
        return [isoDate(year, month, 1), isoDate(year, month + 2, daysInMonth(year, month + 2))];
      case 'halfYear':
        return [isoDate(year, month, 1), isoDate(year, month + 5, daysInMonth(year, month + 5))];
      case 'year':
        return [isoDate(year, 1, 1), isoDate(year, 12, 31)];
    }
  })();
  return first === undefined || last === undefined ? mention : { ...mention, first, last };
}

/** The mention with a year that its surroundings force, and its days. */
export const withYear = (mention: DateMention, year: number): DateMention => withDays({ ...mention, year });
