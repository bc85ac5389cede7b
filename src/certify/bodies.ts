import type { Json, JsonObject } from '../domain/json.ts';
import type { RunFacts } from './check.ts';

const person = '5511900000001';

/** The envelope around values of one field (meta-facts §2.6). */
export function envelope(facts: RunFacts, ...changes: JsonObject[]): JsonObject {
  return { object: 'whatsapp_business_account', entry: [{ id: facts.wabaId, changes }] };
}

/** A change of the field `messages`, with the business phone's metadata (meta-facts §4.1). */
export function messagesChange(facts: RunFacts, parts: JsonObject): JsonObject {
  const metadata = { display_phone_number: '551132100000', phone_number_id: facts.phoneNumberId };
  return { field: 'messages', value: { messaging_product: 'whatsapp', metadata, ...parts } };
}

/** The contact entry beside messages. */
export const contact: JsonObject = { profile: { name: 'Recado Certify' }, wa_id: person };

/** A text that a person wrote (meta-facts §4.2). `name` makes its id one of its own within the run. */
export function textMessage(facts: RunFacts, name: string, body: string): JsonObject {
  return {
    from: person,
    id: messageId(facts, name),
    timestamp: String(facts.seconds),
    type: 'text',
    text: { body },
  };
}

/** A message of any type. */
export function messageOf(facts: RunFacts, type: string, content: Json): JsonObject {
  const id = messageId(facts, type);
  return { from: person, id, timestamp: String(facts.seconds), type, [type]: content };
}

/** A status of a message (meta-facts §4.3). */
export function statusOf(facts: RunFacts, name: string, status: string, more: JsonObject = {}): JsonObject {
  const id = messageId(facts, name);
  return { id, status, timestamp: String(facts.seconds), recipient_id: person, ...more };
}

/** One text in its envelope. */
export function textBody(facts: RunFacts, name: string, body: string): JsonObject {
  return envelope(
    facts,
    messagesChange(facts, { contacts: [contact], messages: [textMessage(facts, name, body)] }),
  );
}

/** An id that no other body of this run, nor of another one, has. */
export function messageId({ unique }: RunFacts, name: string): string {
  return `wamid.CERTIFY${unique}${Buffer.from(name).toString('hex').toUpperCase()}`;
}

/** The same JSON with everything outside ASCII, and slashes, escaped: the same meaning in other bytes. */
export function escapedJson(value: Json): string {
  return JSON.stringify(value)
    .replaceAll(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('/', '\\/');
}
