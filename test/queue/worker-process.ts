/** A worker to be killed: `node --import tsx worker-process.ts URL`. Says when it works, and stops at SIGTERM. */
import { runWorker } from '../../src/queue/worker.js';
import { openStore } from '../../src/store/store.js';
import { files, ingestionInto } from './ingestion.js';

const [url = ''] = process.argv.slice(2);
const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());
const store = await openStore(url);
const ingestion = ingestionInto(store);
process.stdout.write('working\n');
await runWorker({
  url,
  language: 'en',
  concurrency: 2,
  stop: stop.signal,
  work: async (source) => {
    for await (const _ingested of ingestion(files(source)));
  },
  onFailure: () => undefined,
  onLost: () => undefined,
});
await store.close();
