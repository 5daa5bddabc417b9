/**
 * One amount written in two units: 0.43万元 and 4300元. Where the two do not meet, a slip of a power of ten shows in equal
 * digits, and a slip of the pen in all but one.
 */
import { z } from 'zod';
import type { Figure, Quantity, Rational } from '../model.js';
import { digitsSwapped } from '../number/agreement.js';
import { intersects } from '../number/interval.js';
import { cmp, div, eq, ONE, powerOfTen, rational } from '../number/rational.js';
import type { CheckRule } from '../rules/load.js';
import { contains } from '../text.js';
import {
  figuresOf,
  headOf,
  isExact,
  operandOf,
  type Stated,
  scaleNote,
  sentenceOf,
  shownLike,
  statedBy,
  tester,
} from './arithmetic.js';
import type { CheckContext, CheckKind, Judgement } from './kind.js';

const parameters = z.strictObject({
  /** In the clause of a number, behind one of the same with `times` behind its unit: 约谈45人次，涉及38人. */
  involved: z.string().optional(),
  times: z.string().default(''),
  /** Equal significant digits that two amounts of one metric need to be taken for one, and of any amounts. */
  digits: z.number().int().default(3),
  digitsOfAny: z.number().int().default(4),
});
type Parameters = z.infer<typeof parameters>;

export const unit: CheckKind<Parameters> = {
  kind: 'unit',
  operands: ['amount'],
  parameters,
  run(context, rule, given) {
    const byMetric = (rule.of.amount ?? []).flatMap((metric) =>
      amongFigures(context, figuresOf(context, [metric]), given),
    );
    const told = new Set(byMetric.flatMap(({ pair }) => pair.map(({ quantity }) => quantity.start)));
    const slips = amongAmounts(context, given).filter(
      ({ pair }) => !pair.some(({ quantity }) => told.has(quantity.start)),
    );
    return [...[...byMetric, ...slips].map(({ judgement }) => judgement), ...involvedIn(context, rule, given)];
  },
};

/** 约谈45人次，涉及52人: of so many times, no more than so many can have been meant. */
function involvedIn({ view, rules, locate }: CheckContext, rule: CheckRule, given: Parameters): readonly Judgement[] {
  const isInvolved = tester(rules, rule, given.involved);
  return view.quantities.flatMap((quantity, index): readonly Judgement[] => {
    const before = view.quantities[index - 1];
    if (quantity.kind !== 'count' || given.times === '' || before?.unit !== quantity.unit + given.times) return [];
    const words = view.masked.slice(before.end, quantity.start);
    if (!contains(sentenceOf(view, before), quantity) || !isInvolved(words)) return [];
    const [times, number] = [statedBy(locate, before), statedBy(locate, quantity)];
    if (![times, number].every(isExact)) return [];
    const isMore = cmp(quantity.value, before.value) > 0;
    return [
      {
        verdict: isMore ? 'inconsistent' : 'consistent',
        severity: 'warning',
        stated: quantity.stated,
        expected: `≤ ${before.stated}`,
        operands: [operandOf('amount', times), operandOf('other', number)],
        mode: 'exact',
        evidence: [times.evidence, number.evidence],
      },
    ];
  });
}

interface Compared {
  readonly pair: readonly [Stated, Stated];
  readonly judgement: Judgement;
}

/** The notice's amount against every other statement of it in another unit, or to another decimal. */
function amongFigures(context: CheckContext, figures: readonly Figure[], given: Parameters): readonly Compared[] {
  const head = headOf(context, figures);
  if (head === undefined) return [];
  const others = figures.filter(
    (figure) => figure !== head && figure.scope !== 'cumulative' && isWrittenOtherwise(head.quantity, figure.quantity),
  );
  const alone = others.length === 1;
  return others.flatMap((other) => compare(head, other, given, alone) ?? []);
}

const isWrittenOtherwise = (a: Quantity, b: Quantity): boolean =>
  a.unit === b.unit && (a.unitText !== b.unitText || a.decimals !== b.decimals || !eq(a.quantum, b.quantum));

function compare(a: Stated, b: Stated, given: Parameters, alone: boolean): Compared | undefined {
  const [x, y] = [a.quantity, b.quantity];
  const meet = intersects(x.interval, y.interval);
  const pair = [a, b] as const;
  if (meet) return { pair, judgement: { ...statement(a, b), verdict: 'consistent' } };
  if (![a, b].every(isExact))
    return alone && isFarOff(x, y)
      ? { pair, judgement: { ...statement(a, b), verdict: 'inconsistent', severity: 'warning' } }
      : undefined;
  const slip = slipOf(x.value, y.value, given.digits);
  if (slip !== undefined) {
    return { pair, judgement: { ...statement(a, b), verdict: 'inconsistent', cause: scaleNote(slip) } };
  }
  if (!alone || !isOneDigitOff(x.value, y.value, given.digits)) return undefined;
  const code = digitsSwapped(x.value, y.value) ? 'check.cause.digitsSwapped' : 'check.cause.oneDigit';
  return { pair, judgement: { ...statement(a, b), verdict: 'inconsistent', severity: 'warning', cause: { code } } };
}

const statement = (a: Stated, b: Stated): Omit<Judgement, 'verdict'> => ({
  stated: b.quantity.stated,
  expected: shownLike(a.quantity.value, b.quantity),
  operands: [operandOf('amount', a), operandOf('other', b)],
  mode: 'interval',
  evidence: [a.evidence, b.evidence],
});

/** Any two amounts that have many digits in common and differ by a power of ten. */
function amongAmounts({ view, locate }: CheckContext, given: Parameters): readonly Compared[] {
  const amounts = view.quantities.filter(({ kind }) => kind === 'money').map((quantity) => statedBy(locate, quantity));
  return amounts.flatMap((a, index) =>
    amounts.slice(index + 1).flatMap((b) => {
      const factor =
        a.quantity.unitText !== b.quantity.unitText && [a, b].every(isExact)
          ? slipOf(a.quantity.value, b.quantity.value, given.digitsOfAny)
          : undefined;
      if (factor === undefined) return [];
      const judgement: Judgement = { ...statement(a, b), verdict: 'inconsistent', cause: scaleNote(factor) };
      return [{ pair: [a, b] as const, judgement }];
    }),
  );
}

const significant = ({ n, d }: Rational): string => {
  const scaled = (n * 10n ** 12n) / d;
  return scaled.toString().replace(/0+$/u, '');
};

/** The power of ten between two numbers of the same digits, at least `digits` of them. */
function slipOf(a: Rational, b: Rational, digits: number): Rational | undefined {
  if (a.n <= 0n || b.n <= 0n || significant(a).length < digits || significant(a) !== significant(b)) return undefined;
  const factor = div(b, a);
  return eq(factor, ONE)
    ? undefined
    : [1, 2, 3, 4, 5, 6, 7, 8].flatMap((k) => [powerOfTen(k), powerOfTen(-k)]).find((power) => eq(power, factor));
}

/** Whether one amount is about ten thousand times another, or more: no blurred number is that far off. */
function isFarOff(a: Quantity, b: Quantity): boolean {
  const [low, high] = cmp(a.value, b.value) < 0 ? [a.value, b.value] : [b.value, a.value];
  return low.n > 0n && cmp(div(high, low), rational(5000)) >= 0;
}

/** Whether two numbers of the same size differ in one digit, or in two neighbours exchanged. */
function isOneDigitOff(a: Rational, b: Rational, digits: number): boolean {
  if (digitsSwapped(a, b)) return true;
  const [x, y] = [a, b].map(({ n, d }) => ((n * 10_000n) / d).toString()) as [string, string];
  if (x.length !== y.length || Math.min(significant(a).length, significant(b).length) < digits) return false;
  return [...x].filter((digit, index) => digit !== y[index]).length === 1;
}
