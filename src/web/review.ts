/** Decisions of a reader on a notice: verdicts accepted or dismissed with a reason, figures and names corrected. */
import type { Context } from 'hono';
import { z } from 'zod';
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import type { FigureRecord, Language, NoticeRecord } from '../model.js';
import { readCorrection } from '../report/corrected.js';
import { BETWEEN_NOTICES } from '../report/reviewed.js';
import type { StoredNotice } from '../store/store.js';
import { addressOf } from './filter.js';
import { type Done, languageOf, type Site } from './site.js';

const LONGEST = 500;
const words = z.string().trim().min(1).max(LONGEST);
const anchor = z
  .string()
  .regex(/^[\w-]{0,40}$/)
  .optional();

const decisionForm = z.object({
  key: words,
  decision: z.enum(['accepted', 'dismissed', 'open']),
  reason: words,
  who: words,
  anchor,
});

const correctionForm = z.object({ key: words, to: words, reason: words, who: words, anchor });

/** What a reader may correct: a value of the record, under a name that a newer reading gives it again. */
export interface Correctable {
  readonly key: string;
  /** As reports show it. */
  readonly field: string;
  readonly from: string;
  /** Where it is a number. */
  readonly figure?: FigureRecord;
}

export const figureTarget = (figure: FigureRecord): Correctable => ({
  key: `figure:${figure.metric ?? ''}:${figure.stated}`,
  field: `figure:${figure.metric ?? ''}`,
  from: figure.stated,
  figure,
});

/** The unit and everyone who answers for something, each name once. */
export function nameTargets({ unit, responsibles }: NoticeRecord): readonly Correctable[] {
  const names = [...new Set(responsibles.map(({ name }) => name))];
  return [
    ...(unit === undefined ? [] : [{ key: 'unit', field: 'unit', from: unit.name }]),
    ...names.map((name) => ({ key: `responsible:${name}`, field: 'responsible', from: name })),
  ];
}

const targets = (record: NoticeRecord): readonly Correctable[] => [
  ...nameTargets(record),
  ...record.figures.filter(({ metric }) => metric !== null).map(figureTarget),
];

async function formOf<T>(c: Context, shape: z.ZodType<T>, language: Language): Promise<T> {
  const parsed = shape.safeParse(await c.req.parseBody());
  if (parsed.success) return parsed.data;
  throw new InputError(say(language, 'web.review.incomplete'));
}

const back = (c: Context, { id }: StoredNotice, done: Done, at = ''): Response =>
  c.redirect(`/notices/${id}?done=${done}#${at}`, 303);

export async function decide(c: Context, site: Site, stored: StoredNotice): Promise<Response> {
  const language = languageOf(c, site);
  const { key, decision, reason, who, anchor: at } = await formOf(c, decisionForm, language);
  if (!stored.record.checks.some((check) => check.key === key))
    throw new InputError(say(language, 'web.review.unknown'));
  await site.store.saveReview({ subject: stored.document.source, key, decision, reason, who });
  return back(c, stored, decision === 'open' ? 'reopened' : 'reviewed', at);
}

/** A decision on a check between notices. The check itself is not looked for: that would be a comparison anew. */
export async function decideBetween(c: Context, site: Site): Promise<Response> {
  const language = languageOf(c, site);
  const { key, decision, reason, who, anchor: at = '' } = await formOf(c, decisionForm, language);
  if (!/^[0-9a-f]{16}$/.test(key)) throw new InputError(say(language, 'web.review.unknown'));
  await site.store.saveReview({ subject: BETWEEN_NOTICES, key, decision, reason, who });
  const done: Done = decision === 'open' ? 'reopened' : 'reviewed';
  return c.redirect(`${addressOf('/compare', c.req.query(), { done })}#${at}`, 303);
}

export async function correct(c: Context, site: Site, stored: StoredNotice): Promise<Response> {
  const language = languageOf(c, site);
  const { key, to, reason, who, anchor: at } = await formOf(c, correctionForm, language);
  const target = targets(stored.record).find((one) => one.key === key);
  if (target === undefined) throw new InputError(say(language, 'web.review.unknown'));
  const { field, from, figure } = target;
  const isTakenBack = to === from;
  if (figure !== undefined && readCorrection(to, figure, site.rules.lexicon) === undefined)
    throw new InputError(say(language, 'web.correct.noFigure', { from, to }));
  await site.store.saveReview({
    subject: stored.document.source,
    key,
    reason,
    who,
    ...(isTakenBack ? { decision: 'open' } : { decision: 'corrected', correction: { field, from, to } }),
  });
  return back(c, stored, isTakenBack ? 'reopened' : 'corrected', at);
}
