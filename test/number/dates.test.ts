import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysInclusive, isoDate, parseIso, scanDates, weekdayOf, withYear } from '../../src/number/dates.js';
import { workdays } from '../../src/number/workdays.js';

/** Each mention as `text → first..last`, with what else it says. */
function read(text: string): string[] {
  return scanDates(text).map((mention) => {
    const parts = [mention.year, mention.month, mention.day].map((part) => part ?? '-').join('/');
    const days = mention.first === undefined ? parts : [...new Set([mention.first, mention.last])].join('..');
    const before = mention.before === true ? ' before' : '';
    const range = mention.rangeStart === undefined ? '' : ` from#${mention.rangeStart}`;
    const weekday = mention.weekday === undefined ? '' : ` weekday ${mention.weekday.value}`;
    return `${text.slice(mention.start, mention.end)} ${days}${before}${range}${weekday}`;
  });
}

describe('scanDates', () => {
  it.each([
    ['2023年3月1日', ['2023年3月1日 2023-03-01']],
    ['2023-03-01', ['2023-03-01 2023-03-01']],
    ['2023.3.1', ['2023.3.1 2023-03-01']],
    ['2023/3/1', ['2023/3/1 2023-03-01']],
    ['20230301', ['20230301 2023-03-01']],
    ['二〇二三年三月一日', ['二〇二三年三月一日 2023-03-01']],
    ['二〇二三年十二月三十一日', ['二〇二三年十二月三十一日 2023-12-31']],
    ['3月1日', ['3月1日 -/3/1']],
    ['2023年3月', ['2023年3月 2023-03-01..2023-03-31']],
    ['2023年2月份', ['2023年2月份 2023-02-01..2023-02-28']],
    ['2023年', ['2023年 2023-01-01..2023-12-31']],
    ['2023年度', ['2023年度 2023-01-01..2023-12-31']],
    ['2024年2月下旬', ['2024年2月下旬 2024-02-21..2024-02-29']],
    ['3月中旬', ['3月中旬 -/3/11']],
    ['2024年上半年', ['2024年上半年 2024-01-01..2024-06-30']],
    ['2024年第四季度', ['2024年第四季度 2024-10-01..2024-12-31']],
    ['一季度', ['一季度 -/1/-']],
    ['今年3月', ['今年3月 -/3/-']],
    ['2023年2月30日', ['2023年2月30日 2023/2/30']],
    ['9月7日至26，', ['9月7日 -/9/7', '26 -/9/26 from#0']],
    ['2023 年 3 月 1 日', ['2023 年 3 月 1 日 2023-03-01']],
    ['2023 年度', ['2023 年度 2023-01-01..2023-12-31']],
  ])('%s', (text, mentions) => expect(read(text)).toEqual(mentions));

  it.each([
    ['2023年12月底前完成', ['2023年12月底前 2023-12-01..2023-12-31 before']],
    ['2023年底前完成', ['2023年底前 2023-01-01..2023-12-31 before']],
    ['12月31日前完成', ['12月31日前 -/12/31 before']],
    ['2023年6月30日之前', ['2023年6月30日之前 2023-06-30 before']],
    ['年底前完成', ['年底前 -/-/- before']],
    ['今年年底前完成', ['今年年底前 -/-/- before']],
    ['3月1日前往现场', ['3月1日 -/3/1']],
    ['每年年底有总结', []],
  ])('knows a limit: %s', (text, mentions) => expect(read(text)).toEqual(mentions));

  it.each([
    ['2019年7月10日至9月30日', ['2019年7月10日 2019-07-10', '9月30日 2019-09-30 from#0']],
    ['2023年12月1日至1月15日', ['2023年12月1日 2023-12-01', '1月15日 -/1/15 from#0']],
    ['2023年3月1日—2024年4月15日', ['2023年3月1日 2023-03-01', '2024年4月15日 2024-04-15 from#0']],
    ['3月1日-15日', ['3月1日 -/3/1', '15日 -/3/15 from#0']],
    ['2023年3月1日至15日', ['2023年3月1日 2023-03-01', '15日 2023-03-15 from#0']],
    ['2023.03.01-2023.04.15', ['2023.03.01 2023-03-01', '2023.04.15 2023-04-15 from#0']],
    ['1-6月', ['1 -/1/-', '6月 -/6/- from#0']],
    ['2023年1至6月', ['2023年1 2023-01-01..2023-01-31', '6月 2023-06-01..2023-06-30 from#0']],
    ['2019—2021年', ['2019 2019-01-01..2019-12-31', '2021年 2021-01-01..2021-12-31 from#0']],
    ['9月8日、9日', ['9月8日 -/9/8', '9日 -/9/9']],
  ])('links a range: %s', (text, mentions) => expect(read(text)).toEqual(mentions));

  it.each([
    ['10月19日，利用周六时间召开', ['10月19日 -/10/19 weekday 6']],
    ['2023年3月15日（星期三）', ['2023年3月15日 2023-03-15 weekday 3']],
    ['3月19日（周日）', ['3月19日 -/3/19 weekday 7']],
    ['3月1日起，周一至周五开放', ['3月1日 -/3/1']],
    ['3月1日，每周三调度', ['3月1日 -/3/1']],
  ])('reads the weekday beside it: %s', (text, mentions) => expect(read(text)).toEqual(mentions));

  it.each([
    ['2019321日', ['2019321日 2019-03-21']],
    ['202442日', ['202442日 2024-04-02']],
    ['2019年9月30巡察组反馈', ['2019年9月30 2019-09-30']],
  ])('reads a date that lost a separator: %s', (text, mentions) => expect(read(text)).toEqual(mentions));

  it('leaves the day open where a fused date has several readings', () =>
    expect(scanDates('2019111日')[0]).toMatchObject({ year: 2019, precision: 'year' }));

  it.each(['8小时', '7日内', '3个月', '3.15万元', '第3季', '五一劳动节', '1.1.2', '10.5', '4:30', '科技路2023号'])(
    'passes over %s',
    (text) => expect(read(text)).toEqual([]),
  );

  it('reads back every day written in any form', () => {
    const forms = [
      (y: number, m: number, d: number) => `${y}年${m}月${d}日`,
      (y: number, m: number, d: number) => `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`,
      (y: number, m: number, d: number) => `${y}.${m}.${d}`,
      (y: number, m: number, d: number) => `${y}/${m}/${d}`,
    ];
    fc.assert(
      fc.property(fc.integer({ min: -15_000, max: 25_000 }), fc.constantFrom(...forms), (offset, form) => {
        const iso = addDays('2000-01-01', offset);
        const { year, month, day } = parseIso(iso) ?? { year: 0, month: 0, day: 0 };
        const text = `于${form(year, month, day)}召开`;
        const [mention, ...others] = scanDates(text);
        return mention?.first === iso && mention.last === iso && mention.end === text.length - 2 && others.length === 0;
      }),
    );
  });
});

describe('calendar', () => {
  it('knows which days there are', () => {
    expect(isoDate(2024, 2, 29)).toBe('2024-02-29');
    expect(isoDate(2023, 2, 29)).toBeUndefined();
    expect(isoDate(2023, 13, 1)).toBeUndefined();
    expect(parseIso('2023-02-30')).toBeUndefined();
  });
  it('knows weekdays', () => {
    expect(weekdayOf('2019-10-19')).toBe(6);
    expect(weekdayOf('2024-01-01')).toBe(1);
    expect(weekdayOf('1969-12-28')).toBe(7);
  });
  it('counts spans with both ends', () => {
    expect(daysInclusive('2023-03-01', '2023-03-01')).toBe(1);
    expect(daysInclusive('2023-03-01', '2023-04-30')).toBe(61);
    expect(daysInclusive('2023-03-02', '2023-03-01')).toBe(0);
  });
  it('moves by days and back', () =>
    fc.assert(
      fc.property(fc.integer({ min: -9000, max: 9000 }), (days) => {
        const day = addDays('2020-02-29', days);
        return addDays(day, -days) === '2020-02-29' && daysInclusive('2020-02-29', day) === days + 1;
      }),
    ));
  it('fills a year in on request', () => {
    const [mention] = scanDates('10月19日');
    expect(mention && withYear(mention, 2019)).toMatchObject({ year: 2019, first: '2019-10-19', last: '2019-10-19' });
  });
});

describe('workdays', () => {
  it('leaves out holidays and counts make-up days', () =>
    expect(workdays('2024-09-25', '2024-10-12')).toEqual({ days: 10, certain: true }));
  it('says where it does not know the holidays', () =>
    expect(workdays('2099-01-05', '2099-01-11')).toEqual({ days: 5, certain: false }));
  it('counts none in an empty range', () => expect(workdays('2024-01-02', '2024-01-01').days).toBe(0));
});
