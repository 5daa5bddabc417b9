/**
 * Labels that no rule knows, learnt from the notice itself: words before a colon or in brackets that come again with every
 * finding (〔毛病〕… 〔药方〕… 〔疗效〕…). What one is for is told by what stands after it, then by its words, then by its place.
 */
import type { Block, Span } from '../model.js';
import type { RuleSet } from '../rules/load.js';
import { matchWithin } from '../rules/match.js';
import type { View } from '../rules/view.js';
import { allMatches, contains, firstFrom, firstMatch, overlaps, trimSpan, within } from '../text.js';
import { grammarOf, readRoster } from './roster.js';
import { readStatus } from './status.js';

interface Labelled extends Span {
  readonly role: string;
}

/** One place where a word may be a label, and what it says there. */
interface Place {
  readonly word: string;
  readonly label: Span;
  readonly value: Span;
  /** The role that a rule gives it. */
  readonly role?: string;
}

/** 〔毛病〕 or 毛病： at the start of a paragraph, after a mark, after a gap or behind a sentence. */
const OPENING =
  /(?<=^[^\u4e00-\u9fff\n]{0,8}|^[ （]{0,4}[一二三四五六七八九十]{1,3}[）、.．]{1,2} {0,2}|[ \t]{2}|[｜|。；] {0,2})(?:[【〔[](?<bracketed>[\u4e00-\u9fff]{1,10})[】〕\]][：:]?|(?<plain>[\u4e00-\u9fff]{1,8})[：:]|(?<=[0-9一二三四五六七八九十][）.．、]{1,2} {0,2})(?<stopped>[\u4e00-\u9fff]{4,10})。(?=.)|(?<=^[^\u4e00-\u9fff\n]{0,8})(?<spaced>[\u4e00-\u9fff]{2,6})(?: |\t){1,8}(?=\S))/gu;

const FEWEST = 2;
/** A label stands in so large a share of the records that the notice consists of. */
const MOST_RECORDS = 0.6;
/** A label's values are alike in so large a share. */
const ALIKE = 0.6;
const LONGEST_STATUS = 10;
const LONGEST_ROSTER = 60;
const SHORTEST_PROSE = 10;
const LONGEST_HEADING = 50;

/** @param known labels that rules find, in text order */
export function learnLabels(rules: RuleSet, view: View, known: readonly Labelled[]): readonly Labelled[] {
  const places = placesOf(rules, view, known);
  const byWord = new Map<string, Place[]>();
  for (const place of places) {
    const alike = byWord.get(place.word);
    if (alike === undefined) byWord.set(place.word, [place]);
    else alike.push(place);
  }
  const again = [...byWord.values()].filter((each) => each.length >= FEWEST);
  const records = Math.max(0, ...again.map((each) => each.length));
  const common = again.flat().sort((a, b) => a.label.start - b.label.start);
  const alternating = alternatingIn(common);
  const fields = again.filter(
    (each) => each.length >= records * MOST_RECORDS && alternating.has((each[0] as Place).word),
  );
  if (fields.length < FEWEST || fields.every(([first]) => first?.role !== undefined)) return [];
  const isHeaded = fields[0] !== undefined && standsUnderHeadings(view, fields[0]);
  const roles = rolesOf(rules, view, fields, isHeaded);
  return fields.flatMap((each) => {
    const role = each[0]?.role === undefined ? roles.get(each) : undefined;
    return role === undefined ? [] : each.map(({ label }) => ({ ...label, role }));
  });
}

/** Places in text order: those of the rules, and those that only look like labels. */
function placesOf(rules: RuleSet, view: View, known: readonly Labelled[]): readonly Place[] {
  const never = new Set(rules.lists.get('NO_LABELS') ?? []);
  const inText = view.blocks.filter(({ cell, kind }) => cell === undefined && kind !== 'footnote');
  const labels = inText.flatMap((block, index) => {
    const inside = within(known, block);
    const found = allMatches(view.folded.slice(block.start, block.end), OPENING).map((hit) => ({
      word: hit.groups?.bracketed ?? hit.groups?.plain ?? hit.groups?.stopped ?? hit.groups?.spaced ?? '',
      start: block.start + hit.index,
      end: block.start + hit.index + hit[0].length,
      role: undefined,
    }));
    const own = found.filter((each) => !never.has(each.word) && !inside.some((label) => overlaps(label, each)));
    const told = inside.map((label) => ({ ...label, word: view.folded.slice(label.start, label.end) }));
    return [...own, ...told].sort((a, b) => a.start - b.start).map((each) => ({ ...each, index }));
  });
  return labels.map(({ word, start, end, role, index }, at) => {
    const next = labels[at + 1];
    const value = valueAfter(view, inText, index, end, next?.start ?? view.text.length);
    return { word, label: { start, end }, value, ...(role === undefined ? {} : { role }) };
  });
}

/** What stands after a label in its paragraph or, where nothing does, in the next one. */
function valueAfter(view: View, blocks: readonly Block[], index: number, from: number, limit: number): Span {
  const own = trimSpan(view.text, { start: from, end: Math.min((blocks[index] as Block).end, limit) });
  const below = own.end > own.start ? undefined : blocks[index + 1];
  return below === undefined || below.start >= limit
    ? own
    : trimSpan(view.text, { start: below.start, end: Math.min(below.end, limit) });
}

/** The words of which no two places follow each other, of places whose words all come again. */
function alternatingIn(places: readonly Place[]): ReadonlySet<string> {
  const repeated = new Set(places.flatMap(({ word }, at) => (places[at + 1]?.word === word ? [word] : [])));
  return new Set(places.map(({ word }) => word).filter((word) => !repeated.has(word)));
}

type Field = readonly Place[];

/** A column of a table: what heads it, the role that a rule gives that, and what its cells say. */
export interface Column {
  readonly label: Span;
  readonly role?: string;
  readonly cells: readonly Span[];
}

/**
 * The roles of the columns of a table that rules do not know as one of findings; undefined where nothing shows that it is:
 * a column of problems, one of what was done, and words or values that tell them from any other table.
 */
export function learnColumns(
  rules: RuleSet,
  view: View,
  columns: readonly Column[],
): ReadonlyMap<Column, string> | undefined {
  const fields = columns.map(({ label, role, cells }): Field => {
    const word = view.folded.slice(label.start, label.end).trim();
    return cells.map((value) => ({ word, label, value, ...(role === undefined ? {} : { role }) }));
  });
  const roles = new Map(rolesOf(rules, view, fields, false));
  const done = fields.findIndex((field) => TELLING.has(roles.get(field) ?? ''));
  const before = fields[done - 1];
  // A few words right before what was done name the problem.
  if (![...roles.values()].includes('finding') && before !== undefined && isPhrases(before))
    roles.set(before, 'finding');
  const has = (...wanted: readonly string[]): boolean => [...roles.values()].some((role) => wanted.includes(role));
  const named = fields.find((field) => roles.get(field) === 'finding');
  const isKnown = named !== undefined && (named[0]?.role ?? roleByWord(rules, view, named, false)) === 'finding';
  const terms = new Set([...roles.values()].filter((role) => TERMS.has(role)));
  if (named === undefined || !has('measures', 'outcomes', 'progress') || !(isKnown || terms.size > 1)) return undefined;
  return new Map(
    columns.flatMap((column, at) => {
      const role = roles.get(fields[at] as Field);
      return role === undefined ? [] : [[column, role] as const];
    }),
  );
}

const isPhrases = (field: Field): boolean =>
  field.reduce((sum, { value }) => sum + value.end - value.start, 0) >= field.length * SHORTEST_PHRASE;

const SHORTEST_PHRASE = 4;

const TERMS = new Set(['responsibles', 'deadline', 'status']);

/** The role of each field: by what it says, by its words, else by where it stands among those that tell something. */
function rolesOf(rules: RuleSet, view: View, fields: readonly Field[], isHeaded: boolean): ReadonlyMap<Field, string> {
  const roles = new Map<Field, string>();
  for (const field of fields) {
    const role = field[0]?.role ?? roleByValue(rules, view, field) ?? roleByWord(rules, view, field, isHeaded);
    if (role !== undefined) roles.set(field, role);
    else if (!isProse(view, field)) roles.set(field, 'remark');
  }
  const told = fields.filter((field) => {
    const role = roles.get(field);
    return role === undefined || TELLING.has(role);
  });
  const [opening, following] = told;
  // Under a heading, too, the first of two may tell the problem and the second what was done.
  const tellsAgain =
    opening !== undefined &&
    following !== undefined &&
    isProse(view, following) &&
    leaning(rules, view, opening) - leaning(rules, view, following) >= FAR_APART;
  for (const [at, field] of told.entries()) {
    if (roles.has(field)) continue;
    const before = told.slice(0, at).map((other) => roles.get(other));
    const names = told.every((other) => roles.get(other) !== 'finding') && (!isHeaded || told.length > 2 || tellsAgain);
    if (at === 0 && names) roles.set(field, 'finding');
    else roles.set(field, before.some((role) => role === 'measures' || role === 'progress') ? 'outcomes' : 'measures');
  }
  // What came of it, where nothing else tells what was done, tells both.
  const isDone = told.some((field) => ['measures', 'progress'].includes(roles.get(field) ?? ''));
  for (const field of told) if (!isDone && roles.get(field) === 'outcomes') roles.set(field, 'progress');
  return roles;
}

/** How much more a field's values name problems than acts, from -1 to 1. */
function leaning(rules: RuleSet, view: View, field: Field): number {
  const said = field.map(({ value }) => {
    const cues = matchWithin(rules, 'cues', view, sentenceAt(view, value)).map(({ set }) => set.cue);
    return Number(cues.includes('problem')) - Number(cues.includes('measure'));
  });
  return said.reduce((sum, each) => sum + each, 0) / field.length;
}

const FAR_APART = 0.5;

/** The first sentence of a value. */
function sentenceAt(view: View, value: Span): Span {
  const stop = view.folded.slice(value.start, value.end).indexOf('。') + 1;
  return stop === 0 ? value : { start: value.start, end: value.start + stop };
}

const TELLING = new Set(['finding', 'measures', 'outcomes', 'progress']);

function roleByValue(rules: RuleSet, view: View, field: Field): string | undefined {
  const values = field.map(({ value }) => value).filter(({ start, end }) => end > start);
  const grammar = grammarOf(rules);
  const share = (holds: (value: Span) => boolean): boolean =>
    values.length >= FEWEST && values.filter(holds).length >= values.length * ALIKE;
  const isShort = ({ start, end }: Span): boolean => end - start <= LONGEST_STATUS;
  if (share((value) => /^[0-9]{1,3}$/u.test(view.folded.slice(value.start, value.end).trim()))) return 'number';
  if (share((value) => isShort(value) && readStatus(rules, view, value, true).isOnlyStatus)) return 'status';
  if (share((value) => isTerm(rules, view, value))) return 'deadline';
  const isRoster = (value: Span): boolean => {
    if (value.end - value.start > LONGEST_ROSTER) return false;
    const { members, complete } = readRoster(view, grammar, value, 'any');
    return complete && members.length > 0;
  };
  return share(isRoster) ? 'responsibles' : undefined;
}

/** A date with a word or two beside it, or a standing term. */
function isTerm(rules: RuleSet, view: View, value: Span): boolean {
  const date = view.dates.find((each) => contains(value, each));
  if (date !== undefined) return value.end - value.start - (date.end - date.start) <= SHORTEST_PROSE / 2;
  const { regex } = rules.compile('{STANDING_TERM}', 'folded');
  return firstMatch(regex, view.folded.slice(value.start, value.end)) !== null;
}

const BY_WORD = ['remark', 'deadline', 'responsibles', 'status', 'finding', 'outcomes', 'measures'] as const;

function roleByWord(rules: RuleSet, view: View, field: Field, isHeaded: boolean): string | undefined {
  const word = field[0]?.word ?? '';
  const says = (name: string): boolean => {
    const { regex } = rules.compile(`{LEARNT_${name.toUpperCase()}}`, 'folded');
    return firstMatch(regex, word) !== null;
  };
  const ruled = ruledRole(rules, word);
  if (ruled === undefined && says('pledge')) return isHeaded ? pledges(rules, view, field) : 'finding';
  return ruled ?? BY_WORD.find(says);
}

/** The role that a rule gives the word where a colon ends it: 整改措施。 */
function ruledRole(rules: RuleSet, word: string): string | undefined {
  const label = `${word}：`;
  const [rule] = (rules.rules.get('labels') ?? [])
    .filter(
      ({ set, patterns }) =>
        set.place === undefined && patterns.some(({ regex }) => firstMatch(regex, label)?.index === 0),
    )
    .sort((a, b) => b.priority - a.priority);
  return rule?.set.role;
}

/** What was promised is done about what a heading right above names, unless it names the problem itself. */
function pledges(rules: RuleSet, view: View, field: Field): string {
  const named = field.filter(({ value }) => isProblem(rules, view, value));
  return named.length < field.length * NAMED_ENOUGH ? 'measures' : 'finding';
}

/** Where so large a share names a problem, all do. */
const NAMED_ENOUGH = 0.4;

const isProblem = (rules: RuleSet, view: View, span: Span): boolean =>
  matchWithin(rules, 'cues', view, span).some(({ set }) => set.cue === 'problem') ||
  matchWithin(rules, 'titles', view, span).some(({ set }) => set.strength === 'strong');

/** Mostly sentences, not a word or two. */
const isProse = (view: View, field: Field): boolean =>
  field.filter(
    ({ value }) =>
      value.end - value.start >= SHORTEST_PROSE || /[。；]/u.test(view.folded.slice(value.start, value.end)),
  ).length >=
  field.length * ALIKE;

/** A short paragraph without a label stands right above each place. */
const standsUnderHeadings = (view: View, field: Field): boolean =>
  headingsAbove(view, field).length >= field.length * ALIKE;

function headingsAbove(view: View, field: Field): readonly Span[] {
  return field.flatMap(({ label }) => {
    const above = view.blocks[firstFrom(view.blocks, label.start + 1) - 2];
    if (above === undefined) return [];
    const written = view.folded.slice(above.start, above.end).trim();
    const isHeading = written !== '' && written.length <= LONGEST_HEADING && !/[。；：]$/u.test(written);
    return isHeading ? [trimSpan(view.text, above)] : [];
  });
}
