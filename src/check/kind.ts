/**
 * What a kind of check is. A kind is one file: it says how statements are held against each other; which statements,
 * how much a failure weighs and what is said of it stand in check rules (`rules/checks/`).
 */
import { hash } from 'node:crypto';
import type { ZodType } from 'zod';
import type { CheckResult, Extraction, Localised, Severity, Span } from '../model.js';
import type { CheckRule, RuleSet } from '../rules/load.js';
import type { View } from '../rules/view.js';
import type { Locator } from '../text.js';

/** All that a check may look at. */
export interface CheckContext {
  readonly rules: RuleSet;
  readonly view: View;
  readonly extraction: Extraction;
  readonly locate: Locator;
}

export interface CheckKind<Parameters = unknown> {
  /** Word that check rules name it by. */
  readonly kind: string;
  /** Roles that a rule's `of` may give to metrics; none unless said. */
  readonly operands?: readonly string[];
  /** Shape of a rule's `with`. */
  readonly parameters: ZodType<Parameters>;
  run(context: CheckContext, rule: CheckRule, parameters: Parameters): readonly Judgement[];
}

/** What a kind found, before the rule gives it a weight and words. */
export interface Judgement
  extends Pick<CheckResult, 'verdict' | 'stated' | 'expected' | 'operands' | 'mode' | 'cause' | 'evidence'> {
  /** Where it weighs less than the rule says (truncated rates, approximate figures). */
  readonly severity?: Severity;
  /** Values for the rule's message, beside `stated`, `expected` and the operands by their names. */
  readonly values?: Readonly<Record<string, string | number>>;
}

/** A judgement with its rule's weight and words. */
export function toResult(rule: CheckRule, judgement: Judgement): CheckResult {
  const { severity, values, ...rest } = judgement;
  const named: Record<string, string | number> = {
    stated: judgement.stated ?? '',
    expected: judgement.expected ?? '',
    ...Object.fromEntries((judgement.operands ?? []).map((operand) => [operand.name, operand.stated])),
    ...values,
  };
  const fill = (sentence: string): string =>
    sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(named[name] ?? whole));
  return {
    check: rule.id,
    kind: rule.kind,
    ...rest,
    severity: severity ?? rule.severity,
    message: { zh: fill(rule.message.zh), en: fill(rule.message.en) } satisfies Localised,
    key: keyOf(rule, judgement),
  };
}

/** What the check says, without its place: the words it rests on and its verdict. */
const keyOf = (rule: CheckRule, judgement: Judgement): string =>
  hash('sha256', [rule.id, judgement.verdict, ...judgement.evidence.map(({ quote }) => quote)].join('\0')).slice(0, 16);

export const spanOf = (spans: readonly Span[]): Span => ({
  start: Math.min(...spans.map(({ start }) => start)),
  end: Math.max(...spans.map(({ end }) => end)),
});
