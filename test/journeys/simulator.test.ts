import { createServer, type Server } from 'node:http';
import { setTimeout as after } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  createSimulator,
  type Simulator,
  type SimulatorChange,
  type SimulatorOptions,
} from '../../src/simulator/simulator.ts';
import { createSignatureVerifier } from '../../src/whatsapp/signature.ts';

const second = 1000;
const day = 24 * 60 * 60 * second;

/** Statuses follow an hour later, so a test that passes has not waited for them: `drain()` did the work. */
const anHour = 60 * 60 * second;

type Delivery = { headers: NodeJS.Dict<string | string[]>; bytes: Buffer };

type Receiver = {
  url: string;
  deliveries: Delivery[];
  /** What is answered; 200 when left alone. Null breaks the connection off. */
  answerWith(status: number | null): void;
  /** From now on an answer takes 20 ms. */
  answerSlowly(): void;
  /** How many deliveries were under way at the same time, at most. */
  mostAtOnce(): number;
  server: Server;
};

const opened: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

function urlOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  return `http://127.0.0.1:${address.port}`;
}

async function startReceiver(): Promise<Receiver> {
  const deliveries: Delivery[] = [];
  let answer: number | null = 200;
  let slowness = 0;
  let underWay = 0;
  let mostAtOnce = 0;
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') {
      const query = new URL(request.url ?? '', 'http://receiver.invalid').searchParams;
      const valid =
        query.get('hub.mode') === 'subscribe' && query.get('hub.verify_token') === 'simulator-verify-token';
      response.statusCode = valid ? 200 : 403;
      response.end(valid ? query.get('hub.challenge') : 'no');
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    deliveries.push({ headers: request.headers, bytes: Buffer.concat(chunks) });
    underWay += 1;
    mostAtOnce = Math.max(mostAtOnce, underWay);
    if (slowness > 0) await after(slowness);
    underWay -= 1;
    if (answer === null) request.socket.destroy();
    else response.writeHead(answer).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  opened.push(
    () =>
      new Promise((closed) => {
        server.close(closed);
        server.closeAllConnections();
      }),
  );
  return {
    url: `${urlOf(server)}/webhooks/whatsapp`,
    deliveries,
    answerWith: (status) => {
      answer = status;
    },
    answerSlowly: () => {
      slowness = 20;
    },
    mostAtOnce: () => mostAtOnce,
    server,
  };
}

function stoppedClock(): { now(): number; add(milliseconds: number): void } {
  let now = Date.UTC(2026, 9, 5, 12);
  return {
    now: () => now,
    add: (milliseconds) => {
      now += milliseconds;
    },
  };
}

async function start(options: SimulatorOptions = {}) {
  const clock = stoppedClock();
  const receiver = await startReceiver();
  const simulator = await createSimulator({
    clock,
    latency: anHour,
    webhookUrl: receiver.url,
    seed: 'a',
    ...options,
  });
  opened.push(() => simulator.close());
  const changes: SimulatorChange[] = [];
  simulator.subscribe((change) => changes.push(change));
  return {
    clock,
    receiver,
    simulator,
    changes,
    ana: simulator.person('558587654321', { name: 'Ana Souza' }),
  };
}

const jsonObject = z.record(z.string(), z.json());

type Answer = { status: number; body: z.infer<typeof jsonObject> };

async function call(
  simulator: Simulator,
  path: string,
  init: { method?: string; body?: unknown; token?: string | null } = {},
): Promise<Answer> {
  const token = init.token === undefined ? simulator.settings.accessToken : init.token;
  const response = await fetch(`${simulator.graphUrl}${path}`, {
    method: init.method ?? 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== null && { authorization: `Bearer ${token}` }),
    },
    ...(init.body !== undefined && {
      body: typeof init.body === 'string' ? init.body : JSON.stringify(init.body),
    }),
  });
  return { status: response.status, body: jsonObject.parse(await response.json()) };
}

function send(simulator: Simulator, message: object): Promise<Answer> {
  const { phoneNumberId } = simulator.settings;
  return call(simulator, `/v25.0/${phoneNumberId}/messages`, {
    body: { messaging_product: 'whatsapp', ...message },
  });
}

function text(body: string, to = '+558587654321'): object {
  return { to, type: 'text', text: { body }, biz_opaque_callback_data: 'nt_1' };
}

const helloWorld = {
  to: '+558587654321',
  type: 'template',
  template: { name: 'hello_world', language: { code: 'en_US' } },
};

const sendAnswer = z.object({ messages: z.tuple([z.object({ id: z.string() })]) });

function messageIdOf(answer: Answer): string {
  return sendAnswer.parse(answer.body).messages[0].id;
}

const webhookBody = z.object({
  entry: z.tuple([
    z.object({
      changes: z.tuple([
        z.object({
          value: z.object({
            messages: z.array(z.looseObject({ text: z.object({ body: z.string() }) })).default([]),
            statuses: z.array(z.looseObject({ status: z.string() })).default([]),
          }),
        }),
      ]),
    }),
  ]),
});

function values(receiver: Receiver) {
  return receiver.deliveries.map(
    ({ bytes }) => webhookBody.parse(JSON.parse(bytes.toString())).entry[0].changes[0].value,
  );
}

function statuses(receiver: Receiver) {
  return values(receiver).flatMap((value) => value.statuses);
}

function wordsTo(receiver: Receiver): string[] {
  return values(receiver).flatMap((value) => value.messages.map((message) => message.text.body));
}

function statusNames(receiver: Receiver): string[] {
  return statuses(receiver).map((status) => status.status);
}

describe('the loop', () => {
  it('carries "Hi" to the receiver and the reply to the phone, delivered and read', async () => {
    const { simulator, receiver, ana } = await start();
    const { messageId } = await ana.writes('Hi');
    await simulator.drain();
    expect(JSON.parse(String(receiver.deliveries[0]?.bytes))).toMatchObject({
      entry: [
        {
          changes: [{ value: { messages: [{ id: messageId, from: '558587654321', text: { body: 'Hi' } }] } }],
        },
      ],
    });
    expect(ana.messages()).toMatchObject([{ direction: 'out', text: 'Hi', status: 'delivered' }]);
    expect(ana.window().open).toBe(true);

    const answer = await send(simulator, text('Olá, Ana'));
    await simulator.drain();
    expect(answer).toEqual({
      status: 200,
      body: {
        messaging_product: 'whatsapp',
        contacts: [{ input: '+558587654321', wa_id: '558587654321', user_id: ana.userId }],
        messages: [{ id: expect.stringMatching(/^wamid\./) }],
      },
    });
    expect(statusNames(receiver)).toEqual(['sent', 'delivered']);
    await ana.reads();
    await ana.reads();
    await simulator.drain();
    expect(statusNames(receiver)).toEqual(['sent', 'delivered', 'read']);
    for (const status of statuses(receiver)) {
      expect(status).toMatchObject({
        id: messageIdOf(answer),
        recipient_id: '558587654321',
        recipient_user_id: ana.userId,
        biz_opaque_callback_data: 'nt_1',
      });
    }
    expect(ana.messages()).toMatchObject([
      { direction: 'out', text: 'Hi' },
      { direction: 'in', text: 'Olá, Ana', kind: 'text', status: 'read' },
    ]);
    expect(simulator.ledger()).toMatchObject([
      { waId: '558587654321', body: 'Olá, Ana', messageId: messageIdOf(answer) },
    ]);
  });

  it('makes one message of each accepted call, however often its statuses are delivered', async () => {
    const { simulator, receiver, clock, ana } = await start();
    await ana.writes('Hi');
    receiver.answerWith(503);
    await Promise.all(Array.from({ length: 20 }, (_, index) => send(simulator, text(`message ${index}`))));
    await simulator.drain();
    receiver.answerWith(200);
    clock.add(second);
    await simulator.drain();
    expect(simulator.ledger()).toHaveLength(20);
    expect(new Set(simulator.ledger().map((line) => line.messageId)).size).toBe(20);
    expect(ana.messages().filter((message) => message.direction === 'in')).toHaveLength(20);
  });

  it('keeps messages for a phone that is offline, and delivers them in order', async () => {
    const { simulator, receiver, ana } = await start();
    await ana.writes('Hi');
    ana.setOnline(false);
    await send(simulator, text('one'));
    await send(simulator, text('two'));
    await simulator.drain();
    expect(statusNames(receiver)).toEqual(['sent', 'sent']);
    expect(simulator.ledger()).toEqual([]);
    await expect(ana.writes('no signal')).rejects.toThrow(/setOnline\(true\)/);
    ana.setOnline(true);
    ana.setOnline(true);
    await simulator.drain();
    expect(simulator.ledger().map((line) => line.body)).toEqual(['one', 'two']);
    expect(statusNames(receiver)).toEqual(['sent', 'sent', 'delivered', 'delivered']);
  });

  it('reads at once while the chat is open on the phone', async () => {
    const { simulator, receiver, ana } = await start();
    ana.setAutoRead(true);
    await send(simulator, helloWorld);
    await simulator.drain();
    expect(statusNames(receiver)).toEqual(['sent', 'delivered', 'read']);
  });

  it('shows the person what the business has read (meta-facts §7.2)', async () => {
    const { simulator, ana } = await start();
    await ana.writes('one');
    const { messageId } = await ana.writes('two');
    await ana.writes('three');
    await simulator.drain();
    expect(await send(simulator, { status: 'read', message_id: messageId })).toEqual({
      status: 200,
      body: { success: true },
    });
    expect(ana.messages().map((message) => message.status)).toEqual(['read', 'read', 'delivered']);
    expect(await send(simulator, { status: 'read', message_id: 'wamid.unknown' })).toMatchObject({
      status: 400,
      body: { error: { code: 131009 } },
    });
  });

  it('never takes "read" back, though the webhook is acknowledged later', async () => {
    const { simulator, receiver, clock, ana } = await start();
    receiver.answerWith(503);
    const { messageId } = await ana.writes('Hi');
    await simulator.drain();
    await send(simulator, { status: 'read', message_id: messageId });
    receiver.answerWith(200);
    clock.add(second);
    await simulator.drain();
    expect(receiver.deliveries).toHaveLength(2);
    expect(ana.messages()).toMatchObject([{ status: 'read' }]);
  });

  it('runs by itself, without drain()', async () => {
    const { simulator } = await start({ latency: 1, clock: { now: Date.now } });
    const arrived = new Promise<SimulatorChange>((resolve) => {
      simulator.subscribe((change) => {
        if (change.kind === 'webhook' && change.about === 'delivered') resolve(change);
      });
    });
    await send(simulator, helloWorld);
    expect(await arrived).toMatchObject({ outcome: 'acknowledged', attempt: 1, httpStatus: 200 });
  });
});

describe('who is reached (meta-facts §4.4, §7.1)', () => {
  it('reaches a Brazilian without the ninth digit by the number with it', async () => {
    const { simulator, ana } = await start();
    await ana.writes('Hi');
    const answer = await send(simulator, text('Olá', '+55 85 98765-4321'));
    await simulator.drain();
    expect(answer.body.contacts).toEqual([
      { input: '+55 85 98765-4321', wa_id: '558587654321', user_id: ana.userId },
    ]);
    expect(simulator.ledger()).toMatchObject([{ waId: '558587654321' }]);
    expect(simulator.person('5585987654321').waId).toBe('558587654321');
    expect(simulator.people()).toHaveLength(1);
  });

  it('reaches a person by user id, and does not tell the number', async () => {
    const { simulator, receiver, ana } = await start();
    const answer = await send(simulator, { ...helloWorld, to: undefined, recipient: ana.userId });
    await simulator.drain();
    expect(answer.body.contacts).toEqual([{ input: ana.userId, user_id: ana.userId }]);
    expect(answer.body.messages).toMatchObject([{ message_status: 'accepted' }]);
    expect(statusNames(receiver)).toEqual(['sent', 'delivered']);
  });

  it('accepts a number that is not on WhatsApp, then fails it with 131026', async () => {
    const { simulator, receiver } = await start();
    const answer = await send(simulator, text('Olá', '+5511900001111'));
    await simulator.drain();
    expect(answer).toMatchObject({ status: 200, body: { contacts: [{ wa_id: '5511900001111' }] } });
    expect(statuses(receiver)).toMatchObject([
      { status: 'failed', recipient_id: '5511900001111', errors: [{ code: 131026 }] },
    ]);
    expect(simulator.ledger()).toEqual([]);
  });
});

describe('the 24-hour window (meta-facts §5.1 (4), §6)', () => {
  it('closes a day after the person wrote: accepted, then failed with 131047; a template still arrives', async () => {
    const { simulator, receiver, clock, ana } = await start();
    await ana.writes('Hi');
    clock.add(day);
    expect(ana.window().open).toBe(false);
    expect((await send(simulator, text('too late'))).status).toBe(200);
    await send(simulator, helloWorld);
    await simulator.drain();
    expect(statuses(receiver)).toMatchObject([
      {
        status: 'failed',
        errors: [
          {
            code: 131047,
            title: 'Re-engagement message',
            error_data: { details: expect.stringContaining('24 hours') },
          },
        ],
      },
      { status: 'sent', pricing: { billable: true, pricing_model: 'PMP', category: 'utility' } },
      { status: 'delivered' },
    ]);
    expect(simulator.ledger()).toHaveLength(1);
  });

  it('can be answered at once instead', async () => {
    const { simulator, receiver } = await start({ closedWindow: 'answer' });
    expect(await send(simulator, text('too late'))).toMatchObject({
      status: 400,
      body: { error: { code: 131047 } },
    });
    await simulator.drain();
    expect(receiver.deliveries).toEqual([]);
  });
});

describe('refusals, with HTTP status and code (meta-facts §5)', () => {
  const phone = '/v25.0/200100200100200';
  const message = { messaging_product: 'whatsapp', ...text('Olá') };
  type Step = { path: string; method?: string; body?: unknown; token?: string | null };

  it.each<[string, Step, number, number]>([
    ['no token', { path: `${phone}/messages`, body: message, token: null }, 401, 190],
    ['another token', { path: `${phone}/messages`, body: message, token: 'another' }, 401, 190],
    ['another phone number id', { path: '/v25.0/999/messages', body: message }, 400, 100],
    ['the number in place of its id', { path: '/v25.0/551132100000/messages', body: message }, 400, 100],
    ['an edge that does not exist', { path: `${phone}/message`, body: message }, 400, 2500],
    ['no version', { path: '/200100200100200/messages', body: message }, 400, 2500],
    ['too deep a path', { path: `${phone}/messages/1`, body: message }, 400, 2500],
    ['a strange path', { path: '//%zz', body: message }, 400, 2500],
    ['the wrong method', { path: `${phone}/messages`, method: 'GET' }, 400, 100],
    ['a body that is not JSON', { path: `${phone}/messages`, body: '{' }, 400, 100],
    ['a body over 1 MiB', { path: `${phone}/messages`, body: 'a'.repeat(1024 * 1024 + 1) }, 400, 100],
    [
      'an unknown template',
      {
        path: `${phone}/messages`,
        body: {
          ...message,
          type: 'template',
          text: undefined,
          template: { name: 'x', language: { code: 'en_US' } },
        },
      },
      404,
      132001,
    ],
    [
      'a parameter too few',
      {
        path: `${phone}/messages`,
        body: {
          ...message,
          type: 'template',
          text: undefined,
          template: { name: 'interview_reminder', language: { code: 'pt_BR' } },
        },
      },
      400,
      132000,
    ],
    ['an unknown field', { path: `${phone}?fields=colour`, method: 'GET' }, 400, 100],
  ])('%s', async (_name, step, status, code) => {
    const { simulator, receiver } = await start();
    const answer = await call(simulator, step.path, step);
    expect(answer).toMatchObject({
      status,
      body: {
        error: {
          code,
          message: expect.any(String),
          type: expect.any(String),
          fbtrace_id: expect.any(String),
        },
      },
    });
    await simulator.drain();
    expect(receiver.deliveries).toEqual([]);
    expect(JSON.stringify(simulator.requests())).not.toContain(simulator.settings.accessToken);
    expect(simulator.requests()).toMatchObject([{ status, code }]);
  });

  it('says 100 with subcode 33 for an object that is not there', async () => {
    const { simulator } = await start();
    const answer = await call(simulator, '/v25.0/999/messages', { body: message });
    expect(answer.body.error).toMatchObject({
      error_subcode: 33,
      message: expect.stringContaining("Object with ID '999'"),
    });
  });

  it('keeps tokens in the address out of what is remembered', async () => {
    const { simulator } = await start();
    await call(simulator, `${phone}?fields=status&access_token=secret`, { method: 'GET' });
    expect(simulator.requests()).toMatchObject([{ path: `${phone}?fields=status`, status: 200, code: null }]);
  });
});

describe('switches', () => {
  it('unregistered: #133010 until registered through the API (meta-facts §5.1)', async () => {
    const { simulator } = await start();
    simulator.unregister();
    expect(await send(simulator, helloWorld)).toMatchObject({
      status: 400,
      body: {
        error: {
          message: '(#133010) Account not registered',
          code: 133010,
          type: 'OAuthException',
          error_data: {
            messaging_product: 'whatsapp',
            details: expect.stringContaining('Register the phone number'),
          },
        },
      },
    });
    const status = () => call(simulator, '/v25.0/200100200100200?fields=status', { method: 'GET' });
    expect((await status()).body).toEqual({ status: 'PENDING', id: '200100200100200' });
    const register = (pin: string) =>
      call(simulator, '/v25.0/200100200100200/register', { body: { messaging_product: 'whatsapp', pin } });
    expect(await register('123456')).toEqual({ status: 200, body: { success: true } });
    expect((await status()).body).toEqual({ status: 'CONNECTED', id: '200100200100200' });
    expect((await send(simulator, helloWorld)).status).toBe(200);
    expect(await register('654321')).toMatchObject({ status: 400, body: { error: { code: 133005 } } });
    simulator.unregister();
    simulator.register();
    expect((await send(simulator, helloWorld)).status).toBe(200);
  });

  it('an expired token: #190 until renewed', async () => {
    const { simulator } = await start();
    simulator.expireToken();
    expect(await send(simulator, helloWorld)).toMatchObject({ status: 401, body: { error: { code: 190 } } });
    simulator.renewToken();
    expect((await send(simulator, helloWorld)).status).toBe(200);
  });

  it.each([
    [131056, 400],
    [131016, 500],
    [2, 503],
    [368, 403],
    [999999, 400],
  ])('failNext(%i): that code with HTTP %i, once, and nobody hears of it', async (code, status) => {
    const { simulator, receiver } = await start();
    simulator.failNext(code);
    expect(await send(simulator, helloWorld)).toMatchObject({ status, body: { error: { code } } });
    await simulator.drain();
    expect(receiver.deliveries).toEqual([]);
    expect((await send(simulator, helloWorld)).status).toBe(200);
  });

  it('dropAnswer: the message arrives and has its statuses, but the caller gets nothing', async () => {
    const { simulator, receiver } = await start();
    simulator.dropAnswer();
    await expect(send(simulator, { ...helloWorld, biz_opaque_callback_data: 'nt_2' })).rejects.toThrow();
    await simulator.drain();
    expect(simulator.ledger()).toHaveLength(1);
    expect(statuses(receiver)).toMatchObject([
      { status: 'sent', biz_opaque_callback_data: 'nt_2' },
      { status: 'delivered', biz_opaque_callback_data: 'nt_2' },
    ]);
    expect(simulator.requests()).toMatchObject([{ status: null, code: null }]);
    expect((await send(simulator, helloWorld)).status).toBe(200);
  });

  it('holdStatuses: the message arrives, its statuses come when released, in order', async () => {
    const { simulator, receiver, ana } = await start();
    simulator.holdStatuses();
    await send(simulator, helloWorld);
    await simulator.drain();
    await ana.reads();
    await simulator.drain();
    expect(simulator.ledger()).toHaveLength(1);
    expect(receiver.deliveries).toEqual([]);
    simulator.releaseStatuses();
    await simulator.drain();
    expect(statusNames(receiver)).toEqual(['sent', 'delivered', 'read']);
  });
});

describe('webhooks on the wire (meta-facts §2)', () => {
  it('are signed over their raw bytes, accents and emoji as UTF-8', async () => {
    const { simulator, receiver, ana } = await start();
    const words = 'Não chegou… 👩🏽‍🚀 <b>"ação" 100% @você</b> \u2028 ok';
    await ana.writes(words);
    await simulator.drain();
    const { headers, bytes } = receiver.deliveries[0] ?? { headers: {}, bytes: Buffer.alloc(0) };
    expect(bytes.includes(Buffer.from('Não chegou… 👩🏽‍🚀', 'utf8'))).toBe(true);
    expect(wordsTo(receiver)).toEqual([words]);
    const verify = createSignatureVerifier([simulator.settings.appSecret]);
    expect(verify(bytes, String(headers['x-hub-signature-256'])).valid).toBe(true);
    expect(headers['content-type']).toBe('application/json');
    expect(headers['content-length']).toBe(String(bytes.length));
  });

  it.each([503, 404, 201, 302, null])(
    'after %s are delivered again, byte for byte, later and later',
    async (status) => {
      const { simulator, receiver, clock, changes, ana } = await start();
      receiver.answerWith(status);
      await ana.writes('Hi');
      const gaps = [1, 2, 4];
      for (const gap of gaps) {
        await simulator.drain();
        clock.add(gap * second - 1);
        const before = receiver.deliveries.length;
        await simulator.drain();
        expect(receiver.deliveries).toHaveLength(before);
        clock.add(1);
      }
      receiver.answerWith(200);
      await simulator.drain();
      clock.add(day);
      await simulator.drain();
      expect(receiver.deliveries).toHaveLength(4);
      expect(new Set(receiver.deliveries.map(({ bytes }) => bytes.toString())).size).toBe(1);
      expect(changes.filter((change) => change.kind === 'webhook')).toMatchObject([
        { outcome: 'will-retry', attempt: 1, httpStatus: status },
        { outcome: 'will-retry', attempt: 2, httpStatus: status },
        { outcome: 'will-retry', attempt: 3, httpStatus: status },
        { outcome: 'acknowledged', attempt: 4, httpStatus: 200 },
      ]);
    },
  );

  it('are given up after seven days of simulated time', async () => {
    const { simulator, receiver, clock, changes, ana } = await start();
    receiver.answerWith(503);
    await ana.writes('Hi');
    const startedAt = clock.now();
    const last = () => changes.findLast((change) => change.kind === 'webhook');
    await simulator.drain();
    for (let found = last(); found?.outcome === 'will-retry'; found = last()) {
      clock.add((found.nextAttemptAt ?? 0) - clock.now());
      await simulator.drain();
    }
    expect(last()).toMatchObject({ outcome: 'dropped', nextAttemptAt: null });
    expect(clock.now() - startedAt).toBeGreaterThan(6 * day);
    expect(clock.now() - startedAt).toBeLessThanOrEqual(7 * day);
    const tries = receiver.deliveries.length;
    clock.add(30 * day);
    await simulator.drain();
    expect(receiver.deliveries).toHaveLength(tries);
  });

  it('go to the URL of the moment, also when tried again', async () => {
    const { simulator, receiver, clock, ana } = await start();
    receiver.answerWith(503);
    await ana.writes('Hi');
    await simulator.drain();
    const other = await startReceiver();
    simulator.pointWebhooksAt(other.url);
    clock.add(second);
    await simulator.drain();
    expect(receiver.deliveries).toHaveLength(1);
    expect(other.deliveries.map(({ bytes }) => bytes)).toEqual(receiver.deliveries.map(({ bytes }) => bytes));
  });

  it('are dropped, and said to be, while no URL is set; the window opens all the same', async () => {
    const { simulator, changes, ana } = await start({ webhookUrl: null });
    await ana.writes('Hi');
    await simulator.drain();
    expect(changes.findLast((change) => change.kind === 'webhook')).toMatchObject({
      about: 'message',
      outcome: 'dropped',
      attempt: 0,
      reason: expect.stringContaining('No webhook URL'),
    });
    expect(ana.window().open).toBe(true);
    expect(ana.messages()).toMatchObject([{ status: 'sent' }]);
  });

  it('about one person come one after the other, about several at once', async () => {
    const { simulator, receiver, ana } = await start();
    receiver.answerSlowly();
    for (const words of ['one', 'two', 'three']) await ana.writes(words);
    await simulator.drain();
    expect(wordsTo(receiver)).toEqual(['one', 'two', 'three']);
    expect(receiver.mostAtOnce()).toBe(1);
    await ana.writes('four');
    await simulator.person('5511900002222').writes('five');
    await simulator.drain();
    expect(receiver.mostAtOnce()).toBe(2);
  });
});

describe('the handshake (meta-facts §1)', () => {
  it('is passed by a receiver that knows the token and echoes the challenge', async () => {
    const { simulator } = await start();
    expect(await simulator.verifyWebhook()).toEqual({
      ok: true,
      status: 200,
      body: expect.stringMatching(/^\d+$/),
    });
  });

  it('is failed with another token, an absent receiver, and no URL', async () => {
    const { simulator } = await start({ verifyToken: 'another' });
    expect(await simulator.verifyWebhook()).toEqual({ ok: false, status: 403, body: 'no' });
    const gone = await startReceiver();
    gone.server.close();
    simulator.pointWebhooksAt(gone.url);
    expect(await simulator.verifyWebhook()).toMatchObject({
      ok: false,
      status: null,
      body: expect.stringContaining('Nobody answered'),
    });
    const { simulator: unset } = await start({ webhookUrl: null });
    expect(await unset.verifyWebhook()).toMatchObject({ ok: false, status: null });
  });

  it('is failed by a 200 with anything but the challenge', async () => {
    const { simulator } = await start();
    const page = createServer((_request, response) => response.end('<html>welcome</html>'));
    await new Promise<void>((listening) => page.listen(0, '127.0.0.1', listening));
    opened.push(
      () =>
        new Promise((closed) => {
          page.close(closed);
          page.closeAllConnections();
        }),
    );
    simulator.pointWebhooksAt(urlOf(page));
    expect(await simulator.verifyWebhook()).toEqual({ ok: false, status: 200, body: '<html>welcome</html>' });
  });
});

describe('a run', () => {
  it('is the same for the same seed, and another without one', async () => {
    const ids = async (options: SimulatorOptions): Promise<string[]> => {
      const { ana } = await start(options);
      return [(await ana.writes('a')).messageId, (await ana.writes('b')).messageId];
    };
    expect(await ids({ seed: 'x' })).toEqual(await ids({ seed: 'x' }));
    expect(await ids({ seed: 'x' })).not.toEqual(await ids({ seed: 'y' }));
    const { simulator: one } = await start();
    expect(one.settings).toEqual((await start()).simulator.settings);
  });

  it('ends at once, whatever was still to happen', async () => {
    const { simulator, receiver, ana } = await start();
    receiver.answerWith(503);
    await ana.writes('Hi');
    await simulator.drain();
    await send(simulator, helloWorld);
    await simulator.close();
    const { length } = receiver.deliveries;
    await simulator.drain();
    expect(receiver.deliveries).toHaveLength(length);
    await expect(send(simulator, helloWorld)).rejects.toThrow();
  });

  it('tells its listeners until they stop listening', async () => {
    const { simulator, ana } = await start();
    const seen: string[] = [];
    const stop = simulator.subscribe((change) => seen.push(change.kind));
    simulator.person('5511900002222');
    simulator.person('5511900002222');
    simulator.person('5511900002222', { name: 'Rui' });
    ana.setOnline(false);
    await send(simulator, helloWorld);
    stop();
    ana.setOnline(true);
    expect(seen).toEqual(['person', 'person', 'person', 'request']);
    expect(simulator.people().map((person) => person.name)).toEqual(['Ana Souza', 'Rui']);
  });
});
