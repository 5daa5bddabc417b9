/**
 * What the store costs: saving, and each question that a person waits for, at any number of notices.
 * `npx tsx bench/store.ts [NOTICES] [FINDINGS] [URL]`; without a URL an SQLite file in a temporary folder.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../src/store/store.js';
import { notice } from '../test/store/notices.js';

const [notices = '20000', findings = '3', url] = process.argv.slice(2);
const total = Number(notices);
const batchSize = 100;

const folder = await mkdtemp(join(tmpdir(), 'hecha-bench-'));
const store = await openStore(url ?? join(folder, 'store.db'));
const line = (text: string): unknown => process.stdout.write(`${text}\n`);

let generating = 0;
const begun = performance.now();
const cpu = process.cpuUsage();
for (let at = 0; at < total; at += batchSize) {
  const from = performance.now();
  const batch = Array.from({ length: Math.min(batchSize, total - at) }, (_, index) =>
    notice(at + index, { findings: Number(findings) }),
  );
  generating += performance.now() - from;
  await store.save(batch);
  if ((at + batchSize) % Math.max(batchSize, total / 4) === 0) {
    const saving = (performance.now() - begun - generating) / (at + batchSize);
    line(`${at + batchSize} notices: ${saving.toFixed(2)} ms a notice`);
  }
}
const used = process.cpuUsage(cpu);
line(`CPU ${((used.user + used.system) / 1000 / total - generating / total).toFixed(2)} ms a notice`);
const { bytes } = await store.stats();
line(
  `${(bytes / total / 1024).toFixed(1)} KiB a notice, ${notice(1, { findings: Number(findings) }).document.text.length} characters`,
);

/** Shortest and median of five, as a person meets it with a warm cache, and the least processor time, which others disturb less. */
async function time(name: string, work: () => Promise<unknown>): Promise<void> {
  const times: number[] = [];
  let least = Infinity;
  for (let round = 0; round < 5; round += 1) {
    const [from, before] = [performance.now(), process.cpuUsage()];
    await work();
    times.push(performance.now() - from);
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  times.sort((a, b) => a - b);
  line(
    `${name.padEnd(34)} ${times[0]?.toFixed(1).padStart(8)} ${times[2]?.toFixed(1).padStart(8)} ms, CPU ${least.toFixed(1).padStart(8)} ms`,
  );
}

const middle = `通报/${String(Math.floor(total / 2)).padStart(6, '0')}.txt`;
const id = (await store.list({ text: middle })).rows[0]?.id ?? '';
for (const order of ['source', 'unit', 'date', 'errors'] as const) {
  await time(`list by ${order}`, () => store.list({}, { order }));
  await time(`list by ${order}, last page`, () => store.list({}, { order, offset: total - 50 }));
}
await time('list of a unit', () => store.list({ unit: '第77局' }, { order: 'date' }));
await time('list of a year', () => store.list({ year: 2018 }, { order: 'date' }));
await time('list of a kind, by errors', () => store.list({ kind: '审计' }, { order: 'errors' }));
await time('list with errors', () => store.list({ severity: 'error' }));
await time('list with text that is not there', () => store.list({ text: '没有这个' }));
await time('show by beginning of id', () => store.get(id.slice(0, 10)));
await time('show by source', () => store.get(middle));
await time('lookup of 500', () =>
  store.lookup(Array.from({ length: 500 }, (_, at) => `通报/${String(at).padStart(6, '0')}.txt`)),
);
await time('search, a common word', () => store.search(['完成']));
await time('search, three words', () => store.search(['谈话', '提醒', '检查']));
await time('search, a rare word', () => store.search(['第1', '号']));
await time('search, common word of a unit', () => store.search(['完成'], { unit: '第77局' }));
await time('search, common word of a year', () => store.search(['完成'], { year: 2018 }));
await time('search, word that is not there', () => store.search(['没有']));
await time('stats', () => store.stats());
await store.close();
await rm(folder, { recursive: true });
