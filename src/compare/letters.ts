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

/** Units that are digits once they are half-width. */
const DIGITS = ((): Uint8Array => {
  const table = new Uint8Array(0x10000);
  for (let unit = 0; unit < table.length; unit += 1) {
    if (/\p{N}/u.test(String.fromCharCode(unit))) table[unit] = 1;
  }
  return table;
})();

/** The letter at `at`, 0 where none stands there. */
export const letterAt = (text: string, at: number): number => LETTERS[text.charCodeAt(at)] as number;

/** The letters of a text in order, and where each stands. */
export interface Letters {
  readonly codes: Uint16Array;
  readonly places: Uint32Array;
}

export function lettersIn(text: string): Letters {
  const codes = new Uint16Array(text.length);
  const places = new Uint32Array(text.length);
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const letter = letterAt(text, at);
    if (letter === 0) continue;
    codes[count] = letter;
    places[count] = at;
    count += 1;
  }
  return { codes: codes.subarray(0, count), places: places.subarray(0, count) };
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

/**
 * How many letters before each letter, and before the end, no generic phrase covers; digits (of common dates, above all)
 * are none here. One more number than there are letters.
 */
export type OwnLetterCounter = (codes: Uint16Array) => Uint32Array;

export function ownLetterCounter(genericPhrases: readonly string[]): OwnLetterCounter {
  const byStart = new Map<number, number[][]>();
  const begins = new Uint8Array(0x10000);
  for (const phrase of new Set(genericPhrases.map(lettersOf))) {
    const codes = [...phrase].map((letter) => letter.charCodeAt(0)).filter((code) => DIGITS[code] === 0);
    const [first, second] = codes;
    if (first === undefined || second === undefined) continue;
    begins[first] = 1;
    const start = first * 0x10000 + second;
    const known = byStart.get(start);
    if (known === undefined) byStart.set(start, [codes]);
    else known.push(codes);
  }
  for (const phrases of byStart.values()) phrases.sort((a, b) => b.length - a.length);

  /** Length of the longest phrase that stands at `at`, 0 where there is none. */
  const phraseAt = (letters: Uint16Array, length: number, at: number): number => {
    if (begins[letters[at] as number] === 0 || at + 1 >= length) return 0;
    const phrases = byStart.get((letters[at] as number) * 0x10000 + (letters[at + 1] as number)) ?? [];
    for (const phrase of phrases) {
      let same = 2;
      while (same < phrase.length && letters[at + same] === phrase[same]) same += 1;
      if (same === phrase.length && at + same <= length) return same;
    }
    return 0;
  };

  return (codes) => {
    // Digits do not part a phrase.
    const letters = new Uint16Array(codes.length);
    let length = 0;
    for (let at = 0; at < codes.length; at += 1) {
      if (DIGITS[codes[at] as number] !== 0) continue;
      letters[length] = codes[at] as number;
      length += 1;
    }
    const isOwn = new Uint8Array(length).fill(1);
    for (let at = 0; at < length; ) {
      const generic = phraseAt(letters, length, at);
      if (generic > 0) isOwn.fill(0, at, at + generic);
      at += generic || 1;
    }
    const before = new Uint32Array(codes.length + 1);
    let own = 0;
    let next = 0;
    for (let at = 0; at < codes.length; at += 1) {
      before[at] = own;
      if (DIGITS[codes[at] as number] !== 0) continue;
      own += isOwn[next] as number;
      next += 1;
    }
    before[codes.length] = own;
    return before;
  };
}

/** Own letters of a whole text. */
export const countOwnLetters = (text: string, count: OwnLetterCounter): number => {
  const { codes } = lettersIn(text);
  return count(codes)[codes.length] as number;
};
