import { expect, it } from 'vitest';
import type { EventBody } from '../../src/server/contract/event.ts';
import { type Page, runGateway, textMessage } from '../support/running-gateway.ts';
import { businessPhoneId } from '../support/test-config.ts';

const seconds = 1_763_640_000;
const otherPhoneId = '200100200100999';

/** A change of the field `messages` about one business phone. */
function change(phoneId: string, ...ids: string[]): object {
  const messages = ids.map((id, index) => textMessage(id, '558587654321', id, seconds + index));
  return { field: 'messages', value: { metadata: { phone_number_id: phoneId }, messages } };
}

/**
 * Receivers that look at `entry[0].changes[0].value.messages[0]` lose the rest of every batch, and those that keep
 * one phone number for the whole body answer people from the wrong one.
 */
it('two messages, two changes, two entries and two phone numbers in one POST are all heard, each where it belongs', async () => {
  const { post, settle, api } = await runGateway();
  const body = {
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '300100300100300',
        changes: [change(businessPhoneId, 'a', 'b'), change(otherPhoneId, 'c'), change(businessPhoneId, 'd')],
      },
      { id: '300100300100300', changes: [change(otherPhoneId, 'e'), change(businessPhoneId, 'f')] },
    ],
  };
  expect((await post(body)).status).toBe(200);
  await settle();
  const { data } = (await api<Page<EventBody>>('GET', '/v1/events')).body;
  expect(data.map(({ summary, businessPhoneId, foreign }) => [summary, businessPhoneId, foreign])).toEqual([
    ['a', businessPhoneId, false],
    ['b', businessPhoneId, false],
    ['c', otherPhoneId, true],
    ['d', businessPhoneId, false],
    ['e', otherPhoneId, true],
    ['f', businessPhoneId, false],
  ]);
});
