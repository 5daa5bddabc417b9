/**
 * How concrete a notice is: which of its measures name a person, a date, a figure or a document, and which of its
 * outcomes are more than wishes. Counts first; the index is only their mean.
 */
import { fold } from '../fold.js';
import type { NoticeRecord, Span } from '../model.js';
import { scanDates } from '../number/dates.js';
import { overlaps } from '../text.js';
import type { NoticeSubstance, Share, Substance, SubstanceComparison, UnitSubstance } from './comparison.js';
import type { Entry } from './entry.js';

/** Kinds of check that call an outcome a wish or a repetition of its measure. */
const EMPTY_OUTCOMES: ReadonlySet<string> = new Set(['vague', 'echo']);

/** A test whether a span holds one of `marks`, in logarithmic time. Marks do not nest. */
function holdsOneOf(marks: readonly Span[]): (span: Span) => boolean {
  const sorted = [...marks].sort((a, b) => a.start - b.start);
  return ({ start, end }) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] as Span).start < start) low = middle + 1;
      else high = middle;
    }
    const first = sorted[low];
    return first !== undefined && first.end <= end;
  };
}

/** The mean of the parts that have something to count. */
function indexOf(parts: readonly Share[]): number | undefined {
  const counted = parts.filter((part) => part.of > 0);
  if (counted.length === 0) return undefined;
  const mean = counted.reduce((sum, part) => sum + part.count / part.of, 0) / counted.length;
  return Math.round(mean * 10_000) / 10_000;
}

type Parts = Omit<Substance, 'index'>;

function withIndex(parts: Parts): Substance {
  const index = indexOf(Object.values(parts));
  return { ...parts, ...(index === undefined ? {} : { index }) };
}

/** @param dates of the text, where they are at hand */
export function measureSubstance(
  record: NoticeRecord,
  text: string,
  dates: readonly Span[] = scanDates(fold(text)),
): Substance {
  const measures = record.findings.flatMap((finding) => finding.measures);
  const outcomes = record.findings.flatMap((finding) => finding.outcomes);
  const people = record.responsibles.filter((one) => one.kind === 'person').map((one) => one.name);
  const emptyOutcomes = record.checks
    .filter((check) => EMPTY_OUTCOMES.has(check.kind) && check.verdict === 'observed')
    .flatMap((check) => check.evidence);

  const hasDate = holdsOneOf(dates);
  const hasFigure = holdsOneOf(record.figures.map((figure) => figure.evidence));
  const hasDocument = holdsOneOf(record.documents.map((document) => document.evidence));
  const hasPerson = (said: string): boolean => people.some((name) => said.includes(name));

  const share = <T>(items: readonly T[], holds: (item: T) => boolean): Share => ({
    count: items.filter(holds).length,
    of: items.length,
  });
  return withIndex({
    measuresWithPerson: share(measures, (one) => one.responsibles.length > 0 || hasPerson(one.text)),
    measuresWithDate: share(measures, (one) => one.deadline !== undefined || hasDate(one.evidence)),
    measuresWithFigure: share(measures, (one) => hasFigure(one.evidence)),
    measuresWithDocument: share(measures, (one) => hasDocument(one.evidence)),
    concreteOutcomes: share(
      outcomes,
      (one) =>
        (hasFigure(one.evidence) || hasDate(one.evidence) || hasDocument(one.evidence) || hasPerson(one.text)) &&
        !emptyOutcomes.some((evidence) => overlaps(evidence, one.evidence)),
    ),
  });
}

const addShares = (a: Share, b: Share): Share => ({ count: a.count + b.count, of: a.of + b.of });

const addParts = (a: Parts, b: Parts): Parts => ({
  measuresWithPerson: addShares(a.measuresWithPerson, b.measuresWithPerson),
  measuresWithDate: addShares(a.measuresWithDate, b.measuresWithDate),
  measuresWithFigure: addShares(a.measuresWithFigure, b.measuresWithFigure),
  measuresWithDocument: addShares(a.measuresWithDocument, b.measuresWithDocument),
  concreteOutcomes: addShares(a.concreteOutcomes, b.concreteOutcomes),
});

const partsOf = ({ index: _index, ...parts }: Substance): Parts => parts;

/** Each notice by itself, and each unit's notices together; the least concrete first. */
export function compareSubstance(entries: readonly Entry[]): SubstanceComparison {
  const notices = entries.map(
    ({ identity, substance }): NoticeSubstance => ({ document: identity.document, ...substance }),
  );
  const units = new Map<string, { unit: string; parts: Parts }>();
  for (const { identity, substance } of entries) {
    const parts = partsOf(substance);
    const known = units.get(identity.unitKey);
    units.set(identity.unitKey, {
      unit: identity.unit,
      parts: known === undefined ? parts : addParts(known.parts, parts),
    });
  }
  const leastConcreteFirst = (a: Substance, b: Substance): number => (a.index ?? 2) - (b.index ?? 2);
  return {
    notices: notices.sort(leastConcreteFirst),
    units: [...units]
      .map(([unitKey, { unit, parts }]): UnitSubstance => ({ unitKey, unit, ...withIndex(parts) }))
      .sort(leastConcreteFirst),
  };
}
