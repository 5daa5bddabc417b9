/** A document → what the store keeps of it: its record, its words for the search, and what comparing needs. */
import type { Profiler } from '../compare/profile.js';
import type { Document, Language } from '../model.js';
import type { Pipeline } from '../pipeline.js';
import { toRecord } from '../record.js';
import type { NoticeToSave } from '../store/store.js';

export function analysed(
  document: Document,
  { pipeline, profiler, language }: { pipeline: Pipeline; profiler: Profiler; language: Language },
): NoticeToSave {
  const notice = pipeline.analyse(document);
  const record = toRecord(notice, language);
  return {
    document,
    record,
    passages: pipeline.passages(document),
    comparable: profiler.profile({ record, text: document.text }, notice.dates),
  };
}
