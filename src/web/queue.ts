/**
 * Files that wait to be read, each with what became of it. They are read as a batch reads them: on its worker threads, within its
 * limits, into the same store. What waits lives as long as the process.
 */
import { randomUUID } from 'node:crypto';
import { ingest } from '../batch/ingest.js';
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import { noticeName } from '../report/entry.js';
import type { ReadOutcome } from '../store/store.js';
import type { Site } from './site.js';

export interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface Taken {
  /** Id in the store. */
  readonly id: string;
  readonly name: string;
  readonly outcome: ReadOutcome;
}

export interface Job {
  readonly id: string;
  readonly name: string;
  readonly state: 'waiting' | 'reading' | 'done' | 'failed';
  readonly taken: readonly Taken[];
  /** Why it failed, or a part of it. */
  readonly reason?: string;
}

export interface Queue {
  /** False, and nothing is added, where too many files wait already. */
  add(uploads: readonly Upload[]): boolean;
  /** The newest first. */
  jobs(): readonly Job[];
  readonly busy: boolean;
  /** Resolves when nothing waits. */
  idle(): Promise<void>;
  /** Forgets what waits. What is being read may go wrong in silence. */
  close(): void;
}

const MOST_WAITING = 200;
const MOST_REMEMBERED = 50;

/** Folder that uploads are kept under: a file of the same name is a newer copy of the same notice. */
const FOLDER = 'upload';
const LONGEST_NAME = 160;

/** The last part of a name that a stranger chose, with nothing in it that a path or a terminal could mind. */
export function sourceOf(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .replace(/^\.+/, '')
    .slice(-LONGEST_NAME)
    .trim();
  return `${FOLDER}/${clean === '' ? 'notice' : clean}`;
}

type Intake = Pick<Site, 'store' | 'workers' | 'fingerprint' | 'language' | 'onError'>;

async function* one<T>(thing: T): AsyncGenerator<T> {
  yield thing;
}

/** One file, which may hold several notices, into the store. */
async function takeIn({ store, workers, fingerprint, language }: Intake, source: string, bytes: Uint8Array) {
  const load = async (): Promise<Uint8Array> => bytes;
  const context = { store, workers, fingerprint, language, load, reread: false, dryRun: false };
  const taken: Taken[] = [];
  const reasons: string[] = [];
  for await (const result of ingest(one(source), context)) {
    const stored = result.outcome === 'failed' ? undefined : await store.get(result.source);
    if (stored !== undefined) taken.push({ id: stored.id, name: noticeName(stored), outcome: result.outcome });
    else reasons.push(result.reason ?? '');
  }
  return { taken, reasons };
}

export function createQueue(site: Intake): Queue {
  const waiting: { readonly id: string; readonly source: string; readonly bytes: Uint8Array }[] = [];
  /** Sources that are being read: of two with one name the later waits. */
  const reading = new Set<string>();
  let jobs: readonly Job[] = [];
  let closed = false;
  let idle = Promise.resolve();
  let becomeIdle = (): void => undefined;
  const isBusy = (): boolean => reading.size > 0 || waiting.length > 0;

  const update = (id: string, change: Partial<Job>): void => {
    jobs = jobs.map((job) => (job.id === id ? { ...job, ...change } : job));
  };
  const read = async ({ id, source, bytes }: (typeof waiting)[number]): Promise<void> => {
    update(id, { state: 'reading' });
    try {
      const { taken, reasons } = await takeIn(site, source, bytes);
      const state = taken.length > 0 ? 'done' : 'failed';
      update(id, { state, taken, ...(reasons.length === 0 ? {} : { reason: reasons.join('\n') }) });
    } catch (error) {
      if (closed) return;
      const isOurs = !(error instanceof InputError);
      if (isOurs) site.onError(error);
      update(id, { state: 'failed', reason: isOurs ? say(site.language, 'web.internal') : error.message });
    }
  };
  const start = (): void => {
    while (reading.size < site.workers.jobs) {
      const at = waiting.findIndex(({ source }) => !reading.has(source));
      const [next] = at < 0 ? [] : waiting.splice(at, 1);
      if (next === undefined) break;
      reading.add(next.source);
      void read(next).then(() => {
        reading.delete(next.source);
        start();
      });
    }
    if (!isBusy()) becomeIdle();
  };
  return {
    add: (uploads) => {
      if (waiting.length + uploads.length > MOST_WAITING) return false;
      if (!isBusy()) {
        idle = new Promise((resolve) => {
          becomeIdle = resolve;
        });
      }
      for (const { name, bytes } of uploads) {
        const id = randomUUID();
        waiting.push({ id, source: sourceOf(name), bytes });
        jobs = [{ id, name, state: 'waiting' as const, taken: [] }, ...jobs];
      }
      const open = jobs.filter(({ state }) => state === 'waiting' || state === 'reading').length;
      jobs = jobs.slice(0, Math.max(MOST_REMEMBERED, open));
      start();
      return true;
    },
    jobs: () => jobs,
    get busy() {
      return isBusy();
    },
    idle: () => idle,
    close: () => {
      closed = true;
      waiting.length = 0;
    },
  };
}
