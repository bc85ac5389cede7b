import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createSimulator, type OpenQuestions } from '../../src/simulator/simulator.ts';

const waId = '558587654321';

async function start(openQuestions: Partial<OpenQuestions>, webhookUrl: string | null = null) {
  const simulator = await createSimulator({ seed: 'open', openQuestions, webhookUrl });
  onTestFinished(simulator.close);
  const { graphUrl, settings } = simulator;
  async function call(method: string, path: string, body?: object, token = settings.accessToken) {
    const response = await fetch(`${graphUrl}/v25.0/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, text: await response.text() };
  }
  const send = (to: string) =>
    call('POST', `${settings.phoneNumberId}/messages`, {
      messaging_product: 'whatsapp',
      to,
      type: 'text',
      text: { body: 'Olá' },
    });
  return { simulator, call, send };
}

async function receiverAnswering(status: number): Promise<string> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(status).end());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`;
}

describe('where Meta is unsure, both answers can be had (meta-facts §11)', () => {
  it.each([
    ['retried', 'will-retry'],
    ['acknowledged', 'acknowledged'],
  ] as const)('another 2xx is %s (§2.3)', async (otherSuccess, outcome) => {
    const { simulator } = await start({ otherSuccess }, await receiverAnswering(204));
    await simulator.person(waId).writes('Oi');
    await simulator.drain();
    const reports = simulator.judge
      .events()
      .flatMap((event) => (event.kind === 'webhook' ? [event.report.outcome] : []));
    expect(reports[0]).toBe(outcome);
  });

  it.each([
    ['taken', 200],
    ['refused', 400],
  ] as const)('a subscription of the app by call is %s (§7.2)', async (appSubscriptions, status) => {
    const { simulator, call } = await start({ appSubscriptions });
    const receiver = createServer((request, response) => {
      response.end(new URL(request.url ?? '', 'http://x').searchParams.get('hub.challenge'));
    });
    await new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening));
    onTestFinished(() => {
      receiver.close();
    });
    const address = receiver.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { appId, appSecret } = simulator.settings;
    const body = {
      object: 'whatsapp_business_account',
      callback_url: `http://127.0.0.1:${port}/`,
      verify_token: 'blue-door',
      fields: 'messages',
    };
    const answer = await call('POST', `${appId}/subscriptions`, body, `${appId}|${appSecret}`);
    expect(answer.status).toBe(status);
  });

  it.each([
    ['delivered-and-read', ['sent', 'delivered', 'read']],
    ['read-alone', ['sent', 'read']],
  ] as const)('an open chat is told of as %s (§2.3)', async (openChats, statuses) => {
    const { simulator, send } = await start({ openChats });
    const ana = simulator.person(waId);
    await ana.writes('Oi');
    ana.setAutoRead(true);
    await send(`+${waId}`);
    await simulator.drain();
    const told = simulator.judge
      .events()
      .flatMap((event) => (event.kind === 'told' && event.about !== 'message' ? [event.about] : []));
    expect(told).toEqual(statuses);
  });

  it.each([
    ['international', 1],
    ['own-country', 0],
  ] as const)('a number without + is read as %s (§4.4)', async (withoutPlus, received) => {
    const { simulator, send } = await start({ withoutPlus });
    const ana = simulator.person(waId);
    await ana.writes('Oi');
    expect((await send(waId)).status).toBe(200);
    await simulator.drain();
    expect(simulator.ledger()).toHaveLength(received);
    await send(`+${waId}`);
    // Without the country's code, as the own-country reading wants it.
    await send(waId.slice(2));
    await simulator.drain();
    expect(simulator.ledger()).toHaveLength(2);
  });

  it('a phone still tells its limit by the deprecated name (§6)', async () => {
    const { simulator, call } = await start({});
    const { phoneNumberId } = simulator.settings;
    const answer = await call('GET', `${phoneNumberId}?fields=messaging_limit_tier`);
    expect(answer.text).toContain('"messaging_limit_tier":"TIER_250"');
  });

  it('says of a number that only looks magic that no code ends so', async () => {
    const { simulator, send } = await start({});
    const url = '+10000009999';
    await send(url);
    await simulator.drain();
    const told = JSON.stringify(simulator.judge.events());
    expect(told).toContain('No magic recipient of the simulator ends in 9999');
  });
});
