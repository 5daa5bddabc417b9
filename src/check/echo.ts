/** An outcome that only says its measure again: what was to be done is given as what came of it. */
import { z } from 'zod';
import type { CheckKind } from './kind.js';
import { inkOf, wordsOf } from './wording.js';
import { isNear } from './wording-near.js';

const parameters = z.strictObject({
  /** Letters and digits that an outcome must have. */
  from: z.number().int().positive(),
  /** List of words that make a measure sound done: 已, 了, 进行了. */
  ignore: z.string(),
});

export const echo: CheckKind<z.infer<typeof parameters>> = {
  kind: 'echo',
  parameters,
  run: (context, rule, { from, ignore }) => {
    const fillers = [...wordsOf(context, rule, ignore)].sort((a, b) => b.length - a.length);
    const bare = (words: string): string => fillers.reduce((left, filler) => left.replaceAll(filler, ''), words);
    return context.extraction.findings.flatMap(({ measures, outcomes }) => {
      const plans = outcomes.length === 0 ? [] : measures.map(({ evidence }) => bare(inkOf(context.view, evidence)));
      return outcomes.flatMap((outcome) => {
        const said = bare(inkOf(context.view, outcome.evidence));
        if (said.length < from) return [];
        const measure = measures[plans.findIndex((planned) => planned.includes(said) || isNear(planned, said))];
        if (measure === undefined) return [];
        return [
          {
            verdict: 'observed' as const,
            stated: outcome.text,
            evidence: [measure.evidence, outcome.evidence],
          },
        ];
      });
    });
  },
};
