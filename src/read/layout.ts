/**
 * From pieces of text placed on pages (PDF, OFD, recognised pictures) to paragraphs and tables in reading order: pieces make
 * lines, lines that the layout broke are joined, what is repeated around the pages is left out.
 */
import { cell, type PageStart, type Paragraph, type Part, type TableRow } from './content.js';
import { endsSentence, isWide, opensWithMarker } from './lines.js';

/** A run of text as placed: left edge and baseline from the top of the page, in points. */
export interface Piece {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Font size. */
  readonly size: number;
}

export interface PlacedPage {
  readonly width: number;
  readonly height: number;
  readonly pieces: readonly Piece[];
  /** Ordinates of ruling lines, from the top; they tell where rows of a table end. */
  readonly rules?: readonly number[];
}

/** A stretch of a line without a wide gap: all of the line, or one cell of a table. */
interface Segment {
  readonly text: string;
  readonly x: number;
  readonly right: number;
}

interface Line {
  readonly page: number;
  readonly segments: readonly Segment[];
  readonly text: string;
  readonly x: number;
  readonly right: number;
  readonly y: number;
  readonly size: number;
}

// All distances below are in font sizes (em), unless they say otherwise.
/** Two pieces on baselines nearer than this stand on one line. */
const SAME_LINE = 0.45;
/** A gap this wide between Latin characters is a space; between Chinese ones it must be as wide as a typed one. */
const LATIN_SPACE = 0.18;
const WIDE_SPACE = 0.45;
/** A gap this wide parts two cells. */
const CELL_GAP = 1.4;
/** A first line is indented by at least this much. */
const INDENT = 0.9;
/** A line this far from the right edge was ended by its writer, not by the layout. */
const SHORT = 2.1;
/** Part of the page's height at its top and foot in which headers, footers and page numbers stand. */
const MARGIN = 0.1;

export function layOut(pages: readonly PlacedPage[]): readonly Part[] {
  const lines = pages.map((page, index) => linesOf(page, index + 1));
  const furniture = findFurniture(pages, lines);
  const body = lines.map((page) => page.filter((line) => !furniture.has(line)));
  return paragraphsOf(body.flatMap((page, index) => page.map((line) => ({ line, rules: pages[index]?.rules ?? [] }))));
}

// ── Pieces to lines ───────────────────────────────────────────────────────────────────────────────────────────────

function linesOf(page: PlacedPage, number: number): readonly Line[] {
  const pieces = page.pieces.filter(({ text, size }) => text !== '' && size > 0);
  const rows: Piece[][] = [];
  for (const piece of [...pieces].sort((a, b) => a.y - b.y)) {
    const row = rows.at(-1);
    const anchor = row?.find(({ text }) => text.trim() !== '') ?? row?.[0];
    const near = anchor !== undefined && piece.y - anchor.y < SAME_LINE * Math.min(anchor.size, piece.size);
    if (near) row?.push(piece);
    else rows.push([piece]);
  }
  return rows.flatMap((row) => lineOf(row, number) ?? []);
}

function lineOf(row: readonly Piece[], page: number): Line | undefined {
  const ordered = withoutOverprint([...row].sort((a, b) => a.x - b.x));
  const segments: { text: string; x: number; right: number }[] = [];
  let gapBefore = false;
  for (const piece of ordered) {
    const text = piece.text;
    if (text.trim() === '') {
      gapBefore = true;
      continue;
    }
    const last = segments.at(-1);
    const lead = text.length - text.trimStart().length;
    const gap = last === undefined ? 0 : (piece.x - last.right) / piece.size;
    if (last === undefined || gap > CELL_GAP)
      segments.push({ text: text.trim(), x: piece.x, right: piece.x + piece.width });
    else {
      last.text = joinPieces(last.text, text.trim(), gap, gapBefore || lead > 0);
      last.right = Math.max(last.right, piece.x + piece.width);
    }
    gapBefore = /\s$/u.test(text);
  }
  const [first] = segments;
  const end = segments.at(-1);
  if (first === undefined || end === undefined) return undefined;
  const spaced = segments.map((segment) => ({ ...segment, text: withoutTypesettingSpaces(segment.text) }));
  return {
    page,
    segments: spaced,
    text: spaced.map(({ text }) => text).join(' '),
    x: first.x,
    right: end.right,
    y: mostFrequent(ordered.map(({ y }) => y)),
    size: largestShare(ordered),
  };
}

/** Bold type is sometimes made by printing the same text twice, hardly apart. */
function withoutOverprint(row: readonly Piece[]): readonly Piece[] {
  return row.filter(
    (piece, index) =>
      !row
        .slice(Math.max(0, index - 3), index)
        .some(({ text, x }) => text === piece.text && Math.abs(x - piece.x) < piece.size / 4),
  );
}

function joinPieces(left: string, right: string, gap: number, spaced: boolean): string {
  const wide = isWide(left.at(-1) ?? '') || isWide(right.at(0) ?? '');
  const space = wide ? gap > WIDE_SPACE : spaced || gap > LATIN_SPACE;
  return space ? `${left} ${right}` : left + right;
}

/** Typesetting parts digits and Latin letters from Chinese characters by a thin space; writers do not. */
function withoutTypesettingSpaces(text: string): string {
  return text
    .replace(/(?<=[\u3000-\u303F\u4E00-\u9FFF\uFF00-\uFFEF“”‘’]) +(?=[\dA-Za-z%％(〔《])/gu, '')
    .replace(/(?<=[\dA-Za-z%％)〕》]) +(?=[\u3000-\u303F\u4E00-\u9FFF\uFF00-\uFFEF“”‘’])/gu, '');
}

/** Size of the font in which most of a line is set. */
function largestShare(row: readonly Piece[]): number {
  const shares = new Map<number, number>();
  for (const { text, size } of row) {
    const rounded = Math.round(size * 2) / 2;
    shares.set(rounded, (shares.get(rounded) ?? 0) + text.trim().length);
  }
  return [...shares].reduce((most, each) => (each[1] > most[1] ? each : most), [0, -1])[0] || 1;
}

// ── Furniture ─────────────────────────────────────────────────────────────────────────────────────────────────────

const PAGE_NUMBER =
  /^(?:[-—–－·•]*\s*\d{1,4}\s*[-—–－·•]*|[-—–]?\s*第?\s*[\d一二三四五六七八九十百]{1,5}\s*页\s*[,，、/／|]?\s*(?:共\s*[\d一二三四五六七八九十百]{1,5}\s*页)?\s*[-—–]?|\d{1,4}\s*[/／]\s*\d{1,4})$/u;

/** Page numbers, and lines at the edge of pages that stand at one place on most of them, digits apart. */
function findFurniture(pages: readonly PlacedPage[], lines: readonly (readonly Line[])[]): ReadonlySet<Line> {
  const atEdge = lines.flatMap((page, index) => {
    const height = pages[index]?.height ?? 0;
    return page.filter(({ y }) => y < height * MARGIN || y > height * (1 - MARGIN));
  });
  const shape = ({ text, y }: Line): string => `${Math.round(y / 6)} ${text.replace(/\d+/g, '#').replace(/\s/gu, '')}`;
  const seen = new Map<string, Set<number>>();
  for (const line of atEdge) {
    const on = seen.get(shape(line)) ?? new Set();
    seen.set(shape(line), on.add(line.page));
  }
  const withText = lines.filter((page) => page.length > 0).length;
  // Books have two kinds of pages, left and right, so half of them is "most" once there are a few.
  const enough = withText <= 3 ? Math.max(2, withText) : Math.ceil(withText * 0.4);
  return new Set(atEdge.filter((line) => PAGE_NUMBER.test(line.text) || (seen.get(shape(line))?.size ?? 0) >= enough));
}

// ── Lines to paragraphs ───────────────────────────────────────────────────────────────────────────────────────────

interface Placed {
  readonly line: Line;
  readonly rules: readonly number[];
}

/** What a text column looks like: where most lines start and end, how far apart they are, how large their type is. */
interface Column {
  readonly left: number;
  readonly right: number;
  readonly pitch: number;
  readonly size: number;
}

function paragraphsOf(placed: readonly Placed[]): readonly Part[] {
  const column = measure(placed.map(({ line }) => line));
  const parts: Part[] = [];
  let open: Line[] = [];
  const close = (): void => {
    if (open.length > 0) parts.push(joinParagraph(open));
    open = [];
  };
  for (let at = 0; at < placed.length; ) {
    const rows = tableRows(placed, at, column);
    if (rows > 0) {
      close();
      parts.push(tableOf(placed.slice(at, at + rows), column));
      at += rows;
      continue;
    }
    const { line } = placed[at] as Placed;
    if (open.length > 0 && !continues(open, line, column)) close();
    open.push(line);
    at += 1;
  }
  close();
  return parts;
}

function measure(lines: readonly Line[]): Column {
  const single = lines.filter(({ segments }) => segments.length === 1);
  const sample = single.length > 0 ? single : lines;
  const size = mostFrequent(sample.flatMap((line) => Array<number>(Math.ceil(line.text.length / 10)).fill(line.size)));
  const ofText = sample.filter((line) => Math.abs(line.size - size) < 1);
  const pitches = ofText.flatMap((line, index) => {
    const before = ofText[index - 1];
    const pitch = before?.page === line.page ? line.y - before.y : 0;
    return pitch > 0 ? [Math.round(pitch * 2) / 2] : [];
  });
  const right = quantile(
    ofText.map((line) => line.right),
    0.9,
  );
  // The left edge is where lines go on after a full one: paragraphs start further in.
  const carried = ofText.filter((_, index) => {
    const before = ofText[index - 1];
    return before !== undefined && before.right > right - SHORT * size;
  });
  const starts = (carried.length >= 3 ? carried : ofText).map(({ x }) => Math.round(x));
  return { left: mostFrequent(starts), right, size: size || 1, pitch: mostFrequent(pitches) || size * 1.5 };
}

/** True where `line` belongs to the paragraph whose lines so far are `open`. */
function continues(open: readonly Line[], line: Line, column: Column): boolean {
  const last = open.at(-1) as Line;
  const first = open[0] as Line;
  const size = Math.max(line.size, 1);
  if (Math.abs(last.size - line.size) > column.size * 0.15) return false;
  const centred = isCentred(last, column);
  const short = last.right < column.right - SHORT * size;
  if (short && !(centred && last.right - last.x > (column.right - column.left) * 0.85)) return false;
  if (line.page === last.page && line.y - last.y > Math.max(column.pitch, size) * 1.6) return false;
  if (opensWithMarker(line.text) && (endsSentence(last.text) || opensWithMarker(first.text))) return false;
  const indent = (line.x - column.left) / size;
  if (indent < INDENT) return true;
  // Further in than the text's edge: a new paragraph, unless a hanging or block indent, or a centred title, plainly goes on.
  if (endsSentence(last.text) || opensWithMarker(line.text)) return false;
  const hanging = opensWithMarker(first.text) && line.x > first.x + INDENT * size;
  const block = Math.abs(line.x - last.x) < size / 2 && Math.abs(first.x - last.x) < size / 2;
  return hanging || block || (centred && isCentred(line, column));
}

const isCentred = (line: Line, { left, right }: Column): boolean => {
  const [before, after] = [line.x - left, right - line.right];
  return before > line.size && Math.abs(before - after) < line.size * 1.5;
};

function joinParagraph(lines: readonly Line[]): Paragraph {
  let text = '';
  const pageStarts: PageStart[] = [];
  for (const line of lines) {
    const needsSpace = /[A-Za-z0-9,.;:]$/u.test(text) && /^[A-Za-z]/u.test(line.text);
    if (needsSpace) text += ' ';
    if (pageStarts.at(-1)?.page !== line.page) pageStarts.push({ at: text.length, page: line.page });
    text += line.text;
  }
  return { kind: 'paragraph', text, pageStarts };
}

// ── Tables ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Number of lines from `at` on that make a table: lines in several segments, and what stands between such lines. */
function tableRows(placed: readonly Placed[], at: number, column: Column): number {
  const isRow = (index: number): boolean => (placed[index]?.line.segments.length ?? 0) >= 2;
  if (!isRow(at)) return 0;
  let end = at;
  let rows = 0;
  for (let index = at; index < placed.length; index += 1) {
    const { line } = placed[index] as Placed;
    if (isRow(index)) {
      end = index + 1;
      rows += 1;
    } else if (line.right - line.x > (column.right - column.left) * 0.8 || index - end >= 6) break;
  }
  return rows >= 2 ? end - at : 0;
}

/** Columns by where segments start; a new row where a rule or a gap parts the lines, or where the first column starts anew. */
function tableOf(placed: readonly Placed[], column: Column): Part {
  const starts = columnStarts(placed.map(({ line }) => line));
  const rows: TableRow[] = [];
  let cells: string[][] = [];
  let last: Line | undefined;
  let page = placed[0]?.line.page ?? 1;
  const close = (): void => {
    if (cells.length > 0)
      rows.push({ cells: Array.from(starts, (_, index) => cell([(cells[index] ?? []).join('')])), page });
    cells = [];
  };
  for (const { line, rules } of placed) {
    if (last !== undefined && startsRow(last, line, rules, column)) close();
    if (cells.length === 0) page = line.page;
    for (const segment of line.segments) {
      const at = nearest(starts, segment.x);
      cells[at] = [...(cells[at] ?? []), segment.text];
    }
    last = line;
  }
  close();
  return { rows };
}

function startsRow(last: Line, line: Line, rules: readonly number[], column: Column): boolean {
  if (line.page !== last.page) return true;
  if (rules.length > 0) return rules.some((rule) => rule > last.y - last.size / 2 && rule < line.y - line.size / 4);
  return line.y - last.y > Math.max(last.size * 1.75, column.pitch * 0.95);
}

function columnStarts(lines: readonly Line[]): readonly number[] {
  const size = Math.max(...lines.map((line) => line.size));
  const xs = lines.flatMap(({ segments }) => segments.map(({ x }) => x)).sort((a, b) => a - b);
  const starts: number[] = [];
  for (const x of xs) if (starts.length === 0 || x - (starts.at(-1) as number) > size * 2) starts.push(x);
  return starts;
}

const nearest = (starts: readonly number[], x: number): number =>
  starts.reduce(
    (best, start, index) => (Math.abs(start - x) < Math.abs((starts[best] as number) - x) ? index : best),
    0,
  );

// ── Numbers ───────────────────────────────────────────────────────────────────────────────────────────────────────

function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((most, each) => (each[1] > most[1] ? each : most), [0, 0])[0];
}

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? 0;
