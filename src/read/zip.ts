/** A zip of documents: its members, each to be read for itself. */
import { memberName, openArchive } from './archive.js';
import type { Member } from './formats.js';
import { type ReadRequest, refusal } from './request.js';

/** Folders, and what systems and programs leave beside the files. */
const IGNORED = /\/$|(?:^|\/)(?:__MACOSX\/|\.|~\$|Thumbs\.db$|desktop\.ini$)/iu;

export async function unpack(bytes: Uint8Array, request: ReadRequest): Promise<readonly Member[]> {
  if (request.source.includes('!/')) throw refusal(request, 'read.nestedZip');
  const archive = openArchive(bytes, request);
  const names = archive.names.filter((name) => !IGNORED.test(name));
  if (names.length > request.limits.members) {
    throw refusal(request, 'read.tooManyMembers', { count: names.length, limit: request.limits.members });
  }
  return names
    .map((name) => ({ name: memberName(name), load: () => archive.bytes(name) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
