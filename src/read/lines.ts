/** Lines that a layout broke and the marks by which a line shows that it opens a paragraph. Knows shapes, no words. */

const CJK = '\\u2E80-\\u303F\\u3040-\\u30FF\\u3400-\\u9FFF\\uF900-\\uFAFF\\uFF00-\\uFFEF';
const WIDE = new RegExp(`[${CJK}\\u2014\\u2018-\\u201D\\u2026\\u2460-\\u24FF]`, 'u');

export const isWide = (char: string): boolean => WIDE.test(char);

/** Columns that a line takes in a fixed-pitch font: two for a Chinese character, one for a Latin one. */
export function displayWidth(line: string): number {
  let width = 0;
  for (let at = 0; at < line.length; at += 1) {
    const code = line.charCodeAt(at);
    // Ideographs and ASCII, which are nearly all, need no look at the expression; half a character has no width of its own.
    if (code >= 0x4e00 && code <= 0x9fff) width += 2;
    else if (code < 0x80) width += 1;
    else if (code < 0xdc00 || code > 0xdfff) width += isWide(line.charAt(at)) ? 2 : 1;
  }
  return width;
}

const MARKER = new RegExp(
  [
    '[（(〔［【]?(?:[一二三四五六七八九十百]{1,4}|\\d{1,3}|[０-９]{1,3})(?:[)）〕］】]|[、．.](?!\\d))',
    '第[一二三四五六七八九十百\\d]{1,4}[章节条部项]',
    '[\\u2460-\\u2473\\u2474-\\u249B\\u3220-\\u3229\\u25CF\\u25A0\\u25C6\\u2022\\u27A2]',
  ].join('|'),
  'uy',
);

/** True for 一、 （一） 1. （1） ① 第三条 and the like at the start of a line. */
export function opensWithMarker(line: string): boolean {
  MARKER.lastIndex = line.length - line.trimStart().length;
  return MARKER.test(line);
}

const NUMBERED = /^\s*([(（]?)(\d{1,2}|[一二三四五六七八九十]{1,3})([)）]|[、．.](?!\d))/u;
const CIRCLED = /^\s*[\u2461-\u2473]/u;

/** True for a line that opens with the number after one that stands inside of `before`: a series that runs on in one paragraph. */
export function continuesSeries(before: string, line: string): boolean {
  const circled = CIRCLED.exec(line)?.[0].trim();
  if (circled !== undefined) return before.indexOf(String.fromCharCode(circled.charCodeAt(0) - 1)) > 0;
  const [, open = '', number = '', close = ''] = NUMBERED.exec(line) ?? [];
  const previous = /\d/u.test(number) ? String(Number(number) - 1) : DIGITS[DIGITS.indexOf(number) - 1];
  if (previous === undefined || previous === '0') return false;
  return new RegExp(`[。；：;:）)]${escapeMarks(open + previous + close)}`, 'u').test(before);
}

const DIGITS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二', '十三', '十四', '十五'];
const escapeMarks = (text: string): string => text.replace(/[().]/gu, '\\$&');

/** True for a text that is a marker and nothing more. */
export function isMarker(text: string): boolean {
  const trimmed = text.trim();
  MARKER.lastIndex = 0;
  return MARKER.test(trimmed) && MARKER.lastIndex === trimmed.length;
}

/** True where a line ends as a sentence does, so that the next one may be another paragraph. */
export const endsSentence = (line: string): boolean => /[。！？：；!?:;][”’"')）》〕】]*\s*$/u.test(line);

/** Two parts of a broken line: nothing between them but where two Latin words meet. */
export function joinLines(first: string, second: string): string {
  const left = first.trimEnd();
  const right = second.trimStart();
  const needsSpace = /[A-Za-z0-9,.;:]$/.test(left) && /^[A-Za-z]/.test(right);
  return needsSpace ? `${left} ${right}` : left + right;
}
