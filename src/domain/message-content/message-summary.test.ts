import { describe, expect, it } from 'vitest';
import type { MetaError } from '../status.ts';
import type { Message, MessageContent } from './message.ts';
import { summaryOfMessage } from './message-summary.ts';

const media = { id: null, url: null, mimeType: null, sha256: null, caption: null, filename: null };
const place = { latitude: null, longitude: null, name: null, address: null, url: null };
const card = {
  name: null,
  nameParts: { prefix: null, first: null, middle: null, last: null, suffix: null },
  company: null,
  department: null,
  jobTitle: null,
  birthday: null,
  phones: [],
  emails: [],
  urls: [],
  addresses: [],
  vcard: null,
  origin: null,
};
const item = { productRetailerId: null, quantity: 1, itemPrice: null, currency: null };
const unread: MetaError = { code: 131051, title: 'Message type unknown', details: 'Not supported.' };

function messageWith(content: MessageContent, errors: MetaError[] = []): Message {
  return {
    messageId: null,
    groupId: null,
    content,
    context: null,
    referral: null,
    identity: null,
    identityKeyHash: null,
    errors,
  };
}

const summary = (content: MessageContent, errors?: MetaError[]) =>
  summaryOfMessage(messageWith(content, errors), 'en');

describe('the summary of', () => {
  it.each<[MessageContent, string, string]>([
    [{ type: 'text', body: 'Oi' }, 'Oi', 'Oi'],
    [{ type: 'text', body: null }, 'Text', 'Texto'],
    [{ type: 'text', body: ' \n\t ' }, 'Text', 'Texto'],
    [{ type: 'image', media: { ...media, caption: 'O gato' } }, 'Photo: O gato', 'Foto: O gato'],
    [{ type: 'image', media }, 'Photo', 'Foto'],
    [{ type: 'audio', media, voice: true }, 'Voice message', 'Mensagem de voz'],
    [{ type: 'audio', media, voice: false }, 'Audio', 'Áudio'],
    [{ type: 'document', media: { ...media, filename: 'a.pdf' } }, 'Document: a.pdf', 'Documento: a.pdf'],
    [{ type: 'location', ...place, name: 'Praça' }, 'Location: Praça', 'Localização: Praça'],
    [{ type: 'location', ...place, address: 'Rua 1' }, 'Location: Rua 1', 'Localização: Rua 1'],
    [
      { type: 'location', ...place, latitude: -3.5, longitude: 0 },
      'Location: -3.5, 0',
      'Localização: -3.5, 0',
    ],
    [{ type: 'location', ...place, latitude: -3.5 }, 'Location', 'Localização'],
    [
      {
        type: 'contacts',
        contacts: [
          { ...card, name: 'Bruna' },
          { ...card, nameParts: { ...card.nameParts, first: 'Caio', last: 'Melo' } },
          { ...card, phones: [{ number: '+55 85 9777', waId: null, label: null }] },
          card,
        ],
      },
      'Contact: Bruna, Caio Melo, +55 85 9777',
      'Contato: Bruna, Caio Melo, +55 85 9777',
    ],
    [{ type: 'contacts', contacts: [card] }, 'Contact', 'Contato'],
    [{ type: 'reaction', messageId: null, emoji: '👍' }, 'Reacted 👍', 'Reagiu com 👍'],
    [{ type: 'reaction', messageId: null, emoji: null }, 'Took back a reaction', 'Retirou uma reação'],
    [{ type: 'order', catalogId: null, text: null, items: [item] }, 'Order: 1 product', 'Pedido: 1 produto'],
    [
      { type: 'order', catalogId: null, text: 'Hoje', items: [item, item] },
      'Order: 2 products, Hoje',
      'Pedido: 2 produtos, Hoje',
    ],
    [{ type: 'order', catalogId: null, text: null, items: [] }, 'Order', 'Pedido'],
    [
      { type: 'call-permission-reply', accepted: false, expiresAt: null, source: null },
      'Permission to call: no',
      'Permissão para ligar: não',
    ],
    [
      { type: 'call-permission-reply', accepted: null, expiresAt: null, source: null },
      'Permission to call',
      'Permissão para ligar',
    ],
    [
      { type: 'edit', originalMessageId: null, edited: { type: 'text', body: 'Uno' } },
      'Edited: Uno',
      'Editou: Uno',
    ],
    [{ type: 'edit', originalMessageId: null, edited: null }, 'Edited', 'Editou'],
    [
      { type: 'unknown', metaType: 'hologram' },
      'Message of an unknown type: hologram',
      'Mensagem de tipo desconhecido: hologram',
    ],
    [{ type: 'other-reply', metaType: null }, 'Reply', 'Resposta'],
  ])('%j', (content, english, portuguese) => {
    expect(summaryOfMessage(messageWith(content), 'en')).toBe(english);
    expect(summaryOfMessage(messageWith(content), 'pt-BR')).toBe(portuguese);
  });

  it.each<[MessageContent, MetaError[], string]>([
    [
      { type: 'unsupported', metaType: 'poll_creation' },
      [unread],
      'Unsupported message: Message type unknown',
    ],
    [
      { type: 'unsupported', metaType: null },
      [{ ...unread, title: null }],
      'Unsupported message: Not supported.',
    ],
    [{ type: 'unsupported', metaType: 'poll_creation' }, [], 'Unsupported message: poll_creation'],
    [{ type: 'image', media }, [unread], 'Photo: Message type unknown'],
    [{ type: 'image', media: { ...media, caption: 'O gato' } }, [unread], 'Photo: O gato'],
    [{ type: 'text', body: null }, [unread], 'Text: Message type unknown'],
    [{ type: 'reaction', messageId: null, emoji: null }, [], 'Took back a reaction'],
  ])('%j with the errors %j is %j', (content, errors, expected) => {
    expect(summary(content, errors)).toBe(expected);
  });
});

describe('what people wrote', () => {
  const said = (body: string) => summary({ type: 'text', body });

  it.each([
    ['a line end', 'Um\r\ndois', 'Um dois'],
    ['an escape sequence', 'Um\u001b[31mdois', 'Um [31mdois'],
    ['a line separator', 'Um\u2028dois', 'Um dois'],
    ['a mark that turns the direction', 'Um\u202edois', 'Umdois'],
    ['half a character', 'Um\ud83d', 'Um\ufffd'],
    ['a family of joined emoji', '👩‍👧', '👩‍👧'],
  ])('stays one line with %s', (_what, body, expected) => {
    expect(said(body)).toBe(expected);
  });

  it('is cut between whole characters', () => {
    expect(said('👍'.repeat(160))).toBe('👍'.repeat(160));
    expect(said('👍'.repeat(161))).toBe(`${'👍'.repeat(159)}…`);
    expect(said('a'.repeat(1_000_000))).toBe(`${'a'.repeat(159)}…`);
  });

  it('says that there is more behind many spaces', () => {
    expect(said(`a${' '.repeat(2_000)}b`)).toBe('a…');
  });
});
