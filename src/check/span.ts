/** The days from one date to another, both counted, against the length that the sentence states. */
import { z } from 'zod';
import type { DateMention, Quantity, Rational } from '../model.js';
import { daysInclusive, parseIso, withYear } from '../number/dates.js';
import { abs, cmp, eq, isInteger, mul, rational, sub } from '../number/rational.js';
import { workdays } from '../number/workdays.js';
import { contains } from '../text.js';
import { isExact, operandOf, sentenceOf, statedBy, type Test, tester, testers } from './arithmetic.js';
import type { CheckContext, CheckKind, Judgement } from './kind.js';

const parameters = z.strictObject({
  /** Right before a duration: it is the length of the period before it. */
  length: z.string(),
  /** The same for a length that the period need not be: it is told of only where it is nearly that. */
  spent: z.string(),
  /** Between two dates: they are the ends of a period. */
  until: z.string(),
  /** Before a duration that a period follows, and between the two: 公示期为七天，即4月3日至4月9日. */
  named: z.string(),
  follows: z.string(),
  /** Before a duration in a sentence without dates, and in the clauses of the dates before it that begin and end its period. */
  told: z.string(),
  begun: z.string(),
  done: z.string(),
  /** Before a duration: its days may be working days. */
  shown: z.string(),
  /** Base units of durations by how they count: each day, working days, and nominal lengths with their days. */
  days: z.string(),
  workdays: z.string(),
  nominal: z.record(z.string(), z.number().int()),
});
type Parameters = z.infer<typeof parameters>;

export const span: CheckKind<Parameters> = {
  kind: 'span',
  parameters,
  run(context, rule, given) {
    const { rules } = context;
    const [isLength, isSpent, isUntil] = testers(rules, rule, given.length, given.spent, given.until);
    const [isNamed, isThen] = testers(rules, rule, given.named, given.follows);
    const [isTold, isBegun, isDone] = testers(rules, rule, given.told, given.begun, given.done);
    const isShown = tester(rules, rule, given.shown);
    const { dates } = context.extraction;
    const judged = (period: Period, ends: readonly [string, string], length: Quantity): readonly Judgement[] => {
      const judgement = judge(context, period, ends, length, given, isShown);
      return judgement === undefined ? [] : [judgement];
    };
    const apart = context.view.quantities.flatMap((length) => {
      if (length.kind !== 'duration' || length.unit !== given.days) return [];
      const period = periodBefore(context, length, isTold, isBegun, isDone);
      const ends = period === undefined ? undefined : daysOf(...period);
      if (period === undefined || ends === undefined) return [];
      return judged(period, ends, length).map(asWarning);
    });
    const beside = dates.flatMap((end, at) => {
      const start =
        end.rangeStart === undefined ? startOf(context, dates[at - 1], end, isUntil) : dates[end.rangeStart];
      const ends = start === undefined ? undefined : daysOf(start, end);
      if (start === undefined || ends === undefined) return [];
      const lengths = lengthsAfter(context, end, isLength);
      const spent = lengthsAfter(context, end, isSpent).filter(
        (length) =>
          !lengths.includes(length) && length.unit === given.days && isAllOrMore(length, daysInclusive(...ends)),
      );
      // 8月5日至8月9日张榜，公示7个工作日.
      const shown = lengthsAfter(context, end, isShown).filter(
        (length) => !lengths.includes(length) && length.unit === given.workdays,
      );
      const before = lengthBefore(context, start, isNamed, isThen);
      // Whoever names a length first may not count the first day.
      const isExclusive = before !== undefined && eq(before.value, rational(daysInclusive(...ends) - 1));
      const named = before === undefined || isExclusive ? [] : judged([start, end], ends, before);
      return [
        ...[...lengths, ...spent].flatMap((length) => judged([start, end], ends, length)),
        ...shown.flatMap((length) => judged([start, end], ends, length)).map(asWarning),
        ...named.map(asWarning),
      ];
    });
    return [...beside, ...apart];
  },
};

type Period = readonly [first: DateMention, last: DateMention];

const asWarning = (judgement: Judgement): Judgement =>
  judgement.verdict === 'inconsistent' ? { ...judgement, severity: 'warning' } : judgement;

/** 公示期为七天，即4月3日至4月20日: the duration right before a period that is named as its length. */
function lengthBefore({ view }: CheckContext, start: DateMention, isNamed: Test, isThen: Test): Quantity | undefined {
  const length = view.quantities.findLast(({ end }) => end <= start.start);
  if (length?.kind !== 'duration' || !contains(sentenceOf(view, start), length)) return undefined;
  const lead = view.masked.slice(Math.max(0, length.start - 6), length.start);
  return isNamed(lead) && isThen(view.masked.slice(length.end, start.start)) ? length : undefined;
}

/** 1月20日，…开始清理。2月9日，清理工作全部结束。前后用时四十天: the two days told of last before it, of one paragraph or two. */
function periodBefore(
  { extraction: { dates }, view }: CheckContext,
  length: Quantity,
  isTold: Test,
  isBegun: Test,
  isDone: Test,
): Period | undefined {
  if (!isTold(view.masked.slice(Math.max(0, length.start - 8), length.start))) return undefined;
  const [start, end] = dates.filter((date) => date.end <= length.start).slice(-2);
  if (start === undefined || end === undefined || end.rangeStart !== undefined) return undefined;
  const between = view.masked.slice(start.end, length.start);
  if (between.length > FARTHEST || between.split('\n').filter((line) => line !== '').length > 2) return undefined;
  const after = (date: DateMention, limit: number): string =>
    view.masked.slice(date.end, Math.min(limit, date.end + CLAUSE));
  const isPeriod =
    isBegun(after(start, end.start)) && isDone(after(end, length.start)) && !isDone(after(start, end.start));
  return isPeriod ? [start, end] : undefined;
}

/** Characters between a period that is told of in two sentences and its length; and of those that say what a date began. */
const FARTHEST = 160;
const CLAUSE = 30;

/** 自…（星期三）起…，至…结束: the date before, where the words between the two make them a period. */
function startOf(
  { view }: CheckContext,
  before: DateMention | undefined,
  end: DateMention,
  isUntil: (text: string) => boolean,
): DateMention | undefined {
  if (before === undefined || !contains(sentenceOf(view, end), before)) return undefined;
  const between = view.masked.slice(before.end, end.start);
  return between.length <= LONGEST_CLAUSE && isUntil(between) ? before : undefined;
}

const LONGEST_CLAUSE = 70;

/** The durations after the period that are said to be its length: the first of each unit (历时25天，共19个工作日). */
function lengthsAfter(
  { view }: CheckContext,
  end: DateMention,
  isLength: (text: string) => boolean,
): readonly Quantity[] {
  const sentence = sentenceOf(view, end);
  const after = view.quantities.filter(
    (quantity) =>
      quantity.start >= end.end && quantity.start - end.end <= LONGEST_CLAUSE && contains(sentence, quantity),
  );
  const lengths = after.filter(
    ({ kind, start }) => kind === 'duration' && isLength(view.masked.slice(Math.max(end.end, start - 6), start)),
  );
  return lengths.filter(({ unit }, index) => lengths.findIndex((other) => other.unit === unit) === index);
}

/** First and last day; a date without a year is taken in any one year, and ends after it began. */
function daysOf(start: DateMention, end: DateMention): readonly [string, string] | undefined {
  if (start.precision !== 'day' || end.precision !== 'day') return undefined;
  const year = start.year ?? end.year;
  if (year === undefined) return undefined;
  const first = withYear(start, year).first;
  const sameYear = withYear(end, end.year ?? year).first;
  if (first === undefined || sameYear === undefined) return undefined;
  const last = end.year === undefined && sameYear < first ? withYear(end, year + 1).first : sameYear;
  return last === undefined || last < first ? undefined : [first, last];
}

function judge(
  { locate, view }: CheckContext,
  dates: Period,
  [first, last]: readonly [string, string],
  quantity: Quantity,
  given: Parameters,
  isShown: Test,
): Judgement | undefined {
  const length = statedBy(locate, quantity);
  const [start, end] = dates.map((date) => locate.evidence(date));
  const period = locate.evidence({ start: dates[0].start, end: dates[1].end });
  if (start === undefined || end === undefined) return undefined;
  const base = (expected: string): Omit<Judgement, 'verdict'> => ({
    stated: quantity.stated,
    expected,
    operands: [
      { name: 'first', stated: start.quote, value: first, evidence: start },
      { name: 'last', stated: end.quote, value: last, evidence: end },
      operandOf('length', length),
    ],
    evidence: [period, length.evidence],
  });
  const days = daysInclusive(first, last);
  if (quantity.unit === given.workdays) return judgeWorkdays(base, first, last, quantity);
  const inWorkdays = (): boolean => {
    const lead = view.masked.slice(Math.max(0, quantity.start - 8), quantity.start);
    return isShown(lead) && eq(quantity.value, rational(workdays(first, last).days));
  };
  if (quantity.unit === given.days)
    return inWorkdays()
      ? { ...base(String(days)), verdict: 'consistent', mode: 'workdays' }
      : judgeDays(base(String(days)), days, quantity, isExact(length));
  const nominal = given.nominal[quantity.unit];
  if (nominal === undefined) return undefined;
  const stated = mul(quantity.value, rational(nominal));
  const isNear = cmp(abs(sub(stated, rational(days))), rational(Math.ceil(nominal / 2))) <= 0;
  return {
    ...base(String(days)),
    verdict: isNear ? 'consistent' : 'inconsistent',
    severity: 'warning',
    mode: 'nominal',
  };
}

/** About as many days as there are, or more: fewer may have been spent, more cannot. */
const isAllOrMore = ({ value }: Quantity, days: number): boolean => cmp(value, rational(days - 1)) >= 0;

const TENTH = rational(1, 10);

/** An exact number of days is exact; a blurred one, or a round one, may be off by a tenth. */
function judgeDays(base: Omit<Judgement, 'verdict'>, days: number, quantity: Quantity, exact: boolean): Judgement {
  const off: Rational = abs(sub(quantity.value, rational(days)));
  if (off.n === 0n) return { ...base, verdict: 'consistent', mode: 'inclusive' };
  const isNear = cmp(off, mul(rational(days), TENTH)) <= 0;
  if (!exact) return { ...base, verdict: isNear ? 'consistent' : 'observed', severity: 'warning', mode: 'nominal' };
  const isRound = isInteger(quantity.value) && quantity.value.n % 10n === 0n;
  const isExclusive = quantity.value.n === BigInt(days - 1);
  return {
    ...base,
    verdict: 'inconsistent',
    mode: 'inclusive',
    ...(isExclusive ? { cause: { code: 'check.cause.firstDayLeftOut' } } : {}),
    ...(isExclusive || (isRound && isNear) ? { severity: 'warning' as const } : {}),
  };
}

function judgeWorkdays(
  base: (expected: string) => Omit<Judgement, 'verdict'>,
  first: string,
  last: string,
  quantity: Quantity,
): Judgement {
  const { days, certain } = workdays(first, last);
  const mode = 'workdays';
  if (!certain) return { ...base(String(days)), verdict: 'unverifiable', severity: 'info', mode };
  const off = abs(sub(quantity.value, rational(days)));
  if (off.n === 0n) return { ...base(String(days)), verdict: 'consistent', mode };
  const isBlurred = quantity.qualifier !== 'exact' || parseIso(first) === undefined;
  const severity = isBlurred || cmp(off, rational(1)) <= 0 ? { severity: 'warning' as const } : {};
  return { ...base(String(days)), verdict: 'inconsistent', mode, ...severity };
}
