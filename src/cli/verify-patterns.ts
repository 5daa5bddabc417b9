/**
 * `npm run rules:verify`: checks every shipped pattern against runaway backtracking and lists the safe ones by their
 * digests in `rules/safe-patterns.txt`. Prints what is dangerous and exits with status 1.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadRules } from '../rules/load.js';
import { dangerOf, knownSafe, SAFE_PATTERNS, safetyDigest } from '../rules/safety.js';
import { SHIPPED_RULES } from './context.js';

const known = knownSafe(SHIPPED_RULES);
const sources = new Set(Object.values(loadRules(SHIPPED_RULES).compiled().patterns).map(({ source }) => source));
const safe: string[] = [];
for (const source of sources) {
  const digest = safetyDigest(source);
  const danger = known.has(digest) ? undefined : dangerOf(source);
  if (danger === undefined) safe.push(digest);
  else {
    process.exitCode = 1;
    process.stdout.write(`${danger.type} ${danger.summary}: ${source.slice(0, 300)}\n`);
  }
}
writeFileSync(
  join(SHIPPED_RULES, SAFE_PATTERNS),
  `# Digests of the shipped patterns that recheck found safe. Written by npm run rules:verify.\n${safe.sort().join('\n')}\n`,
);
process.stdout.write(`${safe.length} of ${sources.size} patterns are safe\n`);
