/** The queue and its workers on a real PostgreSQL. */
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { InputError } from '../../src/errors.js';
import { createMetrics, serveMetrics } from '../../src/queue/metrics.js';
import { bePresent } from '../../src/queue/presence.js';
import { MOST_ATTEMPTS, openQueue, type Queue } from '../../src/queue/queue.js';
import { runWorker, type WorkerContext } from '../../src/queue/worker.js';
import { type PostgresServer, startPostgres } from '../store/postgres.js';

let server: PostgresServer;
let url: string;
let queue: Queue;
let database: pg.Pool;
beforeAll(async () => {
  server = await startPostgres();
});
beforeEach(async () => {
  url = await server.fresh();
  queue = await openQueue(url, 'en');
  database = new pg.Pool({ connectionString: url }).on('error', () => undefined);
  return async () => {
    await queue.close();
    await database.end();
  };
});
afterAll(() => server?.stop());

const EMPTY = { waiting: 0, running: 0, delayed: 0, dead: 0 };

/** Waits until `condition` holds; three quarters of a minute at most. */
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 450; tries += 1) {
    if (await condition()) return;
    await pause(100);
  }
  throw new Error('waited in vain');
}

interface Started {
  stop(): Promise<void>;
}

function start(work: WorkerContext['work'], more: Partial<WorkerContext> = {}): Started {
  const stop = new AbortController();
  const nothing = (): void => undefined;
  const running = runWorker({
    url,
    language: 'en',
    concurrency: 2,
    work,
    onFailure: nothing,
    onLost: nothing,
    stop: stop.signal,
    ...more,
  });
  return {
    stop: () => {
      stop.abort();
      return running;
    },
  };
}

/** What waits for its next attempt need not wait any longer. */
const hurry = (): Promise<unknown> => database.query('UPDATE graphile_worker._private_jobs SET run_at = now()');

describe('the queue', () => {
  test('bears a server that stops while it is being closed', async () => {
    await queue.status();
    const other = await openQueue(url, 'en');
    await Promise.all([other.status(), other.status()]);
    await other.close();
    await server.restart();
    expect(await queue.status()).toEqual(EMPTY);
  });

  test('holds each source once, however long its name', async () => {
    const long = `${'很长的名字'.repeat(200)}.txt`;
    await queue.add(['a.txt', 'b.txt', long]);
    await queue.add(['b.txt', long]);
    expect(await queue.status()).toEqual({ ...EMPTY, waiting: 3 });
    const seen: string[] = [];
    const worker = start(async (source) => void seen.push(source));
    await until(() => seen.length === 3);
    await worker.stop();
    expect(seen.sort()).toEqual(['a.txt', 'b.txt', long]);
    expect(await queue.status()).toEqual(EMPTY);
  });

  test('reads again what is queued while it is being read', async () => {
    await queue.add(['a.txt']);
    let reads = 0;
    const worker = start(async () => {
      reads += 1;
      if (reads === 1) await queue.add(['a.txt']);
    });
    await until(() => reads === 2);
    await worker.stop();
    expect(await queue.status()).toEqual(EMPTY);
  });

  test('needs PostgreSQL, and says so', async () => {
    await expect(openQueue('out/hecha.db', 'en')).rejects.toThrow(InputError);
    await expect(openQueue('postgres://127.0.0.1:1/none', 'en')).rejects.toThrow(/cannot be reached/);
  });
});

describe('a worker', () => {
  test('tries again with growing pauses, and leaves the dead with their reason until they are queued anew', async () => {
    await queue.add(['bad.txt', 'good.txt']);
    const failures: boolean[] = [];
    let mended = false;
    const worker = start(
      async (source) => {
        if (source === 'bad.txt' && !mended) throw new Error('the share is away');
      },
      { onFailure: (_source, _error, last) => failures.push(last) },
    );
    await until(async () => (await queue.status()).delayed === 1);
    for (let attempt = 2; attempt <= MOST_ATTEMPTS; attempt += 1) {
      await hurry();
      await until(() => failures.length === attempt);
      await until(async () => (await queue.status()).running === 0);
    }
    expect(await queue.status()).toEqual({ ...EMPTY, dead: 1 });
    expect(await queue.dead()).toEqual([{ source: 'bad.txt', reason: 'the share is away', attempts: MOST_ATTEMPTS }]);
    expect(failures).toEqual([...Array.from({ length: MOST_ATTEMPTS - 1 }, () => false), true]);

    mended = true;
    await queue.add(['bad.txt']);
    await until(async () => (await queue.status()).waiting + (await queue.status()).running === 0);
    expect(await queue.status()).toEqual(EMPTY);
    await worker.stop();
  });

  test('finishes the job at hand when told to stop, and takes no other', async () => {
    await queue.add(['1.txt', '2.txt', '3.txt', '4.txt']);
    const begun: string[] = [];
    const ended: string[] = [];
    const worker = start(async (source) => {
      begun.push(source);
      await pause(500);
      ended.push(source);
    });
    await until(() => begun.length === 2);
    await worker.stop();
    expect(ended.sort()).toEqual(begun.sort());
    expect(await queue.status()).toEqual({ ...EMPTY, waiting: 2 });
  });

  test('takes over the jobs of the dead, and none of the living', async () => {
    await queue.add(['of the dead.txt', 'of the living.txt']);
    for (const [key, owner] of [
      ['of the dead.txt', 'pool-gone'],
      ['of the living.txt', 'pool-there'],
    ]) {
      await database.query(
        'UPDATE graphile_worker._private_jobs SET locked_at = now(), locked_by = $2, attempts = 1 WHERE key = $1',
        [key, owner],
      );
    }
    const other = bePresent(url, 'pool-there');
    await other.begun;
    const seen: string[] = [];
    const worker = start(async (source) => void seen.push(source));
    await until(() => seen.length === 1);
    await pause(2_500);
    expect(seen).toEqual(['of the dead.txt']);
    await other.end();
    await until(() => seen.length === 2);
    await worker.stop();
  });

  test('goes on after the database was restarted', async () => {
    const seen = new Set<string>();
    const worker = start(async (source) => {
      await pause(20);
      seen.add(source);
    });
    const sources = Array.from({ length: 40 }, (_, number) => `${number}.txt`);
    await queue.add(sources);
    await until(() => seen.size > 5);
    await server.restart();
    await until(() => seen.size === sources.length);
    await until(async () => (await queue.status().catch(() => ({ ...EMPTY, running: 1 }))).running === 0);
    await worker.stop();
    expect(await queue.status()).toEqual(EMPTY);
  });
});

describe('health and metrics', () => {
  test('tell of the worker and of the whole queue', async () => {
    await queue.add(['a.txt', 'b.txt']);
    const metrics = createMetrics(() => queue.status());
    metrics.onIngested({ source: 'c.txt', outcome: 'new', took: 120 });
    metrics.onFailure(true);
    const web = await serveMetrics(metrics, () => queue.status(), { host: '127.0.0.1', port: 0 });
    const health = await fetch(`${web.address}/health`);
    expect(health.status).toBe(200);
    expect(await health.json()).toEqual({ status: 'ok', queue: { ...EMPTY, waiting: 2 } });
    const text = await (await fetch(`${web.address}/metrics`)).text();
    expect(text).toContain('hecha_documents_total{outcome="new"} 1');
    expect(text).toContain('hecha_job_failures_total{final="true"} 1');
    expect(text).toContain('hecha_queue_jobs{state="waiting"} 2');
    expect(text).toContain('hecha_document_seconds_bucket{le="0.3"} 1');
    expect((await fetch(`${web.address}/other`)).status).toBe(404);
    await web.close();
  });

  test('say that the worker is down when its database does not answer', async () => {
    const away = async (): Promise<never> => {
      throw new InputError('the database server cannot be reached');
    };
    const web = await serveMetrics(createMetrics(away), away, { host: '127.0.0.1', port: 0 });
    expect((await fetch(`${web.address}/health`)).status).toBe(503);
    expect((await fetch(`${web.address}/metrics`)).status).toBe(503);
    await web.close();
  });
});
