import type { JsonObject } from '../../domain/json.ts';
import { readFlag, readList, readObject, readText } from '../wire-values.ts';

/** The app's webhook subscription for WhatsApp (meta-facts §7.2). */
export type AppSubscriptionFacts = {
  callbackUrl: string | null;
  active: boolean;
  /** The ticked fields. */
  fields: string[];
};

/**
 * Reads the answer of `GET /{app-id}/subscriptions`: the entry of object `whatsapp_business_account`.
 *
 * @returns `{ subscription: null }` for an app without one; null when the answer is no list
 */
export function readAppSubscription(body: JsonObject): { subscription: AppSubscriptionFacts | null } | null {
  if (!Array.isArray(body.data)) return null;
  const entry = body.data.map(readObject).find((one) => one?.object === 'whatsapp_business_account') ?? null;
  if (entry === null) return { subscription: null };
  const fields = readList(entry.fields).flatMap(
    (field) => readText(readObject(field)?.name) ?? readText(field) ?? [],
  );
  return {
    subscription: {
      callbackUrl: readText(entry.callback_url),
      active: readFlag(entry.active) !== false,
      fields,
    },
  };
}
