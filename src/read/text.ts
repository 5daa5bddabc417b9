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
  return { text: unwrap(cleanText(text)), encoding, notes };
}

/** A block for each line that is not blank, without the white space at its ends. */
function lineBlocks(text: string): readonly Block[] {
  return Array.from(text.matchAll(/[^\n]+/gu)).flatMap(({ 0: line, index }) => {
    const trimmed = line.trim();
    if (trimmed === '') return [];
    const start = index + line.indexOf(trimmed);
    return [{ kind: 'paragraph' as const, start, end: start + trimmed.length }];
  });
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
