/**
 * From the paragraphs and tables that a format's reader found to the one canonical text and its blocks.
 * Promises: blocks in text order, separated by `\n`, cells by `\t`; no `\r`, no invisible characters.
 */
import type { Block, BlockKind, CellPlace, Document, Span } from '../model.js';

/** What a format's reader returns; `readDocument` adds the file's identity. */
export type Content = Omit<Document, 'id' | 'source' | 'mediaType'>;

/** From offset `at` of a paragraph on, its text stands on `page` (from 1). */
export interface PageStart {
  readonly at: number;
  readonly page: number;
}

export interface Paragraph {
  readonly kind: Exclude<BlockKind, 'cell'>;
  readonly text: string;
  readonly level?: number;
  readonly pageStarts?: readonly PageStart[];
}

export interface TableCell {
  readonly paragraphs: readonly string[];
  readonly rowSpan: number;
  readonly columnSpan: number;
}

export interface TableRow {
  readonly cells: readonly TableCell[];
  readonly page?: number;
}

export interface Table {
  readonly rows: readonly TableRow[];
}

export type Part = Paragraph | Table;

export const paragraph = (text: string): Paragraph => ({ kind: 'paragraph', text });

/** Spans as some file claims them, kept within what a page can show. */
const MOST_SPANNED = 200;
const span = (stated: number): number => (stated >= 1 ? Math.min(Math.floor(stated), MOST_SPANNED) : 1);

export const cell = (paragraphs: readonly string[], rowSpan = 1, columnSpan = 1): TableCell => ({
  paragraphs,
  rowSpan: span(rowSpan),
  columnSpan: span(columnSpan),
});

/** A cell as formats state it that know only of each cell whether it goes on from the one above it. */
export interface GridCell {
  readonly cell: TableCell;
  readonly above: boolean;
}

/** Rows whose cells fill all columns: one that goes on from the cell above makes that one longer. */
export function mergeBelow(rows: readonly (readonly GridCell[])[]): readonly TableRow[] {
  const merged: TableCell[][] = [];
  let origins: { readonly row: number; readonly at: number }[] = [];
  for (const [row, cells] of rows.entries()) {
    const kept: TableCell[] = [];
    const next: typeof origins = [];
    let column = 0;
    for (const { cell: each, above } of cells) {
      const origin = above ? origins[column] : undefined;
      const place = origin ?? { row, at: kept.length };
      if (origin === undefined) kept.push(each);
      else {
        const upper = merged[origin.row]?.[origin.at] as TableCell;
        (merged[origin.row] as TableCell[])[origin.at] = { ...upper, rowSpan: span(row - origin.row + 1) };
      }
      next[column] = place;
      column += each.columnSpan;
    }
    merged.push(kept);
    origins = next;
  }
  return merged.map((cells) => ({ cells }));
}

const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
const CONTROLS = /[\u0000-\u0008\u000E-\u001F\u007F]/gu;

/** Every kind of line end as `\n`; soft hyphens, zero-width marks and control characters dropped. One length for one text. */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/gu, '\n')
    .replace(INVISIBLE, '')
    .replace(CONTROLS, '');
}

interface Page {
  readonly page: number;
  readonly start: number;
}

/** Spans of `count` pages from where each one starts; a page without text is an empty span. */
function pageSpans(starts: readonly Page[], count: number, length: number): readonly Span[] {
  const first = new Map<number, number>();
  for (const { page, start } of starts) if (!first.has(page)) first.set(page, start);
  const spans: Span[] = [];
  let end = length;
  for (let page = count; page >= 1; page -= 1) {
    const start = page === 1 ? 0 : Math.min(first.get(page) ?? end, end);
    spans.unshift({ start, end });
    end = start;
  }
  return spans;
}

/** Lays parts out as text. `pageCount` is given by sources that have pages; their parts say where each page starts. */
export function compose(
  parts: readonly Part[],
  pageCount?: number,
): { readonly text: string; readonly blocks: readonly Block[]; readonly pages?: readonly Span[] } {
  const pieces: string[] = [];
  const blocks: Block[] = [];
  const pages: Page[] = [];
  let length = 0;
  let tables = 0;

  const append = (piece: string): void => {
    pieces.push(piece);
    length += piece.length;
  };
  const appendLine = (): void => {
    if (length > 0) append('\n');
  };
  const addBlock = (text: string, block: Omit<Block, 'start' | 'end'>): void => {
    blocks.push({ start: length, end: length + text.length, ...block });
    append(text);
  };

  const addParagraph = (part: Paragraph): void => {
    const { kind, level } = part;
    let at = 0;
    const starts = [...(part.pageStarts ?? [])];
    for (const line of part.text.split('\n')) {
      const text = cleanText(line).trim();
      if (text !== '') {
        appendLine();
        const lead = line.length - line.trimStart().length;
        while (starts[0] !== undefined && starts[0].at < at + line.length) {
          const { at: offset, page } = starts.shift() as PageStart;
          pages.push({ page, start: length + Math.min(Math.max(offset - at - lead, 0), text.length) });
        }
        addBlock(text, { kind, ...(level === undefined ? {} : { level }) });
      }
      at += line.length + 1;
    }
  };

  const addTable = (part: Table): void => {
    const table = tables;
    let placed = 0;
    const columnsOf = columnFinder();
    for (const [row, { cells, page }] of part.rows.entries()) {
      const columns = columnsOf(cells);
      const filled = cells.map((each) => ({
        ...each,
        paragraphs: each.paragraphs.flatMap((text) =>
          cleanText(text)
            .split('\n')
            .map((line) => line.replaceAll('\t', ' ').trim())
            .filter((line) => line !== ''),
        ),
      }));
      if (filled.every(({ paragraphs }) => paragraphs.length === 0)) continue;
      appendLine();
      if (page !== undefined) pages.push({ page, start: length });
      let column = 0;
      for (const [index, { paragraphs, rowSpan, columnSpan }] of filled.entries()) {
        const place: CellPlace = { table, row, column: columns[index] as number, rowSpan, columnSpan };
        append('\t'.repeat(place.column - column));
        column = place.column;
        for (const [number, text] of paragraphs.entries()) {
          if (number > 0) append('\n');
          addBlock(text, { kind: 'cell', cell: place });
          placed += 1;
        }
      }
    }
    if (placed > 0) tables += 1;
  };

  for (const part of parts) {
    if ('rows' in part) addTable(part);
    else addParagraph(part);
  }
  return {
    text: pieces.join(''),
    blocks,
    ...(pageCount === undefined ? {} : { pages: pageSpans(pages, pageCount, length) }),
  };
}

/** Gives the columns of each next row's cells, leaving out the columns that cells above still cover. */
function columnFinder(): (cells: readonly TableCell[]) => readonly number[] {
  let covered: number[] = [];
  return (cells) => {
    const below = covered.map((rows) => Math.max(rows - 1, 0));
    let column = 0;
    const columns = cells.map(({ rowSpan, columnSpan }) => {
      while ((covered[column] ?? 0) > 0) column += 1;
      const at = column;
      for (; column < at + columnSpan; column += 1) below[column] = rowSpan - 1;
      return at;
    });
    covered = Array.from(below, (rows) => rows ?? 0);
    return columns;
  };
}
