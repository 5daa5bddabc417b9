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
  return isWithin(a, b, most);
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

/** The smallest hashes of the runs of characters of a text, each once. */
function sketchOf(text: string): readonly number[] {
  const smallest: number[] = [];
  for (let from = 0; from + GRAM <= text.length; from += 1) {
    const hash = hashOf(text, from);
    let at = smallest.length;
    while (at > 0 && (smallest[at - 1] as number) > hash) at -= 1;
    if (at === SKETCH || smallest[at - 1] === hash) continue;
    smallest.splice(at, 0, hash);
    if (smallest.length > SKETCH) smallest.pop();
  }
  return smallest;
}

/** FNV-1a. */
function hashOf(text: string, from: number): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < from + GRAM; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** Whether the edit distance is no more than `most`; only the band that can hold it is filled, and only while it may. */
function isWithin(a: string, b: string, most: number): boolean {
  let [start, aEnd, bEnd] = [0, a.length, b.length];
  while (start < aEnd && start < bEnd && a.charCodeAt(start) === b.charCodeAt(start)) start += 1;
  while (aEnd > start && bEnd > start && a.charCodeAt(aEnd - 1) === b.charCodeAt(bEnd - 1)) {
    aEnd -= 1;
    bEnd -= 1;
  }
  const [rows, columns] = [aEnd - start, bEnd - start];
  let previous = new Int32Array(columns + 1);
  let current = new Int32Array(columns + 1);
  for (let column = 1; column <= columns; column += 1) previous[column] = column;
  for (let row = 1; row <= rows; row += 1) {
    const from = Math.max(1, row - most);
    const to = Math.min(columns, row + most);
    current.fill(most + 1);
    if (row <= most) current[0] = row;
    let least = current[0] as number;
    for (let column = from; column <= to; column += 1) {
      const change = a.charCodeAt(start + row - 1) === b.charCodeAt(start + column - 1) ? 0 : 1;
      const distance = Math.min(
        (previous[column - 1] as number) + change,
        (previous[column] as number) + 1,
        (current[column - 1] as number) + 1,
      );
      current[column] = distance;
      if (distance < least) least = distance;
    }
    if (least > most) return false;
    [previous, current] = [current, previous];
  }
  return (previous[columns] as number) <= most;
}
