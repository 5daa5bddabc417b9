/**
 * Numerals as Chinese papers write them: 3,569 · 1 234 · 1.2万 · 四十四 · 二〇二三 · 壹佰贰拾叁 · 十点五 · 1亿2千万.
 * Grammar only; units, classifiers and qualifiers are the scanner's.
 */
import type { Rational } from '../model.js';
import { add, cmp, mul, ONE, parseDecimal, powerOfTen, rational } from './rational.js';

export interface Numeral {
  readonly value: Rational;
  /** Places after the point, as written. */
  readonly decimals: number;
  /** Value of one unit of the last written place: 3.52亿 → 0.01亿, 300万 → 1万, 44 → 1. */
  readonly quantum: Rational;
  /** Length of the trailing 万 or 亿 (千万, 万亿 …) in characters; 0 where there is none. */
  readonly scaleLength: number;
  /** Chinese characters without 万 or 亿 after digits: bare, such a numeral is no quantity. */
  readonly chinese: boolean;
  /** 两三, 三五: the greater of two neighbouring digits that stand for "about". */
  readonly upTo?: Rational;
}

export type ReadNumeral = Numeral & { readonly end: number };

const DIGITS = new Map<string, number>(
  ['零〇○', '一壹', '二两贰', '三叁', '四肆', '五伍', '六陆', '七柒', '八捌', '九玖'].flatMap((forms, digit) =>
    [...forms].map((form): [string, number] => [form, digit]),
  ),
);
const TENS = new Map<string, number>([
  ['廿', 20],
  ['卅', 30],
]);
const PLACES = new Map<string, number>([
  ['十', 1],
  ['拾', 1],
  ['百', 2],
  ['佰', 2],
  ['千', 3],
  ['仟', 3],
]);
const MYRIADS = new Map<string, number>([
  ['万', 4],
  ['萬', 4],
  ['亿', 8],
  ['億', 8],
]);

const digitClass = [...DIGITS.keys()].join('');
/** Every character that can stand in a numeral in Chinese characters. */
export const CHINESE_NUMERAL_CHARACTERS = [...DIGITS, ...TENS, ...PLACES, ...MYRIADS].map(([char]) => char).join('');

const ARABIC = /[1-9]\d{0,2}(?:[,，]\d{3})+(?:\.\d+)?(?!\d)|[1-9]\d{0,2}(?: \d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?/y;
const SCALE = /(?:[百佰千仟](?!分))?(?:[万萬][亿億]|[万萬](?!分之)|[亿億])?/y;
/** The longest that anyone writes, and a bound on what a hostile text can cost. */
const LONGEST = 32;
const CHINESE = new RegExp(`[${CHINESE_NUMERAL_CHARACTERS}]{1,${LONGEST}}`, 'y');
const CHINESE_FRACTION = new RegExp(`点([${digitClass}]+)(?!是)([万萬亿億]?)`, 'y');

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** The longest numeral that starts at `at`; undefined where none does. */
export function readNumeral(text: string, at: number): ReadNumeral | undefined {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39 ? readArabic(text, at) : readChinese(text, at);
}

/** The value of a whole string that is a numeral; undefined for anything else. */
export function parseNumeral(text: string): Numeral | undefined {
  const read = readNumeral(text, 0);
  return read?.end === text.length ? read : undefined;
}

function exponentOf(scale: string): number {
  let exponent = 0;
  for (const char of scale) exponent += PLACES.get(char) ?? MYRIADS.get(char) ?? 0;
  return exponent;
}

/** The scale (千, 万, 千万, 亿 …) at `at`, with its power of ten; length 0 where there is none. */
export function readScale(text: string, at: number): { readonly length: number; readonly exponent: number } {
  const scale = matchAt(SCALE, text, at)?.[0] ?? '';
  return { length: scale.length, exponent: exponentOf(scale) };
}

function readArabic(text: string, at: number): ReadNumeral | undefined {
  const digits = matchAt(ARABIC, text, at)?.[0];
  if (digits === undefined) return undefined;
  const plain = digits.replace(/[,， ]/gu, '');
  const coefficient = parseDecimal(plain) as Rational;
  const point = plain.indexOf('.');
  const decimals = point < 0 ? 0 : plain.length - point - 1;
  const scale = readScale(text, at + digits.length);
  const end = at + digits.length + scale.length;
  const first: ReadNumeral = {
    value: mul(coefficient, powerOfTen(scale.exponent)),
    decimals,
    quantum: powerOfTen(scale.exponent - decimals),
    scaleLength: scale.length,
    chinese: false,
    end,
  };
  return scale.exponent >= 4 && decimals === 0 ? withLowerPart(text, first) : first;
}

/** 1亿2千万, 3万5千, 2万3000: a second number after 万 or 亿 that fills the places below it. */
function withLowerPart(text: string, upper: ReadNumeral): ReadNumeral {
  const start = text.charAt(upper.end) === '零' ? upper.end + 1 : upper.end;
  const code = text.charCodeAt(start);
  if (!(code >= 0x30 && code <= 0x39)) return upper;
  const lower = readArabic(text, start);
  if (lower === undefined || cmp(lower.value, upper.quantum) >= 0) return upper;
  const fillsPlaces = lower.scaleLength > 0 || lower.end - start === 4;
  return fillsPlaces ? { ...lower, value: add(upper.value, lower.value) } : upper;
}

function readChinese(text: string, at: number): ReadNumeral | undefined {
  const written = matchAt(CHINESE, text, at)?.[0];
  if (written === undefined) return undefined;
  const end = at + written.length;
  const whole = readChineseInteger(written);
  if (whole === undefined) return undefined;
  const fraction = whole.scaleLength > 0 || whole.upTo !== undefined ? null : matchAt(CHINESE_FRACTION, text, end);
  if (fraction === null) return { end, ...whole };
  const [all, digits = '', scale = ''] = fraction;
  const exponent = exponentOf(scale);
  const tail = rational(positional(digits), 10n ** BigInt(digits.length));
  return {
    value: mul(add(whole.value, tail), powerOfTen(exponent)),
    decimals: digits.length,
    quantum: powerOfTen(exponent - digits.length),
    scaleLength: scale.length,
    chinese: true,
    end: end + all.length,
  };
}

const positional = (digits: string): bigint => BigInt([...digits].map((char) => DIGITS.get(char)).join(''));

function readChineseInteger(written: string): Numeral | undefined {
  const chars = [...written];
  return chars.every((char) => DIGITS.has(char)) ? readDigitString(chars) : readPlaced(chars);
}

const chineseNumeral = (value: bigint, exponent = 0, scaleLength = 0): Numeral => ({
  value: { n: value, d: 1n },
  decimals: 0,
  quantum: exponent === 0 ? ONE : powerOfTen(exponent),
  scaleLength,
  chinese: true,
});

/** 四 · 二〇二三 · 两三 (about two or three). Two digits side by side that are neither are no numeral: 二五. */
function readDigitString(chars: readonly string[]): Numeral | undefined {
  const value = chineseNumeral(positional(chars.join('')));
  if (chars.length !== 2) return value;
  const [a, b] = chars.map((char) => DIGITS.get(char)) as [number, number];
  if (a === 0 || b === 0) return value;
  if (b !== a + 1 && !(a === 3 && b === 5)) return undefined;
  return { ...chineseNumeral(BigInt(a)), upTo: rational(b) };
}

/** Numerals with places: 一百二十三, 两万三千, 十, 一千零五, 两万三 (= 23 000), 三亿五千万, 廿三. */
function readPlaced(chars: readonly string[]): Numeral | undefined {
  let total = 0;
  let section = 0;
  let digit: number | undefined;
  let lastPlace = 4;
  let lastMyriad = Number.POSITIVE_INFINITY;
  let afterPlace = 0;
  for (const [index, char] of chars.entries()) {
    const value = DIGITS.get(char);
    const tens = TENS.get(char);
    const place = PLACES.get(char);
    if (value !== undefined) {
      if (digit !== undefined && digit !== 0) return undefined;
      if (value === 0 || digit === 0) afterPlace = 0;
      digit = value;
    } else if (tens !== undefined) {
      if (digit !== undefined && digit !== 0) return undefined;
      if (lastPlace <= 1) return undefined;
      section += tens;
      [digit, lastPlace, afterPlace] = [undefined, 1, 1];
    } else if (place !== undefined) {
      if (place >= lastPlace) return undefined;
      const coefficient = digit === undefined || digit === 0 ? (place === 1 ? 1 : 0) : digit;
      if (coefficient === 0) return undefined;
      section += coefficient * 10 ** place;
      [digit, lastPlace, afterPlace] = [undefined, place, place];
    } else {
      const myriad = MYRIADS.get(char) as number;
      const low = section + (digit ?? 0);
      const followsMyriad = index > 0 && MYRIADS.has(chars[index - 1] as string);
      if (low === 0 && !followsMyriad) return undefined;
      if (lastMyriad <= myriad && (myriad === 4 || lastMyriad === 8)) return undefined;
      total = myriad === 8 ? (total + low) * 1e8 : total + low * 1e4;
      [section, digit, lastPlace, lastMyriad, afterPlace] = [0, undefined, 4, myriad, myriad];
    }
  }
  if (digit === 0) return undefined;
  // 两万三 leaves out its last place: the digit counts tenths of the place before it.
  const shortened = digit !== undefined && digit !== 0 && afterPlace >= 2;
  const rest = digit === undefined ? 0 : shortened ? digit * 10 ** (afterPlace - 1) : digit;
  const value = BigInt(total + section + rest);
  if (shortened && afterPlace >= 4) return chineseNumeral(value, afterPlace - 1);
  const scaleLength = trailingMyriads(chars);
  return chineseNumeral(value, scaleLength === 0 ? 0 : exponentOf(chars.slice(-scaleLength).join('')), scaleLength);
}

function trailingMyriads(chars: readonly string[]): number {
  let length = 0;
  while (length < chars.length && MYRIADS.has(chars[chars.length - 1 - length] as string)) length += 1;
  return length;
}
