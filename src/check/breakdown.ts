/**
 * A whole and its parts, wherever a paragraph states them, whatever is counted. Only words that announce all the parts make
 * a difference a failure; what merely adds up is reported as holding.
 */
import { z } from 'zod';
import type { Evidence, Severity, Span } from '../model.js';
import { exceeds, sumAgreement, valueCause } from '../number/agreement.js';
import { abs, cmp, eq, min, mul, rational, sub } from '../number/rational.js';
import type { View } from '../rules/view.js';
import { contains } from '../text.js';
import {
  type Alike,
  alike,
  causeNote,
  finder,
  isExact,
  joined,
  operandOf,
  type Stated,
  sameUnit,
  shownLike,
  tester,
  totalOf,
} from './arithmetic.js';
import { type Item, itemsOf, type List, type ListWords, listsOf, MARK } from './arithmetic-lists.js';
import { modeOf } from './arithmetic-share.js';
import type { CheckContext, CheckKind, Judgement } from './kind.js';

const parameters = z.strictObject({
  /** Between the whole and its parts: these are all of them. */
  all: z.string(),
  /** Somewhere in the sentence: there are no others. */
  closed: z.string(),
  /** Between the whole and its parts: names of all of them, whose numbers follow. */
  respective: z.string(),
  /** Between the whole and its parts: a colon, after which a reader expects all of them. */
  listed: z.string(),
  /** Between the whole and its parts: these are some of them, or all. */
  among: z.string(),
  /** Right after the whole: what follows is of it. */
  within: z.string(),
  /** After the last part: there are more. */
  more: z.string(),
  /** Before a part: it is what the other parts leave. */
  rest: z.string(),
  /** The same, where something else may be left too. */
  left: z.string(),
  /** Between a whole and one part: the part is of just that whole, and cannot be more than it. */
  portion: z.string(),
  /** Beside a part: done, and not done; the two cover every case. */
  done: z.string(),
  open: z.string(),
  /** Pairs of which everything is one: 男 and 女, each before a part. */
  opposites: z.array(z.tuple([z.string(), z.string()])),
  /** Nouns right behind a number; where one part repeats the whole's, a part of another noun is none of it. */
  things: z.array(z.string()),
  /** All the words before a number: it is what is done of the number before. */
  bareDone: z.string(),
  /** Right before a whole: it is the sum of the numbers before it; before it with other words between: it seems to be. */
  total: z.string(),
  summed: z.string(),
  /** The same where a count of what it sums stands before it: 三个科室共. */
  counted: z.string(),
  /** Before a whole: it is the sum so far; before its parts: each is a round. */
  soFar: z.string(),
  round: z.string(),
  /** Beside a number: it overlaps with others, and the sum of such may be more than the whole. */
  overlapping: z.string(),
  /** Before a part: it is of those with a trait, which others may share. */
  traits: z.string(),
  /** In the sentence: something is done altogether, and its number is left unsaid. */
  unsaid: z.string(),
  /** Before a number: it is what came of the others, 现有15个. */
  level: z.string(),
  /** Words that keep a sentence from being read at all. */
  unless: z.string(),
  /** The same in a whole sentence: its parts overlap. */
  shared: z.string(),
  /** In a clause of its own; its group `word` is what the numbers after it are of. */
  subject: z.string(),
  /** Before a part: the whole is sorted once more. */
  again: z.string(),
  alike,
});
type Words = ListWords &
  Readonly<
    Record<
      | 'bareDone'
      | 'closed'
      | 'left'
      | 'portion'
      | 'traits'
      | 'listed'
      | 'respective'
      | 'more'
      | 'open'
      | 'overlapping'
      | 'unsaid',
      (text: string) => boolean
    >
  > & { readonly opposites: readonly (readonly [string, string])[]; readonly things: readonly string[] };

export const breakdown: CheckKind<z.infer<typeof parameters>> = {
  kind: 'breakdown',
  parameters,
  run(context, rule, given) {
    const { alike: groups, opposites, things, ...patterns } = given;
    const tests = Object.fromEntries(
      Object.entries(patterns).map(([name, pattern]) => [name, tester(context.rules, rule, pattern)]),
    );
    const words = {
      ...tests,
      opposites,
      things,
      subject: finder(context.rules, rule, given.subject),
    } as unknown as Words;
    const items = itemsOf(context);
    const isTold = isSummed(context);
    const lists = listsOf(context.view, items, words, groups);
    const holding = lists.flatMap((list) => holdingParts(context.view, list, words));
    const used = new Set(holding.flatMap(({ parts }) => parts));
    const wholes = new Set(holding.map(({ whole }) => whole));
    const failing = lists
      .filter(
        ({ whole, parts }) => !isTold([whole, ...parts]) && !wholes.has(whole) && !parts.some((part) => used.has(part)),
      )
      .filter((list) => isAnnounced(list, words, 'whole') || !isPartItself(context, items, list, groups))
      .filter((list) => !isMadeElsewhere(items, list, words, groups) && !areSharesOf(context.view, list))
      .filter(
        (list) =>
          !isMadeOfSome(context.view, items, list, words, groups) && !leavesRestUnsaid(context.view, list, words),
      )
      .filter((list) => !(isLess(list) && words.unsaid(sentenceBefore(context.view, list))))
      .filter((list) => !isRunning(list, words) && !turnsToDone(context.view, list, words))
      .flatMap((list) => failure(items, list, words) ?? [])
      .flatMap((failed) => {
        if (isOnlyReading(items, failed.list, groups)) return [failed];
        // A number in a row of its kind is a whole only where words say so.
        return isInRow(items, failed.list, words, groups) && !isAnnounced(failed.list, words, 'whole')
          ? []
          : [lighter(failed)];
      });
    const again = lists.flatMap((list) => sortedAgain(context.view, list, words) ?? []);
    const untold = holding.filter(({ whole, parts }) => !isTold([whole, ...parts]));
    const told = new Set([...failing, ...again].flatMap(({ list: { whole, parts } }) => [whole, ...parts]));
    const larger = portions(context.view, items, words, groups).filter(({ part }) => !told.has(part));
    return [...untold.map(holds), ...closest([...failing, ...again]), ...larger.map(tooLarge)];
  },
};

interface Portion {
  readonly whole: Item;
  readonly part: Item;
}

/** 新建和修订制度18项，其中修订21项: a part that is more than the number right before it, which alone it can be of. */
function portions(view: View, items: readonly Item[], words: Words, groups: Alike): readonly Portion[] {
  return items.slice(1).flatMap((part, at) => {
    const whole = items[at] as Item;
    const isOfOne =
      contains(whole.sentence, part.quantity) &&
      sameUnit(groups, whole.quantity, part.quantity) &&
      words.portion(view.masked.slice(whole.quantity.end, part.quantity.start)) &&
      MARK.test(view.masked.charAt(part.quantity.end));
    if (!isOfOne || !isExact(whole) || !isExact(part) || cmp(part.quantity.value, whole.quantity.value) <= 0) return [];
    const isOfAnother = items.some(
      ({ quantity }) =>
        quantity.end <= whole.quantity.start &&
        contains(whole.paragraph, quantity) &&
        sameUnit(groups, quantity, part.quantity) &&
        cmp(quantity.value, part.quantity.value) >= 0,
    );
    return isOfAnother ? [] : [{ whole, part }];
  });
}

const tooLarge = ({ whole, part }: Portion): Judgement => ({ ...statement(whole, [part]), verdict: 'inconsistent' });

/** Whether a whole and all its parts are figures that checks of kind `sum` add up already. */
function isSummed({ rules, extraction }: CheckContext): (parts: readonly Item[]) => boolean {
  const byStatus = rules.checks.filter(({ kind, of }) => kind === 'sum' && of.done !== undefined);
  const metrics = new Set(byStatus.flatMap(({ of }) => Object.values(of).flat()));
  const starts = new Set(
    extraction.figures
      .filter(({ metric }) => metric !== null && metrics.has(metric))
      .map(({ quantity }) => quantity.start),
  );
  return (parts) => parts.every(({ quantity }) => starts.has(quantity.start));
}

// ── What holds ────────────────────────────────────────────────────────────────────────────────────────────────────

interface Holding {
  readonly whole: Item;
  readonly parts: readonly Item[];
}

/** Wholes below this are small enough for two numbers beside them to add up by chance. */
const TELLING = rational(10);
/** The same for numbers of the next sentence. */
const TELLING_APART = rational(100);

function holdingParts(view: View, list: List, words: Words): readonly Holding[] {
  const { whole, parts, aside } = list;
  const [only] = parts;
  if (aside !== undefined && only !== undefined && words.rest(only.lead) && addUp(whole, [aside, only])) {
    return [{ whole, parts: [aside, only] }];
  }
  if (list.total !== undefined) {
    const from = parts.findIndex((_, at) => beginsList(view, parts, at) && addUp(whole, parts.slice(at)));
    return from < 0 || from > parts.length - 2 ? [] : [{ whole, parts: parts.slice(from) }];
  }
  const isTold = isAnnounced(list, words) || hasBothStates(list, words);
  const inSentence = contains(whole.sentence, (only as Item).quantity);
  const isOneClause = !MARK.test(list.between);
  const groups: Item[][] = [];
  let rest = [...parts];
  // One whole may be broken down twice: 98 = 17 + 47 + 34, and by another kind 63 + 28 + 7.
  for (let size = firstSize(whole, rest); size > 0; size = firstSize(whole, rest)) {
    groups.push(rest.slice(0, size));
    rest = rest.slice(size);
  }
  // A list that is announced as a whole does not end where its first numbers happen to make it.
  const isCut = rest.length > 0 && groups.length === 1 && (words.all(list.between) || words.listed(list.between));
  if (isCut && rest.every(({ lead }) => !words.summed(lead))) return [];
  const isTelling = (group: readonly Item[]): boolean =>
    (inSentence && (isOneClause || group.length > 2)) ||
    cmp(whole.quantity.value, inSentence ? TELLING : TELLING_APART) >= 0;
  return groups
    .filter((group) => isTold || (eq(totalOf(group), whole.quantity.value) && isTelling(group)))
    .map((group) => ({ whole, parts: group }));
}

/** A number that a 、 joins to the one before it is of the same list. */
function beginsList(view: View, parts: readonly Item[], at: number): boolean {
  const [before, part] = [parts[at - 1], parts[at]];
  if (before === undefined || part === undefined) return true;
  const text = view.masked.slice(before.quantity.end, part.quantity.start);
  return !text.startsWith('、') || /[，；：]/u.test(text);
}

/** 按阶段分…，按来源分…: parts that follow those that make the whole, and do not make it. */
function sortedAgain(view: View, { whole, parts }: List, words: Words): Failure | undefined {
  const size = firstSize(whole, parts);
  const [last, ...rest] = parts.slice(Math.max(0, size - 1));
  const [first] = rest;
  if (size === 0 || last === undefined || first === undefined || rest.length < 2 || firstSize(whole, rest) > 0)
    return undefined;
  if (!rest.every(isExact) || !words.again(view.masked.slice(last.quantity.end, first.quantity.start)))
    return undefined;
  const cause = causeNote(valueCause(whole.quantity.value, totalOf(rest)));
  const list: List = { whole, parts: rest, byStretch: false, between: '', text: '' };
  return { list, judgement: { ...statement(whole, rest), verdict: 'inconsistent', ...cause } };
}

/** How many of the first parts add up to the whole; 0 where none do. */
function firstSize(whole: Item, parts: readonly Item[]): number {
  for (let size = 2; size <= parts.length; size += 1) if (addUp(whole, parts.slice(0, size))) return size;
  return 0;
}

const addUp = (whole: Item, parts: readonly Item[]): boolean =>
  parts.every(isExact) &&
  sumAgreement(
    whole.quantity,
    parts.map(({ quantity }) => quantity),
  ).agrees;

/** Whether the words at the whole, or those before the last part too, say that what follows is of it. */
const isAnnounced = ({ whole, between, parts, total }: List, words: Words, by: 'whole' | 'any' = 'any'): boolean =>
  words.all(between) ||
  words.among(between) ||
  words.within(whole.tail) ||
  total !== undefined ||
  (by === 'any' && (words.rest((parts.at(-1) as Item).lead) || between === ''));

/** 9个部门中，8个部门已收回，2个项目未清算: projects are no part of departments. */
function countsOther({ whole, parts }: List, { things }: Words): boolean {
  const thingOf = ({ tail }: Item): string | undefined => things.find((thing) => tail.startsWith(thing));
  const counted = thingOf(whole);
  const named = parts.map(thingOf);
  return (
    counted !== undefined && named.includes(counted) && named.some((thing) => thing !== undefined && thing !== counted)
  );
}

/** Parts that cover every case: what is done and what is not; 采纳 and 未采纳; 男 and 女. */
const hasBothStates = ({ parts }: List, words: Words): boolean =>
  (parts.length === 2 &&
    words.opposites.some((pair) => pair.every((word, at) => (parts[at] as Item).lead.includes(word)))) ||
  parts.slice(1).some(({ lead }, at) => {
    const done = (parts[at] as Item).lead.slice(-2);
    return done.length === 2 && lead.endsWith(done) && lead.length > done.length && words.open(lead.slice(0, -2));
  }) ||
  (parts.some(({ lead, tail }) => words.done(lead + tail) && !words.open(lead + tail)) &&
    parts.slice(1).some(({ lead, tail }) => words.open(lead + tail)));

/** Parts from which on a number of them is no accident. */
const FEWEST_NAMED = 3;
/** Characters behind a number of places or bodies that say what they are. */
const LONGEST_KIND = 8;

/** 4个村（社区）问题10个，其中甲村3个、乙村2个…: as many parts as the number before the whole says, each named as what it counts. */
function isEachNamed(items: readonly Item[], { whole, parts }: List): boolean {
  const counted = items[items.indexOf(whole) - 1];
  if (counted?.quantity.kind !== 'count' || !contains(whole.sentence, counted.quantity)) return false;
  const kinds = counted.tail.slice(0, LONGEST_KIND);
  return (
    parts.length >= FEWEST_NAMED &&
    eq(counted.quantity.value, rational(parts.length)) &&
    parts.every(({ lead }) => /[\u4e00-\u9fff]$/u.test(lead) && kinds.includes(lead.slice(-1)))
  );
}

const holds = ({ whole, parts }: Holding): Judgement => ({ ...statement(whole, parts), verdict: 'consistent' });

function statement(whole: Stated, parts: readonly Stated[]): Omit<Judgement, 'verdict'> {
  const evidence: readonly Evidence[] = [whole, ...parts].map((item) => item.evidence);
  const expected = totalOf(parts);
  return {
    stated: whole.quantity.stated,
    expected: shownLike(expected, whole.quantity),
    operands: [operandOf('whole', whole), ...parts.map((part, index) => operandOf(`part${index + 1}`, part))],
    mode: parts.some(({ quantity }) => quantity.quantum.n > 0n) ? 'interval' : 'exact',
    evidence,
    values: { parts: joined(parts) },
  };
}

/**
 * Where the parts make another number of the paragraph, that is their whole; one before the whole only where no word says that
 * they are of this one, which else takes it up.
 */
const isMadeElsewhere = (items: readonly Item[], list: List, words: Words, groups: Alike): boolean =>
  list.total === undefined &&
  items.some(
    (item) =>
      item !== list.whole &&
      !list.parts.includes(item) &&
      (item.quantity.start > list.whole.quantity.start || !isAnnounced(list, words, 'whole')) &&
      contains(list.whole.paragraph, item.quantity) &&
      sameUnit(groups, item.quantity, list.whole.quantity) &&
      eq(item.quantity.value, totalOf(list.parts)),
  );

/** Numbers before a sum that are looked at. */
const MOST_SUMMED = 10;

/**
 * Some of the numbers of the sentence make the whole: 申报61项，保留17项，合并为14项，其余44项不予列入; or, before a sum, every second one:
 * 甲乡21个、完成19个，乙乡18个、完成16个，合计39个.
 */
function isMadeOfSome(
  view: View,
  items: readonly Item[],
  { whole, parts, total }: List,
  words: Words,
  groups: Alike,
): boolean {
  const at = items.indexOf(whole);
  const isBeside = (item: Item): boolean =>
    sameUnit(groups, item.quantity, whole.quantity) &&
    (contains(whole.sentence, item.quantity) || contains(sentenceBeforeThat(view, whole), item.quantity)) &&
    // 四个乡镇合计67个: how many are summed is no part.
    MARK.test(view.masked.slice(item.quantity.end, whole.quantity.start));
  const before = total === undefined ? [] : items.slice(Math.max(0, at - MOST_SUMMED), at).filter(isBeside);
  const everySecond = [0, 1].map((first) => before.filter((_, index) => (before.length - index) % 2 === first));
  if (everySecond.some((some) => some.length > 1 && eq(totalOf(some), whole.quantity.value))) return true;
  if (total !== undefined || parts.length < 3) return false;
  const last = parts.at(-1) as Item;
  // What stands before the first of them may count something else: 由6个科室牵头，分别牵头14个、11个.
  const later = [parts.slice(1)];
  const withRest = words.rest(last.lead) ? parts.slice(0, -1).map((part) => [part, last]) : [];
  return [...later, ...withRest].some((some) => eq(totalOf(some), whole.quantity.value));
}

/** The sentence before that of a whole: what is summed may stand there. */
function sentenceBeforeThat(view: View, { sentence, paragraph }: Item): Span {
  const start = Math.max(paragraph.start, view.masked.lastIndexOf('。', Math.max(0, sentence.start - 2)) + 1);
  return { start, end: sentence.start };
}

/** 领取18.6万人中，静默认证17.9万人，上门认证0.5万人，其余为异地认证: the rest has no number. */
function leavesRestUnsaid(view: View, { whole, parts }: List, words: Words): boolean {
  const last = parts.at(-1) as Item;
  const next = view.masked.slice(last.quantity.end, last.sentence.end).split(/[，；。、]/u)[1] ?? '';
  const isLessThanWhole = cmp(totalOf(parts), whole.quantity.value) < 0;
  return isLessThanWhole && !words.closed(next) && words.rest(next.slice(0, 4)) && !/[\ue001-\ue007]/u.test(next);
}

/** 80个点位中，一季度达标52个（65%），二季度达标60个（75%）: each is told as a share of the whole, and together they are more. */
function areSharesOf(view: View, { whole, parts }: List): boolean {
  if (parts.length < 2 || cmp(totalOf(parts), whole.quantity.value) <= 0) return false;
  return parts.every((part) => {
    const rate = view.quantities.find(({ start }) => start >= part.quantity.end);
    return (
      rate?.kind === 'percent' &&
      modeOf({ part, whole, rate: { quantity: rate, evidence: part.evidence } }) === 'nearest'
    );
  });
}

const isLess = ({ whole, parts }: List): boolean => cmp(totalOf(parts), whole.quantity.value) < 0;

/** 一季度累计58宗，二季度累计103宗，三季度累计160宗: running totals, none the sum of the others. */
const isRunning = ({ whole, parts, total }: List, words: Words): boolean =>
  total !== undefined && words.soFar(whole.lead) && parts.some(({ lead }) => words.soFar(lead));

/** 412处，其中重大9处；已整改389处: what is done of the whole stands apart, and is no part beside one of its kinds. */
function turnsToDone(view: View, { parts, between }: List, words: Words): boolean {
  const [first, second] = parts;
  if (first === undefined || second === undefined || !words.among(between)) return false;
  const isDone = ({ lead, tail }: Item): boolean => words.done(lead + tail);
  return (
    view.masked.slice(first.quantity.end, second.quantity.start).includes('；') && !isDone(first) && isDone(second)
  );
}

const sentenceBefore = (view: View, { whole }: List): string =>
  view.masked.slice(whole.sentence.start, whole.quantity.start);

/** 甲类6处，乙类4处，丙类1处，其他2处: a number right before this one in its sentence is counted alike. */
function isInRow(items: readonly Item[], { whole, parts, between, total }: List, words: Words, groups: Alike): boolean {
  const before = items[items.indexOf(whole) - 1];
  return (
    total === undefined &&
    words.rest((parts.at(-1) as Item).lead) &&
    before !== undefined &&
    contains(whole.sentence, before.quantity) &&
    sameUnit(groups, before.quantity, whole.quantity) &&
    !MARK.test(whole.lead) &&
    /^[，、][^，、；：]*$/u.test(between)
  );
}

/** Whether no other number of the sentence could be the whole, or a part that was not read as one. */
const isOnlyReading = (items: readonly Item[], { whole, parts, total }: List, groups: Alike): boolean =>
  total === 'all' ||
  !items.some(
    (item) =>
      item !== whole &&
      !parts.includes(item) &&
      contains(whole.sentence, item.quantity) &&
      sameUnit(groups, item.quantity, whole.quantity),
  );

const lighter = (failed: Failure): Failure =>
  failed.judgement.verdict === 'inconsistent'
    ? { ...failed, judgement: { ...failed.judgement, severity: 'warning' } }
    : failed;

/** True where a number before it in the finding or paragraph is the sum of the whole and its parts: then it is a part of that. */
function isPartItself({ extraction }: CheckContext, items: readonly Item[], list: List, groups: Alike): boolean {
  const { whole, parts } = list;
  const within = extraction.findings.find(({ span }) => contains(span, whole.quantity))?.span ?? whole.paragraph;
  // Behind a ； the parts may go on with a whole before this one.
  const isApart = /[；。]/u.test(list.between);
  const sums = [totalOf([whole, ...parts]), ...(isApart ? [totalOf(parts)] : [])];
  const at = items.indexOf(whole);
  return items
    .slice(Math.max(0, at - REACH), at)
    .some(
      ({ quantity }) =>
        contains(within, quantity) &&
        sameUnit(groups, quantity, whole.quantity) &&
        sums.some((sum) => eq(quantity.value, sum)),
    );
}

/** Numbers before a whole of which it may be a part. */
const REACH = 12;

// ── What fails ────────────────────────────────────────────────────────────────────────────────────────────────────

interface Failure {
  readonly list: List;
  readonly judgement: Judgement;
}

function failure(items: readonly Item[], list: List, words: Words): Failure | undefined {
  const { whole, parts } = list;
  if (!parts.every(isExact) || addUp(whole, parts)) return undefined;
  const isMore = exceeds(
    whole.quantity,
    parts.map(({ quantity }) => quantity),
  );
  const weight = weightOf(items, list, words, isMore);
  if (weight === undefined) return undefined;
  const base = statement(whole, parts);
  const cause = causeNote(valueCause(whole.quantity.value, totalOf(parts)));
  if (weight === 'info') return { list, judgement: { ...base, verdict: 'observed', severity: weight } };
  const severity: { severity?: Severity } = weight === 'rule' ? {} : { severity: weight };
  return { list, judgement: { ...base, verdict: 'inconsistent', ...cause, ...severity } };
}

/** Parts that leave out no more than one in so many seem to be meant as all. */
const FEW = rational(15);

/**
 * What a difference weighs: as the rule says where every part is announced, a warning where they only seem to be all, a
 * remark where they fall short by less than any of them; nothing where they may be some of many.
 */
function weightOf(
  items: readonly Item[],
  list: List,
  words: Words,
  isMore: boolean,
): 'rule' | 'warning' | 'info' | undefined {
  const { whole, parts, between, text, byStretch } = list;
  const [only] = parts as [Item];
  if (countsOther(list, words)) return undefined;
  const isNext = !/[；。：]/u.test(between) && between.split('，').length === 2;
  if (parts.length === 1)
    return isMore && isNext && words.bareDone(only.lead) && list.total === undefined ? 'warning' : undefined;
  if (!isMore && words.more((parts.at(-1) as Item).tail)) return undefined;
  const isNear = contains(whole.sentence, (parts[0] as Item).quantity);
  const overlap = [whole, ...parts].some(({ lead, tail, quantity }) =>
    words.overlapping(`${lead}${quantity.unit}${tail}`),
  );
  if (isEachNamed(items, list)) return 'warning';
  if (list.total === 'all') return overlap && isMore ? 'warning' : 'rule';
  if (list.total === 'some') return isNearly(whole, parts) ? 'warning' : undefined;
  const isSure = firstSize(whole, parts) === 0;
  if (between === '' || words.all(between) || (words.closed(text) && isNear)) return isSure ? 'rule' : 'warning';
  if (words.listed(between) && isNear) return isMore && !overlap && isSure ? 'rule' : 'warning';
  if (words.respective(between) && isNear) return isMore && overlap ? 'warning' : isSure ? 'warning' : undefined;
  if (words.left((parts.at(-1) as Item).lead) && isNear && parts.length === 2)
    return isNearly(whole, parts) ? 'warning' : undefined;
  if (isOwnBracket(list) && isNear && !words.among(between)) return isMore && !overlap ? 'rule' : 'warning';
  if (byStretch) return isClose(whole, parts) || (isMore && isNearly(whole, parts)) ? 'warning' : undefined;
  const isLoose = !isNear || !(words.among(between) || words.within(whole.tail));
  const isAbove = parts.some(({ quantity }) => cmp(quantity.value, whole.quantity.value) > 0);
  if (isAbove && !isAnnounced(list, words, 'whole')) return undefined;
  if (words.rest((parts.at(-1) as Item).lead)) {
    // 43处文物落实责任人；整改隐患27处，剩余2处: what is left is left of what stands behind the ；.
    if (between.includes('；')) return undefined;
    return isNear ? 'rule' : 'warning';
  }
  // Behind a ； stand the states of something else.
  if (hasBothStates(list, words) && isLoose && between.includes('；')) return undefined;
  // 2820个，已完成800个、已阶段性完成1081个: a third state is left unsaid.
  if (hasBothStates(list, words) && !isMore && !isNearly(whole, parts)) return undefined;
  if (hasBothStates(list, words)) return isMore && !isLoose && !overlap ? 'rule' : 'warning';
  const missing = sub(whole.quantity.value, totalOf(parts));
  const smallest = parts.map(({ quantity }) => quantity.value).reduce(min);
  const isFew = !isMore && cmp(missing, smallest) <= 0;
  if (isLoose) {
    if (isNear && isEnumeration(list))
      return isClose(whole, parts) || (isMore && isNearly(whole, parts)) ? 'warning' : isFew ? 'info' : undefined;
    if (!isNear || MARK.test(between)) return undefined;
    return isMore && words.done(between) ? 'warning' : isFew ? 'info' : undefined;
  }
  // 其中35岁以下8名、女性3名: traits that one may share.
  if (words.among(between) && parts.some(({ lead }) => words.traits(lead))) return undefined;
  if (isMore) return overlap ? 'warning' : 'rule';
  if (isClose(whole, parts)) return 'warning';
  return isFew ? 'info' : undefined;
}

/** 69项（新建50项、修订19项）: a bracket right behind the whole, with nothing but its parts. */
const isOwnBracket = ({ between, parts }: List): boolean =>
  /^[^，。；：、（]{0,6}（[^，。；：、（]{0,10}$/u.test(between) &&
  (parts.at(-1) as Item).tail.startsWith('）') &&
  parts.slice(1).every(({ lead }) => !MARK.test(lead));

/** 130份，合规50份、补签54份、终止26份: three or more numbers that 、 joins behind the whole, at most one clause between. */
const isEnumeration = ({ between, parts, text }: List): boolean =>
  parts.length > 2 &&
  /^[^，。；：、]{0,24}，(?:[^，。；：、]{0,14}，)?[^，。；：、]{0,10}$/u.test(between) &&
  (text.split('、').length === parts.length ||
    (text.includes('、') && text.split(/[，、]/u).length <= parts.length + 3));

/** Whether numbers that may or may not be all come so near to their sum that they seem to be. */
const isNearly = (whole: Stated, parts: readonly Stated[]): boolean =>
  cmp(mul(abs(sub(whole.quantity.value, totalOf(parts))), rational(4)), whole.quantity.value) <= 0;

const isClose = (whole: Stated, parts: readonly Stated[]): boolean =>
  cmp(mul(abs(sub(whole.quantity.value, totalOf(parts))), FEW), whole.quantity.value) <= 0;

/** Of failing lists that share a part, the one whose difference is least: only one whole can be meant. */
function closest(failures: readonly Failure[]): readonly Judgement[] {
  const gap = ({ list }: Failure) => abs(sub(list.whole.quantity.value, totalOf(list.parts)));
  const taken = new Set<Item>();
  return [...failures]
    .sort((a, b) => cmp(gap(a), gap(b)))
    .filter(({ list }) => {
      const isFree = !list.parts.some((part) => taken.has(part));
      if (isFree) for (const part of list.parts) taken.add(part);
      return isFree;
    })
    .map(({ judgement }) => judgement);
}
