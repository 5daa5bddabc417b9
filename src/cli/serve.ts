import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_LIMITS, openWorkers, type Workers } from '../batch/workers.js';
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import { isServer, type Store } from '../store/store.js';
import type { CliCommand, OptionValues } from './command.js';
import { type CommandContext, EXIT, type ExitStatus, version } from './context.js';
import { positive, recipeOf } from './ingest.js';
import { letterTemplate } from './letter.js';
import { withStore } from './stored.js';

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '::1']);
/** Of a store on a server, which has no folder of its own here. */
const SERVER_INBOX = join('out', 'hecha.inbox');
const EVERYWHERE: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/** Serves the page. Beyond this machine it asks everyone for a token. */
export const serve: CliCommand = {
  name: 'serve',
  options: [
    { flags: '--port <number>', default: '8710' },
    { flags: '--host <address>', default: '127.0.0.1' },
    { flags: '--token <words>' },
    { flags: '--inbox <folder>' },
    { flags: '--jobs <count>', default: String(Math.max(1, availableParallelism() - 1)) },
    { flags: '--timeout <seconds>', default: String(DEFAULT_LIMITS.seconds) },
    { flags: '--memory <megabytes>', default: String(DEFAULT_LIMITS.megabytes) },
  ],
  examples: ['hecha serve', 'hecha serve --host 0.0.0.0 --port 8080'],
  run: async (context, _args, options) => {
    const limits = {
      seconds: positive(context, options, 'timeout'),
      megabytes: positive(context, options, 'memory'),
    };
    const workers = openWorkers(recipeOf(context), positive(context, options, 'jobs'), limits);
    try {
      return await withStore(context, (store) => serveStore(context, store, workers, options));
    } finally {
      await workers.close();
    }
  },
};

async function serveStore(
  context: CommandContext,
  store: Store,
  workers: Workers,
  options: OptionValues,
): Promise<ExitStatus> {
  const [{ createApp }, { openInbox }, { serve: listen }, pipeline, rules, segmenter, template] = await Promise.all([
    import('../web/app.js'),
    import('../web/inbox.js'),
    import('@hono/node-server'),
    context.pipeline(),
    context.rules(),
    context.segmenter(),
    letterTemplate(context),
  ]);
  const host = String(options.host);
  const given = options.token;
  const token =
    typeof given === 'string' ? given : LOOPBACK.has(host) ? undefined : randomBytes(18).toString('base64url');
  const { store: url } = context.options;
  const inbox = typeof options.inbox === 'string' ? options.inbox : isServer(url) ? SERVER_INBOX : `${url}.inbox`;
  const { fetch, queue } = createApp(
    {
      store,
      workers,
      inbox: openInbox(inbox),
      fingerprint: pipeline.fingerprint,
      rules,
      segmenter: () => segmenter,
      language: context.options.lang,
      version: version(),
      ...(template === undefined ? {} : { letterTemplate: template }),
      now: context.now,
      onError: (error) => context.err.write(`${error instanceof Error ? error.stack : String(error)}\n`),
    },
    { access: { hosts: [host], anyAddress: EVERYWHERE.has(host), ...(token === undefined ? {} : { token }) } },
  );
  const server = listen({ fetch, port: portOf(context, options.port), hostname: host }) as Server;
  await listening(context, server, host);
  context.out.write(`${say(context.options.lang, 'cli.serve.ready', { address: addressOf(server, host, token) })}\n`);
  await queue.resume();
  await interrupted();
  queue.close();
  server.closeAllConnections();
  server.close();
  return EXIT.fine;
}

function portOf(context: CommandContext, given: unknown): number {
  const port = Number(given);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new InputError(say(context.options.lang, 'cli.serve.badPort', { port: String(given) }));
}

async function listening(context: CommandContext, server: Server, host: string): Promise<void> {
  try {
    await once(server, 'listening');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new InputError(say(context.options.lang, 'cli.serve.taken', { host, reason }));
  }
}

function addressOf(server: Server, host: string, token: string | undefined): string {
  const found = server.address();
  const port = typeof found === 'object' && found !== null ? found.port : '';
  const name = isIP(host) === 6 ? `[${host}]` : host;
  return `http://${name}:${port}/${token === undefined ? '' : `?token=${encodeURIComponent(token)}`}`;
}

const interrupted = (): Promise<void> =>
  new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
