/** Document → sentences: each within one block, ending with its full stop and the quotes or brackets that close it. */
import type { Block, Span } from '../model.js';

const STOP = '。！？!?';
const CLOSING = '”’」』）)》';

export function sentencesOf(text: string, blocks: readonly Block[]): readonly Span[] {
  return blocks.flatMap((block) => sentencesOfBlock(text, block));
}

function sentencesOfBlock(text: string, block: Span): readonly Span[] {
  const out: Span[] = [];
  let start = block.start;
  let at = block.start;
  while (at < block.end) {
    if (!STOP.includes(text.charAt(at))) {
      at += 1;
      continue;
    }
    let end = at + 1;
    while (end < block.end && (STOP.includes(text.charAt(end)) || CLOSING.includes(text.charAt(end)))) end += 1;
    out.push({ start, end });
    start = end;
    at = end;
  }
  if (start < block.end) out.push({ start, end: block.end });
  return out;
}
