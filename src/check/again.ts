/**
 * A number said again, whatever is counted: 上述12.8万元 takes up one before it, and a clause that stands in two places with
 * the same words around its number says the same of it.
 */
import { z } from 'zod';
import type { Severity, Span } from '../model.js';
import { digitsSwapped, repeatAgreement, valueCause } from '../number/agreement.js';
import { cmp, sum } from '../number/rational.js';
import { contains } from '../text.js';
import { type Alike, alike, causeNote, clauseOf, isExact, masked, operandOf, sameUnit, tester } from './arithmetic.js';
import { type Item, itemsOf } from './arithmetic-lists.js';
import type { CheckContext, CheckKind, Judgement } from './kind.js';
import { wordsOf } from './wording.js';

const parameters = z.strictObject({
  /** Right before a number: it is one that was said before. */
  taken: z.string(),
  /** List of words that make no difference between two clauses. */
  fillers: z.string(),
  /** In a sentence: its number is of another time, or of a part. */
  unless: z.string(),
  alike,
});

export const again: CheckKind<z.infer<typeof parameters>> = {
  kind: 'again',
  parameters,
  run(context, rule, given) {
    const [isTaken, isOther] = [given.taken, given.unless].map((pattern) => tester(context.rules, rule, pattern)) as [
      Test,
      Test,
    ];
    const items = itemsOf(context);
    const taken = items.flatMap((item, at) =>
      isTaken(item.lead) ? (takenUp(context, items.slice(Math.max(0, at - REACH), at), item, given.alike) ?? []) : [],
    );
    return [...taken, ...sameClauses(context, items, wordsOf(context, rule, given.fillers), isOther)];
  },
};

type Test = (text: string) => boolean;

// ── Taken up ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** Numbers before one that takes up another among which that other is looked for. */
const REACH = 10;

function takenUp(
  { extraction }: CheckContext,
  before: readonly Item[],
  item: Item,
  groups: Alike,
): Judgement | undefined {
  const finding = extraction.findings.find(({ span }) => contains(span, item.quantity));
  const within = finding?.span ?? item.paragraph;
  const candidates = before.filter(
    ({ quantity }) => contains(within, quantity) && sameUnit(groups, quantity, item.quantity),
  );
  const nearest = candidates.at(-1);
  if (nearest === undefined || ![item, ...candidates].every(isExact)) return undefined;
  const same = candidates.findLast((other) => repeatAgreement(other.quantity, item.quantity));
  if (same !== undefined) return judgement(same, item, 'consistent');
  if (sumsBefore(candidates).some((value) => cmp(value, item.quantity.value) === 0)) return undefined;
  // What is taken up may be one of several, or be told of in words: only what a slip explains is told of.
  const slipped = candidates.findLast((other) => causeOf(other, item) !== undefined);
  if (slipped === undefined) return undefined;
  const isScale = causeOf(slipped, item) === 'scale';
  return { ...judgement(slipped, item, 'inconsistent'), ...(isScale ? {} : { severity: 'warning' as Severity }) };
}

/** Sums of the last two, three, … numbers. */
const sumsBefore = (items: readonly Item[]) =>
  items.map((_, at) => sum(items.slice(at).map(({ quantity }) => quantity.value)));

function causeOf({ quantity: a }: Item, { quantity: b }: Item): string | undefined {
  const cause = valueCause(b.value, a.value)?.kind;
  return cause ?? (digitsSwapped(a.value, b.value) ? 'digitsSwapped' : undefined);
}

// ── The same clause ───────────────────────────────────────────────────────────────────────────────────────────────

/** Letters that two clauses need in common. */
const SHORTEST = 4;

function sameClauses(
  context: CheckContext,
  items: readonly Item[],
  fillers: readonly string[],
  isOther: Test,
): readonly Judgement[] {
  const places = new Map<string, Item[]>();
  for (const item of items) {
    if (!isExact(item) || isOutOfPlace(context, item) || isOther(masked(context.view, item.sentence))) continue;
    const words = wordsAround(context, item, fillers);
    if (words.length < SHORTEST) continue;
    const key = `${words} ${item.quantity.unit}`;
    places.set(key, [...(places.get(key) ?? []), item]);
  }
  return [...places.values()].flatMap((same) => {
    const [first] = same;
    const values = new Set(same.map(({ quantity }) => `${quantity.value.n}/${quantity.value.d}`));
    const other = same.find((item) => first !== undefined && !repeatAgreement(item.quantity, first.quantity));
    // Three values are of three subjects, and two in one paragraph are told apart there.
    if (first === undefined || other === undefined || values.size > 2) return [];
    if (first.paragraph.start === other.paragraph.start) return [];
    return [{ ...judgement(first, other, 'inconsistent'), severity: 'warning' as Severity }];
  });
}

/** Numbers of findings are their own; those of tables and headings stand without words. */
function isOutOfPlace({ extraction, view }: CheckContext, { quantity, paragraph }: Item): boolean {
  if (extraction.findings.some(({ span }) => contains(span, quantity))) return true;
  const isHeading = view.masked.slice(paragraph.start, paragraph.end).search(/[。；：]/u) < 0;
  return (
    isHeading ||
    view.blocks.some(({ cell, start, end }) => cell !== undefined && start <= quantity.start && quantity.end <= end)
  );
}

/** The letters of a number's clause without those that make no difference; nothing where the clause has another number. */
function wordsAround({ view }: CheckContext, { quantity }: Item, fillers: readonly string[]): string {
  const clause: Span = clauseOf(view, quantity);
  const before = view.masked.slice(clause.start, quantity.start);
  const after = view.masked.slice(quantity.end, clause.end);
  if (/[\ue001-\ue0ff]/u.test(before + after)) return '';
  return [...fillers]
    .reduce((left, filler) => left.replaceAll(filler, ''), `${before}#${after}`)
    .replace(/[^\p{L}#]/gu, '')
    .replace('#', '');
}

function judgement(first: Item, second: Item, verdict: 'consistent' | 'inconsistent'): Judgement {
  const [a, b] = [first.quantity, second.quantity];
  return {
    verdict,
    stated: b.stated,
    expected: a.stated,
    operands: [operandOf('place1', first), operandOf('place2', second)],
    mode: a.unitText === b.unitText ? 'exact' : 'interval',
    evidence: [first.evidence, second.evidence],
    ...(verdict === 'inconsistent' ? causeNote(valueCause(b.value, a.value)) : {}),
  };
}
