/**
 * Segmented + structure rules → outline: a tree of headings, labels and paragraphs, read from the marks before them and
 * from how they are written. What a node means for the notice (section, finding, …) is decided in `roles.ts`.
 */
import type { Block, Marker, MarkerSequence, Span } from '../model.js';
import type { RuleSet } from '../rules/load.js';
import { matchTopic, matchWithin, type RuleMatch } from '../rules/match.js';
import type { View } from '../rules/view.js';
import { firstFrom, firstMatch, hasInk, trimSpan } from '../text.js';
import { formBlocks } from './cells.js';
import { learnLabels } from './learnt.js';
import { markerValue } from './marker-value.js';
import { readStatus } from './status.js';

/** A mark with the depth that its style mostly stands for. */
export interface RankedMarker extends Marker {
  readonly rank: number;
  /** Id of the rule that found it. */
  readonly rule: string;
  /** Style for counting: a damaged mark counts with the style it stands for. */
  readonly family: string;
  /** First character after the mark; a stray digit stays with the text. */
  readonly contentStart: number;
}

/** Words before a colon that say what the text after them is. */
export interface Label extends Span {
  readonly role: string;
}

export type NodeKind = 'heading' | 'label' | 'prose';

export interface Node {
  readonly kind: NodeKind;
  readonly block: Block;
  readonly marker: RankedMarker | undefined;
  /** Text after the mark, to the end of the block. */
  readonly content: Span;
  /** Marks and labels inside the content, in text order. */
  readonly markers: readonly RankedMarker[];
  readonly labels: readonly Label[];
  readonly rank: number;
  /** The content begins as only a finding does: 针对“…”的问题. */
  readonly isStrong: boolean;
  readonly children: Node[];
  parent: Node | undefined;
  /** End of the node with its children. */
  end: number;
}

export interface Outline {
  /** Paragraphs before the first sentence: who reports about what. */
  readonly title: readonly Block[];
  readonly roots: readonly Node[];
  /** Signature and date at the end. */
  readonly closing: readonly Block[];
  /** Paragraphs that are read as text: footnotes and the cells of tables are not, those of forms are. */
  readonly blocks: readonly Block[];
  readonly sequences: readonly MarkerSequence[];
  readonly markers: readonly RankedMarker[];
  readonly labels: readonly Label[];
}

/** Lines in brackets that head the parts of a notice stand above every mark. */
const PART_RANK = 0.1;
const PROSE_RANK = 20;
const LABEL_RANK = 10;
const LONGEST_HEADING = 50;
const LONGEST_TITLE = 60;
/** 【全面从严治党方面】, a heading without a number. */
const IN_BRACKETS = /^[【〔][^【】〔〕]{2,40}[】〕]$/;
const HEADING_END = /[。；！？，、：:;,]$/;

/** So many characters between brackets tell of a whole part of the notice, not of a finding. */
const SHORTEST_PART = 8;

/**
 * 【整改组织情况】…【反馈问题整改落实情况】: lines in brackets that stand but once head the parts of a notice, though some have
 * the words of a label.
 */
function bracketedParts(view: View, blocks: readonly Block[], labels: readonly Label[]): ReadonlySet<Block> {
  const written = (block: Block): string => view.folded.slice(block.start, block.end).trim();
  const lines = blocks.filter((block) => IN_BRACKETS.test(written(block)));
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(written(line), (counts.get(written(line)) ?? 0) + 1);
  const once = lines.filter((line) => counts.get(written(line)) === 1);
  if (once.every((line) => sliceOf(labels, line).length > 0)) return new Set();
  return new Set(once.filter((line) => written(line).length - 2 >= SHORTEST_PART));
}

/** @param lastResort paragraphs that tell what was found (巡察指出，…) head findings, too */
export function buildOutline(rules: RuleSet, view: View, lastResort = false): Outline {
  const forms = formBlocks(rules, view);
  const found = findMarkers(rules, view);
  const whole = view.blocks
    .filter((block) => isText(block, forms))
    .flatMap((block) => (forms.has(block) ? [block] : atTitles(rules, view, block, found)));
  // 整改任务一 is a mark, though its words are a label's.
  const known = findLabels(rules, view, forms);
  const named = [...known, ...learnLabels(rules, view, known)]
    .sort((a, b) => a.start - b.start)
    .filter(({ start }) => !isInside(found, start));
  const fields = fieldMarks(found, named);
  const markers = found.filter((marker) => !fields.includes(marker));
  const labels = named.map((label) => {
    const mark = fields.find(({ contentStart }) => contentStart === label.start);
    return mark === undefined ? label : { ...label, start: mark.start };
  });
  const blocks = whole.flatMap((block) => (forms.has(block) ? [block] : atAnswer(rules, view, block, found, labels)));
  const within = <T extends Span>(items: readonly T[], span: Span): T[] => sliceOf(items, span);
  const contentStart = new Map(
    found.filter(({ inline }) => !inline).map((marker) => [marker.start, marker.contentStart]),
  );
  const contentOf = (block: Block): number => {
    const ink = firstInk(rules, view, block);
    const after = contentStart.get(ink);
    return after === undefined ? ink : wordsStart(rules, view, block, after, within(labels, block));
  };
  const alike = readAlike(rules, view, blocks, contentOf, lastResort ? ['alike', 'last'] : ['alike']);
  const isStrong = (block: Block): boolean =>
    alike.has(block) || startsWithStrongTitle(rules, view, block, contentOf(block));

  const outermost = Math.min(
    ...markers.filter(({ inline }) => !inline).map(({ rank }) => rank),
    ...blocks.filter(({ kind }) => kind === 'heading').map(headingRank),
  );
  const first = titleEnd(rules, view, blocks, found, labels);
  const last = closingStart(rules, view, blocks, first, markers, labels);
  const roots: Node[] = [];
  const open: Node[] = [];
  const heads = markers.filter(({ inline }) => !inline);
  const around = (at: number): Surroundings =>
    forms.get(blocks[at] as Block) === 'value'
      ? NOWHERE
      : surroundings(rules, view, blocks, at, first, markers, labels);
  const plainRank = plainHeadingRank(view, blocks.slice(first, last), around, first, markers, outermost);
  const parts = bracketedParts(view, blocks, labels);
  for (let at = first; at < last; at += 1) {
    const block = blocks[at] as Block;
    const node = toNode(
      rules,
      view,
      block,
      contentOf(block),
      within(markers, block),
      parts.has(block) ? [] : within(labels, block),
      isStrong(block),
      outermost,
      around(at),
      parts.has(block) ? PART_RANK : plainRank,
    );
    attach(node, open, roots, heads);
  }
  return {
    title: blocks.slice(0, first),
    roots,
    closing: blocks.slice(last),
    blocks,
    sequences: sequencesOf(roots, view),
    markers,
    labels,
  };
}

const isText = (block: Block, forms: ReadonlyMap<Block, unknown>): boolean =>
  block.kind !== 'footnote' && (block.cell === undefined || forms.has(block));

/**
 * A paragraph cut where its sentences begin as only findings do (针对“…”问题，… 针对“…”问题，…). One that a mark heads as a
 * finding is left whole: there such sentences tell what was done.
 */
function atTitles(rules: RuleSet, view: View, block: Block, markers: readonly RankedMarker[]): readonly Block[] {
  const head = sliceOf(markers, block)[0];
  if (head?.inline === false && startsWithStrongTitle(rules, view, block, head.contentStart)) return [block];
  const starts = sliceOf(view.sentences, block)
    .filter((sentence) => startsWithStrongTitle(rules, view, sentence, sentence.start, MOST_BEFORE_INNER_TITLE))
    .map(({ start }) => start);
  if (starts.length < 2) return [block];
  const cuts = [block.start, ...starts.filter((start) => start > block.start), block.end];
  return cuts.slice(1).flatMap((end, at) => {
    const span = trimSpan(view.text, { start: cuts[at] as number, end });
    return span.end > span.start ? [{ ...block, ...span }] : [];
  });
}

const ANSWERS: ReadonlySet<string> = new Set(['measures', 'outcomes', 'progress']);

/**
 * （1）合同备案拖延。整改情况：补办27份。: a marked sentence that no word shows to be a problem is one where a label of what was
 * done stands right behind it; cut there, as if the label began a line.
 */
function atAnswer(
  rules: RuleSet,
  view: View,
  block: Block,
  markers: readonly RankedMarker[],
  labels: readonly Label[],
): readonly Block[] {
  const head = sliceOf(markers, block)[0];
  const label = sliceOf(labels, block)[0];
  if (head === undefined || head.inline || label === undefined || !ANSWERS.has(label.role)) return [block];
  if (head.start !== firstInk(rules, view, block)) return [block];
  const title = view.folded.slice(head.contentStart, label.start).trimEnd();
  const isOneSentence = /^[^。；：\n]{4,60}[。；]$/u.test(title);
  if (!isOneSentence || startsWithStrongTitle(rules, view, block, head.contentStart)) return [block];
  return [
    { start: block.start, end: label.start },
    { start: label.start, end: block.end },
  ].map((span) => ({ ...block, ...trimSpan(view.text, span) }));
}

/** Whoever acts may stand before a title (公司党委针对…), not so much where it begins inside a paragraph. */
const MOST_BEFORE_TITLE = 14;
const MOST_BEFORE_INNER_TITLE = 8;

/** True where one of `marks`, sorted, holds `at`. */
function isInside(marks: readonly Span[], at: number): boolean {
  const mark = marks[firstFrom(marks, at + 1) - 1];
  return mark !== undefined && at < mark.end;
}

/** Items of a sorted list that lie within `span`. */
export function sliceOf<T extends Span>(items: readonly T[], span: Span): T[] {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle] as T).start < span.start) low = middle + 1;
    else high = middle;
  }
  const out: T[] = [];
  for (let at = low; at < items.length && (items[at] as T).start < span.end; at += 1) out.push(items[at] as T);
  return out;
}

// ── Marks and labels ──────────────────────────────────────────────────────────────────────────────────────────────

function findMarkers(rules: RuleSet, view: View): readonly RankedMarker[] {
  const starts = new Set(view.blocks.map((block) => firstInk(rules, view, block)));
  // A sign before what is set as a heading decorates it.
  const headings = new Set(
    view.blocks.filter(({ kind }) => kind === 'heading').map((block) => firstInk(rules, view, block)),
  );
  const isDecoration = ({ value, start }: RankedMarker): boolean => value === 0 && headings.has(start);
  // Marks that might as well be part of a number count only where they go on with a list.
  const needing = (what: string): ReadonlySet<string> =>
    new Set((rules.rules.get('numbering') ?? []).filter(({ set }) => set.needs === what).map(({ id }) => id));
  const needsList = needing('list');
  // Others only have to go on with a count, or to begin one.
  const needsCount = needing('count');
  // Of the readings of one place the longest that holds.
  const sorted = matchTopic(rules, 'numbering', view)
    .map((match) => toMarker(rules, match, view, starts.has(match.start)))
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .filter(({ start }, at, all) => {
      const longer = all[at - 1];
      return longer?.start !== start || needsList.has(longer.rule) || needsCount.has(longer.rule);
    });
  const kept: RankedMarker[] = [];
  for (const [at, marker] of sorted.entries()) {
    const overlapped = (kept.at(-1)?.end ?? 0) > marker.start;
    const isFirst = needsCount.has(marker.rule) && marker.value === 1;
    const isFree = isFirst || !(needsList.has(marker.rule) || needsCount.has(marker.rule));
    const counts = isFree || isInList(kept, marker, sorted, at);
    if (!overlapped && counts && !isDecoration(marker) && !isTick(rules, view, marker)) kept.push(marker);
  }
  return rankedAsUsed(kept);
}

const MOST_LEVELS = 5;

/** The end of what a tick says: 整改状态：√ 已完成　　责任人：… */
const TICK_END = /[，。；\n\t]| {2}|$/;

/** √ 已完成: the sign is no bullet but part of what follows, which says nothing but a status. */
function isTick(rules: RuleSet, view: View, { value, contentStart }: RankedMarker): boolean {
  if (value > 0) return false;
  const end = contentStart + view.folded.slice(contentStart, contentStart + 40).search(TICK_END);
  // → 当前进展：已完成: there a bullet stands before a label.
  const isLabelled = view.folded.slice(contentStart, end).includes('：');
  return !isLabelled && readStatus(rules, view, { start: contentStart, end }, true).isOnlyStatus;
}

/**
 * Marks with their ranks put right where this text nests their styles the other way round: （1） with 1. 2. below it, or
 * ● with ○ below. A style that counts on over marks of another, which itself never does, stands above it.
 */
function rankedAsUsed(markers: readonly RankedMarker[]): readonly RankedMarker[] {
  const heads = markers.filter(({ inline }) => !inline);
  const usual = new Map(heads.map(({ family, rank }) => [family, rank]));
  const spans = spansOver(heads);
  const above = (outer: string, inner: string): number => spans.get(`${outer} ${inner}`) ?? 0;
  // Where each goes on over the other (numbers that run on across headings) the one that comes first is the outer one.
  const order = [...usual.keys()];
  const standsAbove = (outer: string, inner: string): boolean =>
    above(outer, inner) > 0 && (above(inner, outer) === 0 || order.indexOf(outer) < order.indexOf(inner));
  const used = new Map(usual);
  const rankOf = (family: string): number => used.get(family) ?? 0;
  // As often as there are levels: what is put above one style may come to stand beside another.
  for (let pass = 0; pass < MOST_LEVELS; pass += 1)
    for (const outer of order)
      for (const inner of order)
        if (rankOf(inner) <= rankOf(outer) && standsAbove(outer, inner)) used.set(outer, rankOf(inner) - 0.1);
  return markers.map((marker) => {
    const rank = used.get(marker.family) ?? marker.rank;
    return rank === marker.rank ? marker : { ...marker, rank };
  });
}

/**
 * How often a style goes on over marks of another: `outer inner` → times. Bullets count nothing: there the one that opens
 * a run of bullets goes over the others in it.
 */
function spansOver(heads: readonly RankedMarker[]): ReadonlyMap<string, number> {
  const spans = new Map<string, number>();
  const count = (outer: string, inner: string): void => {
    if (outer !== inner) spans.set(`${outer} ${inner}`, (spans.get(`${outer} ${inner}`) ?? 0) + 1);
  };
  const last = new Map<string, { readonly value: number; readonly at: number }>();
  let opener: RankedMarker | undefined;
  for (const [at, head] of heads.entries()) {
    const { family, value } = head;
    if (value === 0) {
      opener ??= head;
      count(opener.family, family);
      const within = heads[at + 1];
      const next = heads.findIndex((other, index) => index > at && other.family === family);
      // ● and a list from 1 on, up to the next ●.
      const isOver =
        within?.value === 1 &&
        next > 0 &&
        heads.slice(at + 1, next).every(({ family: each }) => each === within.family);
      if (within !== undefined && isOver) count(family, within.family);
      continue;
    }
    opener = undefined;
    const before = last.get(family);
    if (before?.value === value - 1)
      for (const inner of new Set(heads.slice(before.at + 1, at).map((each) => each.family))) count(family, inner);
    last.set(family, { value, at });
  }
  return spans;
}

/**
 * Marks that count the fields of one finding (1.反馈问题 2.整改措施 3.整改成效) rather than findings: each stands before a
 * label, and the labels say different things. Fields of a whole notice are parts of it where lists stand under them.
 */
function fieldMarks(markers: readonly RankedMarker[], labels: readonly Label[]): readonly RankedMarker[] {
  const roleAfter = new Map(labels.map(({ start, role }) => [start, role]));
  const heads = markers.filter(({ inline, value }) => !inline && value > 0);
  const isField = ({ contentStart }: RankedMarker): boolean => roleAfter.has(contentStart);
  const fields: RankedMarker[] = [];
  for (const [at, first] of heads.entries()) {
    if (first.value !== 1 || !isField(first)) continue;
    const run = [first];
    for (const marker of heads.slice(at + 1)) {
      if (marker.family !== first.family) continue;
      if (marker.value !== run.length + 1 || !isField(marker)) break;
      run.push(marker);
    }
    const roles = new Set(run.map(({ contentStart }) => roleAfter.get(contentStart)));
    const isWithin = heads.slice(0, at).some(({ rank }) => rank < first.rank);
    if (roles.has('finding') && roles.size > 1 && (isWithin || heads[at + 1] === run[1])) fields.push(...run);
  }
  return fields;
}

/** How far a list's next mark is looked for. */
const LIST_REACH = 40;

/** True where the mark before it of the same style counts one less, or it counts 1 and the next one 2. */
function isInList(
  before: readonly RankedMarker[],
  marker: RankedMarker,
  all: readonly RankedMarker[],
  at: number,
): boolean {
  if (marker.value > 1) return before.findLast(({ family }) => family === marker.family)?.value === marker.value - 1;
  const next = all
    .slice(at + 1, at + LIST_REACH)
    .find(({ start, family }) => start > marker.start && family === marker.family);
  return marker.value === 1 && next?.value === 2;
}

function toMarker(rules: RuleSet, match: RuleMatch, view: View, atStart: boolean): RankedMarker {
  const label = match.captures.get('label') as Span;
  const words = rules.lists.get(match.set.words ?? '') ?? [];
  const stray = match.captures.get('digit');
  const hasStray = stray !== undefined && stray.end > stray.start;
  const n = match.captures.get('n');
  const fault = hasStray ? 'strayDigit' : match.set.fault;
  return {
    start: match.start,
    end: hasStray ? stray.start : match.end,
    style: match.set.style ?? match.rule.id,
    rule: match.rule.id,
    family:
      match.set.as ??
      familyOfWord(match, view) ??
      (n === undefined ? bulletFamily(match.rule.id, view.folded.charAt(label.start)) : match.rule.id),
    value: n === undefined ? 0 : markerValue(view.folded.slice(n.start, n.end), words),
    label: view.text.slice(label.start, label.end),
    rank: Number(match.set.rank ?? '9'),
    contentStart: hasStray ? stray.start : match.end,
    inline: !atStart,
    ...(fault === undefined ? {} : { fault }),
  };
}

/** Marks of one word (账单一, 账单二) are a style. */
function familyOfWord({ rule, captures }: RuleMatch, view: View): string | undefined {
  const word = captures.get('word');
  return word === undefined ? undefined : `${rule.id} ${view.folded.slice(word.start, word.end)}`;
}

/** Bullets of one look are a style; all dashes look alike. */
const bulletFamily = (style: string, sign: string): string => `${style} ${/[-—]/.test(sign) ? '—' : sign}`;

/** Where a paragraph begins: after 【已完成】 before its mark. */
function firstInk(rules: RuleSet, view: View, block: Span): number {
  const { start } = trimSpan(view.text, block, '#>*');
  if (/[\u4e00-\u9fff0-9]/.test(view.folded.charAt(start))) return start;
  const { regex } = rules.compile('^{STATE_BEFORE}', 'folded');
  const lead = firstMatch(regex, view.folded.slice(start, start + 16))?.[0].length ?? 0;
  // 【已办结】 alone is a heading.
  return trimSpan(view.text, { start: start + lead, end: block.end }).start < block.end ? start + lead : start;
}

/** What may stand in brackets between a mark and its heading: 问题1（责任领导：…）：, 1.（已完成）. */
const LEAD_BRACKET = /^(?:[（【〔][^（）【】〔〕\n]{2,60}[）】〕])[：:]?(?=[^，。；：:、])/;

/** Where the words of a paragraph begin: after its mark, and after a bracket that holds labels or a status. */
function wordsStart(rules: RuleSet, view: View, block: Block, from: number, labels: readonly Label[]): number {
  const hit = LEAD_BRACKET.exec(view.folded.slice(from, Math.min(block.end, from + 64)));
  if (hit === null) return from;
  const end = from + hit[0].length;
  const inside = { start: from + 1, end: from + hit[0].replace(/[：:]$/, '').length - 1 };
  const within = labels.filter(({ start }) => start >= from && start < end);
  // 【责任人】 is a label itself.
  if (within.some((label) => label.end > inside.end)) return from;
  const isState = readStatus(rules, view, inside, true).isOnlyStatus;
  return isState || within.length > 0 ? end : from;
}

function findLabels(rules: RuleSet, view: View, forms: ReadonlyMap<Block, 'label' | 'value'>): readonly Label[] {
  const inCell = new Set(view.blocks.filter(({ cell }) => cell !== undefined).map(({ start }) => start));
  const byStart = new Map<number, Label & { readonly priority: number; readonly asks: boolean }>();
  for (const match of matchTopic(rules, 'labels', view)) {
    if (match.set.place === 'list' || (match.set.place === 'cell' && !inCell.has(match.start))) continue;
    const { role = '', place } = match.set;
    const label = {
      start: match.start,
      end: match.end,
      role,
      priority: match.rule.priority,
      asks: place === 'question',
    };
    const known = byStart.get(match.start);
    if (known === undefined || label.priority > known.priority) byStart.set(match.start, label);
  }
  // What a field of another name says is no part of the field before it.
  for (const [{ start, end }, kind] of forms)
    if (kind === 'label' && !byStart.has(start))
      byStart.set(start, { start, end, role: 'remark', priority: 0, asks: false });
  // 【整改成效】 begins at its bracket.
  const opened = ({ start, end, role }: Label): Label => {
    const isBracketed = /[【〔]/.test(view.folded.charAt(start - 1)) && /[】〕]$/.test(view.folded.slice(start, end));
    return { start: isBracketed ? start - 1 : start, end, role };
  };
  const inOrder = [...byStart.values()].sort((a, b) => a.start - b.start);
  // 做到哪一步？ is answered by what stands behind 答： right below it.
  const answers = inOrder.map(
    ({ end }, at) =>
      inOrder[at - 1]?.asks === true &&
      /^[答复][：:]$/u.test(view.folded.slice(inOrder[at]?.start, end)) &&
      !hasInk(view.text, { start: (inOrder[at - 1] as Label).end, end: (inOrder[at] as Label).start }),
  );
  const roleAt = (at: number): string =>
    answers[at] === true
      ? (inOrder[at - 1]?.role ?? '')
      : answers[at + 1] === true
        ? 'remark'
        : (inOrder[at]?.role ?? '');
  const sorted = inOrder.map((label, at) => opened({ ...label, role: roleAt(at) })).sort((a, b) => a.start - b.start);
  return sorted.filter((label, at) => at === 0 || (sorted[at - 1] as Label).end <= label.start);
}

// ── Title and closing ─────────────────────────────────────────────────────────────────────────────────────────────

/** Index of the first block that is no title: the first sentence or numbered heading. */
function titleEnd(
  rules: RuleSet,
  view: View,
  blocks: readonly Block[],
  markers: readonly RankedMarker[],
  labels: readonly Label[],
): number {
  const marked = new Set(markers.filter((marker) => !marker.inline).map((marker) => marker.start));
  const labelled = new Set(labels.map(({ start }) => start));
  // An excerpt may begin with a finding.
  const opening = blocks[0];
  if (opening !== undefined && opensWithFinding(rules, view, opening)) return 0;
  const limit = Math.min(blocks.length, 8);
  for (let at = 0; at < limit; at += 1) {
    const block = blocks[at] as Block;
    const content = view.text.slice(block.start, block.end).trim();
    if (block.kind === 'title') continue;
    if (marked.has(firstInk(rules, view, block)) || (at > 0 && labelled.has(firstInk(rules, view, block)))) return at;
    if (content.length > LONGEST_TITLE || /[。；]$/.test(content) || (/[：:]$/.test(content) && at > 0)) return at;
  }
  return Math.min(1, blocks.length);
}

/** True for a first paragraph that a notice's title is not: 关于“…”的问题. */
function opensWithFinding(rules: RuleSet, view: View, block: Block): boolean {
  const start = firstInk(rules, view, block);
  const { regex } = rules.compile('{NOTICE_TITLE}', 'folded');
  const isTitle = block.kind === 'title' || firstMatch(regex, view.folded.slice(start, block.end)) !== null;
  return !isTitle && startsWithStrongTitle(rules, view, block, start, 0);
}

const MOST_SIGNATURES = 4;
const MOST_OUTLOOKS = 2;
const LONGEST_SIGNATURE = 36;
/** 备注：, 填表说明：. */
const LONGEST_REMARK = 6;
/** Paragraphs below the notice in which a page may list others. */
const LONGEST_TAIL = 24;

/**
 * Index of the first block of what follows the last finding without a heading of its own: what the unit will do, where to
 * reach it, who signs, and the furniture of the page below.
 */
function closingStart(
  rules: RuleSet,
  view: View,
  blocks: readonly Block[],
  first: number,
  markers: readonly RankedMarker[],
  labels: readonly Label[],
): number {
  const opening = new Set([...markers, ...labels].map(({ start }) => start));
  const marked = new Set(markers.map(({ start }) => start));
  const ends = new Set(labels.map(({ end }) => end));
  // A label alone in its line is not the last word.
  const isLabelAlone = (block: Block | undefined): boolean =>
    block !== undefined && ends.has(trimSpan(view.text, block).end);
  const rolesAt = (at: number): readonly (string | undefined)[] => {
    const block = blocks[at] as Block;
    return matchWithin(rules, 'headings', view, { start: firstInk(rules, view, block), end: block.end }).map(
      ({ set }) => set.role,
    );
  };
  // 附件：1.… and, in lines of their own, 2.…, 3.…; sentences only where they are 备注： alone in its line.
  const isName = ({ start, end }: Block): boolean =>
    end - start <= LONGEST_SIGNATURE && !/[。；]/u.test(view.folded.slice(start, end));
  const isNumbered = ({ start, end }: Block): boolean => /^\s*[0-9]{1,2}[.．、]/u.test(view.folded.slice(start, end));
  const isAttached = (at: number): boolean => {
    let from = at;
    while (from > first && isNumbered(blocks[from] as Block)) from -= 1;
    const head = blocks[from] as Block;
    const isAlone = head.end - head.start <= LONGEST_REMARK;
    return (
      from < at && rolesAt(from).includes('attachment') && (isAlone || blocks.slice(from + 1, at + 1).every(isName))
    );
  };
  const kindOf = (at: number): string | undefined => {
    const block = blocks[at] as Block;
    const start = firstInk(rules, view, block);
    const roles = rolesAt(at);
    if (isAttached(at)) return 'closing';
    if (!marked.has(start) && roles.some((role) => role === 'closing' || role === 'attachment')) return 'closing';
    if (!opening.has(start) && roles.includes('outlook')) return 'outlook';
    const written = view.folded.slice(block.start, block.end).trim();
    const isSignature = written.length <= LONGEST_SIGNATURE && !/[。；：]/.test(written) && !opening.has(start);
    return isSignature && !isLabelAlone(block) && !isLabelAlone(blocks[at - 1]) ? 'signature' : undefined;
  };
  const counts: Record<string, number> = { outlook: 0, signature: 0 };
  const isFurniture = ({ start, end }: Block): boolean =>
    end - start <= LONGEST_SIGNATURE &&
    matchWithin(rules, 'headings', view, { start, end }).some(({ set }) => set.role === 'furniture');
  const tail = Math.max(first + 1, blocks.length - LONGEST_TAIL);
  const furniture = blocks.slice(tail).findIndex(isFurniture);
  let at = furniture < 0 ? blocks.length : tail + furniture;
  while (at > first) {
    const kind = kindOf(at - 1);
    if (kind === undefined) break;
    // What stands above what the unit will do is no signature any more.
    if (kind === 'signature' && (counts.outlook ?? 0) > 0) break;
    counts[kind] = (counts[kind] ?? 0) + 1;
    if ((counts.signature ?? 0) > MOST_SIGNATURES || (counts.outlook ?? 0) > MOST_OUTLOOKS) break;
    at -= 1;
  }
  return at;
}

// ── Nodes ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Share of paragraphs written alike that must name a problem for all of them to do so. */
const NAMED_ALIKE = 0.4;

/**
 * Paragraphs that open in one way (在…方面，…), where enough of them name a problem in it: written alike, all do.
 */
function readAlike(
  rules: RuleSet,
  view: View,
  blocks: readonly Block[],
  contentOf: (block: Block) => number,
  strengths: readonly string[],
): ReadonlySet<Block> {
  const isNamed = ({ title }: { readonly title: Span }): boolean =>
    matchWithin(rules, 'cues', view, title).some(({ set }) => set.cue === 'problem');
  const signs = rules.lists.get('ALIKE_SIGNS') ?? [];
  const found = blocks.flatMap((block) => {
    const start = contentOf(block);
    if (!strengths.includes('last') && !signs.includes(view.folded.charAt(start))) return [];
    const [match] = matchWithin(rules, 'titles', view, {
      start,
      end: Math.min(block.end, start + LONGEST_LEAD),
    })
      .filter(({ set }) => strengths.includes(set.strength ?? ''))
      .sort((a, b) => b.rule.priority - a.rule.priority);
    const title = match?.emits[0]?.span;
    return title === undefined ? [] : [{ block, title, form: match?.set.form }];
  });
  const plain = found.filter(({ form }) => form === 'lead');
  const isNamedAt = plain.map(isNamed);
  const leads = plain.slice(isNamedAt.indexOf(true), isNamedAt.lastIndexOf(true) + 1);
  const named = isNamedAt.filter(Boolean).length;
  // What was found needs no words that say so.
  const reported = found.filter(({ form }) => form === 'reported');
  const alike = found.filter(({ form }) => form !== 'lead' && form !== 'reported');
  const kept = alike.filter(isNamed).length < alike.length * NAMED_ALIKE ? [] : alike;
  return new Set(
    [...kept, ...reported, ...(named < Math.max(FEWEST_LEADS, leads.length * NAMED_LEADS) ? [] : leads)].map(
      ({ block }) => block,
    ),
  );
}

/** Paragraphs that open with a problem in a sentence of its own, where nothing else heads findings. */
const FEWEST_LEADS = 3;
/** Share of such paragraphs, from the first that names a problem to the last, that do. */
const NAMED_LEADS = 0.6;

/** A title is looked for in so many characters. */
const LONGEST_LEAD = 240;

/** True where a paragraph begins, after its mark, as only a finding does. */
function startsWithStrongTitle(
  rules: RuleSet,
  view: View,
  block: Span,
  from: number,
  mostBefore = MOST_BEFORE_TITLE,
): boolean {
  const head = { start: from, end: Math.min(block.end, from + LONGEST_LEAD) };
  const lead = view.folded.slice(head.start, head.start + 12);
  if (!(rules.lists.get('TITLE_SIGNS') ?? []).some((sign) => lead.includes(sign))) return false;
  return matchWithin(rules, 'titles', view, head).some(
    ({ start, set }) => set.strength === 'strong' && set.form !== 'bare' && start - from <= mostBefore,
  );
}

function toNode(
  rules: RuleSet,
  view: View,
  block: Block,
  contentStart: number,
  markers: readonly RankedMarker[],
  labels: readonly Label[],
  isStrongTitle: boolean,
  outermost: number,
  around: Surroundings,
  plainRank: number,
): Node {
  const start = firstInk(rules, view, block);
  const [head] = markers;
  const marker = head !== undefined && head.start === start ? head : undefined;
  const content = trimSpan(view.text, { start: contentStart, end: block.end });
  const inside = markers.filter((other) => other !== marker);
  // Labels in a bracket before the words do not open them.
  const opening = labels.find(({ end }) => end > content.start);
  // 下一步 over questions of its own is a heading.
  const headsOthers = opening?.role === 'plan' && opening.end === content.end && around.opensList;
  const isLabel = !headsOthers && headsAsLabel(view, opening, block, content, marker, outermost);
  const written = view.folded.slice(content.start, content.end);
  const kind: NodeKind = isLabel
    ? 'label'
    : marker !== undefined
      ? 'heading'
      : isHeading(block, written, around, isStrongTitle)
        ? 'heading'
        : 'prose';
  return {
    kind,
    block,
    marker,
    content,
    markers: inside,
    labels,
    rank: rankOf(kind, marker, block, isStrongTitle, plainRank),
    isStrong: isStrongTitle,
    children: [],
    parent: undefined,
    end: block.end,
  };
}

/**
 * True where the paragraph is a label and what it says. A numbered heading that names a finding (1.反馈问题：…) is a
 * heading still, and so is one of the outermost style that happens to have a label's words (一、主要做法).
 */
function headsAsLabel(
  view: View,
  label: Label | undefined,
  block: Block,
  content: Span,
  marker: RankedMarker | undefined,
  outermost: number,
): boolean {
  // A sign may stand before it: 📌 整改状态：已完成.
  if (label === undefined || hasInk(view.text, { start: content.start, end: label.start })) return false;
  const isOpen = !/[：】〕]/.test(view.folded.slice(label.start, label.end));
  const rank = marker?.rank ?? (block.kind === 'heading' ? headingRank(block) : Number.POSITIVE_INFINITY);
  const isOutermost = isOpen && Number.isFinite(rank) && rank <= outermost;
  return !isOutermost && (marker === undefined || label.role !== 'finding');
}

/** What tells a line without a number that heads others from one that is but short. */
interface Surroundings {
  /** Characters of the paragraph below it. */
  readonly below: number;
  /** The paragraph below begins with a mark, or with a label that names a finding. */
  readonly opensList: boolean;
  /** The paragraph above has come to its end, and is no label that this line answers. */
  readonly startsAfresh: boolean;
  /** The paragraph above is nothing but a label that a few words answer: 责任部门, 目前进度. */
  readonly isTerm: boolean;
}

const SHORT_ANSWERS = new Set(['status', 'deadline', 'responsibles', 'number', 'category', 'remark']);

const NOWHERE: Surroundings = { below: 0, opensList: false, startsAfresh: false, isTerm: false };

function surroundings(
  rules: RuleSet,
  view: View,
  blocks: readonly Block[],
  at: number,
  first: number,
  markers: readonly RankedMarker[],
  labels: readonly Label[],
): Surroundings {
  const next = blocks[at + 1];
  if (next === undefined) return NOWHERE;
  const before = at > first ? blocks[at - 1] : undefined;
  const labelsBefore = before === undefined ? [] : sliceOf(labels, before);
  const isAnswer = before !== undefined && labelsBefore.at(-1)?.end === trimSpan(view.text, before).end;
  const hasEnded = before === undefined || /[。；！？）】：]$/.test(view.folded.slice(before.start, before.end));
  const start = firstInk(rules, view, next);
  return {
    below: next.end - next.start,
    opensList: sliceOf(markers, next)[0]?.start === start || opensFinding(sliceOf(labels, next)[0], start),
    startsAfresh: !isAnswer && (hasEnded || labelsBefore.length > 0),
    isTerm:
      isAnswer &&
      (SHORT_ANSWERS.has(labelsBefore.at(-1)?.role ?? '') ||
        // 整改结果：, and below it 已完成
        readStatus(rules, view, trimSpan(view.text, blocks[at] as Block), true).isOnlyStatus),
  };
}

const opensFinding = (label: Label | undefined, start: number): boolean =>
  label?.role === 'finding' && label.start === start;

function isHeading(block: Block, written: string, around: Surroundings, isStrongTitle: boolean): boolean {
  if (isStrongTitle) return true;
  if (written.length > LONGEST_HEADING || written.length < 2) return false;
  if (block.kind === 'heading') return !/[。；]$/.test(written);
  const { below, opensList, startsAfresh, isTerm } = around;
  if (HEADING_END.test(written) || isTerm) return false;
  return below > 20 || (opensList && startsAfresh) || (IN_BRACKETS.test(written) && below > 0);
}

function rankOf(
  kind: NodeKind,
  marker: RankedMarker | undefined,
  block: Block,
  isStrongTitle: boolean,
  plainRank: number,
): number {
  if (kind === 'prose') return PROSE_RANK;
  if (marker !== undefined) return marker.rank;
  if (kind === 'label') return LABEL_RANK;
  if (isStrongTitle) return 6.5;
  return block.kind === 'heading' ? headingRank(block) : plainRank;
}

/**
 * Rank of lines that head others without a number: where several of them stand right above marks of the outermost style,
 * they stand above it.
 */
function plainHeadingRank(
  view: View,
  blocks: readonly Block[],
  around: (at: number) => Surroundings,
  first: number,
  markers: readonly RankedMarker[],
  outermost: number,
): number {
  const over = blocks.filter((block, at) => {
    const next = blocks[at + 1];
    const written = view.folded.slice(block.start, block.end).trim();
    if (next === undefined || sliceOf(markers, block).some(({ inline }) => !inline)) return false;
    const head = sliceOf(markers, next)[0];
    return head?.inline === false && head.rank <= outermost && isHeading(block, written, around(first + at), false);
  });
  return over.length > 1 ? outermost - 0.5 : UNNUMBERED_RANK;
}

const UNNUMBERED_RANK = 1.45;

/** Rank of a heading that has no number, by its level in the document. */
const headingRank = (block: Block): number => 1.4 + (block.level ?? 5) / 100;

/** Puts a node where its mark says: beside the open node whose list it goes on with, or under the innermost one. */
function attach(node: Node, open: Node[], roots: Node[], heads: readonly RankedMarker[]): void {
  const depth = depthFor(node, open, roots, heads);
  open.length = depth;
  const parent = open[depth - 1];
  node.parent = parent;
  (parent?.children ?? roots).push(node);
  for (let above = parent; above !== undefined; above = above.parent) above.end = node.end;
  open.push(node);
}

/** How many of the open nodes stay open above `node`. */
function depthFor(node: Node, open: readonly Node[], roots: readonly Node[], heads: readonly RankedMarker[]): number {
  const { marker } = node;
  if (node.kind === 'prose' || isBareLabel(node)) {
    if (node.kind === 'label') {
      // Labels of one finding stand beside each other, whatever list stands under the one before.
      const before = lastIndexWhere(open, isBareLabel);
      if (before >= 0) return before;
    }
    let depth = open.length;
    while (depth > 0 && (open[depth - 1] as Node).kind !== 'heading') depth -= 1;
    // A label stands beside the items of a list, not under the last of them.
    if (node.kind === 'label')
      while (depth > 1 && isItemBelow(open, depth) && !goesOnBelow(open[depth - 1] as Node, node, roots, heads))
        depth -= 1;
    return depth;
  }
  if (marker === undefined) {
    if (lacksItems(open.at(-1), roots)) return open.length;
    const depth = open.findIndex((other) => other.kind !== 'heading' || other.rank >= node.rank);
    return depth < 0 ? open.length : depth;
  }
  // The list that this mark goes on with: innermost first, of its own kind before another.
  // A bullet goes on with the bullets before it.
  const goesOn = (other: Node): boolean =>
    other.marker?.family === marker.family &&
    (marker.value === 0 ? other.kind === node.kind : other.marker.value + 1 === marker.value);
  const next = lastIndexWhere(open, (other) => goesOn(other) && other.isStrong === node.isStrong);
  if (next >= 0) return next;
  const alike = lastIndexWhere(open, goesOn);
  if (alike >= 0) return alike;
  const same = marker.value > 1 ? lastIndexWhere(open, (other) => other.marker?.family === marker.family) : -1;
  if (same >= 0) return same;
  // A list of its own: under the innermost node of an outer style. A list that starts anew under one of its own style,
  // with text of that one before it, is a list within.
  let depth = open.length;
  while (depth > 0) {
    const other = open[depth - 1] as Node;
    // 说明：… above the first part holds no part.
    if (isBareLabel(other) && !(depth === 1 && other.labels[0]?.role === 'remark')) break;
    if (other.kind !== 'prose' && other.rank < marker.rank) break;
    if (
      other.marker?.family === marker.family &&
      marker.value === 1 &&
      other.kind === 'heading' &&
      other.marker.value >= 1 &&
      !(isWorded(marker) && isWorded(other.marker))
    ) {
      if (startsListWithin(other)) break;
    }
    depth -= 1;
  }
  return depth;
}

/** Nothing stands under this heading yet, where headings stand under the one before it of its list. */
function lacksItems(last: Node | undefined, roots: readonly Node[]): boolean {
  if (last?.kind !== 'heading' || last.marker === undefined || last.children.length > 0) return false;
  const { family } = last.marker;
  const before = (last.parent?.children ?? roots).filter((node) => node !== last && node.marker?.family === family);
  return before.at(-1)?.children.some(({ kind, marker }) => kind === 'heading' && marker !== undefined) ?? false;
}

/** 问题1 is never one of the parts of 问题3; 具体问题1 may be one of 整改任务一's. */
const isWorded = ({ style, label }: RankedMarker): boolean => style === 'problem' && /^[0-9]/.test(label);

/** A label that no number counts: a bullet before it says no more than its place does. */
const isBareLabel = (node: Node): boolean => node.kind === 'label' && (node.marker?.value ?? 0) === 0;

function lastIndexWhere(nodes: readonly Node[], holds: (node: Node) => boolean): number {
  for (let at = nodes.length - 1; at >= 0; at -= 1) if (holds(nodes[at] as Node)) return at;
  return -1;
}

/** True where a heading can hold a list of its own style: it is itself no item of a list that just counts on. */
const startsListWithin = (node: Node): boolean =>
  node.labels.length > 0 || node.children.some((child) => child.kind === 'label');

/**
 * True where the innermost of `depth` open nodes is an item of measures rather than a heading: one of the inner styles
 * that does not itself begin as a finding does.
 */
function isItemBelow(open: readonly Node[], depth: number): boolean {
  const node = open[depth - 1] as Node;
  return (
    node.marker !== undefined &&
    node.rank >= 4 &&
    !node.isStrong &&
    (open.slice(0, depth - 1).some((above) => above.isStrong) || followsItems(node))
  );
}

/**
 * True where the list of `item` goes on behind the label, or has items with labels of their own before it, here or beside: then each item
 * has its labels, and is a heading itself.
 */
function goesOnBelow(item: Node, label: Node, roots: readonly Node[], heads: readonly RankedMarker[]): boolean {
  const { marker, parent } = item;
  if (marker === undefined || marker.value === 0 || parent === undefined) return false;
  const parents = (parent.parent?.children ?? roots).filter(
    ({ marker: other }) => other?.family === parent.marker?.family,
  );
  const alike = [parent, ...parents]
    .flatMap(({ children }) => children)
    .filter((other) => other.marker?.family === marker.family && other !== item);
  if (alike.some(({ children }) => children.some(({ kind }) => kind === 'label'))) return true;
  const outer = parent.marker?.rank ?? 0;
  const next = heads
    .slice(firstFrom(heads, label.block.end))
    .find(({ family, rank }) => family === marker.family || rank <= outer);
  return next?.family === marker.family && next.value > marker.value;
}

/** True where the mark goes on a list under a heading, of which the items before it are but sentences. */
function followsItems({ parent, marker, block }: Node): boolean {
  const before = (parent?.children ?? []).filter(
    (other) => other.marker?.family === marker?.family && other.block.start < block.start,
  );
  return before.length > 0 && before.every(({ children, labels }) => children.length + labels.length === 0);
}

// ── Lists ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Marks grouped into the lists that they count. Headings of one style below one parent are a list; so are the marks of
 * one style inside a paragraph, or at the starts of the paragraphs of one node, until they start anew at 1.
 */
function sequencesOf(roots: readonly Node[], view: View): readonly MarkerSequence[] {
  const out: MarkerSequence[] = [];
  const add = (list: readonly RankedMarker[], within: Span): void => {
    const counted = list.filter((marker) => marker.value > 0);
    if (counted.length > 0) out.push({ style: (counted[0] as RankedMarker).family, markers: counted, within });
  };
  const walk = (nodes: readonly Node[], within: Span): void => {
    const lists = new Map<string, RankedMarker[]>();
    for (const node of nodes) {
      for (const list of inlineLists(node)) add(list, { start: node.block.start, end: node.end });
      walk(node.children, { start: node.block.start, end: node.end });
      if (node.marker === undefined) continue;
      const list = lists.get(node.marker.family);
      if (list === undefined || (node.marker.value === 1 && (list.at(-1)?.value ?? 0) >= 1)) {
        if (list !== undefined) add(list, within);
        lists.set(node.marker.family, [node.marker]);
      } else list.push(node.marker);
    }
    for (const list of lists.values()) add(list, within);
  };
  walk(roots, { start: 0, end: view.text.length });
  return out.sort((a, b) => (a.markers[0] as Marker).start - (b.markers[0] as Marker).start);
}

/** Lists inside one paragraph. A list ends where its style starts anew or a label begins another part. */
export function inlineLists(node: Node): readonly (readonly RankedMarker[])[] {
  const lists: RankedMarker[][] = [];
  const open = new Map<string, RankedMarker[]>();
  for (const marker of node.markers) {
    const list = open.get(marker.family);
    const last = list?.at(-1);
    const labelled =
      last !== undefined && node.labels.some((label) => label.start > last.start && label.start < marker.start);
    if (list === undefined || labelled || marker.value <= 1) {
      const begun = [marker];
      lists.push(begun);
      open.set(marker.family, begun);
    } else list.push(marker);
  }
  return lists;
}
