import type { SharedContent } from './phone-content.ts';

/** What only a person sends: answers to what the business sent, a cart, changes of earlier messages (meta-facts §4.2). */
export type WrittenContent =
  /** A tap on a quick reply of a template. */
  | { kind: 'button'; payload: string; text: string }
  /** A tap on a button of an interactive message. */
  | { kind: 'button-reply'; id: string; title: string }
  | { kind: 'list-reply'; id: string; title: string; description: string | null }
  /** A form that was filled in: a Flow, or one that asks for an address. */
  | {
      kind: 'form-reply';
      form: 'flow' | 'address_message';
      /** What WhatsApp shows of it. */
      body: string;
      /** The answers as Meta sends them: a string of JSON. */
      responseJson: string;
    }
  /** Whether the business may call, and until when, in milliseconds. */
  | { kind: 'call-permission-reply'; accepted: boolean; expiresAt: number | null }
  | {
      kind: 'order';
      catalogId: string;
      text: string | null;
      items: readonly { productRetailerId: string; quantity: number; itemPrice: number; currency: string }[];
    }
  /** Numbers that are also in the WhatsApp Business app only. */
  | { kind: 'edit'; originalMessageId: string; edited: SharedContent }
  | { kind: 'revoke'; originalMessageId: string }
  /** Meta has removed it; old receivers may still meet it. */
  | { kind: 'request-welcome' }
  /** What Meta does not hand over; `metaType` is its word for what it was, such as `poll_creation`. */
  | { kind: 'unsupported'; metaType: string | null }
  /** A type that Meta might invent tomorrow. */
  | { kind: 'invented'; type: string; words: string };

/** Everything that a person can send. */
export type PersonContent = SharedContent | WrittenContent;
