/** Where the notices of a comparison come from: profiles and fingerprints of all, texts only of those asked for. */

import type { NoticeRecord } from '../model.js';
import type { ComparedNotice } from './comparison.js';
import { type Comparable, type Profile, type Profiler, readProfile } from './profile.js';

/** A notice of a source, known by `id` there. */
export interface Profiled {
  readonly id: string;
  readonly profile: Profile;
}

/** In how many different titles of all notices each word stands. */
export interface TermCounts {
  readonly titles: number;
  readonly words: ReadonlyMap<string, number>;
}

export interface NoticeSource {
  /** Every notice once. */
  profiles(): AsyncIterable<Profiled>;
  /** Fingerprints in the order of `ids`. */
  prints(ids: readonly string[]): AsyncIterable<{ readonly id: string; readonly prints: Uint8Array }>;
  texts(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Of all notices that `profiles` gave, after it gave them; undefined where they are not kept and must be counted. */
  terms(): Promise<TermCounts | undefined>;
}

/** Notices at hand, read once. Their texts stay in memory. */
export async function sourceOf(
  notices: Iterable<ComparedNotice> | AsyncIterable<ComparedNotice>,
  profiler: Profiler,
): Promise<NoticeSource> {
  const held = new Map<string, { readonly comparable: Comparable; readonly text: string }>();
  let count = 0;
  for await (const notice of notices) {
    held.set(String(count), { comparable: profiler.profile(notice), text: notice.text });
    count += 1;
  }
  return {
    async *profiles() {
      for (const [id, { comparable }] of held) yield { id, profile: readProfile(comparable.profile) };
    },
    async *prints(ids) {
      for (const id of ids) {
        const one = held.get(id);
        if (one !== undefined) yield { id, prints: one.comparable.prints };
      }
    },
    terms: async () => undefined,
    texts: async (ids) => new Map(ids.flatMap((id) => (held.has(id) ? [[id, held.get(id)?.text ?? '']] : []))),
  };
}

interface StoredContent {
  readonly id: string;
  readonly document: { readonly id: string; readonly text: string };
  readonly record: NoticeRecord;
}

interface Made {
  readonly id: string;
  readonly document: string;
  readonly rules: string;
  readonly comparable: Comparable;
}

/** What comparing asks of a store. */
export interface ComparableStore<Filter, Stored extends StoredContent = StoredContent> {
  profiles(stamp: string, filter?: Filter): AsyncIterable<{ readonly id: string; readonly profile?: Uint8Array }>;
  prints(ids: readonly string[]): AsyncIterable<{ readonly id: string; readonly prints: Uint8Array }>;
  stored(ids: readonly string[]): AsyncIterable<Stored>;
  texts(ids: readonly string[]): AsyncIterable<{ readonly id: string; readonly text: string }>;
  terms(): Promise<TermCounts>;
  saveComparables(made: readonly Made[]): Promise<void>;
}

/** Notices that are made comparable together. */
const MADE_AT_ONCE = 64;

/** Ids of the notices that are not comparable: saved by an older program, or before the rules were edited. */
export async function notComparable<Filter>(
  store: Pick<ComparableStore<Filter>, 'profiles'>,
  { stamp }: Profiler,
  filter?: Filter,
): Promise<readonly string[]> {
  const missing: string[] = [];
  for await (const { id, profile } of store.profiles(stamp, filter)) if (profile === undefined) missing.push(id);
  return missing;
}

/** Makes notices of a store comparable. */
export async function makeComparable(
  store: Pick<ComparableStore<never>, 'stored' | 'saveComparables'>,
  profiler: Profiler,
  ids: readonly string[],
): Promise<void> {
  for (let at = 0; at < ids.length; at += MADE_AT_ONCE) {
    const made: Made[] = [];
    for await (const { id, document, record } of store.stored(ids.slice(at, at + MADE_AT_ONCE))) {
      const comparable = profiler.profile({ record, text: document.text });
      made.push({ id, document: document.id, rules: record.rules, comparable });
    }
    await store.saveComparables(made);
  }
}

/** Notices whose record is another one than the stored: people corrected them. */
export interface Corrections<Stored> {
  readonly sources: ReadonlySet<string>;
  record(stored: Stored): Promise<NoticeRecord>;
}

export interface SourceOptions<Filter, Stored> {
  readonly filter?: Filter;
  readonly corrections?: Corrections<Stored>;
}

/** The notices of a store that the filter lets through. What is not comparable as it is, is made so on the way, and not kept. */
export function sourceIn<Filter, Stored extends StoredContent>(
  store: Omit<ComparableStore<Filter, Stored>, 'saveComparables'>,
  profiler: Profiler,
  { filter, corrections }: SourceOptions<Filter, Stored> = {},
): NoticeSource {
  /** Fingerprints that were made on the way. */
  const madePrints = new Map<string, Uint8Array>();
  const isCorrected = (source: string): boolean => corrections?.sources.has(source) === true;
  async function* made(ids: readonly string[]): AsyncGenerator<Profiled> {
    for await (const stored of store.stored(ids)) {
      const { id, document } = stored;
      const { source } = stored.record.document;
      const record =
        corrections !== undefined && isCorrected(source) ? await corrections.record(stored) : stored.record;
      const { profile, prints } = profiler.profile({ record, text: document.text });
      madePrints.set(id, prints);
      yield { id, profile: readProfile(profile) };
    }
  }
  return {
    async *profiles() {
      let missing: string[] = [];
      for await (const { id, profile: bytes } of store.profiles(profiler.stamp, filter)) {
        const profile = bytes === undefined ? undefined : readProfile(bytes);
        if (profile !== undefined && !isCorrected(profile.source)) yield { id, profile };
        else missing.push(id);
        if (missing.length < MADE_AT_ONCE) continue;
        yield* made(missing);
        missing = [];
      }
      yield* made(missing);
    },
    async *prints(ids) {
      // In order, and from the store in as large pieces as it can.
      let from = 0;
      for (let to = 0; to <= ids.length; to += 1) {
        const prints = to === ids.length ? undefined : madePrints.get(ids[to] as string);
        if (prints === undefined && to < ids.length) continue;
        yield* store.prints(ids.slice(from, to));
        if (prints !== undefined) yield { id: ids[to] as string, prints };
        from = to + 1;
      }
    },
    // Kept are the counts over all notices as they were saved.
    terms: async () => (filter === undefined && madePrints.size === 0 ? store.terms() : undefined),
    async texts(ids) {
      const texts = new Map<string, string>();
      for await (const { id, text } of store.texts(ids)) texts.set(id, text);
      return texts;
    },
  };
}

/** Texts of a source, with the latest kept at hand. */
export interface Texts {
  /** In the order of `ids`; empty where a text is gone. */
  of(ids: readonly string[]): Promise<readonly string[]>;
}

/** UTF-16 units of text that are kept at hand. */
const KEPT_UNITS = 24_000_000;

export function keptTexts(source: NoticeSource): Texts {
  const kept = new Map<string, string>();
  let units = 0;
  return {
    async of(ids) {
      const wanted = [...new Set(ids)];
      const found = await source.texts(wanted.filter((id) => !kept.has(id)));
      const texts = new Map(wanted.map((id) => [id, kept.get(id) ?? found.get(id) ?? '']));
      for (const [id, text] of texts) {
        if (!kept.delete(id)) units += text.length;
        kept.set(id, text);
      }
      for (const [id, text] of kept) {
        if (units <= KEPT_UNITS) break;
        kept.delete(id);
        units -= text.length;
      }
      return ids.map((id) => texts.get(id) ?? '');
    },
  };
}
