/** Notices of the store as reports take them, with the decisions of reviewers. */

import { normalize } from 'node:path';
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import type { ReportEntry } from '../report/entry.js';
import { reviewedEntry } from '../report/reviewed.js';
import type { NoticeFilter, Store, StoredNotice } from '../store/store.js';
import { openStore } from '../store/store.js';
import type { CommandContext } from './context.js';

/** Opens the store, runs `use`, and closes it whatever happens. */
export async function withStore<T>(
  context: CommandContext,
  use: (store: Store) => Promise<T>,
  options: { readonly readonly?: boolean } = {},
): Promise<T> {
  const store = await openStore(context.options.store, {
    language: context.options.lang,
    now: () => context.now().toISOString(),
    ...options,
  });
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

/** By id, or by path: `./a.txt` and `a.txt` are one. Undefined where the store holds no such notice. */
export const findNotice = async (store: Store, idOrPath: string): Promise<StoredNotice | undefined> =>
  (await store.get(idOrPath)) ?? (idOrPath === '' ? undefined : store.get(normalize(idOrPath)));

/** The notice that a command names. @throws InputError where the store holds none. */
export async function namedNotice(context: CommandContext, store: Store, idOrPath: string): Promise<StoredNotice> {
  const stored = await findNotice(store, idOrPath);
  if (stored !== undefined) return stored;
  const { lang, store: file } = context.options;
  throw new InputError(say(lang, 'cli.show.none', { id: idOrPath }), { file });
}

export async function toEntry(context: CommandContext, store: Store, stored: StoredNotice): Promise<ReportEntry> {
  const { lexicon } = await context.rules();
  return reviewedEntry(stored, await store.reviews(stored.document.source), context.options.lang, lexicon);
}

export async function* storedEntries(context: CommandContext, filter: NoticeFilter = {}): AsyncGenerator<ReportEntry> {
  const { lang } = context.options;
  const store = await openStore(context.options.store, { language: lang, readonly: true });
  try {
    for await (const stored of store.iterate(filter)) yield await toEntry(context, store, stored);
  } finally {
    await store.close();
  }
}
