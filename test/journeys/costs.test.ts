import { describe, expect, it } from 'vitest';
import type { CostsBody } from '../../src/server/contract/cost.ts';
import type { NotificationBody } from '../../src/server/contract/notification.ts';
import { runRecado } from '../support/run-recado.ts';
import { type RunningGateway, runGateway, webhookOf } from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { adminKey, businessPhoneId } from '../support/test-config.ts';

const november = Date.parse('2025-11-10T12:00:00Z') / 1000;

const status = (id: string, name: string, seconds: number, more: object = {}) => ({
  id,
  status: name,
  timestamp: String(seconds),
  recipient_id: '558587654321',
  ...more,
});

const perMessage = (category: string, type = 'regular') => ({
  pricing: { billable: type === 'regular', pricing_model: 'PMP', type, category },
});

async function hear(running: RunningGateway, statuses: object[]): Promise<void> {
  expect((await running.post(webhookOf({ statuses }))).status).toBe(200);
}

async function costs(running: RunningGateway, query = '?month=2025-11'): Promise<CostsBody> {
  const { status: answered, body } = await running.api<CostsBody>('GET', `/v1/costs${query}`);
  expect(answered).toBe(200);
  return body;
}

describe('the costs of a month', () => {
  it('count each message once, in whatever order and however often its statuses come', async () => {
    const running = await runGateway();
    const utility = perMessage('utility');
    await hear(running, [
      // The price comes with the second status, and again with the third.
      status('wamid.1', 'read', november + 20, utility),
      status('wamid.1', 'delivered', november + 10, utility),
      status('wamid.1', 'sent', november),
      status('wamid.2', 'sent', november, perMessage('utility', 'free_customer_service')),
      status('wamid.3', 'delivered', november, { pricing: { category: 'marketing_lite', type: 'regular' } }),
      status('wamid.4', 'sent', november, {
        pricing: { pricing_model: 'PMP', type: 'free_entry_point', category: 'referral_conversion' },
        conversation: { id: 'c9', origin: { type: 'referral_conversion' } },
      }),
      status('wamid.5', 'sent', november + 40 * 24 * 3600, utility),
      status('wamid.6', 'failed', november, { errors: [{ code: 131026 }] }),
    ]);
    await hear(running, [status('wamid.1', 'delivered', november + 10, utility)]);
    await running.settle();
    const { data, estimates, unpriced } = await costs(running);
    expect(data.map(({ category, type, charged, free }) => [category, type, charged, free])).toEqual([
      ['marketing_lite', 'regular', 1, 0],
      ['referral_conversion', 'free_entry_point', 0, 1],
      ['utility', 'free_customer_service', 0, 1],
      ['utility', 'regular', 1, 0],
    ]);
    expect([estimates, unpriced]).toEqual([[], 2]);
    expect((await costs(running, `?month=2025-11&businessPhone=${businessPhoneId}`)).data).toEqual(data);
    expect((await costs(running, '?month=2025-11&businessPhone=1')).data).toEqual([]);
    expect((await costs(running, '?month=2025-12')).data).toMatchObject([
      { category: 'utility', charged: 1 },
    ]);
    expect((await running.api('GET', '/v1/costs?month=November')).status).toBe(400);
  });

  it('count conversations of the time when those were charged', async () => {
    const running = await runGateway();
    const byConversation = {
      pricing: { billable: true, pricing_model: 'CBP', category: 'service' },
      conversation: { id: 'c1', expiration_timestamp: String(november + 9), origin: { type: 'service' } },
    };
    await hear(
      running,
      [1, 2, 3].map((number) => status(`wamid.${number}`, 'sent', november + number, byConversation)),
    );
    await running.settle();
    expect((await costs(running)).data).toMatchObject([
      { category: 'service', model: 'CBP', unit: 'conversation', charged: 1 },
    ]);
  });

  it('become an estimate with the operator’s prices, also on the command line', async () => {
    const running = await runGateway();
    await hear(running, [status('wamid.1', 'sent', november, perMessage('utility'))]);
    await running.settle();
    const env = { RECADO_URL: running.gateway.url, RECADO_ADMIN_KEY: adminKey };
    const prices = { utility: { price: '0.0068', currency: 'USD' } };
    const refused = await running.api('PATCH', '/v1/settings', { prices: { utility: { price: 0.0068 } } });
    expect(refused.status).toBe(400);
    const set = await runRecado(
      temporaryFolder(),
      ['settings', 'set', 'prices', JSON.stringify(prices)],
      env,
    );
    expect(set.exitCode).toBe(0);
    expect((await costs(running)).estimates).toEqual([{ amount: '0.0068', currency: 'USD' }]);
    const shown = await runRecado(temporaryFolder(), ['costs', '--month', '2025-11'], env);
    expect(shown.stdout).toMatch(/utility +regular +1 +0 +0 +0 +0\.0068 USD/);
    expect(shown.stdout).toContain('Meta sends no amounts');
  });

  it('are kept with the notification', async () => {
    const running = await runGateway();
    await running.simulator.person('558587654321', { name: 'Ana' }).writes('Oi');
    await running.settle();
    const request = { to: '558587654321', text: 'Olá' };
    const { body } = await running.api<NotificationBody>('POST', '/v1/notifications', request);
    await running.settle();
    const found = await running.api<NotificationBody>('GET', `/v1/notifications/${body.id}`);
    expect(found.body.charge).toMatchObject({ category: 'service', model: 'PMP', conversation: null });
  });
});
