/**
 * Tells which patterns can match in a stretch of text: those for which it holds one string of every set that they require.
 * All strings of all patterns are looked for in one pass over the text.
 */
import type { Span } from '../model.js';

export interface Requiring {
  /** Each match contains, for every set, at least one of its strings. */
  readonly required: readonly (readonly string[])[];
}

/** Finds the strings of `groups` in a text; what is asked for together is one group. */
export interface Prefilter<T> {
  search(text: string): Search<T>;
}

export interface Search<T> {
  /** Members of a group that can match within `span`, in the order of the group. */
  within(group: number, span: Span): readonly T[];
}

export function createPrefilter<T extends Requiring>(groups: readonly (readonly T[])[]): Prefilter<T> {
  const root = newNode();
  const indexed = groups.map((members, group) => indexGroup(root, group, members));
  const byFirst: Node[] = [];
  for (const [code, node] of root.next) byFirst[code] = node;
  return {
    search: (text) => {
      const searches = findStrings(byFirst, text, groups.length).map((hits, group) =>
        searchGroup(indexed[group] as IndexedGroup<T>, hits),
      );
      return { within: (group, span) => searches[group]?.(span) ?? [] };
    },
  };
}

// ── Index ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A place in the tree of all required strings, one character a level. */
interface Node {
  readonly next: Map<number, Node>;
  /** Sets that the string which ends here belongs to, for each group that requires it. */
  readonly sets: Map<number, number[]>;
}

const newNode = (): Node => ({ next: new Map(), sets: new Map() });

interface IndexedGroup<T> {
  readonly members: readonly T[];
  /** For every set, the members that require it. */
  readonly requiring: readonly (readonly number[])[];
  /** How many sets each member requires. */
  readonly needed: readonly number[];
}

function indexGroup<T extends Requiring>(root: Node, group: number, members: readonly T[]): IndexedGroup<T> {
  const numbers = new Map<string, number>();
  const requiring: number[][] = [];
  const needed = members.map(({ required }, member) => {
    const own = new Map(required.map((strings) => [[...strings].sort().join('\0'), strings]));
    for (const [key, strings] of own) {
      let set = numbers.get(key);
      if (set === undefined) {
        set = requiring.push([]) - 1;
        numbers.set(key, set);
        for (const string of new Set(strings)) addTo(nodeOf(root, string).sets, group, set);
      }
      requiring[set]?.push(member);
    }
    return own.size;
  });
  return { members, requiring, needed };
}

function nodeOf(root: Node, string: string): Node {
  let node = root;
  for (let at = 0; at < string.length; at += 1) {
    const code = string.charCodeAt(at);
    const next = node.next.get(code) ?? newNode();
    node.next.set(code, next);
    node = next;
  }
  return node;
}

function addTo(lists: Map<number, number[]>, key: number, item: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

// ── Search ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Strings that stand in a text, for one group, by their start. */
interface Hits {
  readonly starts: number[];
  readonly ends: number[];
  readonly sets: (readonly number[])[];
}

function findStrings(byFirst: readonly (Node | undefined)[], text: string, groups: number): readonly Hits[] {
  const hits = Array.from({ length: groups }, (): Hits => ({ starts: [], ends: [], sets: [] }));
  for (let start = 0; start < text.length; start += 1) {
    let node = byFirst[text.charCodeAt(start)];
    for (let end = start + 1; node !== undefined; end += 1) {
      for (const [group, sets] of node.sets) {
        const found = hits[group] as Hits;
        found.starts.push(start);
        found.ends.push(end);
        found.sets.push(sets);
      }
      node = end < text.length ? node.next.get(text.charCodeAt(end)) : undefined;
    }
  }
  return hits;
}

function searchGroup<T>(
  { members, requiring, needed }: IndexedGroup<T>,
  { starts, ends, sets }: Hits,
): (span: Span) => readonly T[] {
  const always = needed.flatMap((sets, member) => (sets === 0 ? [member] : []));
  // Counts are those of one call; a call has a number of its own, so that nothing need be cleared.
  const seenSet = new Int32Array(requiring.length);
  const seenMember = new Int32Array(members.length);
  const met = new Int32Array(members.length);
  let call = 0;
  return ({ start, end }) => {
    call += 1;
    const found = [...always];
    for (let at = firstNotBelow(starts, start); at < starts.length && (starts[at] as number) < end; at += 1) {
      if ((ends[at] as number) > end) continue;
      for (const set of sets[at] as readonly number[]) {
        if (seenSet[set] === call) continue;
        seenSet[set] = call;
        for (const member of requiring[set] as readonly number[]) {
          const count = seenMember[member] === call ? (met[member] as number) + 1 : 1;
          seenMember[member] = call;
          met[member] = count;
          if (count === needed[member]) found.push(member);
        }
      }
    }
    if (found.length > always.length) found.sort((a, b) => a - b);
    return found.map((member) => members[member] as T);
  };
}

/** Index of the first of sorted `numbers` that is not below `least`. */
export function firstNotBelow(numbers: readonly number[], least: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
