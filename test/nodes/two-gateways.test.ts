import { describe, expect, it, onTestFinished } from 'vitest';
import { createGateway, type Gateway } from '../../src/app.ts';
import { readServerSentEvents } from '../../src/client/server-sent-events.ts';
import type { Config } from '../../src/config/config.ts';
import { createSimulator } from '../../src/simulator/simulator.ts';
import { signBody } from '../../src/whatsapp/signature.ts';
import { emptyDatabase } from '../support/postgres/test-database.ts';
import { textMessage, webhookOf } from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { adminKey, appSecret, businessPhone, businessPhoneId, testConfig } from '../support/test-config.ts';

const person = '558587654321';

/** Gateways in this process that share one PostgreSQL, each with its roles, and a pretend Meta. */
async function several(...roles: Config['roles'][]) {
  const url = await emptyDatabase(18);
  const simulator = await createSimulator({ appSecret, accessToken: 'EAAtests', businessPhone });
  onTestFinished(() => simulator.close());
  simulator.person(person);
  const base = testConfig(temporaryFolder());
  const gateways: Gateway[] = [];
  for (const role of roles) {
    const gateway = await createGateway(
      {
        ...base,
        roles: role,
        meta: { ...base.meta, graphUrl: simulator.graphUrl },
        database: { ...base.database, postgres: { url, directUrl: null } },
      },
      { writeLog: () => {} },
    );
    onTestFinished(() => gateway.close());
    gateways.push(gateway);
  }

  function gatewayAt(index: number): Gateway {
    const gateway = gateways[index];
    if (gateway === undefined) throw new RangeError(`There is no gateway ${index}.`);
    return gateway;
  }
  async function api<Body>(index: number, method: string, path: string, body?: unknown, key = adminKey) {
    const response = await fetch(gatewayAt(index).url + path, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as Body };
  }
  async function post(index: number, id: string) {
    const message = textMessage(id, person, 'Oi', Math.floor(Date.now() / 1000));
    const body = JSON.stringify(webhookOf({ messages: [message] }));
    const response = await fetch(`${gatewayAt(index).url}/webhooks/whatsapp/`, {
      method: 'POST',
      headers: { 'x-hub-signature-256': signBody(Buffer.from(body), appSecret) },
      body,
    });
    return response.status;
  }
  return { simulator, gatewayAt, api, post };
}

const both = { receive: true, work: true };
const receiver = { receive: true, work: false };
const worker = { receive: false, work: true };

/** What has to be so within two seconds. */
const soon = { timeout: 2_000, interval: 50 };
const template = { name: 'hello_world', language: 'en_US' };

describe('what is changed at one gateway', () => {
  it('is in force at another within two seconds: settings, the brake, business phones, keys', async () => {
    const { api } = await several(both, both);
    await api(0, 'PATCH', '/v1/settings', { defaultCountry: 'PT' });
    await api(0, 'POST', '/v1/sending/stop');
    await api(0, 'POST', '/v1/business-phones', { id: '200100200100299', label: 'Support' });
    type Settings = { data: { name: string; value: unknown }[] };
    await expect
      .poll(async () => (await api<Settings>(1, 'GET', '/v1/settings')).body.data, soon)
      .toEqual(
        expect.arrayContaining([
          expect.objectContaining({ name: 'defaultCountry', value: 'PT' }),
          expect.objectContaining({ name: 'sendingStopped', value: true }),
        ]),
      );
    type Phones = { data: { id: string; foreign: boolean }[] };
    await expect
      .poll(async () => (await api<Phones>(1, 'GET', '/v1/business-phones')).body.data, soon)
      .toEqual(expect.arrayContaining([expect.objectContaining({ id: '200100200100299', foreign: false })]));

    const made = await api<{ id: string; key: string }>(0, 'POST', '/v1/keys', {
      name: 'Django',
      scopes: ['read'],
    });
    const look = async () => (await api(1, 'GET', '/v1/events', undefined, made.body.key)).status;
    expect(await look()).toBe(200);
    await api(0, 'DELETE', `/v1/keys/${made.body.id}`);
    await expect.poll(look, soon).toBe(401);
  });

  it('is one notification under one idempotency key, whoever is asked', async () => {
    const { api } = await several(both, both);
    const request = { to: person, template, idempotencyKey: 'order-7' };
    const answers = await Promise.all(
      [0, 1, 0, 1].map((index) => api<{ id: string }>(index, 'POST', '/v1/notifications', request)),
    );
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  });
});

describe('a gateway that receives and one that works', () => {
  it('divide the work: received here, folded and sent there, and any of them answers for it', async () => {
    const { simulator, api, post, gatewayAt } = await several(receiver, worker);
    simulator.pointWebhooksAt(`${gatewayAt(0).url}/webhooks/whatsapp/`);
    expect(await post(0, 'wamid.divided')).toBe(200);
    expect(await post(1, 'wamid.divided-2')).toBe(503);
    const { body } = await api<{ id: string }>(0, 'POST', '/v1/notifications', { to: person, template });
    type Notification = { state: string };
    await expect
      .poll(
        async () => {
          await simulator.drain();
          return (await api<Notification>(0, 'GET', `/v1/notifications/${body.id}`)).body.state;
        },
        { timeout: 20_000, interval: 100 },
      )
      .toBe('delivered');
    expect(simulator.ledger()).toHaveLength(1);
    type Contacts = { data: { waId: string }[] };
    expect((await api<Contacts>(1, 'GET', '/v1/contacts')).body.data).toMatchObject([{ waId: person }]);
  });

  it('say what they do at /readyz', async () => {
    const { api } = await several(receiver, worker);
    type Readiness = { status: string; checks: Record<string, { ok: boolean; detail: string }> };
    expect((await api<Readiness>(0, 'GET', '/readyz')).body).toMatchObject({
      status: 'ready',
      checks: { work: { ok: true, detail: expect.stringContaining('Other processes') } },
    });
    await expect
      .poll(async () => (await api<Readiness>(1, 'GET', '/readyz')).body, soon)
      .toMatchObject({
        status: 'ready',
        checks: { work: { ok: true, detail: expect.stringContaining('among 1 worker') } },
      });
  });

  it('pass commands on: given here, applied there, answered within two seconds', async () => {
    const { api } = await several(receiver, worker);
    await api(0, 'POST', '/v1/sending/stop');
    const taken = await api<{ id: string }>(0, 'POST', '/v1/notifications', {
      to: person,
      template,
      notBefore: new Date(Date.now() + 3_600_000).toISOString(),
    });
    expect(taken.status).toBe(202);
    const cancelled = await api<{ state: string }>(0, 'POST', `/v1/notifications/${taken.body.id}/cancel`);
    expect(cancelled).toMatchObject({ status: 200, body: { state: 'cancelled' } });
  });

  it('tell each other what is new: a stream at one shows what the other has committed', async () => {
    const { gatewayAt, post } = await several(both, both);
    const leave = new AbortController();
    const response = await fetch(`${gatewayAt(1).url}/v1/events/stream?kind=message`, {
      headers: { authorization: `Bearer ${adminKey}` },
      signal: leave.signal,
    });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect(await post(0, 'wamid.streamed')).toBe(200);
    let seen = '';
    while (!seen.includes('wamid.streamed')) {
      const piece = await reader?.read();
      if (piece === undefined || piece.done) break;
      seen += piece.value;
    }
    leave.abort();
    expect(seen).toContain('event: message');
    expect(seen).toContain(businessPhoneId);
  });

  it('share their cursors: who pulls from one after the other, while both receive, misses and repeats nothing', async () => {
    const { api, post } = await several(both, both);
    const posted = Array.from({ length: 40 }, (_, number) => `wamid.shared.${number}`);
    const posting = Promise.all(posted.map((id, number) => post(number % 2, id)));
    type Pulled = { data: { id: string; kind: string; payload: { id?: string } }[] };
    /** Pulls small pages from either in turn until every posted message was seen. */
    async function pull(filter: string) {
      const seen: Pulled['data'] = [];
      for (let turn = 0; !posted.every((id) => seen.some(({ payload }) => payload.id === id)); turn += 1) {
        const after = seen.at(-1)?.id ?? 'ev_0000000000';
        const page = await api<Pulled>(turn % 2, 'GET', `/v1/events?limit=7&after=${after}${filter}`);
        expect(page.status).toBe(200);
        seen.push(...page.body.data);
      }
      return seen;
    }
    const [whole, filtered] = await Promise.all([pull(''), pull('&kind=message')]);
    expect(new Set(await posting)).toEqual(new Set([200]));
    const all = (await api<Pulled>(0, 'GET', '/v1/events?limit=500')).body.data;
    expect(whole.map(({ id }) => id)).toEqual(all.slice(0, whole.length).map(({ id }) => id));
    const messages = all.filter(({ kind }) => kind === 'message');
    expect(filtered.map(({ id }) => id)).toEqual(messages.map(({ id }) => id));
  });

  it('share their cursors: a stream that is cut off at one goes on at the other', async () => {
    const { gatewayAt, api, post } = await several(both, both);
    const posted = Array.from({ length: 40 }, (_, number) => `wamid.resumed.${number}`);
    const posting = Promise.all(posted.map((id, number) => post(number % 2, id)));
    const seen: string[] = [];
    const messages = new Set<string>();
    let place = 'ev_0000000000';
    for (let turn = 0; messages.size < posted.length; turn += 1) {
      const leave = new AbortController();
      const response = await fetch(`${gatewayAt(turn % 2).url}/v1/events/stream`, {
        headers: { authorization: `Bearer ${adminKey}`, 'last-event-id': place },
        signal: leave.signal,
      });
      if (response.body === null) throw new Error('The stream has no body.');
      let events = 0;
      for await (const { id, data } of readServerSentEvents(response.body, 10_000)) {
        if (data === null) continue;
        place = id ?? place;
        seen.push(place);
        const { payload } = JSON.parse(data);
        if (posted.includes(payload.id)) messages.add(payload.id);
        events += 1;
        if (events === 9 || messages.size === posted.length) break;
      }
      leave.abort();
    }
    expect(new Set(await posting)).toEqual(new Set([200]));
    const all = (await api<{ data: { id: string }[] }>(0, 'GET', '/v1/events?limit=500')).body.data;
    expect(seen).toEqual(all.slice(0, seen.length).map(({ id }) => id));
  });
});

describe('the file of a message', () => {
  it('is fetched by the one that works, and given out by all that share its folder', async () => {
    const { simulator, gatewayAt, api } = await several(receiver, worker);
    simulator.pointWebhooksAt(`${gatewayAt(0).url}/webhooks/whatsapp/`);
    const photo = { bytes: Buffer.from('a photo'), mimeType: 'image/jpeg' };
    await simulator.person(person).sendsImage(photo);
    await simulator.drain();
    type Files = { data: { id: string; state: string }[] };
    const files = async () => (await api<Files>(0, 'GET', '/v1/media')).body.data;
    await expect.poll(files, { timeout: 10_000, interval: 50 }).toMatchObject([{ state: 'kept' }]);
    const [file] = await files();
    for (const index of [0, 1]) {
      const answer = await fetch(`${gatewayAt(index).url}/v1/media/${file?.id}`, {
        headers: { authorization: `Bearer ${adminKey}` },
      });
      expect(await answer.text()).toBe('a photo');
    }
  });
});
