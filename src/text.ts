/**
 * Spans and positions, and the folding of characters for values. The text itself is never changed:
 * `text.slice(span.start, span.end) === quote` holds for everything that hecha reports.
 */
import type { Document, Evidence, Span } from './model.js';

/** Offsets at which each line of a text starts; line 1 starts at 0. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Index of the last element of sorted `starts` that is not above `offset`. */
function lastNotAbove(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

export interface Locator {
  /** Line, from 1. */
  line(offset: number): number;
  /** Page, from 1; undefined where the source has no pages. */
  page(offset: number): number | undefined;
  evidence(span: Span): Evidence;
}

const BLANK = 0x20;

export function createLocator(document: Pick<Document, 'text' | 'pages'>): Locator {
  const starts = lineStarts(document.text);
  const pageStarts = document.pages?.map((page) => page.start);
  const line = (offset: number): number => lastNotAbove(starts, offset) + 1;
  const page = (offset: number): number | undefined =>
    pageStarts === undefined || pageStarts.length === 0 ? undefined : lastNotAbove(pageStarts, offset) + 1;
  return {
    line,
    page,
    evidence: (span) => {
      const { end } = span;
      let { start } = span;
      while (start < end - 1 && document.text.charCodeAt(start) === BLANK) start += 1;
      const onPage = page(start);
      const quote = document.text.slice(start, end);
      return { start, end, quote, line: line(start), ...(onPage === undefined ? {} : { page: onPage }) };
    },
  };
}

/** More characters than a text has. */
const MOST_CHARACTERS = 2 ** 26;

/** One number for a span, to look up by what is known of it. */
export const spanKey = ({ start, end }: Span): number => start * MOST_CHARACTERS + end;

export const contains = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;

export const overlaps = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

/** Index of the first of `items`, sorted by their starts, that does not start before `offset`. */
export function firstFrom(items: readonly Span[], offset: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle] as Span).start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Those of `items`, sorted by their starts, that lie wholly within `span`. */
export function within<T extends Span>(items: readonly T[], span: Span): readonly T[] {
  const out: T[] = [];
  for (let at = firstFrom(items, span.start); at < items.length; at += 1) {
    const item = items[at] as T;
    if (item.start >= span.end) break;
    if (item.end <= span.end) out.push(item);
  }
  return out;
}

/** Those of `items`, sorted and none within another, that share a character with `span`. */
export function overlapping<T extends Span>(items: readonly T[], span: Span): readonly T[] {
  let at = firstFrom(items, span.start);
  while (at > 0 && (items[at - 1] as T).end > span.start) at -= 1;
  const out: T[] = [];
  for (; at < items.length && (items[at] as T).start < span.end; at += 1) {
    if (overlaps(items[at] as T, span)) out.push(items[at] as T);
  }
  return out;
}

/** Most characters of a notice are ideographs: what looks for marks passes them by without a closer look. */
export const isIdeograph = (code: number): boolean => code >= 0x4e00 && code <= 0x9fff;

/** Tells the codes of `marks`, none of which is an ideograph. */
export function markTest(marks: string): (code: number) => boolean {
  const codes = new Set(Array.from({ length: marks.length }, (_, at) => marks.charCodeAt(at)));
  return (code) => !isIdeograph(code) && codes.has(code);
}

/** True where a stretch of text holds a letter or digit. */
export function hasInk(text: string, { start, end }: Span): boolean {
  for (let at = start; at < end; at += 1) if (isIdeograph(text.charCodeAt(at))) return true;
  return /[\p{L}\p{N}]/u.test(text.slice(start, end));
}

/** `span` without white space (and any of `also`) at its ends. */
export function trimSpan(text: string, span: Span, also = ''): Span {
  let { start, end } = span;
  const skip = (at: number): boolean => {
    if (isIdeograph(text.charCodeAt(at))) return false;
    const char = text.charAt(at);
    return /\s/u.test(char) || also.includes(char);
  };
  while (start < end && skip(start)) start += 1;
  while (end > start && skip(end - 1)) end -= 1;
  return { start, end };
}

/** A bare text as a document, a block for each line: for examples, trials and tests. */
export function documentOf(text: string): Document {
  const blocks = [...text.matchAll(/[^\n]+/g)].map(({ index, 0: line }) => ({
    kind: 'paragraph' as const,
    start: index,
    end: index + line.length,
  }));
  return { id: 'text', source: '-', mediaType: 'text/plain', text, blocks, notes: [] };
}

/** The first match, wherever an earlier search with the same expression ended. */
export function firstMatch(regex: RegExp, text: string): RegExpExecArray | null {
  regex.lastIndex = 0;
  return regex.exec(text);
}

/** All matches of a global expression; unlike `matchAll` it does without a copy of the expression. */
export function allMatches(text: string, regex: RegExp): readonly RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  regex.lastIndex = 0;
  for (let hit = regex.exec(text); hit !== null; hit = regex.exec(text)) {
    if (hit[0] === '') regex.lastIndex += 1;
    found.push(hit);
  }
  return found;
}

/** `make` with its results kept as long as what they were made of: asked again, the same comes back. */
export function onceFor<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    let found = known.get(key);
    if (found === undefined) {
      found = { value: make(key) };
      known.set(key, found);
    }
    return found.value;
  };
}
