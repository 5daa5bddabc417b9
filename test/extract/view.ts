/** A view of a bare text: a paragraph a line, cells where tabs part them; words by the shipped segmenter, when asked for. */
import type { Block, Document, Segmenter } from '../../src/model.js';
import type { RuleSet } from '../../src/rules/load.js';
import { createView, type View } from '../../src/rules/view.js';
import { loadNodejieba } from '../../src/segment/nodejieba.js';
import { segment } from '../../src/segment/segment.js';

let segmenter: Segmenter | undefined;

export function documentOf(text: string, more: Partial<Document> = {}): Document {
  return { id: 'sha256:0', source: 'test', mediaType: 'text/plain', text, blocks: blocksOf(text), notes: [], ...more };
}

export function viewOf(text: string, rules: RuleSet, more: Partial<Document> = {}): View {
  const segmented = segment(documentOf(text, more), () => (segmenter ??= loadNodejieba(rules.dictionary)));
  return createView(segmented, rules.lexicon);
}

function blocksOf(text: string): readonly Block[] {
  const blocks: Block[] = [];
  let start = 0;
  text.split('\n').forEach((line, row) => {
    if (!line.includes('\t') && line.trim() !== '') blocks.push({ kind: 'paragraph', start, end: start + line.length });
    if (line.includes('\t')) {
      let from = start;
      line.split('\t').forEach((cell, column) => {
        const place = { table: 0, row, column, rowSpan: 1, columnSpan: 1 };
        if (cell !== '') blocks.push({ kind: 'cell', start: from, end: from + cell.length, cell: place });
        from += cell.length + 1;
      });
    }
    start += line.length + 1;
  });
  return blocks;
}
