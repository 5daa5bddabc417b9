/** The store over any SQL engine: everything that both engines do alike. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import type { Document, Language, NoticeRecord } from '../model.js';
import { type Engine, type Fragment, marks, type Value, type Writer } from './engine.js';
import { NEWEST_SCHEMA } from './migrations/migration.js';
import { highlightsOf, queryTerms } from './passages.js';
import type {
  Known,
  NoticeFilter,
  NoticeOrder,
  NoticeToSave,
  Page,
  Read,
  ReadOutcome,
  Review,
  SaveOutcome,
  SearchHit,
  Store,
  StoredNotice,
} from './store.js';
import {
  noticeId,
  passageRows,
  RECORD_TABLES,
  type Row,
  rowsOf,
  SEVERITY_COLUMNS,
  STATUS_COLUMNS,
  type StoredRow,
  TABLES,
  toNoticeRow,
  toTallies,
} from './tables.js';
import { verifyNotices } from './verification.js';

/** Passages looked at for one search. */
const CANDIDATES = 1000;
/** Of so few notices each is searched by itself; where more are asked for, soon enough passages are found anywhere. */
const FEW_NOTICES = 2000;
/** Values in one `IN (…)`, below every engine's limit. */
const MARKS_AT_ONCE = 500;
/** Notices in memory while iterating. */
const NOTICES_AT_ONCE = 32;

const ORDERS: Readonly<Record<NoticeOrder, string>> = {
  source: 'n.source',
  unit: "COALESCE(n.unit, ''), n.source",
  date: 'n.date DESC, n.source',
  errors: 'n.errors DESC, n.source',
};

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

const toStored = ({ id, document, record }: ContentRow): StoredNotice => ({
  id,
  document: unpack<Document>(document),
  record: unpack<NoticeRecord>(record),
});

const slices = <T>(values: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(values.length / size) }, (_, at) => values.slice(at * size, (at + 1) * size));

/** `LIKE` pattern for text that contains `part`. */
const containing = (part: string): string => `%${part.replace(/[\\%_]/g, '\\$&')}%`;

const EVERYTHING = 'TRUE';

/** The filter as conditions on `notices n`. */
function conditions(filter: NoticeFilter): Fragment {
  const sql: string[] = [];
  const values: Value[] = [];
  const add = (condition: string, ...of: readonly Value[]): void => {
    sql.push(condition);
    values.push(...of);
  };
  if (filter.unit !== undefined) add("n.unit LIKE ? ESCAPE '\\'", containing(filter.unit));
  if (filter.year !== undefined) add('n.year = ?', filter.year);
  if (filter.kind !== undefined) add('n.kind = ?', filter.kind);
  if (filter.status !== undefined) add(`n.${STATUS_COLUMNS[filter.status]} > 0`);
  if (filter.severity !== undefined) add(`n.${SEVERITY_COLUMNS[filter.severity]} > 0`);
  if (filter.text !== undefined) {
    const part = containing(filter.text);
    add("(n.unit LIKE ? ESCAPE '\\' OR n.title LIKE ? ESCAPE '\\' OR n.source LIKE ? ESCAPE '\\')", part, part, part);
  }
  return { sql: sql.length === 0 ? EVERYTHING : sql.join(' AND '), values };
}

interface Prepared extends NoticeToSave {
  readonly id: string;
  readonly content: Row;
}

function prepare(notice: NoticeToSave): Prepared {
  const id = noticeId(notice.record.document.source);
  return { ...notice, id, content: { notice: id, document: pack(notice.document), record: pack(notice.record) } };
}

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
  await writer.insertPassages(notices.flatMap(passageRows));
}

/** What each notice would be against what is stored. */
async function outcomesOf(writer: Writer, notices: readonly Prepared[]): Promise<readonly SaveOutcome[]> {
  const stored = new Map<string, string>();
  for (const slice of slices(notices, MARKS_AT_ONCE)) {
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

interface ReadRow {
  readonly source: string;
  readonly document: string | null;
  readonly at: string;
  readonly outcome: ReadOutcome;
  readonly reason: string | null;
}

const toRead = ({ source, document, at, outcome, reason }: ReadRow): Read => ({
  source,
  ...(document === null ? {} : { document }),
  at,
  outcome,
  ...(reason === null ? {} : { reason }),
});

interface ReviewRow extends Omit<Review, 'correction'> {
  readonly field: string | null;
  readonly value_from: string | null;
  readonly value_to: string | null;
}

const toReview = ({ field, value_from, value_to, ...review }: ReviewRow): Review =>
  field === null ? review : { ...review, correction: { field, from: value_from ?? '', to: value_to ?? '' } };

interface PassageHit {
  readonly id: string;
  readonly source: string;
  readonly unit: string | null;
  readonly year: number | null;
  readonly line: number;
  readonly start_at: number;
  readonly end_at: number;
  readonly text: string;
}

function toHit(passage: PassageHit, terms: readonly string[]): SearchHit {
  const { id, source, unit, year, line, start_at, end_at, text } = passage;
  return {
    id,
    source,
    ...(unit === null ? {} : { unit }),
    ...(year === null ? {} : { year }),
    line,
    start: start_at,
    end: end_at,
    text,
    highlights: highlightsOf(text, terms),
  };
}

/** Most words for its length first; ties by source and position, so that the order never depends on who was stored first. */
function byMerit(a: SearchHit, b: SearchHit): number {
  const merit = ({ highlights, text }: SearchHit): number => highlights.length / Math.sqrt(text.length);
  return merit(b) - merit(a) || (a.source < b.source ? -1 : a.source > b.source ? 1 : a.start - b.start);
}

export function createStore(engine: Engine, context: { language: Language; now: () => string }): Store {
  const { language, now } = context;

  async function* contents(filter: NoticeFilter): AsyncGenerator<ContentRow> {
    const { sql, values } = conditions(filter);
    let after = '';
    for (;;) {
      const rows = await engine.all<ContentRow>(
        `SELECT n.id, n.source, c.document, c.record FROM notices n JOIN contents c ON c.notice = n.id
         WHERE n.source > ? AND ${sql} ORDER BY n.source LIMIT ${NOTICES_AT_ONCE}`,
        [after, ...values],
      );
      yield* rows;
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last.source;
    }
  }

  async function* iterate(filter: NoticeFilter = {}): AsyncGenerator<StoredNotice> {
    for await (const content of contents(filter)) yield opened(content);
  }

  /** @throws InputError where the stored bytes are no longer what was written. */
  function opened(content: ContentRow): StoredNotice {
    try {
      return toStored(content);
    } catch (cause) {
      throw new InputError(say(language, 'store.damagedNotice'), { file: content.source }, { cause });
    }
  }

  async function lookup(sources: readonly string[]): Promise<ReadonlyMap<string, Known>> {
    const known = new Map<string, Known>();
    for (const slice of slices(sources, MARKS_AT_ONCE)) {
      const rows = await engine.all<Known & { readonly source: string }>(
        `SELECT source, id, document, rules FROM notices WHERE source IN (${marks(slice)})`,
        slice,
      );
      for (const { source, ...rest } of rows) known.set(source, rest);
    }
    return known;
  }

  async function failures(): Promise<readonly Read[]> {
    const rows = await engine.all<ReadRow>(
      `SELECT source, document, at, outcome, reason FROM reads r WHERE outcome = 'failed'
       AND NOT EXISTS (SELECT 1 FROM reads later WHERE later.source = r.source AND later.n > r.n) ORDER BY source`,
    );
    return rows.map(toRead);
  }

  const recordReads = (reads: readonly Row[]): Promise<void> => engine.write((writer) => writer.insert('reads', reads));

  /** Ids of all that the conditions let through, where there are conditions and few notices. */
  async function fewNotices({ sql, values }: Fragment): Promise<readonly string[] | undefined> {
    if (sql === EVERYTHING) return undefined;
    const rows = await engine.all<{ id: string }>(
      `SELECT n.id FROM notices n WHERE ${sql} LIMIT ${FEW_NOTICES + 1}`,
      values,
    );
    return rows.length > FEW_NOTICES ? undefined : rows.map(({ id }) => id);
  }

  /** Ids of the notices that a user may mean, at most two of different content. */
  async function candidates(idOrSource: string): Promise<readonly { id: string; document: string }[]> {
    const select = 'SELECT id, document FROM notices WHERE';
    const exact = await engine.all<{ id: string; document: string }>(`${select} source = ?`, [idOrSource]);
    if (exact.length > 0 || !/^(sha256:)?[0-9a-f]+$/.test(idOrSource)) return exact;
    const hash = idOrSource.startsWith('sha256:') ? idOrSource : `sha256:${idOrSource}`;
    // Beginnings as ranges: an index serves them in every engine. No hash has a letter above f.
    return engine.all(`${select} (id >= ? AND id < ?) OR (document >= ? AND document < ?) ORDER BY source LIMIT 20`, [
      idOrSource,
      `${idOrSource}g`,
      hash,
      `${hash}g`,
    ]);
  }

  return {
    iterate,
    lookup,
    failures,

    async save(batch) {
      const bySource = new Map(batch.map((notice) => [notice.record.document.source, notice]));
      const notices = [...bySource.values()].map(prepare);
      // In the order of the primary keys, so that a batch touches each page of the tables once.
      notices.sort((a, b) => (a.id < b.id ? -1 : 1));
      const at = now();
      const outcomes = await engine.write(async (writer) => {
        const ids = notices.map(({ id }) => id);
        const became = await outcomesOf(writer, notices);
        const replaced = ids.filter((_, index) => became[index] === 'changed');
        for (const slice of slices(replaced, MARKS_AT_ONCE)) {
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
    },

    async recordSame(sources) {
      const known = await lookup(sources);
      const at = now();
      await recordReads(
        sources.map((source) => ({ source, document: known.get(source)?.document, at, outcome: 'same' })),
      );
    },

    recordFailure: (source, document, reason) =>
      recordReads([{ source, document, at: now(), outcome: 'failed', reason }]),

    async reads(source) {
      const rows = await engine.all<ReadRow>(
        'SELECT source, document, at, outcome, reason FROM reads WHERE source = ? ORDER BY n',
        [source],
      );
      return rows.map(toRead);
    },

    async list(filter = {}, page: Page = {}) {
      const { sql, values } = conditions(filter);
      const { offset = 0, limit = 50, order = 'source' } = page;
      const columns = Object.keys(TABLES.notices).join(', ');
      const [rows, counted] = await Promise.all([
        engine.all<StoredRow>(
          // The inner query is answered from an index alone, however many rows it passes over.
          `SELECT ${columns} FROM notices n WHERE n.id IN
             (SELECT n.id FROM notices n WHERE ${sql} ORDER BY ${ORDERS[order]} LIMIT ? OFFSET ?)
           ORDER BY ${ORDERS[order]}`,
          [...values, limit, offset],
        ),
        engine.all<{ total: number }>(`SELECT CAST(COUNT(*) AS INTEGER) AS total FROM notices n WHERE ${sql}`, values),
      ]);
      return { rows: rows.map(toNoticeRow), total: counted[0]?.total ?? 0 };
    },

    async get(idOrSource) {
      const found = await candidates(idOrSource);
      const first = found[0];
      if (first === undefined) return undefined;
      if (found.some(({ document }) => document !== first.document)) {
        const ids = found.map(({ id }) => id).join(' ');
        throw new InputError(say(language, 'store.ambiguous', { id: idOrSource, ids }));
      }
      const rows = await engine.all<ContentRow>(
        'SELECT n.id, n.source, c.document, c.record FROM notices n JOIN contents c ON c.notice = n.id WHERE n.id = ?',
        [first.id],
      );
      return rows[0] === undefined ? undefined : opened(rows[0]);
    },

    async search(words, filter = {}, limit = 20) {
      const terms = queryTerms(words);
      if (terms.length === 0) return { hits: [], total: 0, more: false };
      const where = conditions(filter);
      const matching = engine.passagesWith(terms, await fewNotices(where));
      const found = await engine.all<PassageHit>(
        `SELECT n.id, n.source, n.unit, n.year, p.line, p.start_at, p.end_at, p.text FROM ${matching.from}
         WHERE ${matching.where} AND ${where.sql} ORDER BY ${matching.order} LIMIT ${CANDIDATES + 1}`,
        [...matching.values, ...where.values],
      );
      const hits = found.slice(0, CANDIDATES).map((passage) => toHit(passage, terms));
      return {
        hits: hits.sort(byMerit).slice(0, limit),
        total: hits.length,
        more: found.length > CANDIDATES,
      };
    },

    delete: (source) =>
      engine.write(async (writer) => {
        const rows = await writer.all('DELETE FROM notices WHERE source = ? RETURNING id', [source]);
        return rows.length > 0;
      }),

    async saveReview({ subject, key, decision, reason, who, correction }) {
      const values = [subject, key, decision, reason, who, now()];
      const corrected = [correction?.field ?? null, correction?.from ?? null, correction?.to ?? null];
      await engine.write((writer) =>
        writer.all(
          `INSERT INTO reviews (subject, key, decision, reason, who, at, field, value_from, value_to)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          [...values, ...corrected],
        ),
      );
    },

    async reviews(subject, { history = false } = {}) {
      const inForce = `decision <> 'open' AND NOT EXISTS
        (SELECT 1 FROM reviews later WHERE later.subject = r.subject AND later.key = r.key AND later.n > r.n)`;
      const rows = await engine.all<ReviewRow>(
        `SELECT subject, key, decision, reason, who, at, field, value_from, value_to FROM reviews r
         WHERE ${subject === undefined ? 'TRUE' : 'subject = ?'} AND ${history ? 'TRUE' : inForce} ORDER BY n`,
        subject === undefined ? [] : [subject],
      );
      return rows.map(toReview);
    },

    async stats() {
      const sums = Object.entries(TABLES.notices)
        .filter(([column, type]) => type === 'integer' && column !== 'year' && column !== 'pages')
        .map(([column]) => `CAST(COALESCE(SUM(${column}), 0) AS DOUBLE PRECISION) AS ${column}`);
      const byValue = (column: string): Promise<{ value: string | number; number: number }[]> =>
        engine.all(
          `SELECT ${column} AS value, CAST(COUNT(*) AS INTEGER) AS number FROM notices
           WHERE ${column} IS NOT NULL GROUP BY ${column} ORDER BY ${column}`,
        );
      const [totals, years, kinds, reads, reviews, failing, bytes] = await Promise.all([
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
        failures(),
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
        failing: failing.length,
        reviews: reviews[0]?.number ?? 0,
      };
    },

    backup: (file) => engine.backup(file),

    verify: () => verifyNotices(engine, contents({}), opened, language),

    close: () => engine.close(),
  };
}
