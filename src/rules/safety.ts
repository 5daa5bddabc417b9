/**
 * No pattern may backtrack without bound on some text. Each is checked by recheck; those that were found safe are listed
 * by their digests, so that what ships need not be checked at every start.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

interface Recheck {
  checkSync(
    source: string,
    flags: string,
    options: { readonly timeout: number },
  ): {
    readonly status: 'safe' | 'vulnerable' | 'unknown';
    readonly complexity?: { readonly type: string; readonly summary: string };
  };
}

/** File in a rule folder that lists the digests of patterns known to be safe. */
export const SAFE_PATTERNS = 'safe-patterns.txt';
const TIMEOUT_MS = 10_000;

export const digestOf = (source: string): string =>
  createHash('sha256').update(source).digest('base64url').slice(0, 16);

export function knownSafe(folder: string): ReadonlySet<string> {
  const file = join(folder, SAFE_PATTERNS);
  return new Set(existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []);
}

export interface Danger {
  /** `exponential`, `polynomial`. */
  readonly type: string;
  readonly summary: string;
}

/**
 * What is dangerous about an expression, or undefined. Pieces of text that patterns see are bounded (see `match.ts`), so a
 * polynomial of second degree is let pass; what grows faster is not.
 */
export function dangerOf(source: string): Danger | undefined {
  const { checkSync } = createRequire(import.meta.url)('recheck') as Recheck;
  const { status, complexity } = checkSync(source, '', { timeout: TIMEOUT_MS });
  if (status !== 'vulnerable' || complexity === undefined) return undefined;
  if (complexity.type === 'polynomial' && /\b2(?:nd|\b)/.test(complexity.summary)) return undefined;
  return { type: complexity.type, summary: complexity.summary };
}
