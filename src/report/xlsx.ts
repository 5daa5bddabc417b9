/**
 * The ledgers as one Excel workbook, written as a stream. Words of a notice are stored as shared strings in cells formatted as
 * text: no cell can become a formula, not even when someone edits it.
 */
import type { Writable } from 'node:stream';
import type { Style, Worksheet } from 'exceljs';
import { say } from '../messages/index.js';
import type { Language, NoticeRecord } from '../model.js';
import type { BetweenNotices } from './between.js';
import type { MetricNames, ReportEntry } from './entry.js';
import { xmlText } from './escape.js';
import {
  betweenLedger,
  type Cell,
  type ComparisonRow,
  comparisonLedger,
  comparisonRow,
  LEDGERS,
  type LedgerColumn,
  type LedgerName,
  type LedgerRow,
  ledgerColumns,
  ledgerRows,
  ledgerTitle,
} from './ledger.js';
import { displayWidth } from './width.js';

export interface WorkbookOptions {
  readonly language: Language;
  readonly metricNames?: MetricNames;
  /** Where the HTML report shows a notice; undefined where it does not. Without this option there is no column of links. */
  readonly shownAt?: Shown;
  /** What holds between the notices: a sheet of its own. */
  readonly between?: BetweenNotices;
}

export interface Shown {
  notice(record: NoticeRecord): ShownAt | undefined;
  /** The page that holds the id `anchor` of a check between notices. */
  between(anchor: string): string | undefined;
}

export interface ShownAt {
  /** The page, relative to the workbook and percent-encoded. */
  readonly page: string;
  /** Prefix of the notice's ids in it. */
  readonly prefix: string;
}

/** Excel's own limit for the characters of a cell. */
const LONGEST_CELL = 32_767;
/** Excel refuses a sheet with more hyperlinks than 65,530; later rows go without. */
const MOST_LINKS = 65_000;
/** Points. */
const LINE_HEIGHT = 15;
const HEAD_HEIGHT = 24;
const TALLEST_ROW = 400;
/** Characters. */
const LINK_WIDTH = 7;
const NARROW = 10;
const TEXT_FORMAT = '@';
const DATE_FORMAT = 'yyyy-mm-dd';
const NUMBER_FORMAT = '#,##0.##########';
const INTEGER_FORMAT = '#,##0';
const HEAD_FILL = 'FFEFEAE0';
const LINK_COLOR = 'FF2A5D88';

const formatOf = (cell: Cell): string => {
  if (typeof cell === 'number') return Number.isInteger(cell) ? INTEGER_FORMAT : NUMBER_FORMAT;
  return typeof cell === 'object' ? DATE_FORMAT : TEXT_FORMAT;
};

const textOf = (text: string): string => xmlText(text).slice(0, LONGEST_CELL);

function storedValue(cell: Cell): string | number | Date | null {
  if (cell === undefined) return null;
  if (typeof cell === 'number') return cell;
  return typeof cell === 'object' ? new Date(`${cell.date}T00:00:00Z`) : textOf(cell);
}

/** Points that the tallest cell of a row needs once its words are wrapped: programs differ in whether they see to it themselves. */
function rowHeight(cells: readonly Cell[], columns: readonly LedgerColumn[]): number {
  const lines = cells.map((cell, index) => {
    if (typeof cell !== 'string') return 1;
    const room = Math.max(1, (columns[index]?.width ?? 0) - 1);
    return cell.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(displayWidth(line) / room)), 0);
  });
  return Math.min(TALLEST_ROW, Math.max(...lines) * LINE_HEIGHT + 3);
}

interface Link {
  readonly text: string;
  readonly href: string;
}

/** What is short stands in the middle, head and cells alike: a number at the right edge would seem to belong to the next head. */
const horizontal = (column: LedgerColumn | undefined): { readonly horizontal?: 'center' } =>
  (column?.width ?? 0) <= NARROW ? { horizontal: 'center' } : {};

/** A sheet under way. */
interface OpenSheet {
  readonly sheet: Worksheet;
  readonly columns: readonly LedgerColumn[];
  rows: number;
}

function startSheet(sheet: Worksheet, columns: readonly LedgerColumn[]): OpenSheet {
  sheet.columns = columns.map(({ width }) => ({ width }));
  const head = sheet.addRow(columns.map(({ title }) => textOf(title)));
  head.eachCell((cell, column) => {
    cell.font = { bold: true };
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: HEAD_FILL } };
    cell.border = { bottom: { style: 'thin' } };
    cell.alignment = { vertical: 'middle', wrapText: true, ...horizontal(columns[column - 1]) };
  });
  head.height = HEAD_HEIGHT;
  head.commit();
  return { sheet, columns, rows: 1 };
}

/** The writer knows a style again by its identity: a ledger has a dozen styles and a hundred thousand cells. */
const styles = new Map<string, Partial<Style>>();

function styleOf(cell: Cell, column: LedgerColumn | undefined): Partial<Style> {
  const numFmt = formatOf(cell);
  const middle = horizontal(column);
  const key = `${numFmt} ${middle.horizontal ?? ''}`;
  const known = styles.get(key);
  if (known !== undefined) return known;
  const style = { numFmt, alignment: { vertical: 'top', wrapText: typeof cell === 'string', ...middle } } as const;
  styles.set(key, style);
  return style;
}

const LINK_STYLE: Partial<Style> = {
  font: { color: { argb: LINK_COLOR }, underline: true },
  alignment: { vertical: 'top' },
};

/** `link`: words and target of the first column, which leads to the report. */
function addRow(open: OpenSheet, cells: readonly Cell[], link: Link | undefined): void {
  const { sheet, columns } = open;
  const row = sheet.addRow(cells.map(storedValue));
  cells.forEach((value, index) => {
    if (value === undefined) return;
    row.getCell(index + 1).style = styleOf(value, columns[index]);
  });
  if (link !== undefined && open.rows <= MOST_LINKS) {
    const cell = row.getCell(1);
    cell.value = { text: link.text, hyperlink: link.href };
    cell.style = LINK_STYLE;
  }
  row.height = rowHeight(cells, columns);
  row.commit();
  open.rows += 1;
}

function finishSheet({ sheet, columns, rows }: OpenSheet): void {
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: rows, column: columns.length } };
  sheet.commit();
}

/** Writes one sheet a ledger to `output` and ends it. Holds a line for each notice in memory, not its text. */
export async function writeWorkbook(
  entries: Iterable<ReportEntry> | AsyncIterable<ReportEntry>,
  output: Writable,
  { language, metricNames = {}, shownAt, between }: WorkbookOptions,
): Promise<void> {
  const { default: excel } = await import('exceljs');
  const book = new excel.stream.xlsx.WorkbookWriter({ stream: output, useStyles: true, useSharedStrings: true });
  const linkColumn = shownAt === undefined ? [] : [{ title: say(language, 'report.column.link'), width: LINK_WIDTH }];
  const start = (name: LedgerName | 'comparison' | 'between', columns: readonly LedgerColumn[]): OpenSheet => {
    const sheet = book.addWorksheet(ledgerTitle(name, language), {
      views: [{ state: 'frozen', ySplit: 1, xSplit: linkColumn.length + 1 }],
      pageSetup: {
        paperSize: 9,
        orientation: 'landscape',
        fitToPage: true,
        fitToWidth: 1,
        fitToHeight: 0,
        margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 },
        printTitlesRow: '1:1',
      },
      headerFooter: { oddFooter: '&L&A&R&P / &N' },
    });
    return startSheet(sheet, [...linkColumn, ...columns]);
  };
  const add = (open: OpenSheet, { cells, anchor }: LedgerRow, page: string | undefined): void => {
    const link = page === undefined ? undefined : { text: say(language, 'report.link'), href: `${page}#${anchor}` };
    addRow(open, [...linkColumn.map(() => undefined), ...cells], link);
  };

  const sheets = LEDGERS.map((name) => ({ name, open: start(name, ledgerColumns(name, language)) }));
  const compared: ComparisonRow[] = [];
  const pages: (string | undefined)[] = [];
  for await (const entry of entries) {
    const { page, prefix = '' } = shownAt?.notice(entry.record) ?? {};
    for (const { name, open } of sheets) {
      for (const row of ledgerRows(name, entry, { language, metricNames, prefix })) add(open, row, page);
    }
    compared.push(comparisonRow(entry, prefix));
    pages.push(page);
  }
  const comparison = comparisonLedger(compared, { language, metricNames });
  const last = start('comparison', comparison.columns);
  comparison.rows.forEach((row, notice) => {
    add(last, row, pages[notice]);
  });
  const closing = [...sheets.map((one) => one.open), last];
  if (between !== undefined && between.comparison.checks.length > 0) {
    const { columns, rows } = betweenLedger(between, { language });
    const sheet = start('between', columns);
    for (const row of rows) add(sheet, row, shownAt?.between(row.anchor));
    closing.push(sheet);
  }
  for (const open of closing) finishSheet(open);
  await book.commit();
}
