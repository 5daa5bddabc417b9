/** The store's contract on a real PostgreSQL. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { InputError } from '../../src/errors.js';
import { openStore } from '../../src/store/store.js';
import { storeContract } from './contract.js';
import { notice } from './notices.js';
import { type PostgresServer, startPostgres } from './postgres.js';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server?.stop());

storeContract('PostgreSQL', { fresh: () => server.fresh() });

describe('a PostgreSQL store', () => {
  test('gives the records that SQLite gives', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hecha-store-'));
    const stores = [await openStore(await server.fresh()), await openStore(join(folder, 'a.db'))];
    const records = await Promise.all(
      stores.map(async (store) => {
        await store.save(Array.from({ length: 20 }, (_, number) => notice(number)));
        const lines: string[] = [];
        for await (const one of store.iterate()) lines.push(JSON.stringify(one));
        await store.close();
        return lines;
      }),
    );
    expect(records[0]).toEqual(records[1]);
    await rm(folder, { recursive: true });
  });

  test('goes on after the server was restarted', async () => {
    const store = await openStore(await server.fresh(), { language: 'en' });
    await store.save([notice(1)]);
    const saving = Promise.allSettled(Array.from({ length: 30 }, (_, number) => store.save([notice(number)])));
    await server.restart();
    for (const outcome of await saving) {
      if (outcome.status === 'rejected') expect(String(outcome.reason)).toContain('cannot be reached');
    }
    await store.save(Array.from({ length: 30 }, (_, number) => notice(number)));
    expect((await store.list()).total).toBe(30);
    expect((await store.verify()).faults).toEqual([]);
    await store.close();
  });

  test('says in one line what keeps it from opening, and never the password', async () => {
    const url = new URL(await server.fresh());
    const lineOf = async (change: (changed: URL) => void): Promise<string> => {
      const changed = new URL(url);
      change(changed);
      const error = await openStore(changed.href, { language: 'en' }).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(InputError);
      return (error as InputError).toLine();
    };
    const refused = await lineOf((changed) => {
      changed.port = '1';
    });
    expect(refused).toMatch(/cannot be reached \(ECONNREFUSED\)$/);
    expect(refused).not.toContain('password@');
    expect(
      await lineOf((changed) => {
        changed.pathname = '/nowhere';
      }),
    ).toContain('no such database');
    expect(
      await lineOf((changed) => {
        changed.password = 'wrong';
      }),
    ).toContain('refuses access');
  });
});
