/**
 * The noun that a number counts: the words right after it (126家企业), else those right before it (建会企业126家).
 */
import type { Quantity, Span, Word } from '../model.js';
import type { View } from '../rules/view.js';

/** Parts of speech that a counted noun is made of (ICTCLAS), and those that it may end in. */
const PARTS = /^(?:n|a|b|j|l|i|s|f|vn|an|ng|eng)/;
const ENDS = /^(?:n|j|l|vn|an|eng)/;
const LONGEST = 4;

/** '' where no noun stands beside the number. */
export function nounBeside(view: View, quantity: Quantity, sentence: Span): string {
  if (quantity.kind !== 'count') return '';
  const words = view.segmented.tagged(sentence);
  const after = run(words.filter(({ start }) => start >= quantity.end));
  if (after !== '') return after;
  return run(words.filter(({ end }) => end <= quantity.start).reverse(), true);
}

/** The words from the first on that make a noun, as long as nothing stands between them. */
function run(words: readonly Word[], backwards = false): string {
  const taken: Word[] = [];
  for (const word of words) {
    if (taken.length === LONGEST || word.tag === undefined || !PARTS.test(word.tag)) break;
    if (backwards && taken.length === 0 && !ENDS.test(word.tag)) break;
    taken.push(word);
  }
  if (!backwards) while (taken.length > 0 && !ENDS.test(taken.at(-1)?.tag ?? '')) taken.pop();
  const inOrder = backwards ? taken.reverse() : taken;
  return inOrder.map(({ text }) => text).join('');
}
