/**
 * What the terminal shows of audited notices: headline, then each check as a compiler shows a diagnostic, with the quoted
 * words marked under their line. Colours only when told to; every width is counted in columns, Chinese characters as two.
 */
import picocolors from 'picocolors';
import { say } from '../messages/index.js';
import type { Evidence, Language, NoticeRecord, Span } from '../model.js';
import { createLocator, lineStarts } from '../text.js';
import {
  addTallies,
  checkDerivation,
  checkDetails,
  correctionLines,
  countsOf,
  headlineFigures,
  type JudgedCheck,
  judgedChecks,
  label,
  type MetricNames,
  metricName,
  type NoticeSummary,
  noticeName,
  periodOf,
  placesOf,
  type ReportEntry,
  reviewLine,
  STANDINGS,
  type Standing,
  type Tally,
  tally,
} from './entry.js';
import { printable } from './escape.js';
import { type Column, renderTable } from './table.js';
import { displayWidth, wrap } from './width.js';

/** `quiet`: errors alone. `normal`: all, what holds on one line each. `verbose`: every check with its words and operands. */
export type Detail = 'quiet' | 'normal' | 'verbose';

export interface TextOptions {
  readonly language: Language;
  readonly color: boolean;
  /** Terminal columns. */
  readonly width: number;
  readonly detail: Detail;
  readonly metricNames?: MetricNames;
}

type Paint = ReturnType<typeof picocolors.createColors>;

/** What is shown of a check's places unless all are asked for. */
const MOST_SNIPPETS = 4;
const MOST_QUOTES = 6;
const INDENT = '  ';

const standingPaint = (paint: Paint, standing: Standing): ((text: string) => string) => {
  const paints: Readonly<Record<Standing, (text: string) => string>> = {
    error: paint.red,
    warning: paint.yellow,
    info: paint.cyan,
    unverifiable: paint.magenta,
    consistent: paint.green,
    dismissed: paint.gray,
  };
  return paints[standing];
};

/** Where a notice's lines begin and how its positions are called. */
interface Source {
  readonly name: string;
  readonly text: string;
  readonly starts: readonly number[];
  readonly line: (offset: number) => number;
}

function sourceOf(record: NoticeRecord, text: string): Source {
  const locator = createLocator({ text });
  return { name: printable(record.document.source), text, starts: lineStarts(text), line: locator.line };
}

/** `file:line:column`, the column in characters from 1. */
function placeName({ name, text, starts, line }: Source, at: Span): string {
  const lineNumber = line(at.start);
  const column = [...text.slice(starts[lineNumber - 1], at.start)].length + 1;
  return `${name}:${lineNumber}:${column}`;
}

const pageName = (evidence: Evidence, language: Language): string =>
  evidence.page === undefined ? '' : ` (${say(language, 'report.page', { page: evidence.page })})`;

/** Columns that a stretch of the text takes once it is printable. */
const shownWidth = (text: string): number => displayWidth(printable(text));

/** The part of `bounds` that fits `room` columns: as much of `focus` as there is room for, then equally on both sides. */
function excerpt(text: string, bounds: Span, focus: Span, room: number): Span {
  let { start } = focus;
  let end = start;
  let used = 0;
  const take = (char: string): boolean => {
    const width = shownWidth(char);
    if (used + width > room) return false;
    used += width;
    return true;
  };
  const charAt = (at: number): string => String.fromCodePoint(text.codePointAt(at) as number);
  while (end < focus.end && take(charAt(end))) end += charAt(end).length;
  if (end < focus.end) return { start, end };
  for (let isGrowing = true; isGrowing; ) {
    isGrowing = false;
    if (start > bounds.start) {
      const low = text.charCodeAt(start - 1);
      const size = low >= 0xdc00 && low <= 0xdfff && start - 2 >= bounds.start ? 2 : 1;
      if (take(text.slice(start - size, start))) {
        start -= size;
        isGrowing = true;
      }
    }
    if (end < bounds.end && take(charAt(end))) {
      end += charAt(end).length;
      isGrowing = true;
    }
  }
  return { start, end };
}

/** A stretch of one line with the evidence in it. */
interface Snippet {
  readonly line: number;
  readonly marks: readonly Span[];
}

/** Evidence gathered by line; neighbours share a snippet where both fit in `room` columns. */
function snippetsOf(source: Source, places: readonly Evidence[], room: number): readonly Snippet[] {
  const snippets: Snippet[] = [];
  for (const place of places) {
    const line = source.line(place.start);
    const lineEnd = (source.starts[line] ?? source.text.length + 1) - 1;
    const mark = { start: place.start, end: Math.min(place.end, lineEnd) };
    const last = snippets.at(-1);
    const fits = last?.line === line && shownWidth(source.text.slice((last.marks[0] as Span).start, mark.end)) <= room;
    if (last !== undefined && fits) snippets[snippets.length - 1] = { line, marks: [...last.marks, mark] };
    else snippets.push({ line, marks: [mark] });
  }
  return snippets;
}

function renderSnippet(
  source: Source,
  { line, marks }: Snippet,
  gutter: number,
  width: number,
  mark: (text: string) => string,
  dim: (text: string) => string,
): readonly string[] {
  const bounds = { start: source.starts[line - 1] as number, end: (source.starts[line] ?? source.text.length + 1) - 1 };
  const focus = { start: (marks[0] as Span).start, end: Math.max(...marks.map((one) => one.end)) };
  const room = Math.max(16, width - gutter - 5);
  const shown = excerpt(source.text, bounds, focus, room);
  const before = shown.start > bounds.start ? '…' : '';
  const after = shown.end < bounds.end ? '…' : '';
  let underline = ' '.repeat(displayWidth(before));
  let at = shown.start;
  for (const one of marks) {
    const start = Math.max(at, one.start);
    const end = Math.min(shown.end, one.end);
    if (end <= start) continue;
    underline += ' '.repeat(shownWidth(source.text.slice(at, start)));
    underline += mark('^'.repeat(Math.max(1, shownWidth(source.text.slice(start, end)))));
    at = end;
  }
  const number = String(line).padStart(gutter);
  return [
    `${dim(`${number} |`)} ${before}${printable(source.text.slice(shown.start, shown.end))}${after}`,
    `${dim(`${' '.repeat(gutter)} |`)} ${underline}`,
  ];
}

/** One check in full: what was found, where, the words, and what it rests on. */
function renderDiagnostic(source: Source, judged: JudgedCheck, options: TextOptions, paint: Paint): string {
  const { check, standing, review } = judged;
  const { language, width } = options;
  const color = standingPaint(paint, standing);
  const places = placesOf(check);
  const isVerbose = options.detail === 'verbose';
  const gutter = String(source.starts.length).length;
  const margin = ' '.repeat(gutter);
  const lines = [
    `${color(paint.bold(label(language, 'standing', standing)))}${paint.dim(`[${printable(check.check)}]`)} ` +
      paint.bold(printable(check.message)),
  ];
  const snippets = snippetsOf(source, places, width - gutter - 5);
  const shown = isVerbose ? snippets : snippets.slice(0, MOST_SNIPPETS);
  for (const snippet of shown) {
    const first = places.find((place) => place.start === snippet.marks[0]?.start) as Evidence;
    lines.push(`${margin}${paint.dim('-->')} ${placeName(source, first)}${pageName(first, language)}`);
    lines.push(...renderSnippet(source, snippet, gutter, width, color, paint.dim));
  }
  const remark = (text: string): void => {
    const [first = '', ...rest] = wrap(printable(text), width - gutter - 3);
    lines.push(`${margin} ${paint.dim('=')} ${first}`, ...rest.map((line) => `${margin}   ${line}`));
  };
  const hidden = snippets.slice(shown.length).reduce((count, { marks }) => count + marks.length, 0);
  if (hidden > 0) remark(say(language, 'report.morePlaces', { count: hidden }));
  const details = isVerbose ? checkDerivation : checkDetails;
  for (const { name, value } of details(check, language, options.metricNames)) {
    remark(say(language, 'report.labelled', { name, value }));
  }
  if (review !== undefined) remark(reviewLine(review, language));
  return lines.join('\n');
}

/** One check that holds, on a line, and under it the words it was verified on. */
function renderVerified(source: Source, { check, standing }: JudgedCheck, options: TextOptions, paint: Paint): string {
  const places = placesOf(check);
  const first = places[0];
  const head = `${standingPaint(paint, standing)('✓')} ${printable(check.message)}`;
  if (first === undefined) return head;
  const quotes = places.slice(0, MOST_QUOTES).map((place) => `“${printable(place.quote)}”`);
  const where = `${placeName(source, first)}${pageName(first, options.language)}  ${quotes.join(' ')}`;
  const indented = wrap(where, options.width - 2 * INDENT.length).slice(0, 2);
  return [head, ...indented.map((line) => paint.dim(`${INDENT}${line}`))].join('\n');
}

function headLines(entry: ReportEntry, options: TextOptions, paint: Paint): readonly string[] {
  const { language, metricNames } = options;
  const { record } = entry;
  const { inspection, document } = record;
  const separator = say(language, 'report.listSeparator');
  const name = noticeName(entry);
  const lines = [`${paint.bold(paint.underline(printable(name)))}  ${paint.dim(printable(document.source))}`];
  const indent = (text: string): void => {
    lines.push(...wrap(printable(text), options.width - INDENT.length).map((line) => `${INDENT}${line}`));
  };
  const details = [
    inspection.team,
    periodOf(inspection, language),
    inspection.feedback === undefined ? undefined : say(language, 'report.feedbackOn', { date: inspection.feedback }),
    inspection.published === undefined
      ? undefined
      : say(language, 'report.publishedOn', { date: inspection.published }),
  ].filter((part) => part !== undefined);
  if (details.length > 0) {
    const kind = inspection.kind ?? say(language, 'report.inspectionKind');
    indent(say(language, 'report.inspection', { kind, details: details.join(separator) }));
  }
  const coverage = say(language, 'report.coverage', { percent: Math.round(record.coverage * 100) });
  indent(`${say(language, 'report.counts', { ...countsOf(record) })}${separator}${coverage}`);
  const figures = headlineFigures(record).map((figure) =>
    say(language, 'report.operandValue', {
      name: metricName(figure.metric, language, metricNames),
      stated: figure.stated,
    }),
  );
  if (figures.length > 0) {
    const value = figures.join(separator);
    indent(say(language, 'report.labelled', { name: say(language, 'report.headlineFigures'), value }));
  }
  for (const line of correctionLines(entry, language, metricNames)) indent(line);
  for (const note of record.notes) {
    indent(say(language, 'report.labelled', { name: say(language, 'report.notes'), value: note.message }));
  }
  return lines;
}

/** `2 错误，1 警告`: standings that occur, in order of gravity. */
export function renderTally(counts: Tally, options: Pick<TextOptions, 'language' | 'color'>): string {
  const paint = picocolors.createColors(options.color);
  const parts = STANDINGS.filter((standing) => counts[standing] > 0).map((standing) => {
    const name = label(options.language, 'standing', standing);
    const part = say(options.language, 'report.tallyPart', { name, count: counts[standing] });
    return standingPaint(paint, standing)(part);
  });
  if (parts.length === 0) return say(options.language, 'report.nothingToShow');
  return parts.join(say(options.language, 'report.listSeparator'));
}

function isShownInFull({ standing }: JudgedCheck, detail: Detail): boolean {
  if (detail === 'verbose') return true;
  if (detail === 'quiet') return standing === 'error';
  return standing !== 'consistent' && standing !== 'dismissed';
}

/** A notice as `hecha audit` prints it, ending with its tally and a line feed. */
export function renderNotice(entry: ReportEntry, options: TextOptions): string {
  const paint = picocolors.createColors(options.color);
  const source = sourceOf(entry.record, entry.text);
  const judged = judgedChecks(entry);
  const full = judged.filter((one) => isShownInFull(one, options.detail));
  const brief =
    options.detail === 'normal' ? judged.filter((one) => !full.includes(one) && one.standing === 'consistent') : [];
  const parts = [
    headLines(entry, options, paint).join('\n'),
    ...full.map((one) => renderDiagnostic(source, one, options, paint)),
    ...(brief.length > 0 ? [brief.map((one) => renderVerified(source, one, options, paint)).join('\n')] : []),
    renderTally(tally(judged), options),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** One line for many notices: how many, and all their checks. */
export function renderSummary(tallies: readonly Tally[], options: Pick<TextOptions, 'language' | 'color'>): string {
  const counted = renderTally(addTallies(tallies), options);
  return say(options.language, 'report.summary', { notices: tallies.length, tally: counted });
}

/** Many notices as a table, one line each. `id` is what other commands call the notice by. */
export function renderList(
  rows: readonly { readonly id: string; readonly summary: NoticeSummary }[],
  { language, color, width }: Pick<TextOptions, 'language' | 'color' | 'width'>,
): string {
  const title = (name: string): string => say(language, `report.column.${name}`);
  const standings = ['error', 'warning', 'info'] as const;
  const columns: readonly Column[] = [
    { title: title('id') },
    { title: title('unit'), minWidth: 12 },
    { title: title('period') },
    { title: title('findings'), align: 'right' },
    { title: title('measures'), align: 'right' },
    { title: title('rate'), align: 'right' },
    ...standings.map((standing): Column => ({ title: label(language, 'standing', standing), align: 'right' })),
    { title: title('source'), minWidth: 12 },
  ];
  const cells = rows.map(({ id, summary }) => [
    id,
    summary.name,
    periodOf(summary.inspection, language) ?? '',
    String(summary.counts.findings),
    String(summary.counts.measures),
    summary.rate?.stated ?? '',
    ...standings.map((standing) => String(summary.tally[standing])),
    summary.source,
  ]);
  return renderTable(columns, cells, width, picocolors.createColors(color).bold);
}
