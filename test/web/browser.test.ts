/** The site in a real browser: from a file to a verdict, a decision and an export; by keyboard alone; for screen readers. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeWorkers, createTestSite, NOTICE, type TestSite, upload } from './site.js';

const CHROMIUM = process.env.HECHA_CHROMIUM ?? '/usr/bin/chromium';
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

describe.skipIf(!existsSync(CHROMIUM))('the site in a browser', () => {
  let browser: Browser;
  let site: TestSite;
  let server: ReturnType<typeof serve>;
  let base: string;
  let page: Page;
  /** Whatever a page should not do: say things to the console, throw, open dialogs, ask others. */
  let faults: string[];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });
  });
  afterAll(async () => {
    await browser.close();
    await closeWorkers();
  });

  beforeEach(async () => {
    site = await createTestSite();
    server = serve({ fetch: site.app.fetch, port: 0, hostname: '127.0.0.1' });
    if (!server.listening) await new Promise((resolve) => server.once('listening', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    faults = [];
    const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'zh-CN' });
    page = await context.newPage();
    page.on('console', (message) => faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('dialog', (dialog) => {
      faults.push(dialog.message());
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(base)) faults.push(request.url());
    });
  });
  afterEach(async () => {
    await page.context().close();
    server.close();
    await site.close();
  });

  const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

  it('goes from a file to its verdict, a decision, and an export', async () => {
    await page.goto(base);
    await page.setInputFiles('#files', file('通报.txt', NOTICE));
    await page.click('#upload button');
    await page.click('#notices tbody a');
    const error = page.locator('.check.error').first();
    expect(await error.textContent()).toContain('95%');
    const [letter] = await Promise.all([page.waitForEvent('download'), page.click('.actions a.button')]);
    expect(letter.suggestedFilename()).toMatch(/-letter\.docx$/);
    await error.locator('button[data-dialog=review]').click();
    await page.check('input[value=dismissed]');
    await page.fill('#review textarea', '口径不同');
    await page.fill('#review [name=who]', '王某');
    await page.click('#review .primary');
    await page.waitForURL(/\/notices\/[^?]+(?:\?done=reviewed)?#c\d+/);
    await page.waitForSelector('#status:not(:empty)');
    expect(await page.locator('.check.dismissed').first().textContent()).toContain('口径不同');
    // With nothing left to ask the unit about, the report stands first.
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('.actions a.button')]);
    expect(download.suggestedFilename()).toBe('青石县水务局党组.docx');
    await page.goto(base);
    await page.click('.menu summary');
    const [table] = await Promise.all([page.waitForEvent('download'), page.click('.menu a[href*="table=checks"]')]);
    expect(readFileSync(await table.path(), 'utf8')).toContain('口径不同');
    expect(faults).toEqual([]);
  });

  it('lets a reader dismiss what contradicts between notices', async () => {
    await upload(site, ['a.txt', NOTICE], ['b.txt', NOTICE.replace('反馈20个', '反馈22个')]);
    await page.goto(`${base}/compare`);
    const check = page.locator('#compare-checks .check.error').first();
    const key = await check.getAttribute('id');
    await check.locator('button[data-dialog=review]').press('Enter');
    expect(await page.locator('#review blockquote').textContent()).toBe(await check.locator('.message').textContent());
    await page.check('input[value=dismissed]');
    await page.fill('#review textarea', '两轮口径不同');
    await page.fill('#review [name=who]', '王某');
    await page.click('#review .primary');
    await page.waitForSelector(`#${key}.dismissed`);
    expect(await page.locator(`#${key} .review`).textContent()).toContain('两轮口径不同');
    expect(faults).toEqual([]);
  });

  it('takes files that are dropped on the page', async () => {
    await page.goto(base);
    const data = await page.evaluateHandle(
      `(() => { const data = new DataTransfer(); data.items.add(new File([${JSON.stringify(NOTICE)}], 'dropped.txt')); return data; })()`,
    );
    await page.dispatchEvent('body', 'drop', { dataTransfer: data });
    await page.waitForSelector('#notices tbody a');
    expect(await page.locator('#queue').textContent()).toContain('dropped.txt');
    expect(faults).toEqual([]);
  });

  it('can be used by keyboard alone', async () => {
    const path = await upload(site, ['a.txt', NOTICE]);
    await page.goto(base + path);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('skip');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    const focused =
      "document.activeElement.closest('.check.error') && document.activeElement.dataset.dialog === 'review'";
    for (let stops = 0; stops < 60 && (await page.evaluate(focused)) !== true; stops += 1)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate("document.getElementById('review').open")).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.evaluate(focused)).toBe(true);
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.type('口径不同');
    await page.keyboard.press('Tab');
    await page.keyboard.type('王某');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.check.dismissed');
    expect((await site.store.reviews()).map(({ decision, reason, who }) => [decision, reason, who])).toEqual([
      ['dismissed', '口径不同', '王某'],
    ]);
  });

  it('tries rules while one writes', async () => {
    await page.goto(`${base}/rules`);
    await page.fill('#trial [name=text]', '走访企业9家。');
    await page.waitForSelector('#results mark:text-is("走访企业9家")');
    await page.fill('#trial [name=rule]', 'figures: [');
    await page.waitForSelector('#results .fault');
    expect(faults).toEqual([]);
  });

  it('runs nothing that a notice says', async () => {
    const words = `<img src=x onerror=alert(1)><script>alert(2)</script><svg onload=alert(3)>'"><a href=javascript:alert(4)>`;
    const path = await upload(site, [`${words}.txt`, NOTICE.replaceAll('管网', words)], ['b.txt', NOTICE]);
    for (const at of ['/', path, `/?q=${encodeURIComponent(words)}`, '/compare']) {
      await page.goto(base + at);
      await page.waitForLoadState('networkidle');
    }
    await page.goto(base + (await upload(site, ['c.txt', NOTICE.replaceAll('管网', words)])));
    await page.locator('button[data-dialog=review]').first().click();
    expect(faults).toEqual([]);
  });

  it.each([
    ['light', 1280, 'zh'],
    ['dark', 390, 'en'],
  ] as const)('is fit for screen readers and weak eyes: %s, %i wide, %s', async (colorScheme, width, language) => {
    const path = await upload(site, ['a.txt', NOTICE], ['b.txt', NOTICE.replaceAll('水务', '林业')]);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 800 });
    const found: string[] = [];
    for (const at of ['/', path, `${path}#review`, '/compare', '/rules', '/nowhere']) {
      await page.goto(`${base}${at.split('#')[0]}?lang=${language}`);
      if (at.endsWith('#review')) await page.locator('button[data-dialog=review]').first().click();
      // The site's own policy lets no inline script in: axe comes in over the debugger.
      await page.evaluate(AXE);
      const { violations } = (await page.evaluate('axe.run()')) as { violations: readonly Violation[] };
      found.push(
        ...violations.map(({ id, nodes }) => `${at} ${id} ${nodes.map(({ html }) => html.slice(0, 120)).join(' ')}`),
      );
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), at).toBe(true);
    }
    expect(found).toEqual([]);
  });
});
