/**
 * A page saved from a website: the article is found and what stands around it left out; tables and lists keep their shape.
 * The title and the date of publication come from wherever the page gives them.
 */
import { parseHTML } from 'linkedom';
import { type Content, cell, compose, type Part, paragraph, type Table } from './content.js';
import { decodeText } from './decode.js';
import { isWide } from './lines.js';
import { formatNumber } from './numbering.js';
import { type ReadRequest, refusal } from './request.js';
import {
  ARTICLE_SELECTOR,
  FURNITURE_LINE,
  FURNITURE_NAME,
  FURNITURE_WORD,
  PUBLISHED_LABEL,
  PUBLISHED_META,
  PUBLISHED_SELECTOR,
  TITLE_META,
} from './website.js';

export async function read(bytes: Uint8Array, request: ReadRequest): Promise<Content> {
  const declared = /charset\s*=\s*["']?([\w-]+)/iu.exec(new TextDecoder('latin1').decode(bytes.subarray(0, 4096)))?.[1];
  const { text, encoding, notes } = await decodeText(bytes, request, declared);
  if (depthOf(text) > DEEPEST) throw refusal(request, 'read.nestedTooDeep', { limit: DEEPEST });
  const { document } = parseHTML(/<html[\s>]/iu.test(text) ? text : `<html><body>${text}</body></html>`) as unknown as {
    readonly document: Page;
  };
  const published = publicationDate(document);
  const title = pageTitle(document);
  for (const hidden of document.querySelectorAll('script,style,noscript,template,iframe,svg,select,button,textarea'))
    hidden.remove();
  const article = findArticle(document);
  const parts = withoutFurniture(partsOf(article));
  const content = compose(withTitle(parts, title ?? headingOf(document)));
  return {
    ...content,
    encoding,
    ...(title === undefined ? {} : { title }),
    ...(published === undefined ? {} : { published }),
    notes,
  };
}

/** No page that a person reads nests so many elements; working on a tree of many more takes time without bound. */
const DEEPEST = 2_000;
/** Elements that need no end tag do not count: their number says nothing of depth. */
const ENDLESS =
  'area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|p|li|dt|dd|tr|td|th|thead|tbody|tfoot|option|o:p';
const TAG = new RegExp(`<(/?)(?!(?:${ENDLESS})\\b)[a-z][^<>]*?(/?)>`, 'giu');

function depthOf(text: string): number {
  let [depth, deepest] = [0, 0];
  for (const [, end, empty] of text.matchAll(TAG)) {
    if (end === '/') depth = Math.max(0, depth - 1);
    else if (empty === '') depth += 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

// ── The little of the DOM that is used here ───────────────────────────────────────────────────────────────────────

interface DomNode {
  readonly nodeType: number;
  readonly textContent: string | null;
  readonly childNodes: Iterable<DomNode>;
}

interface DomElement extends DomNode {
  readonly localName: string;
  readonly children: Iterable<DomElement>;
  readonly parentElement: DomElement | null;
  getAttribute(name: string): string | null;
  querySelector(selector: string): DomElement | null;
  querySelectorAll(selector: string): Iterable<DomElement>;
  closest(selector: string): DomElement | null;
  remove(): void;
}

interface Page extends DomElement {
  readonly body: DomElement;
}

const ELEMENT = 1;
const TEXT = 3;
const isElement = (node: DomNode): node is DomElement => node.nodeType === ELEMENT;
const textOf = (node: DomNode | null): string => (node?.textContent ?? '').replace(/\s+/gu, ' ').trim();

// ── What the page says of the article ─────────────────────────────────────────────────────────────────────────────

function metaContent(page: Page, names: readonly string[]): string | undefined {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  for (const meta of page.querySelectorAll('meta')) {
    const name = meta.getAttribute('name') ?? meta.getAttribute('property') ?? '';
    const content = meta.getAttribute('content')?.trim() ?? '';
    if (wanted.has(name.toLowerCase()) && content !== '') return content;
  }
  return undefined;
}

const DATE = /(20\d{2}|19\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})/u;
const LABELLED_DATE = new RegExp(`(?<![\\u4E00-\\u9FFF])${PUBLISHED_LABEL}\\s*[:：]?\\s*${DATE.source}`, 'u');

/** Text in which elements stand apart: labels of a page often touch what is before them. */
function apart(node: DomNode): string {
  const pieces: string[] = [];
  const walk = (each: DomNode): void => {
    if (each.nodeType === TEXT) pieces.push(each.textContent ?? '');
    else for (const child of each.childNodes) walk(child);
  };
  walk(node);
  return pieces.join('\n');
}

/** ISO date of publication, from the page's meta elements or beside its label in the text around the article. */
function publicationDate(page: Page): string | undefined {
  const match =
    DATE.exec(metaContent(page, PUBLISHED_META) ?? '') ??
    LABELLED_DATE.exec(apart(page.body)) ??
    DATE.exec(textOf(page.querySelector(PUBLISHED_SELECTOR)));
  const [, year, month, day] = match ?? [];
  if (year === undefined || month === undefined || day === undefined || Number(month) > 12 || Number(day) > 31)
    return undefined;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** Title as the page's meta elements or its window title give it, without the site's name. */
function pageTitle(page: Page): string | undefined {
  const stated = metaContent(page, TITLE_META);
  if (stated !== undefined) return stated;
  const [longest] = textOf(page.querySelector('title'))
    .split(/\s*[|_]\s*|\s+[-–—]+\s+|[-–—]{2,}|(?<=[^\d\s])-(?=[^\d\s])/u)
    .sort((a, b) => b.length - a.length);
  // A window title that names only the site or the kind of page says less than the heading.
  const heading = headingOf(page);
  if (heading !== undefined && wideIn(heading) >= SPEAKING_TITLE && wideIn(longest ?? '') < wideIn(heading))
    return heading;
  return longest === undefined || longest === '' ? undefined : longest;
}

/** Fewest Chinese characters of a heading that can be the title of a notice. */
const SPEAKING_TITLE = 10;
const wideIn = (text: string): number => [...text].filter(isWide).length;

/** The one first-level heading of a page. */
function headingOf(page: Page): string | undefined {
  const [heading, ...more] = [...page.querySelectorAll('h1')].map(textOf).filter((text) => text !== '');
  return more.length === 0 ? heading : undefined;
}

/** Puts the title first where the article itself does not carry it. */
function withTitle(parts: readonly Part[], title: string | undefined): readonly Part[] {
  if (title === undefined || wideIn(title) < 4) return parts;
  const bare = (text: string): string => text.replace(/\s/gu, '');
  const opening = bare(
    parts
      .slice(0, 8)
      .map((part) => ('text' in part ? part.text : ''))
      .join(''),
  );
  return opening.includes(bare(title)) ? parts : [{ kind: 'title', text: title }, ...parts];
}

// ── Where the article is ──────────────────────────────────────────────────────────────────────────────────────────

/** Sentence marks outside of links: articles have them, navigation has none. */
function prose(node: DomNode): number {
  if (node.nodeType === TEXT) return node.textContent?.match(/[，。；、“]/gu)?.length ?? 0;
  if (!isElement(node) || node.localName === 'a' || isFurniture(node)) return 0;
  let marks = 0;
  for (const child of node.childNodes) marks += prose(child);
  return marks;
}

function isFurniture(element: DomElement): boolean {
  if (['nav', 'header', 'footer', 'aside'].includes(element.localName)) return true;
  if (/display\s*:\s*none/iu.test(element.getAttribute('style') ?? '')) return true;
  return FURNITURE_NAME.test(['id', 'class', 'title'].map((name) => element.getAttribute(name) ?? '').join(' '));
}

/** Share of a page's prose that an article must hold. */
const MOST = 0.6;

function findArticle(page: Page): DomElement {
  const all = prose(page.body);
  for (const known of page.querySelectorAll(ARTICLE_SELECTOR)) {
    if (prose(known) >= all * MOST) return known;
  }
  let article = page.body;
  for (let next = article; next !== undefined; ) {
    article = next;
    const children = [...article.children].map((child) => ({ child, marks: prose(child) }));
    const best = children.reduce((most, each) => (each.marks > most.marks ? each : most), { child: article, marks: 0 });
    const rest = children.filter(({ child }) => child !== best.child);
    const alone = best.marks > 0 && rest.every(({ child, marks }) => marks < 2 || isPageLine(child));
    const isContainer = /^(?:div|section|main|article|td|tr|tbody|table|center|form|span|font)$/u.test(
      best.child.localName,
    );
    if (!alone || !isContainer || best.marks < prose(article) * MOST) break;
    next = best.child;
  }
  return article;
}

const isPageLine = (element: DomElement): boolean => {
  const text = textOf(element);
  return text.length < 300 && (FURNITURE_LINE.test(text) || FURNITURE_WORD.test(text));
};

// ── The article as paragraphs and tables ──────────────────────────────────────────────────────────────────────────

const BLOCK = new Set(
  'address article aside blockquote body center dd div dl dt fieldset figure figcaption footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody td tfoot th thead tr ul caption'.split(
    ' ',
  ),
);

function partsOf(article: DomElement): readonly Part[] {
  const parts: Part[] = [];
  let line = '';
  let label = '';
  let heading: number | undefined;
  const flush = (): void => {
    const text = tidy(line);
    line = '';
    if (text === '') return;
    const labelled = label + text;
    label = '';
    parts.push(heading === undefined ? paragraph(labelled) : { kind: 'heading', level: heading, text: labelled });
  };
  const walk = (node: DomNode): void => {
    if (node.nodeType === TEXT) line += node.textContent ?? '';
    if (!isElement(node)) return;
    if (node !== article && isFurniture(node) && prose(node) === 0) return;
    const name = node.localName;
    if (name === 'br') {
      flush();
      return;
    }
    if (name === 'table' && isDataTable(node)) {
      flush();
      parts.push(tableOf(node));
      return;
    }
    const block = BLOCK.has(name);
    if (block) flush();
    const outer = heading;
    const level = /^h([1-6])$/u.exec(name)?.[1];
    if (level !== undefined) heading = Number(level);
    if (name === 'li') label = itemLabel(node);
    for (const child of node.childNodes) walk(child);
    if (block) flush();
    if (name === 'li') label = '';
    heading = outer;
  };
  walk(article);
  flush();
  return parts;
}

/** White space as a browser shows it; a line break of the source between two Chinese characters is nothing. */
const tidy = (text: string): string =>
  text
    .replace(/\s*\n\s*/gu, (space, at: number) =>
      isWide(text[at - 1] ?? '') && isWide(text[at + space.length] ?? '') ? '' : ' ',
    )
    .replace(/[ \t\u00A0]+/gu, ' ')
    .trim();

/** By the `type` of a list, or by its `list-style-type`. */
const LIST_FORMATS: Readonly<Record<string, string>> = {
  a: 'lowerLetter',
  A: 'upperLetter',
  i: 'lowerRoman',
  I: 'upperRoman',
  'lower-alpha': 'lowerLetter',
  'lower-latin': 'lowerLetter',
  'upper-alpha': 'upperLetter',
  'upper-latin': 'upperLetter',
  'lower-roman': 'lowerRoman',
  'upper-roman': 'upperRoman',
  'decimal-leading-zero': 'decimalZero',
  'cjk-decimal': 'ideographDigital',
  'cjk-ideographic': 'chineseCounting',
  'simp-chinese-informal': 'chineseCounting',
  'trad-chinese-informal': 'chineseCounting',
  'simp-chinese-formal': 'chineseLegalSimplified',
  'cjk-heavenly-stem': 'ideographTraditional',
  'cjk-earthly-branch': 'ideographZodiac',
};
const LIST_STYLE = /list-style(?:-type)?\s*:\s*([\w-]+)/iu;

/** The number that a browser shows before an item of an ordered list. */
function itemLabel(item: DomElement): string {
  const list = item.parentElement;
  if (list?.localName !== 'ol' || /list-style[^;]*none/iu.test(list.getAttribute('style') ?? '')) return '';
  let count = Number(list.getAttribute('start') ?? 1) - 1;
  for (const each of list.children) {
    if (each.localName !== 'li') continue;
    count = Number(each.getAttribute('value') ?? count + 1);
    if (each === item) break;
  }
  if (!Number.isSafeInteger(count)) return '';
  const style = LIST_STYLE.exec(list.getAttribute('style') ?? '')?.[1] ?? list.getAttribute('type') ?? '';
  const label = formatNumber(count, LIST_FORMATS[style] ?? 'decimal');
  // Browsers put an ideographic comma after Chinese numbers.
  return /\d|[a-z]/iu.test(label) ? `${label}. ` : `${label}、`;
}

const rowsOf = (table: DomElement): readonly DomElement[] =>
  [...table.querySelectorAll('tr')].filter((row) => row.closest('table') === table);
const cellsOf = (row: DomElement): readonly DomElement[] =>
  [...row.children].filter(({ localName }) => localName === 'td' || localName === 'th');

/** Old pages are laid out by tables: those hold other tables, or one column. */
function isDataTable(table: DomElement): boolean {
  return (
    table.querySelector('table') === null &&
    rowsOf(table).some((row) => cellsOf(row).filter((each) => textOf(each) !== '').length > 1)
  );
}

function tableOf(table: DomElement): Table {
  const rows = rowsOf(table).map((row) => ({
    cells: cellsOf(row).map((each) =>
      cell(
        partsOf(each).flatMap((part) => ('text' in part ? [part.text] : [])),
        Number(each.getAttribute('rowspan') ?? 1),
        Number(each.getAttribute('colspan') ?? 1),
      ),
    ),
  }));
  return { rows };
}

/** Longer lines are never furniture, whatever they start with. */
const LONGEST_FURNITURE = 120;

function withoutFurniture(parts: readonly Part[]): readonly Part[] {
  return parts.filter((part) => {
    if ('rows' in part) {
      const cells = part.rows.flatMap((row) => row.cells.map(({ paragraphs }) => paragraphs.join('')));
      return cells.filter((text) => FURNITURE_LINE.test(text)).length < 2;
    }
    const { text } = part;
    return text.length > LONGEST_FURNITURE || !(FURNITURE_LINE.test(text) || FURNITURE_WORD.test(text));
  });
}
