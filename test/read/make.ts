/** Makes small files of each format, so that a test shows all that matters in the file it reads. */
import { strToU8, zipSync } from 'fflate';
import type { Document } from '../../src/model.js';
import { type ReadOptions, readDocument } from '../../src/read/index.js';

export const zip = (files: Readonly<Record<string, string | Uint8Array>>): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, data]) => [name, typeof data === 'string' ? strToU8(data) : data]),
    ),
  );

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const NAMESPACES = `${W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:v="urn:schemas-microsoft-com:vml"`;

export const wordParagraph = (text: string, properties = ''): string =>
  `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;

export interface WordParts {
  readonly numbering?: string;
  readonly styles?: string;
  readonly footnotes?: string;
}

export const docx = (body: string, { numbering, styles, footnotes }: WordParts = {}): Uint8Array => {
  const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const part = (name: string, content: string | undefined): Record<string, string> =>
    content === undefined ? {} : { [`word/${name}.xml`]: `<w:${name} ${W}>${content}</w:${name}>` };
  return zip({
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
    '_rels/.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${type}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/document.xml': `<?xml version="1.0" encoding="UTF-8"?><w:document ${NAMESPACES}><w:body>${body}</w:body></w:document>`,
    ...part('numbering', numbering),
    ...part('styles', styles),
    ...part('footnotes', footnotes),
  });
};

/** Text at a place on a page, in points from the lower left; 16 points where no size is given. */
export interface PlacedText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size?: number;
}

/** A line or a run of lines as PDF draws it. */
export type Drawing = PlacedText | { readonly from: readonly [number, number]; readonly to: readonly [number, number] };

const hex = (text: string): string => Buffer.from(text, 'utf16le').swap16().toString('hex');

/** A PDF in A4 whose Chinese font is only named, as office programs of the past made them; `encoding` is a predefined CMap. */
export function pdf(
  pages: readonly (readonly Drawing[])[],
  { encoding = 'UniGB-UCS2-H', encode = hex } = {},
): Uint8Array {
  const contents = pages.map((page) =>
    page
      .map((each) =>
        'text' in each
          ? `BT /F1 ${each.size ?? 16} Tf ${each.x} ${each.y} Td <${encode(each.text)}> Tj ET`
          : `${each.from.join(' ')} m ${each.to.join(' ')} l S`,
      )
      .join('\n'),
  );
  const kids = pages.map((_, index) => `${6 + index * 2} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    `<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /${encoding} /DescendantFonts [4 0 R] >>`,
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 5 0 R /DW 1000 /W [814 907 500] >>',
    '<< /Type /FontDescriptor /FontName /SimSun /Flags 6 /FontBBox [0 -141 1000 859] /ItalicAngle 0 /Ascent 859 /Descent -141 /CapHeight 700 /StemV 80 >>',
    ...contents.flatMap((content, index) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${7 + index * 2} 0 R >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    ]),
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const xref = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF`;
  return Buffer.from(file, 'latin1');
}

export async function readOne(
  bytes: Uint8Array,
  source: string,
  options: Partial<ReadOptions> = {},
): Promise<Document> {
  const [document, ...more] = await readDocument(bytes, { ...options, source });
  if (document === undefined || more.length > 0) throw new Error(`${more.length + 1} documents`);
  return document;
}

export const utf8 = (text: string): Uint8Array => strToU8(text);

/** Blocks in short: the text, with its kind, level and cell where they are not those of a plain paragraph. */
export const outline = ({ text, blocks }: Document): readonly string[] =>
  blocks.map(({ start, end, kind, level, cell }) => {
    const quote = text.slice(start, end);
    if (cell !== undefined) {
      const span = cell.rowSpan > 1 || cell.columnSpan > 1 ? ` ${cell.rowSpan}x${cell.columnSpan}` : '';
      return `[${cell.row},${cell.column}${span}] ${quote}`;
    }
    return kind === 'paragraph' ? quote : `${kind}${level ?? ''}: ${quote}`;
  });
