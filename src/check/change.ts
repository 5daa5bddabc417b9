/** A change with its two ends: 由12%提高到18%，提高6个百分点; 由25个减少到10个，减少15个. */
import { z } from 'zod';
import type { Quantity, Rational, Span } from '../model.js';
import { valueCause } from '../number/agreement.js';
import { abs, add, cmp, div, mul, rational, sub, sum } from '../number/rational.js';
import type { View } from '../rules/view.js';
import { contains } from '../text.js';
import {
  causeNote,
  clauseOf,
  isExact,
  operandOf,
  type Stated,
  sentenceOf,
  shown,
  statedBy,
  tester,
} from './arithmetic.js';
import type { CheckKind, Judgement } from './kind.js';

const parameters = z.strictObject({
  /** Right before the number at the start. */
  from: z.string(),
  /** Between the two ends. */
  to: z.string(),
  /** Between the end and the difference, or between one difference and the next. */
  by: z.string(),
  /** Between the end and the start, where the end stands first; and between the start and the difference then. */
  than: z.string(),
  thanBy: z.string(),
  /** Before a number that stands before both ends: it is their difference. */
  before: z.string(),
  /** Words between the two ends that say which is the larger. */
  up: z.string(),
  down: z.string(),
  /** Before a difference: it is that from a year before; before the start: it is that year's. */
  yearly: z.string(),
  yearBefore: z.string(),
});

export const change: CheckKind<z.infer<typeof parameters>> = {
  kind: 'change',
  parameters,
  run(context, rule, given) {
    const { view, rules, locate } = context;
    const test = (pattern: string): Test => tester(rules, rule, pattern);
    const [isFrom, isTo, isBy] = [given.from, given.to, given.by].map(test) as [Test, Test, Test];
    const [isBefore, isThan, isThanBy] = [given.before, given.than, given.thanBy].map(test) as [Test, Test, Test];
    const [isUp, isDown] = [given.up, given.down].map(test) as [Test, Test];
    const [isYearly, isYearBefore] = [given.yearly, given.yearBefore].map(test) as [Test, Test];
    const between = (a: Span, b: Span): string => view.masked.slice(a.end, b.start);
    return view.quantities.flatMap((first, index) => {
      const second = view.quantities[index + 1];
      const sentence = sentenceOf(view, first);
      if (second === undefined || first.unit !== second.unit || !contains(sentence, second)) return [];
      const before = view.masked.slice(Math.max(sentence.start, first.start - FARTHEST), first.start);
      const isNext = (words: string): boolean => isBy(words) && (!isYearly(words) || isYearBefore(before));
      const differencesFrom = (isFirst: Test): readonly Quantity[] => {
        const found: Quantity[] = [];
        for (const quantity of view.quantities.slice(index + 2, index + 2 + MOST_DIFFERENCES)) {
          const words = between(found.at(-1) ?? second, quantity);
          if (!contains(sentence, quantity) || !(found.length === 0 ? isFirst : isNext)(words)) break;
          found.push(quantity);
        }
        return found;
      };
      if (isThan(between(first, second))) {
        const [to, from] = [statedBy(locate, first), statedBy(locate, second)];
        return differencesFrom(isThanBy).flatMap((by) => judge(from, to, statedBy(locate, by)) ?? []);
      }
      if (!isFrom(before) || !isTo(between(first, second))) return [];
      const [from, to] = [statedBy(locate, first), statedBy(locate, second)];
      const differences = [...differencesFrom(isNext)];
      const earlier = view.quantities[index - 1];
      if (
        earlier !== undefined &&
        earlier.unit === first.unit &&
        contains(sentence, earlier) &&
        isBefore(leadOf(view, earlier)) &&
        !between(earlier, first).includes('；')
      )
        differences.push(earlier);
      const verb = between(first, second);
      const order = cmp(second.value, first.value);
      const isTurned = (isUp(verb) && order < 0) || (isDown(verb) && order > 0);
      return [
        ...(isTurned && [from, to].every(isExact) ? [turned(from, to)] : []),
        ...differences.flatMap((by) => weighed(judge(from, to, statedBy(locate, by)), by === earlier)),
      ];
    });
  },
};

type Test = (text: string) => boolean;

/** What was done before the change need not be all of it: it holds, or is for an auditor to look at. */
const weighed = (judged: Judgement | undefined, isEarlier: boolean): readonly Judgement[] => {
  if (judged === undefined) return [];
  return [isEarlier && judged.verdict === 'inconsistent' ? { ...judged, severity: 'warning' } : judged];
};

const leadOf = (view: View, quantity: Quantity): string =>
  view.masked.slice(clauseOf(view, quantity).start, quantity.start);

const FARTHEST = 24;
const MOST_DIFFERENCES = 2;

/** It went up, and the later number is the smaller one. */
const turned = (from: Stated, to: Stated): Judgement => ({
  verdict: 'inconsistent',
  severity: 'warning',
  stated: to.quantity.stated,
  expected: from.quantity.stated,
  operands: [operandOf('from', from), operandOf('to', to)],
  mode: 'direction',
  evidence: [from.evidence, to.evidence],
  cause: { code: 'check.cause.turned' },
  values: { by: '' },
});

const HUNDRED = rational(100);

/** The difference in the unit of the ends (百分点 for percentages), or in percent of the start. */
function judge(first: Stated, second: Stated, by: Stated): Judgement | undefined {
  const [a, b, d] = [first.quantity, second.quantity, by.quantity];
  const difference = abs(sub(b.value, a.value));
  const isPercent = a.kind === 'percent';
  const isAbsolute = d.unit === a.unit || (isPercent && d.kind === 'points');
  const relative = d.kind === 'percent' && a.value.n > 0n ? div(mul(HUNDRED, difference), a.value) : undefined;
  // A percentage that falls from 6% to 3% falls by half of itself, too.
  const isHalved = isPercent && relative !== undefined && cmp(abs(sub(d.value, relative)), d.quantum) <= 0;
  const isRelative = relative !== undefined && (!isPercent || isHalved);
  if (!isRelative && !isAbsolute) return undefined;
  const expected = isRelative ? relative : difference;
  const tolerance = isRelative ? relativeTolerance(a, b, d) : half([a, b, d]);
  const off = abs(sub(d.value, expected));
  const agrees = cmp(off, tolerance) <= 0;
  if (!agrees && ![first, second, by].every(isExact)) return undefined;
  // Rounded ends may explain it, but who wrote it took the difference of what is printed.
  const isRounded = agrees && isAbsolute && off.n > 0n && [first, second, by].every(isExact);
  return {
    verdict: agrees && !isRounded ? 'consistent' : 'inconsistent',
    ...(isRounded ? { severity: 'warning' as const } : {}),
    stated: d.stated,
    expected: shown(expected, d.unit, d.decimals + 2),
    operands: [operandOf('from', first), operandOf('to', second), operandOf('by', by)],
    mode: 'interval',
    evidence: [first, second, by].map(({ evidence }) => evidence),
    ...(off.n === 0n || isRelative ? {} : causeNote(valueCause(d.value, expected))),
  };
}

const half = (quantities: readonly Quantity[]): Rational =>
  mul(sum(quantities.map(({ quantum }) => quantum)), rational(1, 2));

/** One step of the percentage, and what the rounding of the ends adds to it. */
const relativeTolerance = (a: Quantity, b: Quantity, d: Quantity): Rational =>
  add(d.quantum, div(mul(rational(200), half([a, b])), a.value));
