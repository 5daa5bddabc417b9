import type { NoticeRecord } from '../model.js';
import { toRecord } from '../record.js';
import type { CliCommand } from './command.js';
import { EXIT } from './context.js';
import { notices, readingOf } from './documents.js';

/** Prints the record of each notice. */
export const extract: CliCommand = {
  name: 'extract',
  args: '<paths...>',
  options: [
    { flags: '--format <kind>', default: 'json', choices: ['json', 'jsonl'] },
    { flags: '--encoding <name>' },
    { flags: '--ocr' },
  ],
  examples: ['hecha extract corpus/a01-district-union.txt', 'hecha extract corpus --format jsonl'],
  paged: true,
  run: async (context, paths, options) => {
    const language = context.options.lang;
    let failed = false;
    const records: NoticeRecord[] = [];
    for await (const outcome of notices(await context.pipeline(), paths, readingOf(context, options))) {
      if ('error' in outcome) {
        failed = true;
        context.err.write(`${outcome.error.toLine()}\n`);
        continue;
      }
      const record = toRecord(outcome.value, language);
      if (options.format === 'jsonl') context.out.write(`${JSON.stringify(record)}\n`);
      else records.push(record);
    }
    // One notice is printed as itself, several as an array.
    if (options.format === 'json')
      context.out.write(`${JSON.stringify(records.length === 1 ? records[0] : records, null, 2)}\n`);
    return failed ? EXIT.failed : EXIT.fine;
  },
};
