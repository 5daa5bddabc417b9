/** A batch of notices into the tables, inside one transaction. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Document, NoticeRecord } from '../model.js';
import { type Engine, marks, type Writer } from './engine.js';
import type { Comparable, NoticeToSave, SaveOutcome, StoredNotice } from './store.js';
import { noticeId, passageRows, RECORD_TABLES, type Row, rowsOf } from './tables.js';

/** Values in one `IN (…)`, below every engine's limit. */
const MARKS_AT_ONCE = 500;

// Level 1 is half the cost of the default and a fifth larger; asynchronously it would cost three times as much.
const pack = (value: Document | NoticeRecord): Buffer => deflateRawSync(JSON.stringify(value), { level: 1 });
const unpack = <T>(packed: Uint8Array): T => JSON.parse(inflateRawSync(packed).toString('utf8')) as T;

/** A notice as it lies in the database. */
export interface ContentRow {
  readonly id: string;
  readonly source: string;
  readonly document: Uint8Array;
  readonly record: Uint8Array;
}

export const toStored = ({ id, document, record }: ContentRow): StoredNotice => ({
  id,
  document: unpack<Document>(document),
  record: unpack<NoticeRecord>(record),
});

/** `values` in pieces of as many as one `IN (…)` takes. */
export const slices = <T>(values: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(values.length / MARKS_AT_ONCE) }, (_, at) =>
    values.slice(at * MARKS_AT_ONCE, (at + 1) * MARKS_AT_ONCE),
  );

interface Prepared extends NoticeToSave {
  readonly id: string;
  readonly content: Row;
}

function prepare(notice: NoticeToSave): Prepared {
  const id = noticeId(notice.record.document.source);
  return { ...notice, id, content: { notice: id, document: pack(notice.document), record: pack(notice.record) } };
}

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

async function insertNotices(writer: Writer, notices: readonly Prepared[]): Promise<void> {
  const rows = notices.map(({ record }) => rowsOf(record));
  for (const table of RECORD_TABLES) {
    await writer.insert(
      table,
      rows.flatMap((one) => one[table]),
    );
  }
  await writer.insert(
    'contents',
    notices.map(({ content }) => content),
  );
  await writer.insert('comparables', notices.flatMap(comparableRow));
  await writer.insertPassages(notices.flatMap(passageRows));
}

/** What each notice would be against what is stored. */
async function outcomesOf(writer: Writer, notices: readonly Prepared[]): Promise<readonly SaveOutcome[]> {
  const stored = new Map<string, string>();
  for (const slice of slices(notices)) {
    const ids = slice.map(({ id }) => id);
    const rows = await writer.all<{ id: string; document: string; rules: string }>(
      `SELECT id, document, rules FROM notices WHERE id IN (${marks(ids)})`,
      ids,
    );
    for (const { id, document, rules } of rows) stored.set(id, `${document} ${rules}`);
  }
  return notices.map(({ id, record }) => {
    const before = stored.get(id);
    if (before === undefined) return 'new';
    return before === `${record.document.id} ${record.rules}` ? 'same' : 'changed';
  });
}

/** Saves a batch in one transaction; what became of each notice, in the order of the batch. */
export async function saveNotices(
  engine: Engine,
  batch: readonly NoticeToSave[],
  at: string,
): Promise<readonly SaveOutcome[]> {
  const bySource = new Map(batch.map((notice) => [notice.record.document.source, notice]));
  const notices = [...bySource.values()].map(prepare);
  // In the order of the primary keys, so that a batch touches each page of the tables once.
  notices.sort((a, b) => (a.id < b.id ? -1 : 1));
  const outcomes = await engine.write(async (writer) => {
    const ids = notices.map(({ id }) => id);
    const became = await outcomesOf(writer, notices);
    const replaced = ids.filter((_, index) => became[index] === 'changed');
    for (const slice of slices(replaced)) {
      await writer.all(`DELETE FROM notices WHERE id IN (${marks(slice)})`, slice);
    }
    await insertNotices(
      writer,
      notices.filter((_, index) => became[index] !== 'same'),
    );
    await writer.insert(
      'reads',
      notices.map(({ record: { document } }, index) => {
        return { source: document.source, document: document.id, at, outcome: became[index] };
      }),
    );
    return became;
  });
  const outcomeOf = new Map(notices.map(({ id }, index) => [id, outcomes[index]]));
  return batch.map(({ record }) => outcomeOf.get(noticeId(record.document.source)) as SaveOutcome);
}
