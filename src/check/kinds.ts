/** Every kind of check. A new kind is a file and a line here. */
import type { CheckKind } from './kind.js';

export const kinds: readonly CheckKind[] = [];
