/** Rates, sums and parts: what must be told, and above all what must not be accused. */
import { describe, expect, it } from 'vitest';
import { judge, verdicts } from './judge.js';

describe('rate', () => {
  it('takes the nearest operands, and each round its own', () => {
    const text = '42项整改措施，完成38项，完成率90.5%；21个问题，完成18个，完成率85.7%。';
    expect(verdicts('rate', text)).toEqual(['consistent', 'consistent']);
  });

  it('explains a rate that was cut off, and weighs it less', () => {
    const [result] = judge('rate', '21个问题已完成整改19个，完成率90.4%。');
    expect(result).toMatchObject({ verdict: 'observed', severity: 'warning', mode: 'truncated' });
    expect(result?.cause?.code).toBe('check.cause.truncated');
  });

  it('says when it has no power', () => {
    const [result] = judge('rate', '涉及资金3000万元，已收回1800万元，占60%。');
    expect(result).toMatchObject({ verdict: 'consistent', mode: 'weak' });
  });

  it('never calls an approximate operand wrong', () => {
    expect(verdicts('rate', '52个问题已完成整改约30项，完成率98.2%。')).toEqual(['unverifiable info']);
  });

  it('searches the count that is left out', () => {
    const [result] = judge('rate', '已完成整改问题483个，问题整改完成率94.89%。');
    expect(result).toMatchObject({ verdict: 'unverifiable', mode: 'search', expected: '509' });
    expect(result?.message.zh).toContain('483个/?');
  });

  it.each(['全年接受咨询1,280人次，办理事项960件，办结率100%。', '2023年完成产值120亿元，完成率103%，同比增长5%。'])(
    'leaves alone what has no operands: %s',
    (text) => expect(verdicts('rate', text)).toEqual([]),
  );
});

describe('sum by status', () => {
  it('leaves out what stands in another part', () => {
    expect(verdicts('sum', '44个问题已完成整改40项，正在推进4项，其中需长期坚持2项。')).toEqual(['consistent']);
    expect(verdicts('sum', '44个问题已完成整改40项，正在推进4项，需长期坚持2项。')).toEqual(['inconsistent warning']);
  });

  it('does not add up two dates or two rounds', () => {
    const dates = '截至6月底，44个问题已完成30个；截至12月底，44个问题已完成40个，正在推进4个。';
    const rounds = '第一批反馈20个问题已全部整改完成。第二批反馈15个问题，已完成12个，正在推进3个。';
    expect(verdicts('sum', dates)).toEqual(['consistent']);
    expect(verdicts('sum', rounds)).toEqual(['consistent']);
  });
});

describe('breakdown', () => {
  it.each([
    ['其中 alone may leave some out', '查处案件2820件，其中简易案件800件、一般案件1081件。', []],
    ['含 is a subset', '检查企业36家，其中国有企业20家（含民营控股5家）、外资企业16家。', ['consistent']],
    ['a bracket holds its own parts', '党纪处分8人（其中警告5人、严重警告3人），诫勉5人。', ['consistent']],
    ['the rest is of the nearest whole', '社区127个，重点社区30个，已完成20个，其余10个正在推进。', ['consistent']],
    [
      'two ways of sorting',
      '项目98个，其中在建17个、续建47个、新建34个，省级63个、市级28个、县级7个。',
      ['consistent', 'consistent'],
    ],
    ['rounded parts', '清退18.5万元，其中补贴12.3万元、差旅4.1万元、其他2.2万元。', ['consistent']],
    ['an announced whole', '退还资金4260元，分别为补贴2150元、招待费2010元。', ['inconsistent error']],
    ['years respectively', '2021年受理投诉10件，2022年、2023年分别为12件、15件。', []],
  ])('%s', (_name, text, expected) => expect(verdicts('breakdown', text)).toEqual(expected));

  it('names the cause and the sum', () => {
    const [result] = judge('breakdown', '新建制度12项，修订制度8项，共计21项。');
    expect(result).toMatchObject({ stated: '21项', expected: '20项' });
    expect(result?.cause?.code).toBe('check.cause.offByOne');
  });
});
