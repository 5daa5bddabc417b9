/**
 * HTML reports: one self-contained file for a few notices, an index and a file each for many. No file needs the network; the content
 * policy in each forbids it, and every script but the one whose hash it names.
 */
import { createHash } from 'node:crypto';
import { say } from '../../messages/index.js';
import type { Language } from '../../model.js';
import type { BetweenNotices } from '../between.js';
import { label, type MetricNames, noticeName, type ReportEntry, summarise } from '../entry.js';
import { type Html, html, markupOf, safeHref, trusted } from '../escape.js';
import { renderChart } from './chart.js';
import { type ComparisonOptions, renderComparison, renderDigest } from './comparison.js';
import { anchors, prefixOf, renderNoticeBody } from './notice.js';
import { type OverviewRow, renderOverview } from './overview.js';
import { SCRIPT } from './script.js';
import { STYLE } from './style.js';

export interface HtmlOptions {
  readonly language: Language;
  /** The report's title; a general one if not said. */
  readonly title?: string;
  /** ISO date on which the report is made, if it shall say so. */
  readonly generated?: string;
  readonly metricNames?: MetricNames;
  /** What comparing the notices found; shown after the overview. */
  readonly between?: BetweenNotices;
}

/** Base64 SHA-256, as content policies name a script. */
const SCRIPT_HASH = createHash('sha256').update(SCRIPT).digest('base64');
const POLICY = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${SCRIPT_HASH}'; img-src data:; base-uri 'none'; form-action 'none'`;

/** Most bars that a chart can show and still be read. */
const MOST_BARS = 30;
const STANDING_COLORS = { error: '#c2453a', warning: '#cf9b2f', info: '#5f8fb8' } as const;
const RATE_COLOR = '#5d8a73';

function renderShell(title: string, options: HtmlOptions, body: Html): string {
  const { language, generated } = options;
  const page = html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
${body}
<footer>hecha 核查${generated !== undefined && html` · ${say(language, 'report.generatedOn', { date: generated })}`}</footer>
<script>${trusted(SCRIPT)}</script>
</body>
</html>
`;
  return markupOf(page);
}

type HrefOf = NonNullable<ComparisonOptions['hrefOf']>;

const titleOf = (options: HtmlOptions): string => options.title ?? say(options.language, 'report.title');

/** Rates and severities by notice, where there are two to hold against each other. */
async function drawCharts(rows: readonly OverviewRow[], language: Language): Promise<readonly Html[]> {
  if (rows.length < 2) return [];
  const rated = rows
    .map(({ summary }) => ({ name: summary.name, rate: Number(summary.rate?.value ?? Number.NaN) }))
    .filter(({ rate }) => Number.isFinite(rate))
    .sort((a, b) => a.rate - b.rate)
    .slice(0, MOST_BARS);
  const standings = ['error', 'warning', 'info'] as const;
  const doubtful = rows
    .map(({ summary }) => ({ name: summary.name, tally: summary.tally }))
    .filter(({ tally }) => standings.some((standing) => tally[standing] > 0))
    .sort((a, b) => b.tally.error - a.tally.error || b.tally.warning - a.tally.warning || b.tally.info - a.tally.info)
    .slice(0, MOST_BARS);
  const caption = (code: string, cutCode: string, count: number): string =>
    count < MOST_BARS ? say(language, code) : say(language, cutCode, { count });
  const charts: Promise<Html>[] = [];
  if (rated.length > 1) {
    charts.push(
      renderChart(caption('report.rateChart', 'report.rateChartLowest', rated.length), {
        labels: rated.map(({ name }) => name),
        series: [{ name: '', color: RATE_COLOR, values: rated.map(({ rate }) => rate) }],
        max: Math.max(100, ...rated.map(({ rate }) => rate)),
        unit: '%',
      }),
    );
  }
  if (doubtful.length > 1) {
    charts.push(
      renderChart(caption('report.standingChart', 'report.standingChartMost', doubtful.length), {
        labels: doubtful.map(({ name }) => name),
        series: standings.map((standing) => ({
          name: label(language, 'standing', standing),
          color: STANDING_COLORS[standing],
          values: doubtful.map(({ tally }) => tally[standing]),
        })),
      }),
    );
  }
  return Promise.all(charts);
}

/** The overview, and the comparison where there is one. */
async function overview(rows: readonly OverviewRow[], options: HtmlOptions, hrefOf: HrefOf): Promise<Html> {
  const { language, between, metricNames = {} } = options;
  const charts = await drawCharts(rows, language);
  if (between === undefined) return renderOverview(rows, language, charts);
  const compared = { language, metricNames, hrefOf };
  const digest = renderDigest(between, compared);
  return html`${renderOverview(rows, language, charts, digest)}${await renderComparison(between, compared)}`;
}

/** All notices in one file. Holds them all in memory: for more than some dozens, `renderIndex` and `renderNoticePage`. */
export async function renderReport(
  entries: Iterable<ReportEntry> | AsyncIterable<ReportEntry>,
  options: HtmlOptions,
): Promise<string> {
  const { language, metricNames = {} } = options;
  const rows: OverviewRow[] = [];
  const prefixes = new Map<string, string>();
  const notices: Html[] = [];
  for await (const entry of entries) {
    const prefix = prefixOf(entry.record);
    prefixes.set(entry.record.document.id, prefix);
    rows.push({ summary: summarise(entry), href: `#${anchors.notice(prefix)}` });
    notices.push(renderNoticeBody(entry, { language, metricNames, prefix }));
  }
  const hrefOf: HrefOf = (document, line) => {
    const prefix = prefixes.get(document);
    if (prefix === undefined) return undefined;
    return `#${line === undefined ? anchors.notice(prefix) : anchors.line(prefix, line)}`;
  };
  const title = titleOf(options);
  const body = html`<header class="cover"><h1>${title}</h1></header>
<main>
${await overview(rows, options, hrefOf)}
${notices}
</main>`;
  return renderShell(title, options, body);
}

/** The overview of many notices that have a file each; `href` of a row leads there, relative to the index. */
export async function renderIndex(rows: readonly OverviewRow[], options: HtmlOptions): Promise<string> {
  const hrefs = new Map(rows.map(({ summary, href }) => [summary.document, href]));
  const hrefOf: HrefOf = (document, line) => {
    const href = hrefs.get(document);
    return href === undefined || line === undefined ? href : `${href}#L${line}`;
  };
  const title = titleOf(options);
  const body = html`<header class="cover"><h1>${title}</h1></header>
<main>
${await overview(rows, options, hrefOf)}
</main>`;
  return renderShell(title, options, body);
}

/** One notice in a file of its own. `indexHref` leads back to the index, where there is one. */
export function renderNoticePage(entry: ReportEntry, options: HtmlOptions & { readonly indexHref?: string }): string {
  const { language, metricNames = {}, indexHref } = options;
  const title = titleOf(options);
  const back =
    indexHref !== undefined &&
    html`<nav><a href="${safeHref(indexHref)}">← ${say(language, 'report.backToOverview')}</a></nav>`;
  const body = html`<header class="running"><h1>${title}</h1>${back}</header>
<main>
${renderNoticeBody(entry, { language, metricNames, prefix: '' })}
</main>`;
  return renderShell(`${noticeName(entry)} · ${title}`, options, body);
}

/** A comparison alone. `hrefOf` leads to the notices, where they are shown somewhere. */
export async function renderComparisonPage(
  between: BetweenNotices,
  options: HtmlOptions & Pick<ComparisonOptions, 'hrefOf'>,
): Promise<string> {
  const title = titleOf(options);
  const body = html`<header class="cover"><h1>${title}</h1></header>
<main>${await renderComparison(between, options)}</main>`;
  return renderShell(title, options, body);
}
