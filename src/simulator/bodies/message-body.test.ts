import { describe, expect, it } from 'vitest';
import { readOnlyEvent } from '../../../test/support/read-bodies.ts';
import type { Json } from '../../domain/json.ts';
import type { PersonContent } from '../people/written-content.ts';
import { type AdClick, messageBody, type WrittenContext, type WrittenMessage } from './message-body.ts';
import { type WebhookShape, webhookShape } from './webhook-shape.ts';

const source = {
  wabaId: '300100300100300',
  phoneNumberId: '200100200100200',
  displayPhoneNumber: '551132100000',
};
const ana = { waId: '558587654321', userId: 'BR.101', name: 'Ana Souza', username: 'ana.souza' };
const at = 1_790_000_000_000;

const shapes: [string, WebhookShape][] = [20, 21, 22, 23, 24, 25, 26].flatMap((version) => [
  [`v${version}, with user ids`, webhookShape({ version })],
  [`v${version}, before user ids`, webhookShape({ version, userIds: false })],
]);

const file = {
  id: '1234567890123456',
  url: 'http://127.0.0.1/media/1',
  mimeType: 'image/jpeg',
  sha256: 'c2hhMjU2',
};
const media = { ...file, caption: null, filename: null };

/** What a person sends, and how our own reader has to understand it. The row of meta-facts is named by the first word. */
const contents: [string, PersonContent, object][] = [
  ['text', { kind: 'text', body: 'Oi 👋🏽 "ção"' }, { type: 'text', body: 'Oi 👋🏽 "ção"' }],
  [
    'image',
    { kind: 'image', media: file, caption: 'Bolo' },
    { type: 'image', media: { ...media, caption: 'Bolo' } },
  ],
  ['video', { kind: 'video', media: file, caption: null }, { type: 'video', media }],
  ['audio (voice)', { kind: 'audio', media: file, voice: true }, { type: 'audio', media, voice: true }],
  ['audio', { kind: 'audio', media: file, voice: false }, { type: 'audio', media, voice: false }],
  [
    'document',
    { kind: 'document', media: file, filename: 'conta.pdf', caption: 'Aqui' },
    { type: 'document', media: { ...media, filename: 'conta.pdf', caption: 'Aqui' } },
  ],
  ['sticker', { kind: 'sticker', media: file, animated: true }, { type: 'sticker', media, animated: true }],
  [
    'location',
    { kind: 'location', latitude: -3.73, longitude: -38.52, name: 'Mercado', address: 'Centro', url: null },
    { type: 'location', latitude: -3.73, longitude: -38.52, name: 'Mercado', address: 'Centro', url: null },
  ],
  [
    'contacts',
    {
      kind: 'contacts',
      cards: [
        {
          name: 'Bruno Lima',
          company: 'Padaria',
          phones: [{ number: '+55 85 91234-5678', waId: '558512345678', label: 'MOBILE' }],
        },
      ],
    },
    {
      type: 'contacts',
      contacts: [
        {
          name: 'Bruno Lima',
          company: 'Padaria',
          phones: [{ number: '+55 85 91234-5678', waId: '558512345678', label: 'MOBILE' }],
        },
      ],
    },
  ],
  [
    'button (template quick reply)',
    { kind: 'button', payload: 'sim', text: 'Confirmo' },
    { type: 'button', payload: 'sim', text: 'Confirmo' },
  ],
  [
    'interactive button_reply',
    { kind: 'button-reply', id: 'b1', title: 'Terça' },
    { type: 'button-reply', id: 'b1', title: 'Terça' },
  ],
  [
    'interactive list_reply',
    { kind: 'list-reply', id: 'r1', title: 'Expressa', description: 'Amanhã' },
    { type: 'list-reply', id: 'r1', title: 'Expressa', description: 'Amanhã' },
  ],
  [
    'interactive nfm_reply (Flow)',
    { kind: 'form-reply', form: 'flow', body: 'Sent', responseJson: '{"nota":"4"}' },
    { type: 'flow-reply', name: 'flow', body: 'Sent', response: { nota: '4' } },
  ],
  [
    'interactive nfm_reply (address)',
    { kind: 'form-reply', form: 'address_message', body: 'Rua A', responseJson: '{"values":{}}' },
    { type: 'address-reply', body: 'Rua A', response: { values: {} } },
  ],
  [
    'interactive call_permission_reply',
    { kind: 'call-permission-reply', accepted: true, expiresAt: at + 1000 },
    { type: 'call-permission-reply', accepted: true, expiresAt: at + 1000, source: 'user_action' },
  ],
  [
    'reaction',
    { kind: 'reaction', messageId: 'wamid.r', emoji: '👍' },
    { type: 'reaction', messageId: 'wamid.r', emoji: '👍' },
  ],
  [
    'reaction removed',
    { kind: 'reaction', messageId: 'wamid.r', emoji: null },
    { type: 'reaction', messageId: 'wamid.r', emoji: null },
  ],
  [
    'order',
    {
      kind: 'order',
      catalogId: '19',
      text: 'Para hoje',
      items: [{ productRetailerId: 'pao', quantity: 2, itemPrice: 3.5, currency: 'BRL' }],
    },
    {
      type: 'order',
      catalogId: '19',
      text: 'Para hoje',
      items: [{ productRetailerId: 'pao', quantity: 2, itemPrice: 3.5, currency: 'BRL' }],
    },
  ],
  [
    'edit (coexistence)',
    { kind: 'edit', originalMessageId: 'wamid.o', edited: { kind: 'text', body: 'Ola' } },
    { type: 'edit', originalMessageId: 'wamid.o', edited: { type: 'text', body: 'Ola' } },
  ],
  [
    'revoke (coexistence)',
    { kind: 'revoke', originalMessageId: 'wamid.o' },
    { type: 'revoke', originalMessageId: 'wamid.o' },
  ],
  ['request_welcome', { kind: 'request-welcome' }, { type: 'request-welcome' }],
  [
    'unsupported',
    { kind: 'unsupported', metaType: 'poll_creation' },
    { type: 'unsupported', metaType: 'poll_creation' },
  ],
  [
    'a type of tomorrow',
    { kind: 'invented', type: 'hologram', words: 'Oi' },
    { type: 'unknown', metaType: 'hologram' },
  ],
];

function read(content: PersonContent, shape: WebhookShape, more: Partial<WrittenMessage> = {}, person = ana) {
  return readOnlyEvent(messageBody(source, person, { id: 'wamid.m', at, content, ...more }, shape));
}

describe.each(shapes)('messages in the shape of %s (meta-facts §4.1, §4.2)', (_name, shape) => {
  it.each(contents)('%s is read as it was meant', (_type, content, meant) => {
    const event = read(content, shape);
    expect(event).toMatchObject({
      kind: 'message',
      occurredAt: at,
      content: { messageId: 'wamid.m', content: meant, context: null, referral: null },
    });
    expect(event.facts).toMatchObject({ fact: 'message', sender: { name: 'Ana Souza' } });
  });

  it('names its sender by what the shape has', () => {
    const { facts } = read({ kind: 'text', body: 'Oi' }, shape);
    const identifiers = [
      { kind: 'wa_id', value: '558587654321' },
      ...(shape.userIds
        ? [
            { kind: 'user_id', value: 'BR.101' },
            { kind: 'username', value: 'ana.souza' },
          ]
        : []),
    ];
    expect(facts).toMatchObject({ sender: { identifiers } });
  });
});

describe('a message', () => {
  const text: PersonContent = { kind: 'text', body: 'Oi' };
  const shape = webhookShape();

  it('of somebody whose number is hidden has no number, not an empty one (meta-facts §9, April 2026)', () => {
    const body = messageBody(source, { ...ana, numberHidden: true }, { id: 'wamid.m', at, content: text });
    expect(JSON.stringify(body)).not.toContain(ana.waId);
    expect(JSON.stringify(body)).not.toContain('"from"');
    expect(readOnlyEvent(body).facts).toMatchObject({
      sender: {
        identifiers: [
          { kind: 'user_id', value: 'BR.101' },
          { kind: 'username', value: 'ana.souza' },
        ],
      },
    });
  });

  it.each<[string, WrittenContext, object]>([
    [
      'a reply',
      { kind: 'reply', messageId: 'wamid.o', author: '551132100000' },
      { messageId: 'wamid.o', senderWaId: '551132100000', forwarded: false, referredProduct: null },
    ],
    [
      'a product enquiry',
      {
        kind: 'reply',
        messageId: 'wamid.o',
        author: '551132100000',
        product: { catalogId: '19', productRetailerId: 'pao' },
      },
      { referredProduct: { catalogId: '19', productRetailerId: 'pao' } },
    ],
    ['forwarded', { kind: 'forwarded', often: false }, { forwarded: true, frequentlyForwarded: false }],
    ['forwarded often', { kind: 'forwarded', often: true }, { forwarded: false, frequentlyForwarded: true }],
  ])('says what it refers to: %s (meta-facts §4.1, context)', (_name, context, meant) => {
    expect(read(text, shape, { context }).content).toMatchObject({ context: meant });
  });

  it('says which advertisement led to it (meta-facts §4.1, referral)', () => {
    const adClick: AdClick = {
      sourceUrl: 'https://example.com/ad',
      sourceId: '77',
      sourceType: 'ad',
      headline: 'Bolos',
      body: 'Hoje',
      mediaType: 'video',
      mediaUrl: 'https://example.com/film',
      clickId: 'click-1',
      welcomeText: 'Oi!',
    };
    expect(read(text, shape, { adClick }).content).toMatchObject({
      referral: { sourceId: '77', videoUrl: 'https://example.com/film', imageUrl: null, clickId: 'click-1' },
    });
    const inStatus = read(text, shape, { adClick: { ...adClick, clickId: null } });
    expect(inStatus.content).toMatchObject({ referral: { sourceId: '77', clickId: null } });
  });

  it('can be of a group (meta-facts §4.2, text in a group)', () => {
    expect(read(text, shape, { groupId: 'grupo-1' }).content).toMatchObject({ groupId: 'grupo-1' });
  });

  it('can come without its file, with the reason (meta-facts §4.2, notes)', () => {
    const error = { code: 131052, title: 'Media download error', details: 'Too large.' };
    const gone = { id: null, url: null, mimeType: null, sha256: null };
    const event = read({ kind: 'video', media: gone, caption: null }, shape, { error });
    expect(event.content).toMatchObject({ content: { type: 'video' }, errors: [{ code: 131052 }] });
  });

  it('has media without an address before November 2025 (meta-facts §4.2, notes)', () => {
    const image: PersonContent = { kind: 'image', media: file, caption: null };
    const older = webhookShape({ version: 22, mediaUrls: false });
    expect(read(image, older).content).toMatchObject({ content: { media: { ...media, url: null } } });
  });
});

it.each<Json>([19, 27, 25.5])('knows no shape of version %s', (version) => {
  expect(() => webhookShape({ version: Number(version) })).toThrow(/20 to 26; found/);
});
