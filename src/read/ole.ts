/** OLE compound files (Word and Excel up to 2003): a small file system in a file, whose streams are read whole. */

export interface CompoundFile {
  /** Bytes of a stream below the root, or `undefined` where there is none. Throws where its chain of sectors is broken. */
  stream(name: string): Buffer | undefined;
}

const FREE_FROM = 0xfffffffa;
const STREAM = 2;
const ROOT = 5;

interface Entry {
  readonly name: string;
  readonly type: number;
  readonly start: number;
  readonly size: number;
}

/** Throws where the file is no compound file or its directory cannot be read. */
export function openCompoundFile(bytes: Uint8Array): CompoundFile {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sectorSize = 1 << file.readUInt16LE(30);
  const miniSize = 1 << file.readUInt16LE(32);
  const miniLimit = file.readUInt32LE(56);
  if (sectorSize < 512 || sectorSize > 4096 || miniSize < 16 || miniSize > sectorSize) throw new Error('sector size');
  const sector = (index: number): Buffer => file.subarray((index + 1) * sectorSize, (index + 2) * sectorSize);
  const sectors = Math.ceil(file.length / sectorSize);

  /** Sectors of a chain, each once: a chain that bites its tail ends. */
  const chain = (start: number, next: (index: number) => number): readonly number[] => {
    const found: number[] = [];
    for (let at = start; at < FREE_FROM && found.length <= sectors * (sectorSize / miniSize); at = next(at))
      found.push(at);
    return found;
  };
  const numbers = (table: Buffer): readonly number[] =>
    Array.from({ length: table.length >> 2 }, (_, index) => table.readUInt32LE(index * 4));

  const inHeader = numbers(file.subarray(76, 512));
  const perSector = sectorSize / 4 - 1;
  const more = chain(file.readUInt32LE(68), (at) => numbers(sector(at))[perSector] ?? FREE_FROM).flatMap((at) =>
    numbers(sector(at)).slice(0, perSector),
  );
  const table = [...inHeader, ...more]
    .filter((at) => at < FREE_FROM && at < sectors)
    .flatMap((at) => numbers(sector(at)));
  const follow = (start: number): Buffer => Buffer.concat(chain(start, (at) => table[at] ?? FREE_FROM).map(sector));

  const directory = follow(file.readUInt32LE(48));
  const entries: Entry[] = [];
  for (let at = 0; at + 128 <= directory.length; at += 128) {
    const length = Math.max(0, Math.min(directory.readUInt16LE(at + 64), 64) - 2);
    entries.push({
      name: directory.toString('utf16le', at, at + length),
      type: directory[at + 66] as number,
      start: directory.readUInt32LE(at + 116),
      size: directory.readUInt32LE(at + 120),
    });
  }
  const root = entries.find(({ type }) => type === ROOT);
  if (root === undefined) throw new Error('no root entry');
  const miniTable = numbers(follow(file.readUInt32LE(60)));
  const miniStream = follow(root.start);

  return {
    stream: (name) => {
      const entry = entries.find((each) => each.type === STREAM && each.name === name);
      if (entry === undefined) return undefined;
      const content =
        entry.size >= miniLimit
          ? follow(entry.start)
          : Buffer.concat(
              chain(entry.start, (at) => miniTable[at] ?? FREE_FROM).map((at) =>
                miniStream.subarray(at * miniSize, (at + 1) * miniSize),
              ),
            );
      if (content.length < entry.size) throw new Error(`stream ${name} is cut off`);
      return content.subarray(0, entry.size);
    },
  };
}
