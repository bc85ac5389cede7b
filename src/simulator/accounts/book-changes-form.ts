import * as z from 'zod';

const names = z.array(z.string()).transform((list) => new Set(list));

/** Changes of an app, as data: over HTTP, and in scenarios. */
export const appChanges = z.strictObject({
  mode: z.enum(['live', 'development']).exactOptional(),
  secret: z.string().min(1).exactOptional(),
  callbackUrl: z.url().nullable().exactOptional(),
  verifyToken: z.string().exactOptional(),
  fields: names.exactOptional(),
  active: z.boolean().exactOptional(),
  verified: z.boolean().exactOptional(),
});

/** Changes of an access token. */
export const tokenChanges = z.strictObject({
  scopes: names.exactOptional(),
  accountIds: names.nullable().exactOptional(),
  /** In milliseconds. */
  expiresAt: z.number().nullable().exactOptional(),
  invalidated: z.boolean().exactOptional(),
});

/** Changes of a WhatsApp account. */
export const whatsappAccountChanges = z.strictObject({
  canSendMessage: z.enum(['AVAILABLE', 'LIMITED', 'BLOCKED']).exactOptional(),
  name: z.string().exactOptional(),
});
