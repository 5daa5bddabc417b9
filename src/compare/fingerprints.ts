/**
 * Winnowing (Schleimer, Wilkerson, Aiken 2003): of every window of consecutive k-grams of letters the one with the least
 * hash is kept, so that two texts that share `GUARANTEED` letters in a row share a fingerprint. Fingerprints of a text
 * follow from the text and the generic phrases alone: they are made once and kept.
 */
import { type Letters, lettersIn, type OwnLetterCounter } from './letters.js';
import { numberList } from './numbers.js';

/** Letters of one gram. */
export const GRAM = 14;
/** Grams of which one is kept: this many letters less one may be missing at each end of what two texts share. */
export const WINDOW = 8;
/** Shared letters in a row that are certain to be found. */
export const GUARANTEED = GRAM + WINDOW - 1;

const BASE = 0x01000193;
/** BASE to the power of GRAM − 1, modulo 2³². */
const LEADING = Array.from({ length: GRAM - 1 }).reduce<number>((power) => Math.imul(power, BASE), 1);

/** Spreads a polynomial hash over all its bits (the finaliser of MurmurHash3). */
function mix(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** The kept grams in their order: `emit` gets the hash and the index of the gram's first letter. */
export function winnow({ codes }: Pick<Letters, 'codes'>, emit: (hash: number, gram: number) => void): void {
  const hashes = new Float64Array(WINDOW);
  let rolling = 0;
  let least = -1;
  for (let at = 0; at < codes.length; at += 1) {
    if (at >= GRAM) rolling = (rolling - Math.imul(codes[at - GRAM] as number, LEADING)) | 0;
    rolling = (Math.imul(rolling, BASE) + (codes[at] as number)) | 0;
    const gram = at - GRAM + 1;
    if (gram < 0) continue;
    const hash = mix(rolling);
    hashes[gram % WINDOW] = hash;
    if (gram < WINDOW - 1) continue;
    // The rightmost least hash of the window; a gram that stays the least is kept once.
    const first = gram - WINDOW + 1;
    if (least >= first && hash > (hashes[least % WINDOW] as number)) continue;
    if (least >= first) least = gram;
    else {
      least = first;
      for (let other = first + 1; other <= gram; other += 1) {
        if ((hashes[other % WINDOW] as number) <= (hashes[least % WINDOW] as number)) least = other;
      }
    }
    emit(hashes[least % WINDOW] as number, least);
  }
}

// ── As bytes ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** Fingerprints of one text in columns. Letters are counted from the beginning of the text. */
export interface Prints {
  count: number;
  hash: Uint32Array;
  /** Where the gram begins in the text. */
  start: Uint32Array;
  /** Letters before the gram. */
  letter: Uint32Array;
  /** Own letters before the gram, and before its end. */
  own: Uint32Array;
  ownEnd: Uint32Array;
}

/** The fingerprints of a text, packed: hashes first, then small differences, a byte each as a rule. */
export function packPrints(
  text: string,
  ownLetters: OwnLetterCounter,
): { readonly bytes: Uint8Array; readonly count: number; readonly letters: number } {
  const letters = lettersIn(text);
  const own = ownLetters(letters.codes);
  const hashes = numberList();
  const small: number[] = [];
  const add = (value: number): void => {
    let rest = value;
    for (; rest > 0x7f; rest >>>= 7) small.push((rest & 0x7f) | 0x80);
    small.push(rest);
  };
  let [letterBefore, startBefore, ownBefore] = [0, 0, 0];
  winnow(letters, (hash, gram) => {
    const start = letters.places[gram] as number;
    const ownHere = own[gram] as number;
    hashes.push(hash);
    add(gram - letterBefore);
    add(start - startBefore);
    add(ownHere - ownBefore);
    add((own[gram + GRAM] as number) - ownHere);
    [letterBefore, startBefore, ownBefore] = [gram, start, ownHere];
  });
  const count = hashes.length;
  const bytes = new Uint8Array(4 * count + small.length);
  const view = new DataView(bytes.buffer);
  hashes.take().forEach((hash, at) => {
    view.setUint32(4 * at, hash, true);
  });
  bytes.set(small, 4 * count);
  return { bytes, count, letters: letters.codes.length };
}

/** A buffer that `unpackPrints` fills again and again. */
export const emptyPrints = (): Prints => {
  const none = new Uint32Array(0);
  return { count: 0, hash: none, start: none, letter: none, own: none, ownEnd: none };
};

/** The hashes of packed fingerprints alone. @param count of the fingerprints, as `packPrints` gave it */
export function hashesIn(bytes: Uint8Array, count: number): Uint32Array {
  if (IS_LITTLE_ENDIAN && bytes.byteOffset % 4 === 0) return new Uint32Array(bytes.buffer, bytes.byteOffset, count);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: count }, (_, print) => view.getUint32(4 * print, true));
}

const IS_LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** @param count of the fingerprints, as `packPrints` gave it */
export function unpackPrints(bytes: Uint8Array, count: number, into: Prints): Prints {
  if (into.hash.length < count) {
    const room = Math.ceil(count * 1.5);
    for (const column of ['hash', 'start', 'letter', 'own', 'ownEnd'] as const) {
      into[column] = new Uint32Array(room);
    }
  }
  into.count = count;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 4 * count;
  const next = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at] as number;
      at += 1;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  let [letter, start, own] = [0, 0, 0];
  for (let print = 0; print < count; print += 1) {
    into.hash[print] = view.getUint32(4 * print, true);
    letter += next();
    start += next();
    into.letter[print] = letter;
    into.start[print] = start;
    own += next();
    into.own[print] = own;
    into.ownEnd[print] = own + next();
  }
  return into;
}
