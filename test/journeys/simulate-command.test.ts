import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startRecado } from '../support/run-recado.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startWebhookReceiver } from '../support/webhook-receiver.ts';

type Ready = {
  graphUrl: string;
  controlUrl: string;
  webhookUrl: string | null;
  appSecret: string;
  accessToken: string;
  phoneNumberId: string;
  pid: number;
};

async function simulate(...words: string[]) {
  const running = startRecado(temporaryFolder(), ['simulate', '--port', '0', '--json', ...words]);
  const [line] = await running.prints(/^\{"graphUrl":.*\}$/m);
  const ready: Ready = JSON.parse(line ?? '');
  const control = async (method: string, path: string, body?: object, headers: object = {}) => {
    const response = await fetch(`${ready.controlUrl}${path}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  };
  return { running, ready, control };
}

describe('recado simulate', () => {
  it('is a Meta for any receiver: handshake, people by HTTP, sends, time', async () => {
    const receiver = await startWebhookReceiver('simulator-verify-token');
    const { running, ready, control } = await simulate('--webhook', receiver.url, '--seed', 'a');
    expect(ready).toMatchObject({ webhookUrl: receiver.url, pid: running.process.pid });
    expect(receiver.handshakes).toBe(1);
    expect(running.printed()).toContain(`META_GRAPH_URL=${ready.graphUrl}`);
    expect(running.printed()).toContain(`META_APP_SECRET=${ready.appSecret}`);

    await control('POST', '/people', { waId: '558587654321', name: 'Ana Souza' });
    const written = await control('POST', '/people/558587654321/writes', { text: 'Hi' });
    await control('POST', '/drain');
    expect(receiver.deliveries).toMatchObject([
      { body: { entry: [{ changes: [{ value: { messages: [{ id: written.body.messageId }] } }] }] } },
    ]);

    const phone = { latitude: -3.73, longitude: -38.52 };
    const acts = '/people/558587654321/acts';
    expect((await control('POST', acts, { does: 'sends-location', ...phone })).status).toBe(204);
    const unknownAct = await control('POST', acts, { does: 'flies' });
    expect(unknownAct).toMatchObject({ status: 400, body: { detail: expect.stringContaining('does') } });
    await control('POST', '/drain');
    expect(receiver.deliveries.at(-1)).toMatchObject({
      body: { entry: [{ changes: [{ value: { messages: [{ type: 'location', location: phone }] } }] }] },
    });

    const send = () =>
      fetch(`${ready.graphUrl}/v25.0/${ready.phoneNumberId}/messages`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ready.accessToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          messaging_product: 'whatsapp',
          to: '+558587654321',
          type: 'text',
          text: { body: 'Hello' },
        }),
      });
    expect((await send()).status).toBe(200);
    await control('POST', '/drain');
    const once = { waId: '558587654321', text: 'Hello' };
    expect(await control('POST', '/judgements/received-once', once)).toMatchObject({
      status: 200,
      body: { found: '558587654321 received "Hello" once.' },
    });
    expect(await control('GET', '/judgements/everything-acknowledged')).toMatchObject({ status: 200 });
    expect(await control('POST', '/judgements/received-once', { ...once, text: 'Bye' })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('received it not at all') },
    });
    await control('POST', '/drain');
    expect((await control('GET', '/ledger')).body.data).toMatchObject([{ body: 'Hello' }]);
    const before = (await control('GET', '/time')).body.now;
    const jumped = await control('POST', '/time/jump', { milliseconds: 25 * 60 * 60 * 1000 });
    expect(jumped.body.now - before).toBeGreaterThanOrEqual(25 * 60 * 60 * 1000);
    expect((await control('GET', '/people/558587654321')).body.window.open).toBe(false);

    expect((await control('POST', '/reset', {})).status).toBe(204);
    expect((await control('GET', '/people')).body).toEqual({ data: [] });
    expect((await control('GET', '/time')).body.now).toBeLessThan(jumped.body.now - 24 * 60 * 60 * 1000);
    running.process.kill('SIGTERM');
    expect(await running.ended).toMatchObject({ exitCode: 0 });
  });

  it('has switches for the books, for time and for what goes wrong', async () => {
    const receiver = await startWebhookReceiver('simulator-verify-token');
    const { ready, control } = await simulate('--webhook', receiver.url, '--speed', '3600');
    expect((await control('GET', '/time')).body).toMatchObject({ paused: false, speed: 3600 });
    expect((await control('POST', '/time/pause')).body).toMatchObject({ paused: true });
    expect((await control('POST', '/time/speed', { factor: 2 })).body).toMatchObject({ speed: 2 });
    expect((await control('POST', '/time/resume')).body).toMatchObject({ paused: false });
    const changed = await control('PATCH', `/phones/${ready.phoneNumberId}`, {
      status: 'BANNED',
      allowedRecipients: ['558587654321'],
    });
    expect(changed.body).toMatchObject({ status: 'BANNED', allowedRecipients: ['558587654321'] });
    const { apps } = (await control('GET', '/accounts')).body;
    await control('PATCH', `/apps/${apps[0].id}`, { mode: 'development', fields: ['messages'] });
    expect((await control('GET', '/accounts')).body.apps).toMatchObject([
      { mode: 'development', subscription: { fields: ['messages'], callbackUrl: receiver.url } },
    ]);
    await control('PATCH', `/apps/${apps[0].id}`, { mode: 'live' });
    await control('POST', '/people', { waId: '558587654321' });
    await control('POST', '/misbehaviour', { fault: 'duplicate' });
    await control('POST', '/people/558587654321/writes', { text: 'Hi' });
    await control('POST', '/drain');
    expect(receiver.deliveries).toHaveLength(2);
    await control('PATCH', '/tokens', { invalidated: true });
    const answer = await fetch(`${ready.graphUrl}/v25.0/${ready.phoneNumberId}`, {
      headers: { authorization: `Bearer ${ready.accessToken}` },
    });
    expect(answer.status).toBe(401);
    expect((await control('GET', '/requests')).body.data).toMatchObject([{ code: 190 }]);
    expect((await control('GET', '/state')).body).toMatchObject({ people: 1, webhookUrl: receiver.url });
  });

  it('says what is wrong with a request, and answers no page of another site', async () => {
    const { ready, control } = await simulate();
    const problem = (status: number, code: string) => ({ status, body: { status, code } });
    expect(await control('GET', '')).toMatchObject({ status: 200 });
    expect(await control('GET', '/nowhere')).toMatchObject(problem(404, 'verb-unknown'));
    expect(await control('POST', '/time/jump', { hours: 1 })).toMatchObject(problem(400, 'body-invalid'));
    expect(await control('POST', '/people', { waId: '1' })).toMatchObject(problem(400, 'value-invalid'));
    expect(await control('GET', '/people/558587654321')).toMatchObject(problem(400, 'value-invalid'));
    expect(await control('PATCH', '/phones/1', {})).toMatchObject(problem(400, 'value-invalid'));
    expect(await control('POST', '/drain', {}, { 'content-type': 'text/plain' })).toMatchObject(
      problem(400, 'body-invalid'),
    );
    expect(await control('GET', '/state', undefined, { origin: 'https://evil.example' })).toMatchObject(
      problem(403, 'control-from-elsewhere'),
    );
    await control('POST', '/people', { waId: '558587654321' });
    await control('PATCH', '/people/558587654321', { online: false });
    expect(await control('POST', '/people/558587654321/writes', { text: 'Hi' })).toMatchObject(
      problem(409, 'verb-failed'),
    );
    expect(ready.webhookUrl).toBeNull();
  });

  it.each([
    [['--port', 'x'], /--port takes a number/],
    [['--speed', '0'], /--speed takes a number above 0/],
    [['--webhook', 'localhost'], /--webhook takes an address/],
  ])('refuses %j', async (words, sentence) => {
    const running = startRecado(temporaryFolder(), ['simulate', ...words]);
    const { exitCode, stderr } = await running.ended;
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(sentence);
  });

  it('takes its options from a file, and says in the terminal what nobody got, and why', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'simulator.json');
    writeFileSync(file, JSON.stringify({ throttling: 'as-meta', webhookShape: { version: 23 } }));
    const { running, control } = await simulate('--config', file);
    await control('POST', '/people', { waId: '558587654321' });
    await control('POST', '/people/558587654321/writes', { text: 'Hi' });
    await running.prints(/Webhook +"message" .* was not told to anybody: No webhook URL is set/);
    expect((await control('GET', '/webhooks')).body.data).toMatchObject([{ silence: 'no-callback' }]);

    writeFileSync(file, JSON.stringify({ throttling: 'sometimes' }));
    const refused = await startRecado(folder, ['simulate', '--port', '0', '--config', file]).ended;
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain('throttling');
  });

  it('explains a port that is in use, and a receiver that fails the handshake', async () => {
    const other = createServer((_request, response) => response.writeHead(403).end());
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
    onTestFinished(() => {
      other.close();
    });
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { exitCode, stderr } = await startRecado(temporaryFolder(), ['simulate', '--port', `${port}`])
      .ended;
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/in use.*\n.*--port/s);
    const { running } = await simulate('--webhook', `http://127.0.0.1:${port}/`);
    expect(running.printed()).toMatch(/failed Meta's handshake \(HTTP 403\)/);
  });
});
