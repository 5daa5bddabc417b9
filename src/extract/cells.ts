/** Tables as rows of cells, and which way they are read: under headings of columns, or as a form of labels and values. */
import type { Block, CellPlace, Span } from '../model.js';
import type { RuleSet } from '../rules/load.js';
import { matchWithin } from '../rules/match.js';
import type { View } from '../rules/view.js';

export interface Cell extends CellPlace {
  /** Paragraphs of the cell. */
  readonly ranges: readonly Span[];
}

export type Row = readonly Cell[];

/** A label that says what the cells under it, or beside it, hold. */
export interface Heading {
  readonly role: string;
  readonly label: Span;
}

/** A cell and the label of its column. */
export interface Headed {
  readonly role: string;
  readonly label: Span;
  readonly cell: Span;
}

export interface Table {
  readonly rows: readonly Row[];
  /** Number of its columns. */
  readonly width: number;
  /** Labels stand beside their values rather than above them. */
  readonly isForm: boolean;
}

const HEADER_ROWS = 3;
export const FEWEST_LABELS = 2;
const LONGEST_LABEL = 20;

export const wholeOf = (cell: Cell): Span => ({
  start: cell.ranges[0]?.start ?? 0,
  end: cell.ranges.at(-1)?.end ?? 0,
});

/** The label that a cell is, where it is nothing else. */
export function headingOf(rules: RuleSet, view: View, cell: Cell): Heading | undefined {
  const span = wholeOf(cell);
  if (span.end - span.start > LONGEST_LABEL) return undefined;
  const [label] = [...matchWithin(rules, 'labels', view, span)]
    .filter((match) => match.set.place !== 'list' && match.end >= span.end - 1 && match.start <= span.start + 1)
    .sort((a, b) => b.rule.priority - a.rule.priority);
  const role = label?.set.role;
  return role === undefined ? undefined : { role, label: span };
}

const tablesOfView = new WeakMap<View, ReadonlyMap<number, Table>>();

/** Tables by their number, rows and cells in order. */
export function tablesOf(rules: RuleSet, view: View): ReadonlyMap<number, Table> {
  const known = tablesOfView.get(view);
  if (known !== undefined) return known;
  const found = new Map<number, Map<number, Map<number, Cell>>>();
  for (const { cell, start, end } of view.blocks) {
    if (cell === undefined) continue;
    const rows = found.get(cell.table) ?? new Map<number, Map<number, Cell>>();
    found.set(cell.table, rows);
    const row = rows.get(cell.row) ?? new Map<number, Cell>();
    rows.set(cell.row, row);
    const known = row.get(cell.column);
    row.set(cell.column, { ...cell, ranges: [...(known?.ranges ?? []), { start, end }] });
  }
  const tables = new Map(
    [...found].map(([number, rows]) => {
      const list = [...rows.values()].map((row) => [...row.values()]);
      const width = Math.max(...list.flat().map(({ column, columnSpan }) => column + columnSpan));
      return [number, { rows: list, width, isForm: isForm(rules, view, list) }] as const;
    }),
  );
  tablesOfView.set(view, tables);
  return tables;
}

/** A form has more labels at the starts of its rows than in any of its first rows, and no row of nothing but labels first. */
function isForm(rules: RuleSet, view: View, rows: readonly Row[]): boolean {
  const isLabel = (cell: Cell | undefined): boolean => cell !== undefined && headingOf(rules, view, cell) !== undefined;
  const beside = rows.filter((row) => row.length > 1 && isLabel(row[0])).length;
  const above = Math.max(...rows.slice(0, HEADER_ROWS).map((row) => row.filter(isLabel).length));
  const [head = []] = rows;
  if (head.length > FEWEST_LABELS && head.every(isLabel)) return false;
  return beside >= FEWEST_LABELS && beside > above;
}

/** A field of a form whose name no rule knows: a few words at the start of its row. */
const isNamedField = (view: View, block: Block & { readonly cell?: CellPlace }, width: number): boolean =>
  block.cell?.column === 0 &&
  block.cell.columnSpan < width &&
  /^[\u4e00-\u9fff（）/、]{2,10}[：:]?$/.test(view.folded.slice(block.start, block.end).trim());

/**
 * The cells of forms as paragraphs of the text: a label and what it says, row by row. What stands above the first label
 * (项目 | 内容) is left out.
 */
export function formBlocks(rules: RuleSet, view: View): ReadonlyMap<Block, 'label' | 'value'> {
  const tables = tablesOf(rules, view);
  const kinds = new Map<Block, 'label' | 'value'>();
  const open = new Set<number>();
  for (const block of view.blocks) {
    const { cell } = block;
    if (cell === undefined || tables.get(cell.table)?.isForm !== true) continue;
    const width = tables.get(cell.table)?.width ?? 0;
    const isLabel =
      headingOf(rules, view, { ...cell, ranges: [block] }) !== undefined || isNamedField(view, block, width);
    if (isLabel) open.add(cell.table);
    if (open.has(cell.table)) kinds.set(block, isLabel ? 'label' : 'value');
  }
  return kinds;
}
