/**
 * What several workers gain, and what PostgreSQL costs over SQLite: the same notices read into SQLite, into PostgreSQL, and
 * through the queue by one worker and by two. Time to start is measured with a single notice, and taken off.
 * `npx tsx bench/queue.ts [NOTICES]`
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openStore } from '../src/store/store.js';
import { startPostgres } from '../test/store/postgres.js';
import { ENGINE, ENVIRONMENT, MAIN } from './built.js';
import { generateNotice } from './generate.js';

const total = Number(process.argv[2] ?? '200');
const line = (text: string): unknown => process.stdout.write(`${text}\n`);

async function hecha(...args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [...ENGINE, MAIN, ...args], {
    env: ENVIRONMENT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`hecha ${args.join(' ')}: status ${code}`);
}

const folder = await mkdtemp(join(tmpdir(), 'hecha-bench-'));
const [one, all] = [join(folder, 'one'), join(folder, 'all')];
await mkdir(one);
await mkdir(all);
for (let number = 0; number < total; number += 1) {
  const { text } = generateNotice(number, 1);
  await writeFile(join(all, `${number}.txt`), text);
  if (number === 0) await writeFile(join(one, '0.txt'), text);
}
const server = await startPostgres(true);

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
};

interface Way {
  readonly name: string;
  /** A new, empty store. */
  store(): Promise<string>;
  before?(store: string, notices: string): Promise<void>;
  read(store: string, notices: string): Promise<unknown>;
}

let files = 0;
const ingest = (store: string, notices: string): Promise<void> =>
  hecha('--store', store, 'ingest', notices, '--jobs', '1');
const enqueue = (store: string, notices: string): Promise<void> => hecha('--store', store, 'enqueue', notices);
const work =
  (workers: number) =>
  (store: string): Promise<unknown> =>
    Promise.all(Array.from({ length: workers }, () => hecha('--store', store, 'worker', '--jobs', '1', '--drain')));

const ways: readonly Way[] = [
  {
    name: 'SQLite, ingest',
    store: async () => {
      files += 1;
      return join(folder, `${files}.db`);
    },
    read: ingest,
  },
  { name: 'PostgreSQL, ingest', store: () => server.fresh(), read: ingest },
  { name: 'PostgreSQL, queue, 1 worker', store: () => server.fresh(), before: enqueue, read: work(1) },
  { name: 'PostgreSQL, queue, 2 workers', store: () => server.fresh(), before: enqueue, read: work(2) },
];

async function timed(way: Way, notices: string): Promise<{ readonly store: string; readonly took: number }> {
  const store = await way.store();
  await way.before?.(store, notices);
  return { store, took: await seconds(() => way.read(store, notices)) };
}

let first: number | undefined;
let last = '';
for (const way of ways) {
  const start = (await timed(way, one)).took;
  const { store, took } = await timed(way, all);
  const rate = (total - 1) / (took - start);
  first ??= rate;
  last = store;
  const opened = await openStore(store, { readonly: true });
  const { bytes, notices } = await opened.stats();
  await opened.close();
  if (notices !== total) throw new Error(`${way.name}: ${notices} of ${total} notices`);
  line(
    `${way.name.padEnd(30)} ${rate.toFixed(1).padStart(6)} notices/s ${(rate / first).toFixed(2).padStart(6)} ×` +
      ` ${(bytes / total / 1024).toFixed(1).padStart(7)} KiB a notice, ${start.toFixed(1)} s to start`,
  );
}

line('\nTable             rows a notice   KiB a notice, indexes included');
const client = new pg.Client({ connectionString: last });
await client.connect();
await client.query('ANALYZE');
const { rows } = await client.query<{ name: string; rows: number; bytes: number }>(
  `SELECT c.relname AS name, c.reltuples::float8 AS rows, pg_total_relation_size(c.oid)::float8 AS bytes
   FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace
   WHERE s.nspname = 'hecha' AND c.relkind = 'r' ORDER BY bytes DESC`,
);
for (const { name, rows: count, bytes } of rows) {
  line(
    `${name.padEnd(18)} ${(count / total).toFixed(1).padStart(12)} ${(bytes / total / 1024).toFixed(2).padStart(14)}`,
  );
}
await client.end();
await server.stop();
await rm(folder, { recursive: true });
