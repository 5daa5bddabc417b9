/**
 * The ledgers that offices keep of notices (findings, measures, responsibles, figures, doubts, units side by side) as plain tables.
 * Spreadsheets and CSV files are both written from these.
 */
import { say } from '../messages/index.js';
import type { Language } from '../model.js';
import { type BetweenNotices, betweenAnchor, judgedBetween, unitNames } from './between.js';
import {
  checkDerivation,
  countedRecord,
  headlineFigures,
  judgedChecks,
  label,
  type MetricNames,
  metricName,
  noticeName,
  placesOf,
  quoteOf,
  type ReportEntry,
  reviewLine,
} from './entry.js';
import { anchors } from './html/notice.js';

/** ISO date; ledgers keep it apart from text so that a workbook can hold a real date. */
export interface DateCell {
  readonly date: string;
}

export type Cell = string | number | DateCell | undefined;

export interface LedgerColumn {
  readonly title: string;
  /** In characters of a spreadsheet's standard font; a Chinese character takes two. */
  readonly width: number;
}

export interface LedgerRow {
  readonly cells: readonly Cell[];
  /** Id in the HTML report of what the row is about. */
  readonly anchor: string;
}

export const LEDGERS = ['findings', 'measures', 'responsibles', 'figures', 'checks'] as const;
export type LedgerName = (typeof LEDGERS)[number];

export interface LedgerOptions {
  readonly language: Language;
  readonly metricNames?: MetricNames;
  /** Goes before every anchor, as in the HTML report; '' where a notice has its own page. */
  readonly prefix?: string;
}

interface Definition {
  readonly columns: readonly (readonly [code: string, width: number])[];
  readonly rows: (entry: ReportEntry, options: Required<LedgerOptions>) => readonly LedgerRow[];
}

/** A day, or a time whose day is taken. */
const ISO_DATE = /^\d{4}-\d{2}-\d{2}(?=T|$)/;
const MOST_DIGITS = 15;

function dateCell(iso: string | undefined): Cell {
  const [date] = ISO_DATE.exec(iso ?? '') ?? [];
  return date === undefined ? iso : { date };
}

/** A decimal string as a number where a spreadsheet can hold all its digits, else as it is. */
export function numberCell(decimal: string | undefined): Cell {
  if (decimal === undefined || !/^-?\d+(?:\.\d+)?$/.test(decimal)) return decimal;
  return decimal.replace(/\D/g, '').length > MOST_DIGITS ? decimal : Number(decimal);
}

/** What a person put in the place of `from`, and why. */
function correctionNote(
  { corrections = [] }: ReportEntry,
  field: string,
  from: string | undefined,
  language: Language,
): Cell {
  const found = corrections.find((one) => one.field === field && one.from === from);
  return found && say(language, 'report.correctedTo', { to: found.to, review: reviewLine(found, language) });
}

const DEFINITIONS: Readonly<Record<LedgerName, Definition>> = {
  findings: {
    columns: [
      ['unit', 28],
      ['section', 10],
      ['number', 8],
      ['finding', 44],
      ['status', 10],
      ['deadline', 12],
      ['responsibles', 20],
      ['measures', 8],
      ['outcomes', 8],
      ['line', 8],
      ['page', 8],
      ['source', 36],
    ],
    rows: (entry, { language, prefix }) =>
      countedRecord(entry).findings.map((finding, index) => ({
        anchor: anchors.finding(prefix, index),
        cells: [
          noticeName(entry),
          finding.section ?? undefined,
          finding.number ?? undefined,
          finding.titles.join(say(language, 'report.titleSeparator')),
          label(language, 'status', finding.status),
          dateCell(finding.deadline),
          finding.responsibles.join(say(language, 'report.listSeparator')),
          finding.measures.length,
          finding.outcomes.length,
          finding.evidence.line,
          finding.evidence.page,
          entry.record.document.source,
        ],
      })),
  },
  measures: {
    columns: [
      ['unit', 28],
      ['section', 10],
      ['number', 8],
      ['finding', 32],
      ['role', 8],
      ['ordinal', 8],
      ['content', 70],
      ['status', 10],
      ['deadline', 12],
      ['responsibles', 20],
      ['line', 8],
      ['page', 8],
    ],
    rows: (entry, { language, prefix }) =>
      countedRecord(entry).findings.flatMap((finding, index) => {
        const anchor = anchors.finding(prefix, index);
        const start = [
          noticeName(entry),
          finding.section ?? undefined,
          finding.number ?? undefined,
          finding.titles.join(say(language, 'report.titleSeparator')),
        ];
        const measures = finding.measures.map((measure) => [
          say(language, 'report.measure'),
          measure.ordinal,
          measure.text,
          label(language, 'status', measure.status),
          dateCell(measure.deadline),
          measure.responsibles.join(say(language, 'report.listSeparator')),
          measure.evidence.line,
          measure.evidence.page,
        ]);
        const outcomes = finding.outcomes.map((outcome) => [
          say(language, 'report.outcome'),
          outcome.ordinal,
          outcome.text,
          undefined,
          undefined,
          undefined,
          outcome.evidence.line,
          outcome.evidence.page,
        ]);
        return [...measures, ...outcomes].map((cells) => ({ anchor, cells: [...start, ...cells] }));
      }),
  },
  responsibles: {
    columns: [
      ['unit', 28],
      ['name', 16],
      ['personOrUnit', 8],
      ['roles', 40],
      ['findings', 40],
      ['line', 8],
      ['page', 8],
      ['correction', 30],
      ['source', 36],
    ],
    rows: (entry, { language, prefix }) => {
      const { responsibles, findings: all } = countedRecord(entry);
      return responsibles.map((responsible, index) => {
        const findings = all.filter(
          ({ responsibles, measures }) =>
            responsibles.includes(responsible.name) ||
            measures.some((measure) => measure.responsibles.includes(responsible.name)),
        );
        return {
          anchor: anchors.line(prefix, responsible.evidence.line),
          cells: [
            noticeName(entry),
            responsible.name,
            label(language, 'responsible', responsible.kind),
            responsible.roles.join(say(language, 'report.listSeparator')),
            findings.flatMap(({ titles }) => titles).join(say(language, 'report.titleSeparator')),
            responsible.evidence.line,
            responsible.evidence.page,
            correctionNote(entry, 'responsible', entry.record.responsibles[index]?.name, language),
            entry.record.document.source,
          ],
        };
      });
    },
  },
  figures: {
    columns: [
      ['unit', 28],
      ['metric', 20],
      ['value', 16],
      ['base', 8],
      ['stated', 24],
      ['noun', 16],
      ['scope', 10],
      ['qualifier', 10],
      ['lower', 14],
      ['upper', 14],
      ['line', 8],
      ['page', 8],
      ['correction', 30],
      ['source', 36],
    ],
    rows: (entry, { language, metricNames, prefix }) =>
      countedRecord(entry).figures.map((figure, index) => ({
        anchor: anchors.line(prefix, figure.evidence.line),
        cells: [
          noticeName(entry),
          metricName(figure.metric, language, metricNames),
          numberCell(figure.value),
          figure.unit,
          entry.record.figures[index]?.stated,
          figure.noun,
          label(language, 'scope', figure.scope),
          label(language, 'qualifier', figure.qualifier),
          numberCell(figure.lower),
          numberCell(figure.upper),
          figure.evidence.line,
          figure.evidence.page,
          correctionNote(entry, `figure:${figure.metric}`, entry.record.figures[index]?.stated, language),
          entry.record.document.source,
        ],
      })),
  },
  checks: {
    columns: [
      ['unit', 28],
      ['result', 10],
      ['kind', 10],
      ['message', 54],
      ['quotes', 54],
      ['basis', 44],
      ['line', 8],
      ['page', 8],
      ['decision', 10],
      ['reason', 30],
      ['who', 12],
      ['when', 14],
      ['rule', 28],
      ['source', 36],
    ],
    rows: (entry, { language, metricNames, prefix }) =>
      judgedChecks(entry).map(({ check, standing, review }) => {
        const [first] = placesOf(check);
        const details = checkDerivation(check, language, metricNames);
        return {
          anchor: anchors.check(prefix, entry.record.checks.indexOf(check)),
          cells: [
            noticeName(entry),
            label(language, 'standing', standing),
            label(language, 'kind', check.kind),
            check.message,
            placesOf(check)
              .map((evidence) => quoteOf(check, evidence))
              .join('\n'),
            details.map(({ name, value }) => say(language, 'report.labelled', { name, value })).join('\n'),
            first?.line,
            first?.page,
            review && label(language, 'decision', review.decision),
            review?.reason,
            review?.who,
            dateCell(review?.when),
            check.check,
            entry.record.document.source,
          ],
        };
      }),
  },
};

export const ledgerTitle = (name: LedgerName | 'comparison' | 'between', language: Language): string =>
  say(language, `report.ledger.${name}`);

export const ledgerColumns = (name: LedgerName, language: Language): readonly LedgerColumn[] =>
  DEFINITIONS[name].columns.map(([code, width]) => ({ title: say(language, `report.column.${code}`), width }));

/** The rows that one notice adds to a ledger. */
export const ledgerRows = (name: LedgerName, entry: ReportEntry, options: LedgerOptions): readonly LedgerRow[] =>
  DEFINITIONS[name].rows(entry, { metricNames: {}, prefix: '', ...options });

const BETWEEN_COLUMNS = [
  ['result', 10],
  ['kind', 10],
  ['message', 60],
  ['units', 36],
  ['quotes', 44],
  ['decision', 10],
  ['reason', 30],
  ['who', 12],
  ['when', 14],
  ['rule', 20],
] as const;

/** What notices say of each other, gravest first. */
export function betweenLedger(
  between: BetweenNotices | undefined,
  { language }: LedgerOptions,
): { readonly columns: readonly LedgerColumn[]; readonly rows: readonly LedgerRow[] } {
  const columns = BETWEEN_COLUMNS.map(([code, width]) => ({ title: say(language, `report.column.${code}`), width }));
  if (between === undefined) return { columns, rows: [] };
  const nameOf = unitNames(between.comparison);
  return {
    columns,
    rows: judgedBetween(between).map(({ check, standing, review }) => ({
      anchor: betweenAnchor(check),
      cells: [
        label(language, 'standing', standing),
        label(language, 'kind', check.kind),
        check.message[language],
        [...new Set(check.documents.map(nameOf))].join('\n'),
        check.evidence.map(({ quote }) => quote).join('\n'),
        review && label(language, 'decision', review.decision),
        review?.reason,
        review?.who,
        dateCell(review?.when),
        check.check,
      ],
    })),
  };
}

/** What the side-by-side table keeps of a notice: one number for each metric, the first that its headline states. */
export interface ComparisonRow {
  readonly name: string;
  readonly anchor: string;
  readonly source: string;
  readonly values: ReadonlyMap<string, Cell>;
  readonly errors: number;
  readonly warnings: number;
}

export function comparisonRow(entry: ReportEntry, prefix: string): ComparisonRow {
  const values = new Map<string, Cell>();
  for (const { metric, value } of headlineFigures(countedRecord(entry))) {
    if (metric !== null && !values.has(metric)) values.set(metric, numberCell(value));
  }
  const judged = judgedChecks(entry);
  return {
    name: noticeName(entry),
    anchor: anchors.notice(prefix),
    source: entry.record.document.source,
    values,
    errors: judged.filter(({ standing }) => standing === 'error').length,
    warnings: judged.filter(({ standing }) => standing === 'warning').length,
  };
}

/** Units side by side: a column for each metric that any of them states, in order of first appearance. */
export function comparisonLedger(
  compared: readonly ComparisonRow[],
  { language, metricNames = {} }: LedgerOptions,
): { readonly columns: readonly LedgerColumn[]; readonly rows: readonly LedgerRow[] } {
  const metrics = [...new Set(compared.flatMap(({ values }) => [...values.keys()]))];
  const column = (code: string, width: number): LedgerColumn => ({
    title: say(language, `report.column.${code}`),
    width,
  });
  return {
    columns: [
      column('unit', 30),
      ...metrics.map((metric) => ({ title: metricName(metric, language, metricNames), width: 16 })),
      { title: label(language, 'standing', 'error'), width: 8 },
      { title: label(language, 'standing', 'warning'), width: 8 },
      column('source', 36),
    ],
    rows: compared.map(({ name, anchor, source, values, errors, warnings }) => ({
      anchor,
      cells: [name, ...metrics.map((metric) => values.get(metric)), errors, warnings, source],
    })),
  };
}
