/** Notices as files to take away: the same writers as on the command line. */
import { PassThrough, Readable } from 'node:stream';
import type { Context } from 'hono';
import { noticeName, type ReportEntry } from '../report/entry.js';
import {
  EXPORT_FORMATS,
  EXPORT_TABLES,
  type ExportFormat,
  type ExportOptions,
  MEDIA_TYPES,
  needsComparison,
  writeExport,
} from '../report/export.js';
import { renderReport } from '../report/html/page.js';
import { renderLetter } from '../report/letter.js';
import type { NoticeFilter, StoredNotice } from '../store/store.js';
import { betweenOf } from './compare.js';
import { filterOf } from './filter.js';
import { entryOf } from './notice.js';
import { languageOf, type Site } from './site.js';

const today = ({ now }: Site): string => now().toISOString().slice(0, 10);

/** Names of files: words of a notice, without what a path or a header could mind. */
const fileName = (words: string, format: string): string =>
  `${words.replace(/[^\p{L}\p{N}（）()·-]+/gu, '_').slice(0, 80)}.${format}`;

function asDownload(c: Context, name: string, type: string): void {
  c.header('Content-Type', type);
  c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
}

async function* entries(site: Site, filter: NoticeFilter, c: Context): AsyncGenerator<ReportEntry> {
  const language = languageOf(c, site);
  for await (const stored of site.store.iterate(filter)) yield await entryOf(site, stored, language);
}

function exported(
  c: Context,
  site: Site,
  format: ExportFormat,
  name: string,
  content: AsyncIterable<ReportEntry>,
  options: Partial<ExportOptions> = {},
): Response {
  const output = new PassThrough();
  writeExport(format, content, output, {
    language: languageOf(c, site),
    metricNames: site.rules.metrics,
    version: site.version,
    generated: today(site),
    ...options,
  }).catch((error: unknown) => {
    site.onError(error);
    output.destroy(error as Error);
  });
  asDownload(c, fileName(name, format), MEDIA_TYPES[format]);
  return c.body(Readable.toWeb(output) as ReadableStream);
}

export async function exportNotices(c: Context, site: Site): Promise<Response> {
  const query = c.req.query();
  const format = EXPORT_FORMATS.find((one) => one === query.format) ?? 'xlsx';
  const table = EXPORT_TABLES.find((one) => one === query.table);
  const filter = filterOf(query);
  const name = ['hecha', ...(format === 'csv' && table !== undefined ? [table] : []), today(site)].join('-');
  const between = needsComparison(format, table) ? await betweenOf(site, filter, languageOf(c, site)) : undefined;
  return exported(c, site, format, name, entries(site, filter, c), {
    ...(table === undefined ? {} : { table }),
    ...(between === undefined ? {} : { between }),
  });
}

/** All that the filter lets through as one HTML file, to be opened anywhere. */
export async function wholeReport(c: Context, site: Site): Promise<Response> {
  const language = languageOf(c, site);
  const filter = filterOf(c.req.query());
  const between = await betweenOf(site, filter, language);
  const options = { language, generated: today(site), metricNames: site.rules.metrics };
  const report = await renderReport(entries(site, filter, c), {
    ...options,
    ...(between === undefined ? {} : { between }),
  });
  asDownload(c, fileName(`hecha-${today(site)}`, 'html'), 'text/html; charset=utf-8');
  return c.body(report);
}

export async function reportOf(c: Context, site: Site, stored: StoredNotice): Promise<Response> {
  const entry = await entryOf(site, stored, languageOf(c, site));
  const one = async function* () {
    yield entry;
  };
  return exported(c, site, 'docx', noticeName(entry), one());
}

export async function letterTo(c: Context, site: Site, stored: StoredNotice): Promise<Response> {
  const language = languageOf(c, site);
  const entry = await entryOf(site, stored, language);
  const letter = await renderLetter(entry, {
    language,
    metricNames: site.rules.metrics,
    ...(site.letterTemplate === undefined ? {} : { template: site.letterTemplate }),
  });
  asDownload(c, fileName(`${noticeName(entry)}-letter`, 'docx'), MEDIA_TYPES.docx);
  return c.body(new Uint8Array(letter));
}
