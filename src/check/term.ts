/** Wrong words, and wrong punctuation: what a proof-reader marks. One result for each word, with every place. */
import { z } from 'zod';
import type { Span } from '../model.js';
import type { RuleMatch } from '../rules/match.js';
import type { View } from '../rules/view.js';
import { contains } from '../text.js';
import { sentenceOf } from './arithmetic.js';
import type { CheckContext, CheckKind, Judgement } from './kind.js';
import { signs } from './wording.js';
import { doubledMarks, mixedWidths, unpairedMarks } from './wording-punctuation.js';

const parameters = z.union([
  /**
   * A sign whose rules set `suggest`, and `beside` where another word must stand in the notice. With `dated`, they set
   * `after`: the last year of the word; the dates of the sentence must all be later.
   */
  z.strictObject({ sign: z.string(), dated: z.boolean().default(false) }),
  z.strictObject({ punctuation: z.enum(['doubled', 'unpaired', 'widths']) }),
]);

export const term: CheckKind<z.infer<typeof parameters>> = {
  kind: 'term',
  parameters,
  run: (context, _rule, given) => {
    if ('sign' in given) return wrongWords(context, given.sign, given.dated);
    switch (given.punctuation) {
      case 'doubled':
        return each(context, doubledMarks(context.view));
      case 'unpaired':
        return each(context, unpairedMarks(context.view));
      case 'widths':
        return each(context, mixedWidths(context.view));
    }
  },
};

function wrongWords(context: CheckContext, sign: string, dated: boolean): readonly Judgement[] {
  const { folded } = context.view;
  const byRule = new Map<string, RuleMatch[]>();
  for (const match of signs(context, sign)) {
    const beside = match.set.beside;
    if (beside !== undefined && !folded.includes(beside)) continue;
    if (dated && !isLater(context.view, match)) continue;
    byRule.set(match.rule.path, [...(byRule.get(match.rule.path) ?? []), match]);
  }
  return [...byRule.values()].map((matches) => {
    const spans = matches.map((match) => match.captures.get('wrong') ?? match);
    const evidence = spans.map(context.locate.evidence);
    return {
      verdict: 'observed',
      stated: [...new Set(evidence.map(({ quote }) => quote))].join('、'),
      expected: matches[0]?.set.suggest ?? '',
      evidence,
      values: { times: matches.length },
    };
  });
}

/** The years that the sentence of a word names are all later than the last one of the word; one at least is named. */
function isLater(view: View, match: RuleMatch): boolean {
  const sentence = sentenceOf(view, match);
  const years = view.dates.flatMap((date) => (contains(sentence, date) && date.year !== undefined ? [date.year] : []));
  return years.length > 0 && years.every((year) => year > Number(match.set.after));
}

/** All places in one result: punctuation is for the proof-reader. */
function each({ locate }: CheckContext, spans: readonly Span[]): readonly Judgement[] {
  if (spans.length === 0) return [];
  const evidence = spans.map(locate.evidence);
  return [{ verdict: 'observed', stated: evidence[0]?.quote ?? '', evidence, values: { times: spans.length } }];
}
