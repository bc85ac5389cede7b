import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createSimulator } from '../../src/simulator/simulator.ts';
import { fingerprintSecret, signBody } from '../../src/whatsapp/signature.ts';
import { startGraphRelay } from '../support/graph-relay.ts';
import {
  type Page,
  type RunningGateway,
  runGateway,
  textMessage,
  webhookOf,
} from '../support/running-gateway.ts';
import { testClock } from '../support/test-clock.ts';
import { appSecret, businessPhoneId } from '../support/test-config.ts';

type Phone = {
  id: string;
  origin: string | null;
  default: boolean;
  foreign: boolean;
  accessToken: { origin: string; fingerprint: string | null } | null;
  appSecrets: { origin: string; fingerprint: string | null }[];
  firstSeenAt: string | null;
  lastEventAt: string | null;
};
type Notified = {
  id: string;
  state: string;
  code: string;
  businessPhoneId: string;
  failure: { code: string } | null;
};

const recife = {
  phoneNumberId: '200100200100201',
  displayPhoneNumber: '558132100000',
  wabaId: '300100300100301',
  verifiedName: 'Padaria Recife',
  registered: true,
};
const recifeToken = 'EAAtokenOfRecife';
const recifeSecret = '00112233445566778899aabbccddeeff';
const rotatedSecret = 'ffeeddccbbaa99887766554433221100';
const ana = '558587654321';

/** A gateway with one business phone in the environment, and a pretend Meta for a second one. */
async function withTwoPhones() {
  const relay = await startGraphRelay();
  const running = await runGateway({
    config: (config) => {
      relay.serve(businessPhoneId, config.meta.graphUrl);
      return { ...config, meta: { ...config.meta, graphUrl: relay.url } };
    },
  });
  const second = await createSimulator({
    businessPhone: recife,
    appSecret: recifeSecret,
    accessToken: recifeToken,
  });
  onTestFinished(() => second.close());
  relay.serve(recife.phoneNumberId, second.graphUrl);
  second.person(ana, { name: 'Ana Souza' });
  const point = () => second.pointWebhooksAt(`${running.gateway.url}/webhooks/whatsapp/`);
  point();
  return {
    ...running,
    running,
    second,
    async restart() {
      await running.restart();
      point();
    },
    async settleAll() {
      await second.drain();
      await running.settle();
      await second.drain();
      await running.settle();
    },
  };
}

function addRecife(running: Pick<RunningGateway, 'api'>, more: object = {}) {
  return running.api<Phone & { code: string }>('POST', '/v1/business-phones', {
    id: recife.phoneNumberId,
    wabaId: recife.wabaId,
    label: 'Recife',
    accessToken: recifeToken,
    appSecrets: [recifeSecret],
    ...more,
  });
}

function bodyAbout(phoneNumberId: string, id: string): string {
  const webhook = webhookOf({ messages: [textMessage(id, ana, 'Oi', Math.floor(Date.now() / 1000))] });
  return JSON.stringify(webhook).replaceAll(businessPhoneId, phoneNumberId);
}

function postSigned(running: RunningGateway, body: string, secret: string): Promise<Response> {
  return running.post(body, { 'x-hub-signature-256': signBody(Buffer.from(body), secret) });
}

describe('several business phones', () => {
  it('each hears with its own secret and sends as itself with its own token', async () => {
    const { running, second, simulator, api, settleAll } = await withTwoPhones();
    expect((await addRecife(running)).status).toBe(201);

    await simulator.person(ana, { name: 'Ana Souza' }).writes('Oi, centro');
    await second.person(ana, { name: 'Ana Souza' }).writes('Oi, Recife');
    await settleAll();
    const { body: contacts } = await api<
      Page<{ businessPhoneId: string; canBeNotified: { freeForm: boolean } }>
    >('GET', '/v1/contacts');
    expect(contacts.data.map((contact) => [contact.businessPhoneId, contact.canBeNotified.freeForm])).toEqual(
      [
        [businessPhoneId, true],
        [recife.phoneNumberId, true],
      ],
    );

    const centre = await api<Notified>('POST', '/v1/notifications', { to: ana, text: 'From the centre' });
    const shop = await api<Notified>('POST', '/v1/notifications', {
      to: ana,
      text: 'From Recife',
      businessPhone: recife.phoneNumberId,
    });
    expect([centre.status, shop.status]).toEqual([202, 202]);
    await settleAll();
    expect(simulator.person(ana).messages().at(-1)).toMatchObject({ text: 'From the centre' });
    expect(second.person(ana).messages().at(-1)).toMatchObject({ text: 'From Recife' });
    for (const { body } of [centre, shop]) {
      const { body: now } = await api<Notified>('GET', `/v1/notifications/${body.id}`);
      expect(now).toMatchObject({ state: 'delivered', businessPhoneId: body.businessPhoneId });
    }

    const { body: phones } = await api<Page<Phone>>('GET', '/v1/business-phones');
    expect(phones.data).toMatchObject([
      { id: businessPhoneId, origin: 'environment', default: true, foreign: false },
      {
        id: recife.phoneNumberId,
        origin: 'database',
        default: false,
        foreign: false,
        accessToken: { origin: 'database', fingerprint: fingerprintSecret(recifeToken) },
        appSecrets: [{ origin: 'database', fingerprint: fingerprintSecret(recifeSecret) }],
        firstSeenAt: expect.stringMatching(/^20/),
        lastEventAt: expect.stringMatching(/^20/),
      },
    ]);
  });

  it('the default can be moved, and moved back to the environment’s', async () => {
    const { running, second, api, settleAll } = await withTwoPhones();
    await addRecife(running, { default: true });
    const first = await api<Notified>('POST', '/v1/notifications', {
      to: ana,
      template: { name: 'hello_world', language: 'en_US' },
    });
    expect(first.body.businessPhoneId).toBe(recife.phoneNumberId);
    await settleAll();
    expect(second.ledger()).toHaveLength(1);

    const back = await api<Phone>('PATCH', `/v1/business-phones/${businessPhoneId}`, { default: true });
    expect([back.status, back.body.default]).toEqual([200, true]);
    const { body } = await api<Page<Phone>>('GET', '/v1/business-phones');
    expect(body.data.map((phone) => phone.default)).toEqual([true, false]);
  });

  it('one without a token and secrets of its own uses those of the environment', async () => {
    const { running, second, api, settleAll } = await withTwoPhones();
    const { body } = await addRecife(running, { accessToken: undefined, appSecrets: undefined });
    expect(body).toMatchObject({
      accessToken: { origin: 'environment', fingerprint: fingerprintSecret('EAAtests') },
      appSecrets: [{ origin: 'environment', fingerprint: fingerprintSecret(appSecret) }],
    });
    expect((await running.post(bodyAbout(recife.phoneNumberId, 'wamid.shared'))).status).toBe(200);
    await running.settle();
    const { body: events } = await api<Page<{ foreign: boolean }>>('GET', '/v1/events?kind=message');
    expect(events.data).toMatchObject([{ foreign: false }]);

    const sent = await api<Notified>('POST', '/v1/notifications', {
      to: ana,
      text: 'x',
      businessPhone: recife.phoneNumberId,
    });
    expect(sent.status).toBe(202);
    await settleAll();
    // The second Meta knows only its own token: it was called with the environment's.
    expect(second.ledger()).toEqual([]);
    const { body: now } = await api<Notified>('GET', `/v1/notifications/${sent.body.id}`);
    expect(now.failure?.code).toBe('access-token-refused');
  });

  it('an app secret is rotated while webhooks keep coming', async () => {
    const { running, api } = await withTwoPhones();
    await addRecife(running);
    let number = 0;
    const post = async (secret: string) => {
      number += 1;
      return (await postSigned(running, bodyAbout(recife.phoneNumberId, `wamid.${number}`), secret)).status;
    };
    const path = `/v1/business-phones/${recife.phoneNumberId}`;
    expect([await post(recifeSecret), await post(rotatedSecret)]).toEqual([200, 401]);
    await api('PATCH', path, { appSecrets: [rotatedSecret, recifeSecret] });
    expect([await post(recifeSecret), await post(rotatedSecret)]).toEqual([200, 200]);
    await api('PATCH', path, { appSecrets: [rotatedSecret] });
    expect([await post(recifeSecret), await post(rotatedSecret)]).toEqual([401, 200]);
    await api('DELETE', path);
    expect([await post(rotatedSecret), await post(appSecret)]).toEqual([401, 200]);
  });

  it('a phone with a secret of its own is vouched for by that alone, and it for no other: the rest is kept as foreign, also when read again', async () => {
    const { running, api } = await withTwoPhones();
    await addRecife(running);
    const post = async (phone: string, id: string, secret: string) =>
      (await postSigned(running, bodyAbout(phone, id), secret)).status;
    const statuses = [
      await post(recife.phoneNumberId, 'wamid.own', recifeSecret),
      await post(businessPhoneId, 'wamid.forged', recifeSecret),
      await post(businessPhoneId, 'wamid.centro', appSecret),
      await post(recife.phoneNumberId, 'wamid.by-the-environment', appSecret),
    ];
    expect(statuses).toEqual([200, 200, 200, 200]);
    await running.settle();
    type Heard = { foreign: boolean; businessPhoneId: string; payload: { id: string } };
    const heard = async () => {
      const { body } = await api<Page<Heard>>('GET', '/v1/events?kind=message');
      return body.data.map(({ payload, foreign }) => [payload.id, foreign]);
    };
    const expected = [
      ['wamid.own', false],
      ['wamid.forged', true],
      ['wamid.centro', false],
      ['wamid.by-the-environment', true],
    ];
    expect(await heard()).toEqual(expected);
    expect(running.log.join('\n')).toContain(
      `A webhook about business phone ${businessPhoneId} is signed with an app secret that does not count for it`,
    );

    expect((await api('POST', '/v1/reread', {})).status).toBe(202);
    await running.settle();
    expect(await heard()).toEqual(expected);

    const path = `/v1/business-phones/${recife.phoneNumberId}`;
    await api('PATCH', path, { appSecrets: [rotatedSecret] });
    expect(
      (await api('POST', '/v1/business-phones', { id: '200100200100299', appSecrets: [rotatedSecret] }))
        .status,
    ).toBe(201);
    await post('200100200100299', 'wamid.third', rotatedSecret);
    await post(recife.phoneNumberId, 'wamid.shared', rotatedSecret);
    await running.settle();
    expect((await heard()).slice(-2)).toEqual([
      ['wamid.third', false],
      ['wamid.shared', false],
    ]);
  });

  it('what came while a phone was foreign stays so when it is added, and is foreign again when it goes', async () => {
    const { running, api } = await withTwoPhones();
    const post = (id: string) => postSigned(running, bodyAbout(recife.phoneNumberId, id), appSecret);
    await post('wamid.before');
    await running.settle();
    const { body: stranger } = await api<Phone>('GET', `/v1/business-phones/${recife.phoneNumberId}`);
    expect(stranger).toMatchObject({ origin: null, foreign: true, accessToken: null, appSecrets: [] });
    expect(stranger.firstSeenAt).not.toBeNull();

    await addRecife(running, { appSecrets: undefined });
    await post('wamid.while');
    await api('DELETE', `/v1/business-phones/${recife.phoneNumberId}`);
    await post('wamid.after');
    await running.settle();
    const { body: events } = await api<Page<{ foreign: boolean }>>('GET', '/v1/events?kind=message');
    expect(events.data.map((event) => event.foreign)).toEqual([true, false, true]);
    const { body: contacts } = await api<Page<object>>('GET', '/v1/contacts');
    expect(contacts.data).toHaveLength(1);
    const sent = await api<Notified>('POST', '/v1/notifications', {
      to: ana,
      text: 'x',
      businessPhone: recife.phoneNumberId,
    });
    expect([sent.status, sent.body.code]).toEqual([400, 'business-phone-not-ours']);
  });

  it('what is queued for one that is then removed fails, and says so', async () => {
    const clock = testClock();
    const running = await runGateway({ overrides: { clock } });
    await addRecife(running);
    const { body: taken } = await running.api<Notified>('POST', '/v1/notifications', {
      to: ana,
      template: { name: 'hello_world', language: 'en_US' },
      notBefore: new Date(clock.now() + 60_000).toISOString(),
      businessPhone: recife.phoneNumberId,
    });
    await running.api('DELETE', `/v1/business-phones/${recife.phoneNumberId}`);
    clock.advance(120_000);
    await running.settle();
    const { body } = await running.api<Notified>('GET', `/v1/notifications/${taken.id}`);
    expect(body).toMatchObject({ state: 'failed', failure: { code: 'business-phone-not-ours' } });
  });

  it('with none at all nothing is foreign; the first one added becomes the default', async () => {
    const running = await runGateway({
      config: (config) => ({ ...config, meta: { ...config.meta, phoneNumberId: null } }),
    });
    await running.post(bodyAbout('900100900100900', 'wamid.early'));
    await running.settle();
    const early = await running.api<Phone>('GET', '/v1/business-phones/900100900100900');
    expect(early.body).toMatchObject({ origin: null, foreign: false, default: false });
    const { body } = await addRecife(running);
    expect(body.default).toBe(true);
    await running.api('POST', '/v1/business-phones', { id: '200100200100202' });
    const { body: phones } = await running.api<Page<Phone>>('GET', '/v1/business-phones');
    expect(phones.data.map(({ id, default: isDefault, foreign }) => [id, isDefault, foreign])).toEqual([
      ['200100200100201', true, false],
      ['200100200100202', false, false],
      ['900100900100900', false, true],
    ]);
  });

  it('a gateway without any app secret hears as soon as a phone brings one', async () => {
    const running = await runGateway({
      config: (config) => ({ ...config, meta: { ...config.meta, appSecrets: [] } }),
    });
    const post = (id: string) => postSigned(running, bodyAbout(recife.phoneNumberId, id), recifeSecret);
    expect((await post('wamid.1')).status).toBe(503);
    await addRecife(running);
    expect((await post('wamid.2')).status).toBe(200);
  });
});

describe('the secrets of business phones', () => {
  it('stand in no answer, no log line and no file', async () => {
    const { running, api, log, config, settleAll } = await withTwoPhones();
    const answers: unknown[] = [(await addRecife(running)).body];
    const path = `/v1/business-phones/${recife.phoneNumberId}`;
    answers.push(
      (await api('PATCH', path, { accessToken: `${recifeToken}2`, appSecrets: [rotatedSecret] })).body,
    );
    answers.push(
      (await api('PATCH', path, { accessToken: `Bearer ${recifeToken}`, appSecrets: ['x'] })).body,
    );
    for (const one of ['/v1/business-phones', path, '/v1/audit', '/v1/events']) {
      answers.push((await api('GET', one)).body);
    }
    await settleAll();
    const folder = dirname(config.database.file);
    const files = readdirSync(folder).filter((name) => name.startsWith('recado.db'));
    expect(files).toContain('recado.db-wal');
    const everything = [
      JSON.stringify(answers),
      log.join('\n'),
      ...files.map((name) => readFileSync(join(folder, name)).toString('latin1')),
    ];
    expect(everything.join()).toContain(recife.phoneNumberId);
    for (const secret of [recifeToken, recifeSecret, rotatedSecret]) {
      for (const text of everything) expect(text.includes(secret)).toBe(false);
    }
    expect(JSON.stringify(answers)).toContain(fingerprintSecret(rotatedSecret));
  });

  it('survive a restart, and a new encryption key takes over from the old one', async () => {
    const { running, config, second, api, restart, settleAll } = await withTwoPhones();
    await addRecife(running);
    const send = async () => {
      await api('POST', '/v1/notifications', {
        to: ana,
        template: { name: 'hello_world', language: 'en_US' },
        businessPhone: recife.phoneNumberId,
      });
      await settleAll();
      return second.ledger().length;
    };
    const [old] = config.encryptionKeys;
    const fresh = new Uint8Array(32).fill(8);
    config.encryptionKeys = [fresh, ...(old === undefined ? [] : [old])];
    await restart();
    expect(await send()).toBe(1);
    config.encryptionKeys = [fresh];
    await restart();
    expect(await send()).toBe(2);
  });

  it('without their encryption key are told of, keep it from sending, and can be given again', async () => {
    const { running, config, log, api, restart, second, settleAll } = await withTwoPhones();
    await addRecife(running);
    config.encryptionKeys = [];
    await restart();
    expect(log.join('\n')).toMatch(
      /\[WARN\] The secrets of business phone 200100200100201 cannot be decrypted/,
    );
    const request = {
      to: ana,
      template: { name: 'hello_world', language: 'en_US' },
      businessPhone: recife.phoneNumberId,
    };
    const refused = await api<Notified>('POST', '/v1/notifications', request);
    expect([refused.status, refused.body.code]).toEqual([422, 'access-token-unreadable']);
    const path = `/v1/business-phones/${recife.phoneNumberId}`;
    expect((await api<Phone>('GET', path)).body).toMatchObject({
      accessToken: { origin: 'database', fingerprint: null },
      appSecrets: [{ origin: 'database', fingerprint: null }],
    });
    const again = { accessToken: recifeToken, appSecrets: [recifeSecret] };
    const keyless = await api<Notified & { remedy: string }>('PATCH', path, again);
    expect([keyless.status, keyless.body.code]).toEqual([409, 'encryption-key-missing']);
    expect(keyless.body.remedy).toContain('openssl rand -hex 32');

    config.encryptionKeys = [new Uint8Array(32).fill(9)];
    await restart();
    expect((await api('PATCH', path, again)).status).toBe(200);
    await api('POST', '/v1/notifications', request);
    await settleAll();
    expect(second.ledger()).toHaveLength(1);
  });
});

describe('/v1/business-phones', () => {
  it('names every mistake at once and repeats no secret', async () => {
    const running = await runGateway();
    const { status, body } = await running.api<{ errors: { path: string }[] }>(
      'POST',
      '/v1/business-phones',
      {
        id: '+55 81 3210-0000',
        accessToken: recifeSecret,
        appSecrets: [recifeToken],
        default: false,
        pin: '123456',
      },
    );
    expect(status).toBe(400);
    expect(body.errors.map(({ path }) => path).sort()).toEqual([
      'accessToken',
      'appSecrets.0',
      'default',
      'id',
      'pin',
    ]);
    expect(JSON.stringify(body)).not.toMatch(/EAAtoken|00112233/);
  });

  it('refuses what is there already, what is not there, and what belongs to the environment', async () => {
    const running = await runGateway();
    const environment = `/v1/business-phones/${businessPhoneId}`;
    const refusals = [
      ['POST', '/v1/business-phones', { id: businessPhoneId }],
      ['PATCH', environment, { label: 'x' }],
      ['DELETE', environment, undefined],
      ['PATCH', '/v1/business-phones/1', { label: 'x' }],
      ['DELETE', '/v1/business-phones/1', undefined],
      ['GET', '/v1/business-phones/1', undefined],
    ] as const;
    const answers = [];
    for (const [method, path, sent] of refusals) {
      const { status, body } = await running.api<{ code: string }>(method, path, sent);
      answers.push([status, body.code]);
    }
    expect(answers).toEqual([
      [409, 'business-phone-known'],
      [409, 'business-phone-in-environment'],
      [409, 'business-phone-in-environment'],
      [404, 'business-phone-unknown'],
      [404, 'business-phone-unknown'],
      [404, 'business-phone-unknown'],
    ]);
  });

  it('loses no change of two at once, and audits each', async () => {
    const running = await runGateway();
    await addRecife(running);
    const path = `/v1/business-phones/${recife.phoneNumberId}`;
    await Promise.all([
      running.api('PATCH', path, { label: 'Olinda' }),
      running.api('PATCH', path, { wabaId: '300100300100309' }),
    ]);
    expect((await running.api('GET', path)).body).toMatchObject({
      label: 'Olinda',
      wabaId: '300100300100309',
    });
    await running.api('DELETE', path);
    const { body } = await running.api<Page<{ action: string; subject: string }>>('GET', '/v1/audit');
    expect(body.data.map(({ action, subject }) => [action, subject])).toEqual([
      ['business-phone.added', recife.phoneNumberId],
      ['business-phone.changed', recife.phoneNumberId],
      ['business-phone.changed', recife.phoneNumberId],
      ['business-phone.removed', recife.phoneNumberId],
    ]);
  });

  it('gives the list page by page', async () => {
    const running = await runGateway();
    await addRecife(running);
    const first = await running.api<Page<Phone>>('GET', '/v1/business-phones?limit=1');
    expect(first.body).toMatchObject({ data: [{ id: businessPhoneId }], next: businessPhoneId });
    const second = await running.api<Page<Phone>>(
      'GET',
      `/v1/business-phones?limit=1&after=${first.body.next}`,
    );
    expect(second.body).toMatchObject({ data: [{ id: recife.phoneNumberId }], next: null });
    expect((await running.api('GET', '/v1/business-phones?after=x')).status).toBe(400);
  });
});
