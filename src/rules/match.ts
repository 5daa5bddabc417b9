/**
 * Runs pattern rules over a view. A rule costs nothing where its required strings are absent: a piece of text is tried
 * only if it holds one of each set, and only where one of them stands as far from the start of a match as it must. What
 * matches is the same with the prefilter on and off.
 */
import type { Note, Rational, Span } from '../model.js';
import { markTest, onceFor, spanKey } from '../text.js';
import type { CompiledGuard, CompiledPattern, PatternRule, RuleSet } from './load.js';
import { TOKEN } from './pattern.js';
import { createPrefilter, firstNotBelow, type Places, type Prefilter, type Sieve } from './prefilter.js';
import { SCOPES, type Scope, TOPICS, type Topic } from './schema.js';
import type { View } from './view.js';

export interface RuleMatch extends Span {
  readonly rule: PatternRule;
  /** First span of each capture that took part. */
  readonly captures: ReadonlyMap<string, Span>;
  /** What the rule says of which capture. */
  readonly emits: readonly { readonly name: string; readonly span: Span }[];
  readonly set: Readonly<Record<string, string>>;
}

const DEFAULT_BUDGET = 2_000;
/** All rules together may take this many times one rule's budget. */
const RULES_BUDGETS = 10;
/** No pattern looks further than this; a longer piece of text is tried window by window. */
const LONGEST_PIECE = 2_000;

const endsClause = markTest('，。；：！？\n\t');

/** The pieces of text that a rule of this scope may not look beyond. */
export function piecesOf(view: View, scope: Scope): readonly Span[] {
  const known = pieces.get(view)?.get(scope);
  if (known !== undefined) return known;
  const made = cut(view, scope).flatMap(windows);
  const byScope = pieces.get(view) ?? new Map<Scope, readonly Span[]>();
  pieces.set(view, byScope.set(scope, made));
  return made;
}

const pieces = new WeakMap<View, Map<Scope, readonly Span[]>>();

function cut(view: View, scope: Scope): readonly Span[] {
  switch (scope) {
    case 'notice':
      return [{ start: 0, end: view.text.length }];
    case 'paragraph':
      return view.blocks;
    case 'sentence':
      return view.sentences;
    case 'clause':
      return view.sentences.flatMap(({ start, end }) => {
        const clauses: Span[] = [];
        let from = start;
        for (let at = start; at < end; at += 1) {
          if (!endsClause(view.masked.charCodeAt(at))) continue;
          clauses.push({ start: from, end: at + 1 });
          from = at + 1;
        }
        if (from < end) clauses.push({ start: from, end });
        return clauses;
      });
  }
}

function windows(span: Span): readonly Span[] {
  if (span.end - span.start <= LONGEST_PIECE) return [span];
  const out: Span[] = [];
  for (let start = span.start; start < span.end; start += LONGEST_PIECE) {
    out.push({ start, end: Math.min(span.end, start + LONGEST_PIECE) });
  }
  return out;
}

// ── What is tried where ───────────────────────────────────────────────────────────────────────────────────────────

/** A pattern of a rule. */
interface Member {
  readonly rule: PatternRule;
  readonly pattern: CompiledPattern;
  /** Numbers of the sets that it requires. */
  readonly sets: readonly number[];
  /** Those that tell where a match may begin. */
  readonly guides: readonly Guide[];
}

/** Strings of a set, and how far before them a match begins. */
interface Guide {
  readonly set: number;
  readonly least: number;
  readonly most: number;
}

/** The patterns of a topic, those of one rule beside each other. */
interface TopicIndex {
  readonly members: readonly Member[];
  readonly sieve: Sieve;
  /** For every scope that rules of the topic have, the members of rules of it. */
  readonly scopes: readonly ScopeIndex[];
}

interface ScopeIndex {
  readonly scope: Scope;
  readonly members: readonly number[];
  readonly sieve: Sieve;
}

/** The rules of one text, folded or masked. */
interface Index {
  readonly topics: ReadonlyMap<Topic, TopicIndex>;
  readonly prefilter: Prefilter;
}

type Indices = Readonly<Record<'folded' | 'masked', Index>>;

const indicesOf = new WeakMap<object, Indices>();

/** The indices of rules, made once for their `owner`. */
function indexed(owner: object, rules: () => readonly PatternRule[]): Indices {
  const known = indicesOf.get(owner);
  if (known !== undefined) return known;
  const all = rules();
  const made = {
    folded: indexRules(all.filter(({ topic }) => TOPICS[topic].view === 'folded')),
    masked: indexRules(all.filter(({ topic }) => TOPICS[topic].view === 'masked')),
  };
  indicesOf.set(owner, made);
  return made;
}

function indexRules(rules: readonly PatternRule[]): Index {
  const numbers = new Map<string, number>();
  const sets: (readonly string[])[] = [];
  const numberOf = (anyOf: readonly string[]): number => {
    const key = [...anyOf].sort().join('\0');
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, sets.length);
    return sets.push(anyOf) - 1;
  };
  const byTopic = new Map<Topic, Member[]>();
  for (const rule of rules) {
    const members = byTopic.get(rule.topic) ?? [];
    byTopic.set(rule.topic, members);
    for (const pattern of rule.patterns) {
      const sets = pattern.required.map(({ anyOf }) => numberOf(anyOf));
      members.push({ rule, pattern, sets, guides: guidesOf(pattern, sets) });
    }
  }
  const prefilter = createPrefilter(sets);
  const topics = [...byTopic].map(([topic, members]) => [topic, indexTopic(members, prefilter)] as const);
  return { topics: new Map(topics), prefilter };
}

function indexTopic(members: readonly Member[], prefilter: Prefilter): TopicIndex {
  const sieveOf = (some: readonly Member[]): Sieve => prefilter.sieve(some.map(({ sets }) => sets));
  const scopes = SCOPES.flatMap((scope) => {
    const own = members.flatMap(({ rule }, member) => (rule.scope === scope ? [member] : []));
    const sieve = sieveOf(own.map((member) => members[member] as Member));
    return own.length === 0 ? [] : [{ scope, members: own, sieve }];
  });
  return { members, sieve: sieveOf(members), scopes };
}

const indexOf = (rules: RuleSet, topic: Topic): Index =>
  indexed(rules, () => [...rules.rules.values()].flat())[TOPICS[topic].view];

const searches = new WeakMap<View, Map<Index, Places>>();

/** The strings of an index in a view, looked for once. */
function placesOf(index: Index, topic: Topic, view: View): Places {
  const made = searches.get(view) ?? new Map<Index, Places>();
  searches.set(view, made);
  const places = made.get(index) ?? index.prefilter.search(view[TOPICS[topic].view]);
  made.set(index, places);
  return places;
}

// ── Matching ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** Every match of every rule of a topic, in text order; overlaps are not resolved. */
export const matchTopic = (rules: RuleSet, topic: Topic, view: View): readonly RuleMatch[] =>
  matchIndex(indexOf(rules, topic), topic, view).sort(inTextOrder);

/** Matches of one rule over the whole view. */
export const matchRule = (rule: PatternRule, view: View): readonly RuleMatch[] =>
  matchIndex(indexed(rule, () => [rule])[TOPICS[rule.topic].view], rule.topic, view);

function matchIndex(index: Index, topic: Topic, view: View): RuleMatch[] {
  const ofTopic = index.topics.get(topic);
  if (ofTopic === undefined) return [];
  const { members } = ofTopic;
  const text = view[TOPICS[topic].view];
  const places = placesOf(index, topic, view);
  const pieces = piecesToTry(ofTopic, view, places);
  const out: RuleMatch[] = [];
  for (let from = 0, to = 0; from < members.length; from = to) {
    const { rule } = members[from] as Member;
    const before = out.length;
    const clock = createClock(view, rule);
    for (; members[to]?.rule === rule; to += 1) {
      const toTry = pieces[to];
      if (toTry === undefined) continue;
      const member = members[to] as Member;
      const guide = guideOf(member, places);
      for (const piece of toTry) {
        if (clock.isOver(piece)) break;
        tryPiece({ member, guide, view, text, piece, places, out });
      }
    }
    const milliseconds = clock.stop();
    view.matching.tally?.add(rule, out.length - before, milliseconds);
  }
  return out;
}

/** For every member of a topic, the pieces of text in which it may match. */
function piecesToTry({ members, scopes }: TopicIndex, view: View, places: Places): readonly (readonly Span[])[] {
  if (view.matching.prefilter === false) return members.map(({ rule }) => piecesOf(view, rule.scope));
  const out: Span[][] = [];
  for (const { scope, members: own, sieve } of scopes) {
    for (const piece of piecesOf(view, scope)) {
      for (const passing of sieve(places, piece)) {
        const member = own[passing] as number;
        const pieces = out[member];
        if (pieces === undefined) out[member] = [piece];
        else pieces.push(piece);
      }
    }
  }
  return out;
}

/** Matches of a topic within `span` alone: `^` and `$` are its ends. The same span may be asked for again and again. */
export function matchWithin(rules: RuleSet, topic: Topic, view: View, span: Span): readonly RuleMatch[] {
  const ofTopic = rules.rules.get(topic) ?? [];
  const ofView = matchedWithin(view);
  let bySpan = ofView.get(ofTopic);
  if (bySpan === undefined) {
    bySpan = new Map();
    ofView.set(ofTopic, bySpan);
  }
  const key = spanKey(span);
  let matches = bySpan.get(key);
  if (matches === undefined) {
    matches = findWithin(indexOf(rules, topic), topic, view, span);
    bySpan.set(key, matches);
  }
  return matches;
}

const matchedWithin = onceFor((_view: View) => new Map<readonly PatternRule[], Map<number, readonly RuleMatch[]>>());

function findWithin(index: Index, topic: Topic, view: View, span: Span): readonly RuleMatch[] {
  const ofTopic = index.topics.get(topic);
  if (ofTopic === undefined) return [];
  const { members, sieve } = ofTopic;
  const text = view[TOPICS[topic].view];
  const places = placesOf(index, topic, view);
  let clock: Clock | undefined;
  const out: RuleMatch[] = [];
  const all = view.matching.prefilter === false ? [...members.keys()] : undefined;
  for (const piece of windows(span)) {
    for (const passing of all ?? sieve(places, piece)) {
      clock ??= createClock(view);
      if (clock.isOver(piece)) break;
      const member = members[passing] as Member;
      tryPiece({ member, guide: guideOf(member, places), view, text, piece, places, out });
    }
  }
  clock?.stop();
  return out.length > 1 ? out.sort(inTextOrder) : out;
}

/** A pattern in a piece of text. */
interface Attempt {
  readonly member: Member;
  /** Says where a match may begin. */
  readonly guide: Guide | undefined;
  readonly view: View;
  /** The text of the view that its topic is matched in. */
  readonly text: string;
  readonly piece: Span;
  readonly places: Places;
  readonly out: RuleMatch[];
}

/** Adds the matches of a pattern in a piece of text. */
function tryPiece(attempt: Attempt): void {
  const { guide, member, view } = attempt;
  const { within } = member.pattern;
  if (view.matching.prefilter === false) tryAnywhere(attempt);
  else if (guide !== undefined) tryBefore(attempt, guide);
  else if (within !== undefined) tryStarts(attempt, 0, within);
  else tryAnywhere(attempt);
}

/** Where a string leaves more starts than this, the pattern is looked for in all of the piece. */
const MOST_STARTS = 24;

const guidesOf = ({ required }: CompiledPattern, sets: readonly number[]): readonly Guide[] =>
  required.flatMap(({ least, most = Infinity }, index) =>
    most - least > MOST_STARTS ? [] : [{ set: sets[index] as number, least, most }],
  );

/** The guide that leaves the fewest places where a match may begin; undefined where there is none. */
function guideOf({ guides }: Member, { begin, end }: Places): Guide | undefined {
  let best: Guide | undefined;
  let fewest = Infinity;
  for (const guide of guides) {
    const { set, least, most } = guide;
    const count = ((end[set] as number) - (begin[set] as number)) * (most - least + 1);
    if (count >= fewest) continue;
    best = guide;
    fewest = count;
  }
  return best;
}

/** Matches that begin as far before the strings of a guide as they must. */
function tryBefore(attempt: Attempt, { set, least, most }: Guide): void {
  const { member, piece, places } = attempt;
  const { starts, begin, end } = places;
  const { within = Infinity } = member.pattern;
  const last = end[set] as number;
  let next = 0;
  for (let place = firstNotBelow(starts, piece.start, begin[set] as number, last); place < last; place += 1) {
    const offset = (starts[place] as number) - piece.start;
    if (offset >= piece.end - piece.start) return;
    next = tryStarts(attempt, Math.max(next, offset - most), Math.min(within, offset - least));
  }
}

/** Matches that begin in the piece at an offset of `from` to `to`. Returns from where further ones may begin. */
function tryStarts(attempt: Attempt, from: number, to: number): number {
  const { text, piece, member } = attempt;
  const { mayBegin, captures } = member.pattern;
  let slice: string | undefined;
  let at = from;
  while (at <= to) {
    if (!mayBegin(text, piece.start + at, piece.start)) {
      at += 1;
      continue;
    }
    const { sticky } = member.pattern;
    slice ??= sliceOf(attempt);
    sticky.lastIndex = at;
    let end = at;
    if (captures.length === 0) {
      if (sticky.test(slice)) end = addMatch(attempt, at, sticky.lastIndex, undefined);
    } else {
      const hit = sticky.exec(slice);
      if (hit !== null) end = addMatch(attempt, at, sticky.lastIndex, hit);
    }
    at = Math.max(end, at + 1);
  }
  return at;
}

/** Matches that begin wherever they may. */
function tryAnywhere(attempt: Attempt): void {
  const { regex } = attempt.member.pattern;
  const slice = sliceOf(attempt);
  regex.lastIndex = 0;
  for (let hit = regex.exec(slice); hit !== null; hit = regex.exec(slice)) {
    const end = addMatch(attempt, hit.index, hit.index + hit[0].length, hit);
    if (end === hit.index) regex.lastIndex += 1;
  }
}

const sliceOf = ({ text, piece }: Attempt): string => text.slice(piece.start, piece.end);

const NO_CAPTURES: ReadonlyMap<string, Span> = new Map();

/** First span of each capture that took part, `offset` further on. */
function capturesOf(
  pattern: CompiledPattern,
  { indices }: RegExpExecArray,
  offset: number,
  view: View,
): ReadonlyMap<string, Span> {
  const captures = new Map<string, Span>();
  for (const { name, number } of pattern.captures) {
    const range = indices?.[number];
    if (range !== undefined && !captures.has(name)) {
      captures.set(name, withoutWeekday(view, { start: offset + range[0], end: offset + range[1] }));
    }
  }
  return captures;
}

/** A captured date alone, without the weekday that is masked with it. */
function withoutWeekday(view: View, span: Span): Span {
  if (view.masked.charAt(span.start) !== TOKEN.date) return span;
  const weekday = view.dateAt(span.start)?.weekday;
  return weekday !== undefined && weekday.end <= span.end && span.end - weekday.end <= 1
    ? { start: span.start, end: view.dateAt(span.start)?.end ?? span.end }
    : span;
}

/** Adds what a pattern matched from `from` to `to` in its piece, unless the rule's other conditions bar it; returns `to`. */
function addMatch(attempt: Attempt, from: number, to: number, hit: RegExpExecArray | undefined): number {
  const { member, view, text, piece, out } = attempt;
  const { rule, pattern } = member;
  const match = { start: piece.start + from, end: piece.start + to };
  if (isBarred(rule, text, piece, match)) return to;
  const captures = hit === undefined ? NO_CAPTURES : capturesOf(pattern, hit, piece.start, view);
  if (!guardsHold(rule, view, captures)) return to;
  const emits: { name: string; span: Span }[] = [];
  for (const [name, capture] of rule.emit) {
    const span = captures.get(capture);
    if (span !== undefined) emits.push({ name, span });
  }
  out.push({ rule, captures, emits, set: rule.set, ...match });
  return to;
}

// ── Time ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Watches the time that a rule takes, and what all have taken. No document may make rules run away. */
interface Clock {
  /** True where the time is up, which a note then says; asked before each piece of text is tried. */
  isOver(piece: Span): boolean;
  /** Milliseconds since the first piece. */
  stop(): number;
}

/** Characters that are tried between two looks at the time. */
const CHARACTERS_A_LOOK = 4_000;

/** @param rule the one that is tried; several together where it is not given, and only the time of all of them counts */
function createClock(view: View, rule?: PatternRule): Clock {
  const { budget = DEFAULT_BUDGET } = view.matching;
  let begun: number | undefined;
  let unwatched = 0;
  const passed = (): number => (begun === undefined ? 0 : performance.now() - begun);
  return {
    isOver: ({ start, end }) => {
      begun ??= performance.now();
      unwatched += end - start;
      if (unwatched < CHARACTERS_A_LOOK) return false;
      unwatched = 0;
      const time = passed();
      const ofDocument = view.spent.milliseconds + time > budget * RULES_BUDGETS;
      if (time <= budget && !ofDocument) return false;
      unwatched = CHARACTERS_A_LOOK;
      noteOnce(
        view,
        ofDocument || rule === undefined
          ? { code: 'rules.documentBudgetSpent' }
          : { code: 'rules.budgetSpent', values: { rule: rule.path } },
      );
      return true;
    },
    stop: () => {
      const milliseconds = passed();
      view.spent.milliseconds += milliseconds;
      return milliseconds;
    },
  };
}

function noteOnce(view: View, note: Note): void {
  const isKnown = view.notes.some(({ code, values }) => code === note.code && values?.rule === note.values?.rule);
  if (!isKnown) view.notes.push(note);
}

// ── Conditions beside the pattern ─────────────────────────────────────────────────────────────────────────────────

/** True where an `unless` pattern matches in the match or in the clauses that it stands in. */
function isBarred(rule: PatternRule, text: string, piece: Span, match: Span): boolean {
  if (rule.unless.length === 0) return false;
  let { start, end } = match;
  while (start > piece.start && !endsClause(text.charCodeAt(start - 1))) start -= 1;
  while (end < piece.end && !endsClause(text.charCodeAt(end))) end += 1;
  const around = text.slice(start, end);
  return rule.unless.some(({ regex }) => around.search(regex) >= 0);
}

function guardsHold(rule: PatternRule, view: View, captures: ReadonlyMap<string, Span>): boolean {
  for (const [name, guard] of rule.where) {
    const span = captures.get(name);
    if (span !== undefined && !guardHolds(guard, view, span)) return false;
  }
  return true;
}

export function guardHolds(guard: CompiledGuard, view: View, span: Span): boolean {
  const written = view.folded.slice(span.start, span.end);
  if (guard.in?.has(written) === false || guard.notIn?.has(written)) return false;
  if (guard.like?.test(written) === false || guard.unlike?.test(written)) return false;
  if (guard.min !== undefined || guard.max !== undefined) {
    const value = view.quantityAt(span.start)?.value;
    if (value === undefined) return false;
    const number = toNumber(value);
    if (number < (guard.min ?? -Infinity) || number > (guard.max ?? Infinity)) return false;
  }
  if (guard.tag !== undefined) {
    const { tag } = guard;
    return view.segmented.tagged(span).every((word) => word.tag !== undefined && tag.has(word.tag));
  }
  return true;
}

/** Near enough for a guard's bounds; never used in a verdict. */
const toNumber = (value: Rational): number => Number(value.n) / Number(value.d);

const inTextOrder = (a: RuleMatch, b: RuleMatch): number =>
  a.start - b.start || b.end - a.end || b.rule.priority - a.rule.priority || a.rule.order - b.rule.order;

/**
 * Resolves overlaps: matches are taken by priority, then by length, then by place of their rule, then by place in the
 * text; what a later match says of a capture that an earlier one has claimed is dropped. Captures that one match names
 * twice (a total that is also the count completed) stay both.
 */
export function resolveOverlaps(matches: readonly RuleMatch[]): readonly RuleMatch[] {
  const claimed = new Map<number, RuleMatch>();
  const byPrecedence = [...matches].sort(
    (a, b) =>
      b.rule.priority - a.rule.priority ||
      b.end - b.start - (a.end - a.start) ||
      a.rule.order - b.rule.order ||
      a.start - b.start,
  );
  const kept: RuleMatch[] = [];
  for (const match of byPrecedence) {
    const emits = match.emits.filter(({ span }) => {
      const owner = claimed.get(span.start);
      return owner === undefined || owner === match;
    });
    if (emits.length === 0) continue;
    for (const { span } of emits) claimed.set(span.start, match);
    kept.push({ ...match, emits });
  }
  return kept.sort(inTextOrder);
}
