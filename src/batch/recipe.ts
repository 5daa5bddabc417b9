/** How to make a pipeline, as plain data, so that every worker thread makes the same one. */
import { createProfiler, type Profiler } from '../compare/profile.js';
import { vocabularyOf } from '../compare/vocabulary.js';
import type { Language, Segmenter } from '../model.js';
import { createPipeline, type Pipeline } from '../pipeline.js';
import { loadRules } from '../rules/load.js';
import { loadNodejieba } from '../segment/nodejieba.js';

export interface Recipe {
  /** Folder of the shipped rules. */
  readonly rules: string;
  /** Folders of the user's own rules. */
  readonly more: readonly string[];
  readonly disable: readonly string[];
  /** File of compiled rules, used where it is up to date. */
  readonly compiled: string;
  /** Of error messages and of the record. */
  readonly language: Language;
  /** Name and version of the program. */
  readonly program: string;
  /** Overrides the detection of the encoding of texts. */
  readonly encoding?: string;
  /** Recognise characters in pictures and scanned pages. */
  readonly ocr: boolean;
}

/** True where what a file yields depends on more than its bytes: its stored text may then have been read otherwise. */
export const readsOtherwise = ({ encoding, ocr }: Recipe): boolean => encoding !== undefined || ocr;

export interface Made {
  readonly pipeline: Pipeline;
  readonly profiler: Profiler;
  /** Loads the dictionary when first called. */
  readonly segmenter: () => Segmenter;
}

export function makePipeline(recipe: Recipe): Made {
  const { more, disable, language, compiled, encoding, ocr } = recipe;
  const rules = loadRules(recipe.rules, { more, disable, language, compiled });
  let loaded: Segmenter | undefined;
  const segmenter = (): Segmenter => {
    loaded ??= loadNodejieba(rules.dictionary);
    return loaded;
  };
  // How the bytes were read makes a record as much as rules and program do.
  const reading = [...(encoding === undefined ? [] : [encoding]), ...(ocr ? ['ocr'] : [])];
  return {
    segmenter,
    pipeline: createPipeline({ rules, segmenter, program: [recipe.program, ...reading].join(' ') }),
    profiler: createProfiler(vocabularyOf(rules), (text) => segmenter().cut(text)),
  };
}
