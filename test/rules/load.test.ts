import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.js';
import { writeCompiled } from '../../src/rules/compiled.js';
import { loadRules } from '../../src/rules/load.js';
import { RULES, shippedRules } from '../pipeline.js';

const root = mkdtempSync(join(tmpdir(), 'hecha-rules-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let count = 0;
function folderWith(content: string): string {
  const folder = join(root, String(count++));
  mkdirSync(folder);
  writeFileSync(join(folder, 'mine.yaml'), content);
  return folder;
}

/** The line that loading says of a user's file beside the shipped rules. */
function faultOf(content: string): string {
  const folder = folderWith(content);
  try {
    loadRules(RULES, { more: [folder] });
  } catch (error) {
    if (error instanceof InputError) return error.toLine().replace(folder, '');
    throw error;
  }
  return 'no fault';
}

const EXAMPLES = 'examples: [{text: 甲乙, expect: none}]';

describe('a faulty rule file gets a line that names file, line, column and fault', () => {
  it.each([
    ['bad YAML', 'figures:\n  - id: [a', /^\/mine\.yaml:\d+:\d+: YAML/],
    [
      'an unknown key',
      `figures:\n  - id: a\n    why: x\n    wat: 1\n    match: 甲\n    ${EXAMPLES}\n`,
      /^\/mine\.yaml:4:10?\d?: .*wat|^\/mine\.yaml:4:\d+: .*wat/,
    ],
    ['an unknown topic', 'figurs: []\n', /^\/mine\.yaml:1:\d+: .*figurs/],
    ['no examples', 'figures:\n  - id: a\n    why: x\n    match: 甲\n', /^\/mine\.yaml:2:\d+: .*examples/],
    [
      'an unknown macro',
      `figures:\n  - id: a\n    why: x\n    match: "{NOPE}甲"\n    ${EXAMPLES}\n`,
      /^\/mine\.yaml:4:\d+: .*NOPE/,
    ],
    ['a cycle', 'macros:\n  AA: "{BB}"\n  BB: "{AA}"\n', /^\/mine\.yaml:2:\d+: .*AA → BB → AA/],
    [
      'an unknown capture type',
      `figures:\n  - id: a\n    why: x\n    match: "{n:wat}甲"\n    ${EXAMPLES}\n`,
      /^\/mine\.yaml:4:\d+: .*wat/,
    ],
    [
      'a malformed pattern',
      `figures:\n  - id: a\n    why: x\n    match: "甲("\n    ${EXAMPLES}\n`,
      /^\/mine\.yaml:4:\d+: /,
    ],
    [
      'an emit without its capture',
      `figures:\n  - id: a\n    why: x\n    match: "甲{n:count}"\n    emit: {a.b: m}\n    ${EXAMPLES}\n`,
      /^\/mine\.yaml:5:\d+: .*“m”/,
    ],
    [
      'two rules with one id',
      `figures:\n  - {id: a, why: x, match: 甲, ${EXAMPLES}}\n  - {id: a, why: x, match: 乙, ${EXAMPLES}}\n`,
      /^\/mine\.yaml:3:\d+: .*“(?:a|id)”/,
    ],
    [
      'a check on a metric that nothing emits',
      'checks:\n  - {id: mine, why: x, kind: repeat, of: {metric: no.such}, severity: error, message: {zh: x, en: x}, examples: [{text: 甲, verdict: none}]}\n',
      /^\/mine\.yaml:2:\d+: .*no\.such/,
    ],
    [
      'a pattern that can backtrack without bound',
      `figures:\n  - id: a\n    why: x\n    match: "甲(?:[一-龥]+)+乙"\n    ${EXAMPLES}\n`,
      /^\/mine\.yaml:4:\d+: .*回溯/,
    ],
  ])('%s', (_name, content, line) => {
    expect(faultOf(content)).toMatch(line);
  });
});

describe('a user’s folder', () => {
  const rule = (match: string): string =>
    `figures:\n  - {id: systems-of-mine, why: x, match: "${match}", emit: {mine.count: n}, ${EXAMPLES}}\n`;

  it('adds rules', () => {
    const rules = loadRules(RULES, { more: [folderWith(rule('培训{n:count}'))] });
    expect(rules.rules.get('figures')?.some(({ id }) => id === 'systems-of-mine')).toBe(true);
  });

  it('overrides by id: the later folder wins', () => {
    const rules = loadRules(RULES, { more: [folderWith(rule('培训{n:count}')), folderWith(rule('讲座{n:count}'))] });
    const mine = rules.rules.get('figures')?.filter(({ id }) => id === 'systems-of-mine') ?? [];
    expect(mine.map(({ patterns }) => patterns[0]?.written)).toEqual(['讲座{n:count}']);
  });

  it('switches rules off', () => {
    const labels = (options: object): readonly string[] =>
      loadRules(RULES, options)
        .rules.get('labels')
        ?.map(({ id }) => id) ?? [];
    expect(labels({})).toContain('measures');
    expect(labels({ disable: ['structure/labels/measures'] })).not.toContain('measures');
    expect(labels({ more: [folderWith('disable: [structure/labels/measures]\n')] })).not.toContain('measures');
  });

  it('that does not exist is said so', () => {
    expect(() => loadRules(RULES, { more: [join(root, 'nowhere')] })).toThrow(InputError);
  });
});

describe('compiled rules', () => {
  it('are the same as those parsed, and are not used for changed files', () => {
    const copy = join(root, 'copy');
    cpSync(RULES, copy, { recursive: true });
    const compiled = join(root, 'rules.json');
    const parsed = loadRules(copy);
    writeCompiled(compiled, parsed.compiled());
    const again = loadRules(copy, { compiled });
    const shape = (rules: typeof parsed): unknown =>
      [...rules.rules.values()]
        .flat()
        .map(({ path, place, patterns }) => [
          path,
          place,
          patterns.map(({ regex, captures, required }) => [regex.source, captures, required]),
        ]);
    expect(shape(again)).toEqual(shape(parsed));
    expect(again.fingerprint).toBe(parsed.fingerprint);
    expect(parsed.fingerprint).toBe(shippedRules().fingerprint);

    writeFileSync(join(copy, 'more.yaml'), 'lists:\n  MINE: [甲]\n');
    const changed = loadRules(copy, { compiled });
    expect(changed.lists.get('MINE')).toEqual(['甲']);
    expect(changed.fingerprint).not.toBe(parsed.fingerprint);
  });
});
