/** Chance that a seed makes the same every time. */

export interface Chance {
  /** An integer from 0 to n − 1. */
  below(n: number): number;
  between(low: number, high: number): number;
  pick<T>(from: readonly T[]): T;
  happens(share: number): boolean;
}

/** Mulberry32. */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 0x100000000;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return {
    below,
    between: (low, high) => low + below(high - low + 1),
    pick: (from) => from[below(from.length)] as (typeof from)[number],
    happens: (share) => next() < share,
  };
}
