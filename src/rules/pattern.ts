/**
 * Patterns of rule files → regular expressions. `{UPPER}` stands for a macro or list, `{name:type}` for a typed capture;
 * all else is a regular expression. Beside the expression comes what any match must contain, for the prefilter.
 */
import { type AST, RegExpParser } from '@eslint-community/regexpp';

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
}

export interface Pattern {
  readonly source: string;
  readonly captures: readonly Capture[];
  /** Each match contains, for every set, at least one of its strings. */
  readonly required: readonly (readonly string[])[];
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
function expand(source: string, context: PatternContext, captures: Capture[], open: readonly string[]): string {
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
    return `(?<${capture.group}>${expression})`;
  });
}

const NAMED_GROUP = /\(\?<([a-z][A-Za-z0-9]*)>/g;

const parser = new RegExpParser({ ecmaVersion: 2024 });

export function compilePattern(source: string, context: PatternContext): Pattern {
  const captures: Capture[] = [];
  const expanded = expand(source, context, captures, []).replace(NAMED_GROUP, (_whole, name: string) => {
    const capture = { name, type: 'text', group: `${name}_${captures.length}` };
    captures.push(capture);
    return `(?<${capture.group}>`;
  });
  return { source: expanded, captures, required: requiredOf(parse(expanded)) };
}

export function parse(source: string): AST.Pattern {
  try {
    return parser.parsePattern(source, 0, source.length, { unicode: true });
  } catch (error) {
    throw new PatternError('rules.badPattern', { reason: error instanceof Error ? error.message : String(error) });
  }
}

// ── Required literals ─────────────────────────────────────────────────────────────────────────────────────────────

/** A set of strings one of which stands in every match; undefined where no such set is known. */
type AnyOf = readonly string[] | undefined;

const LARGEST_SET = 120;

const shortest = (set: readonly string[]): number => Math.min(...set.map((literal) => literal.length));

function requiredOf(pattern: AST.Pattern): readonly (readonly string[])[] {
  if (pattern.alternatives.length === 1)
    return requiredOfSequence((pattern.alternatives[0] as AST.Alternative).elements);
  const set = anyOfAlternatives(pattern.alternatives);
  return set === undefined ? [] : [set];
}

function anyOfAlternatives(alternatives: readonly AST.Alternative[]): AnyOf {
  const union = new Set<string>();
  for (const alternative of alternatives) {
    const sets = requiredOfSequence(alternative.elements);
    const best = sets.reduce<AnyOf>((a, b) => (a === undefined || isBetter(b, a) ? b : a), undefined);
    if (best === undefined) return undefined;
    for (const literal of best) union.add(literal);
    if (union.size > LARGEST_SET) return undefined;
  }
  return [...union];
}

const isBetter = (a: readonly string[], b: readonly string[]): boolean =>
  shortest(a) > shortest(b) || (shortest(a) === shortest(b) && a.length < b.length);

/** All sets that a sequence of elements requires: runs of characters, groups, and repeats of at least one. */
function requiredOfSequence(elements: readonly AST.Element[]): readonly (readonly string[])[] {
  const sets: (readonly string[])[] = [];
  let run = '';
  const endRun = (): void => {
    if (run !== '') sets.push([run]);
    run = '';
  };
  for (const element of elements) {
    if (element.type === 'Character') {
      run += String.fromCodePoint(element.value);
      continue;
    }
    endRun();
    sets.push(...requiredOfElement(element));
  }
  endRun();
  return sets;
}

function requiredOfElement(element: AST.Element): readonly (readonly string[])[] {
  switch (element.type) {
    case 'Group':
    case 'CapturingGroup': {
      if (element.alternatives.length === 1)
        return requiredOfSequence((element.alternatives[0] as AST.Alternative).elements);
      const set = anyOfAlternatives(element.alternatives);
      return set === undefined ? [] : [set];
    }
    case 'Quantifier':
      return element.min > 0 ? requiredOfElement(element.element) : [];
    case 'Character':
      return [[String.fromCodePoint(element.value)]];
    case 'CharacterClass':
      return smallClass(element);
    default:
      return [];
  }
}

/** A class of a few single characters is a set too: [个项件]. */
function smallClass(element: AST.CharacterClass): readonly (readonly string[])[] {
  if (element.negate || element.elements.length > 8) return [];
  const characters: string[] = [];
  for (const part of element.elements) {
    if (part.type !== 'Character') return [];
    characters.push(String.fromCodePoint(part.value));
  }
  return characters.length === 0 ? [] : [characters];
}
