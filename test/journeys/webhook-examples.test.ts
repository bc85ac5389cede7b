import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { signBody } from '../../src/whatsapp/signature.ts';
import { textMessage, webhookOf } from '../support/running-gateway.ts';
import { startExample } from '../support/start-example.ts';
import { appSecret } from '../support/test-config.ts';

const verifyToken = 'blue door';

/** Frameworks that come with a server of their own, and files of web-standard handlers, which are served here. */
const examples = {
  'webhooks-node-http': ['examples/webhooks-node-http/server.ts'],
  'webhooks-express': ['examples/webhooks-express/server.ts'],
  'webhooks-fastify': ['examples/webhooks-fastify/server.ts'],
  'webhooks-hono': ['test/support/serve-handlers.ts', 'examples/webhooks-hono/app.ts'],
  'webhooks-next': [
    'test/support/serve-handlers.ts',
    'examples/webhooks-next/app/webhooks/whatsapp/route.ts',
  ],
} as const;

const seconds = 1_763_640_000;
const contacts = [{ wa_id: '558587654321', profile: { name: 'João 🙋' } }];
const words = 'Olá! Às 15h está ótimo 👍🏽';
const message = webhookOf({ contacts, messages: [textMessage('wamid.1', '558587654321', words, seconds)] });
const statuses = webhookOf({
  statuses: [
    { id: 'wamid.2', status: 'sent', timestamp: String(seconds), recipient_id: '558587654321' },
    {
      id: 'wamid.2',
      status: 'failed',
      timestamp: String(seconds + 1),
      recipient_id: '558587654321',
      errors: [{ code: 131_047, title: 'Re-engagement message' }],
    },
  ],
});
const batch = webhookOf({
  contacts,
  messages: Array.from({ length: 500 }, (_, index) =>
    textMessage(`wamid.batch.${index}`, '558587654321', 'x'.repeat(4_000), seconds + index),
  ),
});

describe.each(Object.entries(examples))('the example %s', (_, command) => {
  it('shakes hands, keeps what Meta signed once, and refuses the rest', async () => {
    const example = await startReceiver(command);
    for (const path of ['/webhooks/whatsapp', '/webhooks/whatsapp/']) {
      expect(await example.shakeHands(path, 'blue+door')).toEqual([200, '1158201444']);
    }
    expect(await example.shakeHands('/webhooks/whatsapp/', 'red+door')).toEqual([403, '']);

    const raw = JSON.stringify(message);
    expect(await example.post(raw)).toBe(200);
    expect(await example.prints('João 🙋 wrote:')).toBe(`João 🙋 wrote: "${words}"`);
    expect(await example.post(escaped(raw))).toBe(200);
    expect(await example.post(JSON.stringify(statuses))).toBe(200);
    expect(await example.prints('failed')).toBe('Message wamid.2 is failed, because of #131047');

    const bad = { 'x-hub-signature-256': signBody(Buffer.from(raw), 'f'.repeat(32)) };
    expect(await example.post(raw, bad)).toBe(401);
    expect(
      await example.post(`${raw} `, { 'x-hub-signature-256': signBody(Buffer.from(raw), appSecret) }),
    ).toBe(401);
    expect(await example.post(raw, { 'x-hub-signature-256': '' })).toBe(401);

    const large = JSON.stringify(batch);
    expect(large.length).toBeGreaterThan(2_000_000);
    expect(await example.post(large)).toBe(200);
    expect(await example.post(large, { 'content-type': 'text/plain' })).toBe(200);

    expect(example.kept()).toEqual({ message: 501, status: 2 });
  });
});

/** The same body with every character beyond ASCII as `\uXXXX`, which is how Meta writes it. */
function escaped(json: string): string {
  return json.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A running example, as Meta and its owner see it. */
async function startReceiver(words: readonly string[]) {
  const { url, file, prints } = await startExample(words, { appSecret, verifyToken });
  return {
    prints,
    async shakeHands(path: string, token: string): Promise<[number, string]> {
      const query = `hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${token}`;
      const answer = await fetch(`${url}${path}?${query}`);
      return [answer.status, await answer.text()];
    },
    async post(body: string, headers: Record<string, string> = {}): Promise<number> {
      const bytes = Buffer.from(body);
      const answer = await fetch(`${url}/webhooks/whatsapp/`, {
        method: 'POST',
        body: bytes,
        headers: {
          'content-type': 'application/json',
          'x-hub-signature-256': signBody(bytes, appSecret),
          ...headers,
        },
      });
      await answer.arrayBuffer();
      return answer.status;
    },
    /** How many events of each kind stand in its database. */
    kept(): Record<string, number> {
      const database = new Database(file, { readonly: true });
      const rows = database
        .prepare<[], { kind: string; count: number }>(
          'SELECT kind, count(*) AS count FROM events GROUP BY kind',
        )
        .all();
      database.close();
      return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]));
    },
  };
}
