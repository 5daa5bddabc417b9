/**
 * Worker threads that analyse documents, each within a limit of time and of memory: a document that exceeds one fails by
 * itself, and its worker is replaced. No worker is started before the first document comes.
 */
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { say } from '../messages/index.js';
import type { Recipe } from './recipe.js';
import type { Analysis, Material, Task } from './worker.js';

export interface Limits {
  /** Seconds that the work on one file may take. */
  readonly seconds: number;
  /** Megabytes of heap that it may need. */
  readonly megabytes: number;
}

export const DEFAULT_LIMITS: Limits = { seconds: 60, megabytes: 400 };

export interface Workers {
  /** How many threads there are. */
  readonly jobs: number;
  /** Never rejects: whatever goes wrong with a document is its failure. Takes the bytes over. */
  analyse(material: Material): Promise<Analysis>;
  close(): Promise<void>;
}

export function openWorkers(recipe: Recipe, jobs: number, limits: Limits = DEFAULT_LIMITS): Workers {
  const begun = new Map<number, () => void>();
  let pool: Piscina<Task, Analysis> | undefined;
  let count = 0;

  const failure = (error: Error, tookTooLong: boolean): Analysis => {
    const { language } = recipe;
    if (tookTooLong) return { failure: say(language, 'batch.tooSlow', { seconds: limits.seconds }) };
    if ((error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY') {
      return { failure: say(language, 'batch.tooMuchMemory', { megabytes: limits.megabytes }) };
    }
    // A bug of ours: the place where it happened is what its finder needs.
    const place = error.stack?.split('\n').slice(0, 2).join(' ').replace(/\s+/g, ' ');
    return { failure: say(language, 'batch.bug', { reason: place ?? String(error) }) };
  };

  return {
    jobs,
    async analyse(material) {
      pool ??= startPool(recipe, jobs, limits.megabytes, (number) => begun.get(number)?.());
      count += 1;
      const number = count;
      const stop = new AbortController();
      let timer: NodeJS.Timeout | undefined;
      begun.set(number, () => {
        timer = setTimeout(() => stop.abort(), limits.seconds * 1000);
      });
      const transferList = 'bytes' in material ? ownBuffer(material.bytes) : [];
      try {
        return await pool.run({ number, material }, { signal: stop.signal, transferList });
      } catch (error) {
        return failure(error as Error, stop.signal.aborted);
      } finally {
        begun.delete(number);
        clearTimeout(timer);
      }
    },
    close: async () => pool?.destroy(),
  };
}

/** What can be handed over without a copy: a buffer in which nothing else lies. */
const ownBuffer = ({ byteLength, buffer }: Uint8Array): ArrayBuffer[] =>
  buffer instanceof ArrayBuffer && byteLength === buffer.byteLength ? [buffer] : [];

/** Registers the loader of TypeScript in a worker thread, where `--import tsx` would leave out what is imported later. */
const typescriptLoader = (): string =>
  `data:text/javascript,import{register}from${JSON.stringify(import.meta.resolve('tsx/esm/api'))};register()`;

function startPool(
  workerData: Recipe,
  threads: number,
  megabytes: number,
  onBegin: (number: number) => void,
): Piscina<Task, Analysis> {
  // The project runs as TypeScript too, and then its workers do.
  const extension = extname(fileURLToPath(import.meta.url));
  const pool = new Piscina<Task, Analysis>({
    filename: fileURLToPath(new URL(`./worker${extension}`, import.meta.url)),
    workerData,
    // A fixed number: the dictionary leaks when a worker ends.
    minThreads: threads,
    maxThreads: threads,
    // A small nursery costs a little time, and keeps what the process takes within bounds.
    resourceLimits: { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: 8 },
    ...(extension === '.ts' ? { execArgv: ['--import', typescriptLoader()] } : {}),
  });
  pool.on('message', onBegin);
  return pool;
}
