/** A worker thread: bytes or a stored document → notices ready to be saved. Made by `workers.ts`. */
import { parentPort } from 'node:worker_threads';
import { move, transferableSymbol, valueSymbol, workerData } from 'piscina';
import { InputError } from '../errors.js';
import type { Document } from '../model.js';
import { buffersOf, type PackedNotice } from '../store/packing.js';
import { analysed } from './analysed.js';
import { makePipeline, type Recipe } from './recipe.js';

/** `bytes` of a file to be read, or a `document` read before. */
export type Material = { readonly source: string; readonly bytes: Uint8Array } | { readonly document: Document };

export interface Task {
  /** Sent back when the work on it begins. */
  readonly number: number;
  readonly material: Material;
}

/** What became of a file: its notices, or why there are none. */
export type Analysis = { readonly notices: readonly PackedNotice[] } | { readonly failure: string };

const recipe = workerData as Recipe;
const { pipeline, profiler, segmenter } = makePipeline(recipe);
// Now, so that the first document is not charged for the dictionary.
segmenter();

export default async function analyse({ number, material }: Task): Promise<Analysis> {
  parentPort?.postMessage(number);
  try {
    const documents = 'document' in material ? [material.document] : await read(material.source, material.bytes);
    const notices = documents.map((document) => analysed(document, { pipeline, profiler, language: recipe.language }));
    return handedOver({ notices }, notices.flatMap(buffersOf));
  } catch (error) {
    if (error instanceof InputError) return { failure: error.message };
    throw error;
  }
}

/** `value` for the main thread, its buffers without a copy. */
const handedOver = <T extends object>(value: T, buffers: readonly ArrayBufferLike[]): T =>
  move({ [transferableSymbol]: buffers, [valueSymbol]: value }) as unknown as T;

function read(source: string, bytes: Uint8Array): ReturnType<typeof pipeline.read> {
  const { language, encoding, ocr } = recipe;
  return pipeline.read(bytes, { source, language, ocr, ...(encoding === undefined ? {} : { encoding }) });
}
