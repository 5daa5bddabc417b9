/** Small notices for tests: a record is made from what a test says, with evidence where the words stand in its text. */
import type { ComparedNotice } from '../../src/compare/comparison.js';
import type { Evidence, FigureRecord, Finding, Inspection, Status } from '../../src/model.js';

export interface Sketch {
  readonly title?: string;
  readonly id: string;
  readonly unit?: string;
  readonly text?: string;
  readonly inspection?: Inspection;
  /** Metric → value; `~12` states an approximate one. */
  readonly figures?: Readonly<Record<string, string>>;
  readonly findings?: readonly {
    readonly title: string;
    readonly status?: Status;
    readonly measures?: readonly string[];
  }[];
}

export function noticeOf({
  id,
  title: heading,
  unit,
  text: given,
  inspection = {},
  figures = {},
  findings = [],
}: Sketch): ComparedNotice {
  const words = [
    unit ?? '',
    ...Object.entries(figures).map(([metric, value]) => `${metric}=${value}`),
    ...findings.flatMap(({ title, measures = [] }) => [title, ...measures]),
  ];
  const text = given ?? words.join('\n');
  const place = (quote: string): Evidence => {
    const start = Math.max(0, text.indexOf(quote));
    return { start, end: start + quote.length, quote, line: text.slice(0, start).split('\n').length };
  };
  return {
    text,
    record: {
      document: {
        id,
        source: `${id}.txt`,
        ...(heading === undefined ? {} : { title: heading }),
        mediaType: 'text/plain',
        characters: text.length,
      },
      ...(unit === undefined ? {} : { unit: { name: unit, evidence: place(unit) } }),
      inspection,
      sections: [],
      findings: findings.map(
        ({ title, status = 'unstated', measures = [] }, index): Finding => ({
          id: `${id}/${index}`,
          section: null,
          number: String(index + 1),
          path: [],
          titles: [title],
          status,
          measures: measures.map((measure, at) => ({
            ordinal: at + 1,
            text: measure,
            status: 'unstated',
            responsibles: [],
            evidence: place(measure),
          })),
          outcomes: [],
          responsibles: [],
          evidence: place(title),
          span: place(title),
        }),
      ),
      figures: Object.entries(figures).map(([metric, written]): FigureRecord => {
        const value = written.replace('~', '');
        return {
          metric,
          value,
          stated: written,
          unit: metric.endsWith('rate') ? '%' : '个',
          noun: '',
          scope: 'headline',
          qualifier: written.startsWith('~') ? 'about' : 'exact',
          lower: value,
          upper: value,
          evidence: place(`${metric}=${written}`),
        };
      }),
      responsibles: [],
      documents: [],
      coverage: 1,
      checks: [],
      notes: [],
      rules: 'test',
    },
  };
}
