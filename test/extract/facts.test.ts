import { describe, expect, it } from 'vitest';
import { extractFacts, type Facts } from '../../src/extract/facts.js';
import type { Document } from '../../src/model.js';
import { loadRules } from '../../src/rules/load.js';
import { createLocator } from '../../src/text.js';
import { documentOf, viewOf } from './view.js';

const rules = loadRules(process.env.HECHA_TEST_RULES ?? 'rules');

function factsOf(text: string, more: Partial<Document> = {}): Facts {
  const document = documentOf(text, more);
  const facts = extractFacts(rules, viewOf(text, rules, more), createLocator(document), document);
  for (const { evidence } of facts.facts) expect(text.slice(evidence.start, evidence.end)).toBe(evidence.quote);
  return facts;
}

const LEAD = '\n\n2023年3月1日至4月10日，县委第二巡察组对我单位开展了巡察。\n\n一、工作情况\n';

describe('the unit that reports', () => {
  it.each([
    ['中共临川县水利局党组关于巡察整改情况的通报', '临川县水利局党组'],
    ['中共临川县水利局党组\n关于巡察整改情况的通报', '临川县水利局党组'],
    ['中共临川县\n水利局党组\n关于巡察整改情况的通报', '临川县水利局党组'],
    ['临川县水利局党组\n\n关于县委巡察整改情况的通报', '临川县水利局党组'],
    ['临川职业学院党委巡视整改进展情况的通报', '临川职业学院党委'],
    ['中共临川县委政法委员会关于巡察整改进展情况的通报', '临川县委政法委员会'],
    ['中共石门镇委员会关于十四届县委第三轮巡察反馈意见整改情况的报告', '石门镇委员会'],
    ['临川县第二人民医院党委关于落实市委巡察反馈意见整改情况的公告', '临川县第二人民医院党委'],
    ['临川城建投资集团有限公司党委关于巡察整改情况的通报', '临川城建投资集团有限公司党委'],
    ['临川市人民政府关于省生态环境保护督察反馈意见整改情况的公示', '临川市人民政府'],
    ['临川县财政局关于2022年度预算执行审计查出问题整改情况的公告', '临川县财政局'],
    ['关于临川县水利局党组巡察整改情况的通报', '临川县水利局党组'],
    ['关于中共临川县委党校委员会巡察整改进展情况的通报', '临川县委党校委员会'],
    ['石门村党总支关于巡察反馈问题整改情况的公开', '石门村党总支'],
    ['中共临川县水利局党组关于县委巡察整改情况的通报\n来源：办公室　发布时间：2023-12-01', '临川县水利局党组'],
    ['【临川县水利局党组关于巡察整改情况的通报】', '临川县水利局党组'],
    ['首页 > 巡察整改\n临川县水利局党组关于巡察整改情况的通报', '临川县水利局党组'],
    ['临川县水利局\n巡察整改情况公示', '临川县水利局'],
    ['共青团临川县委员会关于巡察整改情况的通报', '共青团临川县委员会'],
    ['中共臨川縣水利局黨組關於巡察整改情況的通報', '臨川縣水利局黨組'],
  ])('%j', (title, name) => expect(factsOf(`${title}${LEAD}`).unit?.name).toBe(name));

  it('is the signature where the title names none', () => {
    const text = `关于巡察整改情况的通报${LEAD}正文。\n\n中共临川县水利局党组\n2023年12月5日`;
    expect(factsOf(text).unit?.name).toBe('临川县水利局党组');
  });

  it('is whom the first paragraph says was inspected where nobody signed', () => {
    const text = '关于县委巡察反馈意见整改情况的通报\n\n县委第二巡察组对临川县水利局党组进行了巡察。\n\n正文。';
    expect(factsOf(text).unit?.name).toBe('临川县水利局党组');
  });

  it('is left out where the notice does not say', () => {
    expect(factsOf('关于整改情况的通报\n\n现将情况通报如下。').unit).toBeUndefined();
  });
});

describe('the inspection', () => {
  it.each([
    ['关于区委巡察整改情况的通报', '巡察'],
    ['关于省委巡视整改进展情况的通报', '巡视'],
    ['关于预算执行审计查出问题整改情况的公告', '审计'],
    ['关于中央生态环境保护督察反馈意见整改情况的公示', '环保督察'],
    ['关于环保督察整改落实情况的公示', '环保督察'],
    ['关于主题教育专题民主生活会整改情况的通报', '其他'],
    ['关于安全生产专项检查问题整改情况的通报', '其他'],
  ])('%s is %s', (title, kind) => expect(factsOf(`${title}\n\n正文。`).inspection.kind).toBe(kind));

  it('takes the kind from the text where the title names none', () => {
    expect(factsOf('关于整改情况的通报\n\n省委第一巡视组对我校开展了巡视。').inspection.kind).toBe('巡视');
  });

  it.each([
    ['2023年3月1日至4月10日，区委第三巡察组对区民政局党组进行了巡察。', '区委第三巡察组'],
    ['按照统一部署，省委第五巡视组于2023年3月对学校党委开展了巡视。', '省委第五巡视组'],
    ['2023年3月1日至4月10日，市委巡察第6组对我局进行了巡察。', '市委巡察第6组'],
    ['根据市委部署，市委巡察三组对我局开展巡察。', '市委巡察三组'],
    ['2021年5月，中央第四生态环境保护督察组对我省开展督察。', '中央第四生态环境保护督察组'],
    ['市校园安全专项检查第二组对我区学校开展检查。', '市校园安全专项检查第二组'],
    ['2023年3月，市审计局对我单位2022年度预算执行情况进行了审计。', '市审计局'],
    ['县委巡察组对我局进行了巡察。', '县委巡察组'],
    ['针对县委第十一巡察组反馈的问题，我局逐条整改。', '县委第十一巡察组'],
  ])('%s → %s', (text, team) => expect(factsOf(`关于整改情况的通报\n\n${text}`).inspection.team).toBe(team));

  it('does not take the words of a title for a part of its name', () => {
    const text = '石门乡党委关于县委第一巡察组反馈意见整改情况的报告\n\n正文。';
    expect(factsOf(text).inspection.team).toBe('县委第一巡察组');
  });

  it('keeps every mention of a team, for the checks', () => {
    const text = '关于市委第一巡察组反馈意见整改情况的通报\n\n市委第二巡察组对我局进行了巡察。';
    const teams = factsOf(text).facts.filter(({ name }) => name === 'team');
    expect(teams.map(({ value }) => value)).toEqual(['市委第一巡察组', '市委第二巡察组']);
  });

  it('has no team where one only guides', () => {
    expect(factsOf('市委主题教育第七巡回督导组到会指导。').inspection.team).toBeUndefined();
  });
});

describe('days', () => {
  const title = '某局党组关于巡察整改情况的通报\n\n';

  it.each([
    ['2023年3月1日至4月10日，区委第三巡察组对我局党组进行了巡察。', '2023-03-01', '2023-04-10'],
    ['区委第三巡察组于2023年3月1日至2023年4月10日对我局党组进行巡察。', '2023-03-01', '2023-04-10'],
    ['2022年11月20日—2023年1月10日，区委第三巡察组对我局党组进行了巡察。', '2022-11-20', '2023-01-10'],
    ['2023年3月1日起至4月10日，区委第三巡察组进驻我局。', '2023-03-01', '2023-04-10'],
    ['２０２３年３月１日至４月１０日，区委第三巡察组对我局党组进行了巡察。', '2023-03-01', '2023-04-10'],
  ])('period: %s', (text, start, end) => {
    expect(factsOf(title + text).inspection).toMatchObject({ start, end });
  });

  it.each([
    '市审计局对2021年至2022年预算执行情况进行了审计。',
    '2023年3月至4月，区委第三巡察组对我局党组进行了巡察。',
    '集中整改期为2023年5月1日至7月31日，区委巡察办进行了检查。',
  ])('no period: %s', (text) => expect(factsOf(title + text).inspection.start).toBeUndefined());

  it.each([
    ['2023年5月20日，区委第三巡察组向我局党组反馈了巡察意见。', '2023-05-20'],
    ['2023年3月1日至4月10日，区委第三巡察组对我局进行了巡察，5月20日反馈了意见。', '2023-05-20'],
    ['2022年11月20日至12月30日，区委第三巡察组对我局进行了巡察，2月6日反馈了意见。', '2023-02-06'],
    ['巡察组于2023年5月20日（星期六）召开反馈会。', '2023-05-20'],
    ['市审计局2023年9月4日出具审计报告。', '2023-09-04'],
    ['审计报告于2023年9月4日出具。', '2023-09-04'],
    ['2023年，区委第三巡察组对我局开展了巡察，5月20日反馈。', '2023-05-20'],
    ['2023年9月4日，我局收到区审计局送达的审计报告。', '2023-09-04'],
    ['2023年5月20日下午，巡察组向局党组领导班子进行了反馈。', '2023-05-20'],
  ])('feedback: %s', (text, feedback) => {
    expect(factsOf(`${title}${text}\n\n2023年12月5日`).inspection.feedback).toBe(feedback);
  });

  it.each([
    '截至2023年12月1日，反馈意见指出的问题已整改完成。',
    '5月20日巡察组反馈了意见，反馈意见不多。',
    '2023年5月，巡察组反馈了意见。',
  ])('no feedback day: %s', (text) => expect(factsOf(title + text).inspection.feedback).toBeUndefined());

  it('has a start without an end where only that is stated', () => {
    const text = '区委第三巡察组自2023年3月1日起，对我局进行了为期45天的巡察。';
    const { start, end } = factsOf(title + text).inspection;
    expect([start, end]).toEqual(['2023-03-01', undefined]);
  });

  it('completes meetings by the days around them', () => {
    const text =
      '2023年3月1日至4月10日，区委第三巡察组对我局进行了巡察，2023年5月20日反馈了意见。\n' +
      '5月25日，局党组召开专题会议。6月8日召开民主生活会。\n\n2023年12月5日';
    const meetings = factsOf(title + text).facts.filter(({ name }) => name === 'meeting');
    expect(meetings.map(({ value }) => value)).toEqual(['2023-05-25', '2023-06-08']);
  });
});

describe('publication', () => {
  const body = '某局党组关于巡察整改情况的通报\n\n正文一句。\n\n';

  it.each([
    [`${body}某局党组\n2023年12月30日`, '2023-12-30'],
    [`${body}某局党组  2023年12月30日`, '2023-12-30'],
    [`${body}某局党组\n二〇二三年十二月三十日`, '2023-12-30'],
    [`${body}某局党组\n2023年12月30日\n（此件公开发布）`, '2023-12-30'],
    ['某局党组关于巡察整改情况的通报\n发布时间：2023-12-30 来源：办公室\n\n正文一句。', '2023-12-30'],
    ['某局党组关于巡察整改情况的通报\n（2023年12月30日）\n\n正文一句。', '2023-12-30'],
  ])('%j', (text, published) => expect(factsOf(text).inspection.published).toBe(published));

  it('is the page’s where the text gives none', () => {
    expect(factsOf(body, { published: '2023-12-31' }).inspection.published).toBe('2023-12-31');
  });

  it('is the signature’s where both give one', () => {
    const text = `${body}某局党组\n2023年12月30日`;
    expect(factsOf(text, { published: '2024-01-02' }).inspection.published).toBe('2023-12-30');
  });

  it('is not the last date of a sentence', () => {
    expect(factsOf(`${body}公示期至2023年12月30日。`).inspection.published).toBeUndefined();
  });
});
