/** Ordinals are written as the marks beside them are. */
import { describe, expect, it } from 'vitest';
import { writeOrdinal } from '../../../src/check/wording-ordinal.js';
import { parseNumeral } from '../../../src/number/numeral.js';

describe('an ordinal', () => {
  it.each([
    [3, '（二）', '（三）'],
    [12, '十一', '十二'],
    [4, '3', '4'],
    [4, '③', '④'],
    [2, 'Ⅰ', 'Ⅱ'],
    [2, '第一', '第二'],
  ])('%i like %s is %s', (value, like, written) => {
    expect(writeOrdinal(value, like)).toBe(written);
  });

  it('in Chinese reads back as itself', () => {
    for (let value = 1; value < 100; value += 1) {
      expect(Number(parseNumeral(writeOrdinal(value, '一'))?.value.n)).toBe(value);
    }
  });
});
