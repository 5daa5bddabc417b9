/**
 * Damaged files of every format: each must end as a notice or as a clear refusal, within its time, and never as a crash, a hang or an
 * internal error. `npm run fuzz -- [--count 20000] [--seed 1] [--jobs 2]`; the same seed gives the same files. What fails is
 * written to `out/fuzz` and ends with status 1.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openWorkers } from '../src/batch/workers.js';
import { say } from '../src/messages/index.js';
import { docx, pdf, wordParagraph, zip } from '../test/read/make.js';
import { chanceOf, damaged } from './damage.js';

const HOME = fileURLToPath(new URL('..', import.meta.url));

export interface FuzzResult {
  readonly records: number;
  readonly refusals: number;
  readonly failures: readonly { readonly number: number; readonly extension: string; readonly reason: string }[];
}

export interface FuzzOptions {
  readonly count: number;
  readonly seed: number;
  readonly jobs: number;
  /** Seconds that one file may take. */
  readonly seconds: number;
  /** Called with each failing file. */
  readonly onFailure?: (name: string, bytes: Uint8Array) => Promise<void>;
}

interface Sample {
  readonly extension: string;
  readonly bytes: Uint8Array;
}

export async function fuzz({ count, seed, jobs, seconds, onFailure }: FuzzOptions): Promise<FuzzResult> {
  const samples = await allSamples();
  const recipe = {
    rules: join(HOME, 'rules'),
    more: [],
    disable: [],
    compiled: join(HOME, 'dist', 'rules.json'),
    language: 'zh',
    program: 'fuzz',
    ocr: false,
  } as const;
  const workers = openWorkers(recipe, jobs, { seconds, megabytes: 512 });
  const isOurs = sayings(seconds);
  const failures: FuzzResult['failures'][number][] = [];
  let [next, records, refusals] = [0, 0, 0];
  const run = async (): Promise<void> => {
    while (next < count) {
      const number = next;
      next += 1;
      const chance = chanceOf(Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b));
      const { extension, bytes } = samples[chance(samples.length)] as Sample;
      const broken = damaged(bytes, chance);
      const kept = broken.slice();
      const analysis = await workers.analyse({ source: `${number}${extension}`, bytes: broken });
      if ('notices' in analysis) records += 1;
      else if (!isOurs(analysis.failure)) refusals += 1;
      else {
        failures.push({ number, extension, reason: analysis.failure });
        await onFailure?.(`${seed}-${number}${extension}`, kept);
      }
    }
  };
  await Promise.all(Array.from({ length: jobs + 1 }, run));
  await workers.close();
  return { records, refusals, failures };
}

/** Tells what is our fault from what is the file's. */
function sayings(seconds: number): (failure: string) => boolean {
  const starts = [
    say('zh', 'batch.bug', { reason: '' }),
    say('zh', 'batch.tooSlow', { seconds }),
    say('zh', 'batch.tooMuchMemory', { megabytes: 512 }),
  ];
  return (failure) => starts.some((start) => failure.startsWith(start));
}

/** Every sample of the corpus and of the readers' tests, and of each format that those lack one made of the same text. */
async function allSamples(): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  for (const folder of [join(HOME, 'corpus'), join(HOME, 'test', 'read', 'fixtures')]) {
    for (const name of (await readdir(folder)).sort()) {
      const extension = extname(name);
      if (extension === '' || extension === '.json' || extension === '.png') continue;
      samples.push({ extension, bytes: await readFile(join(folder, name)) });
    }
  }
  const text = await readFile(join(HOME, 'corpus', 'a01-district-union.txt'), 'utf8');
  const lines = text.split('\n').filter((line) => line !== '');
  const word = docx(lines.map((line) => wordParagraph(line)).join(''), {
    numbering:
      '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
  });
  const page = lines.slice(0, 25).map((line, row) => ({ text: line.slice(0, 30), x: 72, y: 760 - row * 25 }));
  const rtf = `{\\rtf1\\ansi\\ansicpg936 ${[...text].map((char) => (char === '\n' ? '\\par ' : `\\u${char.charCodeAt(0)}?`)).join('')}}`;
  const office = 'urn:oasis:names:tc:opendocument:xmlns';
  const paragraphs = lines.map((line) => `<text:p>${line}</text:p>`).join('');
  const made: readonly Sample[] = [
    { extension: '.docx', bytes: word },
    { extension: '.pdf', bytes: pdf([page, page]) },
    {
      extension: '.html',
      bytes: Buffer.from(
        `<html><body><article>${lines.map((line) => `<p>${line}</p>`).join('\n')}</article></body></html>`,
      ),
    },
    { extension: '.rtf', bytes: Buffer.from(rtf) },
    { extension: '.zip', bytes: zip({ 'a.txt': text, 'b/c.docx': word }) },
    { extension: '.txt', bytes: Buffer.from(`\uFEFF${text}`, 'utf16le') },
    {
      extension: '.odt',
      bytes: zip({
        mimetype: 'application/vnd.oasis.opendocument.text',
        'content.xml': `<office:document-content xmlns:office="${office}:office:1.0" xmlns:text="${office}:text:1.0"><office:body><office:text>${paragraphs}</office:text></office:body></office:document-content>`,
      }),
    },
  ];
  // Texts are many: what is made here stands as often, so that each format gets its share.
  return [...samples, ...made, ...made, ...made, ...made];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '20000' },
      seed: { type: 'string', default: '1' },
      jobs: { type: 'string', default: '2' },
      seconds: { type: 'string', default: '30' },
    },
  });
  const folder = join(HOME, 'out', 'fuzz');
  const { records, refusals, failures } = await fuzz({
    count: Number(values.count),
    seed: Number(values.seed),
    jobs: Number(values.jobs),
    seconds: Number(values.seconds),
    onFailure: async (name, bytes) => {
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, name), bytes);
    },
  });
  process.stdout.write(`${records} read, ${refusals} refused, ${failures.length} failed\n`);
  for (const { number, extension, reason } of failures) process.stdout.write(`${number}${extension}: ${reason}\n`);
  if (failures.length > 0) process.exitCode = 1;
}
