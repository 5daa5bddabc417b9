/** A number of things, so much each, and what that makes: 每家补助2万元，共8家，合计16万元; 12人，人均3000元，共36000元. */
import { z } from 'zod';
import type { Interval, Severity, Span } from '../model.js';
import { valueCause } from '../number/agreement.js';
import { intersects, pointInterval, scaleInterval } from '../number/interval.js';
import { mul } from '../number/rational.js';
import { contains } from '../text.js';
import { alike, causeNote, finder, isExact, operandOf, shownLike, tester } from './arithmetic.js';
import { type Item, itemsOf } from './arithmetic-lists.js';
import type { CheckKind, Judgement } from './kind.js';

const parameters = z.strictObject({
  /** Before an amount; its group `word` is the unit of what it is for one of: 每家. */
  each: z.string(),
  /** The same for a rounded mean: 人均. */
  mean: z.string(),
  /** Before an amount: it is for one of whatever is counted beside it. */
  price: z.string(),
  /** Before an amount: it is that of all of them. */
  total: z.string(),
  /** In the stretch between two ；: it is no plain product. */
  unless: z.string(),
  alike,
});

export const product: CheckKind<z.infer<typeof parameters>> = {
  kind: 'product',
  parameters,
  run(context, rule, given) {
    const { view, rules } = context;
    const [eachOf, meanOf] = [given.each, given.mean].map((pattern) => finder(rules, rule, pattern)) as [Find, Find];
    const [isPrice, isTotal, isOther] = [given.price, given.total, given.unless].map((pattern) =>
      tester(rules, rule, pattern),
    ) as [Test, Test, Test];
    const items = itemsOf(context);
    const told = new Set<Item>();
    return items.flatMap((one, at): readonly Judgement[] => {
      const word = eachOf(one.lead) ?? meanOf(one.lead) ?? (isPrice(one.lead) ? ANY : undefined);
      if (word === undefined || isTotal(one.lead)) return [];
      const stretch = stretchOf(view.masked, one);
      if (isOther(view.masked.slice(stretch.start, stretch.end))) return [];
      const beside = items
        .slice(Math.max(0, at - REACH), at + REACH)
        .filter((item) => item !== one && contains(stretch, item.quantity));
      const amounts = beside.filter(({ quantity }) => quantity.unit === one.quantity.unit);
      const total = amounts.find((item) => isTotal(item.lead) && !told.has(item));
      const counts = beside.filter(({ quantity: { kind, unit } }) => kind === 'count' && isOf(given.alike, word, unit));
      const [count] = counts;
      if (total === undefined || count === undefined || ![one, total, ...counts].every(isExact)) return [];
      told.add(total);
      const isMean = meanOf(one.lead) !== undefined;
      const holding = counts.find((other) => intersects(madeBy(one, other, isMean), total.quantity.interval));
      if (holding !== undefined) return [judgement(one, holding, total, 'consistent')];
      // Other amounts beside them may belong to the total, and people may not be served at the same rate.
      const isSure = counts.length === 1 && amounts.length === 1 && word !== ANY && one.quantity.kind === 'money';
      const severity = isSure ? {} : { severity: 'warning' as Severity };
      return [{ ...judgement(one, count, total, 'inconsistent'), ...severity }];
    });
  },
};

type Test = (text: string) => boolean;
type Find = (text: string) => string | undefined;

/** Numbers on each side among which the other two are looked for. */
const REACH = 6;

/** Stands for any unit. */
const ANY = '';

const isOf = (groups: readonly string[], word: string, unit: string): boolean =>
  word === ANY || word === unit || groups.some((group) => [word, unit].every((one) => group.split(' ').includes(one)));

/** The part of a sentence between two ；. */
function stretchOf(text: string, { sentence, quantity }: Item): Span {
  const next = text.indexOf('；', quantity.end);
  return {
    start: Math.max(sentence.start, text.lastIndexOf('；', quantity.start) + 1),
    end: next < 0 ? sentence.end : Math.min(sentence.end, next),
  };
}

/** A rate is what it says, a mean is rounded. */
const madeBy = ({ quantity: one }: Item, { quantity: count }: Item, isMean: boolean): Interval =>
  scaleInterval(isMean ? one.interval : pointInterval(one.value), count.value);

function judgement(one: Item, count: Item, total: Item, verdict: 'consistent' | 'inconsistent'): Judgement {
  const expected = mul(one.quantity.value, count.quantity.value);
  return {
    verdict,
    stated: total.quantity.stated,
    expected: shownLike(expected, total.quantity),
    operands: [operandOf('each', one), operandOf('count', count), operandOf('total', total)],
    mode: 'interval',
    evidence: [total, one, count].map(({ evidence }) => evidence),
    ...(verdict === 'consistent' ? {} : causeNote(valueCause(total.quantity.value, expected))),
  };
}
