/**
 * A stretch of text under one role → its items: what 一是, （1） or a bullet counts, or one item a sentence where nothing
 * is counted.
 */
import type { Span } from '../model.js';
import { contains, trimSpan } from '../text.js';
import type { RankedMarker } from './outline.js';

export interface Item extends Span {
  readonly marker?: RankedMarker;
}

/** Where an item may end in marks that belong to the list, not to it. */
const SEPARATORS = ' ；;，,';

/**
 * @param ranges the stretch, one range a paragraph, in text order
 * @param markers all marks within it, in text order
 * @param sentences how prose is cut: one item a sentence, or one a paragraph
 */
export function itemsOf(
  text: string,
  ranges: readonly Span[],
  markers: readonly RankedMarker[],
  sentences: (range: Span) => readonly Span[],
): readonly Item[] {
  const inked = ranges.map((range) => trimSpan(text, range)).filter(({ start, end }) => end > start);
  const inside = markers.filter((marker) => inked.some((range) => contains(range, marker)));
  const list = outermostList(inked, inside);
  const out: Item[] = [];
  const closeItem = (marker: RankedMarker, end: number): void => {
    const span = trimSpan(text, { start: marker.contentStart, end }, SEPARATORS);
    if (span.end > span.start) out.push({ marker, ...withStop(text, span, end) });
  };
  let open: RankedMarker | undefined;
  let openEnd = 0;
  for (const range of inked) {
    const own = list.filter((marker) => contains(range, marker));
    const begins = own[0]?.start === range.start;
    if (
      open !== undefined &&
      !begins &&
      own.length === 0 &&
      continues(text, { start: open.contentStart, end: openEnd }, range, inside)
    ) {
      openEnd = range.end;
      continue;
    }
    if (open !== undefined) closeItem(open, openEnd);
    open = undefined;
    // Words that lead up to a list are no item; a paragraph without marks is prose.
    if (own.length === 0) out.push(...sentences(range));
    for (const [at, marker] of own.entries()) {
      const next = own[at + 1];
      if (next === undefined) {
        open = marker;
        openEnd = range.end;
      } else closeItem(marker, next.start);
    }
  }
  if (open !== undefined) closeItem(open, openEnd);
  return out;
}

/** `span` with the full stop or semicolon that ends it, where one follows directly. */
function withStop(text: string, span: Span, limit: number): Span {
  const next = text.charAt(span.end);
  return span.end < limit && '；;'.includes(next) ? { start: span.start, end: span.end + 1 } : span;
}

/** The marks that count the items: those of the outermost style that heads a paragraph or comes first. */
function outermostList(ranges: readonly Span[], markers: readonly RankedMarker[]): readonly RankedMarker[] {
  const heading = markers.filter((marker) => ranges.some((range) => range.start === marker.start));
  const candidates = heading.length > 0 ? heading : markers;
  const counted = candidates.filter((marker) => marker.value <= 1 || hasOne(candidates, marker));
  const [first] = counted.length > 0 ? counted : candidates;
  if (first === undefined) return [];
  // Where paragraphs begin with several styles, the one that comes first is the outer one, unless one of them restarts
  // under each of the others.
  const outer = [...candidates].reduce(
    (best, marker) => (marker.rank < best.rank && marker.start <= best.start ? marker : best),
    first,
  );
  return markers.filter(
    (marker) =>
      marker.family === outer.family &&
      (heading.length === 0 || !marker.inline || outer.inline || sameList(marker, heading)),
  );
}

const hasOne = (markers: readonly RankedMarker[], marker: RankedMarker): boolean =>
  markers.some((other) => other.family === marker.family && other.value === 1);

/** An inline mark beside paragraphs that begin with the same style: （1）…（2）… run together in one paragraph. */
const sameList = (marker: RankedMarker, heading: readonly RankedMarker[]): boolean =>
  heading.some((other) => other.family === marker.family && other.value < marker.value);

/** True where a paragraph goes on with the item before it: the item is but a heading, or a list within it begins. */
function continues(text: string, item: Span, range: Span, markers: readonly RankedMarker[]): boolean {
  const isHeading = !/[。；！？]/.test(text.slice(item.start, item.end));
  return isHeading || markers.some((marker) => marker.start === range.start);
}
