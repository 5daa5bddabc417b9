/**
 * How long comparing takes, and how it grows: `npx tsx bench/compare.ts [COUNT…]` (default 2500 5000 10000 20000). Notices come
 * from the generator into one SQLite store that grows from count to count; each comparison runs in a process of its own, as
 * `hecha compare` would, and its time and memory are that process's, dictionary and rules included. `ratio` is the processor time
 * a notice costs against the smallest count; `making` is what it costs to make one comparable, once, when it is saved.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareIn } from '../src/compare/compare.js';
import { createProfiler } from '../src/compare/profile.js';
import { sourceIn } from '../src/compare/source.js';
import { vocabularyOf } from '../src/compare/vocabulary.js';
import { loadRules } from '../src/rules/load.js';
import { loadNodejieba } from '../src/segment/nodejieba.js';
import { type NoticeToSave, openStore } from '../src/store/store.js';
import { generateNotice } from './generate.js';

const SEED = 7;
const BATCH = 100;
/** Megabytes that the comparing process may use for objects: 400 up to ten thousand notices, and as many for each ten thousand beyond. */
const heapFor = (notices: number): number => Math.max(400, notices / 25);

const self = fileURLToPath(import.meta.url);
const rules = loadRules(fileURLToPath(new URL('../rules', import.meta.url)));
const vocabulary = vocabularyOf(rules);
const segmenter = loadNodejieba(rules.dictionary);
const words = (text: string): readonly string[] => segmenter.cut(text);
const profiler = createProfiler(vocabulary, words);
const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

interface Measured {
  readonly wall: number;
  readonly cpu: number;
  readonly peak: number;
  readonly found: readonly number[];
}

/** In the process of its own. */
async function measure(path: string): Promise<Measured> {
  const [wall, cpu] = [performance.now(), cpuSeconds()];
  const store = await openStore(path, { readonly: true });
  const { problems, passages, checks } = await compareIn(sourceIn(store, profiler), { words, vocabulary });
  await store.close();
  return {
    wall: (performance.now() - wall) / 1000,
    cpu: cpuSeconds() - cpu,
    peak: process.resourceUsage().maxRSS / 1024,
    found: [problems.groupCount, passages.passageCount, checks.length],
  };
}

async function measureApart(path: string, notices: number): Promise<Measured> {
  const child = fork(self, ['--measure', path], {
    execArgv: [...process.execArgv, `--max-old-space-size=${heapFor(notices)}`],
  });
  const [message] = (await once(child, 'message')) as [Measured];
  return message;
}

/** What making comparable took, in seconds of processor time. */
async function fill(path: string, from: number, to: number): Promise<number> {
  const store = await openStore(path);
  let making = 0;
  for (let at = from; at < to; at += BATCH) {
    const batch: NoticeToSave[] = [];
    for (let index = at; index < Math.min(to, at + BATCH); index += 1) {
      const { record, text } = generateNotice(index, SEED);
      const { id, source, mediaType } = record.document;
      const before = cpuSeconds();
      const comparable = profiler.profile({ record, text });
      making += cpuSeconds() - before;
      batch.push({
        document: { id, source, mediaType, text, blocks: [], notes: [] },
        record,
        passages: [],
        comparable,
      });
    }
    await store.save(batch);
  }
  await store.close();
  return making;
}

const row = (cells: readonly (string | number)[]): void => {
  console.log(cells.map((cell, at) => String(cell).padStart([8, 9, 9, 9, 7, 9, 8, 11, 8, 10, 8][at] ?? 8)).join(' '));
};

async function main(counts: readonly number[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'hecha-bench-'));
  const path = join(folder, 'store.db');
  row(['notices', 'making', 'wall s', 'CPU ms', 'ratio', 'peak MB', 'groups', 'passages', 'checks', 'store MB']);
  let [saved, first] = [0, 0];
  try {
    for (const count of counts) {
      const making = (await fill(path, saved, count)) / Math.max(1, count - saved);
      saved = count;
      const { wall, cpu, peak, found } = await measureApart(path, count);
      const each = cpu / count;
      first ||= each;
      const { size } = await stat(path);
      const times = [`${(making * 1000).toFixed(2)} ms`, wall.toFixed(1), (each * 1000).toFixed(2)];
      row([count, ...times, (each / first).toFixed(2), peak.toFixed(0), ...found, (size / 2 ** 20).toFixed(0)]);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const [mode, path] = process.argv.slice(2);
if (mode === '--measure' && path !== undefined) {
  process.send?.(await measure(path));
  process.disconnect();
} else {
  const counts = process.argv.slice(2).map(Number);
  await main(counts.length > 0 ? counts : [2500, 5000, 10_000, 20_000]);
}
