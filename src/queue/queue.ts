/**
 * The queue of documents to be read, in the database of the store: one job a document, whose key is its source, so that
 * the same document waits once however often it is queued. graphile-worker keeps the jobs; this is what hecha asks of it.
 */
import { createHash } from 'node:crypto';
import { Logger, makeWorkerUtils, type WorkerUtils } from 'graphile-worker';
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import type { Language } from '../model.js';
import { asInputError } from '../store/postgres/connection.js';
import { isServer } from '../store/store.js';
import { openPool } from './pool.js';

export const TASK = 'ingest';

export interface Job {
  readonly source: string;
}

/** After these attempts, the last two and a half minutes after the one before it, a job is dead: it waits for a person. */
export const MOST_ATTEMPTS = 6;

/** What graphile-worker would print is told by the commands in their own words. */
export const silent = new Logger(() => () => undefined);

/** Jobs by what becomes of them next. */
export interface QueueStatus {
  readonly waiting: number;
  readonly running: number;
  /** Failed before and waiting for its next attempt. */
  readonly delayed: number;
  readonly dead: number;
}

export interface DeadJob {
  readonly source: string;
  /** Undefined where a worker died over it each time. */
  readonly reason?: string;
  readonly attempts: number;
}

export interface Queue {
  /** Queues each source once. One that waits already keeps its place, one that is being read is read again afterwards. */
  add(sources: readonly string[]): Promise<void>;
  status(): Promise<QueueStatus>;
  /** By source. */
  dead(): Promise<readonly DeadJob[]>;
  close(): Promise<void>;
}

/** What the queue's tables take as a key. */
const LONGEST_KEY = 500;

const keyOf = (source: string): string =>
  source.length <= LONGEST_KEY
    ? source
    : `${source.slice(0, LONGEST_KEY - 66)}… ${createHash('sha256').update(source).digest('hex')}`;

// A job that was queued anew while it ran has lost its key: the new one stands for it.
const IS_DEAD = 'locked_at IS NULL AND attempts >= max_attempts AND key IS NOT NULL';

/** @throws InputError where `url` is no PostgreSQL database */
export function requirePostgres(url: string, language: Language): void {
  if (!isServer(url)) throw new InputError(say(language, 'queue.needsPostgres'), { file: url });
}

/** Opens the queue, creating it where there is none. */
export async function openQueue(url: string, language: Language): Promise<Queue> {
  requirePostgres(url, language);
  const server = { url, language };
  const mended = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw asInputError(error, server);
    }
  };
  const pool = openPool(url, 2);
  const utils: WorkerUtils = await mended(() => makeWorkerUtils({ pgPool: pool, logger: silent }));
  const all = <T>(sql: string, values: readonly unknown[] = []): Promise<T[]> =>
    mended(() => utils.withPgClient(async (client) => (await client.query(sql, [...values])).rows as T[]));

  return {
    async add(sources) {
      const keys = sources.map(keyOf);
      const dead = await all<{ id: string }>(
        `SELECT id FROM graphile_worker.jobs WHERE key = ANY($1) AND task_identifier = $2 AND ${IS_DEAD}`,
        [keys, TASK],
      );
      await mended(async () => {
        if (dead.length > 0) await utils.completeJobs(dead.map(({ id }) => id));
        await utils.addJobs(
          sources.map((source, index) => ({
            identifier: TASK,
            payload: { source } satisfies Job,
            jobKey: keys[index] as string,
            maxAttempts: MOST_ATTEMPTS,
          })),
          true,
        );
      });
    },

    async status() {
      const [row] = await all<QueueStatus>(
        `SELECT
           COUNT(*) FILTER (WHERE locked_at IS NULL AND attempts < max_attempts AND run_at <= now())::int AS waiting,
           COUNT(*) FILTER (WHERE locked_at IS NOT NULL)::int AS running,
           COUNT(*) FILTER (WHERE locked_at IS NULL AND attempts < max_attempts AND run_at > now())::int AS delayed,
           COUNT(*) FILTER (WHERE ${IS_DEAD})::int AS dead
         FROM graphile_worker.jobs WHERE task_identifier = $1`,
        [TASK],
      );
      return row as QueueStatus;
    },

    async dead() {
      const rows = await all<{ source: string; reason: string | null; attempts: number }>(
        `SELECT key AS source, last_error AS reason, attempts FROM graphile_worker.jobs
         WHERE task_identifier = $1 AND ${IS_DEAD} ORDER BY key COLLATE "C"`,
        [TASK],
      );
      return rows.map(({ source, reason, attempts }) => ({ source, attempts, ...(reason === null ? {} : { reason }) }));
    },

    close: async () => {
      await utils.release();
      void pool.end();
    },
  };
}
