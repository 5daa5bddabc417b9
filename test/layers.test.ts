/** Who may import whom. CONTRIBUTING.md shows the same table; this test holds both to the code. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = resolve('src');

/** Modules that everyone but `model` may import. */
const SHARED = ['model', 'text', 'fold', 'errors', 'messages', 'number', 'record'];

const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  model: [],
  errors: [],
  fold: [],
  messages: ['model'],
  text: ['model'],
  record: ['model', 'messages'],
  number: ['model'],
  read: SHARED,
  segment: SHARED,
  rules: SHARED,
  extract: [...SHARED, 'rules'],
  check: [...SHARED, 'rules'],
  compare: [...SHARED, 'rules'],
  evaluate: SHARED,
  store: SHARED,
  // Reports show comparisons: their shape, not their making.
  report: [...SHARED, 'compare (types)'],
  pipeline: [...SHARED, 'read', 'segment', 'rules', 'extract', 'check'],
  batch: [...SHARED, 'pipeline', 'compare', 'store', 'read', 'rules', 'segment'],
  queue: [...SHARED, 'pipeline', 'batch', 'store', 'read'],
  web: [...SHARED, 'pipeline', 'batch', 'store', 'compare', 'report', 'rules', 'read', 'segment'],
  cli: ['*'],
  index: ['*'],
};

const files = readdirSync(SRC, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => join(entry.parentPath, entry.name));

const layerOf = (file: string): string => (relative(SRC, file).split(/[\\/]/)[0] ?? '').replace(/\.(?:ts|js)$/, '');

interface Import {
  readonly from: string;
  readonly to: string;
  readonly file: string;
  readonly typeOnly: boolean;
}

const imports: readonly Import[] = files.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/(import type|import|export)\b[^;'"]*?['"](\.[^'"]+)['"]/g)].map((match) => ({
    from: layerOf(file),
    to: layerOf(resolve(dirname(file), match[2] as string)),
    file: relative(SRC, file),
    typeOnly: match[1] === 'import type',
  })),
);

describe('layers', () => {
  it('knows every folder and module of src', () => {
    expect([...new Set(files.map(layerOf))].filter((layer) => !(layer in ALLOWED))).toEqual([]);
  });

  it('lets nobody import what the table does not allow', () => {
    const forbidden = imports.filter(({ from, to, typeOnly }) => {
      const allowed = ALLOWED[from] ?? [];
      return (
        from !== to &&
        !allowed.includes('*') &&
        !allowed.includes(to) &&
        !(typeOnly && allowed.includes(`${to} (types)`))
      );
    });
    expect(forbidden.map(({ file, to }) => `${file} → ${to}`)).toEqual([]);
  });

  it('has one importer of nodejieba and keeps printing to the command line', () => {
    const importers = files
      .filter((file) => /['"]nodejieba['"]/.test(readFileSync(file, 'utf8')))
      .map((file) => relative(SRC, file));
    expect(importers).toEqual(['segment/nodejieba.ts']);
    const printers = files.filter(
      (file) => layerOf(file) !== 'cli' && /\bconsole\.|process\.stdout|process\.exit/.test(readFileSync(file, 'utf8')),
    );
    expect(printers.map((file) => relative(SRC, file))).toEqual([]);
  });

  it('is the table that CONTRIBUTING.md shows', () => {
    const text = readFileSync('CONTRIBUTING.md', 'utf8');
    for (const layer of Object.keys(ALLOWED)) expect(text, layer).toContain(`\`${layer}\``);
  });
});
