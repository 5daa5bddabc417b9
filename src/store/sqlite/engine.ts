/** SQLite behind the store: one file, one writer with a queue and one reader beside it (write-ahead log). */
import { rm, stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { InputError } from '../../errors.js';
import { say } from '../../messages/index.js';
import { type Engine, type EngineOptions, marks, type Session, type Writer } from '../engine.js';
import { type Dialect, migrate, NEWEST_SCHEMA, requireUsableSchema } from '../migrations/migration.js';
import { type BinaryTable, columnsOf, type PackedTable, type Row } from '../tables.js';
import { asInputError, type Connection, connect, isLocked, type Place, requireSameFile } from './connection.js';

const dialect: Dialect = {
  text: 'TEXT',
  blob: 'BLOB',
  counter: 'INTEGER PRIMARY KEY',
  clustered: ' WITHOUT ROWID',
  carried: ', unit, title, year, kind, errors, warnings, infos, completed, ongoing, long_term, not_started, unstated',
  fullText: [
    // The terms are folded and split before they come here; `ascii` leaves everything beyond ASCII as it is.
    `CREATE VIRTUAL TABLE passage_terms USING fts5 (
      terms, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii')`,
    `CREATE TRIGGER passages_deleted AFTER DELETE ON passages BEGIN
      DELETE FROM passage_terms WHERE rowid = old.n;
    END`,
  ],
};

/** Rows with binary values that one statement takes. */
const BLOB_ROWS_AT_ONCE = 200;

async function insertBinary(session: Session, table: BinaryTable, rows: readonly Row[]): Promise<void> {
  const columns = columnsOf(table).map(([name]) => name);
  for (let at = 0; at < rows.length; at += BLOB_ROWS_AT_ONCE) {
    const some = rows.slice(at, at + BLOB_ROWS_AT_ONCE).map((row) => columns.map((name) => row[name] ?? null));
    const tuples = some.map((row) => `(${marks(row)})`).join(', ');
    await session.all(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ${tuples}`, some.flat());
  }
}

/** The rows of a JSON array. Bytes that are no text would be taken for SQLite's own form of it. */
const GIVEN_ROWS = 'jsonb_each(CAST(? AS TEXT))';

const picked = (columns: readonly string[]): string => columns.map((_, index) => `value ->> ${index}`).join(', ');

/** JSON is the fastest way in: one statement and one value for any number of rows. */
async function insert(session: Session, table: PackedTable, rows: Buffer): Promise<void> {
  const columns = columnsOf(table).map(([name]) => name);
  if (table !== 'passages') {
    await session.all(`INSERT INTO ${table} (${columns.join(', ')}) SELECT ${picked(columns)} FROM ${GIVEN_ROWS}`, [
      rows,
    ]);
    return;
  }
  const [last] = await session.all<{ n: number }>('SELECT COALESCE(MAX(n), 0) AS n FROM passages');
  const first = (last?.n ?? 0) + 1;
  const kept = columns.filter((name) => name !== 'terms');
  await session.all(`INSERT INTO passages (n, ${kept.join(', ')}) SELECT key + ?, ${picked(kept)} FROM ${GIVEN_ROWS}`, [
    first,
    rows,
  ]);
  await session.all(
    `INSERT INTO passage_terms (rowid, terms) SELECT key + ?, value ->> ${columns.indexOf('terms')} FROM ${GIVEN_ROWS}`,
    [first, rows],
  );
}

/** 0 for a new file. */
async function schemaVersion(session: Session, place: Place): Promise<number> {
  const tables = await session.all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'");
  if (tables.length === 0) return 0;
  if (!tables.some(({ name }) => name === 'schema_version')) {
    throw new InputError(say(place.language, 'store.foreign'), { file: place.path });
  }
  const rows = await session.all<{ version: number }>('SELECT MAX(version) AS version FROM schema_version');
  return rows[0]?.version ?? 0;
}

/** Runs `work` between BEGIN and COMMIT; takes the write lock at once, so that it cannot fail half way for want of it. */
async function transact<T>(session: Session, work: () => Promise<T>): Promise<T> {
  await session.all('BEGIN IMMEDIATE');
  try {
    const result = await work();
    await session.all('COMMIT');
    return result;
  } catch (error) {
    // SQLite may have rolled back by itself (disk full); what failed first is what matters.
    await session.all('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** @throws InputError where this program cannot use what the file holds */
async function usableVersion(session: Session, place: Place, readonly: boolean): Promise<number> {
  const version = await schemaVersion(session, place);
  requireUsableSchema(version, place.path, readonly, place.language);
  return version;
}

/** Turning a new file over to the write-ahead log needs it alone for a moment, and for that SQLite does not wait by itself. */
async function useWriteAheadLog(session: Session): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await session.all('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      if (attempt === 100 || !isLocked(error)) throw error;
      await setTimeout(10 + 10 * Math.random());
    }
  }
}

async function prepareToWrite(writer: Connection, place: Place): Promise<void> {
  // Looks before it writes: nothing is changed in a file that is somebody else's.
  const version = await usableVersion(writer, place, false);
  if (version === 0) await useWriteAheadLog(writer);
  await writer.all('PRAGMA synchronous = NORMAL');
  await writer.all('PRAGMA foreign_keys = ON');
  // In KiB: what a batch touches again; more only adds to the peak of memory.
  await writer.all('PRAGMA cache_size = -12288');
  // Pages that several batches change are then copied into the file once.
  await writer.all('PRAGMA wal_autocheckpoint = 8000');
  if (version === NEWEST_SCHEMA) return;
  await transact(writer, async () => migrate(writer, dialect, await usableVersion(writer, place, false)));
}

/** @param path of the file; it is created where it does not exist, unless `readonly` */
export async function openSqlite(path: string, { language, readonly }: EngineOptions): Promise<Engine> {
  const place: Place = { path, language };
  if (readonly) await requireExisting(place);
  const opened: Connection[] = [];
  const open = async (mode: 'create' | 'read'): Promise<Connection> => {
    const connection = await connect(place, mode);
    opened.push(connection);
    return connection;
  };
  try {
    const writer = readonly ? undefined : await open('create');
    if (writer !== undefined) await prepareToWrite(writer, place);
    const reader = await open('read');
    await reader.all('PRAGMA cache_size = -8192');
    if (readonly) await usableVersion(reader, place, true);
    return await createEngine(place, writer, reader);
  } catch (error) {
    await Promise.all(opened.map((connection) => connection.close()));
    throw error;
  }
}

async function requireExisting({ path, language }: Place): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new InputError(say(language, 'store.missing'), { file: path });
}

async function createEngine(place: Place, writer: Connection | undefined, reader: Connection): Promise<Engine> {
  const { path, language } = place;
  const { ino } = await stat(path);
  const session = (connection: Connection): Writer => ({
    all: connection.all,
    insert: (table, rows) => insert(connection, table, rows),
    insertBinary: (table, rows) => insertBinary(connection, table, rows),
    // Whoever writes here writes alone.
    takeTurn: async () => undefined,
  });
  // One connection interleaves the statements of all who do not wait for each other: each transaction waits for the last.
  let last: Promise<unknown> = Promise.resolve();
  const queued = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };

  return {
    name: 'sqlite',
    all: reader.all,

    async write(work) {
      if (writer === undefined) throw new InputError(say(language, 'store.readonly'), { file: path });
      return queued(async () => {
        await requireSameFile(place, ino);
        return transact(writer, () => work(session(writer)));
      });
    },

    passagesWith: (terms, ids) => {
      const match = terms.map((term) => `"${term}"`).join(' ');
      // CROSS JOIN keeps this order of loops: the full-text index drives, and stops when there are enough. Where few notices
      // are asked for, each drives the index over its own passages, which lie side by side.
      const rest = 'passages p ON p.n = passage_terms.rowid CROSS JOIN notices n ON n.id = p.notice';
      if (ids === undefined) {
        return {
          from: `passage_terms CROSS JOIN ${rest}`,
          where: 'passage_terms MATCH ?',
          order: 'passage_terms.rowid DESC',
          values: [match],
        };
      }
      const ranges = `(SELECT notice, MIN(n) AS low, MAX(n) AS high FROM passages
        WHERE notice IN (SELECT value FROM json_each(?)) GROUP BY notice) r`;
      return {
        from: `${ranges} CROSS JOIN passage_terms CROSS JOIN ${rest}`,
        where: 'passage_terms MATCH ? AND passage_terms.rowid BETWEEN r.low AND r.high AND p.notice = r.notice',
        order: 'p.n DESC',
        values: [JSON.stringify(ids), match],
      };
    },

    async faults() {
      // On a connection of its own: the check of the full-text index believes what its connection has read of it before.
      const checker = await connect(place, 'read');
      try {
        const rows = await checker.all<{ integrity_check: string }>('PRAGMA integrity_check(20)');
        return rows.map((row) => row.integrity_check).filter((line) => line !== 'ok');
      } finally {
        await checker.close();
      }
    },

    async bytes() {
      const rows = await reader.all<{ bytes: number }>(
        'SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()',
      );
      return rows[0]?.bytes ?? 0;
    },

    async backup(file) {
      if ((await stat(file).catch(() => undefined)) !== undefined) {
        throw new InputError(say(language, 'store.backupExists'), { file });
      }
      await reader.all('VACUUM INTO ?', [file]).catch(async (error: Error) => {
        // Half a copy must not be taken for a backup.
        await rm(file, { force: true });
        throw asInputError(error.cause instanceof Error ? error.cause : error, { path: file, language });
      });
    },

    async close() {
      await last;
      await reader.close();
      await writer?.close();
    },
  };
}
