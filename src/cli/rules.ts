/** `hecha rules …`: look at rules, test them, see why they fired, start a new one. */
import { relative, resolve, sep } from 'node:path';
import { walk } from '../batch/walk.js';
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import type { Document, Span } from '../model.js';
import { toRecord } from '../record.js';
import { renderTable } from '../report/table.js';
import { failuresOf, lacksExamples } from '../rules/examples.js';
import { explain, type Obstacle } from '../rules/explain.js';
import type { CheckRule, PatternRule, RuleSet } from '../rules/load.js';
import { matchRule } from '../rules/match.js';
import { readable } from '../rules/pattern.js';
import { ruleFileJsonSchema, TOPICS, type Topic, topics } from '../rules/schema.js';
import { createView, type Tally, type View } from '../rules/view.js';
import { segment } from '../segment/segment.js';
import { createLocator, documentOf } from '../text.js';
import type { CliCommand } from './command.js';
import { type CommandContext, EXIT } from './context.js';
import { readFileDocuments } from './documents.js';
import { ruleTemplate } from './rule-template.js';

const allRules = (rules: RuleSet): readonly PatternRule[] => [...rules.rules.values()].flat();

/** Makes views of documents and of bare texts, with the words of the command's segmenter. */
async function viewMaker(context: CommandContext): Promise<(document: Document) => View> {
  const rules = await context.rules();
  const segmenter = await context.segmenter();
  return (document) =>
    createView(
      segment(document, () => segmenter),
      rules.lexicon,
    );
}

/** A rule by path or id; several may share an id over topics. */
function ruleNamed(context: CommandContext, rules: RuleSet, name: string): PatternRule {
  const found = allRules(rules).find((rule) => rule.path === name) ?? allRules(rules).find((rule) => rule.id === name);
  if (found === undefined) throw new InputError(say(context.options.lang, 'cli.rules.unknown', { name }));
  return found;
}

const list: CliCommand = {
  name: 'rules list',
  args: '[paths...]',
  options: [{ flags: '--topic <topic>', choices: [...topics, 'checks'] }],
  examples: ['hecha rules list --topic figures', 'hecha rules list corpus --topic labels'],
  run: async (context, paths, options) => {
    const { lang } = context.options;
    const rules = await context.rules();
    const topic = options.topic;
    const fired = new Map<string, { matches: number; milliseconds: number }>();
    const tally: Tally = {
      add: (rule, matches, milliseconds) => {
        const known = fired.get(rule.path) ?? { matches: 0, milliseconds: 0 };
        fired.set(rule.path, { matches: known.matches + matches, milliseconds: known.milliseconds + milliseconds });
      },
    };
    const shown = allRules(rules).filter((rule) => topic === undefined || rule.topic === topic);
    if (paths.length > 0) {
      const toView = await viewMaker(context);
      const pipeline = await context.pipeline();
      for await (const source of walk(paths, lang)) {
        for (const document of await readFileDocuments(pipeline, source, { language: lang })) {
          const view = toView(document);
          for (const rule of shown) matchRule(rule, { ...view, matching: { tally } });
        }
      }
    }
    const columns = ['rule', 'topic', 'why', 'examples', ...(paths.length > 0 ? ['fired', 'cost'] : [])];
    const rows = shown.map((rule) => {
      const { matches = 0, milliseconds = 0 } = fired.get(rule.path) ?? {};
      return [
        rule.path,
        rule.topic,
        rule.why,
        String(rule.examples.length),
        ...(paths.length > 0 ? [String(matches), milliseconds.toFixed(1)] : []),
      ];
    });
    const checks = topic === undefined || topic === 'checks' ? rules.checks : [];
    const extra = paths.length > 0 ? ['', ''] : [];
    rows.push(
      ...checks.map((check: CheckRule) => [
        check.path,
        `checks (${check.kind})`,
        check.why,
        String(check.examples.length),
        ...extra,
      ]),
    );
    const width = context.out.isTTY ? context.out.columns : 160;
    context.out.write(
      `${renderTable(
        columns.map((name) => ({ title: say(lang, `cli.rules.column.${name}`) })),
        rows,
        width,
      )}\n`,
    );
    return EXIT.fine;
  },
};

const isWithin = (path: string, file: string): boolean => file === path || file.startsWith(`${path}${sep}`);

const test: CliCommand = {
  name: 'rules test',
  args: '[path]',
  examples: ['hecha rules test', 'hecha rules test rules/structure/labels.yaml', 'hecha rules test rules/figures'],
  run: async (context, [file]) => {
    const { lang } = context.options;
    const rules = await context.rules();
    const toView = await viewMaker(context);
    const pipeline = await context.pipeline();
    const isAsked = ({ place }: { readonly place: { readonly file: string } }): boolean =>
      file === undefined || isWithin(resolve(file), resolve(place.file));
    const asked = { rules: allRules(rules).filter(isAsked), checks: rules.checks.filter(isAsked) };
    if (file !== undefined && asked.rules.length + asked.checks.length === 0) {
      throw new InputError(say(lang, 'cli.rules.noneIn'), { file });
    }
    let examples = 0;
    let failures = 0;
    const fail = (place: { file: string; line: number }, rule: string, text: string, detail: string): void => {
      failures += 1;
      context.out.write(`${relative(process.cwd(), place.file)}:${place.line}: ${rule}: ${detail}\n    ${text}\n`);
    };
    for (const rule of asked.rules) {
      examples += rule.examples.length;
      if (lacksExamples(rule)) fail(rule.place, rule.path, '', say(lang, 'cli.rules.lacksExamples'));
      for (const { text, missing, noisy } of failuresOf(rule, (text) => toView(documentOf(text)))) {
        const parts = [
          ...(missing.length > 0 ? [say(lang, 'cli.rules.missing', { what: missing.join(', ') })] : []),
          ...(noisy.length > 0 ? [say(lang, 'cli.rules.noisy', { what: noisy.join(', ') })] : []),
        ];
        fail(rule.place, rule.path, text, parts.join('; '));
      }
    }
    for (const rule of asked.checks) {
      for (const { text, verdict, quotes = [] } of rule.examples) {
        examples += 1;
        const results = toRecord(pipeline.analyse(documentOf(text)), lang).checks.filter(
          ({ check }) => check === rule.id,
        );
        const verdicts = results.map((result) => result.verdict);
        const isMet = verdict === 'none' ? results.length === 0 : verdicts.includes(verdict);
        const said = results.flatMap(({ evidence }) => evidence.map(({ quote }) => quote));
        const absent = quotes.filter((quote) => !said.some((one) => one.includes(quote)));
        if (!isMet)
          fail(
            rule.place,
            rule.path,
            text,
            say(lang, 'cli.rules.verdict', { expected: verdict, found: verdicts.join(', ') || 'none' }),
          );
        else if (absent.length > 0)
          fail(rule.place, rule.path, text, say(lang, 'cli.rules.missing', { what: absent.join(', ') }));
      }
    }
    context.out.write(`${say(lang, 'cli.rules.tested', { examples, failures })}\n`);
    return failures > 0 ? EXIT.errorsFound : EXIT.fine;
  },
};

const explainCommand: CliCommand = {
  name: 'rules explain',
  args: '<rule> <file>',
  options: [{ flags: '--at <words>' }],
  examples: ['hecha rules explain progress corpus/a02-county-agriculture.txt'],
  run: async (context, [name = '', file = ''], options) => {
    const { lang } = context.options;
    const rule = ruleNamed(context, await context.rules(), name);
    const toView = await viewMaker(context);
    const write = (line: string): void => context.out.write(`${line}\n`);
    write(`${rule.path}  ${rule.why}`);
    for (const document of await readFileDocuments(await context.pipeline(), file, { language: lang })) {
      const view = toView(document);
      const locate = createLocator(document);
      const words = options.at;
      const at = typeof words === 'string' ? placeOf(document, words) : undefined;
      if (typeof words === 'string' && at === undefined) {
        throw new InputError(say(lang, 'cli.rules.noSuchWords', { words }), { file });
      }
      const { matches, attempts } = explain(rule, view, at);
      const slice = ({ start, end }: Span): string => document.text.slice(start, end).replaceAll('\n', '⏎');
      for (const match of matches) {
        write(`${file}:${locate.line(match.start)}: ${slice(match)}`);
        for (const [capture, span] of match.captures) write(`    ${capture} = ${slice(span)}`);
        for (const { name: said, span } of match.emits) write(`    → ${said}: ${slice(span)}`);
        for (const [constant, value] of Object.entries(match.set)) write(`    → ${constant}: ${value}`);
      }
      if (matches.length === 0) write(say(lang, 'cli.rules.nowhere'));
      for (const { piece, pattern, obstacle } of attempts) {
        write(`${file}:${locate.line(piece.start)}: ${say(lang, 'cli.rules.silent')} ${slice(piece)}`);
        write(`    ${pattern}`);
        write(`    ${describeObstacle(context, obstacle)}`);
      }
    }
    return EXIT.fine;
  },
};

function placeOf(document: Document, words: string): Span | undefined {
  const start = document.text.indexOf(words);
  return start < 0 ? undefined : { start, end: start + words.length };
}

function describeObstacle(context: CommandContext, obstacle: Obstacle): string {
  const { lang } = context.options;
  switch (obstacle.kind) {
    case 'literal':
      return say(lang, 'cli.rules.obstacle.literal', { words: obstacle.anyOf.slice(0, 8).map(readable).join(' | ') });
    case 'pattern':
      return say(lang, 'cli.rules.obstacle.pattern', {
        matched: readable(obstacle.matched),
        rest: readable(obstacle.stoppedBefore),
      });
    case 'unless':
      return say(lang, 'cli.rules.obstacle.unless', { pattern: obstacle.pattern });
    case 'guard':
      return say(lang, 'cli.rules.obstacle.guard', { capture: obstacle.capture, written: obstacle.written });
  }
}

const schema: CliCommand = {
  name: 'rules schema',
  examples: ['hecha rules schema'],
  run: async (context) => {
    context.out.write(`${JSON.stringify(ruleFileJsonSchema(), null, 2)}\n`);
    return EXIT.fine;
  },
};

const KINDS = [...topics, 'checks'] as const;

const create: CliCommand = {
  name: 'rules new',
  args: '<kind>',
  examples: ['hecha rules new figures', 'hecha rules new checks'],
  run: async (context, [kind = '']) => {
    if (!(KINDS as readonly string[]).includes(kind)) {
      throw new InputError(say(context.options.lang, 'cli.rules.unknownKind', { kind, known: KINDS.join(' ') }));
    }
    const says = kind === 'checks' ? '' : TOPICS[kind as Topic].says;
    context.out.write(ruleTemplate(kind, says));
    return EXIT.fine;
  },
};

export const ruleCommands: readonly CliCommand[] = [list, test, explainCommand, schema, create];
