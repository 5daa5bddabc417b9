/**
 * Finds every quantity in a text: number, unit, and the words that blur it. What only looks like one (第57次会议, 4号,
 * 三重一大, list marks, telephone numbers, dates) is passed over. Each character is read once.
 */
import type { Interval, Qualifier, Quantity, QuantityKind, Rational, Span } from '../model.js';
import { scanDates } from './dates.js';
import { interval, nearestInterval, pointInterval } from './interval.js';
import {
  type BlurringQualifier,
  type FixedTerm,
  type Lexicon,
  type QualifierWord,
  type Unit,
  wordAt,
  wordBefore,
} from './lexicon.js';
import { CHINESE_NUMERAL_CHARACTERS, type Numeral, type ReadNumeral, readNumeral, readScale } from './numeral.js';
import { add, cmp, div, eq, mul, ONE, powerOfTen, rational, toDecimal, ZERO } from './rational.js';

export { compileLexicon, type Lexicon, type LexiconSource } from './lexicon.js';

/** Positions and text are those of `folded`, which has the length of the text that it was folded from. */
export function scanQuantities(
  folded: string,
  lexicon: Lexicon,
  dates: readonly Span[] = scanDates(folded),
): readonly Quantity[] {
  const taken = mergeSpans(dates, codes(folded));
  const found: Quantity[] = [];
  let next = 0;
  CANDIDATE.lastIndex = 0;
  for (let match = CANDIDATE.exec(folded); match !== null; match = CANDIDATE.exec(folded)) {
    const at = match.index;
    while (next < taken.length && (taken[next] as Span).end <= at) next += 1;
    const span = taken[next];
    if (span !== undefined && span.start <= at) {
      CANDIDATE.lastIndex = span.end;
      continue;
    }
    const floor = Math.max(found[found.length - 1]?.end ?? 0, taken[next - 1]?.end ?? 0);
    const { quantity, end } = readQuantity(folded, at, lexicon, floor);
    if (quantity !== undefined) found.push(quantity);
    CANDIDATE.lastIndex = Math.max(end, at + 1);
  }
  return found;
}

const CANDIDATE = new RegExp(`[0-9半${CHINESE_NUMERAL_CHARACTERS}]`, 'g');

/** Addresses, telephone and identity numbers, outline numbers such as 1.1.2, times of day and ratios such as 9:30. */
const CODE =
  /(?=[\w.+-])(?:(?<![\w.+-])[\w.+-]{1,64}@[\w.-]+|https?:\/\/[\w./?=&%#:~+-]+|www\.[\w./-]+|(?<!\d)0\d{2,3}[-—]\d{7,8}|(?<!\d)1[3-9]\d{9}(?!\d)|\d{14,}[Xx]?|\d+(?:\.\d+){2,}|\d{1,3}[:：]\d{1,3}(?:[:：]\d{2})?(?!\d)|(?<!\d)\d{1,2}[时点]\d{1,2}分?(?!钟))/g;

function codes(folded: string): readonly Span[] {
  const found: Span[] = [];
  CODE.lastIndex = 0;
  for (let hit = CODE.exec(folded); hit !== null; hit = CODE.exec(folded)) {
    found.push({ start: hit.index, end: CODE.lastIndex });
  }
  return found;
}

function mergeSpans(a: readonly Span[], b: readonly Span[]): readonly Span[] {
  return b.length === 0 ? a : [...a, ...b].sort((x, y) => x.start - y.start);
}

interface Reading {
  readonly quantity?: Quantity;
  /** Where reading goes on. */
  readonly end: number;
}

/** The number at `at` with its unit and qualifiers; words before `floor` belong to the number before. */
function readQuantity(text: string, at: number, lexicon: Lexicon, floor: number): Reading {
  if (isOrdinal(text, at, lexicon)) return { end: ordinalListEnd(text, at) };
  const fixed = fixedTermAt(text, at, lexicon);
  const fixedEnd = fixed === undefined ? 0 : at - fixed.offset + fixed.text.length;
  if (fixed !== undefined && fixed.offset > 0) return { end: fixedEnd };
  const amount = readAmount(text, at, lexicon);
  if (amount === undefined) return { end: Math.max(fixedEnd, numeralRunEnd(text, at)) };
  if (amount.end <= fixedEnd) return { end: fixedEnd };
  if (isMarked(text, at, amount)) return { end: text.indexOf('.', at) + 1 };
  const quantity = complete(text, at, amount, lexicon, floor);
  return quantity === undefined ? { end: Math.max(amount.digitsEnd, fixedEnd) } : { quantity, end: quantity.end };
}

/** 1.23座矿山 at the start of a sentence: a list mark and a count, for nobody counts a hundredth of a thing. */
const isMarked = (text: string, at: number, { kind, decimals, digitsEnd, end }: Amount): boolean =>
  kind === 'count' &&
  decimals > 0 &&
  /^[1-9]\d?\.[1-9]\d*$/u.test(text.slice(at, digitsEnd)) &&
  !/[万亿千百]/u.test(text.slice(at, end)) &&
  /^[。；：;:\s]?$/u.test(text.charAt(at - 1));

const NUMERAL_RUN = new RegExp(`[${CHINESE_NUMERAL_CHARACTERS}]+`, 'y');

/** What is no numeral as a whole (七十七八) is not read in parts. */
function numeralRunEnd(text: string, at: number): number {
  NUMERAL_RUN.lastIndex = at;
  return NUMERAL_RUN.test(text) ? NUMERAL_RUN.lastIndex : at + 1;
}

/**
 * The fixed term whose first numeral stands at `at`: one that begins before the number where there is one (统一), else
 * the longest. A quantity that begins with the term and is longer outweighs it (十分钟 and 十分).
 */
function fixedTermAt(text: string, at: number, lexicon: Lexicon): FixedTerm | undefined {
  let longest: FixedTerm | undefined;
  for (const term of lexicon.fixed.get(text.charAt(at)) ?? []) {
    if (!text.startsWith(term.text, at - term.offset)) continue;
    if (term.offset > 0) return term;
    longest ??= term;
  }
  return longest;
}

const LATIN_BEFORE = /[A-Za-z+_][-—.]?$/u;

function isOrdinal(text: string, at: number, lexicon: Lexicon): boolean {
  const before = text.charAt(at - 1);
  if (before === '〔' || before === '[' || before === '№') return true;
  if (wordBefore(lexicon.ordinalsBefore, text, text.charAt(at - 1) === ' ' ? at - 1 : at) !== undefined) return true;
  return before < '\u0080' && LATIN_BEFORE.test(text.slice(Math.max(0, at - 2), at));
}

/** After 第: 第一、二、三批 and 第1至3项 are ordinals to their end. */
const ORDINAL_LIST = new RegExp(
  `[0-9${CHINESE_NUMERAL_CHARACTERS}]+(?:(?:[、至到和—～-]第?|\\.)[0-9${CHINESE_NUMERAL_CHARACTERS}]+)*`,
  'y',
);

function ordinalListEnd(text: string, at: number): number {
  ORDINAL_LIST.lastIndex = at;
  return ORDINAL_LIST.test(text) ? ORDINAL_LIST.lastIndex : at + 1;
}

// ── Number and unit ───────────────────────────────────────────────────────────────────────────────────────────────

/** A number with its unit and what stands between them; values already in the base unit. */
interface Amount {
  readonly value: Rational;
  readonly quantum: Rational;
  readonly decimals: number;
  readonly kind: QuantityKind;
  readonly unit: string;
  readonly unitText: string;
  readonly digitsEnd: number;
  readonly end: number;
  /** A number and nothing else: it may be a mark or a name. */
  readonly bare: boolean;
  readonly qualifier?: BlurringQualifier | undefined;
  /** Where it begins, with a word before it that belongs to it alone: 过半数. */
  readonly from?: number;
  readonly rangeTo?: Rational | undefined;
}

/** The number alone, with 余, 多, 来 between it and 万 or the unit. */
interface Magnitude extends Numeral {
  readonly digitsEnd: number;
  /** Where 万 or 亿 begins; the end where there is none. */
  readonly scaleStart: number;
  readonly end: number;
  readonly qualifier?: BlurringQualifier | undefined;
}

const FRACTION = new RegExp(
  `(?:百分之(?<percent>)|千分之(?<thousandth>)|万分之(?<myriad>)|(?<denominator>[${CHINESE_NUMERAL_CHARACTERS}]{1,4}|\\d{1,4})分之)`,
  'y',
);
const RANGE_DASH = / ?(?:[至到]|—{1,2}|-|～) ?/y;
const PLACE_ALONE: Readonly<Record<string, number>> = { 百: 2, 千: 3, 万: 4, 亿: 8 };

function readAmount(text: string, at: number, lexicon: Lexicon): Amount | undefined {
  const fraction = readFraction(text, at, lexicon) ?? readOneHalf(text, at);
  if (fraction !== undefined) return fraction;
  if (text.startsWith('半', at)) return readHalf(text, at, lexicon);
  const first = readMagnitude(text, at, lexicon);
  if (first === undefined) return undefined;
  return readRange(text, first, lexicon) ?? withUnit(text, first, lexicon);
}

function readMagnitude(text: string, at: number, lexicon: Lexicon): Magnitude | undefined {
  const written = readNumeral(text, at) ?? placeAlone(text, at, lexicon);
  if (written === undefined) return undefined;
  const numeral = withScaleApart(text, written, lexicon);
  // 10 余项: the word may be set off from digits.
  const gap = numeral.chinese ? 0 : space(text, numeral.end);
  const between = wordAt(lexicon.between, text, numeral.end + gap);
  if (between === undefined)
    return { digitsEnd: numeral.end, scaleStart: numeral.end - numeral.scaleLength, ...numeral };
  const afterWord = numeral.end + gap + between.text.length;
  const scale = numeral.scaleLength > 0 && !numeral.chinese ? NO_SCALE : readScale(text, afterWord);
  const factor = powerOfTen(scale.exponent);
  return {
    ...numeral,
    value: mul(numeral.value, factor),
    quantum: mul(numeral.quantum, factor),
    scaleLength: scale.length > 0 ? scale.length : numeral.scaleLength,
    digitsEnd: numeral.end,
    scaleStart: scale.length > 0 ? afterWord : numeral.end - numeral.scaleLength,
    end: afterWord + scale.length,
    qualifier: between.qualifier,
  };
}

const NO_SCALE = { length: 0, exponent: 0 };
const MYRIAD = 4;

/** 237.47 万元: 万 and 亿 behind a space, where a unit or 余 follows them. */
function withScaleApart(text: string, numeral: ReadNumeral, lexicon: Lexicon): ReadNumeral {
  if (numeral.chinese || numeral.scaleLength > 0 || text.charAt(numeral.end) !== ' ') return numeral;
  const scale = readScale(text, numeral.end + 1);
  const end = numeral.end + 1 + scale.length;
  const isFollowed = unitAt(text, end, lexicon) !== undefined || wordAt(lexicon.between, text, end) !== undefined;
  if (scale.exponent < MYRIAD || !isFollowed) return numeral;
  const factor = powerOfTen(scale.exponent);
  return {
    ...numeral,
    value: mul(numeral.value, factor),
    quantum: mul(numeral.quantum, factor),
    scaleLength: scale.length,
    end,
  };
}

/** 百余名, 近千人: a place without a digit counts one where something beside it says that it is a round number. */
function placeAlone(text: string, at: number, lexicon: Lexicon): ReadNumeral | undefined {
  const place = PLACE_ALONE[text.charAt(at)];
  if (place === undefined) return undefined;
  const blurred =
    wordAt(lexicon.between, text, at + 1) !== undefined || wordBefore(lexicon.before, text, at) !== undefined;
  if (!blurred) return undefined;
  const value = powerOfTen(place);
  return { value, quantum: ONE, decimals: 0, scaleLength: 0, chinese: true, end: at + 1 };
}

/** 百分之九十点五 (percent), 千分之三 (0.3%), 三分之一 (a bare number). */
function readFraction(text: string, at: number, lexicon: Lexicon): Amount | undefined {
  if (text.startsWith('百分百', at)) return percent(rational(100), ONE, 0, at + 3, at + 3);
  if (!text.slice(at, at + 6).includes('分之')) return undefined;
  FRACTION.lastIndex = at;
  const groups = FRACTION.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const start = FRACTION.lastIndex;
  const hundred = text.startsWith('百', start) && readNumeral(text, start) === undefined;
  const part: Magnitude | undefined = hundred
    ? {
        value: rational(100),
        quantum: ONE,
        decimals: 0,
        scaleLength: 0,
        chinese: true,
        digitsEnd: start + 1,
        scaleStart: start + 1,
        end: start + 1,
      }
    : readMagnitude(text, start, lexicon);
  if (part === undefined) return undefined;
  if (groups.denominator === undefined) {
    const unit =
      groups.percent !== undefined ? ONE : groups.thousandth !== undefined ? rational(1, 10) : rational(1, 100);
    return {
      ...percent(mul(part.value, unit), mul(part.quantum, unit), part.decimals, part.digitsEnd, part.end),
      qualifier: part.qualifier,
    };
  }
  const whole = readNumeral(groups.denominator, 0);
  if (whole === undefined || whole.end !== groups.denominator.length || whole.value.n === 0n) return undefined;
  return { ...bareFraction(div(part.value, whole.value), part.digitsEnd, part.end), qualifier: part.qualifier };
}

const bareFraction = (value: Rational, digitsEnd: number, end: number): Amount => ({
  value,
  quantum: ZERO,
  decimals: 0,
  kind: 'number',
  unit: '',
  unitText: '',
  digitsEnd,
  end,
  bare: false,
});

const percent = (value: Rational, quantum: Rational, decimals: number, digitsEnd: number, end: number): Amount => ({
  value,
  quantum,
  decimals,
  kind: 'percent',
  unit: '%',
  unitText: '',
  digitsEnd,
  end,
  bare: false,
});

const A_HALF = /半数|一半(?![\u4e00-\u9fff]?[年月天日小])|(?<=[超过])半(?=[，。；、！？）\s]|$)/y;

/** 半数, 一半, 过半: a bare number, as 二分之一 is. */
function readOneHalf(text: string, at: number): Amount | undefined {
  A_HALF.lastIndex = at;
  if (!A_HALF.test(text)) return undefined;
  const half = bareFraction(ONE_HALF, A_HALF.lastIndex, A_HALF.lastIndex);
  return text.charAt(at - 1) === '过' ? { ...half, qualifier: 'moreThan', from: at - 1 } : half;
}

/** 半年, 半个月, 半天: half of a duration. */
function readHalf(text: string, at: number, lexicon: Lexicon): Amount | undefined {
  const unit = wordAt(lexicon.units, text, at + 1);
  if (unit?.kind !== 'duration') return undefined;
  const number = { value: ONE_HALF, quantum: ONE_HALF, decimals: 0, scaleLength: 0, chinese: true };
  return withUnit(text, { ...number, digitsEnd: at + 1, scaleStart: at + 1, end: at + 1 }, lexicon);
}

const ONE_HALF = rational(1, 2);

const space = (text: string, at: number): number => (text.charAt(at) === ' ' ? 1 : 0);

function unitAt(text: string, at: number, lexicon: Lexicon): Unit | undefined {
  const unit = wordAt(lexicon.units, text, at);
  if (unit === undefined) return undefined;
  if (/[A-Za-z]$/u.test(unit.text) && /[A-Za-z]/u.test(text.charAt(at + unit.text.length))) return undefined;
  const other = wordAt(lexicon.notUnits, text, at);
  return other !== undefined && other.text.length > unit.text.length ? undefined : unit;
}

/** A unit as it stands after a number: 个, 件（次）, 年半, 个多月. */
interface WrittenUnit {
  readonly unit: Unit;
  readonly end: number;
  /** What is added behind the unit, in its tenths: 一年半, 两个半小时, 九成五. */
  readonly tenths: number;
  readonly qualifier?: BlurringQualifier | undefined;
}

function writtenUnit(text: string, at: number, lexicon: Lexicon): WrittenUnit | undefined {
  const parted = partedUnit(text, at, lexicon);
  if (parted !== undefined) return parted;
  const unit = unitAt(text, at, lexicon);
  if (unit === undefined) return undefined;
  const end = at + unit.text.length;
  if (unit.kind === 'duration' && text.startsWith('半', end)) return { unit, end: end + 1, tenths: 5 };
  const tenths = tenthsAt(text, end, unit, lexicon);
  if (tenths > 0) return { unit, end: end + 1, tenths };
  const per = text.charAt(end) === '/' ? unitAt(text, end + 1, lexicon) : undefined;
  if (per !== undefined) return { unit: ratioUnit(unit, per), end: end + 1 + per.text.length, tenths: 0 };
  const second = unit.kind === 'count' ? bracketed(text, end, lexicon) : '';
  if (second === '') return { unit, end, tenths: 0 };
  return { unit: { ...unit, base: unit.base + second }, end: end + second.length, tenths: 0 };
}

/** 九成五: the digit behind a unit that is ten of another, where it begins no number of its own (七成三户). */
function tenthsAt(text: string, at: number, unit: Unit, lexicon: Lexicon): number {
  if (unit.kind !== 'percent' || !eq(unit.times, rational(10))) return 0;
  const digit = '一二三四五六七八九'.indexOf(text.charAt(at)) + 1;
  const more = digit > 0 ? readNumeral(text, at) : undefined;
  return more?.end === at + 1 && unitAt(text, at + 1, lexicon) === undefined ? digit : 0;
}

/** 元/人, 次/年: no sum of money and no count any more, but a measure of its own. */
const ratioUnit = (unit: Unit, per: Unit): Unit => ({ ...unit, kind: 'measure', base: `${unit.base}/${per.text}` });

/** 3个多月, 两个半小时: 个 and the rest of its unit, with 多, 余 or 半 between. */
function partedUnit(text: string, at: number, lexicon: Lexicon): WrittenUnit | undefined {
  if (!text.startsWith('个', at)) return undefined;
  const half = text.startsWith('半', at + 1);
  const between = half ? undefined : wordAt(lexicon.between, text, at + 1);
  if (!half && between === undefined) return undefined;
  const rest = at + 1 + (between?.text.length ?? 1);
  const unit = wordAt(lexicon.units, `个${text.slice(rest, rest + 4)}`, 0);
  if (unit?.kind !== 'duration') return undefined;
  return { unit, end: rest + unit.text.length - 1, tenths: half ? 5 : 0, qualifier: between?.qualifier };
}

/** 件（次）, 套（间）: a second classifier in brackets, with them; empty where there is none. */
function bracketed(text: string, at: number, lexicon: Lexicon): string {
  if (text.charAt(at) !== '（') return '';
  const inner = wordAt(lexicon.units, text, at + 1);
  if (inner?.kind !== 'count' || text.charAt(at + 1 + inner.text.length) !== '）') return '';
  return `（${inner.text}）`;
}

function withUnit(text: string, number: Magnitude, lexicon: Lexicon): Amount | undefined {
  const gap = space(text, number.end);
  const written = writtenUnit(text, number.end + gap, lexicon);
  if (written !== undefined) return measured(text, number, number.end + gap, written);
  return number.chinese ? undefined : withoutUnit(text, number);
}

function withoutUnit(text: string, number: Magnitude): Amount {
  const scaled = number.scaleLength > 0;
  const exact = number.decimals === 0 && !scaled;
  // A bare 余 or 多 may begin the next word (完成40多措并举), unless 万 follows or the clause ends there.
  const blurred = number.qualifier !== undefined && (scaled || isBreak(text, number.end));
  return {
    value: number.value,
    quantum: exact ? ZERO : number.quantum,
    decimals: number.decimals,
    kind: 'number',
    unit: '',
    unitText: text.slice(number.scaleStart, number.scaleStart + number.scaleLength),
    digitsEnd: number.digitsEnd,
    end: number.qualifier === undefined || blurred ? number.end : number.digitsEnd,
    bare: !scaled,
    qualifier: blurred ? number.qualifier : undefined,
  };
}

function measured(text: string, number: Magnitude, unitStart: number, written: WrittenUnit): Amount {
  const { unit, end, tenths } = written;
  const scaled = number.scaleLength > 0;
  const exact = unit.kind === 'count' && number.decimals === 0 && !scaled;
  const step = tenths === 0 ? number.quantum : tenths === 5 && unit.kind === 'duration' ? ONE_HALF : rational(1, 10);
  return {
    value: mul(add(number.value, rational(tenths, 10)), unit.times),
    quantum: exact ? ZERO : mul(step, unit.times),
    decimals: number.decimals,
    kind: unit.kind,
    unit: unit.base,
    unitText: text.slice(scaled ? number.scaleStart : unitStart, end),
    digitsEnd: number.digitsEnd,
    end,
    bare: false,
    qualifier: number.qualifier ?? written.qualifier,
    rangeTo: number.upTo === undefined ? undefined : mul(number.upTo, unit.times),
  };
}

/** 1至2名, 3—5个, 10%—20%, 8—10万元: from the first number to the second, in the second's unit. */
function readRange(text: string, first: Magnitude, lexicon: Lexicon): Amount | undefined {
  const own = unitAt(text, first.end, lexicon);
  RANGE_DASH.lastIndex = first.end + (own?.text.length ?? 0);
  if (!RANGE_DASH.test(text)) return undefined;
  const second = readMagnitude(text, RANGE_DASH.lastIndex, lexicon);
  if (second === undefined) return undefined;
  const upper = withUnit(text, second, lexicon);
  if (upper === undefined || (upper.unit === '' && (own !== undefined || upper.unitText === ''))) return undefined;
  if (own !== undefined && (own.base !== upper.unit || own.kind !== upper.kind)) return undefined;
  const shared = own === undefined && first.scaleLength === 0 && second.scaleLength > 0;
  const scale = shared ? div(second.quantum, powerOfTen(-second.decimals)) : ONE;
  const times = second.value.n === 0n ? ONE : div(upper.value, second.value);
  const lower = mul(mul(first.value, scale), own?.times ?? times);
  if (cmp(lower, upper.value) >= 0) return undefined;
  return { ...upper, value: lower, rangeTo: upper.value };
}

// ── Qualifiers, interval ──────────────────────────────────────────────────────────────────────────────────────────

const BREAK = /[，。；、！？）)\s]/u;
const isBreak = (text: string, at: number): boolean => at >= text.length || BREAK.test(text.charAt(at));

function complete(text: string, at: number, amount: Amount, lexicon: Lexicon, floor: number): Quantity | undefined {
  if (isOrdinalUnit(text, amount, lexicon)) return undefined;
  if (amount.bare && isName(text, at, amount, lexicon)) return undefined;
  if (isSlogan(text, at) || isOrdinalTwo(text, at, amount) || isSurname(text, at, amount)) return undefined;
  const before = qualifierBefore(text, at, amount.kind, lexicon, floor);
  const after = qualifierAfter(text, amount, lexicon);
  const start = before?.start ?? amount.from ?? at;
  const end = amount.end + (after?.text.length ?? 0);
  const qualifier: Qualifier =
    after?.qualifier ??
    before?.qualifier ??
    amount.qualifier ??
    (amount.rangeTo !== undefined && isApproximatePair(text, at) ? 'about' : 'exact');
  return {
    start,
    end,
    kind: amount.kind,
    value: amount.value,
    quantum: amount.quantum,
    qualifier,
    interval: intervalOf(amount, qualifier, before === undefined),
    unit: amount.unit,
    unitText: amount.unitText,
    stated: text.slice(start, end),
    digits: { start: at, end: amount.digitsEnd },
    decimals: amount.decimals,
    ...(amount.rangeTo === undefined ? {} : { rangeTo: amount.rangeTo }),
  };
}

const APPROXIMATE_PAIR = /[一二两三四五六七八九]{2}/y;

function isApproximatePair(text: string, at: number): boolean {
  APPROXIMATE_PAIR.lastIndex = at;
  return APPROXIMATE_PAIR.test(text);
}

/** 3号, 19届: the word after the number makes it a name, though 号楼 or 届 might start like a unit. */
function isOrdinalUnit(text: string, amount: Amount, lexicon: Lexicon): boolean {
  const word = wordAt(lexicon.ordinalsAfter, text, amount.digitsEnd);
  return word !== undefined && word.text.length >= amount.end - amount.digitsEnd;
}

/** 二类, 二次供水: alone before a classifier, 二 is an ordinal, for a count writes 两; before 个 and 名 it still counts. */
const isOrdinalTwo = (text: string, at: number, { kind, digitsEnd }: Amount): boolean =>
  kind === 'count' && text.slice(at, digitsEnd) === '二' && !/[个名]/u.test(text.charAt(digitsEnd));

/** 陆元某: one digit of those that forms of payment use, before 元 and another character, is a person's surname. */
const isSurname = (text: string, at: number, { kind, digitsEnd, end }: Amount): boolean =>
  kind === 'money' && /^[壹贰叁肆伍陆柒捌玖]$/u.test(text.slice(at, digitsEnd)) && /^[一-龥]/u.test(text.slice(end));

/** Where a bare number is a list mark, a label's number, or part of a name in Latin letters. */
function isName(text: string, at: number, { digitsEnd }: Amount, lexicon: Lexicon): boolean {
  const [before, after] = [text.charAt(at - 1), text.charAt(digitsEnd)];
  if (digitsEnd - at >= LONG_NUMBER && /^\d+$/u.test(text.slice(at, digitsEnd))) return true;
  if (CALENDAR.test(after) || (/[-—～/]/u.test(after) && /\d/u.test(text.charAt(digitsEnd + 1)))) return true;
  if (/[A-Za-z_@+²]/u.test(after) || /[-—～/]/u.test(before)) return true;
  if ((before === '（' || before === '(') && (after === '）' || after === ')')) return true;
  if (after === '）' || after === ')' || after === '：') return true;
  const head = text.slice(Math.max(0, at - 12), at);
  if (wordBefore(lexicon.labels, text, at - (/[：:\s]*$/u.exec(head)?.[0].length ?? 0)) !== undefined) return true;
  if (ITEM_HEAD.test(head) && !isBreakOrEnd(after)) return true;
  const opensList = /(?:^|[\n\t。；：])\s*$/u.test(head) || head === '';
  if (opensList && /[、.．]/u.test(after)) return true;
  return /(?:^|\n)\s*(?:[一-龥]{1,2})?$/u.test(head) && !isBreakOrEnd(after);
}

/** So many digits without a unit are a telephone or account number. */
const LONG_NUMBER = 7;

/** 每月10日前: what stands after the number makes it a part of a date that is not all written. */
const CALENDAR = /[年月日号时点]/u;

/** 二是2加强: a stray digit after the mark of an item. */
const ITEM_HEAD = /[一二三四五六七八九十]是$/u;

const isBreakOrEnd = (char: string): boolean => char === '' || /[，,。；;\s%]/u.test(char);

/** “四个合格”: a number in Chinese characters that opens a short quotation names a slogan. */
const SLOGAN = new RegExp(
  `[“‘][0-9${CHINESE_NUMERAL_CHARACTERS}]*[${CHINESE_NUMERAL_CHARACTERS}][^”’，。、；]{0,6}[”’]`,
  'y',
);

function isSlogan(text: string, at: number): boolean {
  SLOGAN.lastIndex = at - 1;
  return at > 0 && SLOGAN.test(text);
}

function qualifierBefore(
  text: string,
  at: number,
  kind: QuantityKind,
  lexicon: Lexicon,
  floor: number,
): { readonly qualifier: BlurringQualifier; readonly start: number } | undefined {
  const end = at - (text.charAt(at - 1) === ' ' ? 1 : 0);
  const word = wordBefore(lexicon.before, text, end);
  if (word === undefined || word.notFor.includes(kind) || end - word.text.length < floor) return undefined;
  const other = wordBefore(lexicon.notQualifiers, text, end);
  if (other !== undefined && other.text.length > word.text.length) return undefined;
  return { qualifier: word.qualifier, start: end - word.text.length };
}

function qualifierAfter(text: string, amount: Amount, lexicon: Lexicon): QualifierWord | undefined {
  if (amount.bare) return undefined;
  const word = wordAt(lexicon.after, text, amount.end);
  return word === undefined || word.notFor.includes(amount.kind) ? undefined : word;
}

/** How far 约 and 左右 reach on either side, as a share of the value. Generous: such a number should not contradict. */
const ABOUT = rational(1, 5);

/**
 * What the statement leaves open, in the base unit. Exact counts are points, other exact numbers all that rounds to
 * them. 余 and 多 after a number end below the next round figure (20余: above 20, below 30); 超 and 逾 before it set no
 * upper end. 近 and 不足 set no lower end. A range reaches from its lower to its upper number.
 */
function intervalOf(amount: Amount, qualifier: Qualifier, banded: boolean): Interval {
  const { value, quantum, rangeTo } = amount;
  const top = rangeTo ?? value;
  switch (qualifier) {
    case 'exact': {
      if (rangeTo === undefined) return quantum.n === 0n ? pointInterval(value) : nearestInterval(value, quantum);
      return interval(nearestInterval(value, quantum).lower, nearestInterval(top, quantum).upper);
    }
    case 'about': {
      if (rangeTo !== undefined) return interval(value, top);
      const reach = add(mul(value, ABOUT), quantum);
      return interval(add(value, mul(reach, MINUS_ONE)), add(value, reach));
    }
    case 'moreThan':
      return banded
        ? interval(value, add(top, roundStep(top)), { lowerOpen: true, upperOpen: true })
        : interval(value, undefined, { lowerOpen: true });
    case 'lessThan':
      return interval(undefined, top, { upperOpen: true });
    case 'atLeast':
      return interval(value);
    case 'atMost':
      return interval(undefined, top);
  }
}

const MINUS_ONE = rational(-1);

/** Value of the last digit of `value` that is not zero: 20 → 10, 120 → 10, 3 000 000 → 1 000 000, 1.2 → 0.1. */
function roundStep(value: Rational): Rational {
  const written = toDecimal(value);
  const [whole = '', fraction = ''] = written.split('.');
  if (fraction !== '') return powerOfTen(-fraction.length);
  return powerOfTen(whole.length - whole.replace(/0+$/u, '').length);
}
