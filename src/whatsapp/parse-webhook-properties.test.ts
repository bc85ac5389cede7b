import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { webhookFixture } from '../../test/support/webhook-fixtures.ts';
import { eventKinds } from '../domain/event.ts';
import type { Json } from '../domain/json.ts';
import { createEventKeys } from './event-key.ts';
import { type ParsedEvent, parseWebhook } from './parse-webhook.ts';
import { parseBody, readElement, readFacts } from './read-event.ts';

const keys = createEventKeys(Uint8Array.from({ length: 32 }, (_, index) => index));
const bytes = (text: string) => new TextEncoder().encode(text);
const parse = (body: unknown) => parseWebhook(bytes(JSON.stringify(body)), keys).events;

function identityOf({ identity }: ParsedEvent): string {
  return Buffer.from('key' in identity ? identity.key : identity.undatedSubject).toString('hex');
}

const anyJson = fc.json({ maxDepth: 4 }).map((text): Json => JSON.parse(text));
const memberNames = [
  'messages',
  'statuses',
  'errors',
  'calls',
  'standby',
  'contacts',
  'metadata',
  'history',
  'groups',
  'user_id_update',
  'message_echoes',
  'state_sync',
  'automatic_events',
  'recipient',
  'event',
  'timestamp',
  'waba_info',
  'value',
  '',
] as const;
const elementNames = [
  'id',
  'from',
  'from_user_id',
  'type',
  'text',
  'timestamp',
  'status',
  'recipient_id',
  'errors',
  'code',
  'contact',
  'metadata',
  'wa_id',
  'profile',
  'user_id',
  'phone_number_id',
  'to',
  'direction',
  'constructor',
  '__proto__',
] as const;
const scalar = fc.oneof(
  anyJson,
  fc.constantFrom<Json>(
    '1',
    1,
    'sent',
    'read',
    'text',
    'system',
    1_760_000_000,
    '1760000000',
    '558587654321',
  ),
);
const anyObject = (names: readonly string[], member: fc.Arbitrary<Json>): fc.Arbitrary<Json> =>
  fc
    .array(fc.tuple(fc.constantFrom(...names), member), { maxLength: 6 })
    .map((pairs) => Object.fromEntries(pairs));
const anyElement = fc.oneof(
  { weight: 1, arbitrary: anyJson },
  { weight: 5, arbitrary: anyObject(elementNames, scalar) },
);
const anyMember = fc.oneof(anyElement, fc.array(anyElement, { maxLength: 3 }));
const anyValue = fc.oneof(
  { weight: 1, arbitrary: anyJson },
  { weight: 9, arbitrary: anyObject(memberNames, fc.oneof(anyMember, anyObject(memberNames, anyMember))) },
);
const anyField = fc.oneof(
  scalar,
  fc.constantFrom('messages', 'calls', 'standby', 'history', 'account_update', 'flows', 'user_preferences'),
);
const anyChange = fc.oneof(
  { weight: 1, arbitrary: anyJson },
  { weight: 9, arbitrary: fc.record({ field: anyField, value: anyValue }) },
);
const anyEntry = fc.oneof(
  { weight: 1, arbitrary: anyJson },
  {
    weight: 9,
    arbitrary: fc.record({ id: scalar, time: scalar, changes: fc.array(anyChange, { maxLength: 3 }) }),
  },
);
const anyWebhook = fc.record({ object: scalar, entry: fc.array(anyEntry, { maxLength: 3 }) });

function expectSound(body: Uint8Array): void {
  const { events } = parseWebhook(body, keys);
  const json = parseBody(body);
  expect(events.length).toBeGreaterThan(0);
  expect(new Set(events.map(({ path }) => path)).size).toBe(events.length);
  for (const event of events) {
    expect(eventKinds).toContain(event.kind);
    expect('key' in event.identity ? event.identity.key.length : event.identity.undatedSubject.length).toBe(
      'key' in event.identity ? 20 : 16,
    );
    expect(event.digest).toHaveLength(8);
    expect(readFacts(event.kind, json, event.path)).toEqual(event.facts);
    expect(readElement(json, event.path, body)).toBeDefined();
  }
  expect(structuredClone(events)).toEqual(events);
}

describe('any bytes', () => {
  it('give at least one event and never throw', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), expectSound));
  });

  it('of JSON too', () => {
    fc.assert(fc.property(fc.json(), (text) => expectSound(bytes(text))));
  });

  it('of nearly a webhook too', () => {
    fc.assert(
      fc.property(anyWebhook, (body) => expectSound(bytes(JSON.stringify(body)))),
      { numRuns: 1000 },
    );
  });

  it('of a webhook cut short too', () => {
    const body = webhookFixture('batch');
    fc.assert(fc.property(fc.nat(body.length), (length) => expectSound(body.subarray(0, length))));
  });

  it('of a webhook with a byte changed too', () => {
    const body = webhookFixture('malformed-siblings');
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.nat(255), (index, byte) => {
        const changed = Uint8Array.from(body);
        changed[index] = byte;
        expectSound(changed);
      }),
    );
  });
});

describe('identified elements', () => {
  type Item = { phone: string; list: 'messages' | 'statuses'; element: Record<string, Json> };
  const id = fc.nat(20).map((number) => `wamid.${number}`);
  const timestamp = fc.integer({ min: 1_760_000_000, max: 1_760_000_005 }).map(String);
  const person = fc.constantFrom('558587654321', '5511988887777');
  const item: fc.Arbitrary<Item> = fc.oneof(
    fc.record({
      phone: fc.constantFrom('1', '2'),
      list: fc.constant<'messages'>('messages'),
      element: fc.record({ id, timestamp, from: person, type: fc.constantFrom('text', 'new', 'system') }),
    }),
    fc.record({
      phone: fc.constantFrom('1', '2'),
      list: fc.constant<'statuses'>('statuses'),
      element: fc.record({
        id,
        timestamp,
        recipient_id: person,
        status: fc.constantFrom('sent', 'read', 'dreamt'),
      }),
    }),
  );
  const elementOf = ({ element }: Item): Json => element;
  const changeOf = (phoneId: string, items: readonly Item[]) => {
    const { messages, statuses } = Object.groupBy(items, ({ list }) => list);
    const lists = { messages: messages?.map(elementOf), statuses: statuses?.map(elementOf) };
    return { field: 'messages', value: { metadata: { phone_number_id: phoneId }, ...lists } };
  };
  const keysAndDigests = (bodies: readonly unknown[]) =>
    bodies
      .flatMap(parse)
      .map((event) => `${identityOf(event)} ${Buffer.from(event.digest).toString('hex')}`)
      .sort();

  it('are the same however Meta batches them', () => {
    fc.assert(
      fc.property(
        fc.array(item, { minLength: 1, maxLength: 8 }),
        fc.infiniteStream(fc.nat()),
        (items, random) => {
          const shuffled = items
            .map((element) => ({ element, order: random.next().value }))
            .sort((one, other) => one.order - other.order)
            .map(({ element }) => element);
          const alone = items.map((each) => ({ entry: [{ changes: [changeOf(each.phone, [each])] }] }));
          const asEntries = { entry: shuffled.map((each) => ({ changes: [changeOf(each.phone, [each])] })) };
          const byPhone = Object.entries(Object.groupBy(shuffled, (each) => each.phone));
          const merged = {
            entry: [{ id: '1', changes: byPhone.map(([phoneId, each]) => changeOf(phoneId, each ?? [])) }],
          };
          expect(keysAndDigests([asEntries])).toEqual(keysAndDigests(alone));
          expect(keysAndDigests([merged])).toEqual(keysAndDigests(alone));
        },
      ),
    );
  });

  it('are the same with integers for strings', () => {
    fc.assert(
      fc.property(item, (each) => {
        const digitsAsNumbers = (_name: string, value: unknown) =>
          typeof value === 'string' && /^[1-9]\d{0,14}$/.test(value) ? Number(value) : value;
        const body = { entry: [{ changes: [changeOf(each.phone, [each])] }] };
        const numeric: unknown = JSON.parse(JSON.stringify(body), digitsAsNumbers);
        expect(parse(numeric)).toEqual(parse(body));
      }),
    );
  });

  it('stay as they are when a sibling is changed', () => {
    const contacts = [
      { wa_id: '558587654321', profile: { name: 'Ana Souza' } },
      { wa_id: '5511988887777', profile: { name: 'Bruno Lima' } },
    ];
    fc.assert(
      fc.property(fc.array(item, { minLength: 2, maxLength: 6 }), fc.nat(), anyElement, (items, at, junk) => {
        const list = items.map(elementOf);
        const index = at % list.length;
        const others = (elements: readonly Json[]) =>
          parse({
            entry: [{ changes: [{ value: { contacts, messages: elements, statuses: elements } }] }],
          }).filter(({ path }) => !path.endsWith(`.${index}`));
        expect(others(list.with(index, junk))).toEqual(others(list));
      }),
    );
  });
});
