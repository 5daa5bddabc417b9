import { expect, it } from 'vitest';
import { ruleFileJsonSchema } from '../../src/rules/schema.js';

it('publishes the JSON Schema of rule files from the definition that validates them', async () => {
  await expect(`${JSON.stringify(ruleFileJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(
    '../../schema/rules.schema.json',
  );
});
