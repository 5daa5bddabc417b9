/** Tables → findings: rows under columns that labels head (反馈问题 | 整改措施 | 责任单位). Forms are read as text. */
import type { Span } from '../model.js';
import type { RuleSet } from '../rules/load.js';
import type { View } from '../rules/view.js';
import { trimSpan } from '../text.js';
import {
  type Cell,
  FEWEST_LABELS,
  type Headed,
  type Heading,
  headingOf,
  type Row,
  type Table,
  tablesOf,
  wholeOf,
} from './cells.js';
import type { FindingText, Stretch } from './findings.js';
import { type Column, learnColumns } from './learnt.js';
import type { Node, Outline } from './outline.js';

/** What the columns hold, from the heading rows of a table. */
type Columns = ReadonlyMap<number, Heading>;

/** @param learns labels that no rule knows may head columns, too */
export function tableFindings(rules: RuleSet, view: View, outline: Outline, learns: boolean): readonly FindingText[] {
  const out: FindingText[] = [];
  let before: { readonly columns: Columns; readonly width: number } | undefined;
  for (const table of tablesOf(rules, view).values()) {
    if (table.isForm) continue;
    const headed = columnsOf(rules, view, table, learns);
    // A table that goes on on another page need not have its heading again.
    const goesOn = headed === undefined && before?.width === table.width;
    const columns = headed?.columns ?? (goesOn ? before?.columns : undefined);
    if (columns === undefined) continue;
    before = { columns, width: table.width };
    const rows = headed?.rows ?? table.rows;
    const above = headingsBefore(outline.roots, wholeOf((table.rows[0] as Row)[0] as Cell).start);
    rowFindings(view, rows, table.width, columns, above, outline, goesOn, out);
  }
  return out;
}

/** Cells of the tables of findings with the labels of their columns. */
export function headedCells(rules: RuleSet, view: View, learns: boolean): readonly Headed[] {
  return [...tablesOf(rules, view).values()].flatMap((table) => {
    const headed = table.isForm ? undefined : columnsOf(rules, view, table, learns);
    return (
      headed?.rows.flatMap((row) =>
        row.flatMap((cell): readonly Headed[] => {
          const heading = headed.columns.get(cell.column);
          return heading === undefined ? [] : [{ ...heading, cell: wholeOf(cell) }];
        }),
      ) ?? []
    );
  });
}

const HEADER_ROWS = 4;

/**
 * Columns that labels head: two at least, of which one is that of the findings, or all, where their numbers alone say which
 * they are about. A second row of labels tells more.
 */
function columnsOf(
  rules: RuleSet,
  view: View,
  { rows, width }: Table,
  learns: boolean,
): { readonly columns: Columns; readonly rows: readonly Row[] } | undefined {
  const columns = new Map<number, Heading>();
  let first: number | undefined;
  for (const [at, row] of rows.slice(0, Math.min(HEADER_ROWS, rows.length - 1)).entries()) {
    const headings = row.flatMap((cell) => {
      const heading = headingOf(rules, view, cell);
      return heading === undefined ? [] : [{ cell, heading }];
    });
    const isMore = first !== undefined && headings.length * 2 > row.length;
    if (first === undefined ? headings.length >= FEWEST_LABELS : isMore) first = at + 1;
    else if (first !== undefined) break;
    else continue;
    for (const { cell, heading } of headings)
      for (let column = cell.column; column < cell.column + cell.columnSpan; column += 1) columns.set(column, heading);
  }
  const roles = [...columns.values()].map(({ role }) => role);
  const isOfNumbers = roles.includes('number') && columns.size > FEWEST_LABELS - 1 && columns.size === width;
  const isOfFindings = roles.includes('finding');
  const isKnown = isOfFindings ? roles.some((role) => TOLD_ROLES.has(role)) : isOfNumbers;
  const mayLearn = !isKnown && (learns || isOfFindings);
  const learnt =
    first === undefined && isCounted(view, rows)
      ? unlabelledColumns(rules, view, rows)
      : mayLearn
        ? learntColumns(rules, view, rows, first, columns)
        : undefined;
  if (learnt !== undefined) return learnt;
  return first === undefined || !(isOfFindings || isOfNumbers) ? undefined : { columns, rows: rows.slice(first) };
}

const TOLD_ROLES = new Set(['measures', 'outcomes', 'progress']);

/** The same where rules do not know the labels, by what stands below them. */
function learntColumns(
  rules: RuleSet,
  view: View,
  rows: readonly Row[],
  first: number | undefined,
  known: Columns,
): { readonly columns: Columns; readonly rows: readonly Row[] } | undefined {
  const at = first === undefined ? rows.findIndex((row) => row.length >= FEWEST_COLUMNS) : first - 1;
  const head = rows[at];
  const below = rows.slice(at + 1);
  if (head === undefined || head.length < FEWEST_COLUMNS || !head.every((cell) => isLabel(view, cell)))
    return undefined;
  const columns = head.map((cell): Column & { readonly column: number } => {
    const role = known.get(cell.column)?.role;
    return {
      column: cell.column,
      label: wholeOf(cell),
      ...(role === undefined ? {} : { role }),
      cells: below.flatMap((row) => row.filter(({ column }) => column === cell.column).map(wholeOf)),
    };
  });
  return withRoles(rules, view, columns, below);
}

const FEWEST_COLUMNS = 3;

/** True where the first cells count the rows from 1, so that no row can be one of labels. */
const isCounted = (view: View, rows: readonly Row[]): boolean =>
  rows.length >= FEWEST_ROWS &&
  rows.every((row, at) => {
    const { start, end } = wholeOf(row[0] as Cell);
    return row.length >= FEWEST_COLUMNS && view.folded.slice(start, end).trim() === String(at + 1);
  });

const FEWEST_ROWS = 3;

/** The columns of a table without labels, by what stands in them alone. */
function unlabelledColumns(
  rules: RuleSet,
  view: View,
  rows: readonly Row[],
): { readonly columns: Columns; readonly rows: readonly Row[] } | undefined {
  const numbers = [...new Set(rows.flatMap((row) => row.map(({ column }) => column)))].sort((a, b) => a - b);
  const columns = numbers.map((column) => {
    const cells = rows.flatMap((row) => row.filter((cell) => cell.column === column).map(wholeOf));
    const start = cells[0]?.start ?? 0;
    return { column, label: { start, end: start }, cells };
  });
  return withRoles(rules, view, columns, rows);
}

/** The columns with the roles that are learnt of them. */
function withRoles(
  rules: RuleSet,
  view: View,
  columns: readonly (Column & { readonly column: number })[],
  rows: readonly Row[],
): { readonly columns: Columns; readonly rows: readonly Row[] } | undefined {
  const roles = learnColumns(rules, view, columns);
  if (roles === undefined) return undefined;
  const headings = columns.flatMap((column): readonly (readonly [number, Heading])[] => {
    const role = roles.get(column);
    return role === undefined ? [] : [[column.column, { role, label: column.label }]];
  });
  return { columns: new Map(headings), rows };
}

/** A few words that may head a column. */
const isLabel = (view: View, cell: Cell): boolean => {
  const { start, end } = wholeOf(cell);
  return /^[\u4e00-\u9fff（）/、？]{1,12}$/u.test(view.folded.slice(start, end).trim());
};

function rowFindings(
  view: View,
  rows: readonly Row[],
  width: number,
  columns: Columns,
  above: readonly Node[],
  outline: Outline,
  goesOn: boolean,
  out: FindingText[],
): void {
  const isOfFindings = [...columns.values()].some(({ role }) => role === 'finding');
  let section: readonly Node[] = goesOn ? (out.at(-1)?.above ?? above) : above;
  for (const row of rows) {
    const [only] = row;
    if (row.length === 1 && only !== undefined && only.columnSpan >= width && width > 1) {
      section = [...above, sectionRow(view, outline, only)];
      continue;
    }
    const shared = sharedCells(rows, row).filter(({ column }) => SHARED_ROLES.has(columns.get(column)?.role ?? ''));
    const stretchesIn = (cells: Row): readonly Stretch[] =>
      cells.flatMap((cell): readonly Stretch[] => {
        const heading = columns.get(cell.column);
        return heading === undefined ? [] : [{ role: heading.role, label: undefined, ranges: [...cell.ranges] }];
      });
    const stretches = stretchesIn(row);
    const named = stretches.find(({ role }) => role === (isOfFindings ? 'finding' : 'number'));
    const last = out.at(-1);
    if (named === undefined) {
      // A row without its own finding goes on with the merged cell above it.
      if (last !== undefined && stretches.length > 0) {
        out[out.length - 1] = {
          ...last,
          span: { start: last.span.start, end: endOf(row) },
          stretches: [...last.stretches, ...stretches],
        };
      }
      continue;
    }
    const number = stretches.find(({ role }) => role === 'number')?.ranges[0];
    out.push({
      number: number === undefined ? null : numberIn(view, number),
      above: section,
      heading: { start: named.ranges[0]?.start ?? 0, end: named.ranges.at(-1)?.end ?? 0 },
      span: { start: wholeOf(row[0] as Cell).start, end: endOf(row) },
      titles: [],
      stretches: [...stretches, ...stretchesIn(shared)],
      further: shared.map(wholeOf),
      asides: [],
    });
  }
}

/** What a merged cell may say of every row beside it. */
const SHARED_ROLES = new Set(['responsibles', 'deadline', 'status']);

/** Cells of rows above that reach down to `row`. */
function sharedCells(rows: readonly Row[], row: Row): readonly Cell[] {
  const at = row[0]?.row ?? 0;
  return rows.flatMap((other) => other.filter((cell) => cell.row < at && cell.row + cell.rowSpan > at));
}

const endOf = (row: Row): number => wholeOf(row.at(-1) as Cell).end;

/** A row of one cell heads the rows below it, as a heading does in a text. */
function sectionRow(view: View, outline: Outline, cell: Cell): Node {
  const whole = wholeOf(cell);
  const marker = outline.markers.find(({ start }) => start === whole.start);
  return {
    kind: 'heading',
    block: { kind: 'cell', ...whole },
    marker,
    content: trimSpan(view.text, { start: marker?.contentStart ?? whole.start, end: whole.end }),
    markers: [],
    labels: [],
    rank: marker?.rank ?? 0,
    isStrong: false,
    children: [],
    parent: undefined,
    end: whole.end,
  };
}

/** A row's number as the record prints it: without the separator after it. */
function numberIn(view: View, span: Span): string {
  const { start, end } = trimSpan(view.text, span, '、.．,，');
  return view.text.slice(start, end);
}

/** The chain of headings that a place in the text stands under. */
function headingsBefore(roots: readonly Node[], at: number): readonly Node[] {
  const node = [...roots].reverse().find((root) => root.kind === 'heading' && root.block.start < at);
  return node === undefined ? [] : [node, ...headingsBefore(node.children, at)];
}
