/** One number in several places, in several units, and against what is listed. */
import { describe, expect, it } from 'vitest';
import { judge, verdicts } from './judge.js';

const notice = (lead: string, ...findings: readonly string[]): string =>
  [
    lead,
    '一、关于“作风不实”方面的整改',
    ...findings.map((text, index) => `${index + 1}.针对“事项${index + 1}”的问题，${text}`),
  ].join('\n');

describe('repeat', () => {
  it('lets a notice tell two grains apart', () => {
    expect(verdicts('repeat', '反馈33个问题，细化为97个问题。\n97个问题全部建立台账。')).toEqual([]);
  });

  it('does not compare the counts of several subjects with their sum', () => {
    const text = '共反馈问题78个。\n水利局反馈问题44个。\n教育局反馈问题34个。';
    expect(verdicts('repeat', text)).toEqual([]);
  });

  it('warns where a finding has more than the notice', () => {
    expect(verdicts('repeat', notice('共约谈6人。', '约谈相关人员8人。'))).toEqual(['inconsistent warning']);
    expect(verdicts('repeat', notice('共约谈6人。', '约谈相关人员2人。'))).toEqual([]);
  });
});

describe('unit', () => {
  it.each([
    ['清退违规补贴312600元。', 'consistent'],
    ['清退违规补贴312600万元。', 'inconsistent error'],
    ['清退违规补贴316200元。', 'inconsistent warning'],
  ])('31.26万元 and %s', (local, expected) => {
    expect(verdicts('unit', notice('清退违规补贴31.26万元。', local))).toEqual([expected]);
  });

  it('names the slip', () => {
    const [result] = judge('unit', notice('清退违规补贴31.26万元。', '清退违规补贴312600万元。'));
    expect(result?.cause?.code).toBe('check.cause.tenThousand');
  });
});

describe('count', () => {
  it('takes fewer listed as an abridged notice, more as a contradiction', () => {
    expect(verdicts('count', notice('反馈5个问题。', '已整改。', '已整改。'))).toContain('observed info');
    expect(verdicts('count', notice('反馈1个问题。', '已整改。', '已整改。'))).toContain('inconsistent warning');
  });
});
