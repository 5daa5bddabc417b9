/** Bytes → text: which encoding a text file is in, told by its bytes. */
import { isUtf8 } from 'node:buffer';
import type { Note } from '../model.js';
import { type ReadRequest, refusal } from './request.js';

export interface Decoded {
  readonly text: string;
  /** WHATWG name. */
  readonly encoding: string;
  readonly notes: readonly Note[];
}

/** Share of characters that may be unreadable or control characters before a file counts as no text. */
const MOST_JUNK = 0.02;
/** Share of double bytes that must be common Chinese characters before an encoding is believed without asking further. */
const BELIEVABLE = 0.8;
/** Enough of a file to tell its encoding from. */
const SAMPLE = 256 * 1024;

const BYTE_ORDER_MARKS: readonly (readonly [encoding: string, mark: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
  ['gb18030', [0x84, 0x31, 0x95, 0x33]],
];

/**
 * Order of evidence: `request.encoding`, `declared` (an HTML charset), byte-order mark, valid UTF-8, UTF-16 by its NULs, GB18030
 * or Big5 by the share of common characters, jschardet, GB18030. Throws `InputError` where the bytes are no text.
 */
export async function decodeText(bytes: Uint8Array, request: ReadRequest, declared?: string): Promise<Decoded> {
  const { encoding, doubtful } = await findEncoding(bytes, request, declared);
  const text = new TextDecoder(encoding).decode(bytes);
  const unreadable = count(text, /\uFFFD/gu);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells binary data
  const controls = count(text, /[\u0000-\u0008\u000E-\u0019\u001C-\u001F]/gu);
  if (unreadable + controls > text.length * MOST_JUNK) throw refusal(request, 'read.binary');
  const notes: Note[] = [];
  if (doubtful) notes.push({ code: 'read.doubtfulEncoding', values: { encoding } });
  if (unreadable > 0) notes.push({ code: 'read.unreadableCharacters', values: { count: unreadable, encoding } });
  return { text, encoding, notes };
}

interface Guess {
  readonly encoding: string;
  readonly doubtful: boolean;
}

async function findEncoding(bytes: Uint8Array, request: ReadRequest, declared?: string): Promise<Guess> {
  const certain = (encoding: string): Guess => ({ encoding, doubtful: false });
  if (request.encoding !== undefined) {
    const known = encodingName(request.encoding);
    if (known === undefined) throw refusal(request, 'read.unknownEncoding', { encoding: request.encoding });
    return certain(known);
  }
  const marked = BYTE_ORDER_MARKS.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte));
  if (marked !== undefined) return certain(marked[0]);
  const sample = bytes.subarray(0, SAMPLE);
  const wide = utf16ByNuls(sample);
  if (wide !== undefined) return certain(wide);
  if (isUtf8(bytes)) return certain('utf-8');
  const stated = declared === undefined ? undefined : encodingName(declared);
  if (stated !== undefined && stated !== 'utf-8') return certain(stated === 'gbk' ? 'gb18030' : stated);
  if (isDamagedUtf8(sample)) return certain('utf-8');
  const [gb, big5] = [shareOfCommon(sample, 0xd7, 0xb0, 0xa1), shareOfCommon(sample, 0xc6, 0xa4, 0x40)];
  if (Math.max(gb, big5) >= BELIEVABLE) return certain(gb >= big5 ? 'gb18030' : 'big5');
  const guessed = await askJschardet(sample);
  return guessed === undefined ? { encoding: 'gb18030', doubtful: true } : certain(guessed);
}

/** WHATWG name of an encoding, or `undefined` where the label is unknown. */
export function encodingName(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}

/** UTF-8 in which a few bytes went wrong: hardly a character unreadable, and many that are not ASCII. */
function isDamagedUtf8(sample: Uint8Array): boolean {
  const text = new TextDecoder().decode(sample);
  return count(text, /\uFFFD/gu) < count(text, /[\u0080-\uFFFC]/gu) * MOST_JUNK;
}

/** Text in UTF-16 has NULs, in its digits and line ends at least; read in the right order it is Chinese and ASCII. */
function utf16ByNuls(sample: Uint8Array): string | undefined {
  if (sample.indexOf(0) === sample.lastIndexOf(0)) return undefined;
  const plausible = (encoding: string): number => {
    const text = new TextDecoder(encoding).decode(sample);
    return count(text, /[\t\n\r\u0020-\u007E\u2010-\u203F\u3000-\u303F\u4E00-\u9FFF\uFF00-\uFFEF]/gu) / text.length;
  };
  const [little, big] = [plausible('utf-16le'), plausible('utf-16be')];
  if (Math.max(little, big) < BELIEVABLE) return undefined;
  return little >= big ? 'utf-16le' : 'utf-16be';
}

/**
 * Share of double bytes that an encoding's own order says are common: GB 2312 and Big5 both put their common characters first,
 * from lead byte `first` to `last`; punctuation stands before them.
 */
function shareOfCommon(sample: Uint8Array, last: number, first: number, lowestTrail: number): number {
  let pairs = 0;
  let common = 0;
  for (let at = 0; at + 1 < sample.length; at += 1) {
    const lead = sample[at] as number;
    if (lead < 0x80) continue;
    const trail = sample[at + 1] as number;
    pairs += 1;
    at += 1;
    const punctuation = lead >= 0xa1 && lead <= 0xa3;
    if (trail >= lowestTrail && trail < 0xff && (punctuation || (lead >= first && lead <= last))) common += 1;
  }
  return pairs === 0 ? 0 : common / pairs;
}

async function askJschardet(sample: Uint8Array): Promise<string | undefined> {
  const { detect } = await import('jschardet');
  const { encoding, confidence } = detect(Buffer.from(sample));
  return encoding !== null && confidence >= BELIEVABLE ? encodingName(encoding) : undefined;
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
