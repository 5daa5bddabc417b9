/**
 * Who a notice speaks for, read from the unit's name alone: its region, its type, and which names mean one unit
 * (中共甲市乙县水务局党组, 乙县水务局).
 */
import { fold } from '../fold.js';
import type { Vocabulary } from './vocabulary.js';

/** A unit's name taken apart. `regions` from the widest to the narrowest. */
export interface UnitName {
  readonly regions: readonly string[];
  /** What remains of the name without regions and the body that speaks for it. */
  readonly rest: string;
  readonly type?: string;
}

const LONGEST_REGION = 9;

/** Length of the region name that `text` starts with, 0 where there is none. */
function regionLength(text: string, { regionEndings, regionExceptions }: Vocabulary): number {
  for (let length = 2; length <= Math.min(LONGEST_REGION, text.length); length += 1) {
    const head = text.slice(0, length);
    // 城市管理局 and 住房和城乡建设局 name no region, but 盐城市 does.
    if (regionExceptions.some((word) => head.endsWith(word) && head.length !== word.length + 1)) return 0;
    if (regionEndings.some((ending) => ending.length < length && head.endsWith(ending))) return length;
  }
  return 0;
}

export function parseUnitName(name: string, vocabulary: Vocabulary): UnitName {
  let rest = fold(name).replace(/\s/gu, '');
  for (const prefix of vocabulary.unitPrefixes) if (rest.startsWith(prefix)) rest = rest.slice(prefix.length);
  const regions: string[] = [];
  for (let length = regionLength(rest, vocabulary); length > 0; length = regionLength(rest, vocabulary)) {
    regions.push(rest.slice(0, length));
    rest = rest.slice(length);
  }
  const body = vocabulary.unitBodies.find((ending) => rest.endsWith(ending));
  const isBare = rest.length <= (body?.length ?? 0);
  // A body that speaks for nothing but a region (甲县乙镇委员会) is of the region's type.
  const kind = isBare && regions.length > 0 ? (regions.at(-1) ?? '') : rest;
  const type = vocabulary.unitTypes.find(({ words }) => words.some((word) => kind.includes(word)))?.name;
  if (body !== undefined && (!isBare || regions.length > 0)) rest = rest.slice(0, -body.length);
  return { regions, rest, ...(type === undefined ? {} : { type }) };
}

const narrowName = ({ regions, rest }: UnitName): string => `${regions.at(-1) ?? ''}${rest}`;
const fullName = ({ regions, rest }: UnitName): string => `${regions.join('')}${rest}`;

/**
 * One key for every name of a unit. A name without its wider regions (乙县水务局) joins the full one (甲市乙县水务局)
 * where only one such unit is known; where two cities have a 乙县, it stays by itself.
 */
export function unitKeys(names: readonly UnitName[]): readonly string[] {
  const fullNames = new Map<string, Set<string>>();
  for (const name of names) {
    const narrow = narrowName(name);
    fullNames.set(narrow, (fullNames.get(narrow) ?? new Set()).add(fullName(name)));
  }
  const keyOf = new Map<string, string>();
  for (const full of fullNames.values()) {
    const widest = [...full].filter((one) => ![...full].some((other) => other !== one && other.endsWith(one)));
    const [only] = widest;
    for (const one of full) keyOf.set(one, widest.length === 1 && only !== undefined ? only : one);
  }
  return names.map((name) => keyOf.get(fullName(name)) ?? fullName(name));
}

/**
 * The names by which an office of the region `within` may call the unit, longest first: with its regions, without those
 * that both share, and without any body (乙县水务局, 县水务局, 水务局).
 */
export function namesWithin(name: UnitName, within: readonly string[]): readonly string[] {
  const shared = within.length > 0 && within.every((region) => name.regions.includes(region));
  const names = new Set([fullName(name), narrowName(name)]);
  const narrowest = name.regions.at(-1);
  if (shared && name.rest !== '' && narrowest !== undefined && within.includes(narrowest)) {
    names.add(`${narrowest.slice(-1)}${name.rest}`);
    names.add(name.rest);
  }
  return [...names].filter((one) => one.length > 1).sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}
