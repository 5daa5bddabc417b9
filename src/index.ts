/** The public API: read a notice, extract what it claims, check it, keep it, compare it. */
export { compare } from './compare/compare.js';
export { InputError } from './errors.js';
export type { CheckRecord, Document, Notice, NoticeRecord } from './model.js';
export { createPipeline, type Pipeline } from './pipeline.js';
export { readDocument } from './read/index.js';
export { toRecord } from './record.js';
export { renderReport } from './report/html/page.js';
export { loadRules } from './rules/load.js';
export { loadNodejieba } from './segment/nodejieba.js';
export { openStore, type Store } from './store/store.js';
