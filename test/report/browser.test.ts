/** The report in a real browser: jumps both ways, and hostile words that do nothing. Skipped where there is no Chromium. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prefixOf } from '../../src/report/html/notice.js';
import { renderReport } from '../../src/report/html/page.js';
import { ENTRY, HOSTILE, hostileEntry } from './fixture.js';

const CHROMIUM = process.env.HECHA_CHROMIUM ?? '/usr/bin/chromium';

describe.skipIf(!existsSync(CHROMIUM))('the report in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hecha-report-'));
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  });

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  /** Opens `markup` as a file and remembers all that it should not do. */
  async function open(markup: string, script: boolean): Promise<{ readonly page: Page; readonly faults: string[] }> {
    const file = join(folder, `${script}.html`);
    writeFileSync(file, markup);
    const context = await browser.newContext({ javaScriptEnabled: script, reducedMotion: 'reduce' });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('console', (message) => faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('dialog', (dialog) => {
      faults.push(dialog.message());
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (request.url() !== pathToFileURL(file).href) faults.push(request.url());
    });
    await page.goto(pathToFileURL(file).href);
    return { page, faults };
  }

  /** True where the element lies within what the window shows. */
  async function shown(page: Page, selector: string): Promise<boolean> {
    const box = await page.locator(selector).first().boundingBox();
    const height = page.viewportSize()?.height ?? 0;
    return box !== null && box.y + box.height > 0 && box.y < height;
  }

  it.each([true, false])('leads from a check to its words and back (script: %s)', async (script) => {
    const { page, faults } = await open(await renderReport([ENTRY], { language: 'zh' }), script);
    await page.setViewportSize({ width: 600, height: 500 });
    const check = `${prefixOf(ENTRY.record)}c2`;
    const words = `mark[data-ids~="${check}-3"]`;
    await page.click(`#${check} .places li:nth-child(3) a`);
    expect(await page.locator(words).first().textContent()).toBe('95%');
    expect(await shown(page, words)).toBe(true);
    await page.locator(`${words} a`).first().press('Enter');
    expect(await shown(page, `#${check}`)).toBe(true);
    expect(page.url().endsWith(`#${check}`)).toBe(true);
    expect(faults).toEqual([]);
  });

  it('sorts the overview, and says so to screen readers', async () => {
    const hundred = { ...ENTRY, record: { ...ENTRY.record, unit: undefined as never, figures: [] } };
    const { page } = await open(await renderReport([hundred, ENTRY], { language: 'zh' }), true);
    const rates = page.locator('.sortable tbody td.rate');
    await page.click('.sortable thead th:nth-child(5) button');
    expect(await rates.allTextContents()).toEqual(['95%', '—']);
    expect(await page.locator('.sortable thead th:nth-child(5)').getAttribute('aria-sort')).toBe('descending');
  });

  it('runs nothing and asks nothing of the network, whatever notices say', async () => {
    const entries = HOSTILE.flatMap((words) => {
      const { record, text } = hostileEntry(words);
      return [hostileEntry(words), { record, text }];
    });
    const { page, faults } = await open(await renderReport(entries, { language: 'zh', title: HOSTILE[0] }), true);
    await page.evaluate(`for (const element of document.querySelectorAll('*'))
      for (const name of ['mouseover', 'focus', 'load', 'error']) element.dispatchEvent(new Event(name));`);
    for (let stop = 0; stop < 30; stop += 1) await page.keyboard.press('Tab');
    expect(faults).toEqual([]);
  });
});
