/** The corpus against its gold records, and what must hold for every record whatever the notice. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Gold, readGold } from '../src/evaluate/gold.js';
import { PARTS, type Scores, score, total } from '../src/evaluate/score.js';
import type { Document, Evidence, NoticeRecord } from '../src/model.js';
import { readDocument } from '../src/read/index.js';
import { toRecord } from '../src/record.js';
import { testPipeline } from './pipeline.js';

interface Sample {
  readonly name: string;
  readonly document: Document;
  readonly record: NoticeRecord;
  readonly gold: Gold;
}

const goldOf = (name: string): string => join('corpus', name.replace(/\.[^.]+$/, '.gold.json'));
const names = readdirSync('corpus').filter((name) => /\.(?!gold\.json$|json$)/.test(name) && existsSync(goldOf(name)));
const floors = JSON.parse(readFileSync('corpus/floor.json', 'utf8')) as Readonly<Record<string, number>>;

const samples: Sample[] = [];
beforeAll(async () => {
  const pipeline = testPipeline();
  for (const name of names) {
    const [document] = await readDocument(readFileSync(join('corpus', name)), { source: name });
    if (document === undefined) throw new Error(`${name} cannot be read`);
    samples.push({
      name,
      document,
      record: toRecord(pipeline.analyse(document), 'zh'),
      gold: readGold(goldOf(name), 'zh'),
    });
  }
});

const sampleOf = (name: string): Sample => samples.find((sample) => sample.name === name) as Sample;

/** Every evidence anywhere in a record. */
function evidenceIn(value: unknown): readonly Evidence[] {
  if (Array.isArray(value)) return value.flatMap(evidenceIn);
  if (typeof value !== 'object' || value === null) return [];
  if ('quote' in value && 'start' in value && 'end' in value) return [value as Evidence];
  return Object.values(value).flatMap(evidenceIn);
}

describe('the corpus', () => {
  it('has forty notices and more', () => {
    expect(names.length).toBeGreaterThanOrEqual(40);
  });

  it.each(PARTS)('scores its floor in %s', (part) => {
    const scores: readonly Scores[] = samples.map(({ record, gold }) => score(record, gold));
    expect(total(scores, part).f1).toBeGreaterThanOrEqual(floors[part] ?? 1);
  });
});

describe.each(names)('%s', (name) => {
  it('rests on the exact words of its text', () => {
    const { document, record } = sampleOf(name);
    const evidence = evidenceIn(record);
    expect(evidence.length).toBeGreaterThan(0);
    for (const { start, end, quote, line } of evidence) {
      expect(document.text.slice(start, end)).toBe(quote);
      expect(document.text.slice(0, start).split('\n').length).toBe(line);
    }
  });

  it('says how much of it was understood', () => {
    const { coverage } = sampleOf(name).record;
    expect(coverage).toBeGreaterThan(0.5);
    expect(coverage).toBeLessThanOrEqual(1);
  });

  it('raises no error that is not one', () => {
    const { record, gold } = sampleOf(name);
    const isClean = (gold.checks ?? []).every(({ verdict }) => verdict === 'consistent');
    const errors = record.checks.filter(({ verdict, severity }) => verdict === 'inconsistent' && severity === 'error');
    if (isClean) expect(errors.map(({ message }) => message)).toEqual([]);
    else expect(score(record, gold).checks.extra).toEqual([]);
  });
});
