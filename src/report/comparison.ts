/** A comparison for a terminal, and its figures as CSV. Long lists are cut to what a person reads; the JSON has them whole. */
import type { Comparison } from '../compare/comparison.js';
import { say } from '../messages/index.js';
import type { Language } from '../model.js';
import { csvHead, csvRows } from './csv.js';
import { label, type MetricNames, metricName, type Review, reviewLine, standingOf } from './entry.js';
import { printable } from './escape.js';
import { renderTable } from './table.js';

export interface FiguresOptions {
  readonly language: Language;
  readonly metricNames: MetricNames;
}

export interface ComparisonTextOptions extends FiguresOptions {
  /** Columns of the terminal. */
  readonly width: number;
  /** Decisions on the checks between the notices, by their key. */
  readonly reviews?: ReadonlyMap<string, Review>;
}

/** What fits beside each other on a terminal, and what a person reads to the end. */
const MOST_METRICS = 6;
const MOST_ITEMS = 12;

interface FigureTable {
  readonly titles: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Units × metrics, as stated in digits; then the rates computed anew. */
function figureTable({ notices, figures }: Comparison, { language, metricNames }: FiguresOptions): FigureTable {
  const identities = new Map(notices.map((notice) => [notice.document, notice]));
  const name = (metric: string): string => metricName(metric, language, metricNames);
  return {
    titles: [
      say(language, 'report.column.unit'),
      say(language, 'report.column.date'),
      ...figures.rates.map((metric) => say(language, 'report.recomputed', { name: name(metric) })),
      ...figures.metrics.map(name),
    ],
    rows: figures.rows.map((row) => {
      const identity = identities.get(row.document);
      return [
        identity?.unit ?? row.document,
        identity?.date ?? '',
        ...figures.rates.map((metric) => row.rates[metric]?.value ?? ''),
        ...figures.metrics.map((metric) => row.figures[metric]?.value ?? ''),
      ];
    }),
  };
}

const WIDTH = 16;
const asCell = (value: string): string | number =>
  /^-?\d{1,15}(?:\.\d+)?$/.test(value) && value.length < 16 ? Number(value) : value;

export function renderFiguresCsv(comparison: Comparison, options: FiguresOptions): string {
  const { titles, rows } = figureTable(comparison, options);
  const cells = rows.map((row) => ({ anchor: '', cells: row.map(asCell) }));
  return csvHead(titles.map((title) => ({ title, width: WIDTH }))) + csvRows(cells);
}

export function renderComparisonText(comparison: Comparison, options: ComparisonTextOptions): string {
  const { language, width, reviews = new Map<string, Review>() } = options;
  const { notices, figures, checks, problems, passages } = comparison;
  const unitOf = (document: string): string => notices.find((notice) => notice.document === document)?.unit ?? document;
  const { titles, rows } = figureTable(comparison, options);
  const shown = 2 + figures.rates.length + MOST_METRICS;
  const columns = titles.slice(0, shown).map((title, index) => ({ title, ...(index === 0 ? { minWidth: 12 } : {}) }));
  const part = (code: string, lines: readonly string[]): readonly string[] => {
    if (lines.length === 0) return [];
    const kept = lines.slice(0, MOST_ITEMS);
    const more = lines.length - kept.length;
    const rest = more > 0 ? [say(language, 'report.compare.more', { count: more })] : [];
    return ['', say(language, code), ...[...kept, ...rest].map((line) => `  ${printable(line)}`)];
  };
  const lines = [
    renderTable(
      columns,
      rows.map((row) => row.slice(0, shown)),
      width,
    ),
    ...part(
      'report.compare.checks',
      checks
        .filter(({ verdict }) => verdict !== 'consistent')
        .map((check) => {
          const review = reviews.get(check.key);
          const said =
            review === undefined ? [] : [label(language, 'decision', review.decision), reviewLine(review, language)];
          return [label(language, 'standing', standingOf(check, review)), check.message[language], ...said].join('  ');
        }),
    ),
    ...part(
      'report.compare.outliers',
      figures.outliers.map(({ document, message }) => `${unitOf(document)}  ${message[language]}`),
    ),
    ...part(
      'report.compare.problems',
      problems.groups.map(
        ({ title, units, mentions }) => `${title}  ${say(language, 'report.compare.groupFacts', { units, mentions })}`,
      ),
    ),
    ...part(
      'report.compare.passages',
      passages.passages.map(({ places, units, length }) => {
        const quote = places[0]?.evidence.quote.trim() ?? '';
        return `${quote.slice(0, 40)}…  ${say(language, 'report.compare.passageFacts', { units, length })}`;
      }),
    ),
  ];
  return `${lines.join('\n')}\n`;
}
