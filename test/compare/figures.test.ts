import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compare } from '../../src/compare/compare.js';
import { fences, ranks, summarise } from '../../src/compare/statistics.js';
import { cmp, rational, toDecimal } from '../../src/number/rational.js';
import { vocabulary } from './family.js';
import { noticeOf } from './notice.js';

const words = (text: string): readonly string[] => [...text];
const units = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬'];
const table = (done: readonly number[], total = '20') =>
  compare(
    done.map((value, at) =>
      noticeOf({
        id: `n${at}`,
        unit: `临山县${units[at]}局党组`,
        figures: { 'problems.total': total, 'problems.completed': String(value) },
      }),
    ),
    { words, vocabulary },
  );

describe('figures side by side', () => {
  test('a rate is recomputed exactly from its counts, and shown beside the one that is stated', async () => {
    const notice = noticeOf({
      id: 'a',
      unit: '临山县林业局党组',
      figures: { 'problems.total': '44', 'problems.completed': '40', 'problems.rate': '90.9' },
    });
    const { figures } = await compare([notice], { words, vocabulary });
    expect(figures.rows[0]?.rates['problems.rate']).toEqual({
      value: '90.91',
      fraction: '10/11',
      part: '40',
      whole: '44',
      stated: '90.9',
      rank: 1,
    });
  });

  test('an approximate figure is shown, but neither ranked nor used in a rate', async () => {
    const notice = noticeOf({ id: 'a', figures: { 'problems.total': '~44', 'problems.completed': '40' } });
    const { figures } = await compare([notice], { words, vocabulary });
    expect(figures.rows[0]?.figures['problems.total']).toMatchObject({ value: '44', exact: false });
    expect(figures.rows[0]?.figures['problems.total']?.rank).toBeUndefined();
    expect(figures.rates).toEqual([]);
  });

  test('a part above its whole is of another whole, and makes no rate', async () => {
    const figures = { 'problems.total': '6', 'problems.completed': '41' };
    const compared = await compare([noticeOf({ id: 'a', figures })], { words, vocabulary });
    expect(compared.figures.rates).toEqual([]);
    expect(compared.figures.rows[0]?.figures['problems.completed']).toMatchObject({ value: '41' });
  });

  test('a value far from the others is named with its measure', async () => {
    const { figures } = await table([18, 17, 19, 18, 17, 18, 19, 3]);
    expect(figures.outliers.filter(({ recomputed }) => !recomputed)).toMatchObject([
      { document: 'n7', metric: 'problems.completed', value: '3', side: 'low', method: 'deviation', median: '18' },
    ]);
    expect(figures.outliers[0]?.message.en).toContain('far below');
  });

  test('where most values are equal, the quartiles decide or nothing does', async () => {
    const { figures } = await table([18, 18, 18, 18, 18, 18, 18, 18, 3]);
    expect(figures.outliers).toEqual([]);
  });

  test('a small group has no outliers', async () => {
    const { figures } = await table([18, 17, 19, 3]);
    expect(figures.outliers).toEqual([]);
  });
});

describe('statistics', () => {
  const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 30 });

  test('quartiles lie in order between the extremes', () => {
    fc.assert(
      fc.property(values, (numbers) => {
        const summary = summarise(numbers.map((n) => rational(n)));
        const { lowest, lowerQuartile, median, upperQuartile, highest } = summary ?? expect.fail();
        const inOrder = [lowest, lowerQuartile, median, upperQuartile, highest];
        expect(inOrder.every((value, at) => at === 0 || cmp(inOrder[at - 1] ?? value, value) <= 0)).toBe(true);
      }),
    );
  });

  test('the median of an even count is the mean of the middle two', () => {
    expect(toDecimal((summarise([1, 2, 5, 9].map((n) => rational(n))) ?? expect.fail()).median)).toBe('3.5');
  });

  test('a rank is one more than the number of greater values', () => {
    fc.assert(
      fc.property(values, (numbers) => {
        const expected = numbers.map((n) => numbers.filter((other) => other > n).length + 1);
        expect(ranks(numbers.map((n) => rational(n)))).toEqual(expected);
      }),
    );
  });

  test('the median is never outside the fences', () => {
    fc.assert(
      fc.property(values, (numbers) => {
        const summary = summarise(numbers.map((n) => rational(n))) ?? expect.fail();
        const band = fences(summary);
        if (band === undefined) return;
        expect(cmp(band.lower, summary.median)).toBeLessThanOrEqual(0);
        expect(cmp(summary.median, band.upper)).toBeLessThanOrEqual(0);
      }),
    );
  });
});
