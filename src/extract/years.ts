/** The year of a date that is written without one, where a word (今年) or other dates force it. */
import type { Span } from '../model.js';
import { parseIso } from '../number/dates.js';
import type { RuleSet } from '../rules/load.js';
import type { View } from '../rules/view.js';

/** Days as ISO dates, both counted. */
export interface Between {
  readonly first?: string;
  readonly last?: string;
}

/**
 * The one year in which the day lies between two days; undefined where there is none or more than one. With one end alone, the
 * nearest year that keeps the order.
 * @param dayIn the day in a given year, as ISO date
 */
export function yearBetween({ first, last }: Between, dayIn: (year: number) => string | undefined): number | undefined {
  const from = first === undefined ? undefined : parseIso(first)?.year;
  const to = last === undefined ? undefined : parseIso(last)?.year;
  const fits = (year: number): boolean => {
    const day = dayIn(year);
    return day !== undefined && (first === undefined || day >= first) && (last === undefined || day <= last);
  };
  if (from !== undefined && to !== undefined) {
    const fitting = yearsFrom(from, to).filter(fits);
    return fitting.length === 1 ? fitting[0] : undefined;
  }
  if (from !== undefined) return [from, from + 1].find(fits);
  return to === undefined ? undefined : [to, to - 1].find(fits);
}

/** No notice looks back further. */
const MOST_YEARS = 10;

const yearsFrom = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, Math.min(MOST_YEARS, to - from + 1)) }, (_, index) => from + index);

/** Lists of words that name a year as seen from the publication, and how far off it is. */
const YEAR_WORDS = { LAST_YEAR: -1, THIS_YEAR: 0, NEXT_YEAR: 1 } as const;

/** How far from the year of publication the year lies that the date at `span` names (明年); undefined where it names none. */
export function yearsAway(rules: RuleSet, view: View, { start, end }: Span): number | undefined {
  const written = view.folded.slice(start, end);
  const found = Object.entries(YEAR_WORDS).find(([list]) =>
    rules.lists.get(list)?.some((word) => written.startsWith(word)),
  );
  return found?.[1];
}
