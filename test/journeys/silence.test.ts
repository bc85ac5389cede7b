import { describe, expect, it } from 'vitest';
import type { SimulatorChange } from '../../src/simulator/simulator.ts';
import { graphCaller } from '../support/graph-caller.ts';
import { type Page, runGateway } from '../support/running-gateway.ts';
import { appSecret, businessPhoneId } from '../support/test-config.ts';
import { startWebhookReceiver } from '../support/webhook-receiver.ts';

const ana = '558587654321';

/** A gateway that hears nothing yet, an app that has just been made, and what Meta says of each webhook. */
async function beforeTheSetup() {
  const running = await runGateway();
  const { simulator, config } = running;
  const app = simulator.accounts.app();
  app.subscription = { ...app.subscription, callbackUrl: null, fields: new Set() };
  simulator.accounts.whatsappAccount().subscribedApps.clear();
  const silences: (string | null)[] = [];
  simulator.subscribe((change: SimulatorChange) => {
    if (change.kind === 'webhook') silences.push(change.silence);
  });
  const call = graphCaller(simulator);
  return {
    ...running,
    silences,
    call,
    wabaId: simulator.settings.wabaId,
    subscribe: (fields: string) =>
      call('POST', `${app.id}/subscriptions`, {
        token: `${app.id}|${appSecret}`,
        body: {
          object: 'whatsapp_business_account',
          callback_url: `${running.gateway.url}/webhooks/whatsapp/`,
          verify_token: config.meta.verifyToken,
          fields,
        },
      }),
    /** Ana writes; how many messages the gateway has heard of since it began. */
    async heardAfter(text: string): Promise<number> {
      await simulator.person(ana).writes(text);
      await running.settle();
      const { body } = await running.api<Page<{ kind: string }>>('GET', '/v1/events?kind=message');
      return body.data.length;
    },
  };
}

describe('how silence is learnt', () => {
  it('one link after the other is put right, and only then a message arrives', async () => {
    const { heardAfter, silences, subscribe, call, simulator, wabaId } = await beforeTheSetup();
    const last = () => silences.at(-1);

    expect([await heardAfter('1'), last()]).toEqual([0, 'account-not-subscribed']);

    expect((await call('POST', `${wabaId}/subscribed_apps`)).status).toBe(200);
    expect([await heardAfter('2'), last()]).toEqual([0, 'no-callback']);

    // The console: everything is saved and verified, and the one field that matters is not ticked.
    expect((await subscribe('account_update')).status).toBe(200);
    expect([await heardAfter('3'), last()]).toEqual([0, 'field-not-ticked']);

    simulator.accounts.app().mode = 'development';
    expect((await subscribe('account_update,messages')).status).toBe(200);
    expect([await heardAfter('4'), last()]).toEqual([0, 'app-in-development']);

    simulator.accounts.app().mode = 'live';
    expect([await heardAfter('5'), last()]).toEqual([1, null]);
  });

  it('an override elsewhere takes the messages away, and the gateway hears nothing', async () => {
    const { heardAfter, subscribe, call, silences, wabaId } = await beforeTheSetup();
    await call('POST', `${wabaId}/subscribed_apps`);
    await subscribe('messages');
    expect(await heardAfter('1')).toBe(1);

    const elsewhere = await startWebhookReceiver('its token');
    const override = { override_callback_uri: elsewhere.url, verify_token: 'its token' };
    expect((await call('POST', businessPhoneId, { body: { webhook_configuration: override } })).status).toBe(
      200,
    );
    expect(await heardAfter('2')).toBe(1);
    expect([elsewhere.deliveries.length, silences.at(-1)]).toEqual([1, null]);
    expect((await call('GET', `${businessPhoneId}?fields=webhook_configuration`)).body).toMatchObject({
      webhook_configuration: { phone_number: elsewhere.url },
    });

    await call('POST', businessPhoneId, { body: { webhook_configuration: { override_callback_uri: '' } } });
    expect(await heardAfter('3')).toBe(2);
  });

  it('a subscription with another verify token is refused while the call runs, and nothing changes', async () => {
    const { subscribe, config, simulator } = await beforeTheSetup();
    config.meta.verifyToken = 'not what the gateway knows';
    expect(await subscribe('messages')).toMatchObject({ status: 400, body: { error: { code: 100 } } });
    expect(simulator.accounts.app().subscription.callbackUrl).toBeNull();
  });
});
