/** A picture of a page: its characters are recognised. Read only when the user asks for recognition. */
import { type Content, compose } from './content.js';
import { layOut } from './layout.js';
import { createRecogniser } from './ocr.js';
import type { ReadRequest } from './request.js';

export async function read(bytes: Uint8Array, request: ReadRequest): Promise<Content> {
  const recogniser = await createRecogniser(request);
  try {
    const { placed, note } = await recogniser.recognise(bytes, 1);
    return { ...compose(layOut([placed]), 1), notes: [note] };
  } finally {
    await recogniser.close();
  }
}
