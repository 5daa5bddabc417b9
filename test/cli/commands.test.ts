/** The command line as a user meets it: outputs, exit statuses, one clear line for what cannot be read. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { commandsFor } from '../../src/cli/commands.js';
import { type Run, hecha as run } from '../hecha.js';

const folder = mkdtempSync(join(tmpdir(), 'hecha-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hecha = (...args: readonly string[]): Promise<Run> => run('--store', join(folder, 'test.db'), ...args);

const fileWith = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const GOOD = '关于巡察整改情况的通报\n临溪县档案局党组共有问题10个，已完成整改9个，完成率90%。\n';
const BAD = GOOD.replace('90%', '95%');

describe('exit status', () => {
  it('is 0 where nothing is wrong, 1 where an error was found, 2 where it could not run', async () => {
    expect((await hecha('audit', fileWith('good.txt', GOOD))).status).toBe(0);
    expect((await hecha('audit', fileWith('bad.txt', BAD))).status).toBe(1);
    expect((await hecha('audit', join(folder, 'nowhere.txt'))).status).toBe(2);
    expect((await hecha('audit', '--no-such-option')).status).toBe(2);
    expect((await hecha('no-such-command')).status).toBe(2);
  });

  it('is the same where the reader of the output leaves early', () => {
    const program = `${resolve('node_modules/.bin/tsx')} ${resolve('src/cli/main.ts')}`;
    const { status, stderr } = spawnSync('bash', [
      '-c',
      `${program} audit ${fileWith('bad.txt', BAD)} | true; exit \${PIPESTATUS[0]}`,
    ]);
    expect({ status, stderr: String(stderr) }).toEqual({ status: 1, stderr: '' });
  });
});

describe('a file that cannot be read', () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  it.each<[string, string, string | Uint8Array]>([
    ['an empty file', 'empty.txt', ''],
    ['a zip that is no docx', 'zip.docx', Buffer.from('504b0506000000000000000000000000000000000000', 'hex')],
    ['a broken PDF', 'broken.pdf', '%PDF-1.7\nnothing of the kind'],
    ['a picture renamed .txt', 'picture.txt', png],
    ['a text of 50 MB', 'large.txt', Buffer.alloc(50 * 1024 * 1024, '整')],
  ])('%s gets one line that names it, and the rest is done', async (_name, name, content) => {
    const path = fileWith(name, content);
    const good = fileWith('good.txt', GOOD);
    const { status, out, err } = await hecha('extract', path, good, '--format', 'jsonl');
    expect(status).toBe(2);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err.startsWith(path)).toBe(true);
    expect(err).not.toMatch(/\bat .*\(|Error:/);
    expect(out.trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(out).document.source).toBe(good);
  });

  it('does not stop a batch', async () => {
    const batch = join(folder, 'batch');
    mkdirSync(batch);
    writeFileSync(join(batch, 'a.txt'), '');
    writeFileSync(join(batch, 'b.txt'), GOOD);
    const { status, err } = await hecha('ingest', batch, '--jobs', '1');
    expect(status).toBe(2);
    expect(err).toContain(join(batch, 'a.txt'));
    const { out } = await hecha('list', '--format', 'json');
    expect((JSON.parse(out) as unknown[]).length).toBe(1);
  });
});

describe('output', () => {
  it('is one JSON object a line, with positions in the text that `text` prints', async () => {
    const path = fileWith('good.txt', GOOD);
    const { out } = await hecha('extract', path, '--format', 'jsonl');
    const record = JSON.parse(out);
    const { out: text } = await hecha('text', path);
    for (const { evidence } of record.figures) expect(text.slice(evidence.start, evidence.end)).toBe(evidence.quote);
    expect(record.figures.length).toBeGreaterThan(0);
  });

  it('is English where asked', async () => {
    const path = fileWith('bad.txt', BAD);
    expect((await hecha('audit', path)).out).toContain('错误');
    expect((await hecha('--lang', 'en', 'audit', path)).out).toContain('error[');
  });

  it('has no colours where it is no terminal', async () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control sequences
    expect((await hecha('audit', fileWith('bad.txt', BAD))).out).not.toMatch(/\u001b\[/);
  });
});

const commands = await commandsFor([]);

/** Commands whose examples run without end, need another machine's service, or write outside the test's folder. */
const NOT_RUN: Readonly<Record<string, string>> = {
  serve: 'runs until stopped',
  worker: 'needs PostgreSQL; test/queue runs it',
  enqueue: 'needs PostgreSQL; test/queue runs it',
  demo: 'writes out/; the README’s first command',
  'rules test': 'runs every example of every rule; test/rules does',
};

describe('every command', () => {
  const examples = commands.flatMap(({ name, examples }) => examples.map((line) => [name, line] as const));

  it('has examples in its help', async () => {
    for (const { name, examples } of commands) {
      const { out, status } = await hecha(...name.split(' '), '--help');
      expect(status, name).toBe(0);
      expect(examples.length, name).toBeGreaterThan(0);
      for (const line of examples) expect(out.replace(/\s+/g, ' ')).toContain(line.replace(/\s+/g, ' '));
    }
  });

  it.each(examples.filter(([name, line]) => !(name in NOT_RUN) && !line.includes('--watch')))(
    '%s: %s',
    async (_name, line) => {
      const args =
        line
          .replace(/^hecha /, '')
          .match(/"[^"]*"|\S+/g)
          ?.map((word) => word.replace(/^"|"$/g, '').replace(/^out\//, `${folder}/`)) ?? [];
      if ((await hecha('list', '--format', 'json')).out.length < 1000)
        await hecha('ingest', resolve('corpus'), 'corpus', '--jobs', '1');
      const { status, err } = await hecha(...args);
      expect(status, err).toBeLessThan(2);
    },
  );

  it('gives a reason for each example that is not run', () => {
    expect(Object.keys(NOT_RUN).filter((name) => !commands.some((command) => command.name === name))).toEqual([]);
  });
});
