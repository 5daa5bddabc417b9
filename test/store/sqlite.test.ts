/** The store's contract on SQLite, and what only a file can do. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sqlite3 from 'sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { InputError } from '../../src/errors.js';
import type { Engine, Value } from '../../src/store/engine.js';
import { createStore } from '../../src/store/relational.js';
import { connect } from '../../src/store/sqlite/connection.js';
import { openSqlite } from '../../src/store/sqlite/engine.js';
import { type NoticeFilter, openStore } from '../../src/store/store.js';
import { storeContract } from './contract.js';
import { notice } from './notices.js';

let folder: string;
let files = 0;
const fresh = async (): Promise<string> => join(folder, `${files++}.db`);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hecha-store-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs SQL on the file behind the store's back. */
const meddle = (path: string, sql: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const database = new sqlite3.Database(path, () => {
      database.exec(sql, (error) => database.close(() => (error === null ? resolve() : reject(error))));
    });
  });

/** The one line that the user sees. */
const lineOf = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InputError);
  const line = (error as InputError).toLine();
  expect(line).not.toContain('\n');
  return line;
};

storeContract('SQLite', { fresh });

describe('an SQLite store says in one line', () => {
  const language = 'en';

  test('that a file is no database', async () => {
    const path = await fresh();
    await writeFile(path, '这不是数据库'.repeat(1000));
    expect(await lineOf(openStore(path, { language }))).toBe(`${path}: not a database file`);
  });

  test("that a database is another program's, and leaves it as it was", async () => {
    const path = await fresh();
    await meddle(path, 'CREATE TABLE customers (name TEXT)');
    expect(await lineOf(openStore(path, { language }))).toBe(`${path}: a database of another program, not of hecha`);
    expect(await lineOf(openStore(path, { language, readonly: true }))).toContain('another program');
  });

  test('that a newer program made it', async () => {
    const path = await fresh();
    await (await openStore(path)).close();
    await meddle(path, 'INSERT INTO schema_version VALUES (99)');
    expect(await lineOf(openStore(path, { language }))).toContain('made by a newer hecha (schema 99');
    expect(await lineOf(openStore(path))).toContain('更新版本');
  });

  test('that it is older, until a command that writes has brought it up to date', async () => {
    const path = await fresh();
    const store = await openStore(path);
    await store.save([notice(1)]);
    await store.close();
    for (const table of ['comparables', 'titles', 'terms']) await meddle(path, `DROP TABLE ${table}`);
    await meddle(path, 'DELETE FROM schema_version WHERE version > 1');
    expect(await lineOf(openStore(path, { language, readonly: true }))).toContain('such as hecha ingest');
    const upgraded = await openStore(path);
    const profiles: unknown[] = [];
    for await (const one of upgraded.profiles('stamp')) profiles.push(one);
    await upgraded.close();
    expect(profiles).toHaveLength(1);
    await (await openStore(path, { readonly: true })).close();
  });

  test('that there is none to read', async () => {
    const path = await fresh();
    expect(await lineOf(openStore(path, { language, readonly: true }))).toBe(`${path}: no such database`);
  });

  test('that the folder does not exist', async () => {
    const path = join(folder, 'nowhere', 'a.db');
    expect(await lineOf(openStore(path, { language }))).toContain(`${path}: the database cannot be opened`);
  });

  test('that the file vanished under it', async () => {
    const path = await fresh();
    const store = await openStore(path, { language });
    await store.save([notice(1)]);
    await rm(path);
    expect(await lineOf(store.save([notice(2)]))).toBe(`${path}: the database file was deleted or replaced`);
    await store.close();
  });

  test('that a backup would overwrite a file', async () => {
    const store = await openStore(await fresh(), { language });
    const file = await fresh();
    await writeFile(file, '');
    expect(await lineOf(store.backup(file))).toContain('not overwritten');
    expect(await lineOf(store.backup(join(folder, 'nowhere', 'b.db')))).toContain(join('nowhere', 'b.db'));
    await store.close();
  });

  test('that the disk is full, and keeps what was saved', async () => {
    const path = await fresh();
    const connection = await connect({ path, language }, 'create');
    await connection.all('CREATE TABLE papers (page BLOB)');
    await connection.all('INSERT INTO papers VALUES (zeroblob(100))');
    await connection.all('PRAGMA max_page_count = 10');
    expect(await lineOf(connection.all('INSERT INTO papers VALUES (zeroblob(100000))'))).toContain('the disk is full');
    expect(await connection.all('SELECT COUNT(*) AS papers FROM papers')).toEqual([{ papers: 1 }]);
    await connection.close();
  });

  test('that another program holds it too long', async () => {
    const path = await fresh();
    const [one, other] = [await connect({ path, language }, 'create'), await connect({ path, language }, 'create')];
    await one.all('BEGIN IMMEDIATE');
    await other.all('PRAGMA busy_timeout = 20');
    expect(await lineOf(other.all('BEGIN IMMEDIATE'))).toContain('locked by another program');
    await Promise.all([one.close(), other.close()]);
  });

  test('that stored bytes were damaged', async () => {
    const path = await fresh();
    const store = await openStore(path, { language });
    await store.save([notice(1), notice(2)]);
    await meddle(
      path,
      "UPDATE contents SET record = x'00ff' WHERE notice = (SELECT id FROM notices WHERE source LIKE '%1.txt')",
    );
    await meddle(path, "DELETE FROM findings WHERE notice = (SELECT id FROM notices WHERE source LIKE '%2.txt')");
    expect(await lineOf(store.get('通报/000001.txt'))).toBe('通报/000001.txt: the stored notice is damaged');
    expect((await store.verify()).faults).toEqual([
      { source: '通报/000001.txt', message: 'the stored notice is damaged' },
      { source: '通报/000002.txt', message: 'table findings has 0 rows instead of 3' },
    ]);
    await store.close();
  });
});

test('a backup is a whole store', async () => {
  const store = await openStore(await fresh());
  await store.save([notice(1), notice(2)]);
  const copy = await fresh();
  await store.backup(copy);
  await store.save([notice(3)]);
  await store.close();
  const restored = await openStore(copy);
  expect((await restored.list()).total).toBe(2);
  expect((await restored.search(['整改'])).total).toBe(2);
  expect((await restored.verify()).faults).toEqual([]);
  await restored.close();
});

test('no question a person asks reads a whole table', async () => {
  const engine = await openSqlite(await fresh(), { language: 'en', readonly: false });
  const asked: { sql: string; values: readonly Value[] }[] = [];
  const listening: Engine = {
    ...engine,
    all: (sql, values = []) => {
      asked.push({ sql, values });
      return engine.all(sql, values);
    },
  };
  const store = createStore(listening, { language: 'en', now: () => '' });
  await store.save(Array.from({ length: 50 }, (_, number) => notice(number)));
  const id = (await store.list()).rows[0]?.id ?? '';
  for (const order of ['source', 'unit', 'date', 'errors'] as const) {
    for (const filter of [
      {},
      { unit: '局' },
      { year: 2018 },
      { kind: '审计' },
      { status: 'ongoing' },
      { severity: 'error' },
    ]) {
      await store.list(filter as NoticeFilter, { order, offset: 10 });
    }
  }
  await store.list({ text: '通报' });
  await store.get(id);
  await store.get(id.slice(0, 8));
  await store.get(notice(1).document.source);
  await store.lookup(['a', 'b']);
  await store.search(['完成']);
  await store.search(['完成'], { unit: '东山' });
  await store.reads('a');
  await store.reviews('a');
  for (const { sql, values } of asked) {
    const plan = await engine.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, values);
    const reading = plan
      .map(({ detail }) => detail)
      .filter((detail) => /^SCAN (n|notices|p|passages|r|reads|reviews)\b/.test(detail));
    expect(
      reading.filter((detail) => !/COVERING INDEX|^SCAN r$/.test(detail)),
      sql,
    ).toEqual([]);
  }
  await store.close();
});
