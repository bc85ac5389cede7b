import { expect, it } from 'vitest';
import type { EventBody } from '../../src/server/contract/event.ts';
import { type Page, runGateway } from '../support/running-gateway.ts';

/**
 * A signed body of some thousand levels can be parsed, but what it holds cannot be handed from the store's
 * thread to another one: every page of the feed that held it would have failed for ever, and with it every
 * follower behind that place.
 */
it('a message nested thousands of levels deep is kept, harms no sibling, and does not block the feed behind it', async () => {
  const { post, settle, api } = await runGateway();
  const depth = 20_000;
  const deep = `{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":{"messages":[{"id":"wamid.deep","type":"text","x":${'['.repeat(depth)}${']'.repeat(depth)}},{"id":"wamid.flat","type":"text"}]}}]}]}`;
  expect((await post(deep)).status).toBe(200);
  expect((await post('{"object":"whatsapp_business_account","entry":[]}')).status).toBe(200);
  await settle();
  const events = await api<Page<EventBody>>('GET', '/v1/events');
  expect(events.status).toBe(200);
  expect(events.body.data.map(({ kind }) => kind)).toEqual(['message', 'message', 'unrecognised']);
  expect(events.body.data.map(({ payload }) => payload)).toMatchObject([
    { nestedTooDeep: expect.stringContaining('wamid.deep') },
    { id: 'wamid.flat' },
    { object: 'whatsapp_business_account' },
  ]);
});

it('a signed body that is no JSON is kept and shown as the text that it is', async () => {
  const { post, settle, api } = await runGateway();
  expect((await post('not json at all, but signed')).status).toBe(200);
  await settle();
  const events = await api<Page<EventBody>>('GET', '/v1/events');
  expect(events.body.data).toMatchObject([
    { kind: 'unrecognised', payload: { notJson: 'not json at all, but signed' } },
  ]);
});
