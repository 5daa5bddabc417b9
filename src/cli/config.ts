/** The settings that may stand in a file of the working folder. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';

const configFile = z.strictObject({
  lang: z.enum(['zh', 'en']).optional(),
  rules: z.union([z.string(), z.array(z.string())]).optional(),
  disable: z.array(z.string()).optional(),
  store: z.string().optional(),
  letter: z.string().optional(),
});
export type Config = z.infer<typeof configFile>;

/** @throws InputError where a setting is unknown or of the wrong shape */
export function parseConfig(file: string): Config {
  const parsed = configFile.safeParse(parse(readFileSync(file, 'utf8')) ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InputError(
    say('zh', 'cli.badConfig', { path: issue?.path.join('.') ?? '', reason: issue?.message ?? '' }),
    { file },
  );
}
