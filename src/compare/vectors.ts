/**
 * Word vectors weighted by TF-IDF, and a search for those that are near: candidates come from an inverted index of each
 * vector's rarest words only, which loses no neighbour above the threshold but among words that are everywhere.
 */
import { TfIdf } from 'natural/lib/natural/tfidf/index.js';

/** Words by number, the rarest of all vectors first, with weights of unit length. */
export interface Vector {
  readonly words: readonly number[];
  readonly weights: readonly number[];
}

export interface Vectors {
  readonly vectors: readonly Vector[];
  /** The word that a number stands for. */
  readonly word: (id: number) => string;
}

/** natural keeps words as keys of plain objects, where `__proto__` would be none. */
const termOf = (word: string): string => ` ${word}`;

/** How many documents there are, and in how many of them each word stands. */
export interface Frequencies {
  readonly documents: number;
  of(word: string): number;
}

/** A vector for each list of words. @param frequencies of a larger collection that the documents are part of; else their own */
export function vectorise(documents: readonly (readonly string[])[], frequencies?: Frequencies): Vectors {
  const model = new TfIdf();
  const ids = new Map<string, number>();
  const names: string[] = [];
  const frequency: number[] = [];
  const bags = documents.map((words) => {
    model.addDocument(words.map(termOf));
    const bag = [...new Set(words)].map((word) => {
      const known = ids.get(word);
      if (known !== undefined) return known;
      ids.set(word, names.length);
      return names.push(word) - 1;
    });
    for (const id of bag) frequency[id] = (frequency[id] ?? 0) + 1;
    return bag;
  });
  if (frequencies !== undefined) {
    names.forEach((name, id) => {
      frequency[id] = Math.max(frequencies.of(name), frequency[id] as number);
    });
  }
  const total = Math.max(frequencies?.documents ?? 0, documents.length);
  // natural counts a word's documents by going through all of them for each word: its cache is filled from our own count.
  names.forEach((name, id) => {
    model._idfCache[termOf(name)] = 1 + Math.log(total / (1 + (frequency[id] as number)));
  });
  const vectors = bags.map((bag, index): Vector => {
    const weighted = bag.map((id) => ({ id, weight: model.tfidf([termOf(names[id] as string)], index) }));
    weighted.sort(
      (a, b) =>
        (frequency[a.id] as number) - (frequency[b.id] as number) ||
        compareText(names[a.id] as string, names[b.id] as string),
    );
    const norm = Math.sqrt(weighted.reduce((sum, { weight }) => sum + weight * weight, 0)) || 1;
    return { words: weighted.map(({ id }) => id), weights: weighted.map(({ weight }) => weight / norm) };
  });
  return { vectors, word: (id) => names[id] as string };
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The cosine of other vectors with this one. */
export function cosineWith(vector: Vector): (other: Vector) => number {
  const weights = new Map(vector.words.map((word, at) => [word, vector.weights[at] as number]));
  return ({ words, weights: others }) =>
    words.reduce((sum, word, at) => sum + (weights.get(word) ?? 0) * (others[at] as number), 0);
}

export interface Neighbour {
  readonly id: number;
  readonly cosine: number;
}

export interface NeighbourIndex {
  add(id: number, vector: Vector): void;
  /** Added vectors with a cosine of at least the threshold, nearest first, then in order of id. */
  near(vector: Vector): readonly Neighbour[];
}

/** Vectors that are known by one word. One that more of them have tells little, and the first are the most frequent. */
const MOST_KNOWN_BY = 300;

/**
 * An index for one threshold. All vectors have their words in one order, so that of two that are near the first word in
 * common stands, in either, before what is too light to reach the threshold alone: only words up to there are indexed and
 * looked up (prefix filtering: Chaudhuri, Ganti, Kaushik 2006; Bayardo, Ma, Srikant 2007).
 */
export function neighbourIndex(threshold: number): NeighbourIndex {
  const postings = new Map<number, number[]>();
  const added = new Map<number, Vector>();
  const prefixOf = ({ words, weights }: Vector): readonly number[] => {
    let remaining = weights.reduce((sum, weight) => sum + weight * weight, 0);
    const end = weights.findIndex((weight) => {
      if (Math.sqrt(Math.max(0, remaining)) < threshold) return true;
      remaining -= weight * weight;
      return false;
    });
    return end < 0 ? words : words.slice(0, end);
  };
  return {
    add(id, vector) {
      added.set(id, vector);
      for (const word of prefixOf(vector)) {
        const list = postings.get(word);
        if (list === undefined) postings.set(word, [id]);
        else if (list.length < MOST_KNOWN_BY) list.push(id);
      }
    },
    near(vector) {
      const candidates = new Set(prefixOf(vector).flatMap((word) => postings.get(word) ?? []));
      const cosine = cosineWith(vector);
      return [...candidates]
        .map((id): Neighbour => ({ id, cosine: cosine(added.get(id) as Vector) }))
        .filter((neighbour) => neighbour.cosine >= threshold)
        .sort((a, b) => b.cosine - a.cosine || a.id - b.id);
    },
  };
}
