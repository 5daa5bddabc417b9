/** Rich Text Format: its text, tables, footnotes and the numbers that the writing program spelled out. */
import {
  type Content,
  cell,
  compose,
  type GridCell,
  mergeBelow,
  type Part,
  paragraph,
  type TableCell,
} from './content.js';
import { bulletText, spaceAfter } from './numbering.js';
import type { ReadRequest } from './request.js';

export async function read(bytes: Uint8Array, _request: ReadRequest): Promise<Content> {
  const { parts, footnotes, title } = interpret(new TextDecoder('latin1').decode(bytes));
  const notes = footnotes.map((text) => ({ kind: 'footnote' as const, text }));
  return { ...compose([...parts, ...notes]), ...(title === '' ? {} : { title }), notes: [] };
}

/** Destinations that hold no text of the document. */
const SKIPPED = new Set(
  'fonttbl colortbl listtable listoverridetable rsidtbl generator pict header headerl headerr headerf footer footerl footerr footerf annotation atnid atnauthor atrfstart atrfend fldinst themedata colorschememapping latentstyles datastore xmlnstbl pgptbl filetbl revtbl bkmkstart bkmkend shprslt nonesttables objdata objclass mmathPr template operator author company category keywords subject doccomm comment sn sv'.split(
    ' ',
  ),
);
/** Starred destinations (unknown ones are to be skipped) in which text stands. */
const ENTERED = new Set(['shpinst', 'shptxt', 'listtext', 'pntext']);

const SYMBOLS: Readonly<Record<string, string>> = {
  tab: '\t',
  line: '\n',
  emdash: '—',
  endash: '–',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '●',
  emspace: '\u2003',
  enspace: '\u2002',
  page: '\n',
  column: '\n',
  softpage: '\n',
  sect: '\n',
};

const SYMBOL = 'symbol';
const CHARSETS: Readonly<Record<string, string>> = {
  2: SYMBOL,
  128: 'shift_jis',
  129: 'euc-kr',
  134: 'gb18030',
  136: 'big5',
};
const CODE_PAGES: Readonly<Record<string, string>> = {
  936: 'gb18030',
  950: 'big5',
  932: 'shift_jis',
  949: 'euc-kr',
  65001: 'utf-8',
};

/** Of a heading; the document's title has none. */
type Level = number | 'title' | undefined;

/** Styles whose names say what they are; programs write them in English or Chinese. */
const STYLE_NAME = /^(?:(?:heading|标题) ?([1-9])|title|标题)$/iu;

interface Group {
  skipped: boolean;
  hidden: boolean;
  fallback: number;
  font: number;
  inTable: boolean;
  level: Level;
  style: number;
  destination: 'body' | 'footnote' | 'title' | 'label' | 'style' | 'font';
}

/** With the cell before it, with the one above it, or not at all. */
type Merge = 'left' | 'above' | undefined;

const TOKEN = /\\([a-zA-Z]{1,32})(-?\d{1,9})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)/gu;

/** Gathers the text of the body into paragraphs and tables, as the marks at their ends come in. */
function createBody() {
  const parts: Part[] = [];
  let text = '';
  let paragraphs: string[] = [];
  let cells: TableCell[] = [];
  /** How each cell of the row being read is merged, and the one whose right edge has not come yet. */
  let merges: Merge[] = [];
  let merge: Merge;
  let rows: (readonly GridCell[])[] = [];

  /** A cell merged with the one before it only makes that one wider. */
  const mergedCells = (): readonly GridCell[] => {
    const kept: GridCell[] = [];
    for (const [index, each] of cells.entries()) {
      const last = kept.at(-1);
      if (merges[index] === 'left' && last !== undefined)
        kept[kept.length - 1] = { ...last, cell: { ...last.cell, columnSpan: last.cell.columnSpan + 1 } };
      else kept.push({ cell: each, above: merges[index] === 'above' });
    }
    return kept;
  };
  const endRow = (): void => {
    rows.push(mergedCells());
    cells = [];
  };
  const endTable = (): void => {
    if (rows.length > 0) parts.push({ rows: mergeBelow(rows) });
    rows = [];
  };
  const endParagraph = ({ inTable, level }: Pick<Group, 'inTable' | 'level'>): void => {
    if (inTable) paragraphs.push(text);
    else {
      endTable();
      if (level === undefined) parts.push(paragraph(text));
      else parts.push(level === 'title' ? { kind: level, text } : { kind: 'heading', level, text });
    }
    text = '';
  };
  return {
    write: (piece: string): void => {
      text += piece;
    },
    endParagraph,
    endCell: (): void => {
      cells.push(cell([...paragraphs, text]));
      paragraphs = [];
      text = '';
    },
    endRow,
    startRow: (): void => {
      merges = [];
    },
    mergeCell: (how: Merge): void => {
      merge = how;
    },
    endOfCellShape: (): void => {
      merges.push(merge);
      merge = undefined;
    },
    finish: (): readonly Part[] => {
      if (cells.length > 0) endRow();
      if (text !== '') endParagraph({ inTable: false, level: undefined });
      endTable();
      return parts;
    },
  };
}

function interpret(rtf: string): { parts: readonly Part[]; footnotes: readonly string[]; title: string } {
  const body = createBody();
  const footnotes: string[] = [];
  const fonts = new Map<number, string>();
  const text = { footnote: '', title: '', label: '', style: '' };
  const styles = new Map<number, Level>();
  let codePage = 'gb18030';
  let group: Group = {
    skipped: false,
    hidden: false,
    fallback: 1,
    font: -1,
    inTable: false,
    level: undefined,
    style: 0,
    destination: 'body',
  };
  const stack: Group[] = [];
  let pending: number[] = [];
  let toSkip = 0;
  let starred = false;

  const decodePending = (): void => {
    if (pending.length === 0) return;
    const bytes = pending;
    pending = [];
    const charset = fonts.get(group.font) ?? codePage;
    // Symbol fonts have no characters but pictures, which Unicode programs put into the private use area.
    if (charset === SYMBOL) write(String.fromCharCode(...bytes.map((byte) => 0xf000 + byte)));
    else write(new TextDecoder(charset).decode(Uint8Array.from(bytes)));
  };
  const write = (piece: string): void => {
    if (group.skipped || group.hidden || group.destination === 'font') return;
    if (group.destination === 'body') body.write(piece);
    else text[group.destination] += piece;
  };
  const endParagraph = (): void => {
    if (group.destination === 'footnote') text.footnote += '\n';
    else body.endParagraph(group);
  };

  const control = (word: string, value: number | undefined): void => {
    if (starred && !ENTERED.has(word)) group.skipped = true;
    starred = false;
    if (SKIPPED.has(word)) {
      if (word === 'fonttbl') group.destination = 'font';
      group.skipped = true;
    }
    switch (word) {
      case 'title':
      case 'footnote':
        group.destination = word;
        group.hidden = false;
        return;
      case 'listtext':
      case 'pntext':
        if (group.destination === 'body') group.destination = 'label';
        return;
      case 'stylesheet':
        group.destination = 'style';
        return;
      case 's':
        group.style = value ?? 0;
        if (group.destination === 'body') group.level = styles.get(group.style);
        return;
      case 'info':
        group.hidden = true;
        return;
      case 'ansicpg':
        codePage = CODE_PAGES[String(value)] ?? (value === 1252 ? 'windows-1252' : codePage);
        return;
      case 'f':
        group.font = value ?? -1;
        return;
      case 'fcharset': {
        const charset = CHARSETS[String(value)];
        if (charset !== undefined) fonts.set(group.font, charset);
        return;
      }
      case 'uc':
        group.fallback = value ?? 1;
        return;
      case 'u':
        if (value !== undefined) write(String.fromCharCode(value < 0 ? value + 65_536 : value & 0xffff));
        toSkip = group.fallback;
        return;
      case 'v':
      case 'deleted':
        group.hidden = value !== 0;
        return;
      case 'plain':
        group.hidden = false;
        return;
      case 'pard':
        group.inTable = false;
        group.level = undefined;
        return;
      case 'intbl':
        group.inTable = true;
        return;
      case 'outlinelevel':
        group.level = value === undefined || value > 8 ? undefined : value + 1;
        return;
      case 'trowd':
        if (!group.skipped) body.startRow();
        return;
      case 'clmrg':
      case 'clvmrg':
        if (!group.skipped) body.mergeCell(word === 'clmrg' ? 'left' : 'above');
        return;
      case 'cellx':
        if (!group.skipped) body.endOfCellShape();
        return;
      case 'cell':
        if (!group.skipped) body.endCell();
        return;
      case 'row':
        if (!group.skipped) body.endRow();
        return;
      // A table within a cell gives its paragraphs to that cell.
      case 'nestcell':
      case 'par':
        if (!group.skipped) endParagraph();
        return;
      default: {
        const symbol = SYMBOLS[word];
        if (symbol !== undefined) write(symbol);
      }
    }
  };

  for (const [, word, value, hex, symbol, brace, plain] of rtf.matchAll(TOKEN)) {
    if (hex !== undefined) {
      if (toSkip > 0) toSkip -= 1;
      else pending.push(Number.parseInt(hex, 16));
      continue;
    }
    if (plain !== undefined && /[\u0080-\u00FF]/u.test(plain)) {
      for (const char of plain.slice(toSkip)) pending.push(char.charCodeAt(0));
      toSkip = 0;
      continue;
    }
    // The second byte of a Chinese character may be written as the ASCII character that it also is.
    const trail = plain !== undefined && toSkip === 0 && awaitsTrail(pending) ? 1 : 0;
    if (trail === 1) pending.push((plain as string).charCodeAt(0));
    decodePending();
    if (brace === '{') {
      stack.push(group);
      group = { ...group };
    } else if (brace === '}') {
      if (group.destination === 'footnote' && stack.at(-1)?.destination !== 'footnote') {
        footnotes.push(text.footnote);
        text.footnote = '';
      }
      if (group.destination === 'style') {
        const named = STYLE_NAME.exec(text.style.replace(';', '').trim());
        if (named !== null) styles.set(group.style, named[1] === undefined ? 'title' : Number(named[1]));
        text.style = '';
      }
      const ended = group.destination === 'label' && stack.at(-1)?.destination !== 'label';
      group = stack.pop() ?? group;
      toSkip = 0;
      starred = false;
      if (ended) {
        const label = bulletText(text.label.trim());
        text.label = '';
        if (label !== '') write(label + spaceAfter(label));
      }
    } else if (word !== undefined) {
      if (toSkip > 0 && word !== 'u' && word !== 'uc') toSkip -= 1;
      else control(word, value === undefined ? undefined : Number(value));
    } else if (symbol !== undefined) {
      if (symbol === '*') starred = true;
      else if (symbol === '~') write('\u00A0');
      else if (symbol === '_') write('-');
      else if ('{}\\'.includes(symbol)) write(symbol);
      else if (symbol === '\n' || symbol === '\r') control('par', undefined);
    } else if (plain !== undefined) {
      write(plain.slice(Math.max(toSkip, trail)));
      toSkip = Math.max(0, toSkip - plain.length);
    }
  }
  decodePending();
  return { parts: body.finish(), footnotes, title: text.title.trim() };
}

/** True where double bytes end in the middle of a character. */
function awaitsTrail(bytes: readonly number[]): boolean {
  let at = 0;
  while (at < bytes.length) at += (bytes[at] as number) >= 0x81 ? 2 : 1;
  return at > bytes.length;
}
