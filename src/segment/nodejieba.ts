/** The only importer of nodejieba: loads its dictionary and ours once, and cuts. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import type { Segmenter } from '../model.js';

interface Jieba {
  readonly DEFAULT_DICT: string;
  readonly DEFAULT_HMM_DICT: string;
  readonly DEFAULT_STOP_WORD_DICT: string;
  load(options: Readonly<Record<string, string>>): void;
  cut(text: string): string[];
  tag(text: string): { word: string; tag: string }[];
}

/**
 * Word weights serve the extraction of keywords, which nobody asks for: a file of one word in place of its quarter million
 * spares every thread 20 MB and a good part of the loading.
 */
const NO_IDF = fileURLToPath(new URL('../../rules/no-idf.txt', import.meta.url));

/**
 * Loads nodejieba with the user dictionary at `dictionary`. Costs about a second and a quarter gigabyte.
 * @throws InputError where a dictionary file is missing: the native module would end the whole process.
 */
export function loadNodejieba(dictionary?: string): Segmenter {
  const jieba = createRequire(import.meta.url)('nodejieba') as Jieba;
  const paths: Record<string, string> = {
    dict: jieba.DEFAULT_DICT,
    hmmDict: jieba.DEFAULT_HMM_DICT,
    idfDict: NO_IDF,
    stopWordDict: jieba.DEFAULT_STOP_WORD_DICT,
    ...(dictionary === undefined ? {} : { userDict: dictionary }),
  };
  for (const file of Object.values(paths)) {
    if (!existsSync(file)) throw new InputError(say('zh', 'segment.noDictionary'), { file });
  }
  jieba.load(paths);
  return {
    name: 'nodejieba',
    cut: (text) => jieba.cut(text),
    tag: (text) => jieba.tag(text).map(({ word, tag }) => ({ text: word, tag })),
  };
}
