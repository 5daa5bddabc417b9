/**
 * Where the strings stand that patterns require. All strings of all patterns are looked for in one pass over the text, so
 * that a pattern is tried only where it can match.
 */

export interface Prefilter {
  /** The places of each set in a text, by the set's number. */
  search(text: string): Places;
}

/** The starts of the strings of every set in a text: of one set ascending from `begin[set]` up to `end[set]` in `starts`. */
export interface Places {
  readonly starts: Int32Array;
  readonly begin: Int32Array;
  readonly end: Int32Array;
}

/** @param sets of strings; their numbers are their places in the list */
export function createPrefilter(sets: readonly (readonly string[])[]): Prefilter {
  const tree = buildTree(sets);
  return { search: (text) => search(tree, sets.length, text) };
}

// ── Tree of strings ───────────────────────────────────────────────────────────────────────────────────────────────

/** All strings as a tree of characters in flat tables; node 0 is the root, and stands for "none" where a child is asked for. */
interface Tree {
  /** The root's child for every character. */
  readonly first: Uint16Array;
  /** Children of all other nodes: an open hash table of parent and character. */
  readonly keys: Float64Array;
  readonly children: Uint16Array;
  /** The sets of the string that ends at a node: `members` from `memberStart[node]` up to that of the next node. */
  readonly memberStart: Int32Array;
  readonly members: Int32Array;
}

const CHARACTERS = 0x10000;

interface Node {
  readonly next: Map<number, Node>;
  readonly sets: number[];
  number: number;
}

const newNode = (): Node => ({ next: new Map(), sets: [], number: 0 });

function buildTree(sets: readonly (readonly string[])[]): Tree {
  const root = newNode();
  for (const [set, strings] of sets.entries()) {
    for (const string of new Set(strings)) {
      let node = root;
      for (let at = 0; at < string.length; at += 1) {
        const code = string.charCodeAt(at);
        const next = node.next.get(code) ?? newNode();
        node.next.set(code, next);
        node = next;
      }
      node.sets.push(set);
    }
  }
  const nodes = [root];
  for (let at = 0; at < nodes.length; at += 1) {
    for (const child of (nodes[at] as Node).next.values()) child.number = nodes.push(child) - 1;
  }
  if (nodes.length >= CHARACTERS) throw new RangeError(`${nodes.length} characters of required strings`);
  return flatten(nodes);
}

function flatten(nodes: readonly Node[]): Tree {
  const first = new Uint16Array(CHARACTERS);
  let size = 64;
  while (size < nodes.length * 2) size *= 2;
  const keys = new Float64Array(size);
  const children = new Uint16Array(size);
  const memberStart = new Int32Array(nodes.length + 1);
  const members: number[] = [];
  for (const [number, { next, sets }] of nodes.entries()) {
    for (const [code, child] of next) {
      if (number === 0) {
        first[code] = child.number;
        continue;
      }
      let slot = slotOf(number, code) & (size - 1);
      while (keys[slot] !== 0) slot = (slot + 1) & (size - 1);
      keys[slot] = number * CHARACTERS + code;
      children[slot] = child.number;
    }
    memberStart[number] = members.length;
    members.push(...sets);
  }
  memberStart[nodes.length] = members.length;
  return { first, keys, children, memberStart, members: Int32Array.from(members) };
}

const slotOf = (node: number, code: number): number => Math.imul(node * 31 + code, 0x9e3779b1) >>> 7;

// ── Search ────────────────────────────────────────────────────────────────────────────────────────────────────────

function search({ first, keys, children, memberStart, members }: Tree, sets: number, text: string): Places {
  const mask = keys.length - 1;
  // Pairs of start and node first, so that each set's places can be laid out at their exact length.
  let starts = new Int32Array(text.length + 64);
  let ends = new Uint16Array(text.length + 64);
  let found = 0;
  const counts = new Int32Array(sets);
  for (let start = 0; start < text.length; start += 1) {
    let node = first[text.charCodeAt(start)] as number;
    for (let at = start + 1; node !== 0; at += 1) {
      const from = memberStart[node] as number;
      const to = memberStart[node + 1] as number;
      if (from < to) {
        if (found === starts.length) {
          starts = grown(starts, new Int32Array(found * 2));
          ends = grown(ends, new Uint16Array(found * 2));
        }
        starts[found] = start;
        ends[found] = node;
        found += 1;
        for (let member = from; member < to; member += 1) (counts[members[member] as number] as number) += 1;
      }
      if (at >= text.length) break;
      const key = node * CHARACTERS + text.charCodeAt(at);
      let slot = slotOf(node, text.charCodeAt(at)) & mask;
      while (keys[slot] !== key && keys[slot] !== 0) slot = (slot + 1) & mask;
      node = keys[slot] === key ? (children[slot] as number) : 0;
    }
  }
  return layOut(starts, ends, found, counts, memberStart, members);
}

function grown<T extends Int32Array | Uint16Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

function layOut(
  starts: Int32Array,
  ends: Uint16Array,
  found: number,
  counts: Int32Array,
  memberStart: Int32Array,
  members: Int32Array,
): Places {
  const all = new Int32Array(counts.reduce((sum, count) => sum + count, 0));
  const end = new Int32Array(counts.length);
  for (let set = 1; set < counts.length; set += 1) {
    end[set] = (end[set - 1] as number) + (counts[set - 1] as number);
  }
  const begin = end.slice();
  for (let at = 0; at < found; at += 1) {
    const node = ends[at] as number;
    for (let member = memberStart[node] as number; member < (memberStart[node + 1] as number); member += 1) {
      const set = members[member] as number;
      all[end[set] as number] = starts[at] as number;
      (end[set] as number) += 1;
    }
  }
  return { starts: all, begin, end };
}

/** Index of the first of sorted `numbers` from `low` up to `high` that is not below `least`; `high` where there is none. */
export function firstNotBelow(numbers: Int32Array, least: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
