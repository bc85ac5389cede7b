import * as z from 'zod';
import type { Json, JsonObject } from '../../domain/json.ts';

const text = z.string().min(1);
const template = z.strictObject({ id: text, name: text, language: text });
const milliseconds = z.int().nonnegative();
const json: z.ZodType<Json> = z.json();
const parts: z.ZodType<JsonObject> = z.record(z.string(), json);
const writtenText = z.strictObject({ kind: z.literal('text'), body: text });
const about = { displayPhoneNumber: text };

/** All news as they come over HTTP; in a test the types alone say the same. */
export const plainNews = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('template-status'),
    template,
    event: text,
    category: text,
    reason: text.exactOptional(),
    rejection: z.strictObject({ reason: text, recommendation: text }).exactOptional(),
    disableDate: text.exactOptional(),
  }),
  z.strictObject({ kind: z.literal('template-quality'), template, former: text, quality: text }),
  z.strictObject({
    kind: z.literal('template-category'),
    template,
    former: text,
    category: text,
    changesAt: milliseconds.nullable(),
  }),
  z.strictObject({
    kind: z.literal('template-components'),
    template,
    title: text.nullable(),
    body: text,
    footer: text.nullable(),
  }),
  z.strictObject({
    kind: z.literal('phone-quality'),
    ...about,
    event: text,
    limit: text,
    formerLimit: text.exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('phone-name'),
    ...about,
    decision: text,
    requestedName: text,
    rejectionReason: text.nullable(),
  }),
  z.strictObject({ kind: z.literal('account-update'), event: text, parts: parts.exactOptional() }),
  z.strictObject({ kind: z.literal('account-review'), decision: text }),
  z.strictObject({
    kind: z.literal('account-alert'),
    entityType: z.enum(['BUSINESS', 'PHONE_NUMBER', 'WABA']),
    entityId: text,
    severity: text,
    alertType: text,
    description: text,
  }),
  z.strictObject({
    kind: z.literal('capability'),
    dailyLimit: z.union([text, z.int()]),
    phoneNumbers: z.int().nonnegative(),
  }),
  z.strictObject({ kind: z.literal('security'), ...about, event: text, requester: text.nullable() }),
  z.strictObject({ kind: z.literal('invented-field') }),
  z.strictObject({ kind: z.literal('phone-error'), code: z.int(), title: text, details: text }),
  z.strictObject({ kind: z.literal('dashboard-test') }),
  z.strictObject({
    kind: z.literal('full-batch'),
    updates: z.int().min(1).max(1_000).exactOptional(),
    bytes: z
      .int()
      .min(1)
      .max(3 * 1024 * 1024)
      .exactOptional(),
  }),
  z.strictObject({ kind: z.literal('username'), username: text, status: text }),
  z.strictObject({ kind: z.literal('handover'), waId: text, formerOwner: text, owner: text }),
  z.strictObject({ kind: z.literal('address-book'), waId: text, fullName: text, firstName: text }),
  z.strictObject({
    kind: z.literal('history'),
    phase: z.int().nonnegative(),
    chunkOrder: z.int().nonnegative(),
    progress: z.int().min(0).max(100),
    threads: z.array(
      z.strictObject({
        waId: text,
        messages: z.array(
          z.strictObject({
            id: text,
            at: milliseconds,
            from: z.enum(['business', 'person']),
            content: writtenText.nullable(),
            status: text,
          }),
        ),
      }),
    ),
  }),
]);

const group = { kind: z.literal('group'), groupId: text };
export const groupNews = z.discriminatedUnion('field', [
  z.strictObject({
    ...group,
    field: z.literal('group_lifecycle_update'),
    subject: text,
    description: text.nullable(),
    added: z.array(text),
    requestId: text,
  }),
  z.strictObject({
    ...group,
    field: z.literal('group_participants_update'),
    removed: z.array(text),
    requestId: text,
  }),
  z.strictObject({
    ...group,
    field: z.literal('group_settings_update'),
    picture: z.strictObject({ mimeType: text, sha256: text }),
    requestId: text,
  }),
  z.strictObject({ ...group, field: z.literal('group_status_update') }),
]);

/** News as data: over HTTP, and in scenarios. */
export const metaNews = z.discriminatedUnion('kind', [...plainNews.options, groupNews]);

/** The word of each kind of news. */
export const metaNewsKinds: readonly string[] = [
  ...plainNews.options.map(({ shape }) => shape.kind.value),
  'group',
];
