import { expect, it } from 'vitest';
import type { EventPageBody } from '../../src/server/contract/event.ts';
import type { NotificationBody } from '../../src/server/contract/notification.ts';
import { runGateway, webhookOf } from '../support/running-gateway.ts';

const now = Math.floor(Date.now() / 1000);
const reason = 'Your account owes for last month.';

/**
 * Errors without a numeric code were left out of lists of errors, and a list was the only shape that was read. A
 * message then failed for no reason at all, and the remedy was to look up a number that nobody had given.
 */
it.each([
  ['no code', [{ title: 'Account problem', error_data: { details: reason } }], null, 'Account problem'],
  [
    'a word for a code',
    [{ code: 'BILLING', message: 'Account problem', details: reason }],
    null,
    'Account problem',
  ],
  ['a lone error, not a list', { code: 131042, error_data: { details: reason } }, 131042, null],
  ['the code as sentences have it', [{ code: '#131042', error_data: { details: reason } }], 131042, null],
  ['the code in the second error', [{ title: 'Sorry' }, { code: 131042, details: reason }], 131042, null],
])('a failed message keeps its reason: %s', async (_name, errors, metaCode, title) => {
  const running = await runGateway();
  const person = running.simulator.person('558587654321', { name: 'Ana' });
  await person.writes('Oi');
  await running.settle();
  person.setOnline(false);
  const { body } = await running.api<NotificationBody>('POST', '/v1/notifications', {
    to: '558587654321',
    text: 'Olá',
  });
  await running.settle();
  const path = `/v1/notifications/${body.id}`;
  const { messageId } = (await running.api<NotificationBody>('GET', path)).body;
  const status = { id: messageId, status: 'failed', timestamp: String(now), errors };
  expect((await running.post(webhookOf({ statuses: [status] }))).status).toBe(200);
  await running.settle();

  const failed = (await running.api<NotificationBody>('GET', path)).body;
  expect(failed).toMatchObject({ state: 'failed', failure: { metaCode, details: reason } });
  expect(failed.statuses.flatMap((one) => one.errors)).toContainEqual({
    code: metaCode,
    title,
    details: reason,
  });
  if (metaCode === null) {
    expect(failed.failure).toMatchObject({ code: 'refused-without-code' });
    expect(failed.failure?.remedy).not.toMatch(/<code>|look the code up/);
    const portuguese = await running.api<NotificationBody>('GET', path, undefined, {
      'accept-language': 'pt-BR',
    });
    expect(portuguese.body.failure?.remedy).toMatch(/suporte da Meta/);
  } else {
    expect(failed.failure).toMatchObject({ code: 'payment-problem' });
  }
  const events = await running.api<EventPageBody>('GET', '/v1/events?kind=status&limit=500');
  const said = events.body.data.find(({ payload }) => JSON.stringify(payload).includes('failed'))?.summary;
  expect(said).toMatch(/^Failed for [^#?]*(#131042|Account problem|Your account owes|Sorry)/);
  expect(said).not.toContain('null');
});

/** The same errors stand in messages that came in, where they are all that there is to read. */
it('a message that Meta could not hand over says why, with or without a code', async () => {
  const running = await runGateway();
  const errors = { title: 'The file is gone', details: reason };
  const message = {
    from: '558587654321',
    id: 'wamid.E',
    timestamp: String(now),
    type: 'unsupported',
    errors,
  };
  await running.post(webhookOf({ messages: [message] }));
  await running.settle();
  const { data } = (await running.api<EventPageBody>('GET', '/v1/events?kind=message')).body;
  expect(data).toMatchObject([
    {
      content: { errors: [{ code: null, title: 'The file is gone', details: reason }] },
      summary: 'Unsupported message: The file is gone',
    },
  ]);
});
