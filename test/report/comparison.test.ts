import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import type { Comparison, CrossEvidence, NoticeIdentity } from '../../src/compare/comparison.js';
import type { BetweenNotices } from '../../src/report/between.js';
import { summarise } from '../../src/report/entry.js';
import { prefixOf } from '../../src/report/html/notice.js';
import { renderComparisonPage, renderIndex, renderReport } from '../../src/report/html/page.js';
import { ENTRY, evidenceIn, HOSTILE, hostileEntry, RECORD, TEXT } from './fixture.js';

const OPTIONS = { language: 'zh' } as const;

/** Two notices of one passage and one problem; `words` stand wherever a notice's own words do. */
function comparisonOf(words: string, document: string = RECORD.document.id): Comparison {
  const evidence: CrossEvidence = { ...evidenceIn(TEXT, '已修复漏损管段12处'), quote: words, document };
  const message = { zh: words, en: words };
  const identity = (id: string): NoticeIdentity => ({
    document: id,
    source: words,
    unit: words,
    unitKey: id,
    region: words,
    date: words,
    summary: false,
  });
  const share = { count: 1, of: 2 };
  const substance = {
    measuresWithPerson: share,
    measuresWithDate: share,
    measuresWithFigure: share,
    measuresWithDocument: { count: 0, of: 0 },
    concreteOutcomes: share,
    index: 0.5,
  };
  const figure = { value: '90', stated: words, unit: '%', exact: true, evidence };
  const rate = { value: '90.00', fraction: '9/10', part: '18', whole: '20' };
  return {
    filter: {},
    notices: [identity(document), identity('other')],
    figures: {
      metrics: [words],
      rates: [words],
      rows: [{ document, figures: { [words]: figure }, rates: { [words]: rate } }],
      distributions: [],
      outliers: [
        {
          document,
          metric: words,
          recomputed: false,
          value: '90',
          side: 'low',
          method: 'deviation',
          median: '99',
          lowerFence: '95',
          upperFence: '100',
          message,
        },
      ],
      minimumGroup: 5,
    },
    checks: [
      {
        check: words,
        kind: 'agreement',
        verdict: 'inconsistent',
        severity: 'error',
        message,
        documents: [document],
        operands: [],
        evidence: [evidence],
        key: words,
      },
    ],
    problems: {
      categories: [
        { category: words, units: 2, mentions: 2 },
        { category: `${words}2`, units: 1, mentions: 1 },
      ],
      groups: [
        {
          title: words,
          category: words,
          units: 2,
          mentions: 2,
          since: 2022,
          until: 2023,
          byStatus: { completed: 2 },
          words: [words],
          typicalMeasures: [{ text: words, evidence }],
          examples: [{ document, finding: 'f1', title: words, status: 'completed', evidence }],
        },
      ],
      groupCount: 1,
    },
    passages: {
      passages: [
        {
          units: 2,
          length: 60,
          places: [
            { evidence },
            {
              evidence: { ...evidence, document: 'other' },
              differences: [
                { kind: 'added', text: words },
                { kind: 'removed', text: words },
              ],
            },
          ],
          placeCount: 2,
        },
      ],
      passageCount: 1,
      own: [{ document, characters: 100, shared: 40, share: 0.6 }],
    },
    substance: { notices: [{ document, ...substance }], units: [] },
  };
}

interface Element {
  readonly textContent: string;
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
  getAttribute(name: string): string | null;
}

const all = (markup: string, selector: string): readonly Element[] =>
  [...parseHTML(markup).document.querySelectorAll(selector)] as unknown as Element[];

const betweenOf = (words: string): BetweenNotices => ({ comparison: comparisonOf(words), reviews: new Map() });

describe('renderReport with a comparison', () => {
  it('leads from each statement to the line of the notice in the same file', async () => {
    const page = await renderReport([ENTRY], { ...OPTIONS, between: betweenOf('管网巡查') });
    const targets = all(page, '.comparison a.unit').map((link) => link.getAttribute('href'));
    const prefix = prefixOf(ENTRY.record);
    expect(new Set(targets)).toEqual(new Set([`#${prefix}notice`, `#${prefix}L6`]));
    const ids = all(page, '[id]').map((element) => `#${element.getAttribute('id')}`);
    for (const target of targets) expect(ids).toContain(target);
  });

  it('gives the gist at the top: what disagrees, what recurs, what stands out, each leading to its place', async () => {
    const page = await renderReport([ENTRY], { ...OPTIONS, between: betweenOf('管网巡查') });
    const ids = new Set(all(page, '[id]').map((element) => `#${element.getAttribute('id')}`));
    const links = all(page, '.overview .digest a').map((link) => link.getAttribute('href') ?? '');
    expect(all(page, '.digest section').length).toBe(3);
    expect(links.length).toBeGreaterThanOrEqual(3);
    for (const link of links) expect(ids).toContain(link);
  });

  it('marks outliers, and shows what differs between shared passages', async () => {
    const page = await renderReport([ENTRY], { ...OPTIONS, between: betweenOf('管网巡查') });
    expect(all(page, '.compared td.warning').map((cell) => cell.getAttribute('title'))).toEqual(['管网巡查']);
    expect(all(page, 'ins').map((one) => one.textContent)).toEqual(['管网巡查']);
    expect(all(page, 'del').map((one) => one.textContent)).toEqual(['管网巡查']);
  });
});

it('renderIndex leads to the line in the notice’s own file', async () => {
  const rows = [{ summary: summarise(ENTRY), href: 'notices/1.html' }];
  const page = await renderIndex(rows, { ...OPTIONS, between: betweenOf('管网巡查') });
  const targets = all(page, '.comparison a.unit').map((link) => link.getAttribute('href'));
  expect(new Set(targets)).toEqual(new Set(['notices/1.html', 'notices/1.html#L6']));
});

it.each(HOSTILE)('words of notices stay words: %j', async (words) => {
  const between = betweenOf(words);
  const pages = [
    await renderComparisonPage(between, { ...OPTIONS, hrefOf: () => words }),
    await renderReport([hostileEntry(words)], { ...OPTIONS, between }),
  ];
  for (const page of pages) {
    expect(all(page, 'script')).toHaveLength(1);
    expect(all(page, 'img, iframe, object, form, base, link')).toEqual([]);
    for (const { name, value } of all(page, '*').flatMap((element) => [...element.attributes])) {
      expect(name).not.toMatch(/^on/i);
      if (name === 'href') expect(value).not.toMatch(/^\s*[a-z][a-z0-9+.-]*:|^[\\/]{2}/i);
    }
  }
});
