import { expect, it } from 'vitest';
import { type Page, runGateway, textMessage, webhookOf } from '../support/running-gateway.ts';

type Named = { name: string | null; waId: string | null };

/** Receivers that take `contacts[0]` for every message call everybody in a batch by the first one's name. */
it('in one webhook of several people each keeps their own name, and who has none gets none', async () => {
  const { post, settle, api } = await runGateway();
  const contacts = [
    { wa_id: '5511900000002', profile: { name: 'Bruno' } },
    { wa_id: '5511900000001', profile: { name: 'Ana' } },
  ];
  const messages = ['5511900000001', '5511900000003', '5511900000002', '5511900000001'].map((from, index) =>
    textMessage(`wamid.${index}`, from, 'Oi', 1_763_640_000 + index),
  );
  expect((await post(webhookOf({ contacts, messages }))).status).toBe(200);
  await settle();
  const { data } = (await api<Page<Named>>('GET', '/v1/contacts')).body;
  expect(Object.fromEntries(data.map(({ waId, name }) => [waId, name]))).toEqual({
    '5511900000001': 'Ana',
    '5511900000002': 'Bruno',
    '5511900000003': null,
  });
});
