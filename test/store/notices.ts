/** Notices for the store's tests and benchmark, made from a number: true evidence, no pipeline, any quantity of them. */
import { createHash } from 'node:crypto';
import type { Document, Evidence, NoticeRecord, Status } from '../../src/model.js';
import type { NoticeToSave, SegmentedPassage } from '../../src/store/store.js';
import { createLocator } from '../../src/text.js';

const STATUSES: readonly Status[] = ['completed', 'ongoing', 'longTerm', 'notStarted', 'unstated'];
const SUBJECTS = [
  '学习制度',
  '公务接待',
  '会费收缴',
  '工程招标',
  '值班安排',
  '档案管理',
  '谈话提醒',
  '资产登记',
  '干部培训',
];
const KINDS = ['巡察', '巡视', '审计', '环保督察'];

export interface NoticeOptions {
  readonly source?: string;
  /** Changes the text, and so the document's id. */
  readonly edition?: string;
  readonly rules?: string;
  readonly findings?: number;
}

const pick = <T>(values: readonly T[], at: number): T => values[at % values.length] as T;

/** Cuts `text` into words of two characters, punctuation apart: a stand-in for a segmenter. */
export const twoByTwo = (text: string): string[] => text.match(/[\p{L}\p{N}]{1,2}|[^\p{L}\p{N}]/gu) ?? [];

/** The notice of a number: the same number gives the same notice. */
export function notice(number: number, options: NoticeOptions = {}): NoticeToSave {
  const {
    source = `通报/${String(number).padStart(6, '0')}.txt`,
    edition = '',
    rules = 'rules-1',
    findings = 3,
  } = options;
  const unit = `东${pick(['山', '河', '湖', '岭'], number)}区第${number}局党组`;
  const done = findings > 1 ? findings - 1 : findings;
  const lines = [
    `${unit}关于整改情况的通报${edition}`,
    `共有${findings}个问题，已完成${done}个。`,
    ...Array.from({ length: findings }, (_, at) => [
      `${at + 1}.${pick(SUBJECTS, number + at)}不够规范`,
      `一是修订${pick(SUBJECTS, number + at)}办法第${number}号。二是开展${pick(SUBJECTS, number + at + 1)}检查。`,
      `成效：完成登记${number + at}项。`,
    ]).flat(),
    `责任人：林某${pick(['甲', '乙', '丙'], number)}`,
  ];
  const text = lines.join('\n');
  const starts = lines.map((_, at) => lines.slice(0, at).reduce((sum, line) => sum + line.length + 1, 0));
  const blocks = lines.map((line, at) => {
    const start = starts[at] as number;
    return { kind: at === 0 ? ('title' as const) : ('paragraph' as const), start, end: start + line.length };
  });
  const document: Document = {
    id: `sha256:${createHash('sha256').update(text).digest('hex')}`,
    source,
    mediaType: 'text/plain',
    encoding: 'utf-8',
    title: lines[0] as string,
    text,
    blocks,
    notes: [],
  };
  const locator = createLocator(document);
  const quote = (words: string, from = 0): Evidence => {
    const start = text.indexOf(words, from);
    if (start < 0) throw new Error(`no ${words} in ${text}`);
    return locator.evidence({ start, end: start + words.length });
  };
  const figure = (metric: string, value: number, stated: string) => ({
    metric,
    value: String(value),
    stated,
    unit: '个',
    noun: '问题',
    scope: 'headline' as const,
    qualifier: 'exact' as const,
    lower: String(value),
    upper: String(value),
    evidence: quote(stated),
  });
  const record: NoticeRecord = {
    document: {
      id: document.id,
      source,
      mediaType: document.mediaType,
      encoding: 'utf-8',
      title: lines[0] as string,
      characters: text.length,
    },
    unit: { name: unit, evidence: quote(unit) },
    inspection: {
      kind: pick(KINDS, number),
      team: '区委第二组',
      published: `${2015 + (number % 10)}-0${1 + (number % 9)}-15`,
    },
    sections: [],
    findings: Array.from({ length: findings }, (_, at) => {
      const title = lines[2 + 3 * at] as string;
      const heading = quote(title);
      const [first, second] = (lines[3 + 3 * at] as string).split(/(?<=。)/u).map((part) => part.slice(2));
      const outcome = `完成登记${number + at}项。`;
      return {
        id: `${document.id.slice(7, 15)}-${at}`,
        section: null,
        number: String(at + 1),
        path: [],
        titles: [title.slice(2)],
        status: at === 0 ? pick(STATUSES, number) : ('completed' as const),
        measures: [first, second].map((measure, ordinal) => ({
          ordinal: ordinal + 1,
          text: measure as string,
          status: 'unstated' as const,
          responsibles: [],
          evidence: quote(measure as string, heading.start),
        })),
        outcomes: [{ ordinal: 1, text: outcome, evidence: quote(outcome, heading.start) }],
        responsibles: [],
        evidence: heading,
        span: { start: heading.start, end: heading.end },
      };
    }),
    figures: [
      figure('problems.total', findings, `${findings}个问题`),
      figure('problems.completed', done, `已完成${done}个`),
    ],
    responsibles: [
      {
        name: lines.at(-1)?.slice(4) as string,
        kind: 'person',
        roles: ['责任人'],
        evidence: quote(lines.at(-1) as string),
      },
    ],
    documents: [],
    coverage: 0.75,
    checks: [
      {
        check: 'completed-of-total',
        kind: 'sum',
        verdict: number % 7 === 0 ? 'inconsistent' : 'consistent',
        severity: 'error',
        message: '完成数与总数',
        messages: { zh: '完成数与总数', en: 'completed of total' },
        evidence: [quote(`${findings}个问题`), quote(`已完成${done}个`)],
        key: 'completed-of-total:headline',
      },
    ],
    notes: [],
    rules,
  };
  const passages: SegmentedPassage[] = blocks.map(({ start, end }) => {
    return { start, end, words: twoByTwo(text.slice(start, end)) };
  });
  return { document, record, passages };
}
