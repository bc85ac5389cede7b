import { describe, expect, it } from 'vitest';
import { webhookFixture, webhookFixtureNames } from '../../test/support/webhook-fixtures.ts';
import type { Json } from '../domain/json.ts';
import { createEventKeys } from './event-key.ts';
import { parseWebhook } from './parse-webhook.ts';
import { parseBody, readElement, readFacts } from './read-event.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('parseBody', () => {
  it.each<[string, Json]>([
    ['{"a":[1,"x",null,true]}', { a: [1, 'x', null, true] }],
    ['\ufeff{"a":1}', { a: 1 }],
    ['"olá 👍 \ufffd"', 'olá 👍 \ufffd'],
    ['"\\ud83d"', '\ud83d'],
    ['[9007199254740991]', [9007199254740991]],
    ['[9007199254740993,-12345678901234567890]', ['9007199254740993', '-12345678901234567890']],
    ['{"a": 12345678901234567890}', { a: '12345678901234567890' }],
    ['[1234567890123456.5,1e300,"1234567890123456789"]', [1234567890123456.5, 1e300, '1234567890123456789']],
    ['{"__proto__":[12345678901234567890]}', JSON.parse('{"__proto__":["12345678901234567890"]}')],
  ])('reads %s', (text, json) => {
    expect(parseBody(bytes(text))).toEqual(json);
  });

  it('reads a part of a larger buffer', () => {
    expect(parseBody(bytes('xx[1]xx').subarray(2, 5))).toEqual([1]);
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['words', bytes('hello')],
    ['two bodies', bytes('{}{}')],
    ['bytes that are no UTF-8', Uint8Array.of(0x5b, 0x22, 0xc3, 0x22, 0x5d)],
    ['a surrogate in UTF-8', Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22)],
  ])('gives undefined for %s, and reads the next body', (_what, body) => {
    expect(parseBody(body)).toBeUndefined();
    expect(parseBody(bytes('"olá \ufffd"'))).toBe('olá \ufffd');
  });
});

describe('readElement', () => {
  const body = parseBody(webhookFixture('batch'));

  it('gives Meta’s own element', () => {
    expect(readElement(body, '0.1.statuses.1')).toEqual({
      id: 'S1',
      status: 'read',
      timestamp: '1760000100',
      recipient_id: '558587654321',
    });
  });

  it('gives the whole body', () => {
    expect(readElement(body, '')).toBe(body);
    expect(readElement(null, '')).toBeNull();
  });

  it.each(['0.7', '0.0.statuses.0', 'x'])('gives null for %j', (path) => {
    expect(readElement(body, path)).toBeNull();
    expect(readElement(undefined, path)).toBeNull();
  });

  it('gives the beginning of what is no JSON', () => {
    const received = bytes(`olá${'x'.repeat(70_000)}`);
    expect(readElement(undefined, '', received)).toEqual({ notJson: `olá${'x'.repeat(65_532)}` });
    expect(readElement(undefined, '', Uint8Array.of(0x61, 0xff))).toEqual({ notJson: 'a\ufffd' });
    expect(readElement(undefined, '')).toEqual({ notJson: '' });
  });
});

describe('readFacts', () => {
  const keys = createEventKeys(new Uint8Array(32));

  it.each(webhookFixtureNames())('reads the same again from %s', (name) => {
    const body = webhookFixture(name);
    for (const { kind, path, facts } of parseWebhook(body, keys).events) {
      expect(readFacts(kind, parseBody(body), path)).toEqual(facts);
    }
  });

  it('reads an element under another kind', () => {
    const body = parseBody(webhookFixture('text'));
    expect(readFacts('unrecognised', body, '0.0.messages.0')).toEqual({ fact: 'other', person: null });
    expect(readFacts('message', body, '0.0.messages.9')).toEqual({ fact: 'other', person: null });
    expect(readFacts('message', undefined, '')).toEqual({ fact: 'other', person: null });
  });

  it('indexes the contacts of a body once', () => {
    // Indexed for every event it would take about 20 seconds.
    const people = Array.from({ length: 9000 }, (_, index) => ({
      wa_id: `5585${index}`,
      profile: { name: `P${index}` },
    }));
    const messages = people.map(({ wa_id }) => ({ id: wa_id, from: wa_id }));
    const body: Json = { entry: [{ changes: [{ value: { contacts: people, messages } }] }] };
    const started = performance.now();
    const names = messages.map((_, index) => {
      const facts = readFacts('message', body, `0.0.messages.${index}`);
      return facts.fact === 'message' ? facts.sender.name : null;
    });
    expect(names).toEqual(people.map(({ profile }) => profile.name));
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
