/**
 * A run that is killed at any moment and run again leaves what an undisturbed run leaves. The real command is killed, while
 * files change between the runs, until `HECHA_KILLS` of them (fifty unless told otherwise) died of it: half of them on each of
 * two databases, so that two cores have work.
 */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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
const CHAINS = 2;

const root = mkdtempSync(join(tmpdir(), 'hecha-killed-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const inboxOf = (chain: number): string => join(root, `inbox${chain}`);
const main = join(root, 'dist', 'cli', 'main.js');

// A build of its own: started more than fifty times, and never an old one.
beforeAll(() => {
  execFileSync(resolve('node_modules/.bin/tsc'), ['-p', 'tsconfig.build.json', '--outDir', join(root, 'dist')]);
  for (const name of ['node_modules', 'rules']) symlinkSync(resolve(name), join(root, name));
  copyFileSync('package.json', join(root, 'package.json'));
  execFileSync('node', [join(root, 'dist', 'cli', 'compile-rules.js')]);
  chmodSync(main, 0o755);
  for (let chain = 0; chain < CHAINS; chain += 1) {
    mkdirSync(inboxOf(chain));
    for (let number = 0; number < NOTICES; number += 1) write(chain, number, 0);
  }
});

function write(chain: number, number: number, edition: number): void {
  const { text } = generateNotice(number, 3);
  writeFileSync(
    join(inboxOf(chain), `${String(number).padStart(3, '0')}.txt`),
    `${text.slice(0, 2000)}\n第${edition}稿`,
  );
}

/** Runs `hecha ingest`, killed after `milliseconds` where given; the exit code, or null where it was killed. */
const ingest = (inbox: string, store: string, milliseconds?: number): Promise<number | null> =>
  new Promise((done) => {
    const child = spawn(main, ['--store', store, 'ingest', inbox, '--jobs', '1'], { stdio: 'ignore' });
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

/** How much longer a run is taken to last after each that did not come to its end. */
const SLOWER = 1.05;

/**
 * Until so many runs over its folder were killed; then what its database holds after one that was not. How long a run lasts
 * changes with what else the machine does: those that end say it.
 */
async function disturbed(chain: number, kills: number, measured: number): Promise<readonly string[]> {
  const [inbox, store] = [inboxOf(chain), join(root, `disturbed${chain}.db`)];
  let killed = 0;
  let whole = measured;
  for (let run = chain; killed < kills && run < MOST_RUNS; run += CHAINS) {
    for (let at = 0; at < CHANGED; at += 1) write(chain, (run * CHANGED + at) % NOTICES, run);
    // Moments spread evenly over the later part of a run, where files are read and stored, and never in the same order.
    const moment = (run * 0.618_034) % 1;
    const begun = performance.now();
    const isKilled = (await ingest(inbox, store, whole * (0.4 + 0.6 * moment))) === null;
    if (isKilled) killed += 1;
    whole = isKilled ? whole * SLOWER : performance.now() - begun;
  }
  expect(killed).toBe(kills);
  expect(await ingest(inbox, store)).toBe(0);
  return contentOf(store);
}

it(`loses and doubles nothing when killed ${KILLS} times`, async () => {
  const chains = Array.from({ length: CHAINS }, (_, chain) => chain);
  const begun = performance.now();
  await Promise.all(chains.map((chain) => ingest(inboxOf(chain), join(root, `measure${chain}.db`))));
  const whole = performance.now() - begun;
  const found = await Promise.all(chains.map((chain) => disturbed(chain, Math.ceil(KILLS / CHAINS), whole)));
  for (const chain of chains) {
    const calm = join(root, `calm${chain}.db`);
    expect(await ingest(inboxOf(chain), calm)).toBe(0);
    expect(found[chain]).toHaveLength(NOTICES);
    expect(found[chain]).toEqual(await contentOf(calm));
  }
}, 900_000);

it('has each notice once after two runs at once', async () => {
  const [inbox, calm, shared] = [inboxOf(0), join(root, 'quiet.db'), join(root, 'shared.db')];
  expect(await ingest(inbox, calm)).toBe(0);
  expect(await Promise.all([ingest(inbox, shared), ingest(inbox, shared)])).toEqual([0, 0]);
  expect(await contentOf(shared)).toEqual(await contentOf(calm));
}, 120_000);
