import type { JsonObject } from '../../domain/json.ts';
import { readObject, readText } from '../wire-values.ts';
import { type PhoneFacts, readPhoneFacts } from './read-phone-facts.ts';

/** A page of the business phones of a WhatsApp Business Account; `after` is null at the end. */
export type AccountPhonesPage = { phones: PhoneFacts[]; after: string | null };

/** Reads the answer of `GET /{waba}/phone_numbers` (meta-facts §7.2); null when it is no list. */
export function readAccountPhones(body: JsonObject): AccountPhonesPage | null {
  if (!Array.isArray(body.data)) return null;
  const phones = body.data.flatMap((entry) => {
    const phone = readObject(entry);
    return phone === null ? [] : [readPhoneFacts(phone)];
  });
  const paging = readObject(body.paging);
  const after = readText(readObject(paging?.cursors)?.after);
  return { phones, after: readText(paging?.next) === null ? null : after };
}
