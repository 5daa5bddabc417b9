/** The rule playground: a rule and a sentence → what the rule sees in it, or how far it came. Bounded in size and in time. */
import { runInNewContext } from 'node:vm';
import type { Context } from 'hono';
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import type { Language, Span } from '../model.js';
import { type Html, html } from '../report/escape.js';
import { failuresOf } from '../rules/examples.js';
import { explain, type Obstacle } from '../rules/explain.js';
import type { PatternRule } from '../rules/load.js';
import type { RuleMatch } from '../rules/match.js';
import { readable } from '../rules/pattern.js';
import { trialRules } from '../rules/trial.js';
import { createView, type View } from '../rules/view.js';
import { segment } from '../segment/segment.js';
import { documentOf } from '../text.js';
import { languageOf, page, type Site } from './site.js';

const LONGEST_RULE = 20_000;
const LONGEST_TEXT = 4_000;
const MOST_MS = 3_000;
const MOST_ATTEMPTS = 20;

export interface Trial {
  readonly rule: string;
  readonly text: string;
}

/** Runs `work` and stops it, wherever it is, after `ms`. The context is a stopwatch only: no foreign code runs in it. */
function within<T>(ms: number, work: () => T): T | undefined {
  try {
    return runInNewContext('work()', { work }, { timeout: ms }) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined;
    throw error;
  }
}

const viewOf = ({ rules, segmenter }: Site, text: string): View =>
  createView(segment(documentOf(text), segmenter), rules.lexicon);

/** `text` with the matches marked; of those that overlap the first is. */
function renderMarked(text: string, matches: readonly RuleMatch[]): Html {
  const parts: Html[] = [];
  let at = 0;
  for (const { start, end } of [...matches].sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    parts.push(html`${text.slice(at, start)}<mark class="hit">${text.slice(start, end)}</mark>`);
    at = end;
  }
  return html`<p class="marked" lang="zh">${parts}${text.slice(at)}</p>`;
}

function renderMatch({ captures, emits, set }: RuleMatch, text: string): Html {
  const slice = ({ start, end }: Span): string => text.slice(start, end);
  const row = (name: string, value: string): Html => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  return html`<li class="check consistent"><dl class="details">${emits.map(({ name, span }) => row(`→ ${name}`, slice(span)))}${Object.entries(set).map(([name, value]) => row(`→ ${name}`, value))}${[...captures].map(([name, span]) => row(name, slice(span)))}</dl></li>`;
}

function describe(obstacle: Obstacle, language: Language): string {
  switch (obstacle.kind) {
    case 'literal': {
      const words = obstacle.anyOf.slice(0, 8).map(readable).join(' | ');
      return say(language, 'web.obstacle.literal', { words });
    }
    case 'pattern':
      return say(language, 'web.obstacle.pattern', {
        matched: readable(obstacle.matched),
        rest: readable(obstacle.stoppedBefore),
      });
    case 'unless':
      return say(language, 'web.obstacle.unless', { pattern: obstacle.pattern });
    case 'guard':
      return say(language, 'web.obstacle.guard', { capture: obstacle.capture, written: obstacle.written });
  }
}

function renderRule(rule: PatternRule, site: Site, text: string, language: Language): Html {
  const { matches, attempts } = explain(rule, viewOf(site, text), { start: 0, end: text.length });
  const failures = failuresOf(rule, (example) => viewOf(site, example));
  const found = say(language, matches.length === 0 ? 'web.rules.silent' : 'web.rules.found', { count: matches.length });
  const failed = failures.map(({ text: example, missing, noisy }) => {
    const parts = [
      ...missing.map((what) => say(language, 'web.rules.missing', { what })),
      ...noisy.map((what) => say(language, 'web.rules.noisy', { what })),
    ];
    return html`<li class="check warning"><p class="message">${example}</p><p class="rule">${parts.join(' · ')}</p></li>`;
  });
  const stopped = attempts
    .slice(0, MOST_ATTEMPTS)
    .map(
      ({ piece, pattern, obstacle }) =>
        html`<li class="check info"><p>${text.slice(piece.start, piece.end)}</p><p class="message">${describe(obstacle, language)}</p><p class="rule">${pattern}</p></li>`,
    );
  return html`<section class="trial"><h3>${rule.topic} / ${rule.id} · ${found}</h3>
${renderMarked(text, matches)}
<ol class="cards">${matches.map((match) => renderMatch(match, text))}${stopped}</ol>
<h4>${say(language, 'web.rules.examples', { passed: rule.examples.length - failures.length, total: rule.examples.length })}</h4>
<ol class="cards">${failed}</ol></section>`;
}

const renderFault = (message: string): Html => html`<p class="fault">${message}</p>`;

/** What the rules of `trial` say of its text, or what is wrong with them. */
export function renderTrial(site: Site, { rule, text }: Trial, language: Language): Html {
  if (rule.length > LONGEST_RULE || text.length > LONGEST_TEXT) {
    return renderFault(say(language, 'web.rules.tooLong', { rule: LONGEST_RULE, text: LONGEST_TEXT }));
  }
  try {
    const shown = within(MOST_MS, () => {
      const rules = trialRules(rule, site.rules, language);
      if (rules.length === 0) return renderFault(say(language, 'web.rules.none'));
      return html`${rules.map((one) => renderRule(one, site, text, language))}`;
    });
    return shown ?? renderFault(say(language, 'web.rules.tooSlow', { seconds: MOST_MS / 1000 }));
  } catch (error) {
    if (error instanceof InputError) return renderFault(error.toLine());
    throw error;
  }
}

export async function playgroundPage(c: Context, site: Site): Promise<Response> {
  const language = languageOf(c, site);
  const form = c.req.method === 'POST' ? await c.req.parseBody() : {};
  const given = (name: 'rule' | 'text'): string =>
    typeof form[name] === 'string' ? form[name].replaceAll('\r\n', '\n') : say(language, `web.rules.sample.${name}`);
  const trial: Trial = { rule: given('rule'), text: given('text') };
  const body = html`<h1>${say(language, 'web.nav.rules')}</h1>
<p class="total">${say(language, 'web.rules.means')}</p>
<div class="columns playground">
<form id="trial" method="post" action="/rules">
<label><span>${say(language, 'web.rules.rule')}</span><textarea class="code" name="rule" rows="18" maxlength="${LONGEST_RULE}" spellcheck="false">${trial.rule}</textarea></label>
<label><span>${say(language, 'web.rules.text')}</span><textarea name="text" rows="5" maxlength="${LONGEST_TEXT}" lang="zh" spellcheck="false">${trial.text}</textarea></label>
<button type="submit" class="primary">${say(language, 'web.rules.try')}</button>
</form>
<section class="results" aria-label="${say(language, 'web.rules.results')}"><h2>${say(language, 'web.rules.results')}</h2><div id="results" aria-live="polite">${renderTrial(site, trial, language)}</div></section>
</div>`;
  return page(c, language, { title: say(language, 'web.nav.rules'), place: 'rules', body });
}
