import { expect, it } from 'vitest';
import type { EventBody } from '../../src/server/contract/event.ts';
import { signBody } from '../../src/whatsapp/signature.ts';
import { type Page, runGateway, textMessage, webhookOf } from '../support/running-gateway.ts';
import { appSecret } from '../support/test-config.ts';

const words = 'Ação às 15h: coração ❤️, família 👨‍👩‍👧 e "aspas" <b>&/';
const seconds = 1_763_640_000;

/** The same JSON with every character beyond ASCII, and some within it, as an escape. */
function escaped(json: string): string {
  return json
    .replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('/', '\\/');
}

/**
 * A signature over JSON that was parsed and written again matches until the first accent, emoji or slash. It is
 * checked over the bytes as they came, in both spellings; and both are the same event.
 */
it('accents and emoji verify raw and escaped, and are one event', async () => {
  const { post, settle, api } = await runGateway();
  const raw = JSON.stringify(
    webhookOf({ messages: [textMessage('wamid.1', '558587654321', words, seconds)] }),
  );
  expect(escaped(raw)).not.toBe(raw);
  for (const body of [escaped(raw), raw]) expect((await post(body)).status).toBe(200);
  await settle();
  const { data } = (await api<Page<EventBody>>('GET', '/v1/events')).body;
  expect(data.map(({ payload }) => payload)).toMatchObject([{ text: { body: words } }]);
});

it('a signature of the escaped spelling does not vouch for the raw one', async () => {
  const { post, settle, api } = await runGateway();
  const raw = JSON.stringify(
    webhookOf({ messages: [textMessage('wamid.1', '558587654321', words, seconds)] }),
  );
  const signature = signBody(Buffer.from(escaped(raw)), appSecret);
  expect((await post(raw, { 'x-hub-signature-256': signature })).status).toBe(401);
  await settle();
  expect((await api<Page<EventBody>>('GET', '/v1/events')).body.data).toEqual([]);
});

it('a missing, short, bare or foreign signature is never believed; upper-case digits are', async () => {
  const { post, settle, api } = await runGateway();
  const body = Buffer.from(
    JSON.stringify(webhookOf({ messages: [textMessage('wamid.1', '55858', 'Oi', seconds)] })),
  );
  const good = signBody(body, appSecret);
  const bad = [
    '',
    'sha256=',
    good.slice(0, -1),
    good.slice('sha256='.length),
    `${good}0`,
    `sha1=${good.slice(7)}`,
  ];
  for (const signature of [...bad, signBody(body, 'f'.repeat(32))]) {
    expect((await post(body, { 'x-hub-signature-256': signature })).status, signature).toBe(401);
  }
  await settle();
  expect((await api<Page<EventBody>>('GET', '/v1/events')).body.data).toEqual([]);
  const upper = `sha256=${good.slice('sha256='.length).toUpperCase()}`;
  expect((await post(body, { 'x-hub-signature-256': upper })).status).toBe(200);
});

/** Frameworks stop at 100 kB or 1 MiB by default; Meta sends up to 3 MB (meta-facts §2.4). */
it.each([1, 2, 3])('a batch of %d MB is taken, every message of it', async (megabytes) => {
  const { post, settle, api } = await runGateway();
  const count = 200;
  const text = 'á'.repeat((megabytes * 1_000_000) / count / 2);
  const messages = Array.from({ length: count }, (_, index) =>
    textMessage(`wamid.${index}`, '558587654321', text, seconds + index),
  );
  const body = Buffer.from(JSON.stringify(webhookOf({ messages })));
  expect(body.length).toBeGreaterThan(megabytes * 1_000_000);
  expect((await post(body)).status).toBe(200);
  await settle();
  const { data } = (await api<Page<EventBody>>('GET', '/v1/events?limit=500')).body;
  expect(data.map(({ payload }) => (payload as { id: string }).id)).toEqual(
    messages.map((_, index) => `wamid.${index}`),
  );
});
