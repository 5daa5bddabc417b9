/** Sentences that hecha itself says (not those of rule files), one file a language, chosen by code. */
import type { Language, Note } from '../model.js';
import { en } from './en.js';
import { zh } from './zh.js';

const catalogues: Readonly<Record<Language, Readonly<Record<string, string>>>> = { zh, en };

/** The sentence for `code` with `{name}` replaced from `values`; the bare code where no catalogue knows it. */
export function say(language: Language, code: string, values: Note['values'] = {}): string {
  const sentence = catalogues[language][code] ?? code;
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : String(value);
  });
}
