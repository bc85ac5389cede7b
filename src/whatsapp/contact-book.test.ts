import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../domain/json.ts';
import { createContactBook, recipientOf, senderOf } from './contact-book.ts';

const ana = { profile: { name: 'Ana Souza' }, wa_id: '558587654321' };
const bruno = { profile: { name: 'Bruno Lima' }, wa_id: '5511988887777', user_id: 'BR.22' };

function nameOf(value: JsonObject, message: JsonObject): string | null {
  return createContactBook(value).person(senderOf(message)).name;
}

describe('a contact entry', () => {
  it.each<[string, JsonObject[], JsonObject, string | null]>([
    ['of the same number', [ana], { from: '558587654321' }, 'Ana Souza'],
    ['of the same number as an integer', [ana], { from: 558587654321 }, 'Ana Souza'],
    ['of the number with its ninth digit', [ana], { from: '5585987654321' }, 'Ana Souza'],
    ['of the number with plus and spaces', [ana], { from: '+55 85 8765 4321' }, 'Ana Souza'],
    ['of the same user id', [bruno], { from_user_id: 'BR.22' }, 'Bruno Lima'],
    ['among others, by number', [bruno, ana], { from: '558587654321' }, 'Ana Souza'],
    ['among others, by spelling', [bruno, ana], { from: '5585987654321' }, 'Ana Souza'],
    ['among others, by user id', [ana, bruno], { from: '1', from_user_id: 'BR.22' }, 'Bruno Lima'],
    [
      'with the user id rather than the number',
      [ana, bruno],
      { from: ana.wa_id, from_user_id: 'BR.22' },
      'Bruno Lima',
    ],
    [
      'that comes first of two with one number',
      [ana, { ...bruno, wa_id: ana.wa_id }],
      { from: ana.wa_id },
      'Ana Souza',
    ],
    ['of nobody here, among others', [ana, bruno], { from: '351900000000' }, null],
    ['of another user id', [bruno], { from_user_id: 'BR.33' }, null],
    ['without a name', [{ wa_id: '558587654321' }], { from: '558587654321' }, null],
    ['that is none', [], { from: '558587654321' }, null],
  ])('%s', (_which, contacts, message, name) => {
    expect(nameOf({ contacts, messages: [message] }, message)).toBe(name);
  });

  it.each([
    ['alone', {}],
    ['beside another one', { contacts: [ana, bruno] }],
    ['beside another message', { messages: [{ from: '16505551234' }, { from: '2' }] }],
    ['beside a status', { statuses: [{ recipient_id: '2' }] }],
  ])('of another number belongs to nobody, %s', (_where, around) => {
    const message = { from: '16505551234' };
    expect(nameOf({ contacts: [ana], messages: [message], ...around }, message)).toBeNull();
  });

  it('belongs to whoever it names, whoever stands beside', () => {
    const contacts = [ana, bruno, { profile: { name: 'Carla' }, user_id: 'BR.33' }];
    const messages = [{ from: ana.wa_id }, { from_user_id: 'BR.33' }, { from: bruno.wa_id }];
    const alone = messages.map((message, index) =>
      nameOf({ contacts: contacts.filter((_, place) => place === [0, 2, 1][index]) }, message),
    );
    expect(alone).toEqual(['Ana Souza', 'Carla', 'Bruno Lima']);
    expect(messages.map((message) => nameOf({ contacts, messages }, message))).toEqual(alone);
  });

  it('of a number that two people have belongs to the one whose user id the message names, or to nobody', () => {
    const zed = { ...bruno, user_id: 'BR.33', profile: { name: 'Zed' } };
    const contacts = [bruno, zed];
    expect(nameOf({ contacts }, { from: bruno.wa_id, from_user_id: 'BR.33' })).toBe('Zed');
    expect(nameOf({ contacts }, { from: bruno.wa_id })).toBeNull();
    expect(nameOf({ contacts: [zed] }, { from: bruno.wa_id, from_user_id: 'BR.22' })).toBeNull();
    expect(nameOf({ contacts }, { from: bruno.wa_id, from_user_id: 'BR.44' })).toBeNull();
  });

  it('of the mobile is not that of the landline in Argentina', () => {
    const mobile = { wa_id: '5491143210000', profile: { name: 'Mobile' } };
    expect(nameOf({ contacts: [mobile] }, { from: '541143210000' })).toBeNull();
    expect(nameOf({ contacts: [mobile, ana] }, { from: '541143210000' })).toBeNull();
  });

  it('in standby is found as well', () => {
    expect(nameOf({ standby: { contacts: [ana] } }, { from: '558587654321' })).toBe('Ana Souza');
  });

  it.each([null, 'text', 7, {}, [null, 'x', 7, []]])('list that is %j harms nothing', (contacts) => {
    expect(nameOf({ contacts }, { from: '558587654321' })).toBeNull();
  });
});

describe('the identifiers of a person', () => {
  const full = {
    profile: { name: 'Ana Souza', username: 'ana.souza' },
    wa_id: '558587654321',
    user_id: 'BR.11',
    parent_user_id: 'BR.ENT.11',
  };
  const sender = (message: JsonObject, contacts: JsonObject[]) =>
    createContactBook({ contacts, messages: [message] }).person(senderOf(message)).identifiers;

  it('are those of the message and of the entry, each once', () => {
    const message = { from: '558587654321', from_user_id: 'BR.11', from_parent_user_id: 'BR.ENT.11' };
    expect(sender(message, [full])).toEqual([
      { kind: 'wa_id', value: '558587654321' },
      { kind: 'user_id', value: 'BR.11' },
      { kind: 'parent_user_id', value: 'BR.ENT.11' },
      { kind: 'username', value: 'ana.souza' },
    ]);
  });

  it('are added by an entry that one of them names', () => {
    expect(sender({ from_user_id: 'BR.11' }, [full]).map(({ kind }) => kind)).toEqual([
      'user_id',
      'parent_user_id',
      'username',
      'wa_id',
    ]);
  });

  it('hold both numbers when from and wa_id differ, and the user id says whose they are', () => {
    expect(sender({ from: '16505551234', from_user_id: 'BR.11' }, [full])).toEqual([
      { kind: 'wa_id', value: '16505551234' },
      { kind: 'user_id', value: 'BR.11' },
      { kind: 'parent_user_id', value: 'BR.ENT.11' },
      { kind: 'username', value: 'ana.souza' },
      { kind: 'wa_id', value: '558587654321' },
    ]);
  });

  it('keep what is no number as it is', () => {
    expect(sender({ from: '<WHATSAPP_USER_PHONE_NUMBER>' }, [])).toEqual([
      { kind: 'wa_id', value: '<WHATSAPP_USER_PHONE_NUMBER>' },
    ]);
  });

  it.each([{}, { from: null, from_user_id: {} }, { from: [], from_user_id: '' }])(
    'are none for %j',
    (message) => {
      expect(sender(message, [])).toEqual([]);
    },
  );
});

describe('recipientOf', () => {
  it.each<[JsonObject, string | null, string | null, string | null]>([
    [{ recipient_id: '558587654321' }, '558587654321', null, null],
    [{ recipient_user_id: 'BR.11', recipient_parent_user_id: 'BR.ENT.1' }, null, 'BR.11', 'BR.ENT.1'],
    [{ recipient_user_id: 'BR.11', parent_recipient_user_id: 'BR.ENT.1' }, null, 'BR.11', 'BR.ENT.1'],
    [{ recipient_id: 'g', recipient_type: 'group' }, null, null, null],
    [{ recipient_id: 'g', recipient_type: 'group', recipient_participant_id: '55' }, '55', null, null],
    [{ recipient_id: 'g', recipient_type: 'group', participant_recipient_id: '55' }, '55', null, null],
    [{ recipient_id: 'g', recipient_participant_user_id: 'BR.11' }, null, 'BR.11', null],
    [{}, null, null, null],
  ])('reads %j', (status, number, userId, parentUserId) => {
    expect(recipientOf(status)).toEqual({ number, userId, parentUserId });
  });
});
