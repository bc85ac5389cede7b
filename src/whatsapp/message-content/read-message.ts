import { isJsonObject, type JsonObject } from '../../domain/json.ts';
import type { Message } from '../../domain/message-content/message.ts';
import { senderOf } from '../contact-book.ts';
import { readMetaErrors } from '../element-facts.ts';
import { type Around, nothingAround } from '../event-contents/around.ts';
import { contactBookOf } from '../read-event.ts';
import { readList, readObject, readText } from '../wire-values.ts';
import { readContent } from './read-content.ts';
import { readContext, readIdentityHint, readReferral } from './read-message-context.ts';

/**
 * Reads a message of Meta's: an element of `messages`, `message_echoes`, a thread of `history`, or
 * `standby.messages` (meta-facts §4.1, §4.2). Total and pure: it never throws, and what is missing or malformed
 * is null.
 *
 * @param around where a person wrote it: the contact entry of its sender says more
 */
export function readMessage(element: JsonObject, { value }: Around = nothingAround): Message {
  return {
    messageId: readText(element.id),
    groupId: readText(element.group_id),
    content: readContent(element),
    context: readContext(element.context),
    referral: readReferral(element.referral),
    identity: readIdentityHint(element.identity),
    identityKeyHash: readIdentityKeyHash(element, value),
    errors: readMetaErrors(element.errors),
  };
}

/** What the contact entry of a message's sender says of their security code (meta-facts §4.1). */
function readIdentityKeyHash(message: JsonObject, value: JsonObject | null): string | null {
  // Nearly no body has one, and a contact book takes longer to make than a message to read.
  if (value === null || !(holdsKeyHashes(value) || holdsKeyHashes(readObject(value.standby)))) return null;
  return readText(contactBookOf(value).entry(senderOf(message))?.identity_key_hash);
}

function holdsKeyHashes(holder: JsonObject | null): boolean {
  return readList(holder?.contacts).some(
    (contact) => isJsonObject(contact) && contact.identity_key_hash !== undefined,
  );
}
