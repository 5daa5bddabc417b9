/** Every example of every shipped pattern rule; those of check rules run in test/check. */
import { describe, expect, it } from 'vitest';
import { failuresOf, lacksExamples } from '../../src/rules/examples.js';
import { shippedRules, viewOf } from '../pipeline.js';

const rules = [...shippedRules().rules.values()].flat();

describe('shipped pattern rules', () => {
  it.each(rules.map((rule) => [`${rule.path} (${rule.topic})`, rule] as const))('%s', (_path, rule) => {
    expect(lacksExamples(rule), 'needs an example that fires and one that must not').toBe(false);
    expect(failuresOf(rule, viewOf)).toEqual([]);
  });
});
