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

/** A file in an answer. */
export type MediaFileBody = z.infer<typeof mediaFileSchema>;
/** A page of files in an answer. */
export type MediaPageBody = z.infer<typeof mediaPageSchema>;
