/**
 * The border between the words of a notice, which are hostile input, and the languages that reports are written in. Text
 * enters a report through here only: `html` escapes whatever it is given, `printable` is for terminals, `xmlText` for files.
 */

const SAFE: unique symbol = Symbol('html');

/** Markup that is safe to print. Only `html`, `join` and `trusted` make one; parsed JSON cannot carry the symbol. */
export interface Html {
  readonly [SAFE]: string;
}

type Interpolated = Html | string | number | false | undefined | readonly Interpolated[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Controls but tab and line feed, lone surrogates, and the marks that change the order in which text is read. */
const UNPRINTABLE = /(?![\t\n])[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029\ufeff\ufffe\uffff]/gu;
const REPLACEMENT = '\ufffd';

const replaceUnprintable = (text: string): string => text.replace(UNPRINTABLE, REPLACEMENT);

/** `text` for an HTML text node or a quoted attribute. Characters that no reader may see become U+FFFD. */
export const escapeHtml = (text: string): string =>
  replaceUnprintable(text).replace(/[&<>"'`]/g, (char) => ENTITIES[char] as string);

const toMarkup = (value: Interpolated): string => {
  if (value === undefined || value === false) return '';
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  if (SAFE in value) return value[SAFE];
  return value.map(toMarkup).join('');
};

/** Template whose interpolations are escaped unless they are `Html`. Attributes must be written in double quotes. */
export function html(strings: TemplateStringsArray, ...values: readonly Interpolated[]): Html {
  const markup = strings.map((part, index) => part + toMarkup(values[index])).join('');
  return { [SAFE]: markup };
}

/** Markup that hecha itself wrote (style sheet, script, a drawn chart); never anything that holds a notice's words. */
export const trusted = (markup: string): Html => ({ [SAFE]: markup });

export const join = (parts: readonly Html[], separator: string): Html => ({
  [SAFE]: parts.map((part) => part[SAFE]).join(escapeHtml(separator)),
});

export const markupOf = (value: Html): string => value[SAFE];

/** `text` on one line of a terminal: no escape sequence, no reordering, no line break. Keeps the number of UTF-16 units. */
export const printable = (text: string): string => replaceUnprintable(text).replace(/[\t\n]/g, ' ');

/** `text` as XML 1.0 can hold it, for .xlsx and .docx. */
export const xmlText = (text: string): string => replaceUnprintable(text);

/** A link target from outside: relative paths, fragments and http(s) pass; everything else leads nowhere. */
export function safeHref(href: string): string {
  const compact = replaceUnprintable(href).trim();
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(compact)?.[1]?.toLowerCase();
  const isRelative = scheme === undefined && !/^[/\\]{2}/.test(compact);
  return isRelative || scheme === 'http' || scheme === 'https' ? compact : '#';
}
