/** The comparison of the notices that the address asks for, as in the report, with links into the notices. */
import type { Context } from 'hono';
import { compareIn } from '../compare/compare.js';
import { createProfiler } from '../compare/profile.js';
import { makeComparable, notComparable, sourceIn } from '../compare/source.js';
import { vocabularyOf } from '../compare/vocabulary.js';
import { say } from '../messages/index.js';
import type { Language } from '../model.js';
import type { BetweenNotices } from '../report/between.js';
import { countedRecord } from '../report/entry.js';
import { type Html, html } from '../report/escape.js';
import { renderComparison } from '../report/html/comparison.js';
import { BETWEEN_NOTICES, correctedSources, reviewsOf } from '../report/reviewed.js';
import type { NoticeFilter, StoredNotice } from '../store/store.js';
import { renderReviewButton, renderReviewDialog } from './dialogs.js';
import { addressOf, filterOf, renderFilterForm } from './filter.js';
import { hrefOf } from './list.js';
import { entryOf } from './notice.js';
import { languageOf, page, type Site } from './site.js';

/** The reader waits, and the page holds a row of each: more than this is for the command line. */
const MOST_COMPARED = 2000;

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
 * or too many for someone who waits. `seen` is told of each
 * document the id in the store.
 */
export async function betweenOf(
  site: Site,
  filter: NoticeFilter,
  language: Language,
  seen: (document: string, id: string) => void = () => undefined,
): Promise<BetweenNotices | undefined> {
  const { total } = await site.store.list(filter, { limit: 1 });
  if (total < 2 || total > MOST_COMPARED) return undefined;
  const { store, rules } = site;
  const vocabulary = vocabularyOf(rules);
  const words = (text: string): readonly string[] => site.segmenter().cut(text);
  const profiler = createProfiler(vocabulary, words);
  await makeComparable(store, profiler, await notComparable(store, profiler, filter));
  const corrections = {
    sources: correctedSources(await store.reviews()),
    record: async (stored: StoredNotice) => countedRecord(await entryOf(site, stored, language)),
  };
  const source = sourceIn(store, profiler, { filter, corrections });
  const profiles = async function* (): ReturnType<typeof source.profiles> {
    for await (const one of source.profiles()) {
      seen(one.profile.document, one.id);
      yield one;
    }
  };
  const comparison = await compareIn({ ...source, profiles }, { words, vocabulary });
  return { comparison, reviews: reviewsOf(await site.store.reviews(BETWEEN_NOTICES)) };
}

async function renderCompared(site: Site, filter: NoticeFilter, language: Language): Promise<Html> {
  const ids = new Map<string, string>();
  const between = await betweenOf(site, filter, language, (document, id) => ids.set(document, id));
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
