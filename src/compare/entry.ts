/**
 * A notice cut down to what comparison needs, so that ten thousand of them fit into memory. Promises that the order of
 * entries, and with it everything that is computed from them, does not depend on the order in which notices came.
 */
import type { Evidence, FigureRecord, Inspection, Responsible, Span, Status } from '../model.js';
import { lineStarts } from '../text.js';
import type { ComparedNotice, CrossEvidence, Filter, NoticeIdentity, Substance } from './comparison.js';
import { measureSubstance } from './substance.js';
import { parseUnitName, type UnitName, unitKeys } from './unit.js';
import type { Vocabulary } from './vocabulary.js';

/** Where a quote stands; the quote itself is cut from the text when it is shown. */
export interface Place extends Span {
  readonly line: number;
  readonly page?: number;
}

export interface EntryFinding {
  readonly id: string;
  readonly titles: readonly string[];
  readonly status: Status;
  readonly place: Place;
  /** Start and end of each measure in turn: there are too many of them for objects. */
  readonly measures: readonly number[];
}

export interface Entry {
  readonly identity: NoticeIdentity;
  readonly name: UnitName;
  readonly inspection: Inspection;
  readonly text: string;
  /** Figures that a metric claims. */
  readonly figures: readonly FigureRecord[];
  /** Figures that count units (40个单位). */
  readonly unitCounts: readonly FigureRecord[];
  readonly findings: readonly EntryFinding[];
  readonly responsibles: readonly Responsible[];
  readonly substance: Substance;
}

const placeOf = ({ start, end, line, page }: Evidence): Place => ({
  start,
  end,
  line,
  ...(page === undefined ? {} : { page }),
});

export const evidenceIn = ({ identity, text }: Entry, place: Place): CrossEvidence => ({
  document: identity.document,
  quote: text.slice(place.start, place.end),
  ...place,
});

/** Evidence of a span whose line is not at hand. */
export const evidenceAt = (entry: Entry, { start, end }: Span): CrossEvidence =>
  evidenceIn(entry, { start, end, line: lineStarts(entry.text.slice(0, start)).length });

export const crossEvidence = ({ identity }: Pick<Entry, 'identity'>, evidence: Evidence): CrossEvidence => ({
  document: identity.document,
  ...evidence,
});

/** The latest date that the notice states of itself. */
function dateOf({ published, feedback, end, start }: Inspection): string | undefined {
  return published ?? feedback ?? end ?? start;
}

function distil({ record, text }: ComparedNotice, vocabulary: Vocabulary): Entry {
  const { document, unit, inspection } = record;
  const name = parseUnitName(unit?.name ?? '', vocabulary);
  const date = dateOf(inspection);
  const identity: NoticeIdentity = {
    document: document.id,
    source: document.source,
    unit: unit?.name ?? document.source,
    unitKey: '',
    ...(name.regions.length === 0 ? {} : { region: name.regions.join('') }),
    ...(name.type === undefined ? {} : { unitType: name.type }),
    ...(inspection.kind === undefined ? {} : { kind: inspection.kind }),
    ...(inspection.team === undefined ? {} : { team: inspection.team }),
    ...(date === undefined ? {} : { date, year: Number(date.slice(0, 4)) }),
    summary: false,
  };
  return {
    identity,
    name,
    inspection,
    text,
    figures: record.figures.filter((figure) => figure.metric !== null),
    unitCounts: record.figures.filter(
      (figure) => figure.qualifier === 'exact' && isUnitCount(figure, vocabulary.coveredUnitNouns),
    ),
    findings: record.findings.map((finding) => ({
      id: finding.id,
      titles: finding.titles,
      status: finding.status,
      place: placeOf(finding.evidence),
      measures: finding.measures.flatMap(({ evidence: { start, end } }) => [start, end]),
    })),
    responsibles: record.responsibles,
    substance: measureSubstance(record, text),
  };
}

/** 40个单位 (noun), 12家单位, and 5镇 where the counted word is the classifier. */
const isUnitCount = ({ noun, unit }: FigureRecord, nouns: ReadonlySet<string>): boolean =>
  nouns.has(noun) || nouns.has(unit);

function passes({ identity }: Entry, { regions, kinds, years, unitTypes }: Filter): boolean {
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

/** Reads all notices once; a document given twice counts once. */
export async function readEntries(
  notices: Iterable<ComparedNotice> | AsyncIterable<ComparedNotice>,
  filter: Filter,
  vocabulary: Vocabulary,
): Promise<readonly Entry[]> {
  const entries = new Map<string, Entry>();
  for await (const notice of notices) {
    const entry = distil(notice, vocabulary);
    if (passes(entry, filter)) entries.set(entry.identity.document, entry);
  }
  const list = [...entries.values()];
  const keys = unitKeys(list.map((entry) => entry.name));
  return list
    .map((entry, index): Entry => {
      // A notice without a unit is a unit of its own: nothing may be held against it.
      const unitKey = keys[index] === '' ? entry.identity.document : (keys[index] as string);
      return { ...entry, identity: { ...entry.identity, unitKey } };
    })
    .sort(byDate);
}
