/** PostgreSQL behind the store: the same schema on a server, for any number of writers at once. */
import type pg from 'pg';
import { InputError } from '../../errors.js';
import { say } from '../../messages/index.js';
import type { Engine, EngineOptions, Session, Value, Writer } from '../engine.js';
import { type Dialect, migrate, requireUsableSchema } from '../migrations/migration.js';
import { type BinaryTable, type ColumnType, columnsOf, type PackedTable, type Row } from '../tables.js';
import { asInputError, createPool, SCHEMA, type Server, sessionOn, shown } from './connection.js';

const dialect: Dialect = {
  text: 'TEXT COLLATE "C"',
  blob: 'BYTEA',
  counter: 'BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
  clustered: '',
  // An index row has a limit here that a long title would break; reading the table itself is fast enough.
  carried: '',
  fullText: [
    'ALTER TABLE passages ADD COLUMN terms TSVECTOR NOT NULL',
    'CREATE INDEX passages_terms ON passages USING GIN (terms)',
  ],
};

const TYPES: Readonly<Record<ColumnType, string>> = { text: 'text', integer: 'int4', real: 'float8', blob: 'bytea' };

/** Two writers met at one row, or one added to what the other takes away; the later one runs again and sees what the other did. */
const CONFLICTS: ReadonlySet<string> = new Set(['23503', '23505', '40001', '40P01']);
const ATTEMPTS = 6;

/** Keeps migrations of several programs apart: any number that no other program's advisory lock has. */
const MIGRATION_LOCK = 4_732_019_551;
/** Of the writers who count. */
const TURN_LOCK = 4_732_019_552;

/** One array a column: one statement for any number of rows. */
async function insertBinary(session: Session, table: BinaryTable, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = columnsOf(table);
  const names = columns.map(([name]) => name).join(', ');
  const arrays = columns.map(([, type]) => `?::${TYPES[type]}[]`).join(', ');
  const values = columns.map(([name]) => rows.map((row) => row[name] ?? null));
  await session.all(
    `INSERT INTO ${table} (${names}) SELECT * FROM unnest(${arrays})`,
    values as unknown as readonly Value[],
  );
}

/** One JSON array for any number of rows, sent as bytes. */
async function insert(session: Session, table: PackedTable, rows: Buffer): Promise<void> {
  const columns = columnsOf(table);
  const names = columns.map(([name]) => name).join(', ');
  const values = columns.map(([name, type], at) => {
    const value = `(value ->> ${at})::${TYPES[type]}`;
    // The terms come folded and split: they are lexemes as they are, and no parser may split them again.
    return table === 'passages' && name === 'terms' ? `array_to_tsvector(string_to_array(${value}, ' '))` : value;
  });
  await session.all(
    `INSERT INTO ${table} (${names}) SELECT ${values.join(', ')} FROM jsonb_array_elements(convert_from(?, 'UTF8')::jsonb)`,
    [rows],
  );
}

/** 0 where the database holds nothing of ours. */
async function schemaVersion(session: Session): Promise<number> {
  const [found] = await session.all<{ table: string | null }>(
    `SELECT to_regclass('${SCHEMA}.schema_version')::text AS table`,
  );
  if (found?.table == null) return 0;
  const [row] = await session.all<{ version: number }>('SELECT MAX(version) AS version FROM schema_version');
  return row?.version ?? 0;
}

async function transact<T>(pool: pg.Pool, server: Server, work: (session: Session) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((error: unknown) => {
    throw asInputError(error, server);
  });
  const session = sessionOn(client, server);
  let broken: Error | undefined;
  // Lost between two statements: the next statement says so, and the connection is not used again.
  const onError = (error: Error): void => {
    broken = error;
  };
  client.on('error', onError);
  try {
    await session.all('BEGIN');
    const result = await work(session);
    await session.all('COMMIT');
    return result;
  } catch (error) {
    await session.all('ROLLBACK').catch((lost: Error) => {
      broken = lost;
    });
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}

async function prepareSchema(pool: pg.Pool, server: Server): Promise<void> {
  await transact(pool, server, async (session) => {
    await session.all('SELECT pg_advisory_xact_lock(?)', [MIGRATION_LOCK]);
    const version = await schemaVersion(session);
    requireUsableSchema(version, shown(server.url), false, server.language);
    if (version === 0) await session.all(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`);
    await migrate(session, dialect, version);
  });
}

/** @param url `postgres://user:password@host:port/database` */
export async function openPostgres(url: string, { language, readonly }: EngineOptions): Promise<Engine> {
  const server: Server = { url, language };
  const pool = createPool(server, readonly);
  try {
    if (readonly) await requireReadable(sessionOn(pool, server), server);
    else await prepareSchema(pool, server);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return createEngine(pool, server, readonly);
}

async function requireReadable(session: Session, { url, language }: Server): Promise<void> {
  const version = await schemaVersion(session);
  if (version === 0) throw new InputError(say(language, 'store.missing'), { file: shown(url) });
  requireUsableSchema(version, shown(url), true, language);
}

function createEngine(pool: pg.Pool, server: Server, readonly: boolean): Engine {
  const { url, language } = server;
  const session = sessionOn(pool, server);

  const writerOn = (inTransaction: Session): Writer => ({
    all: inTransaction.all,
    insert: (table, rows) => insert(inTransaction, table, rows),
    insertBinary: (table, rows) => insertBinary(inTransaction, table, rows),
    takeTurn: async () => {
      await inTransaction.all('SELECT pg_advisory_xact_lock(?)', [TURN_LOCK]);
    },
  });

  async function write<T>(work: (writer: Writer) => Promise<T>): Promise<T> {
    if (readonly) throw new InputError(say(language, 'store.readonly'), { file: shown(url) });
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await transact(pool, server, (inTransaction) => work(writerOn(inTransaction)));
      } catch (error) {
        const { code } = error as { code?: string };
        if (attempt === ATTEMPTS || !CONFLICTS.has(code ?? '')) throw error;
      }
    }
  }

  return {
    name: 'postgres',
    all: session.all,
    write,

    passagesWith: (terms, ids) => {
      const query = terms.map((term) => `'${term}'`).join(' & ');
      return {
        from: 'passages p JOIN notices n ON n.id = p.notice',
        where: `p.terms @@ CAST(? AS tsquery)${ids === undefined ? '' : ' AND p.notice = ANY(?)'}`,
        order: 'p.n DESC',
        values: ids === undefined ? [query] : [query, ids as unknown as Value],
      };
    },

    // The server watches over its own files (checksums, amcheck); there is no cheap question to ask of it here.
    faults: async () => [],

    async bytes() {
      const [row] = await session.all<{ bytes: number }>(
        `SELECT COALESCE(SUM(pg_total_relation_size(c.oid)), 0)::float8 AS bytes
         FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace WHERE s.nspname = ? AND c.relkind = 'r'`,
        [SCHEMA],
      );
      return row?.bytes ?? 0;
    },

    backup: async () => {
      throw new InputError(say(language, 'store.useDump'), { file: shown(url) });
    },

    close: () => pool.end(),
  };
}
