import { expect, it } from 'vitest';
import type { EventPageBody } from '../../src/server/contract/event.ts';
import { runGateway } from '../support/running-gateway.ts';
import { webhookFixture } from '../support/webhook-fixtures.ts';

/**
 * A chunk of history said how many chats and messages it has, and not one of their words: whoever wanted to show the
 * earlier chats had to read Meta's own shape.
 */
it('the messages of a history chunk are read like any other, with what became of them', async () => {
  const { api, post, settle } = await runGateway();
  await post(webhookFixture('history'));
  await post(webhookFixture('history-placeholder'));
  await settle();
  const { data } = (await api<EventPageBody>('GET', '/v1/events?kind=history')).body;
  const thread = (message: object) => ({
    form: 'chunk',
    threads: [{ person: { waId: '558587654321' }, messages: [message] }],
  });
  expect(data.map(({ content }) => content)).toMatchObject([
    thread({
      direction: 'in',
      sentAt: '2025-06-15T15:06:40.000Z',
      status: 'READ',
      message: { messageId: 'wamid.RECADO-H1', content: { type: 'text', body: 'Antigamente' } },
    }),
    { form: 'chunk', threads: [] },
    thread({
      direction: 'out',
      status: 'PLAYED',
      message: { messageId: 'wamid.RECADO-H3', content: { type: 'media-placeholder' } },
    }),
  ]);
  expect(data[0]?.summary).toBe('History (55 %): 1 chat, 1 message');
  // They are of the past: nobody is registered by them.
  expect((await api<{ data: object[] }>('GET', '/v1/contacts')).body.data).toEqual([]);
});
