/** Writes an ordinal as the marks beside it are written: （三） like （二）, ③ like ②, 3 like 2. */

const DIGITS = '〇一二三四五六七八九';
const CIRCLED_ONE = '①'.charCodeAt(0);
const ROMAN_ONE = 'Ⅰ'.charCodeAt(0);
const NUMBER = /[〇零一二三四五六七八九十百]+|[0-9０-９]+|[①-⑳]|[Ⅰ-Ⅻ]/u;

/** @param like a label of the list: its number is replaced, what stands around it is kept */
export const writeOrdinal = (value: number, like: string): string =>
  like.replace(NUMBER, (number) => {
    if (/[①-⑳]/u.test(number)) return String.fromCharCode(CIRCLED_ONE + value - 1);
    if (/[Ⅰ-Ⅻ]/u.test(number)) return String.fromCharCode(ROMAN_ONE + value - 1);
    return /[0-9０-９]/u.test(number) ? String(value) : writeChinese(value);
  });

/** 1 to 99. */
function writeChinese(value: number): string {
  const ones = value % 10 === 0 ? '' : DIGITS.charAt(value % 10);
  if (value < 10) return DIGITS.charAt(value);
  const tens = Math.floor(value / 10);
  return `${tens === 1 ? '' : DIGITS.charAt(tens)}十${ones}`;
}
