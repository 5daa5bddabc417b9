/** A small notice of our own and its record, as the pipeline would give it; tests change what they are about. */
import type { CheckRecord, Evidence, FigureRecord, NoticeRecord } from '../../src/model.js';
import type { ReportEntry } from '../../src/report/entry.js';
import { createLocator } from '../../src/text.js';

export const TEXT = [
  '青石县水务局党组',
  '关于巡察整改进展情况的通报',
  '2023年3月1日至4月15日，县委第三巡察组对县水务局党组开展了巡察。共梳理出20个具体问题，已完成整改18个，完成率95%。',
  '（一）关于履行职责不到位的问题',
  '1.针对“管网巡查不及时”的问题，一是建立巡查台账。二是由林某某牵头每月通报。',
  '整改成效：已修复漏损管段12处。',
].join('\n');

/** Evidence of the first `quote` in `text`, from `from` on. */
export function evidenceIn(text: string, quote: string, from = 0): Evidence {
  const start = text.indexOf(quote, from);
  if (start < 0) throw new Error(`not in the text: ${quote}`);
  return createLocator({ text }).evidence({ start, end: start + quote.length });
}

const at = (quote: string): Evidence => evidenceIn(TEXT, quote);

export function check(part: Partial<CheckRecord> & { readonly evidence: readonly Evidence[] }): CheckRecord {
  const message = part.message ?? '20个问题完成18个，应为90%，文中写作95%';
  return {
    check: 'checks/rates/completion',
    kind: 'rate',
    verdict: 'inconsistent',
    severity: 'error',
    message,
    messages: { zh: message, en: message },
    key: `${part.check ?? 'rate'}:${message}`,
    ...part,
  };
}

const figure = (metric: string, value: string, unit: string, quote: string): FigureRecord => ({
  metric,
  value,
  stated: quote,
  unit,
  noun: '',
  scope: 'headline',
  qualifier: 'exact',
  lower: value,
  upper: value,
  evidence: at(quote),
});

export const RATE_CHECK = check({
  stated: '95%',
  expected: '90%',
  mode: 'none',
  operands: [
    { name: 'problems.completed', stated: '18个', value: '18' },
    { name: 'problems.total', stated: '20个', value: '20' },
  ],
  evidence: [at('20个具体问题'), at('18个'), at('95%')],
});

export const VERIFIED_CHECK = check({
  check: 'checks/dates/order',
  kind: 'dates',
  verdict: 'consistent',
  message: '检查起止日期的次序无误',
  evidence: [at('2023年3月1日至4月15日')],
});

export const RECORD: NoticeRecord = {
  document: {
    id: `sha256:${'0'.repeat(64)}`,
    source: 'in/水务局.txt',
    mediaType: 'text/plain',
    characters: TEXT.length,
  },
  unit: { name: '青石县水务局党组', evidence: at('青石县水务局党组') },
  inspection: { kind: '巡察', team: '县委第三巡察组', start: '2023-03-01', end: '2023-04-15' },
  sections: [
    { number: '（一）', title: '关于履行职责不到位的问题', level: 1, evidence: at('（一）关于履行职责不到位的问题') },
  ],
  findings: [
    {
      id: 'f1',
      section: '（一）',
      number: '1',
      path: ['（一）'],
      titles: ['管网巡查不及时'],
      status: 'completed',
      deadline: '2023-12-31',
      measures: [
        { ordinal: 1, text: '建立巡查台账', status: 'unstated', responsibles: [], evidence: at('建立巡查台账') },
        {
          ordinal: 2,
          text: '由林某某牵头每月通报',
          status: 'unstated',
          responsibles: ['林某某'],
          evidence: at('由林某某牵头每月通报'),
        },
      ],
      outcomes: [{ ordinal: 1, text: '已修复漏损管段12处', evidence: at('已修复漏损管段12处') }],
      responsibles: ['林某某'],
      evidence: at('1.针对“管网巡查不及时”的问题'),
      span: { start: TEXT.indexOf('1.针对'), end: TEXT.length },
    },
  ],
  figures: [
    figure('problems.total', '20', '个', '20个'),
    figure('problems.completed', '18', '个', '18个'),
    figure('problems.rate', '95', '%', '95%'),
  ],
  responsibles: [{ name: '林某某', kind: 'person', roles: ['牵头'], evidence: at('林某某') }],
  documents: [],
  coverage: 0.9,
  checks: [VERIFIED_CHECK, RATE_CHECK],
  notes: [],
  rules: 'test',
};

export const ENTRY: ReportEntry = { record: RECORD, text: TEXT };

/** Words that would act if a report let them. */
export const HOSTILE = [
  '<script>alert(1)</script>',
  '</script><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '" onfocus="alert(1)" autofocus="',
  'javascript:alert(1)',
  '</title><svg onload=alert(1)>',
  '</style><svg/onload=alert(1)>',
  '<!--<script>-->',
  ']]><script>alert(1)</script>',
  '`onload=alert(1)`',
  '&lt;script&gt;',
  '\u202e倒写\u202c\u0007\u001b[31m红\u001b]8;;http://x\u0007',
  '=HYPERLINK("http://x","y")',
  '+1+1',
  '-2+3',
  '@SUM(A1)',
  '\t=1+1',
  '\ud800孤',
] as const;

/** The record with `words` wherever a notice's own words stand; its text is `words` too. */
export function hostileEntry(words: string): ReportEntry {
  const text = `${words}\n${words}${words}`;
  const evidence = createLocator({ text }).evidence({ start: 0, end: words.length });
  const finding = RECORD.findings[0] as NoticeRecord['findings'][number];
  const record: NoticeRecord = {
    ...RECORD,
    document: { ...RECORD.document, source: words, title: words },
    unit: { name: words, evidence },
    inspection: { kind: words, team: words, start: words, end: words, feedback: words, published: words },
    sections: [{ number: words, title: words, level: 1, evidence }],
    findings: [
      {
        ...finding,
        section: words,
        number: words,
        path: [words],
        titles: [words],
        deadline: words,
        measures: [{ ordinal: 1, text: words, status: 'unstated', deadline: words, responsibles: [words], evidence }],
        outcomes: [{ ordinal: 1, text: words, evidence }],
        responsibles: [words],
        evidence,
        span: evidence,
      },
    ],
    figures: [
      ...RECORD.figures.map((one) => ({ ...one, metric: words, stated: words, noun: words, unit: words, evidence })),
      { ...(RECORD.figures[2] as FigureRecord), value: words, stated: words, evidence },
    ],
    responsibles: [{ name: words, kind: 'person', roles: [words], evidence }],
    documents: [{ title: words, evidence }],
    checks: [
      check({
        check: words,
        kind: words,
        message: words,
        stated: words,
        expected: words,
        mode: words,
        cause: { code: words },
        operands: [{ name: words, stated: words, evidence }],
        evidence: [evidence],
        key: words,
      }),
    ],
    notes: [{ code: words, message: words }],
    rules: words,
  };
  const review = { decision: 'dismissed', reason: words, who: words, when: words } as const;
  return { record, text, reviews: new Map([[words, review]]) };
}
