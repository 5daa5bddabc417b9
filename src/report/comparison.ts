/** A comparison for a terminal, and its figures as CSV. Long lists are cut to what a person reads; the JSON has them whole. */
import type { Comparison, NoticeIdentity, NoticeSubstance, ProblemGroup, Share } from '../compare/comparison.js';
import { say } from '../messages/index.js';
import type { Language } from '../model.js';
import { csvHead, csvRows } from './csv.js';
import { label, type MetricNames, metricName, type Review, reviewLine, STANDINGS, standingOf } from './entry.js';
import { printable } from './escape.js';
import { type Column, renderTable } from './table.js';

export interface FiguresOptions {
  readonly language: Language;
  readonly metricNames: MetricNames;
}

export interface ComparisonTextOptions extends FiguresOptions {
  /** Columns of the terminal. */
  readonly width: number;
  /** Decisions on the checks between the notices, by their key. */
  readonly reviews?: ReadonlyMap<string, Review>;
}

/** What fits beside each other on a terminal, and what a person reads to the end. */
const MOST_METRICS = 6;
const MOST_ITEMS = 12;

/** A column of figures: a rate computed anew, or a metric as stated. */
interface FigureColumn {
  readonly metric: string;
  readonly recomputed: boolean;
  readonly title: string;
}

interface Ranked {
  readonly value: string;
  readonly rank?: number;
}

/** The rates first: they are what is compared. */
function columnsOf({ figures }: Comparison, { language, metricNames }: FiguresOptions): readonly FigureColumn[] {
  const name = (metric: string): string => metricName(metric, language, metricNames);
  return [
    ...figures.rates.map((metric) => {
      return { metric, recomputed: true, title: say(language, 'report.recomputed', { name: name(metric) }) };
    }),
    ...figures.metrics.map((metric) => ({ metric, recomputed: false, title: name(metric) })),
  ];
}

const cellOf = (
  { figures, rates }: Comparison['figures']['rows'][number],
  { metric, recomputed }: FigureColumn,
): Ranked | undefined => (recomputed ? rates[metric] : figures[metric]);

const identitiesOf = ({ notices }: Comparison): ReadonlyMap<string, NoticeIdentity> =>
  new Map(notices.map((notice) => [notice.document, notice]));

const WIDTH = 16;
const asCell = (value: string): string | number =>
  /^-?\d{1,15}(?:\.\d+)?$/.test(value) && value.length < 16 ? Number(value) : value;

/** Who states what, and its rank beside each figure that is ranked. The last row has the medians. */
export function renderFiguresCsv(comparison: Comparison, options: FiguresOptions): string {
  const { language } = options;
  const identities = identitiesOf(comparison);
  const columns = columnsOf(comparison, options);
  const titles = [
    ...['unit', 'region', 'unitType', 'kind', 'date', 'source'].map((name) => say(language, `report.column.${name}`)),
    ...columns.flatMap(({ title }) => [title, say(language, 'report.compare.rank', { name: title })]),
  ];
  const rows = comparison.figures.rows.map((row) => {
    const identity = identities.get(row.document);
    const { unit = row.document, region = '', unitType = '', kind = '', date = '', source = '' } = identity ?? {};
    const figures = columns.flatMap((column) => {
      const cell = cellOf(row, column);
      return [asCell(cell?.value ?? ''), cell?.rank ?? ''];
    });
    return [unit, region, unitType, kind, date, source, ...figures];
  });
  const medians = [
    say(language, 'report.compare.median'),
    ...['', '', '', '', ''],
    ...columns.flatMap((column) => [asCell(medianOf(comparison, column) ?? ''), '']),
  ];
  const cells = [...rows, medians].map((row) => ({ anchor: '', cells: row }));
  return csvHead(titles.map((title) => ({ title, width: WIDTH }))) + csvRows(cells);
}

const medianOf = ({ figures }: Comparison, { metric, recomputed }: FigureColumn): string | undefined =>
  figures.distributions.find((one) => one.metric === metric && one.recomputed === recomputed)?.median;

function renderFigures(comparison: Comparison, options: ComparisonTextOptions): string {
  const { language, width } = options;
  const identities = identitiesOf(comparison);
  const columns = columnsOf(comparison, options).slice(0, comparison.figures.rates.length + MOST_METRICS);
  const rows = comparison.figures.rows.map((row) => {
    const identity = identities.get(row.document);
    const cells = columns.map((column) => {
      const { value = '', rank } = cellOf(row, column) ?? {};
      return rank === undefined ? value : `${value} #${rank}`;
    });
    return [identity?.unit ?? row.document, identity?.date ?? '', ...cells];
  });
  const medians = [
    say(language, 'report.compare.median'),
    '',
    ...columns.map((column) => medianOf(comparison, column) ?? ''),
  ];
  const heads: readonly Column[] = [
    { title: say(language, 'report.column.unit'), minWidth: 12 },
    { title: say(language, 'report.column.date') },
    ...columns.map(({ title }) => ({ title })),
  ];
  return `${renderTable(heads, [...rows, medians], width)}${say(language, 'report.compare.rankNote')}`;
}

const yearsOf = ({ since, until }: ProblemGroup): readonly string[] => {
  if (since === undefined || until === undefined) return [];
  return [since === until ? String(since) : `${since}–${until}`];
};

function problemLines(group: ProblemGroup, language: Language): string {
  const facts = say(language, 'report.compare.groupFacts', { units: group.units, mentions: group.mentions });
  const about = [facts, ...yearsOf(group), ...(group.category === null ? [] : [group.category])].join(' · ');
  const [measure] = group.typicalMeasures;
  const typical =
    measure === undefined ? '' : `\n    ${say(language, 'report.compare.typicalMeasures')}  ${cut(measure.text, 60)}`;
  return `${group.title}  ${about}${typical}`;
}

const cut = (text: string, length: number): string => {
  const line = text.trim().replace(/\s+/gu, ' ');
  return line.length > length ? `${line.slice(0, length)}…` : line;
};

/** The least concrete notices, with the parts of which the index is the mean, and the share of their own text. */
function renderSubstance(comparison: Comparison, { language, width }: ComparisonTextOptions): string {
  const identities = identitiesOf(comparison);
  const own = new Map(comparison.passages.own.map(({ document, share }) => [document, share]));
  const percent = (share: number | undefined): string => (share === undefined ? '' : `${Math.round(share * 100)}%`);
  const part = ({ count, of }: Share): string => `${count}/${of}`;
  const cells = (one: NoticeSubstance): readonly string[] => [
    identities.get(one.document)?.unit ?? one.document,
    percent(one.index),
    percent(own.get(one.document)),
    ...[
      one.measuresWithPerson,
      one.measuresWithDate,
      one.measuresWithFigure,
      one.measuresWithDocument,
      one.concreteOutcomes,
    ].map(part),
  ];
  const names = ['index', 'own', 'person', 'date', 'figure', 'document', 'outcomes'];
  const columns: readonly Column[] = [
    { title: say(language, 'report.column.unit'), minWidth: 12 },
    ...names.map((name): Column => ({ title: say(language, `report.compare.column.${name}`), align: 'right' })),
  ];
  return renderTable(columns, comparison.substance.notices.slice(0, MOST_ITEMS).map(cells), width);
}

export function renderComparisonText(comparison: Comparison, options: ComparisonTextOptions): string {
  const { language, reviews = new Map<string, Review>() } = options;
  const { figures, checks, problems, passages, substance } = comparison;
  const identities = identitiesOf(comparison);
  const unitOf = (document: string): string => identities.get(document)?.unit ?? document;
  const printed = (text: string): string => text.split('\n').map(printable).join('\n');
  const part = (code: string, lines: readonly string[], count = lines.length): readonly string[] => {
    if (lines.length === 0) return [];
    const kept = lines.slice(0, MOST_ITEMS);
    const more = count - kept.length;
    const rest = more > 0 ? [say(language, 'report.compare.more', { count: more })] : [];
    return ['', say(language, code), ...[...kept, ...rest].map((line) => `  ${printed(line)}`)];
  };
  const lines = [
    renderFigures(comparison, options),
    ...part(
      'report.compare.checks',
      checks
        .filter(({ verdict }) => verdict !== 'consistent')
        .map((check) => ({ check, standing: standingOf(check, reviews.get(check.key)) }))
        .sort((a, b) => STANDINGS.indexOf(a.standing) - STANDINGS.indexOf(b.standing))
        .map(({ check, standing }) => {
          const review = reviews.get(check.key);
          const said =
            review === undefined ? [] : [label(language, 'decision', review.decision), reviewLine(review, language)];
          return [label(language, 'standing', standing), check.message[language], ...said].join('  ');
        }),
    ),
    ...part(
      'report.compare.outliers',
      figures.outliers.map(({ document, message }) => `${unitOf(document)}  ${message[language]}`),
    ),
    ...part(
      'report.compare.problems',
      problems.groups.map((group) => problemLines(group, language)),
      problems.groupCount,
    ),
    ...part(
      'report.compare.passages',
      passages.passages.map(({ places, units, length }) => {
        const facts = say(language, 'report.compare.passageFacts', { units, length });
        const where = [...new Set(places.map(({ evidence }) => unitOf(evidence.document)))].slice(0, 3).join('、');
        return `${cut(places[0]?.evidence.quote ?? '', 40)}  ${facts} · ${where}`;
      }),
      passages.passageCount,
    ),
    '',
    say(language, 'report.compare.least'),
    renderSubstance(comparison, options).trimEnd(),
    ...(substance.notices.length > MOST_ITEMS
      ? [say(language, 'report.compare.more', { count: substance.notices.length - MOST_ITEMS })]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}
