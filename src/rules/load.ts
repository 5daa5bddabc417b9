/**
 * Rule folders → a `RuleSet`: files read, validated against the schema, names resolved, patterns compiled. Every fault
 * of a file is an `InputError` with file, line and column, what was found and what was expected.
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import type { Language, Localised, Severity } from '../model.js';
import { compileLexicon, type Lexicon } from '../number/scan.js';
import { type Compiled, patternKey, readCompiled } from './compiled.js';
import { digestOf, findRuleFiles, hashOf, parseRuleFile, type RulePlace, type SourceFile } from './file.js';
import {
  alternation,
  type BeginTest,
  beginTest,
  COMMON_TYPES,
  compilePattern,
  MASKED_TYPES,
  type Pattern,
  type PatternContext,
  PatternError,
  withoutNames,
} from './pattern.js';
import { dangerOf, knownSafe, safetyDigest } from './safety.js';
import {
  type CheckRuleSource,
  type Example,
  type Guard,
  type PatternRuleSource,
  type Scope,
  TOPICS,
  type Topic,
  topics,
} from './schema.js';

export type { RulePlace } from './file.js';

/** Name of the segmenter's user dictionary in a rule folder. */
export const DICTIONARY = 'dictionary.txt';

export interface CompiledPattern extends Pattern {
  /** Finds all matches, with the places of their captures. */
  readonly regex: RegExp;
  /** Matches where it is told to: with the places of the captures where there are any. */
  readonly sticky: RegExp;
  /** False where no match begins, by a look at the characters beside the place. */
  readonly mayBegin: BeginTest;
  /** As the file has it, macros unexpanded. */
  readonly written: string;
}

export interface CompiledGuard {
  readonly in?: ReadonlySet<string>;
  readonly notIn?: ReadonlySet<string>;
  readonly like?: RegExp;
  readonly unlike?: RegExp;
  readonly tag?: ReadonlySet<string>;
  readonly min?: number;
  readonly max?: number;
}

export interface PatternRule {
  /** `figures/problems/total`: the file's path, the id. */
  readonly path: string;
  readonly id: string;
  readonly topic: Topic;
  readonly why: string;
  readonly scope: Scope;
  readonly patterns: readonly CompiledPattern[];
  readonly unless: readonly CompiledPattern[];
  readonly where: ReadonlyMap<string, CompiledGuard>;
  readonly emit: readonly (readonly [name: string, capture: string])[];
  readonly set: Readonly<Record<string, string>>;
  readonly priority: number;
  /** Place in the load order; the last tie-breaker. */
  readonly order: number;
  readonly examples: readonly Example[];
  readonly place: RulePlace;
}

export interface CheckRule {
  readonly path: string;
  readonly id: string;
  readonly kind: string;
  readonly why: string;
  readonly of: Readonly<Record<string, readonly string[]>>;
  readonly with: Readonly<Record<string, unknown>>;
  readonly severity: Severity;
  readonly apart?: number;
  readonly message: Localised;
  readonly examples: CheckRuleSource['examples'];
  readonly place: RulePlace;
}

export interface RuleSet {
  readonly lists: ReadonlyMap<string, readonly string[]>;
  readonly rules: ReadonlyMap<Topic, readonly PatternRule[]>;
  readonly checks: readonly CheckRule[];
  readonly lexicon: Lexicon;
  readonly categories: ReadonlyMap<string, readonly string[]>;
  /** Names of metrics by id. */
  readonly metrics: Readonly<Record<string, Localised>>;
  /** Words for the segmenter's dictionary. */
  readonly dictionary: string | undefined;
  /** Digest of every rule file: the same rules have the same fingerprint. */
  readonly fingerprint: string;
  /** Compiles a pattern in this set's names, for rules tried out and for checks that take patterns. */
  compile(pattern: string, view: 'folded' | 'masked'): CompiledPattern;
  /** What `compiled.ts` keeps, so that the next load need not parse. */
  compiled(): Compiled;
}

export interface LoadOptions {
  readonly language?: Language;
  /** Further folders; a rule with the id of an earlier folder's rule replaces it. */
  readonly more?: readonly string[];
  readonly disable?: readonly string[];
  /** File of `compiled.ts`: used where it was made from these very files. */
  readonly compiled?: string;
}

/** A rule file and the folder that it came from; a later folder may replace names of an earlier one. */
interface LoadedFile extends SourceFile {
  readonly folder: number;
}

/** Loads the rule folder `root` and those of `options.more`, in this order. */
export function loadRules(root: string, options: LoadOptions = {}): RuleSet {
  const language = options.language ?? 'zh';
  const roots = [root, ...(options.more ?? [])];
  const folders = roots.map(findRuleFiles(language));
  const digest = digestOf(folders.flat());
  const cached = options.compiled === undefined ? undefined : readCompiled(options.compiled, digest);
  const files: readonly LoadedFile[] =
    cached === undefined
      ? folders.flatMap((found, folder) => found.map((file) => ({ ...parseRuleFile(file, language), folder })))
      : cached.files.map((file) => ({ ...file, folder: 0 }));
  const fail = (place: RulePlace, code: string, values: Record<string, string> = {}): never => {
    throw new InputError(say(language, code, values), place);
  };

  // A later folder may replace a name; within one folder a name stands once.
  const lists = new Map<string, readonly string[]>();
  const macros = new Map<string, string>();
  const categories = new Map<string, readonly string[]>();
  const owners = new Map<string, LoadedFile>();
  const own = (key: string, file: LoadedFile, path: readonly string[]): void => {
    const owner = owners.get(key);
    if (owner !== undefined && owner.folder === file.folder) {
      fail(file.place(path), 'rules.twice', { name: path.at(-1) ?? '', file: owner.file });
    }
    owners.set(key, file);
  };
  const lexicon: Record<string, unknown> = {};
  const metricNames: Record<string, Localised> = {};
  for (const file of files) {
    for (const [name, words] of Object.entries(file.content.lists ?? {})) {
      own(`name ${name}`, file, ['lists', name]);
      lists.set(name, words);
    }
    for (const [name, pattern] of Object.entries(file.content.macros ?? {})) {
      own(`name ${name}`, file, ['macros', name]);
      macros.set(name, pattern);
    }
    for (const [name, words] of Object.entries(file.content.categories ?? {})) {
      own(`category ${name}`, file, ['categories', name]);
      categories.set(name, words);
    }
    Object.assign(lexicon, file.content.quantities);
    Object.assign(metricNames, file.content.metrics);
  }

  const names = nameTypes(lists);
  const contexts = {
    folded: { lists, macros, types: { ...COMMON_TYPES, ...names } },
    masked: { lists, macros, types: { ...COMMON_TYPES, ...MASKED_TYPES, ...names } },
  } satisfies Record<string, PatternContext>;
  const patterns: Record<string, Pattern> = {};
  const made = new Map<string, CompiledPattern>();
  const compile = (written: string, view: 'folded' | 'masked'): CompiledPattern => {
    const key = patternKey(written, view);
    const known = made.get(key);
    if (known !== undefined) return known;
    const kept = cached?.patterns[key];
    const pattern = kept ?? compilePattern(written, contexts[view]);
    patterns[key] = pattern;
    const compiled = withExpressions(pattern, written);
    // A new pattern that is no expression fails here and now; those kept have been tried.
    if (kept === undefined) compiled.regex.test('');
    made.set(key, compiled);
    return compiled;
  };
  // What ships has been checked (safe-patterns.txt); a user's folder may bring patterns, or change names that others use.
  const renamed = [...lists.keys(), ...macros.keys()].some((name) => isRedefined(files, name));
  const safe = roots.length > 1 ? knownSafe(root) : new Set<string>();
  const compileAt = (
    written: string,
    view: 'folded' | 'masked',
    file: LoadedFile,
    path: readonly (string | number)[],
  ): CompiledPattern => {
    const place = file.place(path);
    try {
      const pattern = compile(written, view);
      const { source } = pattern;
      const danger = (file.folder > 0 || renamed) && !safe.has(safetyDigest(source)) ? dangerOf(source) : undefined;
      if (danger !== undefined) fail(place, 'rules.dangerous', { type: danger.type, summary: danger.summary });
      return pattern;
    } catch (error) {
      if (error instanceof PatternError) fail(place, error.code, error.values);
      throw error;
    }
  };

  // Macros that no rule uses are checked too: a fault in one should not wait for its first use.
  for (const file of cached === undefined ? files : []) {
    for (const [name, pattern] of Object.entries(file.content.macros ?? {})) {
      if (macros.get(name) === pattern) compileAt(`{${name}}`, 'masked', file, ['macros', name]);
    }
  }

  const disabled = new Set([...files.flatMap((file) => file.content.disable ?? []), ...(options.disable ?? [])]);
  const isOff = (path: string, id: string): boolean => disabled.has(path) || disabled.has(id);
  const patternRules = new Map<string, PatternRule>();
  const checks = new Map<string, CheckRule>();
  let order = 0;
  for (const file of files) {
    for (const topic of topics) {
      (file.content[topic] ?? []).forEach((source: PatternRuleSource, index) => {
        const key = `${topic}/${source.id}`;
        own(key, file, [topic, String(index), 'id']);
        const place = file.place([topic, index]);
        const { view } = TOPICS[topic];
        const at = (...path: (string | number)[]): RulePlace => file.place([topic, index, ...path]);
        const written = typeof source.match === 'string' ? [source.match] : source.match;
        const patterns = written.map((pattern) => compileAt(pattern, view, file, [topic, index, 'match']));
        const captured = new Set(patterns.flatMap((pattern) => pattern.captures.map((capture) => capture.name)));
        for (const [name, capture] of Object.entries(source.emit ?? {})) {
          if (!captured.has(capture))
            fail(at('emit', name), 'rules.unknownCapture', { name: capture, known: [...captured].join(', ') });
        }
        const where = Object.entries(source.where ?? {}).map(([name, guard]) => {
          if (!captured.has(name))
            fail(at('where', name), 'rules.unknownCapture', { name, known: [...captured].join(', ') });
          return [name, compileGuard(guard, lists, (code, values) => fail(at('where', name), code, values))] as const;
        });
        patternRules.delete(key);
        patternRules.set(key, {
          path: `${file.path}/${source.id}`,
          id: source.id,
          topic,
          why: source.why,
          scope: source.scope ?? 'sentence',
          patterns,
          unless: (source.unless ?? []).map((pattern) => compileAt(pattern, view, file, [topic, index, 'unless'])),
          where: new Map(where),
          emit: Object.entries(source.emit ?? {}),
          set: source.set ?? {},
          priority: source.priority ?? 0,
          order: order++,
          examples: source.examples,
          place,
        });
      });
    }
    (file.content.checks ?? []).forEach((source, index) => {
      own(`checks/${source.id}`, file, ['checks', String(index), 'id']);
      const of = Object.fromEntries(
        Object.entries(source.of ?? {}).map(([role, metric]) => [role, typeof metric === 'string' ? [metric] : metric]),
      );
      checks.set(source.id, {
        path: `${file.path}/${source.id}`,
        id: source.id,
        kind: source.kind,
        why: source.why,
        of,
        with: source.with ?? {},
        severity: source.severity,
        ...(source.apart === undefined ? {} : { apart: source.apart }),
        message: source.message,
        examples: source.examples,
        place: file.place(['checks', index]),
      });
    });
  }

  const active = [...patternRules.values()].filter((rule) => !isOff(rule.path, rule.id));
  const metrics = new Set(
    active.filter((rule) => rule.topic === 'figures').flatMap((rule) => rule.emit.map(([name]) => name)),
  );
  const activeChecks = [...checks.values()].filter((check) => !isOff(check.path, check.id));
  for (const check of activeChecks) {
    for (const metric of Object.values(check.of).flat()) {
      if (!metrics.has(metric)) fail(check.place, 'rules.unknownMetric', { metric, check: check.id });
    }
  }

  const dictionary = roots
    .map((folder) => join(folder, DICTIONARY))
    .filter((path) => statSync(path, { throwIfNoEntry: false }));
  const words = dictionary.map((file) => readFileSync(file));
  return {
    lists,
    rules: new Map(topics.map((topic) => [topic, active.filter((rule) => rule.topic === topic)])),
    checks: activeChecks,
    lexicon: compileLexicon(lexicon as never),
    categories,
    metrics: metricNames,
    dictionary: dictionary.at(-1),
    fingerprint: hashOf(digest, [...disabled].sort().join('\0'), ...words).slice(0, 16),
    compile,
    compiled: () => ({ digest, files, patterns }),
  };
}

/** Expressions are made when first used: most notices need few of them. */
function withExpressions({ source, ...rest }: Pattern, written: string): CompiledPattern {
  let regex: RegExp | undefined;
  let sticky: RegExp | undefined;
  let mayBegin: BeginTest | undefined;
  return {
    ...rest,
    written,
    source,
    get regex() {
      regex ??= new RegExp(source, 'dg');
      return regex;
    },
    get sticky() {
      sticky ??= new RegExp(withoutNames({ source, captures: rest.captures }), rest.captures.length === 0 ? 'y' : 'dy');
      return sticky;
    },
    get mayBegin() {
      mayBegin ??= beginTest(rest);
      return mayBegin;
    },
  };
}

/** True where a later folder gives a list or macro of an earlier one another meaning. */
const isRedefined = (files: readonly LoadedFile[], name: string): boolean => {
  const folders = files.filter(({ content }) => name in (content.lists ?? {}) || name in (content.macros ?? {}));
  return new Set(folders.map(({ folder }) => folder)).size > 1;
};

export function compileGuard(
  guard: Guard,
  lists: ReadonlyMap<string, readonly string[]>,
  fail: (code: string, values: Record<string, string>) => never,
): CompiledGuard {
  const members = (names: readonly string[]): ReadonlySet<string> =>
    new Set(names.flatMap((name) => lists.get(name) ?? fail('rules.unknownList', { name })));
  return {
    ...(guard.in === undefined ? {} : { in: members(guard.in) }),
    ...(guard.notIn === undefined ? {} : { notIn: members(guard.notIn) }),
    ...(guard.like === undefined ? {} : { like: new RegExp(guard.like) }),
    ...(guard.unlike === undefined ? {} : { unlike: new RegExp(guard.unlike) }),
    ...(guard.tag === undefined ? {} : { tag: new Set(guard.tag) }),
    ...(guard.min === undefined ? {} : { min: guard.min }),
    ...(guard.max === undefined ? {} : { max: guard.max }),
  };
}

/**
 * Captures of names, built from SURNAMES, COMPOUND_SURNAMES and NAME_SYLLABLES: 张某某, 欧阳修远, 张 三, 扎西尼玛. A given
 * name takes two characters where it can; what stands right of the capture makes it give one back.
 */
function nameTypes(lists: ReadonlyMap<string, readonly string[]>): Record<string, string> {
  const surnames = lists.get('SURNAMES');
  if (surnames === undefined) return {};
  const single = `[${surnames.join('')}]`;
  const compound = alternation(lists.get('COMPOUND_SURNAMES') ?? []);
  const han = '[\\u4e00-\\u9fff]';
  const given = `(?:[×xX○＊*]{1,2}|${han}{1,2})`;
  const person = [
    `${han}{1,8}(?:·${han}{1,8}){1,2}`,
    ...(lists.has('COMPOUND_SURNAMES') ? [`${compound}(?:${given}| {1,4}${han}(?!${han}))`] : []),
    `${single} {1,4}${han}{1,2}(?!${han})`,
    `${single}${given}`,
    ...(lists.has('NAME_SYLLABLES') ? [`[${lists.get('NAME_SYLLABLES')?.join('')}]{3,6}`] : []),
  ].join('|');
  return { person: `(?:${person})`, people: `(?:${person})(?:[、，和及 ](?:${person}))*` };
}
