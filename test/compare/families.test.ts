import { beforeAll, describe, expect, test } from 'vitest';
import { compare } from '../../src/compare/compare.js';
import type { ComparedNotice, Comparison, CrossCheck } from '../../src/compare/comparison.js';
import { FAMILIES, type Relation, readFamily, readGold, vocabulary, words } from './family.js';

const notices = new Map<string, readonly ComparedNotice[]>();
const comparisons = new Map<string, Comparison>();

beforeAll(async () => {
  for (const family of FAMILIES) {
    const read = await readFamily(family);
    notices.set(family, read);
    comparisons.set(family, await compare(read, { words, vocabulary }));
  }
});

const comparisonOf = (family: string): Comparison => comparisons.get(family) as Comparison;

function sourcesOf(family: string, documents: readonly string[]): readonly string[] {
  const source = new Map(comparisonOf(family).notices.map((notice) => [notice.document, notice.source]));
  return documents.map((document) => source.get(document) ?? document);
}

function fits(family: string, check: CrossCheck, relation: Relation): boolean {
  const sources = sourcesOf(family, check.documents);
  const names = check.operands.map(({ name, stated }) => `${name} ${stated}`).join('\n');
  return (
    check.kind === relation.kind &&
    (relation.mode === undefined || relation.mode === check.mode) &&
    (relation.documents === undefined || [...relation.documents].sort().join() === [...sources].sort().join()) &&
    (relation.summary === undefined || sources[0] === relation.summary) &&
    [relation.metric, relation.title, relation.name].every((word) => word === undefined || names.includes(word))
  );
}

describe.each(FAMILIES)('family %s', (family) => {
  const gold = readGold(family);

  test.each(gold.relations.map((relation) => [JSON.stringify(relation), relation] as const))('%s', (_, relation) => {
    const found = comparisonOf(family).checks.filter((check) => fits(family, check, relation));
    expect(found).toHaveLength(1);
    const [check] = found;
    expect(check?.verdict).toBe(relation.verdict);
    if (relation.severity !== undefined) expect(check?.severity).toBe(relation.severity);
    if (relation.sum !== undefined) expect(check?.expected).toContain(relation.sum);
    const missing = (relation.missing ?? []).map((source) =>
      comparisonOf(family).notices.find((notice) => notice.source === source),
    );
    for (const notice of missing) expect(check?.message.zh).toContain(notice?.unit);
  });

  test('calls no error that the gold does not plant', () => {
    const errors = comparisonOf(family).checks.filter((one) => one.verdict === 'inconsistent');
    const planted = gold.relations.filter((relation) => relation.verdict === 'inconsistent');
    expect(errors.map((check) => check.message.zh)).toHaveLength(planted.length);
  });

  test('quotes exactly what stands in the documents it names', () => {
    const texts = new Map(notices.get(family)?.map(({ record, text }) => [record.document.id, text]));
    const { checks, passages, problems, figures } = comparisonOf(family);
    const evidence = [
      ...checks.flatMap((check) => check.evidence),
      ...passages.passages.flatMap((passage) => passage.places.map((place) => place.evidence)),
      ...problems.groups.flatMap((group) => group.examples.map((example) => example.evidence)),
      ...figures.rows.flatMap((row) => Object.values(row.figures).map((cell) => cell.evidence)),
    ];
    expect(evidence.length).toBeGreaterThan(0);
    for (const { document, start, end, quote, line } of evidence) {
      const text = texts.get(document) ?? '';
      expect(text.slice(start, end)).toBe(quote);
      expect(text.slice(0, start).split('\n')).toHaveLength(line);
    }
  });

  test('takes no summary for a notice with problems of its own', () => {
    const { notices: identities, problems } = comparisonOf(family);
    const summaries = new Set(identities.flatMap(({ document, summary }) => (summary ? [document] : [])));
    const examples = problems.groups.flatMap((group) => group.examples.map(({ document }) => document));
    expect(examples.filter((document) => summaries.has(document))).toEqual([]);
  });

  test('gives the same result in whatever order the notices come', async () => {
    const reversed = [...(notices.get(family) ?? [])].reverse();
    expect(await compare(reversed, { words, vocabulary })).toEqual(comparisonOf(family));
  });

  test('is plain JSON, with a key of its own for every check', () => {
    const comparison = comparisonOf(family);
    expect(JSON.parse(JSON.stringify(comparison))).toEqual(comparison);
    const keys = comparison.checks.map((check) => check.key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe.each(FAMILIES.filter((family) => readGold(family).passages.length > 0))('shared passages of %s', (family) => {
  const gold = readGold(family);
  const { passages } = gold;

  test.each(passages.map((passage) => [passage.contains, passage] as const))('%s', (words, wanted) => {
    const found = comparisonOf(family).passages.passages.filter((passage) =>
      passage.places[0]?.evidence.quote.includes(words),
    );
    expect(found).toHaveLength(1);
    expect(found[0]?.units).toBe(wanted.units);
    const places = found[0]?.places ?? [];
    const documents = places.map((place) => place.evidence.document);
    expect(sourcesOf(family, documents)).toEqual(wanted.documents);
    for (const [at, changed] of (wanted.changed ?? []).entries()) {
      const marked = places[at + 1]?.differences?.filter(({ kind }) => kind !== 'same') ?? [];
      expect(marked.map(({ kind, text }) => `${kind} ${text}`)).toEqual(changed);
    }
  });

  test('are no others', () => {
    expect(comparisonOf(family).passages.passages.map(({ places }) => places[0]?.evidence.quote)).toHaveLength(
      passages.length,
    );
  });

  test('phrases of the field are no copies', () => {
    const quotes = comparisonOf(family).passages.passages.flatMap(({ places }) =>
      places.map((one) => one.evidence.quote),
    );
    for (const phrase of gold.notShared) expect(quotes.filter((quote) => quote.includes(phrase))).toEqual([]);
  });
});

test.each(FAMILIES.filter((family) => readGold(family).passages.length === 0))(
  '%s has no passage that is shared',
  (family) => {
    expect(comparisonOf(family).passages.passages.map(({ places }) => places[0]?.evidence.quote)).toEqual([]);
  },
);

describe('shared passages of the copies', () => {
  test('differences rebuild both passages', () => {
    for (const { places } of comparisonOf('copies').passages.passages) {
      for (const { evidence, differences } of places.slice(1)) {
        const side = (dropped: string) =>
          differences
            ?.filter(({ kind }) => kind !== dropped)
            .map(({ text }) => text)
            .join('');
        expect(side('removed')).toBe(evidence.quote);
        expect(side('added')).toBe(places[0]?.evidence.quote);
      }
    }
  });

  test('a differing word is marked, and nothing else', () => {
    const [passage] = comparisonOf('copies').passages.passages;
    const changed = passage?.places[1]?.differences?.filter(({ kind }) => kind !== 'same');
    expect(changed?.map(({ kind, text }) => `${kind} ${text}`)).toEqual(['removed 十', 'added 五', 'added 、残联']);
  });

  test('the share of own text is less where more was copied', () => {
    const own = new Map(
      comparisonOf('copies').passages.own.map(({ document, share }) => [sourcesOf('copies', [document])[0], share]),
    );
    expect(own.get('2023-copy.txt')).toBeGreaterThan(own.get('2024-copy.txt') as number);
    expect(own.get('2024-copy.txt')).toBeLessThan(0.8);
  });
});

describe('rounds', () => {
  test('another round of the same unit is held against nothing', () => {
    for (const [earlier, later] of readGold('rounds').unrelated) {
      const together = comparisonOf('rounds').checks.filter((check) => {
        const sources = sourcesOf('rounds', check.documents);
        return sources.includes(earlier) && sources.includes(later);
      });
      expect(together).toEqual([]);
    }
  });

  test('a filter by year leaves only the notices of that year', async () => {
    const { notices: left } = await compare(notices.get('rounds') ?? [], {
      words,
      vocabulary,
      filter: { years: [2021] },
    });
    expect(left.map(({ source }) => source)).toEqual(['2021-report.txt', '2021-notice.txt']);
  });
});
