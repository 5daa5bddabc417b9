import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Drawing, outline, pdf, readOne } from './make.js';

const LEFT = 90;
const SIZE = 16;
const PER_LINE = 26;
const PITCH = 28;

/** Sets paragraphs as office programs do: first line indented by two characters, lines filled, page numbers at the foot. */
function typeset(paragraphs: readonly string[], linesPerPage = 20): readonly (readonly Drawing[])[] {
  const lines = paragraphs.flatMap((paragraph) => {
    const first = paragraph.slice(0, PER_LINE - 2);
    const rest = paragraph.slice(PER_LINE - 2).match(new RegExp(`.{1,${PER_LINE}}`, 'gu')) ?? [];
    return [{ text: first, x: LEFT + 2 * SIZE }, ...rest.map((text) => ({ text, x: LEFT }))];
  });
  const pages: Drawing[][] = [];
  for (const [index, { text, x }] of lines.entries()) {
    const page = Math.floor(index / linesPerPage);
    pages[page] ??= [
      { text: '某某局整改材料', x: 240, y: 800, size: 10 },
      { text: `— ${page + 1} —`, x: 280, y: 40, size: 10 },
    ];
    pages[page].push({ text, x, y: 740 - (index % linesPerPage) * PITCH, size: SIZE });
  }
  return pages;
}

const sentence = '针对反馈指出的问题，局党组逐项制定整改措施，明确牵头领导、责任科室和完成时限，建立台账、挂账销号，';
const paragraphs = [
  '一、整改工作组织情况',
  `${sentence.repeat(3)}已完成整改。`,
  '二、整改落实情况',
  `（一）${sentence.repeat(8)}全部完成。`,
  `${sentence.repeat(9)}持续推进。`,
];

describe('paragraphs from lines', () => {
  test('wrapped lines are joined, across pages too; headers and page numbers are left out', async () => {
    const document = await readOne(pdf(typeset(paragraphs)), '通报.pdf');
    expect(outline(document)).toEqual(paragraphs);
    expect(document.pages).toHaveLength(3);
    const [, second] = document.pages ?? [];
    // The second page starts where its first line does, in the middle of a paragraph.
    expect(document.text.slice(second?.start, second?.end)).not.toMatch(/^\n/u);
    expect(document.text.slice((second?.start ?? 0) - 1, second?.start)).not.toBe('\n');
  });

  test('a centred title and the signature at the right stand alone', async () => {
    const page: Drawing[] = [
      { text: '某某局党组关于巡察整改进展情况的通报', x: 100, y: 780, size: 22 },
      ...(typeset([`${sentence.repeat(3)}完成。`, `${sentence.repeat(2)}推进。`])[0] ?? []).slice(2),
      { text: '某某局党组', x: 400, y: 300, size: SIZE },
      { text: '2024年3月15日', x: 380, y: 270, size: SIZE },
    ];
    const lines = outline(await readOne(pdf([page]), '通报.pdf'));
    expect(lines).toHaveLength(5);
    expect(lines[0]).toBe('title: 某某局党组关于巡察整改进展情况的通报');
    expect(lines.slice(3)).toEqual(['某某局党组', '2024年3月15日']);
  });

  const set = (...lines: readonly (readonly [x: number, y: number, text: string])[]): Promise<readonly string[]> =>
    readOne(pdf([lines.map(([x, y, text]) => ({ text, x, y }))]), '通报.pdf').then(outline);

  test('a number that opens a line by chance goes on with its series; a heading does not', async () => {
    const lines = await set(
      [122, 700, '整改措施：（1）修订办法，共计四章二十六条规定下发各科室单位；'.slice(0, 24)],
      [90, 672, '单位；（2）开展专项检查并通报结果，督促立行立改到位；一是'.slice(0, 26)],
      [90, 644, '（3）定期回访。'],
      [122, 616, '针对反馈指出的问题，局党组逐项制定整改措施并且明确'],
      [90, 588, '责任领导责任科室和完成时限建立台账挂账销号全部办结。'],
      [90, 560, '二、下一步打算'],
    );
    expect(lines.slice(-1)).toEqual(['二、下一步打算']);
    expect(lines[0]).toMatch(/立行立改.*（3）定期回访。$/u);
  });

  test('a number set apart by a tab is not a column, nor are labels on one line', async () => {
    expect(
      await set(
        [90, 700, '1.'],
        [160, 700, '排查合同43份'],
        [90, 672, '2.'],
        [160, 672, '修订制度3项'],
        [90, 644, '责任领导：龙小梅'],
        [290, 644, '责任单位：办公室'],
        [90, 616, '完成整改。'],
        [90, 588, '责任领导：石有福'],
        [290, 588, '责任单位：财政所'],
        [90, 560, '针对反馈指出的问题，局党组逐项制定整改措施并且明确。'],
      ),
    ).toEqual([
      '1. 排查合同43份',
      '2. 修订制度3项',
      '责任领导：龙小梅 责任单位：办公室',
      '完成整改。',
      '责任领导：石有福 责任单位：财政所',
      '针对反馈指出的问题，局党组逐项制定整改措施并且明确。',
    ]);
  });

  test('larger type is that of headings, by rank', async () => {
    const body = paragraphs[1] as string;
    const page: Drawing[] = [
      { text: '整改情况', x: 90, y: 800, size: 20 },
      { text: '党建方面', x: 90, y: 770, size: 18 },
      ...(typeset([body])[0] ?? []).slice(2),
      { text: '下一步打算', x: 90, y: 400, size: 20 },
    ];
    const lines = outline(await readOne(pdf([page]), '通报.pdf'));
    expect(lines).toEqual(['heading1: 整改情况', 'heading2: 党建方面', body, 'heading1: 下一步打算']);
  });

  test('two columns are read one after the other', async () => {
    const [first, second] = [`一、${sentence.repeat(5)}已完成整改。`, `二、${sentence.repeat(4)}持续推进。`];
    const lines = [first, second].flatMap((text) => text.match(/.{1,15}/gu) ?? []);
    const half = Math.ceil(lines.length / 2);
    const page: Drawing[] = [
      { text: '某某局党组关于巡察整改进展情况的通报', x: 100, y: 800, size: 22 },
      ...lines.map((text, index) => ({
        text,
        x: index < half ? 60 : 310,
        y: 760 - (index % half) * 20 - (index < half ? 0 : 3),
        size: 15,
      })),
    ];
    expect(outline(await readOne(pdf([page]), '通报.pdf'))).toEqual([
      'title: 某某局党组关于巡察整改进展情况的通报',
      first,
      second,
    ]);
  });

  test('what a browser draws twice, at the foot of a page and at the head of the next, stands once', async () => {
    const bytes = pdf([
      [
        { text: '一、总体情况', x: 90, y: 700 },
        { text: '针对反', x: 106, y: 20 },
        { text: '的问题', x: 170, y: 20 },
      ],
      [{ text: '（一）针对反馈的问题', x: 90, y: 800 }],
    ]);
    expect(outline(await readOne(bytes, '通报.pdf'))).toEqual(['一、总体情况', '（一）针对反馈的问题']);
  });

  test('spaces that typesetting puts around digits are not part of the text', async () => {
    const page: Drawing[] = [
      { text: '截至', x: 100, y: 700 },
      { text: '2024', x: 136, y: 700 },
      { text: '年', x: 172, y: 700 },
    ];
    expect((await readOne(pdf([page]), '通报.pdf')).text).toBe('截至2024年');
  });

  test('encodings that a file only names are read', async () => {
    const gbk = { encoding: 'GBK-EUC-H', encode: (text: string) => text };
    const page = [{ text: 'd5fbb8c4cda8b1a8', x: 100, y: 700 }];
    expect((await readOne(pdf([page], gbk), '通报.pdf')).text).toBe('整改通报');
  });
});

describe('tables', () => {
  const XS = [90, 150, 330, 500];
  const YS = [700, 660, 600, 560];
  const rules = (
    upright: readonly (readonly [number, number, number])[],
    level: readonly (readonly [number, number, number])[],
  ): Drawing[] => [
    ...upright.map(([x, y0, y1]): Drawing => ({ from: [x, y0], to: [x, y1] })),
    ...level.map(([y, x0, x1]): Drawing => ({ from: [x0, y], to: [x1, y] })),
  ];

  test('ruled tables give cells, with wrapped lines joined and merged cells once', async () => {
    const grid = rules(
      XS.map((x) => [x, 700, 560]),
      [...YS.map((y): [number, number, number] => [y, y === 600 ? 150 : 90, 500])],
    );
    const page: Drawing[] = [
      { text: '整改任务台账', x: 100, y: 760 },
      ...grid,
      { text: '序号', x: 95, y: 680, size: 12 },
      { text: '问题', x: 155, y: 680, size: 12 },
      { text: '整改措施', x: 335, y: 680, size: 12 },
      { text: '1', x: 95, y: 600, size: 12 },
      { text: '河道巡查制度执行不严', x: 155, y: 640, size: 12 },
      { text: '格', x: 155, y: 622, size: 12 },
      { text: '修订办法', x: 335, y: 640, size: 12 },
      { text: '资金拨付不及时', x: 155, y: 580, size: 12 },
      { text: '建立台账', x: 335, y: 580, size: 12 },
    ];
    expect(outline(await readOne(pdf([page]), '台账.pdf'))).toEqual([
      '整改任务台账',
      '[0,0] 序号',
      '[0,1] 问题',
      '[0,2] 整改措施',
      '[1,0 2x1] 1',
      '[1,1] 河道巡查制度执行不严格',
      '[1,2] 修订办法',
      '[2,1] 资金拨付不及时',
      '[2,2] 建立台账',
    ]);
  });

  test('a row that a page cuts has no rule at its foot, and goes on in the next page', async () => {
    const upright = (top: number, bottom: number): Drawing[] =>
      rules(
        XS.map((x) => [x, top, bottom]),
        [],
      );
    const level = (...ys: readonly number[]): Drawing[] =>
      rules(
        [],
        ys.map((y) => [y, 90, 500]),
      );
    const first: Drawing[] = [
      ...upright(700, 560),
      ...level(700, 660),
      { text: '序号', x: 95, y: 680, size: 12 },
      { text: '问题', x: 155, y: 680, size: 12 },
      { text: '整改措施', x: 335, y: 680, size: 12 },
      { text: '1', x: 95, y: 640, size: 12 },
      { text: '台账不全', x: 155, y: 640, size: 12 },
      { text: '1.修订办法，', x: 335, y: 640, size: 12 },
    ];
    const second: Drawing[] = [
      ...upright(780, 700),
      ...level(700),
      { text: '补齐台账。', x: 335, y: 760, size: 12 },
      { text: '2.定期检查。', x: 335, y: 740, size: 12 },
    ];
    expect(outline(await readOne(pdf([first, second]), '台账.pdf'))).toEqual([
      '[0,0] 序号',
      '[0,1] 问题',
      '[0,2] 整改措施',
      '[1,0] 1',
      '[1,1] 台账不全',
      '[1,2] 1.修订办法，补齐台账。',
      '[1,2] 2.定期检查。',
    ]);
  });

  test('columns set apart by space alone keep the order of their cells', async () => {
    const row = (y: number, ...cells: readonly string[]): Drawing[] =>
      cells.map((text, index) => ({ text, x: XS[index] as number, y, size: 12 }));
    const page = [
      ...row(700, '序号', '问题', '状态'),
      ...row(670, '1', '台账不全', '已完成'),
      ...row(640, '2', '拨付不及时', '推进中'),
    ];
    expect((await readOne(pdf([page]), '台账.pdf')).text).toBe(
      '序号\t问题\t状态\n1\t台账不全\t已完成\n2\t拨付不及时\t推进中',
    );
  });
});

describe('pages that cannot be read', () => {
  const reason = (bytes: Uint8Array): Promise<string> =>
    readOne(bytes, '通报.pdf').then(
      () => 'was read',
      (error) => error.toLine(),
    );

  test('a PDF without text is no empty notice', async () => {
    expect(await reason(pdf([[{ from: [0, 0], to: [500, 500] }]]))).toBe(
      '通报.pdf: PDF 共 1 页，都没有文字层（多为扫描件），读不出文字；可加 --ocr 识别',
    );
  });

  test('a scanned page among others is noted', async () => {
    const document = await readOne(
      pdf([[{ text: '第一页', x: 100, y: 700 }], [], [{ text: '第三页', x: 140, y: 700 }]]),
      '通报.pdf',
    );
    expect(document.text).toBe('第一页\n第三页');
    expect(document.notes).toEqual([{ code: 'read.pageWithoutText', values: { page: 2 } }]);
    expect(document.pages?.map(({ start, end }) => document.text.slice(start, end))).toEqual([
      '第一页\n',
      '',
      '第三页',
    ]);
  });

  test('a page of private-use characters is said to be garbled', async () => {
    const document = await readOne(pdf([[{ text: '\uE001\uE002\uE003整改', x: 100, y: 700 }]]), '通报.pdf');
    expect(document.notes).toEqual([{ code: 'read.garbledPage', values: { page: 1 } }]);
  });

  test('no more pages than the limit are read, and that is said', async () => {
    const bytes = pdf([[{ text: '第一页', x: 100, y: 700 }], [{ text: '第二页', x: 100, y: 700 }]]);
    const document = await readOne(bytes, '通报.pdf', { limits: { pages: 1 } });
    expect(document.text).toBe('第一页');
    expect(document.notes).toEqual([{ code: 'read.morePages', values: { pages: 2, read: 1 } }]);
  });

  test('broken and encrypted files', async () => {
    expect(await reason(Buffer.from('%PDF-1.4\nnothing of use'))).toBe('通报.pdf: PDF 已损坏，打不开');
    const encrypted = readFileSync(new URL('fixtures/encrypted.pdf', import.meta.url));
    expect(await reason(encrypted)).toBe('通报.pdf: PDF 设有打开密码，读不了');
    expect(await reason(Buffer.from('只是文字'))).toBe('通报.pdf: 扩展名是 .pdf，内容却不是这种格式（或文件已损坏）');
  });
});
