/** Runs every check rule over what was extracted. */
import { InputError } from '../errors.js';
import { fold } from '../fold.js';
import { say } from '../messages/index.js';
import type { CheckResult, Severity, Verdict } from '../model.js';
import { cmp, mul, rational } from '../number/rational.js';
import { scanQuantities } from '../number/scan.js';
import type { CheckRule } from '../rules/load.js';
import { type CheckContext, type CheckKind, type Judgement, toResult } from './kind.js';
import { kinds } from './kinds.js';

const byName: ReadonlyMap<string, CheckKind> = new Map(kinds.map((kind) => [kind.kind, kind]));

/** @throws InputError where a rule names a kind that there is not, or gives it what it does not take. */
export function check(context: CheckContext): readonly CheckResult[] {
  const results = context.rules.checks.flatMap((rule) => {
    const { kind, parameters } = bind(rule);
    return kind
      .run(context, rule, parameters)
      .filter((judgement) => !isTooFarApart(context, rule, judgement))
      .map((judgement) => toResult(rule, judgement));
  });
  return results.sort(byWeight);
}

/** What no slip of the pen explains is a mistake of the reader's rather than of the notice's. */
function isTooFarApart({ rules }: CheckContext, { apart }: CheckRule, judgement: Judgement): boolean {
  const { verdict, stated, expected, cause } = judgement;
  if (apart === undefined || verdict !== 'inconsistent' || cause !== undefined) return false;
  const [a, b] = [stated, expected].map((shown) => scanQuantities(fold(shown ?? ''), rules.lexicon)[0]?.value);
  if (a === undefined || b === undefined) return false;
  const [less, more] = cmp(a, b) < 0 ? [a, b] : [b, a];
  return cmp(more, mul(less, rational(Math.round(apart * 100), 100))) > 0;
}

interface Bound {
  readonly kind: CheckKind;
  readonly parameters: unknown;
}

const known = new WeakMap<CheckRule, Bound>();

/** The kind of a rule and the rule's parameters, validated once. */
export function bind(rule: CheckRule): Bound {
  const bound = known.get(rule) ?? validate(rule);
  known.set(rule, bound);
  return bound;
}

function validate(rule: CheckRule): Bound {
  const kind = byName.get(rule.kind);
  if (kind === undefined) {
    throw new InputError(
      say('zh', 'check.unknownKind', { kind: rule.kind, known: [...byName.keys()].join(' ') }),
      rule.place,
    );
  }
  const role = Object.keys(rule.of).find((name) => !kind.operands?.includes(name));
  if (role !== undefined) {
    const roles = kind.operands?.join(' ') ?? '';
    throw new InputError(say('zh', 'check.unknownOperand', { role, kind: kind.kind, known: roles }), rule.place);
  }
  const parsed = kind.parameters.safeParse(rule.with);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InputError(
      say('zh', 'check.badParameters', { path: issue?.path.join('.') ?? '', reason: issue?.message ?? '' }),
      rule.place,
    );
  }
  return { kind, parameters: parsed.data };
}

const VERDICTS: Readonly<Record<Verdict, number>> = { inconsistent: 0, observed: 1, unverifiable: 2, consistent: 3 };
const SEVERITIES: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** Failures first, the heavier before the lighter, then in text order. */
const byWeight = (a: CheckResult, b: CheckResult): number =>
  VERDICTS[a.verdict] - VERDICTS[b.verdict] ||
  SEVERITIES[a.severity] - SEVERITIES[b.severity] ||
  (a.evidence[0]?.start ?? 0) - (b.evidence[0]?.start ?? 0);
