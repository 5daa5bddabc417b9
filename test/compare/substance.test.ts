import { describe, expect, test } from 'vitest';
import { measureSubstance } from '../../src/compare/substance.js';
import type { Evidence, NoticeRecord } from '../../src/model.js';
import { noticeOf } from './notice.js';

const MEASURES = [
  '由贺砚秋牵头清点渔网',
  '2023年6月底前完成登记',
  '共清点64张',
  '印发《渔网管理办法》',
  '进一步加强管理',
];
const OUTCOMES = ['已清点64张', '管理水平明显提高', '下一步将于2024年5月复查'];

function sample(): { readonly record: NoticeRecord; readonly text: string } {
  const { record, text } = noticeOf({
    id: 'a',
    text: [...MEASURES, ...OUTCOMES].join('\n'),
    findings: [{ title: MEASURES[0] ?? '', measures: MEASURES }],
  });
  const place = (quote: string, from = 0): Evidence => {
    const start = text.indexOf(quote, from);
    return { start, end: start + quote.length, quote, line: 1 };
  };
  const figure = (from: number) => ({
    metric: null,
    value: '64',
    stated: '64张',
    unit: '张',
    noun: '',
    scope: 'local' as const,
    qualifier: 'exact' as const,
    evidence: place('64张', from),
  });
  const wish = OUTCOMES[2] ?? '';
  return {
    text,
    record: {
      ...record,
      findings: record.findings.map((finding) => ({
        ...finding,
        outcomes: OUTCOMES.map((said, at) => ({ ordinal: at + 1, text: said, evidence: place(said) })),
      })),
      figures: [figure(0), figure(text.indexOf('已清点'))],
      documents: [{ title: '渔网管理办法', evidence: place('《渔网管理办法》') }],
      responsibles: [{ name: '贺砚秋', kind: 'person', roles: [], evidence: place('贺砚秋') }],
      checks: [
        {
          check: 'vague',
          kind: 'vague',
          verdict: 'observed',
          severity: 'info',
          message: '',
          messages: { zh: '', en: '' },
          evidence: [place(wish)],
          key: '',
        },
      ],
    },
  };
}

describe('substance', () => {
  test('each part counts what it names; a promise is no outcome even where it has a date', () => {
    const { record, text } = sample();
    expect(measureSubstance(record, text)).toEqual({
      measuresWithPerson: { count: 1, of: 5 },
      measuresWithDate: { count: 1, of: 5 },
      measuresWithFigure: { count: 1, of: 5 },
      measuresWithDocument: { count: 1, of: 5 },
      concreteOutcomes: { count: 1, of: 3 },
      index: 0.2267,
    });
  });

  test('where there is nothing to count there is no index', () => {
    const { record, text } = noticeOf({ id: 'a', text: '空' });
    expect(measureSubstance(record, text).index).toBeUndefined();
  });
});
