/** Excel workbooks of 97 to 2003 (.xls, and .et, which is the same format), as far as cells show text. Follows [MS-XLS]. */
import { type Content, cell, compose, type TableRow } from './content.js';
import { openCompoundFile } from './ole.js';
import { type ReadRequest, refusal } from './request.js';
import { MOST_COLUMNS, MOST_COVERED, MOST_ROWS, type Sheet, shownDate, shownNumber, workbookParts } from './sheet.js';

export async function read(bytes: Uint8Array, request: ReadRequest): Promise<Content> {
  const file = openCompoundFile(bytes);
  const stream = file.stream('Workbook');
  if (stream === undefined) throw refusal(request, 'read.unsupported.spreadsheet');
  const globals = [...records(stream, 0)];
  if (globals.some(({ type }) => type === PASSWORD)) throw refusal(request, 'read.unsupported.encrypted');
  const shared = readShared(globals);
  const sheets = globals
    .filter(({ type, data }) => type === SHEET && data.length > 8 && data[4] === VISIBLE && data[5] === WORKSHEET)
    .map(
      ({ data }): Sheet => ({
        name: shortString(data, 6),
        rows: rowsOf([...records(stream, data.readUInt32LE(0))], shared, request),
      }),
    );
  return { ...compose(workbookParts(sheets)), notes: [] };
}

// ── Records ───────────────────────────────────────────────────────────────────────────────────────────────────────

const END = 0x0a;
const FORMULA = 0x06;
const EPOCH_1904 = 0x22;
const PASSWORD = 0x2f;
const CONTINUED = 0x3c;
const SHEET = 0x85;
const MANY_NUMBERS = 0xbd;
const RICH_TEXT = 0xd6;
const EXTENDED_FORMAT = 0xe0;
const MERGED = 0xe5;
const STRINGS = 0xfc;
const SHARED_TEXT = 0xfd;
const FLOAT = 0x203;
const TEXT = 0x204;
const FORMULA_TEXT = 0x207;
const SMALL_NUMBER = 0x27e;
const FORMAT = 0x41e;
const VISIBLE = 0;
const WORKSHEET = 0;

interface BiffRecord {
  readonly type: number;
  readonly data: Buffer;
}

/** Records of one substream, from `start` to its end. */
function* records(stream: Buffer, start: number): Generator<BiffRecord> {
  for (let at = start; at + 4 <= stream.length; ) {
    const [type, length] = [stream.readUInt16LE(at), stream.readUInt16LE(at + 2)];
    yield { type, data: stream.subarray(at + 4, at + 4 + length) };
    if (type === END) return;
    at += 4 + length;
  }
}

/** What all sheets share: strings, and the number format of each cell style. */
interface Shared {
  readonly strings: readonly string[];
  readonly formatOf: (style: number) => string;
  readonly epoch: number;
}

const DAY = 86_400_000;

function readShared(globals: readonly BiffRecord[]): Shared {
  const formats = new Map<number, string>();
  const styles: number[] = [];
  let strings: readonly string[] = [];
  let epoch = Date.UTC(1899, 11, 30);
  for (const [index, { type, data }] of globals.entries()) {
    if (type === FORMAT && data.length > 5) formats.set(data.readUInt16LE(0), longString(data, 2));
    else if (type === EXTENDED_FORMAT && data.length >= 4) styles.push(data.readUInt16LE(2));
    else if (type === EPOCH_1904 && data[0] === 1) epoch = Date.UTC(1904, 0, 1);
    else if (type === STRINGS) {
      const end = globals.findIndex((each, at) => at > index && each.type !== CONTINUED);
      strings = sharedStrings(globals.slice(index, end < 0 ? undefined : end).map((each) => each.data));
    }
  }
  return {
    strings,
    epoch,
    formatOf: (style) => formats.get(styles[style] ?? 0) ?? BUILT_IN[styles[style] ?? 0] ?? '',
  };
}

/** Number formats that a file only numbers, as Chinese editions show them. */
const BUILT_IN: Readonly<Record<number, string>> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
  14: 'yyyy-m-d',
  15: 'yyyy-m-d',
  17: 'yyyy-m',
  22: 'yyyy-m-d',
  27: 'yyyy年m月',
  31: 'yyyy年m月d日',
  57: 'yyyy年m月',
};

const characters = (data: Buffer, at: number, count: number, wide: boolean): string =>
  data.toString(wide ? 'utf16le' : 'latin1', at, at + count * (wide ? 2 : 1));
const shortString = (data: Buffer, at: number): string =>
  characters(data, at + 2, data[at] as number, ((data[at + 1] as number) & 1) === 1);
const longString = (data: Buffer, at: number): string =>
  at + 3 > data.length ? '' : characters(data, at + 3, data.readUInt16LE(at), ((data[at + 2] as number) & 1) === 1);

/** Strings run on over records; where one breaks inside its characters, the next record says anew how wide they are. */
function sharedStrings(blocks: readonly Buffer[]): readonly string[] {
  const strings: string[] = [];
  let [block, at] = [0, 8];
  const data = (): Buffer => blocks[block] ?? Buffer.alloc(0);
  const ahead = (): boolean => {
    while (at >= data().length && block < blocks.length) [block, at] = [block + 1, 0];
    return block < blocks.length;
  };
  const skip = (bytes: number): void => {
    for (let left = bytes; left > 0 && ahead(); ) {
      const step = Math.min(left, data().length - at);
      at += step;
      left -= step;
    }
  };
  while (ahead() && at + 3 <= data().length) {
    const count = data().readUInt16LE(at);
    const flags = data()[at + 2] as number;
    at += 3;
    let extra = 0;
    if ((flags & 8) !== 0) {
      extra += data().readUInt16LE(at) * 4;
      at += 2;
    }
    if ((flags & 4) !== 0) {
      extra += data().readUInt32LE(at);
      at += 4;
    }
    let [text, wide] = ['', (flags & 1) === 1];
    while (text.length < count) {
      if (at >= data().length) {
        if (!ahead()) break;
        wide = ((data()[at] as number) & 1) === 1;
        at += 1;
      }
      const take = Math.min(count - text.length, Math.floor((data().length - at) / (wide ? 2 : 1)));
      if (take === 0) at = data().length;
      else {
        text += characters(data(), at, take, wide);
        at += take * (wide ? 2 : 1);
      }
    }
    strings.push(text);
    skip(extra);
  }
  return strings;
}

// ── Cells ─────────────────────────────────────────────────────────────────────────────────────────────────────────

function rowsOf(
  sheet: readonly BiffRecord[],
  { strings, formatOf, epoch }: Shared,
  request: ReadRequest,
): readonly TableRow[] {
  const grid: string[][] = [];
  const merged: { row: number; column: number; rows: number; columns: number }[] = [];
  const put = (row: number, column: number, text: string): void => {
    if (text.trim() === '') return;
    if (row >= MOST_ROWS || column >= MOST_COLUMNS) throw refusal(request, 'read.sheetTooLarge', { rows: MOST_ROWS });
    grid[row] ??= [];
    (grid[row] as string[])[column] = text.trim();
  };
  const number = (value: number, style: number): string => {
    const format = formatOf(style);
    return isDate(format) ? shownDate(new Date(epoch + Math.round(value * DAY)), format) : shownNumber(value, format);
  };
  let awaited: readonly [row: number, column: number] | undefined;
  for (const { type, data } of sheet) {
    if (type === FORMULA_TEXT && awaited !== undefined) put(...awaited, longString(data, 0));
    if (type === MERGED) {
      for (let at = 2; at + 8 <= data.length; at += 8) {
        const [row, last, column, lastColumn] = [0, 2, 4, 6].map((step) => data.readUInt16LE(at + step)) as [
          number,
          number,
          number,
          number,
        ];
        merged.push({ row, column, rows: last - row + 1, columns: lastColumn - column + 1 });
      }
    }
    awaited = undefined;
    if (data.length < 6 || !CELLS.has(type)) continue;
    const [row, column, style] = [data.readUInt16LE(0), data.readUInt16LE(2), data.readUInt16LE(4)];
    if (type === SHARED_TEXT) put(row, column, strings[data.readUInt32LE(6)] ?? '');
    else if (type === TEXT || type === RICH_TEXT) put(row, column, longString(data, 6));
    else if (type === FLOAT) put(row, column, number(data.readDoubleLE(6), style));
    else if (type === SMALL_NUMBER) put(row, column, number(small(data.readUInt32LE(6)), style));
    else if (type === FORMULA) {
      if (data.readUInt16LE(12) !== 0xffff) put(row, column, number(data.readDoubleLE(6), style));
      else if (data[6] === 0) awaited = [row, column];
    } else {
      for (let at = 4; at + 8 <= data.length; at += 6) {
        put(row, column + (at - 4) / 6, number(small(data.readUInt32LE(at + 2)), data.readUInt16LE(at)));
      }
    }
  }
  return tableRows(grid, merged);
}

const CELLS: ReadonlySet<number> = new Set([SHARED_TEXT, TEXT, RICH_TEXT, FLOAT, SMALL_NUMBER, FORMULA, MANY_NUMBERS]);

/** A number in 30 bits: an integer or the upper half of a floating one, perhaps a hundredth of it. */
function small(bits: number): number {
  const half = Buffer.alloc(8);
  half.writeUInt32LE((bits & 0xfffffffc) >>> 0, 4);
  const value = (bits & 2) !== 0 ? (bits | 0) >> 2 : half.readDoubleLE(0);
  return (bits & 1) !== 0 ? value / 100 : value;
}

const isDate = (format: string): boolean =>
  /[yd]|m.*月|年/iu.test(format.replace(/"[^"年月日]*"|\[[^\]]*\]|\\./gu, ''));

function tableRows(
  grid: readonly (readonly string[] | undefined)[],
  merged: readonly { readonly row: number; readonly column: number; readonly rows: number; readonly columns: number }[],
): readonly TableRow[] {
  const width = grid.reduce((most, row) => Math.max(most, row?.length ?? 0), 0);
  const covered = new Set<string>();
  const spans = new Map<string, (typeof merged)[number]>();
  for (const each of merged) {
    spans.set(`${each.row} ${each.column}`, each);
    for (let row = each.row; row < Math.min(each.row + each.rows, grid.length); row += 1) {
      for (let column = each.column; column < Math.min(each.column + each.columns, width); column += 1) {
        if (covered.size > MOST_COVERED) throw new Error('merged cells cover too much');
        if (row !== each.row || column !== each.column) covered.add(`${row} ${column}`);
      }
    }
  }
  return Array.from(
    grid,
    (texts, row): TableRow => ({
      cells: Array.from({ length: width }, (_, column) => column)
        .filter((column) => !covered.has(`${row} ${column}`))
        .map((column) => {
          const span = spans.get(`${row} ${column}`);
          const text = texts?.[column] ?? '';
          return cell(text === '' ? [] : text.split('\n'), span?.rows, span?.columns);
        }),
    }),
  ).filter(({ cells }) => cells.some(({ paragraphs }) => paragraphs.length > 0));
}
