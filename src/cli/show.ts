import { renderNotice } from '../report/text.js';
import type { CliCommand } from './command.js';
import { EXIT } from './context.js';
import { namedNotice, toEntry, withStore } from './stored.js';

/** Shows one notice of the store. */
export const show: CliCommand = {
  name: 'show',
  args: '<id>',
  options: [{ flags: '--format <kind>', default: 'text', choices: ['text', 'json'] }, { flags: '--verbose' }],
  examples: ['hecha show corpus/a01-district-union.txt', 'hecha show corpus/a01-district-union.txt --format json'],
  paged: true,
  run: (context, [id = ''], options) =>
    withStore(
      context,
      async (store) => {
        const { lang: language } = context.options;
        const stored = await namedNotice(context, store, id);
        if (options.format === 'json') {
          context.out.write(`${JSON.stringify(stored.record, null, 2)}\n`);
          return EXIT.fine;
        }
        const { metrics: metricNames } = await context.rules();
        const detail = options.verbose === true ? 'verbose' : 'normal';
        const width = Math.min(context.out.columns, 120);
        context.out.write(
          `${renderNotice(await toEntry(context, store, stored), { language, color: context.color, width, detail, metricNames })}\n`,
        );
        return EXIT.fine;
      },
      { readonly: true },
    ),
};
