/**
 * One count stated in several places. Statements of the whole notice must agree, unless the notice itself tells two grains
 * apart (33项问题细化为97项); the count of a finding may be a part, and only fails where it is more than the whole. Without
 * `of`, it holds numbers together that stand beside one name, whatever is counted.
 */
import { z } from 'zod';
import type { Figure, Severity } from '../model.js';
import { repeatAgreement, valueCause } from '../number/agreement.js';
import { cmp, eq } from '../number/rational.js';
import type { CheckRule } from '../rules/load.js';
import { contains } from '../text.js';
import {
  type Alike,
  alike,
  causeNote,
  clauseOf,
  figuresOf,
  headOf,
  isExact,
  isInFinding,
  isInHeading,
  masked,
  operandOf,
  sameUnit,
  sentenceOf,
  tester,
  testers,
} from './arithmetic.js';
import { mentionsAgain } from './arithmetic-mentions.js';
import type { CheckContext, CheckKind, Judgement } from './kind.js';

const parameters = z.strictObject({
  alike,
  /** In the clause: another number of the same things, such as those that are left. */
  unless: z.string().optional(),
  /** In the sentence: it tells of another inspection. */
  elsewhere: z.string().optional(),
  /** In the clause: counted by the inspectors; counted by the unit. Two such counts may differ. */
  handed: z.string().optional(),
  sorted: z.string().optional(),
  /** In the clauses of both of two numbers that differ: they are of all of it. */
  overall: z.string().optional(),
  /** Whether the sentences of two places may tell of two days. */
  dated: z.boolean().default(false),
  /** For rules without `of`: before a number that tells of something again; after it, of all of that. */
  opens: z.string().optional(),
  allOf: z.string().optional(),
  /** In the sentence before such a number: it is of others. */
  other: z.string().optional(),
  /** Whether the numbers of findings are held against the notice's. */
  findings: z.boolean().default(false),
});
type Parameters = z.infer<typeof parameters>;

export const repeat: CheckKind<Parameters> = {
  kind: 'repeat',
  operands: ['figure'],
  parameters,
  run: (context, rule, given) =>
    rule.of.figure === undefined
      ? mentionsAgain(context, rule, given)
      : rule.of.figure.flatMap((metric) => {
          const figures = comparable(context, rule, given, metric);
          return [
            ...headlines(context, rule, given, figures),
            ...(given.findings ? locals(context, given, figures) : []),
          ];
        }),
};

function comparable(context: CheckContext, rule: CheckRule, given: Parameters, metric: string): readonly Figure[] {
  const [isOther, isElsewhere] = testers(context.rules, rule, given.unless, given.elsewhere);
  return figuresOf(context, [metric]).filter((figure) => {
    if (isElsewhere(masked(context.view, sentenceOf(context.view, figure.quantity)))) return false;
    const { start } = clauseOf(context.view, figure.quantity);
    const words = `${context.view.masked.slice(start, figure.quantity.start)}${figure.noun}`;
    return figure.scope !== 'cumulative' && !isInHeading(context, figure) && !isOther(words);
  });
}

// ── Statements of the whole notice ────────────────────────────────────────────────────────────────────────────────

function headlines(
  context: CheckContext,
  rule: CheckRule,
  given: Parameters,
  figures: readonly Figure[],
): readonly Judgement[] {
  const heads = figures.filter(({ scope }) => scope === 'headline');
  const grains = heads.filter((head) => heads.some((other) => isOtherGrain(context, head, other)));
  const main = mainOf(heads);
  if (main === undefined) return [];
  const agreeing = heads.filter((head) => head === main || agree(main, head));
  const failing = heads.filter(
    (head) =>
      !agreeing.includes(head) &&
      !(given.dated && isOtherDay(context, main, head)) &&
      !grains.some((grain) => agree(grain, head)) &&
      sameUnit(given.alike, head.quantity, main.quantity) &&
      [head, main].every(isExact),
  );
  // Several smaller numbers, each another: of the units or groups that the notice tells of one by one.
  const isBySubject = new Set(failing.map(({ value }) => value)).size > 1 && failing.every(isBelow(main));
  const isHanded = tester(context.rules, rule, given.handed);
  const isSorted = tester(context.rules, rule, given.sorted);
  const words = (figure: Figure): string => masked(context.view, clauseOf(context.view, figure.quantity));
  const isOverall = tester(context.rules, rule, given.overall);
  const isOfAll = (figure: Figure): boolean => given.overall === undefined || isOverall(words(figure));
  const mayDiffer = (a: Figure, b: Figure): boolean => isHanded(words(a)) && isSorted(words(b));
  return [
    ...(agreeing.length > 1 ? [judgement(agreeing, 'consistent')] : []),
    ...(isBySubject || !isOfAll(main) ? [] : failing.filter(isOfAll)).map((head) => ({
      ...judgement([main, head], 'inconsistent'),
      // Only what the inspectors gave is one for certain.
      ...(mayDiffer(main, head) ||
      mayDiffer(head, main) ||
      (given.handed !== undefined && ![main, head].every((one) => isHanded(words(one))))
        ? { severity: 'warning' as Severity }
        : {}),
    })),
  ];
}

/** Whether two places tell of two days: each of its own, or both of none in common. */
function isOtherDay({ view }: CheckContext, a: Figure, b: Figure): boolean {
  const [x, y] = [a, b].map(({ quantity }) => {
    const sentence = sentenceOf(view, quantity);
    return view.dates.filter((date) => contains(sentence, date)).map(({ start, end }) => view.folded.slice(start, end));
  }) as [string[], string[]];
  return x.length > 0 && y.length > 0 && !x.some((date) => y.includes(date));
}

const isWrittenAlike = ({ quantity: a }: Figure, { quantity: b }: Figure): boolean =>
  a.kind !== 'money' || (a.unitText === b.unitText && a.decimals === b.decimals);

const agree = (a: Figure, b: Figure): boolean => repeatAgreement(a.quantity, b.quantity);

const isBelow =
  (whole: Figure) =>
  ({ quantity }: Figure): boolean =>
    cmp(quantity.value, whole.quantity.value) < 0;

/** Two different numbers in one sentence: the notice tells them apart. */
const isOtherGrain = ({ view }: CheckContext, a: Figure, b: Figure): boolean =>
  a !== b && !agree(a, b) && contains(sentenceOf(view, a.quantity), b.quantity);

/** The value that most places state; of three and more values, that which the others may be parts of. */
function mainOf(heads: readonly Figure[]): Figure | undefined {
  const [first] = byFrequency(heads);
  const isSeveral = new Set(heads.map(({ value }) => value)).size > 2;
  const largest = heads.find((head) => heads.every((other) => other.value === head.value || isBelow(head)(other)));
  return isSeveral && largest !== undefined ? largest : first;
}

/** The value that most places state, the first of equals. */
const byFrequency = (figures: readonly Figure[]): readonly Figure[] => {
  const votes = (figure: Figure): number => figures.filter((other) => agree(figure, other)).length;
  return [...figures].sort((a, b) => votes(b) - votes(a));
};

const MOST_SHOWN = 6;

function judgement(figures: readonly Figure[], verdict: 'consistent' | 'inconsistent'): Judgement {
  const shown = figures.slice(0, MOST_SHOWN);
  const [first, second] = figures as [Figure, Figure];
  return {
    verdict,
    stated: second.stated,
    expected: first.stated,
    operands: shown.map((figure, index) => operandOf(`place${index + 1}`, figure)),
    mode: eq(first.quantity.value, second.quantity.value) ? 'exact' : 'interval',
    evidence: shown.map(({ evidence }) => evidence),
    values: { places: shown.map(({ stated }) => stated).join(' / ') },
    ...(verdict === 'inconsistent' ? causeNote(valueCause(second.quantity.value, first.quantity.value)) : {}),
  };
}

// ── Findings against the notice ───────────────────────────────────────────────────────────────────────────────────

function locals(
  context: CheckContext,
  given: { readonly alike: Alike },
  figures: readonly Figure[],
): readonly Judgement[] {
  const head = headOf(context, figures);
  if (head === undefined || !isExact(head)) return [];
  const told = figures.filter(
    (figure) =>
      isInFinding(context, figure) && isExact(figure) && sameUnit(given.alike, figure.quantity, head.quantity),
  );
  // One amount in two units is for the kind that compares units.
  const same = told.filter((figure) => agree(head, figure) && isWrittenAlike(figure, head));
  const more = told.filter(({ quantity }) => cmp(quantity.value, head.quantity.value) > 0 && quantity.kind === 'count');
  return [
    ...same.slice(0, 1).map((figure) => judgement([head, figure], 'consistent')),
    ...more.map((figure) => ({ ...judgement([head, figure], 'inconsistent'), severity: 'warning' as Severity })),
  ];
}
