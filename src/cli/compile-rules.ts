/** Last step of the build: compiles the shipped rules, so that every start is spared it. */

import { writeCompiled } from '../rules/compiled.js';
import { loadRules } from '../rules/load.js';
import { COMPILED_RULES, SHIPPED_RULES } from './context.js';

writeCompiled(COMPILED_RULES, loadRules(SHIPPED_RULES).compiled());
