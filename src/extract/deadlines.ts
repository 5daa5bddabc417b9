/**
 * Until when something is to be done: under labels, in table columns and in sentences. A year that is not written is supplied
 * only where the notice's own dates force it; 立行立改 and 长期坚持 have no day.
 */
import type { Block, Quantity, Span } from '../model.js';
import { addDays, type CalendarDay, daysInMonth, isoDate, parseIso, withYear } from '../number/dates.js';
import type { RuleSet } from '../rules/load.js';
import { matchTopic, type RuleMatch } from '../rules/match.js';
import type { View } from '../rules/view.js';
import { contains, firstMatch } from '../text.js';
import type { Label } from './outline.js';
import { yearBetween, yearsAway } from './years.js';

export type Standing = 'immediately' | 'longTerm';

export interface Deadline {
  /** The last day. Absent where the notice's dates do not tell it, and for a standing term. */
  readonly iso?: string;
  readonly standing?: Standing;
  readonly span: Span;
}

/** Days of the notice that a deadline without its year, or a period, is counted from. ISO dates. */
export interface DeadlineContext {
  readonly feedback?: string;
  readonly published?: string;
}

/**
 * Every deadline within `within`: those under labels and in columns first, then those in sentences, each in text order.
 * @param labels those of the outline, for what only this notice calls a deadline
 */
export function findDeadlines(
  rules: RuleSet,
  view: View,
  within: Span,
  context: DeadlineContext,
  labels: readonly Label[] = [],
): readonly Deadline[] {
  return mentionsOf(rules, view, labels)
    .filter(({ span }) => contains(within, span))
    .map(({ span, standing }) => {
      const iso = standing === undefined ? lastDay(rules, view, span, context) : undefined;
      return { span, ...(iso === undefined ? {} : { iso }), ...(standing === undefined ? {} : { standing }) };
    });
}

interface Mention {
  readonly span: Span;
  readonly standing?: Standing;
}

const mentionsByView = new WeakMap<View, readonly Mention[]>();

function mentionsOf(rules: RuleSet, view: View, labels: readonly Label[]): readonly Mention[] {
  const known = mentionsByView.get(view);
  if (known !== undefined) return known;
  const matches = matchTopic(rules, 'deadlines', view);
  const ofForm = (form: string): readonly Mention[] =>
    matches.filter(({ set }) => set.form === form).flatMap(mentioned);
  const seen = new Set<number>();
  const mentions = [
    ...ofForm('labelled'),
    ...inColumns(rules, view),
    ...underLabels(rules, view, labels),
    ...ofForm('told'),
  ].filter(({ span }) => {
    const isNew = !seen.has(span.start);
    seen.add(span.start);
    return isNew;
  });
  mentionsByView.set(view, mentions);
  return mentions;
}

function mentioned(match: RuleMatch): readonly Mention[] {
  const [emitted] = match.emits;
  if (emitted === undefined) return [];
  const { standing } = match.set;
  return [{ span: emitted.span, ...(standing === 'immediately' || standing === 'longTerm' ? { standing } : {}) }];
}

/** Dates and periods under a cell that is nothing but a label of deadlines, or beside it; below a paragraph that is. */
function inColumns(rules: RuleSet, view: View): readonly Mention[] {
  const label = rules.compile('{DEADLINE_CELL}', 'folded').regex;
  const isLabel = ({ start, end }: Span): boolean =>
    firstMatch(label, view.folded.slice(start, end).replace(/\s/gu, '')) !== null;
  const dated: readonly Span[] = [...view.dates, ...view.quantities.filter(({ kind }) => kind === 'duration')];
  return view.blocks.flatMap((header, at) => {
    if (!isLabel(header)) return [];
    const next = view.blocks[at + 1];
    // Without a table what the label says is the paragraph below it.
    const values =
      header.cell !== undefined
        ? view.blocks.filter((block) => isBelow(header, block) || isBeside(header, block))
        : next !== undefined && next.cell === undefined && next.end - next.start <= LONGEST_TERM
          ? [next]
          : [];
    return values.flatMap((block) => dated.filter((span) => contains(block, span)).map((span) => ({ span })));
  });
}

/** Characters of a paragraph that is but a term. */
const LONGEST_TERM = 24;

/** Dates and periods right after a label of deadlines, whatever words it has (最迟时间：…). */
function underLabels(rules: RuleSet, view: View, labels: readonly Label[]): readonly Mention[] {
  const dated: readonly Span[] = [...view.dates, ...view.quantities.filter(({ kind }) => kind === 'duration')];
  const ruled = matchTopic(rules, 'labels', view).filter(
    ({ set }) => set.role === 'deadline' && set.place === undefined,
  );
  return [...ruled, ...labels.filter(({ role }) => role === 'deadline')]
    .flatMap(({ end }) => dated.filter(({ start }) => start >= end && start - end <= MOST_BETWEEN))
    .filter(({ end }) => !/^ ?[至到—～-]/.test(view.folded.slice(end, end + 2)))
    .map((span) => ({ span }));
}

/** Characters between a label and its date: 计划于. */
const MOST_BETWEEN = 4;

const isBelow = ({ cell: header }: Block, { cell }: Block): boolean =>
  header !== undefined &&
  cell !== undefined &&
  cell.table === header.table &&
  cell.column === header.column &&
  cell.row > header.row;

const isBeside = ({ cell: header }: Block, { cell }: Block): boolean =>
  header !== undefined &&
  cell !== undefined &&
  cell.table === header.table &&
  cell.row === header.row &&
  cell.column === header.column + header.columnSpan;

function lastDay(rules: RuleSet, view: View, span: Span, context: DeadlineContext): string | undefined {
  const { feedback, published } = context;
  const period = view.quantityAt(span.start);
  if (period !== undefined) return feedback === undefined ? undefined : addPeriod(rules, feedback, period);
  const date = view.dateAt(span.start);
  if (date === undefined || date.last !== undefined) return date?.last;
  const dayIn = (year: number): string | undefined => withYear(date, year).last;
  const away = yearsAway(rules, view, span);
  const now = published === undefined ? undefined : parseIso(published)?.year;
  if (away !== undefined) return now === undefined ? undefined : dayIn(now + away);
  const year = feedback === undefined ? undefined : yearBetween({ first: feedback }, dayIn);
  return year === undefined ? undefined : dayIn(year);
}

/** `from` plus a period of days, months or years; nothing for working days, which the calendar alone does not tell. */
function addPeriod(rules: RuleSet, from: string, { value, unit }: Quantity): string | undefined {
  const day = parseIso(from);
  if (day === undefined || value.d !== 1n) return undefined;
  const amount = Number(value.n);
  const isIn = (list: string): boolean => rules.lists.get(list)?.includes(unit) === true;
  if (isIn('UNITS_OF_DAYS')) return addDays(from, amount);
  if (isIn('UNITS_OF_MONTHS')) return addMonths(day, amount);
  return isIn('UNITS_OF_YEARS') ? addMonths(day, amount * 12) : undefined;
}

/** The same day so many months later, or the last one of that month where it is shorter. */
function addMonths({ year, month, day }: CalendarDay, months: number): string | undefined {
  const later = year * 12 + month - 1 + months;
  const [laterYear, laterMonth] = [Math.floor(later / 12), (later % 12) + 1];
  return isoDate(laterYear, laterMonth, Math.min(day, daysInMonth(laterYear, laterMonth)));
}
