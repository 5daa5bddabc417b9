/** How much of a text some structure claimed: a form that the rules do not know shows up as a low figure. */
import type { Note, OutlineNode, Span } from '../model.js';

/** Below this share a note says so. */
const LOW = 0.5;

/** Share of the characters of `blocks` that lie in one of `claimed`, 0 to 1, to three places. */
export function coverageOf(blocks: readonly Span[], claimed: readonly Span[]): number {
  const sorted = [...claimed].sort((a, b) => a.start - b.start);
  let total = 0;
  let covered = 0;
  let first = 0;
  for (const block of blocks) {
    total += block.end - block.start;
    while (first < sorted.length && (sorted[first] as Span).end <= block.start) first += 1;
    let reached = block.start;
    for (let at = first; at < sorted.length && (sorted[at] as Span).start < block.end; at += 1) {
      const { start, end } = sorted[at] as Span;
      const to = Math.min(end, block.end);
      if (to <= reached) continue;
      covered += to - Math.max(start, reached);
      reached = to;
    }
  }
  return total === 0 ? 0 : Math.round((covered / total) * 1000) / 1000;
}

/** Headings of sections, and the whole of every part whose role is known. */
export function claimedSpans(outline: readonly OutlineNode[]): readonly Span[] {
  return outline.flatMap(({ role, heading, span, children }) => {
    if (role === 'section') return [{ start: span.start, end: heading.end }, ...claimedSpans(children)];
    if (role === 'other') return claimedSpans(children);
    return [span];
  });
}

export function coverageNotes(coverage: number, findings: number): readonly Note[] {
  const notes: Note[] = [];
  if (findings === 0) notes.push({ code: 'extract.noFindings' });
  if (coverage < LOW) notes.push({ code: 'extract.lowCoverage', values: { percent: Math.round(coverage * 100) } });
  return notes;
}
