import { expect, it, onTestFinished } from 'vitest';
import { startSimulation } from '../simulation.ts';
import { createSimulatedClock } from '../time/simulated-clock.ts';

const waId = '558587654321';
const hour = 60 * 60 * 1000;

async function start() {
  const clock = () => createSimulatedClock({ start: 1_790_000_000_000, source: { now: () => 0 } });
  const simulation = await startSimulation(() => ({ seed: 'a', clock: clock() }));
  onTestFinished(simulation.close);
  async function ask(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
    const response = await fetch(`${simulation.controlUrl}${path}`, {
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  }
  return { simulation, ask };
}

it('plays a scenario of people and of Meta in simulated time, and tells what failed', async () => {
  const { simulation, ask } = await start();
  const steps = [
    { at: 0, person: waId, does: 'joins', name: 'Ana Souza' },
    { at: hour, person: waId, does: 'writes', text: 'Oi' },
    { at: 2 * hour, does: 'misbehaves', fault: 'duplicate' },
    { at: 3 * hour, does: 'unregisters' },
    { at: 4 * hour, person: waId, does: 'taps', choice: 'nothing' },
  ];
  const { body } = await ask('POST', '/play', { steps });
  expect(body.failed).toMatchObject([{ step: 4, reason: expect.stringContaining('nothing to tap') }]);
  const simulator = simulation.simulator();
  expect(simulator.accounts.phone().registered).toBe(false);
  expect(simulator.person(waId).messages()).toMatchObject([{ at: 1_790_000_000_000 + hour }]);
  expect(simulator.time.now()).toBe(1_790_000_000_000 + 4 * hour);

  const recording = (await ask('GET', '/recording')).body;
  expect(recording.entries.map(({ kind }: { kind: string }) => kind)).toContain('meta');
});

it.each([
  [{ steps: [{ at: 0, does: 'flies' }] }],
  [{ steps: [{ at: 0, person: waId, does: 'flies' }] }],
  [{ steps: [{ does: 'behaves' }] }],
  [{ scenes: [] }],
])('refuses what is no scenario before time moves: %j', async (scenario) => {
  const { simulation, ask } = await start();
  const before = simulation.simulator().time.now();
  expect((await ask('POST', '/play', scenario)).status).toBe(400);
  expect(simulation.simulator().time.now()).toBe(before);
});

it('lets Meta do one thing, and refuses what it cannot do', async () => {
  const { simulation, ask } = await start();
  expect((await ask('POST', '/meta', { does: 'sets-conditions', unreachable: [waId] })).status).toBe(204);
  expect(simulation.simulator().conditions.unreachable).toEqual(new Set([waId]));
  expect((await ask('POST', '/meta', { does: 'flies' })).status).toBe(400);
});

it('keeps what was set over HTTP in the recording, and plays it again', async () => {
  const { simulation, ask } = await start();
  await ask('POST', '/people', { waId });
  await ask('POST', `/people/${waId}/writes`, { text: 'Oi' });
  await ask('POST', '/drain');
  const { accounts, settings, templates } = simulation.simulator();
  const template = templates.all()[0]?.id ?? '';
  expect(
    (await ask('PATCH', `/phones/${settings.phoneNumberId}`, { allowedRecipients: ['5511'] })).body,
  ).toMatchObject({ allowedRecipients: ['5511'] });
  await ask('PATCH', `/whatsapp-accounts/${settings.wabaId}`, { canSendMessage: 'BLOCKED' });
  await ask('PATCH', `/apps/${settings.appId}`, { fields: ['messages'], mode: 'development' });
  await ask('PATCH', '/tokens', { scopes: ['whatsapp_business_messaging'] });
  await ask('PATCH', '/conditions', { experiment: [waId] });
  expect((await ask('PATCH', `/templates/${template}`, { status: 'PAUSED' })).body.status).toBe('PAUSED');
  expect(accounts.app().subscription.fields).toEqual(new Set(['messages']));
  await ask('POST', '/drain');

  const recording = (await ask('GET', '/recording')).body;
  const { status, body } = await ask('POST', '/replay', recording);
  expect(status).toBe(200);
  expect(body.differences).toEqual([]);
  const told = simulation.simulator().judge.events();
  expect(body.webhooks).toEqual(told.flatMap((event) => (event.kind === 'told' ? [event.body] : [])));
  expect(body.webhooks).toHaveLength(2);
  expect((await ask('POST', '/replay', { seed: 'a' })).status).toBe(400);
  expect((await ask('PATCH', '/tokens', { scopes: 'all' })).body).toMatchObject({
    code: 'body-invalid',
    detail: expect.stringContaining('scopes'),
  });
});

it('locks an account and pauses a template by a scenario', async () => {
  const { simulation, ask } = await start();
  const steps = [
    { at: 0, does: 'sets-account', canSendMessage: 'BLOCKED' },
    { at: 0, does: 'decides-template', name: 'hello_world', language: 'en_US', status: 'PAUSED' },
    { at: 0, does: 'decides-template', name: 'nobody', language: 'en_US', status: 'PAUSED' },
  ];
  const { body } = await ask('POST', '/play', { steps });
  expect(body.failed).toMatchObject([{ step: 2, reason: expect.stringContaining('no template nobody') }]);
  const { accounts, templates } = simulation.simulator();
  expect(accounts.whatsappAccount().canSendMessage).toBe('BLOCKED');
  expect(templates.all().find(({ name }) => name === 'hello_world')?.status).toBe('PAUSED');
});

it('says of each webhook why nobody was told, also after the cause has changed', async () => {
  const { simulation, ask } = await start();
  const { accounts } = simulation.simulator();
  accounts.app().subscription = { ...accounts.app().subscription, callbackUrl: 'http://127.0.0.1:1/x' };
  accounts.app().mode = 'development';
  await ask('POST', '/people', { waId });
  await ask('POST', `/people/${waId}/writes`, { text: 'one' });
  await ask('POST', '/drain');
  accounts.app().mode = 'live';
  accounts.app().subscription.fields.delete('messages');
  await ask('POST', `/people/${waId}/writes`, { text: 'two' });
  await ask('POST', '/drain');
  const { data } = (await ask('GET', '/webhooks')).body;
  expect(data.map(({ silence }: { silence: string }) => silence)).toEqual([
    'app-in-development',
    'field-not-ticked',
  ]);
  expect(data[1].reason).toContain('messages');
});

it('a judgement that is not so has a code of its own', async () => {
  const { ask } = await start();
  await ask('POST', '/people', { waId });
  const { status, body } = await ask('POST', '/judgements/received-once', { waId, text: 'Oi' });
  expect(status).toBe(409);
  expect(body).toMatchObject({ code: 'judgement-failed', detail: expect.stringContaining('was to receive') });
});

it('answers nobody for whom a proxy speaks', async () => {
  const { ask } = await start();
  for (const name of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip']) {
    expect((await ask('GET', '/state', undefined, { [name]: '203.0.113.7' })).status).toBe(403);
  }
  expect((await ask('GET', '/state')).status).toBe(200);
});
