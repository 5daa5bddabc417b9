import { describe, expect, test } from 'vitest';
import { compare } from '../../src/compare/compare.js';
import type { CrossCheck } from '../../src/compare/comparison.js';
import type { Inspection } from '../../src/model.js';
import { vocabulary } from './family.js';
import { noticeOf, type Sketch } from './notice.js';

const words = (text: string): readonly string[] => [...text];
const round: Inspection = { kind: '巡察', start: '2023-03-01', feedback: '2023-05-10' };
const unit = '临山县林业局党组';

/** The verdicts on two notices of one unit, by metric or title. */
async function verdicts(first: Omit<Sketch, 'id'>, second: Omit<Sketch, 'id'>): Promise<readonly CrossCheck[]> {
  const notices = [noticeOf({ unit, ...first, id: 'first' }), noticeOf({ unit, ...second, id: 'second' })];
  return (await compare(notices, { words, vocabulary })).checks;
}

const inDecember = { ...round, published: '2023-12-01' };
const nextYear = { ...round, published: '2024-11-01' };

test('a sentence names notices by title and date; their files stand with the evidence', async () => {
  const [differs] = await verdicts(
    { title: '整改情况报告', inspection: inDecember, figures: { 'problems.completed': '40' } },
    { title: '整改情况通报', inspection: inDecember, figures: { 'problems.completed': '43' } },
  );
  for (const sentence of Object.values(differs?.message ?? {})) {
    expect(sentence).toContain('2023-12-01');
    expect(sentence).not.toMatch(/\.txt/);
  }
  expect(differs?.message.zh).toContain('《整改情况通报》（2023-12-01）写作 43');
});

describe('two notices of one round', () => {
  test.each([
    ['equal totals hold', '44', '44', nextYear, 'consistent', 'equal'],
    ['other totals contradict each other', '44', '45', nextYear, 'inconsistent', 'differs'],
    [
      'an approximate total only raises a question',
      '44',
      '45',
      { ...nextYear, feedback: '2023-05-10' },
      'inconsistent',
      'differs',
    ],
  ])('%s', async (_, before, after, inspection, verdict, mode) => {
    const checks = await verdicts(
      { inspection: inDecember, figures: { 'problems.total': before } },
      { inspection, figures: { 'problems.total': after } },
    );
    expect(checks).toMatchObject([{ verdict, mode }]);
  });

  test.each([
    ['more done later holds', '40', '43', nextYear, 'consistent', 'grown', 'progress'],
    [
      'less done later is to be looked at: it may be of what was left',
      '40',
      '38',
      nextYear,
      'observed',
      'fallen',
      'progress',
    ],
    ['other counts on one day are an error', '40', '43', inDecember, 'inconsistent', 'differs', 'agreement'],
    ['without dates nothing can be said', '40', '43', round, 'unverifiable', 'undated', 'agreement'],
  ])('%s', async (_, before, after, inspection, verdict, mode, kind) => {
    const checks = await verdicts(
      { inspection: inDecember, figures: { 'problems.completed': before } },
      { inspection, figures: { 'problems.completed': after } },
    );
    expect(checks).toMatchObject([{ kind, verdict, mode }]);
    expect([...(checks[0]?.documents ?? [])].sort()).toEqual(['first', 'second']);
  });

  test('less done later, of as many, is an error', async () => {
    const checks = await verdicts(
      { inspection: inDecember, figures: { 'problems.total': '44', 'problems.completed': '40' } },
      { inspection: nextYear, figures: { 'problems.total': '44', 'problems.completed': '38' } },
    );
    expect(checks.find(({ mode }) => mode === 'fallen')).toMatchObject({ verdict: 'inconsistent', severity: 'error' });
  });

  test('a follow-up that names what was left open otherwise than as a total counts only that', async () => {
    const checks = await verdicts(
      { inspection: inDecember, figures: { 'problems.total': '8', 'problems.completed': '5' } },
      { inspection: nextYear, figures: { 'problems.unfinished': '3', 'problems.completed': '3' } },
    );
    expect(checks).toMatchObject([{ verdict: 'consistent', mode: 'remainder' }]);
  });

  test('a follow-up may count only what was left open', async () => {
    const checks = await verdicts(
      { inspection: inDecember, figures: { 'problems.total': '44', 'problems.completed': '40' } },
      { inspection: nextYear, figures: { 'problems.total': '4', 'problems.completed': '3' } },
    );
    expect(checks.map(({ verdict, mode }) => `${verdict} ${mode}`)).toEqual([
      'consistent remainder',
      'consistent remainder',
    ]);
  });

  test('where it is only likely that the round is the same, a difference is no error', async () => {
    const checks = await verdicts(
      { inspection: { published: '2023-12-01' }, figures: { 'problems.total': '44' } },
      { inspection: { published: '2024-11-01' }, figures: { 'problems.total': '45' } },
    );
    expect(checks).toMatchObject([{ verdict: 'observed', severity: 'warning' }]);
  });

  test('money that a later notice counts anew is a question', async () => {
    const checks = await verdicts(
      { inspection: inDecember, figures: { 'money.refunded': '90000' } },
      { inspection: nextYear, figures: { 'money.refunded': '2000' } },
    );
    expect(checks).toMatchObject([{ verdict: 'observed', mode: 'fallen' }]);
  });

  test('another round, another kind of inspection, another unit: nothing is compared', async () => {
    const figures = { 'problems.total': '44' };
    const others: Omit<Sketch, 'id'>[] = [
      { inspection: { ...nextYear, start: '2024-03-01' }, figures: { 'problems.total': '12' } },
      { inspection: { ...nextYear, kind: '审计' }, figures: { 'problems.total': '12' } },
      { inspection: nextYear, unit: '临山县财政局党组', figures: { 'problems.total': '12' } },
    ];
    for (const other of others) expect(await verdicts({ inspection: inDecember, figures }, other)).toEqual([]);
  });

  test('notices whose unit is not known are held against nothing', async () => {
    const notices = ['a', 'b'].map((id, at) =>
      noticeOf({ id, inspection: inDecember, figures: { 'problems.total': String(40 + at) } }),
    );
    expect((await compare(notices, { words, vocabulary })).checks).toEqual([]);
  });

  test('open items may go only where the done ones grow', async () => {
    const [lost] = (
      await verdicts(
        { inspection: inDecember, figures: { 'problems.completed': '40', 'problems.ongoing': '4' } },
        { inspection: nextYear, figures: { 'problems.completed': '41', 'problems.ongoing': '1' } },
      )
    ).filter(({ verdict }) => verdict === 'observed');
    expect(lost?.message.en).toContain('2 unaccounted for');
  });

  test('an open item that is not listed again is explained where all is said to be done', async () => {
    const checks = await verdicts(
      { inspection: inDecember, findings: [{ title: '苗圃租金拖欠多年', status: 'ongoing' }] },
      {
        inspection: nextYear,
        figures: { 'problems.total': '9', 'problems.completed': '9' },
        findings: [{ title: '护林员考勤虚设', status: 'completed' }],
      },
    );
    expect(checks).toMatchObject([{ verdict: 'consistent', mode: 'allDone' }]);
  });
});
