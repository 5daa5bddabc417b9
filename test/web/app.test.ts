/** The site in process: what it shows, what it keeps, and whom it lets in. */
import { parseHTML } from 'linkedom';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOCAL } from '../../src/web/access.js';
import { createApp } from '../../src/web/app.js';
import { closeWorkers, createTestSite, files, form, NOTICE, post, type TestSite, upload } from './site.js';

let site: TestSite;
const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  Promise.resolve(site.app.request(path, { headers }));
const textOf = async (path: string): Promise<string> => (await get(path)).text();

beforeEach(async () => {
  site = await createTestSite();
});
afterEach(() => site.close());
afterAll(closeWorkers);

/** The check whose message speaks of `words`. */
async function checkOf(words: string) {
  const [row] = (await site.store.list()).rows;
  const stored = await site.store.get(row?.id ?? '');
  const check = stored?.record.checks.find(({ message }) => message.includes(words));
  if (check === undefined || stored === undefined) throw new Error(`no check on ${words}`);
  return { check, stored };
}

describe('uploading', () => {
  it('reads files one after another and lists their notices', async () => {
    const response = await site.app.request(
      '/uploads',
      files(['通报.txt', NOTICE], ['b.txt', NOTICE.replace('水务', '林业')]),
    );
    expect(response.status).toBe(303);
    await site.app.queue.idle();
    expect(site.app.queue.jobs().map(({ name, state }) => `${name} ${state}`)).toEqual(['b.txt done', '通报.txt done']);
    const page = await textOf('/');
    expect(page).toContain('水务局党组');
    expect(page).toContain('林业局党组');
    expect(page).toContain('upload/通报.txt');
  });

  it('says which file could not be read, and why, and goes on', async () => {
    await upload(site, ['broken.docx', 'no zip at all'], ['通报.txt', NOTICE]);
    const broken = site.app.queue.jobs().find(({ name }) => name === 'broken.docx');
    expect(broken?.state).toBe('failed');
    expect(broken?.reason).not.toBe('');
    expect(await textOf('/queue')).toContain('broken.docx');
    expect((await site.store.failures()).map(({ source }) => source)).toEqual(['upload/broken.docx']);
    expect((await site.store.list()).total).toBe(1);
  });

  it('says that a file of the same name replaced the earlier copy', async () => {
    await upload(site, ['通报.txt', NOTICE]);
    await upload(site, ['通报.txt', NOTICE.replace('95%', '90%')]);
    expect(site.app.queue.jobs()[0]?.taken[0]?.outcome).toBe('changed');
    expect((await site.store.list()).total).toBe(1);
  });

  it.each([
    ['../../etc/passwd.txt', 'upload/passwd.txt'],
    ['C:\\secret\\a.txt', 'upload/a.txt'],
    ['..\u202e\u0007x.txt', 'upload/x.txt'],
  ])('keeps nothing of a path in a name: %j', async (name, source) => {
    await upload(site, [name, NOTICE]);
    expect((await site.store.list()).rows.map((row) => row.source)).toEqual([source]);
  });

  it('reads what an earlier run left in the inbox, in the order in which it came', async () => {
    site.app.queue.close();
    await site.app.request('/uploads', files(['a.txt', NOTICE], ['b.txt', NOTICE.replace('水务', '林业')]));
    expect((await site.store.list()).total).toBe(0);

    const next = createApp(site, { access: LOCAL });
    await next.queue.resume();
    await next.queue.idle();
    expect(next.queue.jobs().map(({ name, state }) => `${name} ${state}`)).toEqual(['b.txt done', 'a.txt done']);
    expect((await site.store.list()).rows.map(({ source }) => source)).toEqual(['upload/a.txt', 'upload/b.txt']);
    expect(await site.inbox.left()).toEqual([]);
  });

  it('keeps a file that could not be read through no fault of its own', async () => {
    const workers = { jobs: 1, analyse: () => Promise.reject(new Error('no thread')), close: async () => undefined };
    const stopped = createApp({ ...site, workers }, { access: LOCAL });
    await stopped.request('/uploads', files(['a.txt', NOTICE]));
    await stopped.queue.idle();
    expect(stopped.queue.jobs()[0]?.state).toBe('failed');
    expect((await site.inbox.left()).map(({ name }) => name)).toEqual(['a.txt']);
    expect(site.errors).toHaveLength(1);
  });

  it('bounds the number of files and the size of a request', async () => {
    const small = await createTestSite({ uploads: { files: 2, bytes: 2_000 } });
    const ask = (...named: (readonly [string, string])[]) => small.app.request('/uploads', files(...named));
    expect((await ask(['a.txt', 'x'.repeat(3_000)])).status).toBe(413);
    expect((await ask(['a.txt', 'x'], ['b.txt', 'x'], ['c.txt', 'x'])).status).toBe(400);
    expect((await small.app.request('/uploads', post(new FormData()))).status).toBe(400);
    expect(small.app.queue.jobs()).toEqual([]);
    await small.close();
  });
});

describe('the notice', () => {
  it('stands as in the report, with a control beside each verdict, figure and name', async () => {
    const page = await textOf(await upload(site, ['a.txt', NOTICE]));
    expect(page).toContain('class="check error"');
    expect(page).toContain('data-dialog="review"');
    expect(page).toContain('data-key="figure:problems.rate:95%"');
    expect(page).toContain('data-key="unit"');
  });

  it('keeps a decision through a new reading, and shows it in every report', async () => {
    const path = await upload(site, ['a.txt', NOTICE]);
    const { check } = await checkOf('95');
    const decision = { key: check.key, decision: 'dismissed', reason: '另有口径', who: '王某', anchor: 'c1' };
    const response = await site.app.request(`${path}/reviews`, form(decision));
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(`${path}?done=reviewed#c1`);
    await upload(site, ['a.txt', `${NOTICE}三是其他事项。`]);
    expect((await site.app.request(`${path}/again`, form({}))).status).toBe(303);
    const page = await textOf(path);
    expect(page).toContain('class="check dismissed"');
    expect(page).toContain('另有口径');
    expect(await textOf('/export?format=csv&table=checks')).toContain('另有口径');
    expect(await textOf('/export?format=json')).toContain('另有口径');
    expect(await textOf('/export?format=sarif')).toContain('另有口径');
  });

  it('takes a decision back', async () => {
    const path = await upload(site, ['a.txt', NOTICE]);
    const { check, stored } = await checkOf('95');
    const send = (decision: string) =>
      site.app.request(`${path}/reviews`, form({ key: check.key, decision, reason: '…', who: '王某' }));
    await send('accepted');
    expect((await send('open')).headers.get('location')).toContain('done=reopened');
    const inForce = await site.store.reviews(stored.document.source);
    expect(inForce.filter(({ decision }) => decision !== 'open')).toEqual([]);
  });

  it('keeps corrections of figures and names beside what the notice says', async () => {
    const path = await upload(site, ['a.txt', NOTICE]);
    const send = (key: string, to: string) =>
      site.app.request(`${path}/corrections`, form({ key, to, reason: '核对台账', who: '王某' }));
    expect((await send('figure:problems.rate:95%', '90%')).status).toBe(303);
    expect((await send('unit', '青石县水务局')).status).toBe(303);
    const page = await textOf(path);
    expect(page).toMatch(/更正 问题整改完成率：95% → 90%（王某，2024-05-06 07:08，核对台账）/);
    expect(page).toContain('更正 单位：');
    expect(page).toMatch(/<del><a [^>]*>95%<\/a><\/del> <ins>90%<\/ins>/);
    expect(await textOf('/export?format=csv&table=comparison')).toMatch(/青石县水务局,[^\n]*,90,/);
    expect(await textOf('/export?format=csv&table=figures')).toContain('更正为 90%');
    expect((await send('figure:problems.rate:95%', '九十个')).status).toBe(400);
    await send('figure:problems.rate:95%', '95%');
    expect(await textOf(path)).not.toContain('95% → 90%');
  });

  it.each([
    ['reviews', { key: 'no such check', decision: 'accepted', reason: 'r', who: 'w' }],
    ['reviews', { key: 'unit', decision: 'approved', reason: 'r', who: 'w' }],
    ['reviews', { key: 'unit', decision: 'accepted', reason: '   ', who: 'w' }],
    ['corrections', { key: 'figure:none:1', to: '2', reason: 'r', who: 'w' }],
    ['corrections', { key: 'unit', to: 'x'.repeat(501), reason: 'r', who: 'w' }],
  ])('refuses what is no decision on it: %s %j', async (part, fields) => {
    const path = await upload(site, ['a.txt', NOTICE]);
    expect((await site.app.request(`${path}/${part}`, form(fields))).status).toBe(400);
    expect(await site.store.reviews()).toEqual([]);
  });
});

describe('the other pages', () => {
  it('finds notices by name, by severity, and by words of their text', async () => {
    await upload(site, ['a.txt', NOTICE], ['b.txt', NOTICE.replace('水务', '林业').replace('95%', '90%')]);
    expect(await textOf('/?q=林业')).toContain('整改通报 1 份');
    expect(await textOf('/?severity=error')).toContain('整改通报 1 份');
    expect(await textOf('/?q=台账')).toContain('<mark class="hit">台账</mark>');
  });

  it('compares the notices that the filter lets through', async () => {
    expect(await textOf('/compare')).toContain('至少要有两份');
    await upload(site, ['a.txt', NOTICE], ['b.txt', NOTICE.replaceAll('水务', '林业')]);
    const page = await textOf('/compare');
    expect(page).toContain('id="comparison"');
    expect(page).toMatch(/href="\/notices\/[0-9a-f]+"/);
  });

  it('lets a reader dismiss what contradicts between notices, and keeps that when a file changes', async () => {
    const second = NOTICE.replace('反馈20个', '反馈22个');
    await upload(site, ['a.txt', NOTICE], ['b.txt', second]);
    const [, key] = /id="x-[0-9a-f]+"[\s\S]*?data-key="([0-9a-f]{16})"/.exec(await textOf('/compare')) ?? [];
    const fields = { key: key ?? '', decision: 'dismissed', reason: '两轮口径不同', who: '王某', anchor: `x-${key}` };
    const response = await site.app.request('/compare/reviews?kind=%E5%B7%A1%E5%AF%9F', form(fields));
    expect(response.headers.get('location')).toBe(`/compare?kind=%E5%B7%A1%E5%AF%9F&done=reviewed#x-${key}`);
    await upload(site, ['b.txt', `${second}三是其他事项。`]);
    const page = await textOf('/compare');
    expect(page).toContain(`class="check dismissed" id="x-${key}"`);
    expect(page).toContain('两轮口径不同');
    expect((await site.app.request('/compare/reviews', form({ ...fields, key: 'x' }))).status).toBe(400);
  });

  it.each([
    ['/export?format=xlsx', /^PK/, 'spreadsheetml'],
    ['/export?format=docx', /^PK/, 'wordprocessingml'],
    ['/export?format=csv&table=findings', /^\ufeff?单位/, 'text/csv'],
    ['/export?format=jsonl', /^\{/, 'ndjson'],
  ])('gives %s as a file', async (path, beginning, type) => {
    await upload(site, ['a.txt', NOTICE]);
    const response = await get(path);
    expect(response.headers.get('content-type')).toContain(type);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''hecha-/);
    expect(await response.text()).toMatch(beginning);
  });

  it('writes the letter to the unit', async () => {
    const path = await upload(site, ['a.txt', NOTICE]);
    const response = await get(`${path}/letter`);
    expect(decodeURIComponent(response.headers.get('content-disposition') ?? '')).toContain('水务局党组-letter.docx');
    expect(await response.text()).toMatch(/^PK/);
  });

  it('speaks both languages, and remembers which', async () => {
    const response = await get('/?lang=en');
    expect(response.headers.get('set-cookie')).toMatch(/hecha-lang=en/);
    expect(await response.text()).toContain('<html lang="en">');
    expect(await (await get('/', { cookie: 'hecha-lang=en' })).text()).toContain('Add notices');
    const path = await upload(site, ['a.txt', NOTICE]);
    const { check } = await checkOf('95');
    expect(await textOf(`${path}?lang=en`)).toContain(check.messages.en.slice(0, 12));
  });
});

describe('the rule playground', () => {
  const rule = (match: string): string =>
    `figures:\n  - id: visits\n    why: w\n    match: "${match}"\n    emit: {visits.total: total}\n    examples:\n      - {text: 走访36户。, expect: {visits.total: 36户}}\n      - {text: 计划。, expect: none}\n`;
  const attempt = async (source: string, text: string): Promise<string> =>
    (await site.app.request('/rules', form({ rule: source, text }))).text();

  it('shows what a rule sees', async () => {
    const page = await attempt(rule('走访{total:count}'), '一季度走访128户。');
    expect(page).toContain('<mark class="hit">走访128户</mark>');
    expect(page).toContain('2 个中 2 个相符');
  });

  it('shows how far a rule came', async () => {
    const page = (text: string) => attempt(rule('走访困难{total:count}家'), text);
    expect(await page('走访企业。')).toContain('缺少必需的字词：走访困难');
    expect(await page('走访困难家庭，慰问12户，走访企业3家。')).toContain('已匹配“走访困难”，到这里停下');
  });

  it.each([
    ['figures: [', 'rule.yaml:1'],
    [rule('{NO_SUCH}{total:count}'), 'NO_SUCH'],
    [rule('(?<total>(甲+)+)乙'), 'rule.yaml:2'],
    ['lists: {A: [甲]}', '没有规则'],
    ['x'.repeat(20_001), '太长'],
  ])('says what is wrong with a rule: %#', async (source, words) => {
    const page = await attempt(source, `${'甲'.repeat(60)}。`);
    expect(page).toContain('class="fault"');
    expect(page).toContain(words);
  });
});

describe('who is let in', () => {
  it.each(['evil.example', '127.0.0.1.evil.example', 'localhost@evil.example', '', '192.168.1.4'])(
    'no host but this machine: %j',
    async (host) => {
      expect((await get('/', { host })).status).toBe(421);
    },
  );

  it.each(['localhost', '127.0.0.1:8710', '[::1]:8710'])('answers to %s', async (host) => {
    expect((await get('/', { host })).status).toBe(200);
  });

  it.each(['https://evil.example', 'null', 'http://localhost:1', undefined])(
    'nothing is changed from another origin: %s',
    async (origin) => {
      const request = form({ rule: 'x', text: 'y' });
      const headers = origin === undefined ? {} : { origin };
      expect((await site.app.request('/rules', { ...request, headers })).status).toBe(403);
      expect((await site.app.request('/uploads', { ...files(['a.txt', NOTICE]), headers })).status).toBe(403);
      expect(site.app.queue.jobs()).toEqual([]);
    },
  );

  it('a token opens the page once and stays in a cookie', async () => {
    const closed = await createTestSite({ access: { hosts: [], anyAddress: true, token: 'geheim' } });
    const ask = (path: string, headers: Record<string, string> = {}) =>
      Promise.resolve(closed.app.request(path, { headers: { host: '192.168.1.4:8710', ...headers } }));
    expect((await ask('/')).status).toBe(401);
    expect((await ask('/assets/app.js')).status).toBe(401);
    expect((await ask('/?token=falsch')).status).toBe(401);
    const opened = await ask('/?token=geheim&q=a');
    expect(opened.status).toBe(303);
    expect(opened.headers.get('location')).toBe('/?q=a');
    expect(opened.headers.get('set-cookie')).toMatch(/hecha-token=geheim; Path=\/; HttpOnly; SameSite=Strict/);
    expect((await ask('/', { cookie: 'hecha-token=geheim' })).status).toBe(200);
    expect((await ask('/', { authorization: 'Bearer geheim' })).status).toBe(200);
    expect((await ask('/', { host: 'evil.example', cookie: 'hecha-token=geheim' })).status).toBe(421);
    await closed.close();
  });

  it.each(['/', '/compare', '/rules', '/assets/app.js', '/nowhere', '/export?format=csv'])(
    'every answer forbids what is inline and framed: %s',
    async (path) => {
      const { headers } = await get(path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('same-origin');
    },
  );

  it('tells nobody of an error of its own but that there was one', async () => {
    const broken = await createTestSite();
    await broken.store.close();
    const response = await broken.app.request('/');
    expect(response.status).toBe(500);
    expect(await response.text()).not.toMatch(/sqlite|node_modules|\bat \w+ \(/i);
    expect(broken.errors).toHaveLength(1);
  });
});

describe('words stay words', () => {
  const HOSTILE = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '</textarea><svg onload=alert(1)>',
    'javascript:alert(1)',
    '<!--<dialog open>-->',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: meant as it stands
    '&lt;script&gt;{{7*7}}${7*7}',
  ];
  const OURS =
    /^(?:html|head|meta|title|link|script|body|a|header|nav|ul|ol|li|p|main|h[1-5]|form|label|input|button|b|span|small|section|progress|select|option|div|details|summary|table|thead|tbody|tfoot|tr|th|td|svg|rect|path|text|article|q|dl|dt|dd|mark|textarea|dialog|blockquote|fieldset|legend|figure|figcaption|ins|del)$/;

  /** What of a page only hostile words could have brought: elements, attributes and addresses that are not ours. */
  function foreign(page: string): readonly string[] {
    const { document } = parseHTML(page);
    return [...document.querySelectorAll('*')].flatMap((element) => {
      const name = element.tagName.toLowerCase();
      const script = name === 'script' && !/^\/assets\/(?:report|app)\.js$/.test(element.getAttribute('src') ?? '');
      const bad = [...element.attributes].filter(
        (one) => /^on|^style$|^srcdoc$/i.test(one.name) || (one.name === 'href' && !/^[/#]/.test(one.value)),
      );
      return [...(OURS.test(name) && !script ? [] : [name]), ...bad.map((one) => `${one.name}=${one.value}`)];
    });
  }

  it.each(HOSTILE)('in notices, names, reviews, searches and rules: %s', async (words) => {
    const text = NOTICE.replaceAll('管网巡查', `管网${words}`).replace('青石县', `青石县${words}`);
    const path = await upload(site, [`${words}.txt`, text]);
    const { check } = await checkOf('95');
    await site.app.request(
      `${path}/reviews`,
      form({ key: check.key, decision: 'accepted', reason: words, who: words }),
    );
    const query = encodeURIComponent(words);
    const pages = [
      await textOf('/'),
      await textOf('/queue'),
      await textOf(path),
      await textOf(`/?q=${query}&kind=${query}&year=${query}`),
      await textOf(`/compare?q=${query}`),
      await textOf(`/nowhere/${query}?lang=${query}&done=${query}`),
      await (await site.app.request('/rules', form({ rule: words, text: words }))).text(),
    ];
    for (const page of pages) expect(foreign(page)).toEqual([]);
  });

  it('answers only files that it knows', async () => {
    for (const name of ['..%2fpackage.json', '%2e%2e/package.json', '__proto__', 'constructor']) {
      expect((await get(`/assets/${name}`)).status).toBe(404);
    }
  });
});
