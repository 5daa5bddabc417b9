/**
 * Statements of status that cannot both hold: all is done, and something is still under way. What is asked for or planned
 * is no statement; only what a finding reports counts, and what the notice says of all of them.
 */
import { z } from 'zod';
import type { Evidence, Extraction, Finding, Quantity, Span, Status } from '../model.js';
import { cmp, eq } from '../number/rational.js';
import type { CheckRule } from '../rules/load.js';
import { matchWithin, type RuleMatch } from '../rules/match.js';
import type { View } from '../rules/view.js';
import { contains, onceFor, overlaps } from '../text.js';
import { figuresOf, paragraphOf, sentenceOf } from './arithmetic.js';
import type { CheckContext, CheckKind, Judgement } from './kind.js';
import {
  clauseAround,
  distinct,
  isOutsideFindings,
  reportOf,
  reportSpan,
  signs,
  signsWithin,
  titleOf,
} from './wording.js';

const side = z.union([z.strictObject({ sign: z.string() }), z.strictObject({ status: z.array(z.string()).min(1) })]);
type Side = z.infer<typeof side>;

const parameters = z.strictObject({
  claim: side,
  against: side,
  /**
   * Both in one paragraph, the one in the sentence after the other at most; the claim anywhere before what it is held
   * against; both in one item, both in one finding, the claim outside of all findings and what it is held against in one of
   * them, or both outside, the claim first.
   */
  within: z.enum(['item', 'finding', 'neighbour', 'later', 'notice', 'overview']),
  /** Captures of the two (for `neighbour`): so many are left, fewer than all and of their unit. */
  fewer: z.strictObject({ claim: z.string(), against: z.string() }).optional(),
  /** A capture of both signs (for `later`): the two are said of one quantity. */
  equal: z.string().optional(),
  /** A capture of both signs (for `neighbour`): the two say something of one thing where one of its words ends in the other. */
  thing: z.string().optional(),
});
type ContradictionParameters = z.infer<typeof parameters>;

export const contradiction: CheckKind<ContradictionParameters> = {
  kind: 'contradiction',
  operands: ['all'],
  parameters,
  run: (context, rule, { claim, against: side, within, thing, fewer, equal }) => {
    const { findings } = context.extraction;
    switch (within) {
      case 'item':
        return findings.flatMap((finding) =>
          itemsOf(context, finding).flatMap((item) =>
            judge(finding, saidIn(context, claim, finding, item), saidIn(context, side, finding, item)),
          ),
        );
      case 'finding':
        return findings.flatMap((finding) => {
          const report = reportSpan(finding);
          return judge(finding, saidIn(context, claim, finding, report), saidIn(context, side, finding, report));
        });
      case 'neighbour':
        return neighbours(context, claim, side, (said, open) => {
          if (thing !== undefined) return isSame(context.view, said, open, thing);
          const isOfIt = isOfOneCount(context.view, said, open);
          return fewer === undefined ? isOfIt : isOfIt && isFewer(context.view, said, open, fewer);
        });
      case 'later':
        return later(context, claim, side, equal);
      case 'notice':
        return wholeNotice(context, claimOfAll(context, rule, claim), (finding) =>
          saidIn(context, side, finding, reportSpan(finding)).slice(0, 1),
        );
      case 'overview':
        return overview(context, claimOfAll(context, rule, claim), side);
    }
  },
};

/** What a finding reports, item by item; sentences of prose that no mark parts are one. */
function itemsOf({ extraction }: CheckContext, finding: Finding): readonly Span[] {
  const ends = markEnds(extraction);
  const isMarked = ({ start }: Span): boolean => [start, start - 1, start - 2].some((end) => ends.has(end));
  const items: Span[] = [];
  for (const { evidence } of reportOf(finding)) {
    const last = items.at(-1);
    const goesOn = last !== undefined && !isMarked(evidence) && evidence.start - last.end <= 1;
    if (goesOn) items[items.length - 1] = { start: last.start, end: evidence.end };
    else items.push(evidence);
  }
  return items;
}

const markEnds = onceFor(
  ({ sequences }: Extraction): ReadonlySet<number> =>
    new Set(sequences.flatMap(({ markers }) => markers.map(({ end }) => end))),
);

function saidIn(context: CheckContext, side: Side, finding: Finding, span: Span): readonly Evidence[] {
  if ('status' in side) return labelledStatus(context, finding, side.status);
  const clauses = signsWithin(context, side.sign, span).map((sign) => clauseAround(context.view, sign));
  return distinct(clauses.map(context.locate.evidence));
}

/** The status after a label, in brackets, or in a cell or sentence of its own: what others say may be said of a part. */
function labelledStatus(context: CheckContext, finding: Finding, statuses: readonly string[]): readonly Evidence[] {
  const { status, statusEvidence } = finding;
  if (statusEvidence === undefined || !statuses.includes(status satisfies Status)) return [];
  const labels = matchWithin(context.rules, 'labels', context.view, finding.span);
  const isLabelled = labels.some(({ end }) => end <= statusEvidence.start && statusEvidence.start - end <= 4);
  const isCell = context.view.blocks.some(({ cell, start }) => cell !== undefined && start === statusEvidence.start);
  return isLabelled || isCell || isAlone(context.view, statusEvidence) ? [statusEvidence] : [];
}

function isAlone({ folded }: View, { start, end, quote }: Evidence): boolean {
  if (folded.charAt(start - 1) === '（') return true;
  const begins = /[。；：\n]/u;
  const ends = /[。；）\n]/u;
  const before =
    folded
      .slice(Math.max(0, start - 4), start)
      .trimEnd()
      .at(-1) ?? '\n';
  return (
    (begins.test(before) || folded.charAt(start - 1) === '\n') &&
    (ends.test(quote.at(-1) ?? '') || end >= folded.length || ends.test(folded.charAt(end)))
  );
}

function judge(finding: Finding, claims: readonly Evidence[], open: readonly Evidence[]): readonly Judgement[] {
  const [claim] = claims;
  const others = claim === undefined ? [] : open.filter((other) => !overlaps(claim, other));
  const [other] = others;
  if (claim === undefined || other === undefined) return [];
  return [
    {
      verdict: 'observed',
      stated: claim.quote,
      evidence: [claim, ...others],
      values: { against: other.quote, finding: titleOf(finding) },
    },
  ];
}

/** Where the notice itself claims it; a count of fewer than all (`of: {all}`) claims it of those alone. */
function claimOfAll(context: CheckContext, rule: CheckRule, claim: Side): Evidence | undefined {
  if (!('sign' in claim)) return undefined;
  const totals = figuresOf(context, rule.of.all ?? []).filter(({ scope }) => scope !== 'local');
  const isLess = ({ value, unit }: Quantity): boolean =>
    totals.some(({ quantity }) => quantity.unit === unit && cmp(quantity.value, value) > 0);
  const [said] = signs(context, claim.sign).filter(
    (match) =>
      isOutsideFindings(context, match) &&
      !context.view.quantities.some((quantity) => contains(match, quantity) && isLess(quantity)),
  );
  return said === undefined ? undefined : context.locate.evidence(said);
}

function wholeNotice(
  { extraction }: CheckContext,
  said: Evidence | undefined,
  openIn: (finding: Finding) => readonly Evidence[],
): readonly Judgement[] {
  return said === undefined ? [] : against(said, extraction.findings.flatMap(openIn));
}

/** What a sentence claims, against the rest of it and the sentence behind. */
function neighbours(
  context: CheckContext,
  claim: Side,
  side: Side,
  isOfIt: (said: RuleMatch, open: RuleMatch) => boolean,
): readonly Judgement[] {
  if (!('sign' in claim) || !('sign' in side)) return [];
  const { view } = context;
  return signs(context, claim.sign).flatMap((said) => {
    const sentence = sentenceOf(view, said);
    const next = view.sentences.find(({ start }) => start >= sentence.end);
    const isNext = next !== undefined && contains(paragraphOf(view, said), next);
    const rest = { start: said.end, end: isNext ? next.end : sentence.end };
    const open = signsWithin(context, side.sign, rest)
      .filter((sign) => isOfIt(said, sign))
      .slice(0, 1);
    return against(context.locate.evidence(said), open.map(context.locate.evidence));
  });
}

/** 12个问题全部完成；另有3个，其中1个仍在推进: another number between is what some of are open; not one of a sentence 其中…. */
const isOfOneCount = (view: View, said: Span, open: Span): boolean =>
  !view.quantities.some(
    (between) =>
      between.kind === 'count' &&
      between.start >= said.end &&
      between.start < open.start &&
      !view.folded.startsWith('其中', sentenceOf(view, between).start),
  );

const numberOf = (view: View, match: RuleMatch, capture: string): Quantity | undefined => {
  const span = match.captures.get(capture);
  return span === undefined ? undefined : view.quantities.find(({ start }) => start === span.start);
};

function isFewer(view: View, said: RuleMatch, open: RuleMatch, names: { claim: string; against: string }): boolean {
  const [all, left] = [numberOf(view, said, names.claim), numberOf(view, open, names.against)];
  return all !== undefined && left !== undefined && all.unit === left.unit && cmp(left.value, all.value) < 0;
}

/** An amount that came in, and is said further on not to have; a problem's title may say so of the time before. */
function later(context: CheckContext, claim: Side, side: Side, equal = ''): readonly Judgement[] {
  if (!('sign' in claim) || !('sign' in side)) return [];
  const { extraction, view } = context;
  const open = signs(context, side.sign).filter(
    (sign) => !extraction.findings.some(({ evidence }) => contains(evidence, sign)),
  );
  if (open.length === 0) return [];
  return signs(context, claim.sign).flatMap((said) => {
    const sum = numberOf(view, said, equal);
    const isOfIt = (sign: RuleMatch): boolean => {
      const other = numberOf(view, sign, equal);
      return sum !== undefined && other !== undefined && sum.unit === other.unit && eq(sum.value, other.value);
    };
    const found = open.filter((sign) => sign.start >= said.end && isOfIt(sign)).slice(0, 1);
    return against(context.locate.evidence(said), found.map(context.locate.evidence));
  });
}

/** 无一起信访积案 and 现存的4件积案 are of one thing. */
function isSame(view: View, a: RuleMatch, b: RuleMatch, thing: string): boolean {
  const [x, y] = [a, b].map((match) => {
    const span = match.captures.get(thing);
    return span === undefined ? '' : view.folded.slice(span.start, span.end);
  }) as [string, string];
  return x !== '' && y !== '' && (x.endsWith(y) || y.endsWith(x));
}

function overview(context: CheckContext, said: Evidence | undefined, side: Side): readonly Judgement[] {
  if (said === undefined || !('sign' in side)) return [];
  const open = signs(context, side.sign).filter(
    (match) => match.start >= said.end && isOutsideFindings(context, match),
  );
  return against(said, open.map(context.locate.evidence));
}

function against(said: Evidence, open: readonly Evidence[]): readonly Judgement[] {
  const [first] = open;
  if (first === undefined) return [];
  return [
    {
      verdict: 'observed',
      stated: said.quote,
      evidence: [said, ...open],
      values: { against: first.quote, finding: '' },
    },
  ];
}
