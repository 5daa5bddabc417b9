/** The comparison of the notices that the address asks for, as in the report, with links into the notices. */
import type { Context } from 'hono';
import { compare } from '../compare/compare.js';
import type { ComparedNotice } from '../compare/comparison.js';
import { vocabularyOf } from '../compare/vocabulary.js';
import { say } from '../messages/index.js';
import type { Language } from '../model.js';
import type { BetweenNotices } from '../report/between.js';
import { countedRecord } from '../report/entry.js';
import { type Html, html } from '../report/escape.js';
import { renderComparison } from '../report/html/comparison.js';
import { BETWEEN_NOTICES, reviewsOf } from '../report/reviewed.js';
import type { NoticeFilter, StoredNotice } from '../store/store.js';
import { renderReviewButton, renderReviewDialog } from './dialogs.js';
import { addressOf, filterOf, renderFilterForm } from './filter.js';
import { hrefOf } from './list.js';
import { entryOf } from './notice.js';
import { languageOf, page, type Site } from './site.js';

/** Comparing holds all texts in memory, and the reader waits: more than this is for the command line. */
const MOST_COMPARED = 500;

export async function comparisonPage(c: Context, site: Site): Promise<Response> {
  const language = languageOf(c, site);
  const query = c.req.query();
  const filter = filterOf(query);
  const { years, kinds } = await site.store.stats();
  const choices = { years: Object.keys(years).sort().reverse(), kinds: Object.keys(kinds).sort() };
  const { total } = await site.store.list(filter, { limit: 1 });
  const refusal = total < 2 ? 'web.compare.tooFew' : total > MOST_COMPARED ? 'web.compare.tooMany' : undefined;
  const body = html`<h1 class="hidden">${say(language, 'web.nav.compare')}</h1>
${renderFilterForm('/compare', query, choices, language, { ordered: false })}
${
  refusal === undefined
    ? html`${await renderCompared(site, filter, language)}${renderReviewDialog(addressOf('/compare/reviews', query), language)}`
    : html`<p class="empty">${say(language, refusal, { total, most: MOST_COMPARED })}</p>`
}`;
  return page(c, language, { title: say(language, 'web.nav.compare'), place: 'compare', body });
}

/**
 * What the notices that `filter` lets through say of each other, and what was decided about it. Undefined where they are too few,
 * or too many for someone who waits. `seen` is told the store's id of each.
 */
export async function betweenOf(
  site: Site,
  filter: NoticeFilter,
  language: Language,
  seen: (stored: StoredNotice) => void = () => undefined,
): Promise<BetweenNotices | undefined> {
  const { total } = await site.store.list(filter, { limit: 1 });
  if (total < 2 || total > MOST_COMPARED) return undefined;
  const notices = async function* (): AsyncGenerator<ComparedNotice> {
    for await (const stored of site.store.iterate(filter)) {
      const entry = await entryOf(site, stored, language);
      seen(stored);
      yield { record: countedRecord(entry), text: entry.text };
    }
  };
  const comparison = await compare(notices(), {
    words: (text) => site.segmenter().cut(text),
    vocabulary: vocabularyOf(site.rules),
  });
  return { comparison, reviews: reviewsOf(await site.store.reviews(BETWEEN_NOTICES)) };
}

async function renderCompared(site: Site, filter: NoticeFilter, language: Language): Promise<Html> {
  const ids = new Map<string, string>();
  const between = await betweenOf(site, filter, language, ({ id, document }) => ids.set(document.id, id));
  if (between === undefined) return html``;
  return renderComparison(between, {
    language,
    control: ({ key, message }, anchor) =>
      renderReviewButton({ key, message: message[language], anchor, review: between.reviews.get(key) }, language),
    metricNames: site.rules.metrics,
    hrefOf: (document, line) => {
      const id = ids.get(document);
      return id === undefined ? undefined : hrefOf(id, line);
    },
  });
}
