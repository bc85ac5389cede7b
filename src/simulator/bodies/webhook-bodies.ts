import type { JsonObject } from '../../domain/json.ts';
import { messageBody } from './message-body.ts';
import type { WebhookSource } from './webhook-envelope.ts';
import type { WebhookPerson } from './webhook-person.ts';
import type { WebhookShape } from './webhook-shape.ts';

export { statusBody } from './status-body.ts';
export type { WebhookPerson, WebhookSource };

/** A text that a person wrote (meta-facts §2.6, §4.1, §4.2). Time in milliseconds. */
export function textMessageBody(
  source: WebhookSource,
  person: WebhookPerson,
  message: { id: string; at: number; text: string },
  shape?: WebhookShape,
): JsonObject {
  const { id, at, text } = message;
  return messageBody(source, person, { id, at, content: { kind: 'text', body: text } }, shape);
}
