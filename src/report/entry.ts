/**
 * What every report reads: a notice's record, its text, and what people decided about its checks; and the few questions
 * that all reports ask of them, so that a terminal, a page and a workbook give the same answer.
 */
import { createHash } from 'node:crypto';
import { say } from '../messages/index.js';
import type {
  Block,
  CheckRecord,
  Evidence,
  FigureRecord,
  Inspection,
  Language,
  Localised,
  NoticeRecord,
  Span,
} from '../model.js';
import { overlaps } from '../text.js';

/** What a person says a value of the record should be. The record itself keeps what the notice says. */
export interface ReportedCorrection {
  /** `unit`, `figure:problems.total`, … */
  readonly field: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  readonly who: string;
  readonly when: string;
}

/** A person's decision on a check, kept by the check's key. */
export interface Review {
  readonly decision: 'accepted' | 'dismissed';
  readonly reason: string;
  readonly who: string;
  /** ISO date or date and time. */
  readonly when: string;
}

export interface ReportEntry {
  readonly record: NoticeRecord;
  /** `Document.text`: what the record's positions refer to. */
  readonly text: string;
  /** `Document.blocks`, where they are at hand: titles, headings and tables are then set as such. */
  readonly blocks?: readonly Block[];
  /** Decisions by `CheckRecord.key`. */
  readonly reviews?: ReadonlyMap<string, Review>;
  readonly corrections?: readonly ReportedCorrection[];
  /** `record` with the corrections in place; the same where there are none. */
  readonly corrected?: NoticeRecord;
}

/** What a notice is counted with: the record as people corrected it. */
export const countedRecord = ({
  record,
  corrected = record,
}: Pick<ReportEntry, 'record' | 'corrected'>): NoticeRecord => corrected;

/** Names of metrics by id, as the rule files give them. A metric without one is shown by its id. */
export type MetricNames = Readonly<Record<string, Localised>>;

/** What a check amounts to for a reader, gravest first. */
export const STANDINGS = ['error', 'warning', 'info', 'unverifiable', 'consistent', 'dismissed'] as const;
export type Standing = (typeof STANDINGS)[number];
export type Tally = Readonly<Record<Standing, number>>;

export interface JudgedCheck {
  readonly check: CheckRecord;
  readonly standing: Standing;
  readonly review?: Review;
}

/** Of a check of one notice, or of one between notices. */
export function standingOf(check: Pick<CheckRecord, 'verdict' | 'severity'>, review: Review | undefined): Standing {
  if (review?.decision === 'dismissed') return 'dismissed';
  if (check.verdict === 'consistent' || check.verdict === 'unverifiable') return check.verdict;
  return check.severity;
}

const firstPosition = (check: CheckRecord): number => check.evidence[0]?.start ?? Number.POSITIVE_INFINITY;

/** Every check with its standing, gravest first, and in the order of the text within a standing. */
export function judgedChecks({ record, reviews }: Pick<ReportEntry, 'record' | 'reviews'>): readonly JudgedCheck[] {
  const judged = record.checks.map((check): JudgedCheck => {
    const review = reviews?.get(check.key);
    return { check, standing: standingOf(check, review), ...(review === undefined ? {} : { review }) };
  });
  return judged.sort(
    (a, b) =>
      STANDINGS.indexOf(a.standing) - STANDINGS.indexOf(b.standing) ||
      Math.sign(firstPosition(a.check) - firstPosition(b.check)) ||
      0,
  );
}

export function tally(judged: readonly JudgedCheck[]): Tally {
  const count = (standing: Standing): number => judged.filter((one) => one.standing === standing).length;
  return Object.fromEntries(STANDINGS.map((standing) => [standing, count(standing)])) as Tally;
}

export function addTallies(tallies: readonly Tally[]): Tally {
  const sum = (standing: Standing): number => tallies.reduce((total, one) => total + one[standing], 0);
  return Object.fromEntries(STANDINGS.map((standing) => [standing, sum(standing)])) as Tally;
}

/** The unit that reports; where none was found, the last part of the file's path. */
export function noticeName(entry: Pick<ReportEntry, 'record' | 'corrected'>): string {
  const { unit, document } = countedRecord(entry);
  return unit?.name ?? document.source.split(/[/\\]/).at(-1) ?? document.source;
}

/** The notice's headline figures that a metric claims, each metric and value once. */
export function headlineFigures(record: NoticeRecord): readonly FigureRecord[] {
  const seen = new Set<string>();
  return record.figures.filter((figure) => {
    if (figure.scope !== 'headline' || figure.metric === null) return false;
    const identity = `${figure.metric} ${figure.value}`;
    if (seen.has(identity)) return false;
    seen.add(identity);
    return true;
  });
}

/** The rate that stands for the notice in overviews: the first percentage among its headline figures. */
export const headlineRate = (record: NoticeRecord): FigureRecord | undefined =>
  headlineFigures(record).find((figure) => figure.unit === '%');

export function metricName(metric: string | null, language: Language, names: MetricNames = {}): string {
  if (metric === null) return '';
  return names[metric]?.[language] ?? metric;
}

export interface Counts {
  readonly sections: number;
  readonly findings: number;
  readonly measures: number;
  readonly outcomes: number;
}

export function countsOf({ sections, findings }: NoticeRecord): Counts {
  return {
    sections: sections.length,
    findings: findings.length,
    measures: findings.reduce((total, finding) => total + finding.measures.length, 0),
    outcomes: findings.reduce((total, finding) => total + finding.outcomes.length, 0),
  };
}

/** 2023-03-01 – 2023-04-15, or the one end that is known. */
export function periodOf({ start, end }: Inspection, language: Language): string | undefined {
  if (start !== undefined && end !== undefined) return say(language, 'report.period', { start, end });
  if (start !== undefined) return say(language, 'report.periodFrom', { start });
  return end === undefined ? undefined : say(language, 'report.periodTo', { end });
}

/** Every place that a check names, in text order, each once. */
export function placesOf(check: CheckRecord): readonly Evidence[] {
  const sorted = [...check.evidence].sort((a, b) => a.start - b.start || a.end - b.end);
  return sorted.filter((one, index) => {
    const before = sorted[index - 1];
    return before === undefined || before.start !== one.start || before.end !== one.end;
  });
}

/** The words of a place as they may go out of the office: personal data stays masked, as the check states it. */
export const quoteOf = (check: CheckRecord, { quote }: Evidence): string =>
  check.kind === 'privacy' ? (check.stated ?? '') : quote;

/** The checks that rest on `span`. */
export const checksOn = (span: Span, judged: readonly JudgedCheck[]): readonly JudgedCheck[] =>
  judged.filter(({ check }) => check.evidence.some((evidence) => overlaps(evidence, span)));

/** `label.code` in the catalogue, or `code` itself where the catalogue does not know it (kinds and modes are open lists). */
export function label(language: Language, group: string, code: string): string {
  const key = `report.${group}.${code}`;
  const said = say(language, key);
  return said === key ? code : said;
}

/** A decision as one line: who, when to the minute, why. */
export const reviewLine = (
  { who, when, reason }: Pick<Review, 'who' | 'when' | 'reason'>,
  language: Language,
): string => say(language, 'report.reviewed', { who, when: when.slice(0, 16).replace('T', ' '), reason });

/** `figure:problems.total` by the metric's name, other fields (`unit`, `responsible`) by their own. */
function fieldName(field: string, language: Language, names: MetricNames): string {
  const metric = /^figure:(.+)$/.exec(field)?.[1];
  return metric === undefined ? label(language, 'field', field) : metricName(metric, language, names);
}

/** What people corrected, one line each. */
export const correctionLines = (
  { corrections = [] }: ReportEntry,
  language: Language,
  names: MetricNames = {},
): readonly string[] =>
  corrections.map(({ field, from, to, ...review }) =>
    say(language, 'report.correction', {
      field: fieldName(field, language, names),
      from,
      to,
      review: reviewLine(review, language),
    }),
  );

export interface CheckDetail {
  readonly code: 'operands' | 'comparison' | 'stated' | 'expected' | 'cause' | 'mode';
  readonly name: string;
  readonly value: string;
}

/** `part2` is 分项（2）: what stands several times in a check is numbered, apart from the number that follows. */
function operandName(name: string, language: Language): string {
  const [, kind = name, index = ''] = /^([a-z]+)(\d+)$/.exec(name) ?? [];
  const shown = label(language, 'operand', kind);
  return index === '' ? shown : say(language, 'report.operandNumbered', { name: shown, number: index });
}

/** Operands, stated against expected, and cause of a check, as labelled lines. */
export function checkDetails(check: CheckRecord, language: Language, names: MetricNames = {}): readonly CheckDetail[] {
  const details: CheckDetail[] = [];
  if (check.operands !== undefined && check.operands.length > 0) {
    const operands = check.operands.map(({ name, stated }) => {
      const shown = names[name]?.[language] ?? operandName(name, language);
      return shown === '' ? stated : say(language, 'report.operandValue', { name: shown, stated });
    });
    details.push({
      code: 'operands',
      name: say(language, 'report.operands'),
      value: operands.join(say(language, 'report.listSeparator')),
    });
  }
  const { stated, expected } = check;
  if (stated !== undefined && expected !== undefined) {
    details.push({
      code: 'comparison',
      name: say(language, 'report.comparison'),
      value: say(language, 'report.statedExpected', { stated, expected }),
    });
  } else if (stated !== undefined)
    details.push({ code: 'stated', name: say(language, 'report.stated'), value: stated });
  else if (expected !== undefined)
    details.push({ code: 'expected', name: say(language, 'report.expected'), value: expected });
  if (check.cause !== undefined) {
    details.push({
      code: 'cause',
      name: say(language, 'report.cause'),
      value: say(language, check.cause.code, check.cause.values),
    });
  }
  return details;
}

/** The same, and how the comparison was made. */
export function checkDerivation(
  check: CheckRecord,
  language: Language,
  names: MetricNames = {},
): readonly CheckDetail[] {
  const details = checkDetails(check, language, names);
  if (check.mode === undefined) return details;
  return [
    ...details,
    { code: 'mode', name: say(language, 'report.mode'), value: label(language, 'modes', check.mode) },
  ];
}

/**
 * Names one reading of a notice: its file, its bytes, and the rules that read them. What stands under it in a report is therefore
 * what a workbook of the same reading speaks of, and of no other.
 */
export const readingName = ({ document, rules }: NoticeRecord): string =>
  createHash('sha256').update([document.source, document.id, rules].join('\0')).digest('hex').slice(0, 12);

/** What overviews and lists say of a notice; small enough to hold for thousands of them. */
export interface NoticeSummary {
  /** `document.id`. */
  readonly document: string;
  readonly name: string;
  readonly source: string;
  readonly inspection: Inspection;
  readonly counts: Counts;
  readonly rate?: { readonly value: string; readonly stated: string };
  readonly tally: Tally;
}

export function summarise(entry: Pick<ReportEntry, 'record' | 'reviews' | 'corrected'>): NoticeSummary {
  const { record } = entry;
  const rate = headlineRate(countedRecord(entry));
  return {
    document: record.document.id,
    name: noticeName(entry),
    source: record.document.source,
    inspection: record.inspection,
    counts: countsOf(record),
    ...(rate === undefined ? {} : { rate: { value: rate.value, stated: rate.stated } }),
    tally: tally(judgedChecks(entry)),
  };
}
