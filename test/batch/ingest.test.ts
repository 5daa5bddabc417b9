import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { settledFiles } from '../../src/batch/watch.js';
import { openStore } from '../../src/store/store.js';
import { zip } from '../read/make.js';
import { contentOf, ingestAll, smallNotice, startWorkers, temporaryFolder, writeNotices } from './setting.js';

const workers = startWorkers();
afterAll(() => workers.close());

let folder: string;
let inbox: string;
let url: string;
beforeEach(() => {
  folder = temporaryFolder();
  inbox = join(folder, 'inbox');
  mkdirSync(inbox);
  url = join(folder, 'store.db');
});

const outcomes = (results: readonly { readonly outcome: string }[]): readonly string[] =>
  results.map(({ outcome }) => outcome);

describe('ingest', () => {
  it('stores each file once, and skips what has not changed', async () => {
    writeNotices(inbox, 3);
    expect(outcomes(await ingestAll(url, [inbox], workers))).toEqual(['new', 'new', 'new']);
    writeFileSync(join(inbox, '002.txt'), smallNotice(7));
    expect(outcomes(await ingestAll(url, [inbox], workers)).toSorted()).toEqual(['changed', 'same', 'same']);
  });

  it('goes on after a file that cannot be read, and remembers why', async () => {
    writeNotices(inbox, 2);
    writeFileSync(join(inbox, '000.docx'), 'PK\u0003\u0004 no zip at all');
    const results = await ingestAll(url, [inbox], workers);
    expect(outcomes(results).toSorted()).toEqual(['failed', 'new', 'new']);
    const store = await openStore(url, { readonly: true });
    expect(await store.failures()).toMatchObject([{ source: join(inbox, '000.docx'), outcome: 'failed' }]);
    await store.close();
  });

  it('takes the members of a zip as files of their own, each skipped when unchanged', async () => {
    const file = join(inbox, 'two.zip');
    writeFileSync(file, zip({ 'a.txt': smallNotice(1), 'photo.bin': 'x', 'b/b.txt': smallNotice(2) }));
    const first = await ingestAll(url, [inbox], workers);
    expect(first.map(({ source }) => source)).toEqual([`${file}!/a.txt`, `${file}!/b/b.txt`]);
    expect(outcomes(await ingestAll(url, [inbox], workers))).toEqual(['same', 'same']);
  });

  it('extracts anew from the stored text when the rules have changed', async () => {
    writeNotices(inbox, 1);
    await ingestAll(url, [inbox], workers);
    const other = startWorkers(1, undefined, { disable: ['completion-rate'] });
    const read = ingestAll(url, [inbox], other, { disable: ['completion-rate'] });
    expect(outcomes(await read)).toEqual(['changed']);
    await other.close();
  });

  it('changes nothing in a dry run', async () => {
    writeNotices(inbox, 2);
    await ingestAll(url, [join(inbox, '001.txt')], workers);
    const before = await contentOf(url);
    expect(outcomes(await ingestAll(url, [inbox], workers, { dryRun: true })).toSorted()).toEqual(['new', 'same']);
    expect(await contentOf(url)).toBe(before);
  });

  it('gives the same content with any number of workers', async () => {
    writeNotices(inbox, 40);
    await ingestAll(url, [inbox], workers);
    const two = startWorkers(2);
    // The order of the files is kept as far as nothing is slow: both threads load their dictionaries before.
    await ingestAll(join(folder, 'warm.db'), [inbox], two);
    const other = join(folder, 'other.db');
    const results = await ingestAll(other, [inbox], two);
    await two.close();
    expect(results.map(({ source }) => source)).toEqual([...results.map(({ source }) => source)].toSorted());
    expect(await contentOf(other)).toBe(await contentOf(url));
  });

  it('lets two runs at once end with each notice once', async () => {
    writeNotices(inbox, 12);
    const other = startWorkers();
    await Promise.all([ingestAll(url, [inbox], workers), ingestAll(url, [inbox], other)]);
    await other.close();
    const alone = join(folder, 'alone.db');
    await ingestAll(alone, [inbox], workers);
    expect(await contentOf(url)).toBe(await contentOf(alone));
  });
});

describe('limits', () => {
  it('gives up a document that takes too long, replaces its worker and reads the next', async () => {
    // Millions of characters take longer than three seconds; a small notice does not, in a new thread on a busy machine either.
    const limited = startWorkers(1, { seconds: 3, megabytes: 400 });
    writeFileSync(join(inbox, '001.txt'), smallNotice(1).repeat(24_000));
    writeFileSync(join(inbox, '002.txt'), smallNotice(2));
    const results = await ingestAll(url, [inbox], limited);
    await limited.close();
    expect(results.find(({ outcome }) => outcome === 'failed')?.reason).toContain('3 秒');
    expect(outcomes(results).toSorted()).toEqual(['failed', 'new']);
  });

  it('gives up a document that needs too much memory, and reads the next', async () => {
    const limited = startWorkers(1, { seconds: 60, megabytes: 60 });
    writeFileSync(join(inbox, '001.txt'), smallNotice(1).repeat(20000));
    writeFileSync(join(inbox, '002.txt'), smallNotice(2));
    const results = await ingestAll(url, [inbox], limited);
    await limited.close();
    expect(results.find(({ outcome }) => outcome === 'failed')?.reason).toContain('60 MB');
    expect(outcomes(results).toSorted()).toEqual(['failed', 'new']);
  });

  it('refuses a bomb of a zip by the sizes that it declares', async () => {
    const nothing = new Uint8Array(80 * 1024 * 1024);
    writeFileSync(join(inbox, 'bomb.zip'), zip({ 'a.txt': nothing }));
    expect(await ingestAll(url, [inbox], workers)).toMatchObject([{ outcome: 'failed' }]);
  });
});

describe('watch', () => {
  it('hands out a file when it is whole, and again when it changes', async () => {
    const stop = new AbortController();
    const portions = settledFiles([inbox], { language: 'zh', interval: 30, signal: stop.signal });
    const name = join(inbox, 'a.txt');
    writeFileSync(name, 'one');
    expect((await portions.next()).value).toEqual([name]);
    writeFileSync(name, 'one and two');
    utimesSync(name, 1, 1);
    expect((await portions.next()).value).toEqual([name]);
    renameSync(name, join(inbox, 'b.txt'));
    expect((await portions.next()).value).toEqual([join(inbox, 'b.txt')]);
    stop.abort();
    expect((await portions.next()).done).toBe(true);
    rmSync(folder, { recursive: true });
  });
});
