/** The number that an ordinal mark stands for. */
import { parseNumeral } from '../number/numeral.js';

const CIRCLED_ONE = '①'.charCodeAt(0);
const ROMAN_ONE = 'Ⅰ'.charCodeAt(0);

/**
 * Value of `written` (folded): 一, 12, ③, Ⅱ, 首先; 0 where it counts nothing (最后).
 * @param words ordinal words in their order (list ORDER_WORDS)
 */
export function markerValue(written: string, words: readonly string[]): number {
  const code = written.charCodeAt(0);
  if (code >= CIRCLED_ONE && code < CIRCLED_ONE + 20) return code - CIRCLED_ONE + 1;
  if (code >= ROMAN_ONE && code < ROMAN_ONE + 12) return code - ROMAN_ONE + 1;
  const word = words.indexOf(written);
  if (word >= 0) return word + 1;
  const parsed = parseNumeral(written);
  return parsed === undefined ? 0 : Number(parsed.value.n / parsed.value.d);
}
