/**
 * Exact rational numbers over BigInt. No verdict of hecha rests on floating point.
 */
import type { Rational } from '../model.js';

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

const magnitude = (n: bigint): bigint => (n < 0n ? -n : n);

/** n/d in lowest terms. Throws RangeError where d is 0, or a `number` is no safe integer. */
export function rational(n: bigint | number, d: bigint | number = 1n): Rational {
  const [top, bottom] = [toBigInt(n), toBigInt(d)];
  if (bottom === 1n) return { n: top, d: 1n };
  if (bottom === 0n) throw new RangeError('denominator is zero');
  const divisor = gcd(magnitude(top), magnitude(bottom)) * (bottom < 0n ? -1n : 1n);
  return { n: top / divisor, d: bottom / divisor };
}

function toBigInt(n: bigint | number): bigint {
  if (typeof n === 'number' && !Number.isSafeInteger(n)) throw new RangeError(`not a safe integer: ${n}`);
  return BigInt(n);
}

export const ZERO: Rational = { n: 0n, d: 1n };
export const ONE: Rational = { n: 1n, d: 1n };

/** 10ᵏ, k of either sign. */
export function powerOfTen(k: number): Rational {
  const known = powers.get(k);
  if (known !== undefined) return known;
  const power = k >= 0 ? { n: 10n ** BigInt(k), d: 1n } : { n: 1n, d: 10n ** BigInt(-k) };
  if (Math.abs(k) <= 16) powers.set(k, power);
  return power;
}

const powers = new Map<number, Rational>([[0, ONE]]);

/** The exact value of `-12.50`. Undefined for anything but optional sign, digits, optional point and digits. */
export function parseDecimal(text: string): Rational | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/u.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = ''] = match;
  return rational(BigInt(`${sign}${whole}${fraction}`), 10n ** BigInt(fraction.length));
}

export const add = (a: Rational, b: Rational): Rational =>
  a.d === 1n && b.d === 1n ? { n: a.n + b.n, d: 1n } : rational(a.n * b.d + b.n * a.d, a.d * b.d);
export const sub = (a: Rational, b: Rational): Rational => add(a, neg(b));
export const mul = (a: Rational, b: Rational): Rational =>
  a.d === 1n && b.d === 1n ? { n: a.n * b.n, d: 1n } : rational(a.n * b.n, a.d * b.d);
/** a/b. Throws RangeError where b is 0. */
export const div = (a: Rational, b: Rational): Rational => rational(a.n * b.d, a.d * b.n);
export const neg = (a: Rational): Rational => ({ n: -a.n, d: a.d });
export const abs = (a: Rational): Rational => (a.n < 0n ? neg(a) : a);

/** −1, 0 or 1. */
export function cmp(a: Rational, b: Rational): -1 | 0 | 1 {
  const [left, right] = [a.n * b.d, b.n * a.d];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

export const eq = (a: Rational, b: Rational): boolean => a.n === b.n && a.d === b.d;
export const min = (a: Rational, b: Rational): Rational => (cmp(a, b) <= 0 ? a : b);
export const max = (a: Rational, b: Rational): Rational => (cmp(a, b) >= 0 ? a : b);
export const sum = (values: readonly Rational[]): Rational => values.reduce(add, ZERO);
export const isInteger = (a: Rational): boolean => a.d === 1n;

/** Greatest integer not above a. */
export function floor(a: Rational): bigint {
  const quotient = a.n / a.d;
  return a.n < 0n && quotient * a.d !== a.n ? quotient - 1n : quotient;
}

/** Least integer not below a. */
export const ceil = (a: Rational): bigint => -floor(neg(a));

/** a to `decimals` places, halves away from zero. */
export function round(a: Rational, decimals: number): Rational {
  const scale = powerOfTen(decimals);
  const scaled = mul(abs(a), scale);
  const rounded = div(rational(floor(add(scaled, rational(1n, 2n)))), scale);
  return a.n < 0n ? neg(rounded) : rounded;
}

/** How many decimals write d exactly; undefined where none do. */
function finiteDecimals(denominator: bigint): number | undefined {
  let [rest, twos, fives] = [denominator, 0, 0];
  while (rest % 2n === 0n) [rest, twos] = [rest / 2n, twos + 1];
  while (rest % 5n === 0n) [rest, fives] = [rest / 5n, fives + 1];
  return rest === 1n ? Math.max(twos, fives) : undefined;
}

/**
 * Plain decimal string, no exponent and no trailing zeros: exact where the decimals are finite and no more than
 * `maxDecimals`, else rounded to that many (6 where none is given).
 */
export function toDecimal(a: Rational, maxDecimals?: number): string {
  if (a.d === 1n) return a.n.toString();
  const finite = finiteDecimals(a.d);
  const places = finite === undefined ? (maxDecimals ?? 6) : Math.min(finite, maxDecimals ?? finite);
  const scaled = mul(round(a, places), powerOfTen(places)).n;
  const digits = magnitude(scaled)
    .toString()
    .padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/u, '');
  return `${scaled < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
