import { expect, it } from 'vitest';
import { recordOf } from '../pipeline.js';

it('takes the numbers of a section that are below those of the notice as its own', () => {
  const { figures, checks } = recordOf(`关于2020年度审计查出问题整改情况的报告

审计报告反映50项问题，已整改40项，正在整改10项。

一、财政部门预算执行问题的整改情况

财政部门预算执行问题6项，部分整改4项，已整改2项。

1.非税收入未及时缴库77.5万元。已整改，已调账。
2.专项资金结转两年以上未收回15万元。正在整改，已收回7万元。

二、部门预算执行问题的整改情况

各单位的情况较多。

1.多计收入12万元。已整改，退回财政12万元。`);
  const of = (scope: string): readonly string[] =>
    figures
      .filter((figure) => figure.metric?.startsWith('problems.') && figure.scope === scope)
      .map(({ value }) => value);
  expect(of('headline')).toEqual(['50', '40', '10']);
  expect(of('local')).toEqual(['6', '4', '2']);
  expect(checks.filter(({ kind, verdict }) => kind === 'repeat' && verdict !== 'consistent')).toEqual([]);
});
