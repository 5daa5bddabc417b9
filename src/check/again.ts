/**
 * A number said again, whatever is counted: 上述12.8万元 takes up one before it, （即350.6万元） puts one otherwise, and a clause that stands in two places with
 * the same words around its number says the same of it.
 */
import { z } from 'zod';
import type { Quantity, QuantityKind, Severity, Span } from '../model.js';
import { digitsSwapped, repeatAgreement, valueCause } from '../number/agreement.js';
import { intersects, scaleInterval } from '../number/interval.js';
import { abs, cmp, mul, rational, sub, sum } from '../number/rational.js';
import type { CheckRule } from '../rules/load.js';
import { contains, onceFor } from '../text.js';
import {
  type Alike,
  alike,
  clauseOf,
  finder,
  isExact,
  masked,
  saidAgain,
  sameUnit,
  type Test,
  tester,
  testers,
} from './arithmetic.js';
import { everyItemOf, type Item, itemsOf } from './arithmetic-lists.js';
import type { CheckContext, CheckKind, Judgement } from './kind.js';
import { wordsOf } from './wording.js';

const parameters = z.strictObject({
  /** Right before a number: it is one that was said before. */
  taken: z.string(),
  /** In the clause before a number: what it counts was told of before. */
  takenWords: z.string(),
  /** In the words around a number: its time, of which there is one. */
  period: z.string(),
  /** Between two amounts: the second is the first again; between them where the second stands alone in a bracket. */
  restated: z.string(),
  bracket: z.string(),
  /** The same where the second, in another unit, ends its clause. */
  blurred: z.string(),
  /** Units as a smaller one: its name, how many of it, and that divided by. */
  converts: z.record(z.string(), z.tuple([z.string(), z.number().int()]).rest(z.number().int())),
  /** Right before a number, and in the clause of one that stands alone; its group `word` is a body of people: 全局. */
  everyone: z.string(),
  /** At the end of the words before a number: it is of all of a place; group `word`. Right behind it: what a place has a lasting number of. */
  territory: z.string(),
  institution: z.string(),
  /** In the sentence of such a number: it became another. */
  changed: z.string(),
  /** In a sentence of a finding: it tells of the whole notice. */
  overall: z.string(),
  /** List of words that make no difference between two clauses. */
  fillers: z.string(),
  /** In a sentence: its number is of another time, or of a part. */
  unless: z.string(),
  alike,
});
type Parameters = z.infer<typeof parameters>;

export const again: CheckKind<Parameters> = {
  kind: 'again',
  parameters,
  run(context, rule, given) {
    const test = (pattern: string): Test => tester(context.rules, rule, pattern);
    const [isTaken, isChanged] = testers(context.rules, rule, given.taken, given.changed);
    const items = itemsOf(context);
    const taken = items.flatMap((item, at) =>
      isTaken(item.lead) ? (takenUp(context, items.slice(Math.max(0, at - REACH), at), item, given.alike) ?? []) : [],
    );
    return [
      ...taken,
      ...restatements(context, rule, everyItemOf(context), given),
      ...sameWords(context, items, wordsOf(context, rule, given.fillers), test(given.takenWords)),
      ...sameClauses(context, rule, everyItemOf(context), given),
      ...sameEveryone(context, items, finder(context.rules, rule, given.everyone), given.alike),
      ...sameInstitutions(
        items,
        finder(context.rules, rule, given.territory),
        finder(context.rules, rule, given.institution),
        ({ sentence }) => isChanged(context.view.masked.slice(sentence.start, sentence.end)),
      ),
    ];
  },
};

// ── Taken up ──────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * 12名人员已退回过节福利7.2万元。上述12名人员退回的过节福利6.2万元: the words right before a number, in a clause that takes up what was told of, are those
 * before another number.
 */
function sameWords(
  context: CheckContext,
  items: readonly Item[],
  fillers: readonly string[],
  isTaken: Test,
): readonly Judgement[] {
  return items.flatMap((item, at): readonly Judgement[] => {
    const clause = clauseOf(context.view, item.quantity);
    if (!isExact(item) || !isTaken(context.view.masked.slice(clause.start, item.quantity.start))) return [];
    const words = wordsBefore(item, fillers);
    if (words.length < SHORTEST_NAME) return [];
    const same = items
      .slice(Math.max(0, at - REACH), at)
      .filter(
        (other) =>
          other.quantity.unit === item.quantity.unit &&
          isExact(other) &&
          endsAlike(wordsBefore(other, fillers), words) &&
          inOnePlace(context, other, item),
      );
    const [first] = same;
    if (first === undefined || same.some((other) => !repeatAgreement(first.quantity, other.quantity))) return [];
    return repeatAgreement(first.quantity, item.quantity)
      ? []
      : [{ ...saidAgain(first, item, 'inconsistent'), severity: 'warning' as Severity }];
  });
}

/** Letters of a name that two numbers must have in common to count the same. */
const SHORTEST_NAME = 5;

const endsAlike = (a: string, b: string): boolean =>
  a.length >= SHORTEST_NAME && b.length >= SHORTEST_NAME && (a.endsWith(b) || b.endsWith(a));

/** In one finding, or outside of all in one paragraph or two that follow each other. */
function inOnePlace({ extraction, view }: CheckContext, first: Item, second: Item): boolean {
  const finding = extraction.findings.find(({ span }) => contains(span, second.quantity));
  if (finding !== undefined) return contains(finding.span, first.quantity);
  const between = view.blocks.filter(({ start, end }) => start >= first.paragraph.end && end <= second.paragraph.start);
  return between.length === 0;
}

/** The letters from the number before one, or the beginning of its clause, up to it, without those that make no difference. */
function wordsBefore({ lead }: Item, fillers: readonly string[]): string {
  const own = /[^\ue001-\ue0ff]*$/u.exec(lead)?.[0] ?? '';
  return [...fillers, ...COPULAS].reduce((left, filler) => left.replaceAll(filler, ''), own).replace(/[^\p{L}]/gu, '');
}

/** Between a name and its number. */
const COPULAS = ['金额', '该', '为', '是', '达'];

/** Numbers before one that takes up another among which that other is looked for. */
const REACH = 10;

function takenUp(
  { extraction }: CheckContext,
  before: readonly Item[],
  item: Item,
  groups: Alike,
): Judgement | undefined {
  const finding = extraction.findings.find(({ span }) => contains(span, item.quantity));
  const within = finding?.span ?? item.paragraph;
  const alikes = before.filter(({ quantity }) => sameUnit(groups, quantity, item.quantity));
  const inside = alikes.filter(({ quantity }) => contains(within, quantity));
  // Outside the findings, what is taken up may stand in the paragraph before.
  const last = finding === undefined ? alikes.at(-1)?.paragraph : undefined;
  const candidates =
    inside.length > 0 || last === undefined ? inside : alikes.filter(({ quantity }) => contains(last, quantity));
  const nearest = candidates.at(-1);
  if (nearest === undefined || ![item, ...candidates].every(isExact)) return undefined;
  const same = candidates.findLast((other) => repeatAgreement(other.quantity, item.quantity));
  if (same !== undefined) return saidAgain(same, item, 'consistent');
  if (sumsBefore(candidates).some((value) => cmp(value, item.quantity.value) === 0)) return undefined;
  // What is taken up may be one of several, or be told of in words: only what a slip explains is told of.
  // 报废7件。以上8条: another word for its units counts something else.
  const isAlike = ({ quantity: { unit } }: Item): boolean =>
    unit === item.quantity.unit || [unit, item.quantity.unit].includes('个');
  const slipped =
    candidates.findLast((other) => isAlike(other) && causeOf(other, item) !== undefined) ??
    onlyNamesake(candidates, item);
  if (slipped === undefined) return undefined;
  const isScale = causeOf(slipped, item) === 'scale';
  return { ...saidAgain(slipped, item, 'inconsistent'), ...(isScale ? {} : { severity: 'warning' as Severity }) };
}

/** Share of the number before by which another may differ and still be a slip: a part of it is seldom so close to all. */
const CLOSE = rational(15, 100);
const LONGEST_NOUN = 6;

/** 反馈问题62个。上述65个问题: the one number before that counts what is named right behind this one, where the two are close. */
function onlyNamesake(candidates: readonly Item[], item: Item): Item | undefined {
  const noun = /^[\u4e00-\u9fff]{2}/u.exec(item.tail)?.[0];
  if (noun === undefined) return undefined;
  const alikes = candidates.filter(
    ({ lead, tail }) => tail.slice(0, LONGEST_NOUN).includes(noun) || lead.slice(-LONGEST_NOUN).includes(noun),
  );
  const [first] = alikes;
  if (first === undefined || alikes.some(({ quantity }) => cmp(quantity.value, first.quantity.value) !== 0))
    return undefined;
  const apart = abs(sub(first.quantity.value, item.quantity.value));
  return cmp(apart, mul(first.quantity.value, CLOSE)) <= 0 ? first : undefined;
}

/** Sums of the last two, three, … numbers. */
const sumsBefore = (items: readonly Item[]) =>
  items.map((_, at) => sum(items.slice(at).map(({ quantity }) => quantity.value)));

function causeOf({ quantity: a }: Item, { quantity: b }: Item): string | undefined {
  const cause = valueCause(b.value, a.value)?.kind;
  return cause ?? (digitsSwapped(a.value, b.value) ? 'digitsSwapped' : undefined);
}

// ── Restated ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** Kinds of quantity that are put in another unit without a word. */
const MEASURED: ReadonlySet<QuantityKind> = new Set(['money', 'measure', 'duration']);

/**
 * 3506000元（即350.6万元）, 2.1公里（2100米）: one amount in two forms. Without 即 only where the units differ, or a power of ten lies
 * between the two.
 */
function restatements(
  { view, rules }: CheckContext,
  rule: CheckRule,
  items: readonly Item[],
  given: Parameters,
): readonly Judgement[] {
  const [isRestated, isBracket, isBlurred] = testers(rules, rule, given.restated, given.bracket, given.blurred);
  return items.flatMap((second, at) => {
    const first = items[at - 1];
    if (first === undefined) return [];
    const [a, b] = [first, second].map(({ quantity }) => converted(quantity, given.converts)) as [Amount, Amount];
    if (a.unit !== b.unit) return [];
    // 约合 may belong to the number.
    const { start, end, digits } = second.quantity;
    const between = view.masked.slice(first.quantity.end, start) + view.folded.slice(start, digits.start);
    const isOther = first.quantity.unitText !== second.quantity.unitText;
    const isAlone = isBracket(between) && view.masked.charAt(end) === '）';
    const isAside = isAlone || (isOther && isBlurred(between) && /[，。；）]/u.test(view.masked.charAt(end)));
    const isMeant = isOther ? MEASURED.has(second.quantity.kind) : causeOf(first, second) === 'scale';
    if (!isRestated(between) && !(isAside && isMeant)) return [];
    // 不少于1.5小时（90分钟）: one limit, in two units.
    const isLimit = isAlone && LIMITS.has(first.quantity.qualifier) && isExact(second);
    const agrees = isLimit ? isOneValue(a, b) : intersects(a.interval, b.interval);
    if (!agrees && isLimit) return [{ ...saidAgain(first, second, 'inconsistent'), severity: 'warning' as Severity }];
    if (!agrees && ![first, second].every(isExact) && !isFarOff(a, b)) return [];
    return [saidAgain(first, second, agrees ? 'consistent' : 'inconsistent')];
  });
}

const LIMITS: ReadonlySet<Quantity['qualifier']> = new Set(['atLeast', 'atMost']);

/** Within a hundredth. */
const isOneValue = (a: Amount, b: Amount): boolean => cmp(mul(abs(sub(a.value, b.value)), rational(100)), a.value) <= 0;

type Amount = Pick<Quantity, 'unit' | 'value' | 'interval'>;

/** In the smaller of two units that measure the same. */
function converted({ unit, value, interval }: Quantity, converts: Parameters['converts']): Amount {
  const [smaller, times, over] = converts[unit] ?? [];
  if (smaller === undefined || times === undefined) return { unit, value, interval };
  const factor = rational(times, over ?? 1);
  return { unit: smaller, value: mul(value, factor), interval: scaleInterval(interval, factor) };
}

/** Whether one number is several times the other: no blurred number is that far off. */
function isFarOff(a: Amount, b: Amount): boolean {
  const [low, high] = cmp(a.value, b.value) < 0 ? [a.value, b.value] : [b.value, a.value];
  return cmp(high, mul(low, rational(5))) >= 0;
}

// ── The same people ───────────────────────────────────────────────────────────────────────────────────────────────

/** 全局共有干部职工143人 and 全局134名干部职工: a body of people has one number. */
function sameEveryone(
  { extraction }: CheckContext,
  items: readonly Item[],
  bodyOf: (text: string) => string | undefined,
  groups: Alike,
): readonly Judgement[] {
  const nouns = new Map(extraction.figures.map(({ quantity, noun }) => [quantity.start, noun]));
  const places = items.flatMap((item) => {
    const body = bodyOf(item.lead);
    if (body === undefined || !isExact(item)) return [];
    const isBare = item.lead.endsWith(body);
    const noun = isBare ? (nouns.get(item.quantity.start) ?? '') : item.lead;
    return noun === '' ? [] : [{ item, body, noun, isBare }];
  });
  return places.flatMap(({ item, body, noun, isBare }, at) => {
    if (!isBare) return [];
    const first = places.find(
      (other, index) =>
        index !== at &&
        other.body === body &&
        (other.isBare ? other.noun === noun : other.noun.endsWith(noun)) &&
        sameUnit(groups, other.item.quantity, item.quantity),
    );
    if (first === undefined || (first.isBare && places.indexOf(first) > at)) return [];
    const agrees = repeatAgreement(first.item.quantity, item.quantity);
    const judged = saidAgain(first.item, item, agrees ? 'consistent' : 'inconsistent');
    return [agrees ? judged : { ...judged, severity: 'warning' as Severity }];
  });
}

/** 全县共有118个行政村…覆盖全部128个村: how many of them a place has does not change within a notice. */
function sameInstitutions(
  items: readonly Item[],
  territoryOf: (text: string) => string | undefined,
  institutionOf: (text: string) => string | undefined,
  isChanged: (item: Item) => boolean,
): readonly Judgement[] {
  const places = items.flatMap((item) => {
    const [territory, institution] = [territoryOf(item.lead), institutionOf(item.tail)];
    return territory === undefined || institution === undefined || !isExact(item) || isChanged(item)
      ? []
      : [{ item, territory: territory.slice(-1), institution: institution.slice(-1) }];
  });
  return places.flatMap(({ item, territory, institution }, at) => {
    const first = places
      .slice(0, at)
      .find(
        (other) =>
          other.institution === institution &&
          (other.territory === territory
            ? !ANYWHERE.has(territory)
            : ANYWHERE.has(territory) !== ANYWHERE.has(other.territory)),
      );
    if (first === undefined || repeatAgreement(first.item.quantity, item.quantity)) return [];
    return [{ ...saidAgain(first.item, item, 'inconsistent'), severity: 'warning' as Severity }];
  });
}

/** Last characters of words for all of them, of a place that they do not name: 覆盖全部, 覆盖所有, 下辖. */
const ANYWHERE: ReadonlySet<string> = new Set(['部', '有', '辖']);

// ── The same clause ───────────────────────────────────────────────────────────────────────────────────────────────

/** Letters that two clauses need in common; and where one has a few more than the other, at either end. */
const SHORTEST = 4;
const LONG = 8;
const REST = 4;

/** Kinds of quantity that may be another at any other time. */
const UNCOUNTED: ReadonlySet<QuantityKind> = new Set(['percent', 'duration', 'points', 'number']);

/** Whether one of two runs of words begins or ends the other, which goes on a little. */
function isWithin(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return long.length - short.length <= REST && (long.startsWith(short) || long.endsWith(short));
}

function sameClauses(
  context: CheckContext,
  rule: CheckRule,
  items: readonly Item[],
  given: Parameters,
): readonly Judgement[] {
  const [isOther, isOverall, isTimed] = testers(context.rules, rule, given.unless, given.overall, given.period);
  const fillers = wordsOf(context, rule, given.fillers);
  const places = new Map<string, Item[]>();
  const similar = new Map<string, string>();
  /** The words of a place, or those of one before it that has the same but for some at one end. */
  const keyOf = (words: string, unit: string): string => {
    const exact = `${words} ${unit}`;
    if (places.has(exact) || words.length < LONG) return exact;
    const ends = [`${words.slice(0, LONG)}… ${unit}`, `…${words.slice(-LONG)} ${unit}`];
    const near = ends.map((end) => similar.get(end)).find((other) => other !== undefined && isWithin(other, words));
    for (const end of ends) if (!similar.has(end)) similar.set(end, words);
    return near === undefined ? exact : `${near} ${unit}`;
  };
  const isOfOther = onceFor((sentence: Span) => isOther(masked(context.view, sentence)));
  const isHeading = onceFor((paragraph: Span) => masked(context.view, paragraph).search(/[。；：]/u) < 0);
  const timed = new Set<Item>();
  for (const item of items) {
    if (!isExact(item) || isHeading(item.paragraph) || isOutOfPlace(context, item, isOverall)) continue;
    const words = wordsAround(context, item, fillers);
    if (words.length < SHORTEST) continue;
    if (words.length >= LONG && isTimed(words)) timed.add(item);
    else if (isOfOther(item.sentence) || UNCOUNTED.has(item.quantity.kind)) continue;
    const key = keyOf(words, item.quantity.unit);
    places.set(key, [...(places.get(key) ?? []), item]);
  }
  return [...places.values()].flatMap((same) => {
    const [first] = same;
    const values = new Set(same.map(({ quantity }) => `${quantity.value.n}/${quantity.value.d}`));
    const other = same.find((item) => first !== undefined && !repeatAgreement(item.quantity, first.quantity));
    // Three values are of three subjects, and two in one paragraph are told apart there.
    if (first === undefined || other === undefined || values.size > 2) return [];
    if (first.paragraph.start === other.paragraph.start) return [];
    // Paragraphs may each be of another subject: only what is said of the whole can be said again.
    const isOfWhole = ({ sentence, quantity }: Item): boolean =>
      isOverall(context.view.masked.slice(sentence.start, quantity.start));
    const isOfOneTime = timed.has(first) && timed.has(other);
    if (!isOfWhole(first) && !isOfWhole(other) && !isOfOneTime && !embraces(context, first, other)) return [];
    return [{ ...saidAgain(first, other, 'inconsistent'), severity: 'warning' as Severity }];
  });
}

/** Whether one number stands before all the findings, and the other after them. */
const embraces = ({ extraction: { findings } }: CheckContext, first: Item, last: Item): boolean =>
  findings.length > 0 &&
  findings.every(({ span }) => first.quantity.end <= span.start && span.end <= last.quantity.start);

/** Numbers of findings are their own; those of tables stand without words, as those of headings do. */
function isOutOfPlace({ extraction, view }: CheckContext, item: Item, isOverall: Test): boolean {
  const { quantity } = item;
  const isInside = extraction.findings.some(({ span }) => contains(span, quantity));
  if (isInside && !isOverall(view.masked.slice(item.sentence.start, quantity.start))) return true;
  return view.blocks.some(
    ({ cell, start, end }) => cell !== undefined && start <= quantity.start && quantity.end <= end,
  );
}

const COPULA = /(?:为|是|达到?)$/u;

/** The letters of a number's clause without those that make no difference; nothing where the clause has another number. */
function wordsAround({ view }: CheckContext, { quantity }: Item, fillers: readonly string[]): string {
  const clause: Span = clauseOf(view, quantity);
  const before = view.masked.slice(clause.start, quantity.start).replace(COPULA, '');
  const after = view.masked.slice(quantity.end, clause.end);
  if (/[\ue001-\ue0ff]/u.test(before + after)) return '';
  return [...fillers]
    .reduce((left, filler) => left.replaceAll(filler, ''), `${before}#${after}`)
    .replace(/[^\p{L}#]/gu, '')
    .replace('#', '');
}
