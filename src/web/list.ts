/** The first page: files to take in, the queue, and the notices of the store with filters and full-text search. */
import type { Context } from 'hono';
import { say } from '../messages/index.js';
import type { Language } from '../model.js';
import { summarise } from '../report/entry.js';
import { type Html, html } from '../report/escape.js';
import { EXPORT_TABLES } from '../report/export.js';
import { type OverviewRow, renderNoticeTable } from '../report/html/overview.js';
import { ledgerTitle } from '../report/ledger.js';
import { reviewedEntry } from '../report/reviewed.js';
import type { NoticeRow, SearchHit } from '../store/store.js';
import { addressOf, filterOf, orderOf, queryOf, renderFilterForm } from './filter.js';
import type { Job, Queue, Taken } from './queue.js';
import { languageOf, page, type Site } from './site.js';
import type { UploadLimits } from './upload.js';

const PER_PAGE = 25;
const MOST_HITS = 10;

export const hrefOf = (id: string, line?: number): string => `/notices/${id}${line === undefined ? '' : `#L${line}`}`;

/** A row with its decisions counted in: the store's own counts know nothing of them. */
async function overviewRow(
  { store, rules }: Site,
  row: NoticeRow,
  language: Language,
): Promise<OverviewRow | undefined> {
  const stored = await store.get(row.id);
  if (stored === undefined) return undefined;
  const decisions = await store.reviews(stored.document.source);
  return { summary: summarise(reviewedEntry(stored, decisions, language, rules.lexicon)), href: hrefOf(row.id) };
}

function renderTaken({ id, name, outcome }: Taken, language: Language): Html {
  return html`<a href="${hrefOf(id)}">${name}</a> <span class="aside">${say(language, `web.outcome.${outcome}`)}</span>`;
}

function renderJob({ name, state, taken, reason }: Job, language: Language): Html {
  const failure = reason !== undefined && html`<span class="reason">${reason}</span>`;
  const result = html`${taken.map((one) => renderTaken(one, language))} ${failure}`;
  return html`<li class="job ${state}"><span class="file">${name}</span> <span class="chip">${say(language, `web.job.${state}`)}</span> <span class="result">${result}</span></li>`;
}

/** What waits and what became of it. The page asks for it again while `data-busy` stands in it. */
export function renderQueue(queue: Queue, language: Language): Html {
  const jobs = queue.jobs();
  const finished = jobs.filter(({ state }) => state === 'done' || state === 'failed').length;
  const progress = say(language, 'web.queue.progress', { finished, total: jobs.length });
  if (jobs.length === 0) return html`<section id="queue" hidden></section>`;
  return html`<section id="queue" class="queue" aria-label="${say(language, 'web.queue')}"${queue.busy && html` data-busy="true"`} data-progress="${progress}">
<p class="total">${progress} <progress max="${jobs.length}" value="${finished}" aria-label="${say(language, 'web.queue')}">${progress}</progress></p>
<ul>${jobs.map((job) => renderJob(job, language))}</ul>
</section>`;
}

function renderUpload({ files, bytes }: UploadLimits, language: Language): Html {
  const hint = say(language, 'web.upload.hint', { files, megabytes: Math.round(bytes / 1024 / 1024) });
  return html`<form id="upload" class="upload" method="post" action="/uploads" enctype="multipart/form-data">
<label for="files"><b>${say(language, 'web.upload.title')}</b><span>${hint}</span></label>
<input id="files" type="file" name="files" multiple required>
<button type="submit" class="primary">${say(language, 'web.upload.send')}</button>
</form>`;
}

function renderHit({ id, unit, source, line, text, highlights }: SearchHit, language: Language): Html {
  const parts: Html[] = [];
  let at = 0;
  for (const { start, end } of highlights) {
    parts.push(html`${text.slice(at, start)}<mark class="hit">${text.slice(start, end)}</mark>`);
    at = end;
  }
  return html`<li><a href="${hrefOf(id, line)}">${unit ?? source}</a> <span class="where">${say(language, 'report.line', { line })}</span><p>${parts}${text.slice(at)}</p></li>`;
}

async function renderHits(site: Site, query: Readonly<Record<string, string>>, language: Language): Promise<Html> {
  const asked = queryOf(query);
  if (asked === undefined) return html``;
  const words = site
    .segmenter()
    .cut(asked)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  if (words.length === 0) return html``;
  const { text: _text, ...filter } = filterOf(query);
  const { hits, total } = await site.store.search(words, filter, MOST_HITS);
  if (hits.length === 0) return html``;
  return html`<section class="hits"><h2>${say(language, 'web.hits', { total })}</h2><ul>${hits.map((hit) => renderHit(hit, language))}</ul></section>`;
}

function renderPager(query: Readonly<Record<string, string>>, at: number, total: number, language: Language): Html {
  const last = Math.ceil(total / PER_PAGE);
  if (last < 2) return html``;
  const link = (to: number, words: string, rel: string): Html =>
    to < 1 || to > last
      ? html`<span class="off">${words}</span>`
      : html`<a rel="${rel}" href="${addressOf('/', query, { page: String(to) })}">${words}</a>`;
  return html`<nav class="pager" aria-label="${say(language, 'web.pages')}">${link(at - 1, say(language, 'web.before'), 'prev')} <span>${say(language, 'web.pageOf', { at, last })}</span> ${link(at + 1, say(language, 'web.after'), 'next')}</nav>`;
}

export function renderExports(query: Readonly<Record<string, string>>, language: Language): Html {
  const link = (format: string, table?: string): Html =>
    html`<li><a download href="${addressOf('/export', query, { format, ...(table === undefined ? {} : { table }) })}">${table === undefined ? say(language, `web.export.${format}`) : `CSV · ${ledgerTitle(table as never, language)}`}</a></li>`;
  return html`<details class="menu"><summary>${say(language, 'web.export')}</summary><ul>${link('xlsx')}${link('docx')}<li><a download href="${addressOf('/report', query)}">${say(language, 'web.export.html')}</a></li>${EXPORT_TABLES.map((table) => link('csv', table))}${link('json')}${link('sarif')}</ul></details>`;
}

/** The notices that the address asks for. */
async function renderNotices(c: Context, site: Site, language: Language): Promise<Html> {
  const query = c.req.query();
  const at = Math.max(1, Math.trunc(Number(query.page ?? 1)) || 1);
  const { rows, total } = await site.store.list(filterOf(query), {
    offset: (at - 1) * PER_PAGE,
    limit: PER_PAGE,
    order: orderOf(query),
  });
  const shown = await Promise.all(rows.map((row) => overviewRow(site, row, language)));
  const nothing = say(language, Object.keys(filterOf(query)).length === 0 ? 'web.empty' : 'web.noneSo');
  const table = renderNoticeTable(
    shown.filter((row) => row !== undefined),
    language,
  );
  return html`<section id="notices" aria-label="${say(language, 'web.nav.list')}">
<div class="toolbar"><p class="total">${say(language, 'report.noticeCount', { count: total })}</p>${total > 0 && renderExports(query, language)}</div>
${total > 0 ? table : html`<p class="empty">${nothing}</p>`}
${renderPager(query, at, total, language)}
</section>`;
}

export async function listPage(c: Context, site: Site, queue: Queue, limits: UploadLimits): Promise<Response> {
  const language = languageOf(c, site);
  const query = c.req.query();
  const { years, kinds } = await site.store.stats();
  const choices = { years: Object.keys(years).sort().reverse(), kinds: Object.keys(kinds).sort() };
  const body = html`<h1>${say(language, 'web.nav.list')}</h1>
${renderUpload(limits, language)}
${renderQueue(queue, language)}
${renderFilterForm('/', query, choices, language, { ordered: true })}
${await renderNotices(c, site, language)}
${await renderHits(site, query, language)}`;
  return page(c, language, { title: say(language, 'web.nav.list'), place: 'list', body });
}
