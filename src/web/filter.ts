/** The filter that an address names, and its form: the list, the comparison and the exports share both. */
import { say } from '../messages/index.js';
import type { Language, Severity } from '../model.js';
import { label } from '../report/entry.js';
import { type Html, html } from '../report/escape.js';
import type { NoticeFilter, NoticeOrder } from '../store/store.js';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];
export const ORDERS: readonly NoticeOrder[] = ['date', 'errors', 'unit', 'source'];
const LONGEST_QUERY = 200;

/** What an address keeps while the reader goes from page to page. */
const KEPT = ['q', 'kind', 'year', 'severity', 'order'] as const;

type Query = Readonly<Record<string, string>>;

const oneOf = <T extends string>(values: readonly T[], value: string | undefined): T | undefined =>
  values.find((one) => one === value);

const wordsOf = (value: string | undefined): string | undefined => {
  const words = value?.trim().slice(0, LONGEST_QUERY);
  return words === '' ? undefined : words;
};

/** What stands in the search box. */
export const queryOf = (query: Query): string | undefined => wordsOf(query.q);

export function filterOf(query: Query): NoticeFilter {
  const text = queryOf(query);
  const kind = wordsOf(query.kind);
  const severity = oneOf(SEVERITIES, query.severity);
  const year = /^\d{4}$/.test(query.year ?? '') ? Number(query.year) : undefined;
  return {
    ...(text === undefined ? {} : { text }),
    ...(kind === undefined ? {} : { kind }),
    ...(severity === undefined ? {} : { severity }),
    ...(year === undefined ? {} : { year }),
  };
}

export const orderOf = (query: Query): NoticeOrder => oneOf(ORDERS, query.order) ?? 'date';

/** The address that shows the same notices at `path`, with `changes` to what is asked there. */
export function addressOf(path: string, query: Query, changes: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const name of KEPT) if (query[name]) parameters.set(name, query[name]);
  for (const [name, value] of Object.entries(changes)) parameters.set(name, value);
  return parameters.size === 0 ? path : `${path}?${parameters}`;
}

export interface Choices {
  /** Years and kinds of inspection that the store holds. */
  readonly years: readonly string[];
  readonly kinds: readonly string[];
}

interface Option {
  readonly value: string;
  readonly name: string;
}

function select(name: string, title: string, options: readonly Option[], chosen: string | undefined): Html {
  const rows = options.map(
    ({ value, name: shown }) =>
      html`<option value="${value}"${value === (chosen ?? '') && html` selected`}>${shown}</option>`,
  );
  return html`<label><span>${title}</span><select name="${name}">${rows}</select></label>`;
}

export function renderFilterForm(
  path: string,
  query: Query,
  { years, kinds }: Choices,
  language: Language,
  { ordered }: { readonly ordered: boolean },
): Html {
  const any = { value: '', name: say(language, 'web.filter.any') };
  const same = (value: string): Option => ({ value, name: value });
  return html`<form class="filter" role="search" method="get" action="${path}">
<label class="wide"><span>${say(language, 'web.filter.q')}</span><input type="search" name="q" value="${queryOf(query) ?? ''}" maxlength="${LONGEST_QUERY}" placeholder="${say(language, 'web.filter.hint')}"></label>
${select('year', say(language, 'web.filter.year'), [any, ...years.map(same)], query.year)}
${select('kind', say(language, 'web.filter.kind'), [any, ...kinds.map(same)], query.kind)}
${select('severity', say(language, 'web.filter.severity'), [any, ...SEVERITIES.map((one) => ({ value: one, name: label(language, 'standing', one) }))], query.severity)}
${
  ordered &&
  select(
    'order',
    say(language, 'web.filter.order'),
    ORDERS.map((one) => ({ value: one, name: say(language, `web.order.${one}`) })),
    orderOf(query),
  )
}
<button type="submit">${say(language, 'web.filter.apply')}</button>
</form>`;
}
