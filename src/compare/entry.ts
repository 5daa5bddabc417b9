/**
 * A notice cut down to what comparison needs, so that ten thousand of them fit into memory. Promises that the order of
 * entries, and with it everything that is computed from them, does not depend on the order in which notices came.
 */
import type { Evidence, FigureRecord, Inspection, Responsible, Span, Status } from '../model.js';
import { lineStarts } from '../text.js';
import type { CrossEvidence, Filter, NoticeIdentity, Substance } from './comparison.js';
import { countedWords, type Profile, titleKey } from './profile.js';
import type { NoticeSource, TermCounts } from './source.js';
import { parseUnitName, type UnitName, unitKeys } from './unit.js';
import type { Vocabulary } from './vocabulary.js';

export interface EntryFinding {
  readonly id: string;
  readonly titles: readonly string[];
  readonly status: Status;
  readonly evidence: Evidence;
  /** Its measures are those of the entry from `measure` on, `measures` of them. */
  readonly measure: number;
  readonly measures: number;
}

export interface Entry {
  /** By which the source knows the notice. */
  readonly id: string;
  readonly identity: NoticeIdentity;
  readonly name: UnitName;
  readonly inspection: Inspection;
  /** Figures that a metric claims. */
  readonly figures: readonly FigureRecord[];
  /** Figures that count units (40个单位). */
  readonly unitCounts: readonly FigureRecord[];
  readonly findings: readonly EntryFinding[];
  /** Start and end of each measure in turn: there are too many of them for objects. */
  readonly measures: Uint32Array;
  readonly responsibles: readonly Responsible[];
  readonly substance: Substance;
  /** Letters of the text, and how many fingerprints it has. */
  readonly letters: number;
  readonly prints: number;
}

/** All notices that take part, and the words of each of their titles by its key. */
export interface Entries {
  readonly entries: readonly Entry[];
  readonly words: ReadonlyMap<string, readonly string[]>;
  /** Over the titles of all notices, those that do not take part included: what is rare does not depend on the question. */
  readonly terms: TermCounts;
}

export const crossEvidence = ({ identity }: Pick<Entry, 'identity'>, evidence: Evidence): CrossEvidence => ({
  document: identity.document,
  ...evidence,
});

/** Evidence of a span of the entry's text whose line is not at hand. */
export const evidenceAt = ({ identity }: Entry, text: string, { start, end }: Span): CrossEvidence => ({
  document: identity.document,
  start,
  end,
  quote: text.slice(start, end),
  line: lineStarts(text.slice(0, start)).length,
});

/** The latest date that the notice states of itself. */
function dateOf({ published, feedback, end, start }: Inspection): string | undefined {
  return published ?? feedback ?? end ?? start;
}

function identify({ document, source, title, unit, inspection }: Profile, name: UnitName): NoticeIdentity {
  const date = dateOf(inspection);
  return {
    document,
    source,
    ...(title === undefined ? {} : { title }),
    unit: unit ?? source,
    unitKey: '',
    ...(name.regions.length === 0 ? {} : { region: name.regions.join('') }),
    ...(name.type === undefined ? {} : { unitType: name.type }),
    ...(inspection.kind === undefined ? {} : { kind: inspection.kind }),
    ...(inspection.team === undefined ? {} : { team: inspection.team }),
    ...(date === undefined ? {} : { date, year: Number(date.slice(0, 4)) }),
    summary: false,
  };
}

function passes(identity: NoticeIdentity, { regions, kinds, years, unitTypes }: Filter): boolean {
  const within = <T>(allowed: readonly T[] | undefined, value: T | undefined): boolean =>
    allowed === undefined || (value !== undefined && allowed.includes(value));
  return (
    (regions === undefined || regions.some((region) => identity.region?.includes(region) === true)) &&
    within(kinds, identity.kind) &&
    within(years, identity.year) &&
    within(unitTypes, identity.unitType)
  );
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** By date, the undated last, then by unit and document: what came first stands first. */
const byDate = ({ identity: a }: Entry, { identity: b }: Entry): number =>
  compareText(a.date ?? '9999', b.date ?? '9999') ||
  compareText(a.unitKey, b.unitKey) ||
  compareText(a.document, b.document);

function findingsOf(
  findings: Profile['findings'],
  once: (text: string) => string,
): Pick<Entry, 'findings' | 'measures'> {
  let next = 0;
  return {
    measures: Uint32Array.from(findings.flatMap((finding) => finding.measures)),
    findings: findings.map(({ id, titles, status, evidence, measures }) => {
      const measure = next;
      next += measures.length / 2;
      return {
        id,
        titles: titles.map(once),
        status: once(status) as Status,
        evidence,
        measure,
        measures: measures.length / 2,
      };
    }),
  };
}

/** Counted anew, as a store keeps them. */
function countTerms(titles: ReadonlyMap<string, readonly string[]>): TermCounts {
  const words = new Map<string, number>();
  for (const own of titles.values()) {
    for (const word of countedWords(own)) words.set(word, (words.get(word) ?? 0) + 1);
  }
  return { titles: titles.size - Number(titles.has('')), words };
}

/** Reads all profiles once; a document given twice counts once. */
export async function readEntries(source: NoticeSource, filter: Filter, vocabulary: Vocabulary): Promise<Entries> {
  const entries = new Map<string, Entry>();
  const words = new Map<string, readonly string[]>();
  const strings = new Map<string, string>();
  /** The same words of many notices, kept once. */
  const once = (text: string): string => {
    const known = strings.get(text);
    if (known === undefined) strings.set(text, text);
    return known ?? text;
  };
  for await (const { id, profile } of source.profiles()) {
    const { inspection, figures, unitCounts, findings, responsibles, substance, letters, prints } = profile;
    for (const finding of findings) {
      finding.titles.forEach((title, at) => {
        const key = titleKey(title);
        if (!words.has(key)) words.set(key, (finding.words[at] ?? '').split(' '));
      });
    }
    const name = parseUnitName(profile.unit ?? '', vocabulary);
    const identity = identify(profile, name);
    if (!passes(identity, filter)) continue;
    const known = entries.get(identity.document);
    // Of copies the one with the first source stands for all, in whatever order they come.
    if (known !== undefined && known.identity.source <= identity.source) continue;
    entries.set(identity.document, {
      id,
      identity,
      name,
      inspection,
      figures,
      unitCounts,
      ...findingsOf(findings, once),
      responsibles,
      substance,
      letters,
      prints,
    });
  }
  const list = [...entries.values()];
  const keys = unitKeys(list.map((entry) => entry.name));
  const sorted = list
    .map((entry, index): Entry => {
      // A notice without a unit is a unit of its own: nothing may be held against it.
      const unitKey = keys[index] === '' ? entry.identity.document : (keys[index] as string);
      return { ...entry, identity: { ...entry.identity, unitKey } };
    })
    .sort(byDate);
  return { entries: sorted, words, terms: (await source.terms()) ?? countTerms(words) };
}
