/** A date with its weekday. A date without a year holds where it fits in a year that the notice allows. */
import { z } from 'zod';
import type { DateMention, Evidence, Inspection } from '../model.js';
import { addDays, parseIso, weekdayOf, withYear } from '../number/dates.js';
import type { CheckContext, CheckKind, Judgement } from './kind.js';

const parameters = z.strictObject({
  /** Names of the weekdays, Monday first. */
  names: z.array(z.string()).length(7),
  /** Words for a day by the one named before it, with the days between: 次日. */
  relative: z.record(z.string(), z.number().int()).default({}),
});
type Parameters = z.infer<typeof parameters>;

export const weekday: CheckKind<Parameters> = {
  kind: 'weekday',
  parameters,
  run: (context, _rule, given) => [
    ...context.extraction.dates.flatMap((date) => judge(context, date, given) ?? []),
    ...relativeDays(context, given),
  ],
};

/** 2025年3月4日…；次日即星期四: the day after the one named last before it, in one sentence or two. */
function relativeDays(
  { locate, extraction, view }: CheckContext,
  { names, relative }: Parameters,
): readonly Judgement[] {
  const words = Object.keys(relative);
  if (words.length === 0) return [];
  const pattern = new RegExp(
    `(?<day>${words.join('|')})[（即为是，]{0,2}(?<weekday>(?:星期|周|礼拜)[一二三四五六日天])`,
    'gu',
  );
  return [...view.folded.matchAll(pattern)].flatMap(({ index, 0: match, groups }): readonly Judgement[] => {
    const date = extraction.dates.findLast(({ end }) => end <= index);
    const between = date === undefined ? '' : view.folded.slice(date.end, index);
    // 次日…。当日: the day before it is named by such a word itself.
    const isOfAnother = words.some((word) => between.includes(word)) || /\n|。[^。]*。/u.test(between);
    if (date?.first === undefined || date.precision !== 'day' || isOfAnother) return [];
    const { day: word = '', weekday: written = '' } = groups ?? {};
    const day = addDays(date.first, relative[word] ?? 0);
    const stated = Math.min('一二三四五六日天'.indexOf(written.at(-1) ?? ''), 6) + 1;
    const end = index + match.length;
    const places = [
      { start: index, end: index + word.length },
      { start: end - written.length, end },
    ].map(locate.evidence) as [Evidence, Evidence];
    const judged = comparison(places, day, stated, names);
    return [{ ...judged, mode: 'exact', evidence: [locate.evidence(date), ...places] }];
  });
}

/** A day, written so, against the weekday stated beside it. */
function comparison(
  [date, weekday]: readonly [Evidence, Evidence],
  day: string,
  stated: number,
  names: Parameters['names'],
): Judgement {
  return {
    verdict: weekdayOf(day) === stated ? 'consistent' : 'inconsistent',
    stated: weekday.quote,
    expected: names[weekdayOf(day) - 1] as string,
    operands: [
      { name: 'date', stated: date.quote, value: day, evidence: date },
      { name: 'weekday', stated: weekday.quote, value: String(stated), evidence: weekday },
    ],
    evidence: [date, weekday],
    values: { day },
  };
}

function judge({ locate, extraction }: CheckContext, date: DateMention, { names }: Parameters): Judgement | undefined {
  const stated = date.weekday;
  if (stated === undefined) return undefined;
  const before = extraction.dates.filter(({ start }) => start < date.start);
  const years = date.year === undefined ? yearsOf(before, extraction.inspection) : [date.year];
  const days = years.flatMap((year) => withYear(date, year).first ?? []);
  if (days.length === 0) return undefined;
  const fitting = days.find((day) => weekdayOf(day) === stated.value);
  const day = fitting ?? (days[0] as string);
  const places = [date, stated].map(locate.evidence) as [Evidence, Evidence];
  return {
    ...comparison(places, day, stated.value, names),
    mode: date.year === undefined ? 'forcedYear' : 'exact',
    // In several years at once no reading fits; still, it is the year that may be missing.
    ...(fitting === undefined && days.length > 1 ? { severity: 'warning' as const } : {}),
  };
}

/**
 * The years from the inspection to the publication; without these days, every year that the notice named before. Where it
 * named none before, the publication's and the one before that.
 */
function yearsOf(dates: readonly DateMention[], { start, feedback, published }: Inspection): readonly number[] {
  const yearOf = (iso: string | undefined): number | undefined => (iso === undefined ? undefined : parseIso(iso)?.year);
  const named = [...new Set(dates.flatMap(({ year }) => year ?? []))].sort((a, b) => a - b);
  const last = yearOf(published) ?? named.at(-1);
  const first = yearOf(start ?? feedback) ?? named[0] ?? (last === undefined ? undefined : last - 1);
  if (first === undefined || last === undefined || last < first) return named;
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
