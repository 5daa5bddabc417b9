/** Tables for terminals: columns as wide as their contents, cut or wrapped to fit the width that there is. */
import { printable } from './escape.js';
import { displayWidth, padEnd, padStart, truncate, wrap } from './width.js';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** What happens to a cell that is too wide; `truncate` if not said. */
  readonly overflow?: 'truncate' | 'wrap';
  /** Never made narrower than this; the title's width if not said. */
  readonly minWidth?: number;
}

const GAP = '  ';

/** Widths that add up to `available` at most where the minima allow it: the widest columns give way first. */
function fitWidths(natural: readonly number[], minima: readonly number[], available: number): readonly number[] {
  const widths = [...natural];
  let excess = widths.reduce((sum, width) => sum + width, 0) - available;
  while (excess > 0) {
    const shrinkable = widths.map((width, index) => (width > (minima[index] as number) ? width : -1));
    const widest = Math.max(...shrinkable);
    if (widest < 0) break;
    const index = shrinkable.indexOf(widest);
    widths[index] = widest - 1;
    excess -= 1;
  }
  return widths;
}

/**
 * `rows` under `columns`, within `width` terminal columns. `bold` is applied to the head, after its width was measured.
 * Cells may hold words of notices: they are made printable here.
 */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
  bold: (text: string) => string = (text) => text,
): string {
  const cells = rows.map((row) => columns.map((_, index) => printable(row[index] ?? '')));
  const titleWidths = columns.map((column) => displayWidth(column.title));
  const natural = columns.map((_, index) =>
    cells.reduce((most, row) => Math.max(most, displayWidth(row[index] as string)), titleWidths[index] as number),
  );
  const minima = columns.map((column, index) =>
    Math.min(natural[index] as number, column.minWidth ?? (titleWidths[index] as number)),
  );
  const widths = fitWidths(natural, minima, width - GAP.length * (columns.length - 1));

  const fit = (text: string, index: number): string => {
    const pad = columns[index]?.align === 'right' ? padStart : padEnd;
    return pad(text, widths[index] as number);
  };
  const line = (texts: readonly string[]): string => texts.map(fit).join(GAP).trimEnd();
  const body = cells.flatMap((row) => {
    const columnLines = row.map((text, index) => {
      const room = widths[index] as number;
      return columns[index]?.overflow === 'wrap' ? wrap(text, room) : [truncate(text, room)];
    });
    const height = Math.max(1, ...columnLines.map((lines) => lines.length));
    return Array.from({ length: height }, (_, at) => line(columnLines.map((lines) => lines[at] ?? '')));
  });
  const rule = widths.map((columnWidth) => '─'.repeat(columnWidth)).join(GAP);
  return [bold(line(columns.map((column) => column.title))), rule, ...body, ''].join('\n');
}
