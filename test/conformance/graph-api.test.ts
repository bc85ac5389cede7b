import { describe, expect, it, onTestFinished } from 'vitest';
import {
  createSimulatedClock,
  createSimulator,
  type SimulatorOptions,
} from '../../src/simulator/simulator.ts';
import { graphCaller } from '../support/graph-caller.ts';
import { startWebhookReceiver } from '../support/webhook-receiver.ts';

const aMinute = 60 * 1000;
const anHour = 60 * aMinute;
const aDay = 24 * anHour;

const phone = '200100200100200';
const account = '300100300100300';
const app = '500100500100500';
const business = '600100600100600';
const appSecret = '0123456789abcdef0123456789abcdef';
const appToken = `${app}|${appSecret}`;
const [messaging, management] = ['whatsapp_business_messaging', 'whatsapp_business_management'];

async function start(options: SimulatorOptions = {}) {
  const clock = createSimulatedClock({ start: Date.UTC(2026, 9, 5, 12), source: { now: () => 0 } });
  const simulator = await createSimulator({ clock, seed: 'a', ...options });
  onTestFinished(() => simulator.close());
  return { clock, simulator, call: graphCaller(simulator) };
}

const success = { status: 200, body: { success: true } };
const refused = (code: number, status = 400) => ({ status, body: { error: { code } } });
const template = {
  messaging_product: 'whatsapp',
  to: '+558587654321',
  type: 'template',
  template: { name: 'hello_world', language: { code: 'en_US' } },
};

describe('business phones (meta-facts §7.2)', () => {
  it('are read one by one, and listed by their WhatsApp account', async () => {
    const { call } = await start({
      furtherBusinessPhones: [
        {
          phoneNumberId: '200100200100201',
          displayPhoneNumber: '558132100000',
          wabaId: account,
          verifiedName: 'Padaria Recife',
          registered: false,
        },
      ],
    });
    expect(await call('GET', `${account}/phone_numbers?fields=display_phone_number,status`)).toEqual({
      status: 200,
      body: {
        data: [
          { display_phone_number: '+551132100000', status: 'CONNECTED', id: phone },
          { display_phone_number: '+558132100000', status: 'PENDING', id: '200100200100201' },
        ],
      },
    });
    expect((await call('GET', `${phone}?fields=throughput,account_mode`)).body).toEqual({
      throughput: { level: 'STANDARD' },
      account_mode: 'LIVE',
      id: phone,
    });
    expect(await call('GET', `${account}?fields=name`)).toMatchObject({ body: { id: account } });
    expect(await call('GET', `${business}/owned_whatsapp_business_accounts`)).toMatchObject({
      body: { data: [{ id: account }] },
    });
    expect((await call('GET', `${business}/client_whatsapp_business_accounts`)).body).toEqual({ data: [] });
  });

  it('go from an unverified number to a registered one (meta-facts §5.1 (2))', async () => {
    const { call, simulator } = await start();
    const record = simulator.accounts.phone();
    Object.assign(record, { registered: false, codeVerificationStatus: 'NOT_VERIFIED' });
    const register = () =>
      call('POST', `${phone}/register`, { body: { messaging_product: 'whatsapp', pin: '123456' } });
    expect(await register()).toMatchObject(refused(133006));
    expect(
      await call('POST', `${phone}/request_code`, { body: { code_method: 'SMS', language: 'pt_BR' } }),
    ).toEqual(success);
    const code = record.verificationCode ?? '';
    expect(code).toMatch(/^\d{6}$/);
    expect(await call('POST', `${phone}/verify_code`, { body: { code: '000000' } })).toMatchObject(
      refused(100),
    );
    expect(await call('POST', `${phone}/verify_code`, { body: { code } })).toEqual(success);
    expect(
      await call('POST', `${phone}/request_code`, { body: { code_method: 'SMS', language: 'pt_BR' } }),
    ).toMatchObject(refused(136024));
    expect(await register()).toEqual(success);
    expect((await call('GET', `${phone}?fields=status`)).body).toEqual({ status: 'CONNECTED', id: phone });
    expect(await call('POST', `${phone}/deregister`)).toEqual(success);
    expect(await call('POST', `${phone}/messages`, { body: template })).toMatchObject(refused(133010));
  });

  it('register and deregister ten times in 72 hours, then #133016 (meta-facts §5)', async () => {
    const { call, clock } = await start();
    const register = () =>
      call('POST', `${phone}/register`, { body: { messaging_product: 'whatsapp', pin: '123456' } });
    for (let time = 0; time < 10; time += 1) expect(await register()).toEqual(success);
    expect(await register()).toMatchObject(refused(133016));
    clock.jump(72 * anHour);
    expect(await register()).toEqual(success);
  });

  it('take a new PIN, with which registration goes on', async () => {
    const { call } = await start();
    const register = (pin: string) =>
      call('POST', `${phone}/register`, { body: { messaging_product: 'whatsapp', pin } });
    expect(await register('123456')).toEqual(success);
    expect(await call('POST', phone, { body: { pin: '654321' } })).toEqual(success);
    expect(await register('123456')).toMatchObject(refused(133005));
    expect(await register('654321')).toEqual(success);
    expect(await call('POST', phone, { body: { pin: '65432' } })).toMatchObject(refused(100));
    expect(await call('POST', phone, { body: {} })).toMatchObject(refused(100));
  });
});

describe('overrides of the callback (meta-facts §7.2)', () => {
  it('of a phone: handshake while the call runs, then told by the phone; an empty one removes it', async () => {
    const { call } = await start({ webhookUrl: 'http://app.example/hook' });
    const receiver = await startWebhookReceiver('its token');
    const configure = (override: object) =>
      call('POST', phone, { body: { webhook_configuration: override } });
    const read = async () => (await call('GET', `${phone}?fields=webhook_configuration`)).body;
    expect(await configure({ override_callback_uri: receiver.url, verify_token: 'another' })).toMatchObject(
      refused(100),
    );
    expect(await read()).toEqual({
      webhook_configuration: { application: 'http://app.example/hook' },
      id: phone,
    });
    expect(await configure({ override_callback_uri: receiver.url, verify_token: 'its token' })).toEqual(
      success,
    );
    expect(receiver.handshakes).toBe(2);
    expect(await read()).toEqual({
      webhook_configuration: { phone_number: receiver.url, application: 'http://app.example/hook' },
      id: phone,
    });
    expect(await configure({ override_callback_uri: '' })).toEqual(success);
    expect(await read()).toEqual({
      webhook_configuration: { application: 'http://app.example/hook' },
      id: phone,
    });
  });

  it('of a WhatsApp account: listed with its app; a POST without one removes it', async () => {
    const { call } = await start();
    const receiver = await startWebhookReceiver('its token');
    const listed = async () => (await call('GET', `${account}/subscribed_apps`)).body;
    const override = { override_callback_uri: receiver.url, verify_token: 'its token' };
    expect(await call('POST', `${account}/subscribed_apps`, { body: override })).toEqual(success);
    expect(await listed()).toEqual({
      data: [
        {
          whatsapp_business_api_data: { id: app, link: expect.any(String), name: 'Recado Simulator' },
          override_callback_uri: receiver.url,
        },
      ],
    });
    expect(await call('POST', `${account}/subscribed_apps`)).toEqual(success);
    expect(JSON.stringify(await listed())).not.toContain('override_callback_uri');
    expect(await call('DELETE', `${account}/subscribed_apps`)).toEqual(success);
    expect(await listed()).toEqual({ data: [] });
  });

  it.each([
    ['longer than 200 characters', { override_callback_uri: `https://a.example/${'a'.repeat(200)}` }],
    ['no URL', { override_callback_uri: 'a.example' }],
    ['without a token', { override_callback_uri: 'https://a.example/' }],
  ])('are refused when %s', async (_name, override) => {
    const { call } = await start();
    expect(await call('POST', `${account}/subscribed_apps`, { body: override })).toMatchObject(refused(100));
    expect(await call('POST', phone, { body: { webhook_configuration: override } })).toMatchObject(
      refused(100),
    );
  });
});

describe('the app’s subscription (meta-facts §7.2)', () => {
  const subscription = (url: string, more: object = {}) => ({
    object: 'whatsapp_business_account',
    callback_url: url,
    verify_token: 'its token',
    fields: 'messages,account_update',
    include_values: 'true',
    ...more,
  });

  it('is made by an app token, with the handshake while the call runs, and listed', async () => {
    const { call, simulator } = await start();
    const receiver = await startWebhookReceiver('its token');
    const listed = async () => (await call('GET', `${app}/subscriptions`, { token: appToken })).body;
    expect(await listed()).toEqual({ data: [] });
    const form = new URLSearchParams({ ...subscription(receiver.url) });
    expect(await call('POST', `${app}/subscriptions`, { body: form, token: appToken })).toEqual(success);
    expect(receiver.handshakes).toBe(1);
    expect(await listed()).toEqual({
      data: [
        {
          object: 'whatsapp_business_account',
          callback_url: receiver.url,
          active: true,
          fields: [
            { name: 'messages', version: 'v25.0' },
            { name: 'account_update', version: 'v25.0' },
          ],
        },
      ],
    });
    const query = 'object=whatsapp_business_account&fields=account_update';
    expect(await call('DELETE', `${app}/subscriptions?${query}`, { token: appToken })).toEqual(success);
    expect(simulator.accounts.app().subscription.fields).toEqual(new Set(['messages']));
    expect(await call('DELETE', `${app}/subscriptions`, { token: appToken })).toEqual(success);
    expect(await listed()).toEqual({ data: [] });
    expect(JSON.stringify(simulator.requests())).not.toContain('its token');
  });

  it.each([
    ['another object', { object: 'page' }],
    ['a field that does not exist', { fields: 'messages,message_status' }],
    ['no token', { verify_token: undefined }],
    ['another token than the receiver’s', { verify_token: 'another' }],
    ['an address where nobody listens', { callback_url: 'http://127.0.0.1:9/' }],
  ])('is refused with %s, and stays as it was', async (_name, change) => {
    const { call, simulator } = await start();
    const receiver = await startWebhookReceiver('its token');
    const body = subscription(receiver.url, change);
    expect(await call('POST', `${app}/subscriptions`, { body, token: appToken })).toMatchObject(refused(100));
    expect(simulator.accounts.app().subscription.callbackUrl).toBeNull();
  });

  it('takes no other token than the app’s, and the code of a failed handshake is a setting', async () => {
    const { call } = await start({ openQuestions: { failedHandshake: 2200 } });
    const body = subscription('http://127.0.0.1:9/');
    expect(await call('POST', `${app}/subscriptions`, { body })).toMatchObject(refused(10, 403));
    expect(await call('POST', `${app}/subscriptions`, { body, token: appToken })).toMatchObject(
      refused(2200),
    );
  });
});

describe('access tokens (meta-facts §5, §7.2)', () => {
  it('are explained by debug_token', async () => {
    const { call, simulator, clock } = await start();
    simulator.accounts.addToken({ value: 'temporary', kind: 'temporary', scopes: new Set([messaging]) });
    simulator.accounts.addToken({
      value: 'narrow',
      accountIds: new Set([account]),
      scopes: new Set([management]),
    });
    const debug = async (token: string) =>
      (await call('GET', `debug_token?input_token=${token}&access_token=${appToken}`, { token: null })).body
        .data;
    expect(await debug(simulator.settings.accessToken)).toMatchObject({
      app_id: app,
      type: 'SYSTEM_USER',
      is_valid: true,
      expires_at: 0,
      scopes: expect.arrayContaining([messaging, management]),
    });
    expect(await debug('narrow')).toMatchObject({
      granular_scopes: [{ scope: management, target_ids: [account] }],
    });
    expect(await debug('temporary')).toMatchObject({
      type: 'USER',
      is_valid: true,
      expires_at: (clock.now() + aDay) / 1000,
    });
    clock.jump(aDay);
    expect(await debug('temporary')).toMatchObject({ is_valid: false, error: { code: 190 } });
    expect(await debug('unknown')).toMatchObject({ is_valid: false });
    expect(JSON.stringify(simulator.requests())).not.toContain('temporary');
  });

  it('expire by simulated time: #190', async () => {
    const { call, simulator, clock } = await start();
    simulator.accounts.addToken({ value: 'temporary', kind: 'temporary' });
    const read = () => call('GET', phone, { token: 'temporary' });
    expect((await read()).status).toBe(200);
    clock.jump(aDay);
    expect(await read()).toMatchObject(refused(190, 401));
  });

  it.each([
    [10, undefined],
    [200, { missingPermission: 200 } as const],
  ])('without the permission, or for another account, are answered #%i', async (code, openQuestions) => {
    const { call, simulator } = await start(openQuestions === undefined ? {} : { openQuestions });
    simulator.accounts.addToken({ value: 'messages only', scopes: new Set([messaging]) });
    simulator.accounts.addToken({ value: 'another account', accountIds: new Set(['1']) });
    expect(await call('GET', phone, { token: 'messages only' })).toMatchObject(refused(code, 403));
    expect(await call('POST', `${phone}/messages`, { body: template, token: 'messages only' })).toMatchObject(
      {
        status: 200,
      },
    );
    expect(await call('GET', phone, { token: 'another account' })).toMatchObject(refused(code, 403));
    expect(await call('POST', `${phone}/messages`, { body: template, token: appToken })).toMatchObject(
      refused(code, 403),
    );
  });

  it('are taken from the query too, and appsecret_proof is no hindrance', async () => {
    const { call, simulator } = await start();
    const path = `${phone}?fields=status&appsecret_proof=abc&access_token=${simulator.settings.accessToken}`;
    expect((await call('GET', path, { token: null })).status).toBe(200);
  });
});

describe('media (meta-facts §4.2, §7.2)', () => {
  const upload = (bytes: Uint8Array<ArrayBuffer>, type: string, product = 'whatsapp') => {
    const form = new FormData();
    form.set('messaging_product', product);
    form.set('type', type);
    form.set('file', new Blob([bytes], { type }), 'photo.jpg');
    return form;
  };

  it('is uploaded, told, fetched with the bearer token for five minutes, and deleted', async () => {
    const { call, simulator, clock } = await start();
    const bytes = Uint8Array.from([0xff, 0xd8, 0x00, 0x0d, 0x0a, 0xff]);
    const uploaded = await call('POST', `${phone}/media`, { body: upload(bytes, 'image/jpeg') });
    const id = String(uploaded.body.id);
    expect(uploaded).toEqual({ status: 200, body: { id: expect.stringMatching(/^\d+$/) } });
    const told = await call('GET', id);
    expect(told.body).toEqual({
      url: expect.stringContaining(simulator.graphUrl),
      mime_type: 'image/jpeg',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      file_size: 6,
      id,
      messaging_product: 'whatsapp',
    });
    const fetchBytes = (token: string) =>
      fetch(String(told.body.url), { headers: { authorization: `Bearer ${token}` } });
    const response = await fetchBytes(simulator.settings.accessToken);
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    expect(Uint8Array.from(await response.bytes())).toEqual(bytes);
    expect((await fetchBytes('another')).status).toBe(401);
    clock.jump(5 * aMinute);
    expect((await fetchBytes(simulator.settings.accessToken)).status).toBe(404);
    expect(await call('DELETE', id)).toEqual(success);
    expect(await call('GET', id)).toMatchObject({ body: { error: { code: 100, error_subcode: 33 } } });
    expect(JSON.stringify(simulator.requests()[0])).toContain('"size":6');
  });

  it('is gone after 30 days', async () => {
    const { call, clock } = await start();
    const { body } = await call('POST', `${phone}/media`, {
      body: upload(new Uint8Array(1), 'application/pdf'),
    });
    clock.jump(30 * aDay - 1);
    expect((await call('GET', String(body.id))).status).toBe(200);
    clock.jump(1);
    expect(await call('GET', String(body.id))).toMatchObject(refused(100));
  });

  it.each([
    ['image/jpeg', 5 * 1024 * 1024],
    ['audio/ogg', 16 * 1024 * 1024],
    ['video/mp4', 16 * 1024 * 1024],
    ['image/webp', 500 * 1024],
  ])('of type %s has at most %i bytes (131053)', async (type, limit) => {
    const { call } = await start();
    expect((await call('POST', `${phone}/media`, { body: upload(new Uint8Array(limit), type) })).status).toBe(
      200,
    );
    expect(
      await call('POST', `${phone}/media`, { body: upload(new Uint8Array(limit + 1), type) }),
    ).toMatchObject(refused(131053));
  });

  it('is refused without file, product or type', async () => {
    const { call } = await start();
    const noFile = upload(new Uint8Array(1), 'image/jpeg');
    noFile.delete('file');
    for (const body of [
      noFile,
      upload(new Uint8Array(1), 'image/jpeg', 'sms'),
      upload(new Uint8Array(1), 'photo'),
    ]) {
      expect(await call('POST', `${phone}/media`, { body })).toMatchObject(refused(100));
    }
  });
});

describe('versions and budgets (meta-facts §6, §7)', () => {
  it.each([
    ['v19.0', 400],
    ['v20.0', 400],
    ['v21.0', 200],
    ['v26.0', 200],
    ['v27.0', 400],
  ])('%s is answered with HTTP %i on 5 October 2026', async (version, status) => {
    const { call } = await start();
    expect((await call('GET', phone, { version })).status).toBe(status);
  });

  it('end when their time has come, unless every version is answered', async () => {
    const { call, clock } = await start();
    clock.jump(365 * aDay);
    expect((await call('GET', phone, { version: 'v21.0' })).status).toBe(400);
    const open = await start({ openQuestions: { otherVersions: 'answered' } });
    expect((await open.call('GET', phone, { version: 'v3.2' })).status).toBe(200);
  });

  it('200 management calls an hour, 5,000 with a registered number, are taken; messages do not count', async () => {
    const { call, simulator, clock } = await start({ throttling: 'as-meta' });
    simulator.unregister();
    for (let made = 0; made < 200; made += 1) expect((await call('GET', phone)).status).toBe(200);
    expect(await call('GET', phone)).toMatchObject(refused(80007));
    expect(await call('POST', `${phone}/messages`, { body: template })).toMatchObject(refused(133010));
    simulator.register();
    expect((await call('GET', phone)).status).toBe(200);
    simulator.unregister();
    clock.jump(anHour);
    expect((await call('GET', phone)).status).toBe(200);
  });
});
