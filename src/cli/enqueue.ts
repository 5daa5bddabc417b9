import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import type { CliCommand } from './command.js';
import { EXIT } from './context.js';
import { withStore } from './stored.js';

const QUEUED_AT_ONCE = 1_000;

/** Queues documents for the workers. */
export const enqueue: CliCommand = {
  name: 'enqueue',
  args: '[paths...]',
  options: [{ flags: '--failed' }],
  examples: [
    'hecha --store postgres://hecha@db/hecha enqueue /mnt/notices',
    'hecha --store postgres://hecha@db/hecha enqueue s3://notices/2024/',
    'hecha --store postgres://hecha@db/hecha enqueue --failed',
  ],
  run: async (context, paths, options) => {
    const { lang, store: url } = context.options;
    const failed = options.failed === true;
    // Other commands need not wait until the queue's libraries are loaded.
    const { openQueue, requirePostgres } = await import('../queue/queue.js');
    const { openLibrary } = await import('../queue/library.js');
    requirePostgres(url, lang);
    if (paths.length === 0 && !failed) throw new InputError(say(lang, 'cli.enqueue.nothing'));
    const queue = await openQueue(url, lang);
    try {
      const sources = new Set<string>();
      let count = 0;
      const add = async (): Promise<void> => {
        if (sources.size === 0) return;
        await queue.add([...sources]);
        count += sources.size;
        sources.clear();
      };
      for await (const source of openLibrary(process.env, lang).list(paths)) {
        sources.add(source);
        if (sources.size === QUEUED_AT_ONCE) await add();
      }
      if (failed) {
        const unreadable = await withStore(context, (store) => store.failures());
        for (const { source } of await queue.dead()) sources.add(source);
        // A member of a zip is read with its zip.
        for (const { source } of unreadable) sources.add(source.split('!/')[0] as string);
      }
      await add();
      context.out.write(`${say(lang, 'cli.enqueue.done', { count })}\n`);
      return EXIT.fine;
    } finally {
      await queue.close();
    }
  },
};
