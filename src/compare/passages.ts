/**
 * Text that stands in the notices of several units: stretches that lie over each other become one passage with all its
 * places. Only the passages that are shown are read, and grown letter by letter to their true ends.
 */
import type { Span } from '../model.js';
import { align } from './alignment.js';
import type { Limits, OwnText, PassagePlace, SharedPassage, SharedPassages } from './comparison.js';
import { differencesBetween } from './difference.js';
import { type Entry, evidenceAt } from './entry.js';
import { WINDOW } from './fingerprints.js';
import { countOwnLetters, type OwnLetterCounter, ownLetterCounter } from './letters.js';
import { disjointSets, indices } from './numbers.js';
import type { NoticeSource, Texts } from './source.js';
import { findStretches, type Stretches } from './stretches.js';
import type { Vocabulary } from './vocabulary.js';

/** Letters that a passage must have beyond generic phrases and numbers. */
const MINIMUM_LENGTH = 30;
/** Two stretches of one text are one passage where they share this much of the longer. */
const SAME_STRETCH = 0.5;

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

/** Whether two spans of one text cover nearly the same words. */
function coincide(a: Span, b: Span): boolean {
  const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  return shared >= SAME_STRETCH * Math.max(a.end - a.start, b.end - b.start);
}

const spanOf = ({ start, end }: Stretches, index: number): Span => ({
  start: start[index] as number,
  end: end[index] as number,
});

/** Stretches by passage, those of a passage in the order of their texts. */
function groupStretches(stretches: Stretches, order: Uint32Array): readonly Uint32Array[] {
  const { count, entry } = stretches;
  const sets = disjointSets(count);
  for (let pair = 0; pair < count; pair += 2) sets.join(pair, pair + 1);
  order.forEach((stretch, at) => {
    for (let back = at - 1; back >= Math.max(0, at - LOOK_BACK); back -= 1) {
      const before = order[back] as number;
      if (entry[before] !== entry[stretch]) break;
      if (coincide(spanOf(stretches, before), spanOf(stretches, stretch))) sets.join(before, stretch);
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

/** A passage before it is read. */
interface Passage {
  readonly group: Uint32Array;
  readonly units: number;
  readonly length: number;
  readonly first: Stretch;
}

const weight = ({ units, length }: { readonly units: number; readonly length: number }): number => length * (units - 1);

/** All passages, the weightiest first. */
function weigh(groups: readonly Uint32Array[], stretches: Stretches, entries: readonly Entry[]): readonly Passage[] {
  const passages = groups.flatMap((group): readonly Passage[] => {
    const places = placesOf(stretches, group);
    const [first] = places;
    const units = unitsOf(places, entries);
    if (first === undefined || units < 2) return [];
    const length = group.reduce((most, index) => Math.max(most, stretches.own[index] as number), 0);
    return [{ group, units, first, length }];
  });
  return passages.sort(
    (a, b) => weight(b) - weight(a) || a.first.entry - b.first.entry || a.first.start - b.first.start,
  );
}

const unitsOf = (places: readonly Stretch[], entries: readonly Entry[]): number =>
  new Set(places.map(({ entry }) => entries[entry]?.identity.unitKey)).size;

// ── Passages that are shown ───────────────────────────────────────────────────────────────────────────────────────

/** A passage whose first places were read. */
interface Read {
  /** All places; those that are shown with their true ends, the first of all first. */
  readonly places: readonly Stretch[];
  readonly shown: readonly Stretch[];
}

/** Letters beyond a stretch in which its true ends are looked for. */
const MARGIN = 16;

const around = ({ start, end }: Span): Span => ({ start: Math.max(0, start - MARGIN), end: end + MARGIN });

/** The first places, of as many units as there is room for. */
function placesToShow(places: readonly Stretch[], entries: readonly Entry[], room: number): readonly Stretch[] {
  if (places.length <= room) return places;
  const units = new Set<string | undefined>();
  const [firsts, others]: [Stretch[], Stretch[]] = [[], []];
  for (const place of places) {
    const unit = entries[place.entry]?.identity.unitKey;
    (units.has(unit) ? others : firsts).push(place);
    units.add(unit);
  }
  const chosen = new Set([...firsts, ...others].slice(0, room));
  return places.filter((place) => chosen.has(place));
}

/** Grows the places of a passage against the first, and the first to all that any of them has. */
async function readPassage(
  places: readonly Stretch[],
  entries: readonly Entry[],
  texts: Texts,
  limits: Limits,
): Promise<Read | undefined> {
  const candidates = placesToShow(places, entries, limits.places);
  const [first, ...others] = candidates as [Stretch, ...Stretch[]];
  const [firstText = '', ...otherTexts] = await texts.of(candidates.map(({ entry }) => (entries[entry] as Entry).id));
  const shown: Stretch[] = [];
  let [start, end] = [Number.POSITIVE_INFINITY, 0];
  others.forEach((place, at) => {
    const match = align(otherTexts[at] as string, around(place), firstText, around(first));
    if (match === undefined) return;
    shown.push({ entry: place.entry, ...match.here });
    start = Math.min(start, match.there.start);
    end = Math.max(end, match.there.end);
  });
  const all = [{ entry: first.entry, start, end }, ...shown];
  if (unitsOf(all, entries) < 2) return undefined;
  const ofEntry = new Map(all.map((stretch) => [stretch.entry, stretch]));
  return { places: places.map((place) => ofEntry.get(place.entry) ?? place), shown: all };
}

/** The same passage found twice, from different places of its text: all places together. */
function mergePlaces(a: readonly Stretch[], b: readonly Stretch[]): readonly Stretch[] {
  const known = new Set(a.map(({ entry }) => entry));
  return [...a, ...b.filter(({ entry }) => !known.has(entry))].sort((x, y) => x.entry - y.entry);
}

/** Closing marks belong to the passage that they end. */
function withClosing(text: string, { start, end }: Span): Span {
  let closed = end;
  while (closed < text.length && /[。；！？”’）》.;!?)]/u.test(text.charAt(closed))) closed += 1;
  return { start, end: closed };
}

async function writePassage(
  { places, shown }: Read,
  entries: readonly Entry[],
  texts: Texts,
  ownLetters: OwnLetterCounter,
): Promise<SharedPassage> {
  const shownTexts = await texts.of(shown.map(({ entry }) => (entries[entry] as Entry).id));
  let first: string | undefined;
  const written = shown.map((stretch, at): PassagePlace => {
    const text = shownTexts[at] as string;
    const evidence = evidenceAt(entries[stretch.entry] as Entry, text, withClosing(text, stretch));
    const differences = first === undefined ? undefined : differencesBetween(first, evidence.quote);
    first ??= evidence.quote;
    return { evidence, ...(differences === undefined ? {} : { differences }) };
  });
  return {
    units: unitsOf(places, entries),
    length: countOwnLetters(first ?? '', ownLetters),
    places: written,
    placeCount: places.length,
  };
}

/** Whether every place of a passage lies within one of the other: a part of it that says nothing more. */
function liesWithin(part: Read, whole: Read): boolean {
  const ofEntry = new Map(whole.places.map((place) => [place.entry, place]));
  return part.places.every((place) => {
    const other = ofEntry.get(place.entry);
    if (other === undefined) return false;
    const shared = Math.min(place.end, other.end) - Math.max(place.start, other.start);
    return shared >= SAME_STRETCH * (place.end - place.start);
  });
}

/** Whether two passages have a place in common: then they are one, found from different ends. */
function isSame(a: Read, b: Read): boolean {
  const ofEntry = new Map(b.places.map((place) => [place.entry, place]));
  return a.shown.some((place) => {
    const other = ofEntry.get(place.entry);
    return other !== undefined && coincide(place, other);
  });
}

/** Passages that are looked at for each that may be shown: parts of others are not. */
const LOOKED_AT = 4;

/** The weightiest passages, read; `dropped` counts those that turned out to be none, or one with another. */
async function readPassages(
  passages: readonly Passage[],
  stretches: Stretches,
  entries: readonly Entry[],
  texts: Texts,
  { limits, ownLetters }: { readonly limits: Limits; readonly ownLetters: OwnLetterCounter },
): Promise<{ readonly written: readonly SharedPassage[]; readonly dropped: number }> {
  const kept: Read[] = [];
  /** Numbers of the kept passages that have a place in an entry. */
  const inEntry = new Map<number, number[]>();
  const keep = (read: Read, number: number): void => {
    kept[number] = read;
    for (const { entry } of read.places) inEntry.set(entry, [...(inEntry.get(entry) ?? []), number]);
  };
  let looked = 0;
  for (const { group } of passages) {
    if (kept.length === limits.passages || looked === LOOKED_AT * limits.passages) break;
    looked += 1;
    const read = await readPassage(placesOf(stretches, group), entries, texts, limits);
    if (read === undefined) continue;
    const siblings = [...new Set(read.shown.flatMap(({ entry }) => inEntry.get(entry) ?? []))];
    if (siblings.some((number) => liesWithin(read, kept[number] as Read))) continue;
    const twin = siblings.find((number) => isSame(read, kept[number] as Read));
    if (twin === undefined) {
      keep(read, kept.length);
      continue;
    }
    const known = kept[twin] as Read;
    const together = await readPassage(mergePlaces(known.places, read.places), entries, texts, limits);
    keep(together ?? known, twin);
  }
  const written: SharedPassage[] = [];
  for (const read of kept) {
    const passage = await writePassage(read, entries, texts, ownLetters);
    if (passage.length >= MINIMUM_LENGTH) written.push(passage);
  }
  const numberOf = new Map(entries.map(({ identity }, number) => [identity.document, number]));
  const order = ({ places: [place] }: SharedPassage): readonly [number, number] => [
    numberOf.get(place?.evidence.document ?? '') ?? 0,
    place?.evidence.start ?? 0,
  ];
  written.sort((a, b) => weight(b) - weight(a) || order(a)[0] - order(b)[0] || order(a)[1] - order(b)[1]);
  return { written, dropped: looked - written.length };
}

// ── Own text ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** Letters that are shared, as a rule, before the first and after the last fingerprint of a stretch. */
const HALF_WINDOW = (WINDOW - 1) >> 1;

function ownTexts(
  entries: readonly Entry[],
  { entry, letter, letterEnd }: Stretches,
  order: Uint32Array,
): readonly OwnText[] {
  const shared = new Uint32Array(entries.length);
  let covered = 0;
  let current = -1;
  for (const stretch of order) {
    const of = entry[stretch] as number;
    if (of !== current) [current, covered] = [of, 0];
    const from = Math.max((letter[stretch] as number) - HALF_WINDOW, covered);
    const to = Math.min((letterEnd[stretch] as number) + HALF_WINDOW, (entries[of] as Entry).letters);
    if (to <= from) continue;
    shared[of] = (shared[of] as number) + to - from;
    covered = to;
  }
  return entries.map(({ identity, letters }, index): OwnText => {
    const sharedHere = shared[index] as number;
    const share = letters === 0 ? 1 : Math.round((1 - sharedHere / letters) * 10_000) / 10_000;
    return { document: identity.document, characters: letters, shared: sharedHere, share };
  });
}

/** `entries` in order of date: where a passage stands first is shown first. */
export async function sharedPassages(
  entries: readonly Entry[],
  source: NoticeSource,
  texts: Texts,
  vocabulary: Vocabulary,
  limits: Limits,
): Promise<SharedPassages> {
  const stretches = await findStretches(entries, source);
  const order = textOrder(stretches);
  const passages = weigh(groupStretches(stretches, order), stretches, entries);
  const ownLetters = ownLetterCounter(vocabulary.genericPhrases);
  const { written, dropped } = await readPassages(passages, stretches, entries, texts, { limits, ownLetters });
  return {
    passages: written,
    passageCount: passages.length - dropped,
    own: ownTexts(entries, stretches, order),
  };
}
