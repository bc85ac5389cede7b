import { describe, expect, it } from 'vitest';
import type { AlarmBody } from '../../src/server/contract/alarm.ts';
import type {
  DeadLetterPageBody,
  EndpointBody,
  EndpointSecretBody,
  EndpointTrialBody,
  ForwardAttemptPageBody,
  RedeliveredBody,
} from '../../src/server/contract/endpoint.ts';
import type { ProblemBody } from '../../src/server/contract/problem.ts';
import { runRecado } from '../support/run-recado.ts';
import { type Page, type RunningGateway, runGateway } from '../support/running-gateway.ts';
import { type SignedReceiver, startSignedReceiver } from '../support/signed-receiver.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testClock } from '../support/test-clock.ts';
import { adminKey } from '../support/test-config.ts';

const minute = 60_000;
const hour = 60 * minute;

/** A gateway that may deliver on this machine, with a clock that moves when a test says so. */
async function runForwarding() {
  const clock = testClock();
  const running = await runGateway({ overrides: { clock, jitter: () => 0 } });
  return { running, clock };
}

async function endpointAt(
  running: RunningGateway,
  receiver: SignedReceiver,
  details: object = {},
): Promise<EndpointSecretBody> {
  const { status, body } = await running.api<EndpointSecretBody>('POST', '/v1/endpoints', {
    url: receiver.url,
    kinds: ['message'],
    ...details,
  });
  expect(status).toBe(201);
  return body;
}

const look = async (running: RunningGateway, { id }: { id: string }) =>
  (await running.api<EndpointBody>('GET', `/v1/endpoints/${id}`)).body;

/** The alarms that somebody has to act on, but those of the pretend Meta's own setup. */
async function openAlarms(running: RunningGateway): Promise<AlarmBody[]> {
  const { body } = await running.api<Page<AlarmBody>>('GET', '/v1/alarms');
  return body.data.filter(({ code, resolvedAt }) => code.startsWith('endpoint-') && resolvedAt === null);
}

describe('an endpoint', () => {
  it('hears what its filters let through, signed, each conversation in order', async () => {
    const { running } = await runForwarding();
    const receiver = await startSignedReceiver();
    const endpoint = await endpointAt(running, receiver);
    expect(endpoint.secret).toMatch(/^whsec_/);
    const ana = running.simulator.person('558587654321', { name: 'Ana Souza' });
    const bia = running.simulator.person('5511988887777', { name: 'Bia Lima' });
    for (const text of ['primeira', 'segunda', 'terceira'])
      await Promise.all([ana.writes(text), bia.writes(text)]);
    await running.settle();
    expect(receiver.received).toHaveLength(6);
    expect(receiver.received.map((event) => event.fault(endpoint.secret))).toEqual(Array(6).fill(null));
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(6);
    for (const number of ['558587654321', '5511988887777']) {
      const texts = receiver.received
        .map(({ body }) => JSON.stringify(body))
        .filter((body) => body.includes(number))
        .map((body) => /primeira|segunda|terceira/.exec(body)?.[0]);
      expect(texts).toEqual(['primeira', 'segunda', 'terceira']);
    }
    expect(await look(running, endpoint)).toMatchObject({
      behind: 0,
      waiting: 0,
      deadLetters: 0,
      down: false,
    });
    const attempts = await running.api<ForwardAttemptPageBody>(
      'GET',
      `/v1/endpoints/${endpoint.id}/attempts`,
    );
    expect(attempts.body.data).toHaveLength(6);
    expect(attempts.body.data[0]).toMatchObject({ delivered: true, status: 204 });
  });

  it('that fails once gets the same event again, and what comes after it waits for it', async () => {
    const { running, clock } = await runForwarding();
    const receiver = await startSignedReceiver();
    const endpoint = await endpointAt(running, receiver);
    const ana = running.simulator.person('558587654321', { name: 'Ana Souza' });
    receiver.answerNext(500);
    await ana.writes('first');
    await running.settle();
    await ana.writes('second');
    await running.settle();
    expect(receiver.received).toHaveLength(1);
    expect(await look(running, endpoint)).toMatchObject({ waiting: 2, lastFailure: 'It answered 500.' });
    clock.advance(minute);
    await running.settle();
    expect(receiver.received.map(({ id }) => id)).toEqual([
      receiver.received[0]?.id,
      receiver.received[0]?.id,
      expect.not.stringMatching(receiver.received[0]?.id ?? ''),
    ]);
    expect(await look(running, endpoint)).toMatchObject({ waiting: 0, lastFailure: null });
  });

  it('gives one event up after its patience, goes on, says what was left out, and delivers it when asked', async () => {
    const { running, clock } = await runForwarding();
    const receiver = await startSignedReceiver();
    const endpoint = await endpointAt(running, receiver);
    const ana = running.simulator.person('558587654321', { name: 'Ana Souza' });
    const bia = running.simulator.person('5511988887777', { name: 'Bia Lima' });
    const isPoison = (event: SignedReceiver['received'][number]) =>
      JSON.stringify(event.body).includes('poison');
    receiver.answerWith((event) => (isPoison(event) ? 422 : 204));
    await ana.writes('poison');
    await running.settle();
    await ana.writes('good');
    for (let passed = 0; passed < 20; passed++) {
      // Others are delivered all the time, so it is not the endpoint that is down.
      await bia.writes(`hello ${passed}`);
      clock.advance(minute);
      await running.settle();
    }
    const good = receiver.received.find(({ body }) => JSON.stringify(body).includes('good'));
    expect(good?.headers['recado-skipped']).toBe('1');
    const dead = await running.api<DeadLetterPageBody>('GET', `/v1/endpoints/${endpoint.id}/dead-letters`);
    expect(dead.body.data).toMatchObject([{ kind: 'message', failure: 'It answered 422.' }]);
    expect(await look(running, endpoint)).toMatchObject({ deadLetters: 1, waiting: 0 });

    receiver.answerWith(() => 204);
    const again = await running.api<RedeliveredBody>('POST', `/v1/endpoints/${endpoint.id}/redeliver`, {
      deadSince: '2020-01-01T00:00:00Z',
    });
    expect(again).toMatchObject({ status: 202, body: { count: 1, next: null } });
    await running.settle();
    expect(await look(running, endpoint)).toMatchObject({ deadLetters: 0, waiting: 0 });
    const tries = receiver.received.filter(isPoison);
    expect(new Set(tries.map(({ id }) => id)).size).toBe(1);
  });

  it('that is down for a day misses nothing', async () => {
    const { running, clock } = await runForwarding();
    const receiver = await startSignedReceiver();
    const endpoint = await endpointAt(running, receiver);
    receiver.answerWith(() => 503);
    const people = ['558587654321', '5511988887777', '5511977776666'].map((number) =>
      running.simulator.person(number, { name: number }),
    );
    for (const person of people) await person.writes('while it was down');
    await running.settle();
    for (let passed = 0; passed < 24; passed++) {
      clock.advance(hour);
      await running.settle();
    }
    expect(await look(running, endpoint)).toMatchObject({ state: 'active', deadLetters: 0, down: true });
    expect(await openAlarms(running)).toMatchObject([{ code: 'endpoint-failing', subject: endpoint.id }]);
    receiver.answerWith(() => 204);
    receiver.received.length = 0;
    for (let passed = 0; passed < 3; passed++) {
      clock.advance(hour);
      await running.settle();
    }
    expect(receiver.received).toHaveLength(3);
    expect(await look(running, endpoint)).toMatchObject({ waiting: 0, deadLetters: 0, down: false });
  });

  it('that says it is gone is disabled, and goes on where it stood once it is active again', async () => {
    const { running, clock } = await runForwarding();
    const receiver = await startSignedReceiver();
    const endpoint = await endpointAt(running, receiver);
    const ana = running.simulator.person('558587654321', { name: 'Ana Souza' });
    receiver.answerNext(410);
    await ana.writes('first');
    await running.settle();
    expect(await look(running, endpoint)).toMatchObject({ state: 'disabled', disabledBecause: 'gone' });
    clock.advance(minute);
    await running.settle();
    expect(await openAlarms(running)).toMatchObject([{ code: 'endpoint-disabled', subject: endpoint.id }]);
    await ana.writes('second');
    await running.settle();
    expect(receiver.received).toHaveLength(1);
    await running.api('PATCH', `/v1/endpoints/${endpoint.id}`, { state: 'active' });
    await running.settle();
    expect(receiver.received).toHaveLength(3);
    clock.advance(minute);
    await running.settle();
    expect(await openAlarms(running)).toEqual([]);
    const metrics = await (
      await fetch(`${running.gateway.url}/metrics`, { headers: { authorization: `Bearer ${adminKey}` } })
    ).text();
    expect(metrics).toMatch(/^recado_forwards_total\{outcome="delivered"\} 2$/m);
    expect(metrics).toMatch(/^recado_forwards_total\{outcome="failed"\} 1$/m);
  });

  it('is paused, goes on across a restart, and is removed', async () => {
    const { running } = await runForwarding();
    const receiver = await startSignedReceiver();
    const endpoint = await endpointAt(running, receiver);
    const ana = running.simulator.person('558587654321', { name: 'Ana Souza' });
    await running.api('PATCH', `/v1/endpoints/${endpoint.id}`, { state: 'paused' });
    await ana.writes('first');
    await running.settle();
    expect(receiver.received).toEqual([]);
    await running.restart();
    await running.api('PATCH', `/v1/endpoints/${endpoint.id}`, { state: 'active' });
    await running.settle();
    expect(receiver.received).toHaveLength(1);
    await running.api('DELETE', `/v1/endpoints/${endpoint.id}`);
    await ana.writes('second');
    await running.settle();
    expect(receiver.received).toHaveLength(1);
  });

  it('has its secret rotated: for a while both are good', async () => {
    const { running, clock } = await runForwarding();
    const receiver = await startSignedReceiver();
    const endpoint = await endpointAt(running, receiver);
    const rotated = await running.api<EndpointSecretBody>(
      'POST',
      `/v1/endpoints/${endpoint.id}/rotate-secret`,
      { overlapHours: 1 },
    );
    const ana = running.simulator.person('558587654321', { name: 'Ana Souza' });
    await ana.writes('during');
    await running.settle();
    clock.advance(2 * hour);
    await ana.writes('after');
    await running.settle();
    const signatures = receiver.received.map(({ headers }) =>
      String(headers['webhook-signature']).split(' '),
    );
    expect(signatures.map(({ length }) => length)).toEqual([2, 1]);
    expect(rotated.body.secret).not.toBe(endpoint.secret);
  });

  it('gets Meta’s own envelope, signed as Meta signs, so that a receiver of Meta’s works unchanged', async () => {
    const { running } = await runForwarding();
    const receiver = await startSignedReceiver();
    await endpointAt(running, receiver, { format: 'meta', secret: 'an-app-secret-of-mine-0000000000' });
    await running.simulator.person('558587654321', { name: 'Ana Souza' }).writes('Oi');
    await running.settle();
    expect(receiver.received[0]?.body).toMatchObject({
      object: 'whatsapp_business_account',
      entry: [{ changes: [{ field: 'messages', value: { messages: [{ text: { body: 'Oi' } }] } }] }],
    });
    expect(receiver.received[0]?.headers['x-hub-signature-256']).toMatch(/^sha256=[0-9a-f]{64}$/);
  });

  it('is tried with a made-up event, which says what it met', async () => {
    const { running } = await runForwarding();
    const receiver = await startSignedReceiver();
    const endpoint = await endpointAt(running, receiver);
    receiver.answerNext(204, 302);
    const trial = () => running.api<EndpointTrialBody>('POST', `/v1/endpoints/${endpoint.id}/test`);
    expect((await trial()).body).toMatchObject({ delivered: true, status: 204, failure: null });
    expect((await trial()).body).toMatchObject({
      delivered: false,
      failure: expect.stringContaining('a redirect, which is not followed'),
    });
  });
});

describe('the address of an endpoint', () => {
  it.each([
    'http://127.0.0.1:8000/recado/',
    'https://10.0.0.5/hook',
    'https://169.254.169.254/latest/meta-data/',
    'https://[::ffff:10.0.0.5]/hook',
    'https://0x7f000001/hook',
    'https://2130706433/hook',
  ])('%s is refused with the way to allow it', async (url) => {
    const running = await runGateway({ config: (config) => ({ ...config, endpointNetworks: [] }) });
    const { status, body } = await running.api<ProblemBody>('POST', '/v1/endpoints', { url });
    expect([status, body.code]).toEqual([400, expect.stringMatching(/^endpoint-/)]);
    expect(body.remedy).toMatch(/ENDPOINT_NETWORKS|https/);
  });
});

describe('recado endpoints', () => {
  it('adds, tries, lists, pauses and removes', async () => {
    const { running } = await runForwarding();
    const receiver = await startSignedReceiver();
    const recado = (...words: string[]) =>
      runRecado(temporaryFolder(), ['endpoints', ...words], {
        RECADO_URL: running.gateway.url,
        RECADO_ADMIN_KEY: adminKey,
      });
    expect((await recado('list')).stdout).toContain('Next: npx recado endpoints add');
    const added = await recado(
      'add',
      receiver.url,
      '--name',
      'Django',
      '--kinds',
      'message',
      '--header',
      'X-A: b',
    );
    expect(added.stdout).toMatch(/Secret {4}whsec_/);
    const id = /ep_\w+/.exec(added.stdout)?.[0] ?? '';
    expect((await recado('test', id)).stdout).toMatch(/It took a made-up event: 204 after \d+ ms\./);
    expect(receiver.received[0]?.headers['x-a']).toBe('b');
    receiver.answerNext(500);
    const failed = await recado('test', id);
    expect([failed.exitCode, failed.stderr]).toEqual([1, expect.stringContaining('It answered 500.')]);
    expect((await recado('pause', id)).stdout).toContain('paused');
    expect((await recado('list')).stdout).toMatch(/paused +Django/);
    expect((await recado('remove', id)).stdout).toContain('is removed');
    const wrong = await recado('add', receiver.url, '--header', 'nonsense');
    expect([wrong.exitCode, wrong.stderr]).toEqual([2, expect.stringContaining('Next: Write it such as')]);
  });
});
