import { availableParallelism } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { DEFAULT_LIMITS } from '../batch/workers.js';
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import type { Language } from '../model.js';
import type { Metrics } from '../queue/metrics.js';
import type { Queue } from '../queue/queue.js';
import type { CliCommand, OptionValues } from './command.js';
import { type CommandContext, EXIT, type ExitStatus } from './context.js';
import { type Ingestion, type IngestSettings, positive, withIngestion } from './ingest.js';
import { withStore } from './stored.js';

const DRAIN_MILLISECONDS = 500;
/** A document may take that long to be finished after the signal to stop; then it is given back. */
const GRACE_MILLISECONDS = 30_000;

/** Works on the queue of a PostgreSQL store. */
export const worker: CliCommand = {
  name: 'worker',
  options: [
    { flags: '--jobs <count>', default: String(availableParallelism()) },
    { flags: '--metrics <address>' },
    { flags: '--drain' },
    { flags: '--status' },
    { flags: '--timeout <seconds>', default: String(DEFAULT_LIMITS.seconds) },
    { flags: '--memory <megabytes>', default: String(DEFAULT_LIMITS.megabytes) },
    { flags: '--encoding <name>' },
    { flags: '--ocr' },
  ],
  examples: [
    'hecha --store postgres://hecha@db/hecha worker --jobs 4 --metrics 9464',
    'hecha --store postgres://hecha@db/hecha worker --status',
  ],
  run: async (context, _args, options) => {
    const { lang, store: url } = context.options;
    // Other commands need not wait until the queue's libraries are loaded.
    const { openQueue, requirePostgres } = await import('../queue/queue.js');
    requirePostgres(url, lang);
    const queue = await openQueue(url, lang);
    try {
      if (options.status === true) return await showStatus(context, queue);
      await work(context, queue, options);
      return EXIT.fine;
    } finally {
      await queue.close();
    }
  },
};

async function work(context: CommandContext, queue: Queue, options: OptionValues): Promise<void> {
  const { openLibrary } = await import('../queue/library.js');
  const { createMetrics, serveMetrics } = await import('../queue/metrics.js');
  const { lang } = context.options;
  const jobs = positive(context, options, 'jobs');
  const address = typeof options.metrics === 'string' ? addressOf(options.metrics, lang) : undefined;
  const settings: IngestSettings = {
    jobs,
    limits: { seconds: positive(context, options, 'timeout'), megabytes: positive(context, options, 'memory') },
    load: openLibrary(process.env, lang).load,
    ocr: options.ocr === true,
    ...(typeof options.encoding === 'string' ? { encoding: options.encoding } : {}),
  };
  const status = (): ReturnType<Queue['status']> => queue.status();
  const metrics = createMetrics(status);
  const server = address === undefined ? undefined : await serveMetrics(metrics, status, address);
  if (server !== undefined) tell(context, say(lang, 'cli.worker.serving', { address: server.address }));
  const stop = stopOnSignal(context);
  if (options.drain === true) void stopWhenEmpty(queue, stop);
  try {
    await withIngestion(context, settings, (ingestion) => follow(context, ingestion, metrics, jobs, stop.signal));
  } finally {
    stop.abort();
    await server?.close();
  }
}

async function follow(
  context: CommandContext,
  ingestion: Ingestion,
  metrics: Metrics,
  jobs: number,
  stop: AbortSignal,
): Promise<void> {
  const { lang: language, store: url } = context.options;
  tell(context, say(language, 'cli.worker.started'));
  const { runWorker } = await import('../queue/worker.js');
  await runWorker({
    url,
    language,
    // One more than the threads, so that the next document lies ready when a thread becomes free.
    concurrency: jobs + 1,
    stop,
    work: async (source) => {
      for await (const ingested of ingestion(one(source))) {
        metrics.onIngested(ingested);
        if (ingested.outcome !== 'failed') continue;
        tell(context, new InputError(ingested.reason ?? '', { file: ingested.source }).toLine());
      }
    },
    onFailure: (file, { message: reason }, last) => {
      metrics.onFailure(last);
      const sentence = say(language, last ? 'cli.worker.dead' : 'cli.worker.retrying', { reason });
      tell(context, new InputError(sentence, { file }).toLine());
    },
    onLost: ({ message: reason }) => tell(context, say(language, 'cli.worker.lost', { reason })),
  });
}

async function* one(source: string): AsyncGenerator<string> {
  yield source;
}

const tell = ({ err }: CommandContext, line: string): void => err.write(`${line}\n`);

/** The first signal finishes the documents at hand; a second one, or too long a wait, gives them back by ending at once. */
function stopOnSignal(context: CommandContext): AbortController {
  const stop = new AbortController();
  const onSignal = (): void => {
    // The queue sees the connection end, and gives the documents to another worker.
    if (stop.signal.aborted) process.exit(EXIT.failed);
    tell(context, say(context.options.lang, 'cli.worker.stopping'));
    stop.abort();
    setTimeout(() => process.exit(EXIT.failed), GRACE_MILLISECONDS).unref();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return stop;
}

async function stopWhenEmpty(queue: Queue, stop: AbortController): Promise<void> {
  while (!stop.signal.aborted) {
    // While the database is away, nobody knows whether the queue is empty.
    const counts = await queue.status().catch(() => undefined);
    if (counts !== undefined && counts.waiting + counts.running + counts.delayed === 0) stop.abort();
    await pause(DRAIN_MILLISECONDS, undefined, { signal: stop.signal }).catch(() => undefined);
  }
}

async function showStatus(context: CommandContext, queue: Queue): Promise<ExitStatus> {
  const { lang } = context.options;
  const [counts, dead] = await Promise.all([queue.status(), queue.dead()]);
  const unreadable = await withStore(context, (store) => store.failures());
  const write = (line: string): void => context.out.write(`${line}\n`);
  write(say(lang, 'cli.worker.counts', { ...counts, failing: unreadable.length }));
  for (const { source, reason = say(lang, 'cli.worker.died'), attempts } of dead) {
    write(new InputError(say(lang, 'cli.worker.deadJob', { attempts, reason }), { file: source }).toLine());
  }
  for (const { source, reason = '' } of unreadable) write(new InputError(reason, { file: source }).toLine());
  return EXIT.fine;
}

/** `PORT` or `HOST:PORT`. */
function addressOf(address: string, language: Language): { readonly host: string; readonly port: number } {
  const { host = '127.0.0.1', port } = /^(?:\[?(?<host>[^\]]+)\]?:)?(?<port>\d{1,5})$/u.exec(address)?.groups ?? {};
  if (port === undefined || Number(port) > 65_535) {
    throw new InputError(say(language, 'cli.worker.badAddress', { address }));
  }
  return { host, port: Number(port) };
}
