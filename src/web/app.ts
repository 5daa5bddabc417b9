/** The site: requests and the store in, pages and files out. Holds no socket; `hecha serve` gives it one. */
import { type Context, Hono } from 'hono';
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import { html, markupOf } from '../report/escape.js';
import { SCRIPT } from '../report/html/script.js';
import { STYLE } from '../report/html/style.js';
import type { StoredNotice } from '../store/store.js';
import { type Access, guard, secureHeaders } from './access.js';
import { ICON, SITE_SCRIPT, SITE_STYLE } from './assets.js';
import { comparisonPage } from './compare.js';
import { exportNotices, letterTo, reportOf, wholeReport } from './downloads.js';
import { listPage, renderQueue } from './list.js';
import { analyseAgain, noticePage } from './notice.js';
import { playgroundPage } from './playground.js';
import { createQueue, type Queue } from './queue.js';
import { correct, decide, decideBetween } from './review.js';
import { languageOf, page, type Site } from './site.js';
import { boundedBody, takeUploads, UPLOAD_LIMITS, type UploadLimits } from './upload.js';

export interface AppOptions {
  readonly access: Access;
  readonly uploads?: UploadLimits;
}

export interface App {
  readonly request: Hono['request'];
  readonly fetch: Hono['fetch'];
  readonly queue: Queue;
}

/** Bytes of a form that is no upload: a rule, a sentence, a reason. */
const FORM_BYTES = 256 * 1024;

const ASSETS: ReadonlyMap<string, readonly [type: string, content: string]> = new Map([
  ['style.css', ['text/css; charset=utf-8', STYLE + SITE_STYLE]],
  ['report.js', ['text/javascript; charset=utf-8', SCRIPT]],
  ['app.js', ['text/javascript; charset=utf-8', SITE_SCRIPT]],
  ['icon.svg', ['image/svg+xml', ICON]],
]);

export function createApp(site: Site, { access, uploads = UPLOAD_LIMITS }: AppOptions): App {
  const app = new Hono();
  const queue = createQueue(site);
  const small = boundedBody(FORM_BYTES);

  const message = (c: Context, status: 400 | 404 | 500, code: string, words?: string): Promise<Response> | Response => {
    const language = languageOf(c, site);
    const title = say(language, code);
    const body = html`<h1>${title}</h1><p class="empty" role="alert">${words ?? ''}</p><p><a href="/">← ${say(language, 'web.nav.list')}</a></p>`;
    c.status(status);
    return page(c, language, { title, body });
  };
  /** Finds the notice of the address, and answers 404 where there is none. */
  const onNotice =
    (answer: (c: Context, site: Site, stored: StoredNotice) => Response | Promise<Response>) => async (c: Context) => {
      const stored = await site.store.get(c.req.param('id') ?? '');
      return stored === undefined ? message(c, 404, 'web.notFound') : answer(c, site, stored);
    };

  app.use(secureHeaders);
  app.use(guard(access));
  app.get('/', (c) => listPage(c, site, queue, uploads));
  app.get('/queue', (c) => c.html(markupOf(renderQueue(queue, languageOf(c, site)))));
  app.post('/uploads', boundedBody(uploads.bytes), (c) => takeUploads(c, site, queue, uploads));
  app.get('/notices/:id', onNotice(noticePage));
  app.post('/notices/:id/reviews', small, onNotice(decide));
  app.post('/notices/:id/corrections', small, onNotice(correct));
  app.post('/notices/:id/again', small, onNotice(analyseAgain));
  app.get('/notices/:id/letter', onNotice(letterTo));
  app.get('/notices/:id/report', onNotice(reportOf));
  app.get('/export', (c) => exportNotices(c, site));
  app.get('/report', (c) => wholeReport(c, site));
  app.get('/compare', (c) => comparisonPage(c, site));
  app.post('/compare/reviews', small, (c) => decideBetween(c, site));
  app.on(['GET', 'POST'], '/rules', small, (c) => playgroundPage(c, site));
  app.get('/assets/:name', (c) => {
    const asset = ASSETS.get(c.req.param('name'));
    if (asset === undefined) return c.notFound();
    c.header('Content-Type', asset[0]);
    return c.body(asset[1]);
  });
  app.notFound((c) => message(c, 404, 'web.notFound'));
  app.onError((error, c) => {
    if (error instanceof InputError) return message(c, 400, 'web.badInput', error.message);
    site.onError(error);
    return message(c, 500, 'web.internal');
  });
  return { request: app.request, fetch: app.fetch, queue };
}
