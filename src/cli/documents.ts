/** Paths → analysed notices, one at a time, for the commands that need no store. A file that cannot be read is reported. */
import { readFile } from 'node:fs/promises';
import { walk } from '../batch/walk.js';
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import type { Document, Language, Notice } from '../model.js';
import type { Pipeline } from '../pipeline.js';
import type { OptionValues } from './command.js';
import type { CommandContext } from './context.js';

export interface ReadingOptions {
  readonly language: Language;
  readonly encoding?: string;
  readonly ocr?: boolean;
}

/** The reading options of a command: `--encoding`, `--ocr`. */
export const readingOf = ({ options: { lang } }: CommandContext, { encoding, ocr }: OptionValues): ReadingOptions => ({
  language: lang,
  ...(typeof encoding === 'string' ? { encoding } : {}),
  ocr: ocr === true,
});

export type Outcome<T> =
  | { readonly source: string; readonly value: T }
  | { readonly source: string; readonly error: InputError };

/** The documents of one file, or the error that says why there are none. */
export async function readFileDocuments(
  pipeline: Pipeline,
  source: string,
  { language, encoding, ocr }: ReadingOptions,
): Promise<readonly Document[]> {
  const bytes = await readFile(source).catch((error: NodeJS.ErrnoException) => {
    throw new InputError(say(language, 'cli.unreadable', { reason: error.code ?? error.message }), { file: source });
  });
  return pipeline.read(bytes, {
    source,
    language,
    ...(encoding === undefined ? {} : { encoding }),
    ...(ocr === undefined ? {} : { ocr }),
  });
}

export async function* notices(
  pipeline: Pipeline,
  paths: readonly string[],
  options: ReadingOptions,
): AsyncGenerator<Outcome<Notice>> {
  for await (const source of walk(paths, options.language)) {
    try {
      for (const document of await readFileDocuments(pipeline, source, options)) {
        yield { source, value: pipeline.analyse(document) };
      }
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      yield { source, error };
    }
  }
}
