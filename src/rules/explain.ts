/** Why a rule fired, and why it did not: how far its pattern came, and which guard stopped it. */
import type { Span } from '../model.js';
import type { CompiledPattern, PatternRule } from './load.js';
import { guardHolds, matchRule, piecesOf, type RuleMatch } from './match.js';
import { parse } from './pattern.js';
import { TOPICS } from './schema.js';
import type { View } from './view.js';

/** What stopped a pattern in a piece of text. */
export type Obstacle =
  | { readonly kind: 'literal'; readonly anyOf: readonly string[] }
  | { readonly kind: 'pattern'; readonly matched: string; readonly stoppedBefore: string }
  | { readonly kind: 'unless'; readonly pattern: string }
  | { readonly kind: 'guard'; readonly capture: string; readonly written: string };

export interface Attempt {
  readonly piece: Span;
  readonly pattern: string;
  readonly obstacle: Obstacle;
}

export interface Explanation {
  readonly matches: readonly RuleMatch[];
  /** For each pattern, in each piece of text that overlaps `at` and where the rule says nothing. */
  readonly attempts: readonly Attempt[];
}

export function explain(rule: PatternRule, view: View, at: Span | undefined): Explanation {
  const matches = matchRule(rule, view);
  if (at === undefined) return { matches, attempts: [] };
  const pieces = piecesOf(view, rule.scope).filter((piece) => piece.start < at.end && at.start < piece.end);
  const silent = pieces.filter(
    (piece) => !matches.some((match) => match.start >= piece.start && match.end <= piece.end),
  );
  return {
    matches,
    attempts: silent.flatMap((piece) =>
      rule.patterns.map((pattern) => ({
        piece,
        pattern: pattern.written,
        obstacle: obstacleOf(rule, pattern, view, piece),
      })),
    ),
  };
}

function obstacleOf(rule: PatternRule, pattern: CompiledPattern, view: View, piece: Span): Obstacle {
  const text = view[TOPICS[rule.topic].view].slice(piece.start, piece.end);
  const absent = pattern.required.find(({ anyOf }) => !anyOf.some((literal) => text.includes(literal)));
  if (absent !== undefined) return { kind: 'literal', anyOf: absent.anyOf };
  pattern.regex.lastIndex = 0;
  const hit = pattern.regex.exec(text);
  if (hit === null) return furthest(pattern.regex.source, text);
  const barrier = rule.unless.find(({ regex }) => text.search(regex) >= 0);
  for (const { name, number } of pattern.captures) {
    const guard = rule.where.get(name);
    const range = hit.indices?.[number];
    if (guard === undefined || range === undefined) continue;
    const span = { start: piece.start + range[0], end: piece.start + range[1] };
    if (!guardHolds(guard, view, span))
      return { kind: 'guard', capture: name, written: view.text.slice(span.start, span.end) };
  }
  return { kind: 'unless', pattern: barrier?.source ?? '' };
}

/** The longest beginning of a pattern that still matches, element by element. */
function furthest(source: string, text: string): Obstacle {
  const [alternative] = parse(source).alternatives;
  const elements = alternative?.elements ?? [];
  for (let count = elements.length - 1; count > 0; count -= 1) {
    const end = elements[count - 1]?.end ?? 0;
    const hit = new RegExp(source.slice(0, end)).exec(text);
    if (hit !== null && hit[0] !== '')
      return { kind: 'pattern', matched: hit[0], stoppedBefore: elements[count]?.raw ?? '' };
  }
  return { kind: 'pattern', matched: '', stoppedBefore: elements[0]?.raw ?? source };
}
