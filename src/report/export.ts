/** Every file format that notices can be taken away in: one table, for the command line and the page alike. */
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { Language } from '../model.js';
import type { BetweenNotices } from './between.js';
import { csvHead, csvRows } from './csv.js';
import { renderAuditDocx } from './docx.js';
import type { MetricNames, ReportEntry } from './entry.js';
import { betweenLedger, comparisonLedger, comparisonRow, LEDGERS, ledgerColumns, ledgerRows } from './ledger.js';
import { renderSarif } from './sarif.js';
import { type Shown, writeWorkbook } from './xlsx.js';

export const EXPORT_FORMATS = ['xlsx', 'docx', 'csv', 'json', 'jsonl', 'sarif'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Tables that a CSV file can hold: the sheets of the workbook. */
export const EXPORT_TABLES = [...LEDGERS, 'comparison', 'between'] as const;
export type ExportTable = (typeof EXPORT_TABLES)[number];

export const MEDIA_TYPES: Readonly<Record<ExportFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json',
  jsonl: 'application/x-ndjson',
  sarif: 'application/sarif+json',
};

/** Whether an export shows what holds between notices: comparing takes its time. */
export const needsComparison = (format: ExportFormat, table: ExportTable | undefined): boolean =>
  format === 'xlsx' || format === 'docx' || (format === 'csv' && table === 'between');

/** Formats that no terminal can show. */
export const isBinary = (format: ExportFormat): boolean => format === 'xlsx' || format === 'docx';

export interface ExportOptions {
  readonly language: Language;
  readonly metricNames: MetricNames;
  /** Version of hecha, for SARIF. */
  readonly version: string;
  /** Table of a CSV file; `findings` unless said. */
  readonly table?: ExportTable;
  /** ISO date on which the file is made. */
  readonly generated: string;
  /** Where the rows of a workbook lead. */
  readonly shownAt?: Shown;
  /** What holds between the notices: workbooks, Word reports and its own table show it. */
  readonly between?: BetweenNotices;
}

type Entries = AsyncIterable<ReportEntry>;

/** A record with the decisions that people took on it. */
const exported = ({ record, reviews, corrections }: ReportEntry): object => ({
  ...record,
  reviews: [...(reviews ?? [])].map(([key, review]) => ({ key, ...review })),
  corrections: corrections ?? [],
});

async function collect(entries: Entries): Promise<readonly ReportEntry[]> {
  const collected: ReportEntry[] = [];
  for await (const entry of entries) collected.push(entry);
  return collected;
}

async function* csvLines(entries: Entries, table: ExportTable, options: ExportOptions): AsyncGenerator<string> {
  if (table === 'between') {
    const { columns, rows } = betweenLedger(options.between, options);
    yield csvHead(columns) + csvRows(rows);
    return;
  }
  if (table !== 'comparison') {
    yield csvHead(ledgerColumns(table, options.language));
    for await (const entry of entries) yield csvRows(ledgerRows(table, entry, options));
    return;
  }
  const compared = [];
  for await (const entry of entries) compared.push(comparisonRow(entry, ''));
  const { columns, rows } = comparisonLedger(compared, options);
  yield csvHead(columns) + csvRows(rows);
}

async function* jsonLines(entries: Entries): AsyncGenerator<string> {
  for await (const entry of entries) yield `${JSON.stringify(exported(entry))}\n`;
}

async function* jsonArray(entries: Entries): AsyncGenerator<string> {
  let before = '[\n';
  for await (const entry of entries) {
    yield before + JSON.stringify(exported(entry), null, 2);
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

async function* pieces(
  format: Exclude<ExportFormat, 'xlsx'>,
  entries: Entries,
  options: ExportOptions,
): AsyncGenerator<string | Uint8Array> {
  switch (format) {
    case 'docx':
      yield await renderAuditDocx(await collect(entries), options);
      return;
    case 'csv':
      yield* csvLines(entries, options.table ?? 'findings', options);
      return;
    case 'json':
      yield* jsonArray(entries);
      return;
    case 'jsonl':
      yield* jsonLines(entries);
      return;
    case 'sarif':
      yield renderSarif(await collect(entries), options);
  }
}

/** Writes all of `entries` to `output` and ends it. All formats but docx and sarif hold one notice in memory at a time. */
export async function writeExport(
  format: ExportFormat,
  entries: Entries,
  output: Writable,
  options: ExportOptions,
): Promise<void> {
  if (format === 'xlsx') return writeWorkbook(entries, output, options);
  for await (const piece of pieces(format, entries, options)) {
    if (!output.write(piece)) await once(output, 'drain');
  }
  output.end();
}
