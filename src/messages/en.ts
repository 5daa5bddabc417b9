/** English sentences by code. Keys are the same as in `zh.ts`; a test holds both together. */
export const en: Readonly<Record<string, string>> = {};
