/** What the programs that measure checks share. */
import { fileURLToPath } from 'node:url';
import type { CheckResult, Segmenter } from '../src/model.js';
import { createPipeline, type Pipeline } from '../src/pipeline.js';
import { loadRules } from '../src/rules/load.js';
import { loadNodejieba } from '../src/segment/nodejieba.js';

export function makePipeline(program: string): Pipeline {
  const rules = loadRules(fileURLToPath(new URL('../rules', import.meta.url)));
  let segmenter: Segmenter | undefined;
  return createPipeline({
    rules,
    segmenter: () => {
      segmenter ??= loadNodejieba(rules.dictionary);
      return segmenter;
    },
    program,
  });
}

/** Kinds that hold numbers against each other. */
export const ARITHMETIC: readonly string[] = [
  'rate',
  'sum',
  'breakdown',
  'share',
  'unit',
  'repeat',
  'count',
  'change',
  'product',
  'groups',
  'table',
  'again',
];

export const isFailure = ({ verdict }: CheckResult): boolean => verdict === 'inconsistent' || verdict === 'observed';
export const isAlarm = (check: CheckResult): boolean => isFailure(check) && check.severity !== 'info';

export const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;
export const print = (line: string): void => void process.stdout.write(`${line}\n`);
