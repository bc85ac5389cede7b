import type { JsonObject } from '../../domain/json.ts';
import { signBody } from '../../whatsapp/signature.ts';

/** What a sample webhook is about; every value is given, so that samples are pure. */
export type SampleFacts = {
  /** Seconds since 1970. */
  seconds: number;
  /** Makes the ids in the sample new: the same one gives the same webhook. */
  unique: string;
  wabaId: string;
  businessPhoneId: string;
  /** Digits of our own number. */
  displayNumber: string;
  /** Who writes, or whom a status is about: WhatsApp id and profile name. */
  from: string;
  name: string;
  text: string;
  /** The message that a status or a reaction speaks of. */
  messageId: string;
};

/** One kind of sample. */
export type Sample = {
  name: string;
  /** What it stands for, in a few words. */
  about: string;
  body(facts: SampleFacts): JsonObject;
};

/** Every sample webhook: our own making, in the shapes that Meta sends (meta-facts §2.6, §3.1, §4). */
export const samples: readonly Sample[] = [
  {
    name: 'text',
    about: 'a person writes words',
    body: (facts) => fromPerson(facts, { type: 'text', text: { body: facts.text } }),
  },
  {
    name: 'image',
    about: 'a person sends a picture with a caption',
    body: (facts) =>
      fromPerson(facts, {
        type: 'image',
        image: {
          caption: facts.text,
          mime_type: 'image/jpeg',
          sha256: 'cmVjYWRvIHNhbXBsZSBwaWN0dXJl',
          id: `9${digitsOf(facts.unique)}`,
        },
      }),
  },
  {
    name: 'location',
    about: 'a person sends where they are',
    body: (facts) =>
      fromPerson(facts, {
        type: 'location',
        location: { latitude: -3.7319, longitude: -38.5267, name: 'Mercado Central', address: 'Fortaleza' },
      }),
  },
  {
    name: 'button',
    about: 'a person presses a button of your template',
    body: (facts) =>
      fromPerson(facts, {
        type: 'button',
        context: { from: facts.displayNumber, id: facts.messageId },
        button: { payload: 'confirm', text: facts.text },
      }),
  },
  {
    name: 'interactive',
    about: 'a person chooses a reply button',
    body: (facts) =>
      fromPerson(facts, {
        type: 'interactive',
        context: { from: facts.displayNumber, id: facts.messageId },
        interactive: { type: 'button_reply', button_reply: { id: 'tuesday', title: facts.text } },
      }),
  },
  {
    name: 'reaction',
    about: 'a person reacts to your message',
    body: (facts) =>
      fromPerson(facts, { type: 'reaction', reaction: { message_id: facts.messageId, emoji: '👍' } }),
  },
  {
    name: 'unsupported',
    about: 'a person sends what the Cloud API does not hand on',
    body: (facts) =>
      fromPerson(facts, {
        type: 'unsupported',
        errors: [
          {
            code: 131051,
            title: 'Message type unknown',
            message: 'Message type unknown',
            error_data: { details: 'Message type is currently not supported.' },
          },
        ],
      }),
  },
  {
    name: 'status',
    about: 'your message was delivered',
    body: (facts) => ofMessages(facts, { statuses: [statusOf(facts, 'delivered')] }),
  },
  {
    name: 'status-read',
    about: 'your message was read',
    body: (facts) => ofMessages(facts, { statuses: [statusOf(facts, 'read')] }),
  },
  {
    name: 'status-failed',
    about: 'your message was not delivered: the window is closed (#131047)',
    body: (facts) =>
      ofMessages(facts, {
        statuses: [
          {
            ...statusOf(facts, 'failed'),
            errors: [
              {
                code: 131047,
                title: 'Re-engagement message',
                message: 'Re-engagement message',
                error_data: { details: 'More than 24 hours have passed since the person last wrote.' },
              },
            ],
          },
        ],
      }),
  },
  {
    name: 'template-status',
    about: 'Meta approved a template',
    body: (facts) =>
      ofAccount(facts, 'message_template_status_update', {
        event: 'APPROVED',
        message_template_id: 700100700100700,
        message_template_name: 'interview_reminder',
        message_template_language: 'pt_BR',
        reason: 'NONE',
      }),
  },
  {
    name: 'phone-quality',
    about: 'Meta lowered the quality rating of your number',
    body: (facts) =>
      ofAccount(facts, 'phone_number_quality_update', {
        display_phone_number: facts.displayNumber,
        event: 'FLAGGED',
        current_limit: 'TIER_1K',
      }),
  },
  {
    name: 'batch',
    about: 'two messages and a status in one webhook',
    body: (facts) =>
      ofMessages(facts, {
        contacts: [contactOf(facts)],
        messages: [
          messageOf(facts, 'A', { type: 'text', text: { body: facts.text } }),
          messageOf(facts, 'B', { type: 'text', text: { body: `${facts.text} (2)` } }),
        ],
        statuses: [statusOf(facts, 'sent')],
      }),
  },
  {
    name: 'unknown',
    about: 'a field that no version knows',
    body: (facts) => ofAccount(facts, 'recado_sample_of_tomorrow', { news: facts.text, of: facts.unique }),
  },
];

/** A sample webhook as Meta would post it: the body, and the value of `X-Hub-Signature-256`. */
export function signedSample(
  sample: Sample,
  facts: SampleFacts,
  appSecret: string,
): { body: string; signature: string } {
  const body = JSON.stringify(sample.body(facts));
  return { body, signature: signBody(Buffer.from(body), appSecret) };
}

function fromPerson(facts: SampleFacts, content: JsonObject): JsonObject {
  return ofMessages(facts, { contacts: [contactOf(facts)], messages: [messageOf(facts, '', content)] });
}

function contactOf({ name, from }: SampleFacts): JsonObject {
  return { profile: { name }, wa_id: from };
}

function messageOf({ from, seconds, unique }: SampleFacts, part: string, content: JsonObject): JsonObject {
  return { from, id: `wamid.RECADO-SAMPLE-${unique}${part}`, timestamp: String(seconds), ...content };
}

function statusOf({ messageId, seconds, from }: SampleFacts, status: string): JsonObject {
  return { id: messageId, status, timestamp: String(seconds), recipient_id: from };
}

function ofMessages({ wabaId, displayNumber, businessPhoneId }: SampleFacts, parts: JsonObject): JsonObject {
  const metadata = { display_phone_number: displayNumber, phone_number_id: businessPhoneId };
  const value = { messaging_product: 'whatsapp', metadata, ...parts };
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: wabaId, changes: [{ value, field: 'messages' }] }],
  };
}

function ofAccount({ wabaId, seconds }: SampleFacts, field: string, value: JsonObject): JsonObject {
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: wabaId, time: seconds, changes: [{ value, field }] }],
  };
}

/** Digits made of a text, as ids of Meta's media are. */
function digitsOf(text: string): string {
  return [...text].map((character) => character.charCodeAt(0) % 10).join('');
}
