/** Long lists of numbers outside the garbage-collected heap: what there are millions of in ten thousand notices. */

/** A list of 32-bit numbers that grows. */
export interface NumberList {
  push(value: number): void;
  at(index: number): number;
  set(index: number, value: number): void;
  readonly length: number;
  /** The numbers, in a buffer of just their size; the list is not used any more after it. */
  take(): Uint32Array;
}

export function numberList(): NumberList {
  let values = new Uint32Array(1 << 8);
  let length = 0;
  return {
    push(value) {
      if (length === values.length) {
        const larger = new Uint32Array(Math.ceil(values.length * 1.5));
        larger.set(values);
        values = larger;
      }
      values[length] = value;
      length += 1;
    },
    at: (index) => values[index] as number,
    set(index, value) {
      values[index] = value;
    },
    get length() {
      return length;
    },
    take: () => values.slice(0, length),
  };
}

/** 0, 1, 2, … */
export const indices = (count: number): Uint32Array => new Uint32Array(count).map((_, index) => index);

/** Numbers the keys that it is asked for, in the order in which they first come. */
export interface Numbering {
  /** The number of a key; -1 where it has none. */
  find(key: number): number;
  /** The number of a key, a new one where it had none. */
  add(key: number): number;
  readonly count: number;
}

/** 32-bit keys by open addressing. */
export function numbering(): Numbering {
  let slots = new Uint32Array(1 << 10);
  const keys = numberList();
  /** The slot in which a key is, or would be. A slot holds the key's number plus one. */
  const slotOf = (key: number): number => {
    const mask = slots.length - 1;
    let slot = Math.imul(key, 0x9e3779b1) >>> 0;
    for (slot &= mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
      if (keys.at((slots[slot] as number) - 1) === key) break;
    }
    return slot;
  };
  return {
    find: (key) => (slots[slotOf(key)] as number) - 1,
    add(key) {
      const slot = slotOf(key);
      if (slots[slot] !== 0) return (slots[slot] as number) - 1;
      keys.push(key);
      slots[slot] = keys.length;
      if (keys.length * 2 > slots.length) {
        slots = new Uint32Array(slots.length * 2);
        for (let number = 0; number < keys.length; number += 1) slots[slotOf(keys.at(number))] = number + 1;
      }
      return keys.length - 1;
    },
    get count() {
      return keys.length;
    },
  };
}

/** Sets of the numbers below `size` that are joined, each known by its least member. */
export interface Sets {
  find(of: number): number;
  join(a: number, b: number): void;
}

export function disjointSets(size: number): Sets {
  const parent = indices(size);
  const find = (of: number): number => {
    let root = of;
    while (parent[root] !== root) {
      parent[root] = parent[parent[root] as number] as number;
      root = parent[root] as number;
    }
    return root;
  };
  return {
    find,
    join(a, b) {
      const x = find(a);
      const y = find(b);
      parent[Math.max(x, y)] = Math.min(x, y);
    },
  };
}
