/** Notices side by side for the commands: those of the store or of paths, with the words and vocabulary that comparing needs. */
import { type CompareOptions, compareIn } from '../compare/compare.js';
import type { ComparedNotice, Filter } from '../compare/comparison.js';
import { createProfiler } from '../compare/profile.js';
import { makeComparable, type NoticeSource, notComparable, sourceIn } from '../compare/source.js';
import { vocabularyOf } from '../compare/vocabulary.js';
import { InputError } from '../errors.js';
import { toRecord } from '../record.js';
import type { BetweenNotices } from '../report/between.js';
import { countedRecord, type Review } from '../report/entry.js';
import { BETWEEN_NOTICES, correctedSources, reviewsOf } from '../report/reviewed.js';
import type { NoticeFilter, StoredNotice } from '../store/store.js';
import type { CommandContext } from './context.js';
import { notices } from './documents.js';
import { toEntry, withStore } from './stored.js';

export async function comparing(context: CommandContext): Promise<Pick<CompareOptions, 'words' | 'vocabulary'>> {
  const [rules, segmenter] = await Promise.all([context.rules(), context.segmenter()]);
  return { words: (text) => segmenter.cut(text), vocabulary: vocabularyOf(rules) };
}

/** Runs `use` on the notices of the store as people corrected them, made comparable where they are not. */
export async function withStored<T>(
  context: CommandContext,
  filter: NoticeFilter,
  use: (source: NoticeSource) => Promise<T>,
): Promise<T> {
  const { vocabulary, words } = await comparing(context);
  const profiler = createProfiler(vocabulary, words);
  const readonly = { readonly: true };
  const missing = await withStore(context, (store) => notComparable(store, profiler, filter), readonly);
  if (missing.length > 0) {
    await withStore(context, (store) => makeComparable(store, profiler, missing)).catch((error: unknown) => {
      // A store that may only be read: what is missing is made on the way, each time.
      if (!(error instanceof InputError)) throw error;
    });
  }
  return withStore(
    context,
    async (store) => {
      const corrections = {
        sources: correctedSources(await store.reviews()),
        record: async (stored: StoredNotice) => countedRecord(await toEntry(context, store, stored)),
      };
      return use(sourceIn(store, profiler, { filter, corrections }));
    },
    readonly,
  );
}

/** Notices of files, analysed now. A file that cannot be read is told and left out. */
export async function* readNotices(
  context: CommandContext,
  paths: readonly string[],
  onFailure: (error: InputError) => void,
): AsyncGenerator<ComparedNotice> {
  const { lang: language } = context.options;
  for await (const outcome of notices(await context.pipeline(), paths, { language })) {
    if ('error' in outcome) onFailure(outcome.error);
    else yield { record: toRecord(outcome.value, language), text: outcome.value.document.text };
  }
}

/** What comparing the notices of the store finds, and what people decided about it; undefined where there are not two. */
export async function compareStored(
  context: CommandContext,
  filter: NoticeFilter,
): Promise<BetweenNotices | undefined> {
  const options = await comparing(context);
  const comparison = await withStored(context, filter, (source) => compareIn(source, options));
  return comparison.notices.length < 2 ? undefined : { comparison, reviews: await comparisonReviews(context) };
}

/** What people decided about checks between notices of the store, by their key. */
export const comparisonReviews = (context: CommandContext): Promise<ReadonlyMap<string, Review>> =>
  withStore(context, async (store) => reviewsOf(await store.reviews(BETWEEN_NOTICES)), { readonly: true });

/** The notices that the options of a command let take part. */
export function comparisonFilter(options: Readonly<Record<string, unknown>>): Filter {
  const many = (name: string): readonly string[] | undefined => options[name] as readonly string[] | undefined;
  const regions = many('region');
  const kinds = many('kind');
  const years = many('year')?.map(Number);
  const unitTypes = many('type');
  return {
    ...(regions === undefined ? {} : { regions }),
    ...(kinds === undefined ? {} : { kinds }),
    ...(years === undefined ? {} : { years }),
    ...(unitTypes === undefined ? {} : { unitTypes }),
  };
}
