/** What every command needs: where to print, which language, which rules and store. Made once in `main.ts`. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Language, Segmenter } from '../model.js';
import type { Pipeline } from '../pipeline.js';
import type { RuleSet } from '../rules/load.js';
import type { Config } from './config.js';

/** Exit status of every command: see the contract of the record. */
export const EXIT = { fine: 0, errorsFound: 1, failed: 2 } as const;
export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

export interface Output {
  write(text: string): void;
  readonly isTTY: boolean;
  readonly columns: number;
}

export interface GlobalOptions {
  readonly lang: Language;
  readonly rules: readonly string[];
  readonly disable: readonly string[];
  /** Path or URL of the store. */
  readonly store: string;
  /** File of the user's sentences for letters. */
  readonly letter?: string;
}

export interface CommandContext {
  readonly options: GlobalOptions;
  readonly out: Output;
  readonly err: Output;
  readonly color: boolean;
  readonly now: () => Date;
  /** Rules of the project and of the user, loaded when first asked for. */
  rules(): Promise<RuleSet>;
  pipeline(): Promise<Pipeline>;
  segmenter(): Promise<Segmenter>;
}

/** The folder that holds package.json: two levels up from `src/cli` and from `dist/cli` alike. */
export const HOME = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const SHIPPED_RULES = join(HOME, 'rules');
/** Written by the build. */
export const COMPILED_RULES = join(HOME, 'dist', 'rules.json');
export const DEFAULT_STORE = join('out', 'hecha.db');

export const version = (): string =>
  (JSON.parse(readFileSync(join(HOME, 'package.json'), 'utf8')) as { version: string }).version;

export const CONFIG = 'hecha.config.yaml';

/** `hecha.config.yaml` of the working folder; empty where there is none. Paths in it are relative to it. */
export async function readConfig(folder: string): Promise<Config> {
  const file = join(folder, CONFIG);
  return existsSync(file) ? (await import('./config.js')).parseConfig(file) : {};
}

export function createContext(options: GlobalOptions, out: Output, err: Output, color: boolean): CommandContext {
  const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
    let made: Promise<T> | undefined;
    return () => {
      made ??= make();
      return made;
    };
  };
  const rules = once(async () => {
    const { loadRules } = await import('../rules/load.js');
    return loadRules(SHIPPED_RULES, {
      more: options.rules,
      disable: options.disable,
      language: options.lang,
      compiled: COMPILED_RULES,
    });
  });
  let loaded: Segmenter | undefined;
  const segmenter = once(async () => {
    const { loadNodejieba } = await import('../segment/nodejieba.js');
    loaded ??= loadNodejieba((await rules()).dictionary);
    return loaded;
  });
  const pipeline = once(async () => {
    const [{ createPipeline }, { loadNodejieba }, set] = await Promise.all([
      import('../pipeline.js'),
      import('../segment/nodejieba.js'),
      rules(),
    ]);
    const lazy = (): Segmenter => {
      loaded ??= loadNodejieba(set.dictionary);
      return loaded;
    };
    return createPipeline({ rules: set, segmenter: lazy, program: `hecha ${version()}` });
  });
  return { options, out, err, color, now: () => new Date(), rules, pipeline, segmenter };
}
