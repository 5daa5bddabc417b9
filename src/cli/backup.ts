import { say } from '../messages/index.js';
import type { CliCommand } from './command.js';
import { EXIT } from './context.js';
import { withStore } from './stored.js';

/** Copies the store, while others may go on using it. */
export const backup: CliCommand = {
  name: 'backup',
  args: '<file>',
  examples: ['hecha backup out/backup.db'],
  run: (context, [file = '']) =>
    withStore(
      context,
      async (store) => {
        await store.backup(file);
        context.out.write(`${say(context.options.lang, 'cli.backup.done', { file })}\n`);
        return EXIT.fine;
      },
      { readonly: true },
    ),
};
