/**
 * Makes notices of about 9,000 characters for benchmarks, in four forms, each with a rough record of what it says. The same
 * seed gives the same notices, and any one of them can be made by itself. Units return in later years, problems recur, and
 * some passages are copied between units, so that comparison has its usual work.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Evidence, FigureRecord, Finding, Measure, NoticeRecord, Outcome, Section } from '../src/model.js';
import { type Chance as AnyChance, chance as anyChance } from './chance.js';

export interface GeneratedNotice {
  readonly text: string;
  readonly record: NoticeRecord;
}

interface Form {
  readonly section: string;
  readonly finding: string;
  readonly measures: string;
  readonly outcomes: string;
  readonly ordinal: '是' | '圈' | '数';
}

interface Phrases extends Readonly<Record<string, unknown>> {
  readonly [list: string]: unknown;
  readonly forms: readonly Form[];
  readonly statuses: Readonly<Record<'completed' | 'ongoing', readonly string[]>>;
  readonly organisation: string;
  readonly closing: string;
}

const phrases = parse(readFileSync(new URL('./phrases.yaml', import.meta.url), 'utf8')) as Phrases;
const list = (name: string): readonly string[] => phrases[name] as readonly string[];

// ── Chance ────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Chance extends AnyChance {
  /** One of a list of phrases. */
  of(name: string): string;
}

function chance(seed: number): Chance {
  const random = anyChance(seed);
  return { ...random, of: (name) => random.pick(list(name)) };
}

// ── Writing, with positions ───────────────────────────────────────────────────────────────────────────────────────

interface Writer {
  /** Appends, and returns where it stands. */
  write(text: string): Evidence;
  text(): string;
}

function writer(): Writer {
  const parts: string[] = [];
  let end = 0;
  let line = 1;
  return {
    write(quote) {
      const evidence = { start: end, end: end + quote.length, quote, line };
      parts.push(quote);
      end += quote.length;
      line += quote.split('\n').length - 1;
      return evidence;
    },
    text: () => parts.join(''),
  };
}

/** Where `words` first stand in a place of one line; the whole place where they do not. */
function find(words: string, place: Evidence): Evidence {
  const at = place.quote.indexOf(words);
  if (at < 0) return place;
  const start = place.start + at;
  return { ...place, start, end: start + words.length, quote: words };
}

const fill = (template: string, values: Readonly<Record<string, string | number>>): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

const CHINESE_DIGITS = '零一二三四五六七八九十';
const chineseNumber = (n: number): string =>
  n <= 10
    ? CHINESE_DIGITS.charAt(n)
    : n < 20
      ? `十${CHINESE_DIGITS.charAt(n - 10)}`
      : `二十${n > 20 ? CHINESE_DIGITS.charAt(n - 20) : ''}`;

const ordinalMark = (ordinal: Form['ordinal'], n: number): string => {
  if (ordinal === '是') return `${chineseNumber(n)}是`;
  return ordinal === '圈' ? String.fromCharCode(0x245f + n) : `（${n}）`;
};

const pad = (n: number): string => String(n).padStart(2, '0');
const iso = (year: number, month: number, day: number): string => `${year}-${pad(month)}-${pad(day)}`;
const chineseDate = (date: string): string => {
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month}月${day}日`;
};

// ── Sentences ─────────────────────────────────────────────────────────────────────────────────────────────────────

interface Written {
  readonly text: string;
  readonly figures: readonly { readonly value: string; readonly unit: string }[];
  readonly document?: string;
}

function measureText(random: Chance, year: number): Written {
  if (random.happens(0.06)) return { text: `${random.of('boilerplate')}。`, figures: [] };
  const clauses = [
    `${random.of('adverbs')}${random.of('verbs')}${random.of('objects')}`,
    random.of('manners'),
    `对${random.of('objects')}开展${random.of('verbs')}`,
    random.of('manners'),
  ].slice(0, random.between(3, 4));
  const figures: { value: string; unit: string }[] = [];
  if (random.happens(0.3)) {
    const value = String(random.between(2, 400));
    const unit = random.pick(['份', '处', '人次', '件', '户']);
    figures.push({ value, unit });
    clauses.push(`共涉及${value}${unit}`);
  }
  if (random.happens(0.15)) clauses.push(`${year}年${random.between(1, 12)}月底前完成`);
  const document = random.happens(0.15) ? `《${random.of('documents')}》` : undefined;
  if (document !== undefined) clauses.push(`据此修订${document}`);
  return { text: `${clauses.join('，')}。`, figures, ...(document === undefined ? {} : { document }) };
}

function outcomeText(random: Chance): Written {
  const figures: { value: string; unit: string }[] = [];
  const clauses = [`${random.of('verbs')}${random.of('objects')}`, random.of('effects')];
  if (random.happens(0.5)) {
    const value = String(random.between(1, 300));
    const unit = random.pick(['份', '处', '项', '件']);
    figures.push({ value, unit });
    clauses.splice(1, 0, `完成${value}${unit}`);
  }
  return { text: `${clauses.join('，')}。`, figures };
}

// ── A notice ──────────────────────────────────────────────────────────────────────────────────────────────────────

const FINDINGS = 17;
const FIRST_YEAR = 2018;
const YEARS = 7;

/** The unit of a notice: units return about every `departments` × places notices, and each has several years. */
function unitOf(index: number): { readonly region: string; readonly unit: string } {
  const departments = list('departments');
  const [heads, tails, kinds] = [list('placeHeads'), list('placeTails'), list('placeKinds')];
  const department = departments[index % departments.length] as string;
  const place = Math.floor(index / departments.length / 3);
  const head = heads[place % heads.length] as string;
  const tail = tails[Math.floor(place / heads.length) % tails.length] as string;
  const kind = kinds[Math.floor(place / heads.length / tails.length) % kinds.length] as string;
  const region = `${head}${tail}${kind}`;
  return { region, unit: `${region}${department}党组` };
}

const exactFigure = (
  metric: string | null,
  value: string,
  unit: string,
  stated: string,
  scope: FigureRecord['scope'],
) => ({
  metric,
  value,
  stated,
  unit,
  noun: '',
  scope,
  qualifier: 'exact' as const,
  lower: value,
  upper: value,
});

/** Notice number `index` of `seed`. */
export function generateNotice(index: number, seed: number): GeneratedNotice {
  const random = chance(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  const { region, unit } = unitOf(index);
  const year = FIRST_YEAR + ((index + random.below(2)) % YEARS);
  const form = phrases.forms[index % phrases.forms.length] as Form;
  const team = `${random.of('teams')}`;
  const [start, end] = [iso(year, 3, random.between(1, 20)), iso(year, 5, random.between(1, 28))];
  const [feedback, published] = [iso(year, 7, random.between(1, 28)), iso(year, 12, random.between(1, 28))];
  const sectionCount = random.between(4, 6);
  const total = FINDINGS + random.between(0, 12);
  const open = random.between(0, 4);
  const done = total - open;
  const rate = `${((done * 100) / total).toFixed(1)}%`;
  const measureTotal = total * 4 + random.below(20);
  const [systems, reminded] = [random.between(3, 30), random.between(1, 20)];
  const money = `${random.between(1, 300)}.${random.between(1, 9)}`;
  const [person, person2] = [0, 1].map(() => `${random.of('surnames')}${random.of('givenNames')}`) as [string, string];
  const post = random.of('posts');

  const out = writer();
  const figures: FigureRecord[] = [];
  const documents: { title: string; evidence: Evidence }[] = [];
  const title = out.write(`${unit}关于巡察整改情况的通报\n`);
  out.write(
    fill(random.of('lead'), {
      region,
      unit,
      team: `${team}`,
      start: chineseDate(start),
      end: chineseDate(end),
      feedback: chineseDate(feedback),
    }),
  );
  out.write('\n');
  const headline = out.write(
    fill(random.of('headline'), {
      aspects: sectionCount,
      total,
      done,
      open,
      rate,
      measures: measureTotal,
      systems,
      reminded,
      money,
    }),
  );
  const say = (metric: string, value: string, unitName: string, stated: string): void => {
    figures.push({ ...exactFigure(metric, value, unitName, stated, 'headline'), evidence: find(stated, headline) });
  };
  say('aspects.total', String(sectionCount), '个', `${sectionCount}个`);
  say('problems.total', String(total), '个', `${total}个`);
  say('problems.completed', String(done), '个', `${done}个`);
  say('problems.ongoing', String(open), '个', `${open}个`);
  say('problems.rate', rate.slice(0, -1), '%', rate);
  say('measures.total', String(measureTotal), '条', `${measureTotal}条`);
  say('systems.established', String(systems), '项', `${systems}项`);
  say('people.reminded', String(reminded), '人', `${reminded}人`);
  say('money.refunded', String(Math.round(Number(money) * 10_000)), '元', `${money}万元`);
  const organisation = out.write(
    fill(phrases.organisation, { post, person, person2, meetings: random.between(2, 15) }),
  );
  out.write('\n');

  const sections: Section[] = [];
  const findings: Finding[] = [];
  const ongoing = new Set(Array.from({ length: open }, () => random.below(FINDINGS)));
  for (let number = 0; number < sectionCount; number += 1) {
    const mark = chineseNumber(number + 1);
    const sectionTitle = list('sections')[(index + number) % list('sections').length] as string;
    const heading = fill(form.section, { n: mark, title: sectionTitle });
    const label = heading.startsWith('（') ? `（${mark}）` : mark;
    const place = out.write(heading);
    sections.push({ number: label, title: sectionTitle, level: 2, evidence: place });
    out.write('\n');
    const until = Math.floor(((number + 1) * FINDINGS) / sectionCount);
    for (let k = 1; findings.length < until; k += 1) {
      findings.push(
        writeFinding({ random, out, form, year, label, k, isOpen: ongoing.has(findings.length), figures, documents }),
      );
    }
  }
  out.write(
    fill(phrases.closing, { unit, phone: `0${random.between(200, 899)}-${random.between(2_000_000, 8_999_999)}` }),
  );
  out.write(`\n${unit}\n${chineseDate(published)}\n`);

  const text = out.text();
  const record: NoticeRecord = {
    document: {
      id: `sha256:${createHash('sha256').update(text).digest('hex')}`,
      source: `generated/${String(index).padStart(6, '0')}.txt`,
      mediaType: 'text/plain',
      encoding: 'utf-8',
      characters: text.length,
    },
    unit: { name: unit, evidence: find(unit, title) },
    inspection: { kind: '巡察', team: `${region}委${team}巡察组`, start, end, feedback, published },
    sections,
    findings,
    figures,
    responsibles: [
      {
        name: person,
        kind: 'person',
        roles: [...post.split('、'), '组长'],
        evidence: find(person, organisation),
      },
      { name: person2, kind: 'person', roles: [], evidence: find(person2, organisation) },
    ],
    documents,
    coverage: 1,
    checks: [],
    notes: [],
    rules: 'generated',
  };
  return { text, record };
}

interface FindingContext {
  readonly random: Chance;
  readonly out: Writer;
  readonly form: Form;
  readonly year: number;
  readonly label: string;
  readonly k: number;
  readonly isOpen: boolean;
  readonly figures: FigureRecord[];
  readonly documents: { title: string; evidence: Evidence }[];
}

/** Writes a finding; its local figures and documents are added to those of the notice. */
function writeFinding({ random, out, form, year, label, k, isOpen, figures, documents }: FindingContext): Finding {
  const problem = `${random.of('problemSubjects')}${random.of('problemFaults')}`;
  const heading = out.write(fill(form.finding, { k, n2: chineseNumber(k), problem }));
  out.write('\n');
  const local = ({ figures: stated, document }: Written, within: Evidence): void => {
    for (const { value, unit } of stated) {
      figures.push({
        ...exactFigure(null, value, unit, `${value}${unit}`, 'local'),
        evidence: find(`${value}${unit}`, within),
      });
    }
    if (document !== undefined) documents.push({ title: document.slice(1, -1), evidence: find(document, within) });
  };
  const writeItems = (count: number, make: () => Written): readonly Evidence[] =>
    Array.from({ length: count }, (_, at) => {
      out.write(ordinalMark(form.ordinal, at + 1));
      const said = make();
      const place = out.write(said.text);
      local(said, place);
      return place;
    });
  out.write(form.measures);
  const measures = writeItems(random.between(6, 11), () => measureText(random, year));
  out.write(`\n${form.outcomes}`);
  const outcomes = writeItems(random.between(2, 3), () => outcomeText(random));
  const status = isOpen ? 'ongoing' : 'completed';
  const said = out.write(random.pick(phrases.statuses[status]));
  out.write('\n');
  return {
    id: createHash('sha256').update(`${label}/${k}/${problem}/${heading.start}`).digest('hex').slice(0, 16),
    section: label,
    number: String(k),
    path: [label],
    titles: [problem],
    status,
    statusEvidence: said,
    measures: measures.map(
      (place, at): Measure => ({
        ordinal: at + 1,
        text: place.quote,
        status: 'unstated',
        responsibles: [],
        evidence: place,
      }),
    ),
    outcomes: outcomes.map((place, at): Outcome => ({ ordinal: at + 1, text: place.quote, evidence: place })),
    responsibles: [],
    evidence: heading,
    span: { start: heading.start, end: said.end },
  };
}

/** The first `count` notices of `seed`, made one at a time. */
export function* generateNotices(count: number, seed: number): Generator<GeneratedNotice> {
  for (let index = 0; index < count; index += 1) yield generateNotice(index, seed);
}
