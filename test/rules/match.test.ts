import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../src/read/index.js';
import { matchTopic, resolveOverlaps } from '../../src/rules/match.js';
import { topics } from '../../src/rules/schema.js';
import { createView, type View } from '../../src/rules/view.js';
import { segment } from '../../src/segment/segment.js';
import { documentOf, jieba, shippedRules, testPipeline, viewOf } from '../pipeline.js';

const texts = readdirSync('corpus').filter((name) => /\.(?:txt|md)$/.test(name) && name !== 'README.md');

describe('the prefilter', () => {
  // Without it every pattern is tried everywhere, which takes half a second a notice.
  it('changes nothing that matches, on every third notice of the corpus', async () => {
    const rules = shippedRules();
    for (const name of texts.filter((_, at) => at % 3 === 0)) {
      const [document] = await readDocument(readFileSync(join('corpus', name)), { source: name });
      if (document === undefined) continue;
      const segmented = segment(document, jieba);
      const [withIt, without] = [true, false].map((prefilter) => createView(segmented, rules.lexicon, { prefilter }));
      if (withIt === undefined || without === undefined) continue;
      for (const topic of topics) {
        const matches = (view: View): unknown =>
          matchTopic(rules, topic, view).map(({ start, end, rule }) => [rule.path, start, end]);
        expect(matches(withIt), `${name} ${topic}`).toEqual(matches(without));
      }
    }
  });
});

describe('precedence', () => {
  it('lets a number be claimed once, in an order that does not depend on chance', () => {
    const view = viewOf('反馈的44个问题已全部完成整改40个，完成率90.9%。');
    const matches = matchTopic(shippedRules(), 'figures', view);
    const once = resolveOverlaps(matches).map(({ rule, emits }) => [rule.path, emits]);
    expect(resolveOverlaps([...matches].reverse()).map(({ rule, emits }) => [rule.path, emits])).toEqual(once);
    const owners = new Map<number, string>();
    for (const { rule, emits } of resolveOverlaps(matches)) {
      for (const { span } of emits) {
        expect(owners.get(span.start) ?? rule.path).toBe(rule.path);
        owners.set(span.start, rule.path);
      }
    }
  });
});

describe('hostile text', () => {
  const pieces = [
    '一',
    '1',
    '1.',
    '（',
    '“',
    '、',
    '，',
    '。',
    '问题',
    '整改',
    '44个',
    '90%',
    '张',
    '李某',
    '一是',
    '：',
    ' ',
    'a',
    '2023年',
    '万元',
    '\t',
  ];
  it.each(pieces)('%j repeated to 100,000 characters is finished in time', (piece) => {
    const text = piece.repeat(Math.ceil(100_000 / piece.length));
    const begun = performance.now();
    testPipeline({ budget: 200 }).analyse(documentOf(text));
    expect(performance.now() - begun).toBeLessThan(20_000);
  });
});
