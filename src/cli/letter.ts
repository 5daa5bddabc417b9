import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import { type LetterTemplate, letterMatters, parseLetterTemplate, renderLetter } from '../report/letter.js';
import type { CliCommand } from './command.js';
import { type CommandContext, EXIT } from './context.js';
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
    const template = await letterTemplate(context, typeof path === 'string' ? path : undefined);
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

/** The user's sentences: those of `file`, else those that the settings name. */
export async function letterTemplate(
  { options: { lang, letter: configured } }: CommandContext,
  file: string | undefined = configured,
): Promise<LetterTemplate | undefined> {
  return file === undefined ? undefined : parseLetterTemplate(await readText(file, lang), file, lang);
}

const readText = (file: string, language: 'zh' | 'en'): Promise<string> =>
  readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new InputError(say(language, 'cli.unreadable', { reason: error.code ?? error.message }), { file });
  });
