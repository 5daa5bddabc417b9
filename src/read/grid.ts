/** Ruled tables: from the lines drawn on a page to cells, merged ones included. */

/** A straight line, upright or level, in points from the page's upper left corner. */
export interface Rule {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

type Point = readonly [x: number, y: number];

/** A stroke thinner than this, in points, is a line; one shorter than that belongs to a drawing. */
const THIN = 2.5;
const SHORTEST = 6;

/** The upright and level lines of a path; a thin filled rectangle is one, too. Curves draw none. */
export function pathRules(
  steps: Iterable<{ readonly draw: 'move' | 'line' | 'close'; readonly to: Point }>,
): readonly Rule[] {
  const rules: Rule[] = [];
  let start: Point = [0, 0];
  let last = start;
  for (const { draw, to } of steps) {
    const point = draw === 'close' ? start : to;
    const [x0, x1] = [Math.min(last[0], point[0]), Math.max(last[0], point[0])];
    const [y0, y1] = [Math.min(last[1], point[1]), Math.max(last[1], point[1])];
    const straight = Math.min(x1 - x0, y1 - y0) < THIN && Math.max(x1 - x0, y1 - y0) > SHORTEST;
    if (draw !== 'move' && straight) rules.push({ x0, y0, x1, y1 });
    if (draw === 'move') start = point;
    last = point;
  }
  return rules;
}

export interface GridCell extends Rule {
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
}

/** A table's outer edges, its cells in reading order, and where its columns start. */
export interface Grid extends Rule {
  readonly cells: readonly GridCell[];
  readonly columns: readonly number[];
}

/** Lines nearer than this, in points, are one, and meet. */
const NEAR = 3;
/** Upright lines that go on for more than this, in points, hold one more row. */
const OPEN = 8;
/** More rules than this on a page draw a picture, not a table. */
const MOST_RULES = 2_000;

const isLevel = ({ x0, y0, x1, y1 }: Rule): boolean => Math.abs(y1 - y0) <= Math.abs(x1 - x0);

/** The tables that rules make: two cells at least. Rules that enclose nothing are left out. */
export function findGrids(rules: readonly Rule[]): readonly Grid[] {
  if (rules.length < 4 || rules.length > MOST_RULES) return [];
  return touching(rules).flatMap((group) => gridOf(group) ?? []);
}

/** Groups of rules that hang together. */
function touching(rules: readonly Rule[]): readonly (readonly Rule[])[] {
  const group = rules.map((_, index) => index);
  const root = (index: number): number => {
    let at = index;
    while (group[at] !== at) at = group[at] as number;
    return at;
  };
  for (const [index, rule] of rules.entries()) {
    for (let other = 0; other < index; other += 1) {
      const against = rules[other] as Rule;
      const meet =
        rule.x0 <= against.x1 + NEAR &&
        against.x0 <= rule.x1 + NEAR &&
        rule.y0 <= against.y1 + NEAR &&
        against.y0 <= rule.y1 + NEAR;
      if (meet) group[root(index)] = root(other);
    }
  }
  const groups = new Map<number, Rule[]>();
  for (const [index, rule] of rules.entries()) groups.set(root(index), [...(groups.get(root(index)) ?? []), rule]);
  return [...groups.values()];
}

/** Positions with those that are nearly the same taken together. */
function distinct(positions: readonly number[]): readonly number[] {
  const found: number[] = [];
  for (const position of [...positions].sort((a, b) => a - b)) {
    if (found.length === 0 || position - (found.at(-1) as number) > NEAR) found.push(position);
  }
  return found;
}

/** Where a page cuts a table, upright lines go on beyond the last level one: the row ends where they do. */
function openEnds(upright: readonly Rule[], level: readonly Rule[]): readonly number[] {
  const [top, bottom] = [Math.min(...level.map(({ y0 }) => y0)), Math.max(...level.map(({ y0 }) => y0))];
  const above = upright.map(({ y0 }) => y0).filter((y) => y < top - OPEN);
  const below = upright.map(({ y1 }) => y1).filter((y) => y > bottom + OPEN);
  return [...(above.length > 1 ? [Math.min(...above)] : []), ...(below.length > 1 ? [Math.max(...below)] : [])];
}

function gridOf(rules: readonly Rule[]): Grid | undefined {
  const level = rules.filter(isLevel);
  const upright = rules.filter((rule) => !isLevel(rule));
  const xs = distinct(upright.map(({ x0 }) => x0));
  const ys = distinct([...level.map(({ y0 }) => y0), ...openEnds(upright, level)]);
  const [rows, columns] = [ys.length - 1, xs.length - 1];
  if (rows < 1 || columns < 1 || rows * columns < 2) return undefined;

  const at = (positions: readonly number[], index: number): number => positions[index] as number;
  const middle = (positions: readonly number[], index: number): number =>
    (at(positions, index) + at(positions, index + 1)) / 2;
  const ruledRight = (row: number, column: number): boolean =>
    upright.some(
      ({ x0, y0, y1 }) => Math.abs(x0 - at(xs, column + 1)) <= NEAR && y0 <= middle(ys, row) && y1 >= middle(ys, row),
    );
  const ruledBelow = (row: number, column: number): boolean =>
    level.some(
      ({ y0, x0, x1 }) =>
        Math.abs(y0 - at(ys, row + 1)) <= NEAR && x0 <= middle(xs, column) && x1 >= middle(xs, column),
    );

  const taken = new Set<number>();
  const cells: GridCell[] = [];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      if (taken.has(row * columns + column)) continue;
      let columnSpan = 1;
      while (column + columnSpan < columns && !ruledRight(row, column + columnSpan - 1)) columnSpan += 1;
      let rowSpan = 1;
      while (row + rowSpan < rows && !ruledBelow(row + rowSpan - 1, column)) rowSpan += 1;
      for (let r = row; r < row + rowSpan; r += 1) {
        for (let c = column; c < column + columnSpan; c += 1) taken.add(r * columns + c);
      }
      cells.push({
        row,
        column,
        rowSpan,
        columnSpan,
        x0: at(xs, column),
        y0: at(ys, row),
        x1: at(xs, column + columnSpan),
        y1: at(ys, row + rowSpan),
      });
    }
  }
  const box = { x0: at(xs, 0), y0: at(ys, 0), x1: at(xs, columns), y1: at(ys, rows) };
  return cells.length < 2 ? undefined : { ...box, cells, columns: xs.slice(0, -1) };
}
