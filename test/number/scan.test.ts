import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Interval, Quantity } from '../../src/model.js';
import { mul, parseDecimal, toDecimal } from '../../src/number/rational.js';
import { compileLexicon, type LexiconSource, scanQuantities } from '../../src/number/scan.js';
import { STYLES, writeNumeral } from './write-numeral.js';

const file = new URL('../../rules/common/quantities.yaml', import.meta.url);
const { quantities } = parse(readFileSync(file, 'utf8')) as { quantities: LexiconSource };
const lexicon = compileLexicon(quantities);
const scan = (text: string): readonly Quantity[] => scanQuantities(text, lexicon);

/** `stated = value unit qualifier`, qualifier left out where exact. */
function read(text: string): string[] {
  return scan(text).map(({ stated, value, rangeTo, unit, qualifier }) => {
    const numbers = rangeTo === undefined ? toDecimal(value) : `${toDecimal(value)}..${toDecimal(rangeTo)}`;
    return `${stated} = ${numbers}${unit === '' ? '' : ` ${unit}`}${qualifier === 'exact' ? '' : ` ${qualifier}`}`;
  });
}

function range({ lower, upper, lowerOpen, upperOpen }: Interval): string {
  const [left, right] = [lowerOpen === true ? '(' : '[', upperOpen === true ? ')' : ']'];
  return `${left}${lower === undefined ? '' : toDecimal(lower)}, ${upper === undefined ? '' : toDecimal(upper)}${right}`;
}

describe('scanQuantities finds', () => {
  it.each([
    ['52个问题已整改50项，完成率96.2%', ['52个 = 52 个', '50项 = 50 项', '96.2% = 96.2 %']],
    [
      '处分12人，谈话20人次，办结18件（次），房屋3套（间）',
      ['12人 = 12 人', '20人次 = 20 人次', '18件（次） = 18 件（次）', '3套（间） = 3 套（间）'],
    ],
    ['立案2件3人', ['2件 = 2 件', '3人 = 3 人']],
    ['整改四十四个，谈话一百一十二人次', ['四十四个 = 44 个', '一百一十二人次 = 112 人次']],
    [
      '3.52亿元，300万元，1亿2千万元，4300元，1.2万人',
      [
        '3.52亿元 = 352000000 元',
        '300万元 = 3000000 元',
        '1亿2千万元 = 120000000 元',
        '4300元 = 4300 元',
        '1.2万人 = 12000 人',
      ],
    ],
    ['追缴资金30.5万，其余退还', ['30.5万 = 305000']],
    [
      '涉及金额 237.47 万元，3 亿余元，共 12 个',
      ['237.47 万元 = 2374700 元', '3 亿余元 = 300000000 元 moreThan', '12 个 = 12 个'],
    ],
    ['壹仟贰佰元', ['壹仟贰佰元 = 1200 元']],
    [
      '百分之九十点五，百分之百，近九成，千分之三，三分之一',
      [
        '百分之九十点五 = 90.5 %',
        '百分之百 = 100 %',
        '近九成 = 90 % lessThan',
        '千分之三 = 0.3 %',
        '三分之一 = 0.333333',
      ],
    ],
    ['提高2.5个百分点', ['2.5个百分点 = 2.5 百分点']],
    ['完成率九成五，近九成八', ['九成五 = 95 %', '近九成八 = 98 % lessThan']],
    ['七成三户达标', ['七成 = 70 %', '三户 = 3 户']],
    [
      '一年半，半年，3个多月，两个半小时，7日内，5个工作日',
      [
        '一年半 = 1.5 年',
        '半年 = 0.5 年',
        '3个多月 = 3 个月 moreThan',
        '两个半小时 = 2.5 小时',
        '7日内 = 7 天 atMost',
        '5个工作日 = 5 个工作日',
      ],
    ],
    [
      '处理污水2万吨/日，管网15.6公里，土地12.5亩',
      ['2万吨/日 = 20000 吨/日', '15.6公里 = 15.6 公里', '12.5亩 = 12.5 亩'],
    ],
    ['每人1500元/人，0.5次/年', ['1500元/人 = 1500 元/人', '0.5次/年 = 0.5 次/年']],
    ['梳理6个方面、32小项、3方面任务', ['6个 = 6 个', '32小项 = 32 小项', '3方面 = 3 方面']],
    [
      '派出1至2名，3—5个，10%—20%，8—10万元，8万—10万元',
      [
        '1至2名 = 1..2 名',
        '3—5个 = 3..5 个',
        '10%—20% = 10..20 %',
        '8—10万元 = 80000..100000 元',
        '8万—10万元 = 80000..100000 元',
      ],
    ],
    ['每年解决一两个难题，走访三五次', ['一两个 = 1..2 个 about', '三五次 = 3..5 次 about']],
    ['3,569件，3，569件，1 234件', ['3,569件 = 3569 件', '3，569件 = 3569 件', '1 234件 = 1234 件']],
    ['组织了一次培训', ['一次 = 1 次']],
    ['共收到 44 个问题', ['44 个 = 44 个']],
    ['个数\t44\t40', ['44 = 44', '40 = 40']],
    ['用时十分钟', ['十分钟 = 10 分钟']],
  ])('%s', (text, expected) => expect(read(text)).toEqual(expected));

  it.each([
    ['约30人', 'about'],
    ['30人左右', 'about'],
    ['30余人', 'moreThan'],
    ['30多人', 'moreThan'],
    ['超30人', 'moreThan'],
    ['逾30人', 'moreThan'],
    ['3万余元', 'moreThan'],
    ['300余万元', 'moreThan'],
    ['十余家', 'moreThan'],
    ['百余名', 'moreThan'],
    ['近30人', 'lessThan'],
    ['近百人', 'lessThan'],
    ['不足30人', 'lessThan'],
    ['30人以上', 'atLeast'],
    ['不少于30人', 'atLeast'],
    ['至少30人', 'atLeast'],
    ['30人以下', 'atMost'],
    ['30人以内', 'atMost'],
    ['不超过30人', 'atMost'],
  ])('%s whole, as %s', (text, qualifier) => {
    const found = scan(`其中${text}，`);
    expect(found.map((quantity) => [quantity.stated, quantity.qualifier])).toEqual([[text, qualifier]]);
  });

  it.each([
    ['节约3万元', '3万元'],
    ['签约3个', '3个'],
    ['最近3次', '3次'],
    ['近三年', '三年'],
    ['退还3万元余款', '3万元'],
    ['查找问题和不足12条', '12条'],
  ])('no qualifier in %s', (text, stated) =>
    expect(scan(text).map((quantity) => [quantity.stated, quantity.qualifier])).toEqual([[stated, 'exact']]),
  );
});

describe('scanQuantities leaves open', () => {
  it.each([
    ['44个', '[44, 44]'],
    ['90.9%', '[90.85, 90.95]'],
    ['90.0%', '[89.95, 90.05]'],
    ['3.52亿元', '[351500000, 352500000]'],
    ['300万元', '[2995000, 3005000]'],
    ['1.2万人', '[11500, 12500]'],
    ['20余人', '(20, 30)'],
    ['120余人', '(120, 130)'],
    ['300余万元', '(3000000, 4000000)'],
    ['超过20人', '(20, ]'],
    ['近50人', '[, 50)'],
    ['20人以上', '[20, ]'],
    ['不超过20人', '[, 20]'],
    ['约100人', '[80, 120]'],
    ['1至2名', '[1, 2]'],
  ])('%s: %s', (text, expected) => expect(scan(text).map(({ interval }) => range(interval))).toEqual([expected]));
});

describe('scanQuantities passes over', () => {
  it.each([
    '第13组',
    '第57次会议',
    '第三十二条',
    '第一、二、三批',
    '第1至3项',
    '十九届四中全会',
    '二十届三中全会',
    '〔2024〕4号',
    '[2024]4号',
    '（2024）4号',
    '304室',
    '1号',
    '6号楼',
    '天府路1号',
    '1.针对学习',
    '1、加强',
    '（1）加强',
    '①加强',
    '一、总体情况',
    '一是强化',
    '二是2加强',
    '问题3：学习不深入',
    '附件2 清单',
    '1.1.2',
    '电话020-38622043',
    '电话：38622043',
    '13812345678',
    '邮编：510000',
    '身份证号11010119900101123X',
    '信箱a12@b3.gov.cn',
    'https://a.gov.cn/2023/4.html',
    '2019年7月10日',
    '2023-03-01',
    '2019321日',
    '2024年1-6月',
    '每月10日前',
    '9:30',
    '上午9点',
    '上午9时30分',
    '12345热线',
    '5G网络',
    '陆元青',
    'PM2.5',
    '三重一大',
    '八项规定',
    '四个意识',
    '两个维护',
    '三会一课',
    '一岗双责',
    '一把手',
    '四种形态',
    '一对一',
    '一报告两评议',
    '三公经费',
    '六大纪律',
    '双随机一公开',
    '两学一做',
    '五位一体',
    '一票否决',
    '一事一议',
    '一案双查',
    '四风',
    '两代表一委员',
    '“四个合格”党员',
    '“1+1+N”机制',
    '第一责任人',
    '一些',
    '一定',
    '统一',
    '一律',
    '进一步',
    '一并',
    '一次性',
    '逐一批评教育',
    '统一组织',
    '另一个',
    '每一项',
    '其中之一',
    '二次供水',
    '一方面',
    '十分重视',
    '百年',
  ])('%s', (text) => {
    expect(read(text)).toEqual([]);
    expect(read(`目前${text}`)).toEqual([]);
  });
});

describe('scanQuantities on any text', () => {
  const pieces = fc.constantFrom(
    '44',
    '个',
    '项',
    '3.5',
    '万',
    '元',
    '%',
    '约',
    '余',
    '以上',
    '至',
    '一',
    '十',
    '百',
    '半',
    '年',
    '月',
    '日',
    '第',
    '（',
    '）',
    '，',
    '。',
    '\n',
    '人',
    '次',
    '统',
    '分之',
    ' ',
  );
  const texts = fc.array(pieces, { maxLength: 20 }).map((parts) => parts.join(''));

  it('gives slices of the text, in order, without overlap', () =>
    fc.assert(
      fc.property(texts, (text) => {
        let end = 0;
        for (const quantity of scan(text)) {
          expect(quantity.stated).toBe(text.slice(quantity.start, quantity.end));
          expect(quantity.start).toBeGreaterThanOrEqual(end);
          expect(quantity.digits.start).toBeGreaterThanOrEqual(quantity.start);
          expect(quantity.digits.end).toBeLessThanOrEqual(quantity.end);
          end = quantity.end;
        }
      }),
      { numRuns: 3000 },
    ));

  it('gives back integers in every style, with any classifier', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9_999_999 }),
        fc.constantFrom(...STYLES),
        fc.constantFrom('个', '项', '人次', '件'),
        (value, style, unit) => {
          const numeral = writeNumeral(value, style);
          fc.pre(numeral !== undefined && numeral !== '二');
          const found = scan(`整改${numeral}${unit}。`);
          return (
            found.length === 1 &&
            toDecimal(found[0]?.value ?? { n: -1n, d: 1n }) === String(value) &&
            found[0]?.unit === unit
          );
        },
      ),
      { numRuns: 3000 },
    ));

  it('gives back decimals with any unit', () => {
    const units = { 元: '1', 万元: '10000', 亿元: '100000000', '%': '1', 亩: '1', 公顷: '15', 万吨: '10000' };
    fc.assert(
      fc.property(
        fc.nat(99_999),
        fc.nat(99),
        fc.constantFrom(...(Object.keys(units) as (keyof typeof units)[])),
        (whole, fraction, unit) => {
          const text = `${whole}.${String(fraction).padStart(2, '0')}`;
          const expected = mul(parseDecimal(text) as Quantity['value'], parseDecimal(units[unit]) as Quantity['value']);
          const [found, ...others] = scan(`合计${text}${unit}。`);
          return (
            found !== undefined &&
            others.length === 0 &&
            toDecimal(found.value) === toDecimal(expected) &&
            found.decimals === 2
          );
        },
      ),
    );
  });

  it.each(['一', '1', '1.', '1,', '百', 'a', '12', '〇', '年', '3月', '第'])(
    'takes linear time over %s again and again',
    (piece) => {
      const started = performance.now();
      scan(piece.repeat(20_000));
      expect(performance.now() - started).toBeLessThan(1000);
    },
  );
});
