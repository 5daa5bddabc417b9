/** Document → Segmented: sentences at once, words when somebody asks, each range cut only once. */
import { foldStops } from '../fold.js';
import type { Document, Segmented, Segmenter, Span, Word } from '../model.js';
import { sentencesOf } from './sentences.js';

/** @param segmenter called at the first need for words, so that who needs none does not pay for the dictionary. */
export function segment(document: Document, segmenter: () => Segmenter): Segmented {
  const cutOnce = new Map<string, readonly Word[]>();
  const once = (kind: string, range: Span, cut: () => readonly Word[]): readonly Word[] => {
    const key = `${kind} ${range.start} ${range.end}`;
    const known = cutOnce.get(key);
    if (known !== undefined) return known;
    const words = cut();
    cutOnce.set(key, words);
    return words;
  };
  const slice = ({ start, end }: Span): string => document.text.slice(start, end);
  return {
    document,
    sentences: sentencesOf(foldStops(document.text), document.blocks),
    words: (range) =>
      once('words', range, () =>
        placed(
          range.start,
          segmenter()
            .cut(slice(range))
            .map((text) => ({ text })),
        ),
      ),
    tagged: (range) => once('tagged', range, () => placed(range.start, segmenter().tag(slice(range)))),
  };
}

/** Words joined are the text again, so their positions add up. */
function placed(start: number, words: readonly { readonly text: string; readonly tag?: string }[]): readonly Word[] {
  let at = start;
  return words.map((word) => {
    const from = at;
    at += word.text.length;
    return { start: from, end: at, ...word };
  });
}
