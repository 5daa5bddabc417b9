/** Recognition of characters in pictures by tesseract.js, offline with its Chinese data. Loaded only when a user asks for it. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createWorker, OEM } from 'tesseract.js';
import type { Note } from '../model.js';
import type { Piece, PlacedPage } from './layout.js';
import { type ReadRequest, refusal } from './request.js';

export interface Recogniser {
  /** Text of a picture (PNG, JPEG, BMP, GIF, WebP) of page `page`, placed as on a page of A4, with a note on how sure it is. */
  recognise(picture: Uint8Array, page: number): Promise<{ readonly placed: PlacedPage; readonly note: Note }>;
  close(): Promise<void>;
}

/** Height of A4 in points: what a picture is scaled to. */
const HEIGHT = 842;

export async function createRecogniser(request: ReadRequest): Promise<Recogniser> {
  const worker = await startWorker().catch((error) => {
    throw refusal(request, 'read.ocrUnavailable', {}, error);
  });
  return {
    recognise: async (picture, page) => {
      const { data } = await worker.recognize(Buffer.from(picture), {}, { blocks: true, text: false });
      const lines = (data.blocks ?? []).flatMap((block) => block.paragraphs.flatMap((paragraph) => paragraph.lines));
      const digits = lines.map(({ text }) => text.match(/\d/gu)?.length ?? 0).reduce((sum, count) => sum + count, 0);
      const note = { code: 'read.recognised', values: { page, confidence: Math.round(data.confidence), digits } };
      return { placed: place(lines), note };
    },
    close: async () => {
      await worker.terminate();
    },
  };
}

async function startWorker() {
  const data = dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/chi_sim/package.json'));
  return createWorker('chi_sim', OEM.LSTM_ONLY, {
    langPath: join(data, '4.0.0_best_int'),
    gzip: true,
    // Neither to look for data in the working directory nor to leave any there.
    cacheMethod: 'none',
    // Without a handler a picture that cannot be opened would end the process; `recognize` rejects, too.
    errorHandler: () => undefined,
  });
}

interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

interface RecognisedLine {
  readonly bbox: Box;
  readonly words: readonly { readonly text: string; readonly bbox: Box }[];
}

/** Words as pieces. Heights of recognised lines vary with their characters: the usual one stands for all but large type. */
function place(lines: readonly RecognisedLine[]): PlacedPage {
  const [width, height] = [edge(lines, 'x0') + edge(lines, 'x1'), edge(lines, 'y0') + edge(lines, 'y1')];
  const scale = HEIGHT / (height || 1);
  const heights = lines.map(({ bbox }) => bbox.y1 - bbox.y0).sort((a, b) => a - b);
  const usual = heights[heights.length >> 1] ?? 1;
  const pieces = lines.flatMap(({ bbox, words }) => {
    const tall = bbox.y1 - bbox.y0;
    const size = (tall > usual * 1.3 ? tall : usual) * scale;
    return words.map((word, index): Piece => {
      const [x, right] = [word.bbox.x0 * scale, word.bbox.x1 * scale];
      // Boxes are as tight as the ink; only a gap wider than a character parts what is written.
      const next = (words[index + 1]?.bbox.x0 ?? 0) * scale;
      const end = next > right && next < right + size ? next : right;
      return { text: word.text, x, y: bbox.y1 * scale, width: end - x, size };
    });
  });
  return { width: width * scale, height: HEIGHT, pieces };
}

/** How far text reaches to a side: the smallest or largest coordinate of all lines. */
function edge(lines: readonly RecognisedLine[], side: keyof Box): number {
  const all = lines.map(({ bbox }) => bbox[side]);
  if (all.length === 0) return 0;
  return side.endsWith('0') ? Math.min(...all) : Math.max(...all);
}
