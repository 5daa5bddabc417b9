/** A record against its gold record: what is missing and what is extra, part by part. */
import type { Evidence, NoticeRecord } from '../model.js';
import type { Gold } from './gold.js';

/** Parts that are scored by precision and recall. */
export const PARTS = [
  'sections',
  'findings',
  'measures',
  'outcomes',
  'figures',
  'responsibles',
  'roles',
  'assigned',
  'status',
  'deadlines',
  'facts',
  'checks',
] as const;
export type Part = (typeof PARTS)[number];

export interface Score {
  readonly hits: number;
  readonly missing: readonly Located[];
  readonly extra: readonly Located[];
}

export interface Located {
  readonly item: string;
  readonly line?: number;
}

export type Scores = Readonly<Record<Part, Score>>;

/** Texts agree but for white space and the punctuation at their ends. */
const bare = (text: string): string => text.replace(/\s/gu, '').replace(/^[，。；：、,;:.]+|[，。；：、,;:.]+$/gu, '');

const located = (item: string, evidence?: Evidence): Located =>
  evidence === undefined ? { item } : { item, line: evidence.line };

function compare(wanted: readonly Located[], got: readonly Located[]): Score {
  const left = [...wanted];
  const extra = got.filter(({ item }) => {
    const at = left.findIndex((other) => other.item === item);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return { hits: got.length - extra.length, missing: left, extra };
}

export function score(record: NoticeRecord, gold: Gold): Scores {
  const wantedFindings = gold.findings ?? [];
  const titleOf = (titles: readonly string[]): string => titles.map(bare).join(' | ');
  const placeOf = (finding: {
    section?: string | null | undefined;
    number?: string | null | undefined;
    titles: readonly string[];
  }): string => `${finding.section ?? '-'} ${finding.number ?? '-'} ${titleOf(finding.titles)}`;
  // Statuses and deadlines are held against each other only where the gold record states them.
  const stated = new Map(wantedFindings.map((finding) => [titleOf(finding.titles), finding]));
  const ofFinding = <T>(value: T | undefined, finding: { titles: readonly string[] }): string =>
    `${titleOf(finding.titles)}: ${value}`;
  const statused = (titles: readonly string[]): boolean => stated.get(titleOf(titles))?.status !== undefined;
  const isKnown = (titles: readonly string[]): boolean => stated.has(titleOf(titles));
  return {
    sections: compare(
      (gold.sections ?? []).map(({ number, title }) => ({ item: `${number ?? '-'} ${bare(title)}` })),
      record.sections.map(({ number, title, evidence }) => located(`${number ?? '-'} ${bare(title)}`, evidence)),
    ),
    findings: compare(
      wantedFindings.map((finding) => ({ item: placeOf(finding) })),
      record.findings.map((finding) => located(placeOf(finding), finding.evidence)),
    ),
    measures: compare(
      wantedFindings.flatMap(({ measures }) => measures.map(({ text }) => ({ item: bare(text) }))),
      record.findings.flatMap(({ measures }) => measures.map(({ text, evidence }) => located(bare(text), evidence))),
    ),
    outcomes: compare(
      wantedFindings.flatMap(({ outcomes }) => outcomes.map(({ text }) => ({ item: bare(text) }))),
      record.findings.flatMap(({ outcomes }) => outcomes.map(({ text, evidence }) => located(bare(text), evidence))),
    ),
    figures: compare(
      (gold.figures ?? [])
        .filter(({ metric }) => metric !== null)
        .map(({ metric, value, quote }) => ({ item: `${metric} ${value}`, quote })),
      record.figures
        .filter(({ metric }) => metric !== null)
        .map(({ metric, value, evidence }) => located(`${metric} ${value}`, evidence)),
    ),
    responsibles: compare(
      (gold.responsibles ?? []).map(({ kind, name }) => ({ item: `${kind} ${name}` })),
      record.responsibles.map(({ kind, name, evidence }) => located(`${kind} ${name}`, evidence)),
    ),
    roles: compare(
      (gold.responsibles ?? []).flatMap(({ name, roles }) =>
        (roles ?? []).map((role) => ({ item: `${name} ${role}` })),
      ),
      record.responsibles
        .filter(({ name }) => gold.responsibles?.some((other) => other.name === name && other.roles !== undefined))
        .flatMap(({ name, roles, evidence }) => roles.map((role) => located(`${name} ${role}`, evidence))),
    ),
    // Who answers for which finding; who answers for one of its measures may be told of the finding as well.
    assigned: compare(
      wantedFindings.flatMap((finding) =>
        (finding.responsibles ?? []).map((name) => ({ item: ofFinding(name, finding) })),
      ),
      record.findings.flatMap((finding) => {
        const wanted = stated.get(titleOf(finding.titles))?.responsibles;
        if (wanted === undefined) return [];
        const ofMeasures = finding.measures.flatMap(({ responsibles }) => responsibles);
        return [...new Set([...finding.responsibles, ...ofMeasures.filter((name) => wanted.includes(name))])].map(
          (name) => located(ofFinding(name, finding), finding.evidence),
        );
      }),
    ),
    status: compare(
      wantedFindings
        .filter(({ status }) => status !== undefined)
        .map((finding) => ({ item: ofFinding(finding.status, finding) })),
      record.findings
        .filter(({ titles }) => statused(titles))
        .map((finding) => located(ofFinding(finding.status, finding), finding.evidence)),
    ),
    deadlines: compare(
      wantedFindings
        .filter(({ deadline }) => deadline !== undefined)
        .map((finding) => ({ item: ofFinding(finding.deadline, finding) })),
      record.findings
        .filter(({ titles, deadline }) => deadline !== undefined && isKnown(titles))
        .map((finding) => located(ofFinding(finding.deadline, finding), finding.evidence)),
    ),
    facts: compare(factsOf(gold.unit, gold.inspection ?? {}), factsOf(record.unit?.name, statedFacts(record, gold))),
    checks: checkScore(record, gold),
  };
}

const factsOf = (
  unit: string | undefined,
  inspection: Readonly<Record<string, string | undefined>>,
): readonly Located[] => [
  ...(unit === undefined ? [] : [{ item: `unit ${unit}` }]),
  ...Object.entries(inspection).flatMap(([name, value]) => (value === undefined ? [] : [{ item: `${name} ${value}` }])),
];

/** Facts that the gold record says nothing of are not held against the record. */
const statedFacts = (record: NoticeRecord, gold: Gold): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(Object.entries(record.inspection).filter(([name]) => gold.inspection?.[name] !== undefined));

/** Gold checks are met by a check of that kind and verdict that rests on one of their quotes; errors beyond them are extra. */
function checkScore(record: NoticeRecord, gold: Gold): Score {
  const wanted = gold.checks ?? [];
  const meets = (check: NoticeRecord['checks'][number], want: (typeof wanted)[number]): boolean =>
    check.kind === want.kind &&
    sameVerdict(check.verdict, want.verdict) &&
    (want.quotes.length === 0 ||
      want.quotes.some((quote) =>
        check.evidence.some((one) => one.quote.includes(quote) || quote.includes(one.quote)),
      ));
  const missing = wanted.filter((want) => !record.checks.some((check) => meets(check, want)));
  const errors = record.checks.filter(({ verdict, severity }) => verdict === 'inconsistent' && severity === 'error');
  const extra = errors.filter((check) => !wanted.some((want) => meets(check, want)));
  return {
    hits: wanted.length - missing.length,
    missing: missing.map(({ kind, verdict, quotes }) => ({ item: `${kind} ${verdict} ${quotes.join(' / ')}` })),
    extra: extra.map(({ kind, verdict, messages, evidence }) =>
      located(`${kind} ${verdict} ${messages.zh}`, evidence[0]),
    ),
  };
}

/** What an auditor should look at may be told as an observation or as an inconsistency. */
const sameVerdict = (a: string, b: string): boolean =>
  a === b || (a !== 'consistent' && b !== 'consistent' && b !== 'unverifiable' && a !== 'unverifiable');

export interface Totals {
  readonly hits: number;
  readonly missing: number;
  readonly extra: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export function total(scores: readonly Scores[], part: Part): Totals {
  const count = (of: (score: Score) => number): number => scores.reduce((sum, each) => sum + of(each[part]), 0);
  const hits = count((each) => each.hits);
  const missing = count((each) => each.missing.length);
  const extra = count((each) => each.extra.length);
  const share = (whole: number): number => (whole === 0 ? 1 : hits / whole);
  const precision = share(hits + extra);
  const recall = share(hits + missing);
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { hits, missing, extra, precision, recall, f1 };
}
