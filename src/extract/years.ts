/** The year of a date that is written without one, where other dates force it. */
import { parseIso } from '../number/dates.js';

/**
 * The one year in which the day lies between two days, both counted; undefined where there is none or more than one. With one end
 * alone, the year of that end: the nearest that keeps the order.
 * @param dayIn the day in a given year, as ISO date
 */
export function yearBetween(
  first: string | undefined,
  last: string | undefined,
  dayIn: (year: number) => string | undefined,
): number | undefined {
  const from = first === undefined ? undefined : parseIso(first)?.year;
  const to = last === undefined ? undefined : parseIso(last)?.year;
  const nearest = from ?? to;
  if (nearest === undefined) return undefined;
  const candidates =
    from === undefined ? [nearest, nearest - 1] : to === undefined ? [nearest, nearest + 1] : range(from, to);
  const fitting = candidates.filter((year) => {
    const day = dayIn(year);
    return day !== undefined && (first === undefined || day >= first) && (last === undefined || day <= last);
  });
  const isForced = fitting.length === 1 || from === undefined || to === undefined;
  return isForced ? fitting[0] : undefined;
}

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, Math.min(10, to - from + 1)) }, (_, index) => from + index);
