import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNumeral } from '../../src/number/numeral.js';
import { eq, parseDecimal, toDecimal } from '../../src/number/rational.js';
import { STYLES, writeNumeral } from './write-numeral.js';

const decimalOf = (text: string): string | undefined => {
  const numeral = parseNumeral(text);
  return numeral === undefined ? undefined : toDecimal(numeral.value);
};

describe('numerals', () => {
  it.each([
    ['3,569', '3569'],
    ['3，569', '3569'],
    ['1 234', '1234'],
    ['1.2万', '12000'],
    ['3.52亿', '352000000'],
    ['2千万', '20000000'],
    ['1亿2千万', '120000000'],
    ['3万5千', '35000'],
    ['四十四', '44'],
    ['十', '10'],
    ['一百二十三', '123'],
    ['一百零五', '105'],
    ['两万三千', '23000'],
    ['两万三', '23000'],
    ['一百五', '150'],
    ['廿三', '23'],
    ['〇', '0'],
    ['二〇二三', '2023'],
    ['壹佰贰拾叁', '123'],
    ['十点五', '10.5'],
    ['一点二亿', '120000000'],
    ['一亿零五百万', '105000000'],
    ['三万五千亿', '3500000000000'],
  ])('%s is %s', (text, value) => expect(decimalOf(text)).toBe(value));

  it.each(['', '百', '二五', '十十', '一百零', '万', '1.2.3', '四四方', '一千百'])('%s is none', (text) =>
    expect(parseNumeral(text)).toBeUndefined(),
  );

  it.each([
    ['3.52亿', '1000000'],
    ['90.0', '0.1'],
    ['300万', '10000'],
    ['三百万', '10000'],
    ['44', '1'],
  ])('%s is written in steps of %s', (text, quantum) =>
    expect(toDecimal(parseNumeral(text)?.quantum ?? { n: -1n, d: 1n })).toBe(quantum),
  );

  it('reads 两三 as two or three', () => {
    const numeral = parseNumeral('两三');
    expect([numeral?.value.n, numeral?.upTo?.n]).toEqual([2n, 3n]);
  });

  describe.each(STYLES)('%s', (style) => {
    it('gives back every integer to a million', () => {
      const wrong: string[] = [];
      for (let value = 0; value <= 1_000_000; value += 1) {
        const text = writeNumeral(value, style);
        if (text === undefined) continue;
        const numeral = parseNumeral(text);
        if (numeral?.value.n !== BigInt(value) || numeral.value.d !== 1n) wrong.push(`${value} ${text}`);
        if (wrong.length > 5) break;
      }
      expect(wrong).toEqual([]);
    });
  });

  it('gives back random integers to 10¹² and their shortened forms', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), fc.constantFrom(...STYLES), (value, style) => {
        const text = writeNumeral(value, style);
        fc.pre(text !== undefined);
        return parseNumeral(text as string)?.value.n === BigInt(value);
      }),
      { numRuns: 3000 },
    );
  });

  it('gives back random decimals with 万 and 亿', () => {
    const scales = { '': 1n, 万: 10_000n, 亿: 100_000_000n };
    const decimal = fc
      .tuple(fc.nat(99_999), fc.nat(99_999), fc.integer({ min: 1, max: 5 }))
      .map(([whole, fraction, places]) => `${whole}.${String(fraction).padStart(5, '0').slice(0, places)}`);
    fc.assert(
      fc.property(decimal, fc.constantFrom('', '万', '亿'), (text, scale) => {
        const written = parseDecimal(text) ?? { n: -1n, d: 1n };
        const numeral = parseNumeral(`${text}${scale}`);
        const factor = scales[scale as keyof typeof scales];
        return (
          numeral !== undefined &&
          numeral.value.n * written.d === written.n * factor * numeral.value.d &&
          numeral.decimals === text.length - text.indexOf('.') - 1
        );
      }),
      { numRuns: 3000 },
    );
  });

  it('never reads two styles of one value apart', () => {
    fc.assert(
      fc.property(fc.nat(99_999_999), (value) => {
        const read = STYLES.flatMap((style) => parseNumeral(writeNumeral(value, style) ?? '')?.value ?? []);
        return read.every((other) => eq(other, read[0] ?? other));
      }),
    );
  });
});
