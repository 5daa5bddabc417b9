/**
 * What is missing: a part that most findings of the notice have and one lacks, or a fact that every notice should state.
 */
import { z } from 'zod';
import type { Evidence, Finding } from '../model.js';
import type { CheckRule } from '../rules/load.js';
import { matchWithin } from '../rules/match.js';
import { masked, paragraphOf, tester } from './arithmetic.js';
import type { CheckContext, CheckKind, Judgement } from './kind.js';
import { titleOf } from './wording.js';

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
]);
type PresenceParameters = z.infer<typeof parameters>;

export const presence: CheckKind<PresenceParameters> = {
  kind: 'presence',
  parameters,
  run: (context, rule, given) => ('part' in given ? missingParts(context, rule, given) : missingFacts(context, given)),
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
      severity: isExcused(context, finding) ? 'info' : severity,
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

/** Where there is nothing to report yet, or where the next heading reports for both. */
const isExcused = (context: CheckContext, finding: Finding): boolean =>
  finding.status === 'ongoing' || finding.status === 'notStarted' || isPairedWithNext(context, finding);

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
