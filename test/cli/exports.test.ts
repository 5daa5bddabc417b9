/** Commands that take notices out of the store: files that open, decisions in all of them, exit status 1 on contradictions. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import excel from 'exceljs';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OptionValues } from '../../src/cli/command.js';
import { compare } from '../../src/cli/compare.js';
import { createContext } from '../../src/cli/context.js';
import { exportNotices } from '../../src/cli/export.js';
import { letter } from '../../src/cli/letter.js';
import { list } from '../../src/cli/list.js';
import { report } from '../../src/cli/report.js';
import { similar } from '../../src/cli/similar.js';
import { InputError } from '../../src/errors.js';
import { toRecord } from '../../src/record.js';
import { openStore } from '../../src/store/store.js';
import { testPipeline } from '../pipeline.js';
import { NOTICE } from '../web/site.js';

const folder = mkdtempSync(join(tmpdir(), 'hecha-cli-'));
const store = join(folder, 'store.db');
const inFolder = (name: string): string => join(folder, name);

type Command = typeof compare;

async function run(
  command: Command,
  args: readonly string[] = [],
  options: OptionValues = {},
  settings: { readonly letter?: string } = {},
) {
  const written: string[] = [];
  const out = { write: (text: string) => void written.push(text), isTTY: false, columns: 120 };
  const context = createContext({ lang: 'zh', rules: [], disable: [], store, ...settings }, out, out, false);
  const status = await command.run(context, args, {
    ...Object.fromEntries(
      (command.options ?? []).flatMap(({ flags, default: value }) => {
        const name = /--([a-z-]+)/.exec(flags)?.[1] ?? flags;
        return value === undefined ? [] : [[name, value]];
      }),
    ),
    ...options,
  });
  return { status, text: written.join('') };
}

beforeAll(async () => {
  const pipeline = testPipeline();
  const open = await openStore(store);
  const notices = { 'a/notice.txt': NOTICE, 'b/notice.txt': NOTICE.replace('反馈20个', '反馈22个') };
  for (const [source, text] of Object.entries(notices)) {
    const [document] = await pipeline.read(new TextEncoder().encode(text), { source, language: 'zh' });
    if (document === undefined) throw new Error('no document');
    const record = toRecord(pipeline.analyse(document), 'zh');
    await open.save([{ document, record, passages: pipeline.passages(document) }]);
  }
  const decision = { subject: 'a/notice.txt', key: 'responsible:林某某', reason: '笔误', who: '王某' } as const;
  const correction = { field: 'responsible', from: '林某某', to: '林某生' };
  await open.saveReview({ ...decision, decision: 'corrected', correction });
  await open.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('hecha export', () => {
  it.each(['xlsx', 'docx'])('writes a file of kind %s', async (format) => {
    const out = inFolder(`e.${format}`);
    expect((await run(exportNotices, [], { format, out })).status).toBe(0);
    expect(readFileSync(out).subarray(0, 2).toString()).toBe('PK');
  });

  it('prints JSON, with what people corrected', async () => {
    const { text } = await run(exportNotices, [], { format: 'json' });
    const [first, second] = JSON.parse(text) as { document: { source: string }; corrections: object[] }[];
    expect(first?.document.source).toBe('a/notice.txt');
    expect(first?.corrections).toMatchObject([{ field: 'responsible', to: '林某生', who: '王某' }]);
    expect(second?.corrections).toEqual([]);
  });

  it('prints a line for each notice as JSONL, and SARIF', async () => {
    const { text } = await run(exportNotices, [], { format: 'jsonl' });
    expect(text.trim().split('\n')).toHaveLength(2);
    expect(JSON.parse((await run(exportNotices, [], { format: 'sarif' })).text)).toMatchObject({ version: '2.1.0' });
  });

  it.each(['findings', 'measures', 'responsibles', 'figures', 'checks', 'comparison', 'between'])(
    'prints the ledger of %s as CSV',
    async (table) => {
      const { text } = await run(exportNotices, [], { format: 'csv', table });
      expect(text).toMatch(/^\ufeff(?:单位|结果),/);
      expect(text).toContain('青石县水务局党组');
    },
  );

  it('counts with what people corrected, beside why', async () => {
    const { text } = await run(exportNotices, [], { format: 'csv', table: 'responsibles' });
    expect(text).toContain('林某生');
    expect(text).toMatch(/更正为 林某生（王某，[^）]*笔误）/);
    expect((await run(exportNotices, [], { format: 'csv', table: 'measures' })).text).toContain('林某生');
  });

  it('links the rows of a workbook into the report beside it, and only to what stands there', async () => {
    const out = inFolder('linked.xlsx');
    const html = inFolder('report.html');
    await run(exportNotices, [], { format: 'xlsx', out });
    expect(await linksOf(out)).toEqual([]);
    await run(report, [], { out: html });
    await run(exportNotices, [], { format: 'xlsx', out });
    const page = readFileSync(html, 'utf8');
    const links = await linksOf(out);
    expect(links.length).toBeGreaterThan(10);
    expect(links.some((link) => link.startsWith('report.html#x-'))).toBe(true);
    for (const link of links) {
      expect(link.startsWith('report.html#')).toBe(true);
      expect(page).toContain(` id="${link.split('#')[1]}"`);
    }
    writeFileSync(html, page.replaceAll(/(<(?:article|li) class="[a-z ]+" id=")/g, '$1m'));
    await run(exportNotices, [], { format: 'xlsx', out });
    expect(await linksOf(out)).toEqual([]);
    rmSync(html);
    await expect(run(exportNotices, [], { format: 'xlsx', out, report: html })).rejects.toThrow(InputError);
  });

  it('keeps to the filter, and says where it cannot write', async () => {
    const { text } = await run(exportNotices, [], { format: 'json', unit: '没有这个单位' });
    expect(JSON.parse(text)).toEqual([]);
    await expect(run(exportNotices, [], { format: 'csv', out: folder })).rejects.toThrow(InputError);
  });
});

describe('hecha letter', () => {
  it('finds the notice by a path written in another way', async () => {
    const out = inFolder('letter.docx');
    expect((await run(letter, ['./a/notice.txt'], { out })).text).toContain('letter.docx');
    expect(existsSync(out)).toBe(true);
  });

  it('takes the sentences that the settings name', async () => {
    const out = inFolder('own.docx');
    const file = inFolder('letter.yaml');
    writeFileSync(file, 'title: 关于核实数据的函\n');
    await run(letter, ['a/notice.txt'], { out }, { letter: file });
    const xml = new TextDecoder().decode(unzipSync(readFileSync(out))['word/document.xml']);
    expect(xml).toContain('关于核实数据的函');
    await expect(run(letter, ['a/notice.txt'], { out }, { letter: inFolder('none.yaml') })).rejects.toThrow(InputError);
  });

  it('names what it does not find', async () => {
    await expect(run(letter, ['nowhere.txt'], { out: inFolder('x.docx') })).rejects.toThrow(/nowhere\.txt/);
  });
});

/** Targets of all hyperlinks of a workbook. */
async function linksOf(file: string): Promise<readonly string[]> {
  const book = new excel.Workbook();
  await book.xlsx.readFile(file);
  const links: string[] = [];
  book.eachSheet((sheet) => {
    sheet.eachRow((row) => {
      row.eachCell((cell) => {
        if (cell.hyperlink !== undefined) links.push(cell.hyperlink);
      });
    });
  });
  return links;
}

describe('hecha compare', () => {
  it('shows figures side by side, and exits 1 where notices contradict each other', async () => {
    const { status, text } = await run(compare);
    expect(text).toContain('青石县水务局党组');
    expect(status).toBe(1);
  });

  it('lets a person dismiss what it says, in every report, for as long as the notices say it', async () => {
    type Checks = { checks: { key: string; severity: string; verdict: string }[]; reviews: object[] };
    const json = async (): Promise<Checks> => JSON.parse((await run(compare, [], { format: 'json' })).text);
    const failing = (await json()).checks.filter(({ verdict }) => verdict === 'inconsistent');
    const open = await openStore(store);
    for (const { key } of failing)
      await open.saveReview({ subject: 'compare', key, decision: 'dismissed', reason: '两轮口径不同', who: '王某' });
    await open.close();
    const { status, text } = await run(compare);
    expect(status).toBe(0);
    expect(text).toContain('两轮口径不同');
    expect((await json()).reviews).toHaveLength(failing.length);
    expect((await run(exportNotices, [], { format: 'csv', table: 'between' })).text).toContain('两轮口径不同');
    const out = inFolder('reviewed.html');
    await run(report, [], { out });
    expect(readFileSync(out, 'utf8')).toMatch(/class="check dismissed" id="x-[0-9a-f]+"[\s\S]*?两轮口径不同/);
  });

  it('gives all of it as JSON, the figures as CSV, and takes only what the filter names', async () => {
    expect(JSON.parse((await run(compare, [], { format: 'json' })).text).notices).toHaveLength(2);
    expect((await run(compare, [], { format: 'csv' })).text).toMatch(/^\ufeff单位/);
    expect(JSON.parse((await run(compare, [], { format: 'json', year: ['1999'] })).text).notices).toEqual([]);
  });
});

describe('hecha similar and report', () => {
  it('finds what is like a notice', async () => {
    const { status, text } = await run(similar, ['a/notice.txt'], { format: 'json' });
    expect(status).toBe(0);
    expect(Array.isArray(JSON.parse(text))).toBe(true);
    await expect(run(similar, ['zzzz'])).rejects.toThrow(InputError);
  });

  it('shows the comparison in the report of several notices', async () => {
    const out = inFolder('report.html');
    await run(report, [], { out });
    expect(readFileSync(out, 'utf8')).toContain('id="comparison"');
  });
});

it('hecha list shows what people decided', async () => {
  const rows = async () =>
    JSON.parse((await run(list, [], { format: 'json' })).text) as {
      unit: string;
      headline: Record<string, string>;
      checks: Record<string, number>;
    }[];
  const [before] = await rows();
  const open = await openStore(store);
  const stored = await open.get('a/notice.txt');
  const error = stored?.record.checks.find(
    ({ severity, verdict }) => severity === 'error' && verdict === 'inconsistent',
  );
  const by = { subject: 'a/notice.txt', reason: '核对', who: '王某' };
  await open.saveReview({ ...by, key: error?.key ?? '', decision: 'dismissed' });
  const correction = { field: 'figure:problems.rate', from: '95%', to: '90%' };
  await open.saveReview({ ...by, key: 'figure:problems.rate:95%', decision: 'corrected', correction });
  await open.close();
  const [after] = await rows();
  expect(before?.headline['problems.rate']).toBe('95');
  expect(after?.headline['problems.rate']).toBe('90');
  expect(after?.checks.error).toBe((before?.checks.error ?? 0) - 1);
});
