import { type Similar, similarIn } from '../compare/similar.js';
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import { printable } from '../report/escape.js';
import { renderTable } from '../report/table.js';
import type { CliCommand } from './command.js';
import { comparing, withStored } from './comparing.js';
import { EXIT } from './context.js';
import { findNotice, withStore } from './stored.js';

/** Finds notices with problems like those of one notice, or findings like one finding. */
export const similar: CliCommand = {
  name: 'similar',
  args: '<id>',
  options: [
    { flags: '--limit <count>', default: '10' },
    { flags: '--format <kind>', default: 'table', choices: ['table', 'json'] },
  ],
  examples: [
    'hecha similar corpus/a01-district-union.txt',
    'hecha similar corpus/a01-district-union.txt --format json',
  ],
  paged: true,
  run: async (context, [id = ''], options) => {
    const { lang } = context.options;
    const named = await withStore(context, (store) => findNotice(store, id), { readonly: true });
    const { vocabulary } = await comparing(context);
    const found = await withStored(context, {}, (source) =>
      similarIn(named?.record.document.id ?? id, source, { vocabulary, limit: Number(options.limit) }),
    );
    if (found === undefined) throw new InputError(say(lang, 'cli.show.none', { id }), { file: context.options.store });
    if (options.format === 'json') context.out.write(`${JSON.stringify(found, null, 2)}\n`);
    else {
      const titles = ['likeness', 'unit', 'what', 'source'];
      const columns = titles.map((name) => ({ title: say(lang, `cli.similar.column.${name}`) }));
      const width = context.out.isTTY ? context.out.columns : 160;
      context.out.write(`${renderTable(columns, found.map(cellsOf), width)}\n`);
    }
    return EXIT.fine;
  },
};

const cellsOf = ({ likeness, notice, finding, words }: Similar): readonly string[] => [
  likeness.toFixed(2),
  printable(notice.unit),
  printable(finding?.titles.join(' ') ?? words.join(' ')),
  printable(notice.source),
];
