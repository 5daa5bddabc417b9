/**
 * Words of another body or unit in a notice, mostly left from the one it was copied from: 党委 where the unit is a 党组, 我院
 * in a bureau's, another bureau as the one that acts. Superior, subordinate and other bodies may be named freely.
 */
import { z } from 'zod';
import type { Evidence, Span } from '../model.js';
import type { CheckRule } from '../rules/load.js';
import type { RuleMatch } from '../rules/match.js';
import { testers } from './arithmetic.js';
import type { CheckContext, CheckKind, Judgement } from './kind.js';
import { isOutsideFindings, signs } from './wording.js';

const parameters = z.union([
  z.strictObject({
    /** Body → endings of the names of units that are led by it. */
    bodies: z.record(z.string(), z.array(z.string()).min(1)),
    /** Body → bodies whose words do not belong into its notices. */
    others: z.record(z.string(), z.array(z.string()).min(1)),
    /** Signs of which an emitted `body` can only be the unit's own. */
    sign: z.string(),
    /** Kind of unit → words by which it calls itself. */
    selves: z.record(z.string(), z.array(z.string()).min(1)),
    /** Pattern of what may stand before such a word, and of what may not stand after the body. */
    before: z.string(),
    after: z.string(),
  }),
  z.strictObject({
    /** Kind of unit → words that only such a unit says of itself. */
    selfWords: z.record(z.string(), z.array(z.string()).min(1)),
    before: z.string(),
  }),
  z.strictObject({
    bodies: z.record(z.string(), z.array(z.string()).min(1)),
    /** Signs whose emitted `unit` is the unit itself. */
    unitSigns: z.array(z.string()).min(1),
    /** Last characters of names of units that may stand for one another. */
    sorts: z.array(z.string()).default([]),
    /** Ends of names of units that no other unit of their region answers to. */
    leaves: z.array(z.string()).default([]),
    /** In the name of a unit: it may have others under it, and act for them. */
    over: z.string().optional(),
    /** Bodies that only units beside each other have, and what is in the names of those that are above them. */
    peers: z.strictObject({ bodies: z.array(z.string()), above: z.string() }).optional(),
  }),
  z.strictObject({
    bodies: z.record(z.string(), z.array(z.string()).min(1)),
    /** Signs whose emitted `kind` is what the unit calls itself. */
    kindSigns: z.array(z.string()).min(1),
    /** What a unit calls itself → words one of which is in its name then. */
    kinds: z.record(z.string(), z.array(z.string()).min(1)),
  }),
]);
type BodyParameters = z.infer<typeof parameters>;

export const body: CheckKind<BodyParameters> = {
  kind: 'body',
  parameters,
  run: (context, rule, given) => {
    const name = context.extraction.unit?.name;
    if (name === undefined) return 'sign' in given ? oddBody(context, given) : [];
    if ('selfWords' in given) return otherSelves(context, name, given);
    if ('kindSigns' in given) return otherKinds(context, name, given);
    return 'unitSigns' in given ? otherUnits(context, rule, name, given) : otherBodies(context, name, given);
  },
};

type Named<K extends string> = Extract<BodyParameters, Record<K, unknown>>;
type Endings = Readonly<Record<string, readonly string[]>>;

/** The key one of whose words ends `name`; the longest word decides. */
function keyOf(endings: Endings, name: string): { readonly key: string; readonly word: string } | undefined {
  return Object.entries(endings)
    .flatMap(([key, words]) => words.filter((word) => name.endsWith(word)).map((word) => ({ key, word })))
    .sort((a, b) => b.word.length - a.word.length)[0];
}

const withoutBody = (name: string, bodies: Endings): string => {
  const found = keyOf(bodies, name);
  return found === undefined ? name : name.slice(0, -found.word.length);
};

function observed(evidence: readonly Evidence[], expected: string): readonly Judgement[] {
  const [first] = evidence;
  if (first === undefined) return [];
  return [{ verdict: 'observed', stated: first.quote, expected, evidence }];
}

// ── Another body ──────────────────────────────────────────────────────────────────────────────────────────────────

function otherBodies(context: CheckContext, unit: string, given: Named<'sign'>): readonly Judgement[] {
  const own = keyOf(given.bodies, unit);
  const others = own === undefined ? undefined : given.others[own.key];
  if (own === undefined || others === undefined) return [];
  const { view } = context;
  const duties = signs(context, given.sign).filter(({ emits }) =>
    emits.some(({ name, span }) => name === 'body' && others.includes(view.folded.slice(span.start, span.end))),
  );
  const stem = withoutBody(unit, given.bodies);
  const kind = keyOf(Object.fromEntries(Object.keys(given.selves).map((word) => [word, [word]])), stem);
  const names = [...suffixesOf(stem), ...(kind === undefined ? [] : (given.selves[kind.key] ?? []))];
  if (duties.length === 0 && !others.some((other) => view.folded.includes(other))) return [];
  const called = matchesOf(
    context,
    `(?<=${given.before})(?:${names.map(literally).join('|')})(?:${others.map(literally).join('|')})(?!${given.after})`,
  );
  const short = matchesOf(
    context,
    `(?<=${given.before})[\\u4e00-\\u9fff]{3,10}?(?:${others.map(literally).join('|')})(?!${given.after})`,
  ).filter((span) => {
    const written = view.folded.slice(span.start, span.end);
    const other = others.find((word) => written.endsWith(word)) ?? '';
    const called = written.slice(0, written.length - other.length);
    return !stem.endsWith(called) && called.at(-1) === stem.at(-1) && isAbbreviation(called, stem);
  });
  return others.flatMap((other) => {
    const spans = [
      ...duties,
      ...short.map((span) => withWordsAfter(view.folded, span)),
      ...called.map((span) => withWordsAfter(view.folded, span)),
    ].filter(({ start, end }) => view.folded.slice(start, end).includes(other));
    return observed(inOrder(spans).map(context.locate.evidence), own.key);
  });
}

/**
 * A text that names no unit: where one body of it, 局党组, is named several times and another, 局党委, once, that seems to be
 * another unit's.
 */
function oddBody(
  context: CheckContext,
  { bodies, others, selves, before, after }: Named<'sign'>,
): readonly Judgement[] {
  const words = [...new Set(Object.values(selves).flat())].map(literally).join('|');
  const named = (body: string, lead: string): readonly Span[] =>
    matchesOf(context, `${lead}(?:${words})${literally(body)}(?!${after})`);
  return Object.keys(bodies).flatMap((own) => {
    if (named(own, '').length < 2) return [];
    return (others[own] ?? []).flatMap((other) => {
      const [odd, ...more] = named(other, '');
      const isOwn = odd !== undefined && named(other, `(?<=${before})`).some(({ start }) => start === odd.start);
      if (odd === undefined || more.length > 0 || !isOwn) return [];
      return observed([context.locate.evidence(withWordsAfter(context.view.folded, odd))], own);
    });
  });
}

/** Ends of a name that a notice may use for it, from two characters on: 区总工会, 总工会, 工会. */
const suffixesOf = (stem: string): readonly string[] =>
  Array.from({ length: Math.max(0, stem.length - 1) }, (_, at) => stem.slice(at));

const literally = (words: string): string => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const matchesOf = ({ view }: CheckContext, pattern: string): readonly Span[] =>
  [...view.folded.matchAll(new RegExp(pattern, 'gm'))].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));

/** A mention with the two characters after it, by which a reader finds it. */
const withWordsAfter = (text: string, { start, end }: Span): Span => ({
  start,
  end: end + (/^[\p{L}]{0,2}/u.exec(text.slice(end, end + 2))?.[0].length ?? 0),
});

const inOrder = (spans: readonly Span[]): readonly Span[] => [...spans].sort((a, b) => a.start - b.start);

// ── Another kind of unit ──────────────────────────────────────────────────────────────────────────────────────────

function otherSelves(
  context: CheckContext,
  unit: string,
  { selfWords, before }: Named<'selfWords'>,
): readonly Judgement[] {
  const own = Object.keys(selfWords).filter((kind) => unit.includes(kind));
  if (own.length === 0) return [];
  const ownWords = new Set(own.flatMap((kind) => selfWords[kind] ?? []));
  const strange = [...new Set(Object.values(selfWords).flat())].filter((word) => !ownWords.has(word));
  if (!strange.some((word) => context.view.folded.includes(word))) return [];
  const spans = matchesOf(context, `(?<=${before})(?:${strange.map(literally).join('|')})`);
  return observed(
    spans.map((span) => context.locate.evidence(withWordsAfter(context.view.folded, span))),
    [...ownWords][0] ?? unit,
  );
}

/** Within a finding others may act; there only signs that say more than that count: all but the first of the list. */
const signsWhereOwn = (context: CheckContext, names: readonly string[]): readonly RuleMatch[] =>
  names.flatMap((sign, at) => signs(context, sign).filter((match) => at > 0 || isOutsideFindings(context, match)));

function otherKinds(
  context: CheckContext,
  unit: string,
  { bodies, kindSigns, kinds }: Named<'kindSigns'>,
): readonly Judgement[] {
  const own = withoutBody(unit, bodies);
  const strange = signsWhereOwn(context, kindSigns).filter(({ emits }) =>
    emits.some(({ name, span }) => {
      const words = name === 'kind' ? kinds[context.view.folded.slice(span.start, span.end)] : undefined;
      return words !== undefined && !words.some((word) => own.includes(word));
    }),
  );
  return observed(inOrder(strange).map(context.locate.evidence), own);
}

// ── Another unit ──────────────────────────────────────────────────────────────────────────────────────────────────

function otherUnits(
  context: CheckContext,
  rule: CheckRule,
  unit: string,
  { bodies, unitSigns, sorts, leaves, over, peers }: Named<'unitSigns'>,
): readonly Judgement[] {
  const own = withoutBody(unit, bodies);
  const ownBody = keyOf(bodies, unit)?.key;
  const isLeaf = leaves.some((end) => own.endsWith(end));
  const [isOver, isAbove] = testers(context.rules, rule, over, peers?.above);
  const isPeer = peers?.bodies.includes(ownBody ?? '') === true && !isAbove(own);
  /** Of its region, where neither is under the other: a hospital and a station; two with a 党组. */
  const isBeside = (other: string, body: string | undefined): boolean =>
    ((isLeaf && !isOver(other)) || (isPeer && body === ownBody)) && isOfRegion(other, own);
  const { folded } = context.view;
  const strange = signsWhereOwn(context, unitSigns).flatMap(({ emits }) =>
    emits.filter(({ name, span }) => {
      if (name !== 'unit') return false;
      const written = folded.slice(span.start, span.end).replace(/\s/gu, '');
      const other = withoutBody(written, bodies);
      const body = keyOf(bodies, written)?.key;
      const isOfSameSort = (!body || !ownBody || body === ownBody) && sameSort(other, own, sorts);
      return (isOfSameSort || isBeside(other, body)) && !isAbbreviation(other, own) && !isAbbreviation(own, other);
    }),
  );
  return observed(
    strange.map(({ span }) => context.locate.evidence(span)),
    unit,
  );
}

/** 松桥县农机站 and 县农机站 are of the region of 松桥县妇幼保健院; 农机站 says no region. */
function isOfRegion(other: string, own: string): boolean {
  const region = /^[\u4e00-\u9fff]{1,6}?[省市区县旗州盟]/u.exec(own)?.[0];
  return region !== undefined && (other.startsWith(region) || other.startsWith(region.slice(-1)));
}

const sameSort = (a: string, b: string, sorts: readonly string[]): boolean => {
  const [x, y] = [a.at(-1) ?? '', b.at(-1) ?? ''];
  return x === y || sorts.some((sort) => sort.includes(x) && sort.includes(y));
};

/** True where all of `short` stands in `long` in its order: 县住建局 in 某县住房和城乡建设局. */
function isAbbreviation(short: string, long: string): boolean {
  let at = 0;
  for (const character of long) if (character === short[at]) at += 1;
  return at >= short.length;
}
