/**
 * Rule folders → a `RuleSet`: files read, validated against the schema, names resolved, patterns compiled. Every fault
 * of a file is an `InputError` with file, line and column, what was found and what was expected.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { isNode, LineCounter, parseDocument, type Document as YamlDocument } from 'yaml';
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import type { Language, Localised, Severity } from '../model.js';
import { compileLexicon, type Lexicon } from '../number/scan.js';
import {
  alternation,
  type Capture,
  COMMON_TYPES,
  compilePattern,
  MASKED_TYPES,
  type PatternContext,
  PatternError,
} from './pattern.js';
import {
  type CheckRuleSource,
  type Example,
  type Guard,
  type PatternRuleSource,
  type RuleFile,
  ruleFile,
  type Scope,
  TOPICS,
  type Topic,
  topics,
} from './schema.js';

/** Where a rule stands, for messages. */
export interface RulePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface CompiledPattern {
  readonly regex: RegExp;
  readonly captures: readonly Capture[];
  readonly required: readonly (readonly string[])[];
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
  readonly unless: readonly RegExp[];
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
}

export interface LoadOptions {
  readonly language?: Language;
  /** Further folders; a rule with the id of an earlier folder's rule replaces it. */
  readonly more?: readonly string[];
  readonly disable?: readonly string[];
}

interface LoadedFile {
  readonly path: string;
  readonly file: string;
  readonly folder: number;
  readonly content: RuleFile;
  readonly place: (path: readonly (string | number)[]) => RulePlace;
}

/** Name of the segmenter's user dictionary in a rule folder. */
export const DICTIONARY = 'dictionary.txt';

function yamlFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return yamlFiles(path);
      return /\.ya?ml$/.test(entry.name) ? [path] : [];
    });
}

function placeIn(document: YamlDocument, lines: LineCounter, file: string): LoadedFile['place'] {
  return (path) => {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) {
        const { line, col } = lines.linePos(node.range[0]);
        return { file, line, column: col };
      }
    }
    return { file, line: 1, column: 1 };
  };
}

function readRuleFile(file: string, root: string, folder: number, language: Language): LoadedFile {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines, prettyErrors: false });
  const [fault] = document.errors;
  if (fault !== undefined) {
    const { line, col } = lines.linePos(fault.pos[0]);
    throw new InputError(say(language, 'rules.badYaml', { reason: fault.message }), { file, line, column: col });
  }
  const place = placeIn(document, lines, file);
  const parsed = ruleFile.safeParse(document.toJS() ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = (issue?.path ?? []).map((part) => (typeof part === 'symbol' ? String(part) : part));
    const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
    throw new InputError(
      unknown === undefined
        ? say(language, 'rules.badShape', { path: path.join('.'), reason: issue?.message ?? '' })
        : say(language, 'rules.unknownKey', { key: unknown, path: path.join('.') || '/' }),
      place(unknown === undefined ? path : [...path, unknown]),
    );
  }
  const path = relative(root, file)
    .split(sep)
    .join('/')
    .replace(/\.ya?ml$/, '');
  return { path, file, folder, content: parsed.data, place };
}

/** Loads the rule folder `root` and those of `options.more`, in this order. */
export function loadRules(root: string, options: LoadOptions = {}): RuleSet {
  const language = options.language ?? 'zh';
  const roots = [root, ...(options.more ?? [])];
  for (const folder of roots) {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
      throw new InputError(say(language, 'rules.noFolder'), { file: folder });
    }
  }
  const files = roots.flatMap((folder, index) =>
    yamlFiles(folder).map((file) => readRuleFile(file, folder, index, language)),
  );
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
  const compile = (written: string, view: 'folded' | 'masked'): CompiledPattern => {
    const { source, captures, required } = compilePattern(written, contexts[view]);
    return { regex: new RegExp(source, 'dg'), captures, required, written };
  };
  const compileAt = (written: string, view: 'folded' | 'masked', place: RulePlace): CompiledPattern => {
    try {
      return compile(written, view);
    } catch (error) {
      if (error instanceof PatternError) fail(place, error.code, error.values);
      throw error;
    }
  };

  // Macros that no rule uses are checked too: a fault in one should not wait for its first use.
  for (const file of files) {
    for (const [name, pattern] of Object.entries(file.content.macros ?? {})) {
      if (macros.get(name) === pattern) compileAt(`{${name}}`, 'masked', file.place(['macros', name]));
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
        const patterns = written.map((pattern) => compileAt(pattern, view, at('match')));
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
          unless: (source.unless ?? []).map((pattern) => compileAt(pattern, view, at('unless')).regex),
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
  const hash = createHash('sha256');
  for (const file of [...files.map((loaded) => loaded.file), ...dictionary])
    hash.update(readFileSync(file)).update('\0');
  hash.update([...disabled].sort().join('\0'));
  return {
    lists,
    rules: new Map(topics.map((topic) => [topic, active.filter((rule) => rule.topic === topic)])),
    checks: activeChecks,
    lexicon: compileLexicon(lexicon as never),
    categories,
    metrics: metricNames,
    dictionary: dictionary.at(-1),
    fingerprint: hash.digest('hex').slice(0, 16),
    compile,
  };
}

function compileGuard(
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
  const compound = alternation(lists.get('COMPOUND_SURNAMES') ?? ['欧阳']);
  const han = '[\\u4e00-\\u9fff]';
  const given = `(?:[×xX○＊*]{1,2}|${han}{1,2})`;
  const person = [
    `${han}{1,8}(?:·${han}{1,8}){1,2}`,
    `${compound}${given}`,
    `${single} {1,4}${han}(?!${han})`,
    `${single}${given}`,
    `[${(lists.get('NAME_SYLLABLES') ?? ['阿']).join('')}]{3,6}`,
  ].join('|');
  return { person: `(?:${person})`, people: `(?:${person})(?:[、，和及 ](?:${person}))*` };
}
