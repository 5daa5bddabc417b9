/**
 * Numbers that sibling paragraphs state in the same words, one for each body or section (反馈问题29个, 反馈问题47个, …), against the
 * number that the notice states for all of them in those words.
 */
import type { Span } from '../model.js';
import { sumAgreement } from '../number/agreement.js';
import { abs, cmp, mul, rational, sub } from '../number/rational.js';
import { contains } from '../text.js';
import { isExact, spanAt, totalOf } from './arithmetic.js';
import { type Item, itemsOf } from './arithmetic-lists.js';
import type { CheckContext } from './kind.js';

export interface SiblingSum {
  readonly whole: Item;
  readonly parts: readonly Item[];
  readonly agrees: boolean;
}

/** Fewer paragraphs than these are no list. */
const FEWEST = 3;
/** More than these are not told of in one number. */
const MOST = 60;
/** Characters that the words of a number need for others to be in the same ones. */
const SHORTEST = 2;

/** Sums that hold, and those that come near a number in the same words and do not; `fillers` make no difference to words. */
export function siblingSums(context: CheckContext, fillers: readonly string[]): readonly SiblingSum[] {
  const items = itemsOf(context).filter(isExact);
  return context.extraction.sequences.flatMap(({ markers }) => {
    const paragraphs = markers.filter(({ inline }) => !inline).map(({ start }) => spanAt(context.view.blocks, start));
    return paragraphs.length < FEWEST || paragraphs.length > MOST ? [] : sumsOver(paragraphs, items, fillers);
  });
}

function sumsOver(
  paragraphs: readonly Span[],
  items: readonly Item[],
  fillers: readonly string[],
): readonly SiblingSum[] {
  const rows = paragraphs.map((paragraph) =>
    byWords(
      items.filter(({ quantity }) => contains(paragraph, quantity)),
      fillers,
    ),
  );
  const [first, ...others] = rows;
  if (first === undefined) return [];
  const groups = [...first].flatMap(([key, item]) => {
    const parts = [item, ...others.flatMap((row) => row.get(key) ?? [])];
    return parts.length === rows.length ? [{ words: key.split(' ')[0] ?? '', parts }] : [];
  });
  const [start, end] = [paragraphs[0]?.start ?? 0, paragraphs.at(-1)?.end ?? 0];
  const outside = items.filter(({ quantity }) => quantity.end <= start || quantity.start >= end);
  const matches = groups.flatMap(({ words, parts }) =>
    outside
      .filter((whole) => whole.quantity.unit === parts[0]?.quantity.unit && saidOf(whole, fillers).includes(words))
      .map((whole): SiblingSum => ({ whole, parts, agrees: agree(whole, parts) })),
  );
  const holding = matches.filter(({ agrees }) => agrees);
  const isTold = ({ whole, parts }: SiblingSum): boolean =>
    holding.some((held) => held.whole === whole || held.parts[0] === parts[0]);
  const failing = matches.filter((match) => !match.agrees && !isTold(match) && isNear(match));
  return [
    ...holding,
    ...failing.filter((match, at) => failing.findIndex(({ parts }) => parts[0] === match.parts[0]) === at),
  ];
}

/** The first number of each wording. */
function byWords(items: readonly Item[], fillers: readonly string[]): ReadonlyMap<string, Item> {
  const found = new Map<string, Item>();
  for (const item of items) {
    const words = plain(item.lead, fillers);
    const key = `${words} ${item.quantity.unit}`;
    if (words.length >= SHORTEST && !found.has(key)) found.set(key, item);
  }
  return found;
}

const saidOf = ({ lead, tail }: Item, fillers: readonly string[]): string => plain(lead + tail, fillers);

const plain = (text: string, fillers: readonly string[]): string =>
  fillers.reduce((left, filler) => left.replaceAll(filler, ''), text.replace(/[^\p{L}]/gu, ''));

const agree = (whole: Item, parts: readonly Item[]): boolean =>
  sumAgreement(
    whole.quantity,
    parts.map(({ quantity }) => quantity),
  ).agrees;

/** A tenth at most: else some of the parts are told of elsewhere. */
const isNear = ({ whole, parts }: SiblingSum): boolean =>
  cmp(mul(abs(sub(whole.quantity.value, totalOf(parts))), rational(10)), whole.quantity.value) <= 0;
