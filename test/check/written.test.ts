/** Written cases: what is correct raises no alarm, and a fault is told of at its place by a kind that fits. */
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

interface Case {
  readonly id: string;
  readonly why: string;
  readonly text: string;
}
interface Fault extends Case {
  readonly kind: string | readonly string[];
  readonly quote: string;
  readonly unseen?: boolean;
}

const rules = loadRules('rules');
const read = (name: string): unknown => parse(readFileSync(`test/check/written/${name}.yaml`, 'utf8'));

function failures({ text }: Case): readonly CheckResult[] {
  const view = viewOf(text, rules);
  const results = check({ rules, view, extraction: extract(rules, view), locate: createLocator({ text }) });
  return results.filter(isFailure);
}

function isTold(fault: Fault): boolean {
  const kinds = [fault.kind].flat();
  const start = fault.text.indexOf(fault.quote);
  const end = start + fault.quote.length;
  return failures(fault).some(
    ({ kind, evidence }) =>
      (kinds.includes(kind) || (ARITHMETIC.includes(kind) && kinds.some((one) => ARITHMETIC.includes(one)))) &&
      evidence.some((place) => place.start < end && start < place.end),
  );
}

describe('written cases', () => {
  it('raise no alarm where they are correct', () => {
    const alarms = (read('correct') as readonly Case[]).flatMap((one) =>
      failures(one)
        .filter(({ severity }) => severity !== 'info')
        .map(({ check: id, message }) => `${one.id} [${id}] ${message.zh}`),
    );
    expect(alarms).toEqual([]);
  });

  it('are told of where they have a fault, but for those that no check sees yet', () => {
    const faults = read('faults') as readonly Fault[];
    const missed = faults.filter((fault) => !isTold(fault)).map(({ id }) => id);
    const unseen = faults.filter((fault) => fault.unseen).map(({ id }) => id);
    expect(missed.filter((id) => !unseen.includes(id))).toEqual([]);
  });
});
