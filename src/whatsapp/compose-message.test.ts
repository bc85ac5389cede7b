import { describe, expect, it } from 'vitest';
import type { HeldIdentifier, IdentifierKind } from '../domain/person.ts';
import type { Address, Recipient } from '../domain/recipient.ts';
import { addressOf, composeMessage } from './compose-message.ts';

describe('composeMessage', () => {
  it('composes a text', () => {
    const message = composeMessage({
      address: { to: '+558587654321' },
      content: { type: 'text', body: 'Olá, Ana! 🙂', previewUrl: true },
      callbackData: 'nt_0000000000000001',
    });
    expect(message).toEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '+558587654321',
      type: 'text',
      text: { body: 'Olá, Ana! 🙂', preview_url: true },
      biz_opaque_callback_data: 'nt_0000000000000001',
    });
  });

  it('composes a template to a business-scoped user id', () => {
    const components = [{ type: 'body', parameters: [{ type: 'text', text: 'Ana' }] }];
    const message = composeMessage({
      address: { recipient: 'BR.55aa66bb77cc' },
      content: { type: 'template', name: 'interview_reminder', language: 'pt_BR', components },
      callbackData: 'nt_0000000000000001',
    });
    expect(message).toEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      recipient: 'BR.55aa66bb77cc',
      type: 'template',
      template: { name: 'interview_reminder', language: { code: 'pt_BR' }, components },
      biz_opaque_callback_data: 'nt_0000000000000001',
    });
  });

  it('leaves components out when a template has none', () => {
    const { template } = composeMessage({
      address: { to: '+558587654321' },
      content: { type: 'template', name: 'hello_world', language: 'en_US', components: [] },
      callbackData: 'nt_0000000000000001',
    });
    expect(template).toEqual({ name: 'hello_world', language: { code: 'en_US' } });
  });
});

describe('addressOf', () => {
  const held = (
    kind: IdentifierKind,
    value: string,
    confirmedAt: number | null = null,
    until: number | null = null,
  ): HeldIdentifier => ({
    kind,
    value,
    confirmedAt,
    pairedSince: null,
    pairedAt: null,
    until,
    passedOn: false,
  });
  const typed = held('typed', '5585987654321');
  const waId = held('wa_id', '558587654321', 10);
  const laterWaId = held('wa_id', '5585987654321', 20);
  const leftWaId = held('wa_id', '558587654321', 30, 40);
  const userId = held('user_id', 'BR.55aa66bb77cc', 10);
  const laterUserId = held('user_id', 'BR.44aa', 20);
  const username = held('username', 'ana');
  const number: Recipient = { kind: 'number', digits: '5585987654321' };
  const person: Recipient = { kind: 'user_id', userId: 'BR.99zz' };
  const contact: Recipient = { kind: 'contact', contactId: 'ct_0000000000000001' };

  it.each<[string, Recipient, HeldIdentifier[], Address | null]>([
    ['a number that nobody knows', number, [], { to: '+5585987654321' }],
    ['a number whose WhatsApp ID is another', number, [typed, userId, waId], { to: '+558587654321' }],
    ['a number known by typing only', number, [typed, userId], { to: '+5585987654321' }],
    ['a user id that nobody knows', person, [], { recipient: 'BR.99zz' }],
    ['a user id whose number is known', person, [waId, userId], { to: '+558587654321' }],
    ['a former user id', person, [userId, laterUserId], { recipient: 'BR.44aa' }],
    ['a person whom Meta spells in two ways', contact, [waId, laterWaId], { to: '+5585987654321' }],
    ['a number that was left for another', number, [leftWaId, held('wa_id', '12', 5)], { to: '+12' }],
    ['a number that was left for none', number, [leftWaId, userId], { recipient: 'BR.55aa66bb77cc' }],
    ['a contact with everything', contact, [typed, userId, waId], { to: '+558587654321' }],
    [
      'a contact with a user id and a typed number',
      contact,
      [typed, userId],
      { recipient: 'BR.55aa66bb77cc' },
    ],
    ['a contact with a typed number', contact, [typed], { to: '+5585987654321' }],
    ['a contact with a user name only', contact, [username], null],
  ])('%s', (_, recipient, identifiers, address) => {
    expect(addressOf(recipient, identifiers)).toEqual(address);
  });
});
