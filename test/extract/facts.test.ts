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
    ['巡察整改简报\n第6期\n临川县水利局党组巡察整改进展情况', '临川县水利局党组'],
    ['工作专报\n2023年第12期（总第30期）\n临川县水利局党组关于巡察整改情况的报告', '临川县水利局党组'],
    ['首页 > 巡察整改\n临川县水利局党组关于巡察整改情况的通报', '临川县水利局党组'],
    ['临川县水利局\n巡察整改情况公示', '临川县水利局'],
    ['首页 > 整改公开 > 中共临川县水利局党组关于巡察整改情况的通报', '临川县水利局党组'],
    ['公告公示\n中共临川县水利局党组 关于巡察整改情况的通报', '临川县水利局党组'],
    ['【整改公开】中共临川县水利局党组关于巡察整改情况的通报', '临川县水利局党组'],
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

describe('small notices, a line ended by |', () => {
  it.each([
    [
      '关于2023年度县本级预算执行审计查出问题整改情况的报告|——2024年11月28日在县第十八届人大常委会第二十次会议上|云台县审计局局长　田穗|主任、各位副主任、各位委员：|受县人民政府委托，现报告有关情况。',
      'unit=云台县审计局 kind=审计',
    ],
    [
      '关于市委巡察组反馈意见整改落实情况的报告|市委巡察办：|按照市委统一部署，2023年4月11日至6月9日，市委第四巡察组对青禾市气象局党组开展了常规巡察，7月3日反馈了意见。|正文。|中共青禾市气象局党组|2023年10月12日',
      'unit=青禾市气象局党组 kind=巡察 team=市委第四巡察组 start=2023-04-11 end=2023-06-09 feedback=2023-07-03 published=2023-10-12',
    ],
    [
      '青禾市气象局党组巡察整改公开|2022年9月5日—10月28日，市委第一巡察组巡察我局党组。2022年12月15日，巡察组向局党组反馈意见。',
      'unit=青禾市气象局党组 kind=巡察 team=市委第一巡察组 start=2022-09-05 end=2022-10-28 feedback=2022-12-15',
    ],
    [
      '青禾市城市建设投资集团有限公司党委关于巡察整改情况的通报|根据市委部署，市委第六巡察组于2023年2月20日至4月19日对集团党委进行巡察，并于5月31日反馈巡察情况。',
      'unit=青禾市城市建设投资集团有限公司党委 team=市委第六巡察组 start=2023-02-20 end=2023-04-19 feedback=2023-05-31',
    ],
    [
      '青禾二中党总支关于校园食堂专项整治问题整改的情况说明|2024年3月11日，市教育局、市市场监管局联合督查组到校检查。',
      'unit=青禾二中党总支 kind=其他 team=市教育局、市市场监管局联合督查组',
    ],
    [
      '青禾市红十字会关于2021年至2022年财务收支审计发现问题整改结果的公告|市审计局自2023年3月6日至4月28日对我会进行了就地审计，2023年6月20日出具审计报告。',
      'unit=青禾市红十字会 kind=审计 team=市审计局 start=2023-03-06 end=2023-04-28 feedback=2023-06-20',
    ],
    [
      '中共青禾大学委员会|关于十二届省委第五轮巡视集中整改进展情况的通报|根据省委统一部署，2023年9月12日至11月10日，省委第七巡视组对青禾大学党委进行了常规巡视。2024年1月16日，省委巡视组向学校党委反馈了巡视意见。',
      'unit=青禾大学委员会 kind=巡视 team=省委第七巡视组 start=2023-09-12 end=2023-11-10 feedback=2024-01-16',
    ],
    [
      '青禾市贯彻落实第二轮省级生态环境保护督察反馈问题整改情况（第三批）|根据要求，现公示如下。|公示时间：2023年8月1日至8月7日',
      'unit=青禾市 kind=环保督察 published=2023-08-01',
    ],
    [
      '白杨镇人民政府安全生产大检查问题隐患整改情况报告|县安委会：|2023年7月10日，县第二督导组反馈我镇问题12个。',
      'unit=白杨镇人民政府 kind=其他 team=县第二督导组 feedback=2023-07-10',
    ],
    [
      '红岭街道党工委主题教育检视问题整改情况公示|发布日期：2023-12-08　来源：党政办',
      'unit=红岭街道党工委 kind=其他 published=2023-12-08',
    ],
    [
      '青禾市妇幼保健院|落实市委巡察反馈意见整改情况|发布时间：2022年05月06日 15:30 浏览：120次|2021年10月8日至12月10日，市委第三巡察组对我院党总支进行了巡察，2022年1月20日反馈意见。',
      'unit=青禾市妇幼保健院 team=市委第三巡察组 start=2021-10-08 end=2021-12-10 feedback=2022-01-20 published=2022-05-06',
    ],
    [
      '关于青禾市交通运输局党组落实市委巡察反馈意见整改情况的公示|正文。|（此件公开发布）',
      'unit=青禾市交通运输局党组 kind=巡察',
    ],
    [
      '关于落实区委第二巡察组巡察反馈意见的整改情况通报|区委第二巡察组于2023年5月8日至2023年6月30日，对柳林街道党工委开展巡察，8月2日向街道党工委反馈。|柳林街道党工委|二〇二三年十二月一日',
      'unit=柳林街道党工委 team=区委第二巡察组 start=2023-05-08 end=2023-06-30 feedback=2023-08-02 published=2023-12-01',
    ],
    [
      '青禾市供销合作社联合社党组巡察整改进展情况的通报|2023年5月，市委第八巡察组对市供销社党组开展巡察。',
      'unit=青禾市供销合作社联合社党组 team=市委第八巡察组',
    ],
    [
      '北山林场党支部关于县委专项巡察反馈问题整改情况的通报|县委涉粮专项巡察组2022年3月1日至4月15日对我场开展巡察，5月10日反馈。',
      'unit=北山林场党支部 team=县委涉粮专项巡察组 start=2022-03-01 end=2022-04-15 feedback=2022-05-10',
    ],
    [
      '青禾市第一看守所整改情况报告|市公安局党委：|2023年8月14日至18日，市局督察支队对我所内务管理进行了专项督察。',
      'unit=青禾市第一看守所 kind=其他 start=2023-08-14 end=2023-08-18',
    ],
    [
      '中共青禾市委宣传部关于巡察整改情况的通报|2021年4月6日至6月5日，市委第二巡察组对市委宣传部进行了政治巡察，9月1日反馈了巡察意见。',
      'unit=青禾市委宣传部 team=市委第二巡察组 start=2021-04-06 end=2021-06-05 feedback=2021-09-01',
    ],
    [
      '青禾烟草专卖局（公司）党组关于巡察整改进展情况的通报|按照省局党组部署，省局党组第二巡察组于2023年6月5日至7月14日对青禾烟草专卖局（公司）党组进行了巡察。8月25日，巡察组反馈了巡察意见。',
      'unit=青禾烟草专卖局（公司）党组 team=省局党组第二巡察组 start=2023-06-05 end=2023-07-14 feedback=2023-08-25',
    ],
    [
      '青禾市人大常委会机关党组巡察整改情况|2022年2月22日至4月22日，市委第五巡察组巡察。2022年6月7日反馈。|2022年11月',
      'unit=青禾市人大常委会机关党组 team=市委第五巡察组 start=2022-02-22 end=2022-04-22 feedback=2022-06-07',
    ],
  ])('%s', (lines, facts) => {
    const { unit, inspection } = factsOf(lines.replaceAll('|', '\n'));
    const found = new Map([['unit', unit?.name ?? ''], ...Object.entries(inspection)]);
    const expected = new Map(facts.split(' ').map((fact) => fact.split('=') as [string, string]));
    for (const [name, value] of expected) expect(`${name}=${found.get(name)}`).toBe(`${name}=${value}`);
    for (const name of found.keys()) if (name !== 'kind') expect([...expected.keys()]).toContain(name);
  });
});
