import { describe, expect, it } from 'vitest';
import { extract } from '../../src/extract/extract.js';
import { loadRules } from '../../src/rules/load.js';
import { viewOf } from './view.js';

const rules = loadRules(process.env.HECHA_TEST_RULES ?? 'rules');

const NOTICE = '区档案馆党组关于巡察整改情况的通报\n2023年4月，区委第一巡察组对区档案馆党组开展巡察，5月20日反馈。\n';

/** Findings in short: `section number title [status until deadline] measures > outcomes (responsibles)`. */
const findingsOf = (text: string): readonly string[] =>
  extract(rules, viewOf((NOTICE + text).trim(), rules)).findings.map((finding) => {
    const { section, number, titles, status, deadline, measures, outcomes, responsibles } = finding;
    const items = [measures, outcomes].map((each) => each.map((item) => item.text).join(' / ')).join(' > ');
    const place = [section, number].filter((each) => each !== null).join(' ');
    return `${place} ${titles.join()} [${[status, deadline ?? ''].join(' ').trim()}] ${items} (${responsibles.join()})`;
  });

describe('what a notice tells of its findings elsewhere', () => {
  it('is joined by the order of the lists', () => {
    expect(
      findingsOf(`一、存在的主要问题
1.库房温湿度无人记录。
2.查阅大厅早晚没人值守。
3.数字化外包验收走形式。
二、整改措施
1.更换记录仪12台，每班登记。
2.重排值守班次。增设引导员2名。
3.验收由两人签字，抽检比例提到三成。
三、取得成效
1.三季度库房温湿度全部达标。
2.投诉由9件降到1件。
3.退回不合格数据1.2万页。
四、责任和时限
1.责任人高文，2023年8月底前完成，已完成。
2.责任人纪晓棠，2023年9月底前完成，已完成。
3.责任人高文，2024年3月底前完成，正在推进。
五、下一步打算
1.盯住没改完的。
2.常回头看。
3.抓好培训。`),
    ).toEqual([
      '一 1 库房温湿度无人记录 [completed 2023-08-31] 更换记录仪12台，每班登记。 > 三季度库房温湿度全部达标。 (高文)',
      '一 2 查阅大厅早晚没人值守 [completed 2023-09-30] 重排值守班次。 / 增设引导员2名。 > 投诉由9件降到1件。 (纪晓棠)',
      '一 3 数字化外包验收走形式 [ongoing 2024-03-31] 验收由两人签字，抽检比例提到三成。 > 退回不合格数据1.2万页。 (高文)',
    ]);
  });

  it('is joined by numbers in a sentence, of one finding or of several', () => {
    expect(
      findingsOf(`一、馆务管理方面
（1）库房温湿度记录不全。
更换记录仪12台，每班登记。
（2）查阅大厅值守不到位。
重排值守班次。
二、业务工作方面
（3）数字化外包验收不严。
验收由两人签字。
三、责任分工
第（1）、（3）项问题由副馆长高文牵头，2023年9月底前完成。
第（2）项问题由办公室主任纪晓棠负责。`),
    ).toEqual([
      '一 （1） 库房温湿度记录不全 [unstated 2023-09-30] 更换记录仪12台，每班登记。 >  (高文)',
      '一 （2） 查阅大厅值守不到位 [unstated] 重排值守班次。 >  (纪晓棠)',
      '二 （3） 数字化外包验收不严 [unstated 2023-09-30] 验收由两人签字。 >  (高文)',
    ]);
  });

  it.each([
    ['numbers', ['序号', '1', '2', '3']],
    ['words and numbers', ['问题', '问题一', '问题二', '问题三']],
    ['titles', ['反馈问题', '库房温湿度记录不全', '查阅大厅值守不到位', '数字化外包验收不严']],
  ])('is joined in a table by %s', (_, [head, first, second, third]) => {
    expect(
      findingsOf(`一、馆务管理方面
1.库房温湿度记录不全。
整改措施：更换记录仪12台，每班登记。
2.查阅大厅值守不到位。
整改措施：重排值守班次。
二、业务工作方面
3.数字化外包验收不严。
整改措施：验收由两人签字。
三、整改台账
${head}\t责任领导\t责任科室\t完成时限\t整改状态
${first}\t高文\t保管科\t2023年8月底\t已完成
${second}\t纪晓棠\t查阅科\t2023年9月底\t已完成
${third}\t高文\t技术科\t2024年3月底\t正在推进`),
    ).toEqual([
      '一 1 库房温湿度记录不全 [completed 2023-08-31] 更换记录仪12台，每班登记。 >  (高文,保管科)',
      '一 2 查阅大厅值守不到位 [completed 2023-09-30] 重排值守班次。 >  (纪晓棠,查阅科)',
      '二 3 数字化外包验收不严 [ongoing 2024-03-31] 验收由两人签字。 >  (高文,技术科)',
    ]);
  });

  it('may stand under lines without numbers, in brackets or after a sign', () => {
    expect(
      findingsOf(`问题清单：
问题一：库房温湿度记录不全
问题二：查阅大厅值守不到位
整改清单：
〔问题一〕更换记录仪12台，每班登记。已完成。
〔问题二〕重排值守班次。正在推进，2024年3月底前完成。`),
    ).toEqual([
      '一 库房温湿度记录不全 [completed] 更换记录仪12台，每班登记。 >  ()',
      '二 查阅大厅值守不到位 [ongoing 2024-03-31] 重排值守班次。 >  ()',
    ]);
    expect(
      findingsOf(`一、反馈问题
（一）库房温湿度记录不全。
（二）查阅大厅值守不到位。
（三）数字化外包验收不严。
二、整改落实
★针对问题（一），更换记录仪12台。每班登记。该问题已完成整改。
★针对问题（二）、（三），由副馆长高文牵头，2023年12月底前完成。`),
    ).toEqual([
      '一 （一） 库房温湿度记录不全 [completed] 更换记录仪12台。 / 每班登记。 >  ()',
      '一 （二） 查阅大厅值守不到位 [unstated 2023-12-31]  >  (高文)',
      '一 （三） 数字化外包验收不严 [unstated 2023-12-31]  >  (高文)',
    ]);
  });

  it('may be told of one after the other in a paragraph', () => {
    expect(
      findingsOf(`一、馆务管理方面
1.库房温湿度记录不全。
整改情况：更换记录仪12台，每班登记。
2.查阅大厅值守不到位。
整改情况：重排值守班次。
二、业务工作方面
3.数字化外包验收不严。
整改情况：验收由两人签字。
三、责任落实
问题1、2由副馆长高文负责，2023年9月底前完成；问题3由办公室主任纪晓棠负责，2023年10月底前完成。`),
    ).toEqual([
      '一 1 库房温湿度记录不全 [unstated 2023-09-30] 更换记录仪12台，每班登记。 >  (高文)',
      '一 2 查阅大厅值守不到位 [unstated 2023-09-30] 重排值守班次。 >  (高文)',
      '二 3 数字化外包验收不严 [unstated 2023-10-31] 验收由两人签字。 >  (纪晓棠)',
    ]);
  });

  it.each([
    ['一1', '一2', '二1'],
    ['1-1', '1-2', '2-1'],
    ['一（1）', '一（2）', '二（1）'],
  ])('may name them by section and number: %s', (first, second, third) => {
    expect(
      findingsOf(`一、馆务管理方面
1.库房温湿度记录不全。
整改情况：更换记录仪12台，每班登记。
2.查阅大厅值守不到位。
整改情况：重排值守班次。
二、业务工作方面
1.数字化外包验收不严。
整改情况：验收由两人签字。
附：责任分工表
问题编号\t牵头领导\t责任科室\t时限
${first}\t高文\t保管科\t2023年8月底
${second}\t高文\t查阅科\t2023年9月底
${third}\t纪晓棠\t技术科\t2023年10月底`),
    ).toEqual([
      '一 1 库房温湿度记录不全 [unstated 2023-08-31] 更换记录仪12台，每班登记。 >  (高文,保管科)',
      '一 2 查阅大厅值守不到位 [unstated 2023-09-30] 重排值守班次。 >  (高文,查阅科)',
      '二 1 数字化外包验收不严 [unstated 2023-10-31] 验收由两人签字。 >  (纪晓棠,技术科)',
    ]);
  });

  it('may stand in several lists below each other', () => {
    expect(
      findingsOf(`问题1 库房门禁失灵
问题2 查阅等候时间长
问题1整改情况
更换门禁3处。每月检修。
问题2整改情况
增设窗口2个。
问题1完成情况
已完成。
问题2完成情况
正在推进。`),
    ).toEqual([
      '1 库房门禁失灵 [completed] 更换门禁3处。 / 每月检修。 >  ()',
      '2 查阅等候时间长 [ongoing] 增设窗口2个。 >  ()',
    ]);
  });

  it('is joined list by list below headings of their own', () => {
    expect(
      findingsOf(`一、问题清单
（一）馆务管理方面
1.库房管理松散。
2.值班记录不全。
（二）服务方面
1.查阅等候时间长。
二、任务清单
（一）馆务管理方面
1.更换门禁3处。已完成整改。
2.补记值班记录。
（二）服务方面
1.增设窗口2个。正在推进。
三、成效清单
（一）馆务管理方面
1.门禁失灵由9次降到0次。
2.抽查无一漏记。
（二）服务方面
1.等候时间降到8分钟。
四、责任清单
（一）馆务管理方面
1.责任人：高文；时限：2023年9月底前。
2.责任人：高文；时限：2023年9月底前。
（二）服务方面
1.责任人：纪晓棠；时限：2023年10月底前。`),
    ).toEqual([
      '（一） 1 库房管理松散 [completed 2023-09-30] 更换门禁3处。 > 门禁失灵由9次降到0次。 (高文)',
      '（一） 2 值班记录不全 [unstated 2023-09-30] 补记值班记录。 > 抽查无一漏记。 (高文)',
      '（二） 1 查阅等候时间长 [ongoing 2023-10-31] 增设窗口2个。 > 等候时间降到8分钟。 (纪晓棠)',
    ]);
  });

  it('may begin with who answers', () => {
    expect(
      findingsOf(`一、反馈问题清单
1.库房门禁失灵。
2.查阅等候时间长。
二、整改措施和完成情况
问题1整改：责任人高文。
（1）更换门禁3处。
（2）每月检修。
完成情况：已完成。
问题2整改：责任人纪晓棠。
（1）增设窗口2个。
完成情况：正在推进。`),
    ).toEqual([
      '一 1 库房门禁失灵 [completed] 更换门禁3处。 / 每月检修。 >  (高文)',
      '一 2 查阅等候时间长 [ongoing] 增设窗口2个。 >  (纪晓棠)',
    ]);
  });

  it('is not what was done for the whole, however many points it has', () => {
    expect(
      findingsOf(`一、反馈问题
1.库房门禁失灵。
2.查阅等候时间长。
二、主要做法
1.党组会专题研究3次。
2.每周调度一次。`),
    ).toEqual(['一 1 库房门禁失灵 [unstated]  >  ()', '一 2 查阅等候时间长 [unstated]  >  ()']);
  });

  it('is not what other findings tell that are counted anew', () => {
    const text = `一、馆务管理方面
问题1：库房温湿度失记。
更换记录仪12台，每班登记。
问题2：查阅大厅值守松散。
重排值守班次。
二、业务工作方面
问题1：外包验收走形式。
验收由两人签字。
问题2：修复进度慢。
增聘修复员2名。`;
    expect(findingsOf(text)).toHaveLength(4);
  });
});
