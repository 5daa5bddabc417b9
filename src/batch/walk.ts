/** Paths of the command line → files, folders walked in name order. */
import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import type { Language } from '../model.js';
import { supportedExtensions } from '../read/index.js';

/** What lies beside notices in a folder is told by its name: gold records, hidden files, a folder's own description. */
export const isNotice = (name: string): boolean =>
  !/(?:^|\/)(?:\.|readme\b)/i.test(name) && supportedExtensions.includes(extname(name).toLowerCase());

/** @throws InputError where a path does not exist */
export async function requirePaths(paths: readonly string[], language: Language): Promise<void> {
  for (const path of paths) await statOf(path, language);
}

/**
 * Files named by `paths`, in the order given; a folder's files in name order, by extension. A file named itself is taken
 * whatever its extension.
 * @throws InputError where a path does not exist
 */
export async function* walk(paths: readonly string[], language: Language): AsyncGenerator<string> {
  for (const path of paths) {
    const found = await statOf(path, language);
    if (found.isDirectory()) yield* walkFolder(path);
    else yield path;
  }
}

async function statOf(path: string, language: Language): ReturnType<typeof stat> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new InputError(say(language, 'batch.noSuchPath'), { file: path });
  return found;
}

async function* walkFolder(folder: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !entry.name.startsWith('.')) yield* walkFolder(path);
    else if (entry.isFile() && isNotice(entry.name)) yield path;
  }
}
