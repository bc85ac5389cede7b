import { expect, it } from 'vitest';
import type { CostsBody } from '../../src/server/contract/cost.ts';
import { runRecado } from '../support/run-recado.ts';
import { runGateway, webhookOf } from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { adminKey } from '../support/test-config.ts';

const november = Date.parse('2025-11-10T12:00:00Z') / 1000;
const pricing = { billable: true, pricing_model: 'PMP', type: 'regular', category: 'marketing' };

function status(id: string, name: string, seconds: number, more: object = {}): object {
  return { id, status: name, timestamp: String(november + seconds), recipient_id: '558587654321', ...more };
}

function inGroup(id: string, name: string, seconds: number, participant: string): object {
  const group = { recipient_type: 'group', recipient_id: 'grupo-1', recipient_participant_id: participant };
  return status(id, name, seconds, { ...group, pricing });
}

/**
 * Meta tells the price with `sent`, and a message may fail after that, or have one told with its failure. All of them
 * were counted as charged, and the estimate was of messages that nobody got.
 */
it('a priced message whose last word is `failed` stands apart', async () => {
  const running = await runGateway();
  const statuses = [
    status('wamid.fails-later', 'sent', 0, { pricing }),
    status('wamid.fails-later', 'failed', 5, { errors: [{ code: 131026 }] }),
    status('wamid.arrives', 'delivered', 0, { pricing }),
    status('wamid.fails-at-once', 'failed', 0, { pricing, errors: [{ code: 131049 }] }),
    status('wamid.arrives-after-all', 'failed', 0, { pricing }),
    status('wamid.arrives-after-all', 'delivered', 9),
    inGroup('wamid.some-of-a-group', 'failed', 0, '558587654321'),
    inGroup('wamid.some-of-a-group', 'sent', 0, '5511987654321'),
    inGroup('wamid.nobody-of-a-group', 'failed', 0, '558587654321'),
  ];
  // In both orders, split and together.
  for (const part of [statuses.slice(4), statuses.slice(0, 4).reverse(), statuses]) {
    expect((await running.post(webhookOf({ statuses: part }))).status).toBe(200);
  }
  await running.settle();
  const { body } = await running.api<CostsBody>('GET', '/v1/costs?month=2025-11');
  expect(body.data).toMatchObject([{ category: 'marketing', charged: 3, free: 0, unknown: 0, failed: 3 }]);
  expect(body.unpriced).toBe(3);

  const env = { RECADO_URL: running.gateway.url, RECADO_ADMIN_KEY: adminKey };
  const shown = await runRecado(temporaryFolder(), ['costs', '--month', '2025-11'], env);
  expect(shown.stdout).toMatch(/marketing +regular +3 +0 +0 +3 +–/);
  expect(shown.stdout).toContain('Priced, but failed: 3');
});
