/**
 * Outcomes that say nothing an auditor could verify: only wishes, with no figure, date, document or deed, or an intention
 * given as an outcome. At most one result a finding.
 */
import { z } from 'zod';
import type { Span } from '../model.js';
import { within } from '../text.js';
import { tester } from './arithmetic.js';
import type { CheckContext, CheckKind } from './kind.js';
import { clausesOf, signsWithin, titleOf } from './wording.js';

const parameters = z.strictObject({
  /** Sign of what makes a clause vague. */
  sign: z.string(),
  /** Whether one such clause is enough, or all of an outcome must be. */
  share: z.enum(['all', 'some']),
  /** Sign of what makes an outcome concrete all the same. */
  unless: z.string().optional(),
  /** At the beginning of a measure, where a finding separates no outcomes: it reports what came of the others. */
  report: z.string().optional(),
});

export const vague: CheckKind<z.infer<typeof parameters>> = {
  kind: 'vague',
  parameters,
  run: (context, rule, { sign, share, unless, report }) => {
    const isReport = tester(context.rules, rule, report);
    // 通过整改，…: says what it is, and nothing else.
    const isOpening = (start: number, end: number): boolean =>
      end - start <= OPENING && isReport(context.view.masked.slice(start, end));
    return context.extraction.findings.flatMap((finding) => {
      const { measures, outcomes } = finding;
      const evidence = (outcomes.length > 0 ? outcomes : measures.filter(({ text }) => isReport(text)))
        .map((outcome) => outcome.evidence)
        .filter((span) => share === 'some' || !isConcrete(context, span, unless))
        .flatMap((span) => {
          const matches = signsWithin(context, sign, span);
          if (matches.length === 0) return [];
          const clauses = clausesOf(context.view, span).filter(({ start, end }) => !isOpening(start, end));
          const found = clauses.filter((clause) => matches.some((match) => touches(match, clause)));
          if (found.length === 0 || (share === 'all' && found.length < clauses.length)) return [];
          return share === 'all' ? [context.locate.evidence(span)] : found.map(context.locate.evidence);
        });
      if (evidence.length === 0) return [];
      return [
        {
          verdict: 'observed' as const,
          stated: evidence[0]?.quote ?? '',
          evidence,
          values: { finding: titleOf(finding), times: evidence.length },
        },
      ];
    });
  },
};

const OPENING = 8;

const touches = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

function isConcrete(context: CheckContext, span: Span, unless: string | undefined): boolean {
  const { view } = context;
  const facts: readonly (readonly Span[])[] = [view.quantities, view.dates, view.documents];
  if (facts.some((spans) => within(spans, span).length > 0)) return true;
  return unless !== undefined && signsWithin(context, unless, span).length > 0;
}
