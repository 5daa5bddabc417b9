/** Chinese sentences by code. Keys are the same as in `en.ts`; a test holds both together. */
export const zh: Readonly<Record<string, string>> = {};
