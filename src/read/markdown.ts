/** Markdown as notices use it: headings, emphasis, quotes and simple tables; the marks themselves are not part of the text. */
import { type Content, cell, compose, type Part, paragraph, type TableRow } from './content.js';
import type { ReadRequest } from './request.js';
import { readLines } from './text.js';

const RULE = /^\s*\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?$/u;
const ROW = /^\s*\|(.*)\|\s*$/u;
const HEADING = /^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$/u;
const FURNITURE = /^\s*(?:`{3}.*|[-*_=]{3,})\s*$/u;
const QUOTE = /^\s*(?:>\s?)+/u;
const EMPHASIS = /(\*{1,3}|_{2,3})(?=\S)([^\n]*?\S)\1/gu;

export async function read(bytes: Uint8Array, request: ReadRequest): Promise<Content> {
  const { text, ...decoded } = await readLines(bytes, request);
  return { ...compose(parts(text)), ...decoded };
}

const plain = (line: string): string => line.replace(EMPHASIS, '$2');

function parts(text: string): readonly Part[] {
  const found: Part[] = [];
  let rows: TableRow[] = [];
  for (const line of text.split('\n')) {
    const row = ROW.exec(line)?.[1];
    if (row !== undefined) {
      if (rows.length === 0) found.push({ rows });
      if (!RULE.test(line)) rows.push({ cells: row.split('|').map((content) => cell([plain(content)])) });
      continue;
    }
    rows = [];
    const heading = HEADING.exec(line);
    if (heading?.[1] !== undefined) {
      found.push({ kind: 'heading', level: heading[1].length, text: plain(heading[2] ?? '') });
    } else if (!FURNITURE.test(line)) {
      found.push(paragraph(plain(line.replace(QUOTE, ''))));
    }
  }
  return found;
}
