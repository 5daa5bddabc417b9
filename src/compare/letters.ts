/**
 * A text as its letters and digits only, read in place: punctuation, white space and the width of characters do not
 * count when passages are compared. Positions are always those of the text.
 */

/** What each UTF-16 unit counts as: 0 for punctuation and space, else its half-width, lower-case form. */
const LETTERS = ((): Uint16Array => {
  const table = new Uint16Array(0x10000);
  for (let unit = 0; unit < table.length; unit += 1) {
    const char = String.fromCharCode(unit);
    const isSurrogate = unit >= 0xd800 && unit <= 0xdfff;
    if (isSurrogate || /[\p{L}\p{N}]/u.test(char)) table[unit] = char.normalize('NFKC').toLowerCase().charCodeAt(0);
  }
  return table;
})();

/** The letter at `at`, 0 where none stands there. */
export const letterAt = (text: string, at: number): number => LETTERS[text.charCodeAt(at)] as number;

export function countLetters(text: string, start = 0, end = text.length): number {
  let count = 0;
  for (let at = start; at < end; at += 1) if (letterAt(text, at) !== 0) count += 1;
  return count;
}

/** The letters of a text as a string, for words that are to be found whatever stands between. */
export function lettersOf(text: string): string {
  let letters = '';
  for (let at = 0; at < text.length; at += 1) {
    const letter = letterAt(text, at);
    if (letter !== 0) letters += String.fromCharCode(letter);
  }
  return letters;
}

/** Counts the letters of a span that no generic phrase covers; digits (of common dates, above all) are none here. */
export type OwnLetterCounter = (text: string, start: number, end: number) => number;

export function ownLetterCounter(genericPhrases: readonly string[]): OwnLetterCounter {
  const byFirst = new Map<number, string[]>();
  for (const phrase of genericPhrases.map(lettersOf).filter((letters) => letters !== '')) {
    const first = phrase.charCodeAt(0);
    byFirst.set(
      first,
      [...(byFirst.get(first) ?? []), phrase].sort((a, b) => b.length - a.length),
    );
  }
  return (text, start, end) => {
    const letters = lettersOf(text.slice(start, end)).replace(/\p{N}/gu, '');
    let generic = 0;
    for (let at = 0; at < letters.length; at += 1) {
      const phrase = byFirst.get(letters.charCodeAt(at))?.find((one) => letters.startsWith(one, at));
      if (phrase === undefined) continue;
      generic += phrase.length;
      at += phrase.length - 1;
    }
    return letters.length - generic;
  };
}
