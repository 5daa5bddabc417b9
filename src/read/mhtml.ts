/** A page that a browser or Word saved with its pictures in one file (.mht, .mhtml): its HTML is read, the rest left alone. */
import type { Content } from './content.js';
import { encodingName } from './decode.js';
import { read as readHtml } from './html.js';
import { type ReadRequest, refusal } from './request.js';

export async function read(bytes: Uint8Array, request: ReadRequest): Promise<Content> {
  const page = findPage(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'));
  if (page === undefined) throw refusal(request, 'read.damaged', { extension: '.mht' });
  const charset = request.encoding ?? page.charset;
  const encoding = charset === undefined ? undefined : encodingName(charset);
  return readHtml(page.bytes, { ...request, ...(encoding === undefined ? {} : { encoding }) });
}

interface Part {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

interface PageBytes {
  readonly bytes: Uint8Array;
  readonly charset: string | undefined;
}

/** The first HTML of a message, one character a byte; parts may hold parts. */
function findPage(message: string, depth = 0): PageBytes | undefined {
  const { headers, body } = split(message);
  const type = headers.get('content-type') ?? '';
  const boundary = /boundary\s*=\s*(?:"([^"]+)"|([^\s;]+))/iu.exec(type);
  const mark = boundary?.[1] ?? boundary?.[2];
  if (/^multipart\//iu.test(type) && mark !== undefined && depth < 3) {
    for (const part of body.split(`--${mark}`).slice(1)) {
      const page = findPage(part.replace(/^\r?\n/u, ''), depth + 1);
      if (page !== undefined) return page;
    }
    return undefined;
  }
  if (!/^text\/html/iu.test(type)) return undefined;
  return {
    bytes: decodeBody(body, headers.get('content-transfer-encoding') ?? ''),
    charset: /charset\s*=\s*"?([\w-]+)/iu.exec(type)?.[1],
  };
}

/** Headers, each with its continuation lines, up to the first empty line. */
function split(message: string): Part {
  const end = /\r?\n\r?\n/u.exec(message);
  const head = end === null ? message : message.slice(0, end.index);
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r?\n[ \t]+/gu, ' ').split(/\r?\n/u)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body: end === null ? '' : message.slice(end.index + end[0].length) };
}

function decodeBody(body: string, encoding: string): Uint8Array {
  if (/base64/iu.test(encoding)) return Buffer.from(body, 'base64');
  if (!/quoted-printable/iu.test(encoding)) return Buffer.from(body, 'latin1');
  const plain = body
    .replace(/[ \t]*=\r?\n/gu, '')
    .replace(/=([0-9a-f]{2})/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(plain, 'latin1');
}
