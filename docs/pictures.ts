/**
 * Makes the pictures of the tours from the sample notices: `npx tsx docs/pictures.ts` (needs Chromium; run after a
 * change of the report or the page, and look at what it made).
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { main } from '../src/cli/main.js';

const PICTURES = new URL('pictures/', import.meta.url).pathname;
/** Wide enough for the text beside the checks. */
const WIDTH = 1060;
/** Milliseconds until what a jump lights up is calm again. */
const CALM = 2_000;
const STREET = '桥北街道';

const folder = await mkdtemp(join(tmpdir(), 'hecha-pictures-'));
const store = join(folder, 'hecha.db');
const report = join(folder, 'report.html');
await main(['--store', store, 'ingest', 'corpus']);
await main(['--store', store, 'report', '--out', report]);

const server = spawn(process.execPath, [
  '--import',
  'tsx',
  'src/cli/main.ts',
  '--store',
  store,
  'serve',
  '--port',
  '0',
]);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  const [said] = (await once(server.stdout, 'data')) as [Buffer];
  const site = /http:\/\/[^/]+\//.exec(said.toString())?.[0] ?? '';
  const page = await browser.newPage({ reducedMotion: 'reduce', locale: 'zh-CN' });
  page.setDefaultTimeout(60_000);
  await picture(page, 'report-overview', `file://${report}`, 620);
  await page
    .getByRole('link', { name: new RegExp(STREET) })
    .first()
    .click();
  await page.getByRole('link', { name: '错误' }).first().click();
  await picture(page, 'report-notice', undefined, 440);
  await picture(page, 'page-list', site, 600);
  await page.goto(`${site}?q=${encodeURIComponent(STREET)}`);
  await page
    .getByRole('link', { name: new RegExp(STREET) })
    .first()
    .click();
  await page.getByRole('link', { name: '错误' }).first().click();
  await picture(page, 'page-notice', undefined, 440);
  await picture(page, 'page-compare', `${site}compare#compare-checks`, 620);
} finally {
  await browser.close();
  server.kill();
  await rm(folder, { recursive: true, force: true });
}

/** The top of a page as a small picture; of the page that is open where no address is given. */
async function picture(page: Page, name: string, address: string | undefined, height: number): Promise<void> {
  await page.setViewportSize({ width: WIDTH, height });
  if (address !== undefined) await page.goto(address);
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(CALM);
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}
