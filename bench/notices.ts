/** What the programs that measure checks share. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CheckResult, Notice, Segmenter } from '../src/model.js';
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

const CORPUS = fileURLToPath(new URL('../corpus/', import.meta.url));

/** Paths of the corpus's plain texts, in name order. */
export const corpusTexts = (): readonly string[] =>
  readdirSync(CORPUS)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .map((name) => `${CORPUS}${name}`);

/** The text that positions refer to, whatever the file's encoding. */
export async function textOf(pipeline: Pipeline, source: string): Promise<string> {
  const [document] = await pipeline.read(readFileSync(source), { source });
  return document?.text ?? '';
}

export async function analyse(pipeline: Pipeline, source: string, text: string): Promise<Notice> {
  const [document] = await pipeline.read(Buffer.from(text), { source });
  if (document === undefined) throw new Error(`${source}: nothing to read`);
  return pipeline.analyse(document);
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
