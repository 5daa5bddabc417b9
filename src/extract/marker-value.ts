/** The number that an ordinal mark stands for. */
import { parseNumeral } from '../number/numeral.js';

/** First characters of the marks that stand for 1, 2, 3 … in a row, and how many there are. */
const ROWS: readonly (readonly [first: string, length: number])[] = [
  ['①', 20],
  ['⑴', 20],
  ['⒈', 20],
  ['❶', 10],
  ['➀', 10],
  ['➊', 10],
  ['㈠', 10],
  ['Ⅰ', 12],
  ['A', 26],
  ['a', 26],
];

/**
 * Value of `written` (folded): 一, 12, ③, ㈡, Ⅱ, B, 首先; 0 where it counts nothing (最后).
 * @param words ordinal words in their order
 */
export function markerValue(written: string, words: readonly string[]): number {
  const code = written.length > 1 ? Number.NaN : written.charCodeAt(0);
  const row = ROWS.find(([first, length]) => code >= first.charCodeAt(0) && code < first.charCodeAt(0) + length);
  if (row !== undefined) return code - row[0].charCodeAt(0) + 1;
  const word = words.indexOf(written);
  if (word >= 0) return word + 1;
  const parsed = parseNumeral(written);
  return parsed === undefined ? 0 : Number(parsed.value.n / parsed.value.d);
}
