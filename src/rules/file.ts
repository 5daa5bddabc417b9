/** One rule file: read, parsed and validated, with the line and column of each of its parts. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import type { Language } from '../model.js';
import { type RuleFile, ruleFile } from './schema.js';

/** Where a rule stands, for messages. */
export interface RulePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A rule file before it is parsed. */
export interface FoundFile {
  readonly file: string;
  /** Its name within its folder, without extension: the first part of its rules' paths. */
  readonly path: string;
  readonly source: string;
}

export interface SourceFile extends Pick<FoundFile, 'file' | 'path'> {
  readonly content: RuleFile;
  /** Place of a part of the content, or of the nearest part around it. */
  readonly place: (path: readonly (string | number)[]) => RulePlace;
}

/** Rule files of a folder, in name order. */
export const findRuleFiles =
  (language: Language) =>
  (folder: string): readonly FoundFile[] => {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
      throw new InputError(say(language, 'rules.noFolder'), { file: folder });
    }
    return yamlFiles(folder).map((file) => ({
      file,
      path: relative(folder, file)
        .split(sep)
        .join('/')
        .replace(/\.ya?ml$/, ''),
      source: readFileSync(file, 'utf8'),
    }));
  };

function yamlFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return yamlFiles(path);
      return /\.ya?ml$/.test(entry.name) ? [path] : [];
    });
}

export function hashOf(...parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
}

/** The same files in the same places of their folders have the same digest. */
export const digestOf = (files: readonly FoundFile[]): string =>
  hashOf(...files.flatMap(({ path, source }) => [path, source]));

/** Loaded where a file is parsed: rules that were compiled at the build do without. */
const yaml = (): typeof import('yaml') => createRequire(import.meta.url)('yaml') as typeof import('yaml');

/** @throws InputError with line and column: malformed YAML, an unknown key, a value of the wrong shape */
export function parseRuleFile({ file, path, source }: FoundFile, language: Language): SourceFile {
  const { isNode, LineCounter, parseDocument } = yaml();
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): RulePlace => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const [fault] = document.errors;
  if (fault !== undefined)
    throw new InputError(say(language, 'rules.badYaml', { reason: fault.message }), at(fault.pos[0]));

  const place = (parts: readonly (string | number)[]): RulePlace => {
    for (let length = parts.length; length >= 0; length -= 1) {
      const node = document.getIn(parts.slice(0, length), true);
      if (isNode(node) && node.range) return at(node.range[0]);
    }
    return { file, line: 1, column: 1 };
  };
  const parsed = ruleFile.safeParse(document.toJS() ?? {});
  if (parsed.success) return { file, path, content: parsed.data, place };

  const [issue] = parsed.error.issues;
  const parts = (issue?.path ?? []).map((part) => (typeof part === 'symbol' ? String(part) : part));
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  throw unknown === undefined
    ? new InputError(
        say(language, 'rules.badShape', { path: parts.join('.'), reason: issue?.message ?? '' }),
        place(parts),
      )
    : new InputError(
        say(language, 'rules.unknownKey', { key: unknown, path: parts.join('.') || '/' }),
        place([...parts, unknown]),
      );
}
