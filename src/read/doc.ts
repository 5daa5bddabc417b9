/**
 * Word 97–2003 documents (.doc, and .wps, which is the same format), read by word-extractor: text, tables as rows and cells,
 * notes and text boxes. What that format keeps apart from the text, automatic numbers above all, is lost, and said to be.
 */
import WordExtractor from 'word-extractor';
import type { Note } from '../model.js';
import { type Content, cell, compose, type Part, paragraph, type TableRow } from './content.js';
import { opensWithMarker } from './lines.js';
import type { ReadRequest } from './request.js';

/** Fewer numbered paragraphs than this in a document of some length: the numbers were automatic, most likely. */
const FEWEST_MARKERS = 2;
const SOME_PARAGRAPHS = 8;

export async function read(bytes: Uint8Array, _request: ReadRequest): Promise<Content> {
  const document = await new WordExtractor().extract(Buffer.from(bytes));
  // Without this it would turn “ ” into " ".
  const asWritten = { filterUnicode: false };
  const footnotes = [document.getFootnotes(asWritten), document.getEndnotes(asWritten)].flatMap((text) =>
    text.split('\n'),
  );
  const boxes = document.getTextboxes({ ...asWritten, includeHeadersAndFooters: false });
  const parts = [...partsOf(document.getBody(asWritten)), ...partsOf(boxes)];
  const content = compose([...parts, ...footnotes.map((text) => ({ kind: 'footnote' as const, text }))]);
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
