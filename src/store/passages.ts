/** Words as the full-text index holds them, and where they stand in a passage that was found. Both engines share this. */
import { fold } from '../fold.js';
import type { Span } from '../model.js';

/** No engine takes longer ones, and nobody looks for them. */
const LONGEST_TERM = 200;

/** Folded for comparison, without changing lengths. */
function folded(text: string): string {
  const characters = fold(text);
  const lower = characters.toLowerCase();
  return lower.length === characters.length ? lower : characters;
}

/** Words repeat: what each gives is worked out once. Emptied before it outgrows any vocabulary. */
const termsOfWord = new Map<string, string>();
const MOST_WORDS_KNOWN = 50_000;

function termsOf(word: string): string {
  const known = termsOfWord.get(word);
  if (known !== undefined) return known;
  const terms = folded(word).match(/[\p{L}\p{N}]+/gu) ?? [];
  const joined = terms.filter((term) => term.length <= LONGEST_TERM).join(' ');
  if (termsOfWord.size >= MOST_WORDS_KNOWN) termsOfWord.clear();
  termsOfWord.set(word, joined);
  return joined;
}

/** Words folded (width, script, case), split where they hold anything but letters and digits, and joined by one space. */
export const indexTerms = (words: readonly string[]): string =>
  words
    .map(termsOf)
    .filter((terms) => terms !== '')
    .join(' ');

/** The same, each once, to look for. */
export const queryTerms = (words: readonly string[]): readonly string[] => [
  ...new Set(
    indexTerms(words)
      .split(' ')
      .filter((term) => term !== ''),
  ),
];

/** Where the terms stand in `text`, in order; of overlapping places the first and longest. */
export function highlightsOf(text: string, terms: readonly string[]): readonly Span[] {
  const haystack = folded(text);
  const places = terms
    .flatMap((term) => {
      const spans: Span[] = [];
      for (let at = haystack.indexOf(term); at >= 0; at = haystack.indexOf(term, at + term.length)) {
        spans.push({ start: at, end: at + term.length });
      }
      return spans;
    })
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Span[] = [];
  for (const span of places) {
    if (span.start >= (kept.at(-1)?.end ?? 0)) kept.push(span);
  }
  return kept;
}
