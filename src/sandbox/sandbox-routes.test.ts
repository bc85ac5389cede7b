import { describe, expect, it } from 'vitest';
import type { Sent } from '../../test/support/api-client.ts';
import { ana, cookieOf, openSandboxRoutes as openRoutes } from '../../test/support/sandbox-routes.ts';

describe('the page', () => {
  it('opens with a session on this machine, and as a login without one elsewhere', async () => {
    const { stranger, host, opened } = await openRoutes();
    expect(opened.status).toBe(200);
    expect(opened.text).toContain('id="chat"');

    const elsewhere = [{ host: 'evil.example' }, { host, 'x-forwarded-for': '203.0.113.7' }];
    for (const headers of elsewhere) {
      const answer = await stranger('/sandbox', { headers });
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect(answer.text).toContain('id="login"');
      expect(answer.text).not.toContain('id="chat"');
    }
  });

  it('is not remembered, not framed, and runs only its own scripts', async () => {
    const { opened } = await openRoutes();
    expect(opened.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("script-src 'self'"),
    });
  });

  it('has no other files than its own', async () => {
    const { ask } = await openRoutes();
    expect((await ask('/sandbox/page/main.js')).headers['content-type']).toContain('text/javascript');
    for (const name of [
      'tsconfig.json',
      'index.html',
      '..%2fsession.ts',
      '%2e%2e/session.ts',
      '../session.ts',
    ]) {
      expect((await ask(`/sandbox/page/${name}`)).status).toBe(404);
    }
  });

  it('opens elsewhere with the admin key', async () => {
    const { stranger } = await openRoutes();
    const tunnel = { host: 'abc.tunnel.example', 'x-forwarded-for': '203.0.113.7' };
    const logIn = (key: string, headers: Record<string, string> = {}) =>
      stranger('/sandbox/login', { body: { key }, headers: { ...tunnel, ...headers } });
    expect((await logIn('guess')).body).toMatchObject({ status: 403, code: 'admin-key-wrong' });
    const crossed = await logIn('rk_only-for-tests', { 'sec-fetch-site': 'cross-site' });
    expect(crossed.body).toMatchObject({ status: 403, code: 'login-from-elsewhere' });
    const entered = await logIn('rk_only-for-tests');
    expect(entered.status).toBe(204);
    const page = await stranger('/sandbox', { headers: { ...tunnel, cookie: cookieOf(entered) } });
    expect(page.text).toContain('id="chat"');
  });
});

describe('the phones', () => {
  it('are closed to everybody without the session', async () => {
    const { stranger, host } = await openRoutes();
    const requests: [string, Sent][] = [
      ['/sandbox/setup', {}],
      ['/sandbox/people', {}],
      ['/sandbox/stream', {}],
      ['/sandbox/people', { body: { number: '+5511987654321', name: 'B' } }],
      [`/sandbox/people/${ana}/messages`, { body: { text: 'Hi' } }],
      [`/sandbox/people/${ana}/files`, { body: { kind: 'image', sample: true } }],
      ['/sandbox/media/1', {}],
      ['/sandbox/time', { body: { jump: 1000 } }],
    ];
    for (const [path, sent] of requests) {
      const answer = await stranger(path, { ...sent, headers: { host } });
      expect(answer.body).toMatchObject({ status: 401, code: 'no-session', remedy: expect.any(String) });
    }
  });

  it('take no form that another site could post', async () => {
    const { ask, simulator } = await openRoutes();
    const path = `/sandbox/people/${ana}/messages`;
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const answer = await ask(path, { body: '{"text":"Hi"}', headers: { 'content-type': type } });
      expect(answer.status).toBe(415);
    }
    const crossed = await ask(path, { body: { text: 'Hi' }, headers: { 'sec-fetch-site': 'same-site' } });
    expect(crossed.status).toBe(401);
    expect(simulator.person(ana).messages()).toEqual([]);
  });

  it('write, read, and go offline', async () => {
    const { post, ask, simulator } = await openRoutes();
    expect((await post(`/sandbox/people/${ana}/messages`, { text: ' Hi ' })).status).toBe(204);
    expect((await post(`/sandbox/people/${ana}/read`, {})).status).toBe(204);
    expect((await post(`/sandbox/people/${ana}/online`, { online: false })).status).toBe(204);
    expect(simulator.person(ana).online).toBe(false);
    const silent = await post(`/sandbox/people/${ana}/messages`, { text: 'Hi' });
    expect(silent.body).toMatchObject({ status: 409, code: 'person-offline' });
    const people = await ask('/sandbox/people');
    expect(people.body).toMatchObject({
      people: [
        {
          waId: ana,
          name: 'Ana Souza',
          number: '+55 85 8765 4321',
          online: false,
          messages: [{ text: 'Hi' }],
        },
      ],
    });
  });

  it.each([
    ['messages', {}],
    ['messages', { text: '   ' }],
    ['messages', { text: 'Hi', more: 1 }],
    ['messages', { text: 7 }],
    ['online', { online: 'yes' }],
    ['read', { all: true }],
  ])('refuse nonsense: %s %j', async (verb, payload) => {
    const { post } = await openRoutes();
    const answer = await post(`/sandbox/people/${ana}/${verb}`, payload);
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  it('refuse what is too long for WhatsApp, what is no JSON, and what is too large', async () => {
    const { ask } = await openRoutes();
    const send = (body: string) =>
      ask(`/sandbox/people/${ana}/messages`, { body, headers: { 'content-type': 'application/json' } });
    expect((await send(JSON.stringify({ text: 'a'.repeat(4097) }))).status).toBe(400);
    expect((await send('{"text":')).status).toBe(400);
    expect((await send(JSON.stringify({ text: 'a'.repeat(70_000) }))).status).toBe(413);
  });

  it('are not there for people that nobody has made', async () => {
    const { post, simulator } = await openRoutes();
    const answer = await post('/sandbox/people/5511000000000/messages', { text: 'Hi' });
    expect(answer.body).toMatchObject({ status: 404, code: 'person-unknown' });
    expect(simulator.people()).toHaveLength(1);
  });
});

describe('adding a person', () => {
  it('takes a number as people type it', async () => {
    const { post } = await openRoutes();
    const answer = await post('/sandbox/people', { number: '+55 (11) 98765-4321', name: ' Bruno Lima ' });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ waId: '5511987654321', name: 'Bruno Lima', messages: [] });
  });

  it.each([
    { number: '12', name: 'Bruno' },
    { number: '0511987654321', name: 'Bruno' },
    { number: '5511987654321x', name: 'Bruno' },
    { number: '1234567890123456', name: 'Bruno' },
    { number: '+5511987654321', name: '' },
    { number: '+5511987654321', name: 'a'.repeat(61) },
    { number: '+5511987654321', name: 'line\nbreak' },
    { number: 5511987654321, name: 'Bruno' },
    { number: '+5511987654321' },
    'Bruno',
  ])('refuses %j', async (payload) => {
    const { post } = await openRoutes();
    expect((await post('/sandbox/people', payload)).body).toMatchObject({
      status: 400,
      code: 'person-invalid',
    });
  });

  it.each([ana, '+55 85 98765-4321'])('knows that %s is Ana already', async (number) => {
    const { post, simulator } = await openRoutes();
    const answer = await post('/sandbox/people', { number, name: 'Somebody else' });
    expect(answer.body).toMatchObject({ status: 409, code: 'person-exists' });
    expect(simulator.person(ana).name).toBe('Ana Souza');
  });

  it('ends when the sandbox is full', async () => {
    const { post, simulator } = await openRoutes();
    for (let number = 1; number < 50; number++)
      simulator.person(`5511900000${String(number).padStart(3, '0')}`);
    const answer = await post('/sandbox/people', { number: '+5521999999999', name: 'One too many' });
    expect(answer.body).toMatchObject({ status: 409, code: 'too-many-people' });
  });
});

it('streams everybody first, then each one who changes, and ends when the sandbox does', async () => {
  const { url, cookie, simulator, ended } = await openRoutes();
  const response = await fetch(`${url}/sandbox/stream`, { headers: { cookie } });
  expect(response.headers.get('content-type')).toContain('text/event-stream');

  simulator.person(ana).setOnline(false);
  const events: string[] = [];
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    events.push(...[...text.matchAll(/event: (\w+)\n/g)].map(([, name]) => name ?? '').slice(events.length));
    if (events.length >= 2) ended.abort();
  }
  expect(events).toEqual(['snapshot', 'person']);
  expect(text).toContain('"online":false');
});

it('streams that time was moved, and everybody anew when somebody has another number', async () => {
  const { url, cookie, simulator, ended } = await openRoutes();
  const response = await fetch(`${url}/sandbox/stream`, { headers: { cookie } });
  simulator.time.pause();
  await simulator.person(ana).changesNumber('5585911112222');
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.split('event: snapshot\n').length > 2 && text.endsWith('\n\n')) ended.abort();
  }
  const news = [...text.matchAll(/event: (\w+)\ndata: (.*)\n/g)].map(([, kind, json]) => [
    kind,
    JSON.parse(json ?? ''),
  ]);
  expect(news.map(([kind]) => kind)).toEqual(['snapshot', 'time', 'snapshot']);
  expect(news[1]?.[1]).toMatchObject({ paused: true, speed: 1 });
  expect(news[2]?.[1]).toMatchObject({ people: [{ waId: '5585911112222' }] });
});
