/**
 * Numbers of named metrics that must add up: what is done and what is not make the whole; what the findings tell of one by
 * one makes the number that the notice states for all.
 */
import { z } from 'zod';
import type { Figure, Severity, Span } from '../model.js';
import { sumAgreement, valueCause } from '../number/agreement.js';
import type { CheckRule } from '../rules/load.js';
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
  shown,
  totalOf,
} from './arithmetic.js';
import type { CheckContext, CheckKind, Judgement } from './kind.js';

const parameters = z.strictObject({
  /** `status`: one statement with its whole; `findings`, `headings`: the numbers of these against the notice's. */
  of: z.enum(['status', 'findings', 'headings']),
  alike,
});

export const sum: CheckKind<z.infer<typeof parameters>> = {
  kind: 'sum',
  parameters,
  run(context, rule, given) {
    if (given.of === 'status') return byStatus(context, rule);
    return given.of === 'findings' ? byFindings(context, rule, given.alike) : byHeadings(context, rule);
  },
};

// ── Done and not done ─────────────────────────────────────────────────────────────────────────────────────────────

/** Largest group of numbers of which every selection is tried. */
const MOST_PARTS = 8;

/** `of: {whole, done, open}`: each statement of what is done, with what its sentence or paragraph says is not. */
function byStatus(context: CheckContext, rule: CheckRule): readonly Judgement[] {
  const { view } = context;
  const all = figuresOf(context, [...(rule.of.done ?? []), ...(rule.of.open ?? [])]);
  const taken = new Set<Figure>();
  return figuresOf(context, rule.of.done ?? []).flatMap((done) => {
    if (taken.has(done)) return [];
    const inSpan = (span: Span): readonly Figure[] => all.filter(({ quantity }) => contains(span, quantity));
    const inSentence = inSpan(sentenceOf(view, done.quantity));
    const parts = inSentence.length > 1 ? inSentence : inSpan(paragraphOf(view, done.quantity));
    for (const part of parts) taken.add(part);
    const wholes = nearestFigures(context, rule.of.whole ?? [], done);
    if (wholes === undefined || parts.length < 2 || parts.length > MOST_PARTS) return [];
    return judgeStatus(context, done, parts, wholes.figures, wholes.nearness === 'notice' ? 'warning' : undefined);
  });
}

function judgeStatus(
  context: CheckContext,
  done: Figure,
  parts: readonly Figure[],
  wholes: readonly Figure[],
  severity: Severity | undefined,
): readonly Judgement[] {
  for (const whole of wholes) {
    const others = parts.filter(({ quantity }) => quantity.start !== whole.quantity.start);
    const group = selections(others).find((selection) => selection.includes(done) && agrees(whole, selection));
    if (group !== undefined) return [judgement(whole, group, 'consistent')];
  }
  const [whole] = wholes;
  if (whole === undefined || ![whole, ...parts].every(isExact)) return [];
  // A number beside them that no metric claims may be the missing part: then the reading is at fault, not the notice.
  const unclaimed = context.extraction.figures
    .filter(({ metric, quantity }) => metric === null && quantity.unit === done.quantity.unit)
    .filter(({ quantity }) => contains(sentenceOf(context.view, done.quantity), quantity));
  const explained = selections([...parts, ...unclaimed].slice(0, MOST_PARTS)).some((selection) =>
    agrees(whole, selection),
  );
  return explained ? [] : [{ ...judgement(whole, parts, 'inconsistent'), ...(severity && { severity }) }];
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
    expected: shown(expected, whole.quantity.unit),
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
 * they do not, the notice may tell of some findings only, and nothing is said.
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
    return group === undefined ? [] : [judgement(whole, group, 'consistent')];
  });
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
  return [{ ...judgement(first, parts, 'inconsistent'), ...(isMore ? {} : { severity: 'warning' }) }];
}
