import { expect, it } from 'vitest';
import type { EventBody } from '../../src/server/contract/event.ts';
import { type Page, runGateway, textMessage, webhookOf } from '../support/running-gateway.ts';
import { webhookFixture } from '../support/webhook-fixtures.ts';

const seconds = 1_763_640_000;

/** What stands in the `messages` of a fixture. */
function messagesOf(fixture: string): object[] {
  const { entry } = JSON.parse(Buffer.from(webhookFixture(fixture)).toString());
  return entry[0].changes[0].value.messages;
}

const message = (id: string, rest: object) => ({
  id,
  from: '558587654321',
  timestamp: `${seconds}`,
  ...rest,
});
const unavailable = [{ code: 131_060, title: 'This message is currently unavailable.' }];

const neighbours: [string, object[]][] = [
  ['an order', messagesOf('order')],
  ['the answer of a flow', messagesOf('flow-reply')],
  ['an edit', messagesOf('edit')],
  ['a revoke', messagesOf('revoke')],
  ['unsupported (131051)', messagesOf('unsupported')],
  ['unavailable (131060)', [message('x', { type: 'unsupported', errors: unavailable })]],
  ['a type that Meta invents today', [message('x', { type: 'hologram', hologram: { metres: 2 } })]],
  ['a type without its object', [message('x', { type: 'order' })]],
  ['no message at all', ['text', 7, null] as unknown as object[]],
];

/** A strict schema refuses the whole body for one element, and loses the good text beside it, for ever. */
it.each(neighbours)('a text beside %s is heard, and so is its neighbour', async (_, strange) => {
  const { post, settle, api } = await runGateway();
  const before = textMessage('before', '558587654321', 'Bom dia', seconds);
  const behind = textMessage('behind', '558587654321', 'Até logo', seconds + 1);
  expect((await post(webhookOf({ messages: [before, ...strange, behind] }))).status).toBe(200);
  await settle();
  const { data } = (await api<Page<EventBody>>('GET', '/v1/events')).body;
  expect(data.map(({ payload }) => payload)).toEqual([before, ...strange, behind]);
  const texts = data.filter(({ content }) => (content?.['content'] as { type?: string })?.type === 'text');
  expect(texts.map(({ summary }) => summary)).toEqual(['Bom dia', 'Até logo']);
  expect(data.every(({ summary }) => summary !== '')).toBe(true);
});
