import * as z from 'zod';
import type { ContactCard } from '../people/phone-content.ts';
import { readerOf } from './content-reader.ts';
import { anyObject, nonEmpty } from './parameter-forms.ts';

/** A place. Whether Meta takes the coordinates as strings too is not established; they are taken. */
export const locationForm = z.strictObject({
  latitude: degrees(90),
  longitude: degrees(180),
  name: z.string().optional(),
  address: z.string().optional(),
});

function degrees(most: number) {
  return z
    .union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/)], `must be a number from -${most} to ${most}.`)
    .transform(Number)
    .refine((value) => Math.abs(value) <= most, `must be a number from -${most} to ${most}.`);
}

/** The place as a phone shows it. */
export function placeOf(location: z.output<typeof locationForm>) {
  const { latitude, longitude, name, address } = location;
  return { latitude, longitude, name: name ?? null, address: address ?? null };
}

/** `location` (meta-facts §7.1). */
export const readLocation = readerOf('location', locationForm, (location) => ({
  kind: 'location',
  ...placeOf(location),
  url: null,
}));

const contact = z.strictObject({
  // Meta's list of the parts of a name goes on after the first ones (meta-facts §7.1).
  name: z.looseObject({ formatted_name: nonEmpty, first_name: z.string().optional() }),
  phones: z
    .array(
      z.strictObject({
        phone: z.string().optional(),
        type: z.string().optional(),
        wa_id: z.string().optional(),
      }),
    )
    .optional(),
  emails: z.array(z.looseObject({ email: z.string() })).optional(),
  addresses: z.array(anyObject).optional(),
  urls: z.array(z.looseObject({ url: z.string() })).optional(),
  org: z.looseObject({ company: z.string().optional() }).optional(),
  birthday: z.string().optional(),
});

/** `contacts` (meta-facts §7.1). */
export const readContacts = readerOf(
  'contacts',
  z.array(contact).min(1, 'must not be empty.'),
  (contacts) => ({ kind: 'contacts', cards: contacts.map(cardOf) }),
);

function cardOf({ name, phones, org }: z.output<typeof contact>): ContactCard {
  return {
    name: name.formatted_name,
    phones: (phones ?? []).map(({ phone, wa_id: waId, type }) => ({
      number: phone ?? '',
      waId: waId ?? null,
      label: type ?? null,
    })),
    company: org?.company ?? null,
  };
}
