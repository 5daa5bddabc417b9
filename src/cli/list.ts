import { say } from '../messages/index.js';
import type { Severity } from '../model.js';
import { countedRecord, headlineFigures, summarise } from '../report/entry.js';
import { renderTable } from '../report/table.js';
import type { NoticeFilter, NoticeOrder, NoticeRow, Store } from '../store/store.js';
import type { CliCommand, OptionValues } from './command.js';
import { type CommandContext, EXIT } from './context.js';
import { toEntry, withStore } from './stored.js';

const text = (options: OptionValues, name: string): string | undefined => {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
};

/** The filter that the options of a command name. */
export function filterOf(options: OptionValues): NoticeFilter {
  const unit = text(options, 'unit');
  const year = text(options, 'year');
  const kind = text(options, 'kind');
  const severity = text(options, 'severity') as Severity | undefined;
  return {
    ...(unit === undefined ? {} : { unit }),
    ...(year === undefined ? {} : { year: Number(year) }),
    ...(kind === undefined ? {} : { kind }),
    ...(severity === undefined ? {} : { severity }),
  };
}

export const FILTER_OPTIONS = [
  { flags: '--unit <words>' },
  { flags: '--year <year>' },
  { flags: '--kind <kind>' },
  { flags: '--severity <severity>', choices: ['error', 'warning', 'info'] },
] as const;

/** What a narrow terminal must not cut: an id or a date cut short is of no use. */
const WHOLE: Readonly<Record<string, number>> = { id: 8, unit: 12, date: 10, rate: 6 };

/** Lists the notices of the store. */
export const list: CliCommand = {
  name: 'list',
  options: [
    ...FILTER_OPTIONS,
    { flags: '--order <order>', default: 'source', choices: ['source', 'unit', 'date', 'errors'] },
    { flags: '--limit <count>', default: '50' },
    { flags: '--format <kind>', default: 'table', choices: ['table', 'json', 'jsonl'] },
  ],
  examples: ['hecha list', 'hecha list --severity error --order errors'],
  paged: true,
  run: (context, _args, options) =>
    withStore(
      context,
      async (store) => {
        const { rows: found, total } = await store.list(filterOf(options), {
          order: text(options, 'order') as NoticeOrder,
          limit: Number(text(options, 'limit') ?? 50),
        });
        const rows = await asDecided(context, store, found);
        if (options.format === 'json') context.out.write(`${JSON.stringify(rows, null, 2)}\n`);
        else if (options.format === 'jsonl') for (const row of rows) context.out.write(`${JSON.stringify(row)}\n`);
        else {
          const { lang } = context.options;
          const titles = ['id', 'unit', 'date', 'findings', 'measures', 'rate', 'error', 'warning', 'source'];
          const columns = titles.map((name) => ({
            title: say(lang, `cli.list.column.${name}`),
            ...(name in WHOLE ? { minWidth: WHOLE[name] } : {}),
          }));
          context.out.write(
            `${renderTable(columns, rows.map(cellsOf), context.out.isTTY ? context.out.columns : 160)}\n`,
          );
          if (total > rows.length) context.out.write(`${say(lang, 'cli.list.more', { shown: rows.length, total })}\n`);
        }
        return EXIT.fine;
      },
      { readonly: true },
    ),
};

/** The rows as people decided: the store's own columns say what was read. */
async function asDecided(
  context: CommandContext,
  store: Store,
  rows: readonly NoticeRow[],
): Promise<readonly NoticeRow[]> {
  const reviewed = new Set((await store.reviews()).map(({ subject }) => subject));
  const decide = async (row: NoticeRow): Promise<NoticeRow> => {
    const stored = reviewed.has(row.source) ? await store.get(row.source) : undefined;
    if (stored === undefined) return row;
    const entry = await toEntry(context, store, stored);
    const { name, tally } = summarise(entry);
    const { dismissed: _dismissed, ...checks } = tally;
    const figures = [...headlineFigures(countedRecord(entry))].reverse();
    const headline = Object.fromEntries(figures.map(({ metric, value }) => [metric, value]));
    return { ...row, unit: name, headline, checks };
  };
  return Promise.all(rows.map(decide));
}

const cellsOf = (row: NoticeRow): readonly string[] => [
  row.id.slice(0, 8),
  row.unit ?? row.title ?? '',
  row.published ?? row.feedback ?? '',
  String(row.findings),
  String(row.measures),
  row.headline['problems.rate'] === undefined ? '' : `${row.headline['problems.rate']}%`,
  String(row.checks.error),
  String(row.checks.warning),
  row.source,
];
