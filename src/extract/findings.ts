/**
 * Outline + rules → findings with their measures, outcomes and status. The text below a finding's heading is cut into
 * stretches by labels; each stretch gives items by its role.
 */
import { hash } from 'node:crypto';
import type { Evidence, Finding, Measure, Outcome, Span, Status } from '../model.js';
import { isOpen } from '../record.js';
import type { RuleSet } from '../rules/load.js';
import { matchWithin } from '../rules/match.js';
import type { View } from '../rules/view.js';
import { contains, firstFrom, firstMatch, hasInk, type Locator, overlapping, trimSpan, within } from '../text.js';
import type { Item } from './items.js';
import { itemsOf } from './items.js';
import { type Label, type Node, type Outline, type RankedMarker, sliceOf } from './outline.js';
import type { FindingSource } from './roles.js';
import { readStatus, type StatusReading, statusOfItem } from './status.js';
import { tailsOf } from './tails.js';
import { saysOnlyTerms } from './terms.js';

/** A finding as spans of the text, before its parts are put into words. */
export interface FindingDraft {
  readonly number: string | null;
  /** Headings above it, outermost first. */
  readonly above: readonly Node[];
  readonly titles: readonly Span[];
  readonly heading: Span;
  readonly span: Span;
  /** Other places that tell of it, which name it by its number or title. */
  readonly further: readonly Span[];
  readonly measures: readonly Task[];
  readonly outcomes: readonly Item[];
  readonly status: StatusReading;
}

/** A measure, with the bracket after it that says who does it until when: （责任科室：…；2023年8月底前完成，已完成）. */
export interface Task extends Item {
  readonly aside?: Span;
}

/** One stretch of a finding's text: what stands after a label or in a column, to the next one. */
export interface Stretch {
  readonly role: string;
  readonly label: Span | undefined;
  readonly ranges: Span[];
}

/** Where a finding stands, and its text cut into stretches: all that its parts are read from. */
export interface FindingText {
  readonly number: string | null;
  readonly above: readonly Node[];
  readonly heading: Span;
  readonly span: Span;
  /** Other places that tell of it by its number, or cells that it shares with others. */
  readonly further?: readonly Span[];
  /** A list elsewhere says what was done. */
  readonly isTold?: boolean;
  /** Titles that its heading gives; none where a stretch of role `finding` names it. */
  readonly titles: readonly Span[];
  readonly stretches: readonly Stretch[];
  /** Brackets beside the text that say who, until when and how far. */
  readonly asides: readonly Span[];
  /** The heading above it, where it groups findings by how far they have come: 【已办结】, 二、正在推进的问题. */
  readonly group?: Span;
}

const ITEM_ROLES = new Set(['measures', 'outcomes', 'progress']);
/** Roles whose text ends with its paragraph; what follows without a label is measures again. */
const ONE_PARAGRAPH = new Set(['responsibles', 'deadline', 'status', 'goal', 'finding', 'category', 'remark']);

const ONE_SENTENCE = new Set(['responsibles', 'deadline']);

/** Findings that headings and labels name, from their sources in the outline. */
export function textsOf(
  rules: RuleSet,
  view: View,
  outline: Outline,
  sources: readonly FindingSource[],
): readonly FindingText[] {
  return sources.map((source) => {
    const { stretches: cut, asides } = stretchesOf(rules, view, outline, source);
    const own = source.reading.titles.filter(({ start, end }) => end > start);
    const stretches = own.length > 0 ? cut : namedByText(view, cut);
    const heading = headingSpan(source);
    const isNamedByLabel =
      (source.label !== undefined || own.length === 0) &&
      stretches.some(({ role, ranges }) => role === 'finding' && ranges.length > 0);
    return {
      number: numberOf(source) ?? numberAbove(view, outline, source),
      above: headingsAbove(source),
      heading,
      span: { start: Math.min(heading.start, source.bodyStart), end: source.end },
      ...(source.told && { isTold: true, further: [{ start: source.told.block.start, end: source.told.end }] }),
      titles: isNamedByLabel ? [] : source.reading.titles,
      stretches: [...leadStatus(rules, view, outline, source.node), ...stretches],
      asides,
      ...groupOf(rules, view, headingsAbove(source).at(-1)),
    };
  });
}

/** A heading that says nothing but a status, besides that problems follow. */
function groupOf(rules: RuleSet, view: View, above: Node | undefined): { readonly group?: Span } {
  if (above === undefined) return {};
  const { start, end } = trimSpan(view.text, above.content, '【】〔〕');
  const { regex } = rules.compile('{GROUP_NOUN}', 'folded');
  const noun = firstMatch(regex, view.folded.slice(start, end));
  const group = { start, end: noun === null ? end : start + noun.index };
  return readStatus(rules, view, group, true).isOnlyStatus ? { group } : {};
}

/** Where a mark stands alone in its line (整改事项（1）) the first sentence below it names the finding. */
function namedByText(view: View, stretches: readonly Stretch[]): readonly Stretch[] {
  const [first, ...rest] = stretches;
  const [range, ...others] = first?.ranges ?? [];
  if (first === undefined || range === undefined || first.label !== undefined) return stretches;
  if (rest.some(({ role }) => role === 'finding')) return stretches;
  const stop = view.folded.slice(range.start, range.end).indexOf('。') + 1;
  const end = stop === 0 ? range.end : range.start + stop;
  const left = hasInk(view.text, { start: end, end: range.end }) ? [{ start: end, end: range.end }] : [];
  const named: Stretch = { role: 'finding', label: undefined, ranges: [{ start: range.start, end }] };
  return [named, { ...first, ranges: [...left, ...others] }, ...rest];
}

/** The status in a bracket before a heading's words: 【已完成】1.…, 1.（已完成）…. */
function leadStatus(rules: RuleSet, view: View, outline: Outline, { block, content }: Node): readonly Stretch[] {
  const before = { start: block.start, end: content.start };
  return bracketsIn(view, before).flatMap((bracket) => {
    const status = statusIn(rules, view, bracket, sliceOf(outline.labels, bracket));
    return status === undefined ? [] : [{ role: 'status', label: bracket, ranges: [status] }];
  });
}

export function draftFindings(
  rules: RuleSet,
  view: View,
  outline: Outline,
  texts: readonly FindingText[],
): readonly FindingDraft[] {
  const outcomesAreMarked = texts.some(({ stretches }) =>
    stretches.some(({ role, ranges }) => role === 'outcomes' && markersIn(outline, ranges).length > 0),
  );
  return mergeTwice(
    view,
    texts.map((text) => draft(rules, view, outline, text, outcomesAreMarked)),
  );
}

/**
 * The drafts without those that name another's problem and tell nothing of what was done: a list of problems that come
 * again with their measures, or one that says who answers for each.
 */
function mergeTwice(view: View, drafts: readonly FindingDraft[]): readonly FindingDraft[] {
  const keyOf = ({ titles }: FindingDraft): string =>
    titles.map(({ start, end }) => view.folded.slice(start, end).replace(/[^\p{L}\p{N}]/gu, '')).join();
  const isBare = ({ measures, outcomes }: FindingDraft): boolean => measures.length === 0 && outcomes.length === 0;
  const told = new Set(drafts.filter((each) => !isBare(each)).map(keyOf));
  const again = drafts.filter((each) => isBare(each) && told.has(keyOf(each)));
  return drafts
    .filter((each) => !again.includes(each))
    .map((each) => {
      const same = again.filter((other) => keyOf(other) === keyOf(each));
      const stated = [each, ...same].find(({ status }) => status.status !== 'unstated') ?? each;
      return { ...each, status: stated.status, further: [...each.further, ...same.flatMap(placesOf)] };
    });
}

/** Every place that tells of a finding. */
export const placesOf = ({ span, further }: Pick<FindingDraft, 'span' | 'further'>): readonly Span[] => [
  span,
  ...further,
];

const markersIn = (outline: Outline, ranges: readonly Span[]): readonly RankedMarker[] =>
  ranges.flatMap((range) => within(outline.markers, range));

/** Cuts the body of a finding into stretches, in text order. */
export function stretchesOf(
  rules: RuleSet,
  view: View,
  outline: Outline,
  source: Pick<FindingSource, 'label' | 'told' | 'bodyStart' | 'end'>,
): { readonly stretches: readonly Stretch[]; readonly asides: readonly Span[] } {
  const beside: Span[] = [];
  const { told } = source;
  const body = { start: told?.content.start ?? source.bodyStart, end: told?.end ?? source.end };
  const out: Stretch[] = [];
  let current: Stretch = { role: source.label === undefined ? 'measures' : 'finding', label: source.label, ranges: [] };
  out.push(current);
  const begin = (role: string, label: Label | undefined): void => {
    current = { role, label, ranges: [] };
    out.push(current);
  };
  const add = (range: Span): void => {
    const leadsUp = LEADS_UP.test(view.folded.slice(range.start, range.end));
    if (!leadsUp && hasInk(view.text, range)) current.ranges.push(range);
  };
  // Who and until when are told in one sentence; what follows it in the paragraph is measures.
  const addPart = (range: Span): void => {
    const stop = ONE_SENTENCE.has(current.role) ? view.folded.slice(range.start, range.end).indexOf('。') : -1;
    const end = stop < 0 ? range.end : range.start + stop + 1;
    add({ start: range.start, end });
    if (end >= range.end || !hasInk(view.text, { start: end, end: range.end })) return;
    begin('measures', undefined);
    add({ start: end, end: range.end });
  };
  const tails = within(tailsOf(rules, view), body);
  for (const block of overlapping(outline.blocks, body)) {
    const piece = { start: Math.max(block.start, body.start), end: Math.min(block.end, body.end) };
    const line = tails.find(({ start, end }) => start === block.start && end === block.end);
    if (line !== undefined) {
      const status = line.parts.find(({ role }) => role === 'status');
      if (status !== undefined) out.push({ role: 'status', label: line, ranges: [status] });
      beside.push({ start: line.start, end: line.end });
      continue;
    }
    const labels = within(outline.labels, piece);
    const asides = bracketsIn(view, piece).flatMap((span) => {
      const inside = labels.filter((label) => contains(span, label));
      // 【责任人】 is but a label in brackets; an aside says something after its label.
      if (inside.at(-1)?.end === span.end) return [];
      if (inside.some((label) => ASIDE_ROLES.has(label.role))) return [{ span, labels: inside }];
      const endsItem = /^[；。]?(?:$|[^，、])/.test(view.folded.slice(span.end, piece.end));
      const saysTerms =
        isTerm(rules, view, span) || tails.some(({ start, end }) => start === span.start && end === span.end);
      return endsItem && inside.length === 0 && saysTerms ? [{ span, labels: inside }] : [];
    });
    const isAside = (label: Label): boolean => asides.some(({ span }) => contains(span, label));
    const opening = labels.filter((label) => !isAside(label));
    const goesOn = current.ranges.length === 0 || continuesList(outline, current.ranges, piece);
    if (!goesOn && ONE_PARAGRAPH.has(current.role) && opening[0]?.start !== piece.start) {
      // 几句提醒： below the last field of a form speaks of the whole.
      const isEpilogue = out.some(isLabelledDone) && LEADS_UP.test(view.folded.slice(piece.start, piece.end));
      begin(isEpilogue ? 'epilogue' : 'measures', undefined);
    }

    let from = piece.start;
    const cuts = [...opening.map((label) => ({ label })), ...asides].sort((a, b) => startOf(a) - startOf(b));
    for (const cut of cuts) {
      if ('span' in cut) {
        addPart({ start: from, end: cut.span.start });
        const status = statusIn(rules, view, cut.span, cut.labels);
        if (status !== undefined) out.push({ role: 'status', label: cut.span, ranges: [status] });
        from = cut.span.end;
        beside.push(cut.span);
      } else {
        addPart({ start: from, end: markBefore(outline, cut.label, from) });
        begin(cut.label.role, cut.label);
        from = cut.label.end;
      }
    }
    addPart({ start: from, end: piece.end });
  }
  const stretches = describingPast(rules, view, describing(rules, view, outline, out)).filter(
    (stretch) => stretch.ranges.length > 0 || stretch.label !== undefined,
  );
  return { stretches, asides: beside };
}

const isLabelledDone = ({ role, label }: Stretch): boolean => label !== undefined && DONE_ROLES.has(role);

/** A line that but leads up to those below it: 整改清单： */
const LEADS_UP = /^[^。；：]{1,20}：\s*$/u;

/** True where a paragraph begins with the next mark of the list that the paragraph before it began with. */
function continuesList(outline: Outline, ranges: readonly Span[], piece: Span): boolean {
  const markAt = (span: Span): RankedMarker | undefined => outline.markers.find(({ start }) => start === span.start);
  const last = ranges.map(markAt).findLast((marker) => marker !== undefined);
  const next = markAt(piece);
  return last !== undefined && next?.family === last.family && next.value === last.value + 1;
}

/**
 * The stretches with the unlabelled text before the measures told apart: where a label says where the measures begin,
 * what stands before it describes the problem (审计发现，…).
 */
function describing(rules: RuleSet, view: View, outline: Outline, stretches: readonly Stretch[]): readonly Stretch[] {
  const [first, ...rest] = stretches;
  if (first === undefined || first.label !== undefined || first.role !== 'measures') return stretches;
  const roles = new Set(rest.filter(({ label }) => label !== undefined).map(({ role }) => role));
  const isMarked = markersIn(outline, first.ranges).length > 0;
  const tellsProblem = first.ranges.some((range) => {
    const cues = cuesIn(rules, view, range);
    return cues.has('description') || (first.ranges.length === 1 && cues.has('problem') && !cues.has('measure'));
  });
  const isDescription = roles.has('measures') || (roles.has('progress') && !isMarked && tellsProblem);
  return isDescription ? [{ ...first, role: 'description' }, ...rest] : stretches;
}

const cuesIn = (rules: RuleSet, view: View, span: Span): ReadonlySet<string | undefined> =>
  new Set(matchWithin(rules, 'cues', view, span).map((match) => match.set.cue));

/** The stretches with the sentences before what was done told apart that say how it was: 过去有7个长期闲置。 */
function describingPast(rules: RuleSet, view: View, stretches: readonly Stretch[]): readonly Stretch[] {
  const at = stretches.findIndex(({ role, ranges }) => DONE_ROLES.has(role) && ranges.length > 0);
  const told = stretches[at];
  const [range, ...further] = told?.ranges ?? [];
  if (told === undefined || range === undefined) return stretches;
  const sentences = clippedSentences(view, range);
  const isOfPast = (sentence: Span): boolean => cuesIn(rules, view, sentence).has('description');
  const begin = sentences.find((sentence) => !isOfPast(sentence));
  if (begin === undefined || begin === sentences[0]) return stretches;
  const before = { role: 'description', label: undefined, ranges: [{ start: range.start, end: begin.start }] };
  const rest = { ...told, ranges: [{ start: begin.start, end: range.end }, ...further] };
  return [...stretches.slice(0, at), before, rest, ...stretches.slice(at + 1)];
}

const DONE_ROLES = new Set(['measures', 'progress']);

/** Roles that a bracket beside the text may name: （责任领导：某某；整改时限：…）. */
const ASIDE_ROLES = new Set(['responsibles', 'deadline', 'status']);

const startOf = (cut: { readonly label: Label } | { readonly span: Span }): number =>
  'span' in cut ? cut.span.start : cut.label.start;

/** Brackets, and a few words between two signs: ★已完成★. */
const BRACKETS = /[（〔【][^（）〔〕【】\n]{2,200}[）〕】]|([●○◆◇■□★☆▲△※*])[\u4e00-\u9fff]{2,8}\1/gu;

function bracketsIn(view: View, piece: Span): readonly Span[] {
  return [...view.folded.slice(piece.start, piece.end).matchAll(BRACKETS)].map((match) => ({
    start: piece.start + match.index,
    end: piece.start + match.index + match[0].length,
  }));
}

/** True for a bracket that says no more than how far things are, or until when: （已完成）, （2024年6月底前完成）. */
function isTerm(rules: RuleSet, view: View, aside: Span): boolean {
  const inside = { start: aside.start + 1, end: aside.end - 1 };
  const isDay = (clause: Span): boolean =>
    view.dates.some(
      (date) => contains(clause, date) && clause.end - clause.start - (date.end - date.start) <= MOST_BESIDE_DAY,
    );
  return clausesIn(view, inside).every((clause) => readStatus(rules, view, clause, true).isOnlyStatus || isDay(clause));
}

/** Characters that may stand beside a day that is nothing but a term: 前完成整改. */
const MOST_BESIDE_DAY = 6;

/** Where a bracket states a status: after a label, or in a clause that says nothing else (…；2024年3月底前完成，已完成). */
function statusIn(rules: RuleSet, view: View, aside: Span, labels: readonly Label[]): Span | undefined {
  const label = labels.find(({ role }) => role === 'status');
  if (label !== undefined) return { start: label.end, end: aside.end - 1 };
  const inside = { start: aside.start + 1, end: aside.end - 1 };
  const stated = clausesIn(view, inside)
    .filter((clause) => !labels.some((other) => contains(clause, other)))
    .map((clause) => ({ clause, reading: readStatus(rules, view, clause, true) }))
    .filter(({ reading }) => reading.isOnlyStatus);
  return (stated.find(({ reading }) => reading.status !== 'longTerm') ?? stated[0])?.clause;
}

/** Clauses of a bracket. */
const clausesIn = (view: View, { start, end }: Span): readonly Span[] =>
  [...view.folded.slice(start, end).matchAll(/[^，；。｜|]+/g)].map((part) => ({
    start: start + part.index,
    end: start + part.index + part[0].length,
  }));

/** A mark right before a label (2.整改成效：) goes with the label. */
function markBefore(outline: Outline, label: Label, from: number): number {
  const { markers } = outline;
  let found = label.start;
  for (let at = firstFrom(markers, label.start) - 1; at >= 0; at -= 1) {
    const marker = markers[at] as Span;
    if (marker.start < from || marker.end < label.start - 1) break;
    if (marker.end <= label.start) found = marker.start;
  }
  return found;
}

function draft(
  rules: RuleSet,
  view: View,
  outline: Outline,
  text: FindingText,
  outcomesAreMarked: boolean,
): FindingDraft {
  const { stretches } = text;
  const listsMeasures = stretches.some((stretch) => stretch.role === 'measures' && stretch.ranges.length > 0);
  const measures: Item[] = [];
  const outcomes: Item[] = [];
  const sentences = (range: Span): readonly Span[] => clippedSentences(view, range);
  for (const stretch of stretches) {
    if (!ITEM_ROLES.has(stretch.role)) continue;
    const isOutcome = stretch.role === 'outcomes' || (stretch.role === 'progress' && listsMeasures);
    // Where a notice counts its outcomes, a paragraph that counts none is one outcome.
    const cut = stretch.role === 'outcomes' && outcomesAreMarked ? (range: Span) => [range] : sentences;
    const markers = markersIn(outline, stretch.ranges);
    const items = itemsOf(view.text, stretch.ranges, markers, cut).flatMap((item) => withoutStatus(rules, view, item));
    (isOutcome ? outcomes : measures).push(...items);
  }
  const tasks = withAsides(view, measures, text.asides);
  const own = stretches.filter(({ label }) => !tasks.some(({ aside }) => aside !== undefined && aside === label));
  return {
    number: text.number,
    above: text.above,
    titles: titlesOf(rules, view, outline, text),
    heading: text.heading,
    span: text.span,
    further: text.further ?? [],
    measures: tasks,
    outcomes,
    status: statusOf(rules, view, outline, own, measures, text.group),
  };
}

/** Measures with the brackets right after them, where several have one: then each speaks of its own measure. */
function withAsides(view: View, measures: readonly Item[], asides: readonly Span[]): readonly Task[] {
  const tasks = measures.map((item): Task => {
    const aside = asides.find(({ start }) => start >= item.end && !hasInk(view.text, { start: item.end, end: start }));
    return aside === undefined ? item : { aside, ...item };
  });
  return tasks.filter(({ aside }) => aside !== undefined).length > 1 ? tasks : measures;
}

/**
 * An item without the sentences at its ends that but say how far things are, who answers and until when; none where
 * nothing else is left.
 */
function withoutStatus(rules: RuleSet, view: View, item: Item): readonly Item[] {
  const sentences = clippedSentences(view, item);
  const isStatus = (span: Span): boolean =>
    readStatus(rules, view, span).isOnlyStatus || saysOnlyTerms(rules, view, span);
  let first = 0;
  let last = sentences.length;
  while (first < last && isStatus(sentences[first] as Span)) first += 1;
  while (last > first && isStatus(sentences[last - 1] as Span)) last -= 1;
  if (first === last) return [];
  const start = first === 0 ? item.start : (sentences[first] as Span).start;
  const end = last === sentences.length ? item.end : (sentences[last - 1] as Span).end;
  return [{ ...item, start, end }];
}

/** The parts of sentences within `range`, without those that are but punctuation. */
function clippedSentences(view: View, range: Span): readonly Span[] {
  return overlapping(view.sentences, range)
    .map((sentence) => trimSpan(view.text, clip(sentence, range), '，,；;：:、'))
    .filter((span) => hasInk(view.text, span));
}

const clip = (span: Span, range: Span): Span => ({
  start: Math.max(span.start, range.start),
  end: Math.min(span.end, range.end),
});

function headingSpan(source: FindingSource): Span {
  const { node, reading, label } = source;
  if (label !== undefined && !contains(node.block, label)) return { start: label.start, end: label.end };
  return { start: node.marker?.start ?? node.content.start, end: Math.max(reading.heading.end, node.marker?.end ?? 0) };
}

/** Titles of the finding: those of its heading, or what stands after the label or in the column that names it. */
function titlesOf(rules: RuleSet, view: View, outline: Outline, text: FindingText): readonly Span[] {
  const bare = (span: Span): Span => trimSpan(view.text, span, '。；：，？?;:,');
  if (text.titles.length > 0) return text.titles.map(bare);
  const ranges = text.stretches.find(({ role, ranges }) => role === 'finding' && ranges.length > 0)?.ranges ?? [];
  const markers = markersIn(outline, ranges);
  // Problems that a list counts are several; without one the first sentence names it.
  const named = markers.length > 1 && markers[0]?.start === ranges[0]?.start ? ranges : ranges.slice(0, 1);
  const items = itemsOf(view.text, named, markers, (range) => {
    const [first] = clippedSentences(view, range);
    return first === undefined ? [] : [first];
  });
  return items.map((item) => {
    const [title] = matchWithin(rules, 'titles', view, item)
      .filter((match) => match.set.strength === 'strong')
      .sort((a, b) => b.rule.priority - a.rule.priority);
    return bare(title?.emits[0]?.span ?? item);
  });
}

/** The status that a finding states: after a status label, in a sentence of its own, or in what it says it has done. */
function statusOf(
  rules: RuleSet,
  view: View,
  outline: Outline,
  stretches: readonly Stretch[],
  measures: readonly Item[],
  group: Span | undefined,
): StatusReading {
  const afterMark = (start: number): number =>
    outline.markers.find((marker) => marker.start === start)?.contentStart ?? start;
  const none: StatusReading = { status: 'unstated', isOnlyStatus: false };
  for (const stretch of stretches) {
    if (stretch.role !== 'status') continue;
    for (const range of stretch.ranges) {
      const reading = readStatus(rules, view, trimSpan(view.folded, range), true);
      if (reading.status !== 'unstated') return reading;
    }
  }
  let whole = none;
  let mention = none;
  for (const stretch of stretches) {
    if (!ITEM_ROLES.has(stretch.role) && stretch.role !== 'description') continue;
    const last = stretch.ranges.at(-1);
    for (const range of stretch.ranges) {
      for (const sentence of overlapping(view.sentences, range)) {
        const start = afterMark(Math.max(sentence.start, trimSpan(view.text, range).start));
        const span = { start, end: Math.min(sentence.end, range.end) };
        const reading = readStatus(rules, view, span);
        if (reading.status === 'unstated') continue;
        // A measure may speak of itself alone; the last words of the text speak of the finding.
        const isOwn = stretch.role === 'measures' && !reading.isOnlyStatus && range !== last && measures.length > 1;
        if (isOwn) continue;
        if (reading.weight === 'whole') whole = reading;
        else mention = reading;
      }
    }
  }
  if (whole.status !== 'unstated') return whole;
  const told = mention.status === 'unstated' ? afterDeadline(rules, view, stretches) : mention;
  return told.status === 'unstated' && group !== undefined ? readStatus(rules, view, group, true) : told;
}

/** What follows a time limit in its sentence: 整改时限：2023年8月底前，已完成. The limit itself (长期坚持) is no status. */
function afterDeadline(rules: RuleSet, view: View, stretches: readonly Stretch[]): StatusReading {
  const clauses = stretches
    .filter(({ role, label }) => role === 'deadline' && label !== undefined)
    .flatMap(({ ranges }) => ranges.flatMap((range) => clausesIn(view, range).slice(1)));
  const said = clauses.map((clause) => readStatus(rules, view, clause, true));
  return (
    said.find(({ isOnlyStatus, status }) => isOnlyStatus && status !== 'longTerm') ?? {
      status: 'unstated',
      isOnlyStatus: false,
    }
  );
}

// ── Drafts → findings of the record ───────────────────────────────────────────────────────────────────────────────

export interface Assigned {
  readonly names: (within: readonly Span[], without: readonly Span[]) => readonly string[];
  /** Persons that a heading consists of: those of all that stands under it. */
  readonly leaders: (heading: Span) => readonly string[];
  readonly deadline: (within: readonly Span[], without: readonly Span[]) => string | undefined;
}

export function finishFindings(
  rules: RuleSet,
  view: View,
  locate: Locator,
  drafts: readonly FindingDraft[],
  assigned: Assigned,
): readonly Finding[] {
  return drafts.map((draft) => {
    const { above } = draft;
    const slice = ({ start, end }: Span): string => view.text.slice(start, end);
    const measures = draft.measures.map((item, at): Measure => {
      const { aside } = item;
      const own = statusOfItem(rules, view, item);
      const stated = aside === undefined || own !== 'unstated' ? undefined : statusIn(rules, view, aside, []);
      const deadline = assigned.deadline(aside === undefined ? [item] : [item, aside], []);
      return {
        ordinal: at + 1,
        text: slice(item),
        status: stated === undefined ? own : readStatus(rules, view, stated, true).status,
        ...(deadline === undefined ? {} : { deadline }),
        responsibles: assigned.names(aside === undefined ? [item] : [item, aside], []),
        evidence: locate.evidence(item),
      };
    });
    const tasks = draft.measures.flatMap((item) => (item.aside === undefined ? [item] : [item, item.aside]));
    const outcomes = draft.outcomes.map(
      (item, at): Outcome => ({ ordinal: at + 1, text: slice(item), evidence: locate.evidence(item) }),
    );
    // What is left of an open finding is due when its last measure is: 其余2处将于2024年3月底前办结.
    const left = isOpen(draft.status.status) ? measures.flatMap((measure) => measure.deadline ?? []).sort() : [];
    const deadline = assigned.deadline(placesOf(draft), tasks) ?? left.at(-1);
    const evidence = locate.evidence(draft.heading);
    const statusEvidence: Evidence | undefined =
      draft.status.span === undefined ? undefined : locate.evidence(draft.status.span);
    return {
      id: idOf(view.segmented.document.id, 'finding', draft.heading),
      section: above.at(-1)?.marker?.label ?? null,
      number: draft.number,
      path: above.map((node) => node.marker?.label ?? slice(trimSpan(view.text, node.content, '【】〔〕'))),
      titles: draft.titles.map(slice),
      status: draft.status.status satisfies Status,
      ...(statusEvidence === undefined ? {} : { statusEvidence }),
      ...(deadline === undefined ? {} : { deadline }),
      measures,
      outcomes,
      responsibles: [
        ...new Set([
          ...above.flatMap(({ content }) => assigned.leaders(content)),
          // 二、镇长祝新民负责的问题
          ...assigned.names(
            above.map(({ content }) => content).filter(({ start, end }) => end - start <= LONGEST_CHARGE),
            [],
          ),
          ...assigned.names(placesOf(draft), tasks),
        ]),
      ],
      evidence,
      span: draft.span,
    };
  });
}

/** A heading that says who is in charge says no more. */
const LONGEST_CHARGE = 30;

/** Ids hash document, kind and place: the same input gives the same id on any machine. */
export const idOf = (document: string, kind: string, span: Span): string =>
  hash('sha256', `${document} ${kind} ${span.start} ${span.end}`).slice(0, 16);

/** Headings above a finding, outermost first. */
function headingsAbove(source: FindingSource): readonly Node[] {
  const own = isBelowNode(source) ? source.node : source.node.parent;
  const above: Node[] = [];
  for (let node = own; node !== undefined; node = node.parent) if (node.kind === 'heading') above.unshift(node);
  return above;
}

/** The heading is a section above the finding, not the finding's own. */
const isBelowNode = (source: FindingSource): boolean =>
  source.label !== undefined && (source.isInSection === true || !isOnlyFindingOf(source));

/** A label names the one finding of its heading: the heading's number is the finding's. */
const isOnlyFindingOf = (source: FindingSource): boolean =>
  source.nodes.length === 1 &&
  source.end === source.node.end &&
  source.bodyStart <= source.node.block.end + 400 &&
  countFindingLabels(source.node) === 1;

const countFindingLabels = (node: Node): number =>
  [node, ...node.children.filter((child) => child.kind !== 'heading')].reduce(
    (sum, part) => sum + part.labels.filter((label) => label.role === 'finding').length,
    0,
  );

/** The number that a label of its own gives (序号：3) right before the label that names the finding. */
function numberAbove(view: View, outline: Outline, { label }: FindingSource): string | null {
  if (label === undefined) return null;
  const before = outline.labels.findLast(({ start }) => start < label.start);
  if (before?.role !== 'number') return null;
  const { start, end } = trimSpan(view.text, { start: before.end, end: label.start }, '：:、.．,，；;');
  return end > start && end - start <= LONGEST_NUMBER ? view.text.slice(start, end) : null;
}

const LONGEST_NUMBER = 6;

/** The number as written; a bullet is none. */
function numberOf(source: FindingSource): string | null {
  const { marker } = source.node;
  return !isBelowNode(source) && marker !== undefined && marker.value > 0 ? marker.label : null;
}
