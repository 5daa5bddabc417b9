/** Wholes with the numbers of their unit that follow or precede them: what a breakdown is made of. */
import type { Quantity, Span } from '../model.js';
import { cmp, eq, isInteger, rational } from '../number/rational.js';
import type { View } from '../rules/view.js';
import { contains, markTest, onceFor } from '../text.js';
import {
  type Alike,
  isExact,
  paragraphOf,
  type Stated,
  sameUnit,
  sentenceOf,
  statedBy,
  type Test,
  totalOf,
} from './arithmetic.js';
import type { CheckContext } from './kind.js';

/** Tests of the words that end or forbid a list; see the parameters of `breakdown`. */
export interface ListWords {
  readonly all: Test;
  readonly among: Test;
  readonly within: Test;
  readonly rest: Test;
  readonly done: Test;
  readonly total: Test;
  readonly summed: Test;
  readonly counted: Test;
  readonly open: Test;
  readonly round: Test;
  readonly soFar: Test;
  readonly level: Test;
  readonly unless: Test;
  readonly shared: Test;
  readonly again: Test;
  /** What a clause like 重大隐患中 says that the numbers after it are of. */
  readonly subject: (text: string) => string | undefined;
}

// ── Numbers with the words around them ────────────────────────────────────────────────────────────────────────────

export interface Item extends Stated {
  /** Masked words from the mark or number before, and up to the mark or number after. */
  readonly lead: string;
  readonly tail: string;
  readonly sentence: Span;
  readonly paragraph: Span;
}

export interface List {
  readonly whole: Item;
  readonly parts: readonly Item[];
  /** Masked text between the whole and the first part. */
  readonly between: string;
  /** Masked text from the whole to the end of the last part's clause. */
  readonly text: string;
  /** One number from each stretch between two ；: 其中甲类18个，已完成；乙类36个，完成31个. */
  readonly byStretch: boolean;
  /** The whole stands behind its parts as their sum; `some` where other numbers beside them may not belong to it. */
  readonly total?: 'all' | 'some';
  /** A number of another unit between the whole and a rest of it: 取消资格57户，腾退49套，其余8户. */
  readonly aside?: Item;
}

const COUNTABLE: readonly Quantity['kind'][] = ['count', 'money', 'measure'];
export const MARK = /[，,；;。：:、！？\n\t]/u;

/** Every number that can be counted together with others, in text order. */
export const itemsOf = onceFor((context: CheckContext): readonly Item[] =>
  everyItemOf(context).filter(({ quantity: { kind } }) => COUNTABLE.includes(kind)),
);

/** The same with percentages, durations and all else that is a quantity. */
export const everyItemOf = onceFor(({ view, locate }: CheckContext): readonly Item[] =>
  view.quantities.map((quantity) => ({
    lead: leadOf(view, quantity),
    tail: tailOf(view, quantity),
    sentence: sentenceOf(view, quantity),
    paragraph: paragraphOf(view, quantity),
    ...statedBy(locate, quantity),
  })),
);

const isMark = markTest('，,；;。：:、！？\n\t');
/** A mark, or a character of a token. */
const endsWords = (code: number): boolean => isMark(code) || (code >= 0xe001 && code <= 0xe0ff);

function leadOf({ masked }: View, { start }: Span): string {
  let from = start;
  while (from > 0 && !endsWords(masked.charCodeAt(from - 1))) from -= 1;
  return masked.slice(from, start);
}

function tailOf({ masked }: View, { end }: Span): string {
  let to = end;
  while (to < masked.length && !endsWords(masked.charCodeAt(to))) to += 1;
  return masked.slice(end, to);
}

// ── Lists ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const MOST_PARTS = 12;
/** Numbers after a whole among which its parts are looked for. */
const FARTHEST = 40;

export function listsOf(view: View, items: readonly Item[], words: ListWords, groups: Alike): readonly List[] {
  const isShared = onceFor(({ start, end }: Span) => words.shared(view.masked.slice(start, end)));
  return items.flatMap((whole, index) => {
    if (!isExact(whole) || isShared(whole.sentence)) return [];
    const after = perItem(items, index, listAfter(view, items, index, words, groups), words, groups);
    const isSum =
      words.summed(whole.lead) ||
      words.soFar(whole.lead) ||
      (words.counted(whole.lead) && countedBefore(view, items, index) !== undefined);
    const before = isSum ? listBefore(view, items, index, words, groups) : undefined;
    return [after, before].flatMap((list) => (list === undefined || words.unless(textOf(view, list)) ? [] : [list]));
  });
}

/**
 * 30个问题，涉及3个方面（分别为11个、9个、10个）: as many numbers as are counted right before them are those of each, and make the
 * number before. Undefined where there is none.
 */
function perItem(
  items: readonly Item[],
  index: number,
  list: List | undefined,
  words: ListWords,
  groups: Alike,
): List | undefined {
  if (list === undefined || !words.all(list.between)) return list;
  const { whole, parts } = list;
  const isEach = eq(whole.quantity.value, rational(parts.length)) && !eq(totalOf(parts), whole.quantity.value);
  if (!isEach) return list;
  const before = items
    .slice(0, index)
    .findLast(
      (item) =>
        contains(whole.sentence, item.quantity) && sameUnit(groups, item.quantity, whole.quantity) && isExact(item),
    );
  return before === undefined ? undefined : { ...list, whole: before };
}

/** From the words before the first number to the last number. */
function textOf(view: View, { whole, parts }: List): string {
  const ends = [whole, ...parts].map(({ quantity }) => quantity);
  const start = Math.min(...ends.map((quantity) => quantity.start));
  const first = ends.find((quantity) => quantity.start === start);
  const lead = parts.find(({ quantity }) => quantity === first)?.lead ?? '';
  return whole.lead + lead + view.masked.slice(start, Math.max(...ends.map(({ end }) => end)));
}

/** The numbers of the whole's unit that follow it: in its sentence, else in the next one that has several. */
function listAfter(
  view: View,
  items: readonly Item[],
  index: number,
  words: ListWords,
  groups: Alike,
): List | undefined {
  const whole = items[index] as Item;
  const parts: Item[] = [];
  let aside: Item | undefined;
  let sentence = whole.sentence;
  let opensOwn = false;
  let byStretch = false;
  const named = subjectAfter(view, items, index, words);
  if (named !== undefined) sentence = (items[named] as Item).sentence;
  const end = Math.min(items.length, (named ?? index + 1) + FARTHEST);
  for (let at = named ?? index + 1; at < end && parts.length < MOST_PARTS; at += 1) {
    const item = items[at] as Item;
    const last = parts.at(-1) ?? whole;
    const text = view.masked.slice(last.quantity.end, item.quantity.start);
    if (item.quantity.start >= whole.paragraph.end) break;
    if (!sameUnit(groups, item.quantity, whole.quantity)) {
      if (parts.length === 0 && contains(whole.sentence, item.quantity)) aside = aside === undefined ? item : undefined;
      continue;
    }
    if (!contains(sentence, item.quantity)) {
      if (parts.length > 0) break;
      sentence = item.sentence;
    }
    if (named === undefined && parts.length === 0 && words.subject(text) !== undefined) break;
    if (parts.length > 0 && (words.total(item.lead) || words.level(item.lead))) break;
    if (byStretch && !text.includes('；')) continue;
    if (parts.length > 0 && text.includes('；') && !isItemised(view, whole, parts) && !words.again(text)) {
      const before = view.masked.slice(whole.quantity.end, (parts[0] as Item).quantity.start);
      byStretch ||= parts.length === 1 && (words.among(before) || words.all(before));
      if (!byStretch || named !== undefined) break;
    }
    // A number that a 、 follows is one of a list, and no whole of what comes after it.
    if (named === undefined && parts.length === 0 && text.startsWith('、')) break;
    if (leavesBracket(view.masked.slice(whole.quantity.end, item.quantity.start))) break;
    const isInside = isBracketed(view.masked.slice(whole.quantity.end, item.quantity.start));
    if (isInside && parts.length === 0)
      opensOwn ||= isOwnBracket(view.masked.slice(whole.quantity.end, item.quantity.start));
    if (opensOwn && !isInside) break;
    if (isInside && !opensOwn) continue;
    // 长期问题10个完成9个: a number right before another is a whole itself.
    if (parts.length > 0 && text.includes('，') && isWholeItself(view, items, at)) break;
    // 其中2023年排查612处；累计整改1842处: another sum is no stretch of this one.
    if (byStretch && parts.length > 0 && text.includes('；') && words.soFar(item.lead)) break;
    // A number that announces its own parts ends the list: those are its, not the whole's.
    if (parts.length > 0 && (words.among(text) || words.all(text) || words.within(last.tail))) break;
    // 已追回8万元，其中本金6万元，正在追缴3万元: what is not done is no part of what is.
    if (parts.length > 0 && words.done(whole.lead) && words.open(item.lead) && text.startsWith('，')) break;
    // The whole again, unless the words before it make it a part: 9件积案，已化解9件，剩余1件.
    const isJoined = parts.length > 1 && text === '、';
    if (eq(item.quantity.value, whole.quantity.value) && !words.done(item.lead) && !words.among(text) && !isJoined)
      break;
    parts.push(item);
    if (words.rest(item.lead)) break;
  }
  const [first] = parts;
  const last = parts.at(-1);
  if (first === undefined || last === undefined) return undefined;
  return {
    whole,
    parts,
    byStretch,
    between: withoutBrackets(view.masked.slice(whole.quantity.end, first.quantity.start)),
    text: view.masked.slice(whole.quantity.end, last.sentence.end),
    ...(aside === undefined || parts.length > 1 ? {} : { aside }),
  };
}

/** Whether the next number of its unit stands in the same clause, behind words of its own. */
function isWholeItself(view: View, items: readonly Item[], at: number): boolean {
  const [item, next] = [items[at], items[at + 1]];
  if (item === undefined || next === undefined || next.quantity.unit !== item.quantity.unit) return false;
  const text = view.masked.slice(item.quantity.end, next.quantity.start);
  return (
    text.length > 1 && !MARK.test(text) && !/[（）]/u.test(text) && cmp(next.quantity.value, item.quantity.value) <= 0
  );
}

/** Index of the first number in this paragraph that a clause says to be of the whole: 重大隐患16处…。重大隐患中，已整改14处. */
function subjectAfter(view: View, items: readonly Item[], index: number, words: ListWords): number | undefined {
  const whole = items[index] as Item;
  const last = Math.min(items.length, index + FARTHEST);
  for (let at = index + 2; at < last; at += 1) {
    const [before, item] = [items[at - 1], items[at]] as [Item, Item];
    if (item.quantity.start >= whole.paragraph.end) return undefined;
    const name = words.subject(view.masked.slice(before.quantity.end, item.quantity.start));
    if (name !== undefined && whole.lead.endsWith(name))
      return item.quantity.unit === whole.quantity.unit ? at : undefined;
  }
  return undefined;
}

/** 15个问题：一是…5个；二是…6个: after a colon, ； parts the items of one list. */
const isItemised = (view: View, whole: Item, [first]: readonly Item[]): boolean =>
  first !== undefined && view.masked.slice(whole.quantity.end, first.quantity.start).includes('：');

/** 8人（其中5人…）: a bracket right after the whole holds its own parts. */
const isOwnBracket = (text: string): boolean => /^[^，。；：]{0,12}（[^（]*$/u.test(text);

/** A number in a bracket has no parts behind it. */
const leavesBracket = (text: string): boolean => /^[^（]*）/u.test(text);

const withoutBrackets = (text: string): string => text.replace(/（[^（）]*）/gu, '');

const isBracketed = (text: string): boolean => text.lastIndexOf('（') > text.lastIndexOf('）');

/**
 * The numbers of one unit before a sum of them: as many as are counted (三项合计), else those of its sentence back to an
 * earlier sum. Numbers that a 其中 or a bracket sets under another are not added again.
 */
function listBefore(
  view: View,
  items: readonly Item[],
  index: number,
  words: ListWords,
  groups: Alike,
): List | undefined {
  const whole = items[index] as Item;
  const counted = countedBefore(view, items, index);
  // 诫勉、批评教育、提醒谈话合计32人次: a sum of what is named, not of the numbers before.
  const isNamed = view.masked.charAt(whole.quantity.start - whole.lead.length - 1) === '、' && !words.total(whole.lead);
  if (isNamed) return undefined;
  const within = counted === undefined ? whole.sentence : whole.paragraph;
  const earlier: Item[] = [];
  const first = Math.max(0, index - FARTHEST);
  for (let at = counted === undefined ? index - 1 : index - 2; at >= first && earlier.length < MOST_PARTS; at -= 1) {
    const item = items[at] as Item;
    if (!contains(within, item.quantity)) break;
    if (!sameUnit(groups, item.quantity, whole.quantity)) continue;
    if (words.total(item.lead)) break;
    earlier.unshift(item);
  }
  const own = counted === undefined ? inLastStretch(view, earlier, whole) : lastOf(view, earlier, whole, counted);
  const apart = (): readonly Item[] =>
    counted === undefined
      ? rowBefore(view, items, index, groups)
      : words.done(whole.lead)
        ? []
        : paragraphsBefore(view, items, index, groups, counted);
  const fewest = Math.max(2, counted ?? 0);
  const parts = own.length < fewest ? apart() : own;
  const [start] = parts;
  if (start === undefined || parts.length < fewest) return undefined;
  const text = view.masked.slice(start.quantity.start, whole.quantity.start);
  // A sum that is less than one of the numbers is of other things.
  if (parts.some(({ quantity }) => cmp(quantity.value, whole.quantity.value) > 0)) return undefined;
  const isPlain =
    counted !== undefined ||
    (words.total(whole.lead) && !(text.includes('；') || words.among(text) || text.includes('（')));
  return { whole, parts, byStretch: false, total: isPlain ? 'all' : 'some', between: '', text };
}

const SHORTEST_ROW = 3;
const IN_ROW = /^[，、][^，。；：、\ue001-\ue00f]{0,8}$/u;

/** 一季度268家次，二季度301家次，三季度297家次。累计检查866家次: a row of numbers that ends the sentence before, the first here being their sum. */
function rowBefore(view: View, items: readonly Item[], index: number, groups: Alike): readonly Item[] {
  const whole = items[index] as Item;
  const last = items[index - 1];
  if (last === undefined || contains(whole.sentence, last.quantity) || !contains(whole.paragraph, last.quantity))
    return [];
  if (!/^[^，。；\ue001-\ue0ff]{0,4}。?\s*$/u.test(view.masked.slice(last.quantity.end, whole.sentence.start)))
    return [];
  const row: Item[] = [last];
  for (let at = index - 2; at >= 0; at -= 1) {
    const [item, next] = [items[at], row[0]] as [Item, Item];
    const isNext = IN_ROW.test(view.masked.slice(item.quantity.end, next.quantity.start));
    if (!contains(last.sentence, item.quantity) || !isNext) break;
    row.unshift(item);
  }
  const isOfUnit = row.every(({ quantity }) => sameUnit(groups, quantity, whole.quantity));
  return isOfUnit && row.length >= SHORTEST_ROW ? row : [];
}

const BATCH = /^\s*第[一二三四五六七八九十0-9]{1,2}/u;

/** 第一批转办74件…\n第二批转办68件…\n两个批次共142件: the first number of each of the paragraphs that are counted. */
function paragraphsBefore(
  view: View,
  items: readonly Item[],
  index: number,
  groups: Alike,
  counted: number,
): readonly Item[] {
  const whole = items[index] as Item;
  const at = view.blocks.findIndex((block) => contains(block, whole.quantity));
  const batches = view.blocks.slice(Math.max(0, at - counted), Math.max(0, at));
  if (batches.length < counted || !batches.every(({ start, end }) => BATCH.test(view.folded.slice(start, end))))
    return [];
  const firsts = batches.flatMap(
    (batch) =>
      items.find(({ quantity }) => contains(batch, quantity) && sameUnit(groups, quantity, whole.quantity)) ?? [],
  );
  return firsts.length === counted ? firsts : [];
}

/** 排查62公里；2020年新建20公里、2021年新建12公里，累计新建32公里: the numbers after the last ；, where those are several. */
function inLastStretch(view: View, items: readonly Item[], whole: Item): readonly Item[] {
  const from = view.masked.lastIndexOf('；', whole.quantity.start);
  const own = items.filter(({ quantity }) => quantity.start > from);
  return own.length > 1 ? own : items;
}

/**
 * The last numbers before a sum, as many as it counts; or one from each stretch between two ；, where there are as many of
 * these: 来信60件办结54件；来访80件办结66件；两类合计140件.
 */
function lastOf(view: View, items: readonly Item[], whole: Item, counted: number): readonly Item[] {
  const stretchOf = ({ quantity: { start } }: Item): number =>
    view.masked.slice(whole.sentence.start, start).split('；').length;
  const inSentence = items.filter(({ quantity }) => contains(whole.sentence, quantity));
  const firsts = inSentence.filter((item, at) => at === 0 || stretchOf(item) !== stretchOf(inSentence[at - 1] as Item));
  return firsts.length === counted ? firsts : items.slice(-counted);
}

const MOST_COUNTED = 9;

/** How many numbers a sum says that it is of: the count that its clause begins with. */
function countedBefore(view: View, items: readonly Item[], index: number): number | undefined {
  const [before, whole] = [items[index - 1], items[index]];
  if (before?.quantity.kind !== 'count' || whole === undefined) return undefined;
  const { value, end, start } = before.quantity;
  const isClause = MARK.test(view.masked.charAt(start - 1)) && !MARK.test(view.masked.slice(end, whole.quantity.start));
  return isClause && isInteger(value) && value.n > 1n && value.n <= MOST_COUNTED ? Number(value.n) : undefined;
}
