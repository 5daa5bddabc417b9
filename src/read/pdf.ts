/**
 * PDF: opened once by pdf-parse, its pages read with their coordinates, so that paragraphs can be told from broken lines.
 * Promises a note for each page that has no text or whose text cannot be trusted.
 */
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { PDFParse } from 'pdf-parse';
import { OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/types/src/display/api.js';
import type { Note } from '../model.js';
import { type Content, compose } from './content.js';
import { pathRules, type Rule } from './grid.js';
import { layOut, mayHoldTable, type Piece, type PlacedPage } from './layout.js';
import { type ReadRequest, refusal } from './request.js';

const pdfjs = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));

export async function read(bytes: Uint8Array, request: ReadRequest): Promise<Content> {
  const parser = new PDFParse({
    // pdf.js takes the buffer away from whoever gave it.
    data: bytes.slice(),
    // Chinese encodings that a file only names (GBK-EUC-H, UniGB-UCS2-H): without these it would read as empty.
    cMapUrl: join(pdfjs, 'cmaps') + sep,
    cMapPacked: true,
    standardFontDataUrl: join(pdfjs, 'standard_fonts') + sep,
    disableFontFace: true,
    isEvalSupported: false,
  });
  try {
    const document = await open(parser, request);
    return await readPages(parser, document, request);
  } finally {
    await parser.destroy();
  }
}

/** pdf-parse keeps the document that it opened to itself; opening it again for the coordinates would cost the same again. */
async function open(parser: PDFParse, request: ReadRequest): Promise<PDFDocumentProxy> {
  try {
    return await (parser as unknown as { load(): Promise<PDFDocumentProxy> }).load();
  } catch (error) {
    const encrypted = error instanceof Error && error.name === 'PasswordException';
    throw refusal(request, encrypted ? 'read.encryptedPdf' : 'read.brokenPdf', {}, error);
  }
}

async function readPages(parser: PDFParse, document: PDFDocumentProxy, request: ReadRequest): Promise<Content> {
  const count = Math.min(document.numPages, request.limits.pages);
  const notes: Note[] = [];
  if (document.numPages > count) {
    notes.push({ code: 'read.morePages', values: { pages: document.numPages, read: count } });
  }
  const pages: PlacedPage[] = [];
  const unreadable: number[] = [];
  let characters = 0;
  for (let number = 1; number <= count; number += 1) {
    const page = await document.getPage(number);
    const placed = await placePieces(page, (pages.at(-1)?.rules?.length ?? 0) > 0);
    page.cleanup();
    const text = placed.pieces.map((piece) => piece.text).join('');
    characters += text.length;
    if (characters > request.limits.characters) {
      throw refusal(request, 'read.textTooLong', { limit: request.limits.characters });
    }
    const fault = text.trim() === '' ? 'read.pageWithoutText' : isGarbled(text) ? 'read.garbledPage' : undefined;
    if (fault !== undefined) {
      unreadable.push(number);
      notes.push({ code: fault, values: { page: number } });
    }
    pages.push(placed);
  }
  if (request.ocr && unreadable.length > 0) {
    for (const { page, placed, note } of await recognisePages(parser, unreadable, request)) {
      pages[page - 1] = placed;
      notes[notes.findIndex(({ values }) => values?.page === page)] = note;
    }
  }
  if (pages.every(({ pieces }) => pieces.every(({ text }) => text.trim() === ''))) {
    throw refusal(request, request.ocr ? 'read.noText' : 'read.noTextLayer', { pages: count });
  }
  const title = await metadataTitle(document);
  return { ...compose(layOut(pages), count), ...(title === undefined ? {} : { title }), notes };
}

/** Fine enough for small type, coarse enough to be quick: 200 dots an inch. */
const OCR_SCALE = 200 / 72;

/** Pages as pictures, with their characters recognised. */
async function recognisePages(parser: PDFParse, numbers: readonly number[], request: ReadRequest) {
  const { createRecogniser } = await import('./ocr.js');
  const recogniser = await createRecogniser(request);
  const recognised = [];
  try {
    for (const page of numbers) {
      const shot = await parser.getScreenshot({
        partial: [page],
        scale: OCR_SCALE,
        imageDataUrl: false,
        imageBuffer: true,
      });
      const [picture] = shot.pages;
      if (picture !== undefined) recognised.push({ page, ...(await recogniser.recognise(picture.data, page)) });
    }
  } finally {
    await recogniser.close();
  }
  return recognised;
}

/** `afterTable`: a table may go on from the page before with little text. */
async function placePieces(page: PDFPageProxy, afterTable: boolean): Promise<PlacedPage> {
  const { width, height, transform } = page.getViewport({ scale: 1 });
  const { items } = await page.getTextContent();
  const [a = 1, b = 0, c = 0, d = -1, e = 0, f = 0] = transform as readonly number[];
  const pieces: Piece[] = [];
  for (const item of items) {
    if (!('str' in item) || item.str === '') continue;
    const [ta = 0, tb = 0, tc = 0, td = 0, tx = 0, ty = 0] = item.transform as readonly number[];
    // Turned text is a watermark or a stamp.
    const [across, along] = [a * ta + c * tb, b * ta + d * tb];
    if (Math.abs(along) > Math.abs(across) * 0.1) continue;
    const size = Math.hypot(a * tc + c * td, b * tc + d * td);
    pieces.push({
      text: unifyCharacters(item.str),
      x: a * tx + c * ty + e,
      y: b * tx + d * ty + f,
      width: item.width,
      size: size || item.height,
    });
  }
  const placed = { width, height, pieces };
  return afterTable || mayHoldTable(placed) ? { ...placed, rules: await drawnRules(page, [a, b, c, d, e, f]) } : placed;
}

type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

const multiply = (m: Matrix, n: Matrix): Matrix => [
  m[0] * n[0] + m[2] * n[1],
  m[1] * n[0] + m[3] * n[1],
  m[0] * n[2] + m[2] * n[3],
  m[1] * n[2] + m[3] * n[3],
  m[0] * n[4] + m[2] * n[5] + m[4],
  m[1] * n[4] + m[3] * n[5] + m[5],
];

const PAINTED: ReadonlySet<number> = new Set([
  OPS.stroke,
  OPS.closeStroke,
  OPS.fill,
  OPS.eoFill,
  OPS.fillStroke,
  OPS.eoFillStroke,
  OPS.closeFillStroke,
  OPS.closeEOFillStroke,
]);
/** How pdf.js encodes a path: move, line, curve and close, each with so many coordinates. */
const STEPS = [
  { draw: 'move', coordinates: 2 },
  { draw: 'line', coordinates: 2 },
  { draw: 'move', coordinates: 6 },
  { draw: 'close', coordinates: 0 },
] as const;

/** Upright and level lines that are drawn on a page, edges of rectangles included. */
async function drawnRules(page: PDFPageProxy, viewport: Matrix): Promise<readonly Rule[]> {
  const { fnArray, argsArray } = await page.getOperatorList();
  const rules: Rule[] = [];
  const saved: Matrix[] = [];
  let matrix = viewport;
  for (const [index, operator] of fnArray.entries()) {
    const argument = argsArray[index] as readonly unknown[];
    if (operator === OPS.save) saved.push(matrix);
    else if (operator === OPS.restore) matrix = saved.pop() ?? viewport;
    else if (operator === OPS.transform) matrix = multiply(matrix, argument as unknown as Matrix);
    else if (operator === OPS.constructPath && PAINTED.has(argument[0] as number)) {
      const [path] = argument[1] as readonly [ArrayLike<number> | null];
      if (path !== null) rules.push(...pathRules(pathSteps(path, matrix)));
    }
  }
  return rules;
}

function* pathSteps(path: ArrayLike<number>, [a, b, c, d, e, f]: Matrix) {
  for (let at = 0; at < path.length; ) {
    const { draw, coordinates } = STEPS[path[at] as number] ?? STEPS[3];
    const [x, y] = [path[at + coordinates - 1] ?? 0, path[at + coordinates] ?? 0];
    yield { draw, to: [a * x + c * y + e, b * x + d * y + f] as const };
    at += coordinates + 1;
  }
}

/** Fonts often map characters to radicals (⼯ for 工) and compatibility forms that look the same and are not. */
const LOOK_ALIKES = /[\u2E80-\u2EF3\u2F00-\u2FD5\uF900-\uFAFF]/gu;
/** Radicals that Unicode does not itself map to the characters that they look like. */
const RADICALS =
  '⺠民⺎兀⻁虎⻄西⻅见⻆角⻇角⻈讠⻉贝⻋车⻓长⻔门⻙韦⻚页⻛风⻜飞⻝食⻟食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⻘青⻳龟⼾户⺟母⺒巳⺌小⺥爪⺩王⺫目⺬示⺼月';
const radicals = new Map(
  Array.from({ length: RADICALS.length / 2 }, (_, index) => [RADICALS[index * 2] ?? '', RADICALS[index * 2 + 1] ?? '']),
);
const unifyCharacters = (text: string): string =>
  text.replace(LOOK_ALIKES, (char) => radicals.get(char) ?? char.normalize('NFKC'));

/** More of a page than this is private-use, unassigned or control characters: its fonts do not say what they show. */
const MOST_ODD = 0.1;
function isGarbled(text: string): boolean {
  const visible = text.replace(/\s/gu, '');
  const odd = visible.match(/[\p{Co}\p{Cn}\p{Cc}\uFFFD]/gu)?.length ?? 0;
  return visible.length > 0 && odd > visible.length * MOST_ODD;
}

async function metadataTitle(document: PDFDocumentProxy): Promise<string | undefined> {
  const { info } = await document.getMetadata();
  const title = (info as { readonly Title?: unknown }).Title;
  if (typeof title !== 'string') return undefined;
  const named = title.replace(/^Microsoft Word - /u, '').trim();
  // Programs put the file's name there when no title was given.
  return named === '' || /\.[a-z]{3,4}$/iu.test(named) ? undefined : named;
}
