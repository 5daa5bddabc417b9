/** Figures of a text for tests: each line is a paragraph. */
import { extractFigures } from '../../src/extract/figures.js';
import type { Block, Document, Figure, Segmenter, Span } from '../../src/model.js';
import { loadRules, type RuleSet } from '../../src/rules/load.js';
import { createView, type View } from '../../src/rules/view.js';
import { loadNodejieba } from '../../src/segment/nodejieba.js';
import { segment } from '../../src/segment/segment.js';
import { createLocator } from '../../src/text.js';

let segmenter: Segmenter | undefined;

export const rules: RuleSet = loadRules('rules');

export function viewOf(text: string): View {
  const blocks: Block[] = [];
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start) < 0 ? text.length : text.indexOf('\n', start);
    if (end > start) blocks.push({ start, end, kind: 'paragraph' });
    start = end + 1;
  }
  const document: Document = { id: 'sha256:0', source: 'test.txt', mediaType: 'text/plain', text, blocks, notes: [] };
  return createView(
    segment(document, () => (segmenter ??= loadNodejieba(rules.dictionary))),
    rules.lexicon,
  );
}

export function figuresOf(text: string, findings: readonly Span[] = []): readonly Figure[] {
  return extractFigures(rules, viewOf(text), createLocator({ text }), findings);
}

/** `metric value scope`, without the scope where it is headline; nothing for a figure of no metric. */
export const summary = ({ metric, value, scope }: Figure): string[] =>
  metric === null ? [] : [`${metric} ${value}${scope === 'headline' ? '' : ` ${scope}`}`];
