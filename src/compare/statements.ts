/**
 * Whether two documents that speak of one unit and one round state a metric in a way in which both can be right. The
 * earlier statement is held against the later one; an error is called only where no reading is left.
 */
import type { FigureRecord, Rational, Severity, Verdict } from '../model.js';
import { cmp, parseDecimal, sub } from '../number/rational.js';
import type { CrossCheck, CrossKind } from './comparison.js';
import { crossCheck, figureOperand, noticeName } from './cross-check.js';
import type { Entry } from './entry.js';
import type { Vocabulary } from './vocabulary.js';

/** When the second document speaks, seen from the first. */
export type Timing = 'same' | 'later' | 'unknown';

/** A document and the figures in it that speak of the unit. */
export interface Statements {
  readonly entry: Entry;
  readonly figures: readonly FigureRecord[];
}

export interface Pairing {
  readonly kind: CrossKind;
  readonly earlier: Statements;
  readonly later: Statements;
  readonly timing: Timing;
  /** False where it is only likely that both speak of one round. */
  readonly certain: boolean;
}

const ofMetric = ({ figures }: Statements, metric: string): readonly FigureRecord[] => {
  const values = new Set<string>();
  return figures.filter((figure) => {
    if (figure.metric !== metric || values.has(figure.value)) return false;
    values.add(figure.value);
    return true;
  });
};

const bound = (decimal: string | undefined): Rational | undefined =>
  decimal === undefined ? undefined : parseDecimal(decimal);

/** -1 where all that `a` can mean is below all that `b` can mean, 1 the other way, 0 where they share a value. */
function order(a: FigureRecord, b: FigureRecord): -1 | 0 | 1 {
  const [aLower, aUpper, bLower, bUpper] = [a.lower, a.upper, b.lower, b.upper].map(bound);
  if (aUpper !== undefined && bLower !== undefined && cmp(aUpper, bLower) < 0) return -1;
  if (aLower !== undefined && bUpper !== undefined && cmp(aLower, bUpper) > 0) return 1;
  return 0;
}

/** How a metric may move between two documents of one round. */
type Motion = 'stable' | 'rising' | 'cumulative' | 'free';

function motionOf(metric: string, vocabulary: Vocabulary): Motion {
  if (vocabulary.stableMetrics.includes(metric)) return 'stable';
  if (vocabulary.risingMetrics.includes(metric)) return 'rising';
  return vocabulary.cumulativeMetrics.includes(metric) ? 'cumulative' : 'free';
}

interface Judgement {
  readonly verdict: Verdict;
  readonly severity: Severity;
  readonly reading: 'equal' | 'differs' | 'grown' | 'fallen' | 'remainder' | 'undated';
}

const judged = (verdict: Verdict, severity: Severity, reading: Judgement['reading']): Judgement => ({
  verdict,
  severity,
  reading,
});

/** The judgement on one metric where the two statements do not share a value; undefined where there is none to make. */
function judgeDifference(
  motion: Motion,
  direction: -1 | 1,
  timing: Timing,
  { firm, sameWhole }: { readonly firm: boolean; readonly sameWhole: boolean },
): Judgement | undefined {
  const contradiction = (reading: Judgement['reading']): Judgement =>
    firm ? judged('inconsistent', 'error', reading) : judged('observed', 'warning', reading);
  if (motion === 'stable' || timing === 'same') return contradiction('differs');
  if (timing === 'unknown') return judged('unverifiable', 'info', 'undated');
  if (motion === 'free') return undefined;
  if (direction < 0) return judged('consistent', 'error', 'grown');
  // Later notices often count only what came since, or what was left: a smaller sum is then a question, not a contradiction.
  return motion === 'rising' && sameWhole ? contradiction('fallen') : judged('observed', 'warning', 'fallen');
}

/** The later notice counts only what the earlier one left open, whatever it calls that. */
function countsRemainder(
  metric: string,
  { earlier, later }: Pairing,
  { remainders, openMetrics }: Vocabulary,
): boolean {
  return remainders
    .filter(({ total, done }) => metric === total || metric === done)
    .some(({ total, done }) => {
      const taken = [total, ...(ofMetric(later, total).length === 0 ? openMetrics : [])];
      return ofMetric(earlier, total).some((whole) =>
        ofMetric(earlier, done).some((part) => {
          const left = sub(parseDecimal(whole.value) as Rational, parseDecimal(part.value) as Rational);
          const isLeft = ({ value }: FigureRecord): boolean => cmp(parseDecimal(value) as Rational, left) === 0;
          return left.n > 0n && taken.some((one) => ofMetric(later, one).some(isLeft));
        }),
      );
    });
}

/** Whether both documents say of how many the metric counts a part, and of as many: only then can it not have fallen. */
function countsSameWhole(metric: string, { earlier, later }: Pairing, { remainders, rates }: Vocabulary): boolean {
  const wholes = [
    ...remainders.flatMap(({ total, done }) => (done === metric ? [total] : [])),
    ...rates.flatMap(({ part, whole }) => (part === metric ? [whole] : [])),
  ];
  return wholes.some((whole) => {
    const [before, after] = [ofMetric(earlier, whole), ofMetric(later, whole)];
    return before.length === 1 && after.length === 1 && before[0]?.value === after[0]?.value;
  });
}

/** Verdicts on every metric that both documents state, in the order of the earlier one. */
export function compareStatements(pairing: Pairing, vocabulary: Vocabulary): readonly CrossCheck[] {
  const { kind, earlier, later, timing, certain } = pairing;
  const metrics = [...new Set(earlier.figures.map((figure) => figure.metric))];
  return metrics.flatMap((metric): readonly CrossCheck[] => {
    if (metric === null) return [];
    const before = ofMetric(earlier, metric);
    const after = ofMetric(later, metric);
    const [first] = before;
    const [second] = after;
    if (first === undefined || second === undefined) return [];
    const pairs = before.flatMap((a) => after.map((b) => ({ a, b, order: order(a, b) })));
    const shared = pairs.find((pair) => pair.order === 0);
    const { a, b } = shared ?? { a: first, b: second };
    const judgement = ((): Judgement | undefined => {
      if (shared !== undefined) return judged('consistent', 'error', 'equal');
      if (timing === 'later' && countsRemainder(metric, pairing, vocabulary))
        return judged('consistent', 'error', 'remainder');
      const sameGrain = a.unit === b.unit && a.noun === b.noun;
      const isExact = a.qualifier === 'exact' && b.qualifier === 'exact';
      const firm = certain && sameGrain && isExact && before.length === 1 && after.length === 1;
      const grown = pairs.find((pair) => pair.order < 0);
      const sameWhole = countsSameWhole(metric, pairing, vocabulary);
      return judgeDifference(motionOf(metric, vocabulary), grown === undefined ? 1 : -1, timing, { firm, sameWhole });
    })();
    if (judgement === undefined) return [];
    const { verdict, severity, reading } = judgement;
    return [
      crossCheck({
        kind,
        subject: metric,
        verdict,
        severity,
        code: `compare.${kind}.${reading}`,
        values: {
          unit: earlier.entry.identity.unit,
          earlier: a.stated,
          later: b.stated,
        },
        names: {
          metric: vocabulary.metricName(metric),
          earlierNotice: noticeName(earlier.entry),
          laterNotice: noticeName(later.entry),
        },
        mode: reading,
        stated: b.stated,
        expected: a.stated,
        operands: [figureOperand(earlier.entry, a), figureOperand(later.entry, b)],
      }),
    ];
  });
}
