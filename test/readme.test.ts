/** The README is held to the program: every command and kind is named, and its chapter on rules runs as printed. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { kinds } from '../src/check/kinds.js';
import { commandsFor } from '../src/cli/commands.js';

const FILES = ['README.md', 'README.zh-CN.md'] as const;
const texts = Object.fromEntries(FILES.map((file) => [file, readFileSync(file, 'utf8')]));

const commands = await commandsFor([]);

interface Block {
  readonly language: string;
  readonly file: string | undefined;
  readonly content: string;
}

const blocksOf = (text: string): readonly Block[] =>
  [...text.matchAll(/^```(\w+)(?: file=(\S+))?\n([\s\S]*?)^```$/gm)].map(([, language = '', file, content = '']) => ({
    language,
    file,
    content,
  }));

describe.each(FILES)('%s', (file) => {
  const text = texts[file] as string;

  it('names every command', () => {
    for (const { name } of commands) expect(text, name).toMatch(new RegExp(`\`[^\`]*\\b${name}\\b`));
  });

  it('names every kind of check', () => {
    for (const kind of [...kinds.map(({ kind }) => kind), 'agreement', 'progress', 'rollup'])
      expect(text).toContain(`\`${kind}\``);
  });
});

it('has the same chapters and code in both languages', () => {
  const chapters = (text: string): number => [...text.matchAll(/^## /gm)].length;
  expect(chapters(texts['README.zh-CN.md'] as string)).toBe(chapters(texts['README.md'] as string));
  const code = (text: string): readonly string[] =>
    blocksOf(text)
      .filter(({ file, language }) => file !== undefined || language === 'sh')
      .map(({ content }) => content.replace(/ *#.*$/gm, ''));
  expect(code(texts['README.zh-CN.md'] as string)).toEqual(code(texts['README.md'] as string));
});

describe('“Write a rule in five minutes”', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hecha-readme-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const chapter = /## Write a rule in five minutes\n([\s\S]*?)\n## /.exec(texts['README.md'] as string)?.[1] ?? '';

  it('runs as printed', () => {
    const tsx = resolve('node_modules/.bin/tsx');
    const main = resolve('src/cli/main.ts');
    let output = '';
    let runs = 0;
    for (const { language, file, content } of blocksOf(chapter)) {
      if (file !== undefined) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(join(folder, file), content);
      } else if (language === 'sh') {
        const [, ...args] = content.trim().split(' ');
        output = execFileSync(tsx, [main, ...args], {
          cwd: folder,
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        });
        runs += 1;
      } else expect(output).toContain(content.trim());
    }
    expect(runs).toBe(3);
  });
});
