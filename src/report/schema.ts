/**
 * The shape of a notice record as a JSON Schema, published for those who read hecha's output. The compiler holds the definition to the
 * types of `model.ts`, a test holds the published file to the definition.
 */
import { z } from 'zod';
import type { NoticeRecord } from '../model.js';

const offset = z.int().min(0);
const isoDate = z.string().describe('ISO date');
const decimal = z.string().describe('Decimal number in the base unit');

const evidence = z
  .object({
    start: offset,
    end: offset,
    quote: z.string().describe('Exactly the slice of the text from start to end, in UTF-16 units'),
    line: z.int().min(1),
    page: z.int().min(1).exactOptional(),
  })
  .meta({ id: 'evidence' });

const noteParts = {
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).exactOptional(),
};
const note = z.object(noteParts);

const status = z.enum(['completed', 'ongoing', 'longTerm', 'notStarted', 'unstated']).meta({ id: 'status' });

const measure = z.object({
  ordinal: z.int().min(1),
  text: z.string(),
  status,
  deadline: isoDate.exactOptional(),
  responsibles: z.array(z.string()),
  evidence,
});

const outcome = z.object({ ordinal: z.int().min(1), text: z.string(), evidence });

const finding = z.object({
  id: z.string(),
  section: z.string().nullable(),
  number: z.string().nullable(),
  path: z.array(z.string()).describe('Every heading above it, outermost first'),
  titles: z.array(z.string()).describe('One for each problem named'),
  status,
  statusEvidence: evidence.exactOptional(),
  deadline: isoDate.exactOptional(),
  measures: z.array(measure),
  outcomes: z.array(outcome),
  responsibles: z.array(z.string()),
  evidence,
  span: z.object({ start: offset, end: offset }).describe('The whole of the finding in the text'),
});

const figure = z.object({
  metric: z.string().nullable().describe('null for a quantity that no metric claims'),
  value: decimal,
  stated: z.string(),
  unit: z.string(),
  noun: z.string(),
  scope: z.enum(['headline', 'local', 'part', 'cumulative']),
  qualifier: z.enum(['exact', 'about', 'atLeast', 'moreThan', 'atMost', 'lessThan']),
  lower: decimal.exactOptional(),
  upper: decimal.exactOptional(),
  evidence,
});

const operand = z.object({
  name: z.string(),
  stated: z.string(),
  value: decimal.exactOptional(),
  lower: decimal.exactOptional(),
  upper: decimal.exactOptional(),
  evidence: evidence.exactOptional(),
});

const check = z.object({
  check: z.string().describe("The check rule's id"),
  kind: z.string(),
  verdict: z.enum(['consistent', 'inconsistent', 'unverifiable', 'observed']),
  severity: z.enum(['error', 'warning', 'info']).describe('What an inconsistent or observed verdict weighs'),
  message: z.string(),
  messages: z.object({ zh: z.string(), en: z.string() }),
  stated: z.string().exactOptional(),
  expected: z.string().exactOptional(),
  operands: z.array(operand).exactOptional(),
  mode: z.string().exactOptional(),
  cause: note.exactOptional(),
  evidence: z.array(evidence),
  key: z.string().describe('Stable over re-runs; reviews are kept by it'),
});

/** A notice record, as every command prints it. Unknown keys are let through: keys may be added. */
export const recordSchema = z
  .object({
    document: z.object({
      id: z.string().describe('sha256: and the digest of the file'),
      source: z.string(),
      mediaType: z.string(),
      encoding: z.string().exactOptional(),
      title: z.string().exactOptional(),
      characters: offset,
      pages: offset.exactOptional(),
    }),
    unit: z.object({ name: z.string(), evidence }).exactOptional(),
    inspection: z.object({
      kind: z.string().exactOptional(),
      team: z.string().exactOptional(),
      start: isoDate.exactOptional(),
      end: isoDate.exactOptional(),
      feedback: isoDate.exactOptional(),
      published: isoDate.exactOptional(),
    }),
    sections: z.array(z.object({ number: z.string().nullable(), title: z.string(), level: z.int(), evidence })),
    findings: z.array(finding),
    figures: z.array(figure),
    responsibles: z.array(
      z.object({ name: z.string(), kind: z.enum(['person', 'unit']), roles: z.array(z.string()), evidence }),
    ),
    documents: z.array(z.object({ title: z.string(), evidence })),
    coverage: z.number().min(0).max(1),
    checks: z.array(check),
    notes: z.array(z.object({ ...noteParts, message: z.string() })),
    rules: z.string().describe('Fingerprint of the rules and the program that made the record'),
  })
  .meta({ title: 'hecha notice record' });

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;
type Same<A, B> = [A, B] extends [B, A] ? true : false;
type DeepKeys<T> = T extends readonly (infer E)[]
  ? DeepKeys<E>
  : T extends object
    ? string extends keyof T
      ? never
      : { [K in keyof T & string]: K | `${K}.${DeepKeys<T[K]>}` }[keyof T & string]
    : never;

type Parsed = DeepReadonly<z.infer<typeof recordSchema>>;
/** Both ways assignable, and the same keys all the way down: an optional key missing on one side would pass the first alone. */
export const SCHEMA_IS_TYPE: Same<Parsed, NoticeRecord> & Same<DeepKeys<Parsed>, DeepKeys<NoticeRecord>> = true;

/** The JSON Schema (draft 2020-12) of a notice record. */
export const recordJsonSchema = (): object => z.toJSONSchema(recordSchema, { io: 'input' });
