/** Where a report that `hecha report` wrote shows a notice: what links of other files may lead to. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, parse, relative, sep } from 'node:path';
import type { NoticeRecord } from '../model.js';
import { readingName } from '../report/entry.js';
import { anchors, prefixOf } from '../report/html/notice.js';
import type { Shown } from '../report/xlsx.js';

/** Folder, beside the index `report`, of the notices that have a file each. */
export const pagesFolder = (report: string): string => `${parse(report).name}-files`;

/** Name of a notice's own file in that folder. */
export const pageName = (record: NoticeRecord): string => `${readingName(record)}.html`;

const asHref = (path: string): string => path.split(sep).map(encodeURIComponent).join('/');

/**
 * Tells where `report` shows a notice, for links in `file`. Only what stands there now is linked: a report of an earlier reading may
 * have other words at the same place. Undefined where there is no report.
 */
export async function shownIn(report: string, file: string): Promise<Shown | undefined> {
  if (!existsSync(report)) return undefined;
  const page = await readFile(report, 'utf8');
  const ids = new Set([...page.matchAll(/<(?:article|li) class="[a-z ]+" id="([^"]+)"/g)].map(([, id]) => id));
  const pages = join(dirname(report), pagesFolder(report));
  const from = (path: string): string => asHref(relative(dirname(file), path));
  return {
    notice: (record) => {
      const prefix = prefixOf(record);
      if (ids.has(anchors.notice(prefix))) return { page: from(report), prefix };
      const own = join(pages, pageName(record));
      return page.includes(`/${pageName(record)}`) && existsSync(own) ? { page: from(own), prefix: '' } : undefined;
    },
    between: (anchor) => (ids.has(anchor) ? from(report) : undefined),
  };
}
