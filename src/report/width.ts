/** How wide text stands in a terminal: Chinese characters take two columns, combining marks none. */
import { eastAsianWidth } from 'get-east-asian-width';

const ZERO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]$/u;

function charWidth(char: string): number {
  const code = char.codePointAt(0) as number;
  if (code < 0x7f) return 1;
  return ZERO_WIDTH.test(char) ? 0 : eastAsianWidth(code, { ambiguousAsWide: false });
}

/** Columns that `text` takes. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const char of text) width += charWidth(char);
  return width;
}

/** `text` cut to at most `width` columns, the last one an ellipsis where something was cut. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const char of text) {
    const next = charWidth(char);
    if (used + next > width - 1) break;
    kept += char;
    used += next;
  }
  return width > 0 ? `${kept}…` : '';
}

export const padEnd = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - displayWidth(text)));

export const padStart = (text: string, width: number): string =>
  ' '.repeat(Math.max(0, width - displayWidth(text))) + text;

/** Characters that may not start a line, and those that may not end one (GB/T 15834, 5.1.10). */
const NO_START = /^[，。、；：？！”’）》〉】〕…—％,.;:?!)\]%]/u;
const NO_END = /[“‘（《〈【〔([]$/u;
const WORD = /[A-Za-z0-9_./%+-]+|\s+|./gsu;

/** `text` in lines of at most `width` columns. Words and numbers stay whole where they fit, punctuation does not start a line. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  const push = (next: string): void => {
    lines.push(line.trimEnd());
    line = next.trimStart();
  };
  for (const [token] of text.matchAll(WORD)) {
    if (displayWidth(line + token) <= width) {
      line += token;
      continue;
    }
    if (displayWidth(token) > width) {
      for (const char of token) {
        if (displayWidth(line + char) > width) push(char);
        else line += char;
      }
      continue;
    }
    const carried = NO_START.test(token) ? /\S\s*$/u.exec(line)?.[0] : NO_END.exec(line)?.[0];
    const carries = carried !== undefined && carried.length < line.length && displayWidth(carried + token) <= width;
    if (carries) {
      line = line.slice(0, line.length - carried.length);
      push(carried + token);
    } else push(token);
  }
  if (line.trim() !== '' || lines.length === 0) lines.push(line.trimEnd());
  return lines;
}
