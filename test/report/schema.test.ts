import { describe, expect, it } from 'vitest';
import { recordJsonSchema, recordSchema } from '../../src/report/schema.js';
import { HOSTILE, hostileEntry, RECORD } from './fixture.js';

describe('recordSchema', () => {
  it('accepts a record after a round trip through JSON, and keeps all of it', () => {
    const parsed: unknown = JSON.parse(JSON.stringify(RECORD));
    expect(recordSchema.parse(parsed)).toEqual(RECORD);
  });

  it.each(HOSTILE)('does not care what the words are: %j', (words) => {
    expect(recordSchema.safeParse(hostileEntry(words).record).success).toBe(true);
  });

  it('refuses a record whose evidence lacks its quote', () => {
    const [check] = RECORD.checks;
    const evidence = check?.evidence.map(({ start, end, line }) => ({ start, end, line }));
    expect(recordSchema.safeParse({ ...RECORD, checks: [{ ...check, evidence }] }).success).toBe(false);
  });

  // `npx vitest run test/report/schema.test.ts -u` publishes anew.
  it('is the schema that is published', async () => {
    await expect(`${JSON.stringify(recordJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(
      '../../schema/record.schema.json',
    );
  });
});
