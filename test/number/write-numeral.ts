/** Writes integers the ways Chinese papers do, for round-trip tests. */

const PLAIN = { digits: '零一二三四五六七八九', places: ['', '十', '百', '千'], myriads: ['', '万', '亿'] };
const FINANCIAL = { digits: '零壹贰叁肆伍陆柒捌玖', places: ['', '拾', '佰', '仟'], myriads: ['', '万', '亿'] };

export const STYLES = [
  'arabic',
  'commas',
  'chineseCommas',
  'spaces',
  'myriads',
  'chinese',
  'twoAsLiang',
  'financial',
  'digitByDigit',
  'twenties',
] as const;
export type Style = (typeof STYLES)[number];

/** `value` (not below 0, below 10¹²) in one style. Two plain digits that would read as "about" are left out, as
 * are numbers that the style does not write in its own way: undefined. */
export function writeNumeral(value: number, style: Style): string | undefined {
  switch (style) {
    case 'arabic':
      return String(value);
    case 'commas':
      return grouped(value, ',');
    case 'chineseCommas':
      return grouped(value, '，');
    case 'spaces':
      return grouped(value, ' ');
    case 'myriads':
      return value % 100 === 0 && value > 0 ? `${value / 10_000}万` : undefined;
    case 'chinese':
      return placed(value, PLAIN);
    case 'twoAsLiang':
      if (!/2(?=(?:\d{3,})?$)/u.test(String(value))) return undefined;
      return placed(value, PLAIN)
        .replace(/二(?=[千万亿])/gu, '两')
        .replace(/^二$/u, '两');
    case 'financial':
      return placed(value, FINANCIAL, true);
    case 'digitByDigit':
      return value > 9 && value < 100 && value % 10 !== 0 ? undefined : digitByDigit(value);
    case 'twenties':
      if (!/[23]\d$|[23]\d\d{4}/u.test(String(value))) return undefined;
      return placed(value, PLAIN).replace(/二十/gu, '廿').replace(/三十/gu, '卅');
  }
}

const grouped = (value: number, separator: string): string => String(value).replace(/\B(?=(?:\d{3})+$)/gu, separator);

const digitByDigit = (value: number): string =>
  String(value).replace(/\d/gu, (digit) => (digit === '0' ? '〇' : PLAIN.digits.charAt(Number(digit))));

function placed(value: number, alphabet: typeof PLAIN, full = false): string {
  if (value === 0) return alphabet.digits.charAt(0);
  let text = '';
  let rest = value;
  for (let myriad = 0; rest > 0; myriad += 1, rest = Math.floor(rest / 10_000)) {
    const section = rest % 10_000;
    if (section === 0) continue;
    const zero = section < 1000 && rest >= 10_000 ? alphabet.digits.charAt(0) : '';
    const gap = text !== '' && needsZero(value, myriad) ? alphabet.digits.charAt(0) : '';
    const join = text.startsWith(alphabet.digits.charAt(0)) ? '' : gap;
    text = `${zero}${sectionText(section, alphabet)}${alphabet.myriads[myriad]}${join}${text}`;
  }
  return full ? text : text.replace(/^一十/u, '十');
}

/** 十万零五: a zero stands where the next lower section lacks its thousands. Sections write their own; whole gaps do not. */
const needsZero = (value: number, myriad: number): boolean =>
  Math.floor(value / 10_000 ** (myriad - 1)) % 10_000 < 1000;

function sectionText(section: number, { digits, places }: typeof PLAIN): string {
  let text = '';
  let zero = false;
  for (const place of [3, 2, 1, 0]) {
    const digit = Math.floor(section / 10 ** place) % 10;
    if (digit === 0) zero = text !== '';
    else {
      text += `${zero ? digits.charAt(0) : ''}${digits.charAt(digit)}${places[place]}`;
      zero = false;
    }
  }
  return text;
}
