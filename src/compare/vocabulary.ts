/**
 * What comparison knows of its field, taken from the rule files (`rules/categories.yaml`): categories of problems, types of
 * unit, kinds of metric, phrases that prove nothing. Promises that every list is there; an absent one is empty.
 */
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import type { Localised } from '../model.js';
import type { RuleSet } from '../rules/load.js';

export interface NamedWords {
  readonly name: string;
  readonly words: readonly string[];
}

/** `rate` = `part` / `whole`, all of them metrics. */
export interface RateFormula {
  readonly rate: string;
  readonly part: string;
  readonly whole: string;
}

/** `total` − `done`: what remains open. */
export interface Remainder {
  readonly total: string;
  readonly done: string;
}

export interface Vocabulary {
  /** What a metric is called; by its id where the rules give it no name. */
  readonly metricName: (metric: string) => Localised;
  readonly categories: readonly NamedWords[];
  readonly emptyWords: ReadonlySet<string>;
  readonly genericPhrases: readonly string[];
  readonly unitPrefixes: readonly string[];
  readonly unitBodies: readonly string[];
  readonly regionEndings: readonly string[];
  readonly regionExceptions: readonly string[];
  readonly unitTypes: readonly NamedWords[];
  readonly summaryOffices: readonly string[];
  readonly coveredUnitNouns: ReadonlySet<string>;
  readonly notAlone: readonly string[];
  readonly stableMetrics: readonly string[];
  readonly risingMetrics: readonly string[];
  readonly cumulativeMetrics: readonly string[];
  readonly additiveMetrics: readonly string[];
  readonly openMetrics: readonly string[];
  readonly remainders: readonly Remainder[];
  readonly rates: readonly RateFormula[];
  readonly dutyRoles: ReadonlySet<string>;
}

/** Splits `entry` by `form`; a list entry of another form is the user's to mend. */
function parts(list: string, entry: string, form: RegExp): readonly string[] {
  const found = form.exec(entry);
  if (found === null) throw new InputError(say('zh', 'compare.badListEntry', { list, entry }));
  return found.slice(1).map((part) => part.trim());
}

const longestFirst = (words: readonly string[]): readonly string[] => [...words].sort((a, b) => b.length - a.length);

/** @throws InputError where an entry of UNIT_TYPES, RECOMPUTED_RATES or REMAINDER does not have its form. */
export function vocabularyOf({
  lists,
  categories,
  metrics,
}: Pick<RuleSet, 'lists' | 'categories' | 'metrics'>): Vocabulary {
  const list = (name: string): readonly string[] => lists.get(name) ?? [];
  return {
    metricName: (metric) => metrics[metric] ?? { zh: metric, en: metric },
    categories: [...categories].map(([name, words]) => ({ name, words })),
    emptyWords: new Set(list('EMPTY_WORDS')),
    genericPhrases: list('GENERIC_PHRASES'),
    unitPrefixes: longestFirst(list('UNIT_PREFIXES')),
    unitBodies: longestFirst(list('UNIT_BODIES')),
    regionEndings: longestFirst(list('REGION_ENDINGS')),
    regionExceptions: list('REGION_EXCEPTIONS'),
    unitTypes: list('UNIT_TYPES').map((entry) => {
      const [name = '', words = ''] = parts('UNIT_TYPES', entry, /^([^=]+)=(.+)$/u);
      return { name, words: words.split(/\s+/u) };
    }),
    summaryOffices: list('SUMMARY_OFFICES'),
    coveredUnitNouns: new Set(list('COVERED_UNIT_NOUNS')),
    notAlone: list('NOT_ALONE'),
    stableMetrics: list('STABLE_METRICS'),
    risingMetrics: list('RISING_METRICS'),
    cumulativeMetrics: list('CUMULATIVE_METRICS'),
    additiveMetrics: list('ADDITIVE_METRICS'),
    openMetrics: list('OPEN_METRICS'),
    remainders: list('REMAINDER').map((entry) => {
      const [total = '', done = ''] = parts('REMAINDER', entry, /^(\S+)\s+-\s+(\S+)$/u);
      return { total, done };
    }),
    rates: list('RECOMPUTED_RATES').map((entry) => {
      const [rate = '', part = '', whole = ''] = parts('RECOMPUTED_RATES', entry, /^(\S+)\s*=\s*(\S+)\s*\/\s*(\S+)$/u);
      return { rate, part, whole };
    }),
    dutyRoles: new Set(list('DUTY_ROLES')),
  };
}
