import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../src/model.js';
import { type ReportEntry, summarise } from '../../src/report/entry.js';
import { escapeHtml, html, markupOf, safeHref } from '../../src/report/escape.js';
import { drawBars } from '../../src/report/html/chart.js';
import { prefixOf } from '../../src/report/html/notice.js';
import { renderIndex, renderNoticePage, renderReport } from '../../src/report/html/page.js';
import { cutAtBoundaries, type Layer } from '../../src/report/html/passage.js';
import { SCRIPT } from '../../src/report/html/script.js';
import { check, ENTRY, evidenceIn, HOSTILE, hostileEntry, RATE_CHECK, RECORD, TEXT } from './fixture.js';

const OPTIONS = { language: 'zh' } as const;

interface Node {
  readonly textContent: string;
  readonly tagName: string;
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
  getAttribute(name: string): string | null;
  querySelectorAll(selector: string): Iterable<Node>;
}

const parse = (markup: string): Node => parseHTML(markup).document as unknown as Node;
const all = (root: Node, selector: string): readonly Node[] => [...root.querySelectorAll(selector)];
const textOf = (nodes: readonly Node[]): string => nodes.map((node) => node.textContent).join('');

/** What a page may hold, whatever the notice says. */
function expectHarmless(markup: string): void {
  const page = parse(markup);
  expect(all(page, 'script').map((script) => script.textContent)).toEqual([SCRIPT]);
  expect(all(page, 'style')).toHaveLength(1);
  expect(all(page, 'img, iframe, object, embed, form, base, link')).toEqual([]);
  for (const element of all(page, '*')) {
    for (const { name, value } of element.attributes) {
      expect(name).toMatch(/^[a-zA-Z][a-zA-Z:-]*$/);
      expect(name).not.toMatch(/^on/i);
      if (name === 'href' || name === 'src') expect(value).not.toMatch(/^\s*[a-z][a-z0-9+.-]*:|^[\\/]{2}/i);
    }
  }
}

describe('escape', () => {
  it('escapes what is interpolated, and only that', () => {
    expect(markupOf(html`<p title="${'"<&'}">${'<b>'}${html`<i>${"'"}</i>`}${false}${[html`<u></u>`, 7]}</p>`)).toBe(
      '<p title="&quot;&lt;&amp;">&lt;b&gt;<i>&#39;</i><u></u>7</p>',
    );
  });

  it('takes no markup from parsed JSON', () => {
    const forged = JSON.parse('{"html":"<b>"}') as never;
    expect(() => markupOf(html`${forged}`)).toThrow();
  });

  it('shows controls and reordering marks instead of obeying them', () => {
    expect(escapeHtml('a\u202eb\u0000c\ud800d')).toBe('a\ufffdb\ufffdc\ufffdd');
  });

  it.each([
    ['javascript:alert(1)', '#'],
    [' JaVaScript:alert(1)', '#'],
    ['java\u0000script:alert(1)', 'java\ufffdscript:alert(1)'],
    ['data:text/html,x', '#'],
    ['//evil.example/x', '#'],
    ['notices/1.html#c2', 'notices/1.html#c2'],
    ['https://example.org/', 'https://example.org/'],
  ])('leads %j to %j', (href, expected) => {
    expect(safeHref(href)).toBe(expected);
  });
});

describe('passage', () => {
  const layer = fc
    .record({ start: fc.nat(40), length: fc.integer({ min: 1, max: 15 }), rank: fc.nat(5) })
    .map(({ start, length, rank }, index = 0): Layer => {
      const id = `${start}-${length}-${rank}-${index}`;
      return { start, end: start + length, id, owner: id, look: 'info', tip: '', rank };
    });

  it('cuts at every boundary: pieces join to the range, and each lies wholly inside what covers it', () => {
    fc.assert(
      fc.property(
        fc.array(layer, { maxLength: 12 }),
        fc.nat(20),
        fc.integer({ min: 1, max: 30 }),
        (layers, start, size) => {
          const range = { start, end: start + size };
          const pieces = cutAtBoundaries(range, layers);
          expect(pieces[0]?.start).toBe(range.start);
          expect(pieces.at(-1)?.end).toBe(range.end);
          pieces.forEach((piece, index) => {
            expect(piece.end).toBeGreaterThan(piece.start);
            if (index > 0) expect(piece.start).toBe(pieces[index - 1]?.end);
            const covering = layers.filter((one) => one.start <= piece.start && piece.end <= one.end);
            expect(new Set(piece.layers)).toEqual(new Set(covering));
          });
        },
      ),
    );
  });
});

describe('renderNoticePage', () => {
  const page = parse(renderNoticePage(ENTRY, OPTIONS));

  it('marks exactly the words of each place of a check', () => {
    const quotes = RATE_CHECK.evidence.map((evidence) => evidence.quote);
    const marked = quotes.map((_, place) => textOf(all(page, `mark[data-ids~="c2-${place + 1}"]`)));
    expect(marked).toEqual(quotes);
  });

  it('marks nested and overlapping evidence, across lines too', () => {
    const long = evidenceIn(TEXT, '共梳理出20个具体问题，已完成整改18个');
    const overlapping = evidenceIn(TEXT, '具体问题，已完成整改18个，完成率95%。\n（一）关于履行');
    const checks = [long, overlapping].map((evidence: Evidence) => check({ evidence: [evidence] }));
    const nested = parse(renderNoticePage({ text: TEXT, record: { ...RECORD, checks } }, OPTIONS));
    expect(textOf(all(nested, 'mark[data-ids~="c1-1"]'))).toBe(long.quote);
    expect(textOf(all(nested, 'mark[data-ids~="c2-1"]'))).toBe(overlapping.quote.replace('\n', ''));
  });

  it('has unique ids, and every link within it leads to one', () => {
    const ids = all(page, '[id]').map((element) => element.getAttribute('id'));
    expect(new Set(ids).size).toBe(ids.length);
    const targets = all(page, 'a[href^="#"]').map((link) => link.getAttribute('href')?.slice(1));
    expect(targets.length).toBeGreaterThan(10);
    expect(targets.filter((target) => !ids.includes(target ?? ''))).toEqual([]);
  });

  it('shows the whole text', () => {
    expect(textOf(all(page, '.words p'))).toBe(TEXT.replaceAll('\n', ''));
  });

  it('sets tables and headings where the blocks are at hand', () => {
    const text = '整改情况表\n问题\t措施\n管网老化\t更换管道';
    const cell = (words: string, row: number, column: number) => {
      const { start, end } = evidenceIn(text, words);
      return { kind: 'cell', start, end, cell: { table: 0, row, column, rowSpan: 1, columnSpan: 1 } } as const;
    };
    const blocks = [
      { kind: 'title', start: 0, end: 5 } as const,
      cell('问题', 0, 0),
      cell('措施', 0, 1),
      cell('管网老化', 1, 0),
      cell('更换管道', 1, 1),
    ];
    const record = {
      ...RECORD,
      checks: [check({ evidence: [evidenceIn(text, '更换管道')] })],
      figures: [],
      findings: [],
    };
    const table = parse(renderNoticePage({ text, blocks, record }, OPTIONS));
    expect(all(table, '.cells tr').map((row) => all(row, 'td').map((one) => one.textContent))).toEqual([
      ['问题', '措施'],
      ['管网老化', '更换管道'],
    ]);
    expect(textOf(all(table, '.cells mark'))).toBe('更换管道');
    expect(textOf(all(table, 'p.title'))).toBe('整改情况表');
  });

  it('strikes what a person dismissed, says why, and does not count it', () => {
    const review = { decision: 'dismissed', reason: '口径不同', who: '王某', when: '2024-01-05' } as const;
    const entry: ReportEntry = { ...ENTRY, reviews: new Map([[RATE_CHECK.key, review]]) };
    const reviewed = parse(renderNoticePage(entry, OPTIONS));
    expect(textOf(all(reviewed, '.check.dismissed .review'))).toContain('口径不同');
    expect(all(reviewed, '.tally .error')).toEqual([]);
  });

  it('links a figure to the checks that rest on it', () => {
    expect(all(page, '#f3 .dot.error').map((link) => link.getAttribute('href'))).toEqual(['#c2']);
  });
});

describe('renderReport', () => {
  it('holds several notices, with charts, and the same bytes for the same input', async () => {
    const { record } = ENTRY;
    const other = { ...ENTRY, record: { ...record, document: { ...record.document, source: 'in/另一份.txt' } } };
    const [once, again] = [await renderReport([ENTRY, other], OPTIONS), await renderReport([ENTRY, other], OPTIONS)];
    expect(once).toBe(again);
    const page = parse(once);
    expect(all(page, 'article')).toHaveLength(2);
    expect(all(page, 'figure svg')).toHaveLength(2);
    expect(all(page, '.sortable tbody th a').map((link) => link.getAttribute('href'))).toEqual([
      `#${prefixOf(record)}notice`,
      `#${prefixOf(other.record)}notice`,
    ]);
    const ids = all(page, '[id]').map((element) => element.getAttribute('id'));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('reads an async iterable', async () => {
    async function* entries(): AsyncGenerator<ReportEntry> {
      yield ENTRY;
    }
    expect(all(parse(await renderReport(entries(), OPTIONS)), 'article')).toHaveLength(1);
  });

  it('needs no network', async () => {
    const markup = await renderReport([ENTRY, ENTRY], OPTIONS);
    expect(markup.replaceAll(/xmlns(?::xlink)?="[^"]*"/g, '')).not.toMatch(/https?:|url\(|@import/);
  });
});

describe('hostile words', () => {
  it.each(HOSTILE)('stay words in every report: %j', async (words) => {
    const entry = hostileEntry(words);
    expectHarmless(renderNoticePage(entry, { ...OPTIONS, title: words, generated: words, indexHref: words }));
    expectHarmless(await renderReport([entry, entry], { ...OPTIONS, title: words }));
    const summary = summarise({ record: entry.record });
    expectHarmless(
      await renderIndex(
        [
          { summary, href: words },
          { summary, href: '1.html' },
        ],
        OPTIONS,
      ),
    );
  });

  it.each(HOSTILE)('stay words in charts: %j', async (words) => {
    const values = [1, 2];
    const chart = await drawBars({
      labels: [words, words],
      series: [
        { name: words, color: '#000', values },
        { name: 'b', color: '#111', values },
      ],
    });
    const svg = parse(`<body>${markupOf(chart)}</body>`);
    expect(all(svg, 'script, img')).toEqual([]);
    const names = all(svg, '*').flatMap((element) => [...element.attributes].map(({ name }) => name));
    expect(names.filter((name) => /^on/i.test(name))).toEqual([]);
  });
});
