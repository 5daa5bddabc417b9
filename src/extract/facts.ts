/**
 * Facts about the notice as a whole: who reports, who inspected, when, when the results were handed over, and when the notice was made
 * public. Every place that states one is kept for the checks; the record takes the most telling.
 */
import type { Block, DateMention, Document, Fact, Inspection, Span } from '../model.js';
import { withYear } from '../number/dates.js';
import type { RuleSet } from '../rules/load.js';
import { matchTopic, matchWithin, type RuleMatch } from '../rules/match.js';
import type { View } from '../rules/view.js';
import { contains, type Locator } from '../text.js';
import { yearBetween } from './years.js';

export interface Facts {
  readonly unit?: { readonly name: string; readonly evidence: Fact['evidence'] };
  readonly inspection: Inspection;
  /** `unit`, `team`, `start`, `end`, `feedback`, `meeting`, `published`: names as written, days as ISO dates. */
  readonly facts: readonly Fact[];
}

export function extractFacts(rules: RuleSet, view: View, locate: Locator, document: Document): Facts {
  const matches = matchTopic(rules, 'facts', view);
  const ofForm = (form: string): readonly RuleMatch[] => matches.filter(({ set }) => set.form === form);
  const fact = (name: string, value: string, span: Span, { rule }: RuleMatch): Fact => ({
    name,
    value,
    evidence: locate.evidence(span),
    rule: rule.path,
  });
  const emitted = (match: RuleMatch, name: string): Span | undefined =>
    match.emits.find((candidate) => candidate.name === name)?.span;

  const calendar = calendarOf(rules, view);
  const dated = (match: RuleMatch, name: string, between: Between): readonly Fact[] => {
    const span = emitted(match, name);
    const day = span && calendar.dayAt(span.start, between);
    return span === undefined || day === undefined ? [] : [fact(name, day, span, match)];
  };
  const published = publications(view, ofForm, (match) => dated(match, 'published', {}));
  const publishedOn = published[0]?.value ?? document.published;
  const until = publishedOn === undefined ? {} : { last: publishedOn };

  const periods = ofForm('period').map((match) => {
    const start = dated(match, 'start', until);
    const [first] = start;
    return [...start, ...dated(match, 'end', first === undefined ? until : { first: first.value, ...until })];
  });
  const [period = []] = periods;
  const firstOf = (facts: readonly Fact[], name: string): string | undefined =>
    facts.find((candidate) => candidate.name === name)?.value;
  const [start, end] = [firstOf(period, 'start'), firstOf(period, 'end')];

  const afterwards = { ...(end === undefined ? {} : { first: end }), ...until };
  const feedbacks = ofForm('feedback').flatMap((match) => dated(match, 'feedback', afterwards));
  const feedback = feedbacks[0]?.value;
  const meetings = ofForm('meeting').flatMap((match) =>
    dated(match, 'meeting', feedback === undefined ? afterwards : { first: feedback, ...until }),
  );

  const named = (match: RuleMatch, name: string): readonly Fact[] => {
    const span = emitted(match, name);
    return span === undefined ? [] : [fact(name, withoutSpaces(view.text.slice(span.start, span.end)), span, match)];
  };
  const teams = withoutNested(ofForm('team')).flatMap((match) => named(match, 'team'));
  const team = teams.find(({ rule }) => rule === bestRule(ofForm('team')))?.value;
  const [unit] = unitMatches(rules, view, ofForm).flatMap((match) => named(match, 'unit'));
  const kind = kindOf(rules, view, ofForm('kind'));

  const inspection = { kind, team, start, end, feedback, published: publishedOn };
  return {
    ...(unit === undefined ? {} : { unit: { name: unit.value, evidence: unit.evidence } }),
    inspection: Object.fromEntries(Object.entries(inspection).filter(([, value]) => value !== undefined)),
    facts: [
      ...(unit === undefined ? [] : [unit]),
      ...teams,
      ...periods.flat(),
      ...feedbacks,
      ...meetings,
      ...published,
    ],
  };
}

const withoutSpaces = (written: string): string => written.replace(/\s/gu, '');

type ByForm = (form: string) => readonly RuleMatch[];

/** Of matches that stand in one another only the outermost; of equal ones the first. */
const withoutNested = (matches: readonly RuleMatch[]): readonly RuleMatch[] =>
  matches.filter(
    (match, index) =>
      !matches.some((other, at) => at !== index && contains(other, match) && (!contains(match, other) || at < index)),
  );

/** Path of the rule of highest priority that matched at all: a numbered team before an unnumbered one. */
const bestRule = (matches: readonly RuleMatch[]): string | undefined =>
  [...matches].sort((a, b) => b.rule.priority - a.rule.priority)[0]?.rule.path;

// ── Title and first paragraph ─────────────────────────────────────────────────────────────────────────────────────

const LONGEST_TITLE_LINE = 70;
const MOST_TITLE_LINES = 5;
const MOST_LEAD_BLOCKS = 12;

/** The short lines that a notice begins with: up to the first that is a sentence. */
function titleOf(view: View): Span {
  const lines: Block[] = [];
  for (const block of view.blocks.slice(0, MOST_LEAD_BLOCKS)) {
    const isSentence = /[。；]/u.test(view.folded.slice(block.start, block.end));
    if (block.end - block.start > LONGEST_TITLE_LINE || isSentence || lines.length === MOST_TITLE_LINES) break;
    lines.push(block);
  }
  return { start: lines[0]?.start ?? 0, end: lines.at(-1)?.end ?? 0 };
}

/** Who reports: as the title says it, else as the signature does, else whom the first paragraph says was inspected. */
function unitMatches(rules: RuleSet, view: View, ofForm: ByForm): readonly RuleMatch[] {
  const title = titleOf(view);
  const starts = view.blocks.filter((block) => contains(title, block)).map(({ start }) => start);
  const inTitle = starts.flatMap((start) =>
    matchWithin(rules, 'facts', view, { start, end: title.end }).filter(({ set }) => set.form === 'title'),
  );
  const byRule = [...inTitle].sort((a, b) => b.rule.priority - a.rule.priority || a.start - b.start);
  const firstSigned = view.blocks[Math.max(1, view.blocks.length - MOST_SIGNATURE_BLOCKS)];
  const signatures = ofForm('signature').filter(({ start }) => start >= (firstSigned?.start ?? 0));
  return [...byRule, ...signatures.slice(-1), ...ofForm('lead')];
}

/** The kind that the title names, else the first that the text names. */
function kindOf(rules: RuleSet, view: View, matches: readonly RuleMatch[]): string | undefined {
  const title = titleOf(view);
  const inTitle = matches.filter((match) => contains(title, match));
  const [best] = inTitle.length > 0 ? [...inTitle].sort((a, b) => b.rule.priority - a.rule.priority) : matches;
  return best?.set.kind ?? (rules.lists.get('OTHER_KIND') ?? [])[0];
}

// ── Publication ───────────────────────────────────────────────────────────────────────────────────────────────────

const MOST_SIGNATURE_BLOCKS = 6;

/** The date under the signature, which is the last of its kind; then those that the page gives. */
function publications(view: View, ofForm: ByForm, dated: (match: RuleMatch) => readonly Fact[]): readonly Fact[] {
  const from = view.blocks[Math.max(0, view.blocks.length - MOST_SIGNATURE_BLOCKS)]?.start ?? 0;
  const isLate = ({ start }: Span): boolean => start >= from;
  const signed = ofForm('signed').filter((match) => isLate(match));
  const early = ofForm('signed').filter((match) => contains(titleOf(view), match));
  return [...signed.slice(-1), ...ofForm('page'), ...early].flatMap(dated);
}

// ── Days ──────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Between {
  readonly first?: string;
  readonly last?: string;
}

interface Calendar {
  /** The day of the mention at `start`, its year completed where the text or the days around it force one. */
  dayAt(start: number, between: Between): string | undefined;
}

function calendarOf(rules: RuleSet, view: View): Calendar {
  const dayIn = (mention: DateMention, year: number): string | undefined => withYear(mention, year).first;
  const isRelative = ({ start, end }: Span): boolean =>
    ['THIS_YEAR', 'LAST_YEAR', 'NEXT_YEAR'].some((list) =>
      (rules.lists.get(list) ?? []).some((word) => view.folded.slice(start, end).startsWith(word)),
    );
  return {
    dayAt: (start, { first, last }) => {
      const mention = view.dateAt(start);
      if (mention?.precision !== 'day') return undefined;
      if (mention.first !== undefined) return mention.first;
      if (isRelative(mention)) {
        const year = last === undefined ? undefined : Number(last.slice(0, 4));
        return year === undefined ? undefined : relativeDay(rules, view, mention, year);
      }
      const forced = yearBetween(first, last, (year) => dayIn(mention, year));
      const year = (first === undefined ? yearBefore(view, mention) : undefined) ?? forced;
      return year === undefined ? undefined : dayIn(mention, year);
    },
  };
}

function relativeDay(rules: RuleSet, view: View, mention: DateMention, year: number): string | undefined {
  const written = view.folded.slice(mention.start, mention.end);
  const is = (list: string): boolean => (rules.lists.get(list) ?? []).some((word) => written.startsWith(word));
  return withYear(mention, is('LAST_YEAR') ? year - 1 : is('NEXT_YEAR') ? year + 1 : year).first;
}

/** The year of the last date before this one in its paragraph that has one and is not later in its year. */
function yearBefore(view: View, mention: DateMention): number | undefined {
  const block = view.blocks.find((candidate) => contains(candidate, mention));
  if (block === undefined) return undefined;
  const before = view.dates.filter(
    ({ start, year }) => start >= block.start && start < mention.start && year !== undefined,
  );
  const last = before.at(-1);
  if (last?.year === undefined || last.month === undefined) return undefined;
  return last.month <= (mention.month ?? 0) ? last.year : undefined;
}
