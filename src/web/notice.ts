/** The page of one notice: as in the report, with a control beside each verdict, figure and name. */
import type { Context } from 'hono';
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import type { Language } from '../model.js';
import { noticeName, type ReportEntry } from '../report/entry.js';
import { type Html, html } from '../report/escape.js';
import { anchors, type NoticeControls, renderNoticeBody } from '../report/html/notice.js';
import { letterMatters } from '../report/letter.js';
import { reviewedEntry } from '../report/reviewed.js';
import type { StoredNotice } from '../store/store.js';
import { renderCorrectButton, renderCorrectDialog, renderReviewButton, renderReviewDialog } from './dialogs.js';
import { hrefOf } from './list.js';
import { figureTarget, nameTargets } from './review.js';
import { languageOf, page, type Site } from './site.js';

export async function entryOf(site: Site, stored: StoredNotice, language: Language): Promise<ReportEntry> {
  return reviewedEntry(stored, await site.store.reviews(stored.document.source), language, site.rules.lexicon);
}

function renderNames(entry: ReportEntry, language: Language): Html {
  const names = nameTargets(entry.record);
  if (names.length === 0) return html``;
  const rows = names.map(
    (target) =>
      html`<li><span>${target.from}</span> ${target.field === 'unit' && html`<span class="aside">${say(language, 'report.field.unit')}</span>`} ${renderCorrectButton(target, 'names', language)}</li>`,
  );
  return html`<section class="names" id="names" tabindex="-1"><h3>${say(language, 'web.names')}</h3><ul>${rows}</ul></section>`;
}

function controlsOf(entry: ReportEntry, language: Language): NoticeControls {
  const { record, reviews } = entry;
  return {
    check: (check) => {
      const { key, message } = check;
      const anchor = anchors.check('', record.checks.indexOf(check));
      return renderReviewButton({ key, message, anchor, review: reviews?.get(key) }, language);
    },
    figure: (figure) =>
      renderCorrectButton(figureTarget(figure), anchors.figure('', record.figures.indexOf(figure)), language),
    end: renderNames(entry, language),
  };
}

export async function noticePage(c: Context, site: Site, stored: StoredNotice): Promise<Response> {
  const language = languageOf(c, site);
  const entry = await entryOf(site, stored, language);
  const controls = controlsOf(entry, language);
  const title = noticeName(entry);
  const path = hrefOf(stored.id);
  const body = html`<div class="toolbar"><a class="back" href="/">← ${say(language, 'web.nav.list')}</a>
<div class="actions">${letterMatters(entry).length > 0 && html`<a class="button" download href="${path}/letter">${say(language, 'web.letter')}</a>`} <a class="button" download href="${path}/report">${say(language, 'web.export.docx')}</a>
<form method="post" action="${path}/again"><button type="submit">${say(language, 'web.again')}</button></form></div></div>
<h1 class="hidden">${title}</h1>
${renderNoticeBody(entry, { language, metricNames: site.rules.metrics, prefix: '', controls })}
${renderReviewDialog(`${path}/reviews`, language)}${renderCorrectDialog(`${path}/corrections`, language)}`;
  return page(c, language, { title, place: 'list', body });
}

/** Analyses the stored text anew, with the rules as they are now. Decisions stay. */
export async function analyseAgain(c: Context, site: Site, { id, document }: StoredNotice): Promise<Response> {
  const analysis = await site.workers.analyse({ document });
  if ('failure' in analysis) throw new InputError(analysis.failure);
  await site.store.savePacked(analysis.notices);
  return c.redirect(`${hrefOf(id)}?done=again`, 303);
}
