import { z } from 'zod';
import { failureSchema } from './notification.ts';
import { pageOf, pageQuery } from './page.ts';
import { instant } from './time.ts';
import { wordOf } from './value.ts';

const mediaFileSchema = z
  .object({
    id: z.string().meta({ description: 'Meta’s id, by which the message names it.' }),
    eventId: z.string().meta({ description: 'The event that told of it.' }),
    businessPhoneId: z.string().nullable().meta({ description: 'The business phone that received it.' }),
    state: wordOf(['waiting', 'kept', 'failed'], 'Where it stands.'),
    mimeType: z
      .string()
      .nullable()
      .meta({
        description: 'Its type, as Meta says it.',
        examples: ['image/jpeg'],
      }),
    filename: z
      .string()
      .nullable()
      .meta({ description: 'The name that a document had on the person’s device.' }),
    size: z.int().nullable().meta({ description: 'In bytes; null until it is kept.' }),
    sha256: z
      .string()
      .nullable()
      .meta({ description: 'SHA-256 of its bytes, in hexadecimal digits; null until it is kept.' }),
    failure: failureSchema.nullable().meta({ description: 'Why it is not kept, or not yet.' }),
    tries: z.int().meta({ description: 'How often it was tried to fetch it.' }),
    nextTryAt: instant('When it is tried next.').nullable(),
    receivedAt: instant('When the event was received.'),
    endedAt: instant('When it was kept, or given up.').nullable(),
  })
  .meta({ id: 'MediaFile', description: 'The file of a message, as far as it is fetched.' });

/** A page of files. */
export const mediaPageSchema = pageOf('MediaPage', mediaFileSchema, 'Files of messages.');

/** The query of GET /v1/media. */
export const mediaQuerySchema = z.strictObject({
  ...pageQuery,
  after: z
    .string()
    .max(200)
    .optional()
    .meta({ description: 'Begin after this: the `next` of an earlier answer.' }),
  state: z
    .enum(['waiting', 'kept', 'failed'])
    .optional()
    .meta({ description: 'Only files that stand there.' }),
});

/** The headers of GET /v1/media/{id}. */
export const mediaHeadersSchema = z.object({
  range: z
    .string()
    .optional()
    .meta({ description: 'One part of the bytes, such as `bytes=0-1023`.', examples: ['bytes=0-1023'] }),
});

/** The bytes of a file. */
export const fileSchema = z.string().meta({ description: 'The bytes.', format: 'binary' });

/** The query of POST /v1/media. */
export const uploadQuerySchema = z.strictObject({
  filename: z
    .string()
    .max(240)
    .optional()
    .meta({ description: 'Its name.', examples: ['offer.pdf'] }),
  businessPhone: z
    .string()
    .regex(/^\d{1,32}$/, { error: 'must be Meta’s phone_number_id, digits only' })
    .optional()
    .meta({
      description: 'Meta’s `phone_number_id` of the number to send from; may be left out for the default.',
      examples: ['200100200100200'],
    }),
  again: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: '`true`: upload it although Meta has the same file already.' }),
});

/** An upload as the API shows it. */
export const uploadSchema = z
  .object({
    id: z.string().meta({
      description: 'Meta’s id: what `media.id` of a notification takes.',
      examples: ['1013859600285441'],
    }),
    businessPhoneId: z
      .string()
      .meta({ description: 'The business phone that may send it, by Meta’s `phone_number_id`.' }),
    mimeType: z.string().meta({ description: 'Its type.', examples: ['image/jpeg'] }),
    size: z.int().meta({ description: 'In bytes.' }),
    sha256: z.string().meta({ description: 'SHA-256 of its bytes, in hexadecimal digits.' }),
    known: z.boolean().meta({ description: 'Whether Meta had it already, from an earlier upload.' }),
    uploadedAt: instant('When Meta got it.'),
    expiresAt: instant('Until when Meta keeps it.'),
  })
  .meta({ id: 'Upload', description: 'A file that Meta has, to be sent by its id.' });

/** An upload in an answer. */
export type UploadBody = z.infer<typeof uploadSchema>;
/** A file in an answer. */
export type MediaFileBody = z.infer<typeof mediaFileSchema>;
/** A page of files in an answer. */
export type MediaPageBody = z.infer<typeof mediaPageSchema>;
