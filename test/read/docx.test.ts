import { describe, expect, test } from 'vitest';
import { formatNumber } from '../../src/read/numbering.js';
import { docx, outline, wordParagraph as p, readOne, utf8, zip } from './make.js';

const read = async (...arguments_: Parameters<typeof docx>) => outline(await readOne(docx(...arguments_), '通报.docx'));

const level = (index: number, format: string, text: string, more = ''): string =>
  `<w:lvl w:ilvl="${index}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${text}"/></w:lvl>`;
const abstract = (id: number, levels: string): string =>
  `<w:abstractNum w:abstractNumId="${id}">${levels}</w:abstractNum>`;
const num = (id: number, abstractId: number, overrides = ''): string =>
  `<w:num w:numId="${id}"><w:abstractNumId w:val="${abstractId}"/>${overrides}</w:num>`;
const inList = (id: number, ilvl = 0): string => `<w:numPr><w:ilvl w:val="${ilvl}"/><w:numId w:val="${id}"/></w:numPr>`;

const outlineList = abstract(
  1,
  level(0, 'chineseCounting', '%1、') +
    level(1, 'chineseCounting', '（%2）') +
    level(2, 'decimal', '%3.', '<w:suff w:val="nothing"/>'),
);

describe('automatic numbering becomes text', () => {
  test('levels count on, and start again below a new heading', async () => {
    const body = [
      p('总体情况', inList(1)),
      p('主要问题', inList(1)),
      p('党建方面', inList(1, 1)),
      p('针对甲问题', inList(1, 2)),
      p('针对乙问题', inList(1, 2)),
      p('作风方面', inList(1, 1)),
      p('针对丙问题', inList(1, 2)),
      p('没有编号的段落'),
    ].join('');
    expect(await read(body, { numbering: outlineList + num(1, 1) })).toEqual([
      '一、总体情况',
      '二、主要问题',
      '（一）党建方面',
      '1.针对甲问题',
      '2.针对乙问题',
      '（二）作风方面',
      '1.针对丙问题',
      '没有编号的段落',
    ]);
  });

  test('a list with a start of its own starts there; one without counts on with its definition', async () => {
    const numbering =
      abstract(1, level(0, 'decimal', '%1、')) +
      num(1, 1) +
      num(2, 1) +
      num(3, 1, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>');
    const body = p('甲', inList(1)) + p('乙', inList(2)) + p('丙', inList(3)) + p('丁', inList(3));
    expect(await read(body, { numbering })).toEqual(['1、甲', '2、乙', '1、丙', '2、丁']);
  });

  test('a style numbers its paragraphs, its children inherit it, list 0 takes it away', async () => {
    const styles = `<w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
      <w:style w:type="paragraph" w:styleId="b"><w:name w:val="条目"/><w:basedOn w:val="a"/></w:style>`;
    const numbering = abstract(1, level(0, 'chineseCountingThousand', '第%1章', '<w:suff w:val="space"/>')) + num(1, 1);
    const styled = (id: string, more = ''): string => `<w:pStyle w:val="${id}"/>${more}`;
    const body = p('总则', styled('a')) + p('附则', styled('b')) + p('说明', styled('a', inList(0)));
    expect(await read(body, { numbering, styles })).toEqual(['heading1: 第一章 总则', '第二章 附则', 'heading1: 说明']);
  });

  test('labels of several levels, bullets, and a space where the next digit would join the label', async () => {
    const numbering =
      abstract(1, level(0, 'decimal', '%1.') + level(1, 'decimal', '%1.%2')) +
      abstract(2, level(0, 'bullet', '\uF06C')) +
      num(1, 1) +
      num(2, 2);
    const body = p('2023年度', inList(1)) + p('子项', inList(1, 1)) + p('圆点', inList(2));
    expect(await read(body, { numbering })).toEqual(['1. 2023年度', '1.1 子项', '● 圆点']);
  });

  test.each([
    [10, 'chineseCounting', '十'],
    [21, 'chineseCountingThousand', '二十一'],
    [105, 'taiwaneseCountingThousand', '一百零五'],
    [12, 'ideographDigital', '一二'],
    [3, 'chineseLegalSimplified', '叁'],
    [12, 'decimalEnclosedCircle', '⑫'],
    [3, 'decimalFullWidth', '３'],
    [28, 'lowerLetter', 'bb'],
    [14, 'upperRoman', 'XIV'],
    [2, 'ideographTraditional', '乙'],
  ])('%i in %s is %s', (count, format, text) => expect(formatNumber(count, format)).toBe(text));
});

describe('content', () => {
  test('tables as rows and cells, merged cells once, nested tables within their cell', async () => {
    const tc = (text: string, properties = ''): string => `<w:tc><w:tcPr>${properties}</w:tcPr>${p(text)}</w:tc>`;
    const nested = `<w:tc>${p('外')}<w:tbl><w:tr>${tc('内')}</w:tr></w:tbl>${p('')}</w:tc>`;
    const body = `${p('表前')}<w:tbl>
      <w:tr>${tc('序号')}${tc('问题和措施', '<w:gridSpan w:val="2"/>')}</w:tr>
      <w:tr>${tc('1', '<w:vMerge w:val="restart"/>')}${tc('台账不全')}${tc('补齐台账')}</w:tr>
      <w:tr>${tc('', '<w:vMerge/>')}${nested}${tc('已完成')}</w:tr></w:tbl>${p('表后')}`;
    const document = await readOne(docx(body), '通报.docx');
    expect(outline(document)).toEqual([
      '表前',
      '[0,0] 序号',
      '[0,1 1x2] 问题和措施',
      '[1,0 2x1] 1',
      '[1,1] 台账不全',
      '[1,2] 补齐台账',
      '[2,1] 外',
      '[2,1] 内',
      '[2,2] 已完成',
      '表后',
    ]);
    expect(document.text).toBe('表前\n序号\t问题和措施\n1\t台账不全\t补齐台账\n\t外\n内\t已完成\n表后');
  });

  test('a text box once, though it is written twice', async () => {
    const box = `<w:txbxContent>${p('框内文字')}</w:txbxContent>`;
    const both = `<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wps:txbx>${box}</wps:txbx></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>${box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>`;
    expect(await read(`<w:p><w:r><w:t>正文</w:t></w:r><w:r>${both}</w:r></w:p>`)).toEqual(['正文', '框内文字']);
    const newOnly = `<w:drawing><wp:anchor><wps:txbx>${box}</wps:txbx></wp:anchor></w:drawing>`;
    expect(await read(`<w:p><w:r><w:t>正文</w:t></w:r><w:r>${newOnly}</w:r></w:p>`)).toEqual(['正文', '框内文字']);
  });

  test('tracked changes as accepted', async () => {
    const body = `<w:p><w:r><w:t>完成</w:t></w:r><w:del><w:r><w:delText>38</w:delText></w:r></w:del><w:ins><w:r><w:t>40</w:t></w:r></w:ins><w:r><w:t>个</w:t></w:r></w:p>`;
    expect(await read(body)).toEqual(['完成40个']);
  });

  test('hidden text and readings are left out; content controls, links and moved text are read', async () => {
    const run = (text: string, properties = ''): string => `<w:r><w:rPr>${properties}</w:rPr><w:t>${text}</w:t></w:r>`;
    const ruby = `<w:r><w:ruby><w:rt>${run('ban')}</w:rt><w:rubyBase>${run('办')}</w:rubyBase></w:ruby></w:r>`;
    const body = [
      `<w:p>${run('完成')}${run('隐藏', '<w:b/><w:vanish/>')}${run('整改', '<w:vanish w:val="0"/>')}${ruby}</w:p>`,
      `<w:sdt><w:sdtContent>${p('控件')}</w:sdtContent></w:sdt>`,
      `<w:p><w:hyperlink>${run('链接')}</w:hyperlink><w:moveFrom><w:moveFromRangeStart/>${run('移走')}</w:moveFrom><w:moveTo>${run('移来')}</w:moveTo></w:p>`,
    ];
    expect(await read(body.join(''))).toEqual(['完成整改办', '控件', '链接移来']);
  });

  test('a table of contents is left out', async () => {
    const styles = '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="toc 1"/></w:style>';
    expect(await read(p('一、总体情况\t1', '<w:pStyle w:val="t"/>') + p('一、总体情况'), { styles })).toEqual([
      '一、总体情况',
    ]);
  });

  test('what a paragraph was numbered before a tracked change does not count', async () => {
    const changed = `<w:pPrChange><w:pPr>${inList(1)}</w:pPr></w:pPrChange>`;
    const body = p('甲', changed) + p('乙', inList(1) + changed);
    expect(await read(body, { numbering: outlineList + num(1, 1) })).toEqual(['甲', '一、乙']);
  });

  test('a line break starts a new paragraph; fields, soft hyphens and footnotes', async () => {
    const body = `<w:p><w:r><w:t>第一行</w:t><w:br/><w:t>整\u00AD改</w:t></w:r><w:fldSimple w:instr="DATE"><w:r><w:t>2024年</w:t></w:r></w:fldSimple><w:r><w:footnoteReference w:id="2"/></w:r></w:p>`;
    const footnotes = `<w:footnote w:id="2">${p('含上年结转')}</w:footnote>`;
    expect(await read(body, { footnotes })).toEqual(['第一行', '整改2024年', 'footnote: 含上年结转']);
  });
});

describe('what is no Word document is refused in one line', () => {
  const line = async (bytes: Uint8Array): Promise<string> => {
    try {
      await readOne(bytes, '通报.docx');
    } catch (error) {
      return (error as { toLine(): string }).toLine();
    }
    return 'was read';
  };

  test.each([
    ['a zip of something else', zip({ 'a.bin': 'x' }), '通报.docx: 扩展名是 .docx，内容却不是这种格式（或文件已损坏）'],
    [
      'a truncated file',
      docx(p('正文')).subarray(0, 300),
      '通报.docx: 扩展名是 .docx，内容却不是这种格式（或文件已损坏）',
    ],
    ['broken XML', zip({ 'word/document.xml': '<w:document><w:body>' }), '通报.docx: 文件已损坏，不能按 .docx 读取'],
    [
      'entities',
      zip({ 'word/document.xml': '<!DOCTYPE a [<!ENTITY b "c">]><a/>' }),
      '通报.docx: 文件中的 XML 带有实体定义，可能有害，没有读取',
    ],
    ['no text', docx(p('')), '通报.docx: 文件里没有文字'],
    ['plain text', utf8('只是文字'), '通报.docx: 扩展名是 .docx，内容却不是这种格式（或文件已损坏）'],
  ])('%s', async (_, bytes, expected) => expect(await line(bytes)).toBe(expected));

  test('a zip bomb is not inflated', async () => {
    const bomb = zip({ 'word/document.xml': new Uint8Array(65 * 1024 * 1024) });
    expect(bomb.length).toBeLessThan(100_000);
    expect(await line(bomb)).toBe('通报.docx: 解压后单个成员超过 64 MB 或总量过大，没有读取');
  });
});
