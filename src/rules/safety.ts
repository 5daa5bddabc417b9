/**
 * No pattern may backtrack without bound on some text. Each is checked by recheck; those that were found safe are listed
 * by their digests, so that what ships need not be checked at every start.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';

interface Recheck {
  checkSync(
    source: string,
    flags: string,
    options: { readonly timeout: number },
  ): {
    readonly status: 'safe' | 'vulnerable' | 'unknown';
    readonly complexity?: { readonly type: string; readonly summary: string; readonly isFuzz: boolean };
    readonly attack?: { readonly string: string };
  };
}

/** File in a rule folder that lists the digests of patterns known to be safe. */
export const SAFE_PATTERNS = 'safe-patterns.txt';
const TIMEOUT_MS = 2_000;
/** An attack on an exponential pattern takes much longer than this; one on any other, much less. */
const ATTACK_MS = 500;

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
  const { status, complexity, attack } = checkSync(source, '', { timeout: TIMEOUT_MS });
  if (status !== 'vulnerable' || complexity?.type !== 'exponential') return undefined;
  // Fuzzing counts the steps of another engine, and takes bounded looks behind for growth: its attack must hold here.
  if (complexity.isFuzz && attack !== undefined && !takesLong(source, attack.string)) return undefined;
  return { type: complexity.type, summary: complexity.summary };
}

function takesLong(source: string, text: string): boolean {
  try {
    runInNewContext('new RegExp(source).exec(text)', { source, text }, { timeout: ATTACK_MS });
    return false;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return true;
    throw error;
  }
}
