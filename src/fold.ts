/**
 * Folding of characters for matching: one character becomes one character, so a position in the folded text is the same
 * position in the text. Full width letters and digits become half width, punctuation beside Chinese becomes Chinese,
 * traditional characters become simplified.
 */
import { createRequire } from 'node:module';

const FULL_WIDTH_SHIFT = 0xfee0;

/** Characters that fold wherever they stand. */
const ALWAYS: ReadonlyMap<string, string> = new Map([
  ['(', '（'],
  [')', '）'],
  ['[', '〔'],
  [']', '〕'],
  ['［', '〔'],
  ['］', '〕'],
  ['﹝', '〔'],
  ['﹞', '〕'],
  ['「', '“'],
  ['」', '”'],
  ['『', '‘'],
  ['』', '’'],
  ['〝', '“'],
  ['〞', '”'],
  ['﹒', '.'],
  ['．', '.'],
  ['﹪', '%'],
  ['\u00a0', ' '],
  ['\u3000', ' '],
  ['\u2002', ' '],
  ['\u2003', ' '],
  ['\u2009', ' '],
  ['\ufeff', ' '],
  ['\u200b', ' '],
  ['–', '—'],
  ['─', '—'],
  ['﹣', '-'],
  ['〜', '～'],
  ['~', '～'],
  ['•', '·'],
  ['‧', '·'],
  ['・', '·'],
  ['∶', '：'],
  ['︰', '：'],
  ['〈', '《'],
  ['〉', '》'],
]);

/** Half-width punctuation that is Chinese punctuation where Chinese stands beside it (`3:30` and `a.b` stay), and after a percentage. */
const BESIDE_CHINESE: ReadonlyMap<string, string> = new Map([
  [',', '，'],
  [':', '：'],
  [';', '；'],
  ['?', '？'],
  ['!', '！'],
]);

const NEEDS_FOLDING = /[^\u4e00-\u9fff，。、；：“”（）《》0-9A-Za-z\n\t%.]/u;
/** Frequent characters that only traditional writing has. Their absence spares loading the character table. */
const TRADITIONAL = /[們個來這為對開關學問題領導會議責務報幹辦單黨紀產業經濟實際檢審計獎勵員國區縣鄉鎮]/gu;

const isDigit = (char: string | undefined): boolean => char !== undefined && char >= '0' && char <= '9';
const isChinese = (char: string | undefined): boolean => char !== undefined && char >= '\u2e80';

let toSimplified: ((char: string) => string) | undefined;
const simplifiedOf = new Map<string, string>();

/** The simplified form of one character, from OpenCC's table; itself where there is none of the same length. */
function simplify(char: string): string {
  const known = simplifiedOf.get(char);
  if (known !== undefined) return known;
  if (toSimplified === undefined) {
    const opencc = createRequire(import.meta.url)('opencc-js/t2cn') as {
      Converter(options: { from: string; to: string }): (text: string) => string;
    };
    toSimplified = opencc.Converter({ from: 't', to: 'cn' });
  }
  const converted = toSimplified(char);
  const folded = converted.length === char.length ? converted : char;
  simplifiedOf.set(char, folded);
  return folded;
}

/** True where a text is written in traditional characters: they are more than stray ones. */
export function isTraditional(text: string): boolean {
  return (text.match(TRADITIONAL)?.length ?? 0) * 100 > text.length;
}

/** A `.` that can only end a sentence: after Chinese or what closes a phrase, not after a mark such as `一.` or `（1）.`. */
const HALF_WIDTH_STOP =
  /(?<=[\u4e00-\u9fff）)”"%％])(?<!(?:^|[\n。.；;：:])[ \t]{0,8}[（(]?[一二三四五六七八九十0-9]{1,3}[）)]?)\.(?=[\u4e00-\u9fff（(“"《\s]|$)/g;

/** A quick look at what most texts have none of: their points are those of decimals. */
const STOP_BEFORE_CHINESE = /\.(?=[\u4e00-\u9fff（(“"《\s]|$)/;

/** `text` with 。 for the full stops of one that writes them half width; unchanged where 。 is what it mostly writes. */
export function foldStops(text: string): string {
  if (!STOP_BEFORE_CHINESE.test(text)) return text;
  const stops = text.match(HALF_WIDTH_STOP)?.length ?? 0;
  const isHalfWidth = stops > 0 && stops > text.split('。').length - 1;
  return isHalfWidth ? text.replace(HALF_WIDTH_STOP, '。') : text;
}

/** A line of dots that leads from a word to what is said of it (责任人………某某); in a list of contents, to a page. */
const LEADERS =
  /(?<=[\u4e00-\u9fff）)])[ \t]{0,4}(?:…{3,}|[.．]{5,}|[·・•]{4,}|_{4,}|＿{3,})[ \t]{0,4}(?=[^\s…])(?!\d{1,4}\s*$)/gmu;

/** A colon and spaces for a line of dots. */
const foldLeaders = (text: string): string => text.replace(LEADERS, (dots) => '：'.padEnd(dots.length, ' '));

/** `text` folded; same length, same positions. */
export function fold(written: string): string {
  const text = foldLeaders(foldStops(written));
  const traditional = isTraditional(text);
  if (!traditional && !NEEDS_FOLDING.test(text)) return text;
  const out: string[] = new Array(text.length);
  let quoteOpen = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    const code = char.charCodeAt(0);
    if (code >= 0x4e00 && code <= 0x9fff) {
      out[at] = traditional ? simplify(char) : char;
      continue;
    }
    if (char === '\n') quoteOpen = false;
    if (char === '"' || char === '＂') {
      quoteOpen = !quoteOpen;
      out[at] = quoteOpen ? '“' : '”';
      continue;
    }
    const beside = BESIDE_CHINESE.get(char);
    if (beside !== undefined) {
      const before = text[at - 1];
      const isEnd = before === '%' || before === '％' || (char === ';' && isDigit(before));
      out[at] = isChinese(out[at - 1]) || isChinese(text[at + 1]) || isEnd ? beside : char;
      continue;
    }
    const always = ALWAYS.get(char);
    if (always !== undefined) {
      out[at] = always;
      continue;
    }
    const isFullWidthAlnum =
      (code >= 0xff10 && code <= 0xff19) || (code >= 0xff21 && code <= 0xff3a) || (code >= 0xff41 && code <= 0xff5a);
    out[at] =
      isFullWidthAlnum || char === '％' || char === '－' || char === '＋' || char === '／' || char === '＠'
        ? String.fromCharCode(code - FULL_WIDTH_SHIFT)
        : char;
  }
  return out.join('');
}
