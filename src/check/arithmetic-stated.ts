/** Finds shares that a sentence states with their operands, whatever is counted: 发放320份，回收311份，回收率97.2%. */
import type { Figure, Quantity, Severity, Span } from '../model.js';
import { cmp, eq } from '../number/rational.js';
import type { CheckRule } from '../rules/load.js';
import type { View } from '../rules/view.js';
import { contains } from '../text.js';
import {
  clauseOf,
  finder,
  isExact,
  masked,
  paragraphOf,
  type Stated,
  sentenceOf,
  statedBy,
  tester,
} from './arithmetic.js';
import { modeOf, type Share } from './arithmetic-share.js';
import type { CheckContext } from './kind.js';

/** How many counts before a percentage may be its operands. */
const REACH = 8;
const COUNTABLE: readonly Quantity['kind'][] = ['count', 'money', 'measure'];

/** Patterns of words beside a percentage; see the parameters of `rate`. */
export interface ShareWords {
  readonly words?: string | undefined;
  readonly strict?: string | undefined;
  readonly unless?: string | undefined;
  readonly act?: string | undefined;
  readonly whole?: string | undefined;
  readonly bare?: string | undefined;
}

/** Percentages of no metric with the pair of counts that they agree with, or that they must be meant for. */
export function sharesStated(context: CheckContext, rule: CheckRule, given: ShareWords): readonly Share[] {
  const { view, extraction, locate, rules } = context;
  const [isNamed, isStrict, isOther] = [given.words, given.strict, given.unless].map((pattern) =>
    tester(rules, rule, pattern),
  ) as [Test, Test, Test];
  const named = namedBy(context, rule, given);
  const beside = besideBy(context, rule, given);
  const claimed = new Set(
    extraction.figures.flatMap(({ metric, quantity }) => (metric === null ? [] : [quantity.start])),
  );
  return view.quantities.flatMap((quantity) => {
    if (quantity.kind !== 'percent' || claimed.has(quantity.start)) return [];
    const lead = leadOf(view, quantity);
    if (!isNamed(lead) || isOther(masked(view, clauseOf(view, quantity)))) return [];
    const rate = statedBy(locate, quantity);
    const countsIn = (span: Span): readonly Stated[] =>
      countsBefore(view, quantity, span).map((count) => statedBy(locate, count));
    const near = countsIn(sentenceOf(view, quantity));
    const far = countsIn(paragraphOf(view, quantity)).filter((count) => count.quantity.kind === 'money');
    const position = view.quantities.filter(
      ({ kind, start, end }) => kind === 'percent' && end <= quantity.start && start >= clauseOf(view, quantity).start,
    ).length;
    const share =
      agreeing(near, rate) ??
      agreeing(far, rate) ??
      (isStrict(lead) ? meant(view, near, rate, position) : undefined) ??
      beside(near, rate) ??
      named(near, rate, lead);
    return share === undefined ? [] : [share];
  });
}

type Test = (text: string) => boolean;

/** Counts before a percentage that agrees with none of them, nearest first, and the share that they must be meant for. */
type Meant = (counts: readonly Stated[], rate: Stated, lead: string) => Share | undefined;

const isLarger = (part: Stated, whole: Stated): boolean =>
  part.quantity.unit === whole.quantity.unit && cmp(whole.quantity.value, part.quantity.value) > 0;

const largest = (counts: readonly Stated[]): Stated | undefined =>
  counts.find((count) => !counts.some((other) => isLarger(count, other)));

/**
 * The share whose words name its part (已恢复1134亩，恢复率90%) or its whole (批复总投资2400万元，…，占批复总投资的82.5%).
 */
function namedBy({ view, rules }: CheckContext, rule: CheckRule, given: ShareWords): Meant {
  const [actOf, wholeOf] = [finder(rules, rule, given.act), finder(rules, rule, given.whole)];
  const says = (word: string) => (count: Stated) => masked(view, clauseOf(view, count.quantity)).includes(word);
  return (counts, rate, lead) => {
    const [name, act] = [wholeOf(lead), actOf(lead)];
    const whole = name === undefined ? undefined : largest(counts.filter(says(name)));
    const last = counts.find((count) => whole !== undefined && isLarger(count, whole));
    if (whole !== undefined && last !== undefined) return exactShare(last, whole, rate);
    const done = act === undefined ? [] : counts.filter(says(act));
    const [part] = done;
    if (part === undefined) return undefined;
    const wholes = counts.filter((count) => isLarger(part, count) && count.quantity.end < part.quantity.start);
    const [nearest] = wholes;
    // Another number of the same act: the percentage may be of both.
    if (nearest === undefined || done.some((count) => count !== part && !wholes.includes(count))) return undefined;
    const isSure = wholes.length === 1 && done.length <= 2 && rate.quantity.value.n !== 100n;
    return exactShare(part, nearest, rate, isSure ? undefined : 'warning');
  };
}

/** 86个问题中…基本完成5个（占5.8%）: the number right before the percentage, of one that has no percentage itself. */
function besideBy(
  { view, rules }: CheckContext,
  rule: CheckRule,
  given: ShareWords,
): (counts: readonly Stated[], rate: Stated) => Share | undefined {
  const isBare = tester(rules, rule, given.bare);
  const isShared = ({ quantity }: Stated): boolean => {
    const next = view.quantities.find(({ start }) => start >= quantity.end);
    return next?.kind === 'percent' && isBare(view.masked.slice(quantity.end, next.start));
  };
  return ([part, ...others], rate) => {
    if (part === undefined || !isBare(view.masked.slice(part.quantity.end, rate.quantity.start))) return undefined;
    const wholes = others.filter((count) => isLarger(part, count) && !isShared(count));
    const [whole] = wholes;
    return whole === undefined ? undefined : exactShare(part, whole, rate, wholes.length > 1 ? 'warning' : undefined);
  };
}

const exactShare = (part: Stated, whole: Stated, rate: Stated, severity?: Severity): Share | undefined =>
  [part, whole, rate].every(isExact) ? { part, whole, rate, ...(severity && { severity }) } : undefined;

/** The words of the clause before a percentage. */
const leadOf = (view: View, quantity: Quantity): string =>
  view.masked.slice(clauseOf(view, quantity).start, quantity.start);

/** The share of a figure's part in a number that no metric claims: 中长期问题36个，已完成31个，完成率86.1%. */
export function shareOfUnclaimed(
  { view, extraction, locate }: CheckContext,
  part: Figure,
  rate: Figure,
): Share | undefined {
  const claimed = extraction.figures.filter(({ metric }) => metric !== null).map(({ quantity }) => quantity.start);
  const counts = countsBefore(view, rate.quantity, sentenceOf(view, rate.quantity));
  const wholes = counts.filter(({ start }) => !claimed.includes(start)).map((count) => statedBy(locate, count));
  return wholes.flatMap((whole) => shareOf(part, whole, rate) ?? []).find((share) => modeOf(share) === 'nearest');
}

/** Counts before a percentage within `span`, nearest first. */
const countsBefore = (view: View, quantity: Quantity, span: Span): readonly Quantity[] =>
  view.quantities
    .filter((other) => COUNTABLE.includes(other.kind) && contains(span, other) && other.end <= quantity.start)
    .reverse()
    .slice(0, REACH);

/** The nearest pair of one unit that the percentage follows from. Equal numbers say nothing. */
function agreeing(counts: readonly Stated[], rate: Stated): Share | undefined {
  const pairs = counts.flatMap((a, index) => counts.slice(index + 1).flatMap((b) => shareOf(a, b, rate) ?? []));
  return pairs.find((share) => modeOf(share) === 'nearest') ?? pairs.find((share) => modeOf(share) === 'interval');
}

/** The two of one unit, the smaller as the part. */
function shareOf(a: Stated, b: Stated, rate: Stated): Share | undefined {
  if (a.quantity.unit !== b.quantity.unit || eq(a.quantity.value, b.quantity.value)) return undefined;
  return cmp(a.quantity.value, b.quantity.value) < 0 ? { part: a, whole: b, rate } : { part: b, whole: a, rate };
}

/**
 * The pair that a percentage must be meant for where it agrees with none: the two largest counts of one unit, the last
 * right before the percentage or its neighbour in a list. Where other counts of the unit stand beside them, they only may
 * be meant.
 */
function meant(view: View, counts: readonly Stated[], rate: Stated, position: number): Share | undefined {
  const inOrder = [...counts].reverse();
  const units = [...new Set(inOrder.map(({ quantity }) => quantity.unit))];
  const groups = units
    .map((unit) => inOrder.filter(({ quantity }) => quantity.unit === unit))
    .filter(({ length }) => length > 1);
  const group = groups.length === 1 ? groups[0] : groups[position];
  const last = group?.at(-1);
  if (group === undefined || last === undefined) return undefined;
  const clauses = view.masked.slice(last.quantity.end, rate.quantity.start).split(/[，；：]/u).length;
  const [whole, part] = [...group].sort((a, b) => cmp(b.quantity.value, a.quantity.value)) as [Stated, Stated];
  if (clauses > 2 || ![part, whole, rate].every(isExact)) return undefined;
  const share = shareOf(part, whole, rate);
  return share === undefined || group.length === 2 ? share : { ...share, severity: 'warning' };
}
