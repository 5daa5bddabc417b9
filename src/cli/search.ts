import { say } from '../messages/index.js';
import { printable } from '../report/escape.js';
import type { SearchHit } from '../store/store.js';
import type { CliCommand } from './command.js';
import { type CommandContext, EXIT } from './context.js';
import { FILTER_OPTIONS, filterOf } from './list.js';
import { withStore } from './stored.js';

/** Finds passages of the stored notices by their words. */
export const search: CliCommand = {
  name: 'search',
  args: '<words...>',
  options: [
    ...FILTER_OPTIONS,
    { flags: '--limit <count>', default: '20' },
    { flags: '--format <kind>', default: 'text', choices: ['text', 'json', 'jsonl'] },
  ],
  examples: ['hecha search 谈话提醒', 'hecha search 制度 --year 2023 --format jsonl'],
  paged: true,
  run: async (context, words, options) => {
    // Cut by the segmenter that cut the passages, so that the words are those of the index.
    const { cut } = await context.segmenter();
    const terms = words.flatMap((word) => cut(word));
    return withStore(
      context,
      async (store) => {
        const { hits, total, more } = await store.search(terms, filterOf(options), Number(options.limit));
        const { lang } = context.options;
        if (options.format === 'json') context.out.write(`${JSON.stringify(hits, null, 2)}\n`);
        else if (options.format === 'jsonl') for (const hit of hits) context.out.write(`${JSON.stringify(hit)}\n`);
        else {
          for (const hit of hits) context.out.write(`${renderHit(context, hit)}\n\n`);
          context.out.write(
            `${say(lang, more ? 'cli.search.foundMore' : 'cli.search.found', { shown: hits.length, total })}\n`,
          );
        }
        return EXIT.fine;
      },
      { readonly: true },
    );
  },
};

/** Where it stands, whose it is, and the passage around the first word found. */
function renderHit({ color, options: { lang } }: CommandContext, hit: SearchHit): string {
  const { source, line, unit, year } = hit;
  const head = [`${source}:${line}`, unit, year === undefined ? undefined : say(lang, 'cli.search.ofYear', { year })];
  return `${head
    .filter((part) => part !== undefined)
    .map(printable)
    .join('  ')}\n  ${excerpt(hit, color)}`;
}

const CONTEXT = 60;

/** The words found are marked: in bold, else with 【 】. */
function excerpt({ text, highlights }: SearchHit, color: boolean): string {
  const from = Math.max(0, (highlights[0]?.start ?? 0) - CONTEXT);
  const to = Math.min(text.length, from + 3 * CONTEXT);
  const [before, after] = color ? ['\u001b[1m', '\u001b[22m'] : ['【', '】'];
  let at = from;
  let out = from > 0 ? '…' : '';
  for (const { start, end } of highlights) {
    if (end > to) break;
    out += `${printable(text.slice(at, start))}${before}${printable(text.slice(start, end))}${after}`;
    at = end;
  }
  return `${out}${printable(text.slice(at, to))}${to < text.length ? '…' : ''}`;
}
