/**
 * A run that is killed at any moment and run again leaves what an undisturbed run leaves. `HECHA_KILLS` says how often it is
 * killed; a dozen times unless told otherwise.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { generateNotice } from '../../bench/generate.js';
import { openStore } from '../../src/store/store.js';

const KILLS = Number(process.env.HECHA_KILLS ?? 12);
const NOTICES = 40;

const root = mkdtempSync(join(tmpdir(), 'hecha-killed-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const inbox = join(root, 'inbox');
mkdirSync(inbox);
for (let number = 0; number < NOTICES; number += 1) {
  writeFileSync(join(inbox, `${String(number).padStart(3, '0')}.txt`), generateNotice(number, 3).text.slice(0, 3000));
}

/** Runs `hecha ingest`, killed after `milliseconds` where given; the exit code, or null where it was killed. */
const ingest = (store: string, milliseconds?: number): Promise<number | null> =>
  new Promise((done) => {
    const child = spawn(
      resolve('node_modules/.bin/tsx'),
      [resolve('src/cli/main.ts'), '--store', store, 'ingest', inbox, '--jobs', '1'],
      { stdio: 'ignore', detached: true },
    );
    const timer =
      milliseconds === undefined
        ? undefined
        : setTimeout(() => process.kill(-(child.pid as number), 'SIGKILL'), milliseconds);
    child.on('exit', (code) => {
      clearTimeout(timer);
      done(code);
    });
  });

async function contentOf(path: string): Promise<readonly string[]> {
  const store = await openStore(path, { readonly: true });
  try {
    const all: string[] = [];
    for await (const { id, document, record } of store.iterate()) all.push(JSON.stringify({ id, document, record }));
    expect((await store.verify()).faults).toEqual([]);
    return all;
  } finally {
    await store.close();
  }
}

it(`loses and doubles nothing when killed ${KILLS} times`, async () => {
  const [calm, disturbed] = [join(root, 'calm.db'), join(root, 'disturbed.db')];
  const begun = performance.now();
  expect(await ingest(calm)).toBe(0);
  const whole = performance.now() - begun;
  // Moments spread over a whole run, in an order that does not follow the clock.
  for (let kill = 0; kill < KILLS; kill += 1)
    await ingest(disturbed, whole * (0.3 + (0.7 * ((kill * 7) % KILLS)) / KILLS));
  expect(await ingest(disturbed)).toBe(0);
  const [wanted, found] = [await contentOf(calm), await contentOf(disturbed)];
  expect(found).toHaveLength(NOTICES);
  expect(found).toEqual(wanted);
}, 300_000);

it('has each notice once after two runs at once', async () => {
  const [calm, shared] = [join(root, 'calm2.db'), join(root, 'shared.db')];
  expect(await ingest(calm)).toBe(0);
  expect(await Promise.all([ingest(shared), ingest(shared)])).toEqual([0, 0]);
  expect(await contentOf(shared)).toEqual(await contentOf(calm));
}, 120_000);
