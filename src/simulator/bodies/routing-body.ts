import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import { fieldBody, seconds, type WebhookSource } from './webhook-envelope.ts';

/** Somebody else answers a chat from now on (meta-facts §3.1, `messaging_handovers`). */
export type Handover = {
  kind: 'handover';
  waId: string;
  /** Such as `ai_agent`, `escalation`. */
  formerOwner: string;
  owner: string;
};

/** The body of a handover, which names the business phone in another place than all others. `at` in milliseconds. */
export function handoverBody(source: WebhookSource, at: number, news: Handover): JsonObject {
  const { phoneNumberId, displayPhoneNumber } = source;
  return fieldBody(source.wabaId, 'messaging_handovers', {
    messaging_product: 'whatsapp',
    sender: { phone_number: news.waId },
    recipient: { phone_number_id: phoneNumberId, display_phone_number: displayPhoneNumber },
    type: 'control_taken',
    timestamp: seconds(at),
    control_taken: { previous_owner_role: news.formerOwner, new_owner_role: news.owner },
  });
}

/**
 * A body of `messages` as an app gets it that does not own the chat: the same lists, one level deeper (meta-facts
 * §3.1, `standby`).
 */
export function standbyBody(body: JsonObject): JsonObject {
  return {
    ...body,
    entry: objectsIn(body.entry).map((entry) => ({
      ...entry,
      changes: objectsIn(entry.changes).map(({ value }) => {
        const { messaging_product = 'whatsapp', metadata = {}, ...lists } = isJsonObject(value) ? value : {};
        return { value: { messaging_product, metadata, standby: lists }, field: 'standby' };
      }),
    })),
  };
}

function objectsIn(list: Json | undefined): JsonObject[] {
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}
