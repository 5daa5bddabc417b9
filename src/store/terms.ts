/**
 * Statistics of words over the titles of all notices, kept up to date: whoever adds or takes away notices counts what that
 * changes, within the same transaction. At any time the counts are those that counting all titles anew would give.
 */
import { marks, type Session, type Writer } from './engine.js';
import { joinRows, packRows } from './packing.js';
import type { ComparableTitle, TermCounts } from './store.js';

/** Values in one statement, below every engine's limit. */
const AT_ONCE = 250;

function* pieces<T>(values: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < values.length; at += AT_ONCE) yield values.slice(at, at + AT_ONCE);
}

/** What a transaction does to the titles of notices. */
export interface TitleChanges {
  readonly added: readonly ComparableTitle[];
  readonly removed: readonly ComparableTitle[];
}

/** Takes away the titles of notices that are to be replaced or forgotten. */
export async function removeTitles(writer: Writer, ids: readonly string[]): Promise<readonly ComparableTitle[]> {
  const removed: ComparableTitle[] = [];
  for (const some of pieces(ids)) {
    const rows = await writer.all<ComparableTitle>(
      `DELETE FROM titles WHERE notice IN (${marks(some)}) RETURNING title, words`,
      some,
    );
    removed.push(...rows);
  }
  return removed;
}

export async function insertTitles(
  writer: Writer,
  notices: readonly { readonly id: string; readonly titles: readonly ComparableTitle[] }[],
): Promise<readonly ComparableTitle[]> {
  const rows = joinRows(
    notices.map(({ id, titles }) =>
      packRows(
        'titles',
        titles.map((one) => ({ notice: id, ...one })),
      ),
    ),
  );
  if (rows !== undefined) await writer.insert('titles', rows);
  return notices.flatMap(({ titles }) => titles);
}

/** Notices that have each title now, counted no further than `most`. */
async function noticesWith(
  writer: Writer,
  titles: readonly string[],
  most: number,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const some of pieces(titles)) {
    const rows = await writer.all<{ title: string; notices: number }>(
      `WITH given (title) AS (VALUES ${some.map(() => '(?)').join(', ')})
       SELECT given.title, CAST((SELECT COUNT(*) FROM
         (SELECT 1 FROM titles t WHERE t.title = given.title LIMIT ${most}) AS found) AS INTEGER) AS notices FROM given`,
      some,
    );
    for (const { title, notices } of rows) counts.set(title, notices);
  }
  return counts;
}

/** Counts what a transaction changed. Its last step: all who count take turns until they end. */
export async function countTerms(writer: Writer, { added, removed }: TitleChanges): Promise<void> {
  const changes = new Map<string, { readonly words: string; by: number }>();
  const note = (titles: readonly ComparableTitle[], by: number): void => {
    for (const { title, words } of titles) {
      const known = changes.get(title);
      if (known === undefined) changes.set(title, { words, by });
      else known.by += by;
    }
  };
  note(added, 1);
  note(removed, -1);
  const changed = [...changes].filter(([, { by }]) => by !== 0);
  if (changed.length === 0) return;
  await writer.takeTurn();
  const most = changed.reduce((largest, [, { by }]) => Math.max(largest, Math.abs(by)), 0) + 1;
  const now = await noticesWith(
    writer,
    changed.map(([title]) => title),
    most,
  );
  const byWord = new Map<string, number>();
  for (const [title, { words, by }] of changed) {
    const after = now.get(title) ?? 0;
    const before = after - by;
    const step = Number(after > 0) - Number(before > 0);
    if (step === 0) continue;
    for (const word of new Set(['', ...words.split(' ')])) byWord.set(word, (byWord.get(word) ?? 0) + step);
  }
  for (const some of pieces([...byWord].filter(([, step]) => step !== 0))) {
    await writer.all(
      `INSERT INTO terms (word, titles) VALUES ${some.map(() => '(?, ?)').join(', ')}
       ON CONFLICT (word) DO UPDATE SET titles = terms.titles + excluded.titles`,
      some.flat(),
    );
    const fallen = some.flatMap(([word, step]) => (step < 0 ? [word] : []));
    if (fallen.length > 0) {
      await writer.all(`DELETE FROM terms WHERE titles = 0 AND word IN (${marks(fallen)})`, fallen);
    }
  }
}

export async function termCounts(session: Session): Promise<TermCounts> {
  const rows = await session.all<{ word: string; titles: number }>('SELECT word, titles FROM terms');
  const words = new Map(rows.map(({ word, titles }) => [word, titles]));
  const titles = words.get('') ?? 0;
  words.delete('');
  return { titles, words };
}
