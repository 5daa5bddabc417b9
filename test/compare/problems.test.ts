import { TfIdf } from 'natural/lib/natural/tfidf/index.js';
import { describe, expect, test } from 'vitest';
import { generateNotices } from '../../bench/generate.js';
import { compare } from '../../src/compare/compare.js';
import { categoryOf, clusterByLeader } from '../../src/compare/problems.js';
import { similar } from '../../src/compare/similar.js';
import { cosineWith, neighbourIndex, vectorise } from '../../src/compare/vectors.js';
import { vocabulary, words } from './family.js';
import { noticeOf } from './notice.js';

const bags = [...generateNotices(30, 3)].flatMap(({ record }) =>
  record.findings.flatMap((finding) => finding.titles.map((title) => words(title))),
);

describe('word vectors', () => {
  test('weights are those of natural, scaled to length 1', () => {
    const { vectors, word } = vectorise(bags);
    const model = new TfIdf();
    for (const bag of bags) model.addDocument([...bag]);
    const at = 17;
    const vector = vectors[at] ?? expect.fail();
    const weights = vector.words.map((id) => model.tfidf([word(id)], at));
    const norm = Math.hypot(...weights);
    vector.weights.forEach((weight, index) => {
      expect(weight).toBeCloseTo((weights[index] ?? 0) / norm, 10);
    });
  });

  test('words that every object has as properties are words like others', () => {
    const { vectors } = vectorise([['constructor', '__proto__', '__key'], ['甲']]);
    expect(vectors[0]?.weights).toHaveLength(3);
    expect(vectors[0]?.weights.every((weight) => weight > 0 && weight < 1)).toBe(true);
  });

  test('the index finds every neighbour above its threshold', () => {
    const { vectors } = vectorise(bags);
    for (const threshold of [0.3, 0.5, 0.8]) {
      const index = neighbourIndex(threshold);
      vectors.forEach((vector, id) => {
        index.add(id, vector);
      });
      for (const vector of vectors.slice(0, 40)) {
        const cosine = cosineWith(vector);
        const all = vectors.flatMap((other, id) => (cosine(other) >= threshold ? [id] : []));
        expect(
          index
            .near(vector)
            .map(({ id }) => id)
            .sort((a, b) => a - b),
        ).toEqual(all);
      }
    }
  });

  test('every title is in one group, and near to its leader', () => {
    const { vectors } = vectorise(bags);
    const groups = clusterByLeader(vectors, 0.5);
    expect(groups.flat().sort((a, b) => a - b)).toEqual(vectors.map((_, id) => id));
    for (const [leader = 0, ...others] of groups) {
      const cosine = cosineWith(vectors[leader] ?? expect.fail());
      for (const other of others) expect(cosine(vectors[other] ?? expect.fail())).toBeGreaterThanOrEqual(0.5);
    }
  });
});

describe('recurring problems', () => {
  const notices = [
    noticeOf({
      id: 'a',
      unit: '临山县林业局党组',
      inspection: { published: '2021-11-01' },
      findings: [
        {
          title: '固定资产登记不及时',
          status: 'completed',
          measures: ['逐件清点固定资产并贴上编号', '把资产卡片录入系统'],
        },
        { title: '护林巡查记录雷同', measures: ['巡查改用定位打卡'] },
      ],
    }),
    noticeOf({
      id: 'b',
      unit: '平坝区教育局党组',
      inspection: { published: '2023-11-01' },
      findings: [{ title: '固定资产登记不完整', status: 'ongoing', measures: ['逐件清点固定资产并贴上标签'] }],
    }),
    noticeOf({
      id: 'c',
      unit: '平坝区民政局党组',
      inspection: { published: '2022-11-01' },
      findings: [{ title: '“固定资产”登记不完整', measures: ['请中介机构评估房产'] }],
    }),
  ];

  test('are grouped with their units, years, category, statuses and typical measures', async () => {
    const { problems } = await compare(notices, { words, vocabulary });
    expect(problems.groupCount).toBe(1);
    expect(problems.groups[0]).toMatchObject({
      category: '资产管理',
      units: 3,
      mentions: 3,
      since: 2021,
      until: 2023,
      byStatus: { completed: 1, ongoing: 1, unstated: 1 },
    });
    expect(problems.groups[0]?.examples.map(({ document }) => document)).toEqual(['a', 'c', 'b']);
    const measures = problems.groups[0]?.typicalMeasures.map(({ text }) => text) ?? [];
    expect(measures[0]).toMatch(/^逐件清点固定资产/);
    expect(measures.filter((text) => text.startsWith('逐件清点'))).toHaveLength(1);
  });

  test('a title belongs to the category whose words cover most of it', () => {
    expect(categoryOf('公务接待报销凭证不全', vocabulary)).not.toBeNull();
    expect(categoryOf('中央八项规定精神执行有偏差', vocabulary)).toBe('作风与八项规定');
    expect(categoryOf('山雨欲来', vocabulary)).toBeNull();
  });

  test('search by example finds the notice, or the finding, that is most like it', async () => {
    const byNotice = await similar('b', notices, { words, vocabulary });
    expect(byNotice?.[0]?.notice.document).toBe('c');
    const byFinding = await similar('a/0', notices, { words, vocabulary });
    expect(byFinding?.map(({ finding }) => finding?.id)).toContain('b/0');
    expect(byFinding?.[0]?.words).toContain('固定资产');
    expect(await similar('nowhere', notices, { words, vocabulary })).toBeUndefined();
  });
});
