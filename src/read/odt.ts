/** OpenDocument text: paragraphs, headings, lists with their numbers, tables, notes; deleted text is not part of it. */
import { type Archive, openArchive } from './archive.js';
import { type Content, cell, compose, type Part, paragraph, type TableRow } from './content.js';
import { bulletText, formatNumber, spaceAfter } from './numbering.js';
import type { ReadRequest } from './request.js';
import { childNamed, descendants, elementsOf, parseXml, textContent, type XmlElement } from './xml.js';

export async function read(bytes: Uint8Array, request: ReadRequest): Promise<Content> {
  const archive = openArchive(bytes, request);
  const content = parseXml(archive.xml('content.xml'));
  const styles = archive.has('styles.xml') ? parseXml(archive.xml('styles.xml')) : undefined;
  const body = descendants(content, 'office:text')[0];
  const files = [content, ...(styles === undefined ? [] : [styles])];
  const reading: Reading = { numbering: createNumbering(listStyles(files)), styles: textStyles(files), footnotes: [] };
  const parts = body === undefined ? [] : partsOf(body, reading);
  const title = metaTitle(archive);
  return { ...compose([...parts, ...reading.footnotes]), ...(title === undefined ? {} : { title }), notes: [] };
}

function metaTitle(archive: Archive): string | undefined {
  if (!archive.has('meta.xml')) return undefined;
  const [title] = descendants(parseXml(archive.xml('meta.xml')), 'dc:title');
  return title === undefined ? undefined : textContent(title).trim() || undefined;
}

// ── Text ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What the paragraphs of a file are read with. */
interface Reading {
  readonly numbering: Numbering;
  readonly styles: ReadonlyMap<string, TextStyle>;
  readonly footnotes: Part[];
}

interface TextStyle {
  readonly parent: string;
  readonly hidden: boolean;
}

function textStyles(files: readonly XmlElement[]): ReadonlyMap<string, TextStyle> {
  const all = files.flatMap((file) => descendants(file, 'style:style'));
  return new Map(
    all.map((style) => {
      const hidden = descendants(style, 'style:text-properties').some(
        ({ attributes }) => attributes['text:display'] === 'none',
      );
      return [
        style.attributes['style:name'] ?? '',
        { parent: style.attributes['style:parent-style-name'] ?? '', hidden },
      ];
    }),
  );
}

/** A table of contents repeats the headings; the reading of a ruby character is no text of its own. */
const WITHOUT_TEXT = new Set([
  'text:tracked-changes',
  'text:table-of-content',
  'text:ruby-text',
  'office:annotation',
  'office:forms',
  'text:sequence-decls',
  'text:bookmark',
  'svg:title',
  'svg:desc',
]);

/** White space of the source; a full-width space is a character like any other. */
const BLANKS = /[ \t\r\n]+/gu;

/** Text of a paragraph; notes go to the footnotes, text boxes and shapes with text to `boxes`. */
function inlineText(element: XmlElement, reading: Reading, boxes: XmlElement[]): string {
  return element.children
    .map((child) => {
      if (typeof child === 'string') return child.replace(BLANKS, ' ');
      if (WITHOUT_TEXT.has(child.name)) return '';
      if (reading.styles.get(child.attributes['text:style-name'] ?? '')?.hidden === true) return '';
      if (child.name.startsWith('draw:') && childNamed(child, 'text:p') !== undefined) {
        boxes.push(child);
        return '';
      }
      switch (child.name) {
        case 'text:s':
          return ' '.repeat(Math.min(Number(child.attributes['text:c'] ?? 1) || 1, 100));
        case 'text:tab':
          return '\t';
        case 'text:line-break':
          return '\n';
        case 'text:note': {
          const paragraphs = descendants(child, 'text:note-body').flatMap((body) => descendants(body, 'text:p'));
          reading.footnotes.push(
            ...paragraphs.map((each) => ({ kind: 'footnote' as const, text: inlineText(each, reading, boxes) })),
          );
          return '';
        }
        case 'draw:text-box':
          boxes.push(child);
          return '';
        default:
          return inlineText(child, reading, boxes);
      }
    })
    .join('');
}

function partsOf(container: XmlElement, reading: Reading): readonly Part[] {
  const { numbering, styles } = reading;
  const styleOf = ({ attributes }: XmlElement): string => {
    const name = attributes['text:style-name'] ?? '';
    return /^(?:Title|Heading_20_[1-9])$/u.test(name) ? name : (styles.get(name)?.parent ?? '');
  };
  const parts: Part[] = [];
  const add = (element: XmlElement, label: string): void => {
    const boxes: XmlElement[] = [];
    const text = label + inlineText(element, reading, boxes);
    const style = styleOf(element);
    // Some programs style headings and leave them paragraphs.
    const styled = /^Heading_20_([1-9])$/u.exec(style)?.[1];
    const level = Number(styled ?? element.attributes['text:outline-level'] ?? 1);
    if (element.name === 'text:h' || styled !== undefined) parts.push({ kind: 'heading', level, text });
    else if (style === 'Title') parts.push({ kind: 'title', text });
    else parts.push(paragraph(text));
    for (const box of boxes) walk(box, []);
  };
  const walk = (element: XmlElement, list: readonly string[]): void => {
    for (const child of elementsOf(element)) {
      if (WITHOUT_TEXT.has(child.name)) continue;
      if (child.name === 'text:p' || child.name === 'text:h') {
        add(child, list.length > 0 || child.name === 'text:p' ? '' : numbering.heading(child));
      } else if (child.name === 'text:list') walkList(child, list);
      else if (child.name === 'table:table') parts.push({ rows: rowsOf(child, reading) });
      else walk(child, list);
    }
  };
  const walkList = (list: XmlElement, outer: readonly string[]): void => {
    const style = list.attributes['text:style-name'] ?? outer.at(-1) ?? '';
    const inner = [...outer, style];
    numbering.open(list, style, inner.length);
    for (const item of elementsOf(list)) {
      // An item without a paragraph only holds the list within it: it has no number and does not count.
      let counted = item.name !== 'text:list-item';
      for (const child of elementsOf(item)) {
        if (child.name === 'text:list') walkList(child, inner);
        else if (child.name === 'text:p' || child.name === 'text:h') {
          add(child, counted ? '' : numbering.next(style, inner.length, item));
          counted = true;
        } else walk({ ...item, children: [child] }, inner);
      }
    }
  };
  walk(container, []);
  return parts;
}

// ── Tables ────────────────────────────────────────────────────────────────────────────────────────────────────────

const repeated = (element: XmlElement, name: string): number =>
  Math.min(Number(element.attributes[name] ?? 1) || 1, 200);

function rowsOf(table: XmlElement, reading: Reading): readonly TableRow[] {
  return elementsOf(table).flatMap((child): readonly TableRow[] => {
    if (child.name !== 'table:table-row')
      return /^table:table-(?:header-rows|rows|row-group)$/u.test(child.name) ? rowsOf(child, reading) : [];
    const cells = elementsOf(child).flatMap((each) => {
      if (each.name !== 'table:table-cell') return [];
      const paragraphs = partsOf(each, reading).flatMap((part) =>
        'text' in part ? [part.text] : part.rows.flatMap((row) => row.cells.flatMap((inner) => inner.paragraphs)),
      );
      const spans = [each.attributes['table:number-rows-spanned'], each.attributes['table:number-columns-spanned']].map(
        (n) => Number(n ?? 1),
      );
      return Array.from({ length: repeated(each, 'table:number-columns-repeated') }, () => cell(paragraphs, ...spans));
    });
    return Array.from({ length: repeated(child, 'table:number-rows-repeated') }, () => ({ cells }));
  });
}

// ── Numbers of lists ──────────────────────────────────────────────────────────────────────────────────────────────

interface ListLevel {
  readonly format: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly shown: number;
  readonly start: number;
  readonly bullet: string;
}

type ListStyles = ReadonlyMap<string, ReadonlyMap<number, ListLevel>>;

const OUTLINE = '';

const FORMATS: Readonly<Record<string, string>> = {
  '1': 'decimal',
  a: 'lowerLetter',
  A: 'upperLetter',
  i: 'lowerRoman',
  I: 'upperRoman',
  '一, 二, 三, ...': 'chineseCounting',
  '壹, 贰, 叁, ...': 'chineseLegalSimplified',
  '壹, 貳, 參, ...': 'ideographLegalTraditional',
  '甲, 乙, 丙, ...': 'ideographTraditional',
  '子, 丑, 寅, ...': 'ideographZodiac',
  '①, ②, ③, ...': 'decimalEnclosedCircle',
  '１, ２, ３, ...': 'decimalFullWidth',
};

function listStyles(files: readonly XmlElement[]): ListStyles {
  const styles = new Map<string, ReadonlyMap<number, ListLevel>>();
  for (const file of files) {
    for (const style of [...descendants(file, 'text:list-style'), ...descendants(file, 'text:outline-style')]) {
      const levels = elementsOf(style).map(
        (level) => [Number(level.attributes['text:level'] ?? 1), listLevel(level)] as const,
      );
      styles.set(
        style.name === 'text:outline-style' ? OUTLINE : (style.attributes['style:name'] ?? ''),
        new Map(levels),
      );
    }
  }
  return styles;
}

function listLevel({ attributes }: XmlElement): ListLevel {
  const format = attributes['style:num-format'] ?? '';
  return {
    format: FORMATS[format] ?? (format === '' ? 'none' : 'decimal'),
    prefix: attributes['style:num-prefix'] ?? '',
    suffix: attributes['style:num-suffix'] ?? '',
    shown: Number(attributes['text:display-levels'] ?? 1),
    start: Number(attributes['text:start-value'] ?? 1),
    bullet: attributes['text:bullet-char'] ?? '',
  };
}

interface Numbering {
  open(list: XmlElement, style: string, depth: number): void;
  next(style: string, depth: number, item: XmlElement): string;
  heading(element: XmlElement): string;
}

/** Counts the items of each list style and writes their labels. */
function createNumbering(styles: ListStyles): Numbering {
  const counters = new Map<string, (number | undefined)[]>();
  const countsOf = (style: string): (number | undefined)[] => {
    const counts = counters.get(style) ?? [];
    counters.set(style, counts);
    return counts;
  };
  const advance = (style: string, depth: number, stated: string | undefined): string => {
    const levels = styles.get(style);
    const level = levels?.get(depth);
    if (levels === undefined || level === undefined) return '';
    const counts = countsOf(style);
    counts.length = Math.min(counts.length, depth + 1);
    counts[depth] = stated === undefined ? (counts[depth] ?? level.start - 1) + 1 : Number(stated);
    if (level.bullet !== '') return `${bulletText(level.bullet)} `;
    if (level.format === 'none') return '';
    const shown: string[] = [];
    for (let at = Math.max(1, depth - level.shown + 1); at <= depth; at += 1) {
      shown.push(formatNumber(counts[at] ?? levels.get(at)?.start ?? 1, levels.get(at)?.format ?? 'decimal'));
    }
    const label = level.prefix + shown.join('.') + level.suffix;
    return label + spaceAfter(label);
  };
  return {
    open: (list, style, depth) => {
      if (
        depth === 1 &&
        list.attributes['text:continue-numbering'] !== 'true' &&
        list.attributes['text:continue-list'] === undefined
      ) {
        counters.delete(style);
      }
    },
    next: (style, depth, item) => advance(style, depth, item.attributes['text:start-value']),
    heading: (element) =>
      element.attributes['text:is-list-header'] === 'true'
        ? ''
        : advance(
            OUTLINE,
            Number(element.attributes['text:outline-level'] ?? 1),
            element.attributes['text:start-value'],
          ),
  };
}
