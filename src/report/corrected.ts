/** What people corrected, put in its place: the record that overviews, ledgers and comparisons count with. */
import { fold } from '../fold.js';
import type { FigureRecord, NoticeRecord } from '../model.js';
import { toDecimal } from '../number/rational.js';
import { type Lexicon, scanQuantities } from '../number/scan.js';
import type { ReportedCorrection } from './entry.js';

type Measured = Pick<FigureRecord, 'value' | 'unit' | 'stated' | 'qualifier' | 'lower' | 'upper'>;

const sortOf = (unit: string): string => (unit === '元' || unit === '%' ? unit : 'count');

/** A bare number means the unit that the notice wrote, where nothing stands between number and unit: 44 for 43个, but not 3 for 2万元. */
const withUnit = (words: string, { stated, unit }: Measured): string =>
  /^[\d.]+$/.test(words) && /\d$/.test(stated.slice(0, -unit.length)) && stated.endsWith(unit) ? words + unit : words;

/** `words` as a value that can stand for `figure`; undefined where they are not one quantity of its sort. */
export function readCorrection(words: string, figure: Measured, lexicon: Lexicon): Measured | undefined {
  const stated = withUnit(words.trim(), figure);
  const [quantity, ...others] = scanQuantities(fold(stated), lexicon);
  if (quantity === undefined || others.length > 0 || quantity.stated.length !== stated.length) return undefined;
  if (sortOf(quantity.unit) !== sortOf(figure.unit)) return undefined;
  const { lower, upper } = quantity.interval;
  return {
    value: toDecimal(quantity.value),
    stated,
    unit: quantity.unit,
    qualifier: quantity.qualifier,
    ...(lower === undefined ? {} : { lower: toDecimal(lower) }),
    ...(upper === undefined ? {} : { upper: toDecimal(upper) }),
  };
}

function correctedFigure(
  figure: FigureRecord,
  corrections: readonly ReportedCorrection[],
  lexicon: Lexicon,
): FigureRecord {
  const found = corrections.find(({ field, from }) => field === `figure:${figure.metric}` && from === figure.stated);
  const read = found === undefined ? undefined : readCorrection(found.to, figure, lexicon);
  if (read === undefined) return figure;
  const { lower: _lower, upper: _upper, ...rest } = figure;
  return { ...rest, ...read };
}

/** `record` with `corrections` in place; its lists keep their order and length, its evidence its words. */
export function correctedRecord(
  record: NoticeRecord,
  corrections: readonly ReportedCorrection[],
  lexicon: Lexicon,
): NoticeRecord {
  if (corrections.length === 0) return record;
  const { unit } = record;
  const unitName = corrections.find(({ field }) => field === 'unit')?.to;
  const names = new Map(
    corrections.flatMap(({ field, from, to }) => (field === 'responsible' ? [[from, to] as const] : [])),
  );
  const named = (name: string): string => names.get(name) ?? name;
  return {
    ...record,
    ...(unit === undefined || unitName === undefined ? {} : { unit: { ...unit, name: unitName } }),
    figures: record.figures.map((figure) => correctedFigure(figure, corrections, lexicon)),
    responsibles: record.responsibles.map((one) => ({ ...one, name: named(one.name) })),
    findings: record.findings.map((finding) => ({
      ...finding,
      responsibles: finding.responsibles.map(named),
      measures: finding.measures.map((measure) => ({ ...measure, responsibles: measure.responsibles.map(named) })),
    })),
  };
}
