/** What a comparison of notices found, as sections of a page: every statement leads to the words it rests on. */
import type {
  Comparison,
  CrossCheck,
  CrossEvidence,
  Difference,
  FigureCell,
  FigureRow,
  NoticeIdentity,
  ProblemGroup,
  Share,
  SharedPassage,
} from '../../compare/comparison.js';
import { say } from '../../messages/index.js';
import type { Language, Status } from '../../model.js';
import { type BetweenNotices, betweenAnchor, type JudgedBetween, judgedBetween } from '../between.js';
import { label, type MetricNames, metricName, type Review, reviewLine, STANDINGS } from '../entry.js';
import { type Html, html, join, safeHref } from '../escape.js';
import { renderChart } from './chart.js';
import { OPEN } from './notice.js';

export interface ComparisonOptions {
  readonly language: Language;
  readonly metricNames?: MetricNames;
  /** Where a notice is shown (at a line of its text), by `document.id`; undefined where it is not. */
  readonly hrefOf?: (document: string, line?: number) => string | undefined;
  /** What a live page lets its reader do with such a check. */
  readonly control?: (check: CrossCheck, id: string) => Html;
}

interface Scene {
  readonly comparison: Comparison;
  readonly language: Language;
  readonly metricNames: MetricNames;
  readonly notice: (document: string) => NoticeIdentity | undefined;
  readonly link: (document: string, words: string, line?: number) => Html;
  readonly reviews: ReadonlyMap<string, Review>;
  readonly control: NonNullable<ComparisonOptions['control']>;
}

/** Most columns of figures, and most groups and passages that a page writes out. */
const MOST_METRICS = 12;
const MOST_GROUPS = 40;
const MOST_PASSAGES = 30;
const MOST_EXAMPLES = 8;
const MOST_IN_DIGEST = 5;
/** Characters. */
const LONGEST_PASSAGE = 600;
const LONGEST_TITLE = 48;
const CONTEXT = 24;
const CATEGORY_COLOR = '#5f8fb8';
const RATE_COLOR = '#5d8a73';
/** Most bars that a chart can show and still be read. */
const MOST_BARS = 30;

interface Ranked {
  readonly value: string;
  readonly rank?: number;
}

/** Two notices of one unit are told apart by their dates. */
function quoteOf({ link, notice, language }: Scene, { document, quote, line }: CrossEvidence): Html {
  const { unit = document, date } = notice(document) ?? {};
  const where = [date, say(language, 'report.line', { line })].filter((part) => part !== undefined).join(' · ');
  return html`<li>${link(document, unit, line)} <q>${quote}</q> <span class="where">${where}</span></li>`;
}

/** As stated, but in digits, so that a column can be compared by eye. */
const shownFigure = ({ stated, value, unit }: FigureCell): string => (/\d/.test(stated) ? stated : `${value}${unit}`);

async function renderFigures(scene: Scene): Promise<Html> {
  const { comparison, language, metricNames, notice, link } = scene;
  const { rows, distributions, outliers } = comparison.figures;
  const metrics = comparison.figures.metrics.slice(0, MOST_METRICS);
  const rates = comparison.figures.rates;
  const recomputedName = (metric: string): string =>
    say(language, 'report.recomputed', { name: metricName(metric, language, metricNames) });
  const odd = new Map(
    outliers.map((one) => [JSON.stringify([one.document, one.metric, one.recomputed]), one.message[language]]),
  );
  const message = (row: FigureRow, metric: string, recomputed: boolean): string | undefined =>
    odd.get(JSON.stringify([row.document, metric, recomputed]));
  const cell = (name: string, shown: string | undefined, of: Ranked | undefined, why: string | undefined): Html => {
    const title = why === undefined ? html`` : html` title="${why}"`;
    const rank = of?.rank === undefined ? html`` : html` <small>#${of.rank}</small>`;
    const look = shown === undefined ? 'none' : why === undefined ? '' : 'warning';
    return html`<td class="number ${look}" data-label="${name}" data-sort="${of?.value ?? '-1'}"${title}>${shown ?? '—'}${rank}</td>`;
  };
  const body = rows.map((row) => {
    const figures = metrics.map((metric) => {
      const figure = row.figures[metric];
      const name = metricName(metric, language, metricNames);
      return cell(name, figure && shownFigure(figure), figure, message(row, metric, false));
    });
    const recomputed = rates.map((metric) => {
      const rate = row.rates[metric];
      return cell(recomputedName(metric), rate && `${rate.value}%`, rate, message(row, metric, true));
    });
    const identity = notice(row.document);
    return html`<tr><th scope="row">${link(row.document, identity?.unit ?? row.document)}<small>${[identity?.region, identity?.date].filter((part) => part !== undefined).join(' · ')}</small></th>${figures}${recomputed}</tr>`;
  });
  const medianOf = (metric: string, recomputed: boolean): Html => {
    const found = distributions.find((one) => one.metric === metric && one.recomputed === recomputed);
    const name = recomputed ? recomputedName(metric) : metricName(metric, language, metricNames);
    return html`<td class="number" data-label="${name}">${found === undefined ? '' : `${found.median}${found.unit === '%' ? '%' : ''}`}</td>`;
  };
  const head = (name: string, look = 'number'): Html =>
    html`<th scope="col" class="${look}"><button type="button">${name}</button></th>`;
  return html`<section class="compared" id="compare-figures"><h3>${say(language, 'report.compare.figures')}</h3>
<div class="scroll"><table class="sortable"><thead><tr>${head(say(language, 'report.column.unit'), '')}${metrics.map((metric) => head(metricName(metric, language, metricNames)))}${rates.map((metric) => head(recomputedName(metric)))}</tr></thead><tbody>${body}</tbody><tfoot><tr><th scope="row">${say(language, 'report.compare.median')}</th>${metrics.map((metric) => medianOf(metric, false))}${rates.map((metric) => medianOf(metric, true))}</tr></tfoot></table></div><p class="total">${say(language, 'report.compare.rankNote')}</p>
${await renderRateCharts(scene)}
${
  outliers.length > 0 &&
  html`<h4>${say(language, 'report.compare.outliers')}</h4><ul class="list">${outliers.map((one) => html`<li>${link(one.document, notice(one.document)?.unit ?? one.document)} ${one.message[language]}</li>`)}</ul>`
}
</section>`;
}

function renderCheck(scene: Scene, { check, standing, review }: JudgedBetween): Html {
  const { language, control } = scene;
  const id = betweenAnchor(check);
  const decided =
    review &&
    html`<p class="review ${review.decision}"><b>${label(language, 'decision', review.decision)}</b> ${reviewLine(review, language)}</p>`;
  return html`<li class="check ${standing}" id="${id}" tabindex="-1"><p class="message">${check.message[language]}</p><ul class="places">${check.evidence.map((evidence) => quoteOf(scene, evidence))}</ul>${decided}${control(check, id)}<p class="rule">${label(language, 'kind', check.kind)} · ${check.check}</p></li>`;
}

/** The units with the lowest rates, each rate as a chart. */
async function renderRateCharts({ comparison, language, metricNames, notice }: Scene): Promise<readonly Html[]> {
  const { rates, rows, distributions } = comparison.figures;
  const charts = rates.map(async (metric): Promise<Html> => {
    const ranked = rows
      .flatMap(({ document, rates: cells }) => {
        const cell = cells[metric];
        return cell?.rank === undefined ? [] : [{ document, value: Number(cell.value), rank: cell.rank }];
      })
      .sort((a, b) => b.rank - a.rank)
      .slice(0, MOST_BARS);
    const distribution = distributions.find((one) => one.metric === metric && one.recomputed);
    if (ranked.length < 2 || distribution === undefined) return html``;
    const { median, unit } = distribution;
    const title = say(language, 'report.compare.ranked', {
      name: metricName(metric, language, metricNames),
      median,
      unit,
    });
    const labels = ranked.map(({ document }) => notice(document)?.unit ?? document);
    const series = [{ name: '', color: RATE_COLOR, values: ranked.map(({ value }) => value) }];
    return renderChart(title, { labels, series, max: 100, unit: '%' });
  });
  return Promise.all(charts);
}

function renderChecks(scene: Scene): Html {
  const { comparison, language, reviews } = scene;
  if (comparison.checks.length === 0) return html``;
  const judged = judgedBetween({ comparison, reviews });
  const groups = STANDINGS.map((standing) => {
    const members = judged.filter((one) => one.standing === standing);
    if (members.length === 0) return html``;
    return html`<details class="group ${standing}"${OPEN.has(standing) && html` open`}><summary>${label(language, 'standing', standing)} <span class="count">${members.length}</span></summary><ol>${members.map((one) => renderCheck(scene, one))}</ol></details>`;
  });
  return html`<section class="compared" id="compare-checks"><h3>${say(language, 'report.compare.checks')}</h3>${groups}</section>`;
}

const yearsOf = (since: number | undefined, until: number | undefined): string => {
  if (since === undefined || until === undefined) return '';
  return since === until ? String(since) : `${since}–${until}`;
};

const problemAnchor = (at: number): string => `compare-problem-${at}`;

const groupFacts = ({ units, mentions }: ProblemGroup, language: Language): string =>
  say(language, 'report.compare.groupFacts', { units, mentions });

function renderGroup(scene: Scene, group: ProblemGroup, at: number): Html {
  const { language, link, notice } = scene;
  const statuses = (Object.entries(group.byStatus) as [Status, number][]).map(
    ([status, count]) => html`<span class="chip ${status}">${label(language, 'status', status)} ${count}</span>`,
  );
  const examples = group.examples
    .slice(0, MOST_EXAMPLES)
    .map(
      ({ document, title, evidence }) =>
        html`<li>${link(document, notice(document)?.unit ?? document, evidence.line)} ${title}</li>`,
    );
  const measures = group.typicalMeasures.map(({ text }) => html`<li>${text}</li>`);
  const aside = [groupFacts(group, language), group.category ?? '', yearsOf(group.since, group.until)].filter(
    (part) => part !== '',
  );
  return html`<details class="finding" id="${problemAnchor(at)}"><summary><span class="title">${group.title}</span> <span>${join(statuses, ' ')}</span> <span class="aside">${aside.join(' · ')}</span></summary><div class="body"><ul>${examples}</ul>${measures.length > 0 && html`<h5>${say(language, 'report.compare.typicalMeasures')}</h5><ol>${measures}</ol>`}</div></details>`;
}

async function renderProblems(scene: Scene): Promise<Html> {
  const { comparison, language } = scene;
  const { categories, groups } = comparison.problems;
  const named = categories.filter(({ category }) => category !== null);
  const chart =
    named.length > 1 &&
    (await renderChart(say(language, 'report.compare.categories'), {
      labels: named.map(({ category }) => category ?? ''),
      series: [{ name: '', color: CATEGORY_COLOR, values: named.map(({ units }) => units) }],
    }));
  if (groups.length === 0 && chart === false) return html``;
  const shown = groups.slice(0, MOST_GROUPS).map((group, at) => renderGroup(scene, group, at));
  return html`<section class="compared" id="compare-problems"><h3>${say(language, 'report.compare.problems')}</h3>${chart}${shown}</section>`;
}

const shorten = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length)}…` : text);

/** What is the same, where it is long, stands for itself by its ends: the eye is led to what differs. */
const abridge = (text: string): string =>
  text.length > 3 * CONTEXT ? `${text.slice(0, CONTEXT)} … ${text.slice(-CONTEXT)}` : text;

function renderDifference({ kind, text }: Difference): Html {
  if (kind === 'same') return html`${abridge(text)}`;
  return kind === 'added' ? html`<ins>${text}</ins>` : html`<del>${text}</del>`;
}

function renderPassage(scene: Scene, { units, length, places }: SharedPassage): Html {
  const { language, link, notice } = scene;
  const items = places.map(({ evidence, differences }, index) => {
    const words = index === 0 ? html`${shorten(evidence.quote, LONGEST_PASSAGE)}` : differences?.map(renderDifference);
    const same = html`<span class="aside">${say(language, 'report.compare.samePassage')}</span>`;
    return html`<li>${link(evidence.document, notice(evidence.document)?.unit ?? evidence.document, evidence.line)} <span class="passage-words">${words ?? same}</span></li>`;
  });
  const title = shorten(places[0]?.evidence.quote.trim() ?? '', LONGEST_TITLE);
  const facts = say(language, 'report.compare.passageFacts', { units, length });
  return html`<details class="finding"><summary><span class="title">${title}</span> <span></span> <span class="aside">${facts}</span></summary><div class="body"><ul class="places">${items}</ul></div></details>`;
}

function renderPassages(scene: Scene): Html {
  const { comparison, language } = scene;
  const { passages } = comparison.passages;
  if (passages.length === 0) return html``;
  const shown = passages.slice(0, MOST_PASSAGES).map((passage) => renderPassage(scene, passage));
  return html`<section class="compared" id="compare-passages"><h3>${say(language, 'report.compare.passages')}</h3>${shown}</section>`;
}

/** How concrete each notice is, beside how much of its text is its own. */
function renderSubstance(scene: Scene): Html {
  const { comparison, language, link, notice } = scene;
  const own = new Map(comparison.passages.own.map((one) => [one.document, one.share]));
  const percent = (share: number | undefined): Html =>
    html`<td class="number" data-sort="${share ?? -1}">${share === undefined ? '—' : `${Math.round(share * 100)}%`}</td>`;
  const count = ({ count: part, of }: Share): Html =>
    html`<td class="number" data-sort="${of === 0 ? -1 : part / of}">${part}/${of}</td>`;
  const columns = ['index', 'own', 'person', 'date', 'figure', 'document', 'outcomes'] as const;
  const rows = comparison.substance.notices.map(
    (one) =>
      html`<tr><th scope="row">${link(one.document, notice(one.document)?.unit ?? one.document)}</th>${percent(one.index)}${percent(own.get(one.document))}${count(one.measuresWithPerson)}${count(one.measuresWithDate)}${count(one.measuresWithFigure)}${count(one.measuresWithDocument)}${count(one.concreteOutcomes)}</tr>`,
  );
  const head = columns.map(
    (name) =>
      html`<th scope="col" class="number"><button type="button">${say(language, `report.compare.column.${name}`)}</button></th>`,
  );
  return html`<section class="compared" id="compare-substance"><h3>${say(language, 'report.compare.substance')}</h3><p class="total">${say(language, 'report.compare.substanceMeaning')}</p><div class="scroll"><table class="sortable"><thead><tr><th scope="col"><button type="button">${say(language, 'report.column.unit')}</button></th>${head}</tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

/** What the comparison holds, and how much of each: the table of figures is long, what follows must not be lost behind it. */
function renderContents({ comparison, reviews, language }: Scene): Html {
  const { figures, checks, problems, passages } = comparison;
  const doubtful = judgedBetween({ comparison, reviews }).filter(({ standing }) => OPEN.has(standing)).length;
  const parts = [
    ['figures', figures.rows.length],
    ['checks', doubtful],
    ['problems', problems.groups.length],
    ['passages', passages.passages.length],
    ['substance', figures.rows.length],
  ] as const;
  const shown = {
    checks: checks.length > 0,
    problems: problems.categories.length > 0 || problems.groups.length > 0,
    passages: passages.passages.length > 0,
  };
  const links = parts
    .filter(([part]) => shown[part as keyof typeof shown] ?? true)
    .map(
      ([part, count]) =>
        html`<li><a href="#compare-${part}">${say(language, `report.compare.${part}`)}</a> <span class="aside">${count}</span></li>`,
    );
  return html`<nav class="contents" aria-label="${say(language, 'report.compare.title')}"><ul>${links}</ul></nav>`;
}

function sceneOf(
  { comparison, reviews }: BetweenNotices,
  { language, metricNames = {}, hrefOf = () => undefined, control = () => html`` }: ComparisonOptions,
): Scene {
  const notices = new Map(comparison.notices.map((notice) => [notice.document, notice]));
  const link = (document: string, words: string, line?: number): Html => {
    const href = hrefOf(document, line);
    return href === undefined ? html`<b>${words}</b>` : html`<a class="unit" href="${safeHref(href)}">${words}</a>`;
  };
  return { comparison, language, metricNames, notice: (document) => notices.get(document), link, reviews, control };
}

/** The gist of a comparison for the top of a page that holds it further down: a few of each, with how many there are. */
export function renderDigest(between: BetweenNotices, options: ComparisonOptions): Html {
  const { comparison, reviews, language, link, notice } = sceneOf(between, options);
  const doubtful = judgedBetween({ comparison, reviews }).filter(({ standing }) => OPEN.has(standing));
  const { groups } = comparison.problems;
  const { outliers } = comparison.figures;
  const part = <T>(code: string, of: readonly T[], item: (one: T, at: number) => Html): Html => {
    if (of.length === 0) return html``;
    const items = of.slice(0, MOST_IN_DIGEST).map((one, at) => html`<li>${item(one, at)}</li>`);
    return html`<section><h2>${say(language, `report.digest.${code}`)} <span class="count">${of.length}</span></h2><ul>${items}</ul></section>`;
  };
  const parts = [
    part('checks', doubtful, ({ check, standing }) => {
      const grave = label(language, 'standing', standing);
      return html`<span class="chip ${standing}">${grave}</span> <a href="#${betweenAnchor(check)}">${check.message[language]}</a>`;
    }),
    part('problems', groups, (group, at) => {
      const facts = groupFacts(group, language);
      return html`<a href="#${problemAnchor(at)}">${shorten(group.title, LONGEST_TITLE)}</a> <span class="aside">${facts}</span>`;
    }),
    part('outliers', outliers, ({ document, message }) => {
      return html`${link(document, notice(document)?.unit ?? document)} ${message[language]}`;
    }),
  ];
  return html`<div class="digest">${parts}</div>`;
}

/** All of a comparison, for a page with `STYLE`. Long lists are cut to what a person reads; the JSON has them whole. */
export async function renderComparison(between: BetweenNotices, options: ComparisonOptions): Promise<Html> {
  const scene = sceneOf(between, options);
  return html`<article class="comparison" id="comparison"><h2>${say(options.language, 'report.compare.title')}</h2>
${renderContents(scene)}
${await renderFigures(scene)}
${renderChecks(scene)}
${await renderProblems(scene)}
${renderPassages(scene)}
${renderSubstance(scene)}
</article>`;
}
