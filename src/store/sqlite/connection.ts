/** One SQLite connection as promises. The errors that a user can mend become one clear line. */
import { stat } from 'node:fs/promises';
import sqlite3 from 'sqlite3';
import { InputError } from '../../errors.js';
import { say } from '../../messages/index.js';
import type { Language } from '../../model.js';
import type { Session, Value } from '../engine.js';

export interface Connection extends Session {
  close(): Promise<void>;
}

export type ConnectionMode = 'create' | 'read';

/** How long a statement waits for another process that writes. */
const BUSY_MILLISECONDS = 60_000;

const MODES: Readonly<Record<ConnectionMode, number>> = {
  create: sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE,
  read: sqlite3.OPEN_READONLY,
};

/** SQLite's primary result codes that are the user's to mend, and what is said of them. */
const MENDABLE: Readonly<Record<number, string>> = {
  [sqlite3.BUSY]: 'store.locked',
  [sqlite3.LOCKED]: 'store.locked',
  [sqlite3.FULL]: 'store.full',
  [sqlite3.NOTADB]: 'store.notDatabase',
  [sqlite3.CORRUPT]: 'store.corrupt',
  [sqlite3.CANTOPEN]: 'store.cannotOpen',
  [sqlite3.READONLY]: 'store.readonly',
  [sqlite3.PERM]: 'store.readonly',
  [sqlite3.IOERR]: 'store.unreadable',
};

export interface Place {
  readonly path: string;
  readonly language: Language;
}

/** An SQLite error as `InputError` where the user can mend it; any other error as it is. */
export function asInputError(error: Error & { errno?: number }, { path, language }: Place): Error {
  // The low byte is the primary code; the rest says more closely what happened.
  const code = MENDABLE[(error.errno ?? 0) & 0xff];
  return code === undefined ? error : new InputError(say(language, code), { file: path }, { cause: error });
}

export const isLocked = (error: unknown): boolean =>
  error instanceof InputError && ((error.cause as { errno?: number } | undefined)?.errno ?? 0) % 256 === sqlite3.BUSY;

/** @throws InputError where the file is not, or no longer, the one of `inode`. */
export async function requireSameFile({ path, language }: Place, inode: number): Promise<void> {
  const now = await stat(path).catch(() => undefined);
  // SQLite would go on writing into a deleted file without a word.
  if (now?.ino !== inode) throw new InputError(say(language, 'store.gone'), { file: path });
}

export async function connect(place: Place, mode: ConnectionMode): Promise<Connection> {
  const database = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened = new sqlite3.Database(place.path, MODES[mode], (error) =>
      error === null ? resolve(opened) : reject(asInputError(error, place)),
    );
  });
  database.configure('busyTimeout', BUSY_MILLISECONDS);
  return {
    all: <T>(sql: string, values: readonly Value[] = []) =>
      new Promise<T[]>((resolve, reject) => {
        database.all<T>(sql, values, (error, rows) => {
          if (error === null) resolve(rows);
          else reject(asInputError(error, place));
        });
      }),
    close: () =>
      new Promise((resolve, reject) => {
        database.close((error) => (error === null ? resolve() : reject(asInputError(error, place))));
      }),
  };
}
