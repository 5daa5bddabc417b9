/**
 * Texts that differ by a few characters. Pairs are found through their sketches (the smallest hashes of their runs of
 * characters), so that no text is held against all others, and confirmed by their edit distance.
 */

/** Share of the longer text that must agree. */
export const NEAR = 0.92;
const GRAM = 4;
const SKETCH = 8;

/** True where two texts differ in no more than the 8% that `NEAR` leaves. */
export function isNear(a: string, b: string): boolean {
  const longer = Math.max(a.length, b.length);
  const most = Math.floor(longer * (1 - NEAR));
  if (Math.abs(a.length - b.length) > most) return false;
  return distanceUpTo(a, b, most) <= most;
}

/** Index pairs of texts that are near but not the same, in order. */
export function nearPairs(texts: readonly string[]): readonly (readonly [number, number])[] {
  const holders = new Map<number, number[]>();
  const pairs: (readonly [number, number])[] = [];
  texts.forEach((text, at) => {
    const candidates = new Set<number>();
    for (const hash of sketchOf(text)) {
      const known = holders.get(hash);
      for (const other of known ?? []) candidates.add(other);
      if (known === undefined) holders.set(hash, [at]);
      else known.push(at);
    }
    for (const other of [...candidates].sort((a, b) => a - b)) {
      const before = texts[other] as string;
      if (before !== text && isNear(before, text)) pairs.push([other, at]);
    }
  });
  return pairs;
}

/** The smallest hashes of the runs of characters of a text. */
function sketchOf(text: string): readonly number[] {
  const hashes = new Set<number>();
  for (let at = 0; at + GRAM <= text.length; at += 1) hashes.add(hashOf(text, at));
  return [...hashes].sort((a, b) => a - b).slice(0, SKETCH);
}

/** FNV-1a. */
function hashOf(text: string, from: number): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < from + GRAM; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** Edit distance, or more than `most` where it exceeds that; only the band that can hold it is filled. */
function distanceUpTo(a: string, b: string, most: number): number {
  let previous = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let row = 1; row <= a.length; row += 1) {
    const current = new Array<number>(b.length + 1).fill(most + 1);
    if (row <= most) current[0] = row;
    for (let column = Math.max(1, row - most); column <= Math.min(b.length, row + most); column += 1) {
      const change = a[row - 1] === b[column - 1] ? 0 : 1;
      current[column] = Math.min(
        (previous[column - 1] ?? most + 1) + change,
        (previous[column] ?? most + 1) + 1,
        (current[column - 1] ?? most + 1) + 1,
      );
    }
    previous = current;
  }
  return previous[b.length] ?? most + 1;
}
