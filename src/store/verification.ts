/** Does the store hold what it says: the engine's files are sound, rows agree with records, quotes with the text. */
import { say } from '../messages/index.js';
import type { Evidence, Language, Note } from '../model.js';
import type { Engine } from './engine.js';
import type { ContentRow } from './saving.js';
import type { Fault, StoredNotice, Verification } from './store.js';
import { RECORD_TABLES, type RecordTable, rowsOf } from './tables.js';

const FAULTS_SHOWN = 100;

/** Every evidence in a record, wherever it stands. */
function* evidenceIn(value: unknown): Generator<Evidence> {
  if (typeof value !== 'object' || value === null) return;
  if ('quote' in value && 'start' in value && 'end' in value) yield value as Evidence;
  else for (const part of Object.values(value)) yield* evidenceIn(part);
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** Rows that a notice has in every table. */
async function rowCounts(engine: Engine, id: string): Promise<Readonly<Record<RecordTable, number>>> {
  const counts = RECORD_TABLES.map((table) => {
    const key = table === 'notices' ? 'id' : 'notice';
    return `(SELECT CAST(COUNT(*) AS INTEGER) FROM ${table} WHERE ${key} = ?) AS ${table}`;
  });
  const rows = await engine.all<Record<RecordTable, number>>(
    `SELECT ${counts.join(', ')}`,
    RECORD_TABLES.map(() => id),
  );
  return rows[0] as Record<RecordTable, number>;
}

export async function verifyNotices(
  engine: Engine,
  contents: AsyncIterable<ContentRow>,
  open: (content: ContentRow) => StoredNotice,
  language: Language,
): Promise<Verification> {
  const faults: Fault[] = (await engine.faults()).map((message) => ({ message }));
  const [counts] = await engine.all<{ counted: number; kept: number }>(
    `SELECT CAST((SELECT COUNT(DISTINCT title) FROM titles) AS INTEGER) AS counted,
       COALESCE((SELECT titles FROM terms WHERE word = ''), 0) AS kept`,
  );
  if (counts !== undefined && counts.counted !== counts.kept) {
    faults.push({ message: say(language, 'store.termsDiffer', { found: counts.kept, expected: counts.counted }) });
  }
  let notices = 0;
  let evidence = 0;
  for await (const content of contents) {
    if (faults.length >= FAULTS_SHOWN) break;
    notices += 1;
    const fault = (code: string, values?: Note['values']): void => {
      faults.push({ source: content.source, message: say(language, code, values) });
    };
    const stored = attempt(() => open(content));
    if (stored === undefined) {
      fault('store.damagedNotice');
      continue;
    }
    const { document, record } = stored;
    for (const { start, end, quote } of evidenceIn(record)) {
      evidence += 1;
      if (document.text.slice(start, end) !== quote) fault('store.quoteDiffers', { start, end, quote });
    }
    const expected = rowsOf(record);
    const found = await rowCounts(engine, content.id);
    for (const table of RECORD_TABLES) {
      if (found[table] === expected[table].length) continue;
      fault('store.rowsDiffer', { table, found: found[table], expected: expected[table].length });
    }
  }
  return { notices, evidence, faults: faults.slice(0, FAULTS_SHOWN) };
}
