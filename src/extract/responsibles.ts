/**
 * Who answers for what: persons and bodies under labels, in brackets, in table columns and in sentences. What makes somebody
 * answerable is in rules/people.
 */
import { fold } from '../fold.js';
import type { Block, CellPlace, Evidence, Responsible, Span } from '../model.js';
import type { RuleSet } from '../rules/load.js';
import { matchTopic, type RuleMatch } from '../rules/match.js';
import type { View } from '../rules/view.js';
import { contains, type Locator, overlaps } from '../text.js';
import type { Headed } from './cells.js';
import type { Label } from './outline.js';
import {
  type Expects,
  find,
  type Grammar,
  grammarOf,
  type Member,
  postsAtEnd,
  readRoster,
  readRosterBefore,
} from './roster.js';

/** One place that makes one person or body answerable. The span is that of the name. */
export interface Assignment extends Span {
  /** As written, without spaces inside. */
  readonly name: string;
  readonly kind: 'person' | 'unit';
  /** Posts as written, then the label or the role in a leading group. */
  readonly roles: readonly string[];
  readonly evidence: Evidence;
}

interface Answerable {
  readonly name: Span;
  readonly kind: 'person' | 'unit';
  readonly roles: readonly string[];
}

/**
 * Every assignment, in text order; one name at one place stands once.
 * @param outlined labels of the outline, for what only its place tells to be one of answerability
 * @param cells cells of tables of findings, for columns that only their place tells to be of answerability
 * @param heads headings above findings: one that is nothing but posts and names says whose they are
 */
export function extractResponsibles(
  rules: RuleSet,
  view: View,
  locate: Locator,
  outlined: readonly Label[] = [],
  heads: readonly Span[] = [],
  cells: readonly Headed[] = [],
): readonly Assignment[] {
  const grammar = grammarOf(rules);
  const matches = matchTopic(rules, 'responsibles', view);
  const ofForm = (form: string): readonly RuleMatch[] => matches.filter(({ set }) => set.form === form);
  const labels = withoutOverlaps(ofForm('label'));
  const found = [
    ...labels.flatMap((label, index) => underLabel(view, grammar, label, labels[index + 1]?.start)),
    ...outlined.flatMap((label, index) => {
      const isNew = label.role === 'responsibles' && !labels.some((other) => overlaps(other, label));
      return isNew ? underOutlined(view, grammar, label, outlined[index + 1]?.start) : [];
    }),
    ...heads.flatMap((head) => leading(view, grammar, head)),
    ...ofForm('stated').flatMap((match) => stated(view, grammar, match)),
    ...ofForm('told').flatMap((match) => told(view, grammar, match)),
    ...ofForm('listed').flatMap((match) => listed(view, grammar, match)),
    ...inTables(view, grammar),
    ...cells.flatMap((headed) => inColumn(view, grammar, headed)),
    ...underLoneLabels(view, grammar),
  ];
  return onePerPlace(found).map(({ name, kind, roles }) => ({
    start: name.start,
    end: name.end,
    name: written(view, name),
    kind,
    roles,
    evidence: locate.evidence(name),
  }));
}

/** One entry a person or body: roles united in order, evidence of the first place. */
export function mergeResponsibles(assignments: readonly Assignment[]): readonly Responsible[] {
  const merged = new Map<string, Responsible>();
  for (const { name, kind, roles, evidence } of assignments) {
    const key = `${kind} ${name}`;
    const known = merged.get(key);
    merged.set(key, { name, kind, roles: unite(known?.roles ?? [], roles), evidence: known?.evidence ?? evidence });
  }
  return [...merged.values()];
}

/** Adds the posts that the notice gives a person where the name stands elsewhere: 会上，党组书记张某… beside 责任人：张某. */
export function withPosts(rules: RuleSet, view: View, responsibles: readonly Responsible[]): readonly Responsible[] {
  const grammar = grammarOf(rules);
  const names = responsibles.filter(({ kind }) => kind === 'person').map(({ name }) => name);
  return responsibles.map((one) => {
    if (one.kind !== 'person' || one.name.length < SHORTEST_SOUGHT) return one;
    const posts = mentionsOf(view, fold(one.name)).flatMap((name) => postsBefore(view, grammar, name));
    // 书记张某任组长、镇长李某: what names another is no post.
    const more = addedTo(one.roles, posts).filter((post) => !names.some((name) => post.includes(name)));
    return { ...one, roles: unite(more, one.roles) };
  });
}

/** The posts right before a name in its clause. */
function postsBefore(view: View, grammar: Grammar, name: Span): readonly string[] {
  const from = Math.max(0, name.start - LONGEST_ROSTER);
  const start = from + startOfClause(view.folded.slice(from, name.start));
  const last = readRosterBefore(view, grammar, { start, end: name.end }, 'person').at(-1);
  if (last?.name.start === name.start && last.name.end === name.end) return last.posts;
  return postsAtEnd(view, grammar, { start, end: name.start });
}

/** A name of one character and 某 may be anybody's. */
const SHORTEST_SOUGHT = 2;

function mentionsOf({ folded }: View, name: string): readonly Span[] {
  const mentions: Span[] = [];
  for (let at = folded.indexOf(name); at >= 0; at = folded.indexOf(name, at + name.length)) {
    mentions.push({ start: at, end: at + name.length });
  }
  return mentions;
}

const startOfClause = (before: string): number =>
  Math.max(...['，', ...ENDS_CLAUSES].map((mark) => before.lastIndexOf(mark))) + 1;

const unite = (...roles: readonly (readonly string[])[]): readonly string[] => [...new Set(roles.flat())];

const positionsOf = ({ start, end }: Span): readonly number[] =>
  Array.from({ length: end - start }, (_, index) => start + index);

/** The text of a span without its spaces. */
const written = (view: View, { start, end }: Span): string => view.text.slice(start, end).replace(/\s/gu, '');

const spanOf = (match: RuleMatch, name: string): Span | undefined =>
  match.emits.find((emitted) => emitted.name === name)?.span;

function roleOf(view: View, match: RuleMatch, name: string): readonly string[] {
  const span = spanOf(match, name);
  return span === undefined ? [] : [written(view, span)];
}

const answerable = (
  members: readonly Member[],
  before: readonly string[],
  after: readonly string[],
): readonly Answerable[] =>
  members.map(({ name, kind, posts }) => ({ name, kind, roles: unite(before, posts, after) }));

// ── Labels ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The rule of higher priority first, then the longer match. */
function withoutOverlaps(matches: readonly RuleMatch[]): readonly RuleMatch[] {
  const byWeight = [...matches].sort(
    (a, b) => b.rule.priority - a.rule.priority || b.end - b.start - (a.end - a.start) || a.start - b.start,
  );
  const taken = new Set<number>();
  const kept = byWeight.filter((match) => {
    const positions = positionsOf(match);
    const isFree = !positions.some((at) => taken.has(at));
    if (isFree) for (const at of positions) taken.add(at);
    return isFree;
  });
  return kept.sort((a, b) => a.start - b.start);
}

/** The same after a label that the rules of answerability do not know: 谁来改：, 〔主治〕. Of those they know they judge. */
function underOutlined(view: View, grammar: Grammar, label: Label, nextLabel = Infinity): readonly Answerable[] {
  const words = /[\p{L}、]+(?=[^\p{L}]*$)/u.exec(written(view, label))?.[0] ?? '';
  const isClosed = /[：】〕]/u.test(view.folded.slice(label.start, label.end));
  const isKnown = isClosed && find(grammar.labelCell, fold(words)) !== undefined;
  return isKnown ? [] : rosterAfter(view, grammar, label, nextLabel, 'any', words);
}

/** The roster after a label: up to the next label, the end of the sentence, or of the bracket that the label stands in. */
function underLabel(view: View, grammar: Grammar, label: RuleMatch, nextLabel = Infinity): readonly Answerable[] {
  return rosterAfter(view, grammar, label, nextLabel, expectsOf(label), ...roleOf(view, label, 'label'));
}

function rosterAfter(
  view: View,
  grammar: Grammar,
  label: Span,
  nextLabel: number,
  expects: Expects,
  ...roles: readonly string[]
): readonly Answerable[] {
  const block = view.blocks.find((candidate) => contains(candidate, label));
  if (block === undefined) return [];
  const isAlone = view.text.slice(label.end, block.end).trim() === '';
  const value = isAlone ? shortBlockAfter(view, block) : { start: label.end, end: Math.min(block.end, nextLabel) };
  if (value === undefined) return [];
  const region = { start: value.start, end: valueEnd(view, grammar, value) };
  const { members, complete } = readRoster(view, grammar, region, expects);
  const more =
    complete && region.end === (isAlone ? value.end : block.end) ? namesBelow(view, grammar, region.end) : [];
  return answerable([...members, ...more], [], roles);
}

/** 党委书记　顾长风 as a heading: persons with their posts, and nothing else. */
function leading(view: View, grammar: Grammar, head: Span): readonly Answerable[] {
  const { members, complete } = readRoster(view, grammar, head, 'person');
  const isNoName = ({ start, end }: Span): boolean => grammar.noPersons.has(view.folded.slice(start, end));
  const isLeaders =
    complete && members.every(({ kind, name, posts }) => kind === 'person' && posts.length > 0 && !isNoName(name));
  return isLeaders ? answerable(members, [], []) : [];
}

/** The names in a heading that is nothing but persons with their posts. */
export const leadersIn = (rules: RuleSet, view: View, head: Span): readonly string[] =>
  leading(view, grammarOf(rules), head).map(({ name }) => written(view, name));

/** A list of persons may go on line by line: paragraphs that are nothing but names and posts. */
function namesBelow(view: View, grammar: Grammar, after: number): readonly Member[] {
  const members: Member[] = [];
  for (const block of view.blocks.filter(({ start, cell }) => start >= after && cell === undefined)) {
    if (block.end - block.start > LONGEST_LONE_VALUE) break;
    const line = readRoster(view, grammar, block, 'person');
    if (!line.complete || line.members.length === 0 || line.members.some(({ kind }) => kind !== 'person')) break;
    members.push(...line.members);
  }
  return members;
}

const LONGEST_LONE_VALUE = 60;

/** A label that stands alone in its paragraph has its value in the next one. */
function shortBlockAfter(view: View, block: Block): Span | undefined {
  const next = view.blocks.find(({ start }) => start >= block.end);
  return next !== undefined && next.end - next.start <= LONGEST_LONE_VALUE ? next : undefined;
}

const ENDS_VALUE = '。！？｜|\n\t';

/** The end of a label's value within `limits`. */
function valueEnd(view: View, grammar: Grammar, limits: Span): number {
  const other = find(grammar.otherLabel, view.folded.slice(limits.start, limits.end))?.get('match');
  const limit = other === undefined ? limits.end : limits.start + other.start;
  let depth = 0;
  for (let at = limits.start; at < limit; at += 1) {
    const char = view.folded.charAt(at);
    if (ENDS_VALUE.includes(char) || (char === '【' && at > limits.start)) return at;
    if (char === '（') depth += 1;
    if (char === '）' && depth-- === 0) return at;
  }
  return limit;
}

const expectsOf = ({ set }: RuleMatch): Expects =>
  set.expects === 'person' || set.expects === 'unit' ? set.expects : 'any';

// ── Sentences ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** 责任领导为某某: the roster must be nothing but one, and of persons unless the label is one of bodies. */
function stated(view: View, grammar: Grammar, match: RuleMatch): readonly Answerable[] {
  const region = spanOf(match, 'roster');
  if (region === undefined) return [];
  const label = roleOf(view, match, 'label');
  const isOfUnits = label.some((words) => find(grammar.unitLabel, fold(words)) !== undefined);
  const { members, complete } = readRoster(view, grammar, region, expectsOf(match));
  const fitting = isOfUnits ? members : members.filter(({ kind }) => kind === 'person');
  return complete ? answerable(fitting, [], label) : [];
}

/** 由局长某某任组长: the roster ends where the words begin that make it answerable. */
function told(view: View, grammar: Grammar, match: RuleMatch): readonly Answerable[] {
  const region = spanOf(match, 'roster');
  if (region === undefined) return [];
  const role = roleOf(view, match, 'role');
  const members = readRosterBefore(view, grammar, widened(view, region), expectsOf(match), role.length > 0);
  const posts = roleOf(view, match, 'post');
  // 张某、李某分别任组长、副组长
  const next = members.length === 2 ? roleOf(view, match, 'next') : [];
  if (next.length === 0) return answerable(members, posts, role);
  return members.flatMap((member, index) => answerable([member], posts, index === 0 ? role : next));
}

/** 领导小组组长张某: the role stands before a roster that is nothing but persons. */
function listed(view: View, grammar: Grammar, match: RuleMatch): readonly Answerable[] {
  const region = spanOf(match, 'roster');
  if (region === undefined) return [];
  const { members, complete } = readRoster(view, grammar, region, 'person');
  const isPersons = complete && members.every(({ kind }) => kind === 'person');
  return isPersons ? answerable(members, [], roleOf(view, match, 'role')) : [];
}

/** The longest run of posts and names in a sentence. */
const LONGEST_ROSTER = 120;

/** The patterns end a roster at a comma, but it may go on before it; the sentence up to there. */
function widened(view: View, { start, end }: Span): Span {
  if (view.folded.charAt(start - 1) !== '，') return { start, end };
  const before = view.folded.slice(Math.max(0, end - LONGEST_ROSTER), start);
  return {
    start: start - before.length + Math.max(...[...ENDS_CLAUSES].map((mark) => before.lastIndexOf(mark))) + 1,
    end,
  };
}

const ENDS_CLAUSES = '。；：\n';

// ── Tables ────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Cell extends Span {
  readonly cell: CellPlace;
}

/** A cell that is nothing but a label heads the cells under it; in a form of labels and values, the cell right of it. */
function inTables(view: View, grammar: Grammar): readonly Answerable[] {
  const cells = view.blocks.filter((block): block is Block & Cell => block.cell !== undefined);
  const labelOf = (span: Span): string | undefined => loneLabel(view, grammar, span);
  return cells.flatMap((header) => {
    const label = labelOf(header);
    if (label === undefined) return [];
    const expects = expectedUnder(grammar, label);
    const read = (cell: Span, as: Expects = expects): readonly Answerable[] =>
      answerable(readRoster(view, grammar, cell, as).members, [], [label]);
    const { table, row, column, columnSpan } = header.cell;
    const inTable = cells.filter(({ cell }) => cell.table === table);
    const rightOf = inTable.filter(({ cell }) => cell.row === row && cell.column === column + columnSpan);
    const right = rightOf.some((cell) => labelOf(cell) !== undefined)
      ? []
      : rightOf.flatMap((cell) => read(cell, 'any'));
    if (right.length > 0) return right;
    const below = inTable.filter(({ cell }) => cell.row > row && cell.column === column);
    const nextHeader = below.find((cell) => labelOf(cell) !== undefined)?.cell.row ?? Infinity;
    return below.filter(({ cell }) => cell.row < nextHeader).flatMap((cell) => read(cell));
  });
}

/** A cell below a label that the rules of answerability do not know. */
function inColumn(view: View, grammar: Grammar, { role, label, cell }: Headed): readonly Answerable[] {
  if (role !== 'responsibles' || loneLabel(view, grammar, label) !== undefined) return [];
  const labels = label.end > label.start ? [written(view, label)] : [];
  return answerable(readRoster(view, grammar, cell, 'any').members, [], labels);
}

/** The label that a cell or paragraph is, where it is nothing else. */
function loneLabel(view: View, grammar: Grammar, { start, end }: Span): string | undefined {
  const label = find(grammar.labelCell, view.folded.slice(start, end).replace(/\s/gu, ''))?.get('label');
  return label === undefined ? undefined : written(view, { start, end }).slice(label.start, label.end);
}

const expectedUnder = (grammar: Grammar, label: string): Expects =>
  find(grammar.unitLabel, fold(label)) === undefined ? 'person' : 'unit';

/** A paragraph that is nothing but a label without its colon (terms and what they say, one below the other). */
function underLoneLabels(view: View, grammar: Grammar): readonly Answerable[] {
  return view.blocks.flatMap((block) => {
    const label = block.cell === undefined && block.kind !== 'heading' ? loneLabel(view, grammar, block) : undefined;
    if (label === undefined || /[：:]\s*$/u.test(view.text.slice(block.start, block.end))) return [];
    const value = shortBlockAfter(view, block);
    if (value === undefined || loneLabel(view, grammar, value) !== undefined) return [];
    const { members, complete } = readRoster(view, grammar, value, expectedUnder(grammar, label));
    return complete ? answerable(members, [], [label]) : [];
  });
}

// ── One name a place ──────────────────────────────────────────────────────────────────────────────────────────────

/** Of several readings of one place the longest name stays, with the roles of the fullest reading and what others add. */
function onePerPlace(found: readonly Answerable[]): readonly Answerable[] {
  const kept: Answerable[] = [];
  const owners = new Map<number, number>();
  const byLength = [...found].sort(
    (a, b) => b.name.end - b.name.start - (a.name.end - a.name.start) || b.roles.length - a.roles.length,
  );
  for (const one of byLength) {
    const positions = positionsOf(one.name);
    const at = positions.map((position) => owners.get(position)).find((owner) => owner !== undefined);
    const known = at === undefined ? undefined : kept[at];
    if (at === undefined || known === undefined) {
      for (const position of positions) owners.set(position, kept.length);
      kept.push(one);
    } else if (known.name.start === one.name.start) {
      kept[at] = { ...known, roles: [...known.roles, ...addedTo(known.roles, one.roles)] };
    }
  }
  return kept.sort((a, b) => a.name.start - b.name.start);
}

/** Roles that no known role ends with: 组长 is nothing new beside 整改领导小组组长. */
const addedTo = (known: readonly string[], more: readonly string[]): readonly string[] =>
  more.filter((role) => !known.some((other) => other.endsWith(role) || role.endsWith(other)));
