/**
 * A stated percentage against the counts (or amounts) that it is the share of. With `of: {part, whole, rate}` it holds
 * figures of named metrics against each other; without, it finds any share that a sentence states with its operands.
 */
import { z } from 'zod';
import type { Figure, Severity } from '../model.js';
import { eq, rational, sub } from '../number/rational.js';
import type { CheckRule } from '../rules/load.js';
import { contains } from '../text.js';
import { alike, figuresOf, isAbove, type Nearest, nearestFigures, operandOf, sentenceOf } from './arithmetic.js';
import { isRound, judgeShare, modeOf, type Share } from './arithmetic-share.js';
import { shareOfUnclaimed, sharesStated } from './arithmetic-stated.js';
import { missingCount } from './denominator.js';
import type { CheckContext, CheckKind, Judgement } from './kind.js';

const parameters = z.strictObject({
  /** Words before a percentage that name it a share of the counts beside it; for rules without `of`. */
  words: z.string().optional(),
  /** Those of them after which a wrong share is a failure, and not just no share of these counts. */
  strict: z.string().optional(),
  /** Words before a percentage whose group `word` is the act (恢复率) that its part names, or the whole that it is of. */
  act: z.string().optional(),
  whole: z.string().optional(),
  /** All that stands between a percentage and the number that it is the share of. */
  bare: z.string().optional(),
  /** In a sentence before its part; its group `word` is the whole: 在收回的问卷中. */
  among: z.string().optional(),
  /** In a stretch between two ；: it is of the number before it. */
  subset: z.string().optional(),
  /** Right before an act: it was not done. */
  negated: z.string().optional(),
  /** In the clause of what was due, and of what came of it. */
  due: z.string().optional(),
  real: z.string().optional(),
  /** Between a whole and what is said to be of it. */
  within: z.string().optional(),
  /** In the clause of a number: it is not done, and of no use as a whole. */
  open: z.string().optional(),
  /** Before a percentage: it is one of what was planned, or of all groups told of before. */
  plan: z.string().optional(),
  overall: z.string().optional(),
  /** In the clause of a number: so many were looked at. */
  asked: z.string().optional(),
  /** In a percentage as written: it is nearly reached. */
  nearly: z.string().optional(),
  /** Before a percentage: it is what a share became. */
  ended: z.string().optional(),
  /** In a number as written: it is a fraction. In the clause before one: it is meant exactly. */
  fraction: z.string().optional(),
  exactly: z.string().optional(),
  alike,
  /** Words in the clause of a percentage that make it something else: a growth, a comparison. */
  unless: z.string().optional(),
});

export const rate: CheckKind<z.infer<typeof parameters>> = {
  kind: 'rate',
  operands: ['part', 'whole', 'rate'],
  parameters,
  run: (context, rule, given) =>
    rule.of.rate === undefined
      ? sharesStated(context, rule, given)
          .filter((triple) => !isOfTheRest(triple))
          .map((triple) => judgeShare(triple))
      : figuresOf(context, rule.of.rate).flatMap((figure) => judgeFigure(context, rule, figure) ?? []),
};

/** 任务300处，未开工23处，开工率92.3%: the share is that of what the part leaves. Tenths fit what is left too often to say so. */
function isOfTheRest(triple: Share): boolean {
  const { part, whole, rate: stated } = triple;
  if (isRound(stated.quantity)) return false;
  const rest = sub(whole.quantity.value, part.quantity.value);
  const others = { ...part, quantity: { ...part.quantity, value: rest } };
  return modeOf(triple) !== 'nearest' && modeOf({ ...triple, part: others }) === 'nearest';
}

const HUNDRED = rational(100);

function judgeFigure(context: CheckContext, rule: CheckRule, figure: Figure): Judgement | undefined {
  if (isAbove(figure.quantity.value, HUNDRED)) return overHundred(figure);
  const parts = nearestFigures(context, rule.of.part ?? [], figure);
  const wholes = nearestFigures(context, rule.of.whole ?? [], figure);
  if (parts === undefined || wholes === undefined) return missingCount(figure, parts?.figures[0], wholes?.figures[0]);
  const own = ownPart(context, rule, figure, parts, wholes);
  const candidates = own === undefined ? parts.figures : [own];
  const pairs = candidates.flatMap((part) => wholes.figures.map((whole) => ({ part, whole })));
  const agreeing = pairs.find((pair) => modeOf({ ...pair, rate: figure }) === 'nearest');
  const unclaimed = candidates
    .map((part) => shareOfUnclaimed(context, part, figure))
    .find((share) => share !== undefined);
  if (agreeing === undefined && unclaimed !== undefined) return judgeShare(unclaimed);
  const fitsElsewhere = (): boolean =>
    figuresOf(context, rule.of.whole ?? []).some((whole) =>
      candidates.some((part) => modeOf({ part, whole, rate: figure }) === 'nearest'),
    );
  if (agreeing === undefined && fitsElsewhere()) return undefined;
  const nearest = pairs.find(({ part, whole }) => !isAbove(part.quantity.value, whole.quantity.value));
  const pair = agreeing ?? nearest ?? (inOneSentence(parts, wholes) ? pairs[0] : undefined);
  if (pair === undefined) return undefined;
  const judged = judgeShare({ ...pair, rate: figure, others: wholes.figures, ...weightOf(parts, wholes) });
  const again = figuresOf(context, rule.of.whole ?? []).find((other) => isSameWhole(other, pair.whole));
  return again === undefined ? judged : { ...judged, evidence: [...judged.evidence, again.evidence] };
}

/**
 * 60项，8月底完成51项，完成率85.0%；9月底完成54项，完成率85.0%: of one whole, each percentage is of the part between the one before and it.
 */
function ownPart(
  context: CheckContext,
  rule: CheckRule,
  figure: Figure,
  parts: Nearest,
  { figures: wholes }: Nearest,
): Figure | undefined {
  const [whole] = wholes;
  if (whole === undefined || wholes.some(({ quantity }) => !eq(quantity.value, whole.quantity.value))) return undefined;
  const sentence = sentenceOf(context.view, figure.quantity);
  const earlier = figuresOf(context, rule.of.rate ?? []).findLast(
    ({ quantity }) => contains(sentence, quantity) && quantity.end <= figure.quantity.start,
  );
  if (earlier === undefined) return undefined;
  const [own, ...others] = parts.figures.filter(
    ({ quantity }) => quantity.start >= earlier.quantity.end && quantity.end <= figure.quantity.start,
  );
  const before = parts.figures.some(
    ({ quantity }) => contains(sentence, quantity) && quantity.end <= earlier.quantity.start,
  );
  const isWhole = wholes.every(({ quantity }) => quantity.end <= earlier.quantity.start);
  return others.length === 0 && before && isWhole ? own : undefined;
}

/** More done than there is to do, in one sentence, has no other reading. */
const inOneSentence = (...operands: readonly Nearest[]): boolean =>
  operands.every(({ nearness }) => nearness === 'sentence');

/** The whole, stated for the whole notice in another place. */
const isSameWhole = (other: Figure, whole: Figure): boolean =>
  other !== whole && other.scope === 'headline' && eq(other.quantity.value, whole.quantity.value);

/** Operands of another paragraph may be those of another count: their disagreement is for an auditor to judge. */
const weightOf = (...operands: readonly Nearest[]): { readonly severity?: Severity } =>
  operands.some(({ nearness }) => nearness === 'notice') ? { severity: 'warning' } : {};

function overHundred(figure: Figure): Judgement {
  return {
    verdict: 'inconsistent',
    stated: figure.stated,
    expected: '≤100%',
    operands: [operandOf('rate', figure)],
    mode: 'exact',
    cause: { code: 'check.cause.overHundred' },
    evidence: [figure.evidence],
  };
}
