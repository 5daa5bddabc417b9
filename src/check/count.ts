/**
 * What the notice lists against how many it says there are: findings, measures, sections, the findings under a heading,
 * the items of an announced list. Fewer listed is an abridged notice; more listed, or another number than 以下N个
 * announces, is a contradiction.
 */
import { z } from 'zod';
import type { Evidence, Figure, Finding, Marker, OutlineNode, Quantity, Span } from '../model.js';
import { parseNumeral } from '../number/numeral.js';
import { cmp, rational } from '../number/rational.js';
import type { CheckRule } from '../rules/load.js';
import type { View } from '../rules/view.js';
import { contains, firstFrom, onceFor, within } from '../text.js';
import {
  clauseOf,
  figuresOf,
  finder,
  isExact,
  masked,
  operandOf,
  paragraphOf,
  type Stated,
  sentenceOf,
  statedBy,
  tester,
  testers,
} from './arithmetic.js';
import type { CheckContext, CheckKind, Judgement } from './kind.js';

const parameters = z.strictObject({
  listed: z.enum(['findings', 'measures', 'sections', 'headings', 'items']),
  /** In the clause of a number, or right before it: all are listed. */
  all: z.string().optional(),
  /** A line that a list follows: 附件：台账（共12条）. */
  attached: z.string().optional(),
  /** Between a number and the first item of the list right after it: it counts that list. */
  colon: z.string().optional(),
  /** In the clause: another number of the same things, such as those that are left. */
  unless: z.string().optional(),
  /** Between a number and a list of names that are all of what it counts: 分别为. */
  names: z.string().optional(),
  /** Units of what is named one by one: a colon behind a number of these lists them, all or some. */
  named: z.array(z.string()).default([]),
  /** Right behind a number of persons; its group `word` is their names. */
  people: z.string().optional(),
  /** Ends a name of a list that stands before its number: 甲、乙、丙三位副局长. */
  person: z.string().optional(),
  /** Units of such numbers. */
  persons: z.array(z.string()).default([]),
  /** Between a list of names and a number right behind it: the number counts them, and maybe others. */
  behind: z.string().optional(),
  /** The same where they are all; its group `word` is what stands between. */
  closes: z.string().optional(),
  /** In a list of names: it is cut short, or holds more than names. */
  open: z.string().optional(),
  /** Between a number of meetings and the list of their days: 时间分别为. */
  days: z.string().optional(),
  /** In a heading: it names an aspect. */
  aspect: z.string().optional(),
  /** In a heading: it groups by who answers, not by aspect. */
  grouped: z.string().optional(),
});
type Parameters = z.infer<typeof parameters>;

export const count: CheckKind<Parameters> = {
  kind: 'count',
  operands: ['stated', 'all'],
  parameters,
  run(context, rule, given) {
    switch (given.listed) {
      case 'findings':
        return findingsListed(context, rule, given);
      case 'measures':
        return measuresListed(context, rule, given);
      case 'sections':
        return sectionsListed(context, rule, given);
      case 'headings':
        return underHeadings(context, rule);
      case 'items':
        return [
          ...itemsListed(context, rule, given),
          ...(given.days === undefined ? [] : daysListed(context, rule, given)),
        ];
    }
  },
};

/** The notice's own counts of a metric, without those that count something else. */
function headlines(context: CheckContext, rule: CheckRule, given: Parameters): readonly Figure[] {
  const isOther = tester(context.rules, rule, given.unless);
  return figuresOf(context, rule.of.stated ?? []).filter(
    (figure) =>
      figure.scope === 'headline' &&
      isExact(figure) &&
      !isOther(masked(context.view, clauseOf(context.view, figure.quantity))),
  );
}

const numberOf = ({ quantity }: Stated): number => Number(quantity.value.n) / Number(quantity.value.d);

const MOST_PLACES = 4;

function judgement(
  stated: Stated,
  listed: number,
  places: readonly Evidence[],
  verdict: Judgement['verdict'],
): Judgement {
  return {
    verdict,
    stated: stated.quantity.stated,
    expected: String(listed),
    operands: [operandOf('total', stated), { name: 'listed', stated: String(listed), value: String(listed) }],
    mode: 'listed',
    evidence: [stated.evidence, ...places.slice(0, MOST_PLACES)],
    values: { listed },
  };
}

/** 召开六次会议，时间分别为1月12日、2月9日…: as many days as meetings. */
function daysListed(context: CheckContext, rule: CheckRule, given: Parameters): readonly Judgement[] {
  const { view, locate, extraction } = context;
  const isDays = tester(context.rules, rule, given.days);
  return extraction.dates.flatMap((first, at): readonly Judgement[] => {
    const sentence = sentenceOf(view, first);
    const quantity = view.quantities.findLast(({ end }) => end <= first.start);
    if (quantity?.kind !== 'count' || !contains(sentence, quantity)) return [];
    const stated = statedBy(locate, quantity);
    if (!isExact(stated) || !isDays(view.masked.slice(quantity.end, first.start))) return [];
    let last = at;
    while (JOINS_DAYS.test(view.masked.slice(extraction.dates[last]?.end, extraction.dates[last + 1]?.start)))
      last += 1;
    const days = extraction.dates.slice(at, last + 1);
    const listed = days.length;
    if (listed < 2 || days.some(({ precision, rangeStart }) => precision !== 'day' || rangeStart !== undefined))
      return [];
    const verdict = numberOf(stated) === listed ? 'consistent' : 'inconsistent';
    return [{ ...judgement(stated, listed, days.map(locate.evidence), verdict), severity: 'warning' }];
  });
}

const JOINS_DAYS = /^(?:[、和与及]|以及)$/u;

// ── Findings and measures ─────────────────────────────────────────────────────────────────────────────────────────

/** Items of the outline, and problems that they name: one item may hold two. */
function findingsListed(context: CheckContext, rule: CheckRule, given: Parameters): readonly Judgement[] {
  const { findings } = context.extraction;
  const totals = headlines(context, rule, given);
  const [first] = totals;
  if (first === undefined || findings.length === 0) return [];
  const titles = findings.reduce((sum, finding) => sum + Math.max(1, finding.titles.length), 0);
  const announced = announcedFirst(context, rule, given, totals);
  const isListed = (figure: Figure): boolean => [findings.length, titles].includes(numberOf(figure));
  const places = findings.map(({ evidence }) => evidence);
  if (announced !== undefined && !isListed(announced)) {
    return [judgement(announced, findings.length, places, 'inconsistent')];
  }
  const holding = totals.find(isListed);
  if (holding !== undefined) return [judgement(holding, numberOf(holding), places, 'consistent')];
  const largest = totals.reduce((a, b) => (numberOf(b) > numberOf(a) ? b : a));
  if (findings.length < numberOf(largest)) {
    return [{ ...judgement(first, findings.length, places, 'observed'), severity: 'info' }];
  }
  // Findings without a number may be paragraphs that were taken for one.
  const isSure = findings.every(({ number }) => number !== null);
  return [{ ...judgement(first, findings.length, places, 'inconsistent'), ...(isSure ? {} : { severity: 'warning' }) }];
}

function announcedFirst(
  context: CheckContext,
  rule: CheckRule,
  given: Parameters,
  totals: readonly Figure[],
): Figure | undefined {
  const isAll = tester(context.rules, rule, given.all);
  const { view } = context;
  return totals.find(({ quantity }) => isAll(view.masked.slice(clauseOf(view, quantity).start, quantity.end)));
}

function measuresListed(context: CheckContext, rule: CheckRule, given: Parameters): readonly Judgement[] {
  const { findings } = context.extraction;
  const [first, ...more] = headlines(context, rule, given);
  const measures = findings.flatMap((finding) => finding.measures);
  if (first === undefined || measures.length === 0) return [];
  const places = measures.map(({ evidence }) => evidence);
  const holding = [first, ...more].find((figure) => numberOf(figure) === measures.length);
  if (holding !== undefined) return [judgement(holding, measures.length, places, 'consistent')];
  const isMore = measures.length > numberOf(first) && more.every((figure) => measures.length > numberOf(figure));
  // Under one merged label measures and outcomes are one list: more of them says nothing.
  return isMore && tellsApart(findings)
    ? [{ ...judgement(first, measures.length, places, 'inconsistent'), severity: 'warning' }]
    : [{ ...judgement(first, measures.length, places, 'observed'), severity: 'info' }];
}

const tellsApart = (findings: readonly Finding[]): boolean =>
  findings.filter(({ measures, outcomes }) => measures.length > 0 && outcomes.length > 0).length * 2 > findings.length;

// ── Sections ──────────────────────────────────────────────────────────────────────────────────────────────────────

function sectionsListed(context: CheckContext, rule: CheckRule, given: Parameters): readonly Judgement[] {
  const [first] = headlines(context, rule, given);
  const { findings, outline } = context.extraction;
  if (first === undefined || findings.length === 0) return [];
  const isAspect = tester(context.rules, rule, given.aspect);
  const isNamed = ({ evidence }: Finding): boolean => isAspect(context.view.masked.slice(evidence.start, evidence.end));
  const levels = levelsOf(outline, findings);
  // Aspects without problems below them are read as findings.
  const own = findings.length > 1 && findings.every(isNamed) ? outline.filter(({ role }) => role === 'finding') : [];
  const byLevel = levels.length > 0 ? levels : [own];
  const holding = byLevel.find((nodes) => nodes.length === numberOf(first));
  const placesOf = (nodes: readonly OutlineNode[]): readonly Evidence[] =>
    nodes.map(({ heading }) => context.locate.evidence(heading));
  if (holding !== undefined) return [judgement(first, holding.length, placesOf(holding), 'consistent')];
  const nodes = byLevel.find(({ length }) => length > 1);
  if (nodes === undefined) return [];
  const isGrouped = tester(context.rules, rule, given.grouped);
  if (nodes.every(({ heading }) => isGrouped(context.view.masked.slice(heading.start, heading.end)))) return [];
  return nodes.length > numberOf(first)
    ? [{ ...judgement(first, nodes.length, placesOf(nodes), 'inconsistent'), severity: 'warning' }]
    : [
        {
          ...judgement(first, nodes.length, placesOf(nodes), 'observed'),
          severity: isComplete(context, rule) ? 'warning' : 'info',
        },
      ];
}

/** `of: {all}`: whether as many findings are shown as the notice states; then it is not abridged. */
const isComplete = (context: CheckContext, rule: CheckRule): boolean =>
  figuresOf(context, rule.of.all ?? []).some(
    (figure) => figure.scope === 'headline' && numberOf(figure) === context.extraction.findings.length,
  );

/** Headings with findings below them, by level, outermost first; a heading that is a finding itself is none. */
function levelsOf(outline: readonly OutlineNode[], findings: readonly Finding[]): readonly (readonly OutlineNode[])[] {
  const levels = new Map<number, OutlineNode[]>();
  const walk = (nodes: readonly OutlineNode[], depth: number): void => {
    for (const node of nodes) {
      const isAbove = (finding: Finding): boolean =>
        contains(node.span, finding.evidence) && node.span.start < finding.span.start;
      if (node.role === 'finding' || node.role === 'title' || !findings.some(isAbove)) continue;
      levels.set(depth, [...(levels.get(depth) ?? []), node]);
      walk(node.children, depth + 1);
    }
  };
  walk(outline, 0);
  return [...levels.entries()].sort(([a], [b]) => a - b).map(([, nodes]) => nodes);
}

const LONGEST_HEADING = 300;

/** A count in a heading, （3个问题）, against the findings below it. */
function underHeadings(context: CheckContext, rule: CheckRule): readonly Judgement[] {
  const { extraction, view } = context;
  const figures = figuresOf(context, rule.of.stated ?? []);
  const judged: Judgement[] = [];
  const total = figures.find(({ scope }) => scope === 'headline') ?? figures.find(({ scope }) => scope === 'local');
  const isAbridged = total !== undefined && extraction.findings.length < numberOf(total);
  const walk = (nodes: readonly OutlineNode[]): void => {
    for (const node of nodes) {
      if (node.role === 'finding' || node.heading.end - node.heading.start > LONGEST_HEADING) continue;
      const figure = figures.find(
        ({ quantity }) => contains(node.heading, quantity) && isAside(view.masked, quantity, node.heading),
      );
      const below = extraction.findings.filter(({ evidence }) => contains(node.span, evidence));
      if (figure !== undefined && below.length > 0) judged.push(judgeHeading(figure, below, isAbridged));
      walk(node.children);
    }
  };
  walk(extraction.outline);
  return judged;
}

/** In brackets, or at the heading's end. */
const isAside = (text: string, { start }: Span, heading: Span): boolean =>
  text.slice(heading.start, start).includes('（') && text.slice(start, heading.end).includes('）');

function judgeHeading(figure: Figure, below: readonly Finding[], isAbridged: boolean): Judgement {
  const titles = below.reduce((sum, finding) => sum + Math.max(1, finding.titles.length), 0);
  const holds = [below.length, titles].includes(numberOf(figure));
  const isMore = below.length > numberOf(figure);
  return {
    ...judgement(
      figure,
      below.length,
      below.map(({ evidence }) => evidence),
      holds ? 'consistent' : isMore || !isAbridged ? 'inconsistent' : 'observed',
    ),
    ...(holds || isMore ? {} : { severity: isAbridged ? 'info' : 'warning' }),
  };
}

// ── Announced lists ───────────────────────────────────────────────────────────────────────────────────────────────

const NEAR = 30;

/** 重点抓好以下三个方面工作：一是…二是…三是: a number that announces the list right after it, of marked items or of names. */
function itemsListed(context: CheckContext, rule: CheckRule, given: Parameters): readonly Judgement[] {
  const { view, extraction, locate, rules } = context;
  const isAll = tester(rules, rule, given.all);
  const claimed = new Set(
    extraction.figures.flatMap(({ metric, scope, quantity }) =>
      metric === null || scope !== 'headline' ? [] : [quantity.start],
    ),
  );
  const isColon = tester(rules, rule, given.colon);
  const listOf = namesAfter(context, rule, given);
  const [isBehind, isAttached] = testers(rules, rule, given.behind, given.attached);
  const closeOf = finder(rules, rule, given.closes);
  return view.quantities
    .filter(({ kind }) => kind === 'count')
    .flatMap((quantity) => {
      const stated = statedBy(locate, quantity);
      if (!isExact(stated)) return [];
      const line = masked(view, paragraphOf(view, quantity));
      const isSaid =
        isAll(view.masked.slice(clauseOf(view, quantity).start, quantity.end)) ||
        (line.length <= 2 * NEAR && isAttached(line));
      const names = listOf(quantity, isSaid);
      const before = names === undefined ? namesBefore(view, quantity, isBehind, closeOf) : undefined;
      const isMiscounted = before !== undefined && (before.least > numberOf(stated) || before.most < numberOf(stated));
      const persons =
        names === undefined && before === undefined ? personsBefore(context, rule, given, stated) : undefined;
      if (persons !== undefined) return [persons];
      if (before !== undefined && isMiscounted) {
        const places = [locate.evidence(before.span)];
        return [{ ...judgement(stated, before.least, places, 'inconsistent'), severity: 'warning' as const }];
      }
      if (names !== undefined) {
        const isHeld = names.least <= numberOf(stated) && numberOf(stated) <= names.most;
        const expected = isHeld ? numberOf(stated) : names.most;
        const places = [locate.evidence(names.span)];
        return [judgement(stated, expected, places, isHeld ? 'consistent' : 'inconsistent')];
      }
      const marks =
        extraction.sequences.find(({ markers }) => follows(view.masked, quantity, markers))?.markers ??
        inlineMarks(view, quantity);
      const [first] = marks;
      if (first === undefined || marks.length < 2 || first.value !== 1 || !follows(view.masked, quantity, marks))
        return [];
      const between = view.masked.slice(quantity.end, first.start);
      const isAnnounced = isSaid || (!between.endsWith('。') && isAll(between));
      if (!isAnnounced && !isColon(between)) return [];
      const last = marks.at(-1)?.value ?? 0;
      const isHeld = [marks.length, last].includes(numberOf(stated));
      // What a notice counts of itself it may tell in part, and in parts: its headings are no items.
      const sentence = sentenceOf(view, quantity);
      const isOneBreath = isColon(between) && marks.every((mark) => contains(sentence, mark));
      const isOwn = claimed.has(quantity.start) && !isOneBreath;
      if (isOwn && (first.start > paragraphOf(view, quantity).end || (!isAnnounced && last <= numberOf(stated))))
        return [];
      // A number that is not said to announce the list may count something else.
      if (!isAnnounced && 2 * marks.length < numberOf(stated)) return [];
      const places = marks.map((mark) => locate.evidence(mark));
      const severity = isAnnounced ? {} : { severity: 'warning' as const };
      return [{ ...judgement(stated, marks.length, places, isHeld ? 'consistent' : 'inconsistent'), ...severity }];
    });
}

/** A list of names, and how many it can be: 和 joins two or stands in one. */
interface Names {
  readonly span: Span;
  readonly least: number;
  readonly most: number;
}

const LONGEST_NAME = 24;
const JOINING = /[和与及]/gu;

/**
 * The names after a number that says it counts them all: 以下4家单位…：甲、乙、丙。 3个小组，分别为甲组、乙组、丙组，… Undefined where
 * the list is cut short or holds anything but names.
 */
function namesAfter(
  { view, rules }: CheckContext,
  rule: CheckRule,
  given: Parameters,
): (quantity: Quantity, isSaid: boolean) => Names | undefined {
  const isRespective = tester(rules, rule, given.names);
  const isOpen = tester(rules, rule, given.open);
  const peopleOf = finder(rules, rule, given.people);
  return (quantity, isSaid) => {
    const rest = view.folded.slice(quantity.end, Math.min(quantity.end + 400, paragraphOf(view, quantity).end));
    const people = peopleOf(rest);
    if (people !== undefined) {
      const start = quantity.end + rest.indexOf(people);
      const number = people.split('、').length;
      return { span: { start, end: start + people.length }, least: number, most: number };
    }
    const lead = /^[^。；：]{0,30}?(?:[：:]|(?:分别(?:为|是|有)|，即|，也就是)[：:]?)/u.exec(rest)?.[0];
    if (lead === undefined) return undefined;
    const isTold = isRespective(lead) || (isSaid && /[：:]$/u.test(lead));
    const listed = /^[^，。；：\n]+/u.exec(rest.slice(lead.length))?.[0] ?? '';
    const names = listed.includes('《')
      ? [...listed.matchAll(/《[^》]+》/gu)].map(([title]) => title)
      : listed.split('、');
    if (names.length < 2 || isOpen(listed)) return undefined;
    if (names.some((name) => name.length > LONGEST_NAME || name.trim() === '')) return undefined;
    const start = quantity.end + lead.length;
    // No other number stands between, which they would be of, or among them.
    const end = start + listed.length;
    if (view.quantities.some((other) => quantity.end <= other.start && other.end <= end)) return undefined;
    const joined = listed.includes('《') ? 0 : [...listed.matchAll(JOINING)].length;
    // Without a word that all are listed, only too many say something: 约谈2家单位：甲公司、乙公司、丙公司.
    const isNamed = listed.includes('《') || (given.named.includes(quantity.unit) && names.every(isFullName));
    const isMore = cmp(rational(names.length), quantity.value) > 0;
    if (!isTold && !(isNamed && isMore && /^[^，。；、]{0,12}[：:]$/u.test(lead))) return undefined;
    return { span: { start, end: start + listed.length }, least: names.length, most: names.length + joined };
  };
}

/** 不完善 goes on with what stands before it; three characters and more that do not begin so are a name of their own. */
const isFullName = (name: string): boolean => name.length > 2 && !/^[不未没无]/u.test(name);

/**
 * 财政、人社、住建等3个部门: names right before a number, which counts them at least; all of them where the words between close the
 * list (由甲、乙、丙组成，共3人), or where the names end in what is counted (甲公司、乙公司2家公司).
 */
function namesBefore(
  view: View,
  quantity: Quantity,
  isBehind: (text: string) => boolean,
  closeOf: (text: string) => string | undefined,
): Names | undefined {
  const text = view.folded.slice(Math.max(0, quantity.start - FARTHEST), quantity.start);
  const close = closeOf(view.masked.slice(Math.max(0, quantity.start - FARTHEST), quantity.start)) ?? '';
  const listed = NAMES_AT_END.exec(text.slice(0, text.length - close.length))?.[0];
  if (listed === undefined) return undefined;
  const isTitles = listed.includes('《');
  const names = isTitles ? [...listed.matchAll(/《[^》]+》/gu)].map(([title]) => title) : listed.split('、');
  const last = names.at(-1) ?? '';
  const end = quantity.start - close.length;
  const span = { start: end - listed.length, end };
  if (view.quantities.some((other) => span.start <= other.start && other.end <= quantity.start)) return undefined;
  // 甲牵头7个、乙牵头9个，其余由局长、书记牵头，合计16个 adds up numbers, not names.
  const sentence = sentenceOf(view, quantity);
  const alike = within(view.quantities, { start: sentence.start, end: quantity.start });
  if (alike.filter(({ unit, kind }) => kind === 'count' && unit === quantity.unit).length > 1) return undefined;
  if (names.length < 2 || (!isTitles && names.some((name) => name.length < 2 || name.length > LONGEST_NAME)))
    return undefined;
  const isOpen = isBehind(listed.slice(listed.lastIndexOf(last)));
  const joined = isTitles ? 0 : [...listed.matchAll(JOINING)].length;
  const noun = view.folded.slice(quantity.end, quantity.end + 2);
  if (isOpen) return close === '' ? { span, least: names.length, most: Number.POSITIVE_INFINITY } : undefined;
  if (close !== '') return { span, least: names.length, most: names.length + joined };
  return names.slice(1).every((name) => name.endsWith(noun))
    ? { span, least: names.length, most: Number.POSITIVE_INFINITY }
    : undefined;
}

/** 甲、乙、丙、丁三位副局长: persons by name right before their number. Fewer may go on behind a comma: 局长甲，副局长乙、丙三位同志. */
function personsBefore(
  { view, rules, locate }: CheckContext,
  rule: CheckRule,
  { person, persons }: Parameters,
  stated: Stated,
): Judgement | undefined {
  const { quantity } = stated;
  if (!persons.includes(quantity.unit)) return undefined;
  const isPerson = tester(rules, rule, person);
  const text = view.folded.slice(Math.max(0, quantity.start - FARTHEST), quantity.start);
  const listed = NAMES_AT_END.exec(text)?.[0];
  const names = listed?.split(/[、和与及]/u) ?? [];
  // A post may stand before the first.
  const ends = [2, 3, 4].map((length) => (names[0] ?? '').slice(-length));
  if (listed === undefined || names.length < 2 || !names.slice(1).every(isPerson) || !ends.some(isPerson))
    return undefined;
  const start = quantity.start - listed.length;
  const isWhole = !/[，、]/u.test(view.folded.charAt(start - 1));
  const number = numberOf(stated);
  if (names.length < number && !isWhole) return undefined;
  const places = [locate.evidence({ start, end: quantity.start })];
  return judgement(stated, names.length, places, names.length === number ? 'consistent' : 'inconsistent');
}

const FARTHEST = 120;
const NAMES_AT_END = /(?:(?:《[^《》]+》[、和及与]?){2,}|(?:[\u4e00-\u9fff]{2,12}、)+[\u4e00-\u9fff]{2,12}?)等?$/u;

type Mark = Span & Pick<Marker, 'value'>;

const INLINE_MARK = /(?<=[：。；，])(?:([一二三四五六七八九十]{1,2})是|(\d{1,2})[.．、](?!\d))/gu;

/** 一是, 二是 … in the rest of a paragraph that no list was read from, as far as they count on. */
function inlineMarks(view: View, quantity: Quantity): readonly Mark[] {
  const rest = { start: quantity.end, end: paragraphOf(view, quantity).end };
  const marks: Mark[] = [];
  for (let at = firstFrom(allInlineMarks(view), rest.start); ; at += 1) {
    const mark = allInlineMarks(view)[at];
    if (mark === undefined || mark.end > rest.end || mark.value !== marks.length + 1) return marks;
    marks.push(mark);
  }
}

const allInlineMarks = onceFor((view: View): readonly Mark[] =>
  [...view.folded.matchAll(INLINE_MARK)].map(({ index, 0: words, 1: written, 2: digits }) => {
    const value = Number(parseNumeral(written ?? digits ?? '')?.value.n ?? 0n);
    return { value, start: index, end: index + words.length };
  }),
);

const follows = (text: string, quantity: Quantity, marks: readonly Mark[]): boolean => {
  const start = marks[0]?.start ?? -1;
  return start >= quantity.end && start - quantity.end <= NEAR && !/；|。./su.test(text.slice(quantity.end, start));
};
