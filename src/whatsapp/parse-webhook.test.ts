import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { webhookFixture, webhookFixtureNames } from '../../test/support/webhook-fixtures.ts';
import type { EventFacts } from '../domain/event-facts.ts';
import { createEventKeys } from './event-key.ts';
import { type ParsedEvent, parseWebhook, rawOnlyEvent } from './parse-webhook.ts';

const keys = createEventKeys(Uint8Array.from({ length: 32 }, (_, index) => index));
const bytes = (text: string) => new TextEncoder().encode(text);
const parse = (body: unknown) =>
  parseWebhook(body instanceof Uint8Array ? body : bytes(JSON.stringify(body)), keys).events;
const ofChange = (field: unknown, value: unknown) =>
  parse({ entry: [{ id: '300100300100300', changes: [{ field, value }] }] });
const phone = { phone_number_id: '200100200100200', display_phone_number: '551132100000' };

function identityOf({ identity }: ParsedEvent): string {
  return 'key' in identity
    ? Buffer.from(identity.key).toString('hex')
    : `subject ${Buffer.from(identity.undatedSubject).toString('hex')}`;
}

const brief = (events: readonly ParsedEvent[]) => events.map(({ path, kind }) => `${path} ${kind}`.trim());
const factsOfFixture = (name: string): EventFacts | undefined => parse(webhookFixture(name))[0]?.facts;

describe('the fixtures', () => {
  // Frozen: identities of stored elements must never change. A kind may, when an element is understood better.
  const frozen: Record<string, string[]> = JSON.parse(
    readFileSync(new URL('../../test/fixtures/frozen-webhook-events.json', import.meta.url), 'utf8'),
  );

  it.each(webhookFixtureNames())('%s has its frozen events', (name) => {
    const events = parse(webhookFixture(name));
    expect(events.map((event) => `${event.path} ${event.kind} ${event.lane} ${identityOf(event)}`)).toEqual(
      frozen[name],
    );
  });

  it('are all frozen', () => {
    expect(Object.keys(frozen).sort()).toEqual(webhookFixtureNames());
  });
});

describe('facts of the fixtures', () => {
  const ana = { name: 'Ana Souza', identifiers: [{ kind: 'wa_id', value: '558587654321' }] };
  const anaWithoutNumber = [
    { kind: 'user_id', value: 'BR.5500112233445566778' },
    { kind: 'parent_user_id', value: 'BR.ENT.9900112233445566778' },
  ];

  it.each([
    ['text', { fact: 'message', type: 'text', text: 'Oi', sender: ana, opensWindow: true, groupId: null }],
    ['text-in-group', { type: 'text', sender: ana, groupId: 'grupo-1' }],
    [
      'text-user-id-only',
      {
        sender: {
          name: 'Ana Souza',
          identifiers: [...anaWithoutNumber, { kind: 'username', value: 'ana.souza' }],
        },
      },
    ],
    ['image', { type: 'image', text: 'O comprovante', sender: ana }],
    ['unknown-type', { type: 'hologram', text: 'Do futuro', opensWindow: true }],
    ['unsupported', { type: 'unsupported', opensWindow: true }],
    ['system', { type: 'system', opensWindow: false, sender: { name: null } }],
    ['first-guide-message', { messageId: null, text: 'Hi', sender: { ...ana, name: null } }],
    ['first-guide-status', { messageId: 'wamid.xxx', name: 'delivered' }],
    ['status-sent', { fact: 'status', name: 'sent', recipient: ana, callbackData: 'nt_0123456789abcdef' }],
    ['status-user-id-only', { recipient: { name: null, identifiers: anaWithoutNumber } }],
    [
      'status-in-group',
      { groupId: 'grupo-1', participant: '558587654321', recipient: { ...ana, name: null } },
    ],
    [
      'status-failed',
      {
        errors: [
          {
            code: 131047,
            title: 'Re-engagement message',
            details: 'More than 24 hours have passed since the person last wrote.',
          },
        ],
      },
    ],
    ['status-field-of-mocks', { fact: 'status', name: 'delivered' }],
    ['standby', { fact: 'other', person: ana }],
    ['echoes', { fact: 'other', person: { ...ana, name: null } }],
    ['preferences', { fact: 'other', person: ana }],
    ['history-media', { fact: 'other', person: null }],
  ])('%s', (name, facts) => {
    expect(factsOfFixture(name)).toMatchObject(facts);
  });

  it('give every message of a batch its own sender', () => {
    const senders = parse(webhookFixture('batch')).flatMap(({ facts }) =>
      facts.fact === 'message' ? [facts.sender.name] : [],
    );
    expect(senders).toEqual(['Ana Souza', 'Bruno Lima', null]);
  });
});

describe('what is no webhook is one event of the whole body', () => {
  it.each([
    ['no bytes', new Uint8Array()],
    ['no JSON', bytes('hello')],
    ['half a JSON', bytes('{"entry":[')],
    ['no UTF-8', Uint8Array.of(0x22, 0xff, 0x22)],
    ['a scalar', bytes('7')],
    ['null', bytes('null')],
    ['a list', bytes('[{"entry":[{}]}]')],
    ['an object without entries', bytes('{"object":"whatsapp_business_account"}')],
    ['entries that are no list', bytes('{"entry":7}')],
    ['no entries', bytes('{"object":"whatsapp_business_account","entry":[]}')],
    ['a list without end', bytes('['.repeat(300_000))],
    ['a deep list', bytes('['.repeat(300_000) + ']'.repeat(300_000))],
  ])('%s', (_what, body) => {
    expect(parse(body)).toEqual([rawOnlyEvent(body, keys)]);
    expect(parse(body)).toMatchObject([
      { path: '', kind: 'unrecognised', lane: 'installation', occurredAt: null, facts: { person: null } },
    ]);
  });

  it('and has a key of its own bytes', () => {
    const one = rawOnlyEvent(Uint8Array.of(0xff, 0xfe), keys);
    expect(identityOf(rawOnlyEvent(Uint8Array.of(0, 0xff, 0xfe).subarray(1), keys))).toBe(identityOf(one));
    expect(identityOf(rawOnlyEvent(Uint8Array.of(0xff, 0xfd), keys))).not.toBe(identityOf(one));
  });

  it('nor is a body with far more events than Meta batches', () => {
    expect(brief(parse({ entry: Array.from({ length: 10_000 }, () => 1) }))).toHaveLength(10_000);
    expect(brief(parse({ entry: Array.from({ length: 10_001 }, () => 1) }))).toEqual(['unrecognised']);
    expect(brief(ofChange('messages', { messages: Array.from({ length: 200_000 }, () => 1) }))).toEqual([
      'unrecognised',
    ]);
  });
});

describe('nothing signed is invisible', () => {
  it.each<[string, unknown, string[]]>([
    ['a malformed entry', { entry: [7, null] }, ['0 unrecognised', '1 unrecognised']],
    ['an entry without changes', { entry: [{ id: '1' }] }, ['0 unrecognised']],
    ['an entry with no change', { entry: [{ id: '1', changes: [] }] }, ['0 unrecognised']],
    ['a malformed change', { entry: [{ changes: ['x'] }] }, ['0.0 unrecognised']],
    ['a change without a value', { entry: [{ changes: [{ field: 'messages' }] }] }, ['0.0 unrecognised']],
    ['a value that is none', { entry: [{ changes: [{ field: 'flows', value: [] }] }] }, ['0.0 unrecognised']],
    ['another object', { object: 'page', entry: [{ messaging: [{}] }] }, ['0 unrecognised']],
    ['one entry in place of a list', { entry: { id: '1' } }, ['0 unrecognised']],
    [
      'one change in place of a list',
      { entry: { changes: { field: 'messages', value: { messages: [{ id: '1' }] } } } },
      ['0.0.messages.0 message'],
    ],
    ['a byte order mark', bytes('\ufeff{"entry":[{"id":"1"}]}'), ['0 unrecognised']],
  ])('%s', (_what, body, events) => {
    expect(brief(parse(body))).toEqual(events);
  });

  it.each<[string, unknown, object, string[]]>([
    ['an empty value', 'messages', {}, ['0.0.value unrecognised']],
    ['empty lists', 'messages', { messages: [], contacts: [{}] }, ['0.0.value unrecognised']],
    ['only unknown lists', 'messages', { dreams: [1] }, ['0.0.value unrecognised']],
    [
      'an unknown list beside a known one',
      'messages',
      { dreams: [1, 2], errors: [{ code: 1 }] },
      ['0.0.dreams unrecognised', '0.0.errors.0 error'],
    ],
    [
      'an unknown object beside a known list',
      'messages',
      { plan: {}, errors: [{}] },
      ['0.0.plan unrecognised', '0.0.errors.0 error'],
    ],
    [
      'any unknown member beside a known list, but no empty one',
      'messages',
      { messaging_product: 'whatsapp', a: 1, b: 'x', c: false, d: null, e: [], errors: [] },
      ['0.0.a unrecognised', '0.0.b unrecognised', '0.0.c unrecognised'],
    ],
    [
      'a context, and one that is none',
      'messages',
      { conversation_context: {}, errors: [{}], standby: { errors: [], conversation_context: 'x' } },
      [
        '0.0.errors.0 error',
        '0.0.conversation_context context',
        '0.0.standby.conversation_context unrecognised',
      ],
    ],
    [
      'a standby without anything known beside a known list',
      'messages',
      { errors: [{}], standby: { dreams: 1 } },
      ['0.0.errors.0 error', '0.0.standby unrecognised'],
    ],
    [
      'several lists',
      'messages',
      { statuses: [{ id: '1', status: 'sent' }], messages: [{ id: '1' }], errors: [{}], user_actions: [{}] },
      ['0.0.statuses.0 status', '0.0.messages.0 message', '0.0.errors.0 error', '0.0.user_actions.0 action'],
    ],
    [
      'a lone element in place of its list',
      'messages',
      { messages: { id: '1' }, statuses: null },
      ['0.0.messages message'],
    ],
    [
      'a lone element that cannot be read, and lists that are none',
      'messages',
      { messages: {}, statuses: 'x', errors: 7 },
      ['0.0.messages unrecognised', '0.0.statuses unrecognised', '0.0.errors unrecognised'],
    ],
    [
      'a lone element of standby, and of a field that adopts it',
      'history',
      { messages: { id: '1' }, standby: { statuses: { id: '1', status: 'read' } } },
      ['0.0.messages history', '0.0.standby.statuses standby'],
    ],
    [
      'a lone element without a field',
      undefined,
      { statuses: { id: '1', status: 'read' } },
      ['0.0.statuses status'],
    ],
    ['a known field without its list', 'calls', { calls: [] }, ['0.0.value call']],
    ['an unknown field', 'dreams', { messages: 'x' }, ['0.0.value unrecognised']],
    ['a field that is no text', 7, { a: 1 }, ['0.0.value unrecognised']],
    ['a missing field', undefined, { messages: [{ id: '1' }] }, ['0.0.messages.0 message']],
    ['an unknown field with messages', 'dreams', { messages: [{ id: '1' }] }, ['0.0.messages.0 message']],
    ['an unknown field with other lists', 'dreams', { calls: [{ id: '1' }] }, ['0.0.value unrecognised']],
    [
      'errors of calls',
      'calls',
      { calls: [{ id: '1' }], errors: [{}] },
      ['0.0.calls.0 call', '0.0.errors.0 error'],
    ],
    ['standby without standby', 'standby', { messages: [{ id: '1' }] }, ['0.0.messages.0 standby']],
    ['standby that is none', 'standby', { standby: 7 }, ['0.0.value standby']],
    [
      'standby in messages',
      'messages',
      { standby: { messages: [{ id: '1' }] } },
      ['0.0.standby.messages.0 standby'],
    ],
    ['standby without end', 'standby', { standby: { standby: { messages: [] } } }, ['0.0.value standby']],
    [
      'malformed standby',
      'standby',
      { standby: { messages: ['x'] } },
      ['0.0.standby.messages.0 unrecognised'],
    ],
    ['messages of echoes', 'smb_message_echoes', { messages: [{ id: '1' }] }, ['0.0.messages.0 echo']],
    ['a whole value with lists', 'flows', { errors: [{}], messages: [] }, ['0.0.value flow']],
    [
      'a name that looks like a path',
      'messages',
      { 'a.0': [1], errors: [{}] },
      ['0.0.a.0 unrecognised', '0.0.errors.0 error'],
    ],
    [
      'a value in a value',
      'messages',
      { value: [1], errors: [{}] },
      ['0.0.value unrecognised', '0.0.errors.0 error'],
    ],
  ])('%s', (_what, field, value, events) => {
    expect(brief(ofChange(field, value))).toEqual(events);
  });
});

describe('the lane', () => {
  it.each<[string, object, unknown, string]>([
    ['the business phone', { metadata: phone }, '1', 'phone:200100200100200'],
    [
      'a business phone given as a number',
      { metadata: { phone_number_id: 200100200100200 } },
      '1',
      'phone:200100200100200',
    ],
    [
      'a business phone too large for a number',
      { metadata: { phone_number_id: '#20010020010020012345' } },
      '1',
      'phone:20010020010020012345',
    ],
    ['the recipient of a handover', { recipient: phone }, '1', 'phone:200100200100200'],
    ['the phone whose settings changed', { phone_number_settings: phone }, '1', 'phone:200100200100200'],
    ['the account', {}, '1', 'waba:1'],
    ['the account as a number', {}, 300100300100300, 'waba:300100300100300'],
    [
      'the account, as a displayed number names no phone',
      { metadata: { display_phone_number: '55' } },
      '1',
      'waba:1',
    ],
    ['the account, as the phone has no id', { metadata: { phone_number_id: '' } }, '1', 'waba:1'],
    [
      'the account, as the phone has a strange id',
      { metadata: { phone_number_id: 'a\u0000b' } },
      '1',
      'waba:1',
    ],
    ['the account, as the phone has half an id', { metadata: { phone_number_id: '\ud83d' } }, '1', 'waba:1'],
    [
      'the account, as the phone has an endless id',
      { metadata: { phone_number_id: '1'.repeat(129) } },
      '1',
      'waba:1',
    ],
    ['the installation', {}, null, 'installation'],
    ['the installation, as the account has no id', { metadata: [] }, '', 'installation'],
  ])('is that of %s', (_whose, value, id, lane) => {
    const body = JSON.stringify({ entry: [{ id, changes: [{ field: 'messages', value }] }] });
    expect(parse(bytes(body.replace(/"#(\d+)"/, '$1')))).toMatchObject([{ lane }]);
  });
});

describe('the time', () => {
  it.each<[string, object, unknown, number | null]>([
    ['its own', { timestamp: '1760000000' }, '1760000900', 1_760_000_000_000],
    ['its own in milliseconds', { timestamp: 1_760_000_000_123 }, null, 1_760_000_000_000],
    ['that of its entry', {}, 1_760_000_900, 1_760_000_900_000],
    ['that of its entry as text', { timestamp: 'soon' }, '1760000900', 1_760_000_900_000],
    ['unknown', { timestamp: 0 }, -1, null],
  ])('of an element is %s', (_what, element, time, occurredAt) => {
    const value = { messages: [{ id: '1', ...element }] };
    expect(parse({ entry: [{ time, changes: [{ field: 'messages', value }] }] })).toMatchObject([
      { occurredAt },
    ]);
  });
});

describe('hostile bodies', () => {
  it('cannot pollute prototypes', () => {
    const events = parse(
      bytes(
        '{"__proto__":{"polluted":1},"entry":[{"__proto__":{"id":"9"},"id":"1","changes":[{"field":"messages","value":{"__proto__":{"messages":[{"id":"x"}]},"messages":[{"id":"a","from":"1","type":"__proto__","__proto__":{"caption":"x"}}]}}]}]}',
      ),
    );
    expect(brief(events)).toEqual(['0.0.__proto__ unrecognised', '0.0.messages.0 message']);
    expect(events[1]).toMatchObject({
      kind: 'message',
      lane: 'waba:1',
      facts: { type: '__proto__', text: 'x' },
    });
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('may repeat members: the last one counts', () => {
    const body =
      '{"entry":1,"entry":[{"changes":[{"value":{"messages":[{"id":"a","id":"b","from":"1"}]}}]}]}';
    expect(parse(bytes(body))).toMatchObject([{ kind: 'message', facts: { messageId: 'b' } }]);
  });

  it('may nest without end inside an element', () => {
    const deep = `${'['.repeat(200_000)}12345678901234567890${']'.repeat(200_000)}`;
    const body = `{"entry":[{"changes":[{"value":{"messages":[{"id":"a","from":"1","deep":${deep}},{"id":"b"}]}}]}]}`;
    expect(brief(parse(bytes(body)))).toEqual(['0.0.messages.0 message', '0.0.messages.1 message']);
  });

  it('keep half characters and nulls in words and ids', () => {
    const body =
      '{"entry":[{"changes":[{"value":{"messages":[{"id":"a\\u0000","from":"1","text":{"body":"\\ud83d\\u0000"}}]}}]}]}';
    expect(parse(bytes(body))).toMatchObject([{ facts: { messageId: 'a\u0000', text: '\ud83d\u0000' } }]);
  });

  it('never mistake two large integers for each other', () => {
    const body = (id: string) =>
      bytes(`{"entry":[{"changes":[{"value":{"messages":[{"id":${id},"from":"1"}]}}]}]}`);
    const [one] = parse(body('12345678901234567890'));
    const [other] = parse(body('12345678901234567891'));
    const [text] = parse(body('"12345678901234567890"'));
    expect(one).toMatchObject({ facts: { messageId: '12345678901234567890' } });
    expect(one).toEqual(text);
    expect(other && identityOf(other)).not.toBe(one && identityOf(one));
  });

  it('of 3 MB with a thousand updates and contacts are read at once', () => {
    const people = Array.from({ length: 1000 }, (_, index) => String(5_585_900_000_000 + index));
    const events = ofChange('messages', {
      metadata: phone,
      contacts: people.map((wa_id) => ({ wa_id, profile: { name: `Pessoa ${wa_id}` } })),
      messages: people.map((from) => ({ id: from, from, type: 'text', text: { body: 'x'.repeat(2800) } })),
    });
    expect(events).toHaveLength(1000);
    for (const { facts } of events) {
      expect(facts.fact === 'message' && facts.sender.name).toBe(
        `Pessoa ${facts.fact === 'message' && facts.messageId}`,
      );
    }
  });
});
