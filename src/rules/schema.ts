/**
 * The shape of a rule file. One definition validates files and is published as a JSON Schema for editors
 * (`schema/rules.schema.json`).
 */
import { z } from 'zod';

/** Topics of pattern rules. Each is asked for by one place in `extract/` or `check/`; a new topic is a new line here. */
export const TOPICS = {
  numbering: { view: 'folded', says: 'ordinal marks: （一）, 1., 一是' },
  labels: { view: 'folded', says: 'labels before a text: 整改措施：' },
  headings: { view: 'folded', says: 'what the text under a heading is' },
  titles: { view: 'folded', says: 'what problem a heading names' },
  cues: { view: 'folded', says: 'words that tell a problem from a measure from a result' },
  statuses: { view: 'masked', says: 'how far a finding or measure has come' },
  deadlines: { view: 'masked', says: 'until when' },
  figures: { view: 'masked', says: 'a number and the metric it states' },
  responsibles: { view: 'masked', says: 'who answers for what' },
  facts: { view: 'masked', says: 'unit, team, period, feedback, publication' },
  signs: { view: 'masked', says: 'words that a check looks for' },
} as const satisfies Record<string, { view: 'folded' | 'masked'; says: string }>;

export type Topic = keyof typeof TOPICS;
export const topics = Object.keys(TOPICS) as Topic[];

export const SCOPES = ['clause', 'sentence', 'paragraph', 'notice'] as const;
export type Scope = (typeof SCOPES)[number];

const ruleId = z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower-case letters, digits and -');
const pattern = z.string().min(1);
const patterns = z.union([pattern, z.array(pattern).min(1)]);
const name = z.string().regex(/^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)*$/, 'a name such as problems.total');
const captureName = z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'a capture name: a letter, then letters and digits');
const localised = z.strictObject({ zh: z.string(), en: z.string() });

/** Tests of a capture beyond its characters. */
const guard = z.strictObject({
  /** Must be (not be) a member of these lists. */
  in: z.array(z.string()).optional(),
  notIn: z.array(z.string()).optional(),
  /** Must (not) match this pattern. */
  like: pattern.optional(),
  unlike: pattern.optional(),
  /** Its words must carry one of these part-of-speech tags (ICTCLAS: nr person, ns place, nt organisation, …). */
  tag: z.array(z.string()).optional(),
  /** Number range, base unit. */
  min: z.number().optional(),
  max: z.number().optional(),
});
export type Guard = z.infer<typeof guard>;

const example = z.strictObject({
  text: z.string(),
  /** What is emitted and set, as written in the text; `none` where the rule must stay silent. */
  expect: z.union([z.literal('none'), z.record(name, z.union([z.string(), z.number(), z.array(z.string())]))]),
});
export type Example = z.infer<typeof example>;

const patternRule = z.strictObject({
  id: ruleId,
  why: z.string(),
  scope: z.enum(SCOPES).optional(),
  match: patterns,
  /** Silent where one of these matches in the match or in the clauses it stands in. */
  unless: z.array(pattern).optional(),
  where: z.record(captureName, guard).optional(),
  /** What is said (name) by which capture. */
  emit: z.record(name, captureName).optional(),
  /** Constants that go with a match. */
  set: z.record(name, z.string()).optional(),
  priority: z.number().int().optional(),
  examples: z.array(example).min(1),
});
export type PatternRuleSource = z.infer<typeof patternRule>;

const checkExample = z.strictObject({
  text: z.string(),
  verdict: z.enum(['consistent', 'inconsistent', 'unverifiable', 'observed', 'none']),
  /** Words that the verdict must rest on. */
  quotes: z.array(z.string()).optional(),
});

const checkRule = z.strictObject({
  id: ruleId,
  why: z.string(),
  kind: z.string(),
  /** Operands: role → metric that some figure rule emits. */
  of: z.record(captureName, z.union([name, z.array(name)])).optional(),
  /** What else the kind takes; each kind names its own. */
  with: z.record(z.string(), z.unknown()).optional(),
  severity: z.enum(['error', 'warning', 'info']),
  /** Numbers further apart than this factor, with no slip that explains it, are not said of one thing: nothing is raised. */
  apart: z.number().gt(1).optional(),
  message: localised,
  examples: z.array(checkExample).min(1),
});
export type CheckRuleSource = z.infer<typeof checkRule>;

/** Words of the number scanner; see `number/scan.ts`. */
const quantities = z.record(z.string(), z.unknown());

const upperName = z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'an upper-case name');

const topicShape = Object.fromEntries(topics.map((topic) => [topic, z.array(patternRule).optional()])) as Record<
  Topic,
  z.ZodOptional<z.ZodArray<typeof patternRule>>
>;

export const ruleFile = z.strictObject({
  lists: z.record(upperName, z.array(z.string())).optional(),
  macros: z.record(upperName, pattern).optional(),
  quantities: quantities.optional(),
  /** What a metric is called: problems.total → 问题总数. */
  metrics: z.record(name, localised).optional(),
  /** Categories of recurring problems: name → words. */
  categories: z.record(z.string(), z.array(z.string())).optional(),
  ...topicShape,
  checks: z.array(checkRule).optional(),
  /** Ids (`file/topic/id` path or plain id) of rules that are switched off. */
  disable: z.array(z.string()).optional(),
});
export type RuleFile = z.infer<typeof ruleFile>;

/** JSON Schema of a rule file, for editors. */
export const ruleFileJsonSchema = (): object => ({
  title: 'hecha rule file',
  ...z.toJSONSchema(ruleFile, { io: 'input' }),
});
