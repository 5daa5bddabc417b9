/** The search for a count that a stated percentage leaves out: which whole numbers it can be. */
import type { Figure } from '../model.js';
import { type IntegerRange, possibleParts, possibleWholes } from '../number/agreement.js';
import { add, isInteger, mul, rational, sub } from '../number/rational.js';
import { isExact, operandOf } from './arithmetic.js';
import type { Judgement } from './kind.js';

/**
 * A percentage with only one of its two counts. The other must be a whole number: where there is none, however the
 * percentage was rounded, the statement cannot hold; else it stays open, within the numbers that it can be.
 */
export function missingCount(rate: Figure, part?: Figure, whole?: Figure): Judgement | undefined {
  const known = part ?? whole;
  if (known === undefined || !isExact(known) || !isExact(rate) || !isInteger(known.quantity.value)) return undefined;
  if (rate.quantity.value.n <= 0n || known.quantity.kind !== 'count') return undefined;
  const range = rangeOf(rate, known, part !== undefined);
  const base = {
    stated: rate.stated,
    operands: [operandOf('rate', rate), operandOf(part === undefined ? 'whole' : 'part', known)],
    evidence: [known.evidence, rate.evidence],
    mode: 'search',
    values: { [part === undefined ? 'part' : 'whole']: '?' },
  };
  if (range === undefined) return { ...base, verdict: 'inconsistent', cause: { code: 'check.cause.noWholeNumber' } };
  return { ...base, verdict: 'unverifiable', severity: 'info', expected: written(range) };
}

/** Rounded to nearest, cut off or rounded up: half a step above and below the stated percentage holds all three. */
function rangeOf(rate: Figure, known: Figure, isPart: boolean): IntegerRange | undefined {
  const { value, quantum, decimals } = rate.quantity;
  const half = mul(quantum, rational(1, 2));
  const search = isPart ? possibleWholes : possibleParts;
  const nearest = search(known.quantity.value, value, decimals);
  return (
    nearest ??
    search(known.quantity.value, add(value, half), decimals) ??
    search(known.quantity.value, sub(value, half), decimals)
  );
}

const written = ({ first, last }: IntegerRange): string => (last === first ? `${first}` : `${first}–${last ?? ''}`);
