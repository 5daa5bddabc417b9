/** Bytes of a file → what hecha reads in it. The format is told by content; one file a format does the reading. */
import { createHash } from 'node:crypto';
import { InputError } from '../errors.js';
import type { Document, Language, Note } from '../model.js';
import type { Content } from './content.js';
import { type Format, formats, type Member, type Sample, takeSample, unsupported } from './formats.js';
import { defaultLimits, megabytes, type ReadLimits, type ReadRequest, refusal } from './request.js';

export interface ReadOptions {
  /** The file's name or path, as the user gave it: named in errors, its extension breaks ties. */
  readonly source: string;
  /** WHATWG label that overrides detection; text and HTML only. */
  readonly encoding?: string;
  /** Recognise characters in pictures and scanned pages. */
  readonly ocr?: boolean;
  /** Of error messages; Chinese by default. */
  readonly language?: Language;
  readonly limits?: Partial<ReadLimits>;
}

/** File name extensions, lower case with their dot, of what `readDocument` can read without recognition of pictures. */
export const supportedExtensions: readonly string[] = formats
  .filter(({ ocr }) => ocr !== true)
  .flatMap(({ extensions }) => extensions);

/** The same for what `readDocument` reads only with `ocr`. */
export const pictureExtensions: readonly string[] = formats
  .filter(({ ocr }) => ocr === true)
  .flatMap(({ extensions }) => extensions);

/**
 * One document, or one for each readable member of a zip (source `a.zip!/inner.docx`; members that could not be read are
 * notes of the first document). Throws `InputError` for whatever is no notice: empty, damaged, encrypted, too large, no text.
 */
export async function readDocument(bytes: Uint8Array, options: ReadOptions): Promise<readonly Document[]> {
  const request: ReadRequest = {
    source: options.source,
    ...(options.encoding === undefined ? {} : { encoding: options.encoding }),
    ocr: options.ocr ?? false,
    language: options.language ?? 'zh',
    limits: { ...defaultLimits, ...options.limits },
  };
  return readFile(bytes, request);
}

async function readFile(bytes: Uint8Array, request: ReadRequest): Promise<readonly Document[]> {
  if (bytes.length === 0) throw refusal(request, 'read.empty');
  if (bytes.length > request.limits.bytes) {
    throw refusal(request, 'read.fileTooLarge', { limit: megabytes(request.limits.bytes) });
  }
  const format = findFormat(takeSample(bytes, request.source), request);
  const module = await format.load();
  if ('unpack' in module) {
    return readMembers(await guarded(request, format, () => module.unpack(bytes, request)), request);
  }
  const content = await guarded(request, format, () => module.read(bytes, request));
  if (content.text.trim() === '') throw refusal(request, 'read.noText');
  if (content.text.length > request.limits.characters) {
    throw refusal(request, 'read.textTooLong', { limit: request.limits.characters });
  }
  return [identify(bytes, request, format, content)];
}

function findFormat(sample: Sample, request: ReadRequest): Format {
  const format = formats.find(({ matches, ocr }) => (ocr !== true || request.ocr) && matches(sample));
  const claimed = formats.find(({ extensions }) => extensions.includes(sample.extension));
  const known = unsupported.find(({ matches }) => matches(sample));
  if (format !== undefined && (claimed === undefined || claimed === format || mayDiffer(claimed, format))) {
    if (known === undefined || known.name === 'image') return format;
  }
  if (known !== undefined) throw refusal(request, `read.unsupported.${known.name}`);
  if (claimed !== undefined) throw refusal(request, 'read.notWhatItSays', { extension: sample.extension });
  if (format !== undefined) return format;
  throw refusal(request, 'read.unsupported.other');
}

/** Text and packages without the parts of an office document are taken only from files that do not claim to be more. */
function mayDiffer(claimed: Format, found: Format): boolean {
  const plain = found.mediaType === 'text/plain' || found.mediaType === 'application/zip';
  return !plain || claimed.mediaType.startsWith('text/') || claimed.mediaType === 'application/msword';
}

/** What a library throws at a file is about the file: our own refusals pass, all else becomes one, with its cause. */
async function guarded<T>(request: ReadRequest, format: Format, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw refusal(request, 'read.damaged', { extension: format.extensions[0] ?? '' }, error);
  }
}

function identify(bytes: Uint8Array, request: ReadRequest, format: Format, content: Content): Document {
  const id = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  return { id, source: request.source, mediaType: format.mediaType, ...content };
}

/** Reads members one after another; what cannot be read is said by the documents that can, or thrown if there are none. */
async function readMembers(members: readonly Member[], request: ReadRequest): Promise<readonly Document[]> {
  const documents: Document[] = [];
  const failed: Note[] = [];
  for (const { name, load } of members) {
    try {
      documents.push(...(await readFile(load(), { ...request, source: `${request.source}!/${name}` })));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      failed.push({ code: 'read.memberFailed', values: { member: name, reason: error.message } });
    }
  }
  const [first, ...rest] = documents;
  if (first === undefined) {
    const reason = failed[0]?.values?.reason ?? '';
    throw refusal(request, failed.length === 0 ? 'read.emptyZip' : 'read.noReadableMember', {
      count: failed.length,
      reason,
    });
  }
  return failed.length === 0 ? documents : [{ ...first, notes: [...first.notes, ...failed] }, ...rest];
}
