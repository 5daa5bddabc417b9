/** How a stated percentage follows from a part and a whole, and the judgement of it. */
import type { Interval, Quantity, Rational, Severity } from '../model.js';
import { detects, percentCause, type RoundingMode, roundingMode } from '../number/agreement.js';
import { divIntervals, intersects, scaleInterval } from '../number/interval.js';
import { abs, add, cmp, div, max, mul, rational, sub, toDecimal, ZERO } from '../number/rational.js';
import { causeNote, isExact, operandOf, type Stated, shown } from './arithmetic.js';
import type { Judgement } from './kind.js';

/** A percentage with its operands. `others` are counts beside them that might be meant. */
export interface Share {
  readonly part: Stated;
  readonly whole: Stated;
  readonly rate: Stated;
  readonly others?: readonly Stated[];
  /** What a disagreement weighs, where it is not what the rule says. */
  readonly severity?: Severity;
}

const HUNDRED = rational(100);

const exactShare = ({ part, whole }: Share): Rational => div(mul(HUNDRED, part.quantity.value), whole.quantity.value);

/** How the percentage follows from its operands; undefined where the whole is 0. */
export function modeOf(share: Share): RoundingMode | 'interval' | undefined {
  const { rate: stated, part, whole } = share;
  if (whole.quantity.value.n <= 0n) return undefined;
  if (!isExact(stated) && stated.quantity.rangeTo === undefined) return isFarOff(share) ? 'none' : 'interval';
  const mode = roundingMode(exactShare(share), stated.quantity.value, stated.quantity.quantum);
  if (mode === 'nearest') return mode;
  // Tenths and fractions are not cut off.
  if (isRound(stated.quantity)) return 'none';
  const blurred = [part, whole, stated].some((side) => !isExact(side) || isRounded(side));
  return blurred && intersects(openShare(share), stated.quantity.interval) ? 'interval' : mode;
}

/** 九成, 三分之二: a step of ten percent, or more. */
export const isRound = ({ quantum }: Quantity): boolean => cmp(quantum, rational(10)) >= 0;

/** How far a blurred percentage may be from what it stands for, beside the side that it names. */
const NEAR = rational(10);
const SLACK = rational(1);

/** Whether a share is clearly not what a blurred percentage says of it: 近70% of 57.5%, 超过九成 of 85%. */
function isFarOff(share: Share): boolean {
  const { quantity } = share.rate;
  const { value, qualifier } = quantity;
  if (![share.part, share.whole].every(isExact)) return false;
  const off = sub(exactShare(share), value);
  switch (qualifier) {
    case 'lessThan':
      return cmp(off, SLACK) > 0 || (quantity.interval.lower !== undefined && cmp(add(off, NEAR), ZERO) < 0);
    case 'atMost':
      return cmp(off, SLACK) > 0;
    case 'moreThan':
      return cmp(add(off, SLACK), ZERO) < 0 || (quantity.interval.upper !== undefined && cmp(off, NEAR) > 0);
    case 'atLeast':
      return cmp(add(off, SLACK), ZERO) < 0;
    case 'about':
      return cmp(abs(off), max(rational(3), mul(value, rational(1, 8)))) > 0;
    case 'exact':
      return false;
  }
}

/** Money and measures are rounded as written; counts without 万 are not. */
const isRounded = ({ quantity }: Stated): boolean => quantity.kind !== 'percent' && quantity.quantum.n > 0n;

const openShare = ({ part, whole }: Share): Interval =>
  scaleInterval(divIntervals(part.quantity.interval, whole.quantity.interval), HUNDRED);

/** Whether one slip of the pen makes the percentage: in a digit of it, or by one in a count. */
export function isSlip(share: Share): boolean {
  const { part, whole, rate } = share;
  const { value, decimals } = rate.quantity;
  if (whole.quantity.value.n <= 0n || modeOf(share) !== 'none') return false;
  if (percentCause(part.quantity.value, whole.quantity.value, value, decimals) !== undefined) return true;
  const [written, expected] = [value, exactShare(share)].map((number) => toDecimal(number, decimals)) as [
    string,
    string,
  ];
  return written.length === expected.length && [...written].filter((digit, at) => digit !== expected[at]).length === 1;
}

export function judgeShare(share: Share): Judgement {
  const { part, whole, rate: stated, severity } = share;
  const mode = modeOf(share);
  const base = {
    stated: stated.quantity.stated,
    operands: [operandOf('part', part), operandOf('whole', whole), operandOf('rate', stated)],
    evidence: [whole.evidence, part.evidence, stated.evidence],
  };
  if (mode === undefined) return { ...base, verdict: 'unverifiable', severity: 'info' };
  const exact = exactShare(share);
  const expected = shown(exact, '%', stated.quantity.decimals + 2);
  if (mode === 'nearest' || mode === 'interval') {
    const sees = detects(whole.quantity.value, stated.quantity.decimals);
    return { ...base, verdict: 'consistent', expected, mode: mode === 'nearest' && !sees ? 'weak' : mode };
  }
  const { value, decimals } = stated.quantity;
  const others = (share.others ?? []).map(({ quantity }) => quantity.value);
  const explained = causeNote(percentCause(part.quantity.value, whole.quantity.value, value, decimals, others));
  if (![part, whole].every(isExact)) {
    return { ...base, verdict: 'unverifiable', severity: 'info', expected, mode: 'interval' };
  }
  if (!isExact(stated) || isRound(stated.quantity))
    return { ...base, verdict: 'inconsistent', severity: 'warning', expected, mode: 'interval' };
  if (mode !== 'none') return { ...base, verdict: 'observed', severity: 'warning', expected, mode, ...explained };
  return { ...base, verdict: 'inconsistent', expected, mode: 'nearest', ...explained, ...(severity && { severity }) };
}
