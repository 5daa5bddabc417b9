/**
 * A document as rules see it. `folded` has one-to-one folded characters; `masked` is `folded` with every quantity, date
 * and 《document》 replaced in place by a token. Both have the positions of the text.
 */
import { fold } from '../fold.js';
import type { Block, DateMention, Note, Quantity, Segmented, Span } from '../model.js';
import { scanDates } from '../number/dates.js';
import { type Lexicon, scanQuantities } from '../number/scan.js';
import { allMatches, isIdeograph } from '../text.js';
import type { PatternRule } from './load.js';
import { FILLER, TOKEN } from './pattern.js';

/** How rules are run over a view. */
export interface Matching {
  /** Try only the pieces of text that hold what a pattern requires; on unless said. */
  readonly prefilter?: boolean;
  /** Milliseconds that one rule may take over one document; all rules together may take ten times that. */
  readonly budget?: number;
  readonly tally?: Tally;
}

/** Gathers what rules cost and how often they fired, where a run asks for it. */
export interface Tally {
  add(rule: PatternRule, matches: number, milliseconds: number): void;
}

export interface View {
  readonly matching: Matching;
  /** Rules that ran out of time add a note here. */
  readonly notes: Note[];
  /** Milliseconds that rules have spent on this document so far. */
  readonly spent: { milliseconds: number };
  readonly segmented: Segmented;
  readonly text: string;
  readonly folded: string;
  readonly masked: string;
  readonly quantities: readonly Quantity[];
  readonly dates: readonly DateMention[];
  /** 《…》 with their brackets. */
  readonly documents: readonly Span[];
  readonly sentences: readonly Span[];
  readonly blocks: readonly Block[];
  quantityAt(start: number): Quantity | undefined;
  dateAt(start: number): DateMention | undefined;
}

const DOCUMENT_NAME = /《[^《》\n]{1,80}(?:《[^《》\n]{1,60}》[^《》\n]{0,40})?》/g;

const FILLER_CODE = FILLER.charCodeAt(0);

/** Overwrites `span` of `characters` with a token. */
function mask(characters: Uint16Array, span: Span, kind: string): void {
  characters[span.start] = kind.charCodeAt(0);
  characters.fill(FILLER_CODE, span.start + 1, span.end);
}

/** The characters of a text as numbers, in the memory of a buffer that makes them a text again. */
function charactersOf(text: string): { readonly characters: Uint16Array; readonly buffer: Buffer } {
  const buffer = Buffer.allocUnsafeSlow(text.length * 2);
  buffer.write(text, 'utf16le');
  return { characters: new Uint16Array(buffer.buffer, buffer.byteOffset, text.length), buffer };
}

/** A date with the weekday right behind it, 5月1日（星期三）: patterns see one date. */
function withWeekday(folded: string, { start, end, weekday }: DateMention): Span {
  if (weekday === undefined || weekday.start - end > 1 || !'（ '.includes(folded.slice(end, weekday.start)))
    return { start, end };
  return { start, end: weekday.end + (folded.charAt(end) === '（' && folded.charAt(weekday.end) === '）' ? 1 : 0) };
}

const byStart = <T extends Span>(items: readonly T[]): ReadonlyMap<number, T> =>
  new Map(items.map((item) => [item.start, item]));

/**
 * 诫勉 3 人: a blank that only sets a number off from the word before it belongs to the number, so that patterns see the
 * two beside each other. A wide blank parts fields of a line.
 */
function withBlanks<T extends Span>(
  text: string,
  items: readonly T[],
  isWord: (code: number) => boolean,
): readonly T[] {
  const isSetOff = ({ start }: T): boolean => text.charAt(start - 1) === ' ' && isWord(text.charCodeAt(start - 2));
  return items.some(isSetOff)
    ? items.map((item) => (isSetOff(item) ? { ...item, start: item.start - 1 } : item))
    : items;
}

/** What leads up to a date; behind another word a blank may part the date from it: 财务科 12月底前. */
const LEADS_TO_DATE = new Set(Array.from('于在从自至到由对截即是为将以和及与前后因经', (word) => word.charCodeAt(0)));

export function createView(segmented: Segmented, lexicon: Lexicon, matching: Matching = {}): View {
  const { text, blocks } = segmented.document;
  const folded = fold(text);
  const scanned = scanDates(folded);
  const dates = withBlanks(text, scanned, (code) => LEADS_TO_DATE.has(code));
  const quantities = withBlanks(text, scanQuantities(folded, lexicon, scanned), isIdeograph);
  const documents: Span[] = [];
  for (const match of allMatches(folded, DOCUMENT_NAME))
    documents.push({ start: match.index, end: match.index + match[0].length });

  const { characters, buffer } = charactersOf(folded);
  for (const quantity of quantities) mask(characters, quantity, TOKEN[quantity.kind]);
  for (const date of dates) mask(characters, withWeekday(folded, date), TOKEN.date);
  for (const document of documents) mask(characters, document, TOKEN.document);

  const quantityStarts = byStart(quantities);
  const dateStarts = byStart(dates);
  return {
    matching,
    notes: [],
    spent: { milliseconds: 0 },
    segmented,
    text,
    folded,
    masked: buffer.toString('utf16le'),
    quantities,
    dates,
    documents,
    sentences: segmented.sentences,
    blocks,
    quantityAt: (start) => quantityStarts.get(start),
    dateAt: (start) => dateStarts.get(start),
  };
}
