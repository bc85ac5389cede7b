import type { CountedConversation, Pricing } from '../../domain/charge.ts';
import type { Json } from '../../domain/json.ts';
import { readFlag, readMilliseconds, readObject, readText } from '../wire-values.ts';

/** `conversation` of a status; null when there is none (meta-facts §4.3). */
export function readConversation(value: Json | undefined): CountedConversation | null {
  const conversation = readObject(value);
  return (
    conversation && {
      id: readText(conversation.id),
      expiresAt: readMilliseconds(conversation.expiration_timestamp),
      origin: readText(readObject(conversation.origin)?.type),
    }
  );
}

/** `pricing` of a status; null when there is none (meta-facts §4.3). */
export function readPricing(value: Json | undefined): Pricing | null {
  const pricing = readObject(value);
  return (
    pricing && {
      billable: readFlag(pricing.billable),
      model: readText(pricing.pricing_model),
      type: readText(pricing.type),
      category: readText(pricing.category),
    }
  );
}
