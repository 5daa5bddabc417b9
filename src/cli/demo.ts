import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { walk } from '../batch/walk.js';
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import { countsOf, judgedChecks, noticeName, type ReportEntry, tally } from '../report/entry.js';
import { printable } from '../report/escape.js';
import { renderTally } from '../report/text.js';
import type { CliCommand } from './command.js';
import { type CommandContext, EXIT, HOME } from './context.js';
import { type Summary, summaryLine, withIngestion } from './ingest.js';
import { writeReport } from './report.js';
import { storedEntries } from './stored.js';

const REPORT = join('out', 'report.html');

/** Reads the sample notices and shows what was found. The samples hold planted errors, so finding them is no failure. */
export const demo: CliCommand = {
  name: 'demo',
  examples: ['hecha demo', 'hecha --lang en demo'],
  run: async (context) => {
    const language = context.options.lang;
    const corpus = relative(process.cwd(), join(HOME, 'corpus'));
    const begun = performance.now();
    const counts = { new: 0, changed: 0, same: 0, failed: 0 };
    await withIngestion(context, { jobs: availableParallelism() }, async (ingestion) => {
      for await (const { outcome, source, reason = '' } of ingestion(walk([corpus], language))) {
        counts[outcome] += 1;
        if (outcome === 'failed') context.err.write(`${new InputError(reason, { file: source }).toLine()}\n`);
      }
    });
    const summary: Summary = { ...counts, seconds: Math.round((performance.now() - begun) / 100) / 10 };
    context.out.write(`${say(language, 'cli.demo.read', { folder: corpus })}\n${summaryLine(context, summary)}\n\n`);
    for await (const entry of storedEntries(context, { text: corpus })) context.out.write(renderEntry(context, entry));
    await writeReport(context, REPORT, {});
    context.out.write(`\n${say(language, 'cli.report.written', { file: REPORT })}\n`);
    context.out.write(`${say(language, 'cli.demo.next')}\n`);
    return summary.failed > 0 ? EXIT.failed : EXIT.fine;
  },
};

/** A line with counts, then a line for each error and warning. */
function renderEntry({ color, options: { lang: language } }: CommandContext, entry: ReportEntry): string {
  const judged = judgedChecks(entry);
  const { findings, measures } = countsOf(entry.record);
  const head = say(language, 'cli.demo.notice', {
    name: printable(noticeName(entry)),
    source: printable(entry.record.document.source),
    findings,
    measures,
    figures: entry.record.figures.length,
    tally: renderTally(tally(judged), { language, color }),
  });
  const doubts = judged
    .filter(({ standing }) => standing === 'error' || standing === 'warning')
    .map(({ check, standing }) => {
      const line = check.evidence[0]?.line ?? 1;
      return `    ${say(language, `report.standing.${standing}`)} ${line}: ${printable(check.message)}`;
    });
  return `${[head, ...doubts].join('\n')}\n`;
}
