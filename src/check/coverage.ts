/** How much of the notice could be read: a form that the rules do not know must show, not pass in silence. */
import { z } from 'zod';
import type { CheckKind } from './kind.js';

const parameters = z.strictObject({
  /** Share of the text below which the notice counts as not read, 0 to 1. */
  below: z.number().min(0).max(1),
});

export const coverage: CheckKind<z.infer<typeof parameters>> = {
  kind: 'coverage',
  parameters,
  run: ({ extraction, locate, view }, _rule, { below }) => {
    const [first] = view.blocks;
    const found = extraction.findings.length;
    if (first === undefined || (found > 0 && extraction.coverage >= below)) return [];
    return [
      {
        verdict: 'unverifiable',
        mode: found === 0 ? 'noFindings' : 'lowCoverage',
        stated: `${Math.round(extraction.coverage * 100)}%`,
        evidence: [locate.evidence({ start: first.start, end: Math.min(first.end, first.start + 80) })],
        values: { findings: found },
      },
    ];
  },
};
