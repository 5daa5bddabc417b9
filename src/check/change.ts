/** A change with its two ends: 由12%提高到18%，提高6个百分点; 由25个减少到10个，减少15个. */
import { z } from 'zod';
import type { Quantity, Rational, Span } from '../model.js';
import { valueCause } from '../number/agreement.js';
import { abs, add, cmp, div, mul, rational, sub, sum } from '../number/rational.js';
import { contains } from '../text.js';
import { causeNote, isExact, operandOf, type Stated, sentenceOf, shown, statedBy, tester } from './arithmetic.js';
import type { CheckKind, Judgement } from './kind.js';

const parameters = z.strictObject({
  /** Right before the number at the start. */
  from: z.string(),
  /** Between the two ends. */
  to: z.string(),
  /** Between the end and the difference. */
  by: z.string(),
});

export const change: CheckKind<z.infer<typeof parameters>> = {
  kind: 'change',
  parameters,
  run(context, rule, given) {
    const { view, rules, locate } = context;
    const isFrom = tester(rules, rule, given.from);
    const isTo = tester(rules, rule, given.to);
    const isBy = tester(rules, rule, given.by);
    return view.quantities.flatMap((first, index) => {
      const [second, third] = view.quantities.slice(index + 1, index + 3);
      if (second === undefined || third === undefined || first.unit !== second.unit) return [];
      const between = (a: Span, b: Span): string => view.masked.slice(a.end, b.start);
      const before = view.masked.slice(Math.max(0, first.start - 2), first.start);
      if (!isFrom(before) || !isTo(between(first, second)) || !isBy(between(second, third))) return [];
      if (![second, third].every((quantity) => contains(sentenceOf(view, first), quantity))) return [];
      const ends = [first, second, third].map((quantity) => statedBy(locate, quantity)) as [Stated, Stated, Stated];
      return judge(...ends) ?? [];
    });
  },
};

const HUNDRED = rational(100);

/** The difference in the unit of the ends (百分点 for percentages), or in percent of the start. */
function judge(first: Stated, second: Stated, by: Stated): Judgement | undefined {
  const [a, b, d] = [first.quantity, second.quantity, by.quantity];
  const difference = abs(sub(b.value, a.value));
  const isRelative = d.kind === 'percent' && a.kind !== 'percent';
  const isAbsolute = d.unit === a.unit || (a.kind === 'percent' && d.kind === 'points');
  if ((!isRelative && !isAbsolute) || (isRelative && a.value.n <= 0n)) return undefined;
  const expected = isRelative ? div(mul(HUNDRED, difference), a.value) : difference;
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
