/** What comparing reads from the store must be what it would work out anew from the notices, whatever was done meanwhile. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type GeneratedNotice, generateNotice } from '../../bench/generate.js';
import { compare, compareIn } from '../../src/compare/compare.js';
import type { Comparison, Filter } from '../../src/compare/comparison.js';
import { readEntries } from '../../src/compare/entry.js';
import { createProfiler } from '../../src/compare/profile.js';
import { similar, similarIn } from '../../src/compare/similar.js';
import { makeComparable, notComparable, sourceIn, sourceOf } from '../../src/compare/source.js';
import type { NoticeRecord } from '../../src/model.js';
import { type NoticeToSave, openStore, type Store, type StoredNotice } from '../../src/store/store.js';
import { type PostgresServer, startPostgres } from '../store/postgres.js';
import { readFamily, vocabulary, words } from './family.js';

const profiler = createProfiler(vocabulary, words);

type Kept = Map<string, GeneratedNotice>;

function toSave({ record, text }: GeneratedNotice, comparable: boolean): NoticeToSave {
  const { id, source, mediaType } = record.document;
  return {
    record,
    document: { id, source, mediaType, text, blocks: [], notes: [] },
    passages: [],
    ...(comparable ? { comparable: profiler.profile({ record, text }) } : {}),
  };
}

const renamed = ({ record, text }: GeneratedNotice, source: string): GeneratedNotice => ({
  text,
  record: { ...record, document: { ...record.document, source } },
});

const stored = (store: Store, filter: Filter = {}): Promise<Comparison> =>
  compareIn(sourceIn(store, profiler), { words, vocabulary, filter });

const anew = (kept: Kept, filter: Filter = {}): Promise<Comparison> =>
  compare(kept.values(), { words, vocabulary, filter });

let server: PostgresServer;
let folder: string;
beforeAll(async () => {
  server = await startPostgres();
  folder = await mkdtemp(join(tmpdir(), 'hecha-compare-'));
});
afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe.each(['SQLite', 'PostgreSQL'])('a comparison on %s', (engine) => {
  let store: Store;
  const kept: Kept = new Map();
  const save = async (notices: readonly GeneratedNotice[], comparable = true): Promise<void> => {
    for (const notice of notices) kept.set(notice.record.document.source, notice);
    await store.save(notices.map((notice) => toSave(notice, comparable)));
  };
  const unmade = (): Promise<readonly string[]> => notComparable(store, profiler);

  beforeAll(async () => {
    store = await openStore(engine === 'SQLite' ? join(folder, 'store.db') : await server.fresh());
    const families = await Promise.all(['rounds', 'summary', 'copies'].map(readFamily));
    await save([...families.flat()].reverse() as GeneratedNotice[]);
  });
  afterAll(() => store?.close());

  test('is that of the notices themselves, in whatever order they were saved', async () => {
    for (const from of [20, 0, 10]) await save(Array.from({ length: 10 }, (_, at) => generateNotice(from + at, 3)));
    expect(await stored(store)).toEqual(await anew(kept));
    expect((await stored(store)).passages.passageCount).toBeGreaterThan(3);
  });

  test('follows notices that change, go and come', async () => {
    const changed = Array.from({ length: 5 }, (_, at) => {
      const { source } = generateNotice(3 * at, 3).record.document;
      return renamed(generateNotice(100 + at, 3), source);
    });
    await save(changed);
    for (const source of [generateNotice(7, 3).record.document.source, '2023-copy.txt', 'unit-town.txt']) {
      kept.delete(source);
      expect(await store.delete(source)).toBe(true);
    }
    await save(Array.from({ length: 4 }, (_, at) => generateNotice(200 + at, 3)));
    expect(await stored(store)).toEqual(await anew(kept));
    const { terms } = await readEntries(await sourceOf(kept.values(), profiler), {}, vocabulary);
    expect(terms.words.size).toBeGreaterThan(50);
    expect(await store.terms()).toEqual(terms);
  });

  test('takes those along that were saved without, and they are made once', async () => {
    await save(
      Array.from({ length: 4 }, (_, at) => generateNotice(300 + at, 3)),
      false,
    );
    const expected = await anew(kept);
    expect(await unmade()).toHaveLength(4);
    expect(await stored(store)).toEqual(expected);
    expect(await unmade()).toHaveLength(4);
    await makeComparable(store, profiler, await unmade());
    expect(await unmade()).toEqual([]);
    expect(await stored(store)).toEqual(expected);
  });

  test('follows rules that were edited', async () => {
    const phrase = '由专人比对并在三日内提出停发、减发或续发意见';
    const edited = { ...vocabulary, genericPhrases: [...vocabulary.genericPhrases, phrase] };
    const other = createProfiler(edited, words);
    expect(await notComparable(store, other)).toHaveLength(kept.size);
    const comparison = await compareIn(sourceIn(store, other), { words, vocabulary: edited });
    expect(comparison).toEqual(await compare(kept.values(), { words, vocabulary: edited }));
    expect(comparison.passages).not.toEqual((await stored(store)).passages);
  });

  test('takes what people corrected, of the notices that they corrected', async () => {
    const corrected = [...kept.values()].slice(0, 2).map(({ record, text }): GeneratedNotice => {
      const figures = record.figures.map((figure) => ({ ...figure, value: '77', lower: '77', upper: '77' }));
      return { text, record: { ...record, figures } };
    });
    const bySource = new Map(corrected.map((notice) => [notice.record.document.source, notice]));
    const record = async (notice: StoredNotice): Promise<NoticeRecord> =>
      (bySource.get(notice.document.source) as GeneratedNotice).record;
    const source = sourceIn(store, profiler, { corrections: { sources: new Set(bySource.keys()), record } });
    const comparison = await compareIn(source, { words, vocabulary });
    expect(comparison).toEqual(await anew(new Map([...kept, ...bySource])));
    expect(comparison).not.toEqual(await stored(store));
  });

  test('of some is that of these notices alone', async () => {
    const filter = { kinds: ['巡察'], years: [2019, 2022, 2023] };
    const some = await stored(store, filter);
    expect(some).toEqual(await anew(kept, filter));
    expect(some.notices.length).toBeLessThan(kept.size);
    expect(some.notices.length).toBeGreaterThan(5);
  });

  test('by example is that of the notices themselves', async () => {
    const { document, findings } = ([...kept.values()].at(-1) as GeneratedNotice).record;
    for (const id of [document.id, findings[0]?.id ?? '']) {
      const found = await similarIn(id, sourceIn(store, profiler), { vocabulary });
      expect(found?.length).toBeGreaterThan(3);
      expect(found).toEqual(await similar(id, kept.values(), { vocabulary, words }));
    }
  });
});
