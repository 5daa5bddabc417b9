import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { closeGaps, unwrap } from '../../src/read/text.js';
import { outline, readOne, utf8 } from './make.js';

const NOTICE = '关于整改情况的通报\n一、总体情况\n　　反馈的12个问题，已完成整改11个，完成率91.67%。\n';

/** The same words in the old encodings, which Node can read but not write. */
const GBK = Buffer.from('b9d8d3dad5fbb8c4c7e9bff6b5c4cda8b1a80d0ad2d1cdeab3c9d5fbb8c43131b8f6a1a3', 'hex');
const BIG5 = Buffer.from('c3f6a9f3bee3a7efb1a1aa70aabab371b3f80d0aa477a7b9a6a8bee3a7ef3131add3a143', 'hex');

const utf16 = (text: string, swap: boolean): Buffer => {
  const bytes = Buffer.from(text, 'utf16le');
  return swap ? bytes.swap16() : bytes;
};

describe('encodings, told by content', () => {
  test.each([
    ['UTF-8', utf8(NOTICE), 'utf-8', NOTICE],
    ['UTF-8 with a byte-order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), utf8(NOTICE)]), 'utf-8', NOTICE],
    [
      'UTF-16 with a byte-order mark',
      Buffer.concat([Buffer.from([0xff, 0xfe]), utf16(NOTICE, false)]),
      'utf-16le',
      NOTICE,
    ],
    ['UTF-16 without one', utf16(NOTICE, false), 'utf-16le', NOTICE],
    ['big-endian UTF-16 without one', utf16(NOTICE, true), 'utf-16be', NOTICE],
    ['GB18030', GBK, 'gb18030', '关于整改情况的通报\n已完成整改11个。'],
    ['Big5', BIG5, 'big5', '關於整改情況的通報\n已完成整改11個。'],
  ])('%s', async (_, bytes, encoding, text) => {
    const document = await readOne(bytes, '通报.txt');
    expect(document.text).toBe(text);
    expect(document.encoding).toBe(encoding);
    expect(document.notes).toEqual([]);
  });

  test('an encoding that the user names wins', async () => {
    expect((await readOne(GBK, '通报.txt', { encoding: 'gbk' })).text).toContain('整改');
    expect((await readOne(GBK, '通报.txt', { encoding: 'big5' })).text).not.toContain('整改');
  });

  test('UTF-8 with one broken character stays UTF-8, and says so', async () => {
    const bytes = Buffer.concat([utf8(NOTICE.repeat(5)), Buffer.from([0xe6, 0x95])]);
    const document = await readOne(bytes, '通报.txt');
    expect(document.encoding).toBe('utf-8');
    expect(document.notes).toEqual([{ code: 'read.unreadableCharacters', values: { count: 1, encoding: 'utf-8' } }]);
  });
});

describe('tables', () => {
  test.each([
    ['wide gaps', '序号　　问题　　状态\n1　　台账 不全　　已完成\n'],
    ['upright bars', '序号 | 问题 | 状态\n1 | 台账 不全 | 已完成\n'],
    ['tabs', '序号\t问题\t状态\n1\t台账 不全\t已完成\n'],
  ])('%s part the cells of rows', async (_, text) => {
    const { blocks } = await readOne(utf8(`清单如下：\n\n${text}\n此外，　　均已　　办结。`), 'a.txt');
    const cells = blocks.filter(({ kind }) => kind === 'cell').map(({ cell }) => `${cell?.row}.${cell?.column}`);
    expect(cells).toEqual(['0.0', '0.1', '0.2', '1.0', '1.1', '1.2']);
    expect(blocks.filter(({ kind }) => kind === 'paragraph')).toHaveLength(2);
  });
});

describe('lines', () => {
  test('every line that is not blank is a block; line ends of all kinds are \\n', async () => {
    const document = await readOne(utf8('一、标题\r\n\r\n　　正文。\r第三段\u2028第四段'), 'a.txt');
    expect(document.text).toBe('一、标题\n\n　　正文。\n第三段\n第四段');
    expect(outline(document)).toEqual(['一、标题', '正文。', '第三段', '第四段']);
  });

  test('blocks are slices of the text without white space at their ends, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1 }), async (text) => {
        fc.pre(text.replace(/[\p{C}\s]/gu, '') !== '');
        // Replacement characters say that the bytes were damaged before: a short text full of them is refused.
        fc.pre(!text.includes('\uFFFD'));
        const document = await readOne(utf8(`通报${text}`), 'a.txt');
        expect(document.text).not.toMatch(/[\r\uFEFF]/u);
        for (const quote of outline(document)) expect(quote).toBe(quote.trim());
        expect(outline(document).join('').replace(/\s/gu, '')).toBe(document.text.replace(/\s/gu, ''));
      }),
    );
  });

  test('lines broken at a fixed width are joined', () => {
    const paragraph =
      '局党组高度重视巡察反馈意见，先后召开专题会议研究部署整改工作，明确牵头领导、责任科室和完成时限，'.repeat(10);
    const lines = (`　　${paragraph}`.match(/.{1,40}/gu) ?? []).join('\n');
    expect(unwrap(`${lines}\n　　第二段到此为止。`)).toBe(`　　${paragraph}\n　　第二段到此为止。`);
  });

  test('paragraphs of one line each are left alone', () => {
    const text = Array.from(
      { length: 12 },
      (_, n) => `一是完善制度${n}项，开展检查，督促落实各项整改措施到位，巩固整改成果。`,
    ).join('\n');
    expect(unwrap(text)).toBe(text);
  });
});

test('Markdown: headings, emphasis and tables without their marks', async () => {
  const text =
    '# 整改通报\n\n**一、总体情况**\n> 说明\n\n| 序号 | 问题 |\n|---|---|\n| 1 | 台账**不全** |\n\n---\n结束。\n';
  expect(outline(await readOne(utf8(text), 'a.md'))).toEqual([
    'heading1: 整改通报',
    '一、总体情况',
    '说明',
    '[0,0] 序号',
    '[0,1] 问题',
    '[1,0] 1',
    '[1,1] 台账不全',
    '结束。',
  ]);
});

describe('gaps that recognition leaves', () => {
  test('are closed between characters, digits and marks', () => {
    const line = '( 一 ) 关 于 台 账 登 记 不 全 的 问 题 : 补 录 560 万 元 , 涉 及 12 户 ;';
    const closed = '(一)关于台账登记不全的问题:补录560万元,涉及12户;';
    expect(closeGaps(Array(4).fill(line).join('\n'))).toBe(Array(4).fill(closed).join('\n'));
  });

  test('stay where spaces part names, columns or the letters of a title', () => {
    const text = `情 况 通 报\n${'序号 反馈问题 整改措施 责任人\n'.repeat(20)}由 张 三、李 四 负责。`;
    expect(closeGaps(text)).toBe(text);
  });
});
