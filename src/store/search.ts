/** Passages that hold all words of a query: found by the engine's full-text index, ranked and marked here alike. */
import type { Engine, Fragment } from './engine.js';
import { conditions, EVERYTHING } from './filter.js';
import { highlightsOf, queryTerms } from './passages.js';
import type { NoticeFilter, SearchHit, SearchResult } from './store.js';

/** Passages looked at for one search. */
const CANDIDATES = 1000;
/** Of so few notices each is searched by itself; where more are asked for, soon enough passages are found anywhere. */
const FEW_NOTICES = 2000;

interface PassageHit {
  readonly id: string;
  readonly source: string;
  readonly unit: string | null;
  readonly year: number | null;
  readonly line: number;
  readonly start_at: number;
  readonly end_at: number;
  readonly text: string;
}

function toHit(passage: PassageHit, terms: readonly string[]): SearchHit {
  const { id, source, unit, year, line, start_at, end_at, text } = passage;
  return {
    id,
    source,
    ...(unit === null ? {} : { unit }),
    ...(year === null ? {} : { year }),
    line,
    start: start_at,
    end: end_at,
    text,
    highlights: highlightsOf(text, terms),
  };
}

/** Most words for its length first; ties by source and position, so that the order never depends on who was stored first. */
function byMerit(a: SearchHit, b: SearchHit): number {
  const merit = ({ highlights, text }: SearchHit): number => highlights.length / Math.sqrt(text.length);
  return merit(b) - merit(a) || (a.source < b.source ? -1 : a.source > b.source ? 1 : a.start - b.start);
}

/** Ids of all that the conditions let through, where there are conditions and few notices. */
async function fewNotices(engine: Engine, { sql, values }: Fragment): Promise<readonly string[] | undefined> {
  if (sql === EVERYTHING) return undefined;
  const rows = await engine.all<{ id: string }>(
    `SELECT n.id FROM notices n WHERE ${sql} LIMIT ${FEW_NOTICES + 1}`,
    values,
  );
  return rows.length > FEW_NOTICES ? undefined : rows.map(({ id }) => id);
}

export async function searchPassages(
  engine: Engine,
  words: readonly string[],
  filter: NoticeFilter,
  limit: number,
): Promise<SearchResult> {
  const terms = queryTerms(words);
  if (terms.length === 0) return { hits: [], total: 0, more: false };
  const where = conditions(filter);
  const matching = engine.passagesWith(terms, await fewNotices(engine, where));
  const found = await engine.all<PassageHit>(
    `SELECT n.id, n.source, n.unit, n.year, p.line, p.start_at, p.end_at, p.text FROM ${matching.from}
     WHERE ${matching.where} AND ${where.sql} ORDER BY ${matching.order} LIMIT ${CANDIDATES + 1}`,
    [...matching.values, ...where.values],
  );
  const hits = found.slice(0, CANDIDATES).map((passage) => toHit(passage, terms));
  return { hits: hits.sort(byMerit).slice(0, limit), total: hits.length, more: found.length > CANDIDATES };
}
