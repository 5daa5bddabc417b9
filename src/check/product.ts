/** A number of things, so much each, and what that makes: 每家补助2万元，共8家，合计16万元; 12人，人均3000元，共36000元. */
import { z } from 'zod';
import type { Interval, Quantity, Rational, Severity, Span } from '../model.js';
import { oneDigitOff, valueCause } from '../number/agreement.js';
import { intersects, interval, nearestInterval, pointInterval, scaleInterval } from '../number/interval.js';
import {
  abs,
  add,
  cmp,
  div,
  isInteger,
  mul,
  ONE,
  parseDecimal,
  powerOfTen,
  rational,
  sub,
  sum,
} from '../number/rational.js';
import { contains } from '../text.js';
import {
  alike,
  causeNote,
  finder,
  isExact,
  operandOf,
  type Stated,
  shownLike,
  statedBy,
  type Test,
  tester,
  testers,
} from './arithmetic.js';
import { type Item, itemsOf } from './arithmetic-lists.js';
import type { CheckKind, Judgement } from './kind.js';

const parameters = z.strictObject({
  /** Before an amount; its group `word` is the unit of what it is for one of: 每家. */
  each: z.string(),
  /** The same for the time that it is for, 每人每月, and units of durations by such words. */
  time: z.string(),
  durations: z.record(z.string(), z.array(z.string()).min(1)),
  /** The same for a rounded mean: 人均. */
  mean: z.string(),
  /** Such words of things that are counted in other units. */
  kinds: z.record(z.string(), z.array(z.string()).min(1)),
  /** Words in a stretch by the time that a mean is of one of, with how many of it they are: 全年 is twelve months. */
  periods: z.record(z.string(), z.record(z.string(), z.string())).default({}),
  /** Before an amount: it is that of a year; how many of the words of `each` a year has. */
  annual: z.string(),
  rates: z.record(z.string(), z.string()).default({}),
  /** Between two numbers of one list. */
  joins: z.string(),
  /** Before an amount: it is for one of whatever is counted beside it. */
  price: z.string(),
  /** Before an amount: it is that of all of them. */
  total: z.string(),
  /** Between an amount and how many share it: 3420元由5人退赔. */
  borne: z.string().optional(),
  /** In the stretch between two ；: it is no plain product. */
  unless: z.string(),
  alike,
});

export const product: CheckKind<z.infer<typeof parameters>> = {
  kind: 'product',
  parameters,
  run(context, rule, given) {
    const { view, rules, locate } = context;
    const [eachOf, meanOf] = [given.each, given.mean].map((pattern) => finder(rules, rule, pattern)) as [Find, Find];
    const [timeOf, annualOf] = [given.time, given.annual].map((pattern) => finder(rules, rule, pattern)) as [
      Find,
      Find,
    ];
    const [isPrice, isTotal, isOther, isJoin, isBorne] = testers(
      rules,
      rule,
      given.price,
      given.total,
      given.unless,
      given.joins,
      given.borne,
    );
    const periodIn = (word: string, text: string): Rational | undefined => {
      const found = Object.entries(given.periods[word] ?? {}).find(([pattern]) => tester(rules, rule, pattern)(text));
      return found === undefined ? undefined : parseDecimal(found[1]);
    };
    const items = itemsOf(context);
    const durationsIn = (span: Span, units: readonly string[]): readonly Stated[] =>
      view.quantities
        .filter((quantity) => quantity.kind === 'duration' && units.includes(quantity.unit) && contains(span, quantity))
        .map((quantity) => statedBy(locate, quantity));
    const told = new Set<Item>();
    return items.flatMap((one, at): readonly Judgement[] => {
      const word = eachOf(one.lead) ?? meanOf(one.lead) ?? (isPrice(one.lead) ? ANY : undefined);
      if (word === undefined || isTotal(one.lead)) return [];
      const stretch = stretchOf(view.masked, one);
      const next = items[at + 1];
      const perYear = parseDecimal(given.rates[word] ?? '');
      const ofYear = next !== undefined && contains(stretch, next.quantity) ? annualOf(next.lead) : undefined;
      // 每季度节约12.6万元，年节约50.4万元: the same, over a year.
      if (
        perYear !== undefined &&
        next?.quantity.unit === one.quantity.unit &&
        ofYear !== undefined &&
        one.lead.endsWith(ofYear)
      )
        return [one, next].every(isExact) ? [overTime(one, next, perYear)] : [];
      const isMean = meanOf(one.lead) !== undefined;
      const list = isMean ? listBefore(items, at, stretch, isJoin, view.masked) : [];
      if (list.length > 1) return [listJudgement(one, list)];
      if (isOther(view.masked.slice(stretch.start, stretch.end))) return [];
      const beside = items
        .slice(Math.max(0, at - REACH), at + REACH)
        .filter((item) => item !== one && contains(stretch, item.quantity));
      // 240人次，人均6次: so many times of each person.
      const amounts = beside.filter(
        ({ quantity: { unit } }) => unit === one.quantity.unit || (isMean && unit === `${word}${one.quantity.unit}`),
      );
      const named = amounts.find((item) => isTotal(item.lead) && !told.has(item));
      // The only other amount seems to be what it makes.
      const total = named ?? (amounts.length === 1 ? amounts.find((item) => !told.has(item)) : undefined);
      const time = isMean || given.durations[word] !== undefined ? undefined : timeOf(one.lead);
      const units = time === undefined ? undefined : given.durations[time];
      const times = units === undefined ? [] : durationsIn(stretch, units).map(({ quantity }) => quantity);
      const [factor] = times;
      if (time !== undefined && (factor === undefined || times.length > 1 || !isInteger(factor.value))) return [];
      // 5个月内 is those five months.
      const spans = given.durations[word];
      const counts: readonly Stated[] = spans
        ? durationsIn(stretch, spans)
        : beside.filter(
            ({ quantity, quantity: { kind, unit }, lead }) =>
              (kind === 'count' || kind === 'measure') &&
              unit !== one.quantity.unit &&
              !amounts.some((amount) => amount.quantity === quantity) &&
              (isOf(given.alike, word, unit) ||
                (word !== ANY && (lead.endsWith(word) || one.lead.includes(`每${unit}`))) ||
                given.kinds[word]?.includes(unit) === true ||
                isNamed(view.masked, quantity, word)),
          );
      const [count] = counts;
      // 全年督查48次，月均5次: the time stands in words.
      const period =
        counts.length > 0 || !isMean ? undefined : periodIn(word, view.folded.slice(stretch.start, stretch.end));
      if (
        period !== undefined &&
        total !== undefined &&
        meanOf(total.lead) === undefined &&
        [one, total].every(isExact)
      ) {
        told.add(total);
        return [overTime(one, total, period)];
      }
      if (total === undefined || count === undefined || ![one, total, ...(spans ? [] : counts)].every(isExact))
        return [];
      told.add(total);
      const made = (other: Stated): Interval => scaleInterval(madeBy(one, other, isMean), factor?.value ?? ONE);
      const holding = counts.find((other) => intersects(made(other), total.quantity.interval));
      if (holding !== undefined) return [judgement(one, holding, total, 'consistent', factor?.value)];
      // 每村3名、每日巡查4次，15个村共180次: so much of so many each.
      const isManifold = beside.some(
        (other) =>
          other !== total && intersects(scaleInterval(made(count), other.quantity.value), total.quantity.interval),
      );
      if (isManifold) return [];
      // Other amounts beside them may belong to the total, and people may not be served at the same rate.
      const isSure = counts.length === 1 && amounts.length === 1 && word !== ANY && one.quantity.kind === 'money';
      const { start, end } = count.quantity;
      const isSharedOut = total.quantity.end < start && isBorne(view.masked.slice(total.quantity.end, start));
      const isTold = named !== undefined || isMean || (isSharedOut && end < one.quantity.start);
      if (!isTold && !isSlip(count, one, total)) return [];
      const severity = isSure && named !== undefined ? {} : { severity: 'warning' as Severity };
      return [{ ...judgement(one, count, total, 'inconsistent', factor?.value), ...severity }];
    });
  },
};

type Find = (text: string) => string | undefined;

/** 26个站所，每所: the word ends the name of what is counted. */
const isNamed = (text: string, { kind, end }: Quantity, word: string): boolean =>
  kind === 'count' &&
  word !== ANY &&
  (NAME.exec(text.slice(end, end + LONGEST_NAME))?.[0] ?? '').slice(1).includes(word);
const NAME = /^[\u4e00-\u9fff]+/u;
const LONGEST_NAME = 5;

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

/** Whether what is made is near the amount, or a slip of the pen away from it. */
function isSlip({ quantity: count }: Stated, { quantity: one }: Item, { quantity: total }: Item): boolean {
  const made = mul(count.value, one.value);
  const isNear = cmp(mul(abs(sub(made, total.value)), rational(10)), made) <= 0;
  return isNear || valueCause(total.value, made) !== undefined || oneDigitOff(total.value, made);
}

/** The numbers right before a mean that one list holds: 分别为42件、48件、54件，年均48件. */
function listBefore(items: readonly Item[], at: number, stretch: Span, isJoin: Test, text: string): readonly Item[] {
  const one = items[at] as Item;
  const list: Item[] = [];
  for (let index = at - 1; index >= 0; index -= 1) {
    const item = items[index] as Item;
    const next = list[0];
    if (!contains(stretch, item.quantity) || item.quantity.unit !== one.quantity.unit) break;
    if (next !== undefined && !isJoin(text.slice(item.quantity.end, next.quantity.start))) break;
    list.unshift(item);
  }
  return [one, ...list].every(isExact) ? list : [];
}

function listJudgement(one: Item, list: readonly Item[]): Judgement {
  const sumOfAll = sum(list.map(({ quantity }) => quantity.value));
  const expected = div(sumOfAll, rational(list.length));
  const agrees = intersects(meanInterval(one), pointInterval(expected));
  return {
    verdict: agrees ? 'consistent' : 'inconsistent',
    stated: one.quantity.stated,
    expected: shownLike(expected, one.quantity),
    operands: [...list.map((item, index) => operandOf(`part${index + 1}`, item)), operandOf('each', one)],
    mode: 'interval',
    evidence: [one, ...list].map(({ evidence }) => evidence),
    values: { total: list.map(({ quantity }) => quantity.stated).join(' + '), count: list.length },
    ...(agrees ? {} : { severity: 'warning' as const }),
  };
}

function overTime(one: Item, total: Item, period: Rational): Judgement {
  const agrees = intersects(scaleInterval(meanInterval(one), period), total.quantity.interval);
  return {
    verdict: agrees ? 'consistent' : 'inconsistent',
    stated: total.quantity.stated,
    expected: shownLike(mul(one.quantity.value, period), total.quantity),
    operands: [operandOf('each', one), operandOf('total', total)],
    mode: 'interval',
    evidence: [one, total].map(({ evidence }) => evidence),
    values: { count: Number(period.n) },
    ...(agrees ? {} : { severity: 'warning' as const }),
  };
}

/** What a mean may be that was rounded, or cut off. */
const meanInterval = (one: Item): Interval => {
  const { value } = one.quantity;
  const step = stepOf(one.quantity);
  return interval(sub(value, div(step, rational(2))), add(value, step), { upperOpen: true });
};

/** A rate is what it says, a mean is rounded. */
const madeBy = ({ quantity: one }: Item, { quantity: count }: Stated, isMean: boolean): Interval =>
  scaleInterval(isMean ? nearestInterval(one.value, stepOf(one)) : pointInterval(one.value), count.value);

/** A mean of counts is rounded too. */
const stepOf = ({ quantum, decimals }: Quantity): Rational => (quantum.n === 0n ? powerOfTen(-decimals) : quantum);

function judgement(
  one: Item,
  count: Stated,
  total: Item,
  verdict: 'consistent' | 'inconsistent',
  factor: Rational = ONE,
): Judgement {
  const expected = mul(factor, mul(one.quantity.value, count.quantity.value));
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
