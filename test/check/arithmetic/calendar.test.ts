/** Weekdays, lengths of periods, order of days. */
import { describe, expect, it } from 'vitest';
import { judge, verdicts } from './judge.js';

describe('weekday', () => {
  it('takes a yearless date in a year that the notice allows', () => {
    expect(verdicts('weekday', '2019年9月30日反馈。10月19日（星期六）召开会议。')).toEqual(['consistent']);
    expect(verdicts('weekday', '2019年9月30日反馈。10月19日（星期五）召开会议。')).toEqual(['inconsistent error']);
  });
});

describe('span', () => {
  it.each([
    ['2024年3月5日至4月18日，开展了为期45天的巡察。', ['consistent']],
    ['2023年12月5日至2024年1月20日，历时47天。', ['consistent']],
    ['2023年3月5日至5月5日，开展了为期60天左右的巡察。', ['consistent']],
    ['2023年3月5日至5月5日，开展了为期2个月的巡察。', ['consistent']],
    ['2024年3月5日至4月18日，开展了为期44天的巡察。', ['inconsistent warning']],
    ['2024年3月5日至4月18日，开展了为期57天的巡察。', ['inconsistent error']],
    ['2024年3月4日至3月29日，开展了为期20个工作日的巡察。', ['consistent']],
    ['2054年3月2日至3月27日，开展了为期20个工作日的巡察。', ['unverifiable info']],
  ])('%s', (text, expected) => expect(verdicts('span', text)).toEqual(expected));
});

describe('dates', () => {
  it('finds a day that no calendar has', () => {
    expect(verdicts('dates', '2023年2月30日召开会议。')).toEqual(['inconsistent error']);
    expect(verdicts('dates', '2024年2月29日召开会议。')).toEqual([]);
  });

  it('names both days where feedback lies before the end', () => {
    const text = '2023年3月27日至5月31日，市委第一巡察组对局党组开展了巡察。2023年4月18日，巡察组反馈了巡察意见。';
    const [result] = judge('dates', text);
    expect(result?.evidence.map(({ quote }) => quote)).toEqual(['5月31日', '2023年4月18日']);
  });
});
