import { expect, it } from 'vitest';
import { fuzz } from '../bench/fuzz.js';

it('ends five hundred damaged files as records or clear refusals', async () => {
  const { records, refusals, failures } = await fuzz({ count: 500, seed: 7, jobs: 2, seconds: 30 });
  expect(failures).toEqual([]);
  expect(records + refusals).toBe(500);
  expect(Math.min(records, refusals)).toBeGreaterThan(0);
}, 180_000);
