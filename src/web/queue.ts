/**
 * Files that wait to be read, each with what became of it. They are read as a batch reads them: on its worker threads, within its
 * limits, into the same store. What waits lies in the inbox until it is read: the next start goes on with what this one left.
 */
import { ingest } from '../batch/ingest.js';
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import { noticeName } from '../report/entry.js';
import type { ReadOutcome } from '../store/store.js';
import type { Held, Upload } from './inbox.js';
import type { Site } from './site.js';

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
  add(uploads: readonly Upload[]): Promise<boolean>;
  /** Goes on with what an earlier run left. */
  resume(): Promise<void>;
  /** The newest first. */
  jobs(): readonly Job[];
  readonly busy: boolean;
  /** Resolves when nothing waits. */
  idle(): Promise<void>;
  /** Leaves what waits, and what is being read, to the next start. */
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

type Intake = Pick<Site, 'store' | 'workers' | 'fingerprint' | 'language' | 'inbox' | 'onError'>;

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
  const { inbox } = site;
  const waiting: { readonly id: string; readonly source: string }[] = [];
  /** Sources that are being read: of two with one name the later waits. */
  const reading = new Set<string>();
  let jobs: readonly Job[] = [];
  let arriving = 0;
  let closed = false;
  let idle = Promise.resolve();
  let becomeIdle = (): void => undefined;
  const isBusy = (): boolean => reading.size > 0 || waiting.length > 0;

  const update = (id: string, change: Partial<Job>): void => {
    jobs = jobs.map((job) => (job.id === id ? { ...job, ...change } : job));
  };
  const read = async ({ id, source }: (typeof waiting)[number]): Promise<void> => {
    update(id, { state: 'reading' });
    try {
      const { taken, reasons } = await takeIn(site, source, await inbox.bytes(id));
      // A reading that the end of the program cut short says nothing of the file.
      if (closed && taken.length === 0) return;
      await inbox.drop(id);
      const state = taken.length > 0 ? 'done' : 'failed';
      update(id, { state, taken, ...(reasons.length === 0 ? {} : { reason: reasons.join('\n') }) });
    } catch (error) {
      // What a file itself is to blame for came back as a result: this one stays for the next start.
      if (closed) return;
      const isOurs = !(error instanceof InputError);
      if (isOurs) site.onError(error);
      const reason = isOurs ? say(site.language, 'web.internal') : error.message;
      update(id, { state: 'failed', reason: `${reason} ${say(site.language, 'web.queue.kept')}` });
    }
  };
  const start = (): void => {
    while (!closed && reading.size < site.workers.jobs) {
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
  const enqueue = (held: readonly Held[]): void => {
    if (!isBusy()) {
      idle = new Promise((resolve) => {
        becomeIdle = resolve;
      });
    }
    for (const { id, name } of held) {
      waiting.push({ id, source: sourceOf(name) });
      jobs = [{ id, name, state: 'waiting' as const, taken: [] }, ...jobs];
    }
    const open = jobs.filter(({ state }) => state === 'waiting' || state === 'reading').length;
    jobs = jobs.slice(0, Math.max(MOST_REMEMBERED, open));
    start();
  };
  /** All of them, or none. @throws InputError where the folder cannot take them */
  const putAll = async (uploads: readonly Upload[]): Promise<readonly Held[]> => {
    const held: Held[] = [];
    try {
      for (const upload of uploads) held.push(await inbox.put(upload));
    } catch (error) {
      await Promise.all(held.map(({ id }) => inbox.drop(id)));
      const reason = (error as NodeJS.ErrnoException).code ?? String(error);
      throw new InputError(say(site.language, 'web.upload.notKept', { reason }));
    }
    return held;
  };
  return {
    add: async (uploads) => {
      if (waiting.length + arriving + uploads.length > MOST_WAITING) return false;
      arriving += uploads.length;
      try {
        enqueue(await putAll(uploads));
      } finally {
        arriving -= uploads.length;
      }
      return true;
    },
    resume: async () => enqueue(await inbox.left()),
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
