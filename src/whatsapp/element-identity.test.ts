import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../domain/json.ts';
import { type ElementPlace, identify } from './element-identity.ts';
import { createEventKeys } from './event-key.ts';

const keys = createEventKeys(Uint8Array.from({ length: 32 }, (_, index) => index));
const time = 1_760_000_000;

function place(array: string, part: Partial<ElementPlace> = {}): ElementPlace {
  const arrayPath = array === 'value' ? 'value:account_update' : array;
  return { lane: 'phone:200100200100200', arrayPath, array, entrySeconds: null, ...part };
}

/** `key <hex>` or `subject <hex>`. */
function identityOf(element: Json, where: ElementPlace): string {
  const { identity } = identify(element, where, keys);
  return 'key' in identity
    ? `key ${Buffer.from(identity.key).toString('hex')}`
    : `subject ${Buffer.from(identity.undatedSubject).toString('hex')}`;
}

describe('an element with an id', () => {
  it.each<[string, string, Json, Json]>([
    [
      'a message',
      'messages',
      { id: 'a', timestamp: time, type: 'text' },
      { id: 'a', timestamp: `${time}`, from: '1' },
    ],
    ['a message without a time', 'messages', { id: 'a' }, { id: 'a', timestamp: 'soon' }],
    [
      'a message and its time in milliseconds',
      'messages',
      { id: 'a', timestamp: time },
      { id: 'a', timestamp: time * 1000 },
    ],
    ['an echo', 'message_echoes', { id: 'a', to: '1' }, { id: 'a', to: '2' }],
    ['a status', 'statuses', { id: 7, status: 'read' }, { id: '7', status: 'read', recipient_id: '1' }],
    [
      'a status of the future',
      'statuses',
      { id: 'a', status: 'dreamt' },
      { id: 'a', status: 'dreamt', x: 1 },
    ],
    ['a call', 'calls', { id: 'a', event: 'connect' }, { id: 'a', event: 'connect', session: {} }],
    [
      'a tracking event',
      'automatic_events',
      { id: 'a', event_name: 'Lead' },
      { id: 'a', event_name: 'Lead', x: 1 },
    ],
    [
      'a group status',
      'statuses',
      { id: 'a', status: 'read', recipient_participant_id: 1 },
      { id: 'a', status: 'read', participant_recipient_id: '1' },
    ],
  ])('%s keeps its key whatever else it says', (_what, array, one, other) => {
    expect(identityOf(one, place(array))).toBe(identityOf(other, place(array)));
    expect(identityOf(one, place(array))).toMatch(/^key /);
  });

  it.each<[string, string, Json, Json]>([
    ['messages by id', 'messages', { id: 'a' }, { id: 'b' }],
    ['statuses by name', 'statuses', { id: 'a', status: 'sent' }, { id: 'a', status: 'read' }],
    [
      'statuses by group member',
      'statuses',
      { id: 'a', status: 'read', recipient_participant_id: '1' },
      { id: 'a', status: 'read', recipient_participant_id: '2' },
    ],
    [
      'statuses by time',
      'statuses',
      { id: 'a', status: 'read', timestamp: time },
      { id: 'a', status: 'read', timestamp: time + 1 },
    ],
    ['calls by event', 'calls', { id: 'a', event: 'connect' }, { id: 'a', event: 'terminate' }],
    ['statuses without a name by content', 'statuses', { id: 'a' }, { id: 'a', x: 1 }],
    ['ids with half characters by content', 'messages', { id: '\ud83d' }, { id: '\ud83e' }],
    [
      'elements without an id by content',
      'messages',
      { from: '1', timestamp: time },
      { from: '2', timestamp: time },
    ],
    ['scalars by content', 'messages', 'Oi', 'Olá'],
  ])('tells %s', (_what, array, one, other) => {
    expect(identityOf(one, place(array))).not.toBe(identityOf(other, place(array)));
  });

  it('has another key in another list or lane, and none that depends on the time of its entry', () => {
    const element = { id: 'a', status: 'sent' };
    const key = identityOf(element, place('statuses'));
    expect(identityOf(element, place('statuses', { arrayPath: 'standby.statuses' }))).not.toBe(key);
    expect(identityOf(element, place('statuses', { lane: 'installation' }))).not.toBe(key);
    expect(identityOf(element, place('statuses', { entrySeconds: time }))).toBe(key);
  });
});

describe('an element without an id', () => {
  it.each<[string, Json, string, number | null, number | null]>([
    ['its own time', { timestamp: `${time}` }, 'user_actions', time + 9, time],
    ['the time in its metadata', { metadata: { timestamp: time } }, 'state_sync', null, time],
    ['the time of its entry', { event: 'DELETED' }, 'value', time, time],
    ['no time at all', { event: 'DELETED' }, 'value', null, null],
    ['no believable time', { timestamp: 7 }, 'value', null, null],
  ])('happened at %s', (_what, element, array, entrySeconds, seconds) => {
    const { occurredAt, identity } = identify(element, place(array, { entrySeconds }), keys);
    expect(occurredAt).toBe(seconds === null ? null : seconds * 1000);
    if (seconds !== null) expect('key' in identity && Buffer.from(identity.key).readUInt32BE()).toBe(seconds);
  });

  it.each<[string, string, Json, Json]>([
    [
      'the same template',
      'value',
      { message_template_id: 7, event: 'APPROVED' },
      { message_template_id: '7', event: 'PAUSED' },
    ],
    [
      'the same number',
      'value',
      { display_phone_number: '55', event: 'FLAGGED' },
      { display_phone_number: 55, event: 'UNFLAGGED' },
    ],
    [
      'the same account',
      'value',
      { waba_info: { waba_id: '1' }, event: 'A' },
      { waba_info: { waba_id: '1' }, event: 'B' },
    ],
    ['the lane itself', 'value', { decision: 'APPROVED' }, { decision: 'REJECTED' }],
    ['the same error code', 'errors', { code: 130429 }, { code: '130429', title: 'Rate limit hit' }],
    [
      'the same history chunk',
      'history',
      { metadata: { phase: 0, chunk_order: 1 } },
      { metadata: { phase: '0', chunk_order: 1, progress: 9 } },
    ],
  ])('and without a time is a state of %s', (_what, array, one, other) => {
    expect(identityOf(one, place(array))).toMatch(/^subject /);
    expect(identityOf(one, place(array))).toBe(identityOf(other, place(array)));
  });

  it.each<[string, string, Json, Json]>([
    ['templates', 'value', { message_template_id: 7 }, { message_template_id: 8 }],
    ['a template and a number', 'value', { message_template_id: 7 }, { flow_id: 7 }],
    ['error codes', 'errors', { code: 1 }, { code: 2 }],
    [
      'history chunks',
      'history',
      { metadata: { phase: 0, chunk_order: 1 } },
      { metadata: { phase: 0, chunk_order: 2 } },
    ],
  ])('and without a time is a state of its own among %s', (_what, array, one, other) => {
    expect(identityOf(one, place(array))).not.toBe(identityOf(other, place(array)));
  });

  it.each<[string, Json]>([
    ['messages', { type: 'text' }],
    ['messages', 'junk'],
    ['errors', 7],
    ['value', []],
    ['change', { value: null }],
    ['entry', null],
    ['member', { code: 1 }],
  ])('and without a state either is known in %s by its content: %j', (array, element) => {
    expect(identityOf(element, place(array))).toMatch(/^key 00000000/);
  });
});

it('keeps key and digest when numbers are written as strings', () => {
  const scalar = fc.oneof(fc.string(), fc.boolean(), fc.constant(null), fc.maxSafeInteger());
  const member = fc.constantFrom('id', 'status', 'timestamp', 'event', 'code', 'message_template_id', 'x');
  const element = fc.dictionary(member, fc.oneof(scalar, fc.array(scalar), fc.dictionary(member, scalar)));
  const array = fc.constantFrom('messages', 'statuses', 'calls', 'errors', 'value', 'groups');
  fc.assert(
    fc.property(element, array, (object, list) => {
      const plain: Json = JSON.parse(JSON.stringify(object));
      const texts: Json = JSON.parse(JSON.stringify(object), (_name, value: unknown) =>
        typeof value === 'number' ? String(value) : value,
      );
      expect(identify(texts, place(list), keys)).toEqual(identify(plain, place(list), keys));
    }),
  );
});
