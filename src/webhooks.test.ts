import { readFileSync } from 'node:fs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { webhookFixture, webhookFixtureNames } from '../test/support/webhook-fixtures.ts';
import {
  answerHandshake,
  type CallFacts,
  createWebhookReader,
  type EventContents,
  type MessageContent,
  type MessageFacts,
  type OtherFacts,
  type StatusFacts,
  summaryOf,
  type WebhookEvent,
  type WebhookEventOf,
} from './webhooks.ts';
import { signBody } from './whatsapp/signature.ts';

const appSecret = '9f8e7d6c5b4a39281706f5e4d3c2b1a0';
const message = {
  from: '558587654321',
  id: 'wamid.A',
  timestamp: '1763640000',
  type: 'text',
  text: { body: 'Hi' },
};
const body = Buffer.from(
  JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '300100300100300',
        changes: [
          {
            field: 'messages',
            value: {
              metadata: { phone_number_id: '200100200100200' },
              contacts: [{ wa_id: '558587654321', profile: { name: 'Ana Souza' } }],
              messages: [message],
            },
          },
        ],
      },
    ],
  }),
);
const signed = { 'X-Hub-Signature-256': signBody(body, appSecret) };
const url = 'https://shop.example/webhooks/whatsapp/';
const post = (bytes: Uint8Array<ArrayBuffer>, headers: Record<string, string> = signed) =>
  new Request(url, { method: 'POST', body: bytes, headers });

describe('reading webhooks alone', () => {
  const reader = createWebhookReader({ appSecret });

  it('gives typed events of a request, and the same ones of its bytes', async () => {
    const reading = await reader.readRequest(post(body));
    expect(reading).toEqual({
      ok: true,
      events: [
        {
          key: expect.stringMatching(/^[0-9a-f]{40}$/),
          kind: 'message',
          occurredAt: '2025-11-20T12:00:00.000Z',
          businessPhoneId: '200100200100200',
          wabaId: null,
          facts: expect.objectContaining({ fact: 'message', messageId: 'wamid.A', text: 'Hi' }),
          payload: message,
          content: expect.objectContaining({ messageId: 'wamid.A', content: { type: 'text', body: 'Hi' } }),
          metaTest: false,
        },
      ],
    });
    expect(reader.read(body, signed)).toEqual(reading);
    expect(reader.read(body, new Headers(signed))).toEqual(reading);
    expect(createWebhookReader({ appSecret: [appSecret, 'f'.repeat(32)] }).read(body, signed)).toEqual(
      reading,
    );
  });

  it('can be switched over exhaustively, by kind and by what a message holds', () => {
    const told = new Set(fixtureEvents().map(tell));
    for (const words of ['message: media', 'message: reaction', 'message: order', 'status of our message']) {
      expect(told).toContain(words);
    }
    for (const words of ['a template', 'a group', 'a call', 'nothing known']) expect(told).toContain(words);
  });

  it('has facts of their kind', () => {
    for (const { kind, facts } of fixtureEvents()) {
      const own = kind === 'message' || kind === 'status' ? [kind] : ['other'];
      // A changed user id says who is who, and a person's own call that they got in touch; others of these kinds do not.
      expect(kind === 'identity' || kind === 'call' ? [kind, ...own] : own).toContain(facts.fact);
    }
    expectTypeOf<WebhookEventOf<'message'>['facts']>().toEqualTypeOf<MessageFacts>();
    expectTypeOf<WebhookEventOf<'status'>['facts']>().toEqualTypeOf<StatusFacts>();
    expectTypeOf<WebhookEventOf<'call'>['facts']>().toEqualTypeOf<CallFacts | OtherFacts>();
    expectTypeOf<WebhookEventOf<'group'>['facts']>().toEqualTypeOf<OtherFacts>();
    expectTypeOf<Extract<WebhookEvent, { kind: 'call' }>['content']>().toEqualTypeOf<EventContents['call']>();
    expectTypeOf<WebhookEvent['kind']>().extract<'notification' | 'alarm'>().toBeNever();
  });

  it('is plain data, with a line for people', () => {
    const reading = reader.read(body, signed);
    const events = reading.ok ? reading.events : [];
    expect(JSON.parse(JSON.stringify(events))).toEqual(events);
    expect(structuredClone(events)).toEqual(events);
    expect(events.map((event) => [summaryOf(event), summaryOf(event, 'pt-BR')])).toEqual([['Hi', 'Hi']]);
  });

  it('shows what is no JSON, and what is nested beyond reason', () => {
    const deep = `{"entry":[{"changes":[{"field":"messages","value":{"messages":[{"id":"a","x":${'['.repeat(300)}${']'.repeat(300)}}]}}]}]}`;
    const payloads = ['not json', deep].map((text) => {
      const bytes = Buffer.from(text);
      const reading = reader.read(bytes, { 'x-hub-signature-256': signBody(bytes, appSecret) });
      return reading.ok ? reading.events[0]?.payload : null;
    });
    expect(payloads).toEqual([{ notJson: 'not json' }, { nestedTooDeep: deep }]);
  });

  it('makes its keys with the key that it is given', () => {
    const keyOf = (bytes?: Uint8Array) => {
      const reading = createWebhookReader({ appSecret, ...(bytes && { key: bytes }) }).read(body, signed);
      return reading.ok ? reading.events[0]?.key : null;
    };
    expect(keyOf(new Uint8Array(32))).toBe(keyOf(new Uint8Array(32)));
    expect(keyOf(new Uint8Array(32))).not.toBe(keyOf());
    expect(() => keyOf(new Uint8Array(31))).toThrow(RangeError);
  });

  it.each([
    ['none', {}, 'missing'],
    ['a malformed', { 'x-hub-signature-256': 'sha1=00' }, 'malformed'],
    ['another', { 'x-hub-signature-256': signBody(body, 'f'.repeat(32)) }, 'mismatch'],
  ])('refuses %s signature', async (_, headers, reason) => {
    expect(reader.read(body, headers)).toEqual({ ok: false, status: 401, reason });
    expect(await reader.readRequest(post(body, headers))).toEqual({ ok: false, status: 401, reason });
  });

  it.each([...webhookFixtureNames(), null])(
    'reads the same of a request and of its bytes: %s',
    async (name) => {
      const bytes = Buffer.from(name === null ? 'no JSON' : webhookFixture(name));
      const headers = { 'x-hub-signature-256': signBody(bytes, appSecret) };
      expect(await reader.readRequest(post(bytes, headers))).toEqual(reader.read(bytes, headers));
    },
  );

  it('reads a large batch of a request in many turns, with the same result', async () => {
    const messages = Array.from({ length: 1_000 }, (_, index) => ({ ...message, id: `wamid.${index}` }));
    const batch = Buffer.from(
      JSON.stringify({ entry: [{ changes: [{ field: 'messages', value: { messages } }] }] }),
    );
    const headers = { 'x-hub-signature-256': signBody(batch, appSecret) };
    let turns = 0;
    let immediate = setImmediate(function takeTurn() {
      turns += 1;
      immediate = setImmediate(takeTurn);
    });
    const reading = await reader.readRequest(post(batch, headers));
    clearImmediate(immediate);
    expect(reading).toEqual(reader.read(batch, headers));
    expect(reading.ok && reading.events.length).toBe(1_000);
    expect(turns).toBeGreaterThanOrEqual(18);
  });

  it('reads no more than 4 MiB', async () => {
    const large = Buffer.alloc(4 * 1024 * 1024 + 1, 0x20);
    const headers = { 'x-hub-signature-256': signBody(large, appSecret) };
    expect(reader.read(large, headers)).toMatchObject({ ok: false, status: 413 });
    expect(await reader.readRequest(post(large, headers))).toMatchObject({ ok: false, status: 413 });
  });

  it('says what to do when the body is gone', async () => {
    const request = post(body);
    await request.text();
    await expect(reader.readRequest(request)).rejects.toThrow('before anything else reads the body');
  });

  it.each<[string, unknown, unknown, RegExp]>([
    ['parsed JSON', JSON.parse(body.toString()), signed, /parsed already.*express\.raw/],
    ['text', body.toString(), signed, /got text.*Buffer\.from/],
    ['an ArrayBuffer', new Uint8Array(body).buffer, signed, /got an ArrayBuffer.*new Uint8Array/],
    ['a Request', post(body), signed, /got a Request.*readRequest/],
    ['no body', undefined, signed, /got nothing.*express\.raw/],
    ['no headers', body, undefined, /headers.*second argument/],
    ['a signature for headers', body, signed['X-Hub-Signature-256'], /headers.*second argument/],
  ])('names the mistake of a caller that gives %s', (_what, bytes, headers, sentence) => {
    // As JavaScript calls it, without a compiler that would say so.
    expect(() => Reflect.apply(reader.read, reader, [bytes, headers])).toThrow(TypeError);
    expect(() => Reflect.apply(reader.read, reader, [bytes, headers])).toThrow(sentence);
  });

  it('believes nobody without an app secret', () => {
    expect(() => createWebhookReader({ appSecret: undefined })).toThrow('META_APP_SECRET');
    expect(() => createWebhookReader({ appSecret: ['', appSecret] })).toThrow('META_APP_SECRET');
  });

  it('answers the handshake', async () => {
    const query = 'hub.mode=subscribe&hub.challenge=1158&hub.verify_token=';
    const answer = answerHandshake(new Request(`${url}?${query}blue+door`), 'blue door');
    expect([answer.status, await answer.text()]).toEqual([200, '1158']);
    for (const token of ['red door', '', undefined, null]) {
      expect(answerHandshake(new Request(`${url}?${query}blue+door`), token).status).toBe(403);
    }
  });
});

it('needs nothing but its own files and node:crypto, so that it loads at once and runs in small places', () => {
  const outside = new Set<string>();
  const files = new Set<string>();
  follow(new URL('./webhooks.ts', import.meta.url));
  expect([...outside]).toEqual(['node:crypto']);
  expect(files.size).toBeGreaterThan(10);
  // What comes along on the disk all the same, as the page says it.
  const { dependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const page = readFileSync(new URL('../docs/webhooks-package.md', import.meta.url), 'utf8');
  expect(page).toContain(`its ${Object.keys(dependencies).length} packages`);

  function follow(file: URL): void {
    if (files.has(file.href)) return;
    files.add(file.href);
    const imports = /^(?:import|export)(?! type\b)[^;]*?from '([^']+)';|^import '([^']+)';/gm;
    for (const [, named, bare] of readFileSync(file, 'utf8').matchAll(imports)) {
      const name = named ?? bare ?? '';
      if (name.startsWith('.')) follow(new URL(name, file));
      else outside.add(name);
    }
  }
});

/** The events of every fixture. */
function fixtureEvents(): WebhookEvent[] {
  const reader = createWebhookReader({ appSecret });
  return webhookFixtureNames().flatMap((name) => {
    const bytes = webhookFixture(name);
    const reading = reader.read(bytes, { 'x-hub-signature-256': signBody(bytes, appSecret) });
    return reading.ok ? reading.events : [];
  });
}

/** Compiles only while every kind has its case: a switch that forgets one is an error at `never`. */
function tell(event: WebhookEvent): string {
  switch (event.kind) {
    case 'message':
      return `message: ${familyOf(event.content.content)}`;
    case 'status':
      return event.content.messageId === event.facts.messageId ? 'status of our message' : 'another status';
    case 'error':
    case 'action':
    case 'context':
    case 'echo':
    case 'history':
    case 'standby':
    case 'tracking':
      return 'chats';
    case 'call':
      return 'a call';
    case 'group':
      return 'a group';
    case 'sync':
    case 'preference':
    case 'identity':
    case 'handover':
      return 'people';
    case 'template':
      return event.content.name === null ? 'a template without a name' : 'a template';
    case 'account':
    case 'phone':
    case 'security':
    case 'flow':
    case 'payment':
    case 'partner':
      return 'the business';
    case 'unrecognised':
      return event.content.form === 'unknown' ? 'nothing known' : 'nothing readable';
    default:
      return event satisfies never;
  }
}

function familyOf(content: MessageContent): string {
  switch (content.type) {
    case 'text':
      return content.body === null ? 'no words' : 'words';
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return content.media.id === null ? 'media that is gone' : 'media';
    case 'media-placeholder':
      return 'media that is gone';
    case 'location':
    case 'contacts':
    case 'order':
    case 'reaction':
      return content.type;
    case 'button':
    case 'button-reply':
    case 'list-reply':
    case 'flow-reply':
    case 'address-reply':
    case 'call-permission-reply':
    case 'payment-method':
    case 'payment-notification':
    case 'other-reply':
      return 'a reply';
    case 'edit':
    case 'revoke':
      return 'a change of an earlier message';
    case 'number-changed':
    case 'user-id-changed':
    case 'identity-changed':
    case 'system':
    case 'request-welcome':
      return 'a notice';
    case 'unsupported':
    case 'unknown':
      return 'nothing that Meta hands over';
    default:
      return content satisfies never;
  }
}
