/**
 * Quantities with what the rules say of each, and where each stands: the middle step between matches and figures. All of
 * it is in text order and made in one pass.
 */
import type { Quantity, Span } from '../model.js';
import { cmp } from '../number/rational.js';
import type { RuleMatch } from '../rules/match.js';
import type { View } from '../rules/view.js';
import { contains } from '../text.js';

/** Prefix of what rules emit for a number whose noun stands earlier. */
export const CARRIED = 'carried.';

export interface Claim {
  readonly quantity: Quantity;
  /** Metrics and `carried.` roles; more than one where a number is both a total and what is done. */
  readonly names: readonly string[];
  readonly match?: RuleMatch;
  readonly sentence: Span;
  readonly paragraph: Span;
  readonly inFinding: boolean;
  /** Stands behind 其中 or 分别, and is no more than the number before these. */
  readonly part: boolean;
}

export const familyOf = (metric: string): string => metric.slice(0, metric.indexOf('.'));

/** @param parts stretches that 其中 and 分别 open, in text order */
export function claimsOf(
  view: View,
  matches: readonly RuleMatch[],
  findings: readonly Span[],
  parts: readonly Span[],
): readonly Claim[] {
  const claimed = new Map<number, { names: string[]; match: RuleMatch }>();
  for (const match of matches) {
    for (const { name, span } of match.emits) {
      const known = claimed.get(span.start);
      if (known === undefined) claimed.set(span.start, { names: [name], match });
      else known.names.push(name);
    }
  }
  const sentenceAt = spanFinder(view.sentences);
  const paragraphAt = spanFinder(view.blocks);
  const isInFinding = coveredBy(findings);
  const claims = view.quantities.map(
    (quantity): Claim => ({
      quantity,
      names: [],
      ...claimed.get(quantity.start),
      sentence: sentenceAt(quantity),
      paragraph: paragraphAt(quantity),
      inFinding: isInFinding(quantity),
      part: false,
    }),
  );
  return withParts(claims, parts);
}

/** Looks up the span that a piece of text lies in; to be asked in text order. */
function spanFinder(spans: readonly Span[]): (piece: Span) => Span {
  let at = 0;
  return (piece) => {
    while (at < spans.length - 1 && (spans[at] as Span).end <= piece.start) at += 1;
    return spans[at] ?? piece;
  };
}

/** Tells whether a piece of text lies in one of the spans, which may overlap; to be asked in text order. */
export function coveredBy(spans: readonly Span[]): (piece: Span) => boolean {
  const sorted = [...spans].sort((a, b) => a.start - b.start);
  let next = 0;
  let end = 0;
  return (piece) => {
    for (let span = sorted[next]; span !== undefined && span.start <= piece.start; span = sorted[next]) {
      end = Math.max(end, span.end);
      next += 1;
    }
    return piece.end <= end;
  };
}

/** Marks what stands in the stretches, as long as it can be part of the number before (or of none, as the first). */
function withParts(claims: readonly Claim[], stretches: readonly Span[]): readonly Claim[] {
  const parts = new Set<Claim>();
  for (const stretch of stretches) {
    const from = firstNotBefore(claims, stretch.start);
    const first = claims[from];
    if (first === undefined) continue;
    const whole = wholeBefore(claims, from, first);
    for (let at = from; at < claims.length; at += 1) {
      const claim = claims[at] as Claim;
      if (!contains(stretch, claim.quantity) || !canBePart(claim, first, whole)) break;
      parts.add(claim);
    }
  }
  return claims.map((claim) => (parts.has(claim) ? { ...claim, part: true } : claim));
}

/** Index of the first claim that starts at or after `offset`. */
function firstNotBefore(claims: readonly Claim[], offset: number): number {
  let [low, high] = [0, claims.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((claims[middle] as Claim).quantity.start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The nearest number of the same kind before `first` in its sentence. */
function wholeBefore(claims: readonly Claim[], index: number, { quantity, sentence }: Claim): Claim | undefined {
  for (let at = index - 1; at >= 0; at -= 1) {
    const claim = claims[at] as Claim;
    if (claim.sentence !== sentence) return undefined;
    if (claim.quantity.kind === quantity.kind) return claim;
  }
  return undefined;
}

/** Rates are parts of nothing, be they announced by 分别 or not. Where no whole is stated, parts are like the first one. */
function canBePart({ quantity, names }: Claim, first: Claim, whole: Claim | undefined): boolean {
  if (quantity.kind === 'percent' || quantity.kind !== first.quantity.kind) return false;
  if (whole !== undefined && cmp(quantity.value, whole.quantity.value) > 0) return false;
  const [name] = names;
  const like = whole ?? first;
  if (name === undefined || quantity.unit === like.quantity.unit) return true;
  return name.startsWith(CARRIED) || like.names.some((likeName) => familyOf(likeName) === familyOf(name));
}
