/**
 * Runs pattern rules over a view. A rule costs nothing where its required strings are absent: a piece of text is tried
 * only if it holds one of each set. What matches is the same with the prefilter on and off.
 */
import type { Note, Rational, Span } from '../model.js';
import type { CompiledGuard, CompiledPattern, PatternRule, RuleSet } from './load.js';
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

/** Start offsets of every place where a string stands in a text, found once a view. */
function occurrences(view: View, haystack: 'folded' | 'masked', literal: string): readonly number[] {
  let memo = found.get(view);
  if (memo === undefined) {
    memo = { folded: new Map(), masked: new Map() };
    found.set(view, memo);
  }
  const known = memo[haystack].get(literal);
  if (known !== undefined) return known;
  const text = view[haystack];
  const places: number[] = [];
  for (let at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, at + 1)) places.push(at);
  memo[haystack].set(literal, places);
  return places;
}

const found = new WeakMap<View, Record<'folded' | 'masked', Map<string, readonly number[]>>>();

/** Pieces that hold one string of each required set. */
function candidates(
  view: View,
  all: readonly Span[],
  pattern: CompiledPattern,
  text: 'folded' | 'masked',
): readonly Span[] {
  let left = all;
  for (const set of pattern.required) {
    const starts = set.flatMap((literal) =>
      occurrences(view, text, literal).map((at) => [at, literal.length] as const),
    );
    if (starts.length === 0) return [];
    starts.sort((a, b) => a[0] - b[0]);
    const kept: Span[] = [];
    let next = 0;
    for (const piece of left) {
      while (next < starts.length && (starts[next] as readonly [number, number])[0] < piece.start) next += 1;
      for (let at = next; at < starts.length; at += 1) {
        const [start, length] = starts[at] as readonly [number, number];
        if (start >= piece.end) break;
        if (start + length > piece.end) continue;
        kept.push(piece);
        break;
      }
    }
    left = kept;
    if (left.length === 0) return [];
  }
  return left;
}

/** Every match of every rule of a topic, in text order; overlaps are not resolved. */
export function matchTopic(rules: RuleSet, topic: Topic, view: View): readonly RuleMatch[] {
  const matches = (rules.rules.get(topic) ?? []).flatMap((rule) => matchRule(rule, view));
  return matches.sort(inTextOrder);
}

/** Matches of one rule over the whole view. */
export function matchRule(rule: PatternRule, view: View): readonly RuleMatch[] {
  const { view: text } = TOPICS[rule.topic];
  const { prefilter = true, tally } = view.matching;
  const all = piecesOf(view, rule.scope);
  const clock = startClock(view);
  const out: RuleMatch[] = [];
  for (const pattern of rule.patterns) {
    for (const piece of prefilter ? candidates(view, all, pattern, text) : all) {
      if (clock.isOver()) {
        noteOnce(
          view,
          clock.ofDocument()
            ? { code: 'rules.documentBudgetSpent' }
            : { code: 'rules.budgetSpent', values: { rule: rule.path } },
        );
        break;
      }
      out.push(...matchPiece(rule, pattern, view, piece, text));
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

/**
 * Matches of a topic within `span` alone: `^` and `$` are its ends. Rules whose strings the whole document lacks are
 * passed over.
 */
export function matchWithin(rules: RuleSet, topic: Topic, view: View, span: Span): readonly RuleMatch[] {
  const { view: text } = TOPICS[topic];
  const out: RuleMatch[] = [];
  const clock = startClock(view);
  for (const rule of rules.rules.get(topic) ?? []) {
    if (clock.isOver()) {
      noteOnce(view, { code: 'rules.documentBudgetSpent' });
      break;
    }
    for (const pattern of rule.patterns) {
      if (pattern.required.some((set) => set.every((literal) => occurrences(view, text, literal).length === 0)))
        continue;
      for (const piece of windows(span)) out.push(...matchPiece(rule, pattern, view, piece, text));
    }
  }
  clock.stop();
  return out.sort(inTextOrder);
}

function matchPiece(
  rule: PatternRule,
  pattern: CompiledPattern,
  view: View,
  piece: Span,
  text: 'folded' | 'masked',
): readonly RuleMatch[] {
  const slice = view[text].slice(piece.start, piece.end);
  const out: RuleMatch[] = [];
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
    if (isBarred(rule, view, piece, match, text) || !guardsHold(rule, view, captures)) continue;
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
  return out;
}

/** True where an `unless` pattern matches in the match or in the clauses that it stands in. */
function isBarred(rule: PatternRule, view: View, piece: Span, match: Span, text: 'folded' | 'masked'): boolean {
  if (rule.unless.length === 0) return false;
  const characters = view[text];
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
