/** How much of a text some structure claimed: a form that the rules do not know shows up as a low figure. */
import type { Note, OutlineNode, Span } from '../model.js';

/** Below this share a note says so. */
const LOW = 0.5;

/** Share of `length` characters that lie in one of `claimed`, 0 to 1, to three places. */
export function coverageOf(length: number, claimed: readonly Span[]): number {
  const sorted = [...claimed].sort((a, b) => a.start - b.start);
  let covered = 0;
  let reached = 0;
  for (const { start, end } of sorted) {
    if (end <= reached) continue;
    covered += end - Math.max(start, reached);
    reached = end;
  }
  return length === 0 ? 0 : Math.round((covered / length) * 1000) / 1000;
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
