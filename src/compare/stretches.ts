/**
 * Where the texts of several units meet, from their fingerprints alone. Notices are gone through in their order; each
 * fingerprint meets only the few earliest notices that have it, and what one unit alone has is dropped beforehand, so that
 * time grows with the number of fingerprints, and memory with that of the shared ones.
 */
import type { Entry } from './entry.js';
import { emptyPrints, GRAM, hashesIn, type Prints, unpackPrints, WINDOW } from './fingerprints.js';
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

/** Goes through the packed fingerprints of all entries, in their order. */
type EachPacked = (visit: (entry: number, packed: Uint8Array, count: number) => void) => Promise<void>;

function packedOf(entries: readonly Entry[], source: NoticeSource): EachPacked {
  const numberOf = new Map(entries.map(({ id }, number) => [id, number]));
  const ids = entries.map(({ id }) => id);
  return async (visit) => {
    for await (const { id, prints } of source.prints(ids)) {
      const number = numberOf.get(id) as number;
      visit(number, prints, (entries[number] as Entry).prints);
    }
  };
}

// ── Fingerprints of more than one unit ────────────────────────────────────────────────────────────────────────────

/** Slots that are looked at in one go: 128 MB. */
const MOST_SLOTS = 1 << 26;
const SLOTS_PER_PRINT = 2;

/** Slots by the part of fingerprints that they are of: a bit is set where fingerprints of several owners fell into one. */
interface Sieve {
  readonly bits: readonly Uint8Array[];
  readonly mask: number;
  /** Another factor puts fingerprints into slots by other bits of them. */
  readonly factor: number;
}

const slotIn = ({ mask, factor }: Sieve, hash: number): number => (Math.imul(hash, factor) >>> 5) & mask;

/** Fingerprints by their highest bits. */
const partOf = (hash: number, parts: number): number => (parts === 1 ? 0 : Math.floor((hash / 0x1_0000_0000) * parts));

/** Whether a fingerprint may be one of several owners. */
function passes(sieve: Sieve, hash: number): boolean {
  const slot = slotIn(sieve, hash);
  const bits = sieve.bits[partOf(hash, sieve.bits.length)] as Uint8Array;
  return ((bits[slot >>> 3] as number) & (1 << (slot & 7))) !== 0;
}

const FACTORS = [0x9e3779b1, 0x85ebca6b] as const;

/** A sieve for what passes the one before it; `ownerIn` has a place for each slot. */
async function sieveOf(
  each: EachPacked,
  owners: Uint32Array,
  ownerIn: Uint16Array | Uint32Array,
  { parts, factor, before }: { readonly parts: number; readonly factor: number; readonly before?: Sieve },
): Promise<Sieve> {
  const several = ownerIn.BYTES_PER_ELEMENT === 2 ? 0xffff : 0xffffffff;
  const sieve = { bits: [] as Uint8Array[], mask: ownerIn.length - 1, factor };
  for (let part = 0; part < parts; part += 1) {
    ownerIn.fill(0);
    await each((entry, packed, count) => {
      const owner = (owners[entry] as number) + 1;
      const hashes = hashesIn(packed, count);
      for (let print = 0; print < count; print += 1) {
        const hash = hashes[print] as number;
        if (partOf(hash, parts) !== part || (before !== undefined && !passes(before, hash))) continue;
        const slot = slotIn(sieve, hash);
        const known = ownerIn[slot] as number;
        if (known === 0) ownerIn[slot] = owner;
        else if (known !== owner) ownerIn[slot] = several;
      }
    });
    const bits = new Uint8Array(ownerIn.length / 8);
    for (let slot = 0; slot < ownerIn.length; slot += 1) {
      if (ownerIn[slot] === several) bits[slot >>> 3] = (bits[slot >>> 3] as number) | (1 << (slot & 7));
    }
    sieve.bits.push(bits);
  }
  return sieve;
}

/**
 * A test that every fingerprint of two owners passes, and few others. Fingerprints fall into slots by their hash, and a
 * slot remembers one owner or that there were several; where there are too many slots for the memory, into one part of
 * them after the other. What passes falls into other slots once more.
 */
async function findShared(
  each: EachPacked,
  total: number,
  owners: Uint32Array,
  mostSlots: number,
): Promise<(hash: number) => boolean> {
  let slots = 1 << 6;
  while (slots < total * SLOTS_PER_PRINT && slots < mostSlots) slots *= 2;
  const parts = Math.ceil((total * SLOTS_PER_PRINT) / slots) || 1;
  const isFew = owners.every((owner) => owner < 0xfffe);
  const ownerIn = isFew ? new Uint16Array(slots) : new Uint32Array(slots);
  const first = await sieveOf(each, owners, ownerIn, { parts, factor: FACTORS[0] });
  const second = await sieveOf(each, owners, ownerIn, { parts, factor: FACTORS[1], before: first });
  return (hash) => passes(first, hash) && passes(second, hash);
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

/** Columns of a place: the number of an earlier notice in which a fingerprint stands, plus one, and where. */
const [PLACE_ENTRY, PLACE_START, PLACE_LETTER, PLACE_WIDTH] = [0, 1, 2, 3];
/** Places of a fingerprint that are kept, side by side: one more than are met, as an owner does not meet itself. */
const MOST_PLACES = EARLIEST_PLACES + 1;
const PLACES_WIDTH = MOST_PLACES * PLACE_WIDTH;

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
  const each = packedOf(entries, source);
  const total = entries.reduce((sum, { prints }) => sum + prints, 0);
  const isShared = await findShared(each, total, owners, mostSlots);

  const numbers = numbering();
  /** The places of each numbered fingerprint. */
  const places: Table = { rows: new Uint32Array(PLACES_WIDTH << 10), count: 0 };
  const meetings = meetingsAmong(entries.length);
  const stretches = stretchColumns();

  const prints = emptyPrints();
  await each((entry, packed, count) => {
    unpackPrints(packed, count, prints);
    const owner = owners[entry] as number;
    for (let print = 0; print < count; print += 1) {
      const hash = prints.hash[print] as number;
      if (!isShared(hash)) continue;
      const number = numbers.add(hash);
      if (number === places.count) addRow(places, PLACES_WIDTH);
      const { rows } = places;
      const own = number * PLACES_WIDTH;
      let isOwners = false;
      let known = 0;
      for (; known < MOST_PLACES; known += 1) {
        const at = own + known * PLACE_WIDTH;
        const there = (rows[at + PLACE_ENTRY] as number) - 1;
        if (there < 0) break;
        if (owners[there] === owner) isOwners = true;
        else if (known < EARLIEST_PLACES || isOwners)
          meetings.meet(prints, print, there, rows[at + PLACE_START] as number, rows[at + PLACE_LETTER] as number);
      }
      if (isOwners || known === MOST_PLACES) continue;
      const at = own + known * PLACE_WIDTH;
      rows[at + PLACE_ENTRY] = entry + 1;
      rows[at + PLACE_START] = prints.start[print] as number;
      rows[at + PLACE_LETTER] = prints.letter[print] as number;
    }
    meetings.close((rows, at) => stretches.add(entry, rows, at));
  });
  return stretches.take();
}
