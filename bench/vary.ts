/**
 * Metamorphic testing of the reading: every notice of the corpus is written anew in ways that change nothing of what it
 * says (other marks, other numbers of items, other words for a label), and what is read must stay the same.
 * `npm run vary`; `--only NAME` for one way, `--missed` shows what came out otherwise, `--update` writes the floor.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import type { Notice } from '../src/model.js';
import { analyse, corpusTexts, isAlarm, makePipeline, percent, print, textOf } from './notices.js';
import { variations } from './variations.js';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    /** How the names of notices begin. */
    notice: { type: 'string', default: '' },
    missed: { type: 'boolean', default: false },
    update: { type: 'boolean', default: false },
  },
});

/** How far below what was measured a floor is set. */
const SLACK = 0.01;
const floorFile = new URL('./vary-floor.json', import.meta.url);

/** What must stay, whatever the marks: a line for each thing that a notice says. */
function saidBy({ findings, figures, checks, unit }: Notice): readonly string[] {
  const words = (text: string): string => text.normalize('NFKC').replace(/[^\p{Script=Han}A-Za-z0-9.]/gu, '');
  return [
    `unit ${words(unit?.name ?? '')}`,
    ...findings.map(
      ({ titles, measures, outcomes, status, deadline, responsibles }) =>
        `finding ${titles.map(words).join('/')} measures ${measures.length} outcomes ${outcomes.length} ${status} ${deadline ?? '-'} ${responsibles.map(words).sort().join('、')}`,
    ),
    ...figures.flatMap(({ metric, value, scope }) => (metric === null ? [] : [`figure ${metric} ${value} ${scope}`])),
    ...checks
      .filter(isAlarm)
      .map(({ check, evidence }) => `alarm ${check} ${words(evidence[0]?.quote ?? '').slice(0, 24)}`),
  ];
}

interface Difference {
  readonly kept: number;
  readonly lost: readonly string[];
  readonly extra: readonly string[];
}

function differenceOf(before: readonly string[], after: readonly string[]): Difference {
  const left = new Map<string, number>();
  for (const line of before) left.set(line, (left.get(line) ?? 0) + 1);
  const extra: string[] = [];
  for (const line of after) {
    const count = left.get(line) ?? 0;
    if (count === 0) extra.push(line);
    else left.set(line, count - 1);
  }
  const lost = [...left].flatMap(([line, count]) => Array.from({ length: count }, () => line));
  return { kept: before.length - lost.length, lost, extra };
}

async function main(): Promise<number> {
  const pipeline = makePipeline('vary');
  const shares: Record<string, number> = {};
  const originals: { readonly source: string; readonly text: string; readonly said: readonly string[] }[] = [];
  for (const source of corpusTexts()) {
    if (!basename(source).startsWith(options.notice)) continue;
    const text = await textOf(pipeline, source);
    originals.push({ source, text, said: saidBy(await analyse(pipeline, source, text)) });
  }
  for (const [name, vary] of Object.entries(variations)) {
    if (options.only !== undefined && !options.only.includes(name)) continue;
    let [kept, all, notices, touched] = [0, 0, 0, 0];
    const told: string[] = [];
    for (const { source, text, said } of originals) {
      const varied = vary(text);
      if (varied === text) continue;
      touched += 1;
      const difference = differenceOf(said, saidBy(await analyse(pipeline, source, varied)));
      kept += difference.kept;
      all += said.length + difference.extra.length;
      if (difference.lost.length + difference.extra.length === 0) notices += 1;
      else {
        told.push(`    ${basename(source)}`);
        for (const line of difference.lost) told.push(`      - ${line}`);
        for (const line of difference.extra) told.push(`      + ${line}`);
      }
    }
    shares[name] = all === 0 ? 1 : kept / all;
    print(`${percent(shares[name]).padStart(7)}  ${notices} of ${touched} notices unchanged  ${name}`);
    if (options.missed) for (const line of told) print(line);
  }
  const floor = JSON.parse(readFileSync(floorFile, 'utf8')) as Readonly<Record<string, number>>;
  if (options.update) {
    if (options.notice !== '') throw new Error('--update measures all notices');
    const measured = Object.entries(shares).map(([name, share]) => [name, Math.floor((share - SLACK) * 1000) / 1000]);
    // Ways that were not tried keep their floor; those that are no more lose it.
    const kept = Object.entries(floor).filter(([name]) => name in variations && !(name in shares));
    const all = new Map([...kept, ...measured] as [string, number][]);
    const inOrder = Object.keys(variations).map((name) => [name, all.get(name)]);
    writeFileSync(floorFile, `${JSON.stringify(Object.fromEntries(inOrder), null, 2)}\n`);
    return 0;
  }
  const below = Object.entries(shares).filter(([name, share]) => share < (floor[name] ?? 0));
  for (const [name] of below) print(`below its floor of ${percent(floor[name] ?? 0)}: ${name}`);
  return below.length > 0 ? 1 : 0;
}

process.exitCode = await main();
