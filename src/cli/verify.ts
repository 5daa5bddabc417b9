import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import type { CliCommand } from './command.js';
import { EXIT } from './context.js';
import { withStore } from './stored.js';

/** Checks that the store is sound and that every quote is what stands in its text. */
export const verify: CliCommand = {
  name: 'verify',
  examples: ['hecha verify'],
  run: (context) =>
    withStore(
      context,
      async (store) => {
        const { notices, evidence, faults } = await store.verify();
        for (const { source, message } of faults) {
          context.err.write(`${new InputError(message, source === undefined ? {} : { file: source }).toLine()}\n`);
        }
        context.out.write(
          `${say(context.options.lang, 'cli.verify.done', { notices, evidence, faults: faults.length })}\n`,
        );
        return faults.length > 0 ? EXIT.failed : EXIT.fine;
      },
      { readonly: true },
    ),
};
