/** Search by example: notices with problems like those of one notice, or findings like one finding, nearest first. */
import type { ComparedNotice, CrossEvidence, NoticeIdentity } from './comparison.js';
import { crossEvidence, type Entry, type EntryFinding, readEntries } from './entry.js';
import { contentWords } from './problems.js';
import { createProfiler, titleKey, type Words } from './profile.js';
import { type NoticeSource, sourceOf } from './source.js';
import { cosineWith, type Vector, vectorise } from './vectors.js';
import type { Vocabulary } from './vocabulary.js';

export interface Similar {
  readonly notice: NoticeIdentity;
  /** Cosine of the word vectors, 0 to 1, four decimals. */
  readonly likeness: number;
  /** The words that both have, those that bind most first. */
  readonly words: readonly string[];
  /** For a search by finding: the finding that is like it. */
  readonly finding?: { readonly id: string; readonly titles: readonly string[]; readonly evidence: CrossEvidence };
}

interface Candidate {
  readonly id: string;
  readonly entry: Entry;
  readonly finding?: EntryFinding;
  readonly titles: readonly string[];
}

const noticeCandidates = (entries: readonly Entry[]): readonly Candidate[] =>
  entries.map((entry) => ({
    id: entry.identity.document,
    entry,
    titles: entry.findings.flatMap((finding) => finding.titles),
  }));

const findingCandidates = (entries: readonly Entry[]): readonly Candidate[] =>
  entries.flatMap((entry) =>
    entry.findings.map((finding) => ({ id: finding.id, entry, finding, titles: finding.titles })),
  );

const SHOWN_WORDS = 8;

/** Words of both vectors, by what each adds to the cosine. */
function sharedWords(a: Vector, b: Vector, word: (id: number) => string): readonly string[] {
  const weights = new Map(a.words.map((id, at) => [id, a.weights[at] as number]));
  return b.words
    .map((id, at) => ({ id, product: (weights.get(id) ?? 0) * (b.weights[at] as number) }))
    .filter(({ product }) => product > 0)
    .sort((x, y) => y.product - x.product || x.id - y.id)
    .slice(0, SHOWN_WORDS)
    .map(({ id }) => word(id));
}

const fits = (id: string, wanted: string): boolean =>
  id === wanted || id.startsWith(wanted) || id.startsWith(`sha256:${wanted}`);

export interface SimilarOptions {
  readonly vocabulary: Vocabulary;
  /** Default 10. */
  readonly limit?: number;
}

/**
 * What is most like `id`: a document's id (its beginning is enough) gives notices, a finding's id gives findings, neither
 * of the same unit's document itself. Undefined where no notice has that id.
 */
export const similar = async (
  id: string,
  notices: Iterable<ComparedNotice> | AsyncIterable<ComparedNotice>,
  { words, ...options }: SimilarOptions & { readonly words: Words },
): Promise<readonly Similar[] | undefined> =>
  similarIn(id, await sourceOf(notices, createProfiler(options.vocabulary, words)), options);

/** The same over a source whose texts are not read. */
export async function similarIn(
  id: string,
  source: NoticeSource,
  { vocabulary, limit = 10 }: SimilarOptions,
): Promise<readonly Similar[] | undefined> {
  const { entries, words } = await readEntries(source, {}, vocabulary);
  const pools = [noticeCandidates(entries), findingCandidates(entries)];
  const candidates = pools.find((pool) => pool.some((candidate) => fits(candidate.id, id)));
  if (candidates === undefined) return undefined;
  const { vectors, word } = vectorise(
    candidates.map(({ titles }) =>
      titles.flatMap((title) => contentWords(words.get(titleKey(title)) ?? [], vocabulary)),
    ),
  );
  const at = candidates.findIndex((candidate) => fits(candidate.id, id));
  const example = vectors[at] as Vector;
  const own = candidates[at]?.entry;
  const cosine = cosineWith(example);
  return candidates
    .map((candidate, index) => ({
      candidate,
      vector: vectors[index] as Vector,
      cosine: cosine(vectors[index] as Vector),
    }))
    .filter((one) => one.candidate.entry !== own && one.cosine > 0)
    .sort((a, b) => b.cosine - a.cosine || (a.candidate.id < b.candidate.id ? -1 : 1))
    .slice(0, limit)
    .map(
      ({ candidate: { entry, finding }, vector, cosine: likeness }): Similar => ({
        notice: entry.identity,
        likeness: Math.round(likeness * 10_000) / 10_000,
        words: sharedWords(example, vector, word),
        ...(finding === undefined
          ? {}
          : { finding: { id: finding.id, titles: finding.titles, evidence: crossEvidence(entry, finding.evidence) } }),
      }),
    );
}
