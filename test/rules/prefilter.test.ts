import { describe, expect, it } from 'vitest';
import { beginTest, compilePattern } from '../../src/rules/pattern.js';
import { createPrefilter } from '../../src/rules/prefilter.js';

const context = { lists: new Map(), macros: new Map(), types: {} };
const analysed = (source: string) => {
  const { required, within } = compilePattern(source, context);
  return { required, within };
};

describe('what every match contains', () => {
  it.each([
    ['整改完成', [{ anyOf: ['整改完成'], least: 0, most: 0 }]],
    ['已?(?:完成|办结)', [{ anyOf: ['完成', '办结'], least: 0, most: 1 }]],
    ['[^，]{0,6}问题', [{ anyOf: ['问题'], least: 0, most: 6 }]],
    ['[^，]*问题', [{ anyOf: ['问题'], least: 0 }]],
    [
      '(?<=共)[一二]项',
      [
        { anyOf: ['共'], least: -1, most: -1 },
        { anyOf: ['一', '二'], least: 0, most: 0 },
        { anyOf: ['项'], least: 1, most: 1 },
      ],
    ],
    [
      '问题(?=：)',
      [
        { anyOf: ['问题'], least: 0, most: 0 },
        { anyOf: ['：'], least: 2, most: 2 },
      ],
    ],
    ['问题(?!：)', [{ anyOf: ['问题'], least: 0, most: 0 }]],
    ['(?:问题)?[^，]', []],
    ['😀问题', []],
  ])('%s', (source, required) => {
    expect(analysed(source).required).toEqual(required);
  });

  it.each([
    ['^问题', 0],
    ['(?<=^ {0,8})问题', 8],
    ['(?:^|，)问题', undefined],
    ['问题$', undefined],
  ])('%s may begin up to %s', (source, within) => {
    expect(analysed(source).within).toBe(within);
  });
});

describe('where a match begins', () => {
  it.each([
    ['整改', '整', undefined],
    ['已?(?:完成|办结)', '已完办', undefined],
    ['(?:共)?[一三]项', '共一三', undefined],
    ['(?<=共)[一二]项', '一二', '共'],
    ['(?:(?<=^ {0,4}|[。；])问题)', '问', ' 。；'],
    ['(?<!共)(?=问)(?<=^)问题', '问', ''],
    ['(?<=共?)问题', '问', undefined],
    ['[^，]问题', undefined, undefined],
    ['问?', undefined, undefined],
    ['(?:问|(?<=共)题)', '问题', undefined],
  ])('%s begins with one of %s, behind one of %s', (source, first, before) => {
    const compiled = compilePattern(source, context);
    expect([compiled.first, compiled.before]).toEqual([first, before]);
  });

  it('is told by the characters beside a place', () => {
    const mayBegin = beginTest({ first: '问', before: '，' });
    const text = '问题，问题一问题';
    expect([...text].map((_, at) => mayBegin(text, at, 0))).toEqual([
      true,
      false,
      false,
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(mayBegin(text, 6, 6)).toBe(true);
  });
});

describe('places of strings', () => {
  const prefilter = createPrefilter([['整改', '整改完成'], ['完成'], ['措施']]);
  const text = '整改完成，措施完成。';
  const places = prefilter.search(text);
  const startsOf = (set: number): readonly number[] => [...places.starts.slice(places.begin[set], places.end[set])];

  it('are found in one pass, ascending', () => {
    expect(new Set(startsOf(0))).toEqual(new Set([0]));
    expect(startsOf(1)).toEqual([2, 7]);
    expect(startsOf(2)).toEqual([5]);
  });

  it('tell which members can match in a stretch', () => {
    const sieve = prefilter.sieve([[0, 1], [2], [], [1]]);
    expect(sieve(places, { start: 0, end: 4 })).toEqual([0, 2, 3]);
    expect(sieve(places, { start: 4, end: text.length })).toEqual([1, 2, 3]);
    expect(sieve(places, { start: 4, end: 5 })).toEqual([2]);
  });
});
