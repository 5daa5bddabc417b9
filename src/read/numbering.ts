/**
 * Automatic numbering of Word: from numbering.xml and styles.xml to the labels that Word shows before paragraphs.
 * Follows ECMA-376 part 1, 17.9 (numbering) and 17.18.59 (number formats).
 */
import { XMLParser } from 'fast-xml-parser';

/** Numbering as one paragraph states it; what it leaves out comes from its style. */
export interface ParagraphNumbering {
  readonly styleId?: string;
  readonly numId?: string;
  readonly level?: number;
}

/** Gives the label of each next numbered paragraph, with what follows it, or `undefined` for a paragraph without one. */
export type Labeller = (paragraph: ParagraphNumbering) => string | undefined;

/** A level of a list, its format by the name that OOXML gives it. */
export interface Level {
  readonly start: number;
  readonly format: string;
  readonly text: string;
  readonly suffix: string;
  /** Level (from 1) whose advance restarts this one; 0 for never. */
  readonly restart?: number;
  readonly legal: boolean;
  readonly styleId?: string;
}

export interface List {
  /** Lists of one abstract definition count on together. */
  readonly counter: string;
  readonly levels: ReadonlyMap<number, Level>;
  /** Levels that this list starts afresh, when it is first used. */
  readonly restarts: ReadonlyMap<number, number>;
}

interface StyleNumbering {
  readonly basedOn?: string;
  readonly numId?: string;
  readonly level?: number;
}

type Xml = Readonly<Record<string, unknown>>;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseAttributeValue: false,
  processEntities: true,
  removeNSPrefix: true,
  isArray: (name) => ['abstractNum', 'num', 'lvl', 'lvlOverride', 'style'].includes(name),
});

const child = (element: unknown, name: string): Xml | undefined => {
  const found = (element as Xml | undefined)?.[name];
  return typeof found === 'object' && found !== null ? (found as Xml) : undefined;
};
const children = (element: unknown, name: string): readonly Xml[] => {
  const found = (element as Xml | undefined)?.[name];
  return Array.isArray(found) ? (found.filter((each) => typeof each === 'object') as Xml[]) : [];
};
const attribute = (element: Xml | undefined, name: string): string | undefined => {
  const value = element?.[`@${name}`];
  return typeof value === 'string' ? value : undefined;
};
const value = (element: unknown, name: string): string | undefined => attribute(child(element, name), 'val');
const integer = (text: string | undefined): number | undefined =>
  text !== undefined && /^-?\d{1,6}$/.test(text) ? Number(text) : undefined;
const isOn = (element: unknown, name: string): boolean =>
  child(element, name) !== undefined || (element as Xml)[name] === ''
    ? !['0', 'false', 'off'].includes(value(element, name) ?? '1')
    : false;

/** The most levels that Word knows. */
const LEVELS = 9;

/** From the XML of the two parts; '' for one that is missing. */
export function createLabeller(numberingXml: string, stylesXml: string): Labeller {
  if (numberingXml === '') return () => undefined;
  const numbering = parser.parse(numberingXml) as unknown;
  const styles = readStyles(stylesXml === '' ? undefined : (parser.parse(stylesXml) as unknown));
  const lists = readLists(child(numbering, 'numbering'), styles);
  const count = createCounter(lists);
  return (paragraph) => {
    const place = resolve(paragraph, styles, lists);
    return place === undefined ? undefined : count(place.numId, place.index);
  };
}

/** Counts paragraphs in lists, and gives the label of each next one at a level of a list. */
export function createCounter(lists: ReadonlyMap<string, List>): (numId: string, index: number) => string | undefined {
  const counters = new Map<string, (number | undefined)[]>();
  const used = new Set<string>();

  return (numId, index) => {
    const list = lists.get(numId);
    const level = list?.levels.get(index);
    if (list === undefined || level === undefined) return undefined;
    const counts = counters.get(list.counter) ?? [];
    counters.set(list.counter, counts);
    if (!used.has(numId)) {
      used.add(numId);
      for (const [at, start] of list.restarts) counts[at] = start - 1;
    }
    counts[index] = (counts[index] ?? level.start - 1) + 1;
    for (let below = index + 1; below < LEVELS; below += 1) {
      const { restart } = list.levels.get(below) ?? {};
      if (restart === undefined || (restart > 0 && index < restart)) counts[below] = undefined;
    }
    return label(level, list.levels, counts);
  };
}

function readLevel(lvl: Xml): readonly [index: number, level: Level] | undefined {
  const index = integer(attribute(lvl, 'ilvl'));
  if (index === undefined) return undefined;
  const restart = integer(value(lvl, 'lvlRestart'));
  const styleId = value(lvl, 'pStyle');
  const level: Level = {
    start: integer(value(lvl, 'start')) ?? 0,
    format: attribute(child(lvl, 'numFmt'), 'val') ?? alternateFormat(lvl) ?? 'decimal',
    text: value(lvl, 'lvlText') ?? '',
    suffix: value(lvl, 'suff') ?? 'tab',
    ...(restart === undefined ? {} : { restart }),
    legal: isOn(lvl, 'isLgl'),
    ...(styleId === undefined ? {} : { styleId }),
  };
  return [index, level];
}

/** Newer formats stand in mc:AlternateContent, with an older one to fall back on. */
const alternateFormat = (lvl: Xml): string | undefined =>
  value(child(child(lvl, 'AlternateContent'), 'Fallback'), 'numFmt');

const readLevels = (element: Xml): ReadonlyMap<number, Level> =>
  new Map(children(element, 'lvl').flatMap((lvl) => [readLevel(lvl)].filter((entry) => entry !== undefined)));

function readLists(numbering: Xml | undefined, styles: ReadonlyMap<string, StyleNumbering>): ReadonlyMap<string, List> {
  const definitions = new Map(
    children(numbering, 'abstractNum').map((each) => [attribute(each, 'abstractNumId'), each]),
  );
  const definitionOf = new Map(
    children(numbering, 'num').map((num) => [attribute(num, 'numId'), value(num, 'abstractNumId')]),
  );
  const lists = new Map<string, List>();
  for (const num of children(numbering, 'num')) {
    const numId = attribute(num, 'numId');
    let counter = value(num, 'abstractNumId');
    // A definition may only point to a list style, whose own list has the levels.
    const link = value(definitions.get(counter), 'numStyleLink');
    if (link !== undefined) counter = definitionOf.get(styles.get(link)?.numId) ?? counter;
    const definition = definitions.get(counter);
    if (numId === undefined || counter === undefined || definition === undefined) continue;
    const levels = new Map(readLevels(definition));
    const restarts = new Map<number, number>();
    for (const override of children(num, 'lvlOverride')) {
      const index = integer(attribute(override, 'ilvl'));
      if (index === undefined) continue;
      for (const [at, level] of readLevels(override)) levels.set(at, level);
      const start = integer(value(override, 'startOverride'));
      if (start !== undefined) restarts.set(index, start);
    }
    lists.set(numId, { counter, levels, restarts });
  }
  return lists;
}

function readStyles(styles: unknown): ReadonlyMap<string, StyleNumbering> {
  return new Map(
    children(child(styles, 'styles'), 'style').flatMap((style) => {
      const id = attribute(style, 'styleId');
      const numPr = child(child(style, 'pPr'), 'numPr');
      const basedOn = value(style, 'basedOn');
      const numId = value(numPr, 'numId');
      const level = integer(value(numPr, 'ilvl'));
      if (id === undefined) return [];
      const found: StyleNumbering = {
        ...(basedOn === undefined ? {} : { basedOn }),
        ...(numId === undefined ? {} : { numId }),
        ...(level === undefined ? {} : { level }),
      };
      return [[id, found] as const];
    }),
  );
}

function resolve(
  paragraph: ParagraphNumbering,
  styles: ReadonlyMap<string, StyleNumbering>,
  lists: ReadonlyMap<string, List>,
): { readonly numId: string; readonly index: number } | undefined {
  let { numId, level } = paragraph;
  let style = paragraph.styleId;
  for (let depth = 0; style !== undefined && (numId === undefined || level === undefined) && depth < 20; depth += 1) {
    const inherited: StyleNumbering | undefined = styles.get(style);
    if (numId === undefined && inherited?.numId !== undefined) {
      numId = inherited.numId;
      const owner = style;
      const linked = [...(lists.get(numId)?.levels ?? [])].find(([, { styleId }]) => styleId === owner)?.[0];
      level ??= linked ?? inherited.level;
    }
    style = inherited?.basedOn;
  }
  // List 0 takes numbering away.
  if (numId === undefined || numId === '0') return undefined;
  return { numId, index: level ?? 0 };
}

function label(level: Level, levels: ReadonlyMap<number, Level>, counts: readonly (number | undefined)[]): string {
  if (level.format === 'none' && level.text === '') return '';
  if (level.format === 'bullet') return level.text === '' ? '' : `${bulletText(level.text)}${space(level.suffix, '*')}`;
  const shown = level.text.replace(/%([1-9])/gu, (_, digit: string) => {
    const index = Number(digit) - 1;
    const shownLevel = levels.get(index);
    const format = level.legal && shownLevel?.format !== 'none' ? 'decimal' : (shownLevel?.format ?? 'decimal');
    return formatNumber(counts[index] ?? shownLevel?.start ?? 1, format);
  });
  return shown === '' ? '' : shown + space(level.suffix, shown);
}

function space(suffix: string, before: string): string {
  if (suffix === 'nothing') return '';
  return suffix === 'space' ? ' ' : spaceAfter(before);
}

/** What stands for the tab between label and text. After a full-width mark it is only layout; after a Latin one, a space. */
export const spaceAfter = (label: string): string =>
  /(?:[\u3000-\u303F\uFF00-\uFFEF\u2460-\u24FF]\s*|\s)$/u.test(label) ? '' : ' ';

/** Bullets in Symbol and Wingdings are private-use characters; what they look like, or a plain bullet. */
const BULLETS: Readonly<Record<string, string>> = {
  '\uF06C': '●',
  '\uF06E': '■',
  '\uF075': '◆',
  '\uF0A7': '■',
  '\uF0D8': '►',
  '\uF0FC': '✓',
};
export const bulletText = (text: string): string =>
  text.replace(/[\uE000-\uF8FF]/gu, (char) => BULLETS[char] ?? '●').replace(/^[o§•]$/u, '●');

const DIGITS = '〇一二三四五六七八九';
const FORMAL_DIGITS = '零壹贰叁肆伍陆柒捌玖';

/** A count as Word writes it in a number format; unknown formats give Arabic numerals. */
export function formatNumber(count: number, format: string): string {
  const decimal = String(count);
  switch (format) {
    case 'none':
      return '';
    case 'chineseCounting':
    case 'chineseCountingThousand':
    case 'taiwaneseCounting':
    case 'taiwaneseCountingThousand':
    case 'japaneseCounting':
    case 'ideographDigital':
    case 'japaneseDigitalTenThousand':
    case 'taiwaneseDigital':
      return format.includes('igital') ? spell(decimal, DIGITS) : countInChinese(count, DIGITS, '十百千');
    case 'chineseLegalSimplified':
    case 'ideographLegalTraditional':
      return countInChinese(count, FORMAL_DIGITS, '拾佰仟');
    case 'ideographTraditional':
      return '甲乙丙丁戊己庚辛壬癸'[count - 1] ?? decimal;
    case 'ideographZodiac':
      return '子丑寅卯辰巳午未申酉戌亥'[count - 1] ?? decimal;
    case 'decimalZero':
      return decimal.padStart(2, '0');
    case 'decimalFullWidth':
    case 'decimalFullWidth2':
      return spell(decimal, '０１２３４５６７８９');
    case 'decimalEnclosedCircle':
    case 'decimalEnclosedCircleChinese':
      return (
        fromBlock(count, 0x2460, 20) ??
        fromBlock(count - 20, 0x3251, 15) ??
        fromBlock(count - 35, 0x32b1, 15) ??
        decimal
      );
    case 'decimalEnclosedParen':
      return fromBlock(count, 0x2474, 20) ?? decimal;
    case 'decimalEnclosedFullstop':
      return fromBlock(count, 0x2488, 20) ?? decimal;
    case 'ideographEnclosedCircle':
      return fromBlock(count, 0x3280, 10) ?? decimal;
    case 'numberInDash':
      return `- ${decimal} -`;
    case 'lowerLetter':
      return letters(count, 'a');
    case 'upperLetter':
      return letters(count, 'A');
    case 'lowerRoman':
      return roman(count).toLowerCase();
    case 'upperRoman':
      return roman(count);
    default:
      return decimal;
  }
}

const spell = (decimal: string, digits: string): string =>
  decimal.replace(/\d/g, (digit) => digits[Number(digit)] ?? digit);

const fromBlock = (count: number, first: number, size: number): string | undefined =>
  count >= 1 && count <= size ? String.fromCodePoint(first + count - 1) : undefined;

function countInChinese(count: number, digits: string, units: string): string {
  if (count < 0 || count > 9999) return String(count);
  if (count === 0) return digits[0] ?? '';
  let text = '';
  let gap = false;
  const decimal = String(count);
  for (const [index, digit] of [...decimal].entries()) {
    if (digit === '0') {
      gap = true;
      continue;
    }
    if (gap && text !== '') text += '零';
    gap = false;
    text += (digits[Number(digit)] ?? '') + (units[decimal.length - 2 - index] ?? '');
  }
  // 十, not 一十, at the start.
  return text.replace(/^一十/u, '十');
}

/** a … z, aa … zz, aaa …: Word repeats the letter. */
const letters = (count: number, first: string): string =>
  count < 1 || count > 780
    ? String(count)
    : String.fromCharCode(first.charCodeAt(0) + ((count - 1) % 26)).repeat(Math.ceil(count / 26));

const ROMAN: readonly (readonly [number, string])[] = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
];

function roman(count: number): string {
  if (count < 1 || count > 3999) return String(count);
  let left = count;
  let text = '';
  for (const [worth, letter] of ROMAN) {
    while (left >= worth) {
      text += letter;
      left -= worth;
    }
  }
  return text;
}
