/**
 * Runs pattern rules over a view. A rule costs nothing where its required strings are absent: a piece of text is tried
 * only if it holds one of each set. What matches is the same with the prefilter on and off.
 */
import type { Note, Rational, Span } from '../model.js';
import type { CompiledGuard, CompiledPattern, PatternRule, RuleSet } from './load.js';
import { createPrefilter, type Prefilter, type Requiring, type Search } from './prefilter.js';
import { type Scope, TOPICS, type Topic } from './schema.js';
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

const CLAUSE_END = /[，。；：！？\n\t]/;

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
          if (!CLAUSE_END.test(view.masked.charAt(at))) continue;
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

/** A pattern with its rule. */
interface Member extends Requiring {
  readonly rule: PatternRule;
  readonly pattern: CompiledPattern;
}

/** The rules of one text, folded or masked, with a group for each topic and scope. */
interface Index {
  readonly groups: readonly { readonly topic: Topic; readonly scope: Scope }[];
  readonly prefilter: Prefilter<Member>;
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
  const groups = new Map<string, { topic: Topic; scope: Scope; members: Member[] }>();
  for (const rule of rules) {
    const { topic, scope } = rule;
    const key = `${topic} ${scope}`;
    const group = groups.get(key) ?? { topic, scope, members: [] };
    for (const pattern of rule.patterns) group.members.push({ rule, pattern, required: pattern.required });
    groups.set(key, group);
  }
  const sorted = [...groups.values()];
  return { groups: sorted, prefilter: createPrefilter(sorted.map(({ members }) => members)) };
}

const indexOf = (rules: RuleSet, topic: Topic): Index =>
  indexed(rules, () => [...rules.rules.values()].flat())[TOPICS[topic].view];

const searches = new WeakMap<View, Map<Index, Search<Member>>>();

/** The strings of an index in a view, looked for once. */
function searchOf(index: Index, text: 'folded' | 'masked', view: View): Search<Member> {
  const made = searches.get(view) ?? new Map<Index, Search<Member>>();
  searches.set(view, made);
  const search = made.get(index) ?? index.prefilter.search(view[text]);
  made.set(index, search);
  return search;
}

type Tries = ReadonlyMap<CompiledPattern, readonly Span[]>;

/** The pieces of the view in which each pattern of a topic may match. */
function triesOf(index: Index, topic: Topic, view: View): Tries {
  const tries = new Map<CompiledPattern, Span[]>();
  const search = searchOf(index, TOPICS[topic].view, view);
  for (const [group, { topic: own, scope }] of index.groups.entries()) {
    if (own !== topic) continue;
    for (const piece of piecesOf(view, scope)) {
      for (const { pattern } of search.within(group, piece)) {
        const pieces = tries.get(pattern);
        if (pieces === undefined) tries.set(pattern, [piece]);
        else pieces.push(piece);
      }
    }
  }
  return tries;
}

// ── Matching ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** Every match of every rule of a topic, in text order; overlaps are not resolved. */
export function matchTopic(rules: RuleSet, topic: Topic, view: View): readonly RuleMatch[] {
  const tries = triesOf(indexOf(rules, topic), topic, view);
  return (rules.rules.get(topic) ?? []).flatMap((rule) => tryRule(rule, view, tries)).sort(inTextOrder);
}

/** Matches of one rule over the whole view. */
export const matchRule = (rule: PatternRule, view: View): readonly RuleMatch[] =>
  tryRule(rule, view, triesOf(indexed(rule, () => [rule])[TOPICS[rule.topic].view], rule.topic, view));

function tryRule(rule: PatternRule, view: View, tries: Tries): readonly RuleMatch[] {
  const { prefilter = true, tally } = view.matching;
  const clock = startClock(view);
  const out: RuleMatch[] = [];
  for (const pattern of rule.patterns) {
    for (const piece of prefilter ? (tries.get(pattern) ?? []) : piecesOf(view, rule.scope)) {
      if (clock.isOver()) {
        noteOnce(
          view,
          clock.ofDocument()
            ? { code: 'rules.documentBudgetSpent' }
            : { code: 'rules.budgetSpent', values: { rule: rule.path } },
        );
        break;
      }
      matchPiece(rule, pattern, view, piece, out);
    }
  }
  tally?.add(rule, out.length, clock.stop());
  return out;
}

/** Watches the time that a rule takes, and what all have taken. No document may make rules run away. */
function startClock(view: View): { isOver(): boolean; ofDocument(): boolean; stop(): number } {
  const { budget = DEFAULT_BUDGET } = view.matching;
  const begun = performance.now();
  const passed = (): number => performance.now() - begun;
  const ofDocument = (): boolean => view.spent.milliseconds + passed() > budget * RULES_BUDGETS;
  return {
    isOver: () => passed() > budget || ofDocument(),
    ofDocument,
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

/** Matches of a topic within `span` alone: `^` and `$` are its ends. The same span may be asked for again and again. */
export function matchWithin(rules: RuleSet, topic: Topic, view: View, span: Span): readonly RuleMatch[] {
  const ofTopic = rules.rules.get(topic) ?? [];
  const known = matchedWithin.get(view) ?? new Map<readonly PatternRule[], Map<number, readonly RuleMatch[]>>();
  matchedWithin.set(view, known);
  const bySpan = known.get(ofTopic) ?? new Map<number, readonly RuleMatch[]>();
  known.set(ofTopic, bySpan);
  const key = span.start * MOST_CHARACTERS + span.end;
  const matches = bySpan.get(key) ?? findWithin(indexOf(rules, topic), topic, view, span);
  bySpan.set(key, matches);
  return matches;
}

const matchedWithin = new WeakMap<View, Map<readonly PatternRule[], Map<number, readonly RuleMatch[]>>>();

/** More than a text has: a start and an end make one number. */
const MOST_CHARACTERS = 2 ** 26;

function findWithin(index: Index, topic: Topic, view: View, span: Span): readonly RuleMatch[] {
  const search = searchOf(index, TOPICS[topic].view, view);
  const out: RuleMatch[] = [];
  const clock = startClock(view);
  for (const [group, { topic: own }] of index.groups.entries()) {
    if (own !== topic) continue;
    for (const piece of windows(span)) {
      for (const { rule, pattern } of search.within(group, piece)) {
        if (clock.isOver()) {
          noteOnce(view, { code: 'rules.documentBudgetSpent' });
          break;
        }
        matchPiece(rule, pattern, view, piece, out);
      }
    }
  }
  clock.stop();
  return out.sort(inTextOrder);
}

/** Adds the matches of a pattern in a piece of text to `out`. */
function matchPiece(rule: PatternRule, pattern: CompiledPattern, view: View, piece: Span, out: RuleMatch[]): void {
  const { view: text } = TOPICS[rule.topic];
  const slice = view[text].slice(piece.start, piece.end);
  const { regex } = pattern;
  regex.lastIndex = 0;
  for (let hit = regex.exec(slice); hit !== null; hit = regex.exec(slice)) {
    const [from, to] = (hit.indices as RegExpIndicesArray)[0] as [number, number];
    if (from === to) regex.lastIndex += 1;
    const captures = new Map<string, Span>();
    for (const { name, group } of pattern.captures) {
      const range = hit.indices?.groups?.[group];
      if (range !== undefined && !captures.has(name)) {
        captures.set(name, { start: piece.start + range[0], end: piece.start + range[1] });
      }
    }
    const match = { start: piece.start + from, end: piece.start + to };
    if (isBarred(rule, view, piece, match) || !guardsHold(rule, view, captures)) continue;
    out.push({
      ...match,
      rule,
      captures,
      emits: rule.emit.flatMap(([name, capture]) => {
        const span = captures.get(capture);
        return span === undefined ? [] : [{ name, span }];
      }),
      set: rule.set,
    });
  }
}

/** True where an `unless` pattern matches in the match or in the clauses that it stands in. */
function isBarred(rule: PatternRule, view: View, piece: Span, match: Span): boolean {
  if (rule.unless.length === 0) return false;
  const characters = view[TOPICS[rule.topic].view];
  let { start, end } = match;
  while (start > piece.start && !CLAUSE_END.test(characters.charAt(start - 1))) start -= 1;
  while (end < piece.end && !CLAUSE_END.test(characters.charAt(end))) end += 1;
  const around = characters.slice(start, end);
  return rule.unless.some((regex) => {
    regex.lastIndex = 0;
    return regex.test(around);
  });
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
