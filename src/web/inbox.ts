/**
 * Where sent files wait on disk, so that none is lost when the program stops: each as its bytes and, written last, a line that
 * names it. A file whose line is missing never arrived whole.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A file in the inbox. */
export interface Held {
  readonly id: string;
  /** As its sender named it. */
  readonly name: string;
}

export interface Inbox {
  put(upload: Upload): Promise<Held>;
  bytes(id: string): Promise<Uint8Array>;
  drop(id: string): Promise<void>;
  /** What an earlier run left, the oldest first. */
  left(): Promise<readonly Held[]>;
}

const NAMED = '.json';
const TIME_DIGITS = 15;

/** The folder is made when a first file is put there. */
export function openInbox(folder: string): Inbox {
  let count = 0;
  const bytesAt = (id: string): string => join(folder, `${id}.bytes`);
  const nameAt = (id: string): string => join(folder, `${id}${NAMED}`);
  /** Ids sort as they came. */
  const newId = (): string => {
    count += 1;
    const order = [Date.now(), count].map((part) => String(part).padStart(TIME_DIGITS, '0'));
    return [...order, randomUUID()].join('-');
  };
  return {
    put: async ({ name, bytes }) => {
      await mkdir(folder, { recursive: true });
      const id = newId();
      await writeFile(bytesAt(id), bytes);
      const unfinished = join(folder, `${id}.part`);
      await writeFile(unfinished, JSON.stringify({ name }));
      await rename(unfinished, nameAt(id));
      return { id, name };
    },
    bytes: (id) => readFile(bytesAt(id)),
    drop: async (id) => {
      await rm(nameAt(id), { force: true });
      await rm(bytesAt(id), { force: true });
    },
    left: async () => {
      const files = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith(NAMED)).sort();
      const held = files.map(async (file): Promise<Held> => {
        const { name } = JSON.parse(await readFile(join(folder, file), 'utf8')) as { readonly name: string };
        return { id: file.slice(0, -NAMED.length), name };
      });
      return Promise.all(held);
    },
  };
}
