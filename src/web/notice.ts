/** The page of one notice: as in the report, with a control beside each verdict, figure and name. */
import type { Context } from 'hono';
import { say } from '../messages/index.js';
import type { Language } from '../model.js';
import { toRecord } from '../record.js';
import { noticeName, type ReportEntry } from '../report/entry.js';
import { type Html, html } from '../report/escape.js';
import { anchors, type NoticeControls, renderNoticeBody } from '../report/html/notice.js';
import { reviewedEntry } from '../report/reviewed.js';
import type { StoredNotice } from '../store/store.js';
import { hrefOf } from './list.js';
import { type Correctable, figureTarget, nameTargets } from './review.js';
import { languageOf, page, type Site } from './site.js';

export async function entryOf(site: Site, stored: StoredNotice, language: Language): Promise<ReportEntry> {
  return reviewedEntry(stored, await site.store.reviews(stored.document.source), language);
}

const LONGEST_NAME = 60;
const short = (text: string): string => (text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}…` : text);

function renderCorrect({ key, from }: Correctable, anchor: string, language: Language): Html {
  const name = say(language, 'web.correct.what', { what: short(from) });
  return html`<button type="button" class="act" data-dialog="correct" data-key="${key}" data-anchor="${anchor}" data-from="${from}" aria-label="${name}">${say(language, 'web.correct')}</button>`;
}

function renderNames(entry: ReportEntry, language: Language): Html {
  const names = nameTargets(entry.record);
  if (names.length === 0) return html``;
  const rows = names.map(
    (target) =>
      html`<li><span>${target.from}</span> ${target.field === 'unit' && html`<span class="aside">${say(language, 'report.field.unit')}</span>`} ${renderCorrect(target, 'names', language)}</li>`,
  );
  return html`<section class="names" id="names" tabindex="-1"><h3>${say(language, 'web.names')}</h3><ul>${rows}</ul></section>`;
}

function controlsOf(entry: ReportEntry, language: Language): NoticeControls {
  const { record, reviews } = entry;
  return {
    check: (check) => {
      const anchor = anchors.check('', record.checks.indexOf(check));
      const decision = reviews?.get(check.key)?.decision ?? '';
      const words = say(language, decision === '' ? 'web.review' : 'web.review.again');
      return html`<p class="acts"><button type="button" class="act" data-dialog="review" data-key="${check.key}" data-anchor="${anchor}" data-about="${check.message}" data-decision="${decision}" aria-label="${say(language, 'web.labelled', { name: words, value: short(check.message) })}">${words}</button></p>`;
    },
    figure: (figure) =>
      renderCorrect(figureTarget(figure), anchors.figure('', record.figures.indexOf(figure)), language),
    end: renderNames(entry, language),
  };
}

/** Fields that both dialogs end with: why, and who says so. */
const renderReason = (language: Language): Html => html`
<label><span>${say(language, 'web.reason')}</span><textarea name="reason" rows="3" maxlength="500" required></textarea></label>
<label><span>${say(language, 'web.who')}</span><input name="who" maxlength="60" autocomplete="name" required></label>
<input type="hidden" name="key"><input type="hidden" name="anchor">
<p class="buttons"><button type="submit" class="primary">${say(language, 'web.save')}</button> <button type="button" data-close>${say(language, 'web.cancel')}</button></p>`;

function renderDialogs(id: string, language: Language): Html {
  const choices = (['accepted', 'dismissed', 'open'] as const).map(
    (decision) =>
      html`<label class="choice"><input type="radio" name="decision" value="${decision}" required> <span><b>${say(language, `web.decision.${decision}`)}</b><small>${say(language, `web.decision.${decision}.means`)}</small></span></label>`,
  );
  return html`<dialog id="review" aria-labelledby="review-title">
<form method="post" action="/notices/${id}/reviews">
<h2 id="review-title">${say(language, 'web.review.title')}</h2>
<blockquote data-show="about"></blockquote>
<fieldset><legend>${say(language, 'web.decision')}</legend>${choices}</fieldset>
${renderReason(language)}
</form></dialog>
<dialog id="correct" aria-labelledby="correct-title">
<form method="post" action="/notices/${id}/corrections">
<h2 id="correct-title">${say(language, 'web.correct.title')}</h2>
<p class="total">${say(language, 'web.correct.means')}</p>
<blockquote data-show="from"></blockquote>
<label><span>${say(language, 'web.correct.to')}</span><input name="to" maxlength="500" required></label>
${renderReason(language)}
</form></dialog>`;
}

export async function noticePage(c: Context, site: Site, stored: StoredNotice): Promise<Response> {
  const language = languageOf(c, site);
  const entry = await entryOf(site, stored, language);
  const controls = controlsOf(entry, language);
  const title = noticeName(entry.record);
  const path = hrefOf(stored.id);
  const body = html`<div class="toolbar"><a class="back" href="/">← ${say(language, 'web.nav.list')}</a>
<div class="actions"><a class="button" download href="${path}/letter">${say(language, 'web.letter')}</a> <a class="button" download href="${path}/report">${say(language, 'web.export.docx')}</a>
<form method="post" action="${path}/again"><button type="submit">${say(language, 'web.again')}</button></form></div></div>
<h1 class="hidden">${title}</h1>
${renderNoticeBody(entry, { language, metricNames: site.rules.metrics, prefix: '', controls })}
${renderDialogs(stored.id, language)}`;
  return page(c, language, { title, place: 'list', body });
}

/** Analyses the stored text anew, with the rules as they are now. Decisions stay. */
export async function analyseAgain(c: Context, site: Site, { id, document }: StoredNotice): Promise<Response> {
  const { pipeline, store } = site;
  const record = toRecord(pipeline.analyse(document), languageOf(c, site));
  await store.save([{ document, record, passages: pipeline.passages(document) }]);
  return c.redirect(`${hrefOf(id)}?done=again`, 303);
}
