/** What government websites put around an article: where it stands, and the labels of what is not part of it. */

/** Elements that content systems make for nothing but the article. */
export const ARTICLE_SELECTOR = [
  '#zoom',
  '#Zoom',
  '#UCAP-CONTENT',
  '#js_content',
  '#vsb_content',
  '#articleContent',
  '#article_content',
  '#artibody',
  '.TRS_Editor',
  '.trs_editor_view',
  '.TRS_UEDITOR',
  '.Custom_UnionStyle',
  '.pages_content',
  '.article-content',
  '.article_content',
  '.articleContent',
  '.article-con',
  '.article_con',
  '.art_con',
  '.v_news_content',
  '.wp_articlecontent',
  '.news_content',
  '.news-content',
  '.detail-content',
  '.detail_content',
  '.conTxt',
  '.zwnr',
  '.xl_content',
  '.xxgk_content',
  'article',
].join(',');

/** Names of elements in which no article stands. */
export const FURNITURE_NAME =
  /(?:^|[-_\s])(?:nav|menu|header|head|footer|foot|copyright|sidebar|side|share|breadcrumb|crumb|location|position|related|recommend|comment|toolbar|tools?|login|search|pagination|prev|next|qrcode|ewm|banner|fenxiang|daohang)(?:$|[-_\s])/iu;

/** A short line that starts so speaks of the page, not of the matter. */
export const FURNITURE_LINE = new RegExp(
  `^[\\s【\\[（(|]*(?:${[
    '发布时间',
    '发布日期',
    '发布单位',
    '发布机构',
    '发布人',
    '发表时间',
    '更新时间',
    '成文日期',
    '生成日期',
    '公开日期',
    '信息来源',
    '文章来源',
    '稿件来源',
    '来源',
    '作者',
    '编辑',
    '责任编辑',
    '责编',
    '审核人?',
    '浏览次数',
    '浏览量',
    '浏览',
    '点击数',
    '点击量',
    '点击率?',
    '阅读次数',
    '阅读量',
    '访问量',
    '字号',
    '字体',
    '视力保护色',
    '索引号',
    '信息索引号',
    '主题分类',
    '公开方式',
    '公开时限',
    '公开范围',
    '信息分类',
    '备案号',
    '网站标识码',
    '版权所有',
    '主办单位',
    '主办',
    '承办单位',
    '技术支持',
    '网站地图',
    '联系我们',
    '关于我们',
    '上一篇',
    '下一篇',
    '上一条',
    '下一条',
    '相关链接',
    '相关文章',
    '相关新闻',
    '相关信息',
    '友情链接',
    '当前位置',
    '您当前的?位置',
    '您现在的?位置',
    '您所在的?位置',
    '你的位置',
    '分享到?',
    '扫一扫',
    '扫码',
    '微信扫一扫',
  ].join('|')})\\s*(?:[:：]|$|[】\\]）)])`,
  'u',
);

/** Whole lines that are buttons or links of the page. */
export const FURNITURE_WORD =
  /^[\s【[（(|>》]*(?:打印(?:本页|此页|文章|正文)?|关闭(?:本页|窗口)?|收藏(?:本页)?|返回(?:顶部|首页|列表)?|首页|网站首页|分享|纠错|下载|大|中|小|默认|无障碍(?:阅读|浏览)?|繁体(?:版)?|简体(?:版)?|登录|注册|搜索|[A+-]{1,3}|(?:大|中|小)[\s|]+(?:大|中|小)[\s|]+(?:大|中|小))[\s】\]）)|]*$/u;

/** Beside a date: when the page was published. */
export const PUBLISHED_LABEL = '(?:发布时间|发布日期|发表时间|公开日期|时间|日期)';

/** Names of meta elements that give the publication date, and the title. */
export const PUBLISHED_META = [
  'PubDate',
  'publishdate',
  'publish_date',
  'pubdate',
  'article:published_time',
  'DC.date',
  'createDate',
];
/** Elements that hold nothing but the publication date. */
export const PUBLISHED_SELECTOR =
  '#publish_time,#pubtime,#pubDate,.pubtime,.publish-time,.publish_time,.pub-time,.pubdate';
export const TITLE_META = ['ArticleTitle', 'articletitle', 'og:title', 'DC.title'];
