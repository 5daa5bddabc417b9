/** The one composer: read → segment → extract → check. Context is given once, when the pipeline is made. */
import { createHash } from 'node:crypto';
import { check } from './check/check.js';
import { extract } from './extract/extract.js';
import type { Document, Notice, Segmented, Segmenter, Span } from './model.js';
import { type ReadOptions, readDocument } from './read/index.js';
import type { RuleSet } from './rules/load.js';
import { createView, type Matching } from './rules/view.js';
import { segment } from './segment/segment.js';
import { createLocator } from './text.js';

export interface PipelineContext {
  readonly rules: RuleSet;
  /** Called when a step first needs words. */
  readonly segmenter: () => Segmenter;
  /** Name and version of the program, which made the record as much as the rules did. */
  readonly program: string;
  readonly matching?: Matching;
}

/** A notice with the words of its passages, for the search index. */
export interface Passage extends Span {
  readonly words: readonly string[];
}

export interface Pipeline {
  /** Fingerprint of rules and program: what made a record. */
  readonly fingerprint: string;
  read(bytes: Uint8Array, options: ReadOptions): Promise<readonly Document[]>;
  analyse(document: Document): Notice;
  /** Paragraphs of a document with their words. */
  passages(document: Document): readonly Passage[];
}

export function createPipeline(context: PipelineContext): Pipeline {
  const { rules, segmenter, program } = context;
  const fingerprint = createHash('sha256').update(`${program} ${rules.fingerprint}`).digest('hex').slice(0, 16);
  return {
    fingerprint,
    read: readDocument,
    analyse: (document) => analyse(context, fingerprint, segment(document, segmenter)),
    passages: (document) => passagesOf(document, segmenter().cut(document.text)),
  };
}

/** Words of the whole text, cut at once, dealt out to its paragraphs. */
function passagesOf({ blocks }: Document, words: readonly string[]): readonly Passage[] {
  const passages: Passage[] = [];
  let at = 0;
  let next = 0;
  for (const { start, end } of blocks) {
    const own: string[] = [];
    for (; next < words.length && at < end; next += 1) {
      const word = words[next] as string;
      if (at >= start) own.push(word);
      at += word.length;
    }
    passages.push({ start, end, words: own });
  }
  return passages;
}

function analyse({ rules, matching }: PipelineContext, fingerprint: string, segmented: Segmented): Notice {
  const { document } = segmented;
  const view = createView(segmented, rules.lexicon, matching);
  const extraction = extract(rules, view);
  const checks = check({ rules, view, extraction, locate: createLocator(document) });
  return { ...extraction, document, checks, rules: fingerprint };
}
