/** Connections to PostgreSQL: `?` marks become `$1`, and the errors that a user can mend become one clear line. */
import pg from 'pg';
import { InputError } from '../../errors.js';
import { say } from '../../messages/index.js';
import type { Language } from '../../model.js';
import type { Session } from '../engine.js';

/** Everything of ours lies in a schema of its own, beside whatever else the database holds. */
export const SCHEMA = 'hecha';

const CONNECTIONS = 8;
const CONNECT_MILLISECONDS = 15_000;
const LOCK_MILLISECONDS = 60_000;

/** SQLSTATE codes, and codes of Node's sockets, that are the user's to mend. */
const MENDABLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'store.unreachable',
  ECONNRESET: 'store.unreachable',
  ENOTFOUND: 'store.unreachable',
  EAI_AGAIN: 'store.unreachable',
  ETIMEDOUT: 'store.unreachable',
  EPIPE: 'store.unreachable',
  '57P01': 'store.unreachable',
  '57P02': 'store.unreachable',
  '57P03': 'store.unreachable',
  '53300': 'store.unreachable',
  '28000': 'store.noAccess',
  '28P01': 'store.noAccess',
  '42501': 'store.noAccess',
  '3D000': 'store.noSuchDatabase',
  '53100': 'store.full',
  '25006': 'store.readonly',
  '55P03': 'store.locked',
  XX001: 'store.corrupt',
  XX002: 'store.corrupt',
};

export interface Server {
  readonly url: string;
  readonly language: Language;
}

/** The URL as it may be shown: without its password. */
export function shown(url: string): string {
  try {
    const parsed = new URL(url);
    parsed.password = '';
    return parsed.href;
  } catch {
    return 'postgres://';
  }
}

/** A connection that ends under a statement has no code, only this text. */
const isLost = (error: Error): boolean =>
  /^Connection terminated|connection error and is not queryable|timeout exceeded when trying to connect/.test(
    error.message,
  );

/** An error of the driver as `InputError` where the user can mend it; any other error as it is. */
export function asInputError(reason: unknown, { url, language }: Server): Error {
  const error = reason as Error & { code?: string };
  const code = isLost(error) ? 'store.unreachable' : MENDABLE[error.code ?? ''];
  if (code === undefined) return error;
  return new InputError(
    say(language, code, { reason: error.code ?? error.message }),
    { file: shown(url) },
    { cause: error },
  );
}

export function createPool({ url }: Server, readonly: boolean): pg.Pool {
  const settings = [`search_path=${SCHEMA}`, `lock_timeout=${LOCK_MILLISECONDS}`, 'client_min_messages=warning'];
  if (readonly) settings.push('default_transaction_read_only=on');
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
    options: settings.map((setting) => `-c ${setting}`).join(' '),
  });
  // An idle connection that the server ends is no error: the next statement gets another one, or says what is wrong.
  pool.on('error', () => undefined);
  return pool;
}

const numbered = (sql: string): string => {
  let mark = 0;
  return sql.replace(/\?/g, () => {
    mark += 1;
    return `$${mark}`;
  });
};

export const sessionOn = (client: pg.Pool | pg.PoolClient, server: Server): Session => ({
  async all<T>(sql: string, values: readonly unknown[] = []) {
    try {
      return (await client.query(numbered(sql), [...values])).rows as T[];
    } catch (error) {
      throw asInputError(error, server);
    }
  },
});
