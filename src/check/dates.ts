/** Days that the calendar has, and their order: inspection, feedback, publication. */
import { z } from 'zod';
import type { DateMention, Evidence, Fact } from '../model.js';
import { isoDate, withYear } from '../number/dates.js';
import { isOpen } from '../record.js';
import type { CheckRule } from '../rules/load.js';
import { contains, overlaps } from '../text.js';
import { clauseOf, masked, spanAt, tester, testers } from './arithmetic.js';
import type { CheckContext, CheckKind, Judgement } from './kind.js';
import { signs } from './wording.js';

const parameters = z.strictObject({
  /** Facts of the notice in the order in which their days must lie. */
  order: z.array(z.string()).default([]),
  /** Those that should not lie on the same day as the one before. */
  apart: z.array(z.string()).default([]),
  /** Whether days are looked for that no calendar has. */
  calendar: z.boolean().default(false),
  /** Whether deadlines of findings are held against the feedback. */
  deadlines: z.boolean().default(false),
  /** Words before a date that make it the day of the report. */
  asOf: z.string().optional(),
  /** In the sentence of a date: what happened then came after the feedback. */
  after: z.string().optional(),
  /** Right behind a date: something was given to do that day. */
  given: z.string().optional(),
  /** Right behind a date: what was fed back that day is told of. */
  fedBack: z.string().optional(),
  /** Right before a date: it is by when all is to be done. */
  limit: z.string().optional(),
  /** The same with more words between. */
  givenIn: z.string().optional(),
  /** In the clause of a date: all that was given to do is done that day; before it there: it is what was told of before. */
  ended: z.string().optional(),
  /** In the sentence of a date: it is of another inspection. */
  elsewhere: z.string().optional(),
  /** In the clause of a date: it had come when this was written; it had not, or need not have. */
  past: z.string().optional(),
  future: z.string().optional(),
  /** Right before a date: it came after what was told of before it. */
  following: z.string().optional(),
  /** In its sentence: it came before that all the same. */
  earlier: z.string().optional(),
  /** In the sentence of a period: it may be that of the inspection; it is of a part of it. */
  inspected: z.string().optional(),
  stage: z.string().optional(),
  /** Right before a date, by which something still is to be done. */
  expected: z.string().optional(),
  /** Sign of something that is not done, in the sentence of such a date. */
  open: z.string().optional(),
});
type Parameters = z.infer<typeof parameters>;
export const dates: CheckKind<Parameters> = {
  kind: 'dates',
  parameters,
  run: (context, rule, given) => [
    ...inOrder(context, given),
    ...(given.calendar ? impossible(context) : []),
    ...(given.deadlines ? tooEarly(context, rule, given) : []),
    ...(given.calendar ? turned(context) : []),
    ...(given.asOf === undefined ? [] : afterPublication(context, rule, given.asOf)),
    ...statedTwice(context, given),
    ...(given.after === undefined ? [] : beforeFeedback(context, rule, given)),
    ...(given.given === undefined ? [] : dueBeforeGiven(context, rule, given)),
    ...(given.fedBack === undefined ? [] : fedBackAgain(context, rule, given)),
    ...(given.past === undefined ? [] : notYetCome(context, rule, given)),
    ...(given.expected === undefined ? [] : longDue(context, rule, given)),
    ...(given.following === undefined ? [] : notAfter(context, rule, given)),
    ...(given.inspected === undefined ? [] : otherPeriod(context, rule, given)),
  ],
};

// ── Order ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** One judgement for all days where they keep their order, else one for each pair that does not. */
function inOrder(context: CheckContext, given: Parameters): readonly Judgement[] {
  const days = given.order.flatMap((name) => factOf(context, name) ?? []);
  const pairs = days.slice(1).map((later, index) => [days[index] as Fact, later] as const);
  const failing = pairs.filter(([a, b]) => b.value < a.value);
  const together = pairs.filter(([a, b]) => a.value === b.value && given.apart.includes(b.name));
  if (failing.length > 0) return failing.map((pair) => statement(pair, 'inconsistent'));
  return [
    ...(days.length > 1 ? [statement(days, 'consistent')] : []),
    ...together.map((pair) => ({ ...statement(pair, 'observed'), severity: 'warning' as const })),
  ];
}

function statement(facts: readonly Fact[], verdict: Judgement['verdict']): Judgement {
  return {
    verdict,
    stated: facts.map(({ evidence }) => evidence.quote).join(' ≤ '),
    expected: facts.map(({ value }) => value).join(verdict === 'consistent' ? ' ≤ ' : ' / '),
    operands: facts.map(({ name, value, evidence }) => ({ name, stated: evidence.quote, value, evidence })),
    mode: 'order',
    evidence: facts.map(({ evidence }) => evidence),
  };
}

// ── Calendar ──────────────────────────────────────────────────────────────────────────────────────────────────────

const LEAP_YEAR = 2024;

/** A day that the month does not have: 2月30日. Without a year only where no year has it. */
function impossible({ extraction, view, locate }: CheckContext): readonly Judgement[] {
  const months = [...view.folded.matchAll(NO_MONTH)].map(({ index, 0: words }) => ({
    start: index,
    end: index + words.length,
  }));
  const days = extraction.dates.filter(isImpossible);
  const apart = months.filter((month) => !days.some((day) => overlaps(day, month)));
  return [...days, ...apart].map((place) => {
    const evidence = locate.evidence(place);
    return fault(evidence, evidence.quote, '');
  });
}

/** A year with a month that it does not have. */
const NO_MONTH = /(?:19|20)\d{2}年(?:0|00|1[3-9]|[2-9]\d)月/gu;

const isImpossible = ({ precision, year, month, day }: DateMention): boolean =>
  precision === 'day' &&
  month !== undefined &&
  day !== undefined &&
  isoDate(year ?? LEAP_YEAR, month, day) === undefined;

const fault = (evidence: Evidence, stated: string, expected: string): Judgement => ({
  verdict: 'inconsistent',
  stated,
  expected,
  operands: [{ name: 'date', stated, evidence }],
  mode: 'calendar',
  evidence: [evidence],
});

/** One day, stated as two: the feedback of a notice is given once. */
function statedTwice({ extraction, view }: CheckContext, { apart }: Parameters): readonly Judgement[] {
  return apart.flatMap((name) => {
    // A meeting that takes note of the feedback is read as one; it names no team beside its day.
    const isGiven = ({ evidence }: Fact): boolean =>
      extraction.facts.some((fact) => fact.name === 'team' && contains(clauseOf(view, evidence), fact.evidence));
    const [first, ...more] = extraction.facts.filter((fact) => fact.name === name);
    const other = more.find((fact) => first !== undefined && fact.value !== first.value && isGiven(fact));
    return first === undefined || other === undefined
      ? []
      : [{ ...statement([first, other], 'inconsistent'), severity: 'warning' as const }];
  });
}

/** What came of the feedback did not happen before it. A date without its year is told of where no year puts it between. */
function beforeFeedback(context: CheckContext, rule: CheckRule, given: Parameters): readonly Judgement[] {
  const [isAfter, isOther] = testers(context.rules, rule, given.after, given.future);
  const { extraction, view, locate } = context;
  const feedback = factOf(context, 'feedback');
  const last = factOf(context, 'published');
  if (feedback === undefined) return [];
  const known = extraction.facts.filter(({ name }) => name !== 'published');
  return extraction.dates.flatMap((date): readonly Judgement[] => {
    if (date.start < feedback.evidence.end || date.rangeStart !== undefined) return [];
    if (known.some(({ evidence }) => overlaps(evidence, date)) || !isEarly(date, feedback.value, last?.value))
      return [];
    const sentence = spanAt(view.sentences, date.start);
    const clause = clauseOf(view, date);
    const after = view.masked.slice(clause.start, Math.min(clause.end + AFTER, sentence.end));
    if (!isAfter(view.masked.slice(sentence.start, Math.min(clause.end + AFTER, sentence.end)))) return [];
    if (isOther(after) || extraction.findings.some(({ span }) => contains(span, date))) return [];
    return [tooSoon(locate.evidence(date), feedback.value, feedback.evidence)];
  });
}

/** 6月18日交办的问题，…5月30日前完成: due before it was given. 7月8日交办22件。…这22件于5月20日全部销号: done before it was. */
function dueBeforeGiven(
  { extraction, view, locate, rules }: CheckContext,
  rule: CheckRule,
  given: Parameters,
): readonly Judgement[] {
  const [isGiven, isGivenIn, isEnded] = testers(rules, rule, given.given, given.givenIn, given.ended);
  return extraction.dates.flatMap((date, at): readonly Judgement[] => {
    const before = extraction.dates[at - 1];
    if (date.last === undefined || before?.first === undefined || date.last >= before.first) return [];
    const isDue = date.before === true && contains(spanAt(view.sentences, date.start), before);
    const isDone =
      date.precision === 'day' &&
      contains(spanAt(view.blocks, date.start), before) &&
      isEnded(masked(view, clauseOf(view, date)));
    const between = view.masked.slice(before.end, date.start);
    if (!(isDue && isGiven(between)) && !(isDone && isGivenIn(between))) return [];
    return [tooSoon(locate.evidence(date), before.first, locate.evidence(before))];
  });
}

/** 5月27日进驻；巡察结束后，于5月10日召开反馈会: it is said to follow the day named before it, of the sentence or the one before. */
function notAfter(
  { extraction, view, locate, rules }: CheckContext,
  rule: CheckRule,
  given: Parameters,
): readonly Judgement[] {
  const [isFollowing, isOther, isEarlier] = testers(rules, rule, given.following, given.elsewhere, given.earlier);
  return extraction.dates.flatMap((date, at): readonly Judgement[] => {
    const before = extraction.dates[at - 1];
    if (date.precision !== 'day' || date.last === undefined || date.rangeStart !== undefined) return [];
    if (before?.precision !== 'day' || before.first === undefined || date.last >= before.first) return [];
    // A day of the year before may be that of another round.
    if (date.year === undefined || before.year !== date.year) return [];
    const between = view.masked.slice(before.end, date.start);
    const isNear = !/\n/u.test(between) && between.split('。').length <= 2 && between.length <= NEAR;
    const sentence = masked(view, spanAt(view.sentences, date.start));
    if (!isNear || !isFollowing(between) || isOther(sentence) || isEarlier(sentence)) return [];
    return [tooSoon(locate.evidence(date), before.first, locate.evidence(before))];
  });
}

const NEAR = 80;

/** The inspection's period again, from the same day to another. */
function otherPeriod(context: CheckContext, rule: CheckRule, given: Parameters): readonly Judgement[] {
  const { extraction, view, locate, rules } = context;
  const [isInspected, isOther, isStage] = testers(rules, rule, given.inspected, given.elsewhere, given.stage);
  const [start, end] = [factOf(context, 'start'), factOf(context, 'end')];
  if (start === undefined || end === undefined) return [];
  return extraction.dates.flatMap((date): readonly Judgement[] => {
    const first = date.rangeStart === undefined ? undefined : extraction.dates[date.rangeStart];
    if (first === undefined || date.start < end.evidence.end || date.precision !== 'day') return [];
    const [from, to] = [first, date].map((day) => withYear(day, day.year ?? Number(start.value.slice(0, 4))).first);
    if (from !== start.value || to === undefined || to === end.value) return [];
    const sentence = masked(view, spanAt(view.sentences, date.start));
    if (!isInspected(sentence) || isOther(sentence) || isStage(sentence)) return [];
    return [otherThan(end, locate.evidence({ start: first.start, end: date.end }))];
  });
}

/** A day before another that it must follow. */
const tooSoon = (evidence: Evidence, first: string, other: Evidence): Judgement => ({
  ...fault(evidence, evidence.quote, `≥ ${first}`),
  severity: 'warning',
  mode: 'order',
  evidence: [evidence, other],
});

/** A day that a fact of the notice says to be another. */
const otherThan = ({ value, evidence: first }: Fact, evidence: Evidence): Judgement => ({
  ...fault(evidence, evidence.quote, value),
  severity: 'warning',
  evidence: [first, evidence],
});

/** 对7月28日反馈的意见, where they were fed back on the 18th. */
function fedBackAgain(context: CheckContext, rule: CheckRule, given: Parameters): readonly Judgement[] {
  const [isFedBack, isElsewhere] = testers(context.rules, rule, given.fedBack, given.elsewhere);
  const { extraction, view, locate } = context;
  const facts = extraction.facts.filter(({ name }) => name === 'feedback');
  const [feedback] = facts;
  if (feedback === undefined || new Set(facts.map(({ value }) => value)).size > 1) return [];
  return extraction.dates.flatMap((date): readonly Judgement[] => {
    if (date.precision !== 'day' || date.first === undefined || date.first === feedback.value) return [];
    if (date.start < feedback.evidence.end || !isFedBack(view.masked.slice(date.end, date.end + FED_BACK))) return [];
    if (isElsewhere(masked(view, spanAt(view.sentences, date.start)))) return [];
    return [otherThan(feedback, locate.evidence(date))];
  });
}

/** Characters behind a date that say what came of it. */
const FED_BACK = 12;

/** Whether no year puts a day between the feedback and the publication. */
function isEarly(date: DateMention, feedback: string, published: string | undefined): boolean {
  // A month may have days before and after the feedback.
  if (date.last !== undefined) return date.last < feedback;
  if (date.precision !== 'day') return false;
  if (published === undefined) return false;
  const years = [Number(feedback.slice(0, 4)), Number(published.slice(0, 4))];
  const days = years.flatMap((year) => withYear(date, year).first ?? []);
  return days.length > 0 && days.every((day) => day < feedback || day > published);
}

/** A period that ends before it begins; those that are facts of the notice are told of by their order. */
function turned({ extraction, locate }: CheckContext): readonly Judgement[] {
  const facts = extraction.facts.filter(({ name }) => name === 'start' || name === 'end');
  return extraction.dates.flatMap((end): readonly Judgement[] => {
    const start = end.rangeStart === undefined ? undefined : extraction.dates[end.rangeStart];
    if (start?.first === undefined) return [];
    // An end without its year may lie in the next one; but nothing lasts from a day to the one before it a year later.
    const isBack = end.year === undefined && end.month === start.month && (end.day ?? 31) < (start.day ?? 0);
    const last = isBack ? withYear(end, Number(start.first.slice(0, 4))).last : end.last;
    if (last === undefined || last >= start.first) return [];
    if (facts.some(({ evidence }) => contains(evidence, start) || contains(evidence, end))) return [];
    const evidence = locate.evidence({ start: start.start, end: end.end });
    return [{ ...fault(evidence, evidence.quote, `${start.first} > ${last}`), mode: 'order' }];
  });
}

const factOf = ({ extraction }: CheckContext, name: string): Fact | undefined =>
  extraction.facts.find((fact) => fact.name === name);

/** What is told of as done on a day after the notice was published. */
function notYetCome(context: CheckContext, rule: CheckRule, given: Parameters): readonly Judgement[] {
  const [isPast, isFuture] = testers(context.rules, rule, given.past, given.future);
  const { extraction, view, locate } = context;
  const last = factOf(context, 'published');
  if (last === undefined) return [];
  return extraction.dates.flatMap((date): readonly Judgement[] => {
    if (date.precision !== 'day' || date.first === undefined || date.first <= last.value || date.before === true)
      return [];
    if (overlaps(last.evidence, date) || date.start > last.evidence.start) return [];
    const clause = clauseOf(view, date);
    const words = view.masked.slice(clause.start, Math.min(clause.end + AFTER, spanAt(view.sentences, date.start).end));
    if (!isPast(words) || isFuture(words)) return [];
    const evidence = locate.evidence(date);
    return [
      { ...fault(evidence, evidence.quote, `≤ ${last.value}`), mode: 'order', evidence: [evidence, last.evidence] },
    ];
  });
}

/** Words after the clause of a date that may say what was done then. */
const AFTER = 30;

/** What is not done is expected by a day before the publication. */
function longDue(context: CheckContext, rule: CheckRule, given: Parameters): readonly Judgement[] {
  const isExpected = tester(context.rules, rule, given.expected);
  const { extraction, view, locate } = context;
  const last = factOf(context, 'published');
  if (last === undefined || given.open === undefined) return [];
  const open = signs(context, given.open);
  return extraction.dates.flatMap((date): readonly Judgement[] => {
    if (date.last === undefined || date.last >= last.value) return [];
    if (!isExpected(view.masked.slice(Math.max(0, date.start - 6), date.start))) return [];
    const sentence = spanAt(view.sentences, date.start);
    const isLeft =
      open.some((sign) => contains(sentence, sign)) ||
      extraction.findings.some(({ status, span }) => isOpen(status) && contains(span, date));
    const evidence = locate.evidence(date);
    return isLeft
      ? [
          {
            ...fault(evidence, evidence.quote, `> ${last.value}`),
            severity: 'warning',
            mode: 'order',
            evidence: [evidence, last.evidence],
          },
        ]
      : [];
  });
}

/** What a finding still had to do cannot have been due before the notice's unit was told. A meeting before it was told may be another. */
function tooEarly(context: CheckContext, rule: CheckRule, given: Parameters): readonly Judgement[] {
  const { extraction, view, locate } = context;
  const isLimit = tester(context.rules, rule, given.limit);
  const feedback = factOf(context, 'feedback');
  if (feedback === undefined) return [];
  const due = extraction.findings
    .filter(({ deadline }) => deadline !== undefined && deadline < feedback.value)
    .map(({ deadline, span, evidence }) => {
      const date = extraction.dates.find((mention) => contains(span, mention) && mention.last === deadline);
      return date === undefined ? evidence : locate.evidence(date);
    });
  const met = extraction.facts.filter(({ name, value }) => name === 'meeting' && value < feedback.value);
  const limits = extraction.dates
    .filter(
      ({ last, start }) =>
        last !== undefined && last < feedback.value && isLimit(view.masked.slice(Math.max(0, start - 8), start)),
    )
    .map((date) => locate.evidence(date))
    .filter((evidence) => !due.some((other) => other.start === evidence.start));
  return [...due, ...limits, ...met.map(({ evidence }) => evidence)].map((evidence) =>
    tooSoon(evidence, feedback.value, feedback.evidence),
  );
}

/** What the notice reports as of a day cannot be reported before that day. */
function afterPublication(context: CheckContext, rule: CheckRule, asOf: string): readonly Judgement[] {
  const { extraction, view, locate, rules } = context;
  const published = factOf(context, 'published');
  const isAsOf = tester(rules, rule, asOf);
  if (published === undefined) return [];
  const days = extraction.dates.filter(
    ({ first, start }) => first !== undefined && isAsOf(view.masked.slice(Math.max(0, start - 4), start)),
  );
  const late = days.filter(({ first }) => (first as string) > published.value);
  const [first] = days.filter(({ precision }) => precision === 'day');
  const judged = (date: DateMention): Judgement => {
    const evidence = locate.evidence(date);
    return {
      ...fault(evidence, evidence.quote, `≤ ${published.value}`),
      mode: 'order',
      evidence: [evidence, published.evidence],
    };
  };
  if (late.length === 0 && first !== undefined) return [{ ...judged(first), verdict: 'consistent' }];
  return late.map(judged);
}
