/** Blanks that set numbers off from the words around them change nothing of what is read. */
import { expect, it } from 'vitest';
import { recordOf } from '../pipeline.js';

const NOTICE = `中共青石县水务局党组关于巡察整改情况的通报

2023年3月1日至4月15日，县委第二巡察组对我局开展巡察，反馈问题12个，已整改11个，正在推进1个。召开专题会议10余次，给予诫勉3人、提醒谈话6人，新建制度5项。

1.针对“台账不清”的问题。一是4个科室重新登记。二是清退违规发放补贴2.6万元。责任人：裘一诺、热依汗等3名同志`;

const said = (text: string): unknown => {
  const { findings, figures, inspection } = recordOf(text);
  return {
    inspection,
    findings: findings.map(({ titles, measures, responsibles }) => ({
      titles,
      measures: measures.length,
      responsibles,
    })),
    figures: figures.map(({ metric, value, scope, qualifier }) => ({ metric, value, scope, qualifier })),
  };
};

it('reads numbers that blanks set off as those beside their words', () => {
  const spaced = NOTICE.replace(/(?<=[\u4e00-\u9fff])(?=\d)|(?<=\d)(?=[\u4e00-\u9fff])/g, ' ');
  expect(said(spaced)).toEqual(said(NOTICE));
  const { figures } = recordOf(spaced);
  expect(figures.find(({ metric }) => metric === 'people.admonished')?.evidence.quote).toBe('诫勉 3 人');
  for (const { evidence } of figures) expect(evidence.quote).not.toMatch(/^ /);
});

it('does not take how many names there are for a name', () => {
  const { findings } = recordOf(NOTICE);
  expect(findings[0]?.responsibles).toEqual(['裘一诺', '热依汗']);
});
