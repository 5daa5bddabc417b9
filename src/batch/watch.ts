/** An inbox: files of some folders, each handed out once it is there and whole, and again whenever it changes. */
import { stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import type { Language } from '../model.js';
import { walk } from './walk.js';

export interface WatchOptions {
  readonly language: Language;
  /** Milliseconds between two looks. */
  readonly interval: number;
  /** Ends the watch. */
  readonly signal: AbortSignal;
}

/**
 * Files that are new or changed and were the same at two looks in a row (one that is still being written is waited for), in
 * portions that are never empty. Looks instead of listening: that works on network drives too.
 */
export async function* settledFiles(
  paths: readonly string[],
  { language, interval, signal }: WatchOptions,
): AsyncGenerator<readonly string[]> {
  let seen = new Map<string, string>();
  const handedOut = new Map<string, string>();
  while (!signal.aborted) {
    const now = new Map<string, string>();
    for await (const file of walk(paths, language)) {
      const found = await stat(file).catch(() => undefined);
      if (found !== undefined) now.set(file, `${found.size} ${found.mtimeMs}`);
    }
    const settled = [...now].filter(([file, state]) => seen.get(file) === state && handedOut.get(file) !== state);
    for (const [file, state] of settled) handedOut.set(file, state);
    for (const file of handedOut.keys()) if (!now.has(file)) handedOut.delete(file);
    seen = now;
    if (settled.length > 0) yield settled.map(([file]) => file);
    await setTimeout(interval, undefined, { signal }).catch(() => undefined);
  }
}
