import { existsSync } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { SingleBar } from 'cli-progress';
import { type Ingested, ingest as ingestFiles } from '../batch/ingest.js';
import { makePipeline, type Recipe, readsOtherwise } from '../batch/recipe.js';
import type { Load } from '../batch/sources.js';
import { requirePaths, walk } from '../batch/walk.js';
import { settledFiles } from '../batch/watch.js';
import { DEFAULT_LIMITS, type Limits, openWorkers } from '../batch/workers.js';
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import type { ReadOutcome } from '../store/store.js';
import { openStore } from '../store/store.js';
import type { CliCommand, OptionValues } from './command.js';
import { COMPILED_RULES, type CommandContext, EXIT, SHIPPED_RULES, version } from './context.js';

const WATCH_INTERVAL = 1000;

/** Reads files and folders into the store. */
export const ingest: CliCommand = {
  name: 'ingest',
  args: '<paths...>',
  options: [
    { flags: '--jobs <count>', default: String(availableParallelism()) },
    { flags: '--watch' },
    { flags: '--dry-run' },
    { flags: '--log <file>' },
    { flags: '--format <kind>', default: 'text', choices: ['text', 'json'] },
    { flags: '--timeout <seconds>', default: String(DEFAULT_LIMITS.seconds) },
    { flags: '--memory <megabytes>', default: String(DEFAULT_LIMITS.megabytes) },
    { flags: '--encoding <name>' },
    { flags: '--ocr' },
  ],
  examples: ['hecha ingest corpus', 'hecha ingest corpus --dry-run', 'hecha ingest corpus --jobs 1 --format json'],
  run: async (context, paths, options) => {
    const language = context.options.lang;
    await requirePaths(paths, language);
    const settings: IngestSettings = {
      jobs: positive(context, options, 'jobs'),
      limits: { seconds: positive(context, options, 'timeout'), megabytes: positive(context, options, 'memory') },
      dryRun: options.dryRun === true,
      ocr: options.ocr === true,
      ...(typeof options.encoding === 'string' ? { encoding: options.encoding } : {}),
    };
    const json = options.format === 'json';
    const log = typeof options.log === 'string' ? await openLog(options.log) : undefined;
    try {
      return await withIngestion(context, settings, async (ingestion) => {
        const once = async (files: () => AsyncIterable<string>): Promise<Summary> => {
          const summary = await follow(context, ingestion(files()), log, await progressOf(context, files));
          context.out.write(json ? `${JSON.stringify(summary)}\n` : `${summaryLine(context, summary)}\n`);
          return summary;
        };
        if (options.watch !== true) {
          const { failed } = await once(() => walk(paths, language));
          return failed > 0 ? EXIT.failed : EXIT.fine;
        }
        const stop = new AbortController();
        process.once('SIGINT', () => stop.abort());
        process.once('SIGTERM', () => stop.abort());
        context.err.write(`${say(language, 'cli.ingest.watching')}\n`);
        let failed = 0;
        for await (const files of settledFiles(paths, { language, interval: WATCH_INTERVAL, signal: stop.signal })) {
          failed += (await once(() => each(files))).failed;
        }
        return failed > 0 ? EXIT.failed : EXIT.fine;
      });
    } finally {
      await log?.close();
    }
  },
};

export interface IngestSettings {
  readonly jobs: number;
  readonly limits?: Limits;
  readonly dryRun?: boolean;
  readonly encoding?: string;
  readonly ocr?: boolean;
  /** From where the bytes of a file come; from the disk unless given. */
  readonly load?: Load;
}

/** The pipeline that the options of this run ask for, as worker threads make it. */
export const recipeOf = (
  { options: { lang: language, rules: more, disable } }: CommandContext,
  reading: Pick<Recipe, 'ocr' | 'encoding'> = { ocr: false },
): Recipe => ({
  rules: SHIPPED_RULES,
  more,
  disable,
  compiled: COMPILED_RULES,
  language,
  program: `hecha ${version()}`,
  ...reading,
});

export type Ingestion = (files: AsyncIterable<string>) => AsyncGenerator<Ingested>;

/** Opens store and workers, hands `use` the function that reads files into the store, and closes them whatever happens. */
export async function withIngestion<T>(
  context: CommandContext,
  { jobs, limits = DEFAULT_LIMITS, dryRun = false, encoding, ocr = false, load }: IngestSettings,
  use: (ingestion: Ingestion) => Promise<T>,
): Promise<T> {
  const { lang: language, store: url } = context.options;
  const recipe = recipeOf(context, { ocr, ...(encoding === undefined ? {} : { encoding }) });
  const { fingerprint } = makePipeline(recipe).pipeline;
  const isFile = !url.includes('://');
  if (isFile && !dryRun) await mkdir(dirname(url), { recursive: true });
  const store =
    dryRun && isFile && !existsSync(url)
      ? undefined
      : await openStore(url, { language, readonly: dryRun, now: () => context.now().toISOString() });
  const workers = openWorkers(recipe, jobs, limits);
  try {
    return await use((files) =>
      ingestFiles(files, {
        store,
        workers,
        fingerprint,
        language,
        reread: readsOtherwise(recipe),
        dryRun,
        ...(load === undefined ? {} : { load }),
      }),
    );
  } finally {
    await workers.close();
    await store?.close();
  }
}

export type Summary = Readonly<Record<ReadOutcome, number>> & { readonly seconds: number };

/** Runs to the end: one line on standard error for each failure, one in the log for everything. */
async function follow(
  context: CommandContext,
  results: AsyncIterable<Ingested>,
  log: FileHandle | undefined,
  bar: SingleBar | undefined,
): Promise<Summary> {
  const begun = performance.now();
  const counts = { new: 0, changed: 0, same: 0, failed: 0 };
  let done = 0;
  try {
    for await (const result of results) {
      counts[result.outcome] += 1;
      await log?.appendFile(`${JSON.stringify({ at: context.now().toISOString(), ...result })}\n`);
      done += 1;
      bar?.increment(1, { rate: Math.round((1000 * done) / (performance.now() - begun)) });
      if (result.outcome === 'failed') {
        // A line of its own: the bar draws itself anew below.
        if (bar !== undefined) context.err.write('\r\u001b[K');
        context.err.write(`${new InputError(result.reason ?? '', { file: result.source }).toLine()}\n`);
      }
    }
  } finally {
    bar?.stop();
  }
  const seconds = Math.round((performance.now() - begun) / 100) / 10;
  return { ...counts, seconds };
}

/** Undefined where nobody watches. Files are counted first, so that the time left can be told. */
async function progressOf(
  { err, options: { lang } }: CommandContext,
  files: () => AsyncIterable<string>,
): Promise<SingleBar | undefined> {
  if (!err.isTTY) return undefined;
  let total = 0;
  for await (const _file of files()) total += 1;
  const bar = new SingleBar({
    format: say(lang, 'cli.ingest.progress'),
    clearOnComplete: true,
    hideCursor: true,
    etaBuffer: 100,
    formatValue: (value, _options, type) => (type === 'percentage' ? value.toFixed(0) : String(value)),
  });
  bar.start(total, 0, { rate: 0 });
  return bar;
}

export function summaryLine({ options: { lang } }: CommandContext, summary: Summary): string {
  const total = summary.new + summary.changed + summary.same + summary.failed;
  const rate = summary.seconds === 0 ? total : Math.round(total / summary.seconds);
  return say(lang, 'cli.ingest.done', { ...summary, total, rate });
}

export function positive({ options: { lang } }: CommandContext, options: OptionValues, name: string): number {
  const value = Number(options[name]);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InputError(say(lang, 'cli.ingest.notPositive', { option: `--${name}`, value: String(options[name]) }));
}

async function* each<T>(things: readonly T[]): AsyncGenerator<T> {
  yield* things;
}

/** The folder of a log is made where it is missing. */
async function openLog(file: string): Promise<FileHandle> {
  await mkdir(dirname(file), { recursive: true });
  return open(file, 'a');
}
