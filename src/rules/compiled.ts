/**
 * What parsing and compiling the shipped rules gave, kept in one JSON file that the build writes: loading it takes a few
 * milliseconds. It is used only where its digest is that of the rule files as they are; a changed file is parsed again.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import type { RulePlace, SourceFile } from './file.js';
import type { Pattern } from './pattern.js';
import { topics } from './schema.js';

export interface Compiled {
  readonly digest: string;
  readonly files: readonly SourceFile[];
  /** By `patternKey`. */
  readonly patterns: Readonly<Record<string, Pattern>>;
}

export const patternKey = (written: string, view: 'folded' | 'masked'): string => `${view} ${written}`;

interface Kept extends Omit<Compiled, 'files'> {
  readonly files: readonly (Omit<SourceFile, 'place'> & { readonly places: Readonly<Record<string, RulePlace>> })[];
}

const placeKey = (path: readonly (string | number)[]): string => path.slice(0, 2).join('/');

/** Undefined where there is no such file, or where it was made from other rule files. */
export function readCompiled(file: string, digest: string): Compiled | undefined {
  let kept: Kept;
  try {
    kept = JSON.parse(readFileSync(file, 'utf8')) as Kept;
  } catch {
    return undefined;
  }
  if (kept.digest !== digest) return undefined;
  return {
    ...kept,
    files: kept.files.map(({ places, ...rest }) => ({
      ...rest,
      place: (path) => places[placeKey(path)] ?? { file: rest.file, line: 1, column: 1 },
    })),
  };
}

export function writeCompiled(file: string, { digest, files, patterns }: Compiled): void {
  const kept: Kept = {
    digest,
    patterns,
    files: files.map(({ file: name, path, content, place }) => {
      const rules = [...topics, 'checks' as const].flatMap((topic) =>
        (content[topic] ?? []).map((_rule, index) => [topic, index] as const),
      );
      return { file: name, path, content, places: Object.fromEntries(rules.map((at) => [placeKey(at), place(at)])) };
    }),
  };
  writeFileSync(file, JSON.stringify(kept));
}
