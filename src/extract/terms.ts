/** Sentences that say nothing but who answers, until when and how far things are: 责任领导某某，完成时限2023年5月底。 */
import type { Span } from '../model.js';
import type { RuleSet } from '../rules/load.js';
import { matchWithin } from '../rules/match.js';
import type { View } from '../rules/view.js';
import { overlaps } from '../text.js';
import { readStatus } from './status.js';

/** Characters that may stand beside a term in its clause: 余下11处, 目前. */
const MOST_BESIDE = 5;

/** Characters that may follow who answers in its clause: 牵头整改. */
const MOST_AFTER = 3;

/**
 * @param told who answers may be told in words, too (由副局长某某牵头), which elsewhere may be what was done; beside a
 *   deadline it is who answers (由副局长某某牵头整改，于2023年8月底前完成)
 */
export function saysOnlyTerms(rules: RuleSet, view: View, sentence: Span, told = false): boolean {
  const terms = matchWithin(rules, 'deadlines', view, sentence);
  const isTold = told || terms.length > 0;
  const answers = matchWithin(rules, 'responsibles', view, sentence).filter(
    ({ set }) => set.form === 'label' || set.form === 'stated' || (isTold && set.form === 'told'),
  );
  if (answers.length === 0 && terms.length === 0) return false;
  const clauses = clausesIn(view, sentence);
  const isTerm = (clause: Span): boolean =>
    terms.some((term) => overlaps(clause, term) && inkBeside(view, clause, term) <= MOST_BESIDE);
  // 由某某牵头、某科配合: the first opens the clause, the last ends it.
  const isAnswer = (clause: Span): boolean => {
    const own = answers.filter(({ start, end }) => start < clause.end && end > clause.start);
    const opens = own.some(({ start }) => start - clause.start <= 1);
    return opens && own.some(({ end, set }) => set.form === 'label' || end >= clause.end - MOST_AFTER);
  };
  return (
    clauses.length > 0 &&
    clauses.every((clause) => isTerm(clause) || isAnswer(clause) || readStatus(rules, view, clause, true).isOnlyStatus)
  );
}

/** Letters of `clause` that stand outside `term`. */
function inkBeside(view: View, clause: Span, term: Span): number {
  const before = view.folded.slice(clause.start, Math.max(clause.start, term.start));
  const after = view.folded.slice(Math.min(clause.end, term.end), clause.end);
  return `${before}${after}`.replace(/[^\u4e00-\u9fff]/gu, '').length;
}

const clausesIn = (view: View, { start, end }: Span): readonly Span[] =>
  [...view.folded.slice(start, end).matchAll(/[^，。；]+/gu)].map((part) => ({
    start: start + part.index,
    end: start + part.index + part[0].length,
  }));
