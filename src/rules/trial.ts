/** Rules that someone is writing: compiled in the names of a loaded set, without becoming part of it. */
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import type { Language } from '../model.js';
import { parseRuleFile } from './file.js';
import { type CompiledPattern, compileGuard, type PatternRule, type RuleSet } from './load.js';
import { PatternError } from './pattern.js';
import { dangerOf } from './safety.js';
import { TOPICS, topics } from './schema.js';

const FILE = 'rule.yaml';

/**
 * The pattern rules of a rule file's text. Its own lists and macros are not known to them; those of `rules` are.
 * @throws InputError with line and column: bad YAML, a wrong shape, an unknown name, a pattern that can run away
 */
export function trialRules(source: string, rules: RuleSet, language: Language): readonly PatternRule[] {
  const { content, place } = parseRuleFile({ file: FILE, path: 'trial', source }, language);
  let order = 0;
  return topics.flatMap((topic) =>
    (content[topic] ?? []).map((rule, index): PatternRule => {
      const at = place([topic, index]);
      const fail = (code: string, values: Readonly<Record<string, string>>): never => {
        throw new InputError(say(language, code, values), at);
      };
      const compile = (written: string): CompiledPattern => {
        try {
          const pattern = rules.compile(written, TOPICS[topic].view);
          const danger = dangerOf(pattern.regex.source);
          if (danger !== undefined) fail('rules.dangerous', { type: danger.type, summary: danger.summary });
          return pattern;
        } catch (error) {
          if (error instanceof PatternError) fail(error.code, error.values);
          if (error instanceof SyntaxError) fail('rules.badPattern', { reason: error.message });
          throw error;
        }
      };
      const guards = Object.entries(rule.where ?? {});
      return {
        path: `trial/${rule.id}`,
        id: rule.id,
        topic,
        why: rule.why,
        scope: rule.scope ?? 'sentence',
        patterns: [rule.match].flat().map(compile),
        unless: (rule.unless ?? []).map(compile),
        where: new Map(guards.map(([name, guard]) => [name, compileGuard(guard, rules.lists, fail)])),
        emit: Object.entries(rule.emit ?? {}),
        set: rule.set ?? {},
        priority: rule.priority ?? 0,
        order: order++,
        examples: rule.examples,
        place: at,
      };
    }),
  );
}
