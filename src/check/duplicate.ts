/**
 * The same words twice: a measure given again in its finding, or a passage that stands in several findings. Passages are
 * runs of whole clauses, compared by their letters and digits; long sentences also where they differ by a few characters.
 * The cost grows with the text, not with the number of pairs.
 */
import { z } from 'zod';
import type { Evidence, Finding, Span } from '../model.js';
import { alternation } from '../rules/pattern.js';
import type { View } from '../rules/view.js';
import { allMatches, onceFor, overlaps, trimSpan } from '../text.js';
import type { CheckContext, CheckKind, Judgement } from './kind.js';
import { clausesOf, distinct, type Item, ink, inkOf, maskedInkOf, sentencesOf, titleOf, wordsOf } from './wording.js';
import { isNear, nearPairs } from './wording-near.js';

const parameters = z.strictObject({
  /** Items of one finding against each other, passages of one finding against those of others, or whole paragraphs. */
  within: z.enum(['finding', 'notice', 'paragraphs']),
  /** Letters and digits that a passage must have. */
  from: z.number().int().positive(),
  /** The same where passages are but alike. */
  nearFrom: z.number().int().positive(),
  /** List of phrases that anyone would write: they count for nothing. */
  generic: z.string(),
});
type DuplicateParameters = z.infer<typeof parameters>;

export const duplicate: CheckKind<DuplicateParameters> = {
  kind: 'duplicate',
  parameters,
  run: (context, rule, given) => {
    const limits = { ...given, phrases: wordsOf(context, rule, given.generic) };
    switch (given.within) {
      case 'finding':
        return context.extraction.findings.flatMap((finding) => repeatedItems(context, finding, limits));
      case 'notice':
        return repeatedPassages(context, limits);
      case 'paragraphs':
        return repeatedParagraphs(context, limits);
    }
  },
};

interface Limits {
  readonly from: number;
  readonly nearFrom: number;
  readonly phrases: readonly string[];
}

// ── In one finding ────────────────────────────────────────────────────────────────────────────────────────────────

function repeatedItems(context: CheckContext, finding: Finding, limits: Limits): readonly Judgement[] {
  return [finding.measures, finding.outcomes].flatMap((items) => {
    const groups: { readonly words: string; readonly items: Item[] }[] = [];
    for (const item of items) {
      const words = inkOf(context.view, item.evidence);
      if (!hasSubstance(context.view, item.evidence, limits.phrases, limits.from)) continue;
      const alike = groups.find(
        (group) => group.words === words || (words.length >= limits.nearFrom && isNear(group.words, words)),
      );
      if (alike === undefined) groups.push({ words, items: [item] });
      else alike.items.push(item);
    }
    return groups
      .filter((group) => group.items.length > 1)
      .map((group) =>
        repeated(
          group.items.map(({ evidence }) => evidence),
          [finding],
        ),
      );
  });
}

// ── Whole paragraphs ──────────────────────────────────────────────────────────────────────────────────────────────

/** Paragraphs outside tables and findings, word for word the same: one was pasted twice. */
function repeatedParagraphs({ view, extraction, locate }: CheckContext, limits: Limits): readonly Judgement[] {
  const groups = new Map<string, Span[]>();
  for (const block of view.blocks) {
    const isOfFinding = extraction.findings.some(({ span }) => overlaps(span, block));
    if (block.cell !== undefined || isOfFinding || !hasSubstance(view, block, limits.phrases, limits.from)) continue;
    const words = inkOf(view, block);
    const known = groups.get(words);
    if (known === undefined) groups.set(words, [block]);
    else known.push(block);
  }
  return [...groups.values()]
    .filter((blocks) => blocks.length > 1)
    .map((blocks) =>
      repeated(
        blocks.map((block) => locate.evidence(trimSpan(view.text, block))),
        [],
      ),
    );
}

function repeated(evidence: readonly Evidence[], findings: readonly Finding[]): Judgement {
  return {
    verdict: 'observed',
    mode: new Set(evidence.map(({ quote }) => ink(quote))).size === 1 ? 'exact' : 'near',
    stated: evidence[0]?.quote ?? '',
    evidence,
    values: { times: evidence.length, findings: findings.map(titleOf).join('；') },
  };
}

// ── In several findings ───────────────────────────────────────────────────────────────────────────────────────────

/** A clause of a measure or outcome, with those around it in its item. */
interface Clause extends Span {
  readonly words: string;
  readonly item: number;
  readonly finding: Finding;
}

interface Run extends Span {
  readonly finding: Finding;
}

/** A clause that stands in more places than this is a phrase of the house. */
const MOST_PLACES = 24;

function repeatedPassages(context: CheckContext, limits: Limits): readonly Judgement[] {
  const exact = sharedRuns(context, limits);
  const covered = exact.flatMap(({ runs }) => runs);
  const isCovered = ({ start, end }: Span): boolean => covered.some((run) => run.start < end && start < run.end);
  const near = nearSentences(context, limits).filter((runs) => !runs.every(isCovered));
  return [...exact.map(({ runs }) => runs), ...near].map((runs) => {
    const inOrder = [...runs].sort((a, b) => a.start - b.start);
    return repeated(distinct(inOrder.map((run) => context.locate.evidence(run))), [
      ...new Set(inOrder.map(({ finding }) => finding)),
    ]);
  });
}

function clausesOfFindings({ extraction, view }: CheckContext): readonly Clause[] {
  let item = 0;
  return extraction.findings.flatMap((finding) =>
    [...finding.measures, ...finding.outcomes].flatMap(({ evidence }) => {
      item += 1;
      return clausesOf(view, evidence)
        .map((span) => ({ words: inkOf(view, span), item, finding, ...span }))
        .filter(({ words }) => words !== '');
    }),
  );
}

/** Runs of clauses that stand in several findings, the longest first, none inside another. */
function sharedRuns(context: CheckContext, limits: Limits): readonly { readonly runs: readonly Run[] }[] {
  const clauses = clausesOfFindings(context);
  const places = new Map<string, number[]>();
  clauses.forEach(({ words }, at) => {
    const known = places.get(words);
    if (known === undefined) places.set(words, [at]);
    else known.push(at);
  });
  const byWords = new Map<string, Map<number, number>>();
  for (const at of clauses.keys()) {
    for (const other of othersOf(clauses, places, at)) {
      if (isSame(clauses, at - 1, other - 1)) continue;
      let length = 1;
      while (isSame(clauses, at + length, other + length)) length += 1;
      const span = { start: (clauses[at] as Clause).start, end: (clauses[at + length - 1] as Clause).end };
      if (!hasSubstance(context.view, span, limits.phrases, limits.from)) continue;
      const words = clauses
        .slice(at, at + length)
        .map((clause) => clause.words)
        .join(' ');
      const starts = byWords.get(words) ?? new Map<number, number>();
      byWords.set(words, starts.set(at, length).set(other, length));
    }
  }
  const toRuns = (starts: ReadonlyMap<number, number>): readonly Run[] =>
    [...starts].map(([at, length]) => ({
      start: (clauses[at] as Clause).start,
      end: (clauses[at + length - 1] as Clause).end,
      finding: (clauses[at] as Clause).finding,
    }));
  const all = [...byWords].sort(([a], [b]) => b.length - a.length).map(([, starts]) => ({ runs: toRuns(starts) }));
  return all.filter(
    ({ runs }, index) => !all.slice(0, index).some((longer) => runs.every((run) => isInside(run, longer.runs))),
  );
}

const isInside = (run: Span, others: readonly Span[]): boolean =>
  others.some((other) => other.start <= run.start && run.end <= other.end);

/** Later places of a clause in other findings. */
function othersOf(
  clauses: readonly Clause[],
  places: ReadonlyMap<string, readonly number[]>,
  at: number,
): readonly number[] {
  const clause = clauses[at] as Clause;
  const all = places.get(clause.words) ?? [];
  if (all.length > MOST_PLACES) return [];
  return all.filter((other) => other > at && (clauses[other] as Clause).finding !== clause.finding);
}

/** True where two places hold the same clause, and both go on the item of the clause after them. */
function isSame(clauses: readonly Clause[], at: number, other: number): boolean {
  const [a, b] = [clauses[at], clauses[other]];
  if (a === undefined || b === undefined || a.words !== b.words || a.finding === b.finding) return false;
  return at < other && a.item !== b.item;
}

function nearSentences(context: CheckContext, limits: Limits): readonly (readonly Run[])[] {
  const { extraction, view } = context;
  const sentences = extraction.findings.flatMap((finding) =>
    [...finding.measures, ...finding.outcomes]
      .flatMap(({ evidence }) => sentencesOf(view, evidence))
      .map((span) => ({ finding, words: inkOf(view, span), ...span }))
      .filter((sentence) => hasSubstance(view, sentence, limits.phrases, limits.nearFrom)),
  );
  return nearPairs(sentences.map(({ words }) => words))
    .map(([a, b]) => [sentences[a] as Run, sentences[b] as Run])
    .filter(([a, b]) => a?.finding !== b?.finding);
}

/**
 * True where so many letters and digits count: without the names of documents and without what anyone would write. Numbers
 * count in full, for two passages seldom share them.
 */
function hasSubstance(view: View, span: Span, phrases: readonly string[], least: number): boolean {
  const own = maskedInkOf(view, span);
  const isPlain = !anyOf(phrases).test(own);
  const letters = isPlain ? own.length : phrases.reduce((left, phrase) => left.replaceAll(phrase, ''), own).length;
  return letters >= least || letters + lengthOfNumbers(view, span) >= least;
}

const anyOf = onceFor((phrases: readonly string[]) => new RegExp(alternation(phrases)));

function lengthOfNumbers(view: View, { start, end }: Span): number {
  let length = 0;
  for (const { index } of allMatches(view.masked.slice(start, end), TOKENS)) {
    length += view.quantityAt(start + index)?.stated.length ?? 0;
  }
  return length;
}

const TOKENS = /[\ue001-\ue0fe]/gu;
