/** The comparison of the notices that the address asks for, as in the report, with links into the notices. */
import type { Context } from 'hono';
import { compare } from '../compare/compare.js';
import type { ComparedNotice } from '../compare/comparison.js';
import { vocabularyOf } from '../compare/vocabulary.js';
import { say } from '../messages/index.js';
import type { Language } from '../model.js';
import { countedRecord } from '../report/entry.js';
import { type Html, html } from '../report/escape.js';
import { renderComparison } from '../report/html/comparison.js';
import { BETWEEN_NOTICES, reviewsOf } from '../report/reviewed.js';
import type { NoticeFilter } from '../store/store.js';
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

async function renderCompared(site: Site, filter: NoticeFilter, language: Language): Promise<Html> {
  const ids = new Map<string, string>();
  const notices = async function* (): AsyncGenerator<ComparedNotice> {
    for await (const stored of site.store.iterate(filter)) {
      const entry = await entryOf(site, stored, language);
      ids.set(stored.document.id, stored.id);
      yield { record: countedRecord(entry), text: entry.text };
    }
  };
  const comparison = await compare(notices(), {
    words: (text) => site.segmenter().cut(text),
    vocabulary: vocabularyOf(site.rules),
  });
  const reviews = reviewsOf(await site.store.reviews(BETWEEN_NOTICES));
  return renderComparison(comparison, {
    language,
    reviews,
    control: ({ key, message }, anchor) =>
      renderReviewButton({ key, message: message[language], anchor, review: reviews.get(key) }, language),
    metricNames: site.rules.metrics,
    hrefOf: (document, line) => {
      const id = ids.get(document);
      return id === undefined ? undefined : hrefOf(id, line);
    },
  });
}
