/** Shares of one whole: those that a sentence announces to be all of them make 100%, and none is more than that. */
import { z } from 'zod';
import type { Quantity } from '../model.js';
import { shareAgreement } from '../number/agreement.js';
import { abs, add, cmp, eq, rational, sub, toDecimal } from '../number/rational.js';
import { within } from '../text.js';
import { isAbove, isExact, joined, operandOf, type Stated, shown, statedBy, testers } from './arithmetic.js';
import type { CheckKind, Judgement } from './kind.js';

const parameters = z.strictObject({
  /** Between a percentage and the number before it: it is a share. */
  share: z.string(),
  /** The same where the sentence says that all is shared: between levels of government, for one. */
  quota: z.string(),
  /** Units of steps (岁): shares behind such numbers are of one row, and none of them of another's. */
  ladder: z.array(z.string()),
  /** In the sentence up to the last share: these are all of them. */
  all: z.string(),
  /** The same of shares that may be of traits which overlap: they are all only where they nearly make it. */
  respective: z.string(),
  /** Anywhere in the sentence: there are no others. */
  closed: z.string(),
  /** Before a share: it is of what was planned, and may be more than all of it. */
  beyond: z.string(),
  /** Between the last share and 100%: they make it. */
  total: z.string(),
  /** In the sentence: the shares are of several wholes, or overlap. */
  unless: z.string(),
  /** Classifiers of kinds: 三类 announces three shares. */
  classes: z.array(z.string()),
});
type Parameters = z.infer<typeof parameters>;

export const share: CheckKind<Parameters> = {
  kind: 'share',
  parameters,
  run(context, rule, given) {
    const { view, rules } = context;
    const [isShare, isQuota, isAll, isOther, isSum, isClosed, isRespective, isBeyond] = testers(
      rules,
      rule,
      given.share,
      given.quota,
      given.all,
      given.unless,
      given.total,
      given.closed,
      given.respective,
      given.beyond,
    );
    return view.sentences.flatMap((sentence) => {
      const quantities = within(view.quantities, sentence);
      const shares: Quantity[] = [];
      quantities.forEach((quantity, index) => {
        const before = quantities[index - 1];
        const words = view.masked.slice(before?.end ?? sentence.start, quantity.start);
        // A percentage that a 、 or 和 joins to no share is none.
        const isJoined = !BETWEEN.test(words) || shares.at(-1) === before;
        // 两类合计占83.4% is a sum of those before it.
        const isNamed = isShare(words) || (isQuota(words) && isAll(view.masked.slice(sentence.start, quantity.start)));
        if (quantity.kind === 'percent' && isNamed && isJoined && !isSum(words) && !isBeyond(words))
          shares.push(quantity);
      });
      const [first] = shares;
      const last = shares.at(-1);
      if (first === undefined || last === undefined || isOther(view.masked.slice(sentence.start, sentence.end)))
        return [];
      const stated = shares.map((quantity) => statedBy(context.locate, quantity));
      const over = stated.filter(({ quantity }) => isAbove(quantity.value, HUNDRED));
      if (over.length > 0) return over.map(overHundred);
      const before = quantities.filter(({ end }) => end <= first.start);
      const announced =
        isAll(view.masked.slice(sentence.start, last.end)) ||
        isClosed(view.masked.slice(sentence.start, sentence.end)) ||
        announces(before, shares.length, given);
      // 合计100% is a sum that is stated too.
      const whole = quantities.find(
        ({ kind, value, start }) => kind === 'percent' && start > last.start && eq(value, HUNDRED),
      );
      const isTotal = whole !== undefined && isSum(view.masked.slice(last.end, whole.start));
      const isNearly = !announced && isRespective(view.masked.slice(sentence.start, last.end)) && nearlyMake(stated);
      const found = judge(stated, announced || isTotal || isNearly, areSteps(quantities, shares, given));
      const judged = found !== undefined && isNearly ? { ...found, severity: 'warning' as const } : found;
      if (judged === undefined) return [];
      return isTotal ? { ...judged, evidence: [...judged.evidence, statedBy(context.locate, whole).evidence] } : judged;
    });
  },
};

const HUNDRED = rational(100);
const BETWEEN = /^[、和与及]?$/u;

/** Three or more that miss the whole by a tenth at most. */
const nearlyMake = (shares: readonly Stated[]): boolean =>
  shares.length > 2 &&
  cmp(abs(sub(shares.map(({ quantity }) => quantity.value).reduce(add), HUNDRED)), rational(10)) <= 0;

const announces = (before: readonly Quantity[], count: number, { classes }: Parameters): boolean =>
  before.some(({ unit, value }) => classes.includes(unit) && eq(value, rational(count)));

/** 50岁以上占24%，36岁至49岁占52%，35岁以下占29%: steps of one row, of which only the ends are open. */
function areSteps(quantities: readonly Quantity[], shares: readonly Quantity[], { ladder }: Parameters): boolean {
  const steps = shares.map((share, index) => {
    const from = shares[index - 1]?.end ?? 0;
    return quantities.filter(({ unit, start, end }) => ladder.includes(unit) && start >= from && end <= share.start);
  });
  const count = (...qualifiers: readonly Quantity['qualifier'][]): number =>
    steps.flat().filter(({ qualifier }) => qualifiers.includes(qualifier)).length;
  const isEach = steps.every((step) => step.length > 0);
  return isEach && count('atMost', 'lessThan') <= 1 && count('atLeast', 'moreThan') <= 1;
}

/** Shares that are steps of one row may leave some of it out, and are never more than all of it. */
function judge(shares: readonly Stated[], announced: boolean, steps: boolean): Judgement | undefined {
  if (shares.length < 2 || !shares.every(isExact)) return undefined;
  const { agrees, expected, tolerance } = shareAgreement(shares.map(({ quantity }) => quantity));
  if (!agrees && !announced && !(steps && isAbove(expected, HUNDRED))) return undefined;
  return {
    verdict: agrees ? 'consistent' : 'inconsistent',
    stated: joined(shares),
    expected: '100%',
    operands: shares.map((one, index) => operandOf(`share${index + 1}`, one)),
    mode: 'interval',
    evidence: shares.map(({ evidence }) => evidence),
    values: { sum: shown(expected, '%'), tolerance: toDecimal(tolerance, 4) },
  };
}

const overHundred = (stated: Stated): Judgement => ({
  verdict: 'inconsistent',
  severity: 'warning',
  stated: stated.quantity.stated,
  expected: '100%',
  operands: [operandOf('share1', stated)],
  mode: 'exact',
  evidence: [stated.evidence],
  values: { sum: stated.quantity.stated, tolerance: '0' },
});
