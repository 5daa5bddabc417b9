import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import {
  EXPORT_FORMATS,
  EXPORT_TABLES,
  type ExportFormat,
  type ExportTable,
  isBinary,
  needsComparison,
  writeExport,
} from '../report/export.js';
import type { CliCommand } from './command.js';
import { compareStored } from './comparing.js';
import { type CommandContext, EXIT, version } from './context.js';
import { FILTER_OPTIONS, filterOf } from './list.js';
import { shownIn } from './shown.js';
import { storedEntries } from './stored.js';

/** Writes the notices of the store for other programs. Text goes to the terminal unless a file is named. */
export const exportNotices: CliCommand = {
  name: 'export',
  options: [
    { flags: '--format <kind>', default: 'xlsx', choices: EXPORT_FORMATS },
    { flags: '--out <file>' },
    { flags: '--table <name>', default: 'findings', choices: EXPORT_TABLES },
    { flags: '--report <file>' },
    ...FILTER_OPTIONS,
  ],
  examples: [
    'hecha export --format xlsx',
    'hecha export --format xlsx --report out/report.html --out out/ledgers.xlsx',
    'hecha export --format docx --severity error --out out/doubts.docx',
    'hecha export --format csv --table measures',
    'hecha export --format sarif --out out/hecha.sarif',
  ],
  run: async (context, _args, options) => {
    const format = options.format as ExportFormat;
    const file = fileOf(format, options.out);
    const shownAt =
      format === 'xlsx' && file !== undefined ? await reportBeside(context, file, options.report) : undefined;
    const between = needsComparison(format, options.table as ExportTable)
      ? await compareStored(context, filterOf(options))
      : undefined;
    const output = file === undefined ? printing(context) : await writing(context, file);
    const done = finished(output);
    await Promise.all([
      done,
      writeExport(format, storedEntries(context, filterOf(options)), output, {
        language: context.options.lang,
        metricNames: (await context.rules()).metrics,
        version: version(),
        table: options.table as ExportTable,
        generated: context.now().toISOString().slice(0, 10),
        ...(shownAt === undefined ? {} : { shownAt }),
        ...(between === undefined ? {} : { between }),
      }).catch((error: Error) => {
        output.destroy(error);
        throw error;
      }),
    ]);
    if (file !== undefined) context.err.write(`${say(context.options.lang, 'cli.export.written', { file })}\n`);
    return EXIT.fine;
  },
};

function fileOf(format: ExportFormat, out: unknown): string | undefined {
  if (typeof out === 'string') return out === '-' ? undefined : out;
  return isBinary(format) ? join('out', `hecha.${format}`) : undefined;
}

/** The report that the rows of a workbook lead into: the one named, else `report.html` beside the workbook, where there is one. */
async function reportBeside(context: CommandContext, file: string, named: unknown) {
  const report = typeof named === 'string' ? named : join(dirname(file), 'report.html');
  const shownAt = await shownIn(report, file);
  if (shownAt === undefined && typeof named === 'string')
    throw new InputError(say(context.options.lang, 'cli.unreadable', { reason: 'ENOENT' }), { file: report });
  return shownAt;
}

const printing = (context: CommandContext): Writable =>
  new Writable({
    decodeStrings: false,
    write: (chunk: string | Uint8Array, _encoding, done) => {
      context.out.write(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'));
      done();
    },
  });

async function writing(context: CommandContext, file: string): Promise<Writable> {
  await mkdir(dirname(file), { recursive: true });
  const output = createWriteStream(file);
  await new Promise<void>((resolve, reject) => {
    output.once('open', () => resolve());
    output.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new InputError(say(context.options.lang, 'cli.unwritable', { reason: error.code ?? error.message }), { file }),
      ),
    );
  });
  return output;
}
