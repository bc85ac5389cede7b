import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJsonObject, type Json, type JsonObject } from '../../src/domain/json.ts';
import { readSendRequest } from '../../src/simulator/send/send-request.ts';
import { composeMessage } from '../../src/whatsapp/compose-message.ts';
import { runGateway } from '../support/running-gateway.ts';
import { obeysSendCallRules } from '../support/send-call-rules.ts';

const link = 'https://shop.example/menu.pdf';
const body = { text: 'Posso ajudar?' };

function interactive(type: string, action: JsonObject, other: JsonObject = {}): JsonObject {
  return { type: 'interactive', interactive: { type, body, action, ...other } };
}

function section(content: JsonObject): JsonObject {
  return { title: 'x'.repeat(24), ...content };
}

/** One call of every kind, each part as large as the rules allow it. */
const contents: Record<string, JsonObject> = {
  text: { type: 'text', text: { body: 'x'.repeat(4096), preview_url: true } },
  image: { type: 'image', image: { link, caption: 'x'.repeat(1024) } },
  video: { type: 'video', video: { id: '1', caption: '' } },
  audio: { type: 'audio', audio: { id: '1' } },
  document: { type: 'document', document: { link, caption: 'Cardápio', filename: 'menu.pdf' } },
  sticker: { type: 'sticker', sticker: { id: '1' } },
  location: {
    type: 'location',
    location: { latitude: -3.73, longitude: 180, name: 'Loja', address: 'Rua A' },
  },
  contacts: {
    type: 'contacts',
    contacts: [
      {
        name: { formatted_name: 'Rui Lima', first_name: 'Rui' },
        phones: [{ phone: '+55 85 3000-0000', type: 'WORK' }],
        emails: [{ email: 'rui@lima.example', type: 'WORK' }],
        urls: [{ url: 'https://lima.example', type: 'WORK' }],
        birthday: '1990-01-02',
      },
    ],
  },
  reaction: { type: 'reaction', reaction: { message_id: 'wamid.x', emoji: '👍🏽' } },
  'reply buttons': interactive(
    'button',
    {
      buttons: [1, 2, 3].map((n) => ({
        type: 'reply',
        reply: { id: 'i'.repeat(256), title: `${n}`.padEnd(20, 'x') },
      })),
    },
    { header: { type: 'image', image: { id: '1' } }, footer: { text: 'f'.repeat(60) } },
  ),
  list: interactive(
    'list',
    {
      button: 'b'.repeat(20),
      sections: [
        section({
          rows: Array.from({ length: 10 }, () => ({
            id: 'i'.repeat(200),
            title: 't'.repeat(24),
            description: 'd'.repeat(72),
          })),
        }),
      ],
    },
    { header: { type: 'text', text: 'h'.repeat(60) }, body: { text: 'x'.repeat(4096) } },
  ),
  'address to open': interactive('cta_url', {
    name: 'cta_url',
    parameters: { display_text: 'Abrir', url: link },
  }),
  'request for a location': interactive('location_request_message', { name: 'send_location' }),
  'request for an address': interactive('address_message', {
    name: 'address_message',
    parameters: { country: 'IN' },
  }),
  Flow: interactive('flow', {
    name: 'flow',
    parameters: {
      flow_message_version: '3',
      flow_id: '77',
      flow_cta: 'Agendar',
      mode: 'draft',
      flow_action: 'navigate',
      flow_action_payload: { screen: 'A' },
    },
  }),
  product: interactive('product', { catalog_id: '1', product_retailer_id: '2' }),
  products: interactive(
    'product_list',
    {
      catalog_id: '1',
      sections: [
        section({ product_items: Array.from({ length: 30 }, () => ({ product_retailer_id: '2' })) }),
      ],
    },
    { header: { type: 'text', text: 'Novidades' } },
  ),
  catalogue: interactive('catalog_message', {
    name: 'catalog_message',
    parameters: { thumbnail_product_retailer_id: '2' },
  }),
  'request for calls': interactive('call_permission_request', { name: 'call_permission_request' }),
  'request for a contact': interactive('contact_request', { name: 'request_contact_info' }),
  template: {
    type: 'template',
    template: {
      name: 'lembrete',
      language: { code: 'pt_BR' },
      components: [
        { type: 'header', parameters: [{ type: 'document', document: { link, filename: 'a.pdf' } }] },
        { type: 'body', parameters: [{ type: 'text', text: 'Ana', parameter_name: 'nome' }] },
        {
          type: 'button',
          sub_type: 'quick_reply',
          index: '0',
          parameters: [{ type: 'payload', payload: 'p' }],
        },
      ],
    },
  },
};

function callOf(content: JsonObject): JsonObject {
  return { messaging_product: 'whatsapp', recipient_type: 'individual', to: '+558587654321', ...content };
}

type Path = readonly (string | number)[];

/** Every place in a value, its own members first. */
function placesIn(value: Json, at: Path = []): Path[] {
  const inside: [string | number, Json][] = Array.isArray(value)
    ? value.map((entry, index) => [index, entry])
    : isJsonObject(value)
      ? Object.entries(value)
      : [];
  return inside.flatMap(([name, part]) => [[...at, name], ...placesIn(part, [...at, name])]);
}

/** The same with one place changed by `change`; what it gives as undefined is taken out. */
function changedAt(value: Json, [name, ...deeper]: Path, change: (part: Json) => Json | undefined): Json {
  const step = (part: Json) => (deeper.length === 0 ? change(part) : changedAt(part, deeper, change));
  if (Array.isArray(value))
    return value.flatMap((part, index) => (index === name ? (step(part) ?? []) : [part]));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) => {
      const kept = key === name ? step(part) : part;
      return kept === undefined ? [] : [[key, kept]];
    }),
  );
}

/** What somebody may get wrong in one place. */
const slips: Record<string, (part: Json) => Json | undefined> = {
  'is left out': () => undefined,
  'is longer by one': (part) =>
    typeof part === 'string' ? `${part}x` : Array.isArray(part) ? [...part, ...part.slice(0, 1)] : part,
  'is empty': (part) => (typeof part === 'string' ? '' : Array.isArray(part) ? [] : part),
  'has one more member': (part) => (isJsonObject(part) ? { ...part, colour: 'red' } : part),
  'is another word': (part) => (typeof part === 'string' ? 'colour' : part),
  'is of another type': (part) => (typeof part === 'string' ? 7 : typeof part === 'number' ? true : 'x'),
};

describe('the send call, by rules of its own (meta-facts §7.1, and Meta’s description of v23)', () => {
  it.each(Object.entries(contents))(
    '%s, as large as it may be, is allowed and accepted',
    (_name, content) => {
      expect(obeysSendCallRules(callOf(content))).toBe(true);
      expect(readSendRequest(callOf(content))).toMatchObject({ ok: true });
    },
  );

  it.each(Object.entries(contents))(
    'whatever the rules forbid of %s, the simulator refuses',
    (_name, content) => {
      const call = callOf(content);
      let forbidden = 0;
      for (const place of placesIn(call)) {
        for (const [slip, change] of Object.entries(slips)) {
          const wrong = changedAt(call, place, change);
          if (obeysSendCallRules(wrong)) continue;
          forbidden += 1;
          const reading = readSendRequest(wrong);
          expect({ place: place.join('.'), slip, accepted: reading.ok }).toEqual({
            place: place.join('.'),
            slip,
            accepted: false,
          });
        }
      }
      expect(forbidden).toBeGreaterThan(10);
    },
  );

  it('whatever Recado composes obeys them', () => {
    const words = fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' });
    const content = fc.oneof(
      fc.record({ type: fc.constant('text' as const), body: words, previewUrl: fc.boolean() }),
      fc.record({
        type: fc.constant('template' as const),
        name: fc.constantFrom('lembrete', 'hello_world'),
        language: fc.constantFrom('pt_BR', 'en_US'),
        components: fc.array(
          fc.record({
            type: fc.constant('body'),
            parameters: fc.array(fc.record({ type: fc.constant('text'), text: words }), { maxLength: 3 }),
          }),
          { maxLength: 1 },
        ),
      }),
    );
    const address = fc.constantFrom({ to: '+558587654321' }, { recipient: 'BR.1349' });
    fc.assert(
      fc.property(address, content, words, (to, said, callbackData) => {
        const call: Json = JSON.parse(
          JSON.stringify(composeMessage({ address: to, content: said, callbackData })),
        );
        return obeysSendCallRules(call);
      }),
    );
  });

  it('so does what a gateway really sends', async () => {
    const running = await runGateway();
    const ana = running.simulator.person('558587654321');
    await ana.writes('Oi');
    await running.settle();
    await running.api('POST', '/v1/notifications', { to: ana.waId, text: 'Até amanhã' });
    await running.api('POST', '/v1/notifications', {
      to: '+5511987654321',
      template: { name: 'hello_world', language: 'en_US' },
    });
    await running.settle();
    const sends = running.simulator.requests().filter(({ path }) => path.endsWith('/messages'));
    expect(sends.map(({ body: sent }) => obeysSendCallRules(sent))).toEqual([true, true]);
  });
});
