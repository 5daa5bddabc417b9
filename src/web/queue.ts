/** Files that wait to be read: taken one after another, each with what became of it. Lives as long as the process. */
import { randomUUID } from 'node:crypto';
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import type { Language } from '../model.js';
import { toRecord } from '../record.js';
import { noticeName } from '../report/entry.js';
import type { NoticeToSave, SaveOutcome } from '../store/store.js';
import type { Site } from './site.js';

export interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Of the one who uploads: what cannot be read is said in it. */
  readonly language: Language;
}

export interface Taken {
  /** Id in the store. */
  readonly id: string;
  readonly name: string;
  readonly outcome: SaveOutcome;
}

export interface Job {
  readonly id: string;
  readonly name: string;
  readonly state: 'waiting' | 'reading' | 'done' | 'failed';
  readonly taken: readonly Taken[];
  /** Why it failed. */
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

/** One file → its notices, analysed and stored. @throws InputError where it cannot be read */
export async function takeIn(
  { store, pipeline }: Pick<Site, 'store' | 'pipeline'>,
  { name, bytes, language }: Upload,
): Promise<readonly Taken[]> {
  const documents = await pipeline.read(bytes, { source: sourceOf(name), language });
  const batch = documents.map((document): NoticeToSave => {
    const record = toRecord(pipeline.analyse(document), language);
    return { document, record, passages: pipeline.passages(document) };
  });
  const outcomes = await store.save(batch);
  const known = await store.lookup(documents.map(({ source }) => source));
  return batch.map(({ document, record }, index) => ({
    id: known.get(document.source)?.id ?? document.id,
    name: noticeName({ record }),
    outcome: outcomes[index] as SaveOutcome,
  }));
}

export function createQueue(site: Pick<Site, 'store' | 'pipeline' | 'onError'>): Queue {
  const waiting: { readonly id: string; readonly upload: Upload }[] = [];
  let jobs: readonly Job[] = [];
  let working: Promise<void> | undefined;

  const update = (id: string, change: Partial<Job>): void => {
    jobs = jobs.map((job) => (job.id === id ? { ...job, ...change } : job));
  };
  const refuse = async (upload: Upload, error: unknown): Promise<string> => {
    if (!(error instanceof InputError)) {
      site.onError(error);
      return say(upload.language, 'web.internal');
    }
    await site.store.recordFailure(sourceOf(upload.name), undefined, error.message).catch(site.onError);
    return error.message;
  };
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { id, upload } = next;
      update(id, { state: 'reading' });
      // Requests that came meanwhile are answered first: analysing holds the thread.
      await new Promise(setImmediate);
      try {
        update(id, { state: 'done', taken: await takeIn(site, upload) });
      } catch (error) {
        update(id, { state: 'failed', reason: await refuse(upload, error) });
      }
    }
    working = undefined;
  };

  return {
    add: (uploads) => {
      if (waiting.length + uploads.length > MOST_WAITING) return false;
      for (const upload of uploads) {
        const id = randomUUID();
        waiting.push({ id, upload });
        jobs = [{ id, name: upload.name, state: 'waiting' as const, taken: [] }, ...jobs];
      }
      const open = jobs.filter(({ state }) => state === 'waiting' || state === 'reading').length;
      jobs = jobs.slice(0, Math.max(MOST_REMEMBERED, open));
      working ??= work();
      return true;
    },
    jobs: () => jobs,
    get busy() {
      return working !== undefined;
    },
    idle: async () => working,
  };
}
