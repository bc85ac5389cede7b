import { describe, expect, it } from 'vitest';
import type { EventKind } from '../domain/event.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import { createContactBook } from './contact-book.ts';
import { factsOf, isMessage, isStatus, readMetaErrors } from './element-facts.ts';

const noContacts = createContactBook(null);
const waId = (value: string) => ({ identifiers: [{ kind: 'wa_id', value }], name: null });

describe('a message', () => {
  const facts = (element: JsonObject) => factsOf('message', { from: '558587654321', ...element }, noContacts);

  it('says who wrote what', () => {
    expect(facts({ id: 'wamid.1', type: 'text', text: { body: 'Oi' } })).toEqual({
      fact: 'message',
      messageId: 'wamid.1',
      type: 'text',
      sender: waId('558587654321'),
      groupId: null,
      text: 'Oi',
      quickReply: null,
      opensWindow: true,
      change: null,
    });
  });

  it.each<[string, JsonObject, string | null]>([
    ['the body of a text', { type: 'text', text: { body: 'Oi' } }, 'Oi'],
    ['an empty body', { type: 'text', text: { body: '' } }, ''],
    ['half characters and nulls', { type: 'text', text: { body: 'a\ud83d\u0000b' } }, 'a\ud83d\u0000b'],
    ['a caption', { type: 'image', image: { caption: 'Foto' } }, 'Foto'],
    ['the caption of a type of tomorrow', { type: 'hologram', hologram: { caption: 'Foto' } }, 'Foto'],
    ['no caption', { type: 'image', image: { id: '1' } }, null],
    ['a body that is no text', { type: 'text', text: { body: 7 } }, null],
    ['a text that is none', { type: 'text', text: 'Oi' }, null],
    ['a button', { type: 'button', button: { text: 'Sim' } }, null],
    ['a type called constructor', { type: 'constructor' }, null],
    ['a type called __proto__', { type: '__proto__' }, null],
  ])('has as its words %s', (_what, element, text) => {
    expect(facts(element)).toMatchObject({ text });
  });

  it.each<[JsonObject, string, boolean]>([
    [{ type: 'text' }, 'text', true],
    [{ type: 'reaction' }, 'reaction', true],
    [{ type: 'unsupported', errors: [{ code: 131051 }] }, 'unsupported', true],
    [{ type: 'interactive', errors: [{ code: 1 }] }, 'interactive', true],
    [{ type: 'hologram' }, 'hologram', true],
    [{}, 'unknown', true],
    [{ type: 9 }, 'unknown', true],
    [{ type: '' }, 'unknown', true],
    [{ errors: [{ code: 1 }] }, 'unknown', false],
    [{ type: 'errors' }, 'errors', false],
    [{ type: 'system' }, 'system', false],
    [{ type: 'request_welcome' }, 'request_welcome', false],
    [{ type: 'edit' }, 'edit', false],
    [{ type: 'revoke' }, 'revoke', false],
  ])('%j has the type %s and opens the window: %j', (element, type, opensWindow) => {
    expect(facts(element)).toMatchObject({ type, opensWindow });
  });

  it.each<[JsonObject, Partial<Record<'messageId' | 'groupId', string | null>>]>([
    [{}, { messageId: null, groupId: null }],
    [
      { id: 7, group_id: 8 },
      { messageId: '7', groupId: '8' },
    ],
    [
      { id: '', group_id: {} },
      { messageId: null, groupId: null },
    ],
  ])('%j has the ids %j', (element, ids) => {
    expect(facts(element)).toMatchObject(ids);
  });

  it.each<[JsonObject, boolean]>([
    [{ id: 'wamid.1' }, true],
    [{ from: 55 }, true],
    [{ from_user_id: 'BR.1' }, true],
    [{}, false],
    [{ type: 'text', text: { body: 'Oi' } }, false],
    [{ id: {}, from: null }, false],
  ])('%j is one: %j', (element, expected) => {
    expect(isMessage(element)).toBe(expected);
  });
});

describe('a status', () => {
  it('says what became of which message', () => {
    const element = {
      id: 'wamid.2',
      status: 'failed',
      recipient_id: '558587654321',
      biz_opaque_callback_data: 'nt_1',
      errors: [{ code: '131047', title: 'Re-engagement message', error_data: { details: 'Too late' } }],
    };
    expect(factsOf('status', element, noContacts)).toEqual({
      fact: 'status',
      messageId: 'wamid.2',
      name: 'failed',
      participant: null,
      recipient: waId('558587654321'),
      groupId: null,
      errors: [{ code: 131047, title: 'Re-engagement message', details: 'Too late' }],
      callbackData: 'nt_1',
      pricing: null,
      conversation: null,
    });
  });

  it('of a group speaks of one member', () => {
    const element = {
      id: 'a',
      status: 'read',
      recipient_id: 'g',
      recipient_type: 'group',
      recipient_participant_id: '55',
    };
    expect(factsOf('status', element, noContacts)).toMatchObject({
      participant: '55',
      groupId: 'g',
      recipient: waId('55'),
    });
  });

  it('of a group as a whole speaks of nobody, whatever contact comes with it', () => {
    const element = { id: 'a', status: 'read', recipient_id: 'g', recipient_type: 'group' };
    const contacts = createContactBook({ contacts: [{ wa_id: '55' }], statuses: [element] });
    expect(factsOf('status', element, contacts)).toMatchObject({
      participant: null,
      recipient: { identifiers: [] },
    });
  });

  it.each<[JsonObject, boolean]>([
    [{ id: 'a', status: 'sent' }, true],
    [{ id: 7, status: 'deleted' }, true],
    [{ id: 'a', status: 'SENT' }, false],
    [{ id: 'a', status: 'teleported' }, false],
    [{ id: 'a', status: ['sent'] }, false],
    [{ id: 'a' }, false],
    [{ status: 'sent' }, false],
    [{ id: '', status: 'sent' }, false],
  ])('%j is one: %j', (element, expected) => {
    expect(isStatus(element)).toBe(expected);
    expect(factsOf('status', element, noContacts).fact).toBe(expected ? 'status' : 'other');
  });
});

describe('readMetaErrors', () => {
  it.each<[Json | undefined, unknown[]]>([
    [[{ code: 131026 }], [{ code: 131026, title: null, details: null }]],
    [[{ code: '0', message: 'Oops' }], [{ code: 0, title: 'Oops', details: null }]],
    [
      [{ title: 'no code' }, null, 'x', { code: 'E1', details: 'why' }],
      [
        { code: null, title: 'no code', details: null },
        { code: null, title: null, details: 'why' },
      ],
    ],
    [[{ code: '#131026' }], [{ code: 131026, title: null, details: null }]],
    [[{ code: '(#131026)' }], [{ code: 131026, title: null, details: null }]],
    [[{ code: 1.5 }], [{ code: null, title: null, details: null }]],
    [[{ code: 1, error_data: 'x' }], [{ code: 1, title: null, details: null }]],
    [[{ code: 1, title: 'Old', details: 'Too old' }], [{ code: 1, title: 'Old', details: 'Too old' }]],
    [{ code: 1 }, [{ code: 1, title: null, details: null }]],
    ['why', []],
    [undefined, []],
  ])('reads %j', (list, errors) => {
    expect(readMetaErrors(list)).toEqual(errors);
  });
});

describe('a system notice', () => {
  const change = (element: JsonObject) => {
    const said = factsOf('message', { id: 'a', type: 'system', ...element }, noContacts);
    return said.fact === 'message' ? said.change : null;
  };
  const number = (value: string) => ({ kind: 'wa_id', value });
  const userId = (value: string) => ({ kind: 'user_id', value });

  it('of a new number frees the old one', () => {
    const system = { type: 'user_changed_number', wa_id: '16505550002' };
    expect(change({ from: '16505550001', system })).toEqual({
      kind: 'number-change',
      present: [number('16505550002')],
      former: [],
      leftNumber: '16505550001',
    });
  });

  it('of a new number may name the user ids before and after', () => {
    const system = { type: 'user_changed_number', wa_id: '2', user_id: 'US.new' };
    expect(change({ from: '1', from_user_id: 'US.old', system })).toEqual({
      kind: 'number-change',
      present: [number('2'), userId('US.new')],
      former: [userId('US.old')],
      leftNumber: '1',
    });
  });

  it('of the same number in its other spelling frees nothing', () => {
    const system = { type: 'user_changed_number', wa_id: '5585987654321' };
    expect(change({ from: '558587654321', system })).toMatchObject({
      former: [number('558587654321')],
      leftNumber: null,
    });
  });

  it('of a new user id names the old one in either place', () => {
    const system = { type: 'user_changed_user_id', user_id: 'US.new', parent_user_id: 'US.ENT.p' };
    const expected = {
      kind: 'user-id-change',
      present: [userId('US.new'), { kind: 'parent_user_id', value: 'US.ENT.p' }],
      former: [userId('US.old')],
      leftNumber: null,
    };
    expect(change({ from_user_id: 'US.old', system })).toEqual(expected);
    expect(change({ system: { ...system, previous_user_id: 'US.old' } })).toEqual(expected);
  });

  it.each<[JsonObject]>([
    [{ from: '1' }],
    [{ from: '1', system: 'x' }],
    [{ from: '1', system: { type: 'customer_identity_changed' } }],
  ])('%j changes nobody', (element) => {
    expect(change(element)).toBeNull();
  });
});

describe('an event of another kind', () => {
  it.each<[EventKind, JsonObject, string | null]>([
    ['echo', { from: '1', to: '2' }, '2'],
    ['call', { from: '1', to: '2' }, '1'],
    ['call', { to: '2', direction: 'USER_INITIATED' }, null],
    ['call', { from: '1', to: '2', direction: 'BUSINESS_INITIATED' }, '2'],
    ['call', { status: 'RINGING', recipient_id: '3' }, '3'],
    ['standby', { from: '1' }, '1'],
    ['standby', { from: '1', to: '2' }, '2'],
    ['standby', { status: 'read', recipient_id: '3' }, '3'],
    ['preference', { wa_id: '4' }, '4'],
    ['action', { wa_id: '4' }, '4'],
    ['action', {}, null],
    ['sync', { contact: { phone_number: '+5' } }, '5'],
    ['handover', { sender: { phone_number: '6' } }, '6'],
    ['group', { wa_id: '4' }, null],
    ['history', { from: '1' }, null],
    ['template', { from: '1' }, null],
    ['unrecognised', { from: '1' }, null],
    ['notification', { to: '1' }, null],
  ])('%s %j is about %j', (kind, element, person) => {
    expect(factsOf(kind, element, noContacts)).toEqual({ fact: 'other', person: person && waId(person) });
  });

  it('about somebody who calls the business tells who, and when it began', () => {
    const element = { from: '1', to: '2', direction: 'USER_INITIATED' };
    const facts = { fact: 'call', person: waId('1') };
    expect(factsOf('call', element, noContacts)).toEqual({ ...facts, beganAt: null });
    const ended = { ...element, event: 'terminate', start_time: '1790000000' };
    expect(factsOf('call', ended, noContacts)).toEqual({ ...facts, beganAt: 1_790_000_000_000 });
  });

  it('about a changed user id knows the new one and the former one', () => {
    const element = { wa_id: '1', user_id: { previous: 'BR.1', current: 'BR.2' } };
    expect(factsOf('identity', element, noContacts)).toEqual({
      fact: 'identity',
      change: {
        kind: 'user-id-change',
        present: [
          { kind: 'wa_id', value: '1' },
          { kind: 'user_id', value: 'BR.2' },
        ],
        former: [{ kind: 'user_id', value: 'BR.1' }],
        leftNumber: null,
      },
    });
  });

  it('that names one id only says who it is about, and of no change', () => {
    expect(factsOf('identity', { wa_id: '1' }, noContacts)).toEqual({ fact: 'other', person: waId('1') });
  });

  it.each<[EventKind, Json | undefined]>([
    ['message', undefined],
    ['message', 'x'],
    ['status', null],
    ['echo', []],
  ])('%s %j says nothing', (kind, element) => {
    expect(factsOf(kind, element, noContacts)).toEqual({ fact: 'other', person: null });
  });
});
