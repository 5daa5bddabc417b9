/** A change with its two ends: 由12%提高到18%，提高6个百分点; 由25个减少到10个，减少15个. */
import { z } from 'zod';
import type { DateMention, Evidence, Quantity, Rational, Span } from '../model.js';
import { valueCause } from '../number/agreement.js';
import { intersects, pointInterval } from '../number/interval.js';
import { abs, add, cmp, div, mul, ONE, parseDecimal, powerOfTen, rational, sub, sum } from '../number/rational.js';
import type { CheckRule } from '../rules/load.js';
import type { View } from '../rules/view.js';
import { contains } from '../text.js';
import {
  causeNote,
  clauseOf,
  finder,
  isExact,
  operandOf,
  type Stated,
  sentenceOf,
  shown,
  shownLike,
  statedBy,
  type Test,
  tester,
} from './arithmetic.js';
import type { CheckContext, CheckKind, Judgement } from './kind.js';

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
  /** In the clause before a number: it is that of an earlier day, and that of a later one. */
  once: z.string(),
  now: z.string(),
  /** Before a number that stands before both ends: it is their difference. */
  before: z.string(),
  /** Words between the two ends that say which is the larger. */
  up: z.string(),
  down: z.string(),
  /** Before a difference: it is that from a year before; before the start: it is that year's. */
  yearly: z.string(),
  /** The same for a month against the one before. */
  monthly: z.string(),
  yearBefore: z.string(),
  /** Unit of multiples (倍), and what stands before one that is the end in starts: 是上年的3倍. */
  multiple: z.string(),
  times: z.string(),
  /** Right after the end or a difference; their group `word` says how many times the start the end is: 翻了一番. */
  multiples: z.record(z.string(), z.string()),
  /** Before a difference: it is that of each year of the duration before it; and the unit of such durations. */
  mean: z.string(),
  time: z.string(),
  /** Between two numbers: what was told of before is added to the first, 加上本批. */
  plus: z.string(),
  /** Right before a number: it is what two numbers before it differ by, 缺员3人; or what they make, the second more or less: 目前共. */
  gap: z.string(),
  flow: z.string(),
});
type Parameters = z.infer<typeof parameters>;

export const change: CheckKind<Parameters> = {
  kind: 'change',
  parameters,
  run(context, rule, given) {
    const words = wordsFor(context, rule, given);
    const { quantities } = context.view;
    return quantities.flatMap((first, index) => {
      const second = quantities[index + 1];
      if (second === undefined || first.unit !== second.unit) return [];
      if (!contains(sentenceOf(context.view, first), second)) return [];
      return [
        ...changes(context, words, given, index),
        ...gaps(context, words, index),
        ...addedUp(context, words, index),
        ...overList(context, words, index),
      ];
    });
  },
};

type Words = Readonly<
  Record<Exclude<keyof Parameters, 'multiple' | 'multiples' | 'time'>, Test> & {
    multiples: readonly (readonly [(text: string) => string | undefined, Multiple])[];
  }
>;

function wordsFor({ rules }: CheckContext, rule: CheckRule, given: Parameters): Words {
  const { multiple: _, time: __, multiples, ...patterns } = given;
  const tests = Object.fromEntries(
    Object.entries(patterns).map(([name, pattern]) => [name, tester(rules, rule, pattern)]),
  );
  const counted = Object.entries(multiples).map(
    ([pattern, number]) => [finder(rules, rule, pattern), multipleFrom(number)] as const,
  );
  return { ...tests, multiples: counted } as unknown as Words;
}

/** How many times the start the end is; `bound` where it is at least, or at most, as many. */
interface Multiple {
  readonly times: Rational;
  readonly bound?: 'least' | 'most';
}

function multipleFrom(written: string): Multiple {
  const times = parseDecimal(written.replace(/^[≤≥]/u, '')) ?? ONE;
  if (written.startsWith('≤')) return { times, bound: 'most' };
  return written.startsWith('≥') ? { times, bound: 'least' } : { times };
}

// ── Two ends and their difference ─────────────────────────────────────────────────────────────────────────────────

/** The changes whose ends are the quantities at `index` and after it. */
function changes(
  { view, locate }: CheckContext,
  words: Words,
  { multiple, time }: Parameters,
  index: number,
): readonly Judgement[] {
  const [first, second] = view.quantities.slice(index, index + 2) as [Quantity, Quantity];
  const sentence = sentenceOf(view, first);
  const between = (a: Span, b: Span): string => view.masked.slice(a.end, b.start);
  const before = view.masked.slice(Math.max(sentence.start, first.start - FARTHEST), first.start);
  const verb = between(first, second);
  const isNext = (text: string): boolean =>
    words.by(text) && (!words.yearly(text) || words.yearBefore(before) || words.once(leadOf(view, first)));
  const differencesFrom = (isFirst: Test): readonly Quantity[] => {
    const found: Quantity[] = [];
    const span = spanAfter(view, second, view.quantities[index + 2]);
    const from = index + (span === undefined ? 2 : 3);
    for (const quantity of view.quantities.slice(from, from + MOST_DIFFERENCES)) {
      const last = found.at(-1);
      const text =
        last === undefined && span !== undefined
          ? `，${between(span, quantity).replace(DURING, '')}`
          : between(last ?? second, quantity);
      if (!contains(sentence, quantity) || !(found.length === 0 ? isFirst : isNext)(text)) break;
      found.push(quantity);
    }
    return found;
  };
  const [a, b] = [statedBy(locate, first), statedBy(locate, second)];
  const judged = (from: Stated, to: Stated, by: Quantity, sure = true): readonly Judgement[] =>
    weighed(
      by.unit === multiple ? growth(from, to, statedBy(locate, by)) : judge(from, to, statedBy(locate, by)),
      sure,
    );
  /** The end in starts: 是上年的3倍, 翻了一番. */
  const multiplesOf = (from: Stated, to: Stated, differences: readonly Quantity[]): readonly Judgement[] => {
    const last = differences.at(-1) ?? second;
    const next = view.quantities.find(({ start }) => start >= last.end);
    const isTimes =
      next?.unit === multiple && contains(sentence, next) && words.times(between(last, next)) ? next : undefined;
    if (isTimes !== undefined) return weighed(times(from, to, statedBy(locate, isTimes)), false);
    const text = view.masked.slice(last.end, Math.min(sentence.end, next?.start ?? sentence.end));
    return words.multiples.flatMap(([wordIn, ratio]) => {
      const word = wordIn(text);
      if (word === undefined) return [];
      const start = last.end + text.indexOf(word);
      return timesInWords(from, to, ratio, locate.evidence({ start, end: start + word.length }));
    });
  };
  if (words.than(verb)) {
    const differences = differencesFrom(words.thanBy);
    return [...differences.flatMap((by) => judged(b, a, by)), ...multiplesOf(b, a, differences)];
  }
  if (words.from(before) && words.to(verb)) {
    const differences = differencesFrom(isNext);
    const earlier = view.quantities[index - 1];
    const isEarlier =
      earlier?.unit === first.unit &&
      contains(sentence, earlier) &&
      words.before(leadOf(view, earlier)) &&
      !between(earlier, first).includes('；');
    const order = cmp(second.value, first.value);
    const yearly = perTime(view, words, time, index);
    const isTurned = (words.up(verb) && order < 0) || (words.down(verb) && order > 0);
    return [
      ...(isTurned && [a, b].every(isExact) ? [turned(a, b)] : []),
      ...differences.flatMap((by) => judged(a, b, by)),
      ...(isEarlier && earlier !== undefined ? judged(a, b, earlier, false) : []),
      ...multiplesOf(a, b, differences),
      ...(yearly === undefined ? [] : weighed(meanChange(a, b, statedBy(locate, yearly.by), yearly.time), false)),
    ];
  }
  if (verb.length > FARTHEST || verb.includes('；')) return [];
  const [leadOfFirst, leadOfSecond] = [leadOf(view, first), leadOf(view, second)];
  const years = yearsOf(view, first, second);
  if (years === undefined && areMonths(view, first, second)) {
    const isMonthly = (text: string): boolean => words.by(text) && words.monthly(text);
    return differencesFrom(isMonthly).flatMap((by) => judged(a, b, by, false));
  }
  const isForward =
    years === undefined
      ? words.once(leadOfFirst) && words.now(leadOfSecond) && !words.now(leadOfFirst)
      : years[0] < years[1];
  const isBackward =
    years === undefined
      ? words.once(leadOfSecond) && !words.now(leadOfSecond) && !words.once(leadOfFirst)
      : years[0] > years[1];
  if (isForward === isBackward) return [];
  const [from, to] = isForward ? [a, b] : [b, a];
  const differences = differencesFrom((text) => words.by(text) || words.thanBy(text));
  return [...differences.flatMap((by) => judged(from, to, by, false)), ...multiplesOf(from, to, differences)];
}

const DURING = /^(?:间|来|内|以来)/u;

/** 由380.5万元降到214.6万元，三年累计压减43.6%: the time that the change took stands before its difference. */
const spanAfter = (view: View, second: Quantity, span: Quantity | undefined): Quantity | undefined =>
  span?.kind === 'duration' && /^[，（]$/u.test(view.masked.slice(second.end, span.start)) ? span : undefined;

/** 9月接到64件，10月接到76件: numbers of a month and of the next, each the only date before it in its clause. */
function areMonths(view: View, first: Quantity, second: Quantity): boolean {
  const [a, b] = [first, second].map((quantity) => dateBefore(view, quantity, 'month')?.month);
  return a !== undefined && b !== undefined && first.unit === second.unit && b === (a % 12) + 1;
}

/** The years in whose clauses two numbers stand, where each has its own: 2023年支出62.1万元，2022年为86.4万元. */
function yearsOf(view: View, first: Quantity, second: Quantity): readonly [number, number] | undefined {
  const [a, b] = [first, second].map((quantity) => dateBefore(view, quantity, 'year')?.year);
  return a === undefined || b === undefined || a === b ? undefined : [a, b];
}

/** The only date in the clause before a number, where it is as precise as that. */
function dateBefore(view: View, quantity: Quantity, precision: DateMention['precision']): DateMention | undefined {
  const lead = { start: clauseOf(view, quantity).start, end: quantity.start };
  const [only, ...others] = view.dates.filter((date) => contains(lead, date));
  return others.length === 0 && only?.precision === precision ? only : undefined;
}

/** 三年间年均增加17个: the difference of each year, and how many they are. */
function perTime(
  view: View,
  words: Words,
  unit: string,
  index: number,
): { readonly by: Quantity; readonly time: Rational } | undefined {
  const [second, time, by] = view.quantities.slice(index + 1, index + 4);
  if (second === undefined || time?.kind !== 'duration' || time.unit !== unit || by?.unit !== second.unit)
    return undefined;
  const isMean = contains(sentenceOf(view, second), by) && words.mean(view.masked.slice(time.end, by.start));
  return isMean ? { by, time: time.value } : undefined;
}

/** A mean is rounded, or cut off. */
function meanChange(from: Stated, to: Stated, by: Stated, time: Rational): Judgement | undefined {
  if (time.n <= 0n || ![from, to, by].every(isExact)) return undefined;
  const expected = div(abs(sub(to.quantity.value, from.quantity.value)), time);
  const { quantum, decimals, value } = by.quantity;
  const step = quantum.n === 0n ? powerOfTen(-decimals) : quantum;
  return {
    verdict: cmp(abs(sub(expected, value)), step) < 0 ? 'consistent' : 'inconsistent',
    stated: by.quantity.stated,
    expected: shownLike(expected, by.quantity),
    operands: [operandOf('from', from), operandOf('to', to), operandOf('by', by)],
    mode: 'interval',
    evidence: [from, to, by].map(({ evidence }) => evidence),
  };
}

/** What was done before the change, or is not said in one breath, need not be all of it: it holds, or is for an auditor. */
const weighed = (judged: Judgement | undefined, isSure: boolean): readonly Judgement[] => {
  if (judged === undefined) return [];
  return [!isSure && judged.verdict === 'inconsistent' ? { ...judged, severity: 'warning' } : judged];
};

const leadOf = (view: View, quantity: Quantity): string =>
  view.masked.slice(clauseOf(view, quantity).start, quantity.start);

const FARTHEST = 24;
const MOST_DIFFERENCES = 2;

// ── Three numbers ─────────────────────────────────────────────────────────────────────────────────────────────────

/** 编制45人，实有38人，缺员7人; 年初64名，新增11名，目前共有75名: the third number of a unit follows from the two before it. */
function gaps({ view, locate }: CheckContext, words: Words, index: number): readonly Judgement[] {
  const [first, second, third] = view.quantities.slice(index, index + 3) as [Quantity, Quantity, Quantity?];
  const sentence = sentenceOf(view, first);
  if (third === undefined || third.unit !== first.unit || !contains(sentence, third)) return [];
  const text = view.masked.slice(first.start, third.start);
  const lead = leadOf(view, third);
  const [earlier, later] = [view.quantities[index - 1], view.quantities[index + 3]];
  const isListed = later?.unit === first.unit && contains(sentence, later);
  const isAlone =
    !isListed &&
    !(earlier?.unit === first.unit && contains(sentence, earlier)) &&
    text.length < 2 * FARTHEST &&
    !/[；：（]/u.test(text);
  if (!isAlone) return [];
  const stated = [first, second, third].map((quantity) => statedBy(locate, quantity)) as [Stated, Stated, Stated];
  if (!stated.every(isExact)) return [];
  const difference = abs(sub(first.value, second.value));
  const step = half([first, second, third]);
  if (words.gap(lead)) return [threefold(stated, difference, step)];
  const middle = leadOf(view, second);
  const [isUp, isDown] = [words.up(middle), words.down(middle)];
  const isFlow = words.flow(lead) || words.flow(view.masked.slice(second.end, third.start));
  if (!isFlow || !words.once(leadOf(view, first)) || isUp === isDown) return [];
  const end = isUp ? add(first.value, second.value) : sub(first.value, second.value);
  // 年初214艘，注销61艘后为153艘，降幅28.5%.
  const isBy = later !== undefined && contains(sentence, later) && words.by(view.masked.slice(third.end, later.start));
  return [
    threefold(stated, end, step),
    ...(isBy ? weighed(judge(stated[0], stated[2], statedBy(locate, later)), false) : []),
  ];
}

/** 前十三批共转办294件，加上本批，累计受理334件: what is added was told of before. */
function addedUp({ view, locate }: CheckContext, words: Words, index: number): readonly Judgement[] {
  const [first, total] = view.quantities.slice(index, index + 2) as [Quantity, Quantity];
  if (!words.plus(view.masked.slice(first.end, total.start)) || cmp(total.value, first.value) <= 0) return [];
  const earlier = view.quantities
    .slice(Math.max(0, index - PLUS_REACH), index)
    .filter(({ unit }) => unit === first.unit)
    .reverse();
  const made = (other: Quantity): Rational => add(first.value, other.value);
  const off = (other: Quantity): Rational => abs(sub(made(other), total.value));
  const holding = earlier.find((other) => off(other).n === 0n);
  const nearest = [...earlier].sort((a, b) => cmp(off(a), off(b)))[0];
  const chosen = holding ?? nearest;
  if (chosen === undefined || cmp(mul(off(chosen), rational(10)), total.value) > 0) return [];
  const stated = [first, chosen, total].map((quantity) => statedBy(locate, quantity)) as [Stated, Stated, Stated];
  return stated.every(isExact) ? [threefold(stated, made(chosen), half([first, chosen, total]))] : [];
}

/** Numbers before a sum among which the one is looked for that was added. */
const PLUS_REACH = 12;

/** 2021年85例、2022年110例、2023年125例，…年均增加20例: a list of years, and the mean of their differences. */
function overList({ view, locate }: CheckContext, words: Words, index: number): readonly Judgement[] {
  const list = [view.quantities[index] as Quantity];
  const before = view.quantities[index - 1];
  const isNext = (a: Quantity, b: Quantity): boolean =>
    a.unit === b.unit && YEARS.test(view.masked.slice(a.end, b.start));
  if (before !== undefined && isNext(before, list[0] as Quantity)) return [];
  for (let at = index + 1; at < view.quantities.length; at += 1) {
    const quantity = view.quantities[at] as Quantity;
    if (!isNext(list.at(-1) as Quantity, quantity)) break;
    list.push(quantity);
  }
  const [first, last] = [list[0], list.at(-1)] as [Quantity, Quantity];
  if (list.length < 3) return [];
  const sentence = sentenceOf(view, first);
  const by = view.quantities
    .slice(index + list.length, index + list.length + 3)
    .find(
      (quantity) => quantity.unit === first.unit && contains(sentence, quantity) && words.mean(leadOf(view, quantity)),
    );
  if (by === undefined) return [];
  const [from, to, difference] = [first, last, by].map((quantity) => statedBy(locate, quantity)) as [
    Stated,
    Stated,
    Stated,
  ];
  return weighed(meanChange(from, to, difference, rational(list.length - 1)), false);
}

/** Between the numbers of two years. */
const YEARS = /^[、，][\ue010\ue0ff]+$/u;

function threefold(
  [first, second, third]: readonly [Stated, Stated, Stated],
  expected: Rational,
  step: Rational,
): Judgement {
  const agrees = cmp(abs(sub(third.quantity.value, expected)), step) <= 0;
  return {
    verdict: agrees ? 'consistent' : 'inconsistent',
    severity: 'warning',
    stated: third.quantity.stated,
    expected: shownLike(expected, third.quantity),
    operands: [operandOf('from', first), operandOf('to', second), operandOf('by', third)],
    mode: 'interval',
    evidence: [first, second, third].map(({ evidence }) => evidence),
    ...(agrees ? {} : causeNote(valueCause(third.quantity.value, expected))),
  };
}

// ── Multiples ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** 增加了2倍: the difference in starts. */
const growth = (from: Stated, to: Stated, by: Stated): Judgement | undefined =>
  multipleOf(from, to, by, abs(sub(to.quantity.value, from.quantity.value)));

/** 是上年的3倍. */
const times = (from: Stated, to: Stated, by: Stated): Judgement | undefined =>
  multipleOf(from, to, by, to.quantity.value);

function multipleOf(from: Stated, to: Stated, by: Stated, what: Rational): Judgement | undefined {
  if (from.quantity.value.n <= 0n || ![from, to, by].every(isExact)) return undefined;
  const expected = div(what, from.quantity.value);
  const agrees = intersects(pointInterval(expected), by.quantity.interval);
  return {
    verdict: agrees ? 'consistent' : 'inconsistent',
    stated: by.quantity.stated,
    expected: shown(expected, by.quantity.unit, 2),
    operands: [operandOf('from', from), operandOf('to', to), operandOf('by', by)],
    mode: 'interval',
    evidence: [from, to, by].map(({ evidence }) => evidence),
    ...(agrees ? {} : { severity: 'warning' as const }),
  };
}

/** How far a multiple in words may be from what it says. */
const LOOSE = rational(1, 8);

function timesInWords(
  from: Stated,
  to: Stated,
  { times: expected, bound }: Multiple,
  words: Evidence,
): readonly Judgement[] {
  if (from.quantity.value.n <= 0n || ![from, to].every(isExact)) return [];
  const made = div(to.quantity.value, from.quantity.value);
  const off = sub(made, expected);
  const agrees =
    bound === undefined ? cmp(abs(off), mul(expected, LOOSE)) <= 0 : bound === 'most' ? off.n <= 0n : off.n >= 0n;
  return [
    {
      verdict: agrees ? 'consistent' : 'inconsistent',
      stated: words.quote,
      expected: shownLike(mul(from.quantity.value, expected), to.quantity),
      operands: [operandOf('from', from), operandOf('to', to)],
      mode: 'interval',
      evidence: [from.evidence, to.evidence, words],
      ...(agrees ? {} : { severity: 'warning' as const }),
    },
  ];
}

// ── Judgements ────────────────────────────────────────────────────────────────────────────────────────────────────

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

/** 压减六成以上, where it is 43.6%. */
const missesBound = ({ qualifier, value }: Quantity, expected: Rational, tolerance: Rational): boolean =>
  ((qualifier === 'atLeast' || qualifier === 'moreThan') && cmp(add(expected, tolerance), value) < 0) ||
  ((qualifier === 'atMost' || qualifier === 'lessThan') && cmp(sub(expected, tolerance), value) > 0);

/** The difference in the unit of the ends (百分点 for percentages), or in percent of the start. */
function judge(first: Stated, second: Stated, by: Stated): Judgement | undefined {
  const [a, b, d] = [first.quantity, second.quantity, by.quantity];
  const difference = abs(sub(b.value, a.value));
  const isPercent = a.kind === 'percent';
  const isAbsolute = d.unit === a.unit || (isPercent && d.kind === 'points');
  if (isFraction(d)) return inFractions(first, second, by);
  const ofStart = a.value.n > 0n ? div(mul(HUNDRED, difference), a.value) : undefined;
  const isNear = (value: Rational | undefined, tolerance: Rational): boolean =>
    value !== undefined && cmp(abs(sub(d.value, value)), tolerance) <= 0 && [first, second, by].every(isExact);
  if (!isPercent && d.kind === 'points' && ofStart !== undefined && isNear(ofStart, relativeTolerance(a, b, d)))
    return inWrongUnit(first, second, by, ofStart, '%');
  const relative = d.kind === 'percent' ? ofStart : undefined;
  // A percentage that falls from 6% to 3% falls by half of itself, too.
  const isHalved = isPercent && relative !== undefined && cmp(abs(sub(d.value, relative)), d.quantum) <= 0;
  const isRelative = relative !== undefined && (!isPercent || isHalved);
  if (isPercent && relative !== undefined && !isHalved && isNear(difference, half([a, b, d])))
    return inWrongUnit(first, second, by, difference, '个百分点');
  if (!isRelative && !isAbsolute) return undefined;
  const expected = isRelative ? relative : difference;
  const tolerance = isRelative ? relativeTolerance(a, b, d) : half([a, b, d]);
  const off = abs(sub(d.value, expected));
  const agrees = cmp(off, tolerance) <= 0;
  const isMissed = !agrees && [first, second].every(isExact) && missesBound(d, expected, tolerance);
  if (!agrees && !isMissed && ![first, second, by].every(isExact)) return undefined;
  // Rounded ends may explain it, but who wrote it took the difference of what is printed.
  const isRounded = agrees && isAbsolute && off.n > 0n && [first, second, by].every(isExact);
  return {
    verdict: agrees && !isRounded ? 'consistent' : 'inconsistent',
    ...(isRounded || isMissed ? { severity: 'warning' as const } : {}),
    stated: d.stated,
    expected: shown(expected, d.unit, d.decimals + 2),
    operands: [operandOf('from', first), operandOf('to', second), operandOf('by', by)],
    mode: 'interval',
    evidence: [first, second, by].map(({ evidence }) => evidence),
    ...(off.n === 0n || isRelative ? {} : causeNote(valueCause(d.value, expected))),
  };
}

/** 由250件降到220件，降低12个百分点, and 由64.1%升至67.3%，提高3.2%: the number is right, and its unit is not. */
function inWrongUnit(from: Stated, to: Stated, by: Stated, expected: Rational, unit: string): Judgement {
  return {
    verdict: 'inconsistent',
    severity: 'warning',
    stated: by.quantity.stated,
    expected: shown(expected, unit, by.quantity.decimals + 1),
    operands: [operandOf('from', from), operandOf('to', to), operandOf('by', by)],
    mode: 'interval',
    evidence: [from, to, by].map(({ evidence }) => evidence),
    cause: { code: 'check.cause.points' },
  };
}

/** 三分之二: no count, and less than one. */
const isFraction = ({ kind, value }: Quantity): boolean => kind === 'number' && value.n > 0n && value.n < value.d;

const NEAR_FRACTION = rational(1, 20);

/** 缩短三分之一: a fraction is a round number. */
function inFractions(from: Stated, to: Stated, by: Stated): Judgement | undefined {
  const { value } = from.quantity;
  if (value.n <= 0n || ![from, to].every(isExact)) return undefined;
  const expected = div(abs(sub(to.quantity.value, value)), value);
  const agrees = cmp(abs(sub(by.quantity.value, expected)), NEAR_FRACTION) <= 0;
  if (!isExact(by) && !agrees && !missesBound(by.quantity, expected, NEAR_FRACTION)) return undefined;
  return {
    verdict: agrees ? 'consistent' : 'inconsistent',
    stated: by.quantity.stated,
    expected: shown(mul(HUNDRED, expected), '%', 1),
    operands: [operandOf('from', from), operandOf('to', to), operandOf('by', by)],
    mode: 'interval',
    evidence: [from, to, by].map(({ evidence }) => evidence),
    ...(agrees ? {} : { severity: 'warning' as const }),
  };
}

const half = (quantities: readonly Quantity[]): Rational =>
  mul(sum(quantities.map(({ quantum }) => quantum)), rational(1, 2));

/** One step of the percentage, and what the rounding of the ends adds to it. */
const relativeTolerance = (a: Quantity, b: Quantity, d: Quantity): Rational =>
  add(d.quantum, div(mul(rational(200), half([a, b])), a.value));
