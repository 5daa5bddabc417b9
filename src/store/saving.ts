/** A batch of notices into the tables, inside one transaction. */
import type { Document, NoticeRecord } from '../model.js';
import { type Engine, marks, type Writer } from './engine.js';
import { inflated, joinRows, type PackedNotice, packRows } from './packing.js';
import type { Comparable, ComparableTitle, SaveOutcome, StoredNotice } from './store.js';
import { NOTICE_TABLES, type Row } from './tables.js';
import { countTerms, insertTitles, removeTitles } from './terms.js';

/** Values in one `IN (…)`, below every engine's limit. */
const MARKS_AT_ONCE = 500;

/** A notice as it lies in the database. */
export interface ContentRow {
  readonly id: string;
  readonly source: string;
  readonly document: Uint8Array;
  readonly record: Uint8Array;
}

export const toDocument = ({ document }: Pick<ContentRow, 'document'>): Document => inflated<Document>(document);

export const toStored = ({ id, document, record }: ContentRow): StoredNotice => ({
  id,
  document: toDocument({ document }),
  record: inflated<NoticeRecord>(record),
});

/** `values` in pieces of as many as one `IN (…)` takes. */
export const slices = <T>(values: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(values.length / MARKS_AT_ONCE) }, (_, at) =>
    values.slice(at * MARKS_AT_ONCE, (at + 1) * MARKS_AT_ONCE),
  );

const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

export const comparableRow = ({ id, comparable }: { id: string; comparable?: Comparable }): readonly Row[] =>
  comparable === undefined
    ? []
    : [
        {
          notice: id,
          stamp: comparable.stamp,
          profile: asBuffer(comparable.profile),
          prints: asBuffer(comparable.prints),
        },
      ];

const contentRow = ({ id, content: { document, record } }: PackedNotice): Row => ({
  notice: id,
  document: asBuffer(document),
  record: asBuffer(record),
});

/** The titles of a notice that is comparable. */
export const titlesOf = ({ id, comparable }: { id: string; comparable?: Comparable }) =>
  comparable === undefined ? [] : [{ id, titles: comparable.titles }];

/** Deletes notices with all that hangs on them. How many there were, and their titles, which are to be counted. */
export async function removeNotices(
  writer: Writer,
  ids: readonly string[],
): Promise<{ readonly notices: number; readonly titles: readonly ComparableTitle[] }> {
  const titles = await removeTitles(writer, ids);
  let notices = 0;
  for (const slice of slices(ids)) {
    const rows = await writer.all(`DELETE FROM notices WHERE id IN (${marks(slice)}) RETURNING id`, slice);
    notices += rows.length;
  }
  return { notices, titles };
}

/** The titles that were added. */
async function insertNotices(writer: Writer, notices: readonly PackedNotice[]): Promise<readonly ComparableTitle[]> {
  for (const table of NOTICE_TABLES) {
    const rows = joinRows(notices.map((notice) => notice.rows[table]));
    if (rows !== undefined) await writer.insert(table, rows);
  }
  await writer.insertBinary('contents', notices.map(contentRow));
  await writer.insertBinary('comparables', notices.flatMap(comparableRow));
  return insertTitles(writer, notices.flatMap(titlesOf));
}

/** Remembers readings. */
export async function insertReads(writer: Writer, reads: readonly Row[]): Promise<void> {
  const rows = joinRows([packRows('reads', reads)]);
  if (rows !== undefined) await writer.insert('reads', rows);
}

/** What each notice would be against what is stored. */
async function outcomesOf(writer: Writer, notices: readonly PackedNotice[]): Promise<readonly SaveOutcome[]> {
  const stored = new Map<string, string>();
  for (const slice of slices(notices)) {
    const ids = slice.map(({ id }) => id);
    const rows = await writer.all<{ id: string; document: string; rules: string }>(
      `SELECT id, document, rules FROM notices WHERE id IN (${marks(ids)})`,
      ids,
    );
    for (const { id, document, rules } of rows) stored.set(id, `${document} ${rules}`);
  }
  return notices.map(({ id, document, rules }) => {
    const before = stored.get(id);
    if (before === undefined) return 'new';
    return before === `${document} ${rules}` ? 'same' : 'changed';
  });
}

/** Saves a batch in one transaction; what became of each notice, in the order of the batch. */
export async function saveNotices(
  engine: Engine,
  batch: readonly PackedNotice[],
  at: string,
): Promise<readonly SaveOutcome[]> {
  const notices = [...new Map(batch.map((notice) => [notice.id, notice])).values()];
  // In the order of the primary keys, so that a batch touches each page of the tables once.
  notices.sort((a, b) => (a.id < b.id ? -1 : 1));
  const outcomes = await engine.write(async (writer) => {
    const ids = notices.map(({ id }) => id);
    const became = await outcomesOf(writer, notices);
    const replaced = ids.filter((_, index) => became[index] === 'changed');
    const { titles: removed } = await removeNotices(writer, replaced);
    const added = await insertNotices(
      writer,
      notices.filter((_, index) => became[index] !== 'same'),
    );
    await insertReads(
      writer,
      notices.map(({ source, document }, index) => ({ source, document, at, outcome: became[index] })),
    );
    await countTerms(writer, { added, removed });
    return became;
  });
  const outcomeOf = new Map(notices.map(({ id }, index) => [id, outcomes[index]]));
  return batch.map(({ id }) => outcomeOf.get(id) as SaveOutcome);
}
