/**
 * Numbers of named metrics that must add up: what is done and what is not make the whole; what the findings tell of one by
 * one makes the number that the notice states for all.
 */
import { z } from 'zod';
import type { Figure, Rational, Severity, Span } from '../model.js';
import { digitsSwapped, oneDigitOff, sumAgreement, valueCause } from '../number/agreement.js';
import { add, cmp, rational, sub } from '../number/rational.js';
import type { CheckRule } from '../rules/load.js';
import type { View } from '../rules/view.js';
import { contains } from '../text.js';
import {
  type Alike,
  alike,
  causeNote,
  figuresOf,
  headOf,
  isAbove,
  isExact,
  isInFinding,
  isInHeading,
  nearestFigures,
  operandOf,
  paragraphOf,
  type Stated,
  sameUnit,
  sentenceOf,
  shownLike,
  totalOf,
} from './arithmetic.js';
import { siblingSums } from './arithmetic-siblings.js';
import type { CheckContext, CheckKind, Judgement } from './kind.js';
import { wordsOf } from './wording.js';

const parameters = z.strictObject({
  /** `status`: one statement with its whole; `findings`, `headings`, `siblings`: the numbers of these against the notice's. */
  of: z.enum(['status', 'findings', 'headings', 'siblings']),
  /** List of words that make no difference to what a number is said of; for `siblings`. */
  fillers: z.string().default(''),
  alike,
});

export const sum: CheckKind<z.infer<typeof parameters>> = {
  kind: 'sum',
  operands: ['whole', 'done', 'open', 'sections'],
  parameters,
  run(context, rule, given) {
    switch (given.of) {
      case 'status':
        return byStatus(context, rule);
      case 'findings':
        return byFindings(context, rule, given.alike);
      case 'headings':
        return byHeadings(context, rule);
      case 'siblings':
        return siblingSums(context, wordsOf(context, rule, given.fillers)).map(({ whole, parts, agrees }) => ({
          ...judgement(whole, parts, agrees ? 'consistent' : 'inconsistent'),
          ...(agrees ? {} : { severity: 'warning' as Severity }),
        }));
    }
  },
};

// ── Done and not done ─────────────────────────────────────────────────────────────────────────────────────────────

/** Largest group of numbers of which every selection is tried. */
const MOST_PARTS = 8;

/** `of: {whole, done, open}`: each statement of what is done, with what is said beside it of what is not. */
function byStatus(context: CheckContext, rule: CheckRule): readonly Judgement[] {
  // What a bracket holds is of the number before it: 47个（含边审边改12个）.
  const isAside = ({ quantity: { start } }: Figure): boolean => {
    const before = context.view.masked.slice(sentenceOf(context.view, { start, end: start }).start, start);
    return before.lastIndexOf('（') > before.lastIndexOf('）');
  };
  const done = figuresOf(context, rule.of.done ?? []).filter((figure) => !isAside(figure));
  const all = [...done, ...figuresOf(context, rule.of.open ?? [])].sort((a, b) => a.quantity.start - b.quantity.start);
  return done.flatMap((figure) => {
    const parts = partsBeside(context.view, figure, done, all);
    const wholes = nearestFigures(context, rule.of.whole ?? [], figure);
    const isWhole = figuresOf(context, rule.of.whole ?? []).some(
      ({ quantity }) => quantity.start === figure.quantity.start,
    );
    const less =
      wholes?.nearness === 'sentence' && !isWhole && !isWithinAnother(context, rule, figure)
        ? moreDone(
            figure,
            wholes.figures.filter((whole) => !isDoneElsewhere(done, whole, figure)),
          )
        : undefined;
    if (less !== undefined) return [less];
    if (wholes === undefined || parts === undefined || parts.length > MOST_PARTS) return [];
    // 12个问题全部完成；另有3个，其中1个仍在推进: what is all done has no part in what another whole is told of.
    const isOfAnother = (part: Figure): boolean => {
      const stretch = stretchOf(context.view, part.quantity);
      return figuresOf(context, rule.of.whole ?? []).some(
        (whole) => contains(stretch, whole.quantity) && whole.value !== figure.value,
      );
    };
    if (isWhole && parts.some((part) => part !== figure && isOfAnother(part))) return [];
    return judgeStatus(context, figure, parts, wholes.figures, wholes.nearness === 'notice' ? 'warning' : undefined);
  });
}

/** A whole of another sentence has room for what is done: that of this one may be of a part. */
const isWithinAnother = (context: CheckContext, rule: CheckRule, { quantity: { unit, value } }: Figure): boolean =>
  figuresOf(context, rule.of.whole ?? []).some(
    ({ quantity, scope }) => scope === 'headline' && quantity.unit === unit && !isAbove(value, quantity.value),
  );

/** 11项已全部完成，…14项完成12项: a whole of which all is done is not that of another number of what is done. */
const isDoneElsewhere = (done: readonly Figure[], whole: Figure, figure: Figure): boolean =>
  done.some((other) => other !== figure && other.quantity.start === whole.quantity.start);

/** More is done than there is to do, whichever whole of the sentence is meant. */
function moreDone(done: Figure, wholes: readonly Figure[]): Judgement | undefined {
  const [whole] = wholes;
  const isMore =
    [done, ...wholes].every(isExact) &&
    wholes.every(({ quantity: { unit, value } }) => unit === done.quantity.unit && isAbove(done.quantity.value, value));
  return whole !== undefined && isMore ? judgement(whole, [done], 'inconsistent') : undefined;
}

/**
 * The parts in the narrowest of stretch, sentence and paragraph that has several. Where such a stretch has two numbers of
 * what is done, they are of two rounds or two dates, and nothing is said.
 */
function partsBeside(
  view: View,
  figure: Figure,
  done: readonly Figure[],
  all: readonly Figure[],
): readonly Figure[] | undefined {
  const spans = [
    stretchOf(view, figure.quantity),
    sentenceOf(view, figure.quantity),
    paragraphOf(view, figure.quantity),
  ];
  const inSpan = (figures: readonly Figure[], span: Span): readonly Figure[] =>
    figures.filter(({ quantity }) => contains(span, quantity));
  const span = spans.find((candidate) => inSpan(all, candidate).length > 1);
  return span === undefined || inSpan(done, span).length > 1 ? undefined : inSpan(all, span);
}

/** The part of a sentence between two ；. */
function stretchOf(view: View, quantity: Span): Span {
  const sentence = sentenceOf(view, quantity);
  const end = view.masked.indexOf('；', quantity.end);
  return {
    start: Math.max(sentence.start, view.masked.lastIndexOf('；', quantity.start) + 1),
    end: end < 0 ? sentence.end : Math.min(sentence.end, end),
  };
}

function judgeStatus(
  context: CheckContext,
  done: Figure,
  parts: readonly Figure[],
  wholes: readonly Figure[],
  severity: Severity | undefined,
): readonly Judgement[] {
  for (const whole of wholes) {
    const group = readings(context, done, parts, whole).find((reading) => agrees(whole, reading));
    if (group !== undefined) return [judgement(whole, group, 'consistent')];
  }
  const [whole] = wholes;
  const [reading] = whole === undefined ? [] : readings(context, done, parts, whole);
  if (whole === undefined || reading === undefined || ![whole, ...reading].every(isExact)) return [];
  // Of several wholes in other places none need be the one that is meant.
  const candidates = wholes.filter((one) => !isInHeading(context, one));
  if (severity !== undefined && new Set(candidates.map(({ value }) => value)).size > 1) return [];
  if (withUnclaimed(context, done, reading).some((group) => agrees(whole, group))) return [];
  if (leavesMore(done, whole, reading)) return [];
  // Where some of the parts make the whole, one may stand in another: 正在推进4项、需长期坚持2项.
  const isNested = selections(reading).some((group) => agrees(whole, group));
  const weight = isNested ? 'warning' : severity;
  return [{ ...judgement(whole, reading, 'inconsistent'), ...(weight && { severity: weight }) }];
}

/** The parts that may be meant together: all, those outside brackets and 其中, those of one sentence; each number once. */
function readings(
  { view }: CheckContext,
  done: Figure,
  parts: readonly Figure[],
  whole: Figure,
): readonly (readonly Figure[])[] {
  const others = parts.filter(({ quantity }) => quantity.start !== whole.quantity.start);
  const outside = others.filter(
    ({ quantity, scope }) => scope === done.scope && !isBracketed(view.masked, done, quantity),
  );
  const sentence = sentenceOf(view, done.quantity);
  const near = outside.filter(({ quantity }) => contains(sentence, quantity));
  return [outside, others, near].map((group) => withoutRepeats(view, group)).filter(({ length }) => length > 1);
}

const isBracketed = (text: string, done: Figure, { start }: Span): boolean => {
  const between = text.slice(Math.min(done.quantity.end, start), start);
  return between.lastIndexOf('（') > between.lastIndexOf('）');
};

/** Where more is left out than is done, the parts hardly mean to be all: 查找问题90个，已完成8个、完成并长期坚持45个. */
const leavesMore = (done: Stated, whole: Stated, parts: readonly Stated[]): boolean =>
  cmp(sub(whole.quantity.value, totalOf(parts)), done.quantity.value) > 0;

/** One metric with one value in two sentences is one part. */
const withoutRepeats = (view: View, parts: readonly Figure[]): readonly Figure[] =>
  parts.filter((part, index) => {
    const sentence = sentenceOf(view, part.quantity);
    const isSame = ({ metric, value, quantity }: Figure): boolean =>
      metric === part.metric && value === part.value && !contains(sentence, quantity);
    return !parts.slice(0, index).some(isSame);
  });

/** A number beside the parts that no metric claims may be a missing one: then the reading is at fault, not the notice. */
function withUnclaimed(
  { view, extraction }: CheckContext,
  done: Figure,
  parts: readonly Figure[],
): readonly (readonly Figure[])[] {
  const sentence = sentenceOf(view, done.quantity);
  return extraction.figures
    .filter(
      ({ metric, quantity }) => metric === null && quantity.unit === done.quantity.unit && contains(sentence, quantity),
    )
    .map((figure) => [...parts, figure]);
}

const agrees = (whole: Stated, parts: readonly Stated[]): boolean =>
  sumAgreement(
    whole.quantity,
    parts.map(({ quantity }) => quantity),
  ).agrees;

/** Every selection of two or more, the larger before the smaller. */
function selections<T>(items: readonly T[]): readonly (readonly T[])[] {
  const all: T[][] = [[]];
  for (const item of items) all.push(...all.map((set) => [...set, item]));
  return all.filter(({ length }) => length > 1).sort((a, b) => b.length - a.length);
}

function judgement(whole: Stated, parts: readonly Stated[], verdict: 'consistent' | 'inconsistent'): Judgement {
  const expected = totalOf(parts);
  return {
    verdict,
    stated: whole.quantity.stated,
    expected: shownLike(expected, whole.quantity),
    operands: [operandOf('whole', whole), ...parts.map((part, index) => operandOf(`part${index + 1}`, part))],
    mode: whole.quantity.quantum.n === 0n ? 'exact' : 'interval',
    evidence: [whole.evidence, ...parts.map(({ evidence }) => evidence)],
    values: { parts: parts.map(({ quantity }) => quantity.stated).join(' + ') },
    ...(verdict === 'inconsistent' ? causeNote(valueCause(whole.quantity.value, expected)) : {}),
  };
}

// ── Over the findings ─────────────────────────────────────────────────────────────────────────────────────────────

/**
 * `of: {whole}`: for each metric, the notice's number against those of its findings. They hold where they add up; where
 * they fall short, the notice may tell of some findings only, and nothing is said.
 */
function byFindings(context: CheckContext, rule: CheckRule, alikeUnits: Alike): readonly Judgement[] {
  return (rule.of.whole ?? []).flatMap((metric) => {
    const figures = figuresOf(context, [metric]);
    const whole = headOf(context, figures);
    if (whole === undefined) return [];
    const parts = figures.filter(
      (figure) => isInFinding(context, figure) && sameUnit(alikeUnits, figure.quantity, whole.quantity),
    );
    const groups = [parts, parts.filter(({ scope }) => scope === 'local')];
    const group = groups.find((one) => one.length > 1 && agrees(whole, one));
    if (group !== undefined) return [judgement(whole, group, 'consistent')];
    // One person may be told of in two findings: more than the whole is for an auditor to look at.
    const isMore = parts.length > 1 && parts.every(isExact) && isAbove(totalOf(parts), whole.quantity.value);
    const none = parts.some(({ quantity }) => !isAbove(whole.quantity.value, quantity.value));
    // Less may be an abridged notice; but where one slip of the pen makes it right, it is worth a look.
    return (isMore && !none) || isSlip(whole, parts)
      ? [{ ...judgement(whole, parts, 'inconsistent'), verdict: 'observed', severity: 'info' }]
      : [];
  });
}

/** Whether one digit, or two exchanged, of the whole or of a part would make the sum right; in numbers of three digits and more. */
function isSlip(whole: Stated, parts: readonly Stated[]): boolean {
  const missing = sub(whole.quantity.value, totalOf(parts));
  const isTelling = ({ quantity }: Stated): boolean =>
    quantity.kind === 'money' && quantity.digits.end - quantity.digits.start >= 3;
  if (parts.length < 2 || ![whole, ...parts].every(isExact)) return false;
  const isSlipOf = (a: Rational, b: Rational): boolean => b.n > 0n && (digitsSwapped(a, b) || oneDigitOff(a, b));
  return (
    (isTelling(whole) && isSlipOf(whole.quantity.value, totalOf(parts))) ||
    parts.some(({ quantity: { value } }) => digitsSwapped(value, add(value, missing)))
  );
}

// ── Over the headings ─────────────────────────────────────────────────────────────────────────────────────────────

/** `of: {whole}`: the counts that headings state, （3个问题）, against the notice's; some headings may be left out. */
function byHeadings(context: CheckContext, rule: CheckRule): readonly Judgement[] {
  const figures = figuresOf(context, rule.of.whole ?? []);
  const parts = figures.filter((figure) => isInHeading(context, figure));
  const wholes = figures.filter((figure) => figure.scope === 'headline' && !parts.includes(figure));
  const [first] = wholes;
  if (first === undefined || parts.length < 2) return [];
  const holding = wholes.find((whole) => agrees(whole, parts));
  if (holding !== undefined) return [judgement(holding, parts, 'consistent')];
  const isMore = wholes.every(({ quantity }) => isAbove(totalOf(parts), quantity.value));
  // A notice that leaves out whole sections leaves out their problems too.
  const isAbridged = figuresOf(context, rule.of.sections ?? []).some(
    ({ quantity }) => cmp(quantity.value, rational(parts.length)) > 0,
  );
  return [
    { ...judgement(first, parts, 'inconsistent'), ...(isMore ? {} : { severity: isAbridged ? 'info' : 'warning' }) },
  ];
}
