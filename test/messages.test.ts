import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Option } from 'commander';
import { describe, expect, it } from 'vitest';
import { commandsFor } from '../src/cli/commands.js';
import { en } from '../src/messages/en.js';
import { zh } from '../src/messages/zh.js';

const placeholders = (sentence: string): readonly string[] =>
  [...sentence.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string).sort();

const sources = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));

describe('messages', () => {
  it('has the same keys in every language', () => {
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
  });

  it('uses the same values in every language', () => {
    for (const [key, sentence] of Object.entries(zh)) {
      expect([...new Set(placeholders(en[key] ?? ''))], key).toEqual([...new Set(placeholders(sentence))]);
    }
  });

  it('has every key that the code names', () => {
    const named = sources('src').flatMap((text) =>
      [...text.matchAll(/\bsay\([^,]+, '([\w.-]+)'/g)].map((match) => match[1] as string),
    );
    expect(named.filter((key) => !(key in zh))).toEqual([]);
  });

  it('says what each command and each of its options is for', async () => {
    const keys = (await commandsFor([])).flatMap(({ name, options = [] }) => {
      const command = `cli.${name.replace(' ', '.')}`;
      const names = options.map(({ flags }) => new Option(flags).name());
      return ['summary', ...names].map((key) => `${command}.${key}`);
    });
    expect(keys.length).toBeGreaterThan(50);
    expect(keys.filter((key) => !(key in zh))).toEqual([]);
  });

  it('says how a check compared, for every way', () => {
    const modes = sources('src/check').flatMap((text) =>
      [...text.matchAll(/\bmode: ([^,\n]+)/g)].flatMap(([, value = '']) =>
        [...value.matchAll(/'(\w+)'/g)].map(([, mode]) => `report.modes.${mode}`),
      ),
    );
    expect(modes.length).toBeGreaterThan(20);
    expect(modes.filter((key) => !(key in zh))).toEqual([]);
  });
});
