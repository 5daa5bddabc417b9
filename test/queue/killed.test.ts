/**
 * The promise of the queue: workers may be killed at any moment and the database restarted, and in the end the store
 * holds, byte for byte, what one undisturbed run on SQLite gives.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateNotice } from '../../bench/generate.js';
import { openQueue, type QueueStatus } from '../../src/queue/queue.js';
import { openStore } from '../../src/store/store.js';
import { type PostgresServer, startPostgres } from '../store/postgres.js';
import { files, ingestionInto, library } from './ingestion.js';

const NOTICES = 60;
const CHARACTERS = 3_000;

let server: PostgresServer;
let folder: string;
const children = new Set<ChildProcess>();
beforeAll(async () => {
  [server, folder] = await Promise.all([startPostgres(), mkdtemp(join(tmpdir(), 'hecha-killed-'))]);
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Running {
  readonly child: ChildProcess;
  /** Resolves with the exit status, null where it was killed. */
  readonly ended: Promise<number | null>;
  /** Resolves when it works, or has ended. */
  readonly working: Promise<unknown>;
}

function startWorker(url: string): Running {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/queue/worker-process.ts', url], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  children.add(child);
  const ended = once(child, 'exit').then(([code]) => {
    children.delete(child);
    return code as number | null;
  });
  return { child, ended, working: Promise.race([once(child.stdout as Readable, 'data'), ended]) };
}

async function contentOf(url: string): Promise<readonly string[]> {
  const store = await openStore(url, { readonly: true });
  const lines: string[] = [];
  for await (const { id, document, record } of store.iterate()) lines.push(JSON.stringify({ id, document, record }));
  expect((await store.verify()).faults).toEqual([]);
  await store.close();
  return lines;
}

test('workers killed again and again, and one restart of the database, leave no trace in the store', async () => {
  const notices = join(folder, 'notices');
  await mkdir(notices);
  for (let number = 0; number < NOTICES; number += 1) {
    await writeFile(join(notices, `${number}.txt`), generateNotice(number, 9).text.slice(0, CHARACTERS));
  }
  const sources: string[] = [];
  for await (const source of library.list([notices])) sources.push(source);

  const undisturbed = join(folder, 'undisturbed.db');
  const store = await openStore(undisturbed);
  for await (const { outcome } of ingestionInto(store)(files(...sources))) expect(outcome).toBe('new');
  await store.close();

  const url = await server.fresh();
  const queue = await openQueue(url, 'en');
  await queue.add(sources);
  // While the database restarts, the queue is taken for unfinished.
  const left = async (): Promise<number> => {
    const unknown: QueueStatus = { waiting: NOTICES, running: 0, delayed: 0, dead: 0 };
    const { waiting, running, delayed } = await queue.status().catch(() => unknown);
    return waiting + running + delayed;
  };
  let kills = 0;
  const victim = async (): Promise<void> => {
    while ((await left()) > 0) {
      const { child, ended, working } = startWorker(url);
      await working;
      await pause(Math.random() * 1_200);
      child.kill('SIGKILL');
      await ended;
      kills += 1;
    }
  };
  const restartOnce = async (): Promise<void> => {
    while ((await left()) > NOTICES / 2) await pause(100);
    await server.restart();
  };
  const survivor = startWorker(url);
  await Promise.all([victim(), victim(), restartOnce()]);
  survivor.child.kill('SIGTERM');
  expect(await survivor.ended).toBe(0);

  expect(kills).toBeGreaterThanOrEqual(2);
  expect(await queue.status()).toEqual({ waiting: 0, running: 0, delayed: 0, dead: 0 });
  await queue.close();
  const expected = await contentOf(undisturbed);
  expect(expected).toHaveLength(NOTICES);
  expect(await contentOf(url)).toEqual(expected);
}, 300_000);
