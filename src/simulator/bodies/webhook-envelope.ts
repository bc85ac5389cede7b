import type { JsonObject } from '../../domain/json.ts';

/** The business phone as every body names it. */
export type WebhookSource = { wabaId: string; phoneNumberId: string; displayPhoneNumber: string };

/** Meta's envelope around one value of a field (meta-facts §2.6). */
export function fieldBody(
  wabaId: string,
  field: string,
  value: JsonObject,
  /** Milliseconds; account and template fields carry their time, `messages` does not. */
  at: number | null = null,
): JsonObject {
  const time = at === null ? {} : { time: Math.floor(at / 1000) };
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: wabaId, ...time, changes: [{ value, field }] }],
  };
}

/** A body about a business phone: `messages` and the other fields that name one in `metadata`. */
export function phoneBody(source: WebhookSource, field: string, parts: JsonObject): JsonObject {
  const metadata = {
    display_phone_number: source.displayPhoneNumber,
    phone_number_id: source.phoneNumberId,
  };
  return fieldBody(source.wabaId, field, { messaging_product: 'whatsapp', metadata, ...parts });
}

/** Meta's timestamps of messages are strings of whole seconds. */
export function seconds(at: number): string {
  return String(Math.floor(at / 1000));
}
