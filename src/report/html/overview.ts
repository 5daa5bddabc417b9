/** The first thing a reader sees of several notices: how many, how grave, and a table that leads to each. */
import { say } from '../../messages/index.js';
import type { Language } from '../../model.js';
import { addTallies, label, type NoticeSummary, periodOf, type Standing } from '../entry.js';
import { type Html, html, safeHref } from '../escape.js';
import { renderTallyBadges } from './notice.js';

export interface OverviewRow {
  readonly summary: NoticeSummary;
  /** Where the notice is shown: `#n3-notice`, or a file beside this one. */
  readonly href: string;
}

const SHOWN_STANDINGS: readonly Standing[] = ['error', 'warning', 'info', 'unverifiable', 'consistent'];
const NUMBER = /^\d+(?:\.\d+)?$/;

/** A bar from 0 to 100 %. `value` is a decimal string; what is no such number gets no bar. */
function renderRate(rate: NoticeSummary['rate']): Html {
  if (rate === undefined) return html`<td class="rate" data-sort="-1">—</td>`;
  const isNumber = NUMBER.test(rate.value);
  const width = isNumber ? Math.min(100, Number(rate.value)) : 0;
  const bar = html`<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="6"/><rect class="fill" width="${width}" height="6"/></svg>`;
  const shown = isNumber ? `${rate.value}%` : rate.stated;
  return html`<td class="rate" data-sort="${isNumber ? rate.value : '-1'}"><span>${shown}</span>${isNumber && bar}</td>`;
}

function renderRow({ summary, href }: OverviewRow, language: Language): Html {
  const { inspection, counts, tally } = summary;
  const number = (name: string, count: number, look = ''): Html =>
    html`<td class="number ${count === 0 ? 'none' : look}" data-label="${name}" data-sort="${count}">${count}</td>`;
  return html`<tr>
<th scope="row"><a href="${safeHref(href)}">${summary.name}</a><small>${summary.source}</small></th>
<td class="team">${inspection.team ?? inspection.kind ?? '—'}<small>${periodOf(inspection, language) ?? ''}</small></td>
${number(say(language, 'report.column.findings'), counts.findings)}
${number(say(language, 'report.column.measures'), counts.measures)}
${renderRate(summary.rate)}
${SHOWN_STANDINGS.map((standing) => number(label(language, 'standing', standing), tally[standing], standing))}
</tr>`;
}

/** A row for each notice, sortable where there is a script. */
export function renderNoticeTable(rows: readonly OverviewRow[], language: Language): Html {
  const head = (name: string, look: string): Html =>
    html`<th scope="col" class="${look}"><button type="button">${name}</button></th>`;
  const columns = [
    head(say(language, 'report.column.unit'), ''),
    head(say(language, 'report.column.team'), ''),
    head(say(language, 'report.column.findings'), 'number'),
    head(say(language, 'report.column.measures'), 'number'),
    head(say(language, 'report.column.rate'), 'rate'),
    ...SHOWN_STANDINGS.map((standing) => head(label(language, 'standing', standing), 'number')),
  ];
  return html`<div class="scroll"><table class="sortable"><thead><tr>${columns}</tr></thead><tbody>${rows.map((row) => renderRow(row, language))}</tbody></table></div>`;
}

/** Totals, the gist of a comparison where there is one, the table with the gravest on top, and charts where the caller drew some. */
export function renderOverview(
  rows: readonly OverviewRow[],
  language: Language,
  charts: readonly Html[],
  digest?: Html,
): Html {
  const total = addTallies(rows.map((row) => row.summary.tally));
  // The table is as long as there are notices: what follows it is told before it.
  const parts = [charts.length > 0 && 'charts', digest !== undefined && 'comparison'].filter((part) => part !== false);
  const links = parts.map((part) => html`<li><a href="#${part}">${say(language, `report.contents.${part}`)}</a></li>`);
  const gravestFirst = [...rows].sort(
    ({ summary: { tally: a } }, { summary: { tally: b } }) => b.error - a.error || b.warning - a.warning,
  );
  return html`<section class="overview" id="overview">
<p class="total">${say(language, 'report.noticeCount', { count: rows.length })}</p>
${renderTallyBadges(total, language)}
${links.length > 0 && html`<nav class="contents" aria-label="${say(language, 'report.contents')}"><ul>${links}</ul></nav>`}
${digest ?? ''}
${renderNoticeTable(gravestFirst, language)}
${charts.length > 0 && html`<div class="charts" id="charts">${charts}</div>`}
</section>`;
}
