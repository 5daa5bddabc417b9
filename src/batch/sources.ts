/** Files → sources of notices: a file is one, a zip is as many as it has members that may be notices. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { extname, normalize } from 'node:path';
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import type { Language } from '../model.js';
import { defaultLimits, megabytes } from '../read/request.js';
import { unpack } from '../read/zip.js';
import { isNotice } from './walk.js';

export interface Source {
  readonly source: string;
  /** @throws InputError where the bytes cannot be had */
  load(): Promise<Uint8Array>;
}

/** Gives the bytes of a file. What it throws that is no `InputError` is not about the file, and ends the run. */
export type Load = (file: string) => Promise<Uint8Array>;

/**
 * A file has one name: `./a.txt` is `a.txt`. Members are named as the reader names them: `a.zip!/inner.docx`. A zip that cannot be opened stands for itself.
 */
export async function* sourcesOf(
  files: AsyncIterable<string>,
  language: Language,
  load: Load = (file) => loadFile(file, language),
): AsyncGenerator<Source> {
  for await (const path of files) {
    const file = normalize(path);
    const whole: Source = { source: file, load: () => load(file) };
    if (extname(file).toLowerCase() !== '.zip') {
      yield whole;
      continue;
    }
    const members = await membersOf(whole, language);
    if (members.length === 0) yield whole;
    else yield* members;
  }
}

async function membersOf({ source: file, load }: Source, language: Language): Promise<readonly Source[]> {
  try {
    const request = { source: file, ocr: false, language, limits: defaultLimits };
    const members = await unpack(await load(), request);
    return members
      .filter(({ name }) => isNotice(name))
      .map((member) => ({ source: `${file}!/${member.name}`, load: async () => member.load() }));
  } catch (error) {
    if (error instanceof InputError) return [];
    throw error;
  }
}

/** Looks at the size first: what is too large to be a notice is not even read. */
async function loadFile(file: string, language: Language): Promise<Uint8Array> {
  const refuse = (code: string, values: Record<string, string | number> = {}): InputError =>
    new InputError(say(language, code, values), { file });
  try {
    const found = await stat(file);
    if (!found.isFile()) throw refuse('batch.notAFile');
    if (found.size > defaultLimits.bytes) {
      throw refuse('read.fileTooLarge', { limit: megabytes(defaultLimits.bytes) });
    }
    return await readFile(file);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw refuse('cli.unreadable', { reason: code ?? message });
  }
}

/** `Document.id` of a file with these bytes. */
export const documentId = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
