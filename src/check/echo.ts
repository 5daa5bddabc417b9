/**
 * An outcome that only says its measure again: what was to be done is given as what came of it. With `titles`, a finding of
 * which all that is reported is its own words turned round: 切实改变…的状况.
 */
import { z } from 'zod';
import type { Finding } from '../model.js';
import type { CheckContext, CheckKind, Judgement } from './kind.js';
import { ink, inkOf, wordsOf } from './wording.js';
import { isNear } from './wording-near.js';

const parameters = z.strictObject({
  /** Letters and digits that an outcome must have. */
  from: z.number().int().positive(),
  /** List of words that make a measure sound done: 已, 了, 进行了; or a problem sound solved: 解决, 的问题. */
  ignore: z.string(),
  titles: z.boolean().default(false),
});

export const echo: CheckKind<z.infer<typeof parameters>> = {
  kind: 'echo',
  parameters,
  run: (context, rule, { from, ignore, titles }) => {
    const fillers = [...wordsOf(context, rule, ignore)].sort((a, b) => b.length - a.length);
    const bare = (words: string): string => fillers.reduce((left, filler) => left.replaceAll(filler, ''), words);
    if (titles) return context.extraction.findings.flatMap((finding) => turnedRound(context, finding, from, bare));
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

/** What says so much more than the title says something of its own; the comparison is spared. */
const LONGER = 2;
const MORE = 20;
/** Characters beyond those of the title that do not make a report one of its own. */
const OWN = 3;

function turnedRound(
  { view }: CheckContext,
  finding: Finding,
  from: number,
  bare: (words: string) => string,
): readonly Judgement[] {
  const title = ink(finding.titles.join(''));
  const items = [...finding.measures, ...finding.outcomes];
  const only = items.every(({ evidence }) => {
    const said = inkOf(view, evidence);
    return (
      said.length >= from &&
      said.length <= LONGER * title.length + MORE &&
      bare(withoutPairsOf(title, said)).length <= OWN
    );
  });
  const [first] = items;
  if (first === undefined || !only) return [];
  return [
    { verdict: 'observed', stated: first.text, evidence: [finding.evidence, ...items.map(({ evidence }) => evidence)] },
  ];
}

/** `said` without every two characters that stand so in `title`. */
function withoutPairsOf(title: string, said: string): string {
  const isTaken = (at: number): boolean => title.includes(said.slice(at, at + 2)) && at + 2 <= said.length;
  return [...said].filter((_, at) => !isTaken(at) && !(at > 0 && isTaken(at - 1))).join('');
}
