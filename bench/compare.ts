/**
 * How long comparing takes, and how it grows: `npx tsx bench/compare.ts [COUNT…]` (default 1000 2000 4000 10000). Notices come
 * from the generator; the time to make them is not counted. Run one COUNT by itself to see its memory.
 */
import { fileURLToPath } from 'node:url';
import { compare } from '../src/compare/compare.js';
import type { ComparedNotice } from '../src/compare/comparison.js';
import { vocabularyOf } from '../src/compare/vocabulary.js';
import { loadRules } from '../src/rules/load.js';
import { loadNodejieba } from '../src/segment/nodejieba.js';
import { generateNotices } from './generate.js';

const SEED = 7;
const counts = process.argv
  .slice(2)
  .map(Number)
  .filter((count) => count > 0);
const vocabulary = vocabularyOf(loadRules(fileURLToPath(new URL('../rules', import.meta.url))));
const segmenter = loadNodejieba();

/** Hands out generated notices and keeps the time that making them took. */
function clocked(count: number): { readonly notices: Iterable<ComparedNotice>; spent(): number } {
  let spent = 0;
  const source = generateNotices(count, SEED);
  return {
    notices: {
      [Symbol.iterator]: () => ({
        next: () => {
          const before = performance.now();
          const made = source.next();
          spent += performance.now() - before;
          return made;
        },
      }),
    },
    spent: () => spent,
  };
}

let first: number | undefined;
console.log('notices   seconds   ms/notice   ratio   peak MB   groups   passages   checks');
for (const count of counts.length > 0 ? counts : [1000, 2000, 4000, 10_000]) {
  const { notices, spent } = clocked(count);
  const before = performance.now();
  const comparison = await compare(notices, { words: (text) => segmenter.cut(text), vocabulary });
  const seconds = (performance.now() - before - spent()) / 1000;
  const each = (seconds * 1000) / count;
  first ??= each;
  const peak = process.resourceUsage().maxRSS / 1024;
  const { problems, passages, checks } = comparison;
  const cells = [count, seconds.toFixed(1), each.toFixed(2), (each / first).toFixed(2), peak.toFixed(0)];
  const found = [problems.groupCount, passages.passageCount, checks.length];
  console.log(
    [...cells, ...found].map((cell, at) => String(cell).padStart([7, 10, 12, 8, 10, 9, 11, 9][at] ?? 8)).join(''),
  );
}
