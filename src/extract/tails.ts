/**
 * Brackets and lines that say without labels who answers, until when and how far things are: 【绿化科；李丹；9月底前；已销号】, a line
 * 李丹（绿化科）　9月底前　√.
 */
import type { Span } from '../model.js';
import type { RuleSet } from '../rules/load.js';
import type { View } from '../rules/view.js';
import { allMatches, contains, trimSpan } from '../text.js';
import { grammarOf, readRoster } from './roster.js';
import { readStatus } from './status.js';

export interface TailPart extends Span {
  readonly role: 'responsibles' | 'deadline' | 'status';
}

export interface Tail extends Span {
  readonly parts: readonly TailPart[];
}

const LONGEST = 80;
const BRACKETED = /[（〔【][^（）〔〕【】\n]{6,80}[）〕】]/gu;
/** A line in which gaps or bars stand between its parts, after a sign. */
const LINE = /^[^\u4e00-\u9fff\n]{0,4}(?=[^\n]{2,40}(?: |[｜|]))/u;
const PART = /[^；，｜|\s]+/gu;
/** What a day that is a limit ends in, and no day on which something was. */
const LIMIT = /前|底|内|完成|止/u;
const MOST_BESIDE = 6;

const tailsOfView = new WeakMap<View, readonly Tail[]>();

/** In text order. */
export function tailsOf(rules: RuleSet, view: View): readonly Tail[] {
  const known = tailsOfView.get(view);
  if (known !== undefined) return known;
  const tails = view.blocks.flatMap((block) => {
    if (block.cell !== undefined || block.kind === 'footnote') return [];
    const written = view.folded.slice(block.start, block.end);
    const inside = allMatches(written, BRACKETED).map(({ index, 0: bracket }) => ({
      span: { start: block.start + index, end: block.start + index + bracket.length },
      inner: { start: block.start + index + 1, end: block.start + index + bracket.length - 1 },
    }));
    const lead = written.length <= LONGEST ? LINE.exec(written) : null;
    const line = lead === null ? [] : [{ span: block, inner: { start: block.start + lead[0].length, end: block.end } }];
    return [...line, ...inside].flatMap(({ span, inner }) => {
      const parts = partsOf(rules, view, inner);
      return parts === undefined ? [] : [{ start: span.start, end: span.end, parts }];
    });
  });
  tailsOfView.set(view, tails);
  return tails;
}

/** The parts, where each is one of the three, somebody answers and there is a limit or a status. */
function partsOf(rules: RuleSet, view: View, span: Span): readonly TailPart[] | undefined {
  const written = view.folded.slice(span.start, span.end);
  const spans = allMatches(written, PART).map(({ index, 0: part }) =>
    trimSpan(view.text, { start: span.start + index, end: span.start + index + part.length }, '。'),
  );
  if (spans.length < 2 || /[：:]/u.test(written)) return undefined;
  // What costs least is asked first: most brackets hold no limit and no status.
  const terms = spans.map((part) => termOf(rules, view, part));
  if (terms.every((role) => role === undefined)) return undefined;
  const parts = spans.flatMap((part, at): readonly TailPart[] => {
    const role = terms[at] ?? (isRoster(rules, view, part) ? 'responsibles' : undefined);
    return role === undefined ? [] : [{ start: part.start, end: part.end, role }];
  });
  const isWhole = parts.length === spans.length && parts.some(({ role }) => role === 'responsibles');
  return isWhole ? parts : undefined;
}

function termOf(rules: RuleSet, view: View, part: Span): 'deadline' | 'status' | undefined {
  const date = view.dates.find((each) => contains(part, each));
  if (date !== undefined) {
    const beside = part.end - part.start - (date.end - date.start);
    return beside <= MOST_BESIDE && LIMIT.test(view.folded.slice(part.start, part.end)) ? 'deadline' : undefined;
  }
  return readStatus(rules, view, part, true).isOnlyStatus ? 'status' : undefined;
}

function isRoster(rules: RuleSet, view: View, part: Span): boolean {
  const { members, complete } = readRoster(view, grammarOf(rules), part, 'any');
  return complete && members.length > 0;
}
