/**
 * Where documents lie that several machines read: a folder that all of them see under one path, or a bucket. A document
 * that cannot be had right now is an error that is no `InputError`: the job is tried again.
 */
import { readFile, stat } from 'node:fs/promises';
import type { Load } from '../batch/sources.js';
import { walk } from '../batch/walk.js';
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import type { Language } from '../model.js';
import { defaultLimits, megabytes } from '../read/request.js';
import { type BucketAccess, isBucketUrl, openBuckets } from './bucket.js';

export interface Library {
  /** Documents named by paths and `s3://` URLs, in the order given. */
  list(paths: readonly string[]): AsyncGenerator<string>;
  readonly load: Load;
}

export function openLibrary(access: BucketAccess, language: Language): Library {
  const buckets = openBuckets(access, language);
  return {
    async *list(paths) {
      for (const path of paths) yield* isBucketUrl(path) ? buckets.list(path) : walk([path], language);
    },
    load: (source) => (isBucketUrl(source) ? buckets.load(source) : loadFile(source, language)),
  };
}

async function loadFile(file: string, language: Language): Promise<Uint8Array> {
  const { size } = await stat(file);
  if (size > defaultLimits.bytes) {
    throw new InputError(say(language, 'read.fileTooLarge', { limit: megabytes(defaultLimits.bytes) }), { file });
  }
  return readFile(file);
}
