import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import excel, { type Workbook } from 'exceljs';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { csvHead, csvRows } from '../../src/report/csv.js';
import type { ReportEntry } from '../../src/report/entry.js';
import { LEDGERS, ledgerColumns, ledgerRows, numberCell } from '../../src/report/ledger.js';
import { renderSarif } from '../../src/report/sarif.js';
import { type WorkbookOptions, writeWorkbook } from '../../src/report/xlsx.js';
import { ENTRY, HOSTILE, hostileEntry, RATE_CHECK, TEXT } from './fixture.js';

const LANGUAGE = { language: 'zh' } as const;

async function workbookBytes(entries: readonly ReportEntry[], options: Partial<WorkbookOptions> = {}): Promise<Buffer> {
  const stream = new PassThrough();
  const bytes = buffer(stream);
  await writeWorkbook(entries, stream, { ...LANGUAGE, ...options });
  return bytes;
}

async function readWorkbook(bytes: Buffer): Promise<Workbook> {
  const book = new excel.Workbook();
  await book.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer);
  return book;
}

describe('ledgers', () => {
  it('have as many cells as columns, in every language', () => {
    for (const language of ['zh', 'en'] as const) {
      for (const name of LEDGERS) {
        const columns = ledgerColumns(name, language);
        const rows = ledgerRows(name, ENTRY, { language });
        expect(rows.length, name).toBeGreaterThan(0);
        expect(
          rows.every(({ cells }) => cells.length === columns.length),
          name,
        ).toBe(true);
        expect(
          columns.filter(({ title }) => title.startsWith('report.')),
          name,
        ).toEqual([]);
      }
    }
  });

  it.each([
    ['264.90665', 264.90665],
    ['-3', -3],
    ['12345678901234567', '12345678901234567'],
    ['近十', '近十'],
    [undefined, undefined],
  ])('holds %j as %j', (decimal, cell) => {
    expect(numberCell(decimal)).toBe(cell);
  });
});

describe('csv', () => {
  it('starts with the mark that spreadsheets need, and ends lines as RFC 4180 says', () => {
    const csv = csvHead(ledgerColumns('findings', 'zh')) + csvRows(ledgerRows('findings', ENTRY, LANGUAGE));
    expect(csv.startsWith('\ufeff单位,部分,')).toBe(true);
    expect(csv.split('\r\n')[1]).toBe(
      '青石县水务局党组,（一）,1,管网巡查不及时,已完成,2023-12-31,林某某,2,1,5,,in/水务局.txt',
    );
  });

  it('quotes commas, quotes and line breaks', () => {
    expect(csvRows([{ anchor: '', cells: ['a,b', '说“是”"', '一\n二', -1, undefined] }])).toBe(
      '"a,b","说“是”""","一\n二",-1,\r\n',
    );
  });

  it.each(['=1+1', '+1', '-1', '@A1', '\t=1', ' =1', '"=1', '＝1'])('lets %j be no formula', (words) => {
    const [field] = csvRows([{ anchor: '', cells: [words] }]).split('\r\n');
    expect(field?.replace(/^"/, '').startsWith("'")).toBe(true);
  });
});

describe('writeWorkbook', () => {
  it('has a sheet for each ledger, its head frozen and filtered', async () => {
    const book = await readWorkbook(await workbookBytes([ENTRY]));
    expect(book.worksheets.map(({ name }) => name)).toEqual([
      '问题清单',
      '措施清单',
      '责任清单',
      '数字台账',
      '核查疑点',
      '横向对比',
    ]);
    for (const sheet of book.worksheets) {
      expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
      expect(sheet.autoFilter).toBeTruthy();
    }
  });

  it('keeps numbers as numbers and dates as dates', async () => {
    const book = await readWorkbook(await workbookBytes([ENTRY]));
    expect(book.getWorksheet('问题清单')?.getRow(2).getCell(6).value).toEqual(new Date('2023-12-31T00:00:00Z'));
    expect(book.getWorksheet('数字台账')?.getRow(4).getCell(3).value).toBe(95);
  });

  it('leads to the place in the HTML report', async () => {
    const shownAt = { notice: () => ({ page: 'report%20a.html', prefix: 'n1-' }), between: () => undefined };
    const book = await readWorkbook(await workbookBytes([ENTRY], { shownAt }));
    expect(book.getWorksheet('核查疑点')?.getRow(2).getCell(1).value).toEqual({
      text: '查看',
      hyperlink: 'report%20a.html#n1-c2',
    });
  });

  it.each(HOSTILE)('holds no formula and no broken character, whatever a notice says: %j', async (words) => {
    const bytes = await workbookBytes([hostileEntry(words)]);
    const parts = Object.entries(unzipSync(bytes)).map(
      ([name, part]) => [name, new TextDecoder().decode(part)] as const,
    );
    for (const [name, xml] of parts) {
      if (name.startsWith('xl/worksheets/')) expect(xml).not.toMatch(/<f[ >]|t="str"/);
      expect(xml).not.toMatch(/(?![\t\n\r])\p{Cc}/u);
    }
    const sheet = (await readWorkbook(bytes)).getWorksheet('核查疑点');
    expect(typeof sheet?.getRow(2).getCell(4).value).toBe('string');
  });
});

interface Sarif {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly kind: string;
      readonly level: string;
      readonly suppressions?: readonly unknown[];
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string };
          readonly region: Readonly<Record<'startLine' | 'startColumn' | 'endLine' | 'endColumn', number>>;
        };
      }[];
    }[];
  }[];
}

describe('renderSarif', () => {
  const sarifOf = (entry: ReportEntry) =>
    (JSON.parse(renderSarif([entry], { ...LANGUAGE, version: '1.0.0' })) as Sarif).runs[0];

  it('gives regions that cut the quoted words out of the text', () => {
    const result = sarifOf(ENTRY)?.results.find(({ level }) => level === 'error');
    const { startLine, startColumn, endColumn } = result?.locations[0]?.physicalLocation.region ?? {
      startLine: 0,
      startColumn: 0,
      endColumn: 0,
    };
    expect(TEXT.split('\n')[startLine - 1]?.slice(startColumn - 1, endColumn - 1)).toBe('20个具体问题');
    expect(result?.locations[0]?.physicalLocation.artifactLocation.uri).toBe('in/%E6%B0%B4%E5%8A%A1%E5%B1%80.txt');
  });

  it('names each rule once, and passes what holds', () => {
    const run = sarifOf(ENTRY);
    expect(run?.tool.driver.rules.map(({ id }) => id)).toEqual(['checks/rates/completion', 'checks/dates/order']);
    expect(run?.results.map(({ kind, level }) => `${kind} ${level}`)).toEqual(['fail error', 'pass none']);
    for (const { ruleId, ruleIndex } of run?.results ?? []) expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  });

  it('suppresses what a person dismissed', () => {
    const review = { decision: 'dismissed', reason: '口径不同', who: '王某', when: '2024-01-05' } as const;
    const run = sarifOf({ ...ENTRY, reviews: new Map([[RATE_CHECK.key, review]]) });
    expect(run?.results.find(({ suppressions }) => suppressions)?.suppressions).toEqual([
      { kind: 'external', status: 'accepted', justification: '口径不同' },
    ]);
  });

  it.each(HOSTILE)('takes any words: %j', (words) => {
    expect(sarifOf(hostileEntry(words))?.results).toHaveLength(1);
  });
});
