import type { JsonObject } from '../../domain/json.ts';
import {
  contact,
  envelope,
  messageId,
  messageOf,
  messagesChange,
  statusOf,
  textBody,
  textMessage,
} from '../bodies.ts';
import { type Check, notTaken, type RunFacts } from '../check.ts';

/** Why an exception in the reading of one element costs more than that element. */
const retried =
  'What throws becomes a 500, and Meta sends the same body again for days, with everything else that is in it.';

/** A check that delivers bodies, each of which has to be taken. */
function takes(
  check: Omit<Check, 'group' | 'run'>,
  bodiesOf: (facts: RunFacts) => Readonly<Record<string, JsonObject | string>>,
): Check {
  return {
    ...check,
    group: 'reading',
    async run(receiver, facts) {
      const findings: string[] = [];
      for (const [what, body] of Object.entries(bodiesOf(facts))) {
        const text = typeof body === 'string' ? body : JSON.stringify(body);
        findings.push(...notTaken(await receiver.deliver(text), what));
      }
      return findings;
    },
  };
}

/** Whether the receiver survives everything that Meta says (meta-facts §2.4, §3, §4, §8). */
export const readingChecks: readonly Check[] = [
  takes(
    {
      id: 'reading-statuses',
      title: 'Statuses arrive where messages do, without messages',
      why: `Delivery statuses come in the field \`messages\` too, with \`value.statuses\` and often neither \`messages\` nor \`contacts\`: \`value.messages[0]\` throws. ${retried}`,
      cure: 'Look at `value.messages` and `value.statuses`, each only when it is there.',
    },
    (facts) => ({
      'A `sent` status': statusesBody(facts, statusOf(facts, 'out', 'sent')),
      'A `failed` status with its error': statusesBody(
        facts,
        statusOf(facts, 'lost', 'failed', {
          errors: [
            {
              code: 131047,
              title: 'Re-engagement message',
              message: 'Re-engagement message',
              error_data: { details: 'More than 24 hours have passed since the customer last replied.' },
            },
          ],
        }),
      ),
      '`read` before `delivered`': statusesBody(
        facts,
        statusOf(facts, 'out', 'read'),
        statusOf(facts, 'out', 'delivered'),
      ),
      'A status with price and conversation': statusesBody(
        facts,
        statusOf(facts, 'priced', 'sent', {
          conversation: { id: facts.unique, origin: { type: 'utility' } },
          pricing: { billable: true, pricing_model: 'PMP', type: 'regular', category: 'utility' },
        }),
      ),
      'A status of an unknown name': statusesBody(facts, statusOf(facts, 'new', 'teleported')),
    }),
  ),
  takes(
    {
      id: 'reading-types',
      title: 'Every type of message is taken',
      why: `People send more than text. ${retried}`,
      cure: 'Switch over `type`, and keep what you do not know instead of reading `text.body` of everything.',
    },
    (facts) =>
      Object.fromEntries(
        Object.entries(messageTypes(facts)).map(([type, content]) => [
          `A message of type ${type}`,
          messagesBody(facts, messageOf(facts, type, content)),
        ]),
      ),
  ),
  takes(
    {
      id: 'reading-unknown',
      title: 'What Meta invents tomorrow is taken',
      why: `Meta adds fields, types and properties without asking. ${retried}`,
      cure: 'Answer 200 to whatever is signed, and keep it where a person can look at it later.',
    },
    (facts) => ({
      'An unknown type of message': messagesBody(facts, messageOf(facts, 'hologram', { depth: 3 })),
      'An unsupported message with its error': messagesBody(facts, {
        ...messageOf(facts, 'unsupported', { type: 'unknown' }),
        errors: [{ code: 131051, title: 'Message type unknown' }],
      }),
      'An unknown field': envelope(facts, { field: 'weather', value: { rain: true } }),
      'A change without a field': envelope(facts, { value: { event: 'ACCOUNT_DELETED' } }),
      'An unknown list beside messages': envelope(
        facts,
        messagesChange(facts, { holograms: [{ id: facts.unique }] }),
      ),
      'An empty entry': { object: 'whatsapp_business_account', entry: [] },
      'An entry without changes': { object: 'whatsapp_business_account', entry: [{ id: facts.wabaId }] },
    }),
  ),
  takes(
    {
      id: 'reading-account',
      title: 'Fields that are about no message are taken',
      why: `Template, account and quality events have another shape: no metadata, no messages. ${retried}`,
      cure: 'Look at `field` before you look into `value`.',
    },
    (facts) => ({
      'A rejected template': envelope(facts, {
        field: 'message_template_status_update',
        value: {
          event: 'REJECTED',
          message_template_id: 594425479261596,
          message_template_name: 'interview_reminder',
          message_template_language: 'pt_BR',
          reason: 'INCORRECT_CATEGORY',
        },
      }),
      'A quality that fell': envelope(facts, {
        field: 'phone_number_quality_update',
        value: { display_phone_number: '551132100000', event: 'FLAGGED', current_limit: 'TIER_2K' },
      }),
      'An account alert': envelope(facts, {
        field: 'account_alerts',
        value: { entity_type: 'BUSINESS', entity_id: '1', alert_info: { alert_severity: 'WARNING' } },
      }),
    }),
  ),
  takes(
    {
      id: 'reading-people',
      title: 'People without a phone number are taken',
      why: `Since 2026 people with a username may be named by a business-scoped user id alone: \`from\`, \`wa_id\`, \`recipient_id\` and \`contacts\` may all be missing. ${retried}`,
      cure: 'Know people by `wa_id` or `user_id`, whichever is there.',
    },
    (facts) => {
      const { from: _, ...message } = textMessage(facts, 'username', 'Oi');
      const { recipient_id: __, ...status } = statusOf(facts, 'username', 'delivered');
      const userId = `BR.${parseInt(facts.unique.slice(0, 8), 16)}`;
      return {
        'A message of a user id': envelope(
          facts,
          messagesChange(facts, {
            contacts: [{ profile: { name: 'Ana', username: 'ana' }, user_id: userId }],
            messages: [{ ...message, from_user_id: userId }],
          }),
        ),
        'A message without contacts': envelope(
          facts,
          messagesChange(facts, { messages: [textMessage(facts, 'alone', 'Oi')] }),
        ),
        'A status of a user id': statusesBody(facts, { ...status, recipient_user_id: userId }),
      };
    },
  ),
  takes(
    {
      id: 'reading-words',
      title: 'Accents, emoji, quotes and control characters are taken',
      why: `Names and texts hold whatever a person types, also what a database or a log does not expect. ${retried}`,
      cure: 'Use UTF-8 everywhere (in MySQL utf8mb4), parameters in SQL, and escape what you print.',
    },
    (facts) => ({
      'Accents and emoji': textBody(facts, 'accents', 'Ação! Às 15h está ótimo 👍🏽👨‍👩‍👧 日本語'),
      'Quotes and markup': textBody(facts, 'markup', `'; drop table users; -- "<script>alert(1)</script>`),
      'Line breaks and control characters': textBody(facts, 'control', 'a\r\nb\tc\u0000d\u001b[31me'),
      'An empty text': textBody(facts, 'empty', ''),
      'A long text': textBody(facts, 'long', 'x'.repeat(4_096)),
    }),
  ),
  takes(
    {
      id: 'reading-numbers',
      title: 'Numbers where texts were, and the other way round, are taken',
      why: `Meta’s own examples have ids and times as numbers and as texts; large ids do not fit into a JavaScript number. ${retried}`,
      cure: 'Accept both, and keep ids as texts.',
    },
    (facts) => {
      const message = textMessage(facts, 'number', 'Oi');
      return {
        'A time as a number': messagesBody(facts, { ...message, timestamp: facts.seconds }),
        'An id beyond 2^53': JSON.stringify(textBody(facts, 'large', 'Oi')).replace(
          `"${facts.wabaId}"`,
          '9007199254740993123',
        ),
        'A null in place of a text': messagesBody(facts, { ...textMessage(facts, 'null', ''), text: null }),
      };
    },
  ),
  takes(
    {
      id: 'reading-others',
      title: 'Messages to another number of yours, and Meta’s own test, are taken',
      why: 'One app has one callback URL: webhooks of every number and account of the app arrive there, and so does the Test button of Meta’s dashboard, with a number that is nobody’s.',
      cure: 'Answer 200 to every signed body; leave alone what is not yours, but do not refuse it.',
    },
    (facts) => ({
      'A message to another number': envelope(
        { ...facts, wabaId: '999900000000000' },
        messagesChange(
          { ...facts, phoneNumberId: '888800000000000' },
          { messages: [textMessage(facts, 'other', 'Oi')] },
        ),
      ),
      'The dashboard’s test': envelope(
        { ...facts, wabaId: '0' },
        {
          field: 'messages',
          value: {
            messaging_product: 'whatsapp',
            metadata: { display_phone_number: '16505551111', phone_number_id: '123456123' },
            contacts: [{ profile: { name: 'test user name' }, wa_id: '16315551181' }],
            messages: [
              {
                from: '16315551181',
                id: 'ABGGFlA5Fpa',
                timestamp: '1504902988',
                type: 'text',
                text: { body: 'this is a text message' },
              },
            ],
          },
        },
      ),
    }),
  ),
];

function messagesBody(facts: RunFacts, ...messages: JsonObject[]): JsonObject {
  return envelope(facts, messagesChange(facts, { contacts: [contact], messages }));
}

function statusesBody(facts: RunFacts, ...statuses: JsonObject[]): JsonObject {
  return envelope(facts, messagesChange(facts, { statuses }));
}

/** A content for each type of meta-facts §4.2 that people send. */
function messageTypes(facts: RunFacts): Record<string, JsonObject | JsonObject[]> {
  const media = { id: '1003383421387256', mime_type: 'image/jpeg', sha256: 'A'.repeat(43) };
  return {
    image: { ...media, caption: 'Aqui está' },
    audio: { ...media, mime_type: 'audio/ogg; codecs=opus', voice: true },
    video: { ...media, mime_type: 'video/mp4' },
    document: { ...media, mime_type: 'application/pdf', filename: 'currículo.pdf' },
    sticker: { ...media, mime_type: 'image/webp', animated: false },
    location: { latitude: -3.73, longitude: -38.52 },
    contacts: [{ name: { formatted_name: 'Zé' }, phones: [{ phone: '+55 85 98765-4321' }] }],
    reaction: { message_id: messageId(facts, 'out'), emoji: '🙏' },
    button: { text: 'Sim', payload: 'yes' },
    interactive: { type: 'button_reply', button_reply: { id: 'yes', title: 'Sim' } },
    order: { catalog_id: '1', product_items: [{ product_retailer_id: 'a', quantity: 1 }] },
    system: { body: 'User changed number', wa_id: '5511900000002', type: 'user_changed_number' },
  };
}
