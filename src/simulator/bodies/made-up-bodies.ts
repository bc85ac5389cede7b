import type { JsonObject } from '../../domain/json.ts';
import { BATCH_MOST_BYTES, BATCH_MOST_UPDATES, batchBodies } from '../delivery/batch-bodies.ts';
import { messageBody } from './message-body.ts';
import { fieldBody, phoneBody, type WebhookSource } from './webhook-envelope.ts';
import type { WebhookPerson } from './webhook-person.ts';
import type { WebhookShape } from './webhook-shape.ts';

/** What the "Test" link of the App Dashboard sends for `messages` (meta-facts §8): nothing in it is anybody's. */
export function dashboardTestBody(): JsonObject {
  const source = { wabaId: '0', phoneNumberId: '123456123', displayPhoneNumber: '16505551111' };
  return phoneBody(source, 'messages', {
    contacts: [{ profile: { name: 'test user name' }, wa_id: '16315551181' }],
    messages: [
      {
        from: '16315551181',
        id: 'ABGGFlA5Fpa',
        timestamp: '1504902988',
        type: 'text',
        text: { body: 'this is a text message' },
      },
    ],
  });
}

/** A field that Meta might invent tomorrow. Time in milliseconds. */
export function inventedFieldBody(wabaId: string, at: number): JsonObject {
  return fieldBody(wabaId, 'pretend_field_of_tomorrow', { event: 'PRETEND_EVENT' }, at);
}

/** An error of the whole business phone, beside no message (meta-facts §4.2, value-level errors). */
export function valueErrorBody(
  source: WebhookSource,
  error: { code: number; title: string; details: string },
): JsonObject {
  const { code, title, details } = error;
  return phoneBody(source, 'messages', {
    errors: [
      {
        code,
        title,
        message: title,
        error_data: { details },
        href: '/documentation/business-messaging/whatsapp/support/error-codes',
      },
    ],
  });
}

/**
 * As many texts as fit into one body of Meta's, each as long as needed to fill it to just under its size, all in
 * one value.
 *
 * @param options.updates 1,000 unless said otherwise
 * @param options.bytes 3 MiB unless said otherwise
 */
export function fullBatchBody(
  source: WebhookSource,
  people: readonly WebhookPerson[],
  options: { messageId: (index: number) => string; at: number; updates?: number; bytes?: number },
  shape?: WebhookShape,
): JsonObject {
  const { messageId, at, updates = BATCH_MOST_UPDATES, bytes = BATCH_MOST_BYTES } = options;
  const bodyWith = (padding: number): JsonObject =>
    batchBodies(
      Array.from({ length: updates }, (_, index) => {
        const person = people[index % people.length];
        if (person === undefined) throw new TypeError('A batch needs somebody who writes; found no people.');
        const content = { kind: 'text', body: `${index} ${'.'.repeat(padding)}` } as const;
        return messageBody(source, person, { id: messageId(index), at, content }, shape);
      }),
      'elements',
    );
  const bare = Buffer.byteLength(JSON.stringify(bodyWith(0)));
  return bodyWith(Math.max(0, Math.floor((bytes - bare) / updates)));
}
