import { describe, expect, it } from 'vitest';
import type { Rational } from '../../src/model.js';
import {
  detects,
  digitsSwapped,
  exceeds,
  percentAgreement,
  percentCause,
  possibleParts,
  possibleWholes,
  repeatAgreement,
  shareAgreement,
  sumAgreement,
  valueCause,
} from '../../src/number/agreement.js';
import { interval, nearestInterval, pointInterval } from '../../src/number/interval.js';
import { parseDecimal, rational, toDecimal, ZERO } from '../../src/number/rational.js';

const q = (text: string): Rational => parseDecimal(text) as Rational;
const decimals = (text: string): number => text.split('.')[1]?.length ?? 0;
const percent = (part: number, whole: number, stated: string) =>
  percentAgreement(rational(part), rational(whole), q(stated), decimals(stated));
const stated = (text: string, quantum = '0') => ({ value: q(text), quantum: q(quantum) });

describe('percentage of counts', () => {
  it.each([
    [40, 44, '90.9', 'nearest'],
    [40, 44, '90.91', 'nearest'],
    [40, 44, '90.90', 'truncated'],
    [2, 3, '66', 'truncated'],
    [2, 3, '67', 'nearest'],
    [1, 3, '34', 'roundedUp'],
    [1, 8, '12.5', 'nearest'],
    [1, 8, '12', 'nearest'],
    [1, 8, '13', 'nearest'],
    [40, 44, '98.2', 'none'],
    [44, 44, '100', 'nearest'],
    [0, 44, '0', 'nearest'],
  ])('%i of %i as %s%% is %s', (part, whole, text, mode) => expect(percent(part, whole, text)?.mode).toBe(mode));

  it('gives the exact share', () => expect(toDecimal(percent(40, 44, '90.9')?.exact ?? ZERO, 4)).toBe('90.9091'));
  it('says nothing of an empty whole', () => expect(percent(0, 0, '100')).toBeUndefined());

  it('follows the integer rule for every a ≤ b ≤ 300 and 0 to 3 decimals', () => {
    const wrong: string[] = [];
    for (let places = 0; places <= 3; places += 1) {
      const scale = 10 ** places;
      for (let b = 1; b <= 300; b += 1) {
        for (let a = 0; a <= b; a += 1) {
          const n = 100 * a * scale;
          const near = Math.floor(n / b);
          for (const p of [near - 1, near, near + 1, near + 2]) {
            if (p < 0) continue;
            const expected =
              Math.abs(2 * n - 2 * p * b) <= b
                ? 'nearest'
                : p * b <= n && n < (p + 1) * b
                  ? 'truncated'
                  : (p - 1) * b < n && n <= p * b
                    ? 'roundedUp'
                    : 'none';
            const mode = percentAgreement(rational(a), rational(b), rational(p, scale), places)?.mode;
            if (mode !== expected) wrong.push(`${a}/${b} ${p}/${scale}: ${mode}, not ${expected}`);
          }
        }
      }
    }
    expect(wrong).toEqual([]);
  }, 60_000);

  it('has the power to see an error of one only in a whole that is small enough', () => {
    expect(detects(rational(44), 1)).toBe(true);
    expect(detects(rational(999), 1)).toBe(true);
    expect(detects(rational(1000), 1)).toBe(false);
    expect(detects(rational(100), 0)).toBe(false);
  });

  it('with that power never accepts both a part and the next', () => {
    for (let b = 1; b < 100; b += 1) {
      for (let a = 0; a < b; a += 1) {
        for (let p = 0; p <= 100; p += 1) {
          const both = [a, a + 1].every(
            (part) => percentAgreement(rational(part), rational(b), rational(p), 0)?.mode === 'nearest',
          );
          // A half may round either way, so both can only fit where each lies exactly half a step off.
          if (both) expect(200 * a + b).toBe(2 * p * b);
        }
      }
    }
  });
});

describe('missing operand', () => {
  it('483 at 94.89% leaves only 509', () =>
    expect(possibleWholes(rational(483), q('94.89'), 2)).toEqual({ first: 509n, last: 509n }));
  it('94.89% of 509 leaves only 483', () =>
    expect(possibleParts(rational(509), q('94.89'), 2)).toEqual({ first: 483n, last: 483n }));
  it('may leave none', () => expect(possibleWholes(rational(3), q('99'), 0)).toBeUndefined());
  it('may leave no upper limit', () => expect(possibleWholes(rational(0), q('0'), 0)).toEqual({ first: 1n }));
  it('agrees with trying every whole', () => {
    for (const part of [0, 1, 7, 40, 133]) {
      for (const text of ['0.4', '5', '33.3', '66.67', '90.9', '100', '100.0']) {
        const range = possibleWholes(rational(part), q(text), decimals(text));
        for (let whole = 1; whole <= 400; whole += 1) {
          const inRange =
            range !== undefined && range.first <= whole && (range.last === undefined || whole <= range.last);
          expect([part, text, whole, inRange]).toEqual([
            part,
            text,
            whole,
            percent(part, whole, text)?.mode === 'nearest',
          ]);
        }
      }
    }
  });
});

describe('sums', () => {
  const companies = ['126', '28', '32', '15'].map((text) => stated(text));
  it('of exact counts must be equal', () => {
    expect(sumAgreement(stated('201'), companies).agrees).toBe(true);
    expect(sumAgreement(stated('202'), companies)).toMatchObject({ agrees: false, expected: q('201') });
  });
  it('of rounded amounts may differ by what rounding allows', () => {
    const parts = [stated('1.2', '0.1'), stated('3.4', '0.1')];
    expect(sumAgreement(stated('4.7', '0.1'), parts).agrees).toBe(true);
    expect(sumAgreement(stated('4.8', '0.1'), parts).agrees).toBe(false);
  });
  it('of shares are 100 within rounding', () => {
    const thirds = ['33.3', '33.3', '33.3'].map((text) => stated(text, '0.1'));
    expect(shareAgreement(thirds).agrees).toBe(true);
    expect(shareAgreement([...thirds, stated('1.0', '0.1')]).agrees).toBe(false);
  });
  it('of some parts may be less than the total, not more', () => {
    expect(exceeds(stated('10'), [stated('4'), stated('5')])).toBe(false);
    expect(exceeds(stated('8'), [stated('4'), stated('5')])).toBe(true);
  });
});

describe('repeats', () => {
  const amount = (text: string, quantum: string) => ({
    value: q(text),
    quantum: q(quantum),
    decimals: 0,
    qualifier: 'exact' as const,
    interval: quantum === '0' ? pointInterval(q(text)) : nearestInterval(q(text), q(quantum)),
  });
  it('in one step must be equal', () => {
    expect(repeatAgreement(amount('44', '0'), amount('44', '0'))).toBe(true);
    expect(repeatAgreement(amount('44', '0'), amount('45', '0'))).toBe(false);
    expect(repeatAgreement(amount('90.9', '0.1'), amount('91', '0.1'))).toBe(false);
  });
  it('in different steps must share a value', () => {
    expect(repeatAgreement(amount('4300', '100'), amount('4300', '1'))).toBe(true);
    expect(repeatAgreement(amount('2649000', '1000'), amount('2649066.5', '0.1'))).toBe(true);
    expect(repeatAgreement(amount('2649000', '1000'), amount('2659066.5', '0.1'))).toBe(false);
  });
  it('may be approximate', () => {
    const above20 = {
      ...amount('20', '0'),
      qualifier: 'moreThan' as const,
      interval: interval(q('20'), q('30'), { lowerOpen: true, upperOpen: true }),
    };
    expect(repeatAgreement(above20, amount('23', '0'))).toBe(true);
    expect(repeatAgreement(above20, amount('31', '0'))).toBe(false);
  });
});

describe('causes', () => {
  const cause = (part: number, whole: number, text: string, others: number[] = []) =>
    percentCause(
      rational(part),
      rational(whole),
      q(text),
      decimals(text),
      others.map((n) => rational(n)),
    );
  it('is none where all agrees', () => expect(cause(40, 44, '90.9')).toBeUndefined());
  it('is truncation', () => expect(cause(40, 44, '90.90')).toEqual({ kind: 'truncated' }));
  it('is another whole', () =>
    expect(cause(40, 44, '28.4', [141])).toEqual({ kind: 'otherWhole', value: rational(141) }));
  it('is one too many or too few', () => {
    expect(cause(40, 44, '93.2')).toEqual({ kind: 'offByOne', operand: 'part', value: rational(41) });
    expect(cause(40, 44, '93.0')).toEqual({ kind: 'offByOne', operand: 'whole', value: rational(43) });
  });
  it('is digits swapped', () => {
    expect(cause(40, 44, '99.0')).toEqual({ kind: 'digitsSwapped' });
    expect(digitsSwapped(rational(126), rational(162))).toBe(true);
    expect(digitsSwapped(rational(126), rational(612))).toBe(false);
    expect(valueCause(rational(162), rational(126))).toEqual({ kind: 'digitsSwapped' });
  });
  it('is 万 for 亿 or a lost place', () => {
    expect(valueCause(rational(43), rational(430_000))).toEqual({ kind: 'scale', factor: rational(1, 10_000) });
    expect(valueCause(rational(260), rational(26))).toEqual({ kind: 'scale', factor: rational(10) });
  });
  it('is one in a count', () =>
    expect(valueCause(rational(45), rational(44))).toEqual({
      kind: 'offByOne',
      operand: 'whole',
      value: rational(44),
    }));
  it('may be unknown', () => expect(valueCause(rational(70), rational(44))).toBeUndefined());
});
