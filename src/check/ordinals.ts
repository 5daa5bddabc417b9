/**
 * Ordinal marks of one list: gaps, repeats, wrong order and beginnings, damaged marks, and styles that change. A list that
 * goes on after a heading or starts anew is in order, and a mark that stands in the text though no rule read it is no gap.
 */
import { z } from 'zod';
import { fold } from '../fold.js';
import type { Marker, OutlineNode, Span } from '../model.js';
import type { View } from '../rules/view.js';
import { contains } from '../text.js';
import { spanAt } from './arithmetic.js';
import type { CheckContext, CheckKind, Judgement } from './kind.js';
import { openingOf } from './wording.js';
import { writeOrdinal } from './wording-ordinal.js';

const parameters = z.strictObject({
  /** What to look at: the count of each list, marks that are damaged, or the widths and styles of marks. */
  look: z.enum(['count', 'faults', 'style']),
  /** Styles whose marks do not count strictly (首先, 最后). */
  loose: z.array(z.string()).default([]),
  /** Styles of which a list may stand within an item of another. */
  nesting: z.array(z.string()).default([]),
  /** Prepositions that are units, too: a digit before one of them counts nothing (二是2对). */
  prepositions: z.array(z.string()).default([]),
});
type OrdinalParameters = z.infer<typeof parameters>;

export const ordinals: CheckKind<OrdinalParameters> = {
  kind: 'ordinals',
  parameters,
  run: (context, _rule, { look, loose, nesting, prepositions }) => {
    switch (look) {
      case 'count': {
        const nested = nestedIn(context, loose, nesting);
        return [
          ...nested.map(([outer, marker]) => nestedJudgement(context, outer, marker)),
          ...listsOf(context, loose).flatMap((list) =>
            judgeList(
              context,
              list,
              nested.map(([, marker]) => marker),
            ),
          ),
        ];
      }
      case 'faults':
        return judgeFaults(context, prepositions);
      case 'style':
        return judgeStyle(context);
    }
  },
};

// ── Lists ─────────────────────────────────────────────────────────────────────────────────────────────────────────

interface List {
  readonly style: string;
  readonly markers: Marker[];
  readonly within: Span;
  /** Earlier list of the same style that has ended: this one may go on with it. */
  readonly before: readonly List[];
}

/** A number further from the one before than this is no mark of the list but a number that was taken for one. */
const FURTHEST = 3;
/** A list goes on from one of the last so many of its style, if it does; a text of nothing but marks is not read on and on. */
const LISTS_BACK = 100;

/** Lists as a reader counts them: stretches of one list that stand apart are joined. */
function listsOf({ extraction, view }: CheckContext, loose: readonly string[]): readonly List[] {
  const byStyle = new Map<string, List[]>();
  const all: List[] = [];
  for (const { style, markers, within } of extraction.sequences) {
    const [first] = markers;
    if (first === undefined || loose.includes(style)) continue;
    const earlier = (byStyle.get(style) ?? []).slice(-LISTS_BACK);
    const block = spanAt(view.blocks, first.start);
    const goesOn = earlier.findLast((list) => {
      const last = list.markers.at(-1) as Marker;
      return last.value + 1 === first.value || (last.start >= block.start && first.inline && first.value > last.value);
    });
    if (goesOn !== undefined && first.value > 1) {
      goesOn.markers.push(...markers);
      continue;
    }
    const list = { style, markers: [...markers], within, before: earlier };
    byStyle.set(style, [...earlier, list]);
    all.push(list);
  }
  return all;
}

/** A mark that counts one again within the item of its own style that is one, 一 in 一: it was to be two. */
function nestedIn(
  { extraction }: CheckContext,
  loose: readonly string[],
  nesting: readonly string[],
): readonly (readonly [Marker, Marker])[] {
  const alone = extraction.sequences.flatMap(({ style, markers: [first, second] }) =>
    first?.value === 1 && second === undefined && !first.inline && !loose.includes(style) ? [first] : [],
  );
  // Some styles nest within themselves; of these, one is only missed where the outer list goes on with three.
  const isMissed = (outer: Marker): boolean =>
    !nesting.includes(outer.style) ||
    extraction.sequences.some(({ markers }) =>
      markers.some(({ start }, at) => start === outer.start && markers[at + 1]?.value === outer.value + 2),
    );
  const outerOf = (nodes: readonly OutlineNode[], marker: Marker, found?: Marker): Marker | undefined => {
    const node = nodes.find(({ span }) => span.start <= marker.start && marker.start < span.end);
    if (node === undefined || node.marker?.start === marker.start) return found;
    return outerOf(node.children, marker, node.marker?.style === marker.style ? node.marker : found);
  };
  return alone.flatMap((marker) => {
    const outer = outerOf(extraction.outline, marker);
    return outer?.value === 1 && isMissed(outer) ? [[outer, marker] as const] : [];
  });
}

const nestedJudgement = (context: CheckContext, outer: Marker, marker: Marker): Judgement =>
  judgement(context, 'misnumbered', [outer, marker], {
    stated: marker.label,
    expected: writeOrdinal(outer.value + 1, marker.label),
  });

function judgeList(context: CheckContext, list: List, told: readonly Marker[]): readonly Judgement[] {
  const { markers } = list;
  if (markers.length < 2) return [];
  const slip = singleSlip(list);
  if (slip !== undefined) return [slipJudgement(context, list, slip)];
  return [
    ...wrongStart(context, list),
    ...markers.slice(1).flatMap((marker, at) => step(context, list, at, marker, told)),
  ];
}

/** Index of the one mark that another number would put right: 一 二 三 四 四 六. */
function singleSlip({ markers }: List): number | undefined {
  const first = (markers[0] as Marker).value;
  const wrong = markers.flatMap(({ value }, at) => (value === first + at ? [] : [at]));
  const [at] = wrong;
  return wrong.length === 1 && at !== undefined && at < markers.length - 1 ? at : undefined;
}

function slipJudgement(context: CheckContext, { markers }: List, at: number): Judgement {
  const marker = markers[at] as Marker;
  const expected = writeOrdinal((markers[0] as Marker).value + at, marker.label);
  const same = markers.find((other) => other !== marker && other.value === marker.value);
  return judgement(context, 'misnumbered', [...(same === undefined ? [] : [same]), marker], {
    stated: marker.label,
    expected,
  });
}

function wrongStart(context: CheckContext, { markers, within }: List): readonly Judgement[] {
  const [first, second] = markers as [Marker, Marker];
  if (first.value !== 2 || first.inline || second.value !== 3) return [];
  const expected = writeOrdinal(1, first.label);
  // The first may stand behind words that announce the list: 说明：一、….
  const before = context.view.folded.slice(within.start, first.start).split(/[\n:：。]/u);
  if (before.some((part) => beginsWith(part.trimStart(), fold(expected)))) return [];
  const heading = unmarkedBefore(context, first) ?? firstShortBlock(context, first);
  return [
    {
      verdict: 'observed',
      mode: 'missing',
      stated: first.label,
      expected,
      evidence: [context.locate.evidence(heading ?? openingOf(context.view, first))],
      values: { label: first.label, missing: expected, problem: 'missing' },
    },
  ];
}

/** True where a stretch begins with a mark, and not with a word that begins like it (一是). */
const beginsWith = (stretch: string, mark: string): boolean =>
  stretch.startsWith(mark) && !/^\p{L}/u.test(stretch.slice(mark.length));

function step(
  context: CheckContext,
  list: List,
  at: number,
  marker: Marker,
  told: readonly Marker[],
): readonly Judgement[] {
  const previous = list.markers[at] as Marker;
  const jump = marker.value - previous.value;
  if (jump === 1) return [];
  // A list within an item was counted on: the mark belongs to the outer list, which goes on.
  const outer = list.before.some(
    (other) => (other.markers.at(-1) as Marker).value + 1 === marker.value && touches(context, other, previous),
  );
  if (outer) return [];
  if (jump > 1) {
    const missing = Array.from({ length: jump - 1 }, (_, index) => previous.value + index + 1);
    const between = { start: previous.end, end: marker.start };
    if (jump === 2 && told.some(({ style, ...other }) => style === marker.style && contains(between, other))) return [];
    if (jump > FURTHEST || missing.some((value) => standsBetween(context, value, marker, between))) return [];
    const labels = missing.map((value) => writeOrdinal(value, marker.label)).join('、');
    const heading = missing.length === 1 ? unmarkedBefore(context, marker, previous) : undefined;
    return [judgement(context, 'gap', [previous, marker], { expected: labels, stated: marker.label }, heading)];
  }
  if (marker.value <= 1) return [];
  const same = list.markers.slice(0, at + 1).find(({ value }) => value === marker.value);
  if (same === undefined && -jump > FURTHEST) return [];
  const expected = writeOrdinal(previous.value + 1, marker.label);
  return [
    judgement(context, same === undefined ? 'order' : 'repeat', [same ?? previous, marker], {
      expected,
      stated: marker.label,
    }),
  ];
}

const touches = ({ view }: CheckContext, { markers }: List, marker: Marker): boolean =>
  spanAt(view.blocks, (markers.at(-1) as Marker).start).start === spanAt(view.blocks, marker.start).start;

function judgement(
  context: CheckContext,
  mode: string,
  markers: readonly Marker[],
  { stated, expected }: { readonly stated: string; readonly expected: string },
  heading?: Span,
): Judgement {
  const places = [
    ...markers.map((marker) => openingOf(context.view, marker)),
    ...(heading === undefined ? [] : [heading]),
  ];
  return {
    verdict: 'observed',
    mode,
    stated,
    expected,
    evidence: places.map(context.locate.evidence),
    values: { problem: mode },
  };
}

/** True where the missing mark stands in the text, written like `marker`: then it was there, but not read as one. */
function standsBetween({ view }: CheckContext, value: number, marker: Marker, { start, end }: Span): boolean {
  const isBracketed = marker.label.includes('）') || marker.label.includes(')');
  const number = writeOrdinal(value, marker.label.replace(/[（()）]/gu, ''));
  const lead = view.folded.slice(marker.start, view.text.indexOf(marker.label, marker.start)).replace(/[^\p{L}]/gu, '');
  const before = marker.inline ? '(?:^|[^\\p{L}\\p{N}.“])' : `(?:^\\s*|[。；])${lead}${isBracketed ? '（?' : ''}`;
  const word = endsInWord(view, marker) ? view.folded.charAt(marker.end - 1) : undefined;
  const after = isBracketed ? '）' : word === undefined ? '[、.．,，：:\\s]' : `[${word}、]`;
  return new RegExp(`${before}${number}${after}`, 'mu').test(view.folded.slice(Math.max(0, start - 1), end));
}

/** True for 一是 and 二要: a word stands between the number and the text. */
const endsInWord = ({ folded }: View, { start, end, label }: Marker): boolean =>
  /\p{L}$/u.test(folded.slice(start, end)) && !folded.slice(start, end).endsWith(label);

/** The heading without a mark that stands where the missing one would: right before `marker` and after `after`. */
function unmarkedBefore(
  { extraction: { outline }, view }: CheckContext,
  marker: Marker,
  after?: Marker,
): Span | undefined {
  const siblings = levelOf(outline, marker);
  const own = siblings.findIndex((node) => node.marker?.start === marker.start);
  const before = siblings.slice(0, own).filter(({ span }) => after === undefined || span.start > after.start);
  const bare = before.filter(({ marker: mark, role }) => mark === undefined && !EDGES.has(role));
  const heading =
    bare.findLast(({ children }) => children.length > 0) ?? bare.findLast((node) => isShort(view, node.heading));
  return heading?.heading;
}

/** The first short line after the title, where the outline does not know it as a heading. */
function firstShortBlock({ extraction: { outline }, view }: CheckContext, marker: Marker): Span | undefined {
  const from = outline.findLast(({ role }) => role === 'title')?.span.end ?? 0;
  return view.blocks.find(
    ({ start, end }) =>
      start >= from &&
      end <= marker.start &&
      isShort(view, { start, end }) &&
      !/^[\p{N}（(]/u.test(view.text.charAt(start)),
  );
}

const LONGEST_HEADING = 40;

const isShort = ({ folded }: View, { start, end }: Span): boolean =>
  end - start <= LONGEST_HEADING && !/[。；：]/u.test(folded.slice(start, end));

const EDGES: ReadonlySet<string> = new Set(['title', 'lead', 'closing']);

function levelOf(nodes: readonly OutlineNode[], marker: Marker): readonly OutlineNode[] {
  if (nodes.some((node) => node.marker?.start === marker.start)) return nodes;
  return nodes.flatMap((node) =>
    node.span.start <= marker.start && marker.start < node.span.end ? levelOf(node.children, marker) : [],
  );
}

// ── Faults and styles of marks ────────────────────────────────────────────────────────────────────────────────────

/** Damaged marks, one result for each sort of damage to each style. */
function judgeFaults(context: CheckContext, prepositions: readonly string[]): readonly Judgement[] {
  const groups = new Map<string, Marker[]>();
  for (const marker of context.extraction.sequences.flatMap(({ markers }) => markers)) {
    const fault = faultOf(context, marker, prepositions);
    if (fault === undefined) continue;
    const group = `${fault} ${marker.style}`;
    groups.set(group, [...(groups.get(group) ?? []), marker]);
  }
  return [...groups].map(([group, markers]) => {
    const [fault = ''] = group.split(' ');
    return {
      verdict: 'observed',
      mode: fault,
      stated: markers.map(({ label }) => label).join('、'),
      evidence: markers.map((marker) => context.locate.evidence(openingOf(context.view, marker))),
      values: { problem: fault },
    };
  });
}

const DOUBLED = /[）、.．：][、.．：]$/u;

function faultOf({ view }: CheckContext, marker: Marker, prepositions: readonly string[] = []): string | undefined {
  const { fault, start, end } = marker;
  if (fault !== undefined) return fault;
  if (DOUBLED.test(view.folded.slice(start, end).trimEnd())) return 'separatorDoubled';
  return endsInWord(view, marker) && hasStrayDigit(view, end, prepositions) ? 'strayDigit' : undefined;
}

/** One digit right after a mark that counts nothing: 二是2加强, not 二是2名干部. */
const hasStrayDigit = (view: View, at: number, prepositions: readonly string[]): boolean =>
  /^[0-9](?=[\u4e00-\u9fff])/u.test(view.folded.slice(at, at + 2)) &&
  view.dateAt(at) === undefined &&
  ['', ...prepositions].includes(view.quantityAt(at)?.unit ?? '');

/** Marks of one style that are written differently in one notice. */
function judgeStyle(context: CheckContext): readonly Judgement[] {
  const byStyle = new Map<string, Map<string, Marker>>();
  for (const { style, markers } of context.extraction.sequences) {
    if (markers.length < 2) continue;
    for (const marker of markers) {
      // Headings and items inside a paragraph are different levels, whatever their style.
      const level = `${style} ${marker.inline}`;
      const forms = byStyle.get(level) ?? new Map<string, Marker>();
      byStyle.set(level, forms);
      if (faultOf(context, marker) !== undefined) continue;
      const form = formOf(context, marker);
      if (!forms.has(form)) forms.set(form, marker);
    }
  }
  return [...byStyle.values()].flatMap((forms): readonly Judgement[] => {
    if (forms.size < 2) return [];
    const markers = [...forms.values()].sort((a, b) => a.start - b.start);
    return [
      {
        verdict: 'observed',
        mode: 'style',
        stated: [...forms.keys()].join(' '),
        evidence: markers.map((marker) => context.locate.evidence(openingOf(context.view, marker))),
        values: { problem: 'style' },
      },
    ];
  });
}

/** What is around the number: `()`, `（）`, `.`, `．`. */
const formOf = ({ view }: CheckContext, { start, end }: Marker): string =>
  view.text
    .slice(start, end)
    .replace(/[\p{L}\p{N}\s]/gu, '')
    .slice(0, 2);
