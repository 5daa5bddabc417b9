/** Judges a bare text with the shipped check rules of one kind. */
import { check } from '../../../src/check/check.js';
import { extract } from '../../../src/extract/extract.js';
import type { CheckResult } from '../../../src/model.js';
import { loadRules } from '../../../src/rules/load.js';
import { createLocator } from '../../../src/text.js';
import { viewOf } from '../../extract/view.js';

const rules = loadRules('rules');

export function judge(kind: string, text: string): readonly CheckResult[] {
  const view = viewOf(text, rules);
  const checks = rules.checks.filter((rule) => rule.kind === kind);
  return check({
    rules: { ...rules, checks },
    view,
    extraction: extract(rules, view),
    locate: createLocator({ text }),
  });
}

/** `verdict severity` of every result: short to compare. */
export const verdicts = (kind: string, text: string): readonly string[] =>
  judge(kind, text).map(({ verdict, severity }) => (verdict === 'consistent' ? verdict : `${verdict} ${severity}`));
