/** Last step of the build: compiles the shipped rules, so that every start is spared it. */

import { createPipeline } from '../pipeline.js';
import { writeCompiled } from '../rules/compiled.js';
import { loadRules } from '../rules/load.js';
import { documentOf } from '../text.js';
import { COMPILED_RULES, SHIPPED_RULES } from './context.js';

const rules = loadRules(SHIPPED_RULES);
// Reading and checking compile patterns of their own when they first need them: the examples make them.
const segmenter = { name: 'none', cut: () => [], tag: () => [] };
const pipeline = createPipeline({ rules, segmenter: () => segmenter, program: 'build' });
for (const { examples } of rules.checks) {
  for (const { text } of examples) pipeline.analyse(documentOf(text));
}
writeCompiled(COMPILED_RULES, rules.compiled());
