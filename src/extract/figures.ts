/**
 * Every quantity of a notice as a figure. Rules say which metric a number states; a number that leaves out its noun
 * (`carried.ROLE`) continues the count before it. What no rule claims stays a figure with metric null.
 */
import type { Figure, FigureScope, Quantity, Span } from '../model.js';
import { cmp, eq, sum, toDecimal } from '../number/rational.js';
import type { RuleSet } from '../rules/load.js';
import { matchTopic, type RuleMatch, resolveOverlaps } from '../rules/match.js';
import type { View } from '../rules/view.js';
import type { Locator } from '../text.js';
import { contains, overlaps } from '../text.js';
import { nounBeside } from './nouns.js';

/** Prefix of what rules emit for a number whose noun stands earlier. */
const CARRIED = 'carried.';

/** Share of a notice's start that names its inspection, for rules that hold in some notices only. */
const HEAD_LENGTH = 600;

/** A quantity, what the rules say of it, and where it stands. */
interface Claim {
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

/** A claim whose metrics are known. */
interface Resolved extends Claim {
  readonly metrics: readonly string[];
  /** Leaves out its noun: metrics and noun are those of `continues`, the number before it that counts the same. */
  readonly carriedOn: boolean;
  readonly continues?: Resolved | undefined;
}

/** All figures in text order. `findings` are the spans of the findings with everything under them. */
export function extractFigures(
  rules: RuleSet,
  view: View,
  locate: Locator,
  findings: readonly Span[],
): readonly Figure[] {
  const matches = matchTopic(rules, 'figures', view).filter((match) => holdsHere(rules, view, match));
  const stretches = matches.filter(({ set }) => set.within !== undefined);
  const claims = claimsOf(view, resolveOverlaps(matches), findings);
  const resolved = resolveCarried(withParts(claims, within(stretches, 'part')), metricsOf(rules));
  const cumulative = within(stretches, 'cumulative');
  return resolved.flatMap((claim) => {
    const scope = scopeOf(claim, resolved, cumulative);
    const metrics = claim.metrics.length === 0 ? [null] : claim.metrics;
    return metrics.map((metric) => figureOf(rules, claim, metric, scope, view, locate));
  });
}

/** `onlyIn` and `notIn` name a list one of whose words must (not) stand at the notice's start. */
function holdsHere(rules: RuleSet, view: View, { set }: RuleMatch): boolean {
  const head = view.folded.slice(0, HEAD_LENGTH);
  const names = (list: string | undefined): boolean =>
    list !== undefined && (rules.lists.get(list) ?? []).some((word) => head.includes(word));
  return (set.onlyIn === undefined || names(set.onlyIn)) && !names(set.notIn);
}

const within = (stretches: readonly RuleMatch[], value: string): readonly Span[] =>
  stretches.filter(({ set }) => set.within === value);

/** Every metric that some rule can emit. */
const metricsOf = (rules: RuleSet): ReadonlySet<string> =>
  new Set((rules.rules.get('figures') ?? []).flatMap((rule) => rule.emit.map(([name]) => name)));

const familyOf = (metric: string): string => metric.slice(0, metric.indexOf('.'));

// ── Claims ────────────────────────────────────────────────────────────────────────────────────────────────────────

function claimsOf(view: View, matches: readonly RuleMatch[], findings: readonly Span[]): readonly Claim[] {
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
  return view.quantities.map((quantity) => ({
    quantity,
    names: [],
    ...claimed.get(quantity.start),
    sentence: sentenceAt(quantity),
    paragraph: paragraphAt(quantity),
    inFinding: findings.some((finding) => contains(finding, quantity)),
    part: false,
  }));
}

/** Looks up the span that holds a quantity; quantities must be asked for in text order. */
function spanFinder(spans: readonly Span[]): (quantity: Span) => Span {
  let at = 0;
  return (quantity) => {
    while (at < spans.length - 1 && (spans[at] as Span).end <= quantity.start) at += 1;
    return spans[at] ?? quantity;
  };
}

/** Marks what stands behind 其中 or 分别, as long as it can be part of the number before (or of none, as the first). */
function withParts(claims: readonly Claim[], stretches: readonly Span[]): readonly Claim[] {
  const parts = new Set<Claim>();
  for (const stretch of stretches) {
    const behind = claims.filter(({ quantity }) => contains(stretch, quantity));
    const [first] = behind;
    const whole =
      claims.findLast(
        ({ quantity, sentence }) =>
          quantity.end <= stretch.start && overlaps(sentence, stretch) && quantity.kind === first?.quantity.kind,
      ) ?? first;
    if (whole === undefined) continue;
    for (const claim of behind) {
      if (!canBePart(claim, whole)) break;
      parts.add(claim);
    }
  }
  return claims.map((claim) => (parts.has(claim) ? { ...claim, part: true } : claim));
}

function canBePart({ quantity, names }: Claim, whole: Claim): boolean {
  if (quantity.kind !== whole.quantity.kind || cmp(quantity.value, whole.quantity.value) > 0) return false;
  const [name] = names;
  if (name === undefined || quantity.unit === whole.quantity.unit) return true;
  return name.startsWith(CARRIED) || whole.names.some((wholeName) => familyOf(wholeName) === familyOf(name));
}

// ── Numbers without their noun ────────────────────────────────────────────────────────────────────────────────────

function resolveCarried(claims: readonly Claim[], known: ReadonlySet<string>): readonly Resolved[] {
  const resolved: Resolved[] = [];
  for (const claim of claims) {
    const [name = ''] = claim.names;
    if (!name.startsWith(CARRIED)) {
      resolved.push({ ...claim, metrics: claim.names, carriedOn: false });
      continue;
    }
    const role = name.slice(CARRIED.length);
    const familyWithRole = (metrics: readonly string[]): string | undefined =>
      metrics.map(familyOf).find((family) => known.has(`${family}.${role}`));
    const continues = continuedBy(claim, resolved, (other) => familyWithRole(other.metrics));
    const rather = claim.inFinding ? undefined : claim.match?.set.rather;
    const family = continues === undefined ? rather : familyWithRole(continues.metrics);
    const metrics = family === undefined ? [] : [`${family}.${role}`];
    resolved.push({ ...claim, metrics, carriedOn: true, continues });
  }
  return resolved;
}

/** The number before `claim` that counts the same; undefined where none decides. */
function continuedBy(claim: Claim, before: readonly Resolved[], family: Family): Resolved | undefined {
  const { quantity, sentence, paragraph, inFinding } = claim;
  const rather = claim.match?.set.rather;
  const isRate = quantity.kind === 'percent';
  const candidates = before.filter((other) => isRate || canContinue(quantity, other)).reverse();
  const near: Near = {
    inSentence: candidates.filter((other) => contains(sentence, other.quantity)),
    inParagraph: candidates.filter((other) => contains(paragraph, other.quantity)),
    // A finding speaks of its own matters: totals of the notice do not reach into it.
    beyond: inFinding ? [] : candidates.filter((other) => !other.inFinding),
  };
  return isRate ? rateContinues(near, family, rather) : countContinues(quantity, near, family, rather);
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
function rateContinues(
  { inSentence, inParagraph }: Near,
  family: Family,
  rather: string | undefined,
): Resolved | undefined {
  const decides = (other: Resolved): boolean =>
    other.carriedOn ||
    (rather === undefined ? family(other) !== undefined || isBareCount(other) : family(other) === rather);
  // 整改金额12万元，整改率98% is a rate of the sum before it.
  const sumBefore = [inSentence[0]].find((other) => other?.quantity.kind === 'money' && other.metrics.length === 0);
  return inSentence.find(decides) ?? sumBefore ?? inParagraph.find(decides);
}

/** A whole has at least as many as its part. */
const canContinue = (quantity: Quantity, { quantity: whole }: Claim): boolean =>
  whole.kind === 'count' && cmp(whole.value, quantity.value) >= 0;

const isBareCount = ({ quantity, metrics }: Resolved): boolean => quantity.kind === 'count' && metrics.length === 0;

// ── Scope ─────────────────────────────────────────────────────────────────────────────────────────────────────────

function scopeOf(claim: Resolved, all: readonly Resolved[], cumulative: readonly Span[]): FigureScope {
  if (claim.part) return 'part';
  if (cumulative.some((stretch) => contains(stretch, claim.quantity))) return 'cumulative';
  if (claim.inFinding) return 'local';
  return isOneOfSeveral(claim, all) ? 'part' : 'headline';
}

/**
 * A sentence that gives a metric several values (新建制度8项、修订制度12项) gives its parts; one that is the sum of the
 * others is the whole.
 */
function isOneOfSeveral(claim: Resolved, all: readonly Resolved[]): boolean {
  const [metric] = claim.metrics;
  if (metric === undefined || claim.quantity.kind === 'percent') return false;
  const others = all.filter(
    (other) =>
      other !== claim && !other.part && other.metrics.includes(metric) && overlaps(other.sentence, claim.sentence),
  );
  if (others.every(({ quantity }) => eq(quantity.value, claim.quantity.value))) return false;
  return !eq(claim.quantity.value, sum(others.map(({ quantity }) => quantity.value)));
}

// ── Figures ───────────────────────────────────────────────────────────────────────────────────────────────────────

function figureOf(
  rules: RuleSet,
  claim: Resolved,
  metric: string | null,
  scope: FigureScope,
  view: View,
  locate: Locator,
): Figure {
  const { quantity, match } = claim;
  const { lower, upper } = quantity.interval;
  return {
    metric,
    value: toDecimal(quantity.value),
    stated: quantity.stated,
    unit: quantity.unit,
    noun: nounOf(rules, view, claim),
    scope,
    qualifier: quantity.qualifier,
    ...(lower === undefined ? {} : { lower: toDecimal(lower) }),
    ...(upper === undefined ? {} : { upper: toDecimal(upper) }),
    evidence: locate.evidence(metric === null || match === undefined ? quantity : match),
    quantity,
    ...(metric === null || match === undefined ? {} : { rule: match.rule.path }),
  };
}

function nounOf(rules: RuleSet, view: View, { quantity, match, continues }: Resolved): string {
  const noun = match?.captures.get('noun');
  if (noun !== undefined) return view.text.slice(noun.start, noun.end);
  return continues === undefined ? nounBeside(rules, view, quantity) : nounOf(rules, view, continues);
}
