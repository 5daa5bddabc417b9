/**
 * What hecha costs, as ratios to what its parts cost alone in the same run: `npm run bench -- [--count N] [--strict]`.
 * Measures the build (`dist`). Beside each number stands its target; with `--strict` a missed one ends with status 1.
 * Times are CPU times where one thread works, so that other programs matter less; the best of several rounds counts.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import mammoth from 'mammoth';
import { PDFParse } from 'pdf-parse';
import { type Drawing, docx, pdf, wordParagraph } from '../test/read/make.js';
import { ENGINE, ENVIRONMENT, MAIN } from './built.js';
import { generateNotice } from './generate.js';

const { values: options } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    strict: { type: 'boolean', default: false },
    /** Names of what is measured, each a function below; all unless given. */
    only: { type: 'string', multiple: true },
  },
});
const SEED = 11;
const HOME = fileURLToPath(new URL('..', import.meta.url));

/** A module of the build, typed by its source. */
const built = <T>(path: string): Promise<T> => import(new URL(`../dist/${path}`, import.meta.url).href) as Promise<T>;
const { loadRules } = await built<typeof import('../src/rules/load.js')>('rules/load.js');
const { loadNodejieba } = await built<typeof import('../src/segment/nodejieba.js')>('segment/nodejieba.js');
const { createPipeline } = await built<typeof import('../src/pipeline.js')>('pipeline.js');
const { toRecord } = await built<typeof import('../src/record.js')>('record.js');
const { openStore } = await built<typeof import('../src/store/store.js')>('store/store.js');
const { ingest } = await built<typeof import('../src/batch/ingest.js')>('batch/ingest.js');
const { openWorkers } = await built<typeof import('../src/batch/workers.js')>('batch/workers.js');

// ── Telling ───────────────────────────────────────────────────────────────────────────────────────────────────────

let missed = 0;

interface Target {
  readonly limit: number;
  readonly unit: string;
  readonly better: 'less' | 'more';
}

function report(name: string, value: number, { limit, unit, better }: Target): void {
  const met = better === 'less' ? value <= limit : value >= limit;
  if (!met) missed += 1;
  const sign = better === 'less' ? '≤' : '≥';
  say(`${met ? 'met   ' : 'MISSED'}  ${name}: ${value.toFixed(2)}${unit} (target ${sign} ${limit}${unit})`);
}

const say = (text: string): unknown => process.stdout.write(`${text}\n`);

// ── Measuring ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** Milliseconds of CPU that `work` took, best of `rounds`, taken in turns so that none has the quieter time. */
async function cpu(rounds: number, ...works: readonly (() => unknown)[]): Promise<readonly number[]> {
  const best = works.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, work] of works.entries()) {
      globalThis.gc?.();
      const before = process.cpuUsage();
      await work();
      const { user, system } = process.cpuUsage(before);
      best[index] = Math.min(best[index] as number, (user + system) / 1000);
    }
  }
  return best;
}

async function wall(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

interface Usage {
  /** Milliseconds. */
  readonly cpu: number;
  readonly megabytes: number;
}

/**
 * What a Node process used; its exit status must be one of `hecha`'s for what was done. Its own peak is asked for where the
 * system tells it (VmHWM): a process begins with the peak of the one that started it as its `maxRSS`.
 */
function child(folder: string, args: readonly string[]): Usage {
  const file = join(folder, 'usage.json');
  const hook = join(folder, 'usage.cjs');
  writeFileSync(
    hook,
    `const { readFileSync, writeFileSync } = require('node:fs');
    if (require('node:worker_threads').isMainThread) process.on('exit', () => {
      const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
      let peak = maxRSS;
      try { peak = Number(/VmHWM:\\s*(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]); } catch {}
      const usage = { cpu: (userCPUTime + systemCPUTime) / 1000, megabytes: peak / 1024 };
      writeFileSync(${JSON.stringify(file)}, JSON.stringify(usage));
    });`,
  );
  const { status, stderr } = spawnSync('node', [...ENGINE, '--require', hook, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: ENVIRONMENT,
  });
  if (status !== 0 && status !== 1) throw new Error(stderr);
  return JSON.parse(readFileSync(file, 'utf8')) as Usage;
}

// ── What is measured ──────────────────────────────────────────────────────────────────────────────────────────────

const folder = await mkdtemp(join(tmpdir(), 'hecha-bench-'));
const rulesFolder = join(HOME, 'rules');
const compiled = join(HOME, 'dist', 'rules.json');
const program = 'hecha bench';

const rulesTime = await wall(async () => loadRules(rulesFolder, { compiled }));
report('rules load, first time in a process', rulesTime, { limit: 50, unit: ' ms', better: 'less' });

const rules = loadRules(rulesFolder, { compiled });
const segmenter = loadNodejieba(rules.dictionary);
const pipeline = createPipeline({ rules, segmenter: () => segmenter, program });
const texts = Array.from({ length: 100 }, (_, index) => generateNotice(index, SEED).text);
const floor = (): void => {
  for (const text of texts) segmenter.cut(text);
};

/** Everything from bytes to the store, in this thread. */
async function whole(files: readonly Uint8Array[], extension: string): Promise<void> {
  const path = join(folder, `one-${Math.random()}.db`);
  const store = await openStore(path);
  for (let at = 0; at < files.length; at += 32) {
    const batch = [];
    for (const [index, bytes] of files.slice(at, at + 32).entries()) {
      for (const document of await pipeline.read(bytes, { source: `${at + index}${extension}` })) {
        const record = toRecord(pipeline.analyse(document), 'zh');
        batch.push({ document, record, passages: pipeline.passages(document) });
      }
    }
    await store.save(batch);
  }
  await store.close();
  await rm(path);
}

async function textRatio(): Promise<void> {
  const files = texts.map((text) => Buffer.from(text));
  const characters = texts.reduce((sum, text) => sum + text.length, 0) / texts.length;
  const analyse = async (): Promise<void> => {
    for (const bytes of files) {
      for (const document of await pipeline.read(bytes, { source: 'a.txt' })) {
        toRecord(pipeline.analyse(document), 'zh');
      }
    }
  };
  const [floorTime = 0, wholeTime = 0, analyseTime = 0] = await cpu(5, floor, () => whole(files, '.txt'), analyse);
  const each = (milliseconds: number): string => (milliseconds / texts.length).toFixed(2);
  say(
    `        a notice has ${characters.toFixed(0)} characters; cut ${each(floorTime)} ms, ` +
      `read to check ${each(analyseTime)} ms, with passages and store ${each(wholeTime)} ms`,
  );
  report('text, whole against cut', wholeTime / floorTime, { limit: 2, unit: ' ×', better: 'less' });
}

async function docxRatio(): Promise<void> {
  const files = texts.slice(0, 30).map((text) => {
    const paragraphs = text.split('\n').filter((line) => line !== '');
    return Buffer.from(docx(paragraphs.map((line) => wordParagraph(line)).join('')));
  });
  await formatRatio('docx', files, async (bytes) => mammoth.convertToHtml({ buffer: bytes }));
}

async function pdfRatio(): Promise<void> {
  const files = texts.slice(0, 15).map((text) => {
    const lines = text.split('\n').flatMap((line) => line.match(/.{1,32}/gu) ?? []);
    const pages: Drawing[][] = [];
    for (let at = 0; at < lines.length; at += 28) {
      pages.push(lines.slice(at, at + 28).map((line, row) => ({ text: line, x: 72, y: 760 - row * 25 })));
    }
    return Buffer.from(pdf(pages));
  });
  const cMapUrl = join(HOME, 'node_modules', 'pdfjs-dist', 'cmaps/');
  await formatRatio('pdf', files, async (bytes) => {
    const parser = new PDFParse({ data: new Uint8Array(bytes), cMapUrl, cMapPacked: true, verbosity: 0 });
    await parser.getText();
    await parser.destroy();
  });
}

async function formatRatio(
  name: string,
  files: readonly Buffer[],
  parse: (bytes: Buffer) => Promise<unknown>,
): Promise<void> {
  const [parseTime = 0, floorTime = 0, wholeTime = 0] = await cpu(
    4,
    async () => {
      for (const bytes of files) await parse(bytes);
    },
    () => {
      for (const text of texts.slice(0, files.length)) segmenter.cut(text);
    },
    () => whole(files, `.${name}`),
  );
  const each = (milliseconds: number): string => (milliseconds / files.length).toFixed(2);
  say(`        ${name}: parser alone ${each(parseTime)} ms, cut ${each(floorTime)} ms, whole ${each(wholeTime)} ms`);
  report(`${name}, whole against parser and cut`, wholeTime / (parseTime + floorTime), {
    limit: 1.3,
    unit: ' ×',
    better: 'less',
  });
}

async function* each<T>(things: readonly T[]): AsyncGenerator<T> {
  yield* things;
}

/** Wall time of `ingest` with so many threads, dictionaries loaded, and the time of each tenth part. */
async function ingestTime(files: readonly string[], jobs: number): Promise<readonly number[]> {
  const path = join(folder, `jobs-${jobs}.db`);
  const store = await openStore(path);
  const recipe = { rules: rulesFolder, more: [], disable: [], compiled, language: 'zh', program, ocr: false } as const;
  const workers = openWorkers(recipe, jobs);
  const run = {
    store,
    workers,
    fingerprint: pipeline.fingerprint,
    language: 'zh',
    reread: false,
    dryRun: false,
  } as const;
  const warm = files.slice(0, 8 * jobs);
  for await (const _ of ingest(each(warm), run));
  const marks = [performance.now()];
  let done = 0;
  for await (const _ of ingest(each(files.slice(warm.length)), run)) {
    done += 1;
    if (done % Math.ceil((files.length - warm.length) / 10) === 0) marks.push(performance.now());
  }
  marks.push(performance.now());
  await workers.close();
  await store.close();
  await rm(path);
  return marks.slice(1).map((mark, index) => mark - (marks[index] as number));
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

async function threads(): Promise<void> {
  const inbox = join(folder, 'inbox');
  await mkdir(inbox);
  const count = Number(options.count);
  const files: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const file = join(inbox, `${String(index).padStart(7, '0')}.txt`);
    await writeFile(file, generateNotice(index, SEED).text);
    files.push(file);
  }
  const some = files.slice(0, 300);
  // The quietest moments of each: a pair of runs that follow each other may still be unequally disturbed.
  let [one, two] = [Infinity, Infinity];
  for (let round = 0; round < 3; round += 1) {
    one = Math.min(one, sum(await ingestTime(some, 1)));
    two = Math.min(two, sum(await ingestTime(some, 2)));
  }
  say(`        one thread ${(one / some.length).toFixed(1)} ms a notice, two ${(two / some.length).toFixed(1)} ms`);
  report('two threads against one', one / two, { limit: 1.5, unit: ' ×', better: 'more' });
  const parts = await ingestTime(files, 2);
  const [early, late] = [sum(parts.slice(0, 3)), sum(parts.slice(-4, -1))];
  report(`last third against first third of ${count} notices`, late / early, {
    limit: 1.2,
    unit: ' ×',
    better: 'less',
  });
  const few = join(folder, 'few');
  await mkdir(few);
  for (const file of files.slice(0, 100)) await copyFile(file, join(few, basename(file)));
  for (const [inboxOf, files] of [
    [few, 100],
    [inbox, count],
  ] as const) {
    const store = join(folder, `memory-${files}.db`);
    const { megabytes } = child(folder, [MAIN, '--store', store, 'ingest', inboxOf, '--jobs', '2']);
    report(`peak memory, ${files} notices, two threads`, megabytes, { limit: 800, unit: ' MB', better: 'less' });
  }
}

async function coldStart(): Promise<void> {
  const small = join(folder, 'small.txt');
  await writeFile(small, (await readFile(join(HOME, 'corpus', 'a01-district-union.txt'), 'utf8')).slice(0, 1500));
  let [bare, verdict] = [Infinity, Infinity];
  for (let round = 0; round < 7; round += 1) {
    bare = Math.min(bare, child(folder, ['-e', '0']).cpu);
    verdict = Math.min(verdict, child(folder, [MAIN, 'audit', small]).cpu);
  }
  say(`        cold start: Node alone ${bare.toFixed(0)} ms of CPU, small notice to verdict ${verdict.toFixed(0)} ms`);
  report('cold start beyond Node', (verdict - bare) / 1000, { limit: 0.6, unit: ' s', better: 'less' });
}

/** The usual script (jieba.posseg and regular expressions), and where its Python may be. */
const SCRIPT = fileURLToPath(new URL('python/usual.py', import.meta.url));
const PYTHONS = ['python3', '/usr/bin/python3'];

async function python(): Promise<void> {
  const files: string[] = [];
  for (const [index, text] of texts.slice(0, 10).entries()) {
    const file = join(folder, `python-${index}.txt`);
    await writeFile(file, text);
    files.push(file);
  }
  const runs = PYTHONS.map((program) => spawnSync(program, [SCRIPT, ...files], { encoding: 'utf8' }));
  const run = runs.find(({ status }) => status === 0);
  if (run === undefined) {
    say('skipped python script: jieba is not installed (Debian: python3-jieba)');
    return;
  }
  const [ours = 0] = await cpu(4, () =>
    whole(
      texts.map((text) => Buffer.from(text)),
      '.txt',
    ),
  );
  const theirs = Number(run.stdout);
  say(`        the usual Python script ${theirs.toFixed(1)} ms a notice`);
  report('python script against hecha, one thread', theirs / (ours / texts.length), {
    limit: 10,
    unit: ' ×',
    better: 'more',
  });
}

const parts = { textRatio, docxRatio, pdfRatio, python, coldStart, threads };
for (const [name, measure] of Object.entries(parts)) {
  if (options.only === undefined || options.only.includes(name)) await measure();
}
await rm(folder, { recursive: true });
if (missed > 0 && options.strict) process.exitCode = 1;
