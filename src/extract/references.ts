/**
 * Parts of a notice that speak of its findings by their numbers alone: a list of problems with what was done in a list of
 * its own (问题1整改：…), a list or table of who answers for which (问题1：责任领导…). What they tell joins the finding.
 */
import type { Span } from '../model.js';
import { parseNumeral } from '../number/numeral.js';
import type { RuleSet } from '../rules/load.js';
import { matchWithin } from '../rules/match.js';
import type { View } from '../rules/view.js';
import { firstMatch, overlapping, overlaps } from '../text.js';
import { type FindingText, type Stretch, stretchesOf } from './findings.js';
import { markerValue } from './marker-value.js';
import type { Node, Outline } from './outline.js';
import type { Read } from './roles.js';
import { saysOnlyTerms } from './terms.js';

/** A paragraph with what stands under it, or a row, that names findings by their numbers. */
interface Entry {
  readonly keys: readonly string[];
  readonly span: Span;
  /** It says what is wrong itself. */
  readonly names: () => boolean;
  /** It says nothing but who, until when and how far. Asked only where the list may speak of findings at all. */
  readonly isTerms: () => boolean;
  /** Nothing says what its list tells of the findings. */
  readonly isUnnamed: boolean;
  readonly body: () => Pick<FindingText, 'stretches' | 'asides'>;
}

/** Entries that stand together: below one heading, or in one table. */
interface List {
  readonly entries: readonly Entry[];
  readonly start: number;
  /** The heading that they stand below. */
  readonly parent?: Node | undefined;
  /** The numbers are marks of the list itself; only a list of as many bare problems may be meant. */
  readonly isCounted: boolean;
}

const FEWEST = 2;
/** So large a share of a list may look as if it named problems. */
const HARDLY_ANY = 0.2;
/** So large a share of the entries must point to a finding. */
const MOST = 0.8;

export function joinReferences(
  rules: RuleSet,
  view: View,
  outline: Outline,
  read: Read,
  texts: readonly FindingText[],
): readonly FindingText[] {
  const lists = [...listsOf(rules, view, outline, read), ...tablesIn(rules, view, texts)].sort(
    (a, b) => a.start - b.start,
  );
  let known = texts;
  for (const list of lists) known = joined(list, known);
  return known.filter((text) => !isNumberOnly(text));
}

/** A row that has but a number to say which problem it is about. */
const isNumberOnly = ({ titles, stretches }: FindingText): boolean =>
  titles.length === 0 && !stretches.some(({ role }) => role === 'finding');

/** The findings with what `list` says of them; as they are where it does not speak of findings elsewhere. */
function joined({ entries, start, parent, isCounted }: List, texts: readonly FindingText[]): readonly FindingText[] {
  if (entries.length < FEWEST) return texts;
  const above = parent?.marker?.start ?? parent?.content.start;
  const end = entries.at(-1)?.span.end ?? start;
  const isOwn = ({ heading }: FindingText): boolean =>
    heading.start === above ||
    // What stands between counted items heads them.
    (isCounted && start <= heading.start && heading.start < end) ||
    entries.some(({ span }) => span.start <= heading.start && heading.start < span.end);
  const others = texts.filter((text) => !isOwn(text) && !isNumberOnly(text));
  if (others.length === 0 || entries.filter(({ names }) => names()).length > entries.length * HARDLY_ANY) return texts;
  const isTerms = entries.every((entry) => entry.isTerms());
  const meant = others.filter(({ heading }) => isTerms || heading.start < start);
  const byKey = new Map<string, readonly FindingText[]>();
  for (const text of meant) for (const key of keysOf(text)) byKey.set(key, [...(byKey.get(key) ?? []), text]);
  const isMeantBy = (entry: Entry, key: string): boolean => {
    const [text, ...more] = byKey.get(key) ?? [];
    return text !== undefined && more.length === 0 && (entry.isTerms() || isBare(text)) && !isPart(text, entry);
  };
  const hits = entries.filter((entry) => entry.keys.length > 0 && entry.keys.every((key) => isMeantBy(entry, key)));
  if (hits.length < Math.max(FEWEST, entries.length * MOST)) return texts;
  if (isCounted && !(entries.length === meant.length && meant.every(isBare))) return texts;
  const told = new Map<FindingText, FindingText>();
  for (const { keys, span, body, isUnnamed } of hits) {
    const { stretches: read, asides } = body();
    for (const key of keys) {
      const [target] = byKey.get(key) as readonly [FindingText];
      const now = told.get(target) ?? target;
      // What was done is told already: a further list says how far it has come.
      const stretches = isUnnamed && target.isTold === true ? read.map(asDescription) : read;
      told.set(target, {
        ...now,
        isTold: true,
        further: [...(now.further ?? []), span],
        // What one place says of several findings was done for all of them.
        stretches: [...now.stretches, ...(keys.length > 1 ? stretches.filter(isState) : stretches)],
        asides: [...now.asides, ...asides],
      });
    }
  }
  return texts.filter((text) => !isOwn(text)).map((text) => told.get(text) ?? text);
}

const isState = ({ role }: Stretch): boolean => STATES.has(role);
const STATES = new Set(['status', 'deadline', 'responsibles', 'description']);

const asDescription = (stretch: Stretch): Stretch =>
  stretch.label === undefined ? { ...stretch, role: 'description' } : stretch;

/** The entry is already part of the finding. */
const isPart = ({ further = [] }: FindingText, { span }: Entry): boolean =>
  further.some((place) => overlaps(place, span));

/** Nothing is told of the finding but its problem, in the place that names it. */
const isBare = ({ stretches, isTold }: FindingText): boolean =>
  isTold === true ||
  stretches.every(({ role, ranges }) => ranges.length === 0 || role === 'finding' || role === 'number');

// ── In the outline ────────────────────────────────────────────────────────────────────────────────────────────────

function listsOf(rules: RuleSet, view: View, outline: Outline, read: Read): readonly List[] {
  const pointing = rules.compile('{POINTING}', 'folded').regex;
  const lists: List[] = [];
  const walk = (nodes: readonly Node[], parent: Node | undefined): void => {
    const role = parent === undefined ? undefined : roleOf(rules, view, parent, read);
    const isPlan = parent !== undefined && read(parent).region === 'plan';
    const add = (pointers: readonly Pointer[], isCounted: boolean): void => {
      const [first] = pointers;
      if (first === undefined) return;
      const entries = pointers.map((pointer) => entryOf(rules, view, outline, read, pointer, isPlan ? 'plan' : role));
      if (isCounted && role === undefined && entries.some(({ isTerms }) => !isTerms())) return;
      lists.push({ entries, start: headOf(first.node, parent).block.start, parent, isCounted });
    };
    const named = nodes.flatMap((node) => pointersOf(view, node, pointing));
    for (const run of runsOf(named)) add(run, false);
    if (named.length === 0 && !isPlan) add(countedIn(nodes), true);
    for (const node of nodes) walk(node.children, node);
  };
  walk(outline.roots, undefined);
  return lists;
}

const LONGEST_POINTER = 80;

/** A node, the findings that its number means, and where its words begin. */
interface Pointer extends Span {
  readonly node: Node;
  readonly keys: readonly string[];
  readonly from: number;
}

/** 问题1、2由某某负责；问题3由…: what a paragraph says of one finding after the other. */
function pointersOf(view: View, node: Node, pointing: RegExp): readonly Pointer[] {
  const isCounted = node.marker !== undefined && node.marker.value > 0;
  const own = isCounted ? pointersFrom(view, node, node.marker?.start ?? 0, pointing) : [];
  // 1.问题2、3由…: the mark may count the lines and not the findings.
  return own.length > 0 ? own : pointersFrom(view, node, node.content.start, pointing);
}

function pointersFrom(view: View, node: Node, start: number, pointing: RegExp): readonly Pointer[] {
  const written = view.folded.slice(start, node.block.end);
  const starts = [0, ...[...written.matchAll(/[。；]\s*/gu)].map(({ index, 0: stop }) => index + stop.length)];
  const found = starts.flatMap((at) => {
    const hit = firstMatch(pointing, written.slice(at, at + LONGEST_POINTER));
    const keys = hit === null ? [] : keysIn(hit[1] ?? hit[2] ?? hit[3] ?? '');
    const from = Math.max(start + at + (hit?.[0].length ?? 0), at === 0 ? node.content.start : 0);
    return keys.length === 0 ? [] : [{ node, keys, start: start + at, from }];
  });
  if (found[0]?.start !== start) return [];
  return found.map((each, at) => ({ ...each, end: found[at + 1]?.start ?? node.end }));
}

/** The items of a list that its own numbers count, below headings of its own (（一） 1. 2.) as well. */
function countedIn(nodes: readonly Node[], path: readonly number[] = []): readonly Pointer[] {
  return nodes.flatMap((node): readonly Pointer[] => {
    const { marker, kind } = node;
    if (kind === 'prose' || marker === undefined || marker.value === 0) return [];
    const own = [...path, marker.value];
    const isHead = node.rank < ITEM_RANK && node.children.some((child) => (child.marker?.value ?? 0) > 0);
    const inner = isHead ? countedIn(node.children, own) : [];
    if (inner.length > 0) return inner;
    const { start } = marker;
    return [{ node, keys: [own.slice(-2).join('-')], start, from: node.content.start, end: node.end }];
  });
}

/** The outermost node between `parent` and `node`. */
function headOf(node: Node, parent: Node | undefined): Node {
  let head = node;
  while (head.parent !== undefined && head.parent !== parent) head = head.parent;
  return head;
}

/** Marks of this rank and beyond count what was done, not what it was done about. */
const ITEM_RANK = 3;

/** Lists that follow each other under one heading: each begins where a number comes again. */
function runsOf(pointers: readonly Pointer[]): readonly (readonly Pointer[])[] {
  const runs: Pointer[][] = [];
  for (const pointer of pointers) {
    const run = runs.at(-1);
    const isNew = run?.every(({ keys }) => keys.every((key) => !pointer.keys.includes(key)));
    if (run === undefined || isNew !== true) runs.push([pointer]);
    else run.push(pointer);
  }
  return runs;
}

/** What stands under a heading by its words: 整改措施, 责任分工. */
function roleOf(rules: RuleSet, view: View, node: Node, read: Read): string | undefined {
  if (node.kind === 'prose') return undefined;
  const { heading } = read(node);
  const { regex } = rules.compile('{GENERAL_WORK}', 'folded');
  if (firstMatch(regex, view.folded.slice(heading.start, heading.end)) !== null) return undefined;
  return matchWithin(rules, 'labels', view, heading).find(
    ({ set, end }) => set.role !== 'finding' && end >= heading.end - 1,
  )?.set.role;
}

function entryOf(
  rules: RuleSet,
  view: View,
  outline: Outline,
  read: Read,
  { node, keys, start, from: bodyStart, end }: Pointer,
  named: string | undefined,
): Entry {
  const role = named ?? 'measures';
  const span = { start, end };
  const { strength, cues } = read(node);
  const parts = [node, ...node.children];
  const isTold = parts.some(({ labels }) => labels.some((label) => label.role === 'finding'));
  const sentences = overlapping(view.sentences, { start: bodyStart, end });
  let known: boolean | undefined;
  const isTerms = (): boolean => {
    known ??= sentences.every((sentence) =>
      saysOnlyTerms(
        rules,
        view,
        { start: Math.max(sentence.start, bodyStart), end: Math.min(sentence.end, end) },
        true,
      ),
    );
    return known;
  };
  return {
    keys,
    span,
    names: () =>
      isTold ||
      ((strength === 'strong' || (cues.has('problem') && !cues.has('measure') && !DONE_ROLES.has(role))) && !isTerms()),
    isTerms,
    isUnnamed: named === undefined,
    body: () => {
      const { stretches, asides } = stretchesOf(rules, view, outline, { bodyStart, end });
      const unlabelled = isTerms() ? 'description' : role;
      return {
        stretches: stretches.map((each) => (each.label === undefined ? { ...each, role: unlabelled } : each)),
        asides,
      };
    },
  };
}

/** A list headed so tells what was done, whatever it says was wrong. */
const DONE_ROLES = new Set(['measures', 'outcomes']);

// ── In tables ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** Rows whose cell for the problem holds but its number, table by table. */
function tablesIn(rules: RuleSet, view: View, texts: readonly FindingText[]): readonly List[] {
  const pointing = rules.compile('{POINTING}', 'folded').regex;
  const byTable = new Map<number, FindingText[]>();
  for (const text of texts) {
    const cell = view.blocks.find(({ start }) => start === text.heading.start)?.cell;
    if (cell !== undefined) byTable.set(cell.table, [...(byTable.get(cell.table) ?? []), text]);
  }
  const pointedBy = ({ stretches, number }: FindingText): readonly string[] => {
    const range = stretches.find(({ role }) => role === 'finding')?.ranges[0];
    const written = range === undefined ? (number ?? '') : view.folded.slice(range.start, range.end).trim();
    const path = pathIn(written);
    if (path !== undefined) return [path];
    const hit = firstMatch(pointing, written);
    return hit === null || hit[0].length < written.length ? [] : keysIn(hit[1] ?? hit[2] ?? '');
  };
  return [...byTable.values()].map((rows) => ({
    start: rows[0]?.span.start ?? 0,
    isCounted: false,
    entries: rows.map((row) => {
      const keys = pointedBy(row);
      return {
        keys,
        span: row.span,
        names: () => keys.length === 0,
        isTerms: () => true,
        isUnnamed: true,
        body: () => ({
          stretches: row.stretches.filter(({ role }) => role !== 'finding' && role !== 'number'),
          asides: [],
        }),
      };
    }),
  }));
}

// ── Numbers ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** Numbers that may mean a finding: its own (（三） and 3 are the same), and those from its headings down (一2, 二3). */
function keysOf({ number, above }: FindingText): readonly string[] {
  const own = number === null ? undefined : pathIn(number);
  if (own === undefined) return [];
  const path = [...above.map(({ marker }) => marker?.value ?? 0).filter((value) => value > 0), own];
  return [...new Set([own, path.slice(-2).join('-'), path.join('-')])];
}

const NUMBER = /[0-9]{1,3}|[一二三四五六七八九十]{1,3}/gu;

/** 3, （三）, 2-3, 二3 and 二（三） as numbers joined by dashes; nothing where the text says more. */
function pathIn(written: string): string | undefined {
  const bare = written.normalize('NFKC');
  if (!/^[0-9一二三四五六七八九十()\-—.、．\s]{1,12}$/u.test(bare)) {
    const value = markerValue(bare, []);
    return value > 0 ? String(value) : undefined;
  }
  const values = [...bare.matchAll(NUMBER)].map(([digits]) => markerValue(digits, []));
  return values.length === 0 || values.includes(0) ? undefined : values.join('-');
}

/** 1、3和5 → 1, 3, 5; 2至4 → 2, 3, 4; A项、C项 → 1, 3. */
function keysIn(written: string): readonly string[] {
  const letters = written.match(/[A-Z]/gu);
  if (letters !== null) return letters.map((letter) => String(markerValue(letter, [])));
  const parts = [
    ...written.matchAll(/([至到~～—-])?[^0-9一二三四五六七八九十至到~～—-]*([0-9]+|[一二三四五六七八九十]+)/gu),
  ];
  const keys: string[] = [];
  for (const [, range, digits] of parts) {
    const value = Number(parseNumeral(digits ?? '')?.value.n ?? 0n);
    const last = Number(keys.at(-1) ?? value);
    const from = range === undefined || value - last > LONGEST_RANGE ? value : last + 1;
    for (let each = from; each <= value; each += 1) keys.push(String(each));
  }
  return keys;
}

const LONGEST_RANGE = 40;
