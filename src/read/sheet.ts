/** What a spreadsheet shows: numbers and dates by their formats, and a sheet as a table with what stands around it. */
import { type Part, paragraph, type TableRow } from './content.js';

/** No ledger has more rows or columns with something in them. */
export const MOST_ROWS = 5_000;
export const MOST_COLUMNS = 200;
/** Cells that a sheet's merged cells may cover together; beyond them a file is an attack. */
export const MOST_COVERED = 500_000;

export interface Sheet {
  readonly name: string;
  /** Rows with something in them; a merged cell stands once. */
  readonly rows: readonly TableRow[];
}

/** Sheets with something in them, headed by their names where there are several. */
export function workbookParts(sheets: readonly Sheet[]): readonly Part[] {
  const filled = sheets.filter(({ rows }) => rows.length > 0);
  return filled.flatMap(({ name, rows }) => sheetParts(rows, filled.length > 1 ? name : ''));
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

/** By the first section of a number format: percent, decimals, thousands; anything else as it is kept. */
export function shownNumber(value: number, format: string): string {
  const [positive = ''] = format.replace(/"[^"]*"|\[[^\]]*\]|\\./gu, '').split(';');
  const percent = positive.includes('%');
  const decimals = /0\.(0+)/u.exec(positive)?.[1]?.length ?? (/0/u.test(positive) ? 0 : undefined);
  const amount = Number((percent ? value * 100 : value).toPrecision(15));
  const written = decimals === undefined ? String(amount) : amount.toFixed(decimals);
  const grouped = /[#0],[#0]/u.test(positive) ? written.replace(/\B(?=(?:\d{3})+(?!\d))(?<!\.\d*)/gu, ',') : written;
  return percent ? `${grouped}%` : grouped;
}

export function shownDate(date: Date, format: string): string {
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  const hasDay = /d/iu.test(format) || !/[ym]/iu.test(format);
  if (format.includes('年') || format.includes('月')) return `${year}年${month}月${hasDay ? `${day}日` : ''}`;
  const two = (part: number): string => String(part).padStart(2, '0');
  return hasDay ? `${year}-${two(month)}-${two(day)}` : `${year}-${two(month)}`;
}
