import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as q from '../../src/number/rational.js';

const rationals = fc
  .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 10n ** 6n }))
  .map(([n, d]) => q.rational(n, d));

describe('rationals', () => {
  it('are in lowest terms with the sign above', () => expect(q.rational(6, -4)).toEqual({ n: -3n, d: 2n }));
  it('have no zero below', () => expect(() => q.rational(1, 0)).toThrow(RangeError));
  it('obey the laws of arithmetic', () =>
    fc.assert(
      fc.property(rationals, rationals, rationals, (a, b, c) => {
        expect(q.eq(q.add(a, b), q.add(b, a))).toBe(true);
        expect(q.eq(q.mul(a, q.add(b, c)), q.add(q.mul(a, b), q.mul(a, c)))).toBe(true);
        expect(q.eq(q.sub(q.add(a, b), b), a)).toBe(true);
        if (b.n !== 0n) expect(q.eq(q.mul(q.div(a, b), b), a)).toBe(true);
      }),
    ));
  it('order like numbers', () =>
    fc.assert(
      fc.property(rationals, rationals, (a, b) => {
        expect(q.cmp(a, b)).toBe(-q.cmp(b, a) + 0);
        expect(q.cmp(q.min(a, b), q.max(a, b))).toBeLessThanOrEqual(0);
      }),
    ));
  it('round down, up, and to the nearest', () => {
    expect([q.floor(q.rational(-7, 2)), q.ceil(q.rational(-7, 2))]).toEqual([-4n, -3n]);
    expect(q.toDecimal(q.round(q.rational(12345, 1000), 2))).toBe('12.35');
  });
});

describe('decimal strings', () => {
  it.each([
    ['0', '0'],
    ['-12.50', '-12.5'],
    ['264.90665', '264.90665'],
    ['-0.05', '-0.05'],
  ])('%s is written %s', (text, written) => expect(q.toDecimal(q.parseDecimal(text) ?? q.ONE)).toBe(written));
  it.each(['', '.5', '1.', '1e3', '+1', '1,000'])('%s is none', (text) => expect(q.parseDecimal(text)).toBeUndefined());
  it('are rounded where they do not end or are too long', () => {
    expect(q.toDecimal(q.rational(1000, 11), 2)).toBe('90.91');
    expect(q.toDecimal(q.rational(1, 3))).toBe('0.333333');
    expect(q.toDecimal(q.rational(-1, 8), 2)).toBe('-0.13');
  });
  it('are read back', () =>
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.nat(9), (n, places) => {
        const value = q.rational(n, 10n ** BigInt(places));
        return q.eq(q.parseDecimal(q.toDecimal(value)) ?? q.rational(n + 1n), value);
      }),
    ));
});
