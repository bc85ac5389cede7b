import * as z from 'zod';
import type { PhoneMedia } from '../people/phone-content.ts';
import { readerOf } from './content-reader.ts';
import { atMost, nonEmpty, webAddress } from './parameter-forms.ts';

/** The types that carry a file. */
export type MediaType = 'image' | 'video' | 'audio' | 'document' | 'sticker';

/** A caption has at most this many characters (meta-facts §7.1). */
const CAPTION_MAX_LENGTH = 1024;

const file = {
  id: nonEmpty.optional(),
  link: webAddress.optional(),
};
const caption = atMost(CAPTION_MAX_LENGTH, z.string()).optional();

/** Either an id or a link (meta-facts §7.1). */
function withFile<Shape extends z.ZodRawShape>(form: z.ZodObject<Shape>) {
  return form.refine((given) => 'id' in given !== 'link' in given, 'must have either an id or a link.');
}

/** The forms of the types that carry a file (meta-facts §7.1). */
export const mediaForms = {
  image: withFile(z.strictObject({ ...file, caption })),
  video: withFile(z.strictObject({ ...file, caption })),
  audio: withFile(z.strictObject({ ...file, voice: z.boolean().optional() })),
  document: withFile(z.strictObject({ ...file, caption, filename: nonEmpty.optional() })),
  sticker: withFile(z.strictObject(file)),
};

/** The file that was named; what its id stands for is not known yet. */
export function namedMedia({ id, link }: { id?: string | undefined; link?: string | undefined }): PhoneMedia {
  return { id: id ?? null, url: link ?? null, mimeType: null, sha256: null };
}

export const readImage = readerOf('image', mediaForms.image, (given) => ({
  kind: 'image',
  media: namedMedia(given),
  caption: given.caption ?? null,
}));

export const readVideo = readerOf('video', mediaForms.video, (given) => ({
  kind: 'video',
  media: namedMedia(given),
  caption: given.caption ?? null,
}));

export const readAudio = readerOf('audio', mediaForms.audio, (given) => ({
  kind: 'audio',
  media: namedMedia(given),
  voice: given.voice ?? false,
}));

export const readDocument = readerOf('document', mediaForms.document, (given) => ({
  kind: 'document',
  media: namedMedia(given),
  filename: given.filename ?? null,
  caption: given.caption ?? null,
}));

export const readSticker = readerOf('sticker', mediaForms.sticker, (given) => ({
  kind: 'sticker',
  media: namedMedia(given),
  animated: false,
}));
