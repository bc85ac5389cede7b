import type { SyncContent } from '../../domain/event-content/sync.ts';
import type { JsonObject } from '../../domain/json.ts';
import { readMilliseconds, readObject, readText } from '../wire-values.ts';
import { readNamedPerson } from './read-named-person.ts';

type ContactForm = Exclude<SyncContent['form'], 'other'>;

const contactForms: ReadonlyMap<string | null, ContactForm> = new Map<string | null, ContactForm>([
  ['add', 'contact-added'],
  ['edit', 'contact-edited'],
  ['remove', 'contact-removed'],
]);

/** An element of `state_sync` (meta-facts §3.1, `smb_app_state_sync`). */
export function readSync(sync: JsonObject): SyncContent {
  const event = readText(sync.action);
  const changedAt = readMilliseconds(readObject(sync.metadata)?.timestamp);
  const subject = readText(sync.type);
  const contact = readObject(sync.contact);
  if (contact === null && subject !== 'contact') return { form: 'other', event, changedAt, subject };
  return {
    form: contactForms.get(event) ?? 'contact-changed',
    event,
    changedAt,
    person: readNamedPerson('sync', sync),
    fullName: readText(contact?.full_name),
    firstName: readText(contact?.first_name),
  };
}
