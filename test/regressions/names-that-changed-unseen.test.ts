import { expect, it } from 'vitest';
import type { BusinessPhoneBody } from '../../src/server/contract/business-phone.ts';
import { runGateway, textMessage, webhookOf } from '../support/running-gateway.ts';
import { businessPhoneId } from '../support/test-config.ts';

const now = Math.floor(Date.now() / 1000);

/**
 * Meta's decision on a display name carries no `phone_number_id`, only the number as people write it: where it is
 * looked for by id it is lost, and nobody sees that the name has changed.
 */
it('a decision on a name is shown with its business phone, however the number is written', async () => {
  const { post, settle, api } = await runGateway();
  await post(webhookOf({ messages: [textMessage('wamid.1', '558587654321', 'Oi', now)] }));
  const value = {
    display_phone_number: '+55 11 3210-0000',
    decision: 'APPROVED',
    requested_verified_name: 'Padaria Aurora do Recife',
  };
  const changes = [{ field: 'phone_number_name_update', value }];
  const entry = [{ id: '300100300100300', time: now, changes }];
  expect((await post({ object: 'whatsapp_business_account', entry })).status).toBe(200);
  await settle();
  const { body } = await api<BusinessPhoneBody>('GET', `/v1/business-phones/${businessPhoneId}`);
  expect(body.state).toMatchObject({
    verifiedName: 'Padaria Aurora do Recife',
    nameDecision: { decision: 'APPROVED', reason: null },
  });
});
