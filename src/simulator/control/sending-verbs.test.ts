import { expect, it, onTestFinished } from 'vitest';
import { startSimulation } from '../simulation.ts';

/** A simulation with its control; the answer of a verb, as JSON. */
async function start() {
  const simulation = await startSimulation(() => ({ seed: 'a' }));
  onTestFinished(simulation.close);
  async function ask(method: string, path: string, body?: object) {
    const response = await fetch(`${simulation.controlUrl}${path}`, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  }
  return { simulation, ask };
}

it('sets conditions, with lists for sets, and tells them', async () => {
  const { simulation, ask } = await start();
  await ask('PATCH', '/conditions', { paymentProblem: true, experiment: ['558587654321'] });
  expect(simulation.simulator().conditions).toMatchObject({
    paymentProblem: true,
    maintenance: false,
    experiment: new Set(['558587654321']),
  });
  expect((await ask('GET', '/conditions')).body).toMatchObject({
    paymentProblem: true,
    experiment: ['558587654321'],
  });
  expect((await ask('PATCH', '/conditions', { colour: 'red' })).status).toBe(400);
});

it('decides about templates as Meta does', async () => {
  const { ask } = await start();
  const { body } = await ask('GET', '/templates');
  const [hello] = body.data;
  expect(hello).toMatchObject({ name: 'hello_world', status: 'APPROVED' });
  const change = { status: 'PAUSED', quality: 'RED', category: 'marketing', acceptance: 'paused' };
  await ask('PATCH', `/templates/${hello.id}`, change);
  expect((await ask('GET', '/templates')).body.data[0]).toMatchObject({
    ...change,
    previousCategory: 'utility',
  });
  expect((await ask('PATCH', '/templates/1', change)).status).toBe(400);
});

it('lists magic recipients and breaches', async () => {
  const { ask } = await start();
  expect((await ask('GET', '/magic-recipients')).body.data).toContainEqual(
    expect.objectContaining({ number: '+10000003010', code: 133010 }),
  );
  expect((await ask('GET', '/rate-breaches')).body).toEqual({ data: [] });
  expect((await ask('POST', '/held/release')).status).toBe(204);
});

it('tells news, and refuses those that Meta does not know', async () => {
  const { simulation, ask } = await start();
  const news = { kind: 'account-update', event: 'ACCOUNT_VIOLATION', parts: { violation_info: {} } };
  expect((await ask('POST', '/news', { news })).status).toBe(204);
  const told = simulation
    .simulator()
    .judge.events()
    .flatMap((event) => (event.kind === 'told' ? [event.body] : []));
  expect(told).toMatchObject([
    { entry: [{ changes: [{ field: 'account_update', value: { event: 'ACCOUNT_VIOLATION' } }] }] },
  ]);
  const group = { kind: 'group', field: 'group_status_update', groupId: 'g1' };
  expect((await ask('POST', '/news', { news: group })).status).toBe(204);
  expect((await ask('POST', '/news', { news: { kind: 'colour' } })).status).toBe(400);
  expect((await ask('POST', '/news', { news, phoneNumberId: '1' })).status).toBe(400);
});
