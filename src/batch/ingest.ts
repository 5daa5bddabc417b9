/**
 * Many files into the store: unchanged ones are skipped by their hash, the others are read by worker threads, and one
 * writer saves them in batches. The same files and rules give the same content of the store with any number of workers, however often
 * a run is killed and begun again. Memory does not grow with the number of files.
 */
import { InputError } from '../errors.js';
import type { Document, Language } from '../model.js';
import type { PackedNotice } from '../store/packing.js';
import type { Known, ReadOutcome, Store } from '../store/store.js';
import { inOrder } from './in-order.js';
import { documentId, type Load, type Source, sourcesOf } from './sources.js';
import type { Material } from './worker.js';
import type { Workers } from './workers.js';

export interface IngestContext {
  /** Undefined where nothing is stored yet and nothing shall be. */
  readonly store: Store | undefined;
  readonly workers: Workers;
  /** `Pipeline.fingerprint` of the workers' pipeline. */
  readonly fingerprint: string;
  readonly language: Language;
  /** Never take the text from the store: the bytes are to be read in a way of their own. */
  readonly reread: boolean;
  /** Say what would become of each file, and change nothing. */
  readonly dryRun: boolean;
  /** From where the bytes of a file come; from the disk unless given. */
  readonly load?: Load;
}

/** What became of one source. */
export interface Ingested {
  readonly source: string;
  readonly outcome: ReadOutcome;
  /** `Document.id`, where the bytes could be had. */
  readonly document?: string;
  /** Why it failed. */
  readonly reason?: string;
  /** Milliseconds from its turn to its analysis. */
  readonly took: number;
}

/** Results that wait for earlier ones, for each thread. */
const HELD_PER_JOB = 16;
/** One transaction saves so many notices, or fewer with so many characters. */
const NOTICES_AT_ONCE = 32;
const CHARACTERS_AT_ONCE = 1_000_000;
const SAME_AT_ONCE = 500;

type Prepared = Ingested & { readonly notice?: PackedNotice };

/**
 * Reads `files` and yields what became of each source, once that is safely stored, in their order as far as nothing was slow.
 * @throws InputError where the store cannot go on; what was yielded is stored
 */
export async function* ingest(files: AsyncIterable<string>, context: IngestContext): AsyncGenerator<Ingested> {
  const { store, workers, language, dryRun, load } = context;
  // One more than the threads, so that the next file lies ready when a thread becomes free.
  const width = { held: workers.jobs * HELD_PER_JOB, active: workers.jobs + 1 };
  const batch: (Prepared & { readonly notice: PackedNotice })[] = [];
  const same: string[] = [];
  let characters = 0;

  async function* save(): AsyncGenerator<Ingested> {
    if (batch.length === 0) return;
    const saving = batch.splice(0);
    characters = 0;
    const outcomes = await store?.savePacked(saving.map(({ notice }) => notice));
    for (const [index, { notice: _saved, ...rest }] of saving.entries()) {
      yield { ...rest, outcome: outcomes?.[index] ?? rest.outcome };
    }
  }
  const recordSame = async (): Promise<void> => {
    if (!dryRun && same.length > 0) await store?.recordSame(same.splice(0));
  };

  const prepared = inOrder(sourcesOf(files, language, load), width, (source) => prepare(source, context));
  for await (const results of prepared) {
    for (const { notice, ...result } of results) {
      if (notice !== undefined && !dryRun) {
        batch.push({ ...result, notice });
        characters += notice.characters;
        if (batch.length >= NOTICES_AT_ONCE || characters >= CHARACTERS_AT_ONCE) yield* save();
        continue;
      }
      if (result.outcome === 'same') same.push(result.source);
      if (same.length >= SAME_AT_ONCE) await recordSame();
      if (result.outcome === 'failed' && !dryRun) {
        await store?.recordFailure(result.source, result.document, result.reason ?? '');
      }
      yield result;
    }
  }
  yield* save();
  await recordSame();
}

async function prepare({ source, load }: Source, context: IngestContext): Promise<readonly Prepared[]> {
  const { store, workers, fingerprint } = context;
  const begun = performance.now();
  const took = (): number => Math.round(performance.now() - begun);
  const failed = (reason: string, document?: string): readonly Prepared[] => [
    { source, outcome: 'failed', reason, took: took(), ...(document === undefined ? {} : { document }) },
  ];
  let bytes: Uint8Array;
  try {
    bytes = await load();
  } catch (error) {
    if (error instanceof InputError) return failed(error.message);
    throw error;
  }
  const document = documentId(bytes);
  const known = (await store?.lookup([source]))?.get(source);
  if (known?.document === document && known.rules === fingerprint) {
    return [{ source, outcome: 'same', document, took: took() }];
  }
  const text = known?.document === document ? await storedText(source, context) : undefined;
  const material: Material = text === undefined ? { source, bytes } : { document: text };
  const analysis = await workers.analyse(material);
  if ('failure' in analysis) return failed(analysis.failure, document);
  return analysis.notices.map((notice) => ({
    source: notice.source,
    document: notice.document,
    outcome: outcomeBefore(known),
    took: took(),
    notice,
  }));
}

/** As far as can be told without saving. */
const outcomeBefore = (known: Known | undefined): ReadOutcome => (known === undefined ? 'new' : 'changed');

/** The text of a source whose rules changed but not its bytes, unless it is to be read anew or is damaged. */
async function storedText(source: string, { store, reread }: IngestContext): Promise<Document | undefined> {
  if (reread) return undefined;
  try {
    return (await store?.get(source))?.document;
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
