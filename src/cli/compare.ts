import { compareIn, compare as compareNotices } from '../compare/compare.js';
import type { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import { renderComparisonText, renderFiguresCsv } from '../report/comparison.js';
import { type Review, standingOf } from '../report/entry.js';
import { jsonPieces } from '../report/json.js';
import type { CliCommand } from './command.js';
import { comparing, comparisonFilter, comparisonReviews, readNotices, withStored } from './comparing.js';
import { EXIT } from './context.js';

/** Holds notices against each other: those of the paths, or those of the store. */
export const compare: CliCommand = {
  name: 'compare',
  args: '[paths...]',
  options: [
    { flags: '--format <kind>', default: 'table', choices: ['table', 'json', 'csv'] },
    { flags: '--paths <path>', many: true },
    { flags: '--region <name>', many: true },
    { flags: '--kind <kind>', many: true },
    { flags: '--year <year>', many: true },
    { flags: '--type <type>', many: true },
  ],
  examples: ['hecha compare', 'hecha compare --paths corpus --format csv'],
  paged: true,
  run: async (context, args, options) => {
    const paths = [...args, ...((options.paths as readonly string[] | undefined) ?? [])];
    const asked = { ...(await comparing(context)), filter: comparisonFilter(options) };
    let failed = false;
    const onFailure = (error: InputError): void => {
      failed = true;
      context.err.write(`${error.toLine()}\n`);
    };
    const comparison =
      paths.length === 0
        ? await withStored(context, {}, (source) => compareIn(source, asked))
        : await compareNotices(readNotices(context, paths, onFailure), asked);
    const { metrics: metricNames } = await context.rules();
    const rendering = { language: context.options.lang, metricNames };
    const reviews: ReadonlyMap<string, Review> = paths.length === 0 ? await comparisonReviews(context) : new Map();
    if (options.format === 'json') {
      const decided = [...reviews].map(([key, review]) => ({ key, ...review }));
      for (const piece of jsonPieces({ ...comparison, reviews: decided })) context.out.write(piece);
      context.out.write('\n');
    } else if (options.format === 'csv') context.out.write(renderFiguresCsv(comparison, rendering));
    else if (comparison.notices.length === 0) context.out.write(`${say(context.options.lang, 'cli.compare.none')}\n`);
    else {
      const width = context.out.isTTY ? context.out.columns : 160;
      context.out.write(renderComparisonText(comparison, { ...rendering, width, reviews }));
    }
    if (failed) return EXIT.failed;
    const isError = comparison.checks.some(
      (check) => check.verdict === 'inconsistent' && standingOf(check, reviews.get(check.key)) === 'error',
    );
    return isError ? EXIT.errorsFound : EXIT.fine;
  },
};
