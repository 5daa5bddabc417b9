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
  const byFirst = new Map<number, number[][]>();
  for (const phrase of new Set(genericPhrases.map(lettersOf))) {
    const codes = [...phrase].map((letter) => letter.charCodeAt(0)).filter((code) => DIGITS[code] === 0);
    const [first] = codes;
    if (first === undefined) continue;
    const known = byFirst.get(first);
    if (known === undefined) byFirst.set(first, [codes]);
    else known.push(codes);
  }
  for (const phrases of byFirst.values()) phrases.sort((a, b) => b.length - a.length);
  const begins = new Uint8Array(0x10000);
  for (const first of byFirst.keys()) begins[first] = 1;

  return (codes) => {
    // Digits do not part a phrase.
    const kept = codes.filter((code) => DIGITS[code] === 0);
    const isOwn = new Uint8Array(kept.length).fill(1);
    for (let at = 0; at < kept.length; at += 1) {
      if (begins[kept[at] as number] === 0) continue;
      const phrase = byFirst
        .get(kept[at] as number)
        ?.find((one) => at + one.length <= kept.length && one.every((code, index) => kept[at + index] === code));
      if (phrase === undefined) continue;
      isOwn.fill(0, at, at + phrase.length);
      at += phrase.length - 1;
    }
    const before = new Uint32Array(codes.length + 1);
    let own = 0;
    let next = 0;
    for (let at = 0; at < codes.length; at += 1) {
      before[at] = own;
      if (DIGITS[codes[at] as number] === 0) {
        own += isOwn[next] as number;
        next += 1;
      }
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
