/**
 * The inspecting team under another number than before, or under its number with another sender: mostly left from an earlier
 * notice. 巡察第13组 and 第十三巡察组 are one; other teams of other senders, and of other rounds, may be named beside it.
 */
import { z } from 'zod';
import type { Fact } from '../model.js';
import { parseNumeral } from '../number/numeral.js';
import { contains, overlaps } from '../text.js';
import { sentenceOf } from './arithmetic.js';
import type { CheckContext, CheckKind, Judgement } from './kind.js';
import { signs } from './wording.js';

const parameters = z.strictObject({
  /** Words that tell teams of different senders apart, where both have one. */
  senders: z.array(z.string()).min(1),
  /** Sign of a sentence that speaks of another round. */
  unless: z.string(),
  /** Sign whose capture `team` can only be the team of this round. */
  atWork: z.string(),
});

interface Team {
  readonly fact: Pick<Fact, 'value' | 'evidence'>;
  /** Of a team that is named by its sender only: none. */
  readonly number: number | undefined;
  readonly sender: string | undefined;
  /** What follows the number: 巡察组, 巡视组. */
  readonly sort: string;
}

export const team: CheckKind<z.infer<typeof parameters>> = {
  kind: 'team',
  parameters,
  run: (context, _rule, { senders, unless, atWork }) => {
    const named = teamsOf(context, senders, unless, atWork);
    const [first] = named;
    if (first === undefined) return [];
    const isOne = (other: Team): boolean => !other.sender || !first.sender || other.sender === first.sender;
    const others = named.filter((other) => {
      if (other.number === undefined || first.number === undefined) return !isOne(other);
      return other.number === first.number ? !isOne(other) && other.sort === first.sort : isOne(other);
    });
    const distinct = [...new Map(others.map((other) => [`${other.number} ${other.sender}`, other])).values()];
    return distinct.map(
      (other): Judgement => ({
        verdict: 'observed',
        stated: other.fact.evidence.quote,
        expected: first.fact.evidence.quote,
        evidence: [first.fact.evidence, other.fact.evidence],
      }),
    );
  },
};

/** Numbered teams in text order, and others at work, without those of other rounds and those that are named together. */
function teamsOf(context: CheckContext, senders: readonly string[], unless: string, atWork: string): readonly Team[] {
  const { extraction, locate, view } = context;
  const elsewhere = signs(context, unless);
  const facts = extraction.facts.filter(({ name }) => name === 'team');
  const atWorkNow = signs(context, atWork);
  const working = atWorkNow
    .flatMap(({ captures }) => captures.get('team') ?? [])
    .filter((span) => !facts.some(({ evidence }) => overlaps(evidence, span)))
    .map((span) => ({ value: view.folded.slice(span.start, span.end), evidence: locate.evidence(span) }));
  const isCompared = (fact: Team['fact'], at: number): boolean =>
    numberOf(fact.value) !== undefined ||
    atWorkNow.some((sign) => contains(sign, fact.evidence)) ||
    (at === 0 && atWorkNow.length > 0);
  const all = [...facts, ...working]
    .filter(isCompared)
    .map(
      (fact): Team => ({
        fact,
        number: numberOf(fact.value),
        sender: senders.find((sender) => fact.value.includes(sender)),
        sort: sortOf(fact.value),
      }),
    )
    .sort((a, b) => a.fact.evidence.start - b.fact.evidence.start);
  return all.filter(({ fact, number }) => {
    const sentence = sentenceOf(view, fact.evidence);
    const isOfOtherRound = elsewhere.some((sign) => contains(sentence, sign));
    const isOneOfSeveral = all.some((other) => other.number !== number && contains(sentence, other.fact.evidence));
    return !isOfOtherRound && !isOneOfSeveral;
  });
}

const sortOf = (name: string): string => name.split(/[0-9一二三四五六七八九十]+/u).at(-1) ?? '';

/** The last number in a team's name: 第八轮第三巡察组 is the third. */
function numberOf(name: string): number | undefined {
  const written = [...name.matchAll(/[0-9]+|[一二三四五六七八九十]+/gu)].at(-1)?.[0];
  const value = written === undefined ? undefined : parseNumeral(written)?.value;
  return value === undefined ? undefined : Number(value.n);
}
