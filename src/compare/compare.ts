/**
 * Notices → what one notice cannot tell: figures side by side, contradictions between documents, problems that recur,
 * passages that are shared, and how concrete each notice is. Deterministic: the same notices give the same bytes, in
 * whatever order they come.
 */
import { type ComparedNotice, type Comparison, DEFAULT_LIMITS, type Filter, type Limits } from './comparison.js';
import { keyedBySource } from './cross-check.js';
import { type Entry, readEntries } from './entry.js';
import { compareFigures } from './figures.js';
import { sharedPassages } from './passages.js';
import { checkPosts } from './posts.js';
import { recurringProblems } from './problems.js';
import { createProfiler, type Words } from './profile.js';
import { checkSummaries, findSummaries, type SummaryEntry } from './rollup.js';
import { checkRounds } from './rounds.js';
import { keptTexts, type NoticeSource, sourceOf } from './source.js';
import { compareSubstance } from './substance.js';
import type { Vocabulary } from './vocabulary.js';

export interface CompareOptions {
  /** Words of a text; asked for titles of problems and a sample of measures, never for whole notices. */
  readonly words: Words;
  readonly vocabulary: Vocabulary;
  readonly filter?: Filter;
  readonly limits?: Partial<Limits>;
}

const asSummary = (entry: Entry): Entry => ({ ...entry, identity: { ...entry.identity, summary: true } });

/** Reads `notices` once. Their texts stay in memory while comparing. */
export const compare = async (
  notices: Iterable<ComparedNotice> | AsyncIterable<ComparedNotice>,
  options: CompareOptions,
): Promise<Comparison> =>
  compareIn(await sourceOf(notices, createProfiler(options.vocabulary, options.words)), options);

/** The same over a source that hands out texts only where they are asked for. */
export async function compareIn(
  source: NoticeSource,
  { words, vocabulary, filter = {}, limits: someLimits = {} }: CompareOptions,
): Promise<Comparison> {
  const limits = { ...DEFAULT_LIMITS, ...someLimits };
  const texts = keptTexts(source);
  const { entries: read, words: titleWords, terms } = await readEntries(source, filter, vocabulary);
  const summaryOf = new Map((await findSummaries(read, texts, vocabulary)).map((summary) => [summary.entry, summary]));
  const entries: Entry[] = [];
  const summaries: SummaryEntry[] = [];
  for (const entry of read) {
    const summary = summaryOf.get(entry);
    const marked = summary === undefined ? entry : asSummary(entry);
    entries.push(marked);
    if (summary !== undefined) summaries.push({ ...summary, entry: marked });
  }
  return {
    filter,
    notices: entries.map(({ identity }) => identity),
    figures: compareFigures(entries, vocabulary),
    checks: keyedBySource(
      [
        ...checkRounds(entries, vocabulary),
        ...checkSummaries(summaries, entries, vocabulary),
        ...checkPosts(entries, vocabulary),
      ],
      entries,
    ),
    problems: await recurringProblems(entries, { titleWords, terms, words, texts, vocabulary, limits }),
    passages: await sharedPassages(entries, source, texts, vocabulary, limits),
    substance: compareSubstance(entries),
  };
}
