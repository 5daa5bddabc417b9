/**
 * Numbers of a table: a row of totals against the rows that it sums, and what holds between columns in every row but one,
 * a sum (20 = 18 + 2) or a percentage.
 */
import { z } from 'zod';
import type { Quantity, Rational, Span } from '../model.js';
import { sumAgreement, valueCause } from '../number/agreement.js';
import { cmp } from '../number/rational.js';
import type { View } from '../rules/view.js';
import { contains, trimSpan } from '../text.js';
import { causeNote, joined, operandOf, type Stated, shown, statedBy, type Test, testers } from './arithmetic.js';
import { judgeShare, modeOf } from './arithmetic-share.js';
import type { CheckContext, CheckKind, Judgement } from './kind.js';

const parameters = z.strictObject({
  /** All of the first cells of a row: it sums the rows above it, or those below where it stands first. */
  total: z.string(),
  /** The same for a row that sums only those since the last such row. */
  subtotal: z.string(),
  /** A cell that counts nothing. */
  empty: z.string(),
});
type Parameters = z.infer<typeof parameters>;

export const table: CheckKind<Parameters> = {
  kind: 'table',
  parameters,
  run(context, rule, given) {
    const [isTotal, isSubtotal, isEmpty] = testers(context.rules, rule, given.total, given.subtotal, given.empty);
    return tablesOf(context, isEmpty).flatMap((rows) => {
      const kinds = rows.map(({ head }) => (isTotal(head) ? 'total' : isSubtotal(head) ? 'subtotal' : 'plain'));
      return [...totals(rows, kinds), ...relations(rows)];
    });
  },
};

type RowKind = 'total' | 'subtotal' | 'plain';

interface Row {
  /** Words of the cells before the first number. */
  readonly head: string;
  /** Numbers by column: `empty` where a cell counts nothing, nothing where it holds words. */
  readonly cells: ReadonlyMap<number, Stated | 'empty'>;
}

// ── Reading ───────────────────────────────────────────────────────────────────────────────────────────────────────

interface Cell extends Span {
  readonly column: number;
}

/** Tables with their rows of numbers; rows of words alone are headings. */
function tablesOf(context: CheckContext, isEmpty: Test): readonly (readonly Row[])[] {
  return cellsOf(context.view)
    .map((rows) =>
      rows.map((cells) => rowOf(context, cells, isEmpty)).filter((row) => [...row.cells.values()].some(isNumber)),
    )
    .filter((rows) => rows.length > 1);
}

/** Cells by table and row: those of the document, and those that tabs, bars or gaps part in lines that follow one another. */
function cellsOf(view: View): readonly (readonly (readonly Cell[])[])[] {
  const tables = new Map<string, Map<number, Cell[]>>();
  const add = (name: string, row: number, cell: Cell): void => {
    const rows = tables.get(name) ?? new Map<number, Cell[]>();
    tables.set(name, rows);
    const cells = rows.get(row);
    if (cells === undefined) rows.set(row, [cell]);
    else cells.push(cell);
  };
  let name = 0;
  let last = -2;
  view.blocks.forEach(({ cell, start, end }, index) => {
    if (cell !== undefined) {
      add(`cells ${cell.table}`, cell.row, { start, end, column: cell.column });
      return;
    }
    const columns = partsOfLine(view.folded, { start, end });
    if (columns.length < 2) return;
    if (index > last + 1) name += 1;
    last = index;
    columns.forEach((span, column) => {
      add(`lines ${name}`, index, { ...span, column });
    });
  });
  return [...tables.values()].map((rows) => [...rows.values()]);
}

/** A line between its tabs, else its bars, else its gaps of two spaces or more. */
function partsOfLine(folded: string, { start, end }: Span): readonly Span[] {
  const line = folded.slice(start, end);
  // What indents a line parts nothing.
  const gap = ['\\t', '\\|', '(?<=\\S) {2,}'].find((pattern) => new RegExp(pattern, 'u').test(line));
  if (gap === undefined) return [];
  const gaps = [...line.matchAll(new RegExp(gap, 'gu'))];
  return [...gaps, { index: line.length }].map(({ index }, at) => {
    const before = gaps[at - 1];
    const from = before === undefined ? 0 : before.index + before[0].length;
    return trimSpan(folded, { start: start + from, end: start + index });
  });
}

function rowOf({ view, locate }: CheckContext, cells: readonly Cell[], isEmpty: Test): Row {
  const numbers = new Map<number, Stated | 'empty'>();
  let head = '';
  let isHead = true;
  for (const { column, ...span } of cells) {
    const words = view.folded.slice(span.start, span.end);
    const quantity = quantityIn(view, span);
    if (quantity !== undefined) {
      numbers.set(column, statedBy(locate, quantity));
      isHead = false;
    } else if (isEmpty(words)) numbers.set(column, 'empty');
    else if (isHead) head += words.replace(/\s/gu, '');
  }
  return { head, cells: numbers };
}

/** The number that is all of a cell. */
function quantityIn(view: View, span: Span): Quantity | undefined {
  const found = view.quantityAt(span.start);
  return found !== undefined && contains(span, found) && view.folded.slice(found.end, span.end).trim() === ''
    ? found
    : undefined;
}

const isNumber = (cell: Stated | 'empty' | undefined): cell is Stated => cell !== undefined && cell !== 'empty';

const columnsOf = (rows: readonly Row[]): readonly number[] =>
  [...new Set(rows.flatMap(({ cells }) => [...cells.keys()]))].sort((a, b) => a - b);

// ── Rows of totals ────────────────────────────────────────────────────────────────────────────────────────────────

function totals(rows: readonly Row[], kinds: readonly RowKind[]): readonly Judgement[] {
  return rows.flatMap((row, at) => {
    if (kinds[at] === 'plain') return [];
    const since = kinds[at] === 'subtotal' ? kinds.lastIndexOf('subtotal', at - 1) + 1 : 0;
    const summed = at === 0 ? rows.map((_, other) => other).slice(1) : rows.map((_, other) => other).slice(since, at);
    const plain = summed.filter((other) => kinds[other] === 'plain').map((other) => rows[other] as Row);
    return columnsOf([row]).flatMap((column) => judgeColumn(row, plain, column) ?? []);
  });
}

/** Nothing is said of percentages, of columns that are not all numbers, and of a mean. */
function judgeColumn(row: Row, rows: readonly Row[], column: number): Judgement | undefined {
  const whole = row.cells.get(column);
  const cells = rows.map(({ cells }) => cells.get(column));
  if (!isNumber(whole) || whole.quantity.kind === 'percent' || cells.includes(undefined)) return undefined;
  const parts = cells.filter(isNumber);
  if (parts.length < 2 || parts.some(({ quantity }) => cmp(quantity.value, whole.quantity.value) > 0)) return undefined;
  return sumJudgement(whole, parts);
}

function sumJudgement(whole: Stated, parts: readonly Stated[]): Judgement {
  const { agrees, expected } = agreementOf(whole, parts);
  return {
    verdict: agrees ? 'consistent' : 'inconsistent',
    stated: whole.quantity.stated,
    expected: shown(expected, whole.quantity.unit),
    operands: [operandOf('whole', whole), ...parts.map((part, index) => operandOf(`part${index + 1}`, part))],
    mode: whole.quantity.quantum.n === 0n ? 'exact' : 'interval',
    evidence: [whole, ...parts].map(({ evidence }) => evidence),
    values: { parts: joined(parts) },
    ...(agrees ? {} : causeNote(valueCause(whole.quantity.value, expected))),
  };
}

const agreementOf = (whole: Stated, parts: readonly Stated[]): { agrees: boolean; expected: Rational } =>
  sumAgreement(
    whole.quantity,
    parts.map(({ quantity }) => quantity),
  );

// ── Columns ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** Rows in which a sum, and a percentage, must hold for a row that breaks it to be told of. */
const ENOUGH = 3;
const ENOUGH_RATES = 2;

/** What holds between three columns in all rows but one. */
function relations(rows: readonly Row[]): readonly Judgement[] {
  const columns = columnsOf(rows);
  return columns.flatMap((whole) =>
    columns.flatMap((a, index) =>
      columns.slice(index + 1).flatMap((b): readonly Judgement[] => {
        if (a === whole || b === whole) return [];
        const full = rows.flatMap(({ cells }) => {
          const row = [cells.get(whole), cells.get(a), cells.get(b)];
          return row.every(isNumber) ? [row as [Stated, Stated, Stated]] : [];
        });
        return full.length <= ENOUGH_RATES ? [] : (brokenSum(full) ?? brokenRate(full) ?? []);
      }),
    ),
  );
}

type Triple = readonly [Stated, Stated, Stated];

/** The only one that does not pass, where enough others do. */
function onlyFailing(rows: readonly Triple[], passes: (row: Triple) => boolean): Triple | undefined {
  const failing = rows.filter((row) => !passes(row));
  return failing.length === 1 && rows.length - 1 >= ENOUGH ? failing[0] : undefined;
}

function brokenSum(rows: readonly Triple[]): readonly Judgement[] | undefined {
  if (rows.flat().some(({ quantity }) => quantity.kind === 'percent')) return undefined;
  const broken = onlyFailing(rows, ([whole, ...parts]) => agreementOf(whole, parts).agrees);
  // Where a part is mostly 0, the whole is but the other part again.
  const telling = rows.filter(([, ...parts]) => parts.every(({ quantity }) => quantity.value.n !== 0n));
  if (broken === undefined || telling.length < ENOUGH) return undefined;
  const [whole, ...parts] = broken;
  return [{ ...sumJudgement(whole, parts), severity: 'warning' }];
}

function brokenRate(rows: readonly Triple[]): readonly Judgement[] | undefined {
  if (rows.some(([rate]) => rate.quantity.kind !== 'percent')) return undefined;
  const shares = rows.map(([rate, a, b]) =>
    cmp(a.quantity.value, b.quantity.value) > 0 ? { rate, part: b, whole: a } : { rate, part: a, whole: b },
  );
  const holding = shares.filter((share) => modeOf(share) === 'nearest');
  // A percentage of 100 holds for any two equal numbers.
  const isTelling = holding.some(({ part, whole }) => cmp(part.quantity.value, whole.quantity.value) !== 0);
  const [broken, ...more] = shares.filter((share) => !holding.includes(share));
  if (broken === undefined || !isTelling || more.length > 0 || holding.length < ENOUGH_RATES) return undefined;
  const judged = judgeShare(broken);
  return judged.verdict === 'consistent'
    ? undefined
    : [{ ...judged, values: { parts: joined([broken.part, broken.whole]) } }];
}
