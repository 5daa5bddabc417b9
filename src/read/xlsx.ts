/**
 * Excel workbooks (.xlsx): offices keep their ledgers of problems in them. Each sheet is a table; what stands alone in its row
 * above and below the table is its title, an introduction, a signature. Cells read as Excel shows them.
 */
import type { Cell, CellValue, Worksheet } from 'exceljs';
import { openArchive } from './archive.js';
import { type Content, cell, compose, type TableCell, type TableRow } from './content.js';
import { type ReadRequest, refusal } from './request.js';
import { MOST_COLUMNS, MOST_ROWS, shownDate, shownNumber, workbookParts } from './sheet.js';

export async function read(bytes: Uint8Array, request: ReadRequest): Promise<Content> {
  // The library inflates whatever it is given: sizes and entities are looked at before.
  const archive = openArchive(bytes, request);
  for (const name of archive.names) if (name.startsWith('xl/') && name.endsWith('.xml')) archive.xml(name);
  const { default: excel } = await import('exceljs');
  const workbook = new excel.Workbook();
  await workbook.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
  const sheets = workbook.worksheets
    .filter(({ state }) => state === 'visible')
    .map((sheet) => ({ name: sheet.name, rows: rowsOf(sheet, request) }));
  return { ...compose(workbookParts(sheets)), notes: [] };
}

/** Rows with something in them; a merged cell stands once. */
function rowsOf(sheet: Worksheet, request: ReadRequest): readonly TableRow[] {
  // Formatting may go on for a million rows: those with values count.
  let [rows, columns] = [0, 0];
  sheet.eachRow((row, number) => {
    row.eachCell((_, column) => {
      [rows, columns] = [number, Math.max(columns, column)];
    });
  });
  if (rows > MOST_ROWS || columns > MOST_COLUMNS) throw refusal(request, 'read.sheetTooLarge', { rows: MOST_ROWS });
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
