/**
 * Tables → findings: rows under columns that labels head (反馈问题 | 整改措施 | 责任单位), or tables whose first column
 * holds the labels, one table a finding.
 */
import type { Block, CellPlace, Span } from '../model.js';
import type { RuleSet } from '../rules/load.js';
import { matchWithin } from '../rules/match.js';
import type { View } from '../rules/view.js';
import { trimSpan } from '../text.js';
import type { FindingText, Stretch } from './findings.js';
import type { Node, Outline } from './outline.js';

interface Cell extends CellPlace {
  /** Paragraphs of the cell. */
  readonly ranges: readonly Span[];
}

type Row = readonly Cell[];

/** A column's or row's label that says what its cells hold. */
interface Heading {
  readonly role: string;
  readonly label: Span;
}

export function tableFindings(rules: RuleSet, view: View, outline: Outline): readonly FindingText[] {
  return tablesOf(view.blocks).flatMap((rows) => {
    const above = headingsBefore(outline.roots, rows[0]?.[0]?.ranges[0]?.start ?? 0);
    return byColumns(rules, view, rows, above) ?? byRows(rules, view, rows, above);
  });
}

/** Rows of each table, cells in column order. */
function tablesOf(blocks: readonly Block[]): readonly (readonly Row[])[] {
  const tables = new Map<number, Map<number, Map<number, Cell>>>();
  for (const { cell, start, end } of blocks) {
    if (cell === undefined) continue;
    const rows = tables.get(cell.table) ?? new Map<number, Map<number, Cell>>();
    tables.set(cell.table, rows);
    const row = rows.get(cell.row) ?? new Map<number, Cell>();
    rows.set(cell.row, row);
    const known = row.get(cell.column);
    row.set(cell.column, { ...cell, ranges: [...(known?.ranges ?? []), { start, end }] });
  }
  return [...tables.values()].map((rows) => [...rows.values()].map((row) => [...row.values()]));
}

const wholeOf = (cell: Cell): Span => ({ start: cell.ranges[0]?.start ?? 0, end: cell.ranges.at(-1)?.end ?? 0 });

/** The label that a cell is, where it is nothing else. */
function headingOf(rules: RuleSet, view: View, cell: Cell): Heading | undefined {
  const span = wholeOf(cell);
  if (span.end - span.start > 20) return undefined;
  const [label] = [...matchWithin(rules, 'labels', view, span)]
    .filter((match) => match.end >= span.end - 1 && match.start <= span.start + 1)
    .sort((a, b) => b.rule.priority - a.rule.priority);
  const role = label?.set.role;
  return role === undefined ? undefined : { role, label: span };
}

// ── One finding a row ─────────────────────────────────────────────────────────────────────────────────────────────

const HEADER_ROWS = 3;
const FEWEST_LABELS = 2;

function byColumns(
  rules: RuleSet,
  view: View,
  rows: readonly Row[],
  above: readonly Node[],
): readonly FindingText[] | undefined {
  for (let at = 0; at < Math.min(HEADER_ROWS, rows.length - 1); at += 1) {
    const headings = new Map<number, Heading>();
    for (const cell of rows[at] as Row) {
      const heading = headingOf(rules, view, cell);
      if (heading !== undefined) headings.set(cell.column, heading);
    }
    const roles = [...headings.values()].map(({ role }) => role);
    if (headings.size < FEWEST_LABELS || !roles.includes('finding')) continue;
    return rowFindings(view, rows.slice(at + 1), headings, above);
  }
  return undefined;
}

function rowFindings(
  view: View,
  rows: readonly Row[],
  headings: ReadonlyMap<number, Heading>,
  above: readonly Node[],
): readonly FindingText[] {
  const out: FindingText[] = [];
  for (const row of rows) {
    const stretches = row.flatMap((cell): readonly Stretch[] => {
      const heading = headings.get(cell.column);
      return heading === undefined ? [] : [{ role: heading.role, label: undefined, ranges: [...cell.ranges] }];
    });
    const named = stretches.find(({ role }) => role === 'finding');
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
      above,
      heading: { start: named.ranges[0]?.start ?? 0, end: named.ranges.at(-1)?.end ?? 0 },
      span: { start: wholeOf(row[0] as Cell).start, end: endOf(row) },
      titles: [],
      stretches,
    });
  }
  return out;
}

const endOf = (row: Row): number => wholeOf(row.at(-1) as Cell).end;

/** A row's number as the record prints it: without the separator after it. */
function numberIn(view: View, span: Span): string {
  const { start, end } = trimSpan(view.text, span, '、.．,，');
  return view.text.slice(start, end);
}

// ── One finding a table ───────────────────────────────────────────────────────────────────────────────────────────

function byRows(rules: RuleSet, view: View, rows: readonly Row[], above: readonly Node[]): readonly FindingText[] {
  const labelled = rows.flatMap((row) => {
    const [first, ...rest] = row;
    const heading = first === undefined ? undefined : headingOf(rules, view, first);
    return heading === undefined || rest.length === 0 ? [] : [{ heading, rest }];
  });
  if (labelled.length < FEWEST_LABELS || !labelled.some(({ heading }) => heading.role === 'finding')) return [];
  const out: FindingText[] = [];
  for (const { heading, rest } of labelled) {
    const ranges = rest.flatMap((cell) => cell.ranges);
    const end = ranges.at(-1)?.end ?? heading.label.end;
    const stretch: Stretch = { role: heading.role, label: heading.label, ranges: [...ranges] };
    const last = out.at(-1);
    if (heading.role === 'finding') {
      const span = { start: heading.label.start, end };
      out.push({
        number: null,
        above,
        heading: { start: ranges[0]?.start ?? span.start, end },
        span,
        titles: [],
        stretches: [stretch],
      });
    } else if (last !== undefined) {
      out[out.length - 1] = { ...last, span: { start: last.span.start, end }, stretches: [...last.stretches, stretch] };
    }
  }
  return out;
}

/** The chain of headings that a place in the text stands under. */
function headingsBefore(roots: readonly Node[], at: number): readonly Node[] {
  const node = [...roots].reverse().find((root) => root.kind === 'heading' && root.block.start < at);
  return node === undefined ? [] : [node, ...headingsBefore(node.children, at)];
}
