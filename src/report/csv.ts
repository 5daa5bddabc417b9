/** Ledgers as CSV (RFC 4180) that spreadsheets open as it is: UTF-8 with its mark, and no cell that could become a formula. */

import { xmlText } from './escape.js';
import type { Cell, LedgerColumn, LedgerRow } from './ledger.js';

const BYTE_ORDER_MARK = '\ufeff';
/** What makes a spreadsheet take a cell for a formula, white space and quotes before it included. */
const FORMULA = /^[\s'"]*[=+\-@＝＋－＠\t\r]/;

/** Text that a spreadsheet would calculate gets an apostrophe before it. Numbers of our own are left alone. */
function field(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  const text = xmlText(typeof cell === 'string' ? cell : cell.date);
  const guarded = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

const line = (cells: readonly Cell[]): string => `${cells.map(field).join(',')}\r\n`;

/** The head of a file: written once, before all rows. */
export const csvHead = (columns: readonly LedgerColumn[]): string =>
  BYTE_ORDER_MARK + line(columns.map(({ title }) => title));

export const csvRows = (rows: readonly LedgerRow[]): string => rows.map(({ cells }) => line(cells)).join('');
