import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { en } from '../src/messages/en.js';
import { zh } from '../src/messages/zh.js';

const placeholders = (sentence: string): readonly string[] =>
  [...sentence.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string).sort();

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
    const files = readdirSync('src', { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    const named = files.flatMap((text) =>
      [...text.matchAll(/\bsay\([^,]+, '([\w.-]+)'/g)].map((match) => match[1] as string),
    );
    expect(named.filter((key) => !(key in zh))).toEqual([]);
  });
});
