/** What every engine of the store must do. Written once; `<engine>.test.ts` runs it on the real engine. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { InputError } from '../../src/errors.js';
import type { OpenOptions, Store, StoredNotice } from '../../src/store/store.js';
import { openStore } from '../../src/store/store.js';
import { notice } from './notices.js';

export interface Ground {
  /** URL of an empty store. */
  fresh(): Promise<string>;
}

const collect = async <T>(values: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
};

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);

export function storeContract(name: string, ground: Ground): void {
  describe(`store on ${name}`, () => {
    let url: string;
    let store: Store;
    let ticks = 0;
    const now = (): string => new Date(Date.UTC(2025, 0, 1, 0, 0, ticks++)).toISOString();
    const open = (options: OpenOptions = {}): Promise<Store> => openStore(url, { now, ...options });

    beforeEach(async () => {
      url = await ground.fresh();
      store = await open();
    });
    afterEach(() => store?.close());

    describe('save', () => {
      test('gives the exact document and record back', async () => {
        const saved = notice(1);
        await store.save([saved]);
        const { source } = saved.document;
        const found = (await store.get(source)) as StoredNotice;
        expect(JSON.stringify(found.document)).toBe(JSON.stringify(saved.document));
        expect(JSON.stringify(found.record)).toBe(JSON.stringify(saved.record));
      });

      test('keeps characters that databases do not take', async () => {
        const { document, record, passages } = notice(1);
        const odd = { ...document, title: 'a\u0000b\ud800c' };
        const saved = {
          document: odd,
          record: { ...record, document: { ...record.document, title: odd.title } },
          passages,
        };
        await store.save([saved]);
        expect(await store.get(document.source)).toMatchObject({ document: odd, record: saved.record });
        expect((await store.verify()).faults).toEqual([]);
      });

      test('says what became of each notice', async () => {
        expect(await store.save([notice(1), notice(2)])).toEqual(['new', 'new']);
        expect(await store.save([notice(2), notice(1, { edition: '（修订）' }), notice(3)])).toEqual([
          'same',
          'changed',
          'new',
        ]);
        expect(await store.save([notice(2, { rules: 'rules-2' })])).toEqual(['changed']);
        expect((await store.list()).total).toBe(3);
      });

      test('saving the same again changes nothing', async () => {
        const batch = range(5).map((number) => notice(number));
        await store.save(batch);
        const before = await collect(store.iterate());
        expect(await store.save(batch)).toEqual(batch.map(() => 'same'));
        expect(await collect(store.iterate())).toEqual(before);
      });

      test('a changed file replaces its record and keeps its id', async () => {
        await store.save([notice(1, { findings: 6 })]);
        const [before] = (await store.list()).rows;
        await store.save([notice(1, { findings: 2, edition: '（修订）' })]);
        const { rows, total } = await store.list();
        expect(total).toBe(1);
        expect(rows[0]).toMatchObject({ id: before?.id, findings: 2, measures: 4 });
        expect((await store.search(['修订'])).hits.every(({ text }) => !text.startsWith('6.'))).toBe(true);
        expect((await store.verify()).faults).toEqual([]);
      });

      test('is whole or not at all', async () => {
        const broken = notice(2);
        const record = { ...broken.record, rules: undefined as unknown as string };
        await expect(store.save([notice(1), { ...broken, record }])).rejects.toThrow();
        expect((await store.list()).total).toBe(0);
        expect((await store.search(['整改'])).total).toBe(0);
        expect(await store.save([notice(1)])).toEqual(['new']);
      });

      test('does not depend on order, batches or other callers', async () => {
        const batches = [[5, 1, 3], [4], [2, 0]].map((numbers) => numbers.map((number) => notice(number)));
        await Promise.all(batches.map((batch) => store.save(batch)));
        const mixed = await collect(store.iterate());
        expect(mixed.map(({ document }) => document.source)).toEqual(
          range(6).map((number) => notice(number).document.source),
        );
        url = await ground.fresh();
        await store.close();
        store = await open();
        await store.save(range(6).map((number) => notice(number)));
        expect(JSON.stringify(await collect(store.iterate()))).toBe(JSON.stringify(mixed));
      });

      test('two stores on one database end with each notice once', async () => {
        const other = await open();
        const batches = range(10).map((at) => range(4).map((number) => notice(at * 3 + number)));
        await Promise.all(batches.flatMap((batch) => [store.save(batch), other.save([...batch].reverse())]));
        await other.close();
        expect((await store.list()).total).toBe(31);
        expect((await store.verify()).faults).toEqual([]);
      });

      test('of two notices with one source in a batch the last counts', async () => {
        const last = notice(1, { edition: '（修订）' });
        expect(await store.save([notice(1), last])).toEqual(['new', 'new']);
        expect((await store.get(last.document.source))?.document.id).toBe(last.document.id);
      });

      test('an empty batch is no work', async () => {
        expect(await store.save([])).toEqual([]);
      });
    });

    test('killed again and again while two processes save, it ends as if nothing had happened', async () => {
      const count = 200;
      const saver = fileURLToPath(new URL('saver.ts', import.meta.url));
      const run = (first: number, step: number) => {
        const child = spawn(process.execPath, ['--import', 'tsx', saver, url, ...[first, step, count].map(String)]);
        const errors: string[] = [];
        child.stderr.on('data', (text) => errors.push(String(text)));
        const ended = once(child, 'exit').then(() => errors.join(''));
        return { child, started: Promise.race([once(child.stdout, 'data'), ended]), ended };
      };
      for (const [round, milliseconds] of [0, 15, 40, 80, 130].entries()) {
        // One goes through the notices from where it likes, the other backwards.
        const runs = [run(round * 20, 1), run(count - 1, count - 1)];
        await Promise.all(runs.map(({ started }) => started));
        await setTimeout(milliseconds);
        for (const { child } of runs) child.kill('SIGKILL');
        expect(await Promise.all(runs.map(({ ended }) => ended))).toEqual(['', '']);
      }
      const survivor = await open();
      expect((await survivor.verify()).faults).toEqual([]);
      await survivor.save(range(count).map((number) => notice(number, { findings: 12 })));
      const disturbed = await collect(survivor.iterate());
      expect(disturbed.map(({ document, record }) => ({ document, record }))).toEqual(
        range(count).map((number) => {
          const { document, record } = notice(number, { findings: 12 });
          return { document, record };
        }),
      );
      expect((await survivor.verify()).faults).toEqual([]);
      await survivor.close();
    });

    describe('readings', () => {
      test('lookup tells what is held of a source', async () => {
        const saved = notice(1);
        await store.save([saved]);
        const known = await store.lookup([saved.document.source, 'nowhere.txt']);
        expect([...known]).toEqual([
          [saved.document.source, { id: expect.any(String), document: saved.document.id, rules: 'rules-1' }],
        ]);
      });

      test('every reading is remembered, in order', async () => {
        const first = notice(1);
        const second = notice(1, { edition: '（修订）' });
        const { source } = first.document;
        await store.save([first]);
        await store.recordSame([source]);
        await store.recordFailure(source, 'sha256:0', 'encrypted');
        await store.save([second]);
        expect(await store.reads(source)).toMatchObject([
          { outcome: 'new', document: first.document.id },
          { outcome: 'same', document: first.document.id },
          { outcome: 'failed', document: 'sha256:0', reason: 'encrypted' },
          { outcome: 'changed', document: second.document.id },
        ]);
        const times = (await store.reads(source)).map(({ at }) => at);
        expect(times).toEqual([...times].sort());
      });

      test('a failure keeps the earlier record, and is listed until a reading succeeds', async () => {
        const { document } = notice(1);
        await store.save([notice(1)]);
        await store.recordFailure(document.source, undefined, 'unreadable');
        await store.recordFailure('b.pdf', undefined, 'no text');
        expect(await store.get(document.source)).toBeDefined();
        expect((await store.failures()).map(({ source, reason }) => [source, reason])).toEqual([
          ['b.pdf', 'no text'],
          [document.source, 'unreadable'],
        ]);
        await store.save([notice(1)]);
        expect((await store.failures()).map(({ source }) => source)).toEqual(['b.pdf']);
      });
    });

    describe('list', () => {
      beforeEach(async () => {
        await store.save(range(40).map((number) => notice(number)));
      });

      test('shows what a notice is about', async () => {
        expect((await store.list({}, { limit: 1 })).rows[0]).toEqual({
          id: expect.stringMatching(/^[0-9a-f]{16}$/),
          document: notice(0).document.id,
          source: '通报/000000.txt',
          mediaType: 'text/plain',
          title: '东山区第0局党组关于整改情况的通报',
          unit: '东山区第0局党组',
          kind: '巡察',
          team: '区委第二组',
          published: '2015-01-15',
          year: 2015,
          characters: notice(0).document.text.length,
          coverage: 0.75,
          sections: 0,
          findings: 3,
          measures: 6,
          outcomes: 3,
          statuses: { completed: 3, ongoing: 0, longTerm: 0, notStarted: 0, unstated: 0 },
          checks: { error: 1, warning: 0, info: 0, consistent: 0, unverifiable: 0 },
          headline: { 'problems.total': '3', 'problems.completed': '2' },
          rules: 'rules-1',
        });
      });

      test('filters by every field, and by several', async () => {
        const total = async (filter: Parameters<Store['list']>[0]): Promise<number> => (await store.list(filter)).total;
        expect(await total({ unit: '东河区' })).toBe(10);
        expect(await total({ unit: '第7局' })).toBe(1);
        expect(await total({ year: 2018 })).toBe(4);
        expect(await total({ kind: '审计' })).toBe(10);
        expect(await total({ status: 'notStarted' })).toBe(8);
        expect(await total({ severity: 'error' })).toBe(6);
        expect(await total({ text: '000003' })).toBe(1);
        expect(await total({ unit: '东山区', year: 2018 })).toBe(0);
        expect(await total({ unit: '东岭区', year: 2018 })).toBe(2);
        expect(await total({ unit: '%' })).toBe(0);
        expect(await total({ unit: "' OR 1=1 --" })).toBe(0);
      });

      test('pages in a stable order', async () => {
        const orders = ['source', 'unit', 'date', 'errors'] as const;
        for (const order of orders) {
          const all = (await store.list({}, { limit: 100, order })).rows;
          const pages = await Promise.all(range(4).map((at) => store.list({}, { offset: at * 10, limit: 10, order })));
          expect(pages.flatMap(({ rows }) => rows)).toEqual(all);
        }
        const dates = (await store.list({}, { order: 'date' })).rows.map(({ published }) => published);
        expect(dates).toEqual([...dates].sort().reverse());
        const errors = (await store.list({}, { order: 'errors' })).rows.map(({ checks }) => checks.error);
        expect(errors).toEqual([...errors].sort().reverse());
      });
    });

    describe('get', () => {
      test('by id, content hash, their beginnings and source', async () => {
        await store.save(range(30).map((number) => notice(number)));
        const [row] = (await store.list({ text: '000007' })).rows;
        const { id, document, source } = row as { id: string; document: string; source: string };
        for (const name of [id, id.slice(0, 12), document, document.slice(0, 20), document.slice(7, 20), source]) {
          expect((await store.get(name))?.record.document.source, name).toBe(source);
        }
        expect(await store.get('nowhere.txt')).toBeUndefined();
        expect(await store.get('')).toBeUndefined();
      });

      test('says which notices a beginning could mean', async () => {
        await store.save(range(40).map((number) => notice(number)));
        const first = ((await store.list()).rows[0]?.id ?? '').slice(0, 1);
        await expect(store.get(first)).rejects.toThrow(InputError);
      });

      test('copies of one file are one content', async () => {
        const copy = notice(1, { source: 'copy.txt' });
        await store.save([notice(1), copy]);
        expect((await store.get(copy.document.id))?.document.text).toBe(copy.document.text);
        expect((await store.list()).total).toBe(2);
      });
    });

    describe('search', () => {
      beforeEach(async () => {
        await store.save(range(20).map((number) => notice(number)));
      });

      test('finds passages with all words, and shows where', async () => {
        const { hits, total, more } = await store.search(['谈话', '提醒', '检查'], {}, 5);
        expect(hits).toHaveLength(5);
        expect(total).toBeGreaterThanOrEqual(5);
        expect(more).toBe(false);
        for (const { text, highlights, source, start, end, line } of hits) {
          expect(new Set(highlights.map((span) => text.slice(span.start, span.end)))).toEqual(
            new Set(['谈话', '提醒', '检查']),
          );
          const { document } = (await store.get(source)) as StoredNotice;
          expect(document.text.slice(start, end)).toBe(text);
          expect(document.text.split('\n')[line - 1]).toBe(text);
        }
      });

      test('does not mind case or width', async () => {
        const { document, record } = notice(50);
        const words = ['ABC', '１２３'];
        await store.save([{ document, record, passages: [{ start: 0, end: 5, words }] }]);
        expect((await store.search(['abc', '123'])).total).toBe(1);
      });

      test('takes the filters of the list', async () => {
        const { hits } = await store.search(['完成'], { unit: '第3局', year: 2018 });
        expect(new Set(hits.map(({ source }) => source))).toEqual(new Set(['通报/000003.txt']));
        expect(hits[0]).toMatchObject({ unit: '东岭区第3局党组', year: 2018 });
      });

      test('any words are only words', async () => {
        for (const words of [[], ['，'], ['"'], ["'"], ['AND'], ['*'], ['a:b', 'NEAR(']]) {
          expect(await store.search(words), words.join()).toEqual({ hits: [], total: 0, more: false });
        }
      });

      test('what was replaced or deleted is not found', async () => {
        const words = ['第1', '9号'];
        expect((await store.search(words)).total).toBeGreaterThan(0);
        await store.delete('通报/000019.txt');
        expect((await store.search(words)).total).toBe(0);
      });
    });

    test('iterate gives all that the filter lets through, by source', async () => {
      await store.save(range(100).map((number) => notice(number)));
      expect(await collect(store.iterate())).toHaveLength(100);
      const audits = await collect(store.iterate({ kind: '审计' }));
      expect(audits.map(({ record }) => record.inspection.kind)).toEqual(range(25).map(() => '审计'));
    });

    describe('comparables', () => {
      const comparable = (words: string, stamp = 'one') => ({
        stamp,
        profile: Buffer.from(words),
        prints: Buffer.from(`prints of ${words}`),
        titles: [],
      });
      const profilesOf = async (stamp: string, filter = {}): Promise<readonly (string | undefined)[]> => {
        const found = await collect(store.profiles(stamp, filter));
        return found.map(({ profile }) => (profile === undefined ? undefined : Buffer.from(profile).toString()));
      };
      const idOf = async (number: number): Promise<string> =>
        (await store.lookup([notice(number).document.source])).get(notice(number).document.source)?.id ?? '';

      test('come back by source, whatever order and batches they came in', async () => {
        await store.save([{ ...notice(3), comparable: comparable('three') }]);
        await store.save([{ ...notice(1), comparable: comparable('one') }, notice(2)]);
        expect(await profilesOf('one')).toEqual(['one', undefined, 'three']);
        const { year } = (await store.list({ text: notice(3).document.source })).rows[0] ?? {};
        expect(await profilesOf('one', year === undefined ? {} : { year })).toEqual(['three']);
        const ids = [await idOf(3), 'gone', await idOf(2), await idOf(1)];
        const prints = await collect(store.prints(ids));
        expect(prints.map(({ prints: bytes }) => Buffer.from(bytes).toString())).toEqual([
          'prints of three',
          'prints of one',
        ]);
      });

      test('of another stamp are none', async () => {
        await store.save([{ ...notice(1), comparable: comparable('old', 'one') }]);
        expect(await profilesOf('two')).toEqual([undefined]);
      });

      test('change and go with their notice', async () => {
        await store.save([1, 2].map((number) => ({ ...notice(number), comparable: comparable(`${number}`) })));
        await store.save([{ ...notice(1, { edition: '（修订）' }), comparable: comparable('revised') }]);
        expect(await profilesOf('one')).toEqual(['revised', '2']);
        await store.save([notice(1, { edition: '（再修订）' })]);
        await store.delete(notice(2).document.source);
        expect(await profilesOf('one')).toEqual([undefined]);
        expect(await collect(store.prints([await idOf(1), await idOf(2)]))).toEqual([]);
      });

      test('made later are kept, unless the notice is another by then', async () => {
        await store.save([notice(1), { ...notice(2), comparable: comparable('old', 'zero') }]);
        const known = await store.lookup([1, 2].map((number) => notice(number).document.source));
        await store.save([{ ...notice(1, { edition: '（修订）' }), comparable: comparable('revised') }]);
        await store.saveComparables([...known.values()].map((one) => ({ ...one, comparable: comparable('late') })));
        expect(await profilesOf('one')).toEqual(['revised', 'late']);
        const stored = await collect(store.stored([await idOf(2), 'gone']));
        expect(stored.map(({ document }) => document.source)).toEqual([notice(2).document.source]);
        const texts = await collect(store.texts([await idOf(2), 'gone']));
        expect(texts).toEqual([{ id: await idOf(2), text: notice(2).document.text }]);
      });
    });

    describe('terms', () => {
      /** Titles of a few words each, many of them of several notices. */
      const titlesOf = (seed: number) =>
        range(1 + (seed % 4)).map((at) => {
          const number = (seed * 7 + at * 3) % 11;
          return { title: `title-${number}`, words: `第${number % 5} 词${number % 3} 题` };
        });
      const made = (seed: number) => ({
        stamp: 'one',
        profile: Buffer.from('profile'),
        prints: Buffer.from('prints'),
        titles: titlesOf(seed),
      });
      /** What counting all titles anew gives. */
      const counted = (seeds: Iterable<number>) => {
        const titles = new Map([...seeds].flatMap(titlesOf).map(({ title, words }) => [title, words]));
        const words = new Map<string, number>();
        for (const word of [...titles.values()].flatMap((one) => one.split(' '))) {
          words.set(word, (words.get(word) ?? 0) + 1);
        }
        return { titles: titles.size, words };
      };
      const saved = (number: number, seed: number) => ({
        ...notice(number, { edition: `第${seed}稿` }),
        comparable: made(seed),
      });

      test('are those of all notices at any time, whoever comes, changes and goes', async () => {
        const seeds = new Map<number, number>();
        for (let step = 0; step < 30; step += 1) {
          const numbers = [step % 7, (step * 5) % 7];
          if (step % 4 === 3) {
            await store.delete(notice(step % 7).document.source);
            seeds.delete(step % 7);
          } else {
            await store.save(numbers.map((number) => saved(number, step)));
            for (const number of numbers) seeds.set(number, step);
          }
          expect(await store.terms()).toEqual(counted(seeds.values()));
        }
        expect((await store.verify()).faults).toEqual([]);
      });

      test('follow comparables that are made later', async () => {
        await store.save([notice(1), saved(2, 2)]);
        const known = [...(await store.lookup([1, 2].map((number) => notice(number).document.source))).values()];
        await store.saveComparables(known.map((one, at) => ({ ...one, comparable: made(5 + at) })));
        const both = await store.lookup([notice(1).document.source, saved(2, 2).document.source]);
        expect(both.size).toBe(2);
        expect(await store.terms()).toEqual(counted([5, 6]));
      });

      test('are right after several writers at once', async () => {
        const other = await open();
        await Promise.all(
          range(12).flatMap((step) => [
            store.save([saved(step % 5, 1), saved(5, 3)]),
            other.save([saved(5, 3), saved((step * 2) % 5, 1)]),
          ]),
        );
        expect(await store.terms()).toEqual(counted([1, 3]));
        await Promise.all([
          other.save(range(3).map((number) => saved(number, 8))),
          store.save([2, 1, 0].map((number) => saved(number, 8))),
          other.delete(notice(5).document.source),
        ]);
        await other.close();
        expect(await store.terms()).toEqual(counted([8, 1]));
      });
    });

    test('delete forgets the notice, not its readings', async () => {
      await store.save([notice(1), notice(2)]);
      expect(await store.delete('通报/000001.txt')).toBe(true);
      expect(await store.delete('通报/000001.txt')).toBe(false);
      expect((await store.list()).total).toBe(1);
      expect(await store.reads('通报/000001.txt')).toHaveLength(1);
      expect((await store.verify()).faults).toEqual([]);
    });

    describe('reviews', () => {
      const subject = '通报/000007.txt';
      const decision = { subject, key: 'completed-of-total:headline', reason: '附件已说明', who: '审核员' } as const;

      test('the last decision is in force, and survives reading the file again', async () => {
        await store.save([notice(7)]);
        await store.saveReview({ ...decision, decision: 'dismissed' });
        await store.saveReview({ ...decision, decision: 'accepted', reason: '经核实' });
        await store.save([notice(7, { rules: 'rules-2' })]);
        await store.delete(subject);
        expect(await store.reviews(subject)).toEqual([
          { ...decision, decision: 'accepted', reason: '经核实', at: expect.stringMatching(/^2025-/) },
        ]);
        expect(await store.reviews(subject, { history: true })).toHaveLength(2);
      });

      test('what was dismissed is not found by its severity', async () => {
        await store.save([notice(7)]);
        const stored = await store.get(subject);
        const failing = (stored?.record.checks ?? []).filter(
          ({ severity, verdict }) => severity === 'error' && (verdict === 'inconsistent' || verdict === 'observed'),
        );
        const total = async () => (await store.list({ severity: 'error' })).total;
        const before = await total();
        for (const { key } of failing) await store.saveReview({ ...decision, key, decision: 'dismissed' });
        expect([failing.length > 0, before, await total()]).toEqual([true, 1, 0]);
        for (const { key } of failing) await store.saveReview({ ...decision, key, decision: 'accepted' });
        expect(await total()).toBe(1);
      });

      test('what was dismissed does not count in the order by errors', async () => {
        await store.save(range(30).map((number) => notice(number)));
        const listed = async () => (await store.list({}, { order: 'errors' })).rows;
        const [most] = await listed();
        const { record } = (await store.get(most?.id ?? '')) as StoredNotice;
        expect(most?.checks.error).toBeGreaterThan(0);
        for (const { key, severity } of record.checks) {
          if (severity !== 'error') continue;
          await store.saveReview({ ...decision, subject: record.document.source, key, decision: 'dismissed' });
        }
        const counts = (await listed()).map(({ id, checks }) => (id === most?.id ? 0 : checks.error));
        expect(counts).toEqual([...counts].sort((a, b) => b - a));
        expect(counts.filter((count) => count > 0).length).toBeGreaterThan(0);
      });

      test('a decision can be taken back', async () => {
        await store.saveReview({ ...decision, decision: 'dismissed' });
        await store.saveReview({ ...decision, decision: 'open' });
        expect(await store.reviews(subject)).toEqual([]);
      });

      test('corrections say what stood there and what should', async () => {
        const correction = { field: 'figure:problems.total', from: '44', to: '45' };
        await store.saveReview({ ...decision, decision: 'corrected', correction });
        await store.saveReview({ ...decision, subject: '东山区', decision: 'accepted' });
        expect(await store.reviews()).toMatchObject([{ correction }, { subject: '东山区' }]);
      });
    });

    test('stats say what the store holds', async () => {
      await store.save(range(14).map((number) => notice(number)));
      await store.recordFailure('b.pdf', undefined, 'no text');
      expect(await store.stats()).toMatchObject({
        notices: 14,
        units: 14,
        findings: 42,
        measures: 84,
        outcomes: 42,
        statuses: { completed: 31, ongoing: 3, longTerm: 3, notStarted: 3, unstated: 2 },
        checks: { error: 2, consistent: 12 },
        years: { 2015: 2, 2019: 1 },
        kinds: { 巡察: 4, 环保督察: 3 },
        reads: { new: 14, changed: 0, same: 0, failed: 1 },
        failing: 1,
        reviews: 0,
      });
      expect((await store.stats()).bytes).toBeGreaterThan(0);
    });

    test('an empty store answers every question', async () => {
      expect(await store.list()).toEqual({ rows: [], total: 0 });
      expect(await store.stats()).toMatchObject({ notices: 0, findings: 0, years: {} });
      expect(await store.verify()).toEqual({ notices: 0, evidence: 0, faults: [] });
      expect(await collect(store.iterate())).toEqual([]);
    });

    describe('verify', () => {
      test('counts what it looked at', async () => {
        await store.save([notice(1), notice(2)]);
        expect(await store.verify()).toEqual({ notices: 2, evidence: 36, faults: [] });
      });

      test('finds a quote that is not in the text', async () => {
        const { document, record, passages } = notice(1);
        const unit = { name: '别处', evidence: { start: 0, end: 2, quote: '别处', line: 1 } };
        await store.save([{ document, record: { ...record, unit }, passages }]);
        const { faults } = await store.verify();
        expect(faults).toEqual([{ source: document.source, message: expect.stringContaining('别处') }]);
      });
    });

    describe('opening', () => {
      test('again, what was saved is there', async () => {
        await store.save([notice(1)]);
        await store.close();
        store = await open();
        expect((await store.list()).total).toBe(1);
      });

      test('for reading only, nothing is written', async () => {
        await store.save([notice(1)]);
        const reader = await open({ readonly: true });
        expect((await reader.list()).total).toBe(1);
        await expect(reader.save([notice(2)])).rejects.toThrow(InputError);
        await reader.close();
        expect((await store.list()).total).toBe(1);
      });

      test('a new store by many at once', async () => {
        url = await ground.fresh();
        const stores = await Promise.all(range(4).map(() => open()));
        await Promise.all(stores.map((one, number) => one.save([notice(number)])));
        expect((await stores[0]?.list())?.total).toBe(4);
        await Promise.all(stores.map((one) => one.close()));
      });
    });
  });
}
