import { describe, expect, it } from 'vitest';
import type { AlarmBody } from '../../src/server/contract/alarm.ts';
import type { BusinessPhoneBody } from '../../src/server/contract/business-phone.ts';
import type { TemplatePageBody } from '../../src/server/contract/template.ts';
import { alertWebhook } from '../support/alert-receivers.ts';
import { runRecado } from '../support/run-recado.ts';
import {
  type Page,
  type RunningGateway,
  runGateway,
  textMessage,
  webhookOf,
} from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testClock } from '../support/test-clock.ts';
import { adminKey, businessPhoneId } from '../support/test-config.ts';

const wabaId = '300100300100300';
const now = Math.floor(Date.now() / 1000);
const day = 24 * 60 * 60_000;
const lookEvery = 15_000;

/** A change of the account, so many seconds ago. */
function accountChange(field: string, value: object, ago: number, account = wabaId): object {
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: account, time: now - ago, changes: [{ field, value }] }],
  };
}

/** The phone's number becomes known by the first message. */
const firstMessage = webhookOf({ messages: [textMessage('wamid.first', '558587654321', 'Oi', now - 1)] });

async function heard(running: RunningGateway, ...bodies: object[]): Promise<void> {
  for (const body of bodies) expect((await running.post(body)).status).toBe(200);
  await running.settle();
}

async function phone(running: RunningGateway): Promise<BusinessPhoneBody> {
  return (await running.api<BusinessPhoneBody>('GET', `/v1/business-phones/${businessPhoneId}`)).body;
}

async function openAlarms(running: RunningGateway): Promise<[string, string][]> {
  const { body } = await running.api<Page<AlarmBody>>('GET', '/v1/alarms');
  return body.data
    .filter(({ resolvedAt }) => resolvedAt === null)
    .map(({ code, subject }): [string, string] => [code, subject])
    .sort();
}

async function watched() {
  const clock = testClock();
  const alerts = await alertWebhook();
  const running = await runGateway({
    overrides: { clock },
    config: (config) => ({ ...config, alerts: { webhookUrl: alerts.url, mail: null } }),
  });
  return {
    running,
    alerts,
    async look(ahead = lookEvery) {
      clock.advance(ahead);
      await running.settle();
    },
  };
}

describe('what Meta tells of a business phone', () => {
  it('is kept by its number, and attached once it is known whose number that is', async () => {
    const { running, alerts, look } = await watched();
    await heard(
      running,
      accountChange(
        'phone_number_quality_update',
        { display_phone_number: '+55 11 3210-0000', event: 'FLAGGED', current_limit: 'TIER_10K' },
        90,
      ),
      accountChange(
        'phone_number_name_update',
        {
          display_phone_number: '551132100000',
          decision: 'APPROVED',
          requested_verified_name: 'Padaria Aurora',
        },
        80,
      ),
    );
    await look();
    expect((await phone(running)).state).toMatchObject({ quality: null, verifiedName: null });
    expect(await openAlarms(running)).toEqual([]);

    await heard(running, firstMessage);
    await look();
    expect((await phone(running)).state).toMatchObject({
      quality: 'FLAGGED',
      messagingLimit: 'TIER_10K',
      verifiedName: 'Padaria Aurora',
      nameDecision: { decision: 'APPROVED' },
      registered: null,
    });
    expect(await openAlarms(running)).toEqual([['business-phone-flagged', businessPhoneId]]);
    expect(alerts.inbox.items.map(({ body }) => [body.type, body.alarm.code])).toEqual([
      ['alarm.raised', 'business-phone-flagged'],
    ]);
  });

  it('raises alarms, which the opposite event resolves', async () => {
    const { running, alerts, look } = await watched();
    const display_phone_number = '551132100000';
    const quality = (value: object, ago: number) =>
      accountChange('phone_number_quality_update', { display_phone_number, ...value }, ago);
    await heard(
      running,
      firstMessage,
      quality({ event: 'FLAGGED', current_limit: 'TIER_10K' }, 90),
      quality({ event: 'DOWNGRADE', current_limit: 'TIER_2K' }, 80),
      accountChange(
        'phone_number_name_update',
        {
          display_phone_number,
          decision: 'REJECTED',
          requested_verified_name: 'O Melhor',
          rejection_reason: 'X',
        },
        70,
      ),
      accountChange('security', { display_phone_number, event: 'PIN_CHANGED' }, 60),
      accountChange(
        'account_update',
        { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'DISABLE' } },
        50,
      ),
      accountChange(
        'account_update',
        {
          phone_number: display_phone_number,
          event: 'ACCOUNT_RESTRICTION',
          violation_info: { violation_type: 'SPAM' },
          restriction_info: [{ restriction_type: 'RESTRICTED_SENDING', expiration: now + 3600 }],
        },
        40,
      ),
    );
    await look();
    expect(await openAlarms(running)).toEqual([
      ['account-disabled', wabaId],
      ['account-restricted', businessPhoneId],
      ['account-violation', businessPhoneId],
      ['business-phone-flagged', businessPhoneId],
      ['messaging-limit-fell', businessPhoneId],
      ['name-declined', businessPhoneId],
      ['security-changed', businessPhoneId],
    ]);
    expect((await phone(running)).state).toMatchObject({
      messagingLimit: 'TIER_2K',
      formerMessagingLimit: 'TIER_10K',
      disabled: { word: 'DISABLE' },
      restrictions: [{ restriction: 'RESTRICTED_SENDING' }],
      security: 'PIN_CHANGED',
    });

    await heard(
      running,
      quality({ event: 'UPGRADE', current_limit: 'TIER_10K' }, 30),
      accountChange('phone_number_name_update', { display_phone_number, decision: 'APPROVED' }, 20),
      accountChange(
        'account_update',
        { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'REINSTATE' } },
        10,
      ),
    );
    await look();
    expect(await openAlarms(running)).toEqual([
      ['account-restricted', businessPhoneId],
      ['account-violation', businessPhoneId],
      ['security-changed', businessPhoneId],
    ]);
    await look(8 * day);
    expect(await openAlarms(running)).toEqual([]);
    expect(alerts.inbox.items.filter(({ body }) => body.type === 'alarm.resolved')).toHaveLength(7);
  });

  it('raises nothing for an account or a phone that is not ours, nor for a test of Meta’s dashboard', async () => {
    const { running, look } = await watched();
    const ban = { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'DISABLE' } };
    const foreignPhone = webhookOf({});
    const body = JSON.stringify(foreignPhone)
      .replace(businessPhoneId, '999')
      .replace('551132100000', '551199990000')
      .replace(
        '"messaging_product"',
        '"messages":[{"id":"wamid.f","from":"1","type":"text"}],"messaging_product"',
      );
    await heard(running, firstMessage);
    await running.post(body);
    await heard(
      running,
      accountChange('account_update', ban, 9, '777'),
      accountChange('account_update', ban, 8, '0'),
      accountChange(
        'phone_number_quality_update',
        { display_phone_number: '551199990000', event: 'FLAGGED' },
        7,
      ),
    );
    await look();
    expect(await openAlarms(running)).toEqual([]);
    expect((await phone(running)).state).toMatchObject({ quality: null, disabled: null });
  });
});

describe('what Meta tells of templates', () => {
  const template = {
    message_template_name: 'offer',
    message_template_language: 'pt-BR',
    message_template_id: 77,
  };

  it('is shown by the API and by the command, and raises alarms', async () => {
    const { running, look } = await watched();
    await heard(
      running,
      accountChange(
        'message_template_status_update',
        { ...template, event: 'APPROVED', reason: 'NONE', message_template_category: 'UTILITY' },
        90,
      ),
      accountChange(
        'message_template_quality_update',
        { ...template, previous_quality_score: 'GREEN', new_quality_score: 'RED' },
        80,
      ),
      accountChange('message_template_status_update', { ...template, event: 'PAUSED', reason: null }, 70),
      accountChange(
        'template_category_update',
        { ...template, previous_category: 'UTILITY', new_category: 'MARKETING' },
        60,
      ),
    );
    await look();
    const { body } = await running.api<TemplatePageBody>('GET', '/v1/templates/offer');
    expect(body.data).toMatchObject([
      {
        name: 'offer',
        language: 'pt_BR',
        wabaId,
        templateId: '77',
        status: 'PAUSED',
        quality: 'RED',
        category: 'MARKETING',
        formerCategory: 'UTILITY',
      },
    ]);
    expect((await running.api('GET', '/v1/templates/unheard-of')).status).toBe(404);
    expect(await openAlarms(running)).toEqual([
      ['template-quality-low', 'offer (pt_BR)'],
      ['template-recategorised', 'offer (pt_BR)'],
      ['template-unusable', 'offer (pt_BR)'],
    ]);
    const shown = await runRecado(temporaryFolder(), ['templates'], {
      RECADO_URL: running.gateway.url,
      RECADO_ADMIN_KEY: adminKey,
    });
    expect(shown.stdout).toMatch(/offer +pt_BR +PAUSED +RED +MARKETING/);

    await heard(
      running,
      accountChange('message_template_status_update', { ...template, event: 'DELETED' }, 10),
      accountChange(
        'template_category_update',
        { ...template, previous_category: 'MARKETING', new_category: 'MARKETING' },
        5,
      ),
    );
    await look();
    expect(await openAlarms(running)).toEqual([]);
  });
});
