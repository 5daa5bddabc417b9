import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Interval, Rational } from '../../src/model.js';
import {
  addIntervals,
  divIntervals,
  includes,
  intersection,
  intersects,
  interval,
  isEmpty,
  nearestInterval,
  pointInterval,
  scaleInterval,
  subIntervals,
} from '../../src/number/interval.js';
import { add, div, mul, rational, sub } from '../../src/number/rational.js';

const small = fc
  .tuple(fc.integer({ min: -30, max: 30 }), fc.integer({ min: 1, max: 4 }))
  .map(([n, d]) => rational(n, d));
const ends = fc.option(small, { nil: undefined });
const intervals: fc.Arbitrary<Interval> = fc
  .tuple(ends, ends, fc.boolean(), fc.boolean())
  .map(([lower, upper, lowerOpen, upperOpen]) => interval(lower, upper, { lowerOpen, upperOpen }))
  .filter((iv) => !isEmpty(iv));

/** A point of the interval: an end where closed, else something between. */
function pointOf(iv: Interval, share: Rational): Rational {
  const lower = iv.lower ?? sub(iv.upper ?? rational(0), rational(7));
  const upper = iv.upper ?? add(iv.lower ?? rational(0), rational(7));
  const inner = add(lower, mul(share, sub(upper, lower)));
  return inner;
}
const shares = fc.integer({ min: 1, max: 9 }).map((n) => rational(n, 10));

describe('intervals', () => {
  it('hold their points', () =>
    fc.assert(fc.property(intervals, shares, (iv, share) => includes(iv, pointOf(iv, share)))));

  it('meet exactly where a point lies in both', () =>
    fc.assert(
      fc.property(intervals, intervals, small, (a, b, x) => {
        expect(includes(intersection(a, b), x)).toBe(includes(a, x) && includes(b, x));
        expect(intersects(a, b)).toBe(intersects(b, a));
        if (includes(a, x) && includes(b, x)) expect(intersects(a, b)).toBe(true);
      }),
    ));

  it('add, subtract, scale and divide like their points', () =>
    fc.assert(
      fc.property(intervals, intervals, shares, shares, small, (a, b, s, t, factor) => {
        const [x, y] = [pointOf(a, s), pointOf(b, t)];
        expect(includes(addIntervals(a, b), add(x, y))).toBe(true);
        expect(includes(subIntervals(a, b), sub(x, y))).toBe(true);
        expect(includes(scaleInterval(a, factor), mul(x, factor))).toBe(true);
        if (x.n >= 0n && y.n > 0n) expect(includes(divIntervals(a, b), div(x, y))).toBe(true);
      }),
      { numRuns: 2000 },
    ));

  it('add in any order', () =>
    fc.assert(
      fc.property(intervals, intervals, intervals, (a, b, c) => {
        expect(addIntervals(a, b)).toEqual(addIntervals(b, a));
        expect(addIntervals(addIntervals(a, b), c)).toEqual(addIntervals(a, addIntervals(b, c)));
      }),
    ));

  it('of zero divided hold zero', () => {
    const beyond = interval(rational(1), rational(2), { lowerOpen: true });
    expect(includes(divIntervals(pointInterval(rational(0)), beyond), rational(0))).toBe(true);
  });

  it('of a rounded number hold both halves', () => {
    const iv = nearestInterval(rational(909, 10), rational(1, 10));
    expect(includes(iv, rational(9085, 100))).toBe(true);
    expect(includes(iv, rational(9095, 100))).toBe(true);
    expect(includes(iv, rational(9096, 100))).toBe(false);
  });

  it('with an open end leave out its value', () => {
    const above = interval(rational(20), rational(30), { lowerOpen: true, upperOpen: true });
    expect(includes(above, rational(20))).toBe(false);
    expect(intersects(above, pointInterval(rational(20)))).toBe(false);
    expect(intersects(above, pointInterval(rational(21)))).toBe(true);
  });
});
