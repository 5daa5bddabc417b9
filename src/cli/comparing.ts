/** Notices side by side for the commands: those of the store or of paths, with the words and vocabulary that comparing needs. */
import { type CompareOptions, compare } from '../compare/compare.js';
import type { ComparedNotice, Comparison, Filter } from '../compare/comparison.js';
import { vocabularyOf } from '../compare/vocabulary.js';
import { toRecord } from '../record.js';
import type { NoticeFilter } from '../store/store.js';
import { openStore } from '../store/store.js';
import type { CommandContext } from './context.js';
import { notices } from './documents.js';

export async function comparing(context: CommandContext): Promise<Pick<CompareOptions, 'words' | 'vocabulary'>> {
  const [rules, segmenter] = await Promise.all([context.rules(), context.segmenter()]);
  return { words: (text) => segmenter.cut(text), vocabulary: vocabularyOf(rules) };
}

export async function* storedNotices(
  context: CommandContext,
  filter: NoticeFilter = {},
): AsyncGenerator<ComparedNotice> {
  const store = await openStore(context.options.store, { language: context.options.lang, readonly: true });
  try {
    for await (const { document, record } of store.iterate(filter)) yield { record, text: document.text };
  } finally {
    await store.close();
  }
}

/** Notices of files, analysed now. @throws InputError at the first that cannot be read */
export async function* readNotices(context: CommandContext, paths: readonly string[]): AsyncGenerator<ComparedNotice> {
  const { lang: language } = context.options;
  for await (const outcome of notices(await context.pipeline(), paths, { language })) {
    if ('error' in outcome) throw outcome.error;
    yield { record: toRecord(outcome.value, language), text: outcome.value.document.text };
  }
}

/** What comparing the notices of the store finds; undefined where there are not two. */
export async function compareStored(context: CommandContext, filter: NoticeFilter): Promise<Comparison | undefined> {
  const comparison = await compare(storedNotices(context, filter), await comparing(context));
  return comparison.notices.length < 2 ? undefined : comparison;
}

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
