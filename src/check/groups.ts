/**
 * Groups of which only what is done and its percentage are stated, and what they are together: 19 at 95% leaves 20, 27 at 90%
 * leaves 30, and 52 in all cannot be.
 */
import { z } from 'zod';
import type { Quantity, Severity } from '../model.js';
import { type IntegerRange, possibleWholes } from '../number/agreement.js';
import { add, isInteger, mul, rational, sub } from '../number/rational.js';
import { contains } from '../text.js';
import { isExact, joined, operandOf, type Stated, statedBy, testers } from './arithmetic.js';
import { type Item, itemsOf } from './arithmetic-lists.js';
import { modeOf } from './arithmetic-share.js';
import type { CheckKind, Judgement } from './kind.js';

const parameters = z.strictObject({
  /** Between a number and a percentage: it is the share of a whole that is not stated. */
  rate: z.string(),
  /** Before a number: it is that of all the groups before it; after one: the groups follow. */
  total: z.string(),
  among: z.string(),
});

export const groups: CheckKind<z.infer<typeof parameters>> = {
  kind: 'groups',
  parameters,
  run(context, rule, given) {
    const { view, rules, locate } = context;
    const [isRate, isTotal, isAmong] = testers(rules, rule, given.rate, given.total, given.among);
    const items = itemsOf(context);
    return items.flatMap((total, at): readonly Judgement[] => {
      if (!isExact(total) || !isInteger(total.quantity.value)) return [];
      const follow = view.masked.slice(total.quantity.end, total.sentence.end);
      const isSum = isTotal(total.lead);
      const earlier = items
        .slice(Math.max(0, at - REACH), at)
        .filter(({ quantity }) => contains(total.paragraph, quantity));
      const later = items.slice(at + 1, at + 1 + REACH);
      const opens = isSum && earlier.every(({ quantity }) => quantity.unit !== total.quantity.unit);
      const beside = opens
        ? later.filter(({ quantity }) => contains(total.paragraph, quantity))
        : isSum
          ? earlier
          : isAmong(follow)
            ? later.filter(({ quantity }) => contains(total.sentence, quantity))
            : [];
      const before = beside.filter(
        ({ quantity }) => contains(total.paragraph, quantity) && quantity.unit === total.quantity.unit,
      );
      const found = before.map((part) => ({ part, rate: rateOf(view.quantities, part) }));
      // Every number of the unit is of a group, so that no other can be a whole.
      const isPlain = found.every(
        ({ part, rate }) => rate !== undefined && isRate(view.masked.slice(part.quantity.end, rate.start)),
      );
      if (found.length < 2 || !isPlain) return [];
      const pairs = found.map(({ part, rate }) => ({ part, rate: statedBy(locate, rate as Quantity) }));
      return judge(total, pairs) ?? [];
    });
  },
};

/** Numbers before a total among which its groups are looked for. */
const REACH = 8;

/** The percentage that is the next number after a count. */
function rateOf(quantities: readonly Quantity[], { quantity }: Item): Quantity | undefined {
  const next = quantities.find(({ start }) => start >= quantity.end);
  return next?.kind === 'percent' ? next : undefined;
}

interface Group {
  readonly part: Item;
  readonly rate: Stated;
}

function judge(total: Item, found: readonly Group[]): readonly Judgement[] | undefined {
  if (!found.every(({ part, rate }) => isExact(part) && isExact(rate) && isInteger(part.quantity.value)))
    return undefined;
  const sizes = found.map(sizesOf);
  const base = {
    stated: total.quantity.stated,
    operands: [
      ...found.flatMap(({ part, rate }, index) => [
        operandOf(`part${index + 1}`, part),
        operandOf(`rate${index + 1}`, rate),
      ]),
      operandOf('total', total),
    ],
    mode: 'search',
    evidence: [...found.flatMap(({ part, rate }) => [part.evidence, rate.evidence]), total.evidence],
    values: {
      parts: joined(found.flatMap(({ part }) => [part])),
      sizes: sizes.map((size) => written(size)).join(' + '),
    },
  };
  // 34份，占66.7%: a percentage of them all is none of a group.
  const isShare = ({ part, rate }: Group): boolean => modeOf({ part, rate, whole: total }) !== 'none';
  if (found.some(isShare) || sizes.some((size) => size === undefined)) return undefined;
  const ranges = sizes as readonly IntegerRange[];
  const first = ranges.reduce((sum, range) => sum + range.first, 0n);
  const last = ranges.every((range) => range.last !== undefined)
    ? ranges.reduce((sum, range) => sum + (range.last ?? 0n), 0n)
    : undefined;
  const { n } = total.quantity.value;
  const expected = written({ first, ...(last === undefined ? {} : { last }) });
  if (first <= n && (last === undefined || n <= last)) return [{ ...base, expected, verdict: 'consistent' }];
  // A group that is done altogether may have been left unsaid.
  const isMore = last !== undefined && n > last;
  return [{ ...base, expected, verdict: 'inconsistent', ...(isMore ? { severity: 'warning' as Severity } : {}) }];
}

/** The sizes that a group can have, however its percentage was rounded. */
function sizesOf({ part, rate }: Group): IntegerRange | undefined {
  const { value, quantum, decimals } = rate.quantity;
  const half = mul(quantum, rational(1, 2));
  const ranges = [sub(value, half), value, add(value, half)].flatMap(
    (stated) => possibleWholes(part.quantity.value, stated, decimals) ?? [],
  );
  const [some] = ranges;
  if (some === undefined) return undefined;
  const first = ranges.reduce((low, range) => (range.first < low ? range.first : low), some.first);
  if (ranges.some(({ last }) => last === undefined)) return { first };
  return { first, last: ranges.reduce((high, { last = 0n }) => (last > high ? last : high), 0n) };
}

const written = (range: IntegerRange | undefined): string => {
  if (range === undefined) return '';
  return range.last === range.first ? `${range.first}` : `${range.first}–${range.last ?? ''}`;
};
