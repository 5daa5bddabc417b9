/**
 * Problems that several units share: titles grouped by what they are about, each group with its category, its units, since
 * when, and the measures that are typical for it. Deterministic: the most frequent title leads a group, and every other
 * title joins the nearest leader.
 */
import { fold } from '../fold.js';
import type { Status } from '../model.js';
import type {
  Limits,
  ProblemCategory,
  ProblemGroup,
  ProblemMention,
  RecurringProblems,
  TypicalMeasure,
} from './comparison.js';
import { crossEvidence, type Entry, type EntryFinding, evidenceAt } from './entry.js';
import { likeness } from './likeness.js';
import { titleKey, type Words } from './profile.js';
import type { TermCounts, Texts } from './source.js';
import { cosineWith, neighbourIndex, type Vector, vectorise } from './vectors.js';
import type { Vocabulary } from './vocabulary.js';

/** Titles with a cosine of at least this are about the same thing. */
const SAME_PROBLEM = 0.5;
const SHOWN_WORDS = 6;
const TYPICAL_MEASURES = 3;
/** Measures of a group that are read to find the typical ones. */
const SAMPLED_MEASURES = 60;
/** Two measures more alike than this say the same; one of them is enough. */
const SAME_MEASURE = 0.6;

const LETTER = /[\p{L}\p{N}]/u;

/** Those of the words that say something about the subject. */
export const contentWords = (words: readonly string[], { emptyWords }: Vocabulary): readonly string[] =>
  words.filter((word) => LETTER.test(word) && !emptyWords.has(word));

export interface ProblemContext {
  /** Words of every title by its key. */
  readonly titleWords: ReadonlyMap<string, readonly string[]>;
  /** Over all titles. */
  readonly terms: TermCounts;
  /** Words of measures that are no title's. */
  readonly words: Words;
  readonly texts: Texts;
  readonly vocabulary: Vocabulary;
  readonly limits: Limits;
}

interface Mention {
  readonly entry: Entry;
  readonly finding: EntryFinding;
  readonly title: string;
}

/** All mentions of one title, spelled alike but for punctuation. */
interface Title {
  readonly key: string;
  readonly mentions: readonly Mention[];
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Every title once, the most frequent first. What an office writes over several units is none of its own problems. */
function titlesOf(entries: readonly Entry[]): readonly Title[] {
  const byKey = new Map<string, Mention[]>();
  for (const entry of entries) {
    if (entry.identity.summary) continue;
    for (const finding of entry.findings) {
      for (const title of finding.titles) {
        const key = titleKey(title);
        if (key === '') continue;
        const mentions = byKey.get(key);
        if (mentions === undefined) byKey.set(key, [{ entry, finding, title }]);
        else mentions.push({ entry, finding, title });
      }
    }
  }
  return [...byKey]
    .map(([key, mentions]): Title => ({ key, mentions }))
    .sort((a, b) => b.mentions.length - a.mentions.length || compareText(a.key, b.key));
}

/** Indices of `vectors` by group; the first index of each group is its leader. */
export function clusterByLeader(vectors: readonly Vector[], threshold: number): readonly (readonly number[])[] {
  const leaders = neighbourIndex(threshold);
  const groups = new Map<number, number[]>();
  vectors.forEach((vector, index) => {
    const [nearest] = leaders.near(vector);
    if (nearest !== undefined) {
      groups.get(nearest.id)?.push(index);
      return;
    }
    leaders.add(index, vector);
    groups.set(index, [index]);
  });
  return [...groups.values()];
}

/** The category whose words cover most of the title; null where none occurs. */
export function categoryOf(title: string, { categories }: Vocabulary): string | null {
  let best: { readonly name: string; readonly covered: number } | undefined;
  for (const { name, words } of categories) {
    const covered = words.reduce((sum, word) => (title.includes(word) ? sum + word.length : sum), 0);
    if (covered > (best?.covered ?? 0)) best = { name, covered };
  }
  return best?.name ?? null;
}

function countBy<T>(items: readonly T[]): ReadonlyMap<T, number> {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

interface Extent {
  readonly units: number;
  readonly mentions: number;
  readonly since?: number;
  readonly until?: number;
}

function extentOf(mentions: readonly Mention[]): Extent {
  const years = mentions.flatMap(({ entry }) => entry.identity.year ?? []);
  const [since, until] = [years.reduce((a, b) => Math.min(a, b), 9999), years.reduce((a, b) => Math.max(a, b), 0)];
  return {
    units: new Set(mentions.map(({ entry }) => entry.identity.unitKey)).size,
    mentions: mentions.length,
    ...(years.length === 0 ? {} : { since, until }),
  };
}

interface SampledMeasure {
  readonly entry: Entry;
  readonly start: number;
  readonly end: number;
}

/** Measures of a group, one from each finding in turn, so that no long notice speaks for all. */
function sampleMeasures(mentions: readonly Mention[]): readonly SampledMeasure[] {
  const findings = [...new Map(mentions.map((mention) => [mention.finding, mention])).values()];
  const longest = findings.reduce((most, { finding }) => Math.max(most, finding.measures), 0);
  const sample: SampledMeasure[] = [];
  for (let round = 0; round < longest && sample.length < SAMPLED_MEASURES; round += 1) {
    for (const { entry, finding } of findings) {
      if (round >= finding.measures || sample.length === SAMPLED_MEASURES) continue;
      const at = 2 * (finding.measure + round);
      const [start, end] = [entry.measures[at] as number, entry.measures[at + 1] as number];
      sample.push({ entry, start, end });
    }
  }
  return sample;
}

/** The measures that are nearest to all others of the group, each saying something else. */
async function typicalMeasures(
  mentions: readonly Mention[],
  { words, texts, vocabulary }: ProblemContext,
): Promise<readonly TypicalMeasure[]> {
  const sample = sampleMeasures(mentions);
  const notices = await texts.of(sample.map(({ entry }) => entry.id));
  const measures = sample.map(({ start, end }, at) => (notices[at] ?? '').slice(start, end));
  const { vectors } = vectorise(measures.map((measure) => contentWords(words(fold(measure)), vocabulary)));
  const centralityOf = (vector: Vector): number => {
    const cosine = cosineWith(vector);
    return vectors.reduce((sum, other) => sum + cosine(other), 0);
  };
  const order = vectors.map((vector, index) => ({ index, centrality: centralityOf(vector) }));
  order.sort((a, b) => b.centrality - a.centrality || a.index - b.index);
  const chosen: number[] = [];
  for (const { index } of order) {
    if (chosen.length === TYPICAL_MEASURES) break;
    const measure = measures[index] ?? '';
    if (chosen.every((other) => likeness(measure, measures[other] ?? '') < SAME_MEASURE)) chosen.push(index);
  }
  return chosen.flatMap((index) => {
    const one = sample[index];
    if (one === undefined) return [];
    return [{ text: measures[index] ?? '', evidence: evidenceAt(one.entry, notices[index] ?? '', one) }];
  });
}

const toMention = ({ entry, finding, title }: Mention): ProblemMention => ({
  document: entry.identity.document,
  finding: finding.id,
  title,
  status: finding.status,
  evidence: crossEvidence(entry, finding.evidence),
});

/** A group before its typical measures are looked for. */
interface Group {
  readonly titles: readonly Title[];
  readonly mentions: readonly Mention[];
  readonly vectors: readonly Vector[];
  readonly extent: Extent;
  readonly category: string | null;
}

/** The category that most mentions have; of equals, the one that the leading title has. */
function groupCategory(titles: readonly Title[], vocabulary: Vocabulary): string | null {
  const votes = countBy(titles.flatMap(({ key, mentions }) => mentions.map(() => categoryOf(key, vocabulary))));
  const [winner] = [...votes].sort(([a, n], [b, m]) => Number(a === null) - Number(b === null) || m - n);
  return winner?.[0] ?? null;
}

/** The words that weigh most over all titles of a group. */
function bindingWords(vectors: readonly Vector[], word: (id: number) => string): readonly string[] {
  const weights = new Map<number, number>();
  for (const vector of vectors) {
    vector.words.forEach((id, at) => {
      weights.set(id, (weights.get(id) ?? 0) + (vector.weights[at] as number));
    });
  }
  return [...weights]
    .map(([id, weight]) => ({ text: word(id), weight }))
    .sort((a, b) => b.weight - a.weight || compareText(a.text, b.text))
    .slice(0, SHOWN_WORDS)
    .map(({ text }) => text);
}

function categoriesOf(groups: readonly Group[]): readonly ProblemCategory[] {
  const byCategory = new Map<string | null, Mention[]>();
  for (const { category, mentions } of groups) {
    const known = byCategory.get(category) ?? [];
    for (const mention of mentions) known.push(mention);
    byCategory.set(category, known);
  }
  return [...byCategory]
    .map(([category, mentions]): ProblemCategory => ({ category, ...extentOf(mentions) }))
    .sort((a, b) => b.units - a.units || b.mentions - a.mentions || compareText(a.category ?? '', b.category ?? ''));
}

export async function recurringProblems(
  entries: readonly Entry[],
  context: ProblemContext,
): Promise<RecurringProblems> {
  const { titleWords, terms, vocabulary, limits } = context;
  const titles = titlesOf(entries);
  const { vectors, word } = vectorise(
    titles.map(({ key }) => contentWords(titleWords.get(key) ?? [], vocabulary)),
    { documents: terms.titles, of: (one) => terms.words.get(one) ?? 0 },
  );
  const groups = clusterByLeader(vectors, SAME_PROBLEM).map((members): Group => {
    const own = members.map((index) => titles[index] as Title);
    const mentions = own.flatMap((title) => title.mentions);
    return {
      titles: own,
      mentions,
      vectors: members.map((index) => vectors[index] as Vector),
      extent: extentOf(mentions),
      category: groupCategory(own, vocabulary),
    };
  });
  const shared = groups
    .filter(({ extent }) => extent.units > 1)
    .sort(
      (a, b) =>
        b.extent.units - a.extent.units ||
        b.extent.mentions - a.extent.mentions ||
        compareText(a.titles[0]?.key ?? '', b.titles[0]?.key ?? ''),
    );
  const written: ProblemGroup[] = [];
  for (const group of shared.slice(0, limits.groups)) {
    const inOrder = [...group.mentions].sort((a, b) =>
      compareText(a.entry.identity.date ?? '9999', b.entry.identity.date ?? '9999'),
    );
    const byStatus: Partial<Record<Status, number>> = Object.fromEntries(
      countBy(group.mentions.map(({ finding }) => finding.status)),
    );
    written.push({
      title: group.mentions[0]?.title ?? '',
      category: group.category,
      ...group.extent,
      byStatus,
      words: bindingWords(group.vectors, word),
      typicalMeasures: await typicalMeasures(inOrder, context),
      examples: inOrder.slice(0, limits.mentions).map(toMention),
    });
  }
  return { categories: categoriesOf(groups), groups: written, groupCount: shared.length };
}
