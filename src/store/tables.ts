/** The tables that a notice fills, and the record as their rows. The record itself is kept whole beside them. */
import { createHash } from 'node:crypto';
import type { CheckRecord, Evidence, NoticeRecord, Severity, Status } from '../model.js';
import { createLocator } from '../text.js';
import type { Value } from './engine.js';
import { indexTerms } from './passages.js';
import type { NoticeRow, NoticeToSave } from './store.js';

export type ColumnType = 'text' | 'integer' | 'real' | 'blob';
export type Row = Readonly<Record<string, Value | undefined>>;

const place = { line: 'integer', page: 'integer', start_at: 'integer', end_at: 'integer' } as const;

/** Columns in the order in which they are written. Every table but `notices` names its notice first. */
export const TABLES = {
  notices: {
    id: 'text',
    document: 'text',
    source: 'text',
    media_type: 'text',
    encoding: 'text',
    title: 'text',
    unit: 'text',
    kind: 'text',
    team: 'text',
    started: 'text',
    ended: 'text',
    feedback: 'text',
    published: 'text',
    date: 'text',
    year: 'integer',
    characters: 'integer',
    pages: 'integer',
    coverage: 'real',
    sections: 'integer',
    findings: 'integer',
    measures: 'integer',
    outcomes: 'integer',
    completed: 'integer',
    ongoing: 'integer',
    long_term: 'integer',
    not_started: 'integer',
    unstated: 'integer',
    errors: 'integer',
    warnings: 'integer',
    infos: 'integer',
    consistent: 'integer',
    unverifiable: 'integer',
    headline: 'text',
    rules: 'text',
  },
  contents: { notice: 'text', document: 'blob', record: 'blob' },
  comparables: { notice: 'text', stamp: 'text', profile: 'blob', prints: 'blob' },
  titles: { notice: 'text', title: 'text', words: 'text' },
  sections: { notice: 'text', position: 'integer', number: 'text', title: 'text', level: 'integer', ...place },
  findings: {
    notice: 'text',
    position: 'integer',
    id: 'text',
    section: 'text',
    number: 'text',
    titles: 'text',
    status: 'text',
    deadline: 'text',
    measures: 'integer',
    outcomes: 'integer',
    responsibles: 'text',
    ...place,
  },
  measures: {
    notice: 'text',
    finding: 'integer',
    position: 'integer',
    ordinal: 'integer',
    text: 'text',
    status: 'text',
    deadline: 'text',
    responsibles: 'text',
    ...place,
  },
  outcomes: { notice: 'text', finding: 'integer', position: 'integer', ordinal: 'integer', text: 'text', ...place },
  figures: {
    notice: 'text',
    position: 'integer',
    metric: 'text',
    value: 'text',
    amount: 'real',
    stated: 'text',
    unit: 'text',
    noun: 'text',
    scope: 'text',
    qualifier: 'text',
    lower_bound: 'text',
    upper_bound: 'text',
    ...place,
  },
  responsibles: { notice: 'text', position: 'integer', name: 'text', kind: 'text', roles: 'text', ...place },
  checks: {
    notice: 'text',
    position: 'integer',
    rule: 'text',
    kind: 'text',
    verdict: 'text',
    severity: 'text',
    message: 'text',
    stated: 'text',
    expected: 'text',
    key: 'text',
  },
  evidence: { notice: 'text', check_position: 'integer', position: 'integer', quote: 'text', ...place },
  reads: { source: 'text', document: 'text', at: 'text', outcome: 'text', reason: 'text' },
  /** `terms`: words of the full-text index, folded, joined by one space; where they go is the engine's. */
  passages: {
    notice: 'text',
    position: 'integer',
    line: 'integer',
    start_at: 'integer',
    end_at: 'integer',
    text: 'text',
    terms: 'text',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, ColumnType>>>>;

export type TableName = keyof typeof TABLES;

/** Tables whose rows follow from the record alone. */
export const RECORD_TABLES = [
  'notices',
  'sections',
  'findings',
  'measures',
  'outcomes',
  'figures',
  'responsibles',
  'checks',
  'evidence',
] as const satisfies readonly TableName[];

export type RecordTable = (typeof RECORD_TABLES)[number];

/** Tables of a notice's rows that travel as JSON: those without binary columns. */
export const NOTICE_TABLES = [...RECORD_TABLES, 'passages'] as const;

export type NoticeTable = (typeof NOTICE_TABLES)[number];
export type PackedTable = NoticeTable | 'titles' | 'reads';
export type BinaryTable = Exclude<TableName, PackedTable>;

export const columnsOf = (table: TableName): readonly (readonly [string, ColumnType])[] =>
  Object.entries(TABLES[table]);

/** A value as databases can hold it: no NUL, no half of a surrogate pair. The exact record keeps them. */
export const storable = (value: Value | undefined): Value =>
  typeof value === 'string' ? value.replace(/[\0\p{Surrogate}]/gu, '\ufffd') : (value ?? null);

/** A notice's id in the store: a hash of its source. */
export const noticeId = (source: string): string => createHash('sha256').update(source).digest('hex').slice(0, 16);

/** The beginning of a text for a column that is indexed: an index row has a limit, and no true name is so long. */
const indexed = (text: string | undefined): string | undefined => text?.slice(0, 300);

const holds = ({ verdict }: CheckRecord): boolean => verdict === 'consistent' || verdict === 'unverifiable';

const placeOf = ({ line, page, start, end }: Evidence): Row => ({ line, page, start_at: start, end_at: end });

const list = (values: readonly string[]): string => JSON.stringify(values);

/** The first headline figure of every metric. */
function headlineOf(figures: NoticeRecord['figures']): Record<string, string> {
  const headline: Record<string, string> = {};
  for (const { metric, scope, value } of figures) {
    if (metric !== null && scope === 'headline') headline[metric] ??= value;
  }
  return headline;
}

function noticeRow(notice: string, record: NoticeRecord): Row {
  const { document, unit, inspection, findings, checks } = record;
  const { kind, team, start, end, feedback, published } = inspection;
  const date = published ?? feedback ?? end ?? start ?? '';
  const withStatus = (status: Status): number => findings.filter((finding) => finding.status === status).length;
  const failing = (severity: Severity): number =>
    checks.filter((check) => check.severity === severity && !holds(check)).length;
  return {
    id: notice,
    document: document.id,
    source: document.source,
    media_type: document.mediaType,
    encoding: document.encoding,
    title: document.title,
    unit: indexed(unit?.name),
    kind: indexed(kind),
    team,
    started: start,
    ended: end,
    feedback,
    published,
    date,
    year: date === '' ? null : Number(date.slice(0, 4)),
    characters: document.characters,
    pages: document.pages,
    coverage: record.coverage,
    sections: record.sections.length,
    findings: findings.length,
    measures: findings.reduce((sum, finding) => sum + finding.measures.length, 0),
    outcomes: findings.reduce((sum, finding) => sum + finding.outcomes.length, 0),
    completed: withStatus('completed'),
    ongoing: withStatus('ongoing'),
    long_term: withStatus('longTerm'),
    not_started: withStatus('notStarted'),
    unstated: withStatus('unstated'),
    errors: failing('error'),
    warnings: failing('warning'),
    infos: failing('info'),
    consistent: checks.filter((check) => check.verdict === 'consistent').length,
    unverifiable: checks.filter((check) => check.verdict === 'unverifiable').length,
    headline: JSON.stringify(headlineOf(record.figures)),
    rules: record.rules,
  };
}

/** The rows that a record makes, table by table. */
export function rowsOf(record: NoticeRecord): Readonly<Record<RecordTable, readonly Row[]>> {
  const notice = noticeId(record.document.source);
  return {
    notices: [noticeRow(notice, record)],
    sections: record.sections.map(({ number, title, level, evidence }, position) => {
      return { notice, position, number, title, level, ...placeOf(evidence) };
    }),
    findings: record.findings.map((finding, position) => {
      const { id, section, number, status, deadline, evidence } = finding;
      const lists = { titles: list(finding.titles), responsibles: list(finding.responsibles) };
      const counts = { measures: finding.measures.length, outcomes: finding.outcomes.length };
      return { notice, position, id, section, number, status, deadline, ...lists, ...counts, ...placeOf(evidence) };
    }),
    measures: record.findings.flatMap(({ measures }, finding) =>
      measures.map(({ ordinal, text, status, deadline, responsibles, evidence }, position) => {
        const said = { ordinal, text, status, deadline, responsibles: list(responsibles) };
        return { notice, finding, position, ...said, ...placeOf(evidence) };
      }),
    ),
    outcomes: record.findings.flatMap(({ outcomes }, finding) =>
      outcomes.map(({ ordinal, text, evidence }, position) => {
        return { notice, finding, position, ordinal, text, ...placeOf(evidence) };
      }),
    ),
    figures: record.figures.map((figure, position) => {
      const { metric, value, stated, unit, noun, scope, qualifier, lower, upper, evidence } = figure;
      const said = { metric, value, amount: Number(value), stated, unit, noun, scope, qualifier };
      return { notice, position, ...said, lower_bound: lower, upper_bound: upper, ...placeOf(evidence) };
    }),
    responsibles: record.responsibles.map(({ name, kind, roles, evidence }, position) => {
      return { notice, position, name: indexed(name), kind, roles: list(roles), ...placeOf(evidence) };
    }),
    checks: record.checks.map(({ check, kind, verdict, severity, message, stated, expected, key }, position) => {
      return { notice, position, rule: check, kind, verdict, severity, message, stated, expected, key };
    }),
    evidence: record.checks.flatMap(({ evidence }, check) =>
      evidence.map((one, position) => {
        return { notice, check_position: check, position, quote: one.quote, ...placeOf(one) };
      }),
    ),
  };
}

/** Characters of one passage that are indexed: what a PostgreSQL text index takes, and far beyond any paragraph. */
const LONGEST_TERMS = 200_000;

/** The passages of a notice as rows; those without a word that could be looked for are left out. */
export function passageRows({ document, passages }: Omit<NoticeToSave, 'record'>): readonly Row[] {
  const notice = noticeId(document.source);
  const locator = createLocator(document);
  return passages.flatMap(({ start, end, words }, position) => {
    const terms = indexTerms(words).slice(0, LONGEST_TERMS);
    if (terms === '') return [];
    const text = document.text.slice(start, end);
    return [{ notice, position, line: locator.line(start), start_at: start, end_at: end, text, terms }];
  });
}

/** A row of `notices` as the database gives it back. */
export type StoredRow = { readonly [column in keyof (typeof TABLES)['notices']]: string | number | null };

const text = (value: string | number | null): string => String(value ?? '');
const count = (value: string | number | null): number => Number(value ?? 0);

/** `{ [key]: value }`, or nothing where the column is empty. */
const given = <Key extends string, T>(key: Key, value: T | null): { readonly [key in Key]?: T } =>
  value === null ? {} : ({ [key]: value } as { [key in Key]: T });

export function toNoticeRow(row: StoredRow): NoticeRow {
  return {
    id: text(row.id),
    document: text(row.document),
    source: text(row.source),
    mediaType: text(row.media_type),
    ...given('title', row.title as string | null),
    ...given('unit', row.unit as string | null),
    ...given('kind', row.kind as string | null),
    ...given('team', row.team as string | null),
    ...given('published', row.published as string | null),
    ...given('feedback', row.feedback as string | null),
    ...given('year', row.year as number | null),
    characters: count(row.characters),
    ...given('pages', row.pages as number | null),
    coverage: count(row.coverage),
    sections: count(row.sections),
    findings: count(row.findings),
    measures: count(row.measures),
    outcomes: count(row.outcomes),
    ...toTallies(row),
    headline: JSON.parse(text(row.headline)) as Record<string, string>,
    rules: text(row.rules),
  };
}

type TallyColumn =
  | 'completed'
  | 'ongoing'
  | 'long_term'
  | 'not_started'
  | 'unstated'
  | 'errors'
  | 'warnings'
  | 'infos'
  | 'consistent'
  | 'unverifiable';

/** Which column counts what. */
export const STATUS_COLUMNS: Readonly<Record<Status, TallyColumn>> = {
  completed: 'completed',
  ongoing: 'ongoing',
  longTerm: 'long_term',
  notStarted: 'not_started',
  unstated: 'unstated',
};

export const SEVERITY_COLUMNS: Readonly<Record<Severity, TallyColumn>> = {
  error: 'errors',
  warning: 'warnings',
  info: 'infos',
};

/** Findings by status and checks by standing, from a row or from sums over rows. */
export function toTallies(row: Pick<StoredRow, TallyColumn>): Pick<NoticeRow, 'statuses' | 'checks'> {
  return {
    statuses: {
      completed: count(row.completed),
      ongoing: count(row.ongoing),
      longTerm: count(row.long_term),
      notStarted: count(row.not_started),
      unstated: count(row.unstated),
    },
    checks: {
      error: count(row.errors),
      warning: count(row.warnings),
      info: count(row.infos),
      consistent: count(row.consistent),
      unverifiable: count(row.unverifiable),
    },
  };
}
