/**
 * Winnowing (Schleimer, Wilkerson, Aiken 2003): of every window of consecutive k-grams of letters the one with the least
 * hash is kept, so that two texts that share `GUARANTEED` letters in a row share a fingerprint. The index finds the
 * documents of a fingerprint by sorting, in time and memory linear in the length of all texts.
 */
import { letterAt } from './letters.js';
import { indices, numberList } from './numbers.js';

export const GRAM = 18;
const WINDOW = 18;
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

/** Fingerprints of one text in its order: `emit` gets the hash and the position of the gram's first letter. */
export function fingerprint(text: string, emit: (hash: number, position: number) => void): void {
  const letters = new Uint16Array(GRAM);
  const places = new Uint32Array(GRAM);
  const hashes = new Float64Array(WINDOW);
  const starts = new Uint32Array(WINDOW);
  let rolling = 0;
  let letterCount = 0;
  let gramCount = 0;
  let emitted = -1;
  for (let at = 0; at < text.length; at += 1) {
    const letter = letterAt(text, at);
    if (letter === 0) continue;
    const slot = letterCount % GRAM;
    if (letterCount >= GRAM) rolling = (rolling - Math.imul(letters[slot] as number, LEADING)) | 0;
    rolling = (Math.imul(rolling, BASE) + letter) | 0;
    letters[slot] = letter;
    places[slot] = at;
    letterCount += 1;
    if (letterCount < GRAM) continue;
    hashes[gramCount % WINDOW] = mix(rolling);
    starts[gramCount % WINDOW] = places[letterCount % GRAM] as number;
    gramCount += 1;
    if (gramCount < WINDOW) continue;
    // The rightmost least hash of the window; a gram that stays the least is kept once.
    let least = gramCount - WINDOW;
    for (let gram = least + 1; gram < gramCount; gram += 1) {
      if ((hashes[gram % WINDOW] as number) <= (hashes[least % WINDOW] as number)) least = gram;
    }
    if (least === emitted) continue;
    emitted = least;
    emit(hashes[least % WINDOW] as number, starts[least % WINDOW] as number);
  }
}

/** The buckets of a radix sort: how many keys are below each value of 16 bits. */
function bucketStarts(keys: Uint32Array, shift: number): Uint32Array {
  const starts = new Uint32Array(0x10000 + 1);
  for (const key of keys) {
    const bucket = ((key >>> shift) & 0xffff) + 1;
    starts[bucket] = (starts[bucket] as number) + 1;
  }
  for (let bucket = 1; bucket < starts.length; bucket += 1) {
    starts[bucket] = (starts[bucket] as number) + (starts[bucket - 1] as number);
  }
  return starts;
}

/** Indices of `keys` in ascending order of their keys, equal keys in their own order; and a buffer that is free again. */
function sortedOrder(keys: Uint32Array): { readonly order: Uint32Array; readonly spare: Uint32Array } {
  let order: Uint32Array = indices(keys.length);
  let spare: Uint32Array = new Uint32Array(keys.length);
  for (const shift of [0, 16]) {
    const starts = bucketStarts(keys, shift);
    for (const index of order) {
      const bucket = ((keys[index] as number) >>> shift) & 0xffff;
      const place = starts[bucket] as number;
      spare[place] = index;
      starts[bucket] = place + 1;
    }
    [order, spare] = [spare, order];
  }
  return { order, spare };
}

/** Places of one hash that are looked at: one owner's repetitions must not make the search long. */
const LONGEST_SEARCH = 64;

/** Where a fingerprint stands. */
export interface FingerprintPlace {
  readonly document: number;
  readonly position: number;
}

export interface FingerprintIndex {
  /**
   * Calls `visit` for each fingerprint of `document`, in text order, that stands in earlier documents with another
   * owner: with its position and the earliest such places, one of each owner, at most `limit`.
   */
  earlierPlaces(
    document: number,
    limit: number,
    visit: (position: number, places: readonly FingerprintPlace[]) => void,
  ): void;
}

/**
 * @param texts in the order in which the documents came to be
 * @param owners for each text the number of its owner; what an owner repeats is its own
 */
export function fingerprintIndex(texts: readonly string[], owners: readonly number[]): FingerprintIndex {
  const hashList = numberList();
  const positionList = numberList();
  const firstOf = new Uint32Array(texts.length + 1);
  texts.forEach((text, document) => {
    fingerprint(text, (hash, position) => {
      hashList.push(hash);
      positionList.push(position);
    });
    firstOf[document + 1] = hashList.length;
  });
  const positions = positionList.take();
  const { order, runOf } = runsOf(hashList.take());

  /** The document of a fingerprint: the last that begins at or before it. */
  const documentOf = (print: number): number => {
    let low = 0;
    let high = texts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((firstOf[middle] as number) <= print) low = middle;
      else high = middle - 1;
    }
    return low;
  };

  return {
    earlierPlaces(document, limit, visit) {
      const places: FingerprintPlace[] = [];
      const isOwned = (owner: number | undefined): boolean =>
        owner === owners[document] || places.some((place) => owners[place.document] === owner);
      for (let print = firstOf[document] as number; print < (firstOf[document + 1] as number); print += 1) {
        places.length = 0;
        // Runs list documents in their order: the earliest come first, and the search ends at this document itself.
        const run = runOf[print] as number;
        for (let at = run; places.length < limit && at < run + LONGEST_SEARCH; at += 1) {
          const other = order[at] as number;
          if (other >= (firstOf[document] as number)) break;
          const otherDocument = documentOf(other);
          if (isOwned(owners[otherDocument])) continue;
          places.push({ document: otherDocument, position: positions[other] as number });
        }
        if (places.length > 0) visit(positions[print] as number, places);
      }
    },
  };
}

/** Fingerprints in the order of their hashes, and for each of them where the run of its hash begins in that order. */
function runsOf(hashes: Uint32Array): { readonly order: Uint32Array; readonly runOf: Uint32Array } {
  const { order, spare: runOf } = sortedOrder(hashes);
  for (let at = 0, run = 0; at < order.length; at += 1) {
    if (hashes[order[at] as number] !== hashes[order[run] as number]) run = at;
    runOf[order[at] as number] = run;
  }
  return { order, runOf };
}
