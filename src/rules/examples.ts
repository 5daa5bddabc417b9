/** Runs the examples of pattern rules: what an example expects against what its rule says of it. */

import type { PatternRule, RulePlace } from './load.js';
import { matchRule, type RuleMatch } from './match.js';
import type { Example } from './schema.js';
import type { View } from './view.js';

export interface ExampleFailure {
  readonly rule: string;
  readonly place: RulePlace;
  readonly text: string;
  /** `name: value` of what was expected and not found. */
  readonly missing: readonly string[];
  /** What was found and not expected. */
  readonly noisy: readonly string[];
}

/** @param toView makes a view of an example's text */
export function failuresOf(rule: PatternRule, toView: (text: string) => View): readonly ExampleFailure[] {
  return rule.examples.flatMap((example) => {
    const { missing, noisy } = judge(rule, example, toView(example.text));
    if (missing.length === 0 && noisy.length === 0) return [];
    return [{ rule: rule.path, place: rule.place, text: example.text, missing, noisy }];
  });
}

/** An example is to hold what fires and what must not: a rule needs both. */
export const lacksExamples = (rule: PatternRule): boolean =>
  !rule.examples.some(({ expect }) => expect === 'none') || rule.examples.every(({ expect }) => expect === 'none');

function judge(rule: PatternRule, { expect }: Example, view: View): Pick<ExampleFailure, 'missing' | 'noisy'> {
  const matches = matchRule(rule, view);
  // Several patterns of one rule may say the same of the same words.
  const said = distinct(matches.flatMap(({ emits }) => emits)).map(({ name, span }) => ({
    name,
    written: view.text.slice(span.start, span.end),
    value: valueAt(view, span.start),
  }));
  if (expect === 'none') {
    return { missing: [], noisy: matches.map(({ start, end }) => view.text.slice(start, end)) };
  }
  const missing: string[] = [];
  const left = [...said];
  for (const [name, values] of Object.entries(expect)) {
    for (const value of Array.isArray(values) ? values : [values]) {
      const wanted = String(value);
      if (rule.set[name] === wanted && matches.length > 0) continue;
      const at = left.findIndex((one) => one.name === name && (one.written === wanted || one.value === wanted));
      if (at < 0) missing.push(`${name}: ${wanted}`);
      else left.splice(at, 1);
    }
  }
  // A name that the example does not speak of may be said; one that it does must be said as often as it says.
  const noisy = left.filter(({ name }) => name in expect).map(({ name, written }) => `${name}: ${written}`);
  return { missing, noisy };
}

const distinct = (emits: RuleMatch['emits']): RuleMatch['emits'] => [
  ...new Map(emits.map((emit) => [`${emit.name} ${emit.span.start}`, emit])).values(),
];

function valueAt(view: View, start: number): string | undefined {
  const value = view.quantityAt(start)?.value;
  return value === undefined ? undefined : value.d === 1n ? String(value.n) : undefined;
}
