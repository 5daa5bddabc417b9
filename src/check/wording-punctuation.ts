/** Punctuation as a proof-reader sees it: doubled marks, quotation marks and brackets without their partner, mixed widths. */
import type { Span } from '../model.js';
import type { View } from '../rules/view.js';
import { allMatches } from '../text.js';

const found = (text: string, pattern: RegExp): readonly Span[] =>
  allMatches(text, pattern).map(({ index, 0: words }) => ({ start: index, end: index + words.length }));

/** ，， 。。 ；， and the like; …… and —— are marks of their own. */
export const doubledMarks = ({ text }: View): readonly Span[] =>
  TWO_MARKS.test(text)
    ? found(
        text,
        /[\u4e00-\u9fff”》）]{1,4}(?:([，。；：、])\1(?!\1)|[，；：、](?=[。；，])[。；，]|。(?=[，；、])[，；、])/gu,
      )
    : [];

const TWO_MARKS = /[，。；：、]{2}/;

const PAIRS: ReadonlyMap<string, string> = new Map([
  ['“', '”'],
  ['《', '》'],
  ['（', '）'],
]);
/** A paragraph this long or one that lists by 1）is not judged by counting. */
const HALF_BRACKET_MARK = /(?:^|[^（\p{L}\p{N}])[一二三四五六七八九十0-9]{1,3}）/u;

/** Marks that open and are not closed in their paragraph, and marks that close nothing; with the words beside them. */
export function unpairedMarks(view: View): readonly Span[] {
  return view.blocks.flatMap((block) => {
    const text = view.folded.slice(block.start, block.end);
    return [...PAIRS].flatMap(([open, close]) => {
      if (open === '（' && HALF_BRACKET_MARK.test(text)) return [];
      const at = unpairedIn(text, open, close);
      return at === undefined ? [] : [around(text, at, block.start)];
    });
  });
}

function unpairedIn(text: string, open: string, close: string): number | undefined {
  const opened: number[] = [];
  let [opens, closes] = [text.indexOf(open), text.indexOf(close)];
  while (opens >= 0 || closes >= 0) {
    if (opens >= 0 && (closes < 0 || opens < closes)) {
      opened.push(opens);
      opens = text.indexOf(open, opens + 1);
      continue;
    }
    if (opened.pop() === undefined) return closes;
    closes = text.indexOf(close, closes + 1);
  }
  return opened[0];
}

const around = (text: string, at: number, offset: number): Span => ({
  start: offset + Math.max(0, at - 4),
  end: offset + Math.min(text.length, at + 7),
});

/** Half-width , ; between Chinese characters in a notice that otherwise writes them in full width. */
export function mixedWidths({ text }: View): readonly Span[] {
  if (!/[,;]/.test(text)) return [];
  const half = found(text, /(?<=[\u4e00-\u9fff”》）])[,;](?=[\u4e00-\u9fff“《（])/gu);
  const full = found(text, /(?<=[\u4e00-\u9fff”》）])[，；](?=[\u4e00-\u9fff“《（])/gu);
  if (half.length === 0 || full.length < half.length) return [];
  return half.map(({ start, end }) => ({ start: Math.max(0, start - 3), end: end + 3 }));
}
