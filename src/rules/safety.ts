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
const TIMEOUT_MS = 2_000;

export const safetyDigest = (source: string): string =>
  createHash('sha256').update(source).digest('base64url').slice(0, 16);

export function knownSafe(folder: string): ReadonlySet<string> {
  const file = join(folder, SAFE_PATTERNS);
  return new Set(
    existsSync(file)
      ? readFileSync(file, 'utf8')
          .split('\n')
          .filter((line) => !line.startsWith('#'))
      : [],
  );
}

export interface Danger {
  /** `exponential`, `polynomial`. */
  readonly type: string;
  readonly summary: string;
}

/**
 * What is dangerous about an expression, or undefined: it can take time that grows exponentially with the text. Growth by
 * a power is let pass, since the pieces of text that patterns see are bounded and so is a rule's time (`match.ts`).
 */
export function dangerOf(source: string): Danger | undefined {
  const { checkSync } = createRequire(import.meta.url)('recheck') as Recheck;
  const { status, complexity } = checkSync(source, '', { timeout: TIMEOUT_MS });
  if (status !== 'vulnerable' || complexity?.type !== 'exponential') return undefined;
  return { type: complexity.type, summary: complexity.summary };
}
