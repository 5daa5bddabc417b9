/** Figures of all notices side by side: what each states, its rates computed anew, ranks, medians, and outliers with why. */
import { say } from '../messages/index.js';
import type { FigureRecord, Localised, Rational } from '../model.js';
import { cmp, div, parseDecimal, toDecimal } from '../number/rational.js';
import type { Distribution, FigureCell, FigureComparison, FigureRow, Outlier, RateCell } from './comparison.js';
import { crossEvidence, type Entry } from './entry.js';
import { fences, percentage, ranks, type Summary, summarise } from './statistics.js';
import type { RateFormula, Vocabulary } from './vocabulary.js';

/** With fewer notices than this a distance from the median means little. */
const MINIMUM_GROUP = 8;
const SHOWN_DECIMALS = 2;

const shown = (value: Rational): string => toDecimal(value, SHOWN_DECIMALS);

/** Headline figures of a notice by metric, the first place of each. */
export function headlineFigures(figures: readonly FigureRecord[]): ReadonlyMap<string, FigureRecord> {
  const byMetric = new Map<string, FigureRecord>();
  for (const figure of figures) {
    if (figure.scope !== 'headline' || figure.metric === null) continue;
    if (!byMetric.has(figure.metric)) byMetric.set(figure.metric, figure);
  }
  return byMetric;
}

function figureCells(entry: Entry): Record<string, FigureCell> {
  const cells: Record<string, FigureCell> = {};
  for (const [metric, figure] of headlineFigures(entry.figures)) {
    const { value, stated, unit, qualifier, evidence } = figure;
    cells[metric] = { value, stated, unit, exact: qualifier === 'exact', evidence: crossEvidence(entry, evidence) };
  }
  return cells;
}

const exactValue = (cell: FigureCell | undefined): Rational | undefined =>
  cell?.exact === true ? parseDecimal(cell.value) : undefined;

function rateCells(figures: Readonly<Record<string, FigureCell>>, formulas: readonly RateFormula[]) {
  const cells: Record<string, RateCell> = {};
  for (const { rate, part, whole } of formulas) {
    const partValue = exactValue(figures[part]);
    const wholeValue = exactValue(figures[whole]);
    if (partValue === undefined || wholeValue === undefined || wholeValue.n <= 0n) continue;
    // The notice's first numbers may be of different wholes: problems of the body, and those of its members.
    if (cmp(partValue, wholeValue) > 0) continue;
    const exact = div(partValue, wholeValue);
    const stated = figures[rate]?.stated;
    cells[rate] = {
      value: shown(percentage(partValue, wholeValue)),
      fraction: `${exact.n}/${exact.d}`,
      part: toDecimal(partValue),
      whole: toDecimal(wholeValue),
      ...(stated === undefined ? {} : { stated }),
    };
  }
  return cells;
}

/** One column of the table: a metric as stated, or a rate as recomputed. */
interface Column {
  readonly metric: string;
  readonly recomputed: boolean;
  readonly unit: string;
  readonly values: readonly { readonly row: number; readonly value: Rational }[];
}

const rateOf = ({ part, whole }: RateCell): Rational =>
  percentage(parseDecimal(part) as Rational, parseDecimal(whole) as Rational);

function columnsOf(rows: readonly FigureRow[], metrics: readonly string[], rates: readonly string[]): Column[] {
  const stated = metrics.map((metric): Column => {
    const values = rows.flatMap(({ figures }, row) => {
      const value = exactValue(figures[metric]);
      return value === undefined ? [] : [{ row, value }];
    });
    const unit = rows.find(({ figures }) => figures[metric] !== undefined)?.figures[metric]?.unit ?? '';
    return { metric, recomputed: false, unit, values };
  });
  const recomputed = rates.map((metric): Column => {
    const values = rows.flatMap(({ rates: cells }, row) => {
      const cell = cells[metric];
      return cell === undefined ? [] : [{ row, value: rateOf(cell) }];
    });
    return { metric, recomputed: true, unit: '%', values };
  });
  return [...stated, ...recomputed];
}

function distributionOf({ metric, recomputed, unit, values }: Column, summary: Summary): Distribution {
  return {
    metric,
    recomputed,
    unit,
    count: values.length,
    lowest: shown(summary.lowest),
    lowerQuartile: shown(summary.lowerQuartile),
    median: shown(summary.median),
    upperQuartile: shown(summary.upperQuartile),
    highest: shown(summary.highest),
    deviation: shown(summary.deviation),
  };
}

function outliersOf(
  column: Column,
  summary: Summary,
  rows: readonly FigureRow[],
  { metricName }: Vocabulary,
): readonly Outlier[] {
  if (column.values.length < MINIMUM_GROUP) return [];
  const band = fences(summary);
  if (band === undefined) return [];
  return column.values.flatMap(({ row, value }): readonly Outlier[] => {
    const side = cmp(value, band.upper) > 0 ? 'high' : cmp(value, band.lower) < 0 ? 'low' : undefined;
    if (side === undefined) return [];
    const values = {
      value: shown(value),
      unit: column.unit,
      count: column.values.length,
      median: shown(summary.median),
      lower: shown(band.lower),
      upper: shown(band.upper),
    };
    const { zh, en } = metricName(column.metric);
    const message: Localised = {
      zh: say('zh', `compare.outlier.${band.method}.${side}`, { ...values, metric: zh }),
      en: say('en', `compare.outlier.${band.method}.${side}`, { ...values, metric: en }),
    };
    return [
      {
        document: (rows[row] as FigureRow).document,
        metric: column.metric,
        recomputed: column.recomputed,
        value: values.value,
        side,
        method: band.method,
        median: values.median,
        lowerFence: values.lower,
        upperFence: values.upper,
        message,
      },
    ];
  });
}

/** Rows with the rank of every cell that is in a column. */
function withRanks(rows: readonly FigureRow[], columns: readonly Column[]): readonly FigureRow[] {
  const ranked = rows.map(({ document, figures, rates }) => ({
    document,
    figures: { ...figures },
    rates: { ...rates },
  }));
  for (const { metric, recomputed, values } of columns) {
    const places = ranks(values.map(({ value }) => value));
    values.forEach(({ row }, index) => {
      const rank = places[index] as number;
      const target = ranked[row] as (typeof ranked)[number];
      if (recomputed) target.rates[metric] = { ...(target.rates[metric] as RateCell), rank };
      else target.figures[metric] = { ...(target.figures[metric] as FigureCell), rank };
    });
  }
  return ranked;
}

/** Summaries over several units stand in the table, but are not ranked with the units. */
export function compareFigures(entries: readonly Entry[], vocabulary: Vocabulary): FigureComparison {
  const rows = entries.map((entry): FigureRow => {
    const figures = figureCells(entry);
    return { document: entry.identity.document, figures, rates: rateCells(figures, vocabulary.rates) };
  });
  const frequency = new Map<string, number>();
  for (const { figures } of rows) {
    for (const metric of Object.keys(figures)) frequency.set(metric, (frequency.get(metric) ?? 0) + 1);
  }
  const metrics = [...frequency].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([metric]) => metric);
  const rates = vocabulary.rates.map(({ rate }) => rate).filter((rate) => rows.some((row) => row.rates[rate]));
  const summaries = new Set(entries.flatMap((entry, row) => (entry.identity.summary ? [row] : [])));
  const columns = columnsOf(rows, metrics, rates).map((column) => ({
    ...column,
    values: column.values.filter(({ row }) => !summaries.has(row)),
  }));
  const described = columns.flatMap((column) => {
    const summary = summarise(column.values.map(({ value }) => value));
    return summary === undefined ? [] : [{ column, summary }];
  });
  return {
    metrics,
    rates,
    rows: withRanks(rows, columns),
    distributions: described.map(({ column, summary }) => distributionOf(column, summary)),
    outliers: described.flatMap(({ column, summary }) => outliersOf(column, summary, rows, vocabulary)),
    minimumGroup: MINIMUM_GROUP,
  };
}
