/** The build, as its users start it. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The engine's options that the command's first line sets. */
const [FIRST_LINE = ''] = readFileSync(new URL('../src/cli/main.ts', import.meta.url), 'utf8').split('\n');
const WORDS = FIRST_LINE.split(' ');
export const ENGINE: readonly string[] = WORDS.filter((word) => word.startsWith('--'));

/** The environment that it sets, beside what stands. */
export const ENVIRONMENT: NodeJS.ProcessEnv = {
  ...process.env,
  ...Object.fromEntries([...FIRST_LINE.matchAll(/ ([A-Z_]+)=(\S+)/g)].map(([, name, value]) => [name, value])),
};

export const MAIN = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
if (!existsSync(MAIN)) throw new Error('run `npm run build` first');
