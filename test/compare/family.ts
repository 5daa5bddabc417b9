/** Reads a family of the corpus through the whole pipeline, for tests of comparison. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ComparedNotice } from '../../src/compare/comparison.js';
import { type Vocabulary, vocabularyOf } from '../../src/compare/vocabulary.js';
import type { Segmenter } from '../../src/model.js';
import { createPipeline } from '../../src/pipeline.js';
import { toRecord } from '../../src/record.js';
import { loadRules } from '../../src/rules/load.js';
import { loadNodejieba } from '../../src/segment/nodejieba.js';

const root = new URL('../../', import.meta.url).pathname;
const rules = loadRules(join(root, 'rules'));

let loaded: Segmenter | undefined;
const segmenter = (): Segmenter => {
  loaded ??= loadNodejieba(rules.dictionary);
  return loaded;
};

export const vocabulary: Vocabulary = vocabularyOf(rules);

export const words = (text: string): readonly string[] => segmenter().cut(text);

const folder = (family: string): string => join(root, 'corpus/families', family);

/** Every notice of a family; `document.source` is its file name. */
export async function readFamily(family: string): Promise<readonly ComparedNotice[]> {
  const pipeline = createPipeline({ rules, segmenter, program: 'test' });
  const files = readdirSync(folder(family)).filter((name) => !name.endsWith('.json'));
  const notices: ComparedNotice[] = [];
  for (const source of files.sort()) {
    for (const document of await pipeline.read(readFileSync(join(folder(family), source)), { source })) {
      notices.push({ record: toRecord(pipeline.analyse(document), 'zh'), text: document.text });
    }
  }
  return notices;
}

export interface Relation {
  readonly kind: string;
  readonly documents?: readonly string[];
  readonly summary?: string;
  readonly metric?: string;
  readonly title?: string;
  readonly name?: string;
  /** How the comparison was made, where one metric is compared in several ways. */
  readonly mode?: string;
  readonly verdict: string;
  readonly severity?: string;
  readonly sum?: string;
  readonly missing?: readonly string[];
}

export interface FamilyGold {
  readonly relations: readonly Relation[];
  readonly passages: readonly {
    readonly contains: string;
    readonly documents: readonly string[];
    readonly units: number;
    /** What differs between the first place and each later one, as `removed …` and `added …`. */
    readonly changed?: readonly (readonly string[])[];
  }[];
  readonly notShared: readonly string[];
  readonly unrelated: readonly (readonly [string, string])[];
}

export const FAMILIES: readonly string[] = readdirSync(folder('.')).sort();

export const readGold = (family: string): FamilyGold => ({
  relations: [],
  passages: [],
  notShared: [],
  unrelated: [],
  ...JSON.parse(readFileSync(join(folder(family), 'relations.gold.json'), 'utf8')),
});
