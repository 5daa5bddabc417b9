/** What a store holds, counted. */
import type { Engine } from './engine.js';
import { NEWEST_SCHEMA } from './migrations/migration.js';
import type { ReadOutcome, Statistics } from './store.js';
import { type StoredRow, TABLES, toTallies } from './tables.js';

/** `failing`: sources whose last reading failed. */
export async function countStore(engine: Engine, failing: number): Promise<Statistics> {
  const sums = Object.entries(TABLES.notices)
    .filter(([column, type]) => type === 'integer' && column !== 'year' && column !== 'pages')
    .map(([column]) => `CAST(COALESCE(SUM(${column}), 0) AS DOUBLE PRECISION) AS ${column}`);
  const byValue = (column: string): Promise<{ value: string | number; number: number }[]> =>
    engine.all(
      `SELECT ${column} AS value, CAST(COUNT(*) AS INTEGER) AS number FROM notices
       WHERE ${column} IS NOT NULL GROUP BY ${column} ORDER BY ${column}`,
    );
  const [totals, years, kinds, reads, reviews, bytes] = await Promise.all([
    engine.all<StoredRow & { notices: number; units: number }>(
      `SELECT CAST(COUNT(*) AS INTEGER) AS notices, CAST(COUNT(DISTINCT unit) AS INTEGER) AS units, ${sums.join(', ')}
       FROM notices`,
    ),
    byValue('year'),
    byValue('kind'),
    engine.all<{ outcome: ReadOutcome; number: number }>(
      'SELECT outcome, CAST(COUNT(*) AS INTEGER) AS number FROM reads GROUP BY outcome',
    ),
    engine.all<{ number: number }>('SELECT CAST(COUNT(*) AS INTEGER) AS number FROM reviews'),
    engine.bytes(),
  ]);
  const total = totals[0] as StoredRow & { notices: number; units: number };
  const asRecord = (rows: readonly { value: string | number; number: number }[]): Record<string, number> =>
    Object.fromEntries(rows.map(({ value, number }) => [value, number]));
  const outcomes = new Map(reads.map(({ outcome, number }) => [outcome, number]));
  return {
    engine: engine.name,
    schema: NEWEST_SCHEMA,
    bytes,
    notices: total.notices,
    units: total.units,
    characters: Number(total.characters),
    sections: Number(total.sections),
    findings: Number(total.findings),
    measures: Number(total.measures),
    outcomes: Number(total.outcomes),
    ...toTallies(total),
    years: asRecord(years),
    kinds: asRecord(kinds),
    reads: {
      new: outcomes.get('new') ?? 0,
      changed: outcomes.get('changed') ?? 0,
      same: outcomes.get('same') ?? 0,
      failed: outcomes.get('failed') ?? 0,
    },
    failing,
    reviews: reviews[0]?.number ?? 0,
  };
}
