/**
 * Facts about the notice as a whole: who reports, who inspected, when, when the results were handed over, and when the notice
 * was made public. Every place that states one is kept for the checks; the record takes the most telling.
 */
import type { Block, DateMention, Document, Evidence, Fact, Inspection, Span } from '../model.js';
import { parseIso, withYear } from '../number/dates.js';
import type { RuleSet } from '../rules/load.js';
import { matchTopic, matchWithin, type RuleMatch } from '../rules/match.js';
import type { View } from '../rules/view.js';
import { contains, firstFrom, firstMatch, type Locator } from '../text.js';
import { type Between, yearBetween, yearsAway } from './years.js';

export interface Facts {
  readonly unit?: { readonly name: string; readonly evidence: Evidence };
  readonly inspection: Inspection;
  /** `unit`, `team`, `start`, `end`, `feedback`, `meeting`, `published`: names as written, days as ISO dates. */
  readonly facts: readonly Fact[];
}

export function extractFacts(rules: RuleSet, view: View, locate: Locator, document: Document): Facts {
  const reader = readerOf(rules, view, locate);
  const { ofForm, named, dated } = reader;

  const published = publications(reader);
  const publishedOn = published[0]?.value ?? document.published;
  const until: Between = publishedOn === undefined ? {} : { last: publishedOn };

  const periods = ofForm('period').map((match) => {
    const [start] = dated(match, 'start', until);
    const [end] = dated(match, 'end', after(start, until));
    return { start, end };
  });
  const [{ start, end } = { start: undefined, end: undefined }] = periods;
  const feedbacks = ofForm('feedback').flatMap((match) => dated(match, 'feedback', after(end, until)));
  const meetings = ofForm('meeting').flatMap((match) => dated(match, 'meeting', after(feedbacks[0] ?? end, until)));

  const teams = withoutNested(ofBestRule(ofForm('team'))).flatMap((match) => named(match, 'team'));
  const [unit] = unitMatches(reader).flatMap((match) => named(match, 'unit'));

  const inspection = {
    kind: kindOf(reader),
    team: (teams.find((team) => start !== undefined && isInSentence(view, team, start)) ?? teams[0])?.value,
    start: start?.value,
    end: end?.value,
    feedback: feedbacks[0]?.value,
    published: publishedOn,
  };
  const facts = [unit, ...teams, ...periods.flatMap((period) => [period.start, period.end]), ...feedbacks, ...meetings];
  return {
    ...(unit === undefined ? {} : { unit: { name: unit.value, evidence: unit.evidence } }),
    inspection: Object.fromEntries(Object.entries(inspection).filter(([, value]) => value !== undefined)),
    facts: [...facts, ...published].filter((fact) => fact !== undefined),
  };
}

const isInSentence = (view: View, ...facts: readonly Fact[]): boolean =>
  view.sentences.some((sentence) => facts.every(({ evidence }) => contains(sentence, evidence)));

const after = (fact: Fact | undefined, until: Between): Between =>
  fact === undefined ? until : { ...until, first: fact.value };

// ── Reading matches ───────────────────────────────────────────────────────────────────────────────────────────────

interface Reader {
  readonly rules: RuleSet;
  readonly view: View;
  readonly title: Span;
  ofForm(form: string): readonly RuleMatch[];
  /** What a match says under `name`, as written, without spaces. */
  named(match: RuleMatch, name: string): readonly Fact[];
  /** The day that a match says under `name`; none where its year is open. */
  dated(match: RuleMatch, name: string, between: Between): readonly Fact[];
}

function readerOf(rules: RuleSet, view: View, locate: Locator): Reader {
  const matches = matchTopic(rules, 'facts', view);
  const facts = (match: RuleMatch, name: string, valueAt: (span: Span) => string | undefined): readonly Fact[] =>
    match.emits.flatMap(({ name: emitted, span }) => {
      const value = emitted === name ? valueAt(span) : undefined;
      return value === undefined ? [] : [{ name, value, evidence: locate.evidence(span), rule: match.rule.path }];
    });
  return {
    rules,
    view,
    title: titleOf(rules, view),
    ofForm: (form) => matches.filter(({ set }) => set.form === form),
    named: (match, name) => facts(match, name, ({ start, end }) => view.text.slice(start, end).replace(/\s/gu, '')),
    dated: (match, name, between) => facts(match, name, ({ start }) => dayAt(rules, view, start, between)),
  };
}

/** Of matches that stand in one another only the outermost; of equal ones the first. */
const withoutNested = (matches: readonly RuleMatch[]): readonly RuleMatch[] =>
  matches.filter(
    (match, index) =>
      !matches.some((other, at) => at !== index && contains(other, match) && (!contains(match, other) || at < index)),
  );

/** Those of the rule of highest priority that matched at all: numbered teams before unnumbered ones. */
const ofBestRule = (matches: readonly RuleMatch[]): readonly RuleMatch[] =>
  matches.filter(({ rule }) => rule === byPriority(matches)[0]?.rule);

const byPriority = (matches: readonly RuleMatch[]): readonly RuleMatch[] =>
  [...matches].sort((a, b) => b.rule.priority - a.rule.priority);

// ── Title, first paragraphs, signature ────────────────────────────────────────────────────────────────────────────

const LONGEST_TITLE_LINE = 70;
const MOST_TITLE_LINES = 5;
const MOST_FIELDS = 16;
const MOST_SIGNATURE_LINES = 6;

/** The short lines that a notice begins with: up to the first that is a sentence. Fields of the page (索引号：…) come on top. */
function titleOf(rules: RuleSet, view: View): Span {
  const { regex } = rules.compile('{PAGE_FIELD}', 'folded');
  const isField = ({ start, end }: Block): boolean => firstMatch(regex, view.folded.slice(start, end)) !== null;
  const first = view.blocks.findIndex((block) => !isField(block));
  const lines = view.blocks.slice(0, Math.min(Math.max(0, first), MOST_FIELDS) + MOST_TITLE_LINES);
  const isSentence = ({ start, end }: Block): boolean =>
    end - start > LONGEST_TITLE_LINE || /[。；]/u.test(view.folded.slice(start, end));
  const after = lines.findIndex(isSentence);
  const title = after < 0 ? lines : lines.slice(0, after);
  return { start: title[0]?.start ?? 0, end: title.at(-1)?.end ?? 0 };
}

const isAtEnd = (view: View, { start }: Span): boolean =>
  start >= (view.blocks[Math.max(1, view.blocks.length - MOST_SIGNATURE_LINES)]?.start ?? Infinity);

/** A signature stands above the annexes of a notice, however long they are. */
function isAboveAnnex(rules: RuleSet, view: View, { end }: Span): boolean {
  const next = view.blocks[firstFrom(view.blocks, end)];
  return next !== undefined && matchWithin(rules, 'headings', view, next).some(({ set }) => set.role === 'attachment');
}

/** Who reports: as the title says it, else as the signature does, else whom the first paragraph says was inspected. */
function unitMatches({ rules, view, title, ofForm }: Reader): readonly RuleMatch[] {
  const fromEachLine = view.blocks
    .filter((line) => contains(title, line))
    .flatMap(({ start }) => matchWithin(rules, 'facts', view, { start, end: title.end }));
  const inTitle = byPriority(fromEachLine.filter(({ set }) => set.form === 'title'));
  const signed = ofForm('signature').filter((match) => isAtEnd(view, match));
  return [...inTitle, ...signed.slice(-1), ...ofForm('lead')];
}

/** The kind that the title names, else the first that the text names, else the one for all others. */
function kindOf({ rules, title, ofForm }: Reader): string | undefined {
  const kinds = ofForm('kind');
  const [inTitle] = byPriority(kinds.filter((match) => contains(title, match)));
  return (inTitle ?? kinds[0])?.set.kind ?? rules.lists.get('OTHER_KIND')?.[0];
}

/** The date under the signature, which is the last of its kind; then those of the page; then one under the title. */
function publications({ rules, view, title, ofForm, dated }: Reader): readonly Fact[] {
  const signed = ofForm('signed');
  const last = signed.filter((match) => isAtEnd(view, match) || isAboveAnnex(rules, view, match)).slice(-1);
  const ofPage = ofForm('page').filter((match) => contains(title, match) || isAtEnd(view, match));
  const underTitle = signed.filter((match) => contains(title, match));
  return [...last, ...ofPage, ...underTitle].flatMap((match) => dated(match, 'published', {}));
}

// ── Days ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The day of the date at `start`, its year completed where a word, the paragraph or the days around it force one. */
function dayAt(rules: RuleSet, view: View, start: number, between: Between): string | undefined {
  const date = view.dateAt(start);
  if (date?.precision !== 'day') return undefined;
  if (date.first !== undefined) return date.first;
  const dayIn = (year: number): string | undefined => withYear(date, year).first;
  const away = yearsAway(rules, view, date);
  if (away !== undefined) {
    const published = between.last === undefined ? undefined : parseIso(between.last);
    return published === undefined ? undefined : dayIn(published.year + away);
  }
  const fromBefore = yearBefore(rules, view, date);
  const year = isWithin(between, fromBefore, dayIn) ? fromBefore : yearBetween(between, dayIn);
  return year === undefined ? undefined : dayIn(year);
}

/** True where the day in that year lies between the two days. */
function isWithin(
  { first, last }: Between,
  year: number | undefined,
  dayIn: (year: number) => string | undefined,
): boolean {
  const day = year === undefined ? undefined : dayIn(year);
  return day !== undefined && (first === undefined || day >= first) && (last === undefined || day <= last);
}

/** The year of the last date before this one in its paragraph that has one, where this one is not earlier in the year. */
function yearBefore(rules: RuleSet, view: View, date: DateMention): number | undefined {
  const block = view.blocks.find((candidate) => contains(candidate, date));
  if (block === undefined) return undefined;
  // 2022年度 says what was looked at, not when.
  const isBudgetYear = ({ start, end }: Span): boolean =>
    (rules.lists.get('BUDGET_YEAR') ?? []).some((word) => view.folded.slice(start, end).endsWith(word));
  const before = view.dates.filter(
    (other) =>
      other.year !== undefined && other.start >= block.start && other.start < date.start && !isBudgetYear(other),
  );
  const last = before.at(-1);
  return last !== undefined && (last.month ?? 1) <= (date.month ?? 0) ? last.year : undefined;
}
