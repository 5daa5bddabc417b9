/** Files into a store without worker threads: everything in this one, which is ready sooner. */
import { resolve } from 'node:path';
import { type Ingested, ingest } from '../../src/batch/ingest.js';
import { makePipeline } from '../../src/batch/recipe.js';
import type { Workers } from '../../src/batch/workers.js';
import { openLibrary } from '../../src/queue/library.js';
import { toRecord } from '../../src/record.js';
import { packNotice } from '../../src/store/packing.js';
import type { Store } from '../../src/store/store.js';

const language = 'en';

export const library = openLibrary({}, language);

export async function* files(...names: readonly string[]): AsyncGenerator<string> {
  yield* names;
}

export function ingestionInto(store: Store): (files: AsyncIterable<string>) => AsyncGenerator<Ingested> {
  const { pipeline, segmenter } = makePipeline({
    rules: resolve('rules'),
    more: [],
    disable: [],
    compiled: resolve('dist', 'rules.json'),
    language,
    program: 'test',
    ocr: false,
  });
  segmenter();
  const workers: Workers = {
    jobs: 1,
    async analyse(material) {
      const documents =
        'document' in material
          ? [material.document]
          : await pipeline.read(material.bytes, { source: material.source, language });
      return {
        notices: documents.map((document) =>
          packNotice({
            document,
            record: toRecord(pipeline.analyse(document), language),
            passages: pipeline.passages(document),
          }),
        ),
      };
    },
    close: async () => undefined,
  };
  const { fingerprint } = pipeline;
  return (sources) =>
    ingest(sources, { store, workers, fingerprint, language, reread: false, dryRun: false, load: library.load });
}
