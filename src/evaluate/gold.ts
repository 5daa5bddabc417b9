/** A reviewed record beside a notice (`NAME.gold.json`): the record's shape, positions left out, short forms allowed. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import type { Language } from '../model.js';

const item = z.union([
  z.string().transform((text) => ({ text })),
  z.looseObject({ text: z.string(), deadline: z.string().optional() }),
]);

const goldShape = z.looseObject({
  unit: z.union([z.string(), z.looseObject({ name: z.string() }).transform(({ name }) => name)]).optional(),
  inspection: z.record(z.string(), z.string()).optional(),
  sections: z.array(z.looseObject({ number: z.string().nullable(), title: z.string() })).optional(),
  findings: z
    .array(
      z.looseObject({
        section: z.string().nullable().optional(),
        number: z.string().nullable().optional(),
        titles: z.array(z.string()),
        status: z.string().optional(),
        deadline: z.string().optional(),
        responsibles: z.array(z.string()).optional(),
        measures: z.array(item).default([]),
        outcomes: z.array(item).default([]),
      }),
    )
    .optional(),
  figures: z
    .array(z.looseObject({ metric: z.string().nullable(), value: z.string(), quote: z.string().optional() }))
    .optional(),
  responsibles: z
    .array(z.looseObject({ name: z.string(), kind: z.string(), roles: z.array(z.string()).optional() }))
    .optional(),
  checks: z
    .array(z.looseObject({ kind: z.string(), verdict: z.string(), quotes: z.array(z.string()).default([]) }))
    .optional(),
});
export type Gold = z.infer<typeof goldShape>;

export function readGold(file: string, language: Language): Gold {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new InputError(
      say(language, 'eval.badGold', { reason: error instanceof Error ? error.message : String(error) }),
      { file },
    );
  }
  const parsed = goldShape.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InputError(say(language, 'eval.badGold', { reason: `${issue?.path.join('.')}: ${issue?.message}` }), {
    file,
  });
}
