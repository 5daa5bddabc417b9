/** The store over any SQL engine: everything that both engines do alike. */
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import type { Language } from '../model.js';
import { type Engine, marks } from './engine.js';
import { conditions, ORDERS } from './filter.js';
import { packNotice } from './packing.js';
import {
  type ContentRow,
  comparableRow,
  insertReads,
  removeNotices,
  saveNotices,
  slices,
  titlesOf,
  toDocument,
  toStored,
} from './saving.js';
import { searchPassages } from './search.js';
import { countStore } from './statistics.js';
import type {
  ComparableTitle,
  Known,
  NoticeFilter,
  Page,
  Read,
  ReadOutcome,
  Review,
  Store,
  StoredNotice,
  StoredProfile,
} from './store.js';
import { noticeId, type Row, type StoredRow, TABLES, toNoticeRow } from './tables.js';
import { countTerms, insertTitles, removeTitles, termCounts } from './terms.js';
import { verifyNotices } from './verification.js';

/** Notices in memory while iterating; of profiles, which are small, many more. */
const NOTICES_AT_ONCE = 32;
const PROFILES_AT_ONCE = 512;

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

  async function* profiles(stamp: string, filter: NoticeFilter = {}): AsyncGenerator<StoredProfile> {
    const { sql, values } = conditions(filter);
    let after = '';
    for (;;) {
      const rows = await engine.all<{ id: string; source: string; profile: Uint8Array | null }>(
        `SELECT n.id, n.source, c.profile FROM notices n
         LEFT JOIN comparables c ON c.notice = n.id AND c.stamp = ?
         WHERE n.source > ? AND ${sql} ORDER BY n.source LIMIT ${PROFILES_AT_ONCE}`,
        [stamp, after, ...values],
      );
      for (const { id, profile } of rows) yield profile === null ? { id } : { id, profile };
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last.source;
    }
  }

  async function* prints(ids: readonly string[]): AsyncGenerator<{ id: string; prints: Uint8Array }> {
    for (const slice of slices(ids)) {
      const rows = await engine.all<{ notice: string; prints: Uint8Array }>(
        `SELECT notice, prints FROM comparables WHERE notice IN (${marks(slice)})`,
        slice,
      );
      const found = new Map(rows.map((row) => [row.notice, row.prints]));
      for (const id of slice) {
        const one = found.get(id);
        if (one !== undefined) yield { id, prints: one };
      }
    }
  }

  async function* stored(ids: readonly string[]): AsyncGenerator<StoredNotice> {
    for (let at = 0; at < ids.length; at += NOTICES_AT_ONCE) {
      const some = ids.slice(at, at + NOTICES_AT_ONCE);
      const rows = await engine.all<ContentRow>(
        `SELECT n.id, n.source, c.document, c.record FROM notices n JOIN contents c ON c.notice = n.id
         WHERE n.id IN (${marks(some)})`,
        some,
      );
      for (const content of rows) yield opened(content);
    }
  }

  /** Texts alone: their records, which are larger, are not unpacked. */
  async function* texts(ids: readonly string[]): AsyncGenerator<{ id: string; text: string }> {
    for (let at = 0; at < ids.length; at += NOTICES_AT_ONCE) {
      const some = ids.slice(at, at + NOTICES_AT_ONCE);
      const rows = await engine.all<Omit<ContentRow, 'record'>>(
        `SELECT n.id, n.source, c.document FROM notices n JOIN contents c ON c.notice = n.id WHERE n.id IN (${marks(some)})`,
        some,
      );
      for (const row of rows) yield { id: row.id, text: whole(row, toDocument).text };
    }
  }

  /** @throws InputError where the stored bytes are no longer what was written. */
  function whole<Packed extends { readonly source: string }, T>(content: Packed, unpack: (content: Packed) => T): T {
    try {
      return unpack(content);
    } catch (cause) {
      throw new InputError(say(language, 'store.damagedNotice'), { file: content.source }, { cause });
    }
  }

  const opened = (content: ContentRow): StoredNotice => whole(content, toStored);

  async function lookup(sources: readonly string[]): Promise<ReadonlyMap<string, Known>> {
    const known = new Map<string, Known>();
    for (const slice of slices(sources)) {
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

  const recordReads = (reads: readonly Row[]): Promise<void> => engine.write((writer) => insertReads(writer, reads));

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
    profiles,
    prints,
    stored,
    texts,
    lookup,
    failures,

    save: (batch) => saveNotices(engine, batch.map(packNotice), now()),
    savePacked: (batch) => saveNotices(engine, batch, now()),

    terms: () => termCounts(engine),

    saveComparables: (made) =>
      engine.write(async (writer) => {
        const added: ComparableTitle[] = [];
        const removed: ComparableTitle[] = [];
        for (const slice of slices(made)) {
          const ids = slice.map(({ id }) => id);
          const rows = await writer.all<{ id: string; document: string; rules: string }>(
            `SELECT id, document, rules FROM notices WHERE id IN (${marks(ids)})`,
            ids,
          );
          const current = new Map(rows.map(({ id, document, rules }) => [id, `${document} ${rules}`]));
          // Another program may have saved something else meanwhile, of which this says nothing.
          const fitting = slice.filter(({ id, document, rules }) => current.get(id) === `${document} ${rules}`);
          if (fitting.length === 0) continue;
          const replaced = fitting.map(({ id }) => id);
          await writer.all(`DELETE FROM comparables WHERE notice IN (${marks(replaced)})`, replaced);
          removed.push(...(await removeTitles(writer, replaced)));
          await writer.insertBinary('comparables', fitting.flatMap(comparableRow));
          added.push(...(await insertTitles(writer, fitting.flatMap(titlesOf))));
        }
        await countTerms(writer, { added, removed });
      }),

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

    search: (words, filter = {}, limit = 20) => searchPassages(engine, words, filter, limit),

    delete: (source) =>
      engine.write(async (writer) => {
        const removed = await removeNotices(writer, [noticeId(source)]);
        await countTerms(writer, { added: [], removed: removed.titles });
        return removed.notices > 0;
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

    stats: async () => countStore(engine, (await failures()).length),

    backup: (file) => engine.backup(file),

    verify: () => verifyNotices(engine, contents({}), opened, language),

    close: () => engine.close(),
  };
}
