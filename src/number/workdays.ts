/**
 * Working days by the State Council's holiday calendar, make-up days included. The calendar is the table of the
 * chinese-days library; its functions read dates in the machine's time zone and go wrong west of Greenwich.
 */
import { createRequire } from 'node:module';
import { addDays, daysInclusive, weekdayOf } from './dates.js';

/** ISO dates as keys: days off, and weekend days that are worked. */
interface HolidayTable {
  readonly holidays: Readonly<Record<string, string>>;
  readonly workdays: Readonly<Record<string, string>>;
}

export interface Workdays {
  readonly days: number;
  /** False where the range leaves the years whose holidays are known: there, only weekends are left out. */
  readonly certain: boolean;
}

const yearOf = (iso: string): number => Number(iso.slice(0, 4));

let loaded: { readonly table: HolidayTable; readonly years: ReadonlySet<number> } | undefined;

function calendar(): NonNullable<typeof loaded> {
  if (loaded === undefined) {
    const table = createRequire(import.meta.url)('chinese-days/dist/chinese-days.json') as HolidayTable;
    loaded = { table, years: new Set(Object.keys(table.holidays).map(yearOf)) };
  }
  return loaded;
}

/** Working days from a to b, ISO dates, both counted; none where b is before a. Throws RangeError on other strings. */
export function workdays(a: string, b: string): Workdays {
  const { table, years } = calendar();
  const span = Math.max(0, daysInclusive(a, b));
  const range = Array.from({ length: span }, (_, index) => addDays(a, index));
  const isWorked = (day: string): boolean => day in table.workdays || (weekdayOf(day) <= 5 && !(day in table.holidays));
  return { days: range.filter(isWorked).length, certain: range.every((day) => years.has(yearOf(day))) };
}
