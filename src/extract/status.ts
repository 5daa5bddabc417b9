/** What a stretch of text says of how far things have come. */
import type { Span, Status } from '../model.js';
import type { RuleSet } from '../rules/load.js';
import { matchWithin, type RuleMatch } from '../rules/match.js';
import type { View } from '../rules/view.js';
import { markTest, onceFor, spanKey, trimSpan } from '../text.js';

export interface StatusReading {
  readonly status: Status;
  readonly span?: Span;
  readonly weight?: 'whole' | 'mention';
  /** The text says nothing but its status (已完成。). */
  readonly isOnlyStatus: boolean;
}

const endsClause = markTest('，。；：！？\n\t');
/** Words that a clause of status may carry besides: 目前, 截至2023年底. */
const SLACK = 6;
/** A clause with a figure says more than a status. */
const HAS_QUANTITY = /[\ue001-\ue007]/;
/** The same for a clause that says no status at all, after a label: 2024年3月底前完成，已完成. */
const BARE_SLACK = 4;

/** So few words tell no act: 能查了，已完成. */
const SHORTEST_ACT = 3;

const UNSTATED: StatusReading = { status: 'unstated', isOnlyStatus: false };

/**
 * What `span` says; the same span may be asked for again and again.
 * @param afterLabel the text stands after a label such as 整改状态：, so bare words count
 */
export function readStatus(rules: RuleSet, view: View, span: Span, afterLabel = false): StatusReading {
  const known = readings(view);
  const key = spanKey(span) * 2 + (afterLabel ? 1 : 0);
  let reading = known.get(key);
  if (reading === undefined) {
    reading = read(rules, view, span, afterLabel);
    known.set(key, reading);
  }
  return reading;
}

/** Of one view, by their spans and whether they stand after a label; a view is read by one set of rules. */
const readings = onceFor((_view: View) => new Map<number, StatusReading>());

/** A box, ticked or not, each before its word or each behind it: ☑已完成 □推进中; [√]已完成 [ ]推进中; 已完成（√）推进中（　）. */
const BOX = /[〔（【] {0,2}[√✓✔vVxX×]? {0,2}[〕）】]|[☑☒√✓✔■●☐□○]/gu;
const TICKED = /[√✓✔☑☒■●vVxX]/u;

/** Where boxes offer several words, the ticked one. */
function tickedIn(view: View, span: Span): Span | undefined {
  const text = view.folded.slice(span.start, span.end);
  if (!TICKED.test(text)) return undefined;
  const boxes = [...text.matchAll(BOX)];
  const ticked = boxes.filter(({ 0: box }) => TICKED.test(box));
  const [only] = ticked;
  if (boxes.length < 2 || ticked.length !== 1 || only === undefined) return undefined;
  const at = boxes.indexOf(only);
  const isBefore = text.slice(0, boxes[0]?.index).trim() === '';
  const edge = (index: number): number => {
    const box = boxes[index];
    return box === undefined ? (isBefore ? text.length : 0) : isBefore ? box.index : box.index + box[0].length;
  };
  const option = isBefore
    ? { start: only.index + only[0].length, end: edge(at + 1) }
    : { start: edge(at - 1), end: only.index };
  return trimSpan(view.folded, { start: span.start + option.start, end: span.start + option.end });
}

function read(rules: RuleSet, view: View, whole: Span, afterLabel: boolean): StatusReading {
  const span = tickedIn(view, whole) ?? whole;
  const clauses = clausesOf(view, span).map((clause, at, all) => {
    const best = bestMatch(rules, view, clause);
    const match = best?.set.place === 'label' && !afterLabel ? undefined : best;
    const isOfParts = match !== undefined && speaksOfParts(rules, view, match, clause, all[at - 1]);
    return { clause, match: isOfParts ? undefined : match };
  });
  const said = clauses.filter(({ match }) => match?.set.status !== undefined);
  // 已完成，长期坚持: the first word tells how far it has come, the second what goes on.
  const chosen = said.find(({ match }) => match?.set.status !== 'longTerm') ?? said[0];
  if (chosen?.match === undefined) return UNSTATED;
  const isOnlyStatus =
    (afterLabel || span.end - span.start <= 60) &&
    clauses.every(({ clause, match }, at) => {
      if (at > 0 && chosen.match?.set.status === 'ongoing' && isRemainder(rules, view, clause)) return true;
      const length = inkOf(view, clause);
      const saysMore = !afterLabel && HAS_QUANTITY.test(view.masked.slice(clause.start, clause.end));
      if (match !== undefined) return !saysMore && length - inkOf(view, match) <= SLACK;
      return !saysMore && (afterLabel ? length <= BARE_SLACK : isLead(rules, view, clause));
    });
  return {
    status: chosen.match.set.status as Status,
    span: { start: chosen.match.start, end: chosen.match.end },
    weight: chosen.match.set.weight === 'mention' ? 'mention' : 'whole',
    isOnlyStatus: isOnlyStatus && chosen.match.set.weight !== 'mention',
  };
}

/** 正在推进，尚有1户未到: what is left of the finding. */
const isRemainder = (rules: RuleSet, view: View, { start, end }: Span): boolean => {
  const written = view.folded.slice(start, end);
  return (rules.lists.get('REMAINDER_LEADS') ?? []).some((lead) => written.startsWith(lead));
};

/** 排查隐患47处，全部整改: the status is that of the parts that the clause before counts, not of the finding. */
function speaksOfParts(rules: RuleSet, view: View, match: Span, clause: Span, before: Span | undefined): boolean {
  if (before === undefined || wordsOf(view, { start: clause.start, end: match.start }) !== '') return false;
  const written = view.masked.slice(before.start, before.end);
  return HAS_QUANTITY.test(written) && (rules.lists.get('FOUND_WORDS') ?? []).some((word) => written.includes(word));
}

/** Characters of `span` that are neither punctuation nor a date or number. */
const wordsOf = (view: View, span: Span): string =>
  view.masked.slice(span.start, span.end).replace(/[^\u4e00-\u9fffA-Za-z]/g, '');

const inkOf = (view: View, span: Span): number => wordsOf(view, span).length;

/** True for a clause that but leads up to a status: 目前， 截至2023年底，; what is 已调账 was done. */
const isLead = (rules: RuleSet, view: View, clause: Span): boolean => {
  const words = wordsOf(view, clause);
  const list = (name: string): readonly string[] => rules.lists.get(name) ?? [];
  const done = list('DONE_MARKS').find((mark) => words.startsWith(mark));
  const tail = words.slice(done?.length);
  const isAct = done !== undefined && tail.length > 1 && !list('STATE_TAILS').includes(tail);
  return (words.length <= SHORTEST_ACT && !isAct) || list('STATUS_LEADS').includes(words);
};

/** The status that a measure states of itself, in its last clauses. */
export function statusOfItem(rules: RuleSet, view: View, item: Span): Status {
  const reading = readStatus(rules, view, item);
  return reading.weight === 'whole' ? reading.status : 'unstated';
}

function clausesOf(view: View, span: Span): readonly Span[] {
  const clauses: Span[] = [];
  const isEnd = (at: number): boolean => endsClause(view.folded.charCodeAt(at));
  let at = span.start;
  while (at < span.end && isEnd(at)) at += 1;
  while (at < span.end) {
    const start = at;
    while (at < span.end && !isEnd(at)) at += 1;
    while (at < span.end && isEnd(at)) at += 1;
    clauses.push({ start, end: at });
  }
  return clauses;
}

function bestMatch(rules: RuleSet, view: View, clause: Span): RuleMatch | undefined {
  return matchWithin(rules, 'statuses', view, clause).reduce<RuleMatch | undefined>(
    (best, match) => (best === undefined || match.rule.priority > best.rule.priority ? match : best),
    undefined,
  );
}
