/**
 * Outcomes that say nothing an auditor could verify: only wishes, with no figure, date, document or deed, or an intention
 * given as an outcome; findings of which all that is reported is formulas. At most one result a finding.
 */
import { z } from 'zod';
import type { Span } from '../model.js';
import { within } from '../text.js';
import { tester } from './arithmetic.js';
import type { CheckContext, CheckKind, Judgement } from './kind.js';
import { clausesOf, signsWithin, titleOf } from './wording.js';

const parameters = z.union([
  z.strictObject({
    /** All that a finding reports: every clause shows one of these signs, the first also beside a deed. */
    formulas: z.array(z.string()).min(1),
    unless: z.string(),
  }),
  z.strictObject({
    /** Sign of what makes a clause vague. */
    sign: z.string(),
    /** Whether one such clause is enough, or all of an outcome must be. */
    share: z.enum(['all', 'some']),
    /** Sign of what makes an outcome concrete all the same. */
    unless: z.string().optional(),
    /** At the beginning of a measure, where a finding separates no outcomes: it reports what came of the others. */
    report: z.string().optional(),
  }),
]);

export const vague: CheckKind<z.infer<typeof parameters>> = {
  kind: 'vague',
  parameters,
  run: (context, rule, given) => {
    if ('formulas' in given) return onlyFormulas(context, given);
    const { sign, share, unless, report } = given;
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

/** 高度重视，进一步加大力度，不断提升水平: whoever asks what was done learns nothing. */
function onlyFormulas(
  context: CheckContext,
  { formulas: [formula = '', ...wishes], unless }: { readonly formulas: readonly string[]; readonly unless: string },
): readonly Judgement[] {
  const isSaid = (sign: string, clause: Span): boolean => signsWithin(context, sign, clause).length > 0;
  const isEmpty = (clause: Span): boolean =>
    isSaid(formula, clause) || (!isSaid(unless, clause) && wishes.some((wish) => isSaid(wish, clause)));
  return context.extraction.findings.flatMap((finding) => {
    const evidence = [...finding.measures, ...finding.outcomes].map((item) => item.evidence);
    const clauses = evidence.flatMap((span) => clausesOf(context.view, span));
    if (clauses.length === 0 || !clauses.every(isEmpty) || evidence.some((span) => isConcrete(context, span)))
      return [];
    const values = { finding: titleOf(finding), times: evidence.length };
    return [{ verdict: 'observed' as const, stated: evidence[0]?.quote ?? '', evidence, values }];
  });
}

const OPENING = 8;

const touches = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

function isConcrete(context: CheckContext, span: Span, unless?: string): boolean {
  const { view } = context;
  const facts: readonly (readonly Span[])[] = [view.quantities, view.dates, view.documents];
  if (facts.some((spans) => within(spans, span).length > 0)) return true;
  return unless !== undefined && signsWithin(context, unless, span).length > 0;
}
