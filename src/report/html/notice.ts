/** One notice as a page shows it: figures, checks and findings beside the text they rest on, with links both ways. */
import { say } from '../../messages/index.js';
import type { CheckRecord, Evidence, FigureRecord, Finding, Language, NoticeRecord } from '../../model.js';
import { createLocator } from '../../text.js';
import {
  checkDerivation,
  checksOn,
  correctionLines,
  countedRecord,
  countsOf,
  headlineFigures,
  type JudgedCheck,
  judgedChecks,
  label,
  type MetricNames,
  metricName,
  noticeName,
  periodOf,
  placesOf,
  type ReportEntry,
  readingName,
  reviewLine,
  STANDINGS,
  type Standing,
  type Tally,
  tally,
} from '../entry.js';
import { type Html, html, join } from '../escape.js';
import { type Layer, renderPassage } from './passage.js';

/** What a live page lets its reader do; a file has none of it. */
export interface NoticeControls {
  readonly check: (check: CheckRecord) => Html;
  readonly figure: (figure: FigureRecord) => Html;
  /** Stands after the findings. */
  readonly end: Html;
}

export interface NoticeOptions {
  readonly language: Language;
  readonly metricNames?: MetricNames;
  /** Goes before every id, so that several notices can share a page; '' where a notice has its own. */
  readonly prefix: string;
  readonly controls?: NoticeControls;
}

/** Where a notice stands in a file that holds several: the prefix of all its ids. */
export const prefixOf = (record: NoticeRecord): string => `n${readingName(record)}-`;

/** Ids within a page. Checks, figures and findings are numbered as the record lists them. */
export const anchors = {
  notice: (prefix: string): string => `${prefix}notice`,
  check: (prefix: string, index: number): string => `${prefix}c${index + 1}`,
  figure: (prefix: string, index: number): string => `${prefix}f${index + 1}`,
  line: (prefix: string, line: number): string => `${prefix}L${line}`,
  finding: (prefix: string, index: number): string => `${prefix}q${index + 1}`,
  /** The words, in the text, of a place of what has id `owner`. */
  words: (owner: string, place = 0): string => `${owner}-${place + 1}`,
} as const;

const FIGURE_RANK = STANDINGS.length;
const FINDING_RANK = FIGURE_RANK + 1;
const LONGEST_TIP = 120;

/** Everything that one notice's parts share while they are rendered. */
interface Scene {
  readonly entry: ReportEntry;
  readonly options: NoticeOptions;
  readonly judged: readonly JudgedCheck[];
  readonly idOf: (check: CheckRecord) => string;
  readonly figures: readonly { readonly figure: FigureRecord; readonly id: string }[];
}

const shorten = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length)}…` : text);

export function renderTallyBadges(counts: Tally, language: Language): Html {
  const badges = STANDINGS.filter((standing) => counts[standing] > 0).map(
    (standing) =>
      html`<li class="${standing}"><b>${counts[standing]}</b> ${label(language, 'standing', standing)}</li>`,
  );
  return html`<ul class="tally">${badges}</ul>`;
}

function whereOf(evidence: Evidence, language: Language): string {
  const line = say(language, 'report.line', { line: evidence.line });
  return evidence.page === undefined ? line : `${line} · ${say(language, 'report.page', { page: evidence.page })}`;
}

function renderHeader({ entry, options, judged }: Scene): Html {
  const { language } = options;
  const { inspection, document, coverage, notes } = entry.record;
  const facts = [
    inspection.kind,
    inspection.team,
    periodOf(inspection, language),
    inspection.feedback && say(language, 'report.feedbackOn', { date: inspection.feedback }),
    inspection.published && say(language, 'report.publishedOn', { date: inspection.published }),
  ].filter((fact) => fact !== undefined && fact !== '');
  const percent = Math.round(coverage * 100);
  const corrections = correctionLines(entry, language, options.metricNames);
  return html`<header class="masthead">
<h2>${noticeName(entry)}</h2>
<p class="facts">${join(
    facts.map((fact) => html`<span>${fact}</span>`),
    ' ',
  )}</p>
<p class="source">${document.source} · ${say(language, 'report.characters', { count: document.characters })} · ${say(language, 'report.counts', { ...countsOf(entry.record) })} · ${say(language, 'report.coverage', { percent })}</p>
${renderTallyBadges(tally(judged), language)}
${corrections.length > 0 && html`<ul class="notes corrections">${corrections.map((line) => html`<li>${line}</li>`)}</ul>`}
${notes.length > 0 && html`<ul class="notes" aria-label="${say(language, 'report.notes')}">${notes.map((note) => html`<li>${note.message}</li>`)}</ul>`}
</header>`;
}

function renderFigures({ entry, options, judged, idOf, figures }: Scene): Html {
  const { language, metricNames, controls } = options;
  const counted = countedRecord(entry);
  if (figures.length === 0) return html``;
  const rows = figures.map(({ figure, id }) => {
    const marks = checksOn(figure.evidence, judged).map(
      ({ check, standing }) =>
        html`<a class="dot ${standing}" href="#${idOf(check)}" title="${shorten(check.message, LONGEST_TIP)}">${label(language, 'standing', standing)}</a>`,
    );
    const words = html`<a href="#${anchors.words(id)}">${figure.stated}</a>`;
    const corrected = counted.figures[entry.record.figures.indexOf(figure)]?.stated ?? figure.stated;
    const shown = corrected === figure.stated ? words : html`<del>${words}</del> <ins>${corrected}</ins>`;
    return html`<tr id="${id}"><th scope="row">${metricName(figure.metric, language, metricNames)}</th><td class="number">${shown}</td><td class="dots">${join(marks, ' ')} ${controls?.figure(figure)}</td></tr>`;
  });
  return html`<section class="figures"><h3>${say(language, 'report.headlineFigures')}</h3><table><tbody>${rows}</tbody></table></section>`;
}

function renderCheck({ check, standing, review }: JudgedCheck, { options, idOf }: Scene): Html {
  const { language, metricNames, controls } = options;
  const id = idOf(check);
  const places = placesOf(check).map(
    (evidence, place) =>
      html`<li><a href="#${anchors.words(id, place)}"><q>${evidence.quote}</q></a> <span class="where">${whereOf(evidence, language)}</span></li>`,
  );
  const details = checkDerivation(check, language, metricNames).map(
    ({ name, value }) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`,
  );
  const verdict =
    review &&
    html`<p class="review ${review.decision}"><b>${label(language, 'decision', review.decision)}</b> ${reviewLine(review, language)}</p>`;
  return html`<li class="check ${standing}" id="${id}" tabindex="-1">
<p class="message">${check.message}</p>
<ul class="places">${places}</ul>
${details.length > 0 && html`<dl class="details">${details}</dl>`}
${verdict}
${controls?.check(check)}
<p class="rule">${label(language, 'kind', check.kind)} · ${check.check}</p>
</li>`;
}

/** Standings whose checks are open to the eye; the others wait behind their heading. */
export const OPEN: ReadonlySet<Standing> = new Set(['error', 'warning', 'info']);

function renderChecks(scene: Scene): Html {
  const { options, judged } = scene;
  const { language } = options;
  const groups = STANDINGS.map((standing) => {
    const members = judged.filter((one) => one.standing === standing);
    if (members.length === 0) return html``;
    const title = label(language, 'standing', standing);
    return html`<details class="group ${standing}"${OPEN.has(standing) && html` open`}><summary>${title} <span class="count">${members.length}</span></summary><ol>${members.map((one) => renderCheck(one, scene))}</ol></details>`;
  });
  const nothing = judged.length === 0 && html`<p class="empty">${say(language, 'report.nothingToShow')}</p>`;
  return html`<section class="checks"><h3>${say(language, 'report.checks')}</h3>${groups}${nothing}</section>`;
}

function renderItems(
  title: string,
  items: readonly { readonly text: string }[],
  extra: (index: number) => string,
): Html {
  if (items.length === 0) return html``;
  const rows = items.map((item, index) => {
    const more = extra(index);
    return html`<li>${item.text}${more !== '' && html` <span class="aside">${more}</span>`}</li>`;
  });
  return html`<h5>${title}</h5><ol>${rows}</ol>`;
}

function renderFinding(finding: Finding, id: string, language: Language): Html {
  const { measures, outcomes, responsibles, deadline, status } = finding;
  const separator = say(language, 'report.listSeparator');
  const measureAside = (index: number): string => {
    const measure = measures[index] as Finding['measures'][number];
    const parts = [
      measure.status === 'unstated' ? '' : label(language, 'status', measure.status),
      measure.responsibles.join(separator),
      measure.deadline ?? '',
    ];
    return parts.filter((part) => part !== '').join(' · ');
  };
  const facts = [
    responsibles.length > 0 && [say(language, 'report.responsibles'), responsibles.join(separator)],
    deadline !== undefined && [say(language, 'report.deadline'), deadline],
  ].filter((fact) => fact !== false);
  const factList = facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`);
  const title = finding.titles.join(say(language, 'report.titleSeparator'));
  const sizes = say(language, 'report.findingCounts', { measures: measures.length, outcomes: outcomes.length });
  return html`<details class="finding" id="${id}">
<summary><span class="number">${finding.number ?? ''}</span> <span class="title">${title}</span> <span class="chip ${status}">${label(language, 'status', status)}</span> <span class="aside">${sizes}</span></summary>
<div class="body">
${factList.length > 0 && html`<dl class="details">${factList}</dl>`}
${renderItems(say(language, 'report.measures'), measures, measureAside)}
${renderItems(say(language, 'report.outcomes'), outcomes, () => '')}
<p class="jump"><a href="#${anchors.words(id)}">${say(language, 'report.seeText')}</a></p>
</div></details>`;
}

function renderFindings({ entry, options }: Scene): Html {
  const { language, prefix } = options;
  const { findings, sections } = entry.record;
  if (findings.length === 0) return html``;
  let section: string | null | undefined;
  const parts = findings.map((finding, index) => {
    const isNew = finding.section !== section;
    section = finding.section;
    const above = sections.findLast(
      (one) => one.number === finding.section && one.evidence.start <= finding.evidence.start,
    );
    const heading = isNew && above !== undefined && html`<h4>${above.number ?? ''}${above.title}</h4>`;
    return html`${heading}${renderFinding(finding, anchors.finding(prefix, index), language)}`;
  });
  return html`<section class="findings"><h3>${say(language, 'report.findings')}</h3>${parts}</section>`;
}

/** An empty place still needs words to lead to: it gets the character after it. */
const atLeastOne = ({ start, end }: Evidence): { readonly start: number; readonly end: number } => ({
  start,
  end: Math.max(end, start + 1),
});

function layersOf({ entry, options, judged, idOf, figures }: Scene): readonly Layer[] {
  const checks = judged.flatMap(({ check, standing }) => {
    const owner = idOf(check);
    return placesOf(check).map(
      (evidence, place): Layer => ({
        ...atLeastOne(evidence),
        id: anchors.words(owner, place),
        owner,
        look: standing,
        tip: shorten(check.message, LONGEST_TIP),
        rank: STANDINGS.indexOf(standing),
      }),
    );
  });
  const numbers = figures.map(
    ({ figure, id }): Layer => ({
      ...atLeastOne(figure.evidence),
      id: anchors.words(id),
      owner: id,
      look: 'figure',
      tip: metricName(figure.metric, options.language, options.metricNames),
      rank: FIGURE_RANK,
    }),
  );
  const findings = entry.record.findings.map((finding, index): Layer => {
    const owner = anchors.finding(options.prefix, index);
    const tip = shorten(finding.titles.join(' '), LONGEST_TIP);
    return {
      ...atLeastOne(finding.evidence),
      id: anchors.words(owner),
      owner,
      look: 'finding',
      tip,
      rank: FINDING_RANK,
    };
  });
  return [...checks, ...numbers, ...findings];
}

function renderLegend(language: Language, counts: Tally): Html {
  const looks = [...STANDINGS.filter((standing) => counts[standing] > 0), 'figure'] as const;
  const toggles = looks.map((look) => {
    const name = look === 'figure' ? say(language, 'report.headlineFigures') : label(language, 'standing', look);
    return html`<label class="${look}"><input type="checkbox" class="show-${look}" checked> ${name}</label>`;
  });
  return html`<div class="legend" role="group" aria-label="${say(language, 'report.legend')}">${toggles}</div>`;
}

/** The notice as an `<article>`, to stand in any page that has `STYLE`. Works without `SCRIPT`. */
export function renderNoticeBody(entry: ReportEntry, options: NoticeOptions): Html {
  const { record, text, blocks } = entry;
  const { language, prefix } = options;
  const judged = judgedChecks(entry);
  const ids = new Map(record.checks.map((check, index) => [check, anchors.check(prefix, index)]));
  const idOf = (check: CheckRecord): string => ids.get(check) as string;
  const figures = headlineFigures(record).map((figure) => ({
    figure,
    id: anchors.figure(prefix, record.figures.indexOf(figure)),
  }));
  const scene: Scene = { entry, options, judged, idOf, figures };
  const lineOf = createLocator({ text }).line;
  return html`<article class="notice" id="${anchors.notice(prefix)}">
${renderHeader(scene)}
<div class="columns">
<div class="analysis">
${renderFigures(scene)}
${renderChecks(scene)}
${renderFindings(scene)}
${options.controls?.end}
</div>
<section class="passage" aria-label="${say(language, 'report.labelled', { name: say(language, 'report.text'), value: noticeName(entry) })}">
<h3>${say(language, 'report.text')}</h3>
${renderLegend(language, tally(judged))}
<div class="words" tabindex="0" lang="zh">
${renderPassage(text, layersOf(scene), { lineOf, prefix }, blocks)}
</div>
</section>
</div>
</article>`;
}
