/** A contact card that somebody shared. Every part may be missing. */
export type SharedContact = {
  /** The whole name as their address book shows it. */
  name: string | null;
  nameParts: {
    prefix: string | null;
    first: string | null;
    middle: string | null;
    last: string | null;
    suffix: string | null;
  };
  company: string | null;
  department: string | null;
  jobTitle: string | null;
  /** As the card has it, usually `YYYY-MM-DD`. */
  birthday: string | null;
  phones: {
    /** As somebody typed it. */
    number: string | null;
    /** The WhatsApp ID behind the number; null when it has none. */
    waId: string | null;
    /** Such as `MOBILE`; the card's own word, as with every label here. */
    label: string | null;
  }[];
  emails: { address: string | null; label: string | null }[];
  urls: { url: string | null; label: string | null }[];
  addresses: {
    street: string | null;
    city: string | null;
    state: string | null;
    zip: string | null;
    country: string | null;
    countryCode: string | null;
    label: string | null;
  }[];
  /** The card as vCard text, since 2026. */
  vcard: string | null;
  /** Meta's word for why it was shared: `contact_request` when a business asked for it, or `other`. */
  origin: string | null;
};

/** One or more contact cards. */
export type ContactsContent = { type: 'contacts'; contacts: SharedContact[] };
