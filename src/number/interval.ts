/**
 * Intervals of rationals: what a written number leaves open. Sums and differences of intervals hold every sum and
 * difference of their points, and nothing else.
 */
import type { Interval, Rational } from '../model.js';
import { add, cmp, div, eq, mul, neg, rational } from './rational.js';

/** Which ends exclude their value. */
export interface Openness {
  readonly lowerOpen?: boolean;
  readonly upperOpen?: boolean;
}

/** From `lower` to `upper`; a missing end is unbounded. Closed unless said otherwise. */
export function interval(lower?: Rational, upper?: Rational, open: Openness = {}): Interval {
  if (lower !== undefined && upper !== undefined && !open.lowerOpen && !open.upperOpen) return { lower, upper };
  return {
    ...(lower === undefined ? {} : { lower, ...(open.lowerOpen === true ? { lowerOpen: true } : {}) }),
    ...(upper === undefined ? {} : { upper, ...(open.upperOpen === true ? { upperOpen: true } : {}) }),
  };
}

export const pointInterval = (value: Rational): Interval => ({ lower: value, upper: value });

/** Every value that rounds to `value` at steps of `quantum`, both ends included (half up and half to even alike). */
export function nearestInterval(value: Rational, quantum: Rational): Interval {
  const half = mul(quantum, rational(1n, 2n));
  return { lower: add(value, neg(half)), upper: add(value, half) };
}

export function isEmpty({ lower, upper, lowerOpen, upperOpen }: Interval): boolean {
  if (lower === undefined || upper === undefined) return false;
  const order = cmp(lower, upper);
  return order > 0 || (order === 0 && (lowerOpen === true || upperOpen === true));
}

export function includes({ lower, upper, lowerOpen, upperOpen }: Interval, value: Rational): boolean {
  if (lower !== undefined && cmp(value, lower) < (lowerOpen === true ? 1 : 0)) return false;
  return upper === undefined || cmp(value, upper) <= (upperOpen === true ? -1 : 0);
}

/** The points of both; may be empty. */
export function intersection(a: Interval, b: Interval): Interval {
  const [lowerEnd, upperEnd] = [tighter(a, b, 'lower', 1), tighter(a, b, 'upper', -1)];
  return interval(lowerEnd.lower, upperEnd.upper, {
    lowerOpen: lowerEnd.lowerOpen === true,
    upperOpen: upperEnd.upperOpen === true,
  });
}

/** Of two intervals, the one whose lower (upper) end shuts out more; `sign` is 1 where the greater end does. */
function tighter(a: Interval, b: Interval, end: 'lower' | 'upper', sign: 1 | -1): Interval {
  const [x, y] = [a[end], b[end]];
  if (x === undefined) return b;
  if (y === undefined) return a;
  const order = cmp(x, y) * sign;
  if (order !== 0) return order > 0 ? a : b;
  return a[`${end}Open`] === true ? a : b;
}

export const intersects = (a: Interval, b: Interval): boolean => !isEmpty(intersection(a, b));

/** All sums of a point of each. */
export const addIntervals = (a: Interval, b: Interval): Interval =>
  interval(
    a.lower === undefined || b.lower === undefined ? undefined : add(a.lower, b.lower),
    a.upper === undefined || b.upper === undefined ? undefined : add(a.upper, b.upper),
    {
      lowerOpen: a.lowerOpen === true || b.lowerOpen === true,
      upperOpen: a.upperOpen === true || b.upperOpen === true,
    },
  );

export const subIntervals = (a: Interval, b: Interval): Interval => addIntervals(a, negInterval(b));

const negInterval = (a: Interval): Interval =>
  interval(a.upper === undefined ? undefined : neg(a.upper), a.lower === undefined ? undefined : neg(a.lower), {
    lowerOpen: a.upperOpen === true,
    upperOpen: a.lowerOpen === true,
  });

/** Every point times `factor`; a negative one swaps the ends, zero gives the point zero. */
export function scaleInterval(a: Interval, factor: Rational): Interval {
  if (factor.n === 0n) return pointInterval(factor);
  if (factor.n < 0n) return scaleInterval(negInterval(a), neg(factor));
  return interval(
    a.lower === undefined ? undefined : mul(a.lower, factor),
    a.upper === undefined ? undefined : mul(a.upper, factor),
    { lowerOpen: a.lowerOpen === true, upperOpen: a.upperOpen === true },
  );
}

/** All quotients of points of a, not below 0, by points of b above 0. Unbounded above where b reaches 0 or a is. */
export function divIntervals(a: Interval, b: Interval): Interval {
  const zero = rational(0n);
  const low = a.lower === undefined || a.lower.n < 0n ? zero : a.lower;
  const reachesZero = b.lower === undefined || b.lower.n <= 0n;
  return interval(
    b.upper === undefined ? zero : div(low, b.upper),
    a.upper === undefined || reachesZero ? undefined : div(a.upper, b.lower as Rational),
    {
      lowerOpen: low.n > 0n && (a.lowerOpen === true || b.upperOpen === true || b.upper === undefined),
      // 0 divided by anything is 0, whether or not b reaches its lower end.
      upperOpen: a.upperOpen === true || (b.lowerOpen === true && a.upper?.n !== 0n),
    },
  );
}

export const isPoint = ({ lower, upper }: Interval): boolean =>
  lower !== undefined && upper !== undefined && eq(lower, upper);
