/**
 * What the textual kinds of check share: signs (words that a check looks for, from rule files), clauses and sentences of a
 * stretch of text, and text reduced to its ink for comparison.
 */
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import type { Evidence, Finding, Measure, Outcome, Span } from '../model.js';
import type { CheckRule, RuleSet } from '../rules/load.js';
import { matchTopic, type RuleMatch } from '../rules/match.js';
import type { View } from '../rules/view.js';
import { contains, trimSpan } from '../text.js';
import type { CheckContext } from './kind.js';

// ── Signs ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const known = new WeakMap<View, ReadonlyMap<string, readonly RuleMatch[]>>();

/** Where the notice shows a sign: matches of the rules of topic `signs` that set it, in text order, none within another. */
export function signs({ rules, view }: CheckContext, sign: string): readonly RuleMatch[] {
  const bySign = known.get(view) ?? findSigns(rules, view);
  known.set(view, bySign);
  return bySign.get(sign) ?? [];
}

/** Signs of every kind, found in one pass. */
function findSigns(rules: RuleSet, view: View): ReadonlyMap<string, readonly RuleMatch[]> {
  const bySign = new Map<string, RuleMatch[]>();
  for (const match of matchTopic(rules, 'signs', view)) {
    const sign = match.set.sign ?? '';
    const found = bySign.get(sign) ?? [];
    if (match.end > (found.at(-1)?.end ?? -1)) found.push(match);
    bySign.set(sign, found);
  }
  return bySign;
}

export const signsWithin = (context: CheckContext, sign: string, span: Span): readonly RuleMatch[] =>
  signs(context, sign).filter((match) => contains(span, match));

/** A list of the rule files by the name that a check rule gives. @throws InputError where there is none */
export function wordsOf({ rules }: CheckContext, rule: CheckRule, name: string): readonly string[] {
  const words = rules.lists.get(name);
  if (words === undefined) throw new InputError(say('zh', 'rules.unknownList', { name }), rule.place);
  return words;
}

// ── Pieces of text ────────────────────────────────────────────────────────────────────────────────────────────────

/** Characters that a comparison of passages looks at: letters and digits of the folded text. */
export const ink = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, '');

export const inkOf = (view: View, { start, end }: Span): string => ink(view.folded.slice(start, end));

const CLAUSE = /[^，。；：！？,;\n\t]+/g;
const SENTENCE = /[^。；！？;\n\t]+/g;

const piecesOf = (view: View, span: Span, piece: RegExp): readonly Span[] =>
  [...view.folded.slice(span.start, span.end).matchAll(piece)]
    .map(({ index, 0: words }) => ({ start: span.start + index, end: span.start + index + words.length }))
    .map((found) => trimSpan(view.text, found))
    .filter(({ start, end }) => end > start);

export const clausesOf = (view: View, span: Span): readonly Span[] => piecesOf(view, span, CLAUSE);

/** Pieces between full stops and semicolons. */
export const sentencesOf = (view: View, span: Span): readonly Span[] => piecesOf(view, span, SENTENCE);

/** The piece from `start` to the end of its first clause of more than a mark: what a reader recognises a place by. */
export function openingOf(view: View, { start, end }: Span, limit = view.text.length): Span {
  const rest = view.folded.slice(end, Math.min(limit, end + 60));
  const stop = /[，。；：！？,;\n\t]/.exec(rest.replace(/^[\s，。；：、.]+/u, (lead) => ' '.repeat(lead.length)));
  return trimSpan(view.text, { start, end: end + (stop?.index ?? rest.length) });
}

/** The clause around `span`, a label before it included: 整改状态：正在推进. */
export function clauseAround(view: View, { start, end }: Span): Span {
  const isEnd = (at: number): boolean => /[，。；！？,;\n\t]/.test(view.folded.charAt(at));
  let [from, to] = [start, end];
  while (to > from && isEnd(to - 1)) to -= 1;
  while (from > 0 && !isEnd(from - 1)) from -= 1;
  while (to < view.folded.length && !isEnd(to)) to += 1;
  return trimSpan(view.text, { start: from, end: to });
}

// ── Findings ──────────────────────────────────────────────────────────────────────────────────────────────────────

export type Item = Measure | Outcome;

/** What a finding reports as done or come about: its outcomes; where it separates none from its measures, those. */
export const reportOf = ({ measures, outcomes }: Finding): readonly Item[] =>
  outcomes.length > 0 ? outcomes : measures;

/** The text in which a finding reports: what follows its measures, or all of it where it separates nothing. */
export function reportSpan({ measures, outcomes, evidence, span }: Finding): Span {
  const [first] = outcomes;
  if (first === undefined) return { start: evidence.end, end: span.end };
  const before = measures.filter((measure) => measure.evidence.end <= first.evidence.start).at(-1);
  return { start: before?.evidence.end ?? evidence.end, end: span.end };
}

/** First title of a finding, for messages. */
export const titleOf = ({ titles, evidence }: Finding): string => titles[0] ?? evidence.quote;

/** True outside every finding: title, organisation, next steps, closing. */
export const isOutsideFindings = ({ extraction }: CheckContext, span: Span): boolean =>
  !extraction.findings.some((finding) => contains(finding.span, span));

/** Each evidence once. */
export const distinct = (evidence: readonly Evidence[]): readonly Evidence[] => [
  ...new Map(evidence.map((one) => [`${one.start} ${one.end}`, one])).values(),
];
