import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonPieces } from '../../src/report/json.js';

it('pieces are what JSON.stringify gives, however deep they are taken apart', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.integer({ min: 0, max: 5 }), (value, depth) => {
      expect([...jsonPieces(value, depth)].join('')).toBe(JSON.stringify(value, null, 2));
    }),
  );
});

it('what is not given is left out', () => {
  expect([...jsonPieces({ a: undefined, b: [undefined, 1], c: {} })].join('')).toBe(
    JSON.stringify({ a: undefined, b: [undefined, 1], c: {} }, null, 2),
  );
});
