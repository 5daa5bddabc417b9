import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { say } from '../messages/index.js';
import { summarise } from '../report/entry.js';
import { type HtmlOptions, renderIndex, renderNoticePage, renderReport } from '../report/html/page.js';
import type { Store } from '../store/store.js';
import type { CliCommand } from './command.js';
import { compareStored } from './comparing.js';
import { type CommandContext, EXIT } from './context.js';
import { FILTER_OPTIONS, filterOf } from './list.js';
import { pageName, pagesFolder } from './shown.js';
import { storedEntries, withStore } from './stored.js';

/** More notices than this get an index and a file each. */
const MOST_IN_ONE_FILE = 100;

/** Writes the notices of the store as a report. */
export const report: CliCommand = {
  name: 'report',
  options: [
    { flags: '--out <file>', default: join('out', 'report.html') },
    { flags: '--title <title>' },
    ...FILTER_OPTIONS,
  ],
  examples: ['hecha report --out out/report.html', 'hecha report --severity error --out out/errors.html'],
  run: async (context, _args, options) => {
    const file = String(options.out);
    const title = options.title;
    await writeReport(context, file, {
      filter: filterOf(options),
      ...(typeof title === 'string' ? { title } : {}),
    });
    context.out.write(`${say(context.options.lang, 'cli.report.written', { file })}\n`);
    return EXIT.fine;
  },
};

export interface ReportRequest {
  readonly filter?: Parameters<Store['list']>[0];
  readonly title?: string;
}

export async function writeReport(
  context: CommandContext,
  file: string,
  { filter = {}, title }: ReportRequest,
): Promise<void> {
  const between = await compareStored(context, filter);
  const options: HtmlOptions = {
    language: context.options.lang,
    generated: context.now().toISOString().slice(0, 10),
    metricNames: (await context.rules()).metrics,
    ...(title === undefined ? {} : { title }),
    ...(between === undefined ? {} : { between }),
  };
  await mkdir(dirname(file), { recursive: true });
  const { total } = await withStore(context, (store) => store.list(filter, { limit: 1 }), { readonly: true });
  if (total <= MOST_IN_ONE_FILE) {
    await writeFile(file, await renderReport(storedEntries(context, filter), options));
    return;
  }
  const folder = pagesFolder(file);
  const pages = join(dirname(file), folder);
  await mkdir(pages, { recursive: true });
  const rows: { summary: ReturnType<typeof summarise>; href: string }[] = [];
  for await (const entry of storedEntries(context, filter)) {
    const name = pageName(entry.record);
    await writeFile(join(pages, name), renderNoticePage(entry, { ...options, indexHref: `../${basename(file)}` }));
    rows.push({ summary: summarise(entry), href: `${folder}/${name}` });
  }
  await writeFile(file, await renderIndex(rows, options));
  await removeOthers(pages, new Set(rows.map(({ href }) => basename(href))));
}

/** Pages of earlier reports, which nothing leads to any more. What hecha did not write stays. */
async function removeOthers(folder: string, written: ReadonlySet<string>): Promise<void> {
  const stale = (await readdir(folder)).filter((name) => /^[0-9a-f]{12}\.html$/.test(name) && !written.has(name));
  await Promise.all(stale.map((name) => rm(join(folder, name))));
}
