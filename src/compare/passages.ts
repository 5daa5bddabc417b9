/**
 * Text that stands in the notices of several units. Fingerprints find places where two texts meet; each is grown letter by
 * letter to the whole passage, small differences are bridged, and passages that lie over each other become one with all
 * its places. Every fingerprint meets only the few earliest notices that have it, so cost grows with the text, not
 * with the pairs of notices.
 */
import type { Span } from '../model.js';
import type { Limits, OwnText, PassagePlace, SharedPassage, SharedPassages } from './comparison.js';
import { differencesBetween } from './difference.js';
import { type Entry, evidenceAt } from './entry.js';
import { fingerprintIndex, GRAM } from './fingerprints.js';
import { countLetters, letterAt, type OwnLetterCounter, ownLetterCounter } from './letters.js';
import { disjointSets, indices, numberList } from './numbers.js';
import type { Vocabulary } from './vocabulary.js';

/** Letters that a passage must have beyond generic phrases and numbers. */
const MINIMUM_LENGTH = 30;
/** Characters on either side that may differ within one passage. */
const BRIDGED_GAP = 24;
/** Earlier notices that a fingerprint is held against. */
const EARLIEST_PLACES = 3;
/** Two stretches of one text are one passage where they share this much of the longer. */
const SAME_STRETCH = 0.6;

interface Match {
  /** Span in the later text. */
  readonly here: Span;
  /** Span in the earlier text. */
  readonly there: Span;
}

/** A match ends with its paragraph; whole paragraphs that follow each other are bridged like any other matches. */
const LINE_END = 10;

/** Letters in a row that must be the same for two texts to meet there. */
const SHORTEST_RUN = GRAM + 2;

/**
 * The longest spans around two positions in which both texts have the same letters; undefined where they are fewer than
 * `SHORTEST_RUN`, as where two texts meet only in a hash.
 */
export function growMatch(here: string, at: number, there: string, thereAt: number): Match | undefined {
  let run = 0;
  let [start, thereStart] = [at, thereAt];
  for (let i = at - 1, j = thereAt - 1; i >= 0 && j >= 0; ) {
    if (here.charCodeAt(i) === LINE_END || there.charCodeAt(j) === LINE_END) break;
    const a = letterAt(here, i);
    const b = letterAt(there, j);
    if (a === 0) i -= 1;
    else if (b === 0) j -= 1;
    else if (a === b) {
      run += 1;
      start = i;
      thereStart = j;
      i -= 1;
      j -= 1;
    } else break;
  }
  let [end, thereEnd] = [at, thereAt];
  for (let i = at, j = thereAt; i < here.length && j < there.length; ) {
    if (here.charCodeAt(i) === LINE_END || there.charCodeAt(j) === LINE_END) break;
    const a = letterAt(here, i);
    const b = letterAt(there, j);
    if (a === 0) i += 1;
    else if (b === 0) j += 1;
    else if (a === b) {
      run += 1;
      i += 1;
      j += 1;
      end = i;
      thereEnd = j;
    } else break;
  }
  if (run < SHORTEST_RUN) return undefined;
  return { here: { start, end }, there: { start: thereStart, end: thereEnd } };
}

/** Letters of a text from a position on, forwards or backwards, with where each stands. */
function lettersFrom(text: string, from: number, step: 1 | -1, count: number): { letters: string; places: number[] } {
  const places: number[] = [];
  let letters = '';
  for (let at = from; at >= 0 && at < text.length && places.length < count; at += step) {
    if (text.charCodeAt(at) === LINE_END) break;
    const letter = letterAt(text, at);
    if (letter === 0) continue;
    letters += String.fromCharCode(letter);
    places.push(at);
  }
  return { letters, places };
}

/** Letters that must be the same beyond a difference for a passage to go on. */
const RESUMED_RUN = 6;

/** Where two texts run on together after a small difference, nearest first; undefined where they do not. */
function resume(here: string, at: number, there: string, thereAt: number, step: 1 | -1): [number, number] | undefined {
  const reach = BRIDGED_GAP / 2;
  const a = lettersFrom(here, at, step, reach + RESUMED_RUN);
  const b = lettersFrom(there, thereAt, step, reach + RESUMED_RUN);
  for (let skipped = 1; skipped <= reach; skipped += 1) {
    for (let i = 0; i <= skipped; i += 1) {
      const run = a.letters.slice(i, i + RESUMED_RUN);
      const other = b.letters.slice(skipped - i, skipped - i + RESUMED_RUN);
      if (run.length < RESUMED_RUN || run !== other) continue;
      return [a.places[i + RESUMED_RUN - 1] as number, b.places[skipped - i + RESUMED_RUN - 1] as number];
    }
  }
  return undefined;
}

/** The match carried on over small differences at both of its ends. */
function extend(here: string, there: string, match: Match): Match {
  let { start, end } = match.here;
  let { start: thereStart, end: thereEnd } = match.there;
  for (let next = resume(here, end, there, thereEnd, 1); next; next = resume(here, end, there, thereEnd, 1)) {
    [end, thereEnd] = [next[0] + 1, next[1] + 1];
    while (letterAt(here, end) !== 0 && letterAt(here, end) === letterAt(there, thereEnd))
      [end, thereEnd] = [end + 1, thereEnd + 1];
  }
  for (
    let next = resume(here, start - 1, there, thereStart - 1, -1);
    next;
    next = resume(here, start - 1, there, thereStart - 1, -1)
  ) {
    [start, thereStart] = next;
    while (
      start > 0 &&
      letterAt(here, start - 1) !== 0 &&
      letterAt(here, start - 1) === letterAt(there, thereStart - 1)
    )
      [start, thereStart] = [start - 1, thereStart - 1];
  }
  return { here: { start, end }, there: { start: thereStart, end: thereEnd } };
}

const follows = (before: Span, after: Span): boolean =>
  after.start >= before.end && after.start - before.end <= BRIDGED_GAP;

/** Matches of one text with another in order, those that only small differences part made one. */
function bridge(matches: readonly Match[]): readonly Match[] {
  const bridged: Match[] = [];
  for (const match of matches) {
    const last = bridged.at(-1);
    if (last !== undefined && follows(last.here, match.here) && follows(last.there, match.there)) {
      bridged[bridged.length - 1] = {
        here: { start: last.here.start, end: match.here.end },
        there: { start: last.there.start, end: match.there.end },
      };
    } else bridged.push(match);
  }
  return bridged;
}

/**
 * Stretches of entries' texts that stand in another unit's notice too, in columns. Those numbered 2n and 2n + 1 are one
 * match: the later text and the earlier one.
 */
interface Stretches {
  readonly count: number;
  readonly entry: Uint32Array;
  readonly start: Uint32Array;
  readonly end: Uint32Array;
}

function findStretches(entries: readonly Entry[], ownLetters: OwnLetterCounter): Stretches {
  const texts = entries.map(({ text }) => text);
  const ownerOf = new Map<string, number>();
  const owners = entries.map(({ identity: { unitKey } }) => {
    const owner = ownerOf.get(unitKey) ?? ownerOf.size;
    ownerOf.set(unitKey, owner);
    return owner;
  });
  const index = fingerprintIndex(texts, owners);
  const [entryList, startList, endList] = [numberList(), numberList(), numberList()];
  const add = (entry: number, { start, end }: Span): void => {
    entryList.push(entry);
    startList.push(start);
    endList.push(end);
  };
  texts.forEach((text, entry) => {
    const found = new Map<number, Match[]>();
    index.earlierPlaces(entry, EARLIEST_PLACES, (position, places) => {
      for (const place of places) {
        const matches = found.get(place.document);
        const last = matches?.at(-1);
        if (last !== undefined && position < last.here.end) continue;
        const match = growMatch(text, position, texts[place.document] as string, place.position);
        if (match === undefined) continue;
        if (matches === undefined) found.set(place.document, [match]);
        else matches.push(match);
      }
    });
    for (const [other, matches] of found) {
      for (const match of bridge(matches)) {
        if (ownLetters(text, match.here.start, match.here.end) < MINIMUM_LENGTH) continue;
        const { here, there } = extend(text, texts[other] as string, match);
        add(entry, here);
        add(other, there);
      }
    }
  });
  return { count: entryList.length, entry: entryList.take(), start: startList.take(), end: endList.take() };
}

// ── Stretches that are one passage ────────────────────────────────────────────────────────────────────────────────

/** How many stretches back a stretch looks for one that it lies over. */
const LOOK_BACK = 8;

/** Stretches in the order of their texts, the longer first where two start together. */
function textOrder({ count, entry, start, end }: Stretches): Uint32Array {
  const at = (column: Uint32Array, index: number): number => column[index] as number;
  return indices(count).sort(
    (a, b) => at(entry, a) - at(entry, b) || at(start, a) - at(start, b) || at(end, b) - at(end, a) || a - b,
  );
}

/** Whether two stretches of one text cover nearly the same words. */
function coincide({ start, end }: Stretches, a: number, b: number): boolean {
  const [aStart, aEnd, bStart, bEnd] = [start[a], end[a], start[b], end[b]] as [number, number, number, number];
  const shared = Math.min(aEnd, bEnd) - Math.max(aStart, bStart);
  return shared >= SAME_STRETCH * Math.max(aEnd - aStart, bEnd - bStart);
}

/** Stretches by passage, those of a passage in the order of their texts. */
function groupStretches(stretches: Stretches, order: Uint32Array): readonly Uint32Array[] {
  const { count, entry } = stretches;
  const sets = disjointSets(count);
  for (let pair = 0; pair < count; pair += 2) sets.join(pair, pair + 1);
  order.forEach((stretch, at) => {
    for (let back = at - 1; back >= Math.max(0, at - LOOK_BACK); back -= 1) {
      const before = order[back] as number;
      if (entry[before] !== entry[stretch]) break;
      if (coincide(stretches, before, stretch)) sets.join(before, stretch);
    }
  });
  // Order is kept within each passage: the sort is stable.
  const byPassage = order.slice().sort((a, b) => sets.find(a) - sets.find(b));
  const groups: Uint32Array[] = [];
  for (let from = 0, to = 1; to <= byPassage.length; to += 1) {
    if (to < byPassage.length && sets.find(byPassage[to] as number) === sets.find(byPassage[from] as number)) continue;
    groups.push(byPassage.subarray(from, to));
    from = to;
  }
  return groups;
}

/** A stretch of one entry's text. */
interface Stretch extends Span {
  readonly entry: number;
}

/** One place of a passage for each entry, the longest; the earliest entry first. */
function placesOf({ entry, start, end }: Stretches, group: Uint32Array): readonly Stretch[] {
  const longest = new Map<number, Stretch>();
  for (const index of group) {
    const stretch: Stretch = {
      entry: entry[index] as number,
      start: start[index] as number,
      end: end[index] as number,
    };
    const known = longest.get(stretch.entry);
    if (known === undefined || stretch.end - stretch.start > known.end - known.start)
      longest.set(stretch.entry, stretch);
  }
  return [...longest.values()];
}

// ── Output ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A passage before it is written out. */
interface Passage {
  readonly group: Uint32Array;
  readonly units: number;
  readonly length: number;
  readonly first: Stretch;
}

/** Closing marks belong to the passage that they end. */
function withClosing(text: string, { start, end }: Span): Span {
  let closed = end;
  while (closed < text.length && /[。；！？”’）》.;!?)]/u.test(text.charAt(closed))) closed += 1;
  return { start, end: closed };
}

function writePassage(
  { units, length }: Passage,
  places: readonly Stretch[],
  entries: readonly Entry[],
  limits: Limits,
): SharedPassage {
  let first: string | undefined;
  const written = places.slice(0, limits.places).map((stretch): PassagePlace => {
    const entry = entries[stretch.entry] as Entry;
    const evidence = evidenceAt(entry, withClosing(entry.text, stretch));
    const differences = first === undefined ? undefined : differencesBetween(first, evidence.quote);
    first ??= evidence.quote;
    return { evidence, ...(differences === undefined ? {} : { differences }) };
  });
  return { units, length, places: written, placeCount: places.length };
}

function ownTexts(entries: readonly Entry[], { entry, start, end }: Stretches, order: Uint32Array): readonly OwnText[] {
  const shared = new Uint32Array(entries.length);
  let covered = 0;
  let current = -1;
  for (const stretch of order) {
    const of = entry[stretch] as number;
    if (of !== current) [current, covered] = [of, 0];
    const [from, to] = [Math.max(start[stretch] as number, covered), end[stretch] as number];
    if (to <= from) continue;
    shared[of] = (shared[of] as number) + countLetters((entries[of] as Entry).text, from, to);
    covered = to;
  }
  return entries.map(({ identity, text }, index): OwnText => {
    const characters = countLetters(text);
    const sharedHere = shared[index] as number;
    const share = characters === 0 ? 1 : Math.round((1 - sharedHere / characters) * 10_000) / 10_000;
    return { document: identity.document, characters, shared: sharedHere, share };
  });
}

/** `entries` in order of date: where a passage stands first is shown first. */
export function sharedPassages(entries: readonly Entry[], vocabulary: Vocabulary, limits: Limits): SharedPassages {
  const ownLetters = ownLetterCounter(vocabulary.genericPhrases);
  const stretches = findStretches(entries, ownLetters);
  const order = textOrder(stretches);
  const passages = groupStretches(stretches, order).flatMap((group): readonly Passage[] => {
    const places = placesOf(stretches, group);
    const [first] = places;
    const units = new Set(places.map(({ entry }) => entries[entry]?.identity.unitKey)).size;
    if (first === undefined || units < 2) return [];
    return [{ group, units, first, length: ownLetters((entries[first.entry] as Entry).text, first.start, first.end) }];
  });
  const weight = ({ units, length }: Passage): number => length * (units - 1);
  passages.sort((a, b) => weight(b) - weight(a) || a.first.entry - b.first.entry || a.first.start - b.first.start);
  return {
    passages: passages
      .slice(0, limits.passages)
      .map((passage) => writePassage(passage, placesOf(stretches, passage.group), entries, limits)),
    passageCount: passages.length,
    own: ownTexts(entries, stretches, order),
  };
}
