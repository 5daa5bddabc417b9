/** Finds shares that a sentence states with their operands, whatever is counted: 发放320份，回收311份，回收率97.2%. */
import type { Figure, Quantity, Severity, Span } from '../model.js';
import { nearestInterval, pointInterval } from '../number/interval.js';
import { add, cmp, eq, mul, rational, sub } from '../number/rational.js';
import type { CheckRule } from '../rules/load.js';
import type { View } from '../rules/view.js';
import { contains, within } from '../text.js';
import {
  type Alike,
  clauseOf,
  finder,
  isExact,
  joined,
  masked,
  paragraphOf,
  type Stated,
  sentenceOf,
  statedBy,
  type Test,
  tester,
  testers,
} from './arithmetic.js';
import { isSlip, modeOf, type Share } from './arithmetic-share.js';
import type { CheckContext } from './kind.js';

/** How many counts before a percentage may be its operands. */
const REACH = 8;
/** How many of its paragraph may explain it. */
const FAR = 16;
const COUNTABLE: readonly Quantity['kind'][] = ['count', 'money', 'measure'];

/** Patterns of words beside a percentage; see the parameters of `rate`. */
export interface ShareWords {
  readonly words?: string | undefined;
  readonly strict?: string | undefined;
  readonly unless?: string | undefined;
  readonly act?: string | undefined;
  readonly whole?: string | undefined;
  readonly bare?: string | undefined;
  readonly among?: string | undefined;
  readonly subset?: string | undefined;
  readonly negated?: string | undefined;
  readonly due?: string | undefined;
  readonly real?: string | undefined;
  readonly within?: string | undefined;
  readonly plan?: string | undefined;
  readonly nearly?: string | undefined;
  readonly ended?: string | undefined;
  readonly overall?: string | undefined;
  readonly open?: string | undefined;
  readonly asked?: string | undefined;
  readonly fraction?: string | undefined;
  readonly exactly?: string | undefined;
  readonly alike: Alike;
}

/** Percentages of no metric with the pair of counts that they agree with, or that they must be meant for. */
export function sharesStated(context: CheckContext, rule: CheckRule, given: ShareWords): readonly Share[] {
  const { view, extraction, locate, rules } = context;
  const [isNamed, isStrict, isOther] = testers(rules, rule, given.words, given.strict, given.unless);
  const [isEnd, isOpen, isOverall] = testers(rules, rule, given.ended, given.open, given.overall);
  const isWithin = tester(rules, rule, given.subset);
  const apart = apartBy(context, rule, given);
  const finders = [besideBy, namedBy, restBy, dueBy, withinBy, planBy, overallBy, askedBy, apartBy].map((make) =>
    make(context, rule, given),
  );
  // 所列40项，整改37项，整改率95%: a percentage of a metric of which the sentence has no number is held against what stands there.
  const isAlone = ({ metric, quantity }: Figure): boolean => {
    if (quantity.kind !== 'percent') return false;
    const sentence = sentenceOf(view, quantity);
    const family = metric?.split('.')[0];
    const isOfMetric = (other: Figure): boolean =>
      other.metric !== null &&
      other.quantity.kind === 'count' &&
      (contains(sentence, other.quantity) || (other.scope === 'headline' && other.metric.split('.')[0] === family));
    return !extraction.figures.some(isOfMetric);
  };
  const claimed = new Set(
    extraction.figures.flatMap((figure) => (figure.metric === null || isAlone(figure) ? [] : [figure.quantity.start])),
  );
  const open = percentagesOf(context, rule, given)
    .filter(({ start }) => !claimed.has(start))
    .flatMap((quantity) => {
      // 占比由30%提高到44%: the end of a change is a share as well.
      const lead = leadOf(view, quantity);
      const isChanged = isEnd(lead);
      if (!isNamed(lead) && !isChanged) return [];
      if (!isChanged && isOther(masked(view, clauseOf(view, quantity)))) return [];
      const countsIn = (span: Span, reach = REACH): readonly Stated[] =>
        countsBefore(view, quantity, span, reach).map((count) => statedBy(locate, inOneUnit(given.alike, count)));
      const near = countsIn(sentenceOf(view, quantity));
      const [last] = near;
      if (last !== undefined && OTHER_BASE.test(view.masked.slice(last.quantity.end, quantity.start))) return [];
      return [
        { rate: statedBy(locate, quantity), near, far: countsIn(paragraphOf(view, quantity), FAR), lead, isChanged },
      ];
    });
  const agreed = open.map(
    ({ rate, near, far }) =>
      aligned(context, near, rate) ??
      agreeing(near, rate) ??
      agreeing(
        far.filter(({ quantity }) => quantity.kind === 'money'),
        rate,
      ),
  );
  const used = agreed.filter((share) => share !== undefined);
  const isUsed = ({ part, whole }: Share): boolean =>
    used.some((share) => isSame(share.part, part) && isSame(share.whole, whole));
  return open.flatMap(({ rate, near, far, lead, isChanged }, index) => {
    const found = agreed[index];
    if (found !== undefined) return [found];
    // Whatever pair of the paragraph makes it right may be meant; and all of something need not be all that is told of.
    const isAll = eq(rate.quantity.value, HUNDRED);
    if (agreeing(far, rate) !== undefined || (isAll && near.length !== 2)) return [];
    // 较大隐患整改97处，整改率91.5%，一般隐患整改372处，整改率96.6%: what each is of stands elsewhere.
    if (isOfHidden(view, rate.quantity)) return apart({ near: near.slice(0, 1), far: [], rate, lead }) ?? [];
    const own = inStretch(view, near, rate, isWithin) ?? [];
    const all = { near: own, far, rate, lead };
    const [beside, named, ...others] = finders as [Meant, Meant, ...Meant[]];
    const candidates = isChanged
      ? [() => beside({ ...all, near }), ...others.map((find) => () => find(all)), () => asWarning(named(all))]
      : [
          () => (isStrict(lead) ? meant(view, own, rate, positionOf(view, rate.quantity), isOpen) : undefined),
          ...(isAll ? [] : [() => beside({ ...all, near })]),
          () => named(all),
          ...(isAll ? [] : others.map((find) => () => find(all))),
          () => (isAll ? undefined : slipped(view, own, rate)),
        ];
    const share =
      (isOverall(lead) ? ofGroups(used, all, sentenceOf(view, rate.quantity)) : undefined) ?? firstOf(candidates);
    // What another percentage has is not what this one is of.
    if (share === undefined || isUsed(share)) return [];
    return [share];
  });
}

/** 19处已安装；按户数计，安装率已过半: of something else than was counted. */
const OTHER_BASE = /按[^，。；]{1,8}(?:计|算|计算|统计)[，]/u;

const asWarning = (share: Share | undefined): Share | undefined => share && { ...share, severity: 'warning' };

const isSame = (a: Stated, b: Stated): boolean => a.quantity.start === b.quantity.start;

/** A count in the first of the units that count the same things. */
function inOneUnit(groups: Alike, quantity: Quantity): Quantity {
  const [unit] = groups.find((group) => group.split(' ').includes(quantity.unit))?.split(' ') ?? [];
  return unit === undefined ? quantity : { ...quantity, unit };
}

function firstOf<T>(makers: readonly (() => T | undefined)[]): T | undefined {
  for (const make of makers) {
    const made = make();
    if (made !== undefined) return made;
  }
  return undefined;
}

/** Whether each percentage of the sentence up to this one has just one count before it, and there are several. */
function isOfHidden(view: View, rate: Quantity): boolean {
  const sentence = sentenceOf(view, rate);
  const before = within(view.quantities, { start: sentence.start, end: rate.end });
  let counts = 0;
  let rates = 0;
  for (const { kind } of before) {
    if (COUNTABLE.includes(kind)) counts += 1;
    else if (kind === 'percent') {
      if (counts !== 1) return false;
      counts = 0;
      rates += 1;
    }
  }
  return rates > 1;
}

/** Percentages, and fractions as such: 三分之二. */
function percentagesOf({ view, rules }: CheckContext, rule: CheckRule, given: ShareWords): readonly Quantity[] {
  const [isFraction, isExactly, isNearly] = testers(rules, rule, given.fraction, given.exactly, given.nearly);
  return view.quantities.flatMap((quantity) => {
    const { kind, value, start, stated } = quantity;
    // 近70% is not far below, as 不足70% may be.
    if (kind === 'percent' && isNearly(stated))
      return [{ ...quantity, interval: { ...quantity.interval, lower: sub(value, TENTH) } }];
    if (kind === 'percent') return [quantity];
    if (kind !== 'number' || value.n <= 0n || value.n >= value.d || !isFraction(stated)) return [];
    const step = isExactly(leadOf(view, quantity)) ? rational(1, 10) : TENTH;
    const percent = mul(value, HUNDRED);
    return [
      {
        ...quantity,
        kind: 'percent' as const,
        start,
        value: percent,
        quantum: step,
        interval: nearestInterval(percent, step),
      },
    ];
  });
}

/** A fraction is a round number: in percent, it is right to five on each side. */
const TENTH = rational(10);

/**
 * The counts among which a percentage is held wrong: those of its stretch between two ；, or of its sentence where that stretch
 * has but one. Stretches that each have a percentage of their own are told apart: then nothing is said.
 */
function inStretch(view: View, near: readonly Stated[], rate: Stated, isWithin: Test): readonly Stated[] | undefined {
  const sentence = sentenceOf(view, rate.quantity);
  const start = Math.max(sentence.start, view.masked.lastIndexOf('；', rate.quantity.start) + 1);
  const own = near.filter(({ quantity }) => quantity.start >= start);
  if (own.length > 1 || start === sentence.start) return own.length > 1 ? own : near;
  const isParallel = view.quantities.some(
    (quantity) => quantity.kind === 'percent' && contains({ start: sentence.start, end: start }, quantity),
  );
  return isParallel && own.length === 1 && !isWithin(view.masked.slice(start, rate.quantity.start)) ? undefined : near;
}

const HUNDRED = rational(100);

/** How many percentages stand before one in its clause. */
const positionOf = (view: View, quantity: Quantity): number =>
  view.quantities.filter(
    ({ kind, start, end }) => kind === 'percent' && end <= quantity.start && start >= clauseOf(view, quantity).start,
  ).length;

/** A percentage that agrees with no pair of the counts before it: those of its sentence and its paragraph, nearest first. */
interface Open {
  readonly near: readonly Stated[];
  readonly far: readonly Stated[];
  readonly rate: Stated;
  /** The words of its clause before it. */
  readonly lead: string;
}

/** The share that such a percentage must be meant for. */
type Meant = (open: Open) => Share | undefined;

const isLarger = (part: Stated, whole: Stated): boolean =>
  part.quantity.unit === whole.quantity.unit && cmp(whole.quantity.value, part.quantity.value) > 0;

const largest = (counts: readonly Stated[]): Stated | undefined =>
  counts.find((count) => !counts.some((other) => isLarger(count, other)));

/**
 * The share whose words name its part (已恢复1134亩，恢复率90%) or its whole (批复总投资2400万元，…，占批复总投资的82.5%).
 */
function namedBy({ view, rules }: CheckContext, rule: CheckRule, given: ShareWords): Meant {
  const [actOf, wholeOf] = [finder(rules, rule, given.act), finder(rules, rule, given.whole)];
  const plain = (text: string): string => text.replaceAll(LINK, '');
  const isNegated = tester(rules, rule, given.negated);
  const says = (word: string) => (count: Stated) => {
    const text = plain(masked(view, clauseOf(view, count.quantity)));
    const at = placeOf(text, plain(word));
    return at >= 0 && !isNegated(text.slice(0, at));
  };
  return ({ near, far, rate, lead }) => {
    const [name, act] = [wholeOf(lead), actOf(lead)];
    const hasPart = (count: Stated): boolean => near.some((other) => isLarger(other, count));
    const wholeBy = (word: string): Stated | undefined =>
      largest(near.filter(says(word)).filter(hasPart)) ?? far.find(says(word));
    // 处理36人，…占处理人数的15.6%: what was counted may be named by its act alone.
    const names = name === undefined ? [] : [name, name.replace(COUNTED, '')].filter((word) => word !== '');
    const whole = firstOf(names.map((word) => () => wholeBy(word)));
    const last = near.find((count) => whole !== undefined && isLarger(count, whole));
    if (whole !== undefined && last !== undefined) return exactShare(last, whole, rate);
    const done = act === undefined ? [] : near.filter(says(act));
    const [part] = done;
    if (part === undefined) return undefined;
    const wholes = near.filter((count) => isLarger(part, count) && count.quantity.end < part.quantity.start);
    const [nearest] = wholes;
    // 达标240所，达标率95%，其中小学达标57所，达标率97%: both numbers are of the act, each with a percentage of its own.
    const between = { start: nearest?.quantity.end ?? 0, end: part.quantity.start };
    const isOwn = view.quantities.some((other) => other.kind === 'percent' && contains(between, other));
    if (nearest !== undefined && done.includes(nearest) && isOwn) return undefined;
    // Another number of the same act: the percentage may be of both.
    if (nearest === undefined || done.some((count) => count !== part && !wholes.includes(count))) return undefined;
    const isAll = eq(rate.quantity.value, HUNDRED);
    // What is done of all of it may be told of in two numbers.
    if (isAll && done.length > 1) return undefined;
    const isSure = wholes.length === 1 && done.length <= 2 && !isAll;
    return exactShare(part, nearest, rate, isSure ? undefined : 'warning');
  };
}

/** What is counted, behind the act that counts it: 处理人数, 查出资金. */
const COUNTED = /(?:总)?(?:人数|人员|件数|户数|个数|数量|数|金额|资金|面积)$/u;

/** Characters that may stand between the two of a word that is said in short: 参训率, of those who 参加培训. */
const SHORTENED = 2;

/** Where a text says a word, or the longer one that a word of two characters is short for. */
function placeOf(text: string, word: string): number {
  const at = text.indexOf(word);
  const [first, second, ...more] = word;
  if (at >= 0 || first === undefined || second === undefined || more.length > 0) return at;
  for (let from = text.indexOf(first); from >= 0; from = text.indexOf(first, from + 1))
    if (text.slice(from + 1, from + 2 + SHORTENED).includes(second)) return from;
  return -1;
}

/** Between a noun and what qualifies it; it makes no difference to a name. */
const LINK = '的';

/** 86个问题中…基本完成5个（占5.8%）: the number right before the percentage, of one that has no percentage itself. */
function besideBy({ view, rules }: CheckContext, rule: CheckRule, given: ShareWords): Meant {
  const isBare = tester(rules, rule, given.bare);
  const amongOf = finder(rules, rule, given.among);
  const isShared = ({ quantity }: Stated): boolean => {
    const next = view.quantities.find(({ start }) => start >= quantity.end);
    return next?.kind === 'percent' && isBare(view.masked.slice(quantity.end, next.start));
  };
  return ({ near: [part, ...others], far, rate }) => {
    if (part === undefined || !isBare(view.masked.slice(part.quantity.end, rate.quantity.start))) return undefined;
    const name = amongOf(view.masked.slice(sentenceOf(view, part.quantity).start, part.quantity.start));
    const plain = (text: string): string => text.replaceAll(LINK, '');
    const named = far.find(
      (count) =>
        name !== undefined &&
        isLarger(part, count) &&
        plain(masked(view, clauseOf(view, count.quantity))).includes(plain(name)),
    );
    if (named !== undefined) return exactShare(part, named, rate);
    const inSentence = others.filter((count) => isLarger(part, count) && !isShared(count));
    const before = far.filter((count) => isLarger(part, count) && !isShared(count));
    // Of several, and of another sentence, the whole need not be the one that is meant.
    const [whole = before[0]] = inSentence;
    return whole === undefined
      ? undefined
      : exactShare(part, whole, rate, inSentence.length === 1 ? undefined : 'warning');
  };
}

/** A rate that names nothing but its act: 结案率, and not 资金支付率. */
const PLAIN = /^[\u4e00-\u9fff]{0,2}(?:率|比例|占比|进度)/u;

/** 41件。…办结29件，结案率78.6%，另有12件仍在核查: what is told of after the percentage makes up the whole with its part. */
function restBy({ view, locate }: CheckContext, _: CheckRule, given: ShareWords): Meant {
  return ({ near: [part, ...others], far, rate, lead }) => {
    if (part === undefined || !PLAIN.test(lead)) return undefined;
    if (view.masked.slice(part.quantity.end, rate.quantity.start).split(CLAUSES).length > 2) return undefined;
    const { unit, value } = part.quantity;
    const after = { start: rate.quantity.end, end: sentenceOf(view, rate.quantity).end };
    const rest = within(view.quantities, after)
      .map((quantity) => inOneUnit(given.alike, quantity))
      .find((quantity) => COUNTABLE.includes(quantity.kind) && quantity.unit === unit);
    if (rest === undefined || !isExact(statedBy(locate, rest))) return undefined;
    const all = add(value, rest.value);
    const whole = [...others, ...far].find(({ quantity }) => quantity.unit === unit && eq(quantity.value, all));
    return whole === undefined ? undefined : exactShare(part, whole, rate, 'warning');
  };
}

/** 应到85人，实到79人，到会率91.9%: what was due, and what came of it. */
function dueBy({ view, rules }: CheckContext, rule: CheckRule, given: ShareWords): Meant {
  const [isDue, isReal] = testers(rules, rule, given.due, given.real);
  const before = ({ quantity }: Stated): string => view.masked.slice(clauseOf(view, quantity).start, quantity.start);
  const actOf = finder(rules, rule, given.act);
  return ({ near, far, rate, lead }) => {
    const part = near.find((count) => isReal(before(count)) && near.some((other) => isLarger(count, other)));
    const whole = near.find((count) => part !== undefined && isLarger(part, count) && isDue(before(count)));
    if (part !== undefined && whole !== undefined) return exactShare(part, whole, rate);
    // 应参保人员12600人。经动员，实际参保11340人，参保率88%: due in the sentence before.
    const [act, [only]] = [actOf(lead), near];
    if (act === undefined || only === undefined || !isReal(before(only))) return undefined;
    const due = far.filter((count) => isLarger(only, count) && isDue(before(count)) && before(count).includes(act));
    return due.length === 1 ? exactShare(only, due[0] as Stated, rate, 'warning') : undefined;
  };
}

/** 计划改造650户，完成560户，完成计划的90%: of what was planned; more may be done than that. */
function planBy({ view, rules }: CheckContext, rule: CheckRule, given: ShareWords): Meant {
  const [isOfPlan, isDue, isReal] = testers(rules, rule, given.plan, given.due, given.real);
  const before = ({ quantity }: Stated): string => view.masked.slice(clauseOf(view, quantity).start, quantity.start);
  return ({ near, rate, lead }) => {
    const [part, whole, ...others] = near.filter(({ quantity }) => quantity.unit === near[0]?.quantity.unit);
    if (!isOfPlan(lead) || part === undefined || whole === undefined || others.length > 0) return undefined;
    return isReal(before(part)) && isDue(before(whole)) ? exactShare(part, whole, rate, 'warning') : undefined;
  };
}

/** 两年共签约72个、开工54个，总体履约率78%: the last two counts, of which the whole is the largest of all. */
function overallBy({ view, rules }: CheckContext, rule: CheckRule, given: ShareWords): Meant {
  const isOverall = tester(rules, rule, given.overall);
  return ({ near: [part, whole, ...others], rate, lead }) => {
    if (!isOverall(lead) || part === undefined || whole === undefined || !isLarger(part, whole)) return undefined;
    if (others.some((count) => isLarger(whole, count))) return undefined;
    const isBreath = view.masked.slice(whole.quantity.end, rate.quantity.start).split(/[，、；：]/u).length <= 3;
    return isBreath ? exactShare(part, whole, rate, 'warning') : undefined;
  };
}

/** 来信60件办结54件，办结率90%；来访80件办结66件，办结率82.5%；综合办结率85.7%: of all that the shares beside it are of. */
function ofGroups(shares: readonly Share[], { rate, near }: Open, sentence: Span): Share | undefined {
  const groups = shares.filter(
    ({ rate: { quantity } }) => contains(sentence, quantity) && quantity.end <= rate.quantity.start,
  );
  const [first] = groups;
  const distinct = new Set(groups.flatMap(({ part, whole }) => [part, whole].map(({ quantity }) => quantity.start)));
  if (first === undefined || groups.length < 2 || distinct.size < 2 * groups.length) return undefined;
  if (groups.some(({ whole }) => whole.quantity.unit !== first.whole.quantity.unit)) return undefined;
  const whole = added(groups.map((group) => group.whole));
  const part = added(groups.map((group) => group.part));
  // The sum of the wholes must be stated, so that no other group may be meant.
  const stated = near.find(({ quantity }) => eq(quantity.value, whole.quantity.value));
  return stated === undefined ? undefined : exactShare(part, stated, rate, 'warning');
}

/** Several numbers as one. */
function added(parts: readonly Stated[]): Stated {
  const [first] = parts as [Stated];
  const value = parts.map(({ quantity }) => quantity.value).reduce(add);
  return { ...first, quantity: { ...first.quantity, value, interval: pointInterval(value), stated: joined(parts) } };
}

/** 调查病历4800份，发现感染36例，感染率7.5‰: of what was looked at, whatever either is counted in. */
function askedBy({ view, rules }: CheckContext, rule: CheckRule, given: ShareWords): Meant {
  const isAsked = tester(rules, rule, given.asked);
  const actOf = finder(rules, rule, given.act);
  return ({ near: [part, whole, ...others], rate, lead }) => {
    const act = actOf(lead);
    if (act === undefined || part === undefined || whole === undefined || others.length > 0) return undefined;
    const [a, b] = [part.quantity, whole.quantity];
    if (a.kind !== 'count' || b.kind !== 'count' || cmp(b.value, a.value) <= 0) return undefined;
    const clause = masked(view, clauseOf(view, a));
    // 错误7卷, 差错率: of counts of one unit, a character of the act is enough.
    const isSaid =
      clause.includes(act) || (a.unit === b.unit && [...act].some((character) => clause.includes(character)));
    const isNamed = isSaid && isAsked(masked(view, clauseOf(view, b)));
    return isNamed ? exactShare(part, whole, rate, 'warning') : undefined;
  };
}

/** Characters that two clauses need in common to tell of the same things. */
const COMMON = 4;
/** Counts before a percentage, in other paragraphs, among which its whole is looked for. */
const FARTHEST = 40;

/** 受理来信来访412件。…（another paragraph）上述来信来访办结386件，办结率97.3%: the whole stands where the same things were counted. */
function apartBy({ view, extraction, locate }: CheckContext, _: CheckRule, given: ShareWords): Meant {
  const findingOf = (span: Span) => extraction.findings.find((finding) => contains(finding.span, span));
  return ({ near: [part, ...others], far, rate }) => {
    if (part === undefined || others.some((count) => isLarger(part, count))) return undefined;
    if (far.some((count) => isLarger(part, count))) return undefined;
    const { start, unit } = part.quantity;
    if (view.masked.slice(part.quantity.end, rate.quantity.start).split(CLAUSES).length > 2) return undefined;
    const topic = plainWords(leadOf(view, part.quantity));
    const finding = findingOf(part.quantity);
    const earlier = view.quantities
      .map((quantity) => inOneUnit(given.alike, quantity))
      .filter((quantity) => quantity.end <= start && quantity.unit === unit && COUNTABLE.includes(quantity.kind))
      .slice(-FARTHEST)
      .filter((quantity) => findingOf(quantity) === finding)
      .map((quantity) => statedBy(locate, quantity));
    const rated = earlier.flatMap((count) => {
      const words = plainWords(wordsBeside(view, count.quantity));
      // What the words begin with says more than what was done.
      const common = longestCommon(topic, words) + (words.includes(topic.slice(0, COMMON)) ? 1 : 0);
      return isLarger(part, count) && common >= COMMON ? [{ count, common }] : [];
    });
    const most = Math.max(0, ...rated.map(({ common }) => common));
    const wholes = rated.filter(({ common }) => common === most).map(({ count }) => count);
    const [whole] = wholes;
    if (whole === undefined || wholes.some(({ quantity }) => !eq(quantity.value, whole.quantity.value)))
      return undefined;
    const share = exactShare(part, whole, rate, 'warning');
    return share === undefined || agreeing([part, ...earlier], rate) !== undefined ? undefined : share;
  };
}

/** The words of a number's clause from the 、 or number before it up to those that follow it. */
function wordsBeside(view: View, quantity: Quantity): string {
  const { start, end } = clauseOf(view, quantity);
  const before = view.masked.slice(start, quantity.start);
  const own = /[^、\ue001-\ue0ff]*$/u.exec(before)?.[0] ?? '';
  const after = /^[^、\ue001-\ue0ff]*/u.exec(view.masked.slice(quantity.end, end))?.[0] ?? '';
  return `${own} ${after}`;
}

const plainWords = (text: string): string => text.replace(/[^\u4e00-\u9fff]/gu, ' ').replaceAll(LINK, '');

/** Length of the longest run of characters of two texts that stands in both. */
function longestCommon(a: string, b: string): number {
  let longest = 0;
  for (let from = 0; from + longest < a.length; from += 1)
    while (isWords(a.slice(from, from + longest + 1), longest + 1) && b.includes(a.slice(from, from + longest + 1)))
      longest += 1;
  return longest;
}

const isWords = (text: string, length: number): boolean => text.length === length && !text.includes(' ');

/** 20个村中已有17个建成，覆盖率87%: the part is said to be of the whole, right before the percentage. */
function withinBy({ view, rules }: CheckContext, rule: CheckRule, given: ShareWords): Meant {
  const isWithin = tester(rules, rule, given.within);
  return ({ near: [part, whole], rate }) => {
    if (part === undefined || whole === undefined || !isLarger(part, whole)) return undefined;
    const clauses = view.masked.slice(part.quantity.end, rate.quantity.start).split(CLAUSES).length;
    return clauses <= 2 && isWithin(view.masked.slice(whole.quantity.end, part.quantity.start))
      ? exactShare(part, whole, rate, 'warning')
      : undefined;
  };
}

const CLAUSES = /[，；：]/u;

/** Two counts of one unit right before a percentage that a slip of the pen makes their share. */
function slipped(view: View, [part, whole, ...others]: readonly Stated[], rate: Stated): Share | undefined {
  if (part === undefined || whole === undefined || !isLarger(part, whole)) return undefined;
  if (others.some(({ quantity }) => quantity.unit === part.quantity.unit)) return undefined;
  const text = view.masked.slice(part.quantity.end, rate.quantity.start);
  const share = exactShare(part, whole, rate, 'warning');
  return share !== undefined && text.split(CLAUSES).length <= 2 && !text.includes('；') && isSlip(share)
    ? share
    : undefined;
}

/** 分别承担9个、20个、12个，分别完成9个、18个、11个，完成率分别为100%、90%、91.7%: the lists hold their numbers in one order. */
function aligned({ view, locate }: CheckContext, counts: readonly Stated[], rate: Stated): Share | undefined {
  const sentence = sentenceOf(view, rate.quantity);
  const all = view.quantities.filter((quantity) => contains(sentence, quantity));
  const runs: Quantity[][] = [];
  for (const quantity of all) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const isNext = last?.unit === quantity.unit && LISTED.test(view.masked.slice(last.end, quantity.start));
    if (run !== undefined && isNext) run.push(quantity);
    else runs.push([quantity]);
  }
  const own = runs.findIndex((run) => run.some(({ start }) => start === rate.quantity.start));
  const at = runs[own]?.findIndex(({ start }) => start === rate.quantity.start) ?? -1;
  const size = runs[own]?.length ?? 0;
  const lists = runs
    .slice(0, own)
    .filter(
      (run) => run.length === size && counts.some(({ quantity }) => run.some(({ start }) => start === quantity.start)),
    );
  const [wholes, parts] = lists.slice(-2);
  if (size < 2 || wholes === undefined || parts === undefined || wholes[0]?.unit !== parts[0]?.unit) return undefined;
  if (!wholes.every((whole, index) => cmp(whole.value, (parts[index] as Quantity).value) >= 0)) return undefined;
  return exactShare(statedBy(locate, parts[at] as Quantity), statedBy(locate, wholes[at] as Quantity), rate);
}

/** Between two numbers of one list. */
const LISTED = /^[、和与及]$/u;

const exactShare = (part: Stated, whole: Stated, rate: Stated, severity?: Severity): Share | undefined =>
  [part, whole].every(isExact) && rate.quantity.rangeTo === undefined
    ? { part, whole, rate, ...(severity && { severity }) }
    : undefined;

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
const countsBefore = (view: View, quantity: Quantity, span: Span, reach = REACH): readonly Quantity[] =>
  view.quantities
    .filter((other) => COUNTABLE.includes(other.kind) && contains(span, other) && other.end <= quantity.start)
    .reverse()
    .slice(0, reach);

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
function meant(view: View, counts: readonly Stated[], rate: Stated, position: number, isOpen: Test): Share | undefined {
  const inOrder = [...counts].reverse();
  const units = [...new Set(inOrder.map(({ quantity }) => quantity.unit))];
  const groups = units
    .map((unit) => inOrder.filter(({ quantity }) => quantity.unit === unit))
    .filter(({ length }) => length > 1);
  // Of several kinds of counts, percentages that follow one another hold to their order; one alone holds to the last.
  const own = groups.find((one) => one.at(-1) === counts[0]);
  const isAlone = position === 0 && !LISTED.test(view.masked.charAt(rate.quantity.end));
  const group = groups.length === 1 ? groups[0] : isAlone ? (own ?? groups[0]) : groups[position];
  const last = group?.at(-1);
  if (group === undefined || last === undefined) return undefined;
  const clauses = view.masked.slice(last.quantity.end, rate.quantity.start).split(CLAUSES).length;
  const [whole, part] = [...group].sort((a, b) => cmp(b.quantity.value, a.quantity.value)) as [Stated, Stated];
  if (clauses > 2 || ![part, whole].every(isExact)) return undefined;
  // 完成22个，正在推进1个，完成率95.7%: both are parts of a whole that stands elsewhere.
  if (group.some(({ quantity }) => isOpen(leadOf(view, quantity)))) return undefined;
  const share = shareOf(part, whole, rate);
  return share === undefined || group.length === 2 ? share : { ...share, severity: 'warning' };
}
