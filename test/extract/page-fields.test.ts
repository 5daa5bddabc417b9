import { expect, it } from 'vitest';
import { recordOf } from '../pipeline.js';

it('finds the title below the fields of a page', () => {
  const { unit } = recordOf(`索 引 号：003218897/2021-00417
发布机构：石门坳镇人民政府
信息分类：巡察整改 / 通报
成文日期：2021-12-20
标　　题：石门坳镇党委关于巡察集中整改情况的通报

石门坳镇党委关于巡察集中整改情况的通报

2021年4月12日至6月10日，县委第二巡察组对石门坳镇党委进行了常规巡察。

1.针对“台账不清”的问题。一是重新登记台账。二是清退补贴2万元。

石门坳镇委员会
2021年12月20日`);
  expect(unit?.name).toBe('石门坳镇党委');
});

it('takes the date above an annex as that of publication', () => {
  const { inspection } = recordOf(`临川市人民政府关于省生态环境保护督察反馈意见整改情况的报告

2023年9月5日至25日，省第三生态环境保护督察组对临川市开展了督察。

临川市人民政府
2024年12月6日

附件
整改任务清单

一、整改任务：老城区雨污分流改造滞后。
整改措施：完成管网改造12公里。
整改时限：2024年9月底前
二、整改任务：填埋场渗滤液积存。
整改措施：建成处理站1座。
整改时限：2024年10月底前`);
  expect(inspection.published).toBe('2024-12-06');
});
