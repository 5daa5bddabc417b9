/** Statements of many wordings with numbers of chance: no alarm where they are right, one where a number cannot be. */
import { describe, expect, it } from 'vitest';
import { isFailure } from '../../bench/notices.js';
import { broken, correct, templates } from '../../bench/statements.js';
import { check } from '../../src/check/check.js';
import { extract } from '../../src/extract/extract.js';
import type { CheckResult } from '../../src/model.js';
import { loadRules } from '../../src/rules/load.js';
import { createLocator } from '../../src/text.js';
import { viewOf } from '../extract/view.js';

/** Statements of each template: over a thousand correct ones. */
const SEEDS = 10;
const RECALL = 0.97;
const rules = loadRules('rules');

function failures(text: string): readonly CheckResult[] {
  const view = viewOf(text, rules);
  const results = check({ rules, view, extraction: extract(rules, view), locate: createLocator({ text }) });
  return results.filter(isFailure);
}

const seeds = Array.from({ length: SEEDS }, (_, seed) => seed);

describe('statements', () => {
  it('raise no alarm where they are right', () => {
    const alarms = templates.flatMap((template, at) =>
      seeds.flatMap((seed) => {
        const { text } = correct(template, at * 1000 + seed);
        return failures(text)
          .filter(({ severity }) => severity !== 'info')
          .map(({ check: id, message }) => `${text} [${id}] ${message.zh}`);
      }),
    );
    expect(alarms).toEqual([]);
  });

  it('are told of where one number cannot be right', () => {
    const tried = templates.flatMap((template, at) =>
      template.firm.flatMap((slot) => seeds.slice(0, 4).map((seed) => broken(template, slot, at * 1000 + seed).text)),
    );
    const missed = tried.filter((text) => failures(text).length === 0);
    expect(missed.length / tried.length, missed.join('\n')).toBeLessThan(1 - RECALL);
  });
});
