/**
 * Text that stands in the notices of several units. Fingerprints find places where two texts meet; each is grown letter by
 * letter to the whole passage, small differences are bridged, and passages that lie over each other become one with all
 * its places. Every fingerprint meets only the few earliest notices that have it, so cost grows with the text, not
 * with the pairs of notices.
 */
import type { Span } from '../model.js';
import { lineStarts } from '../text.js';
import type { Limits, OwnText, PassagePlace, SharedPassage, SharedPassages } from './comparison.js';
import { differencesBetween } from './difference.js';
import { type Entry, evidenceIn } from './entry.js';
import { fingerprintIndex, GRAM } from './fingerprints.js';
import { countLetters, letterAt, type OwnLetterCounter, ownLetterCounter } from './letters.js';
import type { Vocabulary } from './vocabulary.js';

/** Letters that a passage must have beyond generic phrases. */
const MINIMUM_LENGTH = 30;
/** Characters on either side that may differ within one passage. */
const BRIDGED_GAP = 24;
/** Earlier notices that a fingerprint is held against. */
const EARLIEST_PLACES = 4;
/** Two stretches of one text are one passage where they share this much of the longer. */
const SAME_STRETCH = 0.6;

interface Match {
  /** Span in the later text. */
  readonly here: Span;
  /** Span in the earlier text. */
  readonly there: Span;
}

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

/** A stretch of one entry's text that stands in another unit's notice too. */
interface Stretch extends Span {
  readonly entry: number;
}

type Link = readonly [later: Stretch, earlier: Stretch];

function findLinks(entries: readonly Entry[], ownLetters: OwnLetterCounter): readonly Link[] {
  const texts = entries.map(({ text }) => text);
  const ownerOf = new Map<string, number>();
  const owners = entries.map(({ identity: { unitKey } }) => {
    const owner = ownerOf.get(unitKey) ?? ownerOf.size;
    ownerOf.set(unitKey, owner);
    return owner;
  });
  const index = fingerprintIndex(texts, owners);
  return texts.flatMap((text, entry) => {
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
    return [...found].flatMap(([other, matches]) =>
      bridge(matches)
        .filter(({ here }) => ownLetters(text, here.start, here.end) >= MINIMUM_LENGTH)
        .map(
          ({ here, there }): Link => [
            { entry, ...here },
            { entry: other, ...there },
          ],
        ),
    );
  });
}

// ── Stretches that are one passage ────────────────────────────────────────────────────────────────────────────────

/** Sets that are joined, each known by its least member. */
function unionFind(size: number): { find(of: number): number; join(a: number, b: number): void } {
  const parent = new Uint32Array(size).map((_, index) => index);
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
      const [x, y] = [find(a), find(b)];
      parent[Math.max(x, y)] = Math.min(x, y);
    },
  };
}

const length = ({ start, end }: Span): number => end - start;

const sharedLength = (a: Span, b: Span): number => Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));

/** How many stretches back a stretch looks for one that it lies over. */
const LOOK_BACK = 8;

/** Stretches by passage. */
function groupStretches(links: readonly Link[]): readonly (readonly Stretch[])[] {
  const stretches = links.flat();
  const sets = unionFind(stretches.length);
  links.forEach((_, index) => {
    sets.join(2 * index, 2 * index + 1);
  });
  const order = stretches.map((stretch, index) => ({ stretch, index }));
  order.sort(
    ({ stretch: a, index: i }, { stretch: b, index: j }) =>
      a.entry - b.entry || a.start - b.start || b.end - a.end || i - j,
  );
  order.forEach(({ stretch, index }, at) => {
    for (const before of order.slice(Math.max(0, at - LOOK_BACK), at)) {
      if (before.stretch.entry !== stretch.entry) continue;
      const shared = sharedLength(before.stretch, stretch);
      if (shared >= SAME_STRETCH * Math.max(length(before.stretch), length(stretch))) sets.join(before.index, index);
    }
  });
  const groups = new Map<number, Stretch[]>();
  stretches.forEach((stretch, index) => {
    const root = sets.find(index);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [stretch]);
    else group.push(stretch);
  });
  return [...groups.values()];
}

/** One place of a passage for each entry, the longest; in order of the entries, the earliest first. */
function placesOf(stretches: readonly Stretch[]): readonly Stretch[] {
  const longest = new Map<number, Stretch>();
  for (const stretch of stretches) {
    const known = longest.get(stretch.entry);
    if (known === undefined || length(stretch) > length(known)) longest.set(stretch.entry, stretch);
  }
  return [...longest.values()].sort((a, b) => a.entry - b.entry);
}

// ── Output ────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Passage {
  readonly places: readonly Stretch[];
  readonly units: number;
  readonly length: number;
}

/** Closing marks belong to the passage that they end. */
function withClosing(text: string, { start, end }: Span): Span {
  let closed = end;
  while (closed < text.length && /[。；！？”’）》.;!?)]/u.test(text.charAt(closed))) closed += 1;
  return { start, end: closed };
}

function writePassage(
  { places, units, length: size }: Passage,
  entries: readonly Entry[],
  limits: Limits,
): SharedPassage {
  let first: string | undefined;
  const written = places.slice(0, limits.places).map((stretch): PassagePlace => {
    const entry = entries[stretch.entry] as Entry;
    const span = withClosing(entry.text, stretch);
    const line = lineStarts(entry.text.slice(0, span.start)).length;
    const evidence = evidenceIn(entry, { ...span, line });
    const differences = first === undefined ? undefined : differencesBetween(first, evidence.quote);
    first ??= evidence.quote;
    return { evidence, ...(differences === undefined ? {} : { differences }) };
  });
  return { units, length: size, places: written, placeCount: places.length };
}

function ownTexts(entries: readonly Entry[], links: readonly Link[]): readonly OwnText[] {
  const byEntry = new Map<number, Stretch[]>();
  for (const stretch of links.flat()) {
    const known = byEntry.get(stretch.entry);
    if (known === undefined) byEntry.set(stretch.entry, [stretch]);
    else known.push(stretch);
  }
  return entries.map(({ identity, text }, index): OwnText => {
    const characters = countLetters(text);
    let shared = 0;
    let covered = 0;
    for (const { start, end } of (byEntry.get(index) ?? []).sort((a, b) => a.start - b.start)) {
      shared += countLetters(text, Math.max(start, covered), end);
      covered = Math.max(covered, end);
    }
    const share = characters === 0 ? 1 : Math.round((1 - shared / characters) * 10_000) / 10_000;
    return { document: identity.document, characters, shared, share };
  });
}

/** `entries` in order of date: where a passage stands first is shown first. */
export function sharedPassages(entries: readonly Entry[], vocabulary: Vocabulary, limits: Limits): SharedPassages {
  const ownLetters = ownLetterCounter(vocabulary.genericPhrases);
  const links = findLinks(entries, ownLetters);
  const passages = groupStretches(links).map((stretches): Passage => {
    const places = placesOf(stretches);
    const [first] = places;
    return {
      places,
      units: new Set(places.map(({ entry }) => entries[entry]?.identity.unitKey)).size,
      length: first === undefined ? 0 : ownLetters((entries[first.entry] as Entry).text, first.start, first.end),
    };
  });
  const weight = ({ units, length: size }: Passage): number => size * (units - 1);
  const ordered = passages
    .filter(({ units }) => units > 1)
    .sort(
      (a, b) =>
        weight(b) - weight(a) ||
        (a.places[0]?.entry ?? 0) - (b.places[0]?.entry ?? 0) ||
        (a.places[0]?.start ?? 0) - (b.places[0]?.start ?? 0),
    );
  return {
    passages: ordered.slice(0, limits.passages).map((passage) => writePassage(passage, entries, limits)),
    passageCount: ordered.length,
    own: ownTexts(entries, links),
  };
}
