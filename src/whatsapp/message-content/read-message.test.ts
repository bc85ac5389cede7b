import { describe, expect, it } from 'vitest';
import { messageElements } from '../../../test/support/message-fixtures.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Message } from '../../domain/message-content/message.ts';
import { readMessage } from './read-message.ts';

const noMedia = { id: null, url: null, mimeType: null, sha256: null, caption: null, filename: null };
const messagesOf = (fixture: string) => messageElements(fixture).map((element) => readMessage(element));
const contentsOf = (fixture: string) => messagesOf(fixture).map(({ content }) => content);
const contentOf = (element: JsonObject) => readMessage(element).content;

function onlyMessage(fixture: string): Message {
  const [message, ...others] = messagesOf(fixture);
  if (message === undefined || others.length > 0) throw new Error(`${fixture} has not one message`);
  return message;
}

describe('the content of', () => {
  it.each<[string, JsonObject]>([
    ['text', { type: 'text', body: 'Oi' }],
    ['text-user-id-only', { type: 'text', body: 'Oi, sem número' }],
    ['dashboard-test', { type: 'text', body: 'this is a text message' }],
    ['first-guide-message', { type: 'text', body: 'Hi' }],
    ['button', { type: 'button', payload: 'CONFIRM', text: 'Confirmo' }],
    ['interactive', { type: 'button-reply', id: 'tuesday', title: 'Terça-feira' }],
    ['list-reply', { type: 'list-reply', id: 'sala-2', title: 'Sala 2', description: 'Segundo andar' }],
    ['interactive-without-object', { type: 'other-reply', metaType: null }],
    ['reaction', { type: 'reaction', messageId: 'wamid.RECADO-OUT-1', emoji: '👍' }],
    ['reaction-removed', { type: 'reaction', messageId: 'wamid.RECADO-OUT-1', emoji: null }],
    ['reaction-emptied', { type: 'reaction', messageId: 'wamid.RECADO-OUT-1', emoji: null }],
    ['revoke', { type: 'revoke', originalMessageId: 'wamid.RECADO-TEXT' }],
    ['request-welcome', { type: 'request-welcome' }],
    ['unsupported', { type: 'unsupported', metaType: 'poll_creation' }],
    ['unknown-type', { type: 'unknown', metaType: 'hologram' }],
    ['history-placeholder', { type: 'media-placeholder' }],
    ['media-failed', { type: 'video', media: noMedia }],
    ['system-other', { type: 'system', body: 'Something happened', metaType: 'moon_landing' }],
    ['system-identity', { type: 'identity-changed', body: 'The security code changed' }],
    [
      'system',
      {
        type: 'number-changed',
        body: 'Ana Souza changed from 558587654321 to 558580000000',
        formerWaId: '558587654321',
        waId: '558580000000',
        userId: null,
      },
    ],
    [
      'system-user-id',
      {
        type: 'user-id-changed',
        body: 'Ana Souza got another id',
        formerUserId: 'BR.5500112233445566778',
        userId: 'BR.6600112233445566778',
        parentUserId: 'BR.ENT.9900112233445566778',
      },
    ],
    [
      'location',
      {
        type: 'location',
        latitude: -3.731862,
        longitude: -38.52667,
        name: 'Praça do Ferreira',
        address: 'Centro, Fortaleza - CE',
        url: 'https://praca.example/',
      },
    ],
    [
      'location-in-strings',
      {
        type: 'location',
        latitude: -3.731862,
        longitude: -38.52667,
        name: null,
        address: null,
        url: null,
      },
    ],
    [
      'order',
      {
        type: 'order',
        catalogId: '500100500100500',
        text: 'Para presente',
        items: [
          { productRetailerId: 'caneca-azul', quantity: 2, itemPrice: 30, currency: 'BRL' },
          { productRetailerId: 'caderno', quantity: 1, itemPrice: 25.9, currency: 'BRL' },
        ],
      },
    ],
  ])('%s', (fixture, content) => {
    expect(onlyMessage(fixture).content).toEqual(content);
  });

  it.each<[string, string, Partial<typeof noMedia> | object, JsonObject]>([
    ['image', 'image', { caption: 'O comprovante' }, {}],
    ['video', 'video', { mimeType: 'video/mp4', caption: 'A sala nova' }, {}],
    ['audio', 'audio', { mimeType: 'audio/mpeg' }, { voice: false }],
    ['voice-message', 'audio', { id: '900100900100904' }, { voice: true }],
    ['document', 'document', { filename: 'contrato.pdf', caption: 'Segue o contrato' }, {}],
    [
      'sticker',
      'sticker',
      {
        id: '900100900100906',
        url: 'https://media.example/whatsapp/900100900100906',
        mimeType: 'image/webp',
        sha256: expect.stringMatching(/^[\w+/]{43}=$/),
        caption: null,
        filename: null,
      },
      { animated: true },
    ],
  ])('%s with its file', (fixture, type, media, rest) => {
    expect(onlyMessage(fixture).content).toMatchObject({ type, media, ...rest });
  });

  it('contact cards', () => {
    const [content] = contentsOf('contacts');
    expect(content).toMatchObject({
      type: 'contacts',
      contacts: [
        {
          name: 'Dra. Bruna Lima Rocha',
          nameParts: { prefix: 'Dra.', first: 'Bruna', middle: 'Lima', last: 'Rocha', suffix: 'Jr.' },
          company: 'Clínica Exemplo',
          department: 'Pediatria',
          jobTitle: 'Médica',
          birthday: '1990-04-12',
          phones: [
            { number: '+55 11 98888-7777', waId: '5511988887777', label: 'MOBILE' },
            { number: '+55 11 3210-0001', waId: null, label: 'WORK' },
          ],
          emails: [{ address: 'bruna@clinica.example', label: 'WORK' }],
          urls: [{ url: 'https://clinica.example', label: 'WORK' }],
          addresses: [
            {
              street: 'Rua das Flores, 10',
              city: 'Fortaleza',
              state: 'CE',
              zip: '60000000',
              country: 'Brasil',
              countryCode: 'br',
              label: 'WORK',
            },
          ],
          vcard: null,
          origin: null,
        },
        { name: null, nameParts: { first: 'Caio', last: 'Melo' }, emails: [], urls: [], addresses: [] },
      ],
    });
  });

  it('contact cards as vCards', () => {
    expect(contentsOf('contacts-vcard')).toMatchObject([
      {
        contacts: [
          { vcard: expect.stringMatching(/^BEGIN:VCARD\n/), origin: 'other', name: null },
          { vcard: null, origin: 'contact_request', phones: [{ waId: '558587654321' }] },
        ],
      },
    ]);
  });

  it('both answers about calls', () => {
    const source = 'user_action';
    expect(contentsOf('call-permission-reply')).toEqual([
      { type: 'call-permission-reply', accepted: true, expiresAt: 1_760_604_800_000, source },
      { type: 'call-permission-reply', accepted: false, expiresAt: null, source },
    ]);
  });

  it('payments as they came', () => {
    expect(contentsOf('payment-replies')).toEqual([
      { type: 'payment-method', details: { payment_method: 'pix', reference_id: 'pedido-1' } },
      { type: 'payment-notification', details: { reference_id: 'pedido-1', status: 'captured' } },
    ]);
  });

  it('an edit, which is the content from now on', () => {
    expect(onlyMessage('edit').content).toMatchObject({
      type: 'edit',
      originalMessageId: 'wamid.RECADO-IMAGE',
      edited: { type: 'image', media: { caption: 'O comprovante certo', id: '900100900100907' } },
    });
  });

  it('former types', () => {
    expect(contentsOf('former-types')).toMatchObject([
      { type: 'audio', voice: true, media: { id: '900100900100908' } },
      { type: 'unsupported', metaType: null },
      { type: 'unsupported', metaType: 'ephemeral' },
    ]);
  });

  it('a text beside all that others stumbled over', () => {
    expect(contentsOf('text-beside-others').map((content) => content.type)).toEqual([
      'text',
      'order',
      'flow-reply',
      'edit',
      'revoke',
      'unsupported',
      'unsupported',
      'unknown',
      'text',
    ]);
  });

  it('echoes, with a recipient and with or without a sender', () => {
    expect(contentsOf('echo-changes')).toEqual([
      {
        type: 'edit',
        originalMessageId: 'wamid.RECADO-ECHO',
        edited: { type: 'text', body: 'Respondi do telefone' },
      },
      { type: 'revoke', originalMessageId: 'wamid.RECADO-ECHO' },
    ]);
  });
});

describe('the answers of a form', () => {
  const formOf = (response_json: JsonObject[string]) =>
    contentOf({ type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: { response_json } } });

  it('come parsed, and as they came', () => {
    expect(onlyMessage('flow-reply').content).toEqual({
      type: 'flow-reply',
      name: 'flow',
      body: 'Sent',
      response: { flow_token: 'recado-1', nota: '5', protocolo: '90071992547409931' },
      responseText: '{"flow_token":"recado-1","nota":"5","protocolo":90071992547409931}',
    });
  });

  it('come with an address too', () => {
    expect(onlyMessage('address-reply').content).toMatchObject({
      type: 'address-reply',
      response: { saved_address_id: 'casa', values: { city: 'Fortaleza' } },
      body: 'Ana Souza\n Rua das Flores, 10',
    });
  });

  it('are kept when they are malformed', () => {
    expect(onlyMessage('flow-reply-malformed').content).toMatchObject({
      response: null,
      responseText: '{"nota":"5","obs',
    });
  });

  it('need not be an object', () => {
    expect(onlyMessage('flow-reply-list').content).toMatchObject({ response: [1, 'dois'] });
  });

  it.each<[JsonObject[string], unknown, string | null]>([
    ['', null, ''],
    ['null', null, 'null'],
    [{ nota: 5 }, { nota: 5 }, '{"nota":5}'],
    [5, 5, '5'],
    [null, null, null],
  ])('%j are %j, as text %j', (response_json, response, responseText) => {
    expect(formOf(response_json)).toMatchObject({ response, responseText });
  });

  it('are left out when they are no text and nested beyond reason', () => {
    let answers: JsonObject = {};
    for (let depth = 0; depth < 100_000; depth += 1) answers = { answers };
    expect(formOf(answers)).toMatchObject({ response: null, responseText: null });
  });

  it('are left as text when they are nested beyond reason', () => {
    const responseText = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(formOf(responseText)).toMatchObject({ response: null, responseText });
  });
});

describe('around the content', () => {
  const plain = { messageId: null, groupId: null, context: null, referral: null, identity: null, errors: [] };
  const answered = {
    messageId: 'wamid.RECADO-OUT-1',
    senderWaId: '551132100000',
    senderUserId: null,
    forwarded: false,
    frequentlyForwarded: false,
    referredProduct: null,
  };
  const passedOn = { ...answered, messageId: null, senderWaId: null };

  it.each<[string, Partial<Message>]>([
    ['text', { ...plain, messageId: 'wamid.RECADO-TEXT' }],
    ['first-guide-message', plain],
    ['text-in-group', { groupId: 'grupo-1' }],
    ['text-reply', { context: { ...answered, senderUserId: 'BR.7700112233445566778' } }],
    ['text-forwarded', { context: { ...passedOn, forwarded: true } }],
    ['text-frequently-forwarded', { context: { ...passedOn, frequentlyForwarded: true } }],
    [
      'text-product-enquiry',
      {
        context: {
          ...answered,
          referredProduct: { catalogId: '500100500100500', productRetailerId: 'caneca-azul' },
        },
      },
    ],
    [
      'text-referral',
      {
        referral: {
          sourceUrl: 'https://anuncio.example/r1',
          sourceId: '600100600100600',
          sourceType: 'ad',
          headline: 'Fale conosco',
          body: 'Matrículas abertas',
          mediaType: 'video',
          imageUrl: null,
          videoUrl: 'https://anuncio.example/v1.mp4',
          thumbnailUrl: 'https://anuncio.example/v1.jpg',
          clickId: 'recado-clique-1',
          welcomeText: 'Oi! Como podemos ajudar?',
          ref: 'campanha-1',
        },
      },
    ],
    [
      'system-identity',
      { identity: { acknowledged: true, createdAt: 1_760_000_000_000, hash: 'recado-hash-1' } },
    ],
    [
      'media-failed',
      {
        errors: [{ code: 131052, title: 'Media download error', details: 'The file is larger than 100 MB.' }],
      },
    ],
  ])('%s', (fixture, parts) => {
    expect(onlyMessage(fixture)).toMatchObject(parts);
  });
});

it('a number comes in digits, however it is written', () => {
  const { context } = readMessage({ type: 'text', context: { from: '+55 11 32100000' } });
  expect(context).toMatchObject({ senderWaId: '551132100000' });
});

describe('a message in pieces', () => {
  it.each<[JsonObject, JsonObject]>([
    [{}, { type: 'unknown', metaType: null }],
    [{ type: 7 }, { type: 'unknown', metaType: '7' }],
    [{ type: 'constructor' }, { type: 'unknown', metaType: 'constructor' }],
    [{ text: { body: 'Oi' } }, { type: 'text', body: 'Oi' }],
    [
      { type: null, location: { latitude: 1 } },
      { type: 'location', latitude: 1 },
    ],
    [{ type: 'text' }, { type: 'text', body: null }],
    [
      { type: 'text', text: 'Oi' },
      { type: 'text', body: null },
    ],
    [
      { type: 'text', text: { body: 7 } },
      { type: 'text', body: '7' },
    ],
    [
      { type: 'image', image: [] },
      { type: 'image', media: noMedia },
    ],
    [{ type: 'audio' }, { type: 'audio', media: noMedia, voice: false }],
    [
      { type: 'audio', audio: { voice: 'true' } },
      { type: 'audio', voice: true },
    ],
    [
      { type: 'location', location: { latitude: 'north' } },
      { type: 'location', latitude: null },
    ],
    [
      { type: 'contacts', contacts: { name: 'Ana' } },
      { type: 'contacts', contacts: [{ name: null }] },
    ],
    [{ type: 'contacts', contacts: [null, {}] }, { contacts: [{ name: null, phones: [], emails: [] }] }],
    [{ type: 'order', order: { product_items: [3, {}] } }, { items: [{ quantity: null, itemPrice: null }] }],
    [{ type: 'order' }, { type: 'order', items: [], catalogId: null }],
    [
      { type: 'interactive', interactive: { type: 'button_reply' } },
      { type: 'button-reply', id: null },
    ],
    [
      { type: 'interactive', interactive: { list_reply: { id: 3 } } },
      { type: 'list-reply', id: '3' },
    ],
    [
      { type: 'interactive', interactive: { type: 'dance_reply' } },
      { type: 'other-reply', metaType: 'dance_reply' },
    ],
    [{ type: 'reaction' }, { type: 'reaction', messageId: null, emoji: null }],
    [{ type: 'system' }, { type: 'system', body: null, metaType: null }],
    [
      { type: 'system', system: { type: 'user_changed_number', customer: '+55 85 8000-1' } },
      { type: 'number-changed', formerWaId: '+55 85 8000-1', waId: null },
    ],
    [
      { type: 'system', from_user_id: 'BR.1', system: { type: 'user_changed_user_id', user_id: 'BR.2' } },
      { type: 'user-id-changed', formerUserId: 'BR.1', userId: 'BR.2' },
    ],
    [
      {
        type: 'system',
        from_user_id: 'BR.2',
        system: { type: 'user_changed_user_id', user_id: 'BR.2', previous_user_id: 'BR.1' },
      },
      { type: 'user-id-changed', formerUserId: 'BR.1', userId: 'BR.2' },
    ],
    [{ type: 'edit' }, { type: 'edit', originalMessageId: null, edited: null }],
    [
      { type: 'revoke', revoke: 'wamid.1' },
      { type: 'revoke', originalMessageId: null },
    ],
  ])('%j reads as %j', (element, content) => {
    expect(contentOf(element)).toMatchObject(content);
  });

  it('never is an edit of an edit, however deep', () => {
    let element: JsonObject = { type: 'text', text: { body: 'Oi' } };
    for (let depth = 0; depth < 50_000; depth += 1) element = { type: 'edit', edit: { message: element } };
    expect(contentOf(element)).toEqual({ type: 'edit', originalMessageId: null, edited: null });
  });
});
