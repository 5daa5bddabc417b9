/**
 * Working days by the State Council's holiday calendar, make-up days included, as the chinese-days library knows it.
 */
import chineseDays from 'chinese-days';
import { addDays, daysInclusive } from './dates.js';

/** Years whose holidays the library holds; in others it can only tell weekends. */
export const KNOWN_YEARS = { first: 2004, last: 2026 } as const;

export interface Workdays {
  readonly days: number;
  /** False where the range leaves the years whose holidays are known: then `days` only leaves out weekends there. */
  readonly certain: boolean;
}

/** Working days from a to b, ISO dates, both counted; none where b is before a. Throws RangeError on other strings. */
export function workdays(a: string, b: string): Workdays {
  const span = Math.max(0, daysInclusive(a, b));
  const all = Array.from({ length: span }, (_, index) => addDays(a, index));
  const known = (iso: string): boolean =>
    Number(iso.slice(0, 4)) >= KNOWN_YEARS.first && Number(iso.slice(0, 4)) <= KNOWN_YEARS.last;
  return { days: all.filter((day) => chineseDays.isWorkday(day)).length, certain: known(a) && known(b) };
}
