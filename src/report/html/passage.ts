/**
 * A notice's text with the words that checks, figures and findings rest on marked in it. Evidence may nest and overlap:
 * the text is cut at every boundary, and each piece knows all that it belongs to.
 */
import type { Block, CellPlace, Span } from '../../model.js';
import { type Html, html } from '../escape.js';

/** Words that something rests on. */
export interface Layer extends Span {
  /** Id that the words get, so that links can lead to them. */
  readonly id: string;
  /** Id of what rests on them: where a click on the words leads. */
  readonly owner: string;
  /** Style class: a standing, `figure` or `finding`. */
  readonly look: string;
  /** Shown while the pointer rests on the words. */
  readonly tip: string;
  /** Which look a piece takes that several layers cover: the lowest rank. */
  readonly rank: number;
}

interface Piece extends Span {
  /** What covers all of the piece, lowest rank first, the narrowest of a rank first. */
  readonly layers: readonly Layer[];
}

const byRank = (a: Layer, b: Layer): number => a.rank - b.rank || a.end - a.start - (b.end - b.start);

/** `range` cut at every boundary of `layers`; joined, the pieces give the range back. */
export function cutAtBoundaries(range: Span, layers: readonly Layer[]): readonly Piece[] {
  const inside = layers.filter((layer) => layer.start < range.end && layer.end > range.start);
  const clip = (at: number): number => Math.min(range.end, Math.max(range.start, at));
  const bounds = new Set([range.start, range.end, ...inside.flatMap((one) => [clip(one.start), clip(one.end)])]);
  const cuts = [...bounds].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, index) => {
    const end = cuts[index + 1] as number;
    const covering = inside.filter((layer) => layer.start < end && layer.end > start);
    return { start, end, layers: covering.sort(byRank) };
  });
}

/** `placed` holds the ids that earlier pieces carry: an id stands once, and its words are one stop of the tab key. */
function renderPiece(text: string, { start, end, layers }: Piece, placed: Set<string>): Html {
  const words = text.slice(start, end);
  const [first] = layers;
  if (first === undefined) return html`${words}`;
  const ids = layers.map((layer) => layer.id);
  const owners = [...new Set(layers.map((layer) => layer.owner))];
  const fresh = ids.filter((id) => !placed.has(id));
  for (const id of fresh) placed.add(id);
  const anchors = fresh.map((id) => html`<span id="${id}"></span>`);
  const tabIndex = fresh.includes(first.id) ? '0' : '-1';
  const link = html`<a href="#${first.owner}" title="${first.tip}" tabindex="${tabIndex}">${words}</a>`;
  return html`<mark class="${first.look}" data-ids="${ids.join(' ')}" data-owners="${owners.join(' ')}">${anchors}${link}</mark>`;
}

/** Lines of the text as paragraphs, where the source's own blocks are not at hand. */
function linesAsBlocks(text: string): readonly Block[] {
  const blocks: Block[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    if (line.trim() !== '') blocks.push({ kind: 'paragraph', start, end: start + line.length });
    start += line.length + 1;
  }
  return blocks;
}

interface CellGroup {
  readonly place: CellPlace;
  readonly blocks: readonly Block[];
}

/** Consecutive blocks: each by itself, but the cells of one table together. */
function groupTables(blocks: readonly Block[]): readonly (readonly Block[])[] {
  const groups: Block[][] = [];
  for (const block of blocks) {
    const last = groups.at(-1);
    if (block.cell !== undefined && last?.[0]?.cell?.table === block.cell.table) last.push(block);
    else groups.push([block]);
  }
  return groups;
}

function groupCells(blocks: readonly Block[]): readonly (readonly CellGroup[])[] {
  const rows = new Map<number, Map<number, { place: CellPlace; blocks: Block[] }>>();
  for (const block of blocks) {
    const place = block.cell as CellPlace;
    const row = rows.get(place.row) ?? new Map<number, { place: CellPlace; blocks: Block[] }>();
    const cell = row.get(place.column) ?? { place, blocks: [] };
    cell.blocks.push(block);
    row.set(place.column, cell);
    rows.set(place.row, row);
  }
  return [...rows.values()].map((row) => [...row.values()]);
}

export interface PassageOptions {
  readonly lineOf: (offset: number) => number;
  /** Prefix of the ids of lines. */
  readonly prefix: string;
}

/** The whole text, block by block, with `layers` marked. */
export function renderPassage(
  text: string,
  layers: readonly Layer[],
  { lineOf, prefix }: PassageOptions,
  blocks: readonly Block[] = linesAsBlocks(text),
): Html {
  const placed = new Set<string>();
  const words = (range: Span): readonly Html[] =>
    cutAtBoundaries(range, layers).map((piece) => renderPiece(text, piece, placed));
  const lines = new Set<number>();
  /** The first block of a line carries its id. */
  const lineId = ({ start }: Block): Html => {
    const line = lineOf(start);
    if (lines.has(line)) return html``;
    lines.add(line);
    return html` id="${prefix}L${line}"`;
  };
  const paragraph = (block: Block): Html =>
    html`<p class="${block.kind}"${lineId(block)} data-line="${lineOf(block.start)}">${words(block)}</p>`;
  const cell = ({ place, blocks: inside }: CellGroup): Html => {
    const parts = inside.map((block) => html`<p${lineId(block)}>${words(block)}</p>`);
    return html`<td rowspan="${place.rowSpan}" colspan="${place.columnSpan}">${parts}</td>`;
  };
  const group = (members: readonly Block[]): Html => {
    const [first] = members as [Block];
    if (first.cell === undefined) return paragraph(first);
    const rows = groupCells(members).map((row) => html`<tr>${row.map(cell)}</tr>`);
    return html`<div class="scroll"><table class="cells"><tbody>${rows}</tbody></table></div>`;
  };
  return html`${groupTables(blocks).map(group)}`;
}
