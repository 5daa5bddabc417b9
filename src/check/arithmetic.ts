/**
 * What the arithmetic kinds of check share: operands with their evidence and interval, the nearest figure of a metric,
 * words beside a number, and causes as notes.
 */
import { z } from 'zod';
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import type { Evidence, Figure, Interval, Note, Operand, OutlineNode, Quantity, Rational, Span } from '../model.js';
import { type Cause, valueCause } from '../number/agreement.js';
import { cmp, div, eq, mul, ONE, powerOfTen, sum, toDecimal } from '../number/rational.js';
import type { CheckRule, RuleSet } from '../rules/load.js';
import { PatternError } from '../rules/pattern.js';
import type { View } from '../rules/view.js';
import { allMatches, contains, type Locator, markTest } from '../text.js';
import type { CheckContext, Judgement } from './kind.js';

// ── Operands ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** A number as one side of a comparison, with the words that state it. */
export interface Stated {
  readonly quantity: Quantity;
  readonly evidence: Evidence;
}

export const statedBy = (locate: Locator, quantity: Quantity): Stated => ({
  quantity,
  evidence: locate.evidence(quantity),
});

export function operandOf(name: string, { quantity, evidence }: Stated): Operand {
  return {
    name,
    stated: quantity.stated,
    value: toDecimal(quantity.value),
    ...endsOf(quantity.interval),
    evidence,
  };
}

const endsOf = ({ lower, upper }: Interval): Pick<Operand, 'lower' | 'upper'> => ({
  ...(lower === undefined ? {} : { lower: toDecimal(lower) }),
  ...(upper === undefined ? {} : { upper: toDecimal(upper) }),
});

export const isExact = ({ quantity }: Stated): boolean =>
  quantity.qualifier === 'exact' && quantity.rangeTo === undefined;

/** `264.9065 元`, no more than `decimals` places. */
export const shown = (value: Rational, unit: string, decimals = 4): string => `${toDecimal(value, decimals)}${unit}`;

/** `18.6万元`: a value in the unit that a number beside it is written in. */
export function shownLike(value: Rational, { unit, unitText, quantum, decimals }: Quantity): string {
  const isScaled = unitText !== unit && unitText.endsWith(unit) && quantum.n > 0n;
  const factor = isScaled ? mul(quantum, powerOfTen(decimals)) : ONE;
  return shown(div(value, factor), isScaled ? unitText : unit);
}

export const joined = (statements: readonly Stated[]): string =>
  statements.map(({ quantity }) => quantity.stated).join(' + ');

// ── Where a number stands ─────────────────────────────────────────────────────────────────────────────────────────

/** The span of sorted `spans` that holds `offset`, or the last one before it. */
export function spanAt(spans: readonly Span[], offset: number): Span {
  let low = 0;
  let high = spans.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((spans[middle] as Span).start <= offset) low = middle;
    else high = middle - 1;
  }
  return spans[low] ?? { start: offset, end: offset };
}

export const sentenceOf = (view: View, { start }: Span): Span => spanAt(view.sentences, start);
export const paragraphOf = (view: View, { start }: Span): Span => spanAt(view.blocks, start);

const isClauseMark = markTest('，,；;。：:！？\n\t（）');

/** No clause is longer; what looks so has lost its punctuation, and is not read on and on. */
const LONGEST_CLAUSE = 300;

/** The clause around `span`. */
export function clauseOf(view: View, { start, end }: Span): Span {
  let [from, to] = [start, end];
  const first = Math.max(0, start - LONGEST_CLAUSE);
  const last = Math.min(view.masked.length, end + LONGEST_CLAUSE);
  while (from > first && !isClauseMark(view.masked.charCodeAt(from - 1))) from -= 1;
  while (to < last && !isClauseMark(view.masked.charCodeAt(to))) to += 1;
  return { start: from, end: to };
}

export const masked = (view: View, span: Span): string => view.masked.slice(span.start, span.end);

// ── Figures of a metric ───────────────────────────────────────────────────────────────────────────────────────────

/** How far two figures stand from each other, nearest first. */
type Nearness = 'sentence' | 'paragraph' | 'notice';

export interface Nearest {
  readonly nearness: Nearness;
  /** By distance. */
  readonly figures: readonly Figure[];
}

/** Figures of one of `metrics`, once for each place. */
export function figuresOf(context: CheckContext, metrics: readonly string[]): readonly Figure[] {
  const seen = new Set<number>();
  return context.extraction.figures.filter(({ metric, quantity }) => {
    if (metric === null || !metrics.includes(metric) || seen.has(quantity.start)) return false;
    seen.add(quantity.start);
    return true;
  });
}

/**
 * The figures that an anchor can speak of: those of its sentence, else of its paragraph, else, for a figure of the whole
 * notice, those of the whole notice.
 */
export function nearestFigures(
  context: CheckContext,
  metrics: readonly string[],
  anchor: Figure,
  nearness: readonly Nearness[] = ['sentence', 'paragraph', 'notice'],
): Nearest | undefined {
  const { view } = context;
  const others = figuresOf(context, metrics).filter(({ quantity }) => quantity.start !== anchor.quantity.start);
  const within = (span: Span): readonly Figure[] => others.filter(({ quantity }) => contains(span, quantity));
  for (const level of nearness) {
    const figures =
      level === 'sentence'
        ? within(sentenceOf(view, anchor.quantity))
        : level === 'paragraph'
          ? within(paragraphOf(view, anchor.quantity))
          : anchor.scope === 'local' || anchor.scope === 'cumulative'
            ? []
            : others.filter(({ scope }) => scope === 'headline');
    if (figures.length > 0) return { nearness: level, figures: byDistance(figures, anchor.quantity) };
  }
  return undefined;
}

export const isInFinding = ({ extraction }: CheckContext, { quantity }: Stated): boolean =>
  extraction.findings.some(({ span }) => contains(span, quantity));

/** Whether a number stands in a heading that has something below it: it counts what stands there. */
export function isInHeading({ extraction }: CheckContext, { quantity }: Stated): boolean {
  const within = (nodes: readonly OutlineNode[]): boolean =>
    nodes.some(
      ({ heading, children, role, span }) =>
        (children.length > 0 && role !== 'title' && contains(heading, quantity)) ||
        (contains(span, quantity) && within(children)),
    );
  return within(extraction.outline);
}

/** The first figure that speaks of the whole notice: one that stands for itself before one that is a part of another. */
export function headOf(context: CheckContext, figures: readonly Figure[]): Figure | undefined {
  const outside = figures.filter((figure) => !isInFinding(context, figure));
  return outside.find(({ scope }) => scope === 'headline') ?? outside.find(({ scope }) => scope === 'part');
}

const byDistance = (figures: readonly Figure[], { start }: Span): readonly Figure[] =>
  [...figures].sort((a, b) => Math.abs(a.quantity.start - start) - Math.abs(b.quantity.start - start));

// ── Words beside a number ─────────────────────────────────────────────────────────────────────────────────────────

export type Test = (text: string) => boolean;

const patterns = new WeakMap<RuleSet, Map<string, RegExp>>();

/**
 * Whether a pattern of a check rule's `with` stands in a stretch of masked text. An absent pattern stands nowhere.
 *
 * @throws InputError where the pattern is none.
 */
export function tester(rules: RuleSet, rule: CheckRule, pattern: string | undefined): Test {
  if (pattern === undefined) return () => false;
  const known = patterns.get(rules) ?? new Map<string, RegExp>();
  patterns.set(rules, known);
  const regex = known.get(pattern) ?? compiled(rules, rule, pattern);
  known.set(pattern, regex);
  return (text) => text.search(regex) >= 0;
}

/** One for each of several patterns, in their order. */
export const testers = <const T extends readonly (string | undefined)[]>(
  rules: RuleSet,
  rule: CheckRule,
  ...given: T
): { readonly [At in keyof T]: Test } =>
  given.map((pattern) => tester(rules, rule, pattern)) as unknown as { readonly [At in keyof T]: Test };

/** What the group `word` of such a pattern takes. */
export function finder(
  rules: RuleSet,
  rule: CheckRule,
  pattern: string | undefined,
): (text: string) => string | undefined {
  const has = tester(rules, rule, pattern);
  const regex = pattern === undefined ? undefined : patterns.get(rules)?.get(pattern);
  return (text) => {
    if (regex === undefined || !has(text)) return undefined;
    const [match] = allMatches(text, regex);
    // Compiled groups carry a number after their name.
    return Object.entries(match?.groups ?? {}).find(
      ([name, words]) => name.startsWith('word') && words !== undefined,
    )?.[1];
  };
}

function compiled(rules: RuleSet, rule: CheckRule, pattern: string): RegExp {
  try {
    return rules.compile(pattern, 'masked').regex;
  } catch (error) {
    if (error instanceof PatternError) throw new InputError(say('zh', error.code, error.values), rule.place);
    throw error;
  }
}

// ── Units ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Parameter of kinds that compare counts: groups of classifiers that count the same things (人 名 位), parted by spaces. */
export const alike = z.array(z.string()).default([]);
export type Alike = readonly string[];

export const sameUnit = (groups: Alike, a: Quantity, b: Quantity): boolean =>
  a.unit === b.unit ||
  (a.kind === b.kind && groups.some((group) => [a, b].every(({ unit }) => group.split(' ').includes(unit))));

// ── Sums ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export const totalOf = (statements: readonly Stated[]): Rational =>
  sum(statements.map(({ quantity }) => quantity.value));

export const isAbove = (a: Rational, b: Rational): boolean => cmp(a, b) > 0;

// ── Causes ────────────────────────────────────────────────────────────────────────────────────────────────────────

export function causeNote(cause: Cause | undefined): { readonly cause?: Note } {
  if (cause === undefined) return {};
  switch (cause.kind) {
    case 'truncated':
    case 'roundedUp':
    case 'digitsSwapped':
      return { cause: { code: `check.cause.${cause.kind}` } };
    case 'offByOne':
      return { cause: { code: 'check.cause.offByOne', values: { value: toDecimal(cause.value) } } };
    case 'otherWhole':
      return { cause: { code: 'check.cause.otherWhole', values: { value: toDecimal(cause.value) } } };
    case 'scale':
      return { cause: scaleNote(cause.factor) };
  }
}

/** One number that two places state, the second taken for the first again. */
export function saidAgain(first: Stated, second: Stated, verdict: 'consistent' | 'inconsistent'): Judgement {
  const [a, b] = [first.quantity, second.quantity];
  return {
    verdict,
    stated: b.stated,
    expected: a.stated,
    operands: [operandOf('place1', first), operandOf('place2', second)],
    mode: a.unitText === b.unitText ? 'exact' : 'interval',
    evidence: [first.evidence, second.evidence],
    values: { places: `${a.stated} / ${b.stated}` },
    ...(verdict === 'inconsistent' ? causeNote(valueCause(b.value, a.value)) : {}),
  };
}

/** A slip of 万 or 亿 is named; any other power of ten is a number. */
export function scaleNote(factor: Rational): Note {
  const is = (exponent: number): boolean => eq(factor, powerOfTen(exponent)) || eq(factor, powerOfTen(-exponent));
  if (is(4)) return { code: 'check.cause.tenThousand' };
  if (is(8)) return { code: 'check.cause.hundredMillion' };
  return { code: 'check.cause.scale', values: { factor: toDecimal(factor) } };
}
