import type { StatusContent } from '../../domain/event-content/status.ts';
import type { JsonObject } from '../../domain/json.ts';
import { statusNames } from '../../domain/status.ts';
import { groupMember, isOfGroup, recipientOf } from '../contact-book.ts';
import { readMetaErrors } from '../element-facts.ts';
import { readText } from '../wire-values.ts';
import { readConversation, readPricing } from './read-charge.ts';
import { namedPerson } from './read-named-person.ts';

/** A status in every shape that Meta has given it (meta-facts §4.3). */
export function readStatus(status: JsonObject): StatusContent {
  return {
    messageId: readText(status.id),
    name: statusNames.find((name) => name === status.status) ?? null,
    event: readText(status.status),
    recipient: namedPerson(recipientOf(status)),
    groupId: isOfGroup(status) ? readText(status.recipient_id) : null,
    participant: groupMember(status),
    identityKeyHash: readText(status.recipient_identity_key_hash),
    errors: readMetaErrors(status.errors),
    callbackData: readText(status.biz_opaque_callback_data),
    conversation: readConversation(status.conversation),
    pricing: readPricing(status.pricing),
  };
}
