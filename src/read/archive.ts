/** Zip files held in memory. Members are inflated one by one when asked for, never beyond the limits. */
import { strFromU8, type UnzipFileInfo, unzipSync } from 'fflate';
import { megabytes, type ReadRequest, refusal } from './request.js';

export interface Archive {
  readonly names: readonly string[];
  has(name: string): boolean;
  /** Bytes of a member; throws `InputError` where it is missing, damaged or too large. */
  bytes(name: string): Uint8Array;
  /** Text of an XML member (UTF-8 or UTF-16); one with a DTD is refused, since entities could multiply. */
  xml(name: string): string;
}

export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5) && (bytes[3] === 4 || bytes[3] === 6);

/** Members in the order of the directory, or `undefined` where the zip is damaged. */
export function listMembers(bytes: Uint8Array): readonly UnzipFileInfo[] | undefined {
  const members: UnzipFileInfo[] = [];
  try {
    unzipSync(bytes, {
      filter: (member) => {
        members.push(member);
        return false;
      },
    });
  } catch {
    return undefined;
  }
  return members;
}

export function openArchive(bytes: Uint8Array, request: ReadRequest): Archive {
  const listed = listMembers(bytes);
  if (listed === undefined) throw refusal(request, 'read.brokenZip');
  // Bit 0 of the flags in the first local header.
  if (isZip(bytes) && ((bytes[6] ?? 0) & 1) === 1) throw refusal(request, 'read.encryptedZip');
  const members = new Map(listed.map((member) => [member.name, member]));
  let inflated = 0;

  const read = (name: string): Uint8Array => {
    const member = members.get(name);
    if (member === undefined) throw refusal(request, 'read.missingMember', { member: name });
    inflated += member.originalSize;
    // fflate writes into a buffer of the declared size, so a member that lies about it cannot grow past these limits.
    if (member.originalSize > request.limits.member || inflated > request.limits.inflated) {
      throw refusal(request, 'read.zipTooLarge', { limit: megabytes(request.limits.member) });
    }
    let content: Uint8Array | undefined;
    try {
      content = unzipSync(bytes, { filter: (each) => each.name === name })[name];
    } catch (error) {
      throw refusal(request, 'read.brokenZip', {}, error);
    }
    if (content?.length !== member.originalSize) throw refusal(request, 'read.brokenZip');
    return content;
  };

  return {
    names: [...members.keys()],
    has: (name) => members.has(name),
    bytes: read,
    xml: (name) => {
      const text = decodeXml(read(name));
      if (/<!DOCTYPE|<!ENTITY/u.test(text)) throw refusal(request, 'read.xmlEntities');
      return text;
    },
  };
}

function decodeXml(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder().decode(bytes);
}

/** A member's name as meant: fflate gives the bytes of a name that is not marked as UTF-8 as Latin-1. */
export function memberName(name: string): string {
  if (!/[\u0080-\u00FF]/u.test(name) || /[\u0100-\uFFFF]/u.test(name)) return name;
  const bytes = Uint8Array.from(name, (char) => char.charCodeAt(0));
  const utf8 = strFromU8(bytes);
  return utf8.includes('\uFFFD') ? new TextDecoder('gb18030').decode(bytes) : utf8;
}
