/** What every page of the site shares: what it is served from, the reader's language, and the frame around each page. */
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Workers } from '../batch/workers.js';
import { say } from '../messages/index.js';
import type { Language, Segmenter } from '../model.js';
import { type Html, html, markupOf } from '../report/escape.js';
import type { LetterTemplate } from '../report/letter.js';
import type { RuleSet } from '../rules/load.js';
import type { Store } from '../store/store.js';
import type { Inbox } from './inbox.js';

export interface Site {
  readonly store: Store;
  /** Where files are read: no request waits for an analysis. */
  readonly workers: Workers;
  /** Where files wait for them. */
  readonly inbox: Inbox;
  /** `Pipeline.fingerprint` of the workers' pipeline. */
  readonly fingerprint: string;
  readonly rules: RuleSet;
  /** Called when something first needs words. */
  readonly segmenter: () => Segmenter;
  /** Of readers who have not chosen. */
  readonly language: Language;
  readonly version: string;
  /** The user's sentences for letters. */
  readonly letterTemplate?: LetterTemplate;
  readonly now: () => Date;
  /** Told of errors of our own; readers are not. */
  readonly onError: (error: unknown) => void;
}

const LANGUAGE_COOKIE = 'hecha-lang';
const isLanguage = (value: string | undefined): value is Language => value === 'zh' || value === 'en';

/** The reader's language: as this address says, else as chosen before, else the site's. */
export function languageOf(c: Context, site: Pick<Site, 'language'>): Language {
  const asked = c.req.query('lang');
  if (isLanguage(asked)) {
    setCookie(c, LANGUAGE_COOKIE, asked, { sameSite: 'Strict', path: '/', maxAge: 365 * 24 * 3600 });
    return asked;
  }
  const chosen = getCookie(c, LANGUAGE_COOKIE);
  return isLanguage(chosen) ? chosen : site.language;
}

/** What was just done, said once on the page that follows. */
export const DONE = ['uploaded', 'reviewed', 'reopened', 'corrected', 'again'] as const;
export type Done = (typeof DONE)[number];

const PLACES = ['list', 'compare', 'rules'] as const;
export type Place = (typeof PLACES)[number];
const HREFS: Readonly<Record<Place, string>> = { list: '/', compare: '/compare', rules: '/rules' };

export interface PageParts {
  readonly title: string;
  readonly place?: Place;
  readonly body: Html;
}

/** `main` already stands in the body of the page that a report renders; here it stands in the frame. */
export function page(c: Context, language: Language, { title, place, body }: PageParts): Response {
  const done = DONE.find((one) => one === c.req.query('done'));
  const other: Language = language === 'zh' ? 'en' : 'zh';
  const here = new URL(c.req.url);
  here.searchParams.delete('done');
  here.searchParams.set('lang', other);
  const back = c.req.method === 'GET' ? here.pathname + here.search : `${here.pathname}?lang=${other}`;
  const links = PLACES.map(
    (one) =>
      html`<li><a href="${HREFS[one]}"${one === place && html` aria-current="page"`}>${say(language, `web.nav.${one}`)}</a></li>`,
  );
  const status = done === undefined ? '' : say(language, `web.done.${done}`);
  const markup = html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · ${say(language, 'web.name')}</title>
<link rel="stylesheet" href="/assets/style.css">
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<script src="/assets/report.js" defer></script>
<script src="/assets/app.js" type="module"></script>
</head>
<body class="site">
<a class="skip" href="#main">${say(language, 'web.skip')}</a>
<header class="bar-top">
<a class="brand" href="/">${say(language, 'web.name')}</a>
<nav aria-label="${say(language, 'web.nav')}"><ul>${links}</ul></nav>
<a class="language" href="${back}" lang="${other === 'zh' ? 'zh-CN' : 'en'}" hreflang="${other}">${say(other, 'web.language')}</a>
</header>
<p id="status" class="status" role="status">${status}</p>
<main id="main" tabindex="-1">
${body}
</main>
</body>
</html>
`;
  return c.html(markupOf(markup));
}
