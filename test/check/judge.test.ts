/** Correct excerpts stay quiet, and each fault planted in one place is told of at that place by a kind that fits. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ARITHMETIC, isFailure } from '../../bench/notices.js';
import { check } from '../../src/check/check.js';
import { extract } from '../../src/extract/extract.js';
import type { CheckResult } from '../../src/model.js';
import { loadRules } from '../../src/rules/load.js';
import { createLocator } from '../../src/text.js';
import { viewOf } from '../extract/view.js';

type Fault = readonly [string, string, string];

interface Excerpt {
  readonly name: string;
  readonly text: string;
  /** As written, as damaged, kinds of check that fit, parted by spaces. */
  readonly faults: readonly Fault[];
  /** Faults that no check tells of yet. */
  readonly unseen?: readonly Fault[];
}

const rules = loadRules('rules');

function alarms(text: string): readonly CheckResult[] {
  const view = viewOf(text, rules);
  const results = check({ rules, view, extraction: extract(rules, view), locate: createLocator({ text }) });
  return results.filter(isFailure);
}

const told = ({ kind, severity, evidence }: CheckResult): string =>
  `${severity} ${kind}: ${evidence.map(({ quote }) => quote).join(' | ')}`;

function fits(text: string, [written, damaged, kinds]: Fault): (result: CheckResult) => boolean {
  const start = text.indexOf(written);
  const end = start + damaged.length;
  // What is missing is told of at the head of its finding.
  const fitting = kinds === 'number' ? ARITHMETIC : kinds.split(' ');
  return ({ kind, evidence }) =>
    fitting.includes(kind) && evidence.some((place) => kind === 'presence' || (place.start < end && start < place.end));
}

describe.each(['numbers', 'calendar', 'wording'])('%s', (file) => {
  const excerpts = parse(readFileSync(`test/check/judge/${file}.yaml`, 'utf8')) as readonly Excerpt[];

  describe.each(excerpts.map((excerpt) => [excerpt.name, excerpt] as const))(
    '%s',
    (_name, { text, faults, unseen = [] }) => {
      it('is quiet as written', () => {
        expect(
          alarms(text)
            .filter(({ severity }) => severity !== 'info')
            .map(told),
        ).toEqual([]);
      });

      it.each(faults)('%s → %s', (...fault) => {
        expect(text.split(fault[0])).toHaveLength(2);
        const results = alarms(text.replace(fault[0], fault[1]));
        expect(results.some(fits(text, fault)) || results.map(told)).toBe(true);
      });

      it.fails.each(unseen)('%s → %s is not seen yet', (...fault) => {
        expect(alarms(text.replace(fault[0], fault[1])).some(fits(text, fault))).toBe(true);
      });
    },
  );
});
