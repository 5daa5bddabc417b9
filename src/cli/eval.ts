import { existsSync, readFileSync } from 'node:fs';
import { walk } from '../batch/walk.js';
import { readGold } from '../evaluate/gold.js';
import { PARTS, type Part, type Scores, score, total } from '../evaluate/score.js';
import { say } from '../messages/index.js';
import { toRecord } from '../record.js';
import { renderTable } from '../report/table.js';
import type { CliCommand } from './command.js';
import { EXIT } from './context.js';
import { readFileDocuments } from './documents.js';

const goldOf = (file: string): string => file.replace(/\.[^./\\]+$/, '.gold.json');

/** Scores records against the gold records beside the notices. */
export const evaluate: CliCommand = {
  name: 'eval',
  args: '<paths...>',
  options: [{ flags: '--floor <file>' }, { flags: '--quiet' }],
  examples: ['hecha eval corpus', 'hecha eval corpus --quiet --floor corpus/floor.json'],
  run: async (context, paths, options) => {
    const { lang } = context.options;
    const pipeline = await context.pipeline();
    const all: Scores[] = [];
    for await (const file of walk(paths, lang)) {
      if (!existsSync(goldOf(file))) continue;
      const gold = readGold(goldOf(file), lang);
      const [document] = await readFileDocuments(pipeline, file, { language: lang });
      if (document === undefined) continue;
      const scores = score(toRecord(pipeline.analyse(document), lang), gold);
      all.push(scores);
      if (options.quiet === true) continue;
      for (const part of PARTS) {
        const tell = (sign: string, { item, line }: { item: string; line?: number }): void =>
          context.out.write(`${file}${line === undefined ? '' : `:${line}`}: ${sign} ${part}: ${item}\n`);
        for (const each of scores[part].missing) tell('-', each);
        for (const each of scores[part].extra) tell('+', each);
      }
    }
    const totals = PARTS.map((part) => ({ part, ...total(all, part) }));
    const percent = (value: number): string => value.toFixed(3);
    const columns = ['part', 'hits', 'missing', 'extra', 'precision', 'recall', 'f1'].map((name, at) => ({
      title: say(lang, `cli.eval.column.${name}`),
      align: at === 0 ? ('left' as const) : ('right' as const),
    }));
    const rows = totals.map(({ part, hits, missing, extra, precision, recall, f1 }) => [
      part,
      String(hits),
      String(missing),
      String(extra),
      percent(precision),
      percent(recall),
      percent(f1),
    ]);
    context.out.write(`${renderTable(columns, rows, 100)}\n${say(lang, 'cli.eval.notices', { count: all.length })}\n`);
    const floor = options.floor;
    if (typeof floor !== 'string') return EXIT.fine;
    const floors = JSON.parse(readFileSync(floor, 'utf8')) as Partial<Record<Part, number>>;
    const below = totals.filter(({ part, f1 }) => f1 < (floors[part] ?? 0));
    for (const { part, f1 } of below) {
      context.err.write(`${say(lang, 'cli.eval.below', { part, f1: percent(f1), floor: String(floors[part]) })}\n`);
    }
    return below.length > 0 ? EXIT.errorsFound : EXIT.fine;
  },
};
