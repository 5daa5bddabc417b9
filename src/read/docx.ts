/**
 * Word documents. Mammoth reads the content; before it runs, what it would lose is written into document.xml: the labels of
 * automatic numbering, and text boxes in the newer drawing markup. Its HTML is not made: the blocks come from its own tree.
 */
import mammoth from 'mammoth';
import { type Archive, openArchive } from './archive.js';
import {
  type Content,
  cell,
  compose,
  type Paragraph,
  type Part,
  paragraph,
  type TableCell,
  type TableRow,
} from './content.js';
import { createLabeller, type ParagraphNumbering } from './numbering.js';
import type { ReadRequest } from './request.js';

/** Some programs number it. */
const MAIN_PART = /^word\/document\d?\.xml$/u;

export async function read(bytes: Uint8Array, request: ReadRequest): Promise<Content> {
  const archive = openArchive(bytes, request);
  const main = archive.names.find((name) => MAIN_PART.test(name)) ?? 'word/document.xml';
  const body = labelParagraphs(plainTextBoxes(archive.xml(main)), archive);
  const document = await parse(archive, new Map([[main, body]]));
  const parts = [...document.children.flatMap(partsOf), ...notesOf(document)];
  const title = archive.has('docProps/core.xml') ? coreTitle(archive.xml('docProps/core.xml')) : undefined;
  return { ...compose(parts), ...(title === undefined ? {} : { title }), notes: [] };
}

const coreTitle = (xml: string): string | undefined =>
  /<dc:title>([^<&]+)<\/dc:title>/u.exec(xml)?.[1]?.trim() || undefined;

// ── Mammoth's tree, as far as it is used here ─────────────────────────────────────────────────────────────────────

interface Node {
  readonly type: string;
  readonly children?: readonly Node[];
  readonly value?: string;
  readonly styleName?: string | null;
  readonly styleId?: string | null;
  readonly colSpan?: number;
  readonly rowSpan?: number;
  readonly noteType?: string;
  readonly noteId?: string;
}

interface DocumentNode extends Node {
  readonly children: readonly Node[];
  readonly notes: { resolve(reference: Node): { readonly body: readonly Node[] } | null };
}

/** Runs mammoth on the archive, with some parts replaced, and takes its document before it becomes HTML. */
async function parse(archive: Archive, replaced: ReadonlyMap<string, string>): Promise<DocumentNode> {
  const file = {
    exists: (name: string) => archive.has(name),
    read: async (name: string, encoding?: string) =>
      encoding === undefined ? archive.bytes(name) : (replaced.get(name) ?? archive.xml(name)),
  };
  let document: DocumentNode | undefined;
  // `file` is mammoth's own way of taking an opened zip; its types name only paths and buffers.
  await mammoth.convertToHtml({ file } as unknown as Parameters<typeof mammoth.convertToHtml>[0], {
    transformDocument: (read: DocumentNode) => {
      document = read;
      return { ...read, children: [] };
    },
  });
  if (document === undefined) throw new Error('mammoth gave no document');
  return document;
}

/** Styles of a table of contents, which only repeats the headings. */
const CONTENTS = /^(?:toc|目录) ?\d$/iu;

function partsOf(node: Node): readonly Part[] {
  if (node.type === 'paragraph') return CONTENTS.test(node.styleName ?? '') ? [] : [styled(node)];
  if (node.type === 'table') return [{ rows: (node.children ?? []).map(rowOf) }];
  return (node.children ?? []).flatMap(partsOf);
}

const rowOf = (row: Node): TableRow => ({ cells: (row.children ?? []).map(cellOf) });

const cellOf = (node: Node): TableCell => cell(paragraphTexts(node), node.rowSpan, node.colSpan);

/** Paragraphs anywhere below: a table within a cell gives its paragraphs to that cell. */
const paragraphTexts = (node: Node): readonly string[] =>
  node.type === 'paragraph' ? [textOf(node)] : (node.children ?? []).flatMap(paragraphTexts);

function styled(node: Node): Paragraph {
  const style = `${node.styleName ?? ''}`.toLowerCase();
  if (style === 'title') return { kind: 'title', text: textOf(node) };
  const level = /^(?:heading|标题) ?([1-9])$/u.exec(style)?.[1];
  return level === undefined ? paragraph(textOf(node)) : { kind: 'heading', level: Number(level), text: textOf(node) };
}

function textOf(node: Node): string {
  switch (node.type) {
    case 'text':
      return node.value ?? '';
    case 'tab':
      return '\t';
    case 'break':
      return '\n';
    default:
      return (node.children ?? []).map(textOf).join('');
  }
}

/** Footnotes and endnotes, in the order in which the text refers to them. */
function notesOf(document: DocumentNode): readonly Part[] {
  const references = (node: Node): readonly Node[] =>
    node.type === 'noteReference' ? [node] : (node.children ?? []).flatMap(references);
  return document.children
    .flatMap(references)
    .flatMap((reference) => document.notes.resolve(reference)?.body ?? [])
    .flatMap(paragraphTexts)
    .map((text) => ({ kind: 'footnote' as const, text }));
}

// ── What mammoth would lose, written into document.xml ────────────────────────────────────────────────────────────

/** Replaces each outermost `name` element; `change` is given the whole element as written. */
function replaceElements(xml: string, name: string, change: (element: string) => string): string {
  const tag = new RegExp(`<(/?)${name}(?:\\s[^>]*?)?(/?)>`, 'gu');
  let depth = 0;
  let opened = 0;
  let copied = 0;
  let result = '';
  for (const match of xml.matchAll(tag)) {
    if (match[2] === '/') continue;
    if (match[1] === '') {
      if (depth === 0) opened = match.index;
      depth += 1;
    } else if (depth > 0) {
      depth -= 1;
      if (depth > 0) continue;
      const end = match.index + match[0].length;
      result += xml.slice(copied, opened) + change(xml.slice(opened, end));
      copied = end;
    }
  }
  return result + xml.slice(copied);
}

function elements(xml: string, name: string): readonly string[] {
  const found: string[] = [];
  replaceElements(xml, name, (element) => {
    found.push(element);
    return '';
  });
  return found;
}

/**
 * A text box comes twice, as a drawing and as its older fallback, and mammoth knows only the fallback's markup: it is kept
 * once, in that markup. Simple fields and the like, which mammoth passes over, are opened.
 */
function plainTextBoxes(xml: string): string {
  const opened = withoutHidden(
    xml.replace(/<\/?w:(?:fldSimple|dir|bdo)\b[^>]*>/gu, '').replace(/<w:cr\s*\/>/gu, '<w:br/>'),
  );
  if (!opened.includes('<w:txbxContent')) return opened;
  const asPicture = (element: string): string => {
    const once = elements(element, 'mc:Choice').find((choice) => choice.includes('<w:txbxContent')) ?? element;
    const boxes = elements(once, 'w:txbxContent');
    return boxes.length === 0 ? element : `<w:pict>${boxes.join('')}</w:pict>`;
  };
  return replaceElements(replaceElements(opened, 'mc:AlternateContent', asPicture), 'w:drawing', asPicture);
}

const HIDDEN = /<w:rPr>(?:(?!<\/w:rPr>)[\s\S])*?<w:vanish(?:\s+w:val="(?:1|true|on)")?\s*\/>/u;

/** Leaves out runs of hidden text, and the readings of ruby characters. */
function withoutHidden(xml: string): string {
  const shown = xml.includes('<w:vanish') ? replaceElements(xml, 'w:r', (run) => (HIDDEN.test(run) ? '' : run)) : xml;
  if (!shown.includes('<w:ruby>')) return shown;
  return replaceElements(shown, 'w:ruby', (ruby) =>
    elements(ruby, 'w:rubyBase')
      .map((base) => base.replace(/<\/?w:rubyBase>/gu, ''))
      .join(''),
  );
}

const PARAGRAPH_PROPERTIES = /<w:p(?:\s[^>]*)?>\s*<w:pPr>([\s\S]{0,20000}?)<\/w:pPr>(?!\s*<\/w:pPrChange>)/gu;

/** Puts the label of each automatically numbered paragraph into its text, as its first run. */
function labelParagraphs(xml: string, archive: Archive): string {
  const part = (name: string): string => (archive.has(name) ? archive.xml(name) : '');
  const styles = part('word/styles.xml');
  if (!xml.includes('<w:numPr') && !styles.includes('<w:numPr')) return xml;
  const labeller = createLabeller(part('word/numbering.xml'), styles);
  return xml.replace(PARAGRAPH_PROPERTIES, (whole, written: string) => {
    const properties = written.replace(/<w:pPrChange\b[\s\S]*$/u, '');
    // A paragraph mark that was deleted: the text belongs to the next paragraph, and so does the number.
    if (/<w:rPr>[\s\S]*<w:del\b/u.test(properties)) return whole;
    const label = labeller(numberingOf(properties));
    return label === undefined || label === ''
      ? whole
      : `${whole}<w:r><w:t xml:space="preserve">${escapeXml(label)}</w:t></w:r>`;
  });
}

function numberingOf(properties: string): ParagraphNumbering {
  const styleId = /<w:pStyle\s[^>]*?w:val="([^"]*)"/u.exec(properties)?.[1];
  const numPr = /<w:numPr>([\s\S]*?)<\/w:numPr>/u.exec(properties)?.[1] ?? '';
  const numId = /<w:numId\s[^>]*?w:val="(\d+)"/u.exec(numPr)?.[1];
  const level = /<w:ilvl\s[^>]*?w:val="(\d)"/u.exec(numPr)?.[1];
  return {
    ...(styleId === undefined ? {} : { styleId }),
    ...(numId === undefined ? {} : { numId }),
    ...(level === undefined ? {} : { level: Number(level) }),
  };
}

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
