/** Notices of the store as reports take them, with the decisions of reviewers. */

import type { ReportEntry, Review } from '../report/entry.js';
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

export async function toEntry(store: Store, { document, record }: StoredNotice): Promise<ReportEntry> {
  const decisions = await store.reviews(document.source);
  const reviews = new Map<string, Review>();
  for (const { key, decision, reason, who, at } of decisions) {
    if (decision === 'accepted' || decision === 'dismissed') reviews.set(key, { decision, reason, who, when: at });
  }
  return { record, text: document.text, blocks: document.blocks, reviews };
}

export async function* storedEntries(context: CommandContext, filter: NoticeFilter = {}): AsyncGenerator<ReportEntry> {
  const store = await openStore(context.options.store, { language: context.options.lang, readonly: true });
  try {
    for await (const stored of store.iterate(filter)) yield await toEntry(store, stored);
  } finally {
    await store.close();
  }
}
