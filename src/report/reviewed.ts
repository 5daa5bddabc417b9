/** A stored notice and what people decided about it → the entry that every report reads, in the reader's language. */
import type { Block, Language, NoticeRecord } from '../model.js';
import type { Lexicon } from '../number/scan.js';
import { correctedRecord } from './corrected.js';
import type { ReportEntry, Review } from './entry.js';

/** A decision as the store keeps it. */
export interface Decision {
  /** `CheckRecord.key`, or what names the corrected value. */
  readonly key: string;
  readonly decision: 'accepted' | 'dismissed' | 'corrected' | 'open';
  readonly reason: string;
  readonly who: string;
  /** ISO time. */
  readonly at: string;
  readonly correction?: { readonly field: string; readonly from: string; readonly to: string };
}

export interface KeptNotice {
  readonly document: { readonly text: string; readonly blocks: readonly Block[] };
  readonly record: NoticeRecord;
}

/** Messages of checks in `language`, whatever the language of the run that made the record. */
const inLanguage = (record: NoticeRecord, language: Language): NoticeRecord => ({
  ...record,
  checks: record.checks.map((check) => ({ ...check, message: check.messages[language] })),
});

/** Subject of the decisions on checks between notices: they belong to no single one. */
export const BETWEEN_NOTICES = 'compare';

/** Sources of the notices that people corrected. */
export const correctedSources = (
  decisions: readonly (Pick<Decision, 'decision'> & { readonly subject: string })[],
): ReadonlySet<string> =>
  new Set(decisions.flatMap(({ decision, subject }) => (decision === 'corrected' ? [subject] : [])));

/** Those of `decisions` that judge a check, by its key. */
export const reviewsOf = (decisions: readonly Decision[]): ReadonlyMap<string, Review> =>
  new Map(
    decisions.flatMap(({ key, decision, reason, who, at }) =>
      decision === 'accepted' || decision === 'dismissed' ? [[key, { decision, reason, who, when: at }] as const] : [],
    ),
  );

/**
 * @param decisions those in force on the notice, oldest first
 * @param lexicon reads the figures that people corrected
 */
export function reviewedEntry(
  { document, record }: KeptNotice,
  decisions: readonly Decision[],
  language: Language,
  lexicon: Lexicon,
): ReportEntry {
  const corrections = decisions.flatMap(({ decision, correction, reason, who, at }) =>
    decision === 'corrected' && correction !== undefined ? [{ ...correction, reason, who, when: at }] : [],
  );
  const shown = inLanguage(record, language);
  return {
    record: shown,
    text: document.text,
    blocks: document.blocks,
    reviews: reviewsOf(decisions),
    corrections,
    corrected: correctedRecord(shown, corrections, lexicon),
  };
}
