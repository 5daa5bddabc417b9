import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.js';
import { renderAuditDocx } from '../../src/report/docx.js';
import { ledgerRows } from '../../src/report/ledger.js';
import { documentName, letterMatters, parseLetterTemplate, renderLetter } from '../../src/report/letter.js';
import { ENTRY, HOSTILE, hostileEntry, RATE_CHECK } from './fixture.js';

const OPTIONS = { language: 'zh' } as const;

function documentXml(bytes: Uint8Array): string {
  const xml = new TextDecoder().decode(unzipSync(bytes)['word/document.xml']);
  expect(XMLValidator.validate(xml)).toBe(true);
  return xml;
}

/** The words of a Word document, run after run. */
function wordsOf(bytes: Uint8Array): string {
  const parser = new XMLParser({ preserveOrder: true, trimValues: false });
  const collect = (node: unknown): string => {
    if (Array.isArray(node)) return node.map(collect).join('');
    if (typeof node !== 'object' || node === null) return '';
    return Object.entries(node)
      .map(([name, value]) => (name === '#text' ? String(value) : collect(value)))
      .join('');
  };
  return collect(parser.parse(documentXml(bytes)));
}

describe('renderAuditDocx', () => {
  it('holds headline, figures, checks with their words, and findings', async () => {
    const words = wordsOf(await renderAuditDocx([ENTRY], OPTIONS));
    for (const expected of ['青石县水务局党组', '县委第三巡察组', '20个具体问题', '文中写作95%', '管网巡查不及时']) {
      expect(words).toContain(expected);
    }
  });

  it.each(HOSTILE)('is well-formed, whatever a notice says: %j', async (words) => {
    expect(documentXml(await renderAuditDocx([hostileEntry(words)], OPTIONS))).not.toMatch(/(?![\t\n\r])\p{Cc}/u);
  });
});

describe('renderAuditDocx of several notices', () => {
  it('begins with a line for each, the gravest on top', async () => {
    const fine = {
      ...ENTRY,
      record: { ...ENTRY.record, checks: [], unit: { ...ENTRY.record.unit, name: '清溪县司法局' } },
    };
    const words = wordsOf(await renderAuditDocx([fine as never, ENTRY], OPTIONS));
    expect(words).toContain('整改通报 2 份');
    expect(words.indexOf('青石县水务局党组')).toBeLessThan(words.indexOf('清溪县司法局'));
  });
});

describe('documentName', () => {
  const named = (text: string, part: object = {}) => documentName({ text, record: { ...ENTRY.record, ...part } }, 'zh');

  it.each([
    ['青石县水务局党组\n关于巡察整改情况的通报\n2023年…', '《青石县水务局党组关于巡察整改情况的通报》'],
    ['# 关于巡察整改情况的通报\n\n正文。', '《关于巡察整改情况的通报》'],
    ['《关于整改的通报》\n正文。', '《关于整改的通报》'],
    [`${'一'.repeat(80)}。`, '水务局.txt'],
  ])('is the title at the head of %j', (text, name) => {
    expect(named(text)).toBe(name);
  });

  it('names no folder', async () => {
    expect(wordsOf(await renderLetter({ ...ENTRY, text: '。' }, OPTIONS))).not.toContain('in/');
  });
});

describe('renderLetter', () => {
  it('asks about what does not add up, with the words and the computation', async () => {
    const words = wordsOf(await renderLetter(ENTRY, { ...OPTIONS, sender: '某某室', date: '2024年1月5日', days: 7 }));
    for (const expected of [
      '青石县水务局党组：',
      '“20个具体问题”“18个”“95%”',
      '核对为 90%',
      '7 个工作日',
      '某某室',
      '2024年1月5日',
    ]) {
      expect(words).toContain(expected);
    }
    expect(words).not.toContain('次序无误');
    expect(words).not.toMatch(/[{}]/);
  });

  it('does not ask about what a person dismissed', () => {
    const review = { decision: 'dismissed', reason: '口径不同', who: '王某', when: '2024-01-05' } as const;
    expect(letterMatters(ENTRY)).toHaveLength(1);
    expect(letterMatters({ ...ENTRY, reviews: new Map([[RATE_CHECK.key, review]]) })).toEqual([]);
  });

  it("takes the user's sentences, one by one", async () => {
    const template = parseLetterTemplate(
      'title: 关于核实{unit}有关数据的函\nask:\n  rate: 请附计算表。\n',
      'letter.yaml',
    );
    const words = wordsOf(await renderLetter(ENTRY, { ...OPTIONS, template }));
    expect(words).toContain('关于核实青石县水务局党组有关数据的函');
    expect(words).toContain('请附计算表。');
    expect(words).toContain('个工作日内书面回复');
  });

  it('speaks English', async () => {
    expect(wordsOf(await renderLetter(ENTRY, { language: 'en' }))).toContain('Please state which counts');
  });

  it.each(HOSTILE)('is well-formed, whatever a notice says: %j', async (words) => {
    const { record, text } = hostileEntry(words);
    expect(documentXml(await renderLetter({ record, text }, OPTIONS))).not.toMatch(/(?![\t\n\r])\p{Cc}/u);
  });
});

describe('personal data', () => {
  it('leaves the office masked', async () => {
    const evidence = RATE_CHECK.evidence.slice(0, 1);
    const privacy = { ...RATE_CHECK, kind: 'privacy', stated: '20*****题', key: 'privacy', evidence };
    const entry = { ...ENTRY, record: { ...ENTRY.record, figures: [], findings: [], checks: [privacy] } };
    for (const bytes of [await renderLetter(entry, OPTIONS), await renderAuditDocx([entry], OPTIONS)]) {
      expect(wordsOf(bytes)).toContain('20*****题');
      expect(wordsOf(bytes)).not.toContain('20个具体问题');
    }
    const cells = ledgerRows('checks', entry, OPTIONS).flatMap((row) => row.cells);
    expect(cells).toContain('20*****题');
    expect(cells).not.toContain('20个具体问题');
  });
});

describe('parseLetterTemplate', () => {
  const place = (yaml: string): string => {
    try {
      parseLetterTemplate(yaml, 'letter.yaml');
    } catch (error) {
      if (error instanceof InputError) return error.toLine();
    }
    return 'no error';
  };

  it.each([
    ['title: a\nopenning: b\n', /^letter\.yaml:2: .*openning/],
    ['title: a\nclosing: [1]\n', /^letter\.yaml:2: .*closing/],
    ['title: a\nask:\n  rate: 3\n', /^letter\.yaml:2: .*ask/],
    ['title: "a\n', /^letter\.yaml:\d+:\d+: /],
    ['- a\n', /^letter\.yaml:1: /],
  ])('names file and line of what is wrong: %j', (yaml, expected) => {
    expect(place(yaml)).toMatch(expected);
  });

  it('takes an empty file', () => {
    expect(parseLetterTemplate('', 'letter.yaml')).toEqual({});
  });
});
