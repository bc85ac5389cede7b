import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import type { ContactsContent, SharedContact } from '../../domain/message-content/shared-contact.ts';
import { readList, readNumber, readObject, readText } from '../wire-values.ts';

/** Contact cards, in full or as a vCard (meta-facts §4.2). What is no card is left out. */
export function readContacts(element: JsonObject): ContactsContent {
  return { type: 'contacts', contacts: objectsIn(element.contacts).map(readSharedContact) };
}

function readSharedContact(contact: JsonObject): SharedContact {
  const name = readObject(contact.name);
  const organisation = readObject(contact.org);
  return {
    name: readText(name?.formatted_name),
    nameParts: {
      prefix: readText(name?.prefix),
      first: readText(name?.first_name),
      middle: readText(name?.middle_name),
      last: readText(name?.last_name),
      suffix: readText(name?.suffix),
    },
    company: readText(organisation?.company),
    department: readText(organisation?.department),
    jobTitle: readText(organisation?.title),
    birthday: readText(contact.birthday),
    phones: objectsIn(contact.phones).map((phone) => ({
      number: readText(phone.phone),
      waId: readNumber(phone.wa_id),
      label: readText(phone.type),
    })),
    emails: objectsIn(contact.emails).map((email) => ({
      address: readText(email.email),
      label: readText(email.type),
    })),
    urls: objectsIn(contact.urls).map((url) => ({ url: readText(url.url), label: readText(url.type) })),
    addresses: objectsIn(contact.addresses).map((address) => ({
      street: readText(address.street),
      city: readText(address.city),
      state: readText(address.state),
      zip: readText(address.zip),
      country: readText(address.country),
      countryCode: readText(address.country_code),
      label: readText(address.type),
    })),
    vcard: readText(contact.vcard),
    origin: readText(contact.origin),
  };
}

function objectsIn(value: Json | undefined): JsonObject[] {
  return readList(value).filter(isJsonObject);
}
