/** Ways to write a notice anew that change nothing of what it says. */

type Variation = (text: string) => string;

const lines = (change: (line: string) => string): Variation => {
  return (text) => text.split('\n').map(change).join('\n');
};

/** Only where the notice does not write so already: two levels must not become one. */
const unless = (mark: RegExp, vary: Variation): Variation => {
  return (text) => (mark.test(text) ? text : vary(text));
};

/** Numbers of lines that are written in several ways, or run into a number: to change some of them parts a list. */
const MIXED =
  /^\s*\d{1,3}(?:、(?=\D)|(?=关于|针对|“|反馈))|^\s*\d{1,3}[.．]\s*\d|^\s*\d{1,3}．[\s\S]*^\s*\d{1,3}\.|^\s*\d{1,3}\.[\s\S]*^\s*\d{1,3}．/mu;

const NEVER = /(?!)/u;

/** 1. at the start of a line by another mark, where the notice does not use that mark already. */
const numbered = (mark: (number: number) => string, used = NEVER): Variation =>
  unless(
    MIXED,
    unless(
      used,
      lines((line) =>
        line.replace(
          /^(\s*)(\d{1,2})[.．]\s*(?!\d)/,
          (_, space: string, digits: string) => space + mark(Number(digits)),
        ),
      ),
    ),
  );

/** 一是…二是… by other marks. */
const ONE_IS = /(?<=^|[，。；：\n] {0,2})([一二三四五六七八九])是(?![一二三否非因，。])/gmu;
const counted = (mark: (number: number) => string): Variation => {
  return (text) => text.replace(ONE_IS, (_, digit: string) => mark(HAN.indexOf(digit)));
};

const FULL = '０１２３４５６７８９';
const HAN = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
const CIRCLED = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳';

const hanNumber = (number: number): string =>
  number <= 10
    ? (HAN[number] as string)
    : `${number < 20 ? '' : HAN[Math.floor(number / 10)]}十${number % 10 === 0 ? '' : HAN[number % 10]}`;

/** Every word of a label by another. Only where the words are alone before their colon, at the start of a line or sentence. */
const relabelled = (words: Readonly<Record<string, string>>): Variation => {
  const label = new RegExp(`(^|[\\n。；\\t ])(${Object.keys(words).join('|')})([：:])`, 'g');
  return (text) =>
    text.replace(label, (_, before: string, word: string, colon: string) => before + words[word] + colon);
};

const LABEL = /^(\s*)(整改措施|整改情况|整改成效|整改结果|整改落实情况|整改进展情况|整改完成情况)[：:]/;

const HEADING = /^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．]?).{4,60}问题$/;
const endingHeadings = (mark: string): Variation => lines((line) => (HEADING.test(line) ? line + mark : line));

export const variations: Readonly<Record<string, Variation>> = {
  'half-width marks': (text) =>
    text.replace(/[，：；（）？！]/g, (mark) => ',:;()?!'.charAt('，：；（）？！'.indexOf(mark))),
  'full-width digits': (text) => text.replace(/[0-9]/g, (digit) => FULL.charAt(Number(digit))),
  'spaces around numbers': (text) => text.replace(/(?<=[\u4e00-\u9fff])(?=[0-9])|(?<=[0-9])(?=[\u4e00-\u9fff])/g, ' '),
  'corner quotation marks': (text) => text.replace(/“/g, '「').replace(/”/g, '」'),
  'straight quotation marks': (text) => text.replace(/[“”]/g, '"'),
  'lines indented': lines((line) => (line.trim() === '' ? line : `\u3000\u3000${line}`)),
  'blank lines between': (text) => text.replace(/\n+/g, '\n\n'),
  'no blank lines': (text) => text.replace(/\n{2,}/g, '\n'),
  'lines end in spaces': lines((line) => `${line}  `),
  'one is → first': unless(
    /第一，/u,
    counted((number) => `第${HAN[number]}，`),
  ),
  'one is → （1）': unless(
    /（1）/u,
    counted((number) => `（${number}）`),
  ),
  'one is → 1.': unless(
    /^\s*1[.．、]/mu,
    counted((number) => `${number}.`),
  ),
  'one is → 1、': unless(
    /^\s*1[.．、]/mu,
    counted((number) => `${number}、`),
  ),
  'one is → ①': unless(
    /①/u,
    counted((number) => CIRCLED.charAt(number - 1)),
  ),
  'one is → one,': unless(
    /^\s*一、/mu,
    counted((number) => `${HAN[number]}、`),
  ),
  'one is on lines': (text) => text.replace(/(?<=[。；：])([一二三四五六七八九])是/gu, '\n$1是'),
  '1. → 1、': numbered((number) => `${number}、`),
  '1. → （1）': numbered((number) => `（${number}）`, /[（(]1[)）]|^\s*1[）)]/mu),
  '1. → 1 ': numbered((number) => `${number} `),
  '1. → 问题1：': unless(
    MIXED,
    lines((line) => line.replace(/^(\s*)(\d{1,3})[.．]\s*(?=关于|针对|“)/, '$1问题$2：')),
  ),
  '（一） → (一)': (text) => text.replace(/（([一二三四五六七八九十]{1,3})）/g, '($1)'),
  '（一） → （一）、': lines((line) => line.replace(/^(\s*（[一二三四五六七八九十]{1,3}）)(?!、)/, '$1、')),
  '一、 → 一.': lines((line) => line.replace(/^(\s*[一二三四五六七八九十]{1,3})、/, '$1．')),
  '一、 → 第一部分': lines((line) => line.replace(/^(\s*)([一二三四五六七八九十]{1,3})、/, '$1第$2部分 ')),
  '1. → （一）': numbered((number) => `（${hanNumber(number)}）`, /[（(]一[)）]/u),
  'labels in lenticular brackets': lines((line) => line.replace(LABEL, '$1【$2】')),
  'labels on their own line': lines((line) =>
    line.replace(LABEL, (label, space: string, words: string) => (label === line ? label : `${space}${words}：\n`)),
  ),
  'labels in other words': relabelled({
    整改措施: '采取的主要措施',
    整改成效: '取得成效',
    整改结果: '整改效果',
    整改情况: '整改推进情况',
    整改落实情况: '落实整改情况',
    整改进展情况: '整改工作进展',
    责任领导: '分管领导',
    责任单位: '承办单位',
    整改时限: '计划完成时间',
    完成时限: '完成期限',
    整改状态: '当前状态',
    下一步: '下步打算',
  }),
  'labels in further words': relabelled({
    整改措施: '具体举措',
    整改成效: '工作成效',
    整改结果: '完成效果',
    整改情况: '办理情况',
    整改落实情况: '整改实施情况',
    整改进展情况: '推进情况',
    责任领导: '包抓领导',
    责任单位: '落实单位',
    责任人: '具体责任人',
    整改时限: '完成时间',
    完成时限: '整改期限',
    整改状态: '整改进度',
    下一步: '下一阶段安排',
  }),
  '关于 → 针对': lines((line) => line.replace(/^(\s*[^\u4e00-\u9fff]{0,6})关于(?=.*问题)/, '$1针对')),
  '的问题 → 问题': lines((line) => line.replace(/^(\s*\S{0,6}(?:关于|针对)[^。]*?)的问题/, '$1问题')),
  '的问题 → 方面的问题': lines((line) => line.replace(/^(\s*\S{0,6}(?:关于|针对)“[^”。]*”)的问题/, '$1方面的问题')),
  'the heading ends in 。': endingHeadings('。'),
  'the heading ends in ：': endingHeadings('：'),
  '已完成 → 整改完毕': (text) =>
    text.replace(/(整改状态|完成情况|整改进度)([：:])已完成(?=[。\n；]|$)/g, '$1$2整改完毕'),
};
