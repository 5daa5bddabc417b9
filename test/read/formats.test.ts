import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { pictureExtensions, readDocument, supportedExtensions } from '../../src/read/index.js';
import { docx, outline, pdf, readOne, utf8, wordParagraph, zip } from './make.js';

/** GBK bytes of 整改通报.txt, as Windows writes it into zips. */
const GBK_NAME = 'd5fbb8c4cda8b1a82e747874';
const latin1 = (hex: string): string => Buffer.from(hex, 'hex').toString('latin1');

test('.doc: paragraphs, table, quotes as written', async () => {
  const document = await readOne(readFileSync(new URL('fixtures/notice.doc', import.meta.url)), '通报.doc');
  expect(document.mediaType).toBe('application/msword');
  expect(outline(document).slice(0, 5)).toEqual([
    '中共青岚市水务局党组',
    '关于巡察整改进展情况的通报',
    '（2024年3月15日）',
    expect.stringMatching(/^根据市委统一部署.*予以公布。$/u),
    '一、整改工作组织情况',
  ]);
  expect(outline(document)).toContain('[2,1] 资金拨付不及时');
});

test('.doc: automatic numbers, styles, merged cells; deleted and hidden text left out', async () => {
  const bytes = readFileSync(new URL('fixtures/numbered.doc', import.meta.url));
  expect(outline(await readOne(bytes, '通报.doc'))).toEqual([
    'title: 青岚市水务局党组关于巡察整改进展情况的通报',
    'heading1: 基本情况',
    '一、组织推进',
    '二、整改落实',
    '（一）党建方面',
    '1. 台账不全',
    '2. 学习不深',
    '（二）财务方面',
    '1. 报销不严',
    '①开展检查',
    '②退还资金',
    '完成40个“问题”',
    '另起一行',
    '[0,0] 序号',
    '[0,1 1x2] 问题和措施',
    '[1,0 2x1] 1',
    '[1,1] 台账不全',
    '[1,1] 分两段',
    '[1,2] 补齐',
    '[2,1] 学习不深',
    '[2,2] 轮训',
    '落款单位',
  ]);
});

test('.doc whose formatting cannot be followed: its text at least; protected and older files are said to be so', async () => {
  const bytes = readFileSync(new URL('fixtures/numbered.doc', import.meta.url));
  const stream = bytes.indexOf(Buffer.from([0xec, 0xa5]));
  const changed = (at: number, ...values: readonly number[]): Buffer => {
    const copy = Buffer.from(bytes);
    copy.set(values, stream + at);
    return copy;
  };
  const lost = await readOne(changed(0x2e6, 4), '通报.doc');
  expect(lost.text).toContain('组织推进');
  expect(lost.notes).toEqual([{ code: 'read.numberingLost' }]);
  await expect(readOne(changed(0x0b, (bytes[stream + 0x0b] as number) | 1), '通报.doc')).rejects.toThrow(/密码/u);
  await expect(readOne(changed(0, 0xdc), '通报.doc')).rejects.toThrow(/Word 95/u);
});

describe('.rtf', () => {
  const read = async (body: string) =>
    outline(await readOne(Buffer.from(`{\\rtf1\\ansi\\ansicpg936${body}}`, 'latin1'), 'a.rtf'));

  test('Chinese as code page bytes, as Unicode with a fallback, and with a second byte that is ASCII', async () => {
    expect(
      await read(
        String.raw`{\fonttbl{\f0\fcharset134 SimSun;}}\f0\'d5\'fb\'b8\'c4\par\uc1\u25972 ?\u25913\'3f\par \'84@`,
      ),
    ).toEqual(['整改', '整改', '凘']);
  });

  test('headings by the names of their styles', async () => {
    const styles = String.raw`{\stylesheet{\s0 Normal;}{\s3\sbasedon0 heading 2;}{\s4 Title;}{\*\cs5 heading 1;}}`;
    expect(await read(String.raw`${styles}\pard\s4 A\par\pard\s3 B\par\pard\s0 C\par\pard D\par`)).toEqual([
      'title: A',
      'heading2: B',
      'C',
      'D',
    ]);
  });

  test('bullets of symbol fonts, tables within cells', async () => {
    const fonts = String.raw`{\fonttbl{\f0\fcharset134 SimSun;}{\f2\fcharset2 Wingdings;}}`;
    const bullet = String.raw`{\listtext\f2\'6c\tab}\f0\'d5\'fb\par {\listtext\u19968 ?\u12289 ?\tab}\'d5\'fb\par `;
    const nested = String.raw`\trowd\cellx1\cellx2\intbl A\nestcell B\nestcell{\*\nesttableprops\trowd\cellx1\cellx2\nestrow}C\cell D\cell\row`;
    expect(await read(fonts + bullet + nested)).toEqual(['● 整', '一、整', '[0,0] A', '[0,0] B', '[0,0] C', '[0,1] D']);
  });

  test('tables with merged cells, spelled-out numbers, deleted and hidden text left out', async () => {
    const row = (text: string): string => String.raw`\trowd${text}\row`;
    const body = String.raw`{\listtext\tab 1.\tab}A\par{\deleted 38}40\par{\*\unknown x}\pard\intbl `;
    const table =
      row(String.raw`\cellx1\clmrg\cellx2 \intbl B\cell\cell`) +
      row(String.raw`\cellx1\cellx2 \intbl C\par D\cell E\cell`);
    expect(await read(body + table + String.raw`\pard end\par`)).toEqual([
      '1. A',
      '40',
      '[0,0 1x2] B',
      '[1,0] C',
      '[1,0] D',
      '[1,1] E',
      'end',
    ]);
  });
});

describe('.odt', () => {
  const odt = (body: string, styles = ''): Uint8Array =>
    zip({
      mimetype: 'application/vnd.oasis.opendocument.text',
      'content.xml': `<office:document-content><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:text>${body}</office:text></office:body></office:document-content>`,
    });

  test('headings, lists with their numbers, notes, breaks; tracked deletions left out', async () => {
    const styles = `<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/><text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="."/></text:list-style>`;
    const body = `<text:tracked-changes><text:p>删去</text:p></text:tracked-changes><text:h text:outline-level="2">标题</text:h>
      <text:list text:style-name="L"><text:list-item><text:p>甲</text:p><text:list><text:list-item><text:p>子项</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>乙</text:p></text:list-item></text:list>
      <text:p>第一行<text:line-break/>第二行<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>脚注</text:p></text:note-body></text:note></text:p>`;
    expect(outline(await readOne(odt(body, styles), 'a.odt'))).toEqual([
      'heading2: 标题',
      '一、甲',
      '1. 子项',
      '二、乙',
      '第一行',
      '第二行',
      'footnote: 脚注',
    ]);
  });

  test('an item that only holds a list does not count; hidden text, contents and readings are no text', async () => {
    const styles = `<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/><text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="."/></text:list-style><style:style style:name="T9"><style:text-properties text:display="none"/></style>`;
    const item = (content: string): string => `<text:list-item>${content}</text:list-item>`;
    const list = (content: string, more = ''): string =>
      `<text:list text:style-name="L" ${more}>${item(content)}</text:list>`;
    const inner = (text: string): string => `<text:list>${item(`<text:p>${text}</text:p>`)}</text:list>`;
    const on = 'text:continue-numbering="true"';
    const body = `<text:table-of-content><text:p>目录</text:p></text:table-of-content>${list(`<text:p>甲</text:p>${inner('一项')}`)}
      <text:p>责任领导：龙小梅　责任单位：<text:span text:style-name="T9">隐藏</text:span><text:ruby><text:ruby-base>办</text:ruby-base><text:ruby-text>ban</text:ruby-text></text:ruby></text:p>
      ${list(inner('二项'), on)}${list('<text:p>乙</text:p>', on)}<text:p text:style-name="Heading_20_2">节</text:p><text:p>文<draw:custom-shape><text:p>形状</text:p></draw:custom-shape></text:p>`;
    expect(outline(await readOne(odt(body, styles), 'a.odt'))).toEqual([
      '一、甲',
      '1. 一项',
      '责任领导：龙小梅　责任单位：办',
      '2. 二项',
      '二、乙',
      'heading2: 节',
      '文',
      '形状',
    ]);
  });

  test('tables with spans', async () => {
    const td = (text: string, more = ''): string =>
      `<table:table-cell ${more}><text:p>${text}</text:p></table:table-cell>`;
    const body = `<table:table><table:table-header-rows><table:table-row>${td('序号')}${td('问题')}</table:table-row></table:table-header-rows><table:table-row>${td('合计', 'table:number-columns-spanned="2"')}<table:covered-table-cell/></table:table-row></table:table>`;
    expect(outline(await readOne(odt(body), 'a.odt'))).toEqual(['[0,0] 序号', '[0,1] 问题', '[1,0 1x2] 合计']);
  });
});

test('.ofd: text by its coordinates, pages kept', async () => {
  const page = (...lines: readonly (readonly [x: number, y: number, text: string])[]): string =>
    `<ofd:Page><ofd:Content><ofd:Layer>${lines
      .map(
        ([x, y, text]) =>
          `<ofd:TextObject Boundary="${x} ${y} 160 6" Size="5"><ofd:TextCode X="0" Y="5" DeltaX="g ${text.length - 1} 5">${text}</ofd:TextCode></ofd:TextObject>`,
      )
      .join('')}</ofd:Layer></ofd:Content></ofd:Page>`;
  const full = '局党组逐项制定整改措施明确牵头领导责任科室和完成时限建立台账';
  const bytes = zip({
    'OFD.xml':
      '<ofd:OFD><ofd:DocBody><ofd:DocInfo><ofd:Title>通报</ofd:Title></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
    'Doc_0/Document.xml':
      '<ofd:Document><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/P0.xml"/><ofd:Page ID="2" BaseLoc="/Doc_0/Pages/P1.xml"/></ofd:Pages></ofd:Document>',
    'Doc_0/Pages/P0.xml': page(
      [36, 40, `${full.slice(0, 28)}`],
      [26, 50, full],
      [26, 60, '持续推进。'],
      [36, 70, full.slice(0, 28)],
    ),
    'Doc_0/Pages/P1.xml': page([26, 40, '到此为止。'], [100, 285, '- 2 -']),
  });
  const document = await readOne(bytes, 'a.ofd');
  expect(document.title).toBe('通报');
  expect(outline(document)).toEqual([`${full.slice(0, 28)}${full}持续推进。`, `${full.slice(0, 28)}到此为止。`]);
  expect(document.pages?.map(({ start, end }) => document.text.slice(start, end))[1]).toBe('到此为止。');
});

test('.ofd: ruled tables give cells', async () => {
  const line = (boundary: string, to: string): string =>
    `<PathObject Boundary="${boundary}"><AbbreviatedData>M 0 0 L ${to}</AbbreviatedData></PathObject>`;
  const rules = [20, 60, 120]
    .map((x) => line(`${x} 40 0 20`, '0 20'))
    .concat([40, 50, 60].map((y) => line(`20 ${y} 100 0`, '100 0')));
  const text = (x: number, y: number, content: string): string =>
    `<TextObject Boundary="${x} ${y} 30 5" Size="4"><TextCode X="0" Y="4" DeltaX="4">${content}</TextCode></TextObject>`;
  const texts = [text(22, 42, '序号'), text(62, 42, '问题'), text(22, 52, '1'), text(62, 52, '台账不全')];
  const bytes = zip({
    'OFD.xml': '<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>',
    'D.xml': '<Document><Pages><Page BaseLoc="P.xml"/></Pages></Document>',
    'P.xml': `<Page><Content><Layer>${rules.join('')}${texts.join('')}</Layer></Content></Page>`,
  });
  expect(outline(await readOne(bytes, 'a.ofd'))).toEqual(['[0,0] 序号', '[0,1] 问题', '[1,0] 1', '[1,1] 台账不全']);
});

describe('.xlsx', () => {
  const workbook = async (fill: (book: import('exceljs').Workbook) => void): Promise<Uint8Array> => {
    const { default: excel } = await import('exceljs');
    const book = new excel.Workbook();
    fill(book);
    return new Uint8Array(await book.xlsx.writeBuffer());
  };

  test('a sheet is a table, with what stands alone above and below it; cells as Excel shows them', async () => {
    const bytes = await workbook((book) => {
      const sheet = book.addWorksheet('问题清单');
      sheet.addRow(['某局整改台账']);
      sheet.mergeCells('A1:D1');
      sheet.addRow(['序号', '问题', '完成率', '时限']);
      sheet.addRow([1, '台账不全\n记录不清', 0.9167, new Date(Date.UTC(2024, 2, 31))]);
      sheet.addRow(['', '拨付不及时', { formula: 'C3', result: 1 }, new Date(Date.UTC(2024, 3, 1))]);
      sheet.mergeCells('A3:A4');
      sheet.addRow([]);
      sheet.addRow(['合计', { richText: [{ text: '共' }, { text: '2项' }] }, 12345.5, '长期坚持']);
      sheet.addRow(['某局党组']);
      for (const address of ['C3', 'C4']) sheet.getCell(address).numFmt = '0.00%';
      sheet.getCell('C6').numFmt = '#,##0.00';
      sheet.getCell('D3').numFmt = 'yyyy"年"m"月"d"日"';
      sheet.getCell('D4').numFmt = 'yyyy"年"m"月"';
      book.addWorksheet('隐藏', { state: 'hidden' }).addRow(['不读']);
    });
    expect(outline(await readOne(bytes, '台账.xlsx'))).toEqual([
      'title: 某局整改台账',
      '[0,0] 序号',
      '[0,1] 问题',
      '[0,2] 完成率',
      '[0,3] 时限',
      '[1,0 2x1] 1',
      '[1,1] 台账不全',
      '[1,1] 记录不清',
      '[1,2] 91.67%',
      '[1,3] 2024年3月31日',
      '[2,1] 拨付不及时',
      '[2,2] 100.00%',
      '[2,3] 2024年4月',
      '[3,0] 合计',
      '[3,1] 共2项',
      '[3,2] 12,345.50',
      '[3,3] 长期坚持',
      '某局党组',
    ]);
  });

  test('sheets without titles are headed by their names', async () => {
    const bytes = await workbook((book) => {
      for (const name of ['党建类', '财务类'])
        book.addWorksheet(name).addRows([
          ['序号', '问题'],
          [1, name],
        ]);
    });
    expect(outline(await readOne(bytes, '台账.xlsx')).filter((line) => line.startsWith('heading'))).toEqual([
      'heading1: 党建类',
      'heading1: 财务类',
    ]);
  });
});

test('.xls: the same ledger reads as it does from .xlsx', async () => {
  const old = await readOne(readFileSync(new URL('fixtures/ledger.xls', import.meta.url)), '台账.et');
  const ledger = await readOne(readFileSync('corpus/d01-grain-xlsx.xlsx'), '台账.xlsx');
  expect(old.mediaType).toBe('application/vnd.ms-excel');
  expect(outline(old)).toEqual(outline(ledger));
});

describe('.mht', () => {
  const page = '<html><head><title>整改通报</title></head><body><p>已完成整改11个。</p></body></html>';
  const message = (encoding: string, body: string): Uint8Array =>
    utf8(
      [
        'From: <Saved by a browser>',
        'Subject: =?utf-8?B?5pW05pS5?=',
        'MIME-Version: 1.0',
        'Content-Type: multipart/related;',
        '\ttype="text/html"; boundary="--=_x"',
        '',
        '----=_x',
        'Content-Type: text/html; charset="utf-8"',
        `Content-Transfer-Encoding: ${encoding}`,
        '',
        body,
        '----=_x',
        'Content-Type: image/png',
        '',
        'x',
        '----=_x--',
      ].join('\r\n'),
    );
  const quoted = Array.from(Buffer.from(page), (byte) =>
    byte > 126 || byte === 61 ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}` : String.fromCharCode(byte),
  )
    .join('')
    .replace(/((?:=..|[^=]){60})/gu, '$1=\r\n');

  test.each([
    ['base64', Buffer.from(page).toString('base64').replace(/.{76}/gu, '$&\r\n')],
    ['quoted-printable', quoted],
    ['8bit', page],
  ])('in %s', async (encoding, body) => {
    for (const name of ['页.mht', '页.doc']) {
      const document = await readOne(message(encoding, body), name);
      expect(outline(document)).toEqual(['title: 整改通报', '已完成整改11个。']);
      expect(document.title).toBe('整改通报');
    }
  });
});

describe('pictures', () => {
  const picture = readFileSync(new URL('fixtures/scan.png', import.meta.url));

  test('are recognised when asked for, with a note on how sure that is', async () => {
    const document = await readOne(picture, '扫描.png', { ocr: true });
    expect(document.mediaType).toBe('image/png');
    expect(document.text).toMatch(/制定整改措施36项/u);
    expect(document.notes).toEqual([
      { code: 'read.recognised', values: { page: 1, confidence: expect.any(Number), digits: expect.any(Number) } },
    ]);
  });

  test('that are damaged are said to be so', async () => {
    const error = await readOne(picture.subarray(0, 400), '扫描.png', { ocr: true }).catch((caught) => caught);
    expect(error.toLine()).toBe('扫描.png: 文件已损坏，不能按 .png 读取');
  });
});

describe('.zip', () => {
  test('each member is a document; what cannot be read is a note', async () => {
    const bytes = zip({
      '一/通报.docx': docx(wordParagraph('第一份')),
      [latin1(GBK_NAME)]: utf8('第二份'),
      '坏.pdf': utf8('%PDF-1.4 broken'),
      '__MACOSX/._x': utf8('x'),
    });
    const documents = await readDocument(bytes, { source: '材料.zip' });
    expect(documents.map(({ source, text }) => [source, text])).toEqual([
      ['材料.zip!/一/通报.docx', '第一份'],
      ['材料.zip!/整改通报.txt', '第二份'],
    ]);
    expect(documents[0]?.notes).toEqual([
      { code: 'read.memberFailed', values: { member: '坏.pdf', reason: 'PDF 已损坏，打不开' } },
    ]);
  });
});

describe('what cannot be read gets one line that names the file', () => {
  const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(200, 7)]);
  const ole = (stream: string): Buffer =>
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504), Buffer.from(`${stream}\0`, 'utf16le')]);
  const junk = Buffer.from(Array.from({ length: 999 }, (_, index) => (index * 7919 + 13) % 256));

  test.each([
    ['空.txt', Buffer.alloc(0), '空.txt: 文件是空的'],
    ['白.txt', utf8(' \n\n'), '白.txt: 文件里没有文字'],
    ['图.txt', png, '图.txt: 是图片，不是文字文件；可加 --ocr 识别其中的文字'],
    ['图.png', png, '图.png: 是图片，不是文字文件；可加 --ocr 识别其中的文字'],
    ['乱.txt', junk, '乱.txt: 内容不是文字（二进制数据，或扩展名与内容不符）'],
    ['表.xls', ole('Workbook'), '表.xls: 文件已损坏，不能按 .xls 读取'],
    ['表.xls', ole('Book'), '表.xls: 是旧式电子表格，暂不支持；请另存为 .xlsx'],
    ['表.xlsx', zip({ 'xl/workbook.xml': '<a/>' }), '表.xlsx: 文件已损坏，不能按 .xlsx 读取'],
    [
      '表.xlsx',
      zip({ 'xl/workbook.xml': '<!DOCTYPE a [<!ENTITY b "c">]><a/>' }),
      '表.xlsx: 文件中的 XML 带有实体定义，可能有害，没有读取',
    ],
    [
      '页.mht',
      utf8('MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x--'),
      '页.mht: 文件已损坏，不能按 .mht 读取',
    ],
    ['密.docx', ole('EncryptedPackage'), '密.docx: 文件设有密码，读不了'],
    ['坏.doc', ole('WordDocument'), '坏.doc: 文件已损坏，不能按 .doc 读取'],
    ['包.rar', utf8('Rar!....'), '包.rar: 是 rar、7z 或 gz 压缩包，暂不支持；请先解压，或改用 .zip'],
    ['空.zip', zip({}), '空.zip: 压缩包里没有可以读取的文件'],
    [
      '套.zip',
      zip({ '内.zip': zip({ 'a.txt': 'x' }) }),
      '套.zip: 压缩包里的 1 个文件都没有读成，首个原因：压缩包里的压缩包没有读取；请先解压',
    ],
    ['长.txt', Buffer.alloc(50 * 1024 * 1024, 'a'), '长.txt: 文字超过 5000000 字，不会是一份通报，没有读取'],
    ['大.pdf', Buffer.alloc(65 * 1024 * 1024), '大.pdf: 文件超过 64 MB，不会是一份通报，没有读取'],
  ])('%s', async (source, bytes, line) => {
    const error = await readDocument(bytes, { source }).catch((caught) => caught);
    expect(error.toLine()).toBe(line);
  });

  test('an unknown encoding is named', async () => {
    const error = await readDocument(utf8('文'), { source: 'a.txt', encoding: 'utf-9' }).catch((caught) => caught);
    expect(error.toLine()).toBe('a.txt: 不认识的文字编码“utf-9”');
  });
});

test('content decides, whatever the extension says', async () => {
  expect((await readOne(docx(wordParagraph('正文')), '通报.doc')).mediaType).toContain('wordprocessingml');
  expect((await readOne(pdf([[{ text: '正文', x: 100, y: 700 }]]), '通报.txt')).mediaType).toBe('application/pdf');
  expect((await readOne(utf8('<html><body><p>正文</p></body></html>'), '通报.doc')).mediaType).toBe('text/html');
});

test('extensions, for those who walk folders', () => {
  expect([...supportedExtensions].sort()).toEqual(
    '.doc .docm .docx .dot .dotx .et .htm .html .markdown .md .mht .mhtml .odt .ofd .pdf .rtf .txt .wps .wpt .xhtml .xls .xlsm .xlsx .zip'.split(
      ' ',
    ),
  );
  expect(pictureExtensions).toContain('.png');
});
