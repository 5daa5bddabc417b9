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
import { allMatches, contains, markTest, onceFor, trimSpan, within } from '../text.js';
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
  within(signs(context, sign), span);

/** A list of the rule files by the name that a check rule gives. @throws InputError where there is none */
export function wordsOf({ rules }: CheckContext, rule: CheckRule, name: string): readonly string[] {
  const words = rules.lists.get(name);
  if (words === undefined) throw new InputError(say('zh', 'rules.unknownList', { name }), rule.place);
  return words;
}

// ── Pieces of text ────────────────────────────────────────────────────────────────────────────────────────────────

/** Characters that a comparison of passages looks at: letters and digits of the folded text. */
export const ink = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, '');

/** The ink of a whole text, and how much of it stands before each place, so that the ink of any stretch is a slice. */
interface Ink {
  readonly all: string;
  readonly before: Int32Array;
}

/** Ideographs first, which spare most characters the look at the tables. */
const INK = /(?:[\u4e00-\u9fff]|[\p{L}\p{N}])+/gu;

function inked(text: string): Ink {
  const before = new Int32Array(text.length + 1);
  let all = '';
  let end = 0;
  for (const { index, 0: run } of allMatches(text, INK)) {
    before.fill(all.length, end, index);
    for (let at = 0; at < run.length; at += 1) before[index + at] = all.length + at;
    all += run;
    end = index + run.length;
  }
  before.fill(all.length, end);
  return { all, before };
}

const stretch = ({ all, before }: Ink, { start, end }: Span): string => all.slice(before[start], before[end]);

const foldedInk = onceFor((view: View) => inked(view.folded));
const maskedInk = onceFor((view: View) => inked(view.masked));

export const inkOf = (view: View, span: Span): string => stretch(foldedInk(view), span);

/** The same without numbers, dates and names of documents. */
export const maskedInkOf = (view: View, span: Span): string => stretch(maskedInk(view), span);

const endsClause = markTest('，。；：！？,;\n\t');
const endsSentence = markTest('。；！？;\n\t');

/** The pieces of `span` between marks, without white space at their ends. */
function piecesOf({ folded, text }: View, span: Span, isMark: (code: number) => boolean): readonly Span[] {
  const pieces: Span[] = [];
  let from = span.start;
  for (let at = span.start; at <= span.end; at += 1) {
    if (at < span.end && !isMark(folded.charCodeAt(at))) continue;
    const piece = trimSpan(text, { start: from, end: at });
    if (piece.end > piece.start) pieces.push(piece);
    from = at + 1;
  }
  return pieces;
}

export const clausesOf = (view: View, span: Span): readonly Span[] => piecesOf(view, span, endsClause);

/** Pieces between full stops and semicolons. */
export const sentencesOf = (view: View, span: Span): readonly Span[] => piecesOf(view, span, endsSentence);

/** The piece from `start` to the end of its first clause of more than a mark: what a reader recognises a place by. */
export function openingOf(view: View, { start, end }: Span, limit = view.text.length): Span {
  const rest = view.folded.slice(end, Math.min(limit, end + 60));
  const stop = /[，。；：！？,;\n\t]/.exec(rest.replace(/^[\s，。；：、.]+/u, (lead) => ' '.repeat(lead.length)));
  return trimSpan(view.text, { start, end: end + (stop?.index ?? rest.length) });
}

const endsStatement = markTest('，。；！？,;\n\t');

/** The clause around `span`, a label before it included: 整改状态：正在推进. */
export function clauseAround(view: View, { start, end }: Span): Span {
  const isEnd = (at: number): boolean => endsStatement(view.folded.charCodeAt(at));
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
