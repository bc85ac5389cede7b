import type { WrittenContent } from './written-content.ts';

/** A file in a message. A person's own file has an id; what the business sends by a link has only that. */
export type PhoneMedia = {
  /** Meta's id of the file. */
  id: string | null;
  /** Where it lies: below the Graph API for a file with an id, else the link that the business gave. */
  url: string | null;
  /** Such as `image/jpeg`; null when only the link is known. */
  mimeType: string | null;
  /** SHA-256 of the bytes, in base64. */
  sha256: string | null;
};

/** A contact card as a phone shows it. */
export type ContactCard = {
  /** The whole name. */
  name: string;
  phones: readonly { number: string; waId: string | null; label: string | null }[];
  company: string | null;
};

/** Something under a message of the business that a person can tap, and what the tap says. */
export type PhoneChoice =
  /** A quick reply of a template: the payload is what the business attached, the text when it attached nothing. */
  | { kind: 'quick-reply'; text: string; payload: string }
  /** A button of an interactive message. */
  | { kind: 'reply'; id: string; title: string }
  /** A row of a list. */
  | { kind: 'row'; id: string; title: string; description: string | null }
  /** A button that opens an address, a call, a Flow or a catalogue: nothing is said by the tap alone. */
  | { kind: 'link'; text: string; url: string | null };

/** What both sides can put into a message. */
export type SharedContent =
  | { kind: 'text'; body: string }
  | { kind: 'image' | 'video'; media: PhoneMedia; caption: string | null }
  /** `voice` for one that was recorded in WhatsApp. */
  | { kind: 'audio'; media: PhoneMedia; voice: boolean }
  | { kind: 'document'; media: PhoneMedia; filename: string | null; caption: string | null }
  | { kind: 'sticker'; media: PhoneMedia; animated: boolean }
  | {
      kind: 'location';
      latitude: number;
      longitude: number;
      name: string | null;
      address: string | null;
      url: string | null;
    }
  | { kind: 'contacts'; cards: readonly ContactCard[] }
  /** Put to an earlier message; null takes it away again. */
  | { kind: 'reaction'; messageId: string; emoji: string | null };

/** What stands above the words of a message. */
export type PhoneHeader =
  | { kind: 'text'; text: string }
  | { kind: 'image' | 'video'; media: PhoneMedia }
  | { kind: 'document'; media: PhoneMedia; filename: string | null }
  | { kind: 'location'; latitude: number; longitude: number; name: string | null; address: string | null };

/** The kinds of interactive messages, in Meta's words (meta-facts §7.1). */
export type InteractiveType =
  | 'button'
  | 'list'
  | 'cta_url'
  | 'location_request_message'
  | 'address_message'
  | 'flow'
  | 'product'
  | 'product_list'
  | 'catalog_message'
  | 'order_details'
  | 'order_status'
  | 'carousel'
  | 'call_permission_request'
  | 'contact_request';

/** A message with something to tap, which only the business sends, and only inside the window. */
export type InteractiveContent = {
  kind: 'interactive';
  type: InteractiveType;
  header: PhoneHeader | null;
  body: string | null;
  footer: string | null;
  /** What opens a list; null for the other types. */
  button: string | null;
  choices: readonly PhoneChoice[];
};

/** A template as it was filled in. */
export type TemplateContent = {
  kind: 'template';
  name: string;
  language: string;
  header: PhoneHeader | null;
  body: string;
  footer: string | null;
  choices: readonly PhoneChoice[];
};

/** What only the business sends. */
type SentContent = TemplateContent | InteractiveContent;

/** What a message on a phone consists of, for a page to draw and a test to look at. */
export type PhoneContent = SharedContent | WrittenContent | SentContent;
