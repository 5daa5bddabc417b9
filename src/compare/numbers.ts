/** Long lists of numbers outside the garbage-collected heap: what there are millions of in ten thousand notices. */

/** A list of 32-bit numbers that grows. */
export interface NumberList {
  push(value: number): void;
  readonly length: number;
  /** The numbers, in a buffer of just their size; the list is not used any more after it. */
  take(): Uint32Array;
}

export function numberList(): NumberList {
  let values = new Uint32Array(1 << 12);
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
    get length() {
      return length;
    },
    take: () => values.slice(0, length),
  };
}

/** 0, 1, 2, … */
export const indices = (count: number): Uint32Array => new Uint32Array(count).map((_, index) => index);

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
