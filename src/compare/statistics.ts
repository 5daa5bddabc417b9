/** Ranks, medians and outliers over exact numbers. No floating point. */
import type { Rational } from '../model.js';
import { abs, add, cmp, div, mul, rational, sub } from '../number/rational.js';

const ascending = (values: readonly Rational[]): readonly Rational[] => [...values].sort(cmp);

/**
 * The value below which the share `p` of `sorted` lies, between neighbours by proportion (Hyndman and Fan's type 7, which
 * spreadsheets use too). `sorted` must not be empty.
 */
function quantile(sorted: readonly Rational[], p: Rational): Rational {
  const position = mul(rational(sorted.length - 1), p);
  const below = position.n / position.d;
  const lower = sorted[Number(below)] as Rational;
  const upper = sorted[Number(below) + 1] ?? lower;
  return add(lower, mul(sub(upper, lower), sub(position, rational(below))));
}

export interface Summary {
  readonly lowest: Rational;
  readonly lowerQuartile: Rational;
  readonly median: Rational;
  readonly upperQuartile: Rational;
  readonly highest: Rational;
  /** Median absolute deviation from the median. */
  readonly deviation: Rational;
}

/** Undefined for no values. */
export function summarise(values: readonly Rational[]): Summary | undefined {
  const sorted = ascending(values);
  const lowest = sorted[0];
  const highest = sorted.at(-1);
  if (lowest === undefined || highest === undefined) return undefined;
  const median = quantile(sorted, rational(1, 2));
  return {
    lowest,
    lowerQuartile: quantile(sorted, rational(1, 4)),
    median,
    upperQuartile: quantile(sorted, rational(3, 4)),
    highest,
    deviation: quantile(ascending(values.map((value) => abs(sub(value, median)))), rational(1, 2)),
  };
}

/** Rank of each value from 1, the highest first; equal values share the better rank. */
export function ranks(values: readonly Rational[]): readonly number[] {
  const order = values.map((_, index) => index).sort((a, b) => cmp(values[b] as Rational, values[a] as Rational));
  const ranked = new Array<number>(values.length);
  order.forEach((index, place) => {
    const before = order[place - 1];
    const ties = before !== undefined && cmp(values[before] as Rational, values[index] as Rational) === 0;
    ranked[index] = ties ? (ranked[before] as number) : place + 1;
  });
  return ranked;
}

export interface Fences {
  readonly method: 'deviation' | 'quartiles';
  readonly lower: Rational;
  readonly upper: Rational;
}

/** Iglewicz and Hoaglin: a modified z-score above 3.5, with the deviation scaled by 1.4826. */
const DEVIATIONS = rational(35 * 14_826, 100_000);
/** Tukey's outer fences. */
const QUARTILE_RANGES = rational(3);

/**
 * The band of ordinary values. Where more than half of the values are equal, the deviation is zero and says nothing: then
 * the quartiles decide, and where they coincide too, nothing is called an outlier.
 */
export function fences({ median, deviation, lowerQuartile, upperQuartile }: Summary): Fences | undefined {
  if (deviation.n > 0n) {
    const reach = mul(deviation, DEVIATIONS);
    return { method: 'deviation', lower: sub(median, reach), upper: add(median, reach) };
  }
  const range = sub(upperQuartile, lowerQuartile);
  if (range.n === 0n) return undefined;
  const reach = mul(range, QUARTILE_RANGES);
  return { method: 'quartiles', lower: sub(lowerQuartile, reach), upper: add(upperQuartile, reach) };
}

/** `part` of `whole` in percent. */
export const percentage = (part: Rational, whole: Rational): Rational => div(mul(part, rational(100)), whole);
