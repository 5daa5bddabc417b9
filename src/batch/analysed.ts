/** A document → what the store keeps of it, packed: its record, its words for the search, and what comparing needs. */
import type { Profiler } from '../compare/profile.js';
import type { Document, Language } from '../model.js';
import type { Pipeline } from '../pipeline.js';
import { toRecord } from '../record.js';
import { type PackedNotice, packNotice } from '../store/packing.js';

export function analysed(
  document: Document,
  { pipeline, profiler, language }: { pipeline: Pipeline; profiler: Profiler; language: Language },
): PackedNotice {
  const notice = pipeline.analyse(document);
  const record = toRecord(notice, language);
  return packNotice({
    document,
    record,
    passages: pipeline.passages(document),
    comparable: profiler.profile({ record, text: document.text }, notice.dates),
  });
}
