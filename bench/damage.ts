/** Damaged files: the same seed gives the same damage. */
import { unzipSync, zipSync } from 'fflate';

/** An integer from 0 to n − 1. */
export type Chance = (n: number) => number;

/** Mulberry32. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 0x100000000) * n);
  };
}

type Mutation = (bytes: Uint8Array, chance: Chance) => Uint8Array;

const truncated: Mutation = (bytes, chance) => bytes.slice(0, chance(bytes.length));

const flipped: Mutation = (bytes, chance) => {
  const out = bytes.slice();
  for (let left = 1 + chance(20); left > 0; left -= 1) {
    const at = chance(out.length);
    out[at] = (out[at] as number) ^ (1 << chance(8));
  }
  return out;
};

const garbageAppended: Mutation = (bytes, chance) => {
  const garbage = Uint8Array.from({ length: 1 + chance(4000) }, () => chance(256));
  return chance(2) === 0 ? Buffer.concat([bytes, garbage]) : Buffer.concat([garbage.subarray(0, 40), bytes]);
};

const pieceRepeated: Mutation = (bytes, chance) => {
  const from = chance(bytes.length);
  const piece = bytes.subarray(from, from + chance(3000));
  const at = chance(bytes.length);
  return Buffer.concat([bytes.subarray(0, at), piece, piece, piece, bytes.subarray(at)]);
};

const pieceCut: Mutation = (bytes, chance) => {
  const from = chance(bytes.length);
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + chance(2000))]);
};

/** Members of a zip: contents swapped, one taken out, or the XML of one broken; other files are cut in pieces. */
const membersChanged: Mutation = (bytes, chance) => {
  let members: Record<string, Uint8Array>;
  try {
    members = unzipSync(bytes);
  } catch {
    return pieceCut(bytes, chance);
  }
  const names = Object.keys(members);
  if (names.length === 0) return bytes;
  const pick = (): string => names[chance(names.length)] as string;
  const [one, other] = [pick(), pick()];
  const content = members[one] as Uint8Array;
  const kind = chance(3);
  if (kind === 0) [members[one], members[other]] = [members[other] as Uint8Array, content];
  else if (kind === 1) delete members[one];
  else members[one] = MUTATIONS_OF_XML[chance(MUTATIONS_OF_XML.length)]?.(content, chance) ?? content;
  return zipSync(members);
};

const tagsBroken: Mutation = (bytes, chance) => {
  const text = Buffer.from(bytes).toString('latin1');
  const at = text.indexOf('<', chance(text.length));
  const noise = ['<', '>', '</w:p>', '<w:tbl>', '&#0;', '&lol;', '<!--', ']]>', '<?xml'][chance(9)] as string;
  return Buffer.from(`${text.slice(0, Math.max(0, at))}${noise}${text.slice(Math.max(0, at))}`, 'latin1');
};

const MUTATIONS_OF_XML: readonly Mutation[] = [truncated, flipped, pieceCut, pieceRepeated, tagsBroken, tagsBroken];

const MUTATIONS: readonly Mutation[] = [
  truncated,
  flipped,
  garbageAppended,
  pieceRepeated,
  pieceCut,
  membersChanged,
  membersChanged,
  tagsBroken,
];

/** One to three kinds of damage, one after another. */
export function damaged(bytes: Uint8Array, chance: Chance): Uint8Array {
  let out = bytes;
  for (let left = 1 + chance(3); left > 0 && out.length > 0; left -= 1) {
    out = (MUTATIONS[chance(MUTATIONS.length)] as Mutation)(out, chance);
  }
  return new Uint8Array(out);
}
