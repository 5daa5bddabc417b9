import { say } from '../messages/index.js';
import { label } from '../report/entry.js';
import { padEnd } from '../report/width.js';
import type { Statistics } from '../store/store.js';
import type { CliCommand } from './command.js';
import { type CommandContext, EXIT } from './context.js';
import { withStore } from './stored.js';

/** Says what the store holds. */
export const stats: CliCommand = {
  name: 'stats',
  options: [{ flags: '--format <kind>', default: 'text', choices: ['text', 'json'] }],
  examples: ['hecha stats', 'hecha stats --format json'],
  paged: true,
  run: (context, _args, options) =>
    withStore(
      context,
      async (store) => {
        const statistics = await store.stats();
        context.out.write(
          options.format === 'json' ? `${JSON.stringify(statistics, null, 2)}\n` : render(context, statistics),
        );
        return EXIT.fine;
      },
      { readonly: true },
    ),
};

const NAME_WIDTH = 14;

function render({ options: { lang, store } }: CommandContext, statistics: Statistics): string {
  const { notices, units, characters, sections, findings, measures, outcomes, bytes, engine, schema } = statistics;
  const named = (counts: Readonly<Record<string, number>>, name: (key: string) => string): string =>
    Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([key, count]) => `${name(key)} ${count}`)
      .join('  ');
  const rows: readonly (readonly [string, string])[] = [
    ['store', `${withoutPassword(store)}  ${engine} ${schema}  ${(bytes / 1024 / 1024).toFixed(1)} MiB`],
    ['notices', `${notices}`],
    ['units', `${units}`],
    ['characters', `${characters}`],
    ['content', say(lang, 'cli.stats.counts', { sections, findings, measures, outcomes })],
    ['statuses', named(statistics.statuses, (status) => label(lang, 'status', status))],
    ['checks', named(statistics.checks, (standing) => label(lang, 'standing', standing))],
    ['years', named(statistics.years, String)],
    ['kinds', named(statistics.kinds, String)],
    ['reads', named(statistics.reads, (outcome) => say(lang, `batch.outcome.${outcome}`))],
    ['failing', `${statistics.failing}`],
    ['reviews', `${statistics.reviews}`],
  ];
  return rows
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${padEnd(say(lang, `cli.stats.${name}`), NAME_WIDTH)}${value}\n`)
    .join('');
}

/** A store's path or URL as it may be shown. */
const withoutPassword = (store: string): string => store.replace(/^(\w+:\/\/[^:@/]*):[^@/]*@/, '$1@');
