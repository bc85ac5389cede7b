import { z } from 'zod';

/** A file that Meta has, or can fetch: exactly one of these is needed (meta-facts §7.1). */
export const fileMembers = {
  id: z
    .string()
    .regex(/^\d{1,64}$/, { error: 'must be Meta’s id of an uploaded file, digits only' })
    .optional()
    .meta({ description: 'Meta’s id of a file that was uploaded.', examples: ['1013859600285441'] }),
  link: z
    .string()
    .max(2048)
    .regex(/^https?:\/\/[^\s/]/i, { error: 'must be an address that begins with https://' })
    .optional()
    .meta({
      description: 'A public address from which Meta fetches the file when the message is sent.',
      examples: ['https://example.com/offer.pdf'],
    }),
};

/** Says that a file needs its `id` or its `link`, and not both. */
export function oneFile({ value, issues }: z.core.ParsePayload<{ id?: unknown; link?: unknown }>): void {
  if ((value.id === undefined) === (value.link === undefined)) {
    const message = 'or `link` is needed, exactly one of them';
    issues.push({ code: 'custom', path: ['id'], input: value, message });
  }
}

/** A file in Meta's own members: in a header, or in a template's parameter. */
export const metaFile = z.strictObject(fileMembers).check(oneFile).meta({ description: 'The file.' });

/** A document in Meta's own members. */
export const metaDocument = z
  .strictObject({
    ...fileMembers,
    filename: z.string().max(240).optional().meta({ description: 'The name that it is shown with.' }),
  })
  .check(oneFile)
  .meta({ description: 'The file.' });
