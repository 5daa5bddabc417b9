/**
 * Excel workbooks (.xlsx): offices keep their ledgers of problems in them. Each sheet is a table; what stands alone in its row
 * above and below the table is its title, an introduction, a signature. Cells read as Excel shows them.
 */
import type { Cell, CellValue, Worksheet } from 'exceljs';
import { openArchive } from './archive.js';
import { type Content, cell, compose, type Part, paragraph, type TableCell, type TableRow } from './content.js';
import type { ReadRequest } from './request.js';

/** More rows or columns than a ledger has are mostly empty formatting. */
const MOST_ROWS = 20_000;
const MOST_COLUMNS = 200;

export async function read(bytes: Uint8Array, request: ReadRequest): Promise<Content> {
  // The library inflates whatever it is given: sizes and entities are looked at before.
  const archive = openArchive(bytes, request);
  for (const name of archive.names) if (name.startsWith('xl/') && name.endsWith('.xml')) archive.xml(name);
  const { default: excel } = await import('exceljs');
  const workbook = new excel.Workbook();
  await workbook.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
  const sheets = workbook.worksheets
    .filter(({ state }) => state === 'visible')
    .map((sheet) => ({ name: sheet.name, rows: rowsOf(sheet) }))
    .filter(({ rows }) => rows.length > 0);
  return { ...compose(sheets.flatMap(({ name, rows }) => sheetParts(rows, sheets.length > 1 ? name : ''))), notes: [] };
}

/** Rows with something in them; a merged cell stands once. */
function rowsOf(sheet: Worksheet): readonly TableRow[] {
  const [rows, columns] = [Math.min(sheet.rowCount, MOST_ROWS), Math.min(sheet.columnCount, MOST_COLUMNS)];
  const spans = new Map<string, { rows: number; columns: number }>();
  const cells: { readonly of: Cell; readonly text: string }[][] = [];
  for (let row = 1; row <= rows; row += 1) {
    const line: (typeof cells)[number] = [];
    for (let column = 1; column <= columns; column += 1) {
      const each = sheet.getRow(row).getCell(column);
      const { address } = each.master;
      const { rows: height, columns: width } = spans.get(address) ?? { rows: 1, columns: 1 };
      spans.set(address, {
        rows: Math.max(height, row - Number(each.master.row) + 1),
        columns: Math.max(width, column - Number(each.master.col) + 1),
      });
      if (address === each.address) line.push({ of: each, text: shown(each) });
    }
    cells.push(line);
  }
  return cells
    .map((line) => ({
      cells: line.map(({ of, text }): TableCell => {
        const span = spans.get(of.address);
        return cell(text === '' ? [] : text.split('\n'), span?.rows, span?.columns);
      }),
    }))
    .filter((row) => row.cells.some(({ paragraphs }) => paragraphs.length > 0));
}

/** What stands alone in its row before and after the rows of several cells is no part of the table. */
function sheetParts(rows: readonly TableRow[], name: string): readonly Part[] {
  const filled = rows.map(({ cells }) => cells.filter(({ paragraphs }) => paragraphs.length > 0));
  const first = filled.findIndex((cells) => cells.length > 1);
  const last = filled.findLastIndex((cells) => cells.length > 1);
  const texts = (from: number, to: number): readonly string[] =>
    filled.slice(from, to).flatMap((cells) => cells.flatMap(({ paragraphs }) => paragraphs));
  const [title, ...above] = texts(0, first < 0 ? rows.length : first);
  return [
    ...(name === '' || /^Sheet\d*$/iu.test(name) || title !== undefined
      ? []
      : [{ kind: 'heading' as const, level: 1, text: name }]),
    ...(title === undefined ? [] : [{ kind: 'title' as const, text: title }]),
    ...above.map(paragraph),
    ...(first < 0 ? [] : [{ rows: rows.slice(first, last + 1) }]),
    ...(first < 0 ? [] : texts(last + 1, rows.length).map(paragraph)),
  ];
}

// ── What a cell shows ─────────────────────────────────────────────────────────────────────────────────────────────

const shown = (each: Cell): string => shownValue(each.value, each.numFmt ?? '').trim();

function shownValue(value: CellValue, format: string): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return shownNumber(value, format);
  if (value instanceof Date) return shownDate(value, format);
  if (typeof value !== 'object') return String(value);
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('text' in value) return shownValue(value.text as CellValue, format);
  if ('result' in value) return shownValue(value.result as CellValue, format);
  return '';
}

/** By the first section of a number format: percent, decimals, thousands; anything else as it is kept. */
function shownNumber(value: number, format: string): string {
  const [positive = ''] = format.replace(/"[^"]*"|\[[^\]]*\]|\\./gu, '').split(';');
  const percent = positive.includes('%');
  const decimals = /0\.(0+)/u.exec(positive)?.[1]?.length ?? (/0/u.test(positive) ? 0 : undefined);
  const amount = Number((percent ? value * 100 : value).toPrecision(15));
  const written = decimals === undefined ? String(amount) : amount.toFixed(decimals);
  const grouped = /[#0],[#0]/u.test(positive) ? written.replace(/\B(?=(?:\d{3})+(?!\d))(?<!\.\d*)/gu, ',') : written;
  return percent ? `${grouped}%` : grouped;
}

function shownDate(date: Date, format: string): string {
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  const hasDay = /d/iu.test(format) || !/[ym]/iu.test(format);
  if (format.includes('年') || format.includes('月')) return `${year}年${month}月${hasDay ? `${day}日` : ''}`;
  const two = (part: number): string => String(part).padStart(2, '0');
  return hasDay ? `${year}-${two(month)}-${two(day)}` : `${year}-${two(month)}`;
}
