import { expect, test } from 'vitest';
import type { Document } from '../../src/model.js';
import { outline, readOne, utf8 } from './make.js';

const page = (article: string, head = ''): string => `<!DOCTYPE html><html><head><meta charset="utf-8">${head}
<title>某县交通局关于巡察整改进展情况的通报_某县人民政府门户网站</title><script>var a = "脚本，不是正文。";</script></head>
<body><div class="header"><a href="/">首页</a><a>政务公开</a></div>
<div class="position">您当前的位置：<a>首页</a> &gt; <a>巡察公告</a></div>
<div class="main"><table><tr><td>索引号：</td><td>11530000/2024-00012</td></tr><tr><td>发布机构：</td><td>县交通局</td></tr></table>
<h1>某县交通局关于巡察整改进展情况的通报</h1>
<div class="info"><span>发布时间：2024-01-18 09:30</span> <span>来源：县纪委监委</span> <span>浏览次数：<b>356</b></span> <a>打印</a></div>
${article}
<div class="share">分享到：微信</div><p>上一篇：<a>关于某某的公告，通知</a></p></div>
<div class="footer">版权所有：某县人民政府　地址：人民路1号，邮编：650000。</div></body></html>`;

const PROSE = '根据县委统一部署，县委第一巡察组对县交通局党组进行了巡察，并反馈了意见。';

test('the article is found, what stands around it is left out, title and date are kept', async () => {
  const article = `<div id="zoom"><p>　　${PROSE}</p><p>&nbsp;&nbsp;一、整改任务完成情况</p>
    <p>反馈的<span>3</span><span>2</span>个问题，已完成整改30个。<br/>完成率93.75%。</p><p>某县交通局党组</p><p>2024年1月15日</p></div>`;
  const document = await readOne(utf8(page(article)), 'a.html');
  expect(outline(document)).toEqual([
    'title: 某县交通局关于巡察整改进展情况的通报',
    PROSE,
    '一、整改任务完成情况',
    '反馈的32个问题，已完成整改30个。',
    '完成率93.75%。',
    '某县交通局党组',
    '2024年1月15日',
  ]);
  expect(document.published).toBe('2024-01-18');
  expect(document.title).toBe('某县交通局关于巡察整改进展情况的通报');
});

test('an article in elements that no list knows, with a heading of its own', async () => {
  const article = `<div class="abc"><div><p>${PROSE}</p><p>${PROSE}</p><p>某县交通局党组</p></div></div>`;
  const document = await readOne(utf8(page(article)), 'a.html');
  expect(outline(document).slice(-3)).toEqual([PROSE, PROSE, '某县交通局党组']);
  expect(document.text).not.toMatch(/版权|索引号|浏览|上一篇|打印|首页|脚本/u);
});

test('an article that is one table cell broken by <br>, as old pages have it', async () => {
  const article = `<table><tr><td><table><tr><td>${PROSE}<br>　　一、情况<br>${PROSE}</td></tr></table></td></tr></table>`;
  expect(outline(await readOne(utf8(page(article)), 'a.html')).slice(-3)).toEqual([PROSE, '一、情况', PROSE]);
});

test('lists keep their numbers, tables their spans', async () => {
  const article = `<div id="zoom"><p>${PROSE}</p><p>${PROSE}</p><ol start="3"><li>修订制度8项</li><li>谈话提醒5人</li></ol>
    <table><tr><th>序号</th><th>问题</th></tr><tr><td rowspan="2">1</td><td>养护不到位</td></tr><tr><td>拨付不及时</td></tr></table></div>`;
  expect(outline(await readOne(utf8(page(article)), 'a.html')).slice(3)).toEqual([
    '3. 修订制度8项',
    '4. 谈话提醒5人',
    '[0,0] 序号',
    '[0,1] 问题',
    '[1,0 2x1] 1',
    '[1,1] 养护不到位',
    '[2,1] 拨付不及时',
  ]);
});

test('a title that only the heading says, a date that touches what is before it, or stands alone in its element', async () => {
  const title = '某县水利局党组关于巡察整改进展情况的通报';
  const of = (info: string, window = '正文'): Promise<Document> =>
    readOne(
      utf8(
        `<html><head><title>${window}</title></head><body><div class="nav"><a>首页</a></div><div><h1>${title}</h1><div>${info}</div><div><p>${PROSE}</p><p>${PROSE}</p></div></div></body></html>`,
      ),
      'a.html',
    );
  const labelled = await of('<span>来源：县水利局</span><span>日期：2024年01月18日</span>');
  expect([labelled.title, labelled.published]).toEqual([title, '2024-01-18']);
  expect(outline(labelled)).toEqual([`title: ${title}`, PROSE, PROSE]);
  const alone = await of('<em id="publish_time">2024-01-19 10:00</em>', '某县水利局');
  expect([alone.title, alone.published]).toEqual([title, '2024-01-19']);
});

test('list numbers in Chinese, and before paragraphs within an item', async () => {
  const article = `<div id="zoom"><p>${PROSE}</p><ol style="list-style-type: cjk-ideographic"><li><p>修订制度8项</p><p>其中3项</p></li><li>谈话提醒5人</li></ol></div>`;
  expect(outline(await readOne(utf8(page(article)), 'a.html')).slice(-3)).toEqual([
    '一、修订制度8项',
    '其中3项',
    '二、谈话提醒5人',
  ]);
});

test('date and title from meta elements, encoding as declared', async () => {
  const head = '<meta name="PubDate" content="2023/7/5 10:00"><meta name="ArticleTitle" content="整改情况的公开通报">';
  const document = await readOne(utf8(page(`<p>${PROSE}</p>`, head)), 'a.htm');
  expect([document.published, document.title]).toEqual(['2023-07-05', '整改情况的公开通报']);
});

test.each(['<div>', '<table><tr><td>'])('elements of %s without end are refused at once', async (tag) => {
  const begun = performance.now();
  await expect(readOne(utf8(page(tag.repeat(50_000))), 'a.html')).rejects.toThrow(/2000/);
  expect(performance.now() - begun).toBeLessThan(2_000);
});
