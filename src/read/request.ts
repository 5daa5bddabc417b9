/** What a format's reader is asked, and how it refuses: one `InputError` with one line that names the file. */
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import type { Language, Note } from '../model.js';

/** Beyond these a file is no notice but a mistake or an attack. */
export interface ReadLimits {
  /** Bytes of the file. */
  readonly bytes: number;
  /** Characters of the text that it yields. */
  readonly characters: number;
  /** Bytes of one member of a zip, and of all together, once inflated. */
  readonly member: number;
  readonly inflated: number;
  /** Files inside one zip that are read as documents. */
  readonly members: number;
  readonly pages: number;
}

export const defaultLimits: ReadLimits = {
  bytes: 64 * 1024 * 1024,
  characters: 5_000_000,
  member: 64 * 1024 * 1024,
  inflated: 256 * 1024 * 1024,
  members: 1_000,
  pages: 2_000,
};

export interface ReadRequest {
  readonly source: string;
  readonly encoding?: string;
  readonly ocr: boolean;
  readonly language: Language;
  readonly limits: ReadLimits;
}

/** The error for a file that cannot be read, from the sentence `read.…` of the catalogue. */
export function refusal(request: ReadRequest, code: string, values?: Note['values'], cause?: unknown): InputError {
  return new InputError(say(request.language, code, values), { file: request.source }, { cause });
}

export const megabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(0);
