import { describe, expect, it, onTestFinished } from 'vitest';
import {
  createSimulatedClock,
  createSimulator,
  type SimulatorChange,
  type SimulatorOptions,
} from '../../src/simulator/simulator.ts';
import { createSignatureVerifier, signBody } from '../../src/whatsapp/signature.ts';
import { graphCaller } from '../support/graph-caller.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts';

const second = 1000;
const anHour = 60 * 60 * second;
const aDay = 24 * anHour;
const ana = '558587654321';
const account = '300100300100300';

/** Statuses follow an hour later by real time, so a test that passes has not waited for them: `drain()` did the work. */
async function start(options: SimulatorOptions = {}) {
  const clock = createSimulatedClock({ start: Date.UTC(2026, 9, 5, 12), source: { now: () => 0 } });
  const receiver = await startWebhookReceiver('simulator-verify-token');
  const simulator = await createSimulator({
    clock,
    seed: 'a',
    latency: anHour,
    webhookUrl: receiver.url,
    ...options,
  });
  onTestFinished(() => simulator.close());
  const changes: SimulatorChange[] = [];
  simulator.subscribe((change) => changes.push(change));
  const reports = () => changes.filter((change) => change.kind === 'webhook');
  return { clock, receiver, simulator, reports, call: graphCaller(simulator) };
}

const template = {
  messaging_product: 'whatsapp',
  to: `+${ana}`,
  type: 'template',
  template: { name: 'hello_world', language: { code: 'en_US' } },
};

function words(receiver: WebhookReceiver): string[] {
  return receiver.deliveries.flatMap(({ body }) =>
    [...JSON.stringify(body).matchAll(/"text":\{"body":"([^"]*)"/g)].map((match) => match[1] ?? ''),
  );
}

function statuses(receiver: WebhookReceiver): string[] {
  return receiver.deliveries.flatMap(({ body }) =>
    [...JSON.stringify(body).matchAll(/"status":"([a-z]+)"/g)].map((match) => match[1] ?? ''),
  );
}

const isSigned = createSignatureVerifier(['0123456789abcdef0123456789abcdef']);

describe('several apps (meta-facts §2.3)', () => {
  it('subscribed to one account are each told, signed with their own secret', async () => {
    const { simulator, receiver } = await start();
    const other = await startWebhookReceiver('v');
    const { accounts } = simulator;
    accounts.addApp({ id: '501', secret: 'secret of the other' }).subscription.callbackUrl = other.url;
    accounts.whatsappAccount().subscribedApps.set('501', { override: null });
    await simulator.person(ana).writes('Hi');
    await simulator.drain();
    const [first] = receiver.deliveries;
    const [second] = other.deliveries;
    expect(second?.bytes).toEqual(first?.bytes);
    expect(second?.signature).toBe(signBody(second?.bytes ?? Buffer.alloc(0), 'secret of the other'));
    expect(first?.signature).not.toBe(second?.signature);
  });

  it.each([
    ['the-app-that-failed', 1],
    ['every-app', 2],
  ] as const)('are told again: %s', async (retriesGoTo, toldInAll) => {
    const { simulator, receiver, clock } = await start({ openQuestions: { retriesGoTo } });
    const failing = await startWebhookReceiver('v');
    const { accounts } = simulator;
    accounts.addApp({ id: '501', secret: 's' }).subscription.callbackUrl = failing.url;
    accounts.whatsappAccount().subscribedApps.set('501', { override: null });
    failing.answerWith(500);
    await simulator.person(ana).writes('Hi');
    await simulator.drain();
    failing.answerWith(200);
    clock.jump(second);
    await simulator.drain();
    expect([receiver.deliveries.length, failing.deliveries.length]).toEqual([toldInAll, 2]);
  });
});

/** How often a webhook that nobody takes is tried while time goes by for eight days in one go, all of it in the period. */
async function triesOnOneJourney(retryPeriod: number): Promise<number> {
  const { simulator, receiver, clock, reports } = await start({ openQuestions: { retryPeriod } });
  receiver.answerWith(500);
  const startedAt = clock.now();
  await simulator.person(ana).writes('Hi');
  await simulator.travel(8 * aDay);
  expect(clock.now()).toBe(startedAt + 8 * aDay);
  expect(reports().at(-1)).toMatchObject({ outcome: 'dropped' });
  return receiver.deliveries.length;
}

describe('redelivery (meta-facts §2.3)', () => {
  it.each([
    ['7 days', 7 * aDay],
    ['36 hours', 36 * anHour],
  ])('goes on for %s, with growing gaps', async (_name, retryPeriod) => {
    const { simulator, receiver, clock, reports } = await start({ openQuestions: { retryPeriod } });
    receiver.answerWith(500);
    const startedAt = clock.now();
    await simulator.person(ana).writes('Hi');
    await simulator.drain();
    const gaps: number[] = [];
    for (let last = reports().at(-1); last?.outcome === 'will-retry'; last = reports().at(-1)) {
      const gap = (last.nextAttemptAt ?? 0) - clock.now();
      gaps.push(gap);
      clock.jump(gap);
      await simulator.drain();
    }
    expect(gaps).toEqual(gaps.toSorted((one, other) => one - other));
    expect(await triesOnOneJourney(retryPeriod)).toEqual(receiver.deliveries.length);
    expect(new Set(gaps).size).toBeGreaterThan(10);
    expect(clock.now() - startedAt).toBeLessThanOrEqual(retryPeriod);
    expect(clock.now() - startedAt).toBeGreaterThan(retryPeriod / 2);
    expect(reports().at(-1)).toMatchObject({ outcome: 'dropped', httpStatus: 500, silence: null });
  });
});

describe('bytes (meta-facts §2.2)', () => {
  it.each(['utf-8', 'escaped', 'escaped-as-in-2017'] as const)(
    '%s: what is signed is what is sent',
    async (encoding) => {
      const { simulator, receiver } = await start({ openQuestions: { encoding } });
      await simulator.person(ana).writes('Não <b>chegou</b> 👋 50%');
      await simulator.drain();
      const [delivery] = receiver.deliveries;
      expect(isSigned(delivery?.bytes ?? Buffer.alloc(0), delivery?.signature).valid).toBe(true);
      expect(delivery?.bytes.includes('\\u00e3')).toBe(encoding !== 'utf-8');
      expect(words(receiver)).toEqual(['Não <b>chegou</b> 👋 50%']);
    },
  );
});

describe('batches (meta-facts §2.4)', () => {
  it.each(['entries', 'changes', 'elements'] as const)(
    'as %s: what comes together leaves in one body, up to 1,000 updates',
    async (batching) => {
      const { simulator, receiver, reports } = await start({ batching });
      const people = [ana, '5511987654321', '5521987654321'].map((waId) => simulator.person(waId));
      for (let count = 0; count < 400; count += 1) {
        for (const person of people) await person.writes(`${count}`);
      }
      await simulator.drain();
      expect(receiver.deliveries).toHaveLength(2);
      expect(words(receiver)).toHaveLength(1200);
      expect(reports()).toHaveLength(1200);
      expect(reports().every(({ outcome }) => outcome === 'acknowledged')).toBe(true);
      expect(people[0]?.messages().every(({ status }) => status === 'delivered')).toBe(true);
    },
  );

  it('have at most 3 MB', async () => {
    const { simulator, receiver } = await start({ batching: 'elements' });
    const long = 'a'.repeat(400_000);
    for (let count = 0; count < 10; count += 1) await simulator.person(ana).writes(long);
    await simulator.drain();
    expect(receiver.deliveries).toHaveLength(2);
    for (const { bytes } of receiver.deliveries) expect(bytes.length).toBeLessThanOrEqual(3 * 1024 * 1024);
  });
});

describe('misbehaviour of deliveries', () => {
  it('duplicate: the same bytes twice, acknowledged twice', async () => {
    const { simulator, receiver } = await start();
    simulator.misbehave({ fault: 'duplicate' });
    await simulator.person(ana).writes('one');
    await simulator.person(ana).writes('two');
    await simulator.drain();
    expect(words(receiver)).toEqual(['one', 'one', 'two']);
    expect(receiver.deliveries[0]?.bytes).toEqual(receiver.deliveries[1]?.bytes);
  });

  it('reorder: overtaken by the next one, or alone after five seconds', async () => {
    const { simulator, receiver, clock } = await start();
    simulator.misbehave({ fault: 'reorder' });
    for (const text of ['one', 'two', 'three']) await simulator.person(ana).writes(text);
    await simulator.drain();
    expect(words(receiver)[0]).toBe('two');
    expect(words(receiver).toSorted()).toEqual(['one', 'three', 'two']);
    simulator.misbehave({ fault: 'reorder' });
    await simulator.person(ana).writes('four');
    await simulator.drain();
    expect(words(receiver)).toHaveLength(3);
    clock.jump(5 * second);
    await simulator.drain();
    expect(words(receiver)).toHaveLength(4);
  });

  it('reorder of a status: read comes before delivered', async () => {
    const { simulator, receiver, call } = await start();
    simulator.person(ana).setAutoRead(true);
    simulator.misbehave({ fault: 'reorder', about: 'delivered' });
    await call('POST', '200100200100200/messages', { body: template });
    await simulator.drain();
    expect(statuses(receiver)).toEqual(['sent', 'read', 'delivered']);
  });

  it('drop: never comes, and says so', async () => {
    const { simulator, receiver, reports, clock } = await start();
    simulator.misbehave({ fault: 'drop', times: 2 });
    for (const text of ['one', 'two', 'three']) await simulator.person(ana).writes(text);
    await simulator.drain();
    clock.jump(8 * aDay);
    await simulator.drain();
    expect(words(receiver)).toEqual(['three']);
    expect(reports()[0]).toMatchObject({
      outcome: 'dropped',
      attempt: 0,
      reason: expect.stringContaining('lose'),
    });
  });

  it('delay: comes later, by simulated time', async () => {
    const { simulator, receiver, clock } = await start();
    simulator.misbehave({ fault: 'delay', by: anHour });
    await simulator.person(ana).writes('one');
    await simulator.drain();
    clock.jump(anHour - 1);
    await simulator.drain();
    expect(words(receiver)).toEqual([]);
    clock.jump(1);
    await simulator.drain();
    expect(words(receiver)).toEqual(['one']);
  });

  it('wrong signature: once; the next try is signed rightly', async () => {
    const { simulator, receiver, clock } = await start();
    simulator.misbehave({ fault: 'wrong-signature' });
    receiver.answerWith(401);
    await simulator.person(ana).writes('one');
    await simulator.drain();
    receiver.answerWith(200);
    clock.jump(second);
    await simulator.drain();
    const valid = receiver.deliveries.map(({ bytes, signature }) => isSigned(bytes, signature).valid);
    expect(valid).toEqual([false, true]);
  });

  it('status before answer: the statuses are there when the answer comes', async () => {
    const { simulator, receiver, call } = await start();
    simulator.person(ana);
    simulator.misbehave({ fault: 'status-before-answer' });
    const answer = await call('POST', '200100200100200/messages', { body: template });
    expect(answer.status).toBe(200);
    expect(statuses(receiver)).toEqual(['sent', 'delivered']);
  });

  it('lost answer: done all the same; server error: not done', async () => {
    const { simulator, call } = await start();
    simulator.person(ana);
    simulator.misbehave({ fault: 'lost-answer' });
    await expect(call('POST', '200100200100200/messages', { body: template })).rejects.toThrow();
    await simulator.drain();
    expect(simulator.ledger()).toHaveLength(1);
    simulator.misbehave({ fault: 'server-error' });
    expect(await call('POST', '200100200100200/messages', { body: template })).toMatchObject({
      status: 500,
      body: { error: { code: 131000 } },
    });
    await simulator.drain();
    expect(simulator.ledger()).toHaveLength(1);
    expect(await call('GET', '200100200100200')).toMatchObject({ status: 200 });
  });

  it('comes by chance, the same for the same seed, and ends when told', async () => {
    const run = async (seed: string) => {
      const { simulator, receiver } = await start({ seed, misbehaviour: { duplicate: 0.3 } });
      for (let count = 0; count < 40; count += 1) await simulator.person(ana).writes(`${count}`);
      await simulator.drain();
      simulator.behave();
      const before = receiver.deliveries.length;
      for (let count = 0; count < 20; count += 1) await simulator.person(ana).writes('again');
      await simulator.drain();
      expect(receiver.deliveries).toHaveLength(before + 20);
      return words(receiver);
    };
    const first = await run('x');
    expect(first.length).toBeGreaterThan(62);
    expect(await run('x')).toEqual(first);
    expect(await run('y')).not.toEqual(first);
  });
});

describe('bodies of one’s own', () => {
  const dashboardTest = {
    object: 'whatsapp_business_account',
    entry: [{ id: '0', changes: [{ field: 'messages', value: { messaging_product: 'whatsapp' } }] }],
  };

  it('the dashboard’s test reaches an app in development; the same body from elsewhere does not (meta-facts §8)', async () => {
    const { simulator, receiver, reports } = await start();
    simulator.accounts.app().mode = 'development';
    const webhook = { line: 'test', about: 'test', waId: null, body: dashboardTest };
    simulator.deliver({ ...webhook, testOf: simulator.settings.appId });
    simulator.deliver(webhook);
    await simulator.drain();
    expect(receiver.deliveries).toHaveLength(1);
    expect(reports()).toMatchObject([
      { outcome: 'dropped', silence: 'account-not-subscribed' },
      { outcome: 'acknowledged' },
    ]);
  });

  it('go where their account and field send them', async () => {
    const { simulator, receiver } = await start();
    const update = {
      object: 'whatsapp_business_account',
      entry: [{ id: account, time: 1, changes: [{ field: 'account_update', value: { event: 'X' } }] }],
    };
    simulator.accounts.phone().callbackOverride = { callbackUrl: 'http://127.0.0.1:9/', verifyToken: 'v' };
    simulator.deliver({ line: 'x', about: 'account_update', waId: null, body: update });
    await simulator.drain();
    expect(receiver.deliveries.map(({ body }) => body)).toEqual([update]);
  });
});
