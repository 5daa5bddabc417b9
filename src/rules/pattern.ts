/**
 * Patterns of rule files → regular expressions. `{UPPER}` stands for a macro or list, `{name:type}` for a typed capture;
 * all else is a regular expression. Beside the expression comes what any match must contain, for the prefilter.
 */
import { type AST, RegExpParser, visitRegExpAST } from '@eslint-community/regexpp';

/** First character of each kind of token in the masked text; the rest of a token is filler. */
export const TOKEN = {
  count: '\ue001',
  money: '\ue002',
  percent: '\ue003',
  points: '\ue004',
  duration: '\ue005',
  measure: '\ue006',
  number: '\ue007',
  date: '\ue010',
  document: '\ue020',
} as const;
export const FILLER = '\ue0ff';
export type TokenKind = keyof typeof TOKEN;

/** `expression` with the characters that stand for numbers and dates by their names: `{count}`. */
export const readable = (expression: string): string =>
  Object.entries(TOKEN)
    .reduce((words, [kind, char]) => words.replaceAll(char, `{${kind}}`), expression)
    .replaceAll(FILLER, '');

const token = (...kinds: TokenKind[]): string => `[${kinds.map((kind) => TOKEN[kind]).join('')}]${FILLER}*`;

/** Typed captures over the masked text. `person` and `people` are built from lists and made by the loader. */
export const MASKED_TYPES: Readonly<Record<string, string>> = {
  count: token('count'),
  money: token('money'),
  percent: token('percent'),
  points: token('points'),
  duration: token('duration'),
  measure: token('measure'),
  number: token('number'),
  /** A count, or a number that stands without its unit (in a table, or 完成40). */
  amount: token('count', 'number'),
  quantity: token('count', 'money', 'percent', 'points', 'duration', 'measure', 'number'),
  date: token('date'),
  dates: `${token('date')}(?:[至到—\\-～]{1,2}${token('date')})?`,
  document: token('document'),
};

export const COMMON_TYPES: Readonly<Record<string, string>> = {
  ordinal: '(?:[一二三四五六七八九十百零〇]{1,5}|[0-9]{1,3}|[①-⑳])',
  /** Words up to the next mark of punctuation. */
  words: '[^，。；：、！？“”《》（）\\n\\t]{1,40}?',
};

export interface Capture {
  readonly name: string;
  readonly type: string;
  readonly group: string;
  /** The group's number in the expression. */
  readonly number: number;
}

/** Strings one of which stands in every match. */
export interface Required {
  readonly anyOf: readonly string[];
  /** How far after the start of the match such a string begins: at least and, where that is bounded, at most. */
  readonly least: number;
  readonly most?: number;
}

type Unnumbered = Omit<Capture, 'number'>;

export interface Pattern {
  readonly source: string;
  readonly captures: readonly Capture[];
  readonly required: readonly Required[];
  /** How far from the start of the piece of text a match may begin, where `^` bounds it. */
  readonly within?: number;
  /** The characters one of which a match begins with; absent where they are too many to tell. */
  readonly first?: string;
  /** The characters one of which stands before a match that does not begin its piece of text; absent where any may. */
  readonly before?: string;
}

export interface PatternContext {
  readonly lists: ReadonlyMap<string, readonly string[]>;
  readonly macros: ReadonlyMap<string, string>;
  readonly types: Readonly<Record<string, string>>;
}

/** What is wrong with a pattern: a message code of the catalogue and its values. */
export class PatternError extends Error {
  constructor(
    readonly code: string,
    readonly values: Readonly<Record<string, string>>,
  ) {
    super(`${code} ${JSON.stringify(values)}`);
  }
}

const quoted = (literal: string): string => literal.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** The members of a list as one alternation, longest first so that the longest wins. */
export function alternation(words: readonly string[]): string {
  const sorted = [...words].sort((a, b) => b.length - a.length);
  return `(?:${sorted.map(quoted).join('|')})`;
}

const REFERENCE = /\{([A-Z][A-Z0-9_]*)\}|\{([a-z][A-Za-z0-9]*):([a-z][A-Za-z]*)\}/g;

/** Replaces macros, lists and typed captures; `open` holds the macros being expanded, to tell a cycle. */
function expand(source: string, context: PatternContext, captures: Unnumbered[], open: readonly string[]): string {
  return source.replace(REFERENCE, (_whole, upper?: string, name?: string, type?: string) => {
    if (upper !== undefined) {
      const list = context.lists.get(upper);
      if (list !== undefined) return alternation(list);
      const macro = context.macros.get(upper);
      if (macro === undefined) throw new PatternError('rules.unknownMacro', { name: upper });
      if (open.includes(upper)) throw new PatternError('rules.cycle', { names: [...open, upper].join(' → ') });
      return `(?:${expand(macro, context, captures, [...open, upper])})`;
    }
    const expression = context.types[type as string];
    if (expression === undefined) {
      throw new PatternError('rules.unknownType', {
        name: type as string,
        known: Object.keys(context.types).join(', '),
      });
    }
    const capture = { name: name as string, type: type as string, group: `${name}_${captures.length}` };
    captures.push(capture);
    // 整改 12 个: typesetting parts numbers from words.
    const gap = MASKED_TYPES[type as string] === expression ? ' ?' : '';
    return `${gap}(?<${capture.group}>${expression})`;
  });
}

const NAMED_GROUP = /\(\?<([a-z][A-Za-z0-9]*)>/g;

const parser = new RegExpParser({ ecmaVersion: 2024 });

export function compilePattern(source: string, context: PatternContext): Pattern {
  const captures: Unnumbered[] = [];
  const expanded = expand(source, context, captures, []).replace(NAMED_GROUP, (_whole, name: string) => {
    const capture = { name, type: 'text', group: `${name}_${captures.length}` };
    captures.push(capture);
    return `(?<${capture.group}>`;
  });
  const parsed = parse(expanded);
  const groups = groupsOf(parsed);
  return {
    source: expanded,
    captures: captures.map((capture) => ({ ...capture, number: groups.indexOf(capture.group) + 1 })),
    ...analyse(parsed),
  };
}

/** Capturing groups in the order of their numbers; null for those without a name. */
function groupsOf(pattern: AST.Pattern): readonly (string | null)[] {
  const groups: (string | null)[] = [];
  visitRegExpAST(pattern, { onCapturingGroupEnter: ({ name }) => groups.push(name) });
  return groups;
}

/** An expression with numbers alone for its named groups: a match need not then make an object of them. */
export const withoutNames = ({ source, captures }: Pick<Pattern, 'source' | 'captures'>): string =>
  source.includes('\\k<') ? source : captures.reduce((left, { group }) => left.replace(`(?<${group}>`, '('), source);

export function parse(source: string): AST.Pattern {
  try {
    return parser.parsePattern(source, 0, source.length, { unicode: true });
  } catch (error) {
    throw new PatternError('rules.badPattern', { reason: error instanceof Error ? error.message : String(error) });
  }
}

// ── What every match contains ─────────────────────────────────────────────────────────────────────────────────────

/** Characters that a part of a pattern takes, at least and at most. */
interface Length {
  readonly least: number;
  readonly most: number;
}

/** A set whose place is not bounded has `most` infinite, here but not in a `Required`. */
interface Found extends Length {
  readonly anyOf: readonly string[];
}

interface Analysed extends Length {
  readonly sets: readonly Found[];
}

const LARGEST_SET = 160;
const LARGEST_CLASS = 40;
/** A set that may stand in more places than this is a poor guide to where a match begins. */
const WIDE = 8;

const NOTHING: Analysed = { sets: [], least: 0, most: 0 };
const ONE_CHARACTER: Analysed = { sets: [], least: 1, most: 1 };

/** Half a character beyond the Basic Multilingual Plane, or its escape: the expressions see two characters in it. */
const BEYOND_BMP = /[\ud800-\udfff]|\\u\{|\\u[dD][89a-fA-F]/;

function analyse(pattern: AST.Pattern): Omit<Pattern, 'source' | 'captures'> {
  if (BEYOND_BMP.test(pattern.raw)) return { required: [] };
  const { sets } = analyseAlternatives(pattern.alternatives);
  const within = pattern.alternatives.reduce((most, { elements }) => Math.max(most, startBound(elements)), 0);
  return {
    required: sets.map(({ most, ...set }) => (most === Infinity ? set : { ...set, most })),
    ...(within === Infinity ? {} : { within }),
    ...whereBegun(pattern),
  };
}

function analyseAlternatives(alternatives: readonly AST.Alternative[]): Analysed {
  const parts = alternatives.map(({ elements }) => analyseSequence(elements));
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return first;
  const [sharp, narrow] = [unionOf(parts, isSharper), unionOf(parts, isNarrower)];
  const isOne = sharp?.anyOf.join('\0') === narrow?.anyOf.join('\0');
  return {
    sets: [sharp, isOne ? undefined : narrow].filter((set) => set !== undefined),
    least: Math.min(...parts.map(({ least }) => least)),
    most: Math.max(...parts.map(({ most }) => most)),
  };
}

/** One set for all alternatives: of each its best; undefined where one has none or they are too many. */
function unionOf(parts: readonly Analysed[], isBetter: (a: Found, b: Found) => boolean): Found | undefined {
  const best = parts.map(({ sets }) =>
    sets.reduce<Found | undefined>((a, b) => (a === undefined || isBetter(b, a) ? b : a), undefined),
  );
  const known = best.filter((set) => set !== undefined);
  const anyOf = [...new Set(known.flatMap((set) => set.anyOf))];
  if (known.length < parts.length || anyOf.length > LARGEST_SET) return undefined;
  return {
    anyOf,
    least: Math.min(...known.map(({ least }) => least)),
    most: Math.max(...known.map(({ most }) => most)),
  };
}

const shortest = ({ anyOf }: Found): number => Math.min(...anyOf.map((literal) => literal.length));

/** Longer strings are rarer, and few rarer than many. */
const isSharper = (a: Found, b: Found): boolean =>
  shortest(a) > shortest(b) || (shortest(a) === shortest(b) && a.anyOf.length < b.anyOf.length);

const places = ({ least, most }: Found): number => Math.max(WIDE, most - least);

const isNarrower = (a: Found, b: Found): boolean =>
  places(a) < places(b) || (places(a) === places(b) && isSharper(a, b));

/** All sets that a sequence of elements requires: runs of characters, groups, and repeats of at least one. */
function analyseSequence(elements: readonly AST.Element[]): Analysed {
  const sets: Found[] = [];
  let [least, most] = [0, 0];
  let run = '';
  const endRun = (): void => {
    if (run !== '') sets.push({ anyOf: [run], least: least - run.length, most: most - run.length });
    run = '';
  };
  for (const element of elements) {
    if (element.type === 'Character') {
      const character = String.fromCodePoint(element.value);
      run += character;
      least += character.length;
      most += character.length;
      continue;
    }
    endRun();
    const part = analyseElement(element);
    for (const set of part.sets) sets.push({ anyOf: set.anyOf, least: least + set.least, most: most + set.most });
    least += part.least;
    most += part.most;
  }
  endRun();
  return { sets, least, most };
}

function analyseElement(element: AST.Element): Analysed {
  switch (element.type) {
    case 'Group':
    case 'CapturingGroup':
      return analyseAlternatives(element.alternatives);
    case 'Quantifier': {
      if (element.max === 0) return NOTHING;
      const { sets, least, most } = analyseElement(element.element);
      // The first of several repeats stands where the element itself would.
      return {
        sets: element.min > 0 ? sets : [],
        least: least * element.min,
        most: most === 0 ? 0 : most * element.max,
      };
    }
    case 'Character':
      return analyseSequence([element]);
    case 'CharacterClass':
      return { ...ONE_CHARACTER, sets: smallClass(element) };
    case 'CharacterSet':
      return element.kind === 'digit' && !element.negate
        ? { ...ONE_CHARACTER, sets: [{ anyOf: [...'0123456789'], least: 0, most: 0 }] }
        : ONE_CHARACTER;
    case 'Assertion': {
      if (element.kind !== 'lookahead' && element.kind !== 'lookbehind') return NOTHING;
      if (element.negate) return NOTHING;
      const { sets, least, most } = analyseAlternatives(element.alternatives);
      if (element.kind === 'lookahead') return { ...NOTHING, sets };
      const before = sets.map((set) => ({ anyOf: set.anyOf, least: set.least - most, most: set.most - least }));
      return { ...NOTHING, sets: before.filter((set) => set.least > -Infinity) };
    }
    default:
      return { sets: [], least: 0, most: Infinity };
  }
}

/** A class of a few single characters is a set too: [个项件]. */
function smallClass(element: AST.CharacterClass): readonly Found[] {
  const anyOf = membersOf(element, LARGEST_CLASS);
  return anyOf === undefined || anyOf.length === 0 ? [] : [{ anyOf, least: 0, most: 0 }];
}

/** The characters of a class; undefined where it has more than `limit`, or all but some. */
function membersOf(element: AST.CharacterClass, limit: number): readonly string[] | undefined {
  if (element.negate) return undefined;
  const anyOf: string[] = [];
  for (const part of element.elements) {
    const range = part.type === 'CharacterClassRange' ? part : undefined;
    const [from, to] =
      part.type === 'Character' ? [part.value, part.value] : [range?.min.value ?? 0, range?.max.value ?? Infinity];
    if (anyOf.length + to - from >= limit) return undefined;
    for (let code = from; code <= to; code += 1) anyOf.push(String.fromCodePoint(code));
  }
  return anyOf;
}

/** How far from the start of the text a match of the sequence may begin: `^…` at 0, `(?<=^ {0,8})…` up to 8. */
function startBound(elements: readonly AST.Element[]): number {
  for (const element of elements) {
    if (element.type === 'Group' || element.type === 'CapturingGroup') {
      const bounds = element.alternatives.map((alternative) => startBound(alternative.elements));
      return Math.max(...bounds);
    }
    if (element.type !== 'Assertion') return Infinity;
    if (element.kind === 'start') return 0;
    if (element.kind !== 'lookbehind' || element.negate) continue;
    const bounds = element.alternatives.map((alternative) =>
      startBound(alternative.elements) === 0 ? analyseSequence(alternative.elements).most : Infinity,
    );
    const bound = Math.max(...bounds);
    if (bound < Infinity) return bound;
  }
  return Infinity;
}

// ── What stands where a match begins ──────────────────────────────────────────────────────────────────────────────

/** What a part of a pattern begins with or, read backwards, ends with. */
interface Edge {
  readonly characters: ReadonlySet<string>;
  /** It may be empty: what stands beyond it may stand there as well. */
  readonly mayBeEmpty: boolean;
}

type Direction = 'forwards' | 'backwards';

/** More characters than this tell hardly anything. */
const LARGEST_EDGE = 400;

const EMPTY: Edge = { characters: new Set(), mayBeEmpty: true };

function whereBegun({ alternatives }: AST.Pattern): Pick<Pattern, 'first' | 'before'> {
  const first = edgeOf(alternatives, 'forwards');
  const before = edgeBefore(alternatives);
  return {
    ...(first === undefined || first.mayBeEmpty ? {} : { first: [...first.characters].join('') }),
    ...(before === undefined || before.mayBeEmpty ? {} : { before: [...before.characters].join('') }),
  };
}

/** Tells cheaply, by the characters there, where no match of a pattern begins; `start` is that of the piece of text. */
export function beginTest({ first, before }: Pick<Pattern, 'first' | 'before'>): BeginTest {
  const [firsts, befores] = [first, before].map((characters) =>
    characters === undefined ? undefined : new Set(Array.from(characters, (character) => character.charCodeAt(0))),
  );
  return (text, at, start) =>
    firsts?.has(text.charCodeAt(at)) !== false && (at === start || befores?.has(text.charCodeAt(at - 1)) !== false);
}

export type BeginTest = (text: string, at: number, start: number) => boolean;

/** Undefined where any character may stand there. */
function edgeOf(alternatives: readonly AST.Alternative[], direction: Direction): Edge | undefined {
  return unite(alternatives.map(({ elements }) => edgeOfSequence(elements, direction)));
}

function unite(edges: readonly (Edge | undefined)[]): Edge | undefined {
  const known = edges.filter((edge) => edge !== undefined);
  const characters = new Set(known.flatMap((edge) => [...edge.characters]));
  if (known.length < edges.length || characters.size > LARGEST_EDGE) return undefined;
  return { characters, mayBeEmpty: known.some(({ mayBeEmpty }) => mayBeEmpty) };
}

function edgeOfSequence(elements: readonly AST.Element[], direction: Direction): Edge | undefined {
  const edges: Edge[] = [];
  for (const element of direction === 'forwards' ? elements : [...elements].reverse()) {
    const edge = edgeOfElement(element, direction);
    if (edge === undefined) return undefined;
    edges.push(edge);
    if (!edge.mayBeEmpty) {
      const all = unite(edges);
      return all && { ...all, mayBeEmpty: false };
    }
  }
  return edges.length === 0 ? EMPTY : unite(edges);
}

function edgeOfElement(element: AST.Element, direction: Direction): Edge | undefined {
  switch (element.type) {
    case 'Group':
    case 'CapturingGroup':
      return edgeOf(element.alternatives, direction);
    case 'Quantifier': {
      const edge = element.max === 0 ? EMPTY : edgeOfElement(element.element, direction);
      return edge && { ...edge, mayBeEmpty: edge.mayBeEmpty || element.min === 0 };
    }
    case 'Character':
      return { characters: new Set([String.fromCodePoint(element.value)]), mayBeEmpty: false };
    case 'CharacterClass': {
      const members = membersOf(element, LARGEST_EDGE);
      return members && { characters: new Set(members), mayBeEmpty: false };
    }
    case 'CharacterSet':
      return element.kind === 'digit' && !element.negate
        ? { characters: new Set('0123456789'), mayBeEmpty: false }
        : undefined;
    case 'Assertion':
      // Before the start there is no character.
      return { ...EMPTY, mayBeEmpty: !(element.kind === 'start' && direction === 'backwards') };
    default:
      return undefined;
  }
}

/** What a lookbehind at the start of every alternative asks for before the match. */
function edgeBefore(alternatives: readonly AST.Alternative[]): Edge | undefined {
  return unite(alternatives.map(({ elements }) => edgeBeforeSequence(elements)));
}

function edgeBeforeSequence(elements: readonly AST.Element[]): Edge | undefined {
  for (const element of elements) {
    if (element.type === 'Group' || element.type === 'CapturingGroup') {
      const edge = edgeBefore(element.alternatives);
      if (edge !== undefined || analyseElement(element).most > 0) return edge;
    } else if (element.type !== 'Assertion') return undefined;
    else if (element.kind === 'lookbehind' && !element.negate) {
      const edge = edgeOf(element.alternatives, 'backwards');
      if (edge !== undefined && !edge.mayBeEmpty) return edge;
    }
  }
  return undefined;
}
