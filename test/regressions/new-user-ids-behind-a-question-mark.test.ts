import { expect, it } from 'vitest';
import type { EventPageBody } from '../../src/server/contract/event.ts';
import { runGateway } from '../support/running-gateway.ts';
import { webhookFixture } from '../support/webhook-fixtures.ts';

/**
 * The notice of a new user id has the former and the current one in an object each. Only the former was read: the
 * event said "is now ?", and the documents showed it as if that were Meta's own example.
 */
it('a notice of another user id names the new one, and the person', async () => {
  const { api, post, settle } = await runGateway();
  await post(webhookFixture('user-id-update'));
  await settle();
  const { data } = (await api<EventPageBody>('GET', '/v1/events?kind=identity')).body;
  expect(data).toMatchObject([
    {
      content: {
        form: 'user-id-changed',
        person: { waId: '558587654321', userId: 'BR.1122334455667788990' },
        name: 'Ana Souza',
        formerUserId: 'BR.5500112233445566778',
      },
      summary: 'User id BR.5500112233445566778 is now BR.1122334455667788990, Ana Souza',
    },
  ]);
});
