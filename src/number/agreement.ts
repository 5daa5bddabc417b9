/**
 * When stated numbers agree, and what would explain it where they do not. Exact integer arithmetic over rationals; the
 * formulas are those of a number rounded to d decimals. Nothing here knows what is counted.
 */
import type { Interval, Quantity, Rational } from '../model.js';
import { intersects } from './interval.js';
import {
  abs,
  add,
  ceil,
  cmp,
  div,
  eq,
  floor,
  isInteger,
  mul,
  ONE,
  powerOfTen,
  rational,
  sub,
  sum,
  ZERO,
} from './rational.js';

// ── Percentage of counts ──────────────────────────────────────────────────────────────────────────────────────────

export type RoundingMode = 'nearest' | 'truncated' | 'roundedUp' | 'none';

export interface PercentAgreement {
  /** How the stated percentage follows from the counts; `none` where it does not. */
  readonly mode: RoundingMode;
  /** 100 × part / whole. */
  readonly exact: Rational;
}

const HUNDRED = rational(100);
const HALF = rational(1, 2);

/**
 * Whether `stated` (in %, written with `decimals` places) is the share of `part` in `whole`, with nearest before the other
 * modes. Either may be any rational, not below 0. Undefined where `whole` is 0: then nothing is said.
 */
export function percentAgreement(
  part: Rational,
  whole: Rational,
  stated: Rational,
  decimals: number,
): PercentAgreement | undefined {
  if (whole.n <= 0n) return undefined;
  const exact = div(mul(HUNDRED, part), whole);
  return { mode: roundingMode(exact, stated, powerOfTen(-decimals)), exact };
}

/** How `stated`, a multiple of `quantum`, comes from `exact`. Halves may go either way (GB/T 8170). */
export function roundingMode(exact: Rational, stated: Rational, quantum: Rational): RoundingMode {
  const error = sub(exact, stated);
  if (cmp(mul(abs(error), rational(2)), quantum) <= 0) return 'nearest';
  if (cmp(abs(error), quantum) >= 0) return 'none';
  return error.n > 0n ? 'truncated' : 'roundedUp';
}

/**
 * Power: whether an error of one in the part must show in a percentage of `whole` written with `decimals` places. Where it
 * need not, agreement proves little.
 */
export const detects = (whole: Rational, decimals: number): boolean =>
  whole.n > 0n && cmp(div(HUNDRED, whole), powerOfTen(-decimals)) > 0;

// ── A missing operand ─────────────────────────────────────────────────────────────────────────────────────────────

/** Integers from `first` to `last`; `last` is undefined where there is no end. */
export interface IntegerRange {
  readonly first: bigint;
  readonly last?: bigint;
}

/** Percentages that round (to nearest) to the stated one. */
interface Share {
  readonly low: Rational;
  readonly high: Rational;
}

function shareOf(stated: Rational, decimals: number): Share {
  const half = mul(powerOfTen(-decimals), HALF);
  return { low: div(sub(stated, half), HUNDRED), high: div(add(stated, half), HUNDRED) };
}

/**
 * The whole numbers that the whole can be, given its part and their percentage rounded to nearest: 483 at 94.89% leaves
 * 509. Undefined where there is none. With a part of 0 the whole has no upper limit.
 */
export function possibleWholes(part: Rational, stated: Rational, decimals: number): IntegerRange | undefined {
  const { low, high } = shareOf(stated, decimals);
  if (high.n <= 0n || part.n < 0n) return undefined;
  if (part.n === 0n) return low.n <= 0n ? { first: 1n } : undefined;
  const first = ceil(div(part, high));
  if (low.n <= 0n) return { first };
  return integerRange(first, floor(div(part, low)));
}

/** The whole numbers that the part can be, given the whole and their percentage rounded to nearest. */
export function possibleParts(whole: Rational, stated: Rational, decimals: number): IntegerRange | undefined {
  const { low, high } = shareOf(stated, decimals);
  const first = ceil(mul(whole, low));
  return integerRange(first < 0n ? 0n : first, floor(mul(whole, high)));
}

const integerRange = (first: bigint, last: bigint): IntegerRange | undefined =>
  first <= last ? { first, last } : undefined;

// ── Sums and shares ───────────────────────────────────────────────────────────────────────────────────────────────

/** A number with the step it is written in (0 where exact), as every `Quantity` is. */
export type Stated = Pick<Quantity, 'value' | 'quantum'>;

export interface SumAgreement {
  readonly agrees: boolean;
  /** Sum of the parts. */
  readonly expected: Rational;
  /** Greatest difference that rounding alone can make. */
  readonly tolerance: Rational;
}

/** Whether the parts, all of them, add up to the total: |V − Σv| ≤ (U + Σu)/2. */
export function sumAgreement(total: Stated, parts: readonly Stated[]): SumAgreement {
  const expected = sum(parts.map(({ value }) => value));
  const tolerance = mul(add(total.quantum, sum(parts.map(({ quantum }) => quantum))), HALF);
  return { agrees: cmp(abs(sub(total.value, expected)), tolerance) <= 0, expected, tolerance };
}

/** Whether percentages that cover every case add up to 100: |100 − Σp| ≤ (Σu)/2. */
export const shareAgreement = (shares: readonly Stated[]): SumAgreement =>
  sumAgreement({ value: HUNDRED, quantum: ZERO }, shares);

/** Whether parts that need not be all exceed the total by more than rounding can explain. */
export function exceeds(total: Stated, parts: readonly Stated[]): boolean {
  const { expected, tolerance } = sumAgreement(total, parts);
  return cmp(sub(expected, total.value), tolerance) > 0;
}

// ── Repeats ───────────────────────────────────────────────────────────────────────────────────────────────────────

export type Repeatable = Stated & Pick<Quantity, 'decimals' | 'qualifier'> & { readonly interval: Interval };

/**
 * Whether two statements of one thing, in one base unit, can both hold: exact ones written in the same step must be
 * equal, all others must share a point.
 */
export function repeatAgreement(a: Repeatable, b: Repeatable): boolean {
  const sameStep = a.qualifier === 'exact' && b.qualifier === 'exact' && eq(a.quantum, b.quantum);
  return sameStep ? eq(a.value, b.value) : intersects(a.interval, b.interval);
}

// ── Causes ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The simplest slip that would explain a disagreement. */
export type Cause =
  | { readonly kind: 'truncated' | 'roundedUp' | 'digitsSwapped' }
  /** A count that is one more or less than it should be. */
  | { readonly kind: 'offByOne'; readonly operand: 'part' | 'whole'; readonly value: Rational }
  /** A power of ten: 10⁴ is 万 for 元 or the reverse. */
  | { readonly kind: 'scale'; readonly factor: Rational }
  /** Another stated count is the whole. */
  | { readonly kind: 'otherWhole'; readonly value: Rational };

/** Why a percentage does not follow from its counts, simplest first; `others` are counts stated nearby. */
export function percentCause(
  part: Rational,
  whole: Rational,
  stated: Rational,
  decimals: number,
  others: readonly Rational[] = [],
): Cause | undefined {
  const fits = (a: Rational, b: Rational): boolean => percentAgreement(a, b, stated, decimals)?.mode === 'nearest';
  const agreement = percentAgreement(part, whole, stated, decimals);
  if (agreement === undefined || agreement.mode === 'nearest') return undefined;
  if (agreement.mode !== 'none') return { kind: agreement.mode };
  const other = others.find((value) => !eq(value, whole) && cmp(value, part) >= 0 && fits(part, value));
  if (other !== undefined) return { kind: 'otherWhole', value: other };
  for (const step of [ONE, rational(-1)]) {
    if (part.n + step.n >= 0n && fits(add(part, step), whole)) {
      return { kind: 'offByOne', operand: 'part', value: add(part, step) };
    }
    if (fits(part, add(whole, step))) return { kind: 'offByOne', operand: 'whole', value: add(whole, step) };
  }
  const expected = roundToStep(agreement.exact, powerOfTen(-decimals));
  if (digitsSwapped(stated, expected)) return { kind: 'digitsSwapped' };
  return scaleCause(stated, expected);
}

/** Why a stated value is not the expected one: a power of ten, digits swapped, or one too many or too few. */
export function valueCause(stated: Rational, expected: Rational): Cause | undefined {
  if (eq(stated, expected)) return undefined;
  if (digitsSwapped(stated, expected)) return { kind: 'digitsSwapped' };
  const scale = scaleCause(stated, expected);
  if (scale !== undefined) return scale;
  const one = isInteger(stated) && eq(abs(sub(stated, expected)), ONE);
  return one ? { kind: 'offByOne', operand: 'whole', value: expected } : undefined;
}

/** Powers of ten that slips of the pen make: a digit, 百, 千, 万, 万 against 亿, 元 against 亿. */
const SLIPS = [4, 8, 1, 2, 3];

function scaleCause(stated: Rational, expected: Rational): Cause | undefined {
  if (stated.n === 0n || expected.n === 0n) return undefined;
  const ratio = div(stated, expected);
  for (const exponent of SLIPS) {
    for (const factor of [powerOfTen(exponent), powerOfTen(-exponent)])
      if (eq(ratio, factor)) return { kind: 'scale', factor };
  }
  return undefined;
}

const roundToStep = (value: Rational, step: Rational): Rational =>
  mul(rational(floor(add(div(value, step), HALF))), step);

/** Whether two numbers of one length differ in a single digit: 43.1 and 41.1. */
export function oneDigitOff(a: Rational, b: Rational): boolean {
  const scale = powerOfTen((a.d * b.d).toString().length);
  const [x, y] = [mul(a, scale), mul(b, scale)].map(({ n }) => n.toString()) as [string, string];
  return x.length === y.length && [...x].filter((digit, at) => digit !== y[at]).length === 1;
}

/** Whether two neighbouring digits of one, exchanged, give the other: 90.9 and 99.0, 126 and 162. */
export function digitsSwapped(a: Rational, b: Rational): boolean {
  if (a.n < 0n || b.n < 0n || eq(a, b)) return false;
  const scale = powerOfTen((a.d * b.d).toString().length);
  const [x, y] = [mul(a, scale), mul(b, scale)];
  if (!isInteger(x) || !isInteger(y)) return false;
  const width = Math.max(x.n.toString().length, y.n.toString().length);
  const [left, right] = [x.n.toString().padStart(width, '0'), y.n.toString().padStart(width, '0')];
  const at = [...left].findIndex((digit, index) => digit !== right[index]);
  return (
    left[at] === right[at + 1] &&
    left[at + 1] === right[at] &&
    left.slice(at + 2) === right.slice(at + 2) &&
    at + 1 < width
  );
}
