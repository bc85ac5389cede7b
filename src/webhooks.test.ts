import { describe, expect, it } from 'vitest';
import { answerHandshake, createWebhookReader } from './webhooks.ts';
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
