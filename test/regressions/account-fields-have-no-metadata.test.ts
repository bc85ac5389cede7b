import { expect, it } from 'vitest';
import type { EventBody } from '../../src/server/contract/event.ts';
import { type Page, runGateway, textMessage, webhookOf } from '../support/running-gateway.ts';
import { webhookFixture } from '../support/webhook-fixtures.ts';

/**
 * Receivers that read `value.metadata.phone_number_id` before they look at the field answer 500 to every approval
 * of a template, and Meta sends it again for a week; one of them dropped all approvals in silence.
 */
it.each([
  ['template-fields', 'template'],
  ['account-fields', 'account'],
  ['phone-quality-undated', 'phone'],
])('%s come without metadata, are heard, and harm no message that follows', async (fixture, kind) => {
  const { post, settle, api } = await runGateway();
  expect((await post(webhookFixture(fixture))).status).toBe(200);
  const message = textMessage('wamid.after', '558587654321', 'Oi', 1_763_640_000);
  expect((await post(webhookOf({ messages: [message] }))).status).toBe(200);
  await settle();
  const { data } = (await api<Page<EventBody>>('GET', '/v1/events')).body;
  const changes = data.filter((event) => event.kind !== 'message' && event.kind !== 'alarm');
  expect(changes.length).toBeGreaterThan(0);
  expect(changes.map((event) => event.kind)).toContain(kind);
  expect(changes.every((event) => event.kind !== 'unrecognised' && event.content !== null)).toBe(true);
  expect(data.filter((event) => event.kind === 'message').map(({ summary }) => summary)).toEqual(['Oi']);
});
