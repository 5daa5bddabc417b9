/**
 * A counted thing told of again by its name: 查出损毁设施47处。…47处损毁设施全部修复. The later number stands right before the name, or
 * the two have so much in common that one is a slip of the pen for the other.
 */
import type { Severity } from '../model.js';
import { digitsSwapped, oneDigitOff, repeatAgreement, valueCause } from '../number/agreement.js';
import { abs, add, cmp, eq, mul, rational, sub } from '../number/rational.js';
import type { CheckRule } from '../rules/load.js';
import type { View } from '../rules/view.js';
import { contains } from '../text.js';
import { type Alike, clauseOf, isExact, saidAgain, sameUnit, type Test, tester } from './arithmetic.js';
import { type Item, itemsOf } from './arithmetic-lists.js';
import type { CheckContext, Judgement } from './kind.js';

/** Patterns of words beside a number; see the parameters of `repeat`. */
export interface MentionWords {
  readonly alike: Alike;
  readonly opens?: string | undefined;
  readonly allOf?: string | undefined;
  readonly elsewhere?: string | undefined;
  readonly overall?: string | undefined;
  readonly other?: string | undefined;
}

/** Numbers before one that takes up another among which that other is looked for. */
const REACH = 60;

/** Characters before a number that are read for what it is of. */
const FARTHEST = 120;

interface Mention {
  readonly item: Item;
  /** Words right before and right after the number. */
  readonly before: string;
  readonly after: string;
  readonly finding: number;
}

export function mentionsAgain(context: CheckContext, rule: CheckRule, given: MentionWords): readonly Judgement[] {
  const { view, rules } = context;
  const test = (pattern: string | undefined): Test => tester(rules, rule, pattern);
  const [isOpening, isAllOf, isElsewhere] = [test(given.opens), test(given.allOf), test(given.elsewhere)];
  const [isOverall, isOther] = [test(given.overall), test(given.other)];
  // A sentence of very many numbers is looked at once.
  const elsewhere = new Map<number, boolean>();
  const isOfElsewhere = ({ sentence: { start, end } }: Item): boolean => {
    const known = elsewhere.get(start) ?? isElsewhere(view.masked.slice(start, end));
    elsewhere.set(start, known);
    return known;
  };
  const mentions = itemsOf(context)
    .filter((item) => isExact(item) && !isOfElsewhere(item))
    .map((item) => mentionOf(context, item));
  return mentions.flatMap((mention, at): readonly Judgement[] => {
    const { item } = mention;
    const from = Math.max(item.sentence.start, item.quantity.start - FARTHEST);
    const sentence = view.masked.slice(from, item.quantity.start);
    const inScope = (other: Mention): boolean => other.finding === mention.finding || isOverall(sentence);
    const earlier = mentions
      .slice(Math.max(0, at - REACH), at)
      .filter((other) => inScope(other) && sameUnit(given.alike, other.item.quantity, item.quantity));
    const slip = slipOf(view, mention, earlier);
    if (
      !isOpening(item.lead) ||
      !isAllOf(view.masked.slice(item.quantity.end, clauseEnd(view, item))) ||
      isOther(sentence)
    )
      return slip === undefined ? [] : [slip];
    const named = earlier.map((other) => ({ other, common: namedIn(mention, other) }));
    const most = Math.max(0, ...named.map(({ common }) => common));
    const same = named.filter(({ common }) => common === most && most >= NAME).map(({ other }) => other.item);
    const holding = same.findLast((other) => repeatAgreement(other.quantity, item.quantity));
    if (holding !== undefined) return [saidAgain(holding, item, 'consistent')];
    if (slip !== undefined) return [slip];
    const [first] = same;
    if (first === undefined || same.some(({ quantity }) => !eq(quantity.value, first.quantity.value))) return [];
    if (first.sentence.start === item.sentence.start || madeBefore(earlier, item)) return [];
    // Two or three of something are told of in many places.
    if (isSmall(first) && isSmall(item) && most < LONG_NAME) return [];
    return isNear(first, item) ? [{ ...saidAgain(first, item, 'inconsistent'), severity: 'warning' as Severity }] : [];
  });
}

function mentionOf({ view, extraction }: CheckContext, item: Item): Mention {
  const { start, end } = item.quantity;
  return {
    item,
    before: HAN_AT_END.exec(view.masked.slice(Math.max(0, start - LONGEST), start))?.[0] ?? '',
    after: HAN.exec(view.masked.slice(end, end + LONGEST))?.[0] ?? '',
    finding: extraction.findings.findIndex(({ span }) => contains(span, item.quantity)),
  };
}

const LONGEST = 12;
const HAN = /^[\u4e00-\u9fff]+/u;
const HAN_AT_END = /[\u4e00-\u9fff]+$/u;

const clauseEnd = (view: View, { quantity, sentence }: Item): number =>
  Math.min(sentence.end, clauseOf(view, quantity).end + 1);

/** Characters of a name that two numbers need in common, and two small ones. */
const NAME = 3;
const LONG_NAME = 4;
const isSmall = ({ quantity }: Item): boolean => cmp(quantity.value, rational(10)) < 0;

/** How much of the name right after a number stands right beside another: 47处损毁设施, of 损毁设施47处 or 47处损毁设施. */
function namedIn({ after }: Mention, { before, after: other }: Mention): number {
  for (let size = after.length; size >= NAME; size -= 1) {
    const name = after.slice(0, size);
    if (before.endsWith(name) || other.startsWith(name)) return size;
  }
  return 0;
}

/** Characters that two numbers need in common beside them for one to be a slip of the other. */
const ALIKE = 4;
const DIGITS = 3;

/** Two numbers of one name and of three digits or more, of which two are exchanged: 撂荒耕地8600亩, 6800亩撂荒耕地. */
function slipOf(view: View, mention: Mention, earlier: readonly Mention[]): Judgement | undefined {
  const { item } = mention;
  const { digits, value } = item.quantity;
  if (digits.end - digits.start < DIGITS) return undefined;
  const named = earlier.filter((other) => likeness(mention, other) >= ALIKE);
  if (named.some((other) => eq(other.item.quantity.value, value))) return undefined;
  const slipped = named.findLast(
    ({ item: other }) =>
      other.sentence.start !== item.sentence.start &&
      other.quantity.unitText === item.quantity.unitText &&
      digitsSwapped(other.quantity.value, value),
  );
  if (slipped === undefined || view.masked.slice(slipped.item.quantity.end, item.quantity.start).includes('\t'))
    return undefined;
  return { ...saidAgain(slipped.item, item, 'inconsistent'), severity: 'warning' };
}

/** The longest name beside both numbers, on whichever side it stands. */
function likeness(a: Mention, b: Mention): number {
  const ends = (x: string, y: string): number => {
    let size = 0;
    while (size < Math.min(x.length, y.length) && x.at(-1 - size) === y.at(-1 - size)) size += 1;
    return size;
  };
  return Math.max(ends(a.before, b.before), namedIn(a, b), namedIn(b, a));
}

/** Whether a number is the sum of several before it. */
const madeBefore = (earlier: readonly Mention[], { quantity }: Item): boolean =>
  earlier.some((one, at) =>
    earlier
      .slice(at + 1)
      .some(
        (other) =>
          eq(add(one.item.quantity.value, other.item.quantity.value), quantity.value) ||
          eq(abs(sub(one.item.quantity.value, other.item.quantity.value)), quantity.value),
      ),
  );

/** Nearly as many, or what a slip makes of it: fewer may be some of them, more may be others. */
function isNear({ quantity: a }: Item, { quantity: b }: Item): boolean {
  if (valueCause(b.value, a.value) !== undefined || oneDigitOff(a.value, b.value) || digitsSwapped(a.value, b.value))
    return true;
  return cmp(mul(abs(sub(a.value, b.value)), rational(10)), a.value) <= 0;
}
