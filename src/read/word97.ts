/**
 * The binary format of Word 97 to 2003, as far as a notice needs it: text with what was deleted or hidden left out, paragraphs
 * with their styles and automatic numbers, tables with merged cells, notes and text boxes. Follows [MS-DOC].
 */
import { cell, type GridCell, mergeBelow, type Part, paragraph } from './content.js';
import { createCounter, type Level, type List } from './numbering.js';
import { openCompoundFile } from './ole.js';

export interface WordText {
  readonly parts: readonly Part[];
  readonly footnotes: readonly string[];
}

/** Why a file is not read: protected by a password, or older than Word 97. */
export class Unreadable extends Error {
  constructor(readonly code: 'encrypted' | 'tooOld') {
    super(code);
  }
}

const MAGIC = 0xa5ec;
const OLDER_MAGIC = 0xa5dc;
/** Where the file information block keeps places and lengths of what is in the table stream. */
const STYLES = 0xa2;
const CHARACTER_RUNS = 0xfa;
const PARAGRAPH_RUNS = 0x102;
const PIECES = 0x1a2;
const LISTS = 0x2e2;
const LIST_USES = 0x2ea;

/** Throws `Unreadable`, or any error where the file is damaged. */
export function readWord97(bytes: Uint8Array): WordText {
  const file = openCompoundFile(bytes);
  const main = file.stream('WordDocument');
  if (main === undefined) throw new Error('no WordDocument stream');
  const magic = main.readUInt16LE(0);
  if (magic === OLDER_MAGIC) throw new Unreadable('tooOld');
  if (magic !== MAGIC) throw new Error('no Word document');
  const flags = main.readUInt16LE(0x0a);
  if ((flags & 0x0100) !== 0) throw new Unreadable('encrypted');
  const table = file.stream((flags & 0x0200) === 0 ? '0Table' : '1Table');
  if (table === undefined) throw new Error('no table stream');
  const section = (at: number): Buffer => {
    const start = main.readUInt32LE(at);
    return table.subarray(start, start + main.readUInt32LE(at + 4));
  };

  const text = readPieces(main, section(PIECES));
  const paragraphRuns = readRuns(main, section(PARAGRAPH_RUNS), paragraphSprms);
  const removed = removedCharacters(readRuns(main, section(CHARACTER_RUNS), characterSprms), text);
  const properties = createProperties(paragraphRuns, readStyles(section(STYLES)), file.stream('Data'));
  const label = createCounter(readLists(table, main.readUInt32LE(LISTS), section(LISTS), section(LIST_USES)));

  const stories: string[] = [];
  let start = 0;
  // Text, footnotes, headers, macros, annotations, endnotes, text boxes stand one after another.
  const lengths = [0x4c, 0x50, 0x54, 0x58, 0x5c, 0x60, 0x64].map((at) => main.readUInt32LE(at));
  const story = (index: number): readonly Part[] => {
    start = lengths.slice(0, index).reduce((sum, length) => sum + length, 0);
    return partsOf(text, removed, start, start + (lengths[index] as number), properties, label);
  };
  const parts = [...story(0), ...story(6)];
  for (const index of [1, 5]) stories.push(...story(index).flatMap((part) => ('text' in part ? [part.text] : [])));
  return { parts, footnotes: stories };
}

// ── Text ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** All text of the file, each character with its place in the stream, by which runs of formatting know it. */
interface PlacedText {
  readonly chars: string;
  readonly places: Uint32Array;
}

const WINDOWS_1252 = new TextDecoder('windows-1252');
const MOST_CHARACTERS = 20_000_000;

function readPieces(main: Buffer, complex: Buffer): PlacedText {
  let at = 0;
  while (complex[at] === 1) at += 3 + complex.readUInt16LE(at + 1);
  if (complex[at] !== 2) throw new Error('no piece table');
  const pieces = complex.subarray(at + 5, at + 5 + complex.readUInt32LE(at + 1));
  const count = Math.floor((pieces.length - 4) / 12);
  const texts: string[] = [];
  const places = new Uint32Array(Math.min(pieces.readUInt32LE(count * 4), MOST_CHARACTERS));
  for (let index = 0; index < count; index += 1) {
    const [from, to] = [pieces.readUInt32LE(index * 4), pieces.readUInt32LE(index * 4 + 4)];
    const stated = pieces.readUInt32LE((count + 1) * 4 + index * 8 + 2);
    const narrow = (stated & 0x40000000) !== 0;
    const start = narrow ? (stated & 0x3fffffff) >> 1 : stated;
    const width = narrow ? 1 : 2;
    if (to < from || to > places.length || start + (to - from) * width > main.length)
      throw new Error('piece outside of the file');
    const bytes = main.subarray(start, start + (to - from) * width);
    texts.push(narrow ? WINDOWS_1252.decode(bytes) : bytes.toString('utf16le'));
    for (let cp = from; cp < to; cp += 1) places[cp] = start + (cp - from) * width;
  }
  return { chars: texts.join(''), places };
}

// ── Formatting ────────────────────────────────────────────────────────────────────────────────────────────────────

/** Modifiers of properties: codes with their operands. */
interface Run {
  readonly from: number;
  readonly to: number;
  readonly sprms: Buffer;
}

const PAGE = 512;

/** Runs of formatting from the pages of `main` that `index` lists, in the order of their places. */
function readRuns(
  main: Buffer,
  index: Buffer,
  sprmsOf: (page: Buffer, runs: number, run: number) => Buffer,
): readonly Run[] {
  const count = Math.floor((index.length - 4) / 8);
  const runs: Run[] = [];
  for (let each = 0; each < count; each += 1) {
    const at = (index.readUInt32LE((count + 1) * 4 + each * 4) & 0x3fffff) * PAGE;
    const page = main.subarray(at, at + PAGE);
    if (page.length < PAGE) continue;
    const inPage = page[PAGE - 1] as number;
    for (let run = 0; run < inPage; run += 1) {
      const [from, to] = [page.readUInt32LE(run * 4), page.readUInt32LE(run * 4 + 4)];
      runs.push({ from, to, sprms: sprmsOf(page, inPage, run) });
    }
  }
  return runs.sort((a, b) => a.from - b.from);
}

function paragraphSprms(page: Buffer, runs: number, run: number): Buffer {
  const at = (page[(runs + 1) * 4 + run * 13] as number) * 2;
  const words = page[at] as number;
  return words === 0
    ? page.subarray(at + 2, at + 2 + (page[at + 1] as number) * 2)
    : page.subarray(at + 1, at + words * 2);
}

function characterSprms(page: Buffer, runs: number, run: number): Buffer {
  const at = (page[(runs + 1) * 4 + run] as number) * 2;
  return at === 0 ? page.subarray(0, 0) : page.subarray(at + 1, at + 1 + (page[at] as number));
}

function runAt(runs: readonly Run[], place: number): Run | undefined {
  let [low, high] = [0, runs.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((runs[middle] as Run).from <= place) low = middle;
    else high = middle - 1;
  }
  const run = runs[low];
  return run !== undefined && run.from <= place && place < run.to ? run : undefined;
}

const TABLE_DEFINITION = 0xd608;
const TAB_CHANGES = 0xc615;
/** Bytes of an operand by the last three bits of its code; six says its own length. */
const OPERAND = [1, 1, 2, 4, 2, 2, 0, 3] as const;

function* modifiers(sprms: Buffer): Generator<readonly [code: number, operand: Buffer]> {
  for (let at = 0; at + 2 < sprms.length; ) {
    const code = sprms.readUInt16LE(at);
    at += 2;
    let length: number = OPERAND[(code >> 13) as 0];
    if (code === TABLE_DEFINITION) {
      if (at + 2 > sprms.length) return;
      length = sprms.readUInt16LE(at) - 1;
      at += 2;
    } else if (code >> 13 === 6) {
      // A length of 255 among changes of tabs is to be computed; what comes after it is given up.
      if (code === TAB_CHANGES && sprms[at] === 255) return;
      length = sprms[at] as number;
      at += 1;
    }
    yield [code, sprms.subarray(at, at + length)];
    at += length;
  }
}

const DELETED = 0x0800;
const HIDDEN = 0x083c;

/** True for each character that was deleted while changes were tracked, or is hidden. */
function removedCharacters(runs: readonly Run[], { places }: PlacedText): Uint8Array {
  const removed = new Uint8Array(places.length);
  const gone = runs.filter(({ sprms }) => {
    const state = new Map<number, boolean>();
    for (const [code, operand] of modifiers(sprms)) {
      if (code === DELETED || code === HIDDEN) state.set(code, operand[0] === 1 || operand[0] === 0x81);
    }
    return [...state.values()].includes(true);
  });
  if (gone.length > 0) {
    for (let cp = 0; cp < places.length; cp += 1) if (runAt(gone, places[cp] as number) !== undefined) removed[cp] = 1;
  }
  return removed;
}

/** What a paragraph is, once its styles and its own modifiers are taken together. */
interface ParagraphProperties {
  readonly style: number;
  readonly kind: 'title' | 'heading' | 'contents' | 'paragraph';
  readonly level: number | undefined;
  readonly listUse: number;
  readonly listLevel: number;
  readonly inTable: boolean;
  readonly endsRow: boolean;
  readonly depth: number;
  readonly row: Buffer | undefined;
}

interface Style {
  /** The built-in style that it is, whatever its name. */
  readonly builtIn: number;
  readonly base: number;
  readonly sprms: Buffer;
}

const NO_STYLE = 0xfff;
const PARAGRAPH_STYLE = 1;

function readStyles(sheet: Buffer): ReadonlyMap<number, Style> {
  const styles = new Map<number, Style>();
  if (sheet.length < 6) return styles;
  const [headerLength, count, fixed] = [sheet.readUInt16LE(0), sheet.readUInt16LE(2), sheet.readUInt16LE(4)];
  let at = 2 + headerLength;
  for (let index = 0; index < count && at + 2 <= sheet.length; index += 1) {
    const length = sheet.readUInt16LE(at);
    const style = sheet.subarray(at + 2, at + 2 + length);
    at += 2 + length;
    if (style.length < fixed + 4) continue;
    const kindAndBase = style.readUInt16LE(2);
    if ((kindAndBase & 0xf) !== PARAGRAPH_STYLE) continue;
    const formatting = fixed + 2 + style.readUInt16LE(fixed) * 2 + 2;
    const size = formatting + 2 <= style.length ? style.readUInt16LE(formatting) : 0;
    styles.set(index, {
      builtIn: style.readUInt16LE(0) & 0xfff,
      base: kindAndBase >> 4,
      sprms: style.subarray(formatting + 4, formatting + 2 + size),
    });
  }
  return styles;
}

const HUGE = 0x6646;
const LIST_LEVEL = 0x260a;
const LIST_USE = 0x460b;
const IN_TABLE = 0x2416;
const ENDS_ROW = 0x2417;
const DEPTH = 0x6649;
const OUTLINE_LEVEL = 0x2640;

const TITLE = 62;
const FIRST_CONTENTS = 19;
const LAST_CONTENTS = 27;

/** Gives the properties of the paragraph whose mark stands at a place of the stream. */
function createProperties(runs: readonly Run[], styles: ReadonlyMap<number, Style>, data: Buffer | undefined) {
  const chainOf = (index: number): readonly Style[] => {
    const chain: Style[] = [];
    for (let at = index; at !== NO_STYLE && chain.length < 20; at = (chain[0] as Style).base) {
      const style = styles.get(at);
      if (style === undefined) break;
      chain.unshift(style);
    }
    return chain;
  };
  return (place: number): ParagraphProperties => {
    const own = runAt(runs, place)?.sprms;
    const hasStyle = own !== undefined && own.length >= 2;
    const style = hasStyle ? own.readUInt16LE(0) : 0;
    const chain = chainOf(style);
    const builtIn = chain.at(-1)?.builtIn ?? 0;
    const found = { listUse: 0, listLevel: 0, inTable: false, endsRow: false, depth: 1, outline: 9 };
    let row: Buffer | undefined;
    const apply = (sprms: Buffer, nested: boolean): void => {
      for (const [code, operand] of modifiers(sprms)) {
        if (operand.length === 0) continue;
        const first = operand[0] as number;
        if (code === LIST_LEVEL) found.listLevel = first;
        else if (code === LIST_USE) found.listUse = operand.readInt16LE(0);
        else if (code === IN_TABLE) found.inTable = first === 1;
        else if (code === ENDS_ROW) found.endsRow = first === 1;
        else if (code === DEPTH) found.depth = operand.readInt32LE(0);
        else if (code === OUTLINE_LEVEL) found.outline = first;
        else if (code === TABLE_DEFINITION) row = operand;
        else if (code === HUGE && data !== undefined && !nested) {
          const at = operand.readUInt32LE(0);
          if (at + 2 <= data.length) apply(data.subarray(at + 2, at + 2 + data.readUInt16LE(at)), true);
        }
      }
    };
    for (const { sprms } of chain) apply(sprms, false);
    if (hasStyle) apply(own.subarray(2), false);
    const level = builtIn >= 1 && builtIn <= 9 ? builtIn : found.outline < 9 ? found.outline + 1 : undefined;
    return {
      ...found,
      style,
      kind:
        builtIn === TITLE
          ? 'title'
          : builtIn >= FIRST_CONTENTS && builtIn <= LAST_CONTENTS
            ? 'contents'
            : level === undefined
              ? 'paragraph'
              : 'heading',
      level,
      row,
    };
  };
}

// ── Lists ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Number formats by their codes in the file. */
const FORMATS: Readonly<Record<number, string>> = {
  0: 'decimal',
  1: 'upperRoman',
  2: 'lowerRoman',
  3: 'upperLetter',
  4: 'lowerLetter',
  10: 'ideographDigital',
  11: 'japaneseCounting',
  14: 'decimalFullWidth',
  17: 'japaneseDigitalTenThousand',
  18: 'decimalEnclosedCircle',
  19: 'decimalFullWidth2',
  22: 'decimalZero',
  23: 'bullet',
  26: 'decimalEnclosedFullstop',
  27: 'decimalEnclosedParen',
  28: 'decimalEnclosedCircleChinese',
  29: 'ideographEnclosedCircle',
  30: 'ideographTraditional',
  31: 'ideographZodiac',
  33: 'taiwaneseCounting',
  34: 'ideographLegalTraditional',
  35: 'taiwaneseCountingThousand',
  36: 'taiwaneseDigital',
  37: 'chineseCounting',
  38: 'chineseLegalSimplified',
  39: 'chineseCountingThousand',
  40: 'chineseCounting',
  57: 'numberInDash',
  255: 'none',
};
const SUFFIXES = ['tab', 'space', 'nothing'] as const;
const LEVELS = 9;

/** Lists by the number of their use (from 1), which paragraphs name. */
function readLists(table: Buffer, place: number, definitions: Buffer, uses: Buffer): ReadonlyMap<string, List> {
  const lists = new Map<string, List>();
  if (definitions.length < 2 || uses.length < 4) return lists;
  const levelsOf = new Map<number, ReadonlyMap<number, Level>>();
  // The levels of all lists stand behind the definitions, in their order.
  const count = definitions.readInt16LE(0);
  let at = place + 2 + count * 28;
  for (let index = 0; index < count; index += 1) {
    const definition = definitions.subarray(2 + index * 28, 30 + index * 28);
    if (definition.length < 28) throw new Error('lists are cut off');
    const levels = new Map<number, Level>();
    for (let level = 0; level < ((definition[26] as number) & 1 ? 1 : LEVELS); level += 1) {
      const { end, ...read } = readLevel(table, at);
      levels.set(level, read.level);
      at = end;
    }
    levelsOf.set(definition.readInt32LE(0), levels);
  }
  const used = uses.readUInt32LE(0);
  let override = 4 + used * 16;
  for (let index = 0; index < used && override + 4 <= uses.length; index += 1) {
    const id = uses.readInt32LE(4 + index * 16);
    const overridden = uses[4 + index * 16 + 12] as number;
    const levels = new Map(levelsOf.get(id) ?? []);
    const restarts = new Map<number, number>();
    override += 4;
    for (let each = 0; each < overridden && override + 8 <= uses.length; each += 1) {
      const flags = uses.readUInt32LE(override + 4);
      if ((flags & 0x10) !== 0) restarts.set(flags & 0xf, uses.readInt32LE(override));
      override += 8;
      if ((flags & 0x20) !== 0) {
        const { end, level } = readLevel(uses, override);
        levels.set(flags & 0xf, level);
        override = end;
      }
    }
    lists.set(String(index + 1), { counter: String(id), levels, restarts });
  }
  return lists;
}

function readLevel(bytes: Buffer, at: number): { readonly level: Level; readonly end: number } {
  const flags = bytes[at + 5] as number;
  const text = at + 28 + (bytes[at + 24] as number) + (bytes[at + 25] as number);
  const length = bytes.readUInt16LE(text);
  const end = text + 2 + length * 2;
  const written = bytes.toString('utf16le', text + 2, end);
  return {
    level: {
      start: bytes.readInt32LE(at),
      format: FORMATS[bytes[at + 4] as number] ?? 'decimal',
      // Levels stand in the text as the characters 0 to 8.
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are control characters
      text: written.replace(/[\u0000-\u0008]/gu, (char) => `%${char.charCodeAt(0) + 1}`),
      suffix: SUFFIXES[bytes[at + 15] as 0] ?? 'tab',
      legal: (flags & 4) !== 0,
      ...((flags & 8) !== 0 ? { restart: bytes[at + 26] as number } : {}),
    },
    end,
  };
}

// ── Paragraphs and tables ─────────────────────────────────────────────────────────────────────────────────────────

const CELL = '\u0007';
const FIELD_BEGINS = '\u0013';
const FIELD_RESULT = '\u0014';
const FIELD_ENDS = '\u0015';
/** Line break, page break, column break; marks that only look like hyphens. */
const SHOWN: Readonly<Record<string, string>> = { '\u000b': '\n', '\u000e': '\n', '\u001e': '-', '\u001f': '' };

interface RowOfCells {
  readonly cells: readonly (readonly string[])[];
  readonly definition: Buffer | undefined;
}

function partsOf(
  { chars, places }: PlacedText,
  removed: Uint8Array,
  start: number,
  end: number,
  properties: (place: number) => ParagraphProperties,
  label: (listUse: string, level: number) => string | undefined,
): readonly Part[] {
  const parts: Part[] = [];
  let text = '';
  let paragraphs: string[] = [];
  let cells: (readonly string[])[] = [];
  let rows: RowOfCells[] = [];
  // How many fields are open, and in how many of them the code is being passed over.
  const fields: boolean[] = [];

  const endTable = (): void => {
    if (rows.length > 0) parts.push(tableOf(rows));
    rows = [];
  };
  const labelled = (of: ParagraphProperties): string => {
    const content = text;
    text = '';
    if (of.listUse < 1 || of.listUse >= 2047 || content.trim() === '') return content;
    return (label(String(of.listUse), of.listLevel) ?? '') + content;
  };
  const endParagraph = (of: ParagraphProperties): void => {
    if (of.inTable) {
      paragraphs.push(labelled(of));
      return;
    }
    endTable();
    const content = labelled(of);
    if (of.kind === 'contents') return;
    if (of.kind === 'title') parts.push({ kind: 'title', text: content });
    else if (of.kind === 'heading' && of.level !== undefined)
      parts.push({ kind: 'heading', level: of.level, text: content });
    else parts.push(paragraph(content));
  };

  for (let cp = start; cp < Math.min(end, chars.length); cp += 1) {
    const char = chars[cp] as string;
    if (removed[cp] === 1 && char !== CELL) continue;
    if (char === FIELD_BEGINS) fields.push(true);
    else if (char === FIELD_RESULT) fields[fields.length - 1] = false;
    else if (char === FIELD_ENDS) fields.pop();
    else if (char === '\r' || char === '\f' || char === CELL) {
      const of = properties(places[cp] as number);
      if (char === CELL && of.endsRow) {
        rows.push({ cells, definition: of.row });
        [cells, paragraphs, text] = [[], [], ''];
      } else if (char === CELL) {
        cells.push([...paragraphs, labelled(of)]);
        paragraphs = [];
      } else endParagraph(of);
    } else if (!fields.includes(true)) text += SHOWN[char] ?? (char >= ' ' || char === '\t' ? char : '');
  }
  if (text.trim() !== '') parts.push(paragraph(text));
  endTable();
  return parts;
}

/** Cells by their edges: one that is merged with the one before it makes that wider. */
function tableOf(rows: readonly RowOfCells[]): Part {
  const shaped = rows.map(shapeOf);
  const edges = [...new Set(shaped.flatMap((row) => row.flatMap(({ left, right }) => [left, right])))]
    .filter((edge) => edge !== undefined)
    .sort((a, b) => a - b);
  return {
    rows: mergeBelow(
      shaped.map((row) => {
        const kept: GridCell[] = [];
        for (const { paragraphs, left, right, beside, above } of row) {
          const width = widthOf(left, right, edges);
          const last = kept.at(-1);
          if (beside && last !== undefined)
            kept[kept.length - 1] = { ...last, cell: { ...last.cell, columnSpan: last.cell.columnSpan + width } };
          else kept.push({ cell: cell(paragraphs, 1, width), above });
        }
        return kept;
      }),
    ),
  };
}

const widthOf = (left: number | undefined, right: number | undefined, edges: readonly number[]): number =>
  left === undefined || right === undefined ? 1 : Math.max(1, edges.indexOf(right) - edges.indexOf(left));

interface Shape {
  readonly paragraphs: readonly string[];
  readonly left?: number;
  readonly right?: number;
  readonly beside: boolean;
  readonly above: boolean;
}

/** Edges nearer than this, in twentieths of a point, are one. */
const NEAR = 20;
const near = (edge: number): number => Math.round(edge / NEAR) * NEAR;

function shapeOf({ cells, definition }: RowOfCells): readonly Shape[] {
  const columns = definition?.[0] ?? 0;
  const flagsAt = 1 + (columns + 1) * 2;
  return cells.map((paragraphs, index): Shape => {
    if (definition === undefined || index >= columns || definition.length < flagsAt) {
      return { paragraphs, beside: false, above: false };
    }
    const at = flagsAt + index * 20;
    const flags = at + 2 <= definition.length ? definition.readUInt16LE(at) : 0;
    return {
      paragraphs,
      left: near(definition.readInt16LE(1 + index * 2)),
      right: near(definition.readInt16LE(3 + index * 2)),
      beside: (flags & 3) === 1,
      above: ((flags >> 5) & 3) === 1,
    };
  });
}
