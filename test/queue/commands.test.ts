/** `hecha enqueue` and `hecha worker` as a user runs them. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateNotice } from '../../bench/generate.js';
import { type PostgresServer, startPostgres } from '../store/postgres.js';

let server: PostgresServer;
let folder: string;
beforeAll(async () => {
  [server, folder] = await Promise.all([startPostgres(), mkdtemp(join(tmpdir(), 'hecha-queue-'))]);
});
afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Outcome {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

const hecha = (...args: readonly string[]): Promise<Outcome> =>
  new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', 'src/cli/main.ts', '--lang', 'en', ...args],
      (_error, out, err) => resolve({ status: child.exitCode ?? -1, out, err }),
    );
  });

test('documents are queued, read by a worker, and what could not be read is told and queued again', async () => {
  const url = await server.fresh();
  const notices = join(folder, 'notices');
  await mkdir(notices);
  for (const number of [1, 2, 3]) {
    await writeFile(join(notices, `${number}.txt`), generateNotice(number, 5).text.slice(0, 1_000));
  }
  await writeFile(join(notices, 'broken.docx'), 'no document');

  expect(await hecha('--store', url, 'enqueue', notices)).toMatchObject({ status: 0, out: '4 queued\n' });
  const worked = await hecha('--store', url, 'worker', '--jobs', '1', '--drain', '--metrics', '0');
  expect(worked.status).toBe(0);
  expect(worked.err).toMatch(/metrics at http:\/\/127\.0\.0\.1:\d+\/metrics/);
  expect(worked.err).toContain('broken.docx: ');

  const { out } = await hecha('--store', url, 'worker', '--status');
  expect(out).toMatch(/^0 waiting, 0 running, 0 to be tried again, 0 dead, 1 unreadable\n.*broken\.docx: /);
  expect(await hecha('--store', url, 'enqueue', '--failed')).toMatchObject({ out: '1 queued\n' });
  expect((await hecha('--store', url, 'worker', '--status')).out).toMatch(/^1 waiting/);
});

test('what cannot be done is told in one line', async () => {
  const url = await server.fresh();
  const lineOf = async (...args: readonly string[]): Promise<string> => {
    const { status, err } = await hecha(...args);
    expect(status).toBe(2);
    expect(err).toMatch(/^[^\n]+\n$/);
    return err;
  };
  expect(await lineOf('--store', join(folder, 'a.db'), 'worker')).toContain('needs a PostgreSQL database');
  expect(await lineOf('--store', url, 'enqueue')).toContain('--failed');
  expect(await lineOf('--store', url, 'enqueue', join(folder, 'nothing'))).toContain('nothing');
  expect(await lineOf('--store', url, 'worker', '--metrics', 'here')).toContain('PORT or HOST:PORT');
});
