/**
 * Every quantity of a notice as a figure. Rules say which metric a number states; a number that leaves out its noun
 * (`carried.ROLE`) continues the count before it. What no rule claims stays a figure with metric null.
 */
import type { Figure, FigureScope, Rational, Span } from '../model.js';
import { add, cmp, eq, sub, toDecimal, ZERO } from '../number/rational.js';
import type { RuleSet } from '../rules/load.js';
import { matchTopic, type RuleMatch, resolveOverlaps } from '../rules/match.js';
import type { View } from '../rules/view.js';
import { contains, type Locator, onceFor, trimSpan } from '../text.js';
import { type Resolved, resolveCarried } from './carried.js';
import { claimsOf, coveredBy, familyOf } from './claims.js';
import { nounBeside } from './nouns.js';

/** Share of a notice's start that names its inspection, for rules that hold in some notices only. */
const HEAD_LENGTH = 600;

/**
 * All figures in text order.
 * @param findings spans of the findings with everything under them
 * @param leads what sections of one level say before their first finding
 */
export function extractFigures(
  rules: RuleSet,
  view: View,
  locate: Locator,
  findings: readonly Span[],
  leads: readonly Span[] = [],
): readonly Figure[] {
  const matches = matchTopic(rules, 'figures', view).filter((match) => holdsHere(rules, view, match));
  const claims = claimsOf(view, resolveOverlaps(matches), findings, stretches(matches, 'part'));
  const resolved = resolveCarried(claims, metricsOf(rules));
  const isOneOfSeveral = siblingsOf(resolved);
  const isOfSection = ofSections(resolved, leads);
  const isCumulative = coveredBy(stretches(matches, 'cumulative'));
  return resolved.flatMap((claim) => {
    const scope = isOfSection(claim) ? 'local' : scopeOf(claim, isCumulative(claim.quantity), isOneOfSeveral(claim));
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

/** Where rules say how numbers are meant; these rules emit nothing. */
const stretches = (matches: readonly RuleMatch[], value: string): readonly RuleMatch[] =>
  matches.filter(({ set }) => set.within === value);

/** Every metric that some rule can emit. */
const metricsOf = onceFor(
  (rules: RuleSet): ReadonlySet<string> =>
    new Set((rules.rules.get('figures') ?? []).flatMap((rule) => rule.emit.map(([name]) => name))),
);

// ── Scope ─────────────────────────────────────────────────────────────────────────────────────────────────────────

function scopeOf(claim: Resolved, isCumulative: boolean, isOneOfSeveral: boolean): FigureScope {
  if (claim.part) return 'part';
  if (isCumulative) return 'cumulative';
  if (claim.inFinding) return 'local';
  return isOneOfSeveral ? 'part' : 'headline';
}

/**
 * 一、市教育局：问题4个，已整改4个。…二、市交通局：问题3个，…: what several sections count alike, each counts of itself;
 * so does a section whose first number is below the notice's own of the same metric.
 */
function ofSections(claims: readonly Resolved[], leads: readonly Span[]): (claim: Resolved) => boolean {
  const leadOf = ({ quantity, part }: Resolved): Span | undefined =>
    part || quantity.kind === 'percent' ? undefined : leads.find((lead) => contains(lead, quantity));
  const sections = new Map<string, Set<Span>>();
  const totals = new Map<string, Rational>();
  /** Sections that count less of a family than the notice, as `lead start` and family. */
  const smaller = new Set<string>();
  const keyOf = ({ start }: Span, family: string): string => `${start} ${family}`;
  for (const claim of claims) {
    const { value, kind } = claim.quantity;
    const lead = leadOf(claim);
    for (const metric of claim.metrics) {
      const family = familyOf(metric);
      if (lead === undefined) {
        if (!claim.part && !claim.inFinding && kind !== 'percent' && !totals.has(metric)) totals.set(metric, value);
        continue;
      }
      sections.set(family, (sections.get(family) ?? new Set()).add(lead));
      const total = totals.get(metric);
      if (total !== undefined && cmp(value, total) < 0) smaller.add(keyOf(lead, family));
    }
  }
  return (claim) => {
    const lead = leadOf(claim);
    if (lead === undefined) return false;
    const families = claim.metrics.map(familyOf);
    return families.some((family) => (sections.get(family)?.size ?? 0) > 1 || smaller.has(keyOf(lead, family)));
  };
}

/** What one sentence says of one metric. */
interface Siblings {
  readonly first: Rational;
  sum: Rational;
  varied: boolean;
}

/**
 * Tells the numbers that are parts by their siblings: a sentence that gives a metric several values (新建制度8项、修订制度
 * 12项) gives its parts; one that is the sum of the others is the whole.
 */
function siblingsOf(claims: readonly Resolved[]): (claim: Resolved) => boolean {
  const sentences = new Map<Span, Map<string, Siblings>>();
  for (const { metrics, quantity, part, sentence } of claims) {
    const [metric] = metrics;
    if (metric === undefined || part || quantity.kind === 'percent') continue;
    const { value } = quantity;
    const byMetric = sentences.get(sentence) ?? new Map<string, Siblings>();
    const siblings = byMetric.get(metric) ?? { sum: ZERO, first: value, varied: false };
    siblings.sum = add(siblings.sum, value);
    siblings.varied ||= !eq(siblings.first, value);
    sentences.set(sentence, byMetric.set(metric, siblings));
  }
  return ({ metrics, quantity, sentence }) => {
    const siblings = sentences.get(sentence)?.get(metrics[0] ?? '');
    return siblings?.varied === true && !eq(quantity.value, sub(siblings.sum, quantity.value));
  };
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
    evidence: locate.evidence(metric === null || match === undefined ? quantity : trimSpan(view.text, match)),
    quantity,
    ...(metric === null || match === undefined ? {} : { rule: match.rule.path }),
  };
}

function nounOf(rules: RuleSet, view: View, { quantity, match, continues }: Resolved): string {
  const noun = match?.captures.get('noun');
  if (noun !== undefined) return view.text.slice(noun.start, noun.end);
  return continues === undefined ? nounBeside(rules, view, quantity) : nounOf(rules, view, continues);
}
