/**
 * Word 97–2003 documents (.doc, and .wps, which is the same format). A file whose formatting cannot be followed is read by
 * word-extractor: its text is there, what the format keeps apart from the text, automatic numbers above all, is lost, and said to be.
 */
import WordExtractor from 'word-extractor';
import type { Note } from '../model.js';
import { type Content, cell, compose, type Part, paragraph, type TableRow } from './content.js';
import { opensWithMarker } from './lines.js';
import { type ReadRequest, refusal } from './request.js';
import { readWord97, Unreadable } from './word97.js';

/** Fewer numbered paragraphs than this in a document of some length: the numbers were automatic, most likely. */
const FEWEST_MARKERS = 2;
const SOME_PARAGRAPHS = 8;

export async function read(bytes: Uint8Array, request: ReadRequest): Promise<Content> {
  try {
    const { parts, footnotes } = readWord97(bytes);
    return { ...compose([...parts, ...footnotes.map(footnote)]), notes: [] };
  } catch (error) {
    if (error instanceof Unreadable) throw refusal(request, `read.unsupported.${error.code}`);
    return await textAlone(bytes);
  }
}

const footnote = (text: string): Part => ({ kind: 'footnote', text });

async function textAlone(bytes: Uint8Array): Promise<Content> {
  const document = await new WordExtractor().extract(Buffer.from(bytes));
  // Without this it would turn “ ” into " ".
  const asWritten = { filterUnicode: false };
  const footnotes = [document.getFootnotes(asWritten), document.getEndnotes(asWritten)].flatMap((text) =>
    text.split('\n'),
  );
  const boxes = document.getTextboxes({ ...asWritten, includeHeadersAndFooters: false });
  const parts = [...partsOf(document.getBody(asWritten)), ...partsOf(boxes), ...footnotes.map(footnote)];
  const content = compose(parts);
  return { ...content, notes: notesOn(content) };
}

/** A line that ends with a tab is a row of a table: each of its cells ends so. */
function partsOf(text: string): readonly Part[] {
  const parts: Part[] = [];
  let rows: TableRow[] = [];
  for (const line of text.split('\n')) {
    if (!line.endsWith('\t')) {
      rows = [];
      parts.push(paragraph(line));
      continue;
    }
    if (rows.length === 0) parts.push({ rows });
    rows.push({
      cells: line
        .slice(0, -1)
        .split('\t')
        .map((content) => cell([content])),
    });
  }
  return parts;
}

function notesOn({ text, blocks }: Pick<Content, 'text' | 'blocks'>): readonly Note[] {
  const marked = blocks.filter(({ start, end }) => opensWithMarker(text.slice(start, Math.min(end, start + 20))));
  return blocks.length >= SOME_PARAGRAPHS && marked.length < FEWEST_MARKERS ? [{ code: 'read.numberingLost' }] : [];
}
