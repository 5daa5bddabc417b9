import { describe, expect, test } from 'vitest';
import { compare } from '../../src/compare/compare.js';
import type { ComparedNotice, CrossCheck } from '../../src/compare/comparison.js';
import type { FigureRecord } from '../../src/model.js';
import { vocabulary } from './family.js';
import { noticeOf } from './notice.js';

const words = (text: string): readonly string[] => [text];
const round = { kind: '巡察', start: '2023-02-20', published: '2023-12-20' };

const UNITS = Array.from({ length: 40 }, (_, at) => `东山县第${at + 1}中学党总支`);
/** 697 problems in all. */
const TOTALS = UNITS.map((_, at) => (at < 17 ? 18 : 17));

const unitNotice = (at: number): ComparedNotice =>
  noticeOf({
    id: `unit-${at}`,
    unit: UNITS[at] as string,
    inspection: { ...round, feedback: `2023-06-${String((at % 28) + 1).padStart(2, '0')}` },
    figures: { 'problems.total': String(TOTALS[at]) },
  });

/** An office's summary over the forty, which it names all. */
function summaryOf(total: number): ComparedNotice {
  const unit = '东山县委巡察工作领导小组办公室';
  const names = UNITS.map((name) => name.replace('东山县', '县')).join('、');
  const head = `${unit}对40个单位开展了巡察，反馈问题problems.total=${total}。`;
  const { record } = noticeOf({
    id: 'summary',
    unit,
    text: head,
    inspection: round,
    figures: { 'problems.total': String(total) },
  });
  const start = head.indexOf('40个单位');
  const count: FigureRecord = {
    metric: null,
    value: '40',
    stated: '40个',
    unit: '个',
    noun: '单位',
    scope: 'headline',
    qualifier: 'exact',
    lower: '40',
    upper: '40',
    evidence: { start, end: start + 3, quote: '40个', line: 1 },
  };
  return { text: `${head}\n被巡察单位是：${names}。`, record: { ...record, figures: [...record.figures, count] } };
}

async function sumOf(notices: readonly ComparedNotice[]): Promise<CrossCheck | undefined> {
  const { checks } = await compare(notices, { words, vocabulary });
  return checks.find(({ kind, operands }) => kind === 'rollup' && operands[0]?.name === 'problems.total');
}

describe('697 problems over 40 units', () => {
  const all = UNITS.map((_, at) => unitNotice(at));

  test('are the sum of their notices', async () => {
    const check = await sumOf([...all, summaryOf(697)]);
    expect(check).toMatchObject({ verdict: 'consistent', mode: 'sum', expected: '697个' });
    expect(check?.documents).toHaveLength(41);
  });

  test('are an error where the notices make another sum', async () => {
    expect(await sumOf([...all, summaryOf(679)])).toMatchObject({ verdict: 'inconsistent', severity: 'error' });
  });

  test('cannot be held against the notices of some, and what is missing is said', async () => {
    const check = await sumOf([...all.slice(3), summaryOf(697)]);
    expect(check).toMatchObject({ verdict: 'unverifiable', mode: 'missing', expected: '643个' });
    expect(check?.message.zh).toContain('有 3 个单位');
    const [first = all[0] as ComparedNotice] = all;
    const silent = { ...first, record: { ...first.record, figures: [] } };
    const without = await sumOf([silent, ...all.slice(1), summaryOf(697)]);
    expect(without?.message.zh).toContain(UNITS[0]);
    expect(without?.message.en).toContain('figures of 1 units are missing');
  });

  test('are too few where the notices of some have more already', async () => {
    const check = await sumOf([...all.slice(1), summaryOf(600)]);
    expect(check).toMatchObject({ verdict: 'inconsistent', mode: 'exceeds' });
  });
});
