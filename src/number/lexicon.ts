/**
 * The words around numbers (units, classifiers, qualifiers, fixed terms), as the rule files give them, and the tables
 * that the scanner makes of them once.
 */
import type { Qualifier, QuantityKind, Rational } from '../model.js';
import { CHINESE_NUMERAL_CHARACTERS } from './numeral.js';
import { ONE, parseDecimal } from './rational.js';

export type BlurringQualifier = Exclude<Qualifier, 'exact'>;

type ByQualifier = Readonly<Partial<Record<BlurringQualifier, readonly string[]>>>;

export interface UnitDefinition {
  /** Base unit that values are stated in. */
  readonly base: string;
  /** How many base units one of it is, as a decimal string; 1 where missing. */
  readonly times?: string | undefined;
}

/** The mapping `quantities:` of a rule file. A word list may hold several words in one entry, parted by spaces. */
export interface LexiconSource {
  readonly units: Readonly<Partial<Record<QuantityKind, Readonly<Record<string, UnitDefinition>>>>>;
  readonly classifiers: readonly string[];
  /** Words that begin like a unit and are none. */
  readonly notUnits: readonly string[];
  readonly qualifiers: { readonly before: ByQualifier; readonly between: ByQualifier; readonly after: ByQualifier };
  /** Words that end in a qualifier and are none. */
  readonly notQualifiers: readonly string[];
  /** Kinds of quantity that a qualifier before or after does not blur. */
  readonly notFor: Readonly<Record<string, readonly QuantityKind[]>>;
  /** What beside a number makes it a name or an ordinal. */
  readonly ordinals: { readonly before: readonly string[]; readonly after: readonly string[] };
  /** What makes a number without a unit a name, with or without a colon or space between. */
  readonly labels: readonly string[];
  /** Terms with a number that count nothing. */
  readonly fixed: readonly string[];
}

export interface Unit {
  readonly text: string;
  readonly kind: QuantityKind;
  readonly base: string;
  readonly times: Rational;
}

export interface QualifierWord {
  readonly text: string;
  readonly qualifier: BlurringQualifier;
  readonly notFor: readonly QuantityKind[];
}

/** A fixed term and the place of its first numeral character. */
export interface FixedTerm {
  readonly text: string;
  readonly offset: number;
}

/** Words by the character that they are looked up with (first or last), longest first. */
export type WordTable<T> = ReadonlyMap<string, readonly T[]>;

/** The words in tables, ready for the scanner. */
export interface Lexicon {
  readonly units: WordTable<Unit>;
  readonly notUnits: WordTable<{ readonly text: string }>;
  readonly before: WordTable<QualifierWord>;
  readonly between: WordTable<QualifierWord>;
  readonly after: WordTable<QualifierWord>;
  readonly notQualifiers: WordTable<{ readonly text: string }>;
  readonly ordinalsBefore: WordTable<{ readonly text: string }>;
  readonly ordinalsAfter: WordTable<{ readonly text: string }>;
  readonly labels: WordTable<{ readonly text: string }>;
  readonly fixed: WordTable<FixedTerm>;
}

const NUMERAL_CHARACTER = new RegExp(`[0-9${CHINESE_NUMERAL_CHARACTERS}]`);

/** Throws RangeError on a unit whose `times` is no decimal. */
export function compileLexicon(lexicon: LexiconSource): Lexicon {
  const texts = (entries: readonly string[]): { readonly text: string }[] => words(entries).map((text) => ({ text }));
  const qualifiers = (group: ByQualifier): QualifierWord[] =>
    Object.entries(group).flatMap(([qualifier, entries]) =>
      words(entries).map((text) => ({
        text,
        qualifier: qualifier as BlurringQualifier,
        notFor: lexicon.notFor[text] ?? [],
      })),
    );
  const { before, between, after } = lexicon.qualifiers;
  return {
    units: tableBy(first, [...units(lexicon)]),
    notUnits: tableBy(first, texts(lexicon.notUnits)),
    before: tableBy(last, qualifiers(before)),
    between: tableBy(
      first,
      qualifiers(between).map((word) => ({ ...word, notFor: [] })),
    ),
    after: tableBy(first, qualifiers(after)),
    notQualifiers: tableBy(last, texts(lexicon.notQualifiers)),
    ordinalsBefore: tableBy(last, texts(lexicon.ordinals.before)),
    ordinalsAfter: tableBy(first, texts(lexicon.ordinals.after)),
    labels: tableBy(last, texts(lexicon.labels)),
    fixed: tableBy(({ text, offset }) => text.charAt(offset), fixedTerms(lexicon.fixed)),
  };
}

const words = (entries: readonly string[] | undefined): string[] =>
  (entries ?? []).flatMap((entry) => entry.split(/\s+/u)).filter((word) => word !== '');

function units(lexicon: LexiconSource): Unit[] {
  const counted = words(lexicon.classifiers).map((text): Unit => ({ text, kind: 'count', base: text, times: ONE }));
  const measured = Object.entries(lexicon.units).flatMap(([kind, definitions]) =>
    Object.entries(definitions ?? {}).map(([text, { base, times = '1' }]): Unit => {
      const factor = parseDecimal(times);
      if (factor === undefined) throw new RangeError(`${text}: times is no decimal: ${times}`);
      return { text, kind: kind as QuantityKind, base, times: factor };
    }),
  );
  return [...measured, ...counted];
}

const fixedTerms = (entries: readonly string[]): FixedTerm[] =>
  words(entries)
    .map((text) => ({ text, offset: text.search(NUMERAL_CHARACTER) }))
    .filter(({ offset }) => offset >= 0);

const first = ({ text }: { readonly text: string }): string => text.charAt(0);
const last = ({ text }: { readonly text: string }): string => text.charAt(text.length - 1);

function tableBy<T extends { readonly text: string }>(key: (word: T) => string, entries: readonly T[]): WordTable<T> {
  const table = new Map<string, T[]>();
  for (const word of entries) {
    const known = table.get(key(word));
    if (known === undefined) table.set(key(word), [word]);
    else known.push(word);
  }
  for (const list of table.values()) list.sort((a, b) => b.text.length - a.text.length);
  return table;
}

/** The longest word of the table that starts at `at`. */
export function wordAt<T extends { readonly text: string }>(
  table: WordTable<T>,
  text: string,
  at: number,
): T | undefined {
  return table.get(text.charAt(at))?.find((word) => text.startsWith(word.text, at));
}

/** The longest word of the table that ends before `end`. */
export function wordBefore<T extends { readonly text: string }>(
  table: WordTable<T>,
  text: string,
  end: number,
): T | undefined {
  if (end <= 0) return undefined;
  return table.get(text.charAt(end - 1))?.find((word) => text.endsWith(word.text, end));
}
