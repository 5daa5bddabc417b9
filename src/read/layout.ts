/**
 * From pieces of text placed on pages (PDF, OFD, recognised pictures) to paragraphs and tables in reading order: pieces make
 * lines, lines that the layout broke are joined, what is repeated around the pages is left out.
 */
import { cell, type PageStart, type Paragraph, type Part, type TableCell, type TableRow } from './content.js';
import { findGrids, type Grid, type GridCell, type Rule } from './grid.js';
import { continuesSeries, endsSentence, isMarker, isWide, joinLines, opensWithMarker } from './lines.js';
import { spaceAfter } from './numbering.js';

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
  /** Lines drawn on the page: where they make a table, they tell its cells. */
  readonly rules?: readonly Rule[];
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
/** In a ruled table cells may stand as near as this. */
const TABLE_HINT = 0.5;
/** A first line is indented by at least this much. */
const INDENT = 0.9;
/** A line this far from the right edge was ended by its writer, not by the layout. */
const SHORT = 2.1;
/** Part of the page's height at its top and foot in which headers, footers and page numbers stand. */
const MARGIN = 0.1;

export function layOut(pages: readonly PlacedPage[]): readonly Part[] {
  const contents = withoutSpill(pages.map((page, index) => contentOf(page, index + 1)));
  const lines = contents.map((page) => page.filter((item) => 'segments' in item));
  const furniture = findFurniture(pages, lines);
  return partsOf(
    contents.flat().filter((item) => 'grid' in item || !furniture.has(item)),
    pages[0]?.width ?? 0,
  );
}

/** True where text stands apart as cells do, so that it is worth while to look for ruling lines. */
export function mayHoldTable(page: PlacedPage): boolean {
  const apart = linesOf(page.pieces, 1, TABLE_HINT).filter(({ segments }) => segments.length > 1);
  return apart.length >= 2;
}

/** A ruled table with the text in its cells. */
interface RuledTable {
  readonly grid: Grid;
  readonly page: number;
  readonly y: number;
  readonly rows: readonly TableRow[];
}

type Item = Line | RuledTable;

/** Lines and ruled tables of a page, from top to bottom. */
function contentOf(page: PlacedPage, number: number): readonly Item[] {
  const grids = findGrids(page.rules ?? []);
  const tables = grids.map((grid) => ruledTable(grid, page.pieces, number)).filter(({ rows }) => rows.length > 0);
  const outside = page.pieces.filter((piece) => !tables.some(({ grid }) => isInside(piece, grid)));
  const lines = linesOf(outside, number);
  const items = [...lines, ...tables].sort((a, b) => a.y - b.y);
  const gutter = findGutter(lines, page.width);
  return gutter === undefined ? items : columnByColumn(items, gutter);
}

// ── Two columns ───────────────────────────────────────────────────────────────────────────────────────────────────

/** Fewest lines on each side of a gutter, and their usual width as a share of the page's. */
const COLUMN_LINES = 8;
const COLUMN_WIDTH = 0.25;
/** Share of segments that may run across the gutter: titles, headings. */
const ACROSS = 0.15;

/** Where the right one of two columns of text starts; cells of a table are too narrow to be taken for columns. */
function findGutter(lines: readonly Line[], width: number): number | undefined {
  const all = lines.flatMap(({ segments }) => segments);
  const gutter = mostFrequent(
    all.flatMap(({ x }) => (x > width * 0.4 && x < width * 0.65 ? [Math.round(x / 2) * 2] : [])),
  );
  if (gutter === 0) return undefined;
  const isWideEnough = (segments: readonly Segment[]): boolean =>
    segments.length >= COLUMN_LINES &&
    quantile(
      segments.map(({ x, right }) => right - x),
      0.5,
    ) >
      width * COLUMN_WIDTH;
  const left = all.filter(({ right }) => right < gutter);
  const right = all.filter(({ x }) => x > gutter - 3);
  const across = all.length - left.length - right.length;
  return isWideEnough(left) && isWideEnough(right) && across < all.length * ACROSS ? gutter : undefined;
}

/** Between what runs across both: the left column, then the right one, moved to where the left one stands. */
function columnByColumn(items: readonly Item[], gutter: number): readonly Item[] {
  const isLine = (item: Item): item is Line => 'segments' in item;
  const sides = items.map((item) => {
    if (!isLine(item)) return { across: item };
    const [left, right] = [
      item.segments.filter((each) => each.right < gutter),
      item.segments.filter(({ x }) => x > gutter - 3),
    ];
    if (left.length + right.length < item.segments.length) return { across: item };
    return {
      left: left.length === 0 ? undefined : cut(item, left),
      right: right.length === 0 ? undefined : cut(item, right),
    };
  });
  const shift =
    gutter - mostFrequent(sides.flatMap(({ left }) => (left === undefined ? [] : [Math.round(left.x / 2) * 2])));
  const found: Item[] = [];
  let waiting: Line[] = [];
  for (const { across, left, right } of sides) {
    if (left !== undefined) found.push(left);
    if (right !== undefined) waiting.push({ ...right, x: right.x - shift, right: right.right - shift });
    if (across !== undefined) {
      found.push(...waiting, across);
      waiting = [];
    }
  }
  return [...found, ...waiting];
}

const cut = (line: Line, segments: readonly Segment[]): Line => ({
  ...line,
  segments,
  text: segments.map(({ text }) => text).join(' '),
  x: segments[0]?.x ?? line.x,
  right: segments.at(-1)?.right ?? line.right,
});

/** Browsers draw the top of a line that did not fit at the foot of its page, and the whole of it on the next one. */
function withoutSpill(contents: readonly (readonly Item[])[]): readonly (readonly Item[])[] {
  return contents.map((items, index) => {
    const [last, next] = [items.at(-1), contents[index + 1]?.[0]];
    if (last === undefined || next === undefined || 'grid' in last || 'grid' in next) return items;
    return last.text.length > 2 && last.x >= next.x && last.right <= next.right && isWithin(last.text, next.text)
      ? items.slice(0, -1)
      : items;
  });
}

/** True where all characters of `part` stand in `whole`, in their order. */
function isWithin(part: string, whole: string): boolean {
  let at = -1;
  for (const char of part.replace(/\s/gu, '')) {
    at = whole.indexOf(char, at + 1);
    if (at === -1) return false;
  }
  return true;
}

// ── Pieces to lines ───────────────────────────────────────────────────────────────────────────────────────────────

function linesOf(pieces: readonly Piece[], page: number, cellGap = CELL_GAP): readonly Line[] {
  const visible = pieces.filter(({ text, size }) => text !== '' && size > 0);
  const rows: Piece[][] = [];
  for (const piece of visible.sort((a, b) => a.y - b.y)) {
    const row = rows.at(-1);
    const anchor = row?.find(({ text }) => text.trim() !== '') ?? row?.[0];
    const near = anchor !== undefined && piece.y - anchor.y < SAME_LINE * Math.min(anchor.size, piece.size);
    if (near) row?.push(piece);
    else rows.push([piece]);
  }
  return rows.flatMap((row) => lineOf(row, page, cellGap) ?? []);
}

const LABELLED = /^[^：:\d]{1,10}[：:]/u;

function lineOf(row: readonly Piece[], page: number, cellGap: number): Line | undefined {
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
    if (last === undefined || gap > cellGap)
      segments.push({ text: text.trim(), x: piece.x, right: piece.x + piece.width });
    else {
      last.text = joinPieces(last.text, text.trim(), gap, gapBefore || lead > 0);
      last.right = Math.max(last.right, piece.x + piece.width);
    }
    gapBefore = /\s$/u.test(text);
  }
  // A number and what it counts are set apart by a tab.
  const [label, content, ...others] = segments;
  if (label !== undefined && content !== undefined && others.length === 0 && isMarker(label.text)) {
    segments.splice(0, 2, { ...label, text: label.text + spaceAfter(label.text) + content.text, right: content.right });
  }
  const [first] = segments;
  const end = segments.at(-1);
  if (first === undefined || end === undefined) return undefined;
  // Labels with what they name, set apart on one line, are no row of a table.
  if (segments.length > 1 && segments.every(({ text }) => LABELLED.test(text))) {
    segments.splice(0, segments.length, {
      text: segments.map(({ text }) => text).join(' '),
      x: first.x,
      right: end.right,
    });
  }
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

/** What a text column looks like: where most lines start and end, how far apart they are, how large their type is. */
interface Column {
  readonly left: number;
  readonly right: number;
  readonly pitch: number;
  readonly size: number;
  /** How much further in paragraphs start, in points; 0 where that is not plain. */
  readonly indent: number;
}

function partsOf(items: readonly Item[], width: number): readonly Part[] {
  const column = measure(
    items.filter((item) => 'segments' in item),
    width,
  );
  const parts: Part[] = [];
  const headings: { readonly at: number; readonly size: number }[] = [];
  let open: Line[] = [];
  const close = (): void => {
    const [first] = open;
    if (first === undefined) return;
    const size = Math.round(Math.max(...open.map((line) => line.size)));
    const part = joinParagraph(open);
    if (size >= column.size * LARGE && part.text.length <= LONGEST_HEADING) headings.push({ at: parts.length, size });
    parts.push(part);
    open = [];
  };
  for (let at = 0; at < items.length; ) {
    const item = items[at] as Item;
    if ('grid' in item) {
      close();
      const tables = continued(items, at);
      parts.push({ rows: tables.map(({ rows }) => rows).reduce(appendRows) });
      at += tables.length;
      continue;
    }
    const rows = unruledRows(items, at, column);
    if (rows.length > 0) {
      close();
      parts.push(tableOf(rows, column));
      at += rows.length;
      continue;
    }
    if (open.length > 0 && !continues(open, item, column, items[at + 1])) close();
    open.push(item);
    at += 1;
  }
  close();
  for (const { at, kind, level } of ranked(headings)) {
    parts[at] = { ...(parts[at] as Paragraph), kind, ...(level === undefined ? {} : { level }) };
  }
  return parts;
}

/** Type larger than that of the text by this is that of a heading, where it does not go on for long. */
const LARGE = 1.12;
const LONGEST_HEADING = 80;

/** The largest type, where it stands once and first, is that of the title; headings rank by the size of theirs. */
function ranked(headings: readonly { readonly at: number; readonly size: number }[]) {
  const sizes = [...new Set(headings.map(({ size }) => size))].sort((a, b) => b - a);
  const isTitle = headings.filter(({ size }) => size === sizes[0]).length === 1 && headings[0]?.size === sizes[0];
  return headings.map(({ at, size }) => {
    const rank = sizes.indexOf(size);
    return isTitle && rank === 0
      ? { at, kind: 'title' as const, level: undefined }
      : { at, kind: 'heading' as const, level: isTitle ? rank : rank + 1 };
  });
}

/** Share of lines that may go beyond the right edge. */
const BEYOND = 0.03;

function measure(lines: readonly Line[], width: number): Column {
  const single = lines.filter(({ segments }) => segments.length === 1);
  const sample = single.length > 0 ? single : lines;
  const size = mostFrequent(sample.flatMap((line) => Array<number>(Math.ceil(line.text.length / 10)).fill(line.size)));
  const ofText = sample.filter((line) => Math.abs(line.size - size) < 1);
  // Where most paragraphs are of one line, few lines reach the edge; hardly any go beyond it, but for marks that hang. What is
  // further out than the left margin lets expect is believed of more than one line only.
  const inner = ofText.filter(({ text }) => !/[，。；：、！？]$/u.test(text));
  const rights = (inner.length >= 5 ? inner : ofText).map((line) => line.right).sort((a, b) => b - a);
  const margin = quantile(
    ofText.map(({ x }) => x),
    BEYOND,
  );
  const beyond = Math.floor(rights.length * BEYOND);
  const furthest = rights[beyond] ?? 0;
  const right = furthest > width - margin + size ? (rights[Math.max(1, beyond)] ?? furthest) : furthest;
  const pairs = ofText.slice(1).map((line, index) => ({ line, before: ofText[index] as Line }));
  const isFull = (line: Line): boolean => line.right > right - SHORT * size;
  const pitchesOf = (each: typeof pairs): readonly number[] =>
    each.flatMap(({ line, before }) => {
      const pitch = before.page === line.page ? Math.round((line.y - before.y) * 2) / 2 : 0;
      return pitch > 0 ? [pitch] : [];
    });
  // Lines that go on after a full one tell the left edge and the distance of lines: paragraphs start further in and apart.
  const carried = pairs.filter(({ before }) => isFull(before));
  const left = mostFrequent(
    (carried.length >= 3 ? carried.map(({ line }) => line) : ofText).map(({ x }) => Math.round(x)),
  );
  const indents = pairs.filter(({ before, line }) => !isFull(before) && line.x - left > INDENT * size);
  return {
    left,
    right,
    size: size || 1,
    pitch: mostFrequent(pitchesOf(carried)) || mostFrequent(pitchesOf(pairs)) || size * 1.5,
    indent: indents.length < 3 ? 0 : mostFrequent(indents.map(({ line }) => Math.round(line.x - left))),
  };
}

/** Widest that a digit or Latin letter is set, in units of the type size. */
const LATIN_WIDTH = 0.6;

/** True where `line` belongs to the paragraph whose lines so far are `open`; `next` comes after it. */
function continues(open: readonly Line[], line: Line, column: Column, next: Item | undefined): boolean {
  const last = open.at(-1) as Line;
  const first = open[0] as Line;
  const size = Math.max(line.size, 1);
  if (Math.abs(last.size - line.size) > column.size * 0.15) return false;
  const centred = isCentred(last, column);
  // Numbers are not broken, closing marks do not start a line, opening ones do not end one: the line before may end earlier.
  const unbroken =
    (/^[0-9A-Za-z,.%]{2,}/u.exec(line.text)?.[0].length ?? 0) * size * LATIN_WIDTH +
    (/^[^\dA-Za-z]([》”’）】」』〉，。；：、！？]+)/u.exec(line.text)?.[1]?.length ?? 0) * size +
    (/^[（《“‘【「『〈〔]/u.test(line.text) ? size : 0);
  const short = last.right < column.right - SHORT * size - unbroken;
  if (short && !(centred && last.right - last.x > (column.right - column.left) * 0.85)) return false;
  if (line.page === last.page && isApart(open, line, column, next)) return false;
  const indent = (line.x - column.left) / size;
  const marked = opensWithMarker(line.text) && !(indent < INDENT && isSeries(open, line));
  if (marked && (endsSentence(last.text) || opensWithMarker(first.text))) return false;
  if (indent < INDENT) return true;
  // Further in than the text's edge: a new paragraph, unless a hanging or block indent, or a centred title, plainly goes on.
  if (endsSentence(last.text) || opensWithMarker(line.text)) return false;
  const hanging =
    opensWithMarker(first.text) &&
    line.x > first.x + INDENT * size &&
    !(open.length === 1 && isFirst(line, next, column));
  const indented = column.indent > 0 && Math.abs(line.x - column.left - column.indent) < size / 2;
  const block =
    Math.abs(line.x - last.x) < size / 2 && Math.abs(first.x - last.x) < size / 2 && !(indented && open.length === 1);
  return hanging || block || (isCentred(line, column) && (centred || isTitleLine(last, line, column)));
}

/** More space above `line` than lines of a paragraph have between them: as measured, or else as beside this line. */
function isApart(open: readonly Line[], line: Line, column: Column, next: Item | undefined): boolean {
  const last = open.at(-1) as Line;
  const gap = line.y - last.y;
  if (gap <= Math.max(column.pitch, line.size) * 1.6) return false;
  const above = open.at(-2);
  const before = above?.page === last.page ? last.y - above.y : undefined;
  if (before !== undefined) return gap > before * 1.15;
  const after = next !== undefined && 'segments' in next && next.page === line.page ? next.y - line.y : 0;
  return gap > line.size * 3 || endsSentence(last.text) || Math.abs(after - gap) > gap * 0.15;
}

/** A series that began in the middle of a paragraph goes on in it, though a number opens a line by chance. */
const isSeries = (open: readonly Line[], line: Line): boolean =>
  open[0]?.x !== line.x && continuesSeries(open.map(({ text }) => text).join(''), line.text);

/** The first line of a paragraph: the next one goes on at the left edge. */
const isFirst = (line: Line, next: Item | undefined, { left }: Column): boolean =>
  next !== undefined &&
  'segments' in next &&
  next.page === line.page &&
  Math.abs(next.x - left) < line.size / 2 &&
  !opensWithMarker(next.text);

/** Large type that fills a line and goes on in the middle of the next one. */
const isTitleLine = (last: Line, line: Line, column: Column): boolean =>
  line.size > column.size * 1.15 && Math.abs(last.x + last.right - line.x - line.right) < line.size * 2;

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

// ── Ruled tables ──────────────────────────────────────────────────────────────────────────────────────────────────

const isInside = ({ x, y, width, size }: Piece, { x0, y0, x1, y1 }: Rule): boolean => {
  const [across, down] = [x + width / 2, y - size * 0.35];
  return across > x0 && across < x1 && down > y0 && down < y1;
};

function ruledTable(grid: Grid, pieces: readonly Piece[], page: number): RuledTable {
  const own = pieces.filter((piece) => isInside(piece, grid)).flatMap((piece) => cutAtColumns(piece, grid));
  const rows: TableRow[] = [];
  for (const each of grid.cells) {
    const inside = own.filter((piece) => isInside(piece, each));
    const row = rows[each.row] ?? { cells: [], page };
    rows[each.row] = { ...row, cells: [...row.cells, cellOf(inside, each, page)] };
  }
  const hasText = rows.some((row) => row?.cells.some(({ paragraphs }) => paragraphs.length > 0));
  return { grid, page, y: grid.y0, rows: hasText ? Array.from(rows, (row) => row ?? { cells: [], page }) : [] };
}

/** Some programs write the cells of a row as one text: it is cut where a column starts, by the widths of its characters. */
function cutAtColumns(piece: Piece, grid: Grid): readonly Piece[] {
  const edges = grid.cells.filter((each) => isInside({ ...piece, x: each.x0, width: 1 }, each)).map(({ x0 }) => x0);
  const crossed = edges.filter((edge) => edge > piece.x + piece.size && edge < piece.x + piece.width - piece.size);
  if (crossed.length === 0) return [piece];
  const chars = [...piece.text];
  const units = chars.map((char) => (isWide(char) ? 2 : 1));
  const unit = piece.width / units.reduce((sum, each) => sum + each, 0);
  const parts: Piece[] = [];
  let x = piece.x;
  for (const [index, char] of chars.entries()) {
    const width = (units[index] as number) * unit;
    const last = parts.at(-1);
    const cut =
      last === undefined ||
      crossed.some((edge) => last.x < edge && x + width / 2 > edge && last.x + last.width <= edge + width);
    if (last === undefined || cut) parts.push({ ...piece, text: char, x, width });
    else parts[parts.length - 1] = { ...last, text: last.text + char, width: last.width + width };
    x += width;
  }
  return parts;
}

function cellOf(pieces: readonly Piece[], { rowSpan, columnSpan, x1 }: GridCell, page: number): TableCell {
  const paragraphs: string[] = [];
  let last: Line | undefined;
  for (const line of linesOf(pieces, page, Number.POSITIVE_INFINITY)) {
    const ended = last !== undefined && (endsSentence(last.text) || last.right < x1 - 3 * last.size);
    if (last === undefined || (ended && opensWithMarker(line.text))) paragraphs.push(line.text);
    else paragraphs.push(joinLines(paragraphs.pop() as string, line.text));
    last = line;
  }
  return cell(paragraphs, rowSpan, columnSpan);
}

/** The table at `at` with its continuations on the pages after it: same columns, nothing between. */
function continued(items: readonly Item[], at: number): readonly RuledTable[] {
  const tables = [items[at] as RuledTable];
  for (let next = items[at + 1]; next !== undefined && 'grid' in next; next = items[at + tables.length]) {
    const last = tables.at(-1) as RuledTable;
    const same =
      next.page === last.page + 1 &&
      next.grid.columns.length === last.grid.columns.length &&
      next.grid.columns.every((x, index) => Math.abs(x - (last.grid.columns[index] as number)) < 4);
    if (!same) break;
    tables.push(next);
  }
  return tables;
}

/** Rows of a table and of its continuation: a header that is printed again is left out, a row that the page cut is mended. */
function appendRows(rows: readonly TableRow[], more: readonly TableRow[]): readonly TableRow[] {
  const content = (row: TableRow | undefined): string => JSON.stringify(row?.cells.map(({ paragraphs }) => paragraphs));
  const [next, ...rest] = content(more[0]) === content(rows[0]) ? more.slice(1) : more;
  const last = rows.at(-1);
  if (next === undefined || last === undefined) return rows;
  const filled = next.cells.filter(({ paragraphs }) => paragraphs.length > 0);
  const isRest =
    next.cells.length === last.cells.length &&
    next.cells[0]?.paragraphs.length === 0 &&
    (filled.length <= next.cells.length / 2 || filled.every(({ paragraphs: [first = ''] }) => !opensWithMarker(first)));
  return isRest ? [...rows.slice(0, -1), mendRow(last, next), ...rest] : [...rows, next, ...rest];
}

const mendRow = (upper: TableRow, lower: TableRow): TableRow => ({
  ...upper,
  cells: upper.cells.map((each, index) => {
    const [first, ...rest] = lower.cells[index]?.paragraphs ?? [];
    if (first === undefined) return each;
    if (opensWithMarker(first)) return { ...each, paragraphs: [...each.paragraphs, first, ...rest] };
    const joined = joinLines(each.paragraphs.at(-1) ?? '', first);
    return { ...each, paragraphs: [...each.paragraphs.slice(0, -1), joined, ...rest] };
  }),
});

// ── Tables without rules ──────────────────────────────────────────────────────────────────────────────────────────

/** The lines from `at` on that make a table: lines in several segments, and what stands between such lines. */
function unruledRows(items: readonly Item[], at: number, column: Column): readonly Line[] {
  const lines: Line[] = [];
  let end = 0;
  let rows = 0;
  for (let index = at; index < items.length; index += 1) {
    const line = items[index] as Item;
    if ('grid' in line) break;
    lines.push(line);
    if (line.segments.length > 1) {
      end = lines.length;
      rows += 1;
    } else if (rows === 0 || line.right - line.x > (column.right - column.left) * 0.8 || lines.length - end > 6) break;
  }
  return rows >= 2 ? lines.slice(0, end) : [];
}

/** Columns by where segments start; a new row where a gap parts the lines, or a new page starts. */
function tableOf(lines: readonly Line[], column: Column): Part {
  const starts = columnStarts(lines);
  const rows: TableRow[] = [];
  let cells: string[] = [];
  let last: Line | undefined;
  const close = (page: number): void => {
    rows.push({ cells: Array.from(starts, (_, index) => cell([cells[index] ?? ''])), page });
    cells = [];
  };
  for (const line of lines) {
    const apart = last !== undefined && line.y - last.y > Math.max(last.size * 1.75, column.pitch * 0.95);
    if (last !== undefined && (apart || line.page !== last.page)) close(last.page);
    for (const { x, text } of line.segments) {
      const at = nearest(starts, x);
      cells[at] = joinLines(cells[at] ?? '', text);
    }
    last = line;
  }
  if (last !== undefined) close(last.page);
  return { rows };
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
