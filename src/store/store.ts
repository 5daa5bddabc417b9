/**
 * The store: notices with their records, findable and comparable, in SQLite (a path) or PostgreSQL (a `postgres://` URL).
 *
 * What it promises:
 * - One notice a source. `id` is a hash of the source, so it is the same in every store, and stays when the file changes.
 * - `save` is one transaction: every notice of a batch whole, or none. Saving the same again changes nothing.
 * - The exact `Document` and `NoticeRecord` come back; the tables beside them (notices, findings, measures, outcomes, figures,
 *   responsibles, checks, evidence, passages) say the same in columns, for people who ask in SQL.
 * - What comparing needs lies beside each notice (`comparables`, `titles`): written, replaced and forgotten together with it;
 *   counts over all notices (`terms`) change with it.
 * - `reads` remembers every reading, `reviews` every decision of a person; neither is lost when a file is read again.
 * - What a user can mend (disk full, locked, not a database, newer schema, read-only, vanished) is an `InputError`.
 */
import type { Document, Language, NoticeRecord, Severity, Span, Status } from '../model.js';
import type { PackedNotice } from './packing.js';

/** A stretch of `Document.text` to be found again, with its words as the caller's segmenter cut them. */
export interface SegmentedPassage extends Span {
  readonly words: readonly string[];
}

/** A title of a notice's problems. */
export interface ComparableTitle {
  /** The same for the same title with the same words, and for no other. */
  readonly title: string;
  /** Parted by spaces. */
  readonly words: string;
}

/** In how many different titles of all notices each word stands. */
export interface TermCounts {
  readonly titles: number;
  readonly words: ReadonlyMap<string, number>;
}

/** What comparing needs of a notice. The store keeps it with the notice and does not look inside. */
export interface Comparable {
  /** Names the making: what was made otherwise is made anew by whoever compares. */
  readonly stamp: string;
  readonly profile: Uint8Array;
  readonly prints: Uint8Array;
  /** Each title once. */
  readonly titles: readonly ComparableTitle[];
}

export interface NoticeToSave {
  readonly document: Document;
  readonly record: NoticeRecord;
  readonly passages: readonly SegmentedPassage[];
  /** Without it the notice is made comparable when it is first compared. */
  readonly comparable?: Comparable;
}

/** A comparable made after its notice was saved, with what it was made from. */
export interface MadeComparable extends Known {
  readonly comparable: Comparable;
}

/** A notice as it takes part in a comparison. */
export interface StoredProfile {
  /** The notice's id in the store. */
  readonly id: string;
  /** Absent where none of the stamp asked for is stored. */
  readonly profile?: Uint8Array;
}

export type SaveOutcome = 'new' | 'changed' | 'same';
export type ReadOutcome = SaveOutcome | 'failed';

/** What the store holds of a source: enough to skip an unchanged file without parsing it. */
export interface Known {
  /** The notice's id in the store. */
  readonly id: string;
  /** `Document.id`: the hash of the file's bytes. */
  readonly document: string;
  /** Fingerprint of the rules and the program that made the record. */
  readonly rules: string;
}

/** One reading of a source, as it went. */
export interface Read {
  readonly source: string;
  /** `Document.id`, where the bytes could be read. */
  readonly document?: string;
  /** ISO time, from the store's clock. */
  readonly at: string;
  readonly outcome: ReadOutcome;
  /** Why it failed. */
  readonly reason?: string;
}

/** Every condition given must hold. */
export interface NoticeFilter {
  /** Part of the unit's name. */
  readonly unit?: string;
  /** Year of publication, else of the feedback, else of the inspection. */
  readonly year?: number;
  /** Kind of inspection. */
  readonly kind?: string;
  /** Some finding has this status. */
  readonly status?: Status;
  /** Something of this severity does not hold, and nobody dismissed it. */
  readonly severity?: Severity;
  /** Part of the unit's name, the title or the source. */
  readonly text?: string;
}

export type NoticeOrder = 'source' | 'unit' | 'date' | 'errors';

export interface Page {
  /** Rows to skip; 0 unless given. */
  readonly offset?: number;
  /** Rows at most; 50 unless given. */
  readonly limit?: number;
  /** `source` unless given; `date` and `errors` run downwards. */
  readonly order?: NoticeOrder;
}

/** A notice in a list. */
export interface NoticeRow {
  readonly id: string;
  /** `Document.id`. */
  readonly document: string;
  readonly source: string;
  readonly mediaType: string;
  readonly title?: string;
  readonly unit?: string;
  readonly kind?: string;
  readonly team?: string;
  readonly published?: string;
  readonly feedback?: string;
  readonly year?: number;
  readonly characters: number;
  readonly pages?: number;
  /** Share of the text that some structure claimed, 0 to 1. */
  readonly coverage: number;
  readonly sections: number;
  readonly findings: number;
  readonly measures: number;
  readonly outcomes: number;
  /** Findings by status. */
  readonly statuses: Readonly<Record<Status, number>>;
  /** Checks: what does not hold (inconsistent or observed) by severity, what holds, and what could not be verified. */
  readonly checks: Readonly<Record<Severity | 'consistent' | 'unverifiable', number>>;
  /** Metric → value of the first headline figure that states it, as a decimal string in the base unit. */
  readonly headline: Readonly<Record<string, string>>;
  readonly rules: string;
}

export interface NoticeList {
  readonly rows: readonly NoticeRow[];
  /** All that the filter lets through. */
  readonly total: number;
}

export interface StoredNotice {
  readonly id: string;
  readonly document: Document;
  readonly record: NoticeRecord;
}

/** A passage that holds every word asked for. `start` and `end` are positions in the document's text. */
export interface SearchHit extends Span {
  readonly id: string;
  readonly source: string;
  readonly unit?: string;
  readonly year?: number;
  readonly line: number;
  readonly text: string;
  /** Where the words stand, as positions in `text` of this hit. */
  readonly highlights: readonly Span[];
}

export interface SearchResult {
  readonly hits: readonly SearchHit[];
  /** Passages found; only the newest thousand are looked at, and `more` says that there are others. */
  readonly total: number;
  readonly more: boolean;
}

export interface Statistics {
  readonly engine: string;
  readonly schema: number;
  readonly bytes: number;
  readonly notices: number;
  readonly units: number;
  readonly characters: number;
  readonly sections: number;
  readonly findings: number;
  readonly measures: number;
  readonly outcomes: number;
  readonly statuses: NoticeRow['statuses'];
  readonly checks: NoticeRow['checks'];
  /** Year → notices, kind of inspection → notices; those without one are left out. */
  readonly years: Readonly<Record<string, number>>;
  readonly kinds: Readonly<Record<string, number>>;
  /** Readings ever made, by outcome. */
  readonly reads: Readonly<Record<ReadOutcome, number>>;
  /** Sources whose last reading failed. */
  readonly failing: number;
  readonly reviews: number;
}

/** Something wrong in the store: one clear line each. */
export interface Fault {
  /** The notice, where it is one notice's. */
  readonly source?: string;
  readonly message: string;
}

export interface Verification {
  readonly notices: number;
  readonly evidence: number;
  /** At most a hundred; empty where all is well. */
  readonly faults: readonly Fault[];
}

/** What a reviewer says a value should be. `field` names it: `unit`, `figure:problems.total`, `responsible`, … */
export interface Correction {
  readonly field: string;
  readonly from: string;
  readonly to: string;
}

/** A person's decision on a check or a value. `open` takes an earlier decision back. */
export interface Review {
  /** Source of the notice, or a word of the caller's for what compares notices. */
  readonly subject: string;
  /** `CheckRecord.key`, or what names the corrected value. */
  readonly key: string;
  readonly decision: 'accepted' | 'dismissed' | 'corrected' | 'open';
  readonly reason: string;
  readonly who: string;
  /** ISO time, from the store's clock. */
  readonly at: string;
  readonly correction?: Correction;
}

export interface Store {
  /** What is known of each source; sources that the store does not hold are absent. */
  lookup(sources: readonly string[]): Promise<ReadonlyMap<string, Known>>;

  /**
   * Saves a batch in one transaction and returns what became of each. A notice whose document and rules are the stored ones is
   * `same`; a source with other content, or other rules, replaces its earlier record. Of two with one source the last counts.
   */
  save(batch: readonly NoticeToSave[]): Promise<readonly SaveOutcome[]>;

  /** The same of notices that `packNotice` made ready in another thread. */
  savePacked(batch: readonly PackedNotice[]): Promise<readonly SaveOutcome[]>;

  /** Remembers that sources were looked at and had not changed. */
  recordSame(sources: readonly string[]): Promise<void>;

  /** Remembers that a source could not be read. An earlier record of it stays. */
  recordFailure(source: string, document: string | undefined, reason: string): Promise<void>;

  /** Every reading of a source, oldest first. */
  reads(source: string): Promise<readonly Read[]>;

  /** The last reading of each source where that failed, by source. */
  failures(): Promise<readonly Read[]>;

  list(filter?: NoticeFilter, page?: Page): Promise<NoticeList>;

  /**
   * By id, hash of the content, a unique beginning of either, or the exact source. Undefined where there is none.
   * @throws InputError where several notices of different content begin so.
   */
  get(idOrSource: string): Promise<StoredNotice | undefined>;

  /** Passages with all these words (a query cut by the segmenter that cut the passages), best first; 20 unless said. */
  search(words: readonly string[], filter?: NoticeFilter, limit?: number): Promise<SearchResult>;

  /** All that the filter lets through, by source, a few in memory at a time. */
  iterate(filter?: NoticeFilter): AsyncIterable<StoredNotice>;

  /** Profiles with this stamp of all that the filter lets through, by source, a few in memory at a time. */
  profiles(stamp: string, filter?: NoticeFilter): AsyncIterable<StoredProfile>;

  /** Fingerprints of notices, in the order of `ids`; notices that are gone, or not comparable, are left out. */
  prints(ids: readonly string[]): AsyncIterable<{ readonly id: string; readonly prints: Uint8Array }>;

  /** Words over the titles of all comparable notices, kept up to date by whoever saves or deletes. */
  terms(): Promise<TermCounts>;

  /** Notices by id, in any order; those that are gone are left out. */
  stored(ids: readonly string[]): AsyncIterable<StoredNotice>;

  /** Texts of notices by id, in any order; those that are gone are left out. */
  texts(ids: readonly string[]): AsyncIterable<{ readonly id: string; readonly text: string }>;

  /** Keeps what makes notices comparable, of those whose document and rules are still these. */
  saveComparables(made: readonly MadeComparable[]): Promise<void>;

  /** Forgets a notice; its readings and reviews stay. False where there was none. */
  delete(source: string): Promise<boolean>;

  saveReview(review: Omit<Review, 'at'>): Promise<void>;

  /** Decisions in force on a subject (on all, where none is given), oldest first; with `history`, every decision ever made. */
  reviews(subject?: string, options?: { readonly history?: boolean }): Promise<readonly Review[]>;

  stats(): Promise<Statistics>;

  /** Writes a copy of the whole store to a new file, while others go on working. */
  backup(file: string): Promise<void>;

  /** The engine's own integrity check, rows against records, and every quote against its slice of the stored text. */
  verify(): Promise<Verification>;

  close(): Promise<void>;
}

export interface OpenOptions {
  /** Of error messages; Chinese unless given. */
  readonly language?: Language;
  /** Never writes, and never creates the store. */
  readonly readonly?: boolean;
  /** Gives the time of readings and reviews, ISO. The system's clock unless given. */
  readonly now?: () => string;
}

/** Whether the store lies on a server; else it is a file. */
export const isServer = (url: string): boolean => /^postgres(ql)?:\/\//.test(url);

/**
 * Opens a store, creating it or bringing its schema up to date unless `readonly`.
 * @param url path of an SQLite file, or `postgres://user@host/database`
 */
export async function openStore(url: string, options: OpenOptions = {}): Promise<Store> {
  const { language = 'zh', readonly = false, now = () => new Date().toISOString() } = options;
  const { createStore } = await import('./relational.js');
  const open = isServer(url)
    ? (await import('./postgres/engine.js')).openPostgres
    : (await import('./sqlite/engine.js')).openSqlite;
  return createStore(await open(url, { language, readonly }), { language, now });
}
