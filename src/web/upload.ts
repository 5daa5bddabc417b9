/** Files that a reader sends: bounded in number and size before anything looks into them. */
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import type { Queue } from './queue.js';
import { languageOf, type Site } from './site.js';

export interface UploadLimits {
  /** Files of one request. */
  readonly files: number;
  /** Bytes of one request. */
  readonly bytes: number;
}

export const UPLOAD_LIMITS: UploadLimits = { files: 50, bytes: 64 * 1024 * 1024 };

export const boundedBody = (bytes: number) => bodyLimit({ maxSize: bytes, onError: (c) => c.text('too large', 413) });

/** @throws InputError where there are no files, or too many */
export async function takeUploads(c: Context, site: Site, queue: Queue, limits: UploadLimits): Promise<Response> {
  const language = languageOf(c, site);
  const { files } = await c.req.parseBody({ all: true });
  const given = [files ?? []].flat().filter((file): file is File => file instanceof File && file.name !== '');
  if (given.length === 0) throw new InputError(say(language, 'web.upload.none'));
  if (given.length > limits.files) throw new InputError(say(language, 'web.upload.tooMany', { files: limits.files }));
  const uploads = await Promise.all(
    given.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
  );
  if (!(await queue.add(uploads))) throw new InputError(say(language, 'web.upload.queueFull'));
  return c.redirect('/?done=uploaded', 303);
}
