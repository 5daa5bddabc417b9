import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DeadlineContext, findDeadlines } from '../../src/extract/deadlines.js';
import { yearBetween } from '../../src/extract/years.js';
import { loadRules } from '../../src/rules/load.js';
import { viewOf } from './view.js';

const rules = loadRules(process.env.HECHA_TEST_RULES ?? 'rules');
const CONTEXT = { feedback: '2023-05-20', published: '2023-12-30' };

/** Days and standing terms, in order; `?` for a day that nothing forces. */
function until(text: string, context: DeadlineContext = CONTEXT): string {
  const found = findDeadlines(rules, viewOf(text, rules), { start: 0, end: text.length }, context);
  return found.map(({ iso, standing }) => iso ?? standing ?? '?').join(' ');
}

describe('under a label', () => {
  it.each([
    ['整改时限：2023年12月底前', '2023-12-31'],
    ['整改时限：2023年12月', '2023-12-31'],
    ['完成时限：2023年11月30日前', '2023-11-30'],
    ['完成时限：2023年11月30日', '2023-11-30'],
    ['整改期限:2023年11月上旬', '2023-11-10'],
    ['整改期限：2023年11月中旬', '2023-11-20'],
    ['整改期限：2024年2月下旬', '2024-02-29'],
    ['整改时限：2024年上半年', '2024-06-30'],
    ['整改时限：2023年年底', '2023-12-31'],
    ['整改时限：2023年底前', '2023-12-31'],
    ['整改时限：2023年第三季度', '2023-09-30'],
    ['计划完成时间：2023.12.31', '2023-12-31'],
    ['【整改时限】2023年8月15日前', '2023-08-15'],
    ['（责任单位：办公室；整改时限：2023年10月底前）', '2023-10-31'],
    ['整改时限：12月31日前', '2023-12-31'],
    ['整改时限：3月底前', '2024-03-31'],
    ['整改时限：今年10月底前', '2023-10-31'],
    ['整改时限：明年6月底前', '2024-06-30'],
    ['整改时限：一个月内', '2023-06-20'],
    ['整改时限：3个月内', '2023-08-20'],
    ['整改时限：60日内', '2023-07-19'],
    ['整改时限：自反馈之日起两个月内', '2023-07-20'],
    ['整改时限：10个工作日内', '?'],
    ['整改时限：2023年6月至12月', '2023-12-31'],
    ['整改时限：2023年9月30日前完成整改', '2023-09-30'],
    ['整改时限：立即整改，2023年12月底前完成', 'immediately 2023-12-31'],
    ['整改时限：立行立改', 'immediately'],
    ['整改时限：长期坚持', 'longTerm'],
    ['完成时限：持续推进', 'longTerm'],
    ['发布时间：2023年12月30日', ''],
    ['巡察时间：2023年3月1日至4月10日', ''],
    ['公示时间：2023年12月30日至2024年1月8日', ''],
  ])('%s → %s', (text, expected) => expect(until(text)).toBe(expected));
});

describe('in a sentence', () => {
  it.each([
    ['2023年12月底前完成清退。', '2023-12-31'],
    ['12月31日前整改到位。', '2023-12-31'],
    ['余款于2024年6月底前归还完毕。', '2024-06-30'],
    ['预计2024年6月完成验收。', '2024-06-30'],
    ['确保2024年上半年全部办结。', '2024-06-30'],
    ['要求一个月内完成清退。', '2023-06-20'],
    ['收到反馈意见后两个月内完成整改。', '2023-07-20'],
    ['争取年底前全部完成。', '2023-12-31'],
    ['多发补贴限于6月30日前退还。', '2023-06-30'],
    ['每年12月底前完成考核。', ''],
    ['2023年12月底前已完成清退。', ''],
    ['截至2023年12月底，完成整改18个。', ''],
    ['2023年12月5日完成清退。', ''],
    ['2023年以来完成整改8项。', ''],
    ['接到投诉七日内办结答复。', ''],
    ['坚持立行立改，长期坚持。', ''],
  ])('%s → %s', (text, expected) => expect(until(text)).toBe(expected));
});

describe('in a column', () => {
  it('reads the cells under its head', () => {
    expect(until('问题\t完成时限\n台账不全\t2023年9月底前\n公示不及时\t立行立改\n账目不清\t2023年9月中旬')).toBe(
      '2023-09-30 2023-09-20 immediately',
    );
  });
});

describe('what nothing forces', () => {
  it('stays without a day', () => {
    expect(until('整改时限：12月31日前', {})).toBe('?');
    expect(until('整改时限：一个月内', {})).toBe('?');
    expect(until('整改时限：明年6月底前', { feedback: '2023-05-20' })).toBe('?');
  });

  it('looks only within the span', () => {
    const text = '整改时限：2023年12月底前\n整改时限：2023年10月底前';
    const view = viewOf(text, rules);
    expect(findDeadlines(rules, view, { start: 0, end: 15 }, {}).map(({ iso }) => iso)).toEqual(['2023-12-31']);
  });
});

describe('the year between two days', () => {
  const day = fc
    .date({ min: new Date('2000-01-01'), max: new Date('2040-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));

  it('keeps the order, where it gives one', () => {
    fc.assert(
      fc.property(day, day, day, (a, b, any) => {
        const [first, last] = a < b ? [a, b] : [b, a];
        const dayIn = (year: number): string => `${year}${any.slice(4)}`;
        const year = yearBetween({ first, last }, dayIn);
        if (year === undefined) return;
        expect(dayIn(year) >= first && dayIn(year) <= last).toBe(true);
      }),
    );
  });

  it('gives the year of the day itself within less than a year', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 300 }), (first, after) => {
        const inside = new Date(Date.parse(first) + after * 86_400_000).toISOString().slice(0, 10);
        const last = new Date(Date.parse(first) + 300 * 86_400_000).toISOString().slice(0, 10);
        expect(yearBetween({ first, last }, (year) => `${year}${inside.slice(4)}`)).toBe(Number(inside.slice(0, 4)));
      }),
    );
  });
});
