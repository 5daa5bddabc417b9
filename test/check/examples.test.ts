/** Every check rule keeps the examples that its file gives. */
import { describe, expect, it } from 'vitest';
import { check } from '../../src/check/check.js';
import { extract } from '../../src/extract/extract.js';
import type { CheckResult } from '../../src/model.js';
import { type CheckRule, loadRules } from '../../src/rules/load.js';
import { createLocator } from '../../src/text.js';
import { viewOf } from '../extract/view.js';

const rules = loadRules('rules');

function resultsOf(rule: CheckRule, text: string): readonly CheckResult[] {
  const view = viewOf(text, rules);
  const extraction = extract(rules, view);
  const context = { rules: { ...rules, checks: [rule] }, view, extraction, locate: createLocator({ text }) };
  return check(context);
}

/** A quote is found where the evidence holds it, or the reverse. */
const restsOn = (result: CheckResult, quote: string): boolean =>
  result.evidence.some((evidence) => evidence.quote.includes(quote) || quote.includes(evidence.quote));

describe.each(rules.checks.map((rule) => [rule.path, rule] as const))('%s', (_path, rule) => {
  it.each(rule.examples.map((example) => [example.text, example] as const))('%s', (text, example) => {
    const results = resultsOf(rule, text);
    const verdicts = results.map(({ verdict }) => verdict);
    if (example.verdict === 'none') {
      expect(verdicts).toEqual([]);
      return;
    }
    expect(verdicts).toContain(example.verdict);
    const judged = results.filter(({ verdict }) => verdict === example.verdict);
    for (const quote of example.quotes ?? []) {
      expect(judged.some((result) => restsOn(result, quote))).toBe(true);
    }
  });

  it('has an example that it judges and one that it leaves alone', () => {
    const verdicts = rule.examples.map(({ verdict }) => verdict);
    expect(verdicts).toContain('none');
    expect(verdicts.some((verdict) => verdict !== 'none')).toBe(true);
  });

  it('says both languages with nothing left open', () => {
    for (const { text } of rule.examples) {
      for (const { message } of resultsOf(rule, text)) {
        expect(message.zh).not.toMatch(/\{\w+\}/);
        expect(message.en).not.toMatch(/\{\w+\}/);
      }
    }
  });
});
