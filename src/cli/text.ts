import type { CliCommand } from './command.js';
import { EXIT } from './context.js';
import { readFileDocuments, readingOf } from './documents.js';

/** Prints the text that all positions refer to. */
export const text: CliCommand = {
  name: 'text',
  args: '<file>',
  options: [{ flags: '--encoding <name>' }, { flags: '--ocr' }],
  examples: ['hecha text corpus/a01-district-union.txt'],
  paged: true,
  run: async (context, [file = ''], options) => {
    const documents = await readFileDocuments(await context.pipeline(), file, readingOf(context, options));
    for (const document of documents) context.out.write(document.text);
    return EXIT.fine;
  },
};
