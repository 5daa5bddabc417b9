/**
 * What is missing: a part that most findings of the notice have and one lacks, a fact that every notice should state,
 * what the notice announces, an attachment that it points to.
 */
import { z } from 'zod';
import type { Evidence, Finding, Span } from '../model.js';
import { parseNumeral } from '../number/numeral.js';
import type { CheckRule } from '../rules/load.js';
import { matchWithin, type RuleMatch } from '../rules/match.js';
import { masked, paragraphOf, tester } from './arithmetic.js';
import type { CheckContext, CheckKind, Judgement } from './kind.js';
import { signs, signsWithin, titleOf } from './wording.js';

const PARTS = {
  measures: ({ measures }: Finding) => measures.length > 0,
  outcomes: ({ outcomes }: Finding) => outcomes.length > 0,
  status: ({ status }: Finding) => status !== 'unstated',
  responsibles: ({ responsibles }: Finding) => responsibles.length > 0,
  deadline: ({ deadline }: Finding) => deadline !== undefined,
} as const satisfies Record<string, (finding: Finding) => boolean>;

const FACTS = ['unit', 'team', 'period', 'feedback', 'published'] as const;

const parameters = z.union([
  z.strictObject({
    part: z.enum(Object.keys(PARTS) as [keyof typeof PARTS]),
    /** Share of the findings that must have the part, in per cent. */
    share: z.number().positive().max(100),
    /** How many findings must have it. */
    from: z.number().int().positive(),
    /** In the heading of a finding, or of its section: it tells of what is to come. */
    plan: z.string().optional(),
    /** Roles of labels that excuse its absence. */
    unlessLabelled: z.array(z.string()).default([]),
    /** The same, for labels that those with the part do not have beside it. */
    unlessInstead: z.array(z.string()).default([]),
  }),
  z.strictObject({
    facts: z.array(z.enum(FACTS)).min(1),
    /** What each is called. */
    names: z.record(z.enum(FACTS), z.string()),
    /** List of words of inspections that have no team and no feedback of their own. */
    unless: z.string().optional(),
  }),
  z.strictObject({
    /** Sign of words that announce what must follow: 联系方式如下. */
    announced: z.string(),
    /** Pattern of what follows: in the rest of the paragraph, or in one after it. */
    followedBy: z.string(),
    /** A table does as well. */
    tables: z.boolean().default(false),
  }),
  z.strictObject({
    /** Signs: the text points to an attachment, by its number `n`; the list of them begins; a line of it, by its number `n`. */
    attachment: z.string(),
    list: z.string(),
    item: z.string(),
  }),
]);
type PresenceParameters = z.infer<typeof parameters>;

export const presence: CheckKind<PresenceParameters> = {
  kind: 'presence',
  parameters,
  run: (context, rule, given) => {
    if ('part' in given) return missingParts(context, rule, given);
    if ('announced' in given) return notFollowed(context, rule, given);
    return 'attachment' in given ? missingAttachments(context, given) : missingFacts(context, given);
  },
};

function missingParts(
  context: CheckContext,
  rule: CheckRule,
  { part, share, from, plan, unlessLabelled, unlessInstead }: Extract<PresenceParameters, { part: unknown }>,
): readonly Judgement[] {
  const { severity } = rule;
  const isPlan = tester(context.rules, rule, plan);
  const { sections } = context.extraction;
  const findings = context.extraction.findings.filter(({ evidence }) => {
    const section = sections.findLast((one) => one.evidence.start <= evidence.start);
    return !isPlan(masked(context.view, paragraphOf(context.view, evidence))) && !isPlan(section?.title ?? '');
  });
  const has = PARTS[part];
  const having = findings.filter(has).length;
  if (having < from || having * 100 < share * findings.length) return [];
  const beside = findings.filter((finding) => has(finding) && hasLabel(context, finding, unlessInstead)).length;
  const excuses = [...unlessLabelled, ...(beside * 2 < having ? unlessInstead : [])];
  return findings
    .filter((finding) => !has(finding) && !hasLabel(context, finding, excuses))
    .map((finding) => ({
      verdict: 'observed',
      severity: isExcused(context, finding, part) ? 'info' : severity,
      mode: 'siblings',
      stated: titleOf(finding),
      evidence: [finding.evidence],
      values: { having, findings: findings.length, missing: part },
    }));
}

/** True where the text of a finding says under another label what is missed; 完成情况：已完成。 but states how far it is. */
const hasLabel = ({ rules, view }: CheckContext, { span }: Finding, roles: readonly string[]): boolean =>
  roles.length > 0 &&
  matchWithin(rules, 'labels', view, span).some(({ set, end }) => {
    if (!roles.includes(set.role ?? '')) return false;
    const line = view.folded.slice(end, span.end).split('\n', 1)[0] ?? '';
    const value = { start: end, end: end + line.length };
    const isStatus = line.length <= LONGEST_STATUS && matchWithin(rules, 'statuses', view, value).length > 0;
    return set.role === 'status' || !isStatus;
  });

const LONGEST_STATUS = 24;

/** Where there is nothing to report yet, where 已整改到位 is what came of it, or where the next heading reports for both. */
const isExcused = (context: CheckContext, finding: Finding, part: keyof typeof PARTS): boolean =>
  finding.status === 'ongoing' ||
  (part === 'outcomes' && finding.status === 'completed') ||
  finding.status === 'notStarted' ||
  isPairedWithNext(context, finding);

/** A heading that stands right above another one shares what follows with it. */
const isPairedWithNext = ({ extraction }: CheckContext, finding: Finding): boolean =>
  finding.measures.length === 0 &&
  finding.outcomes.length === 0 &&
  extraction.findings.some(
    ({ evidence }) => evidence.start > finding.evidence.end && evidence.start - finding.evidence.end <= 3,
  );

function missingFacts(
  context: CheckContext,
  { facts, names, unless }: Extract<PresenceParameters, { facts: unknown }>,
): readonly Judgement[] {
  const { extraction, view } = context;
  if (extraction.findings.length === 0) return [];
  if (unless !== undefined && (context.rules.lists.get(unless) ?? []).includes(extraction.inspection.kind ?? ''))
    return [];
  const { inspection } = extraction;
  const known: Readonly<Record<(typeof FACTS)[number], boolean>> = {
    unit: extraction.unit !== undefined,
    team: inspection.team !== undefined,
    period: inspection.start !== undefined && inspection.end !== undefined,
    feedback: inspection.feedback !== undefined,
    published: inspection.published !== undefined,
  };
  const missing = facts.filter((fact) => !known[fact]);
  const [first] = view.blocks;
  if (missing.length === 0 || first === undefined) return [];
  const title: Evidence = context.locate.evidence({ start: first.start, end: Math.min(first.end, first.start + 80) });
  return [
    {
      verdict: 'observed',
      severity: 'info',
      mode: 'facts',
      stated: missing.map((fact) => names[fact] ?? fact).join('、'),
      evidence: [title],
    },
  ];
}

function notFollowed(
  context: CheckContext,
  rule: CheckRule,
  { announced, followedBy, tables }: Extract<PresenceParameters, { announced: unknown }>,
): readonly Judgement[] {
  const { locate, rules, view } = context;
  const isIt = tester(rules, rule, followedBy);
  const follows = ({ end: from }: Span): boolean =>
    view.blocks.some(
      ({ start, end, cell }) =>
        end > from && ((tables && cell !== undefined) || isIt(view.folded.slice(Math.max(start, from), end))),
    );
  return signs(context, announced)
    .filter((sign) => !follows(sign))
    .map(locate.evidence)
    .map((evidence) => ({ verdict: 'observed', stated: evidence.quote, evidence: [evidence] }));
}

/** 详见附件2, where the list of attachments ends with the first; a notice without such a list may have been parted from it. */
function missingAttachments(
  context: CheckContext,
  { attachment, list, item }: Extract<PresenceParameters, { attachment: unknown }>,
): readonly Judgement[] {
  const { locate, view } = context;
  const numberOf = ({ captures }: RuleMatch): number => {
    const span = captures.get('n');
    return Number(parseNumeral(span === undefined ? '' : view.folded.slice(span.start, span.end))?.value.n ?? 0);
  };
  const [head] = signs(context, list);
  if (head === undefined) return [];
  let listed = 0;
  for (const [at, block] of view.blocks.filter(({ end }) => end > head.start).entries()) {
    const [line] = signsWithin(context, item, block);
    if (line !== undefined && numberOf(line) === listed + 1) listed += 1;
    else if (at > 0) break;
  }
  const having = Math.max(listed, 1);
  const pointing = signs(context, attachment).find((sign) => sign.end <= head.start && numberOf(sign) > having);
  if (pointing === undefined) return [];
  const [evidence, where] = [pointing, head].map(locate.evidence) as [Evidence, Evidence];
  return [{ verdict: 'observed', stated: evidence.quote, evidence: [evidence, where], values: { having } }];
}
