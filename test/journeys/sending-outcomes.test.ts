import { describe, expect, it } from 'vitest';
import type { NotificationBody } from '../../src/server/contract/notification.ts';
import type { ProblemBody } from '../../src/server/contract/problem.ts';
import { type RunningGateway, runGateway, textMessage, webhookOf } from '../support/running-gateway.ts';
import { testClock } from '../support/test-clock.ts';

const minute = 60_000;

async function notify(running: RunningGateway, changes: object = {}): Promise<string> {
  const answer = await running.api<NotificationBody>('POST', '/v1/notifications', {
    to: '558587654321',
    text: 'Hello',
    ...changes,
  });
  expect(answer.status).toBe(202);
  return answer.body.id;
}

async function look(running: RunningGateway, id: string): Promise<NotificationBody> {
  return (await running.api<NotificationBody>('GET', `/v1/notifications/${id}`)).body;
}

async function withAna(options: Parameters<typeof runGateway>[0] = {}) {
  const running = await runGateway(options);
  const ana = running.simulator.person('558587654321', { name: 'Ana Souza' });
  await ana.writes('Hi');
  await running.settle();
  return { running, ana };
}

describe('Meta answers with an error', () => {
  it('explains #133010: our own business phone is not registered, and no retry can help', async () => {
    const { running } = await withAna();
    running.simulator.unregister();
    const id = await notify(running);
    await running.settle();
    const notification = await look(running, id);
    expect(notification).toMatchObject({
      state: 'failed',
      failure: { code: 'business-phone-not-registered', metaCode: 133010 },
      attempts: [{ number: 1, outcome: 'refused', traceId: expect.stringMatching(/^A\w+$/) }],
    });
    expect(notification.failure?.remedy).toContain('recado register');
  });

  it.each([
    { code: 131030, failure: 'recipient-not-allowed' },
    { code: 131026, failure: 'recipient-unreachable' },
    { code: 132001, failure: 'template-missing' },
    { code: 987654, failure: 'meta-refused' },
  ])('ends with #$code as $failure, with a remedy, after one try', async ({ code, failure }) => {
    const { running } = await withAna();
    running.simulator.failNext(code);
    const id = await notify(running);
    await running.settle();
    const notification = await look(running, id);
    expect(notification).toMatchObject({ state: 'failed', failure: { code: failure, metaCode: code } });
    expect(notification.failure?.remedy).not.toBe('');
    expect(notification.attempts).toHaveLength(1);
  });

  it.each([130429, 131056, 80007, 4, 131016])(
    'waits and tries again after the throttle #%i, keeping the reason while it waits',
    async (code) => {
      const clock = testClock();
      const { running, ana } = await withAna({ overrides: { clock, jitter: () => 0 } });
      running.simulator.failNext(code);
      const id = await notify(running);
      await running.settle();
      const waiting = await look(running, id);
      expect(waiting).toMatchObject({ state: 'queued', failure: { metaCode: code } });
      expect(waiting.nextAttemptAt).not.toBeNull();
      clock.advance(16 * minute);
      await running.settle();
      expect(await look(running, id)).toMatchObject({ state: 'delivered', failure: null });
      expect(ana.messages().filter(({ direction }) => direction === 'in')).toHaveLength(1);
    },
  );

  it('keeps #131047 when it comes late, as a failed status: Meta never saw the message that we saw', async () => {
    const running = await runGateway();
    running.simulator.person('558587654321');
    const now = Math.floor(Date.now() / 1000);
    await running.post(webhookOf({ messages: [textMessage('wamid.only-here', '558587654321', 'Hi', now)] }));
    await running.settle();
    const id = await notify(running);
    await running.settle();
    expect(await look(running, id)).toMatchObject({
      state: 'failed',
      failure: { code: 'window-closed', metaCode: 131047 },
      attempts: [{ outcome: 'accepted' }],
      statuses: [{ status: 'failed' }],
    });
  });

  it('names the unknown template of Meta as #132001, where templates cannot be read before', async () => {
    const { running } = await withAna({
      config: (config) => ({ ...config, meta: { ...config.meta, wabaId: null } }),
    });
    const id = await notify(running, { text: undefined, template: { name: 'no_such', language: 'pt_BR' } });
    await running.settle();
    expect(await look(running, id)).toMatchObject({
      state: 'failed',
      failure: { code: 'template-missing', metaCode: 132001 },
    });
  });

  it('keeps the reason of a message that was accepted and then failed: nobody of that number is on WhatsApp', async () => {
    const { running } = await withAna();
    const id = await notify(running, {
      to: '+5511900000001',
      text: undefined,
      template: { name: 'hello_world', language: 'en_US' },
    });
    await running.settle();
    expect(await look(running, id)).toMatchObject({
      state: 'failed',
      failure: { code: 'recipient-unreachable', metaCode: 131026 },
      statuses: [{ status: 'failed' }],
    });
  });
});

describe('nobody answers', () => {
  it('is certainly not sent when the connection is refused: it waits for the next try', async () => {
    // A port of the loopback where nobody listens.
    const running = await runGateway({
      config: (config) => ({ ...config, meta: { ...config.meta, graphUrl: 'http://127.0.0.1:9' } }),
    });
    const id = await notify(running, {
      text: undefined,
      template: { name: 'hello_world', language: 'en_US' },
    });
    await running.gateway.drain();
    expect(await look(running, id)).toMatchObject({
      state: 'queued',
      failure: { code: 'not-connected' },
      attempts: [{ outcome: 'not-sent' }],
    });
  });

  it('is unknown when the answer is lost, and a status that carries our id settles it', async () => {
    const { running, ana } = await withAna();
    running.simulator.holdStatuses();
    running.simulator.dropAnswer();
    const id = await notify(running);
    await running.settle();
    expect(await look(running, id)).toMatchObject({ state: 'unknown', messageId: null });
    running.simulator.releaseStatuses();
    await running.settle();
    const settled = await look(running, id);
    expect(settled.state).toBe('delivered');
    expect(settled.messageId).toMatch(/^wamid\./);
    expect(ana.messages().filter(({ direction }) => direction === 'in')).toHaveLength(1);
  });

  it('fails by policy when no status ever comes, is never sent again, and yields to a status that comes after all', async () => {
    const clock = testClock();
    const { running, ana } = await withAna({ overrides: { clock } });
    running.simulator.holdStatuses();
    running.simulator.dropAnswer();
    const id = await notify(running);
    await running.settle();
    clock.advance(16 * minute);
    await running.settle();
    expect(await look(running, id)).toMatchObject({ state: 'failed', failure: { code: 'outcome-unknown' } });
    running.simulator.releaseStatuses();
    await running.settle();
    expect(await look(running, id)).toMatchObject({ state: 'delivered', failure: null });
    expect(ana.messages().filter(({ direction }) => direction === 'in')).toHaveLength(1);
  });
});

describe('time decides', () => {
  it('expires what cannot be sent before its notAfter', async () => {
    const clock = testClock();
    const { running } = await withAna({ overrides: { clock } });
    running.simulator.failNext(130429);
    const id = await notify(running, { notAfter: new Date(clock.now() + minute).toISOString() });
    await running.settle();
    running.simulator.failNext(130429);
    clock.advance(2 * minute);
    await running.settle();
    expect(await look(running, id)).toMatchObject({ state: 'expired', failure: { metaCode: 130429 } });
  });

  it('waits for notBefore', async () => {
    const clock = testClock();
    const { running, ana } = await withAna({ overrides: { clock } });
    const id = await notify(running, { notBefore: new Date(clock.now() + 10 * minute).toISOString() });
    await running.settle();
    expect((await look(running, id)).state).toBe('queued');
    clock.advance(11 * minute);
    await running.settle();
    expect((await look(running, id)).state).toBe('delivered');
    expect(ana.messages().at(-1)?.text).toBe('Hello');
  });

  it('decides again at the moment of sending: the window has closed since the taking', async () => {
    const clock = testClock();
    const { running, ana } = await withAna({ overrides: { clock } });
    const id = await notify(running, {
      notBefore: new Date(clock.now() + 30 * 60 * minute).toISOString(),
      notAfter: new Date(clock.now() + 40 * 60 * minute).toISOString(),
    });
    clock.advance(31 * 60 * minute);
    await running.settle();
    expect(await look(running, id)).toMatchObject({
      state: 'failed',
      decision: 'refuse',
      failure: { code: 'window-closed' },
      attempts: [],
    });
    expect(ana.messages()).toHaveLength(1);
  });
});

describe('bad input', () => {
  it.each([
    {
      name: 'a closed window',
      body: { to: '+5511999990000', text: 'x' },
      status: 422,
      code: 'window-closed',
    },
    {
      name: 'a text over 4,096 characters',
      body: { to: '558587654321', text: 'x'.repeat(4097) },
      status: 422,
      code: 'text-too-long',
    },
    {
      name: 'nonsense as a number',
      body: { to: 'call me', text: 'x' },
      status: 400,
      code: 'recipient-invalid',
    },
    {
      name: 'an unknown property',
      body: { to: '558587654321', text: 'x', txt: 'y' },
      status: 400,
      code: null,
    },
  ])('$name gets a problem document with code, sentence and remedy', async ({ body, status, code }) => {
    const { running } = await withAna();
    const answer = await running.api<ProblemBody>('POST', '/v1/notifications', body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    if (code !== null) expect(answer.body.code).toBe(code);
    expect(answer.body.title).not.toBe('');
    expect(answer.body.remedy).not.toBe('');
  });

  it('refuses everybody but those whom RECADO_ONLY_TO names', async () => {
    const { running } = await withAna({ config: (config) => ({ ...config, onlyTo: ['5511987654321'] }) });
    const answer = await running.api<ProblemBody>('POST', '/v1/notifications', {
      to: '558587654321',
      text: 'x',
    });
    expect(answer).toMatchObject({ status: 422, body: { code: 'recipient-not-permitted' } });
  });
});

describe('the same request twice', () => {
  it('is one notification under one idempotency key, and a conflict when it asks for something else', async () => {
    const { running, ana } = await withAna();
    const request = { to: '558587654321', text: 'Once', idempotencyKey: 'order-1' };
    const first = await running.api<NotificationBody>('POST', '/v1/notifications', request);
    const second = await running.api<NotificationBody>('POST', '/v1/notifications', request);
    expect(second.body.id).toBe(first.body.id);
    const other = await running.api<ProblemBody>('POST', '/v1/notifications', { ...request, text: 'Twice' });
    expect(other).toMatchObject({
      status: 409,
      body: { code: 'idempotency-conflict', notificationId: first.body.id, differing: ['content'] },
    });
    expect(JSON.stringify(other.body)).not.toContain('Once');
    await running.settle();
    expect(ana.messages().filter(({ direction }) => direction === 'in')).toHaveLength(1);
  });

  it('counts once also when twenty of them arrive together', async () => {
    const { running, ana } = await withAna();
    const request = { to: '558587654321', text: 'Once' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        running.api<NotificationBody>('POST', '/v1/notifications', request, { 'idempotency-key': 'k' }),
      ),
    );
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    await running.settle();
    expect(ana.messages().filter(({ direction }) => direction === 'in')).toHaveLength(1);
  });

  it('keeps the key of a refused request: the same refusal again, not a second one', async () => {
    const { running } = await withAna();
    const request = { to: '+5511999990000', text: 'x', idempotencyKey: 'refused-1' };
    const first = await running.api<{ notificationId: string }>('POST', '/v1/notifications', request);
    const second = await running.api<{ notificationId: string }>('POST', '/v1/notifications', request);
    expect(first.status).toBe(422);
    expect(second.status).toBe(422);
    expect(second.body.notificationId).toBe(first.body.notificationId);
  });
});
