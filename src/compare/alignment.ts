/** How far two passages that share some letters run on together, letter by letter, over small differences. */
import type { Span } from '../model.js';
import { GRAM } from './fingerprints.js';
import { letterAt } from './letters.js';
import { BRIDGED_GAP } from './stretches.js';

export interface Match {
  readonly here: Span;
  readonly there: Span;
}

/** A match ends with its paragraph; whole paragraphs that follow each other are bridged like any other matches. */
const LINE_END = 10;

/** Where the run of equal letters around two positions ends, in both texts; before the first letter where there is none. */
function runFrom(here: string, at: number, there: string, thereAt: number, step: 1 | -1): [number, number] {
  let [last, thereLast] = [at - step, thereAt - step];
  for (let i = at, j = thereAt; i >= 0 && j >= 0 && i < here.length && j < there.length; ) {
    if (here.charCodeAt(i) === LINE_END || there.charCodeAt(j) === LINE_END) break;
    const a = letterAt(here, i);
    const b = letterAt(there, j);
    if (a === 0) i += step;
    else if (b === 0) j += step;
    else if (a === b) {
      [last, thereLast] = [i, j];
      i += step;
      j += step;
    } else break;
  }
  return [last, thereLast];
}

/** Letters of a text from a position on, forwards or backwards, with where each stands. */
function lettersFrom(text: string, from: number, step: 1 | -1, count: number): { letters: string; places: number[] } {
  const places: number[] = [];
  let letters = '';
  for (let at = from; at >= 0 && at < text.length && places.length < count; at += step) {
    if (text.charCodeAt(at) === LINE_END) break;
    const letter = letterAt(text, at);
    if (letter === 0) continue;
    letters += String.fromCharCode(letter);
    places.push(at);
  }
  return { letters, places };
}

/** Letters that must be the same beyond a difference for a passage to go on. */
const RESUMED_RUN = 6;

/** Where two texts run on together after a small difference, nearest first; undefined where they do not. */
function resume(here: string, at: number, there: string, thereAt: number, step: 1 | -1): [number, number] | undefined {
  const reach = BRIDGED_GAP / 2;
  const a = lettersFrom(here, at, step, reach + RESUMED_RUN);
  const b = lettersFrom(there, thereAt, step, reach + RESUMED_RUN);
  for (let skipped = 1; skipped <= reach; skipped += 1) {
    for (let i = 0; i <= skipped; i += 1) {
      const run = a.letters.slice(i, i + RESUMED_RUN);
      const other = b.letters.slice(skipped - i, skipped - i + RESUMED_RUN);
      if (run.length < RESUMED_RUN || run !== other) continue;
      return [a.places[i + RESUMED_RUN - 1] as number, b.places[skipped - i + RESUMED_RUN - 1] as number];
    }
  }
  return undefined;
}

/** The last letters that two texts have together, from two equal letters on. */
function carryOn(here: string, at: number, there: string, thereAt: number, step: 1 | -1): [number, number] {
  let [last, thereLast] = runFrom(here, at, there, thereAt, step);
  for (;;) {
    const next = resume(here, last + step, there, thereLast + step, step);
    if (next === undefined) return [last, thereLast];
    [last, thereLast] = runFrom(here, next[0], there, next[1], step);
  }
}

/** Letters of a span, with where each stands. */
function lettersWithin(text: string, { start, end }: Span): { letters: string; places: number[] } {
  const places: number[] = [];
  let letters = '';
  for (let at = start; at < end; at += 1) {
    const letter = letterAt(text, at);
    if (letter === 0) continue;
    letters += String.fromCharCode(letter);
    places.push(at);
  }
  return { letters, places };
}

/**
 * The match of two passages that share some run of letters, carried on as far as it goes; undefined where they share none.
 * The ranges are where to look for the shared letters.
 */
export function align(here: string, hereRange: Span, there: string, thereRange: Span): Match | undefined {
  const [a, b] = [lettersWithin(here, hereRange), lettersWithin(there, thereRange)];
  const grams = new Map<string, number>();
  for (let at = b.letters.length - GRAM; at >= 0; at -= 1) grams.set(b.letters.slice(at, at + GRAM), at);
  let first: [number, number] | undefined;
  let last: [number, number] | undefined;
  for (let at = 0; at + GRAM <= a.letters.length; at += 1) {
    const other = grams.get(a.letters.slice(at, at + GRAM));
    if (other === undefined) continue;
    first ??= [at, other];
    if (last === undefined || other > last[1]) last = [at, other];
  }
  if (first === undefined || last === undefined) return undefined;
  const place = ({ places }: { places: number[] }, at: number): number => places[at] as number;
  const [start, thereStart] = carryOn(here, place(a, first[0]), there, place(b, first[1]), -1);
  const [end, thereEnd] = carryOn(here, place(a, last[0]), there, place(b, last[1]), 1);
  return { here: { start, end: end + 1 }, there: { start: thereStart, end: thereEnd + 1 } };
}
