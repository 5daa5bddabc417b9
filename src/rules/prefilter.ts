/**
 * Where the strings stand that patterns require. All strings of all patterns are looked for in one pass over the text, so
 * that a pattern is tried only where it can match.
 */
import type { Span } from '../model.js';

export interface Prefilter {
  search(text: string): Places;
  /** Tells which of several members, each with the numbers of the sets that it requires, can match in a stretch of text. */
  sieve(members: readonly (readonly number[])[]): Sieve;
}

/** Where the strings of all sets stand in a text. */
export interface Places {
  /** Of one set ascending from `begin[set]` up to `end[set]` in `starts`. */
  readonly starts: Int32Array;
  readonly begin: Int32Array;
  readonly end: Int32Array;
  /** Of all sets together: the start of each string, ascending, and its node in the tree. */
  readonly found: number;
  readonly foundStarts: Int32Array;
  readonly foundNodes: Uint16Array;
}

/** The members of which a string of every set that they require begins within `span`, in their order. */
export type Sieve = (places: Places, span: Span) => readonly number[];

/** @param sets of strings; their numbers are their places in the list */
export function createPrefilter(sets: readonly (readonly string[])[]): Prefilter {
  const tree = buildTree(sets);
  return {
    search: (text) => search(tree, sets.length, text),
    sieve: (members) => createSieve(tree, members),
  };
}

/**
 * Sets are bits: those of a stretch are put together, and a member passes that has no others. Each member is looked at only
 * where the set that it shares with the fewest others is among them.
 */
function createSieve({ memberStart, members: setsAt }: Tree, members: readonly (readonly number[])[]): Sieve {
  const bits = new Map<number, number>();
  for (const set of members.flat()) if (!bits.has(set)) bits.set(set, bits.size);
  const words = Math.ceil(bits.size / 32);
  const masks = new Int32Array(members.length * words);
  for (const [member, sets] of members.entries()) {
    for (const set of sets) {
      const bit = bits.get(set) as number;
      (masks[member * words + (bit >> 5)] as number) |= 1 << (bit & 31);
    }
  }
  // A string is in few of the sets: the bits of a node are listed, not laid out.
  const nodes = memberStart.length - 1;
  const heldStart = new Int32Array(nodes + 1);
  const held: number[] = [];
  for (let node = 0; node < nodes; node += 1) {
    for (let at = memberStart[node] as number; at < (memberStart[node + 1] as number); at += 1) {
      const bit = bits.get(setsAt[at] as number);
      if (bit !== undefined) held.push(bit);
    }
    heldStart[node + 1] = held.length;
  }
  const heldBits = Int32Array.from(held);
  const sharers = new Map<number, number>();
  for (const set of members.flat()) sharers.set(set, (sharers.get(set) ?? 0) + 1);
  const always: number[] = [];
  const byBit: number[][] = Array.from(bits, () => []);
  for (const [member, sets] of members.entries()) {
    const [key] = [...sets].sort((a, b) => (sharers.get(a) as number) - (sharers.get(b) as number));
    if (key === undefined) always.push(member);
    else byBit[bits.get(key) as number]?.push(member);
  }
  const seen = new Int32Array(words);
  return ({ found, foundStarts, foundNodes }, { start, end }) => {
    seen.fill(0);
    for (let at = firstNotBelow(foundStarts, start, 0, found); at < found; at += 1) {
      if ((foundStarts[at] as number) >= end) break;
      const node = foundNodes[at] as number;
      const last = heldStart[node + 1] as number;
      for (let index = heldStart[node] as number; index < last; index += 1) {
        const bit = heldBits[index] as number;
        (seen[bit >> 5] as number) |= 1 << (bit & 31);
      }
    }
    let passing: number[] | undefined;
    for (let from = 0; from < words; from += 1) {
      for (let rest = seen[from] as number; rest !== 0; rest &= rest - 1) {
        for (const member of byBit[from * 32 + 31 - Math.clz32(rest & -rest)] as number[]) {
          const row = member * words;
          let word = 0;
          while (word < words && ((masks[row + word] as number) & ~(seen[word] as number)) === 0) word += 1;
          if (word === words) {
            passing ??= [...always];
            passing.push(member);
          }
        }
      }
    }
    if (passing === undefined) return always;
    return passing.length > 1 ? passing.sort((a, b) => a - b) : passing;
  };
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
  let nodes = new Uint16Array(text.length + 64);
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
          nodes = grown(nodes, new Uint16Array(found * 2));
        }
        starts[found] = start;
        nodes[found] = node;
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
  return layOut({ found, foundStarts: starts, foundNodes: nodes }, counts, memberStart, members);
}

function grown<T extends Int32Array | Uint16Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

function layOut(
  all: Pick<Places, 'found' | 'foundStarts' | 'foundNodes'>,
  counts: Int32Array,
  memberStart: Int32Array,
  members: Int32Array,
): Places {
  const starts = new Int32Array(counts.reduce((sum, count) => sum + count, 0));
  const end = new Int32Array(counts.length);
  for (let set = 1; set < counts.length; set += 1) {
    end[set] = (end[set - 1] as number) + (counts[set - 1] as number);
  }
  const begin = end.slice();
  for (let at = 0; at < all.found; at += 1) {
    const node = all.foundNodes[at] as number;
    for (let member = memberStart[node] as number; member < (memberStart[node + 1] as number); member += 1) {
      const set = members[member] as number;
      starts[end[set] as number] = all.foundStarts[at] as number;
      (end[set] as number) += 1;
    }
  }
  return { ...all, starts, begin, end };
}

/** Index of the first of sorted `numbers`, from `from` up to `to`, that is not below `least`; `to` where there is none. */
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
