import { describe, expect, it, onTestFinished } from 'vitest';
import { createGraphApi } from '../../src/adapters/graph-api/graph-api.ts';
import { createSimulator } from '../../src/simulator/simulator.ts';
import { businessPhone } from '../support/test-config.ts';

/** The reads of a Graph API of a pretend Meta, and what its gateway knows. */
async function readsOf() {
  const simulator = await createSimulator({ businessPhone, accessToken: 'EAAtests' });
  const graph = createGraphApi({ baseUrl: simulator.graphUrl, version: 'v25.0' });
  onTestFinished(async () => {
    await graph.close();
    await simulator.close();
  });
  const { appId, appSecret, wabaId, phoneNumberId } = simulator.settings;
  return { simulator, reads: graph.reads, appId, appSecret, wabaId, phoneNumberId };
}

describe('reading Meta’s books', () => {
  it('tells what a token is, and shows neither it nor the app secret', async () => {
    const { reads, appId, appSecret } = await readsOf();
    const reading = await reads.readToken({ token: 'EAAtests', asker: `${appId}|${appSecret}` });
    expect(reading).toMatchObject({
      got: 'value',
      value: { valid: true, appId, type: 'SYSTEM_USER', expiresAt: 'never', targets: {} },
    });
    expect(reading.call).toMatch(/^GET http.*debug_token\?input_token=EAA…\(8 characters\)$/);
    expect(JSON.stringify(reading)).not.toContain('EAAtests');
    expect(JSON.stringify(reading)).not.toContain(appSecret);
  });

  it('tells the app’s subscription, or that there is none', async () => {
    const { simulator, reads, appId, appSecret } = await readsOf();
    expect(await reads.readAppSubscription({ appId, appSecret })).toMatchObject({
      got: 'value',
      value: { subscription: null },
    });
    simulator.pointWebhooksAt('https://api.example.com/webhooks/whatsapp/');
    expect(await reads.readAppSubscription({ appId, appSecret })).toMatchObject({
      value: {
        subscription: { callbackUrl: 'https://api.example.com/webhooks/whatsapp/', active: true },
      },
    });
    expect(await reads.readAppSubscription({ appId, appSecret: 'wrong' })).toMatchObject({
      got: 'refusal',
      error: { code: 190 },
    });
  });

  it('tells a business phone, the phones of its account, and the apps that are told of it', async () => {
    const { reads, appId, wabaId, phoneNumberId } = await readsOf();
    const accessToken = 'EAAtests';
    expect(await reads.readPhone({ phoneNumberId, accessToken })).toMatchObject({
      value: {
        id: phoneNumberId,
        displayPhoneNumber: '551132100000',
        status: 'CONNECTED',
        health: { canSend: 'AVAILABLE' },
      },
    });
    expect(await reads.readAccountPhones({ wabaId, accessToken })).toMatchObject({
      value: [{ id: phoneNumberId, verifiedName: 'Padaria Aurora' }],
    });
    expect(await reads.readSubscribedApps({ wabaId, accessToken })).toMatchObject({
      value: [{ id: appId, overrideCallback: null }],
    });
    expect(await reads.readPhone({ phoneNumberId: '551132100000', accessToken })).toMatchObject({
      got: 'refusal',
      error: { code: 100, subcode: 33 },
    });
  });

  it('tells Meta’s time, and when nobody is there', async () => {
    const { simulator, reads } = await readsOf();
    const reached = await reads.reach();
    expect(reached.got).toBe('refusal');
    expect(Math.abs((reached.metaTime ?? 0) - simulator.time.now())).toBeLessThan(5_000);
    const nobody = createGraphApi({ baseUrl: 'http://127.0.0.1:9', version: 'v25.0' });
    expect(await nobody.reads.reach()).toMatchObject({
      got: 'nothing',
      reason: expect.stringContaining('ECONNREFUSED'),
    });
    await nobody.close();
    expect(simulator.requests().at(-1)?.code).toBe(190);
  });
});
