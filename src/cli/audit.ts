import { toRecord } from '../record.js';
import { judgedChecks, type ReportEntry, type Tally, tally } from '../report/entry.js';
import { type Detail, renderNotice, renderSummary } from '../report/text.js';
import type { CliCommand } from './command.js';
import { EXIT } from './context.js';
import { notices, readingOf } from './documents.js';
import { storedEntries } from './stored.js';

/** Shows what does not add up in notices: those of the paths, or those of the store. */
export const audit: CliCommand = {
  name: 'audit',
  args: '[paths...]',
  options: [{ flags: '--quiet' }, { flags: '--verbose' }, { flags: '--encoding <name>' }, { flags: '--ocr' }],
  examples: [
    'hecha audit corpus/a03-street-committee.txt',
    'hecha audit corpus --quiet',
    'hecha --lang en audit corpus/a01-district-union.txt',
  ],
  paged: true,
  run: async (context, paths, options) => {
    const { lang: language } = context.options;
    const detail: Detail = options.quiet === true ? 'quiet' : options.verbose === true ? 'verbose' : 'normal';
    const rendering = {
      language,
      color: context.color,
      width: Math.min(context.out.columns, 120),
      detail,
      metricNames: (await context.rules()).metrics,
    };
    const tallies: Tally[] = [];
    let failed = false;
    const show = (entry: ReportEntry): void => {
      tallies.push(tally(judgedChecks(entry)));
      context.out.write(`${renderNotice(entry, rendering)}\n`);
    };
    if (paths.length === 0) {
      for await (const entry of storedEntries(context)) show(entry);
    } else {
      for await (const outcome of notices(await context.pipeline(), paths, readingOf(context, options))) {
        if ('error' in outcome) {
          failed = true;
          context.err.write(`${outcome.error.toLine()}\n`);
        } else show({ record: toRecord(outcome.value, language), text: outcome.value.document.text });
      }
    }
    if (tallies.length !== 1) context.out.write(`${renderSummary(tallies, rendering)}\n`);
    if (failed) return EXIT.failed;
    return tallies.some(({ error }) => error > 0) ? EXIT.errorsFound : EXIT.fine;
  },
};
