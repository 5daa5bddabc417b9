/** Words of the full-text index, and where they stand in a passage. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { highlightsOf, indexTerms, queryTerms } from '../../src/store/passages.js';

const marked = (text: string, words: readonly string[]): string[] =>
  highlightsOf(text, queryTerms(words)).map(({ start, end }) => text.slice(start, end));

describe('index terms', () => {
  test('are folded, without punctuation and white space', () => {
    expect(indexTerms(['ＡＢ', '１２', '，', '谈话', ' ', '3.5', '\n', '“八项'])).toBe('ab 12 谈话 3 5 八项');
    expect(indexTerms(['，', ' '])).toBe('');
  });

  test('of a query stand once each', () => {
    expect(queryTerms(['谈话', '提醒', '谈话'])).toEqual(['谈话', '提醒']);
  });

  test('of terms are the terms', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (words) => {
        const terms = indexTerms(words);
        expect(indexTerms(terms.split(' '))).toBe(terms);
      }),
    );
  });
});

describe('highlights', () => {
  test('are the words as written', () => {
    expect(marked('开展谈话提醒１２次，ABC', ['谈话', '12', 'abc'])).toEqual(['谈话', '１２', 'ABC']);
  });

  test('of overlapping words are the first and longest', () => {
    expect(marked('党风廉政建设', ['廉政', '廉政建设', '建设'])).toEqual(['廉政建设']);
  });

  test('are in order and do not overlap', () => {
    const text = fc.string({ unit: fc.constantFrom('党', '风', '廉', '政', 'a', 'Ａ', '，') });
    fc.assert(
      fc.property(text, fc.array(text), (passage, words) => {
        let end = 0;
        for (const span of highlightsOf(passage, queryTerms(words))) {
          expect(span.start).toBeGreaterThanOrEqual(end);
          expect(span.end).toBeGreaterThan(span.start);
          end = span.end;
        }
        expect(end).toBeLessThanOrEqual(passage.length);
      }),
    );
  });
});
