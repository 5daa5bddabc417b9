/** The build, as its users start it. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The engine's options that the command's first line sets. */
const [FIRST_LINE = ''] = readFileSync(new URL('../src/cli/main.ts', import.meta.url), 'utf8').split('\n');
export const ENGINE: readonly string[] = FIRST_LINE.split(' ').slice(3);

export const MAIN = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
if (!existsSync(MAIN)) throw new Error('run `npm run build` first');
