import { expect, it } from 'vitest';
import type { EventBody } from '../../src/server/contract/event.ts';
import {
  type Page,
  type RunningGateway,
  runGateway,
  textMessage,
  webhookOf,
} from '../support/running-gateway.ts';
import { testClock } from '../support/test-clock.ts';

const day = 86_400_000;
const anHourAgo = () => Math.floor(Date.now() / 1000) - 3_600;

async function events({ api, settle }: RunningGateway): Promise<EventBody[]> {
  await settle();
  return (await api<Page<EventBody>>('GET', '/v1/events?limit=500')).body.data;
}

/** All that the API tells of people and their threads. */
async function state({ api, settle }: RunningGateway): Promise<unknown> {
  await settle();
  type Contact = { conversationId: string; window: { openUntil?: unknown }; canBeNotified: unknown };
  const contacts = (await api<Page<Contact>>('GET', '/v1/contacts')).body.data;
  const threads = contacts.map(async ({ conversationId }) => {
    return (await api<Page<object>>('GET', `/v1/conversations/${conversationId}/messages`)).body.data;
  });
  return {
    contacts: contacts.map(({ canBeNotified: _, ...contact }) => contact),
    threads: await Promise.all(threads),
  };
}

/** Meta tries again for seven days; a memory of one or two days, or one that a restart empties, counts twice. */
it('a webhook that comes again after five days and a restart makes no second event', async () => {
  const clock = testClock();
  const running = await runGateway({ overrides: { clock } });
  const body = webhookOf({ messages: [textMessage('wamid.1', '558587654321', 'Oi', anHourAgo())] });
  expect((await running.post(body)).status).toBe(200);
  const first = await events(running);
  clock.advance(5 * day);
  await running.restart();
  expect((await running.post(body)).status).toBe(200);
  const kept = (await events(running)).filter(({ kind }) => kind === 'message');
  expect(kept.map(({ id, revision }) => [id, revision])).toEqual(first.map(({ id }) => [id, 1]));
});

it('numbers for strings in a redelivery make no second event', async () => {
  const running = await runGateway();
  const seconds = anHourAgo();
  const message = {
    from: '558587654321',
    id: '900100900100',
    timestamp: `${seconds}`,
    type: 'text',
    text: { body: 'Oi' },
  };
  const numbers = { ...message, from: 558_587_654_321, id: 900_100_900_100, timestamp: seconds };
  for (const element of [message, numbers]) {
    expect((await running.post(webhookOf({ messages: [element] }))).status).toBe(200);
  }
  expect((await events(running)).map(({ payload }) => payload)).toEqual([message]);
});

it('a redelivery with another timestamp is a second event, and changes no state', async () => {
  const running = await runGateway();
  const seconds = anHourAgo();
  const at = (moment: number) =>
    webhookOf({ messages: [textMessage('wamid.1', '558587654321', 'Oi', moment)] });
  expect((await running.post(at(seconds))).status).toBe(200);
  const before = await state(running);
  expect(before).toMatchObject({ contacts: [{ wroteIn: true }], threads: [[{ messageId: 'wamid.1' }]] });
  expect((await running.post(at(seconds + 60))).status).toBe(200);
  expect(await events(running)).toHaveLength(2);
  expect(await state(running)).toEqual(before);
});

/** A quality that comes back to what it was is news, though Meta gives such a webhook neither id nor time. */
it('an undated state that goes A, B, A is told three times, and once for every time that it is repeated', async () => {
  const running = await runGateway();
  const quality = (event: string) => ({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '300100300100300',
        changes: [
          { field: 'phone_number_quality_update', value: { display_phone_number: '551132100000', event } },
        ],
      },
    ],
  });
  for (const event of ['FLAGGED', 'FLAGGED', 'UNFLAGGED', 'FLAGGED', 'FLAGGED']) {
    expect((await running.post(quality(event))).status).toBe(200);
  }
  const told = (await events(running)).filter(({ kind }) => kind === 'phone');
  expect(told.map(({ payload }) => (payload as { event: string }).event)).toEqual([
    'FLAGGED',
    'UNFLAGGED',
    'FLAGGED',
  ]);
});
