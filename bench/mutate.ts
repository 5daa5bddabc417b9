/**
 * Mutation testing of the checks: every consistent notice of the corpus is damaged in one place at a time, and what the
 * checks say of the damage is counted. `npm run mutate`; `--update` writes the floor, `--missed` shows what went unseen.
 */
import { fork } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Notice, Span } from '../src/model.js';
import type { Pipeline } from '../src/pipeline.js';
import { type Mutant, mutations, type Original } from './mutations.js';
import { analyse, corpusTexts, isAlarm, isFailure, makePipeline, percent, print, textOf } from './notices.js';

const SITES_PER_NOTICE = 3;
/** Each loads a dictionary of a quarter gigabyte. */
const MOST_PROCESSES = 4;
const SEED = 20240601;
/** How far below what was measured a floor is set: a larger corpus samples other places. */
const SLACK = 0.04;
const floorFile = new URL('./mutate-floor.json', import.meta.url);

interface Floor {
  /** Findings of severity error and warning on notices that have no fault; `--update` never allows one. */
  readonly falseAlarms: number;
  /** Share of the damage that must be seen, by kind of mutation. */
  readonly recall: Readonly<Record<string, number>>;
}

interface Tally {
  readonly mutation: string;
  readonly tried: number;
  readonly missed: readonly string[];
}

/** Kinds that may say `observed` of a consistent notice: abridged lists, and which problems are open. */
const HARMLESS: ReadonlySet<string> = new Set(['count', 'open']);

function isConsistent(gold: string): boolean {
  const { checks } = JSON.parse(readFileSync(gold, 'utf8')) as {
    checks?: readonly { kind: string; verdict: string }[];
  };
  // A record that says nothing of checks does not say that the notice is consistent.
  return (checks ?? [{ kind: '', verdict: '' }]).every(
    ({ kind, verdict }) => verdict === 'consistent' || (verdict === 'observed' && HARMLESS.has(kind)),
  );
}

/** A new failure of a fitting kind that rests on the place of the damage. */
function isCaught(original: Notice, { caughtBy, style, touched }: Mutant, mutated: Notice): boolean {
  const before = new Set(original.checks.filter(isFailure).map(({ key }) => key));
  const touches = ({ start, end }: Span): boolean => start <= touched.end + 2 && touched.start - 2 <= end;
  return mutated.checks.some(
    (check) =>
      (style === 'info' ? isFailure(check) : isAlarm(check)) &&
      caughtBy.includes(check.kind) &&
      !before.has(check.key) &&
      check.evidence.some(touches),
  );
}

/** A notice is damaged in the same places whatever others there are. */
const seedOf = (source: string): number =>
  Array.from(basename(source)).reduce((hash, letter) => (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0, SEED);

/** Up to `count` of `items`, the same ones at every run. */
function sample<T>(items: readonly T[], count: number, seed: number): readonly T[] {
  const left = [...items];
  let state = seed >>> 0;
  const out: T[] = [];
  while (out.length < count && left.length > 0) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    out.push(...left.splice(state % left.length, 1));
  }
  return out;
}

const apply = (text: string, { edits }: Mutant): string =>
  [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((whole, { start, end, words }) => whole.slice(0, start) + words + whole.slice(end), text);

async function tallyOf(pipeline: Pipeline, originals: readonly Original[]): Promise<readonly Tally[]> {
  const tallies: Tally[] = [];
  for (const [mutation, make] of Object.entries(mutations)) {
    const missed: string[] = [];
    let tried = 0;
    for (const original of originals) {
      for (const mutant of sample(make(original), SITES_PER_NOTICE, seedOf(original.source))) {
        const text = apply(original.text, mutant);
        if (text === original.text) continue;
        tried += 1;
        const mutated = await analyse(pipeline, original.source, text);
        if (isCaught(original.notice, mutant, mutated)) continue;
        const { start, end } = mutant.touched;
        missed.push(
          `${basename(original.source)}: ${text.slice(Math.max(0, start - 14), end + 14).replaceAll('\n', '⏎')}`,
        );
      }
    }
    tallies.push({ mutation, tried, missed });
  }
  return tallies;
}

const recallOf = ({ tried, missed }: Tally): number => (tried === 0 ? 1 : (tried - missed.length) / tried);

/** What one process found of its share of the notices. */
interface Found {
  readonly notices: number;
  readonly alarms: readonly string[];
  readonly tallies: readonly Tally[];
}

/** Of `parts` processes each takes every so many-th notice. */
async function runPart(part: number, parts: number): Promise<Found> {
  const pipeline = makePipeline('mutate');
  const originals: Original[] = [];
  for (const source of corpusTexts().filter((_, at) => at % parts === part)) {
    if (!isConsistent(source.replace(/\.txt$/, '.gold.json'))) continue;
    const text = await textOf(pipeline, source);
    const notice = await analyse(pipeline, source, text);
    if (notice.document.text !== text)
      throw new Error(`${basename(source)}: the reader changed the text; places would not be true`);
    originals.push({ source, text, notice });
  }
  const alarms = originals.flatMap(({ source, notice }) =>
    notice.checks.filter(isAlarm).map((check) => `${basename(source)}: ${check.check} ${check.message.zh}`),
  );
  return { notices: originals.length, alarms, tallies: await tallyOf(pipeline, originals) };
}

/** Runs a share of the notices in a process of its own. */
const inProcess = (part: number, parts: number): Promise<Found> =>
  new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), [String(part), String(parts)]);
    child.once('message', (found) => resolve(found as Found));
    child.once('exit', (status) => reject(new Error(`a process ended with status ${status} before it was done`)));
  });

function together(found: readonly Found[]): Found {
  const [first] = found;
  return {
    notices: found.reduce((sum, { notices }) => sum + notices, 0),
    alarms: found.flatMap(({ alarms }) => alarms),
    tallies: (first?.tallies ?? []).map(({ mutation }, at) => ({
      mutation,
      tried: found.reduce((sum, { tallies }) => sum + (tallies[at]?.tried ?? 0), 0),
      missed: found.flatMap(({ tallies }) => tallies[at]?.missed ?? []).sort(),
    })),
  };
}

async function main(): Promise<number> {
  const [update, showMissed] = ['--update', '--missed'].map((flag) => process.argv.includes(flag));
  const parts = Math.min(availableParallelism(), MOST_PROCESSES);
  const { notices, alarms, tallies } = together(
    await Promise.all(Array.from({ length: parts }, (_, part) => inProcess(part, parts))),
  );
  for (const tally of tallies) {
    print(`${percent(recallOf(tally)).padStart(7)}  ${String(tally.tried).padStart(3)}  ${tally.mutation}`);
    if (showMissed) for (const place of tally.missed) print(`              ${place}`);
  }
  const tried = tallies.reduce((sum, tally) => sum + tally.tried, 0);
  const missed = tallies.reduce((sum, tally) => sum + tally.missed.length, 0);
  print(`${percent((tried - missed) / tried).padStart(7)}  ${tried}  of ${tallies.length} kinds of damage`);
  print(`${alarms.length} false alarms on ${notices} notices without a fault`);
  for (const alarm of alarms) print(`  ${alarm}`);

  if (update) {
    const floorOf = (tally: Tally): number => Math.max(0, Math.floor((recallOf(tally) - SLACK) * 100) / 100);
    const recall = Object.fromEntries(tallies.map((tally) => [tally.mutation, floorOf(tally)]));
    writeFileSync(floorFile, `${JSON.stringify({ falseAlarms: 0, recall } satisfies Floor, null, 2)}\n`);
    return 0;
  }
  const floor = JSON.parse(readFileSync(floorFile, 'utf8')) as Floor;
  const below = tallies.filter((tally) => recallOf(tally) < (floor.recall[tally.mutation] ?? 0));
  for (const tally of below)
    print(`below its floor of ${percent(floor.recall[tally.mutation] ?? 0)}: ${tally.mutation}`);
  return below.length > 0 || alarms.length > floor.falseAlarms ? 1 : 0;
}

// A process that was forked does its part and tells its parent.
if (process.send === undefined) process.exitCode = await main();
else process.send(await runPart(Number(process.argv[2]), Number(process.argv[3])), () => process.exit(0));
