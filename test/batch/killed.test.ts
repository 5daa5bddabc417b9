/**
 * A run that is killed at any moment and run again leaves what an undisturbed run leaves. The real command is killed, while
 * files change between the runs, until `HECHA_KILLS` of them (fifty unless told otherwise) died of it.
 */
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { generateNotice } from '../../bench/generate.js';
import { openStore } from '../../src/store/store.js';

const KILLS = Number(process.env.HECHA_KILLS ?? 50);
const NOTICES = 12;
/** Files that are other ones in each run. */
const CHANGED = 5;
/** Runs that end before they are killed are many on no machine. */
const MOST_RUNS = 4 * KILLS;

const root = mkdtempSync(join(tmpdir(), 'hecha-killed-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const inbox = join(root, 'inbox');
const main = join(root, 'dist', 'cli', 'main.js');

// A build of its own: started more than fifty times, and never an old one.
beforeAll(() => {
  execFileSync(resolve('node_modules/.bin/tsc'), ['-p', 'tsconfig.build.json', '--outDir', join(root, 'dist')]);
  for (const name of ['node_modules', 'rules']) symlinkSync(resolve(name), join(root, name));
  copyFileSync('package.json', join(root, 'package.json'));
  execFileSync('node', [join(root, 'dist', 'cli', 'compile-rules.js')]);
  mkdirSync(inbox);
  for (let number = 0; number < NOTICES; number += 1) write(number, 0);
});

function write(number: number, edition: number): void {
  const { text } = generateNotice(number, 3);
  writeFileSync(join(inbox, `${String(number).padStart(3, '0')}.txt`), `${text.slice(0, 2000)}\n第${edition}稿`);
}

/** Runs `hecha ingest`, killed after `milliseconds` where given; the exit code, or null where it was killed. */
const ingest = (store: string, milliseconds?: number): Promise<number | null> =>
  new Promise((done) => {
    const child = spawn('node', [main, '--store', store, 'ingest', inbox, '--jobs', '1'], { stdio: 'ignore' });
    const timer = milliseconds === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), milliseconds);
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
  expect(await ingest(join(root, 'measure.db'))).toBe(0);
  const whole = performance.now() - begun;
  let kills = 0;
  for (let run = 0; kills < KILLS && run < MOST_RUNS; run += 1) {
    for (let at = 0; at < CHANGED; at += 1) write((run * CHANGED + at) % NOTICES, run);
    // Moments spread evenly over the later part of a run, where files are read and stored, and never in the same order.
    const moment = (run * 0.618_034) % 1;
    if ((await ingest(disturbed, whole * (0.4 + 0.6 * moment))) === null) kills += 1;
  }
  expect(kills).toBe(KILLS);
  expect(await ingest(disturbed)).toBe(0);
  expect(await ingest(calm)).toBe(0);
  const [wanted, found] = [await contentOf(calm), await contentOf(disturbed)];
  expect(found).toHaveLength(NOTICES);
  expect(found).toEqual(wanted);
}, 900_000);

it('has each notice once after two runs at once', async () => {
  const [calm, shared] = [join(root, 'calm2.db'), join(root, 'shared.db')];
  expect(await ingest(calm)).toBe(0);
  expect(await Promise.all([ingest(shared), ingest(shared)])).toEqual([0, 0]);
  expect(await contentOf(shared)).toEqual(await contentOf(calm));
}, 120_000);
