/** The whole way for tests, with the shipped rules and the real segmenter, each loaded once a process. */
import { resolve } from 'node:path';
import type { NoticeRecord, Segmenter } from '../src/model.js';
import { createPipeline, type Pipeline } from '../src/pipeline.js';
import { toRecord } from '../src/record.js';
import { loadRules, type RuleSet } from '../src/rules/load.js';
import { createView, type Matching, type View } from '../src/rules/view.js';
import { loadNodejieba } from '../src/segment/nodejieba.js';
import { segment } from '../src/segment/segment.js';
import { documentOf } from '../src/text.js';

export { documentOf };

export const RULES = resolve('rules');

let rules: RuleSet | undefined;
let segmenter: Segmenter | undefined;

export function shippedRules(): RuleSet {
  rules ??= loadRules(RULES);
  return rules;
}

export function jieba(): Segmenter {
  segmenter ??= loadNodejieba(shippedRules().dictionary);
  return segmenter;
}

export const testPipeline = (matching: Matching = {}): Pipeline =>
  createPipeline({ rules: shippedRules(), segmenter: jieba, program: 'test', matching });

export const viewOf = (text: string, matching: Matching = {}): View =>
  createView(segment(documentOf(text), jieba), shippedRules().lexicon, matching);

export const recordOf = (text: string): NoticeRecord => toRecord(testPipeline().analyse(documentOf(text)), 'zh');
