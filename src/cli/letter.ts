import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import { letterMatters, parseLetterTemplate, renderLetter } from '../report/letter.js';
import type { CliCommand } from './command.js';
import { EXIT } from './context.js';
import { namedNotice, toEntry, withStore } from './stored.js';

/** Writes the inquiry to a unit about what does not add up in its notice. */
export const letter: CliCommand = {
  name: 'letter',
  args: '<id>',
  options: [
    { flags: '--out <file>', default: join('out', 'letter.docx') },
    { flags: '--template <file>' },
    { flags: '--sender <name>' },
    { flags: '--days <count>' },
  ],
  examples: ['hecha letter corpus/a03-street-committee.txt'],
  run: async (context, [id = ''], options) => {
    const { lang: language } = context.options;
    const file = String(options.out);
    const { template: path, sender, days } = options;
    const template = typeof path === 'string' ? parseLetterTemplate(await readText(path, language), path) : undefined;
    const entry = await withStore(
      context,
      async (store) => toEntry(context, store, await namedNotice(context, store, id)),
      { readonly: true },
    );
    const count = letterMatters(entry).length;
    if (count === 0) {
      context.out.write(`${say(language, 'cli.letter.nothing')}\n`);
      return EXIT.fine;
    }
    const written = await renderLetter(entry, {
      language,
      metricNames: (await context.rules()).metrics,
      ...(template === undefined ? {} : { template }),
      ...(typeof sender === 'string' ? { sender } : {}),
      ...(typeof days === 'string' ? { days: Number(days) } : {}),
    });
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, written);
    context.out.write(`${say(language, 'cli.letter.written', { file, count })}\n`);
    return EXIT.fine;
  },
};

const readText = (file: string, language: 'zh' | 'en'): Promise<string> =>
  readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new InputError(say(language, 'cli.unreadable', { reason: error.code ?? error.message }), { file });
  });
