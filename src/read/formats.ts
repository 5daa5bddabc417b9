/**
 * The table of formats: how each one is recognised by its content, and which file reads it. Nothing is loaded before it is
 * needed. To add a format, write one file and add one line.
 */
import { isZip, listMembers } from './archive.js';
import type { Content } from './content.js';
import type { ReadRequest } from './request.js';

/** A file as far as it must be looked at to tell its format. */
export interface Sample {
  readonly bytes: Uint8Array;
  /** Lower case, with its dot; '' where there is none. */
  readonly extension: string;
  /** The first 2,048 bytes, one character a byte, NULs left out (so that UTF-16 can be matched too). */
  readonly head: string;
  /** Names of the members of a zip; empty for anything else and for a damaged zip. */
  readonly members: ReadonlySet<string>;
  /** True for an OLE compound file with a stream of that name. */
  hasStream(name: string): boolean;
}

/** A file inside another; inflated when it is its turn. */
export interface Member {
  readonly name: string;
  readonly load: () => Uint8Array;
}

/** A format's module: it either reads a document or unpacks files to be read each for itself. */
export type FormatModule =
  | { readonly read: (bytes: Uint8Array, request: ReadRequest) => Promise<Content> }
  | { readonly unpack: (bytes: Uint8Array, request: ReadRequest) => Promise<readonly Member[]> };

export interface Format {
  readonly mediaType: string;
  readonly extensions: readonly string[];
  readonly matches: (sample: Sample) => boolean;
  readonly load: () => Promise<FormatModule>;
  /** Read only when the user asked for recognition of characters in pictures. */
  readonly ocr?: true;
}

const OLE = [0xd0, 0xcf, 0x11, 0xe0];
const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, index) => bytes[index] === byte);

const IMAGE = /^(?:\x89PNG|\xFF\xD8\xFF|GIF8|BM[\s\S]{0,4}\0?\0?|II\*|MM\*|RIFF[\s\S]{0,4}WEBP)/;
const isImage = ({ bytes, head }: Sample): boolean =>
  IMAGE.test(head) &&
  (!head.startsWith('BM') || (bytes[6] === 0 && bytes[7] === 0 && bytes[8] === 0 && bytes[9] === 0));
const HTML =
  /^(?:\xEF\xBB\xBF|\xFF\xFE|\xFE\xFF)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html|head|meta|body|div|table|p)\b/i;
const isHtml = ({ head, extension }: Sample): boolean =>
  HTML.test(head) || (/^\.x?html?$/.test(extension) && /<[a-z!][^>]*>/i.test(head));

/** Mail headers that say that a page comes with its pictures, or is alone. */
const MHTML =
  /^\s*(?:[\w-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)*?(?:Content-Type:\s*(?:multipart\/(?:related|alternative|mixed)|text\/html))/i;

/** An OpenDocument file names its kind at its start. */
const OTHER_OPEN_DOCUMENT = /opendocument\.(?!text)/;

/** In the order in which they are tried; text takes what no other format claims. */
export const formats: readonly Format[] = [
  {
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    extensions: ['.docx', '.docm', '.dotx'],
    matches: ({ members }) => [...members].some((name) => /^word\/document\d?\.xml$/u.test(name)),
    load: () => import('./docx.js'),
  },
  {
    mediaType: 'application/vnd.oasis.opendocument.text',
    extensions: ['.odt'],
    matches: ({ members, head }) => members.has('content.xml') && !OTHER_OPEN_DOCUMENT.test(head),
    load: () => import('./odt.js'),
  },
  {
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    extensions: ['.xlsx', '.xlsm'],
    matches: ({ members }) => members.has('xl/workbook.xml'),
    load: () => import('./xlsx.js'),
  },
  {
    mediaType: 'application/vnd.ms-excel',
    extensions: ['.xls', '.et'],
    matches: ({ hasStream }) => hasStream('Workbook'),
    load: () => import('./xls.js'),
  },
  {
    mediaType: 'application/ofd',
    extensions: ['.ofd'],
    matches: ({ members }) => members.has('OFD.xml'),
    load: () => import('./ofd.js'),
  },
  {
    mediaType: 'application/zip',
    extensions: ['.zip'],
    matches: ({ bytes }) => isZip(bytes),
    load: () => import('./zip.js'),
  },
  {
    mediaType: 'application/msword',
    extensions: ['.doc', '.wps', '.dot', '.wpt'],
    matches: ({ hasStream }) => hasStream('WordDocument'),
    load: () => import('./doc.js'),
  },
  {
    mediaType: 'application/rtf',
    extensions: ['.rtf'],
    matches: ({ head }) => head.startsWith('{\\rtf'),
    load: () => import('./rtf.js'),
  },
  {
    mediaType: 'application/pdf',
    extensions: ['.pdf'],
    matches: ({ head }) => head.slice(0, 1024).includes('%PDF-'),
    load: () => import('./pdf.js'),
  },
  {
    mediaType: 'multipart/related',
    extensions: ['.mht', '.mhtml'],
    matches: ({ head }) => MHTML.test(head),
    load: () => import('./mhtml.js'),
  },
  picture('image/png', ['.png'], /^\x89PNG/),
  picture('image/jpeg', ['.jpg', '.jpeg'], /^\xFF\xD8\xFF/),
  picture('image/bmp', ['.bmp'], /^BM/),
  picture('image/gif', ['.gif'], /^GIF8/),
  picture('image/webp', ['.webp'], /^RIFF[\s\S]{0,4}WEBP/),
  {
    mediaType: 'text/html',
    extensions: ['.html', '.htm', '.xhtml'],
    matches: isHtml,
    load: () => import('./html.js'),
  },
  {
    mediaType: 'text/markdown',
    extensions: ['.md', '.markdown'],
    matches: (sample) => ['.md', '.markdown'].includes(sample.extension) && !isImage(sample),
    load: () => import('./markdown.js'),
  },
  {
    mediaType: 'text/plain',
    extensions: ['.txt'],
    matches: (sample) => !isImage(sample) && !isZip(sample.bytes) && !startsWith(sample.bytes, OLE),
    load: () => import('./text.js'),
  },
];

function picture(mediaType: string, extensions: readonly string[], magic: RegExp): Format {
  const matches = (sample: Sample): boolean => isImage(sample) && magic.test(sample.head);
  return { mediaType, extensions, matches, load: () => import('./image.js'), ocr: true };
}

/** Files that are recognised only to say what they are. */
export const unsupported: readonly { readonly name: string; readonly matches: (sample: Sample) => boolean }[] = [
  { name: 'encrypted', matches: ({ hasStream }) => hasStream('EncryptedPackage') },
  {
    name: 'spreadsheet',
    matches: ({ head, hasStream }) => hasStream('Book') || head.includes('opendocument.spreadsheet'),
  },
  {
    name: 'slides',
    matches: ({ members, hasStream }) => members.has('ppt/presentation.xml') || hasStream('PowerPoint Document'),
  },
  {
    name: 'archive',
    matches: ({ head }) => ['Rar!', '7z\xBC\xAF', '\x1F\x8B'].some((magic) => head.startsWith(magic)),
  },
  { name: 'image', matches: isImage },
  // Word's XML of 2003.
  { name: 'other', matches: ({ head }) => /^\s*<\?xml[^>]*>\s*<\?mso-application/i.test(head) },
];

export function takeSample(bytes: Uint8Array, source: string): Sample {
  const head = String.fromCharCode(...bytes.subarray(0, 2048)).replaceAll('\0', '');
  return {
    bytes,
    extension: /\.[a-z0-9]+$/.exec(source.toLowerCase())?.[0] ?? '',
    head,
    members: new Set(isZip(bytes) ? listMembers(bytes)?.map(({ name }) => name) : []),
    hasStream: (name) => startsWith(bytes, OLE) && includesUtf16(bytes, `${name}\0`),
  };
}

/** OLE names its streams in UTF-16, each padded with NULs. */
function includesUtf16(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from(text, 'utf16le'));
}
