/** What the tests of batches share: a store, workers and small notices. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sqlite3 from 'sqlite3';
import { type Ingested, ingest } from '../../src/batch/ingest.js';
import { makePipeline, type Recipe, readsOtherwise } from '../../src/batch/recipe.js';
import { walk } from '../../src/batch/walk.js';
import { type Limits, openWorkers, type Workers } from '../../src/batch/workers.js';
import { openStore } from '../../src/store/store.js';

export const recipe = (changes: Partial<Recipe> = {}): Recipe => ({
  rules: resolve('rules'),
  more: [],
  disable: [],
  compiled: resolve('dist', 'rules.json'),
  language: 'zh',
  program: 'test',
  ocr: false,
  ...changes,
});

export const startWorkers = (jobs = 1, limits?: Limits, changes: Partial<Recipe> = {}): Workers =>
  openWorkers(recipe(changes), jobs, limits);

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'hecha-batch-'));

/** A short notice of its own. */
export const smallNotice = (n: number): string => `青岭区第${n}中学党支部关于巡察整改情况的通报
反馈的${n + 3}个问题，已完成整改${n + 2}个。
（一）教研活动${n}次走过场的问题
整改措施：一是修订《教研管理办法》。二是每月开展教研活动${n + 1}次。
整改成效：开展教研活动${n + 1}次，覆盖教师${n * 3}人。
`;

export function writeNotices(folder: string, count: number): void {
  for (let n = 1; n <= count; n += 1) writeFileSync(join(folder, `${String(n).padStart(3, '0')}.txt`), smallNotice(n));
}

/** Reads `paths` into the store at `url` and returns what became of each source. */
export async function ingestAll(
  url: string,
  paths: readonly string[],
  workers: Workers,
  { dryRun = false, ...changes }: Partial<Recipe> & { readonly dryRun?: boolean } = {},
): Promise<readonly Ingested[]> {
  const used = recipe(changes);
  const store = await openStore(url);
  const results: Ingested[] = [];
  try {
    const { fingerprint } = makePipeline(used).pipeline;
    const context = { store, workers, fingerprint, language: 'zh', reread: readsOtherwise(used), dryRun } as const;
    for await (const result of ingest(walk(paths, 'zh'), context)) results.push(result);
  } finally {
    await store.close();
  }
  return results;
}

/** Every row of every table but the readings, without the numbers that only say in which order rows were written. */
export async function contentOf(url: string): Promise<string> {
  const database = new sqlite3.Database(url, sqlite3.OPEN_READONLY);
  const all = <T>(sql: string): Promise<T[]> =>
    new Promise((done, fail) => {
      database.all<T>(sql, (error, rows) => (error === null ? done(rows) : fail(error)));
    });
  const tables = await all<{ name: string }>(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'passage_terms%' ORDER BY name",
  );
  const parts: string[] = [];
  for (const { name } of tables) {
    if (name === 'reads') continue;
    const rows = await all<Record<string, unknown>>(`SELECT * FROM ${name}`);
    const lines = rows.map(({ n: _order, at: _time, ...row }) =>
      JSON.stringify(row, (_key, value) => (Buffer.isBuffer(value) ? value.toString('hex') : value)),
    );
    parts.push(name, ...lines.sort());
  }
  const indexed = await all<{ count: number }>('SELECT COUNT(*) AS count FROM passage_terms');
  database.close();
  return [...parts, JSON.stringify(indexed)].join('\n');
}
