/** The dialogs in which a reader decides: buttons name the dialog and what it is about, the page's script fills it in. */
import { say } from '../messages/index.js';
import type { Language } from '../model.js';
import type { Review } from '../report/entry.js';
import { type Html, html } from '../report/escape.js';
import type { Correctable } from './review.js';

const LONGEST_NAME = 60;
const short = (text: string): string => (text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}…` : text);

export interface Reviewable {
  readonly key: string;
  readonly message: string;
  /** Where the reader comes back to. */
  readonly anchor: string;
  readonly review: Review | undefined;
}

export function renderReviewButton({ key, message, anchor, review }: Reviewable, language: Language): Html {
  const words = say(language, review === undefined ? 'web.review' : 'web.review.again');
  return html`<p class="acts"><button type="button" class="act" data-dialog="review" data-key="${key}" data-anchor="${anchor}" data-about="${message}" data-decision="${review?.decision ?? ''}" aria-label="${say(language, 'web.labelled', { name: words, value: short(message) })}">${words}</button></p>`;
}

export function renderCorrectButton({ key, from }: Correctable, anchor: string, language: Language): Html {
  const name = say(language, 'web.correct.what', { what: short(from) });
  return html`<button type="button" class="act" data-dialog="correct" data-key="${key}" data-anchor="${anchor}" data-from="${from}" aria-label="${name}">${say(language, 'web.correct')}</button>`;
}

/** Fields that both dialogs end with: why, and who says so. */
const renderReason = (language: Language): Html => html`
<label><span>${say(language, 'web.reason')}</span><textarea name="reason" rows="3" maxlength="500" required></textarea></label>
<label><span>${say(language, 'web.who')}</span><input name="who" maxlength="60" autocomplete="name" required></label>
<input type="hidden" name="key"><input type="hidden" name="anchor">
<p class="buttons"><button type="submit" class="primary">${say(language, 'web.save')}</button> <button type="button" data-close>${say(language, 'web.cancel')}</button></p>`;

export function renderReviewDialog(action: string, language: Language): Html {
  const choices = (['accepted', 'dismissed', 'open'] as const).map(
    (decision) =>
      html`<label class="choice"><input type="radio" name="decision" value="${decision}" required> <span><b>${say(language, `web.decision.${decision}`)}</b><small>${say(language, `web.decision.${decision}.means`)}</small></span></label>`,
  );
  return html`<dialog id="review" aria-labelledby="review-title">
<form method="post" action="${action}">
<h2 id="review-title">${say(language, 'web.review.title')}</h2>
<blockquote data-show="about"></blockquote>
<fieldset><legend>${say(language, 'web.decision')}</legend>${choices}</fieldset>
${renderReason(language)}
</form></dialog>`;
}

export function renderCorrectDialog(action: string, language: Language): Html {
  return html`<dialog id="correct" aria-labelledby="correct-title">
<form method="post" action="${action}">
<h2 id="correct-title">${say(language, 'web.correct.title')}</h2>
<p class="total">${say(language, 'web.correct.means')}</p>
<blockquote data-show="from"></blockquote>
<label><span>${say(language, 'web.correct.to')}</span><input name="to" maxlength="500" required></label>
${renderReason(language)}
</form></dialog>`;
}
