/**
 * What comparing needs of a notice, made once from the notice alone and kept as bytes: its profile (who speaks, what it
 * states, its problems with their words, how concrete it is) and its fingerprints. Comparing reads these and no texts,
 * but for the few that it shows.
 */
import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { fold } from '../fold.js';
import type { Evidence, FigureRecord, Inspection, Responsible, Span, Status } from '../model.js';
import type { ComparedNotice, Substance } from './comparison.js';
import { packPrints } from './fingerprints.js';
import { ownLetterCounter } from './letters.js';
import { measureSubstance } from './substance.js';
import type { Vocabulary } from './vocabulary.js';

/** Words of a text, in order. */
export type Words = (text: string) => readonly string[];

export interface ProfileFinding {
  readonly id: string;
  readonly titles: readonly string[];
  /** The words of each title's letters, parted by spaces. */
  readonly words: readonly string[];
  readonly status: Status;
  readonly evidence: Evidence;
  /** Start and end of each measure in turn: there are too many of them for objects. */
  readonly measures: readonly number[];
}

export interface Profile {
  /** `document.id`. */
  readonly document: string;
  readonly source: string;
  readonly title?: string;
  readonly unit?: string;
  readonly inspection: Inspection;
  /** Figures that a metric claims. */
  readonly figures: readonly FigureRecord[];
  /** Figures that count units (40个单位). */
  readonly unitCounts: readonly FigureRecord[];
  readonly findings: readonly ProfileFinding[];
  readonly responsibles: readonly Responsible[];
  readonly substance: Substance;
  /** Letters of the text, and how many fingerprints it has. */
  readonly letters: number;
  readonly prints: number;
}

/** As the store keeps it. */
export interface Comparable {
  readonly stamp: string;
  readonly profile: Uint8Array;
  readonly prints: Uint8Array;
  /** Each title once; `title` names it together with its words. */
  readonly titles: readonly { readonly title: string; readonly words: string }[];
}

/** Raised whenever the same notice would give other bytes. */
const FORMAT = 3;

export interface Profiler {
  /** The same for all that makes the same profiles: what has another one is made anew. */
  readonly stamp: string;
  /** @param dates of the text, where they are at hand */
  profile(notice: ComparedNotice, dates?: readonly Span[]): Comparable;
}

/** A title without punctuation: what is spelled alike is one title. */
export const titleKey = (title: string): string => fold(title).replace(/[^\p{L}\p{N}]/gu, '');

/** 40个单位 (noun), 12家单位, and 5镇 where the counted word is the classifier. */
const isUnitCount = ({ noun, unit, qualifier }: FigureRecord, nouns: ReadonlySet<string>): boolean =>
  qualifier === 'exact' && (nouns.has(noun) || nouns.has(unit));

/** A line that names the unit and is longer is no title but a sentence. */
const LONGEST_TITLE = 60;

/** What the file says is its title, else the line that names the unit. */
function titleOf({ document, unit }: ComparedNotice['record'], text: string): string | undefined {
  if (document.title !== undefined) return document.title;
  if (unit === undefined) return undefined;
  const [before, after] = [text.slice(0, unit.evidence.start), text.slice(unit.evidence.start)];
  const line = `${before.slice(before.lastIndexOf('\n') + 1)}${after.split('\n', 1)[0]}`.trim();
  return line.length <= LONGEST_TITLE ? line : undefined;
}

/** No title has so long a word, and no index takes it. */
const LONGEST_WORD = 100;

/** The different words of a title that are counted, from the words of its letters. */
export const countedWords = (words: readonly string[]): readonly string[] =>
  [...new Set(words)].filter((word) => word !== '' && word.length <= LONGEST_WORD);

function titlesIn(findings: readonly ProfileFinding[]): Comparable['titles'] {
  const titles = new Map<string, string>();
  for (const finding of findings) {
    finding.titles.forEach((written, at) => {
      const key = titleKey(written);
      const words = finding.words[at] ?? '';
      const title = createHash('sha256').update(`${key} ${words}`).digest('hex').slice(0, 16);
      if (key !== '') titles.set(title, countedWords(words.split(' ')).join(' '));
    });
  }
  return [...titles].map(([title, words]) => ({ title, words }));
}

/** Which rules of the vocabulary a profile depends on. The others are applied when notices are compared. */
export const profileStamp = ({ genericPhrases, coveredUnitNouns }: Vocabulary): string =>
  createHash('sha256')
    .update(JSON.stringify([FORMAT, genericPhrases, [...coveredUnitNouns]]))
    .digest('hex')
    .slice(0, 16);

export function createProfiler(vocabulary: Vocabulary, words: Words): Profiler {
  const stamp = profileStamp(vocabulary);
  const ownLetters = ownLetterCounter(vocabulary.genericPhrases);
  return {
    stamp,
    profile({ record, text }, dates) {
      const { document, unit, inspection, figures } = record;
      const title = titleOf(record, text);
      const prints = packPrints(text, ownLetters);
      const profile: Profile = {
        document: document.id,
        source: document.source,
        ...(title === undefined ? {} : { title }),
        ...(unit === undefined ? {} : { unit: unit.name }),
        inspection,
        figures: figures.filter((figure) => figure.metric !== null),
        unitCounts: figures.filter((figure) => isUnitCount(figure, vocabulary.coveredUnitNouns)),
        findings: record.findings.map(({ id, titles, status, evidence, measures }) => ({
          id,
          titles,
          words: titles.map((title) => words(titleKey(title)).join(' ')),
          status,
          evidence,
          measures: measures.flatMap((measure) => [measure.evidence.start, measure.evidence.end]),
        })),
        responsibles: record.responsibles,
        substance: measureSubstance(record, text, dates),
        letters: prints.letters,
        prints: prints.count,
      };
      // Level 1 is half the cost of the default and a fifth larger.
      return {
        stamp,
        profile: deflateRawSync(JSON.stringify(profile), { level: 1 }),
        prints: prints.bytes,
        titles: titlesIn(profile.findings),
      };
    },
  };
}

export const readProfile = (bytes: Uint8Array): Profile =>
  JSON.parse(inflateRawSync(bytes).toString('utf8')) as Profile;
