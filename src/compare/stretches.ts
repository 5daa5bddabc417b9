/**
 * Where the texts of several units meet, from their fingerprints alone. Notices are gone through in their order; each
 * fingerprint meets only the few earliest notices that have it, and what one unit alone has is dropped beforehand, so that
 * time grows with the number of fingerprints, and memory with that of the shared ones.
 */
import type { Entry } from './entry.js';
import { emptyPrints, GRAM, type Prints, unpackPrints, WINDOW } from './fingerprints.js';
import { numbering, numberList } from './numbers.js';
import type { NoticeSource } from './source.js';

/** Own letters from the first to the last shared fingerprint of a stretch. A few more are shared, as a rule, at either end. */
const MINIMUM_LENGTH = 24;
/** Letters on either side that may differ within one stretch. */
export const BRIDGED_GAP = 24;
/** Letters between the beginnings of two fingerprints of one stretch: what differs, and what a difference hides around it. */
const LONGEST_STEP = GRAM + BRIDGED_GAP + 2 * (WINDOW - 1);
/** Earlier notices that a fingerprint is held against. */
const EARLIEST_PLACES = 3;

/**
 * Stretches of entries' texts that stand in another unit's notice too, in columns. Those numbered 2n and 2n + 1 are one
 * meeting: the later text and the earlier one.
 */
export interface Stretches {
  readonly count: number;
  readonly entry: Uint32Array;
  /** In the text; the end stands a few characters too early where punctuation lies in the last fingerprint. */
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  /** Letters before the stretch, and before its end. */
  readonly letter: Uint32Array;
  readonly letterEnd: Uint32Array;
  /** Letters that no generic phrase covers. */
  readonly own: Uint32Array;
}

/** Goes through the fingerprints of all entries, in their order. */
type EachPrints = (visit: (entry: number, prints: Prints) => void) => Promise<void>;

function printsOf(entries: readonly Entry[], source: NoticeSource): EachPrints {
  const numberOf = new Map(entries.map(({ id }, number) => [id, number]));
  const ids = entries.map(({ id }) => id);
  return async (visit) => {
    const unpacked = emptyPrints();
    for await (const { id, prints } of source.prints(ids)) {
      const number = numberOf.get(id) as number;
      visit(number, unpackPrints(prints, (entries[number] as Entry).prints, unpacked));
    }
  };
}

// ── Fingerprints of more than one unit ────────────────────────────────────────────────────────────────────────────

/** Slots that are looked at in one go: 64 MB. */
const MOST_SLOTS = 1 << 24;
const SLOTS_PER_PRINT = 4;
const SEVERAL = 0xffffffff;

/** Which slots have fingerprints of several owners, as bits. `slotOf` gives none for fingerprints that are not looked at. */
async function severalOwners(
  each: EachPrints,
  owners: Uint32Array,
  slots: number,
  slotOf: (hash: number) => number,
): Promise<Uint8Array> {
  const ownerIn = new Uint32Array(slots);
  await each((entry, { count, hash }) => {
    const owner = (owners[entry] as number) + 1;
    for (let print = 0; print < count; print += 1) {
      const slot = slotOf(hash[print] as number);
      if (slot < 0) continue;
      const known = ownerIn[slot] as number;
      if (known === 0) ownerIn[slot] = owner;
      else if (known !== owner) ownerIn[slot] = SEVERAL;
    }
  });
  const bits = new Uint8Array(slots / 8);
  for (let slot = 0; slot < slots; slot += 1) {
    if (ownerIn[slot] === SEVERAL) bits[slot >>> 3] = (bits[slot >>> 3] as number) | (1 << (slot & 7));
  }
  return bits;
}

/**
 * A test that every fingerprint of two owners passes, and few others. Fingerprints fall into slots by their hash, and a
 * slot remembers one owner or that there were several; where there are too many slots for the memory, into one part of
 * them after the other.
 */
async function findShared(
  each: EachPrints,
  total: number,
  owners: Uint32Array,
  mostSlots: number,
): Promise<(hash: number) => boolean> {
  let slots = 1 << 6;
  while (slots < total * SLOTS_PER_PRINT && slots < mostSlots) slots *= 2;
  const parts = Math.ceil((total * SLOTS_PER_PRINT) / slots) || 1;
  const partOf = (hash: number): number => Math.floor((hash / 0x1_0000_0000) * parts);
  const shared: Uint8Array[] = [];
  for (let part = 0; part < parts; part += 1) {
    shared.push(await severalOwners(each, owners, slots, (hash) => (partOf(hash) === part ? hash & (slots - 1) : -1)));
  }
  return (hash) => {
    const slot = hash & (slots - 1);
    const byte = (shared[partOf(hash)] as Uint8Array)[slot >>> 3] as number;
    return (byte & (1 << (slot & 7))) !== 0;
  };
}

// ── Meetings ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** Grows with what is written to it. */
interface Table {
  rows: Uint32Array;
  count: number;
}

/** Makes room for one row more; its number of the first column. */
function addRow(table: Table, width: number): number {
  const at = table.count * width;
  if (at + width > table.rows.length) {
    const larger = new Uint32Array(Math.ceil(table.rows.length * 1.5) + width);
    larger.set(table.rows);
    table.rows = larger;
  }
  table.count += 1;
  return at;
}

// Rows of numbers, not objects: there are thousands of meetings in a notice, and millions of places in all.

/** Columns of a place: an earlier notice in which a fingerprint stands, and the row of the next one plus one. */
const [PLACE_ENTRY, PLACE_START, PLACE_LETTER, PLACE_NEXT, PLACE_WIDTH] = [0, 1, 2, 3, 4];

/**
 * Columns of a meeting, two texts that run on together: the earlier entry; where the first and the last fingerprint stand
 * here, in the text, in letters and in own letters; and where they stand there.
 */
const [THERE, START, LETTER, OWN, LAST_START, LAST_LETTER, OWN_END] = [0, 1, 2, 3, 4, 5, 6];
const [THERE_START, THERE_LETTER, THERE_LAST_START, THERE_LAST_LETTER, MEETING_WIDTH] = [7, 8, 9, 10, 11];

/** The meetings of one notice with earlier ones. */
interface Meetings {
  /** Lets fingerprint number `print` meet an earlier place of it. */
  meet(prints: Prints, print: number, there: number, thereStart: number, thereLetter: number): void;
  /** Hands over all meetings and forgets them. */
  close(visit: (rows: Uint32Array, at: number) => void): void;
}

function meetingsAmong(entryCount: number): Meetings {
  const meetings: Table = { rows: new Uint32Array(MEETING_WIDTH << 10), count: 0 };
  /** For each earlier entry the row of the meeting that may go on, plus one. */
  const open = new Uint32Array(entryCount);
  return {
    meet({ start, letter, own, ownEnd }, print, there, thereStart, thereLetter) {
      const known = open[there] as number;
      const here = letter[print] as number;
      let at = known - 1;
      if (known !== 0) {
        const step = here - (meetings.rows[at + LAST_LETTER] as number);
        const thereStep = thereLetter - (meetings.rows[at + THERE_LAST_LETTER] as number);
        const goesOn =
          thereStep > 0 &&
          step <= LONGEST_STEP &&
          thereStep <= LONGEST_STEP &&
          Math.abs(step - thereStep) <= BRIDGED_GAP;
        if (!goesOn) at = -1;
      }
      if (at < 0) {
        at = addRow(meetings, MEETING_WIDTH);
        open[there] = at + 1;
        const { rows } = meetings;
        rows[at + THERE] = there;
        rows[at + START] = start[print] as number;
        rows[at + LETTER] = here;
        rows[at + OWN] = own[print] as number;
        rows[at + THERE_START] = thereStart;
        rows[at + THERE_LETTER] = thereLetter;
      }
      const { rows } = meetings;
      rows[at + LAST_START] = start[print] as number;
      rows[at + LAST_LETTER] = here;
      rows[at + OWN_END] = ownEnd[print] as number;
      rows[at + THERE_LAST_START] = thereStart;
      rows[at + THERE_LAST_LETTER] = thereLetter;
    },
    close(visit) {
      for (let at = 0; at < meetings.count * MEETING_WIDTH; at += MEETING_WIDTH) {
        visit(meetings.rows, at);
        open[meetings.rows[at + THERE] as number] = 0;
      }
      meetings.count = 0;
    },
  };
}

function stretchColumns() {
  const columns = {
    entry: numberList(),
    start: numberList(),
    end: numberList(),
    letter: numberList(),
    letterEnd: numberList(),
    own: numberList(),
  };
  const add = (entry: number, rows: Uint32Array, start: number, last: number, own: number): void => {
    columns.entry.push(entry);
    columns.start.push(rows[start] as number);
    columns.end.push((rows[last] as number) + GRAM);
    columns.letter.push(rows[start + 1] as number);
    columns.letterEnd.push((rows[last + 1] as number) + GRAM);
    columns.own.push(own);
  };
  return {
    /** A meeting of notice `here`, if it is long enough. */
    add(here: number, rows: Uint32Array, at: number): void {
      const own = (rows[at + OWN_END] as number) - (rows[at + OWN] as number);
      if (own < MINIMUM_LENGTH) return;
      add(here, rows, at + START, at + LAST_START, own);
      add(rows[at + THERE] as number, rows, at + THERE_START, at + THERE_LAST_START, own);
    },
    take: (): Stretches => ({
      count: columns.entry.length,
      entry: columns.entry.take(),
      start: columns.start.take(),
      end: columns.end.take(),
      letter: columns.letter.take(),
      letterEnd: columns.letterEnd.take(),
      own: columns.own.take(),
    }),
  };
}

/** For each entry the number of its unit: what a unit repeats is its own. */
function ownersOf(entries: readonly Entry[]): Uint32Array {
  const numbers = new Map<string, number>();
  return Uint32Array.from(entries, ({ identity: { unitKey } }) => {
    const owner = numbers.get(unitKey) ?? numbers.size;
    numbers.set(unitKey, owner);
    return owner;
  });
}

/**
 * @param entries in the order in which the notices came to be
 * @param mostSlots a power of two: how much is looked at in one go, which changes no result
 */
export async function findStretches(
  entries: readonly Entry[],
  source: NoticeSource,
  mostSlots = MOST_SLOTS,
): Promise<Stretches> {
  const owners = ownersOf(entries);
  const each = printsOf(entries, source);
  const total = entries.reduce((sum, { prints }) => sum + prints, 0);
  const isShared = await findShared(each, total, owners, mostSlots);

  const numbers = numbering();
  /** For each numbered fingerprint the row of its first place plus one. */
  const first = numberList();
  const places: Table = { rows: new Uint32Array(PLACE_WIDTH << 10), count: 0 };
  const meetings = meetingsAmong(entries.length);
  const stretches = stretchColumns();

  await each((entry, prints) => {
    const owner = owners[entry] as number;
    for (let print = 0; print < prints.count; print += 1) {
      const hash = prints.hash[print] as number;
      if (!isShared(hash)) continue;
      const number = numbers.add(hash);
      let known = 0;
      let isOwners = false;
      let last = -1;
      for (let next = number < first.length ? first.at(number) : 0; next !== 0; ) {
        last = next - 1;
        known += 1;
        const there = places.rows[last + PLACE_ENTRY] as number;
        if (owners[there] === owner) isOwners = true;
        else if (known <= EARLIEST_PLACES || isOwners) {
          const start = places.rows[last + PLACE_START] as number;
          meetings.meet(prints, print, there, start, places.rows[last + PLACE_LETTER] as number);
        }
        next = places.rows[last + PLACE_NEXT] as number;
      }
      // One more than are met: an owner does not meet itself.
      if (isOwners || known > EARLIEST_PLACES) continue;
      const at = addRow(places, PLACE_WIDTH);
      places.rows[at + PLACE_ENTRY] = entry;
      places.rows[at + PLACE_START] = prints.start[print] as number;
      places.rows[at + PLACE_LETTER] = prints.letter[print] as number;
      places.rows[at + PLACE_NEXT] = 0;
      if (last < 0) first.push(at + 1);
      else places.rows[last + PLACE_NEXT] = at + 1;
    }
    meetings.close((rows, at) => stretches.add(entry, rows, at));
  });
  return stretches.take();
}
