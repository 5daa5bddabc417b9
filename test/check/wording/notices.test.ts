/** What the textual checks say of whole notices, beyond the examples that their rules give. */
import { describe, expect, it } from 'vitest';
import { check } from '../../../src/check/check.js';
import { extract } from '../../../src/extract/extract.js';
import type { CheckResult } from '../../../src/model.js';
import { loadRules } from '../../../src/rules/load.js';
import { createLocator } from '../../../src/text.js';
import { viewOf } from '../../extract/view.js';

const rules = loadRules('rules');

function resultsOf(text: string, kind: string): readonly CheckResult[] {
  const view = viewOf(text, rules);
  const checks = rules.checks.filter((rule) => rule.kind === kind);
  return check({
    rules: { ...rules, checks },
    view,
    extraction: extract(rules, view),
    locate: createLocator({ text }),
  });
}

const quotes = (results: readonly CheckResult[]): readonly string[] =>
  results.flatMap(({ evidence }) => evidence.map(({ quote }) => quote));

const finding = (number: number, title: string, body: string): string => `${number}.针对“${title}”的问题，${body}`;
const head = '临川县水利局党组关于巡察整改情况的通报\n按照要求，现将巡察整改情况通报如下。';

describe('lists', () => {
  const measures = (list: string): string => `${head}\n${finding(1, '台账不全', list)}`;

  it.each([
    '一是补齐台账；二是明确专人；三是定期抽查。',
    '一是分三步推进：一是摸底，二是登记。二是明确专人。三是定期抽查。',
    '首先，补齐台账。其次，明确专人。最后，定期抽查。',
    '一是2023年补齐台账。二是5名专人负责。三是定期抽查。',
  ])('in order are left alone: %s', (list) => {
    expect(resultsOf(measures(list), 'ordinals')).toEqual([]);
  });

  it('name the number that is expected', () => {
    const [result] = resultsOf(measures('一是补齐台账；二是明确专人；四是定期抽查；五是通报结果。'), 'ordinals');
    expect(result).toMatchObject({ verdict: 'observed', severity: 'warning', expected: '三' });
  });
});

describe('passages', () => {
  const copied = '组织各科室开展固定资产清查盘点，逐件张贴资产标签并登记使用人和责任人';

  it('in several findings make one result with every place', () => {
    const text = [1, 2, 3].map((number) =>
      finding(number, `问题${number}不到位`, `一是${copied}。二是开展第${number}项工作。`),
    );
    const results = resultsOf([head, ...text].join('\n'), 'duplicate');
    expect(results).toHaveLength(1);
    expect(quotes(results)).toEqual([copied, copied, copied]);
  });

  it('that differ in a character are alike', () => {
    const text = [
      finding(1, '台账不全', `一是${copied}。二是补登资产。`),
      finding(2, '管理不严', `一是${copied.replace('清查', '核查').replace('逐件', '逐一')}。二是加强检查。`),
    ];
    const [result] = resultsOf([head, ...text].join('\n'), 'duplicate');
    expect(result).toMatchObject({ mode: 'near', severity: 'info' });
  });
});

describe('names', () => {
  const plan = (words: string): string =>
    `${head}\n${finding(1, '台账不全', '一是补齐台账。')}\n二、下一步打算\n${words}`;

  it.each([
    '落实党委主体责任、纪委监督责任。',
    '坚持党委（党组）书记抓基层党建。',
    '局党组将在县委领导下，督促局机关党委和各党组织抓好落实。',
    '配合县财政局党组做好审核。',
  ])('of other bodies may stand: %s', (words) => {
    expect(resultsOf(plan(words), 'body')).toEqual([]);
  });

  it.each(['局党委将持续抓好整改。', '县林业局党组将持续抓好整改。', '我院将持续抓好整改。'])(
    'that are pasted are seen: %s',
    (words) => {
      expect(resultsOf(plan(words), 'body')).toMatchObject([{ verdict: 'observed', severity: 'warning' }]);
    },
  );
});

describe('personal data', () => {
  it('is never printed in full', () => {
    const results = resultsOf(`${head}\n当事人身份证号11010519491231002X，手机13912345678。`, 'privacy');
    expect(results).toHaveLength(2);
    for (const { message, stated, evidence } of results) {
      const [place] = evidence;
      expect(`${message.zh}${message.en}${stated}`).not.toContain(place?.quote);
    }
  });

  it('is none of the office', () => {
    const text = `${head}\n联系电话：0571-86621234；邮编310000；统一社会信用代码11330100002489000X；信箱office@example.cn。`;
    expect(resultsOf(text, 'privacy')).toEqual([]);
  });
});
