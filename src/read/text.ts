/** Plain text: one paragraph a line, and lines that were broken at a fixed width joined again where that is plain to see. */
import type { Block } from '../model.js';
import { type Content, cleanText } from './content.js';
import { decodeText } from './decode.js';
import { displayWidth, endsSentence, joinLines, opensWithMarker } from './lines.js';
import { type ReadRequest, refusal } from './request.js';

export async function read(bytes: Uint8Array, request: ReadRequest): Promise<Content> {
  const { text, ...decoded } = await readLines(bytes, request);
  return { text, blocks: lineBlocks(text), ...decoded };
}

/** The text of a text file, cleaned and unwrapped, with its encoding and notes. */
export async function readLines(
  bytes: Uint8Array,
  request: ReadRequest,
): Promise<Pick<Content, 'text' | 'notes'> & { readonly encoding: string }> {
  // No encoding takes more than four bytes a character: what is longer need not be decoded to be refused.
  if (bytes.length > request.limits.characters * 4) {
    throw refusal(request, 'read.textTooLong', { limit: request.limits.characters });
  }
  const { text, encoding, notes } = await decodeText(bytes, request);
  return { text: unwrap(closeGaps(cleanText(text))), encoding, notes };
}

/**
 * A block for each line that is not blank, without the white space at its ends; lines with tabs, or with the same number
 * of wide gaps or upright bars as the line beside them, are rows of a table.
 */
function lineBlocks(text: string): readonly Block[] {
  const lines = Array.from(text.matchAll(/[^\n]+/gu)).filter(({ 0: line }) => line.trim() !== '');
  // Where a blank line stands between all lines, those beside it are next to each other.
  const apart = /[^\s]\n[^\n]/u.test(text) ? 1 : 2;
  const blocks: Block[] = [];
  let table = -1;
  let row = 0;
  for (const [at, { 0: line, index }] of lines.entries()) {
    const gap = gapOf(
      line,
      [lines[at - 1], lines[at + 1]].map((other) => ({
        line: other?.[0],
        isNext:
          other !== undefined &&
          Math.max(index, other.index) - (other.index < index ? other.index + other[0].length : index + line.length) <=
            apart,
      })),
    );
    if (gap === undefined) {
      row = 0;
      blocks.push(...inked(line, index).map((span) => ({ kind: 'paragraph' as const, ...span })));
      continue;
    }
    if (row === 0) table += 1;
    for (const [column, { text: cell, start }] of cellsOf(line, gap).entries()) {
      const place = { table, row, column, rowSpan: 1, columnSpan: 1 };
      blocks.push(...inked(cell, index + start).map((span) => ({ kind: 'cell' as const, cell: place, ...span })));
    }
    row += 1;
  }
  return blocks;
}

/** What parts the cells of a row: one tab each, gaps of two spaces or more, upright bars. */
const TAB = /\t/gu;
const GAP = /[ \u3000]{2,}/gu;
const BAR = /[ \u3000]*[|｜│┃][ \u3000]*/gu;

interface CellText {
  readonly text: string;
  readonly start: number;
}

function cellsOf(line: string, gap: RegExp): readonly CellText[] {
  const cells: CellText[] = [];
  let start = gap === TAB ? 0 : line.length - line.trimStart().length;
  const end = gap === TAB ? line.length : line.trimEnd().length;
  for (const match of line.matchAll(gap)) {
    if (match.index < start || match.index >= end) continue;
    if (match.index > start || gap === TAB) cells.push({ text: line.slice(start, match.index), start });
    start = match.index + match[0].length;
  }
  if (start < end) cells.push({ text: line.slice(start, end), start });
  return cells;
}

/** Fewest cells of a row; a single tab may be but an indent. */
const FEWEST_CELLS = 3;

/** What parts the cells of `line`, where it and one of its `neighbours` are rows of a table. */
function gapOf(
  line: string,
  neighbours: readonly { readonly line: string | undefined; readonly isNext: boolean }[],
): RegExp | undefined {
  const count = (other: string | undefined, gap: RegExp): number =>
    other === undefined ? 0 : cellsOf(gap === TAB ? other.trim() : other, gap).length;
  return [TAB, GAP, BAR].find((gap) => {
    const own = count(line, gap);
    if (own < FEWEST_CELLS) return false;
    return neighbours.some((other) => {
      const cells = count(other.line, gap);
      // Gaps and bars stand in texts, too: only lines right below each other with as many cells are rows.
      return gap === TAB ? cells >= FEWEST_CELLS : other.isNext && cells === own;
    });
  });
}

/** Range of `line` at `start` without the white space at its ends; none where it is blank. */
function inked(line: string, start: number): readonly { readonly start: number; readonly end: number }[] {
  const trimmed = line.trim();
  if (trimmed === '') return [];
  const from = start + line.indexOf(trimmed);
  return [{ start: from, end: from + trimmed.length }];
}

const HAN_GAP = /(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])/gu;
const MARK_GAP = /(?<=[\u4e00-\u9fff]) (?=[，。；：、,;:)）”])|(?<=[（(“]) (?=[\u4e00-\u9fff])/gu;
const ANY_GAP =
  /(?<=[\u4e00-\u9fff，。；：、,;:.()（）“”"《》]) (?=[\u4e00-\u9fff0-9，。；：、,;:.()（）“”"《》])|(?<=[0-9]) (?=[\u4e00-\u9fff，。；：、,;:.()（）“”"《》%])/gu;
/** So many gaps between characters, and before marks, show that a text was recognised from a picture. */
const FEWEST_HAN_GAPS = 15;
const FEWEST_MARK_GAPS = 8;
const GAPS_SHARE = 0.02;

/**
 * Closes the single spaces that recognition leaves between characters (关 于 …的 问 题 ;). Gaps before marks tell such a text
 * from names and columns that spaces part; any other text stays as it is written.
 */
export function closeGaps(text: string): string {
  const count = (gap: RegExp): number => text.match(gap)?.length ?? 0;
  const hanGaps = count(HAN_GAP);
  const isRecognised =
    hanGaps >= FEWEST_HAN_GAPS && hanGaps >= text.length * GAPS_SHARE && count(MARK_GAP) >= FEWEST_MARK_GAPS;
  return isRecognised ? text.replace(ANY_GAP, '') : text;
}

/** Fewest lines of one width, and narrowest such width in columns, that can show that a text is hard-wrapped. */
const FEWEST_FULL_LINES = 8;
const NARROWEST = 40;
/** Columns by which a full line may fall short: one character, and one more that must not start a line. */
const SLACK = 4;

/**
 * Joins the lines of a text that was broken at a fixed width. The evidence must be strong: nearly no line is wider, a good
 * part of all lines is full, and nearly all of those break off within a sentence. Anything else stays as it is written.
 */
export function unwrap(text: string): string {
  const lines = text.split('\n');
  const widths = lines.map((line) => displayWidth(line.trimEnd()));
  const width = Math.max(...[0, ...widths.slice(0, 100_000)]);
  if (width < NARROWEST || width > NARROWEST * 4) return text;
  const isFull = (index: number): boolean => (widths[index] as number) > width - SLACK;
  const filled = lines.flatMap((line, index) => (line.trim() === '' ? [] : [index]));
  const full = filled.filter(isFull);
  const broken = full.filter((index) => !endsSentence(lines[index] as string));
  const wrapped =
    full.length >= FEWEST_FULL_LINES && full.length >= filled.length * 0.4 && broken.length >= full.length * 0.75;
  if (!wrapped) return text;

  const joined: string[] = [];
  let open = false;
  for (const [index, line] of lines.entries()) {
    const continues = open && line.trim() !== '' && !/^[\s\u3000]{2}/u.test(line) && !opensWithMarker(line);
    if (continues) joined.push(joinLines(joined.pop() as string, line));
    else joined.push(line);
    open = isFull(index);
  }
  return joined.join('\n');
}
