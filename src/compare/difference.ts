/** Two passages held against each other, character by character, with what differs marked. */
import { diffArrays } from 'diff';
import type { Difference } from './comparison.js';
import { lettersOf } from './letters.js';

/** Pieces that are compared whole: a number, a Latin word, or one other character. */
const pieces = (text: string): string[] => text.match(/[0-9.]+|[A-Za-z]+|./gsu) ?? [];

/** What became of `first` in `second`; undefined where both have the same letters. */
export function differencesBetween(first: string, second: string): readonly Difference[] | undefined {
  if (lettersOf(first) === lettersOf(second)) return undefined;
  return diffArrays(pieces(first), pieces(second)).map(({ value, added, removed }): Difference => {
    const kind = added ? 'added' : removed ? 'removed' : 'same';
    return { kind, text: value.join('') };
  });
}
