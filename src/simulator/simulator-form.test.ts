import { expect, it, onTestFinished } from 'vitest';
import { startSimulation } from './simulation.ts';
import { readSimulatorOptions } from './simulator-form.ts';

const waId = '558587654321';

it('names every mistake of a file at once', () => {
  const given = { throttling: 'never', openQuestions: { retryPeriod: 'long' }, colour: 'red' };
  expect(() => readSimulatorOptions(given)).toThrow(/throttling[\s\S]*retryPeriod|colour/);
  expect(() => readSimulatorOptions({ businessPhone: { phoneNumberId: '1' } })).toThrow(/displayPhoneNumber/);
});

it('reads what a simulator takes', () => {
  const options = {
    throttling: 'as-meta',
    webhookShape: { version: 23, userIds: false },
    openQuestions: { encoding: 'escaped', retryPeriod: 36 * 60 * 60 * 1000, toldBy: { '131047': 'answer' } },
    misbehaviour: { duplicate: 0.1 },
    groups: [{ id: 'g1', members: [waId] }],
    templateReview: { delay: 5 },
  };
  expect(readSimulatorOptions(options)).toEqual(options);
});

async function start() {
  const simulation = await startSimulation(() => ({ seed: 'a', latency: 1 }));
  onTestFinished(simulation.close);
  async function ask(method: string, path: string, body: object) {
    const response = await fetch(`${simulation.controlUrl}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  }
  const send = async () => {
    const { graphUrl, settings } = simulation.simulator();
    const response = await fetch(`${graphUrl}/v25.0/${settings.phoneNumberId}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${settings.accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        messaging_product: 'whatsapp',
        to: `+${waId}`,
        type: 'template',
        template: { name: 'hello_world', language: { code: 'en_US' } },
      }),
    });
    return JSON.stringify(await response.json());
  };
  const told = () =>
    simulation
      .simulator()
      .judge.events()
      .flatMap((event) => (event.kind === 'told' ? [JSON.stringify(event.body)] : []));
  return { simulation, ask, send, told };
}

it('a reset with throttling refuses the seventieth quick message to one person with #131056', async () => {
  const { ask, send } = await start();
  expect((await ask('POST', '/reset', { throttling: 'sometimes' })).status).toBe(400);
  expect((await ask('POST', '/reset', { throttling: 'as-meta' })).status).toBe(204);
  await ask('POST', '/people', { waId });
  const answers: string[] = [];
  for (let count = 0; count < 70; count++) answers.push(await send());
  expect(answers[0]).toContain('wamid');
  expect(answers.at(-1)).toContain('131056');
  await ask('POST', '/reset', {});
  await ask('POST', '/people', { waId });
  const unlimited: string[] = [];
  for (let count = 0; count < 70; count++) unlimited.push(await send());
  expect(unlimited.filter((answer) => answer.includes('131056'))).toEqual([]);
});

it.each([
  [
    {
      kind: 'order',
      catalogId: 'c1',
      text: null,
      items: [{ productRetailerId: 'p', quantity: 1, itemPrice: 2, currency: 'BRL' }],
    },
    '"type":"order"',
  ],
  [{ kind: 'contacts', cards: [{ name: 'Bia', phones: [], company: null }] }, '"type":"contacts"'],
  [{ kind: 'form-reply', form: 'flow', body: 'Sent', responseJson: '{"a":1}' }, '"nfm_reply"'],
  [{ kind: 'unsupported', metaType: 'poll_creation' }, '"type":"unsupported"'],
])('over HTTP a person sends %j', async (content, said) => {
  const { simulation, ask, told } = await start();
  await ask('POST', '/people', { waId });
  expect((await ask('POST', `/people/${waId}/acts`, { does: 'sends', content })).status).toBe(204);
  await simulation.simulator().drain();
  expect(told().join()).toContain(said);
});

it('a person forwards, and writes to the second business phone', async () => {
  const { simulation, ask, told } = await start();
  const second = {
    phoneNumberId: '200100200100201',
    displayPhoneNumber: '551132100001',
    wabaId: '300100300100300',
    verifiedName: 'Second',
    registered: true,
  };
  await ask('POST', '/reset', { furtherBusinessPhones: [second] });
  await ask('POST', '/people', { waId });
  const act = { does: 'writes', text: 'Olha', forwarded: 'often' };
  await ask('POST', `/people/${waId}/acts?businessPhone=${second.phoneNumberId}`, act);
  await simulation.simulator().drain();
  expect(told().join()).toContain('"frequently_forwarded":true');
  expect(told().join()).toContain(second.phoneNumberId);
});

it('refuses a status of a phone that Meta does not have', async () => {
  const { simulation, ask } = await start();
  const { phoneNumberId } = simulation.simulator().settings;
  expect((await ask('PATCH', `/phones/${phoneNumberId}`, { status: 'NOPE' })).status).toBe(400);
  expect((await ask('PATCH', `/phones/${phoneNumberId}`, { status: 'FLAGGED' })).status).toBe(200);
});

it('further apps are told as well, each signed with its own secret, and further tokens may less', async () => {
  const { simulation, ask } = await start();
  const { settings } = simulation.simulator();
  const furtherApps = [
    { id: '501', secret: 'staging-secret', fields: ['messages'] },
    { id: '502', secret: 'partner', subscribedTo: [] },
  ];
  const furtherTokens = [{ value: 'reader', appId: '501', scopes: ['whatsapp_business_management'] }];
  expect((await ask('POST', '/reset', { furtherApps, furtherTokens })).status).toBe(204);
  const { accounts, graphUrl } = simulation.simulator();
  expect([...accounts.whatsappAccount().subscribedApps.keys()]).toEqual([settings.appId, '501']);
  await ask('POST', '/people', { waId });
  await ask('POST', `/people/${waId}/writes`, { text: 'Oi' });
  await simulation.simulator().drain();
  const reports = simulation
    .simulator()
    .judge.events()
    .flatMap((event) => (event.kind === 'webhook' ? [event.report.appId] : []));
  expect(reports.toSorted()).toEqual([settings.appId, '501'].toSorted());
  const send = () =>
    fetch(`${graphUrl}/v25.0/${settings.phoneNumberId}/messages`, {
      method: 'POST',
      headers: { authorization: 'Bearer reader', 'content-type': 'application/json' },
      body: JSON.stringify({ messaging_product: 'whatsapp', to: `+${waId}`, text: { body: 'Oi' } }),
    });
  expect(await (await send()).json()).toMatchObject({ error: { code: 10 } });
  await ask('PATCH', '/tokens', { value: 'reader', scopes: ['whatsapp_business_messaging'] });
  expect((await send()).status).toBe(200);
});

it('a reset that cannot be leaves the run as it is', async () => {
  const { simulation, ask } = await start();
  await ask('POST', '/people', { waId });
  const before = simulation.simulator();
  const furtherApps = [{ id: '501', secret: 's', subscribedTo: ['9'] }];
  const refused = await ask('POST', '/reset', { furtherApps, furtherTokens: [{ value: 't', appId: '7' }] });
  expect(refused).toMatchObject({ status: 400, body: { detail: expect.stringContaining('subscribedTo') } });
  expect(refused.body.detail).toContain('furtherTokens[0].appId');
  await expect(simulation.reset({ furtherApps })).rejects.toThrow(RangeError);
  expect(simulation.simulator()).toBe(before);
  expect((await ask('POST', `/people/${waId}/writes`, { text: 'Oi' })).status).toBe(200);
});
