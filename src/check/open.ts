/**
 * Which are the open ones: beside a stated count of problems that are not done, the findings whose text shows that they are
 * among them. Notices are abridged, so that fewer shown than stated is no fault.
 */
import { z } from 'zod';
import type { Evidence, Finding, Span } from '../model.js';
import { toDecimal } from '../number/rational.js';
import { figuresOf, operandOf } from './arithmetic.js';
import type { CheckContext, CheckKind } from './kind.js';
import { clauseAround, distinct, isOutsideFindings, reportSpan, signsWithin, titleOf } from './wording.js';

const parameters = z.strictObject({
  /** Statuses of findings that are among those counted. */
  statuses: z.array(z.string()).min(1),
  /** Sign of words in a finding's report that show it. */
  sign: z.string().optional(),
  /** Sign of a counted rest, which shows it even in a finding that says it is done. */
  rest: z.string().optional(),
});
type OpenParameters = z.infer<typeof parameters>;

export const open: CheckKind<OpenParameters> = {
  kind: 'open',
  operands: ['stated'],
  parameters,
  run: (context, rule, given) => {
    const stated = figuresOf(context, rule.of.stated ?? []).find(({ evidence }) =>
      isOutsideFindings(context, evidence),
    );
    if (stated === undefined) return [];
    const shown = context.extraction.findings.flatMap((finding) => {
      const evidence = shownBy(context, finding, given);
      return evidence.length === 0 ? [] : [{ finding, evidence }];
    });
    const count = String(shown.length);
    const evidence = distinct(shown.flatMap((one) => one.evidence));
    return [
      {
        verdict: evidence.length > 0 ? 'observed' : 'unverifiable',
        stated: stated.stated,
        expected: count,
        operands: [operandOf('stated', stated)],
        mode: count === toDecimal(stated.quantity.value) ? 'exact' : 'abridged',
        evidence: [stated.evidence, ...evidence],
        values: { found: count, findings: shown.map(({ finding }) => titleOf(finding)).join('；') },
      },
    ];
  },
};

function shownBy(
  context: CheckContext,
  finding: Finding,
  { statuses, sign, rest }: OpenParameters,
): readonly Evidence[] {
  const { status, statusEvidence } = finding;
  const says = (words: string | undefined): readonly Span[] =>
    words === undefined ? [] : signsWithin(context, words, reportSpan(finding));
  // A finding that says it is done is open all the same where it counts a rest.
  const places = statuses.includes(status)
    ? [...(statusEvidence === undefined ? [] : [statusEvidence]), ...says(sign)]
    : says(status === 'unstated' ? sign : rest);
  return distinct(places.map((place) => context.locate.evidence(clauseAround(context.view, place))));
}
