/** What a list, a search or an export is asked for, as SQL over `notices n`. */
import type { Severity } from '../model.js';
import type { Fragment, Value } from './engine.js';
import type { NoticeFilter, NoticeOrder } from './store.js';
import { SEVERITY_COLUMNS, STATUS_COLUMNS } from './tables.js';

/** How much of this severity does not hold and was not dismissed by a decision in force. */
function standingCount(severity: Severity): string {
  const stated = `n.${SEVERITY_COLUMNS[severity]}`;
  return `CASE WHEN ${stated} = 0 THEN 0 ELSE ${stated} - (
  SELECT COUNT(*) FROM reviews r JOIN checks c ON c.notice = n.id AND c.key = r.key
  WHERE r.subject = n.source AND r.decision = 'dismissed'
  AND c.severity = '${severity}' AND c.verdict IN ('inconsistent', 'observed')
  AND NOT EXISTS (SELECT 1 FROM reviews later WHERE later.subject = r.subject AND later.key = r.key AND later.n > r.n)) END`;
}

const STANDING: Readonly<Record<Severity, string>> = {
  error: standingCount('error'),
  warning: standingCount('warning'),
  info: standingCount('info'),
};

export const ORDERS: Readonly<Record<NoticeOrder, string>> = {
  source: 'n.source',
  unit: "COALESCE(n.unit, ''), n.source",
  date: 'n.date DESC, n.source',
  errors: `${STANDING.error} DESC, n.source`,
};

/** `LIKE` pattern for text that contains `part`. */
const containing = (part: string): string => `%${part.replace(/[\\%_]/g, '\\$&')}%`;

/** The condition that every notice meets. */
export const EVERYTHING = 'TRUE';

export function conditions(filter: NoticeFilter): Fragment {
  const sql: string[] = [];
  const values: Value[] = [];
  const add = (condition: string, ...of: readonly Value[]): void => {
    sql.push(condition);
    values.push(...of);
  };
  if (filter.unit !== undefined) add("n.unit LIKE ? ESCAPE '\\'", containing(filter.unit));
  if (filter.year !== undefined) add('n.year = ?', filter.year);
  if (filter.kind !== undefined) add('n.kind = ?', filter.kind);
  if (filter.status !== undefined) add(`n.${STATUS_COLUMNS[filter.status]} > 0`);
  if (filter.severity !== undefined) add(`${STANDING[filter.severity]} > 0`);
  if (filter.text !== undefined) {
    const part = containing(filter.text);
    add("(n.unit LIKE ? ESCAPE '\\' OR n.title LIKE ? ESCAPE '\\' OR n.source LIKE ? ESCAPE '\\')", part, part, part);
  }
  return { sql: sql.length === 0 ? EVERYTHING : sql.join(' AND '), values };
}
