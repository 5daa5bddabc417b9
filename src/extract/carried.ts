/**
 * Numbers that leave out their noun: 44个问题…已完成40项、正在推进4项，完成率90.9%. Rules emit them as `carried.ROLE`; each
 * continues a count before it and takes that count's family (problems, measures), or none.
 */
import type { Quantity } from '../model.js';
import { cmp } from '../number/rational.js';
import { contains } from '../text.js';
import { CARRIED, type Claim, familyOf } from './claims.js';

/** A claim whose metrics are known. */
export interface Resolved extends Claim {
  readonly metrics: readonly string[];
  /** Leaves out its noun: metrics and noun are those of `continues`, the number before it that counts the same. */
  readonly carriedOn: boolean;
  readonly continues?: Resolved | undefined;
}

/** No number continues one that stands further back than this many others. */
const REACH = 200;

/** @param known every metric that some rule can emit */
export function resolveCarried(claims: readonly Claim[], known: ReadonlySet<string>): readonly Resolved[] {
  const resolved: Resolved[] = [];
  for (const claim of claims) {
    const [name = ''] = claim.names;
    if (!name.startsWith(CARRIED)) {
      resolved.push({ metrics: claim.names, carriedOn: false, ...claim });
      continue;
    }
    const role = name.slice(CARRIED.length);
    const familyWithRole = (metrics: readonly string[]): string | undefined =>
      metrics.map(familyOf).find((family) => known.has(`${family}.${role}`));
    const continues = continuedBy(claim, resolved, (other) => familyWithRole(other.metrics));
    const rather = claim.inFinding ? undefined : claim.match?.set.rather;
    const family = continues === undefined ? rather : familyWithRole(continues.metrics);
    const metrics = family === undefined ? [] : [`${family}.${role}`];
    resolved.push({ metrics, carriedOn: true, continues, ...claim });
  }
  return resolved;
}

/** The number before `claim` that counts the same; undefined where none decides. */
function continuedBy(claim: Claim, before: readonly Resolved[], family: Family): Resolved | undefined {
  const { quantity, sentence, paragraph, inFinding } = claim;
  const rather = claim.match?.set.rather;
  const isRate = quantity.kind === 'percent';
  const candidates = before
    .slice(-REACH)
    .reverse()
    .filter((other) => isRate || canContinue(quantity, other));
  const near: Near = {
    inSentence: candidates.filter((other) => contains(sentence, other.quantity)),
    inParagraph: candidates.filter((other) => contains(paragraph, other.quantity)),
    // A finding speaks of its own matters: totals of the notice do not reach into it.
    beyond: inFinding ? [] : candidates.filter((other) => !other.inFinding),
  };
  return isRate ? rateContinues(claim, near, family) : countContinues(quantity, near, family, rather);
}

/** The numbers that may be continued, nearest first. */
interface Near {
  readonly inSentence: readonly Resolved[];
  readonly inParagraph: readonly Resolved[];
  readonly beyond: readonly Resolved[];
}

/** Family of a number that knows the role in question; undefined for all else. */
type Family = (other: Resolved) => string | undefined;

/** Counts continue what is counted in the same unit, be it of a metric or not, before what is counted in another. */
function countContinues(
  { unit }: Quantity,
  { inSentence, inParagraph, beyond }: Near,
  family: Family,
  rather: string | undefined,
): Resolved | undefined {
  const isRather = (other: Resolved): boolean => rather !== undefined && family(other) === rather;
  const isOfUnit = (other: Resolved): boolean =>
    other.quantity.unit === unit && !(other.part && other.metrics.length === 0);
  const hasFamily = (other: Resolved): boolean => family(other) !== undefined;
  return (
    inSentence.find(isRather) ??
    inSentence.find(isOfUnit) ??
    beyond.find((other) => isRather(other) && isOfUnit(other)) ??
    inSentence.find(hasFamily) ??
    inParagraph.find(isOfUnit) ??
    inParagraph.find(hasFamily) ??
    beyond.find((other) => hasFamily(other) && isOfUnit(other))
  );
}

/** Rates continue what says how far something has come: a count carried on, or one of the family that they speak of. */
function rateContinues({ match }: Claim, { inSentence, inParagraph }: Near, family: Family): Resolved | undefined {
  const rather = match?.set.rather;
  const decides = (other: Resolved): boolean =>
    other.carriedOn ||
    (rather === undefined ? family(other) !== undefined || isBareCount(other) : family(other) === rather);
  // 整改金额12万元，整改率98% is a rate of the sum before it, 隐患213处，整改率98% one of the hazards.
  const [last] = inSentence;
  const isBeside = inSentence.length === 1 && match !== undefined && match.start - (last?.quantity.end ?? 0) <= 1;
  const isOther = last?.metrics.length === 0 && (last.quantity.kind === 'money' || (isBareCount(last) && isBeside));
  return inSentence.find(decides) ?? (isOther ? last : undefined) ?? inParagraph.find(decides);
}

/** A whole has at least as many as its part. */
const canContinue = (quantity: Quantity, { quantity: whole }: Claim): boolean =>
  whole.kind === 'count' && cmp(whole.value, quantity.value) >= 0;

const isBareCount = ({ quantity, metrics }: Resolved): boolean => quantity.kind === 'count' && metrics.length === 0;
