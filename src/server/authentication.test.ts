import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createAccessPorts } from '../../test/support/in-memory-access.ts';
import { createAuthentication } from './authentication.ts';

const admin = { id: 'admin', name: 'RECADO_ADMIN_KEY', scopes: ['read', 'send', 'manage'] };
const hour = 60 * 60 * 1000;

/** An authentication of its own, whose time and keys the test holds in its hands. */
function createWorld(options: Partial<Parameters<typeof createAuthentication>[0]> = {}) {
  const time = { now: Date.parse('2026-11-20T12:00:00Z'), elapsed: 0 };
  const access = createAccessPorts({ now: () => time.now });
  const asked: string[] = [];
  const used: string[] = [];
  const authentication = createAuthentication({
    adminKey: 'first-key',
    store: {
      ...access.store,
      findApiKey: (digest) => {
        asked.push(Buffer.from(digest).toString('hex'));
        return access.store.findApiKey(digest);
      },
    },
    clock: { now: () => time.now },
    used: (id) => used.push(id),
    elapsed: () => time.elapsed,
    ...options,
  });
  return { ...authentication, access, time, asked, used };
}

describe('authentication by a key', () => {
  it.each([
    ['Bearer first-key', { caller: admin }],
    ['bearer first-key', { caller: admin }],
    ['Bearer   first-key ', { caller: admin }],
    ['Bearer first-ke', { refused: 'api-key-wrong' }],
    ['Bearer first-key first-key', { refused: 'api-key-missing' }],
    ['Basic Zmlyc3Qta2V5', { refused: 'api-key-missing' }],
    ['Bearer ', { refused: 'api-key-missing' }],
    ['first-key', { refused: 'api-key-missing' }],
    [undefined, { refused: 'api-key-missing' }],
  ])('of %j', async (header, expected) => {
    const world = createWorld();
    expect(await world.authenticate(requestWith({ authorization: header }))).toEqual(expected);
  });

  it('finds a stored key with its name and scopes, and notes that it was used', async () => {
    const world = createWorld();
    const { key, text } = await world.access.ports.issueApiKey({
      name: 'Django',
      scopes: ['send'],
      actor: admin,
    });
    expect(text).toMatch(/^rk_[\w-]{43}$/);
    expect(await world.authenticate(bearer(text))).toEqual({
      caller: { id: key.id, name: 'Django', scopes: ['send'] },
    });
    expect(world.used).toEqual([key.id]);
    expect(JSON.stringify([world.access.keys, world.access.audit])).not.toContain(text);
    expect(text.startsWith(key.prefix)).toBe(true);
  });

  it('refuses a revoked key within a second, and says that it was revoked', async () => {
    const world = createWorld();
    const key = world.access.add('rk_old', ['read']);
    expect(await world.authenticate(bearer('rk_old'))).toHaveProperty('caller');
    await world.access.ports.revokeApiKey({ id: key.id, at: 1, actor: admin });
    world.time.elapsed += 1_000;
    expect(await world.authenticate(bearer('rk_old'))).toEqual({ refused: 'api-key-revoked' });
  });

  it('looks a key up once in a second, whether it exists or not', async () => {
    const world = createWorld();
    world.access.add('rk_known', ['read']);
    for (const text of ['rk_known', 'rk_unknown']) {
      await Promise.all([1, 2, 3].map(() => world.authenticate(bearer(text))));
    }
    expect(world.asked).toHaveLength(2);
    world.time.elapsed += 1_000;
    await world.authenticate(bearer('rk_known'));
    expect(world.asked).toHaveLength(3);
  });

  it('does not remember a look-up that failed', async () => {
    let broken = true;
    const found = { key: createWorld().access.add('rk_x', ['read']), digest: new Uint8Array(32) };
    const world = createWorld({
      store: {
        anyApiKey: async () => true,
        findApiKey: async (digest) => {
          if (broken) throw new Error('disk gone');
          return { ...found, digest };
        },
      },
    });
    await expect(world.authenticate(bearer('rk_x'))).rejects.toThrow('disk gone');
    broken = false;
    expect(await world.authenticate(bearer('rk_x'))).toHaveProperty('caller');
  });

  it('believes no store that gives another key than was asked for', async () => {
    const { access } = createWorld();
    const key = access.add('rk_x', ['read']);
    const world = createWorld({
      store: { anyApiKey: async () => true, findApiKey: async () => ({ key, digest: new Uint8Array(32) }) },
    });
    expect(await world.authenticate(bearer('rk_x'))).toEqual({ refused: 'api-key-wrong' });
  });

  it.each([['Bearer first-key'], ['Bearer undefined'], [undefined]])(
    'without any key refuses %j and says so',
    async (authorization) => {
      const world = createWorld({ adminKey: null });
      expect(await world.authenticate(requestWith({ authorization }))).toEqual({ refused: 'no-api-key' });
    },
  );

  it('does not claim that there is no key when only the admin key is missing', async () => {
    const world = createWorld({ adminKey: null });
    world.access.add('rk_stored', ['read']);
    expect(await world.authenticate(bearer('rk_other'))).toEqual({ refused: 'api-key-wrong' });
  });

  it('lets the sandbox page in, but never beside a wrong key', async () => {
    const world = createWorld({ adminKey: null, sessionAllowed: () => true });
    expect(await world.authenticate(requestWith({}))).toMatchObject({ caller: { id: 'session' } });
    expect(await world.authenticate(bearer('wrong'))).toEqual({ refused: 'no-api-key' });
  });
});

describe('wrong keys', () => {
  it('close an address for the rest of the minute, without asking the store any more', async () => {
    const world = createWorld({ failuresPerMinute: 3 });
    for (const guess of ['a', 'b', 'c']) {
      expect(await world.authenticate(bearer(guess))).toEqual({ refused: 'api-key-wrong' });
    }
    const asked = world.asked.length;
    world.time.elapsed = 20_500;
    expect(await world.authenticate(bearer('d'))).toEqual({ refused: 'too-many-failures', retryAfter: 40 });
    expect(world.asked).toHaveLength(asked);
    expect(await world.authenticate(bearer('first-key'))).toMatchObject({ refused: 'too-many-failures' });
    expect(await world.authenticate(bearer('first-key', '192.0.2.8'))).toEqual({ caller: admin });
    world.time.elapsed = 60_000;
    expect(await world.authenticate(bearer('first-key'))).toEqual({ caller: admin });
  });

  it('do not lock out who has been right from the same address before', async () => {
    const world = createWorld({ failuresPerMinute: 3 });
    await world.authenticate(bearer('first-key'));
    for (const guess of ['a', 'b', 'c', 'd']) await world.authenticate(bearer(guess));
    expect(await world.authenticate(bearer('e'))).toMatchObject({ refused: 'too-many-failures' });
    expect(await world.authenticate(bearer('first-key'))).toEqual({ caller: admin });
  });

  it('count for the whole /64 network of an IPv6 address', async () => {
    const world = createWorld({ failuresPerMinute: 1 });
    await world.authenticate(bearer('a', '2001:db8::1'));
    expect(await world.authenticate(bearer('b', '2001:db8::2'))).toMatchObject({
      refused: 'too-many-failures',
    });
    expect(await world.authenticate(bearer('b', '2001:db8:0:1::2'))).toEqual({ refused: 'api-key-wrong' });
  });
});

describe('a session', () => {
  const fromPage = { host: 'recado.example.com', origin: 'https://recado.example.com' };

  /** Logs in and gives the cookie as a browser would send it, with the value of `Set-Cookie`. */
  async function logIn(world: ReturnType<typeof createWorld>, key: string, headers = fromPage) {
    const login = await world.logIn(requestWith(headers), key);
    if ('refused' in login) throw new Error(login.refused);
    return { ...login, cookie: login.setCookie.split(';', 1)[0] ?? '' };
  }

  it('stands for its key, in a cookie that no script and no other site gets', async () => {
    const world = createWorld();
    world.access.add('rk_ana', ['read']);
    const { cookie, caller, setCookie, expiresAt } = await logIn(world, 'rk_ana');
    expect(setCookie).toMatch(
      /^recado_session_80=[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict; Secure$/,
    );
    expect(expiresAt).toBe(world.time.now + 12 * hour);
    expect(caller).toMatchObject({ name: 'rk_ana', scopes: ['read'] });
    expect(await world.authenticate(requestWith({ ...fromPage, cookie }))).toEqual({ caller });
  });

  it.each([
    ['http://127.0.0.1:8001', {}, false],
    ['https://recado.example.com', {}, true],
    ['http://127.0.0.1:8001', { 'x-forwarded-proto': 'https' }, true],
  ])('that begins from %s %j has a Secure cookie: %s', async (origin, more, secure) => {
    const { host } = new URL(origin);
    const { setCookie } = await logIn(createWorld(), 'first-key', { host, origin, ...more });
    expect(setCookie.endsWith('; Secure')).toBe(secure);
  });

  it('changes nothing for another site, and for nobody who keeps silent about it', async () => {
    const world = createWorld();
    const { cookie } = await logIn(world, 'first-key');
    const { host } = fromPage;
    for (const headers of [
      { host, cookie },
      { host, cookie, origin: 'https://evil.example' },
      { host, cookie, origin: 'null' },
      { ...fromPage, cookie, 'sec-fetch-site': 'same-site' },
    ]) {
      expect(await world.authenticate(requestWith(headers, 'POST'))).toEqual({ refused: 'origin-foreign' });
    }
    expect(await world.authenticate(requestWith({ ...fromPage, cookie }, 'POST'))).toEqual({ caller: admin });
    expect(await world.authenticate(requestWith({ host, cookie }, 'GET'))).toEqual({ caller: admin });
  });

  it('begins for no other site, and with no wrong key', async () => {
    const world = createWorld({ failuresPerMinute: 1 });
    expect(await world.logIn(requestWith({ host: 'a' }, 'POST'), 'first-key')).toEqual({
      refused: 'origin-foreign',
    });
    expect(await world.logIn(requestWith(fromPage, 'POST'), 'wrong')).toEqual({ refused: 'api-key-wrong' });
    expect(await world.logIn(requestWith(fromPage, 'POST'), 'first-key')).toMatchObject({
      refused: 'too-many-failures',
    });
  });

  it('ends by logging out, after twelve hours, and with its key', async () => {
    const world = createWorld();
    const key = world.access.add('rk_ana', ['read']);
    const sessions = [await logIn(world, 'rk_ana'), await logIn(world, 'rk_ana')];
    const [first, second] = sessions.map(({ cookie }) => requestWith({ ...fromPage, cookie }, 'POST'));
    if (first === undefined || second === undefined) throw new Error('No session');

    const { setCookie } = world.logOut(first) as { setCookie: string };
    expect(setCookie).toBe('recado_session_80=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict; Secure');
    expect(await world.authenticate(first)).toEqual({ refused: 'session-ended' });
    expect(await world.authenticate(second)).toHaveProperty('caller');

    world.time.now += 12 * hour;
    expect(await world.authenticate(second)).toEqual({ refused: 'session-ended' });

    const third = requestWith({ ...fromPage, cookie: (await logIn(world, 'rk_ana')).cookie });
    await world.access.ports.revokeApiKey({ id: key.id, at: 1, actor: admin });
    world.time.elapsed += 1_000;
    expect(await world.authenticate(third)).toEqual({ refused: 'session-ended' });
  });

  it('ends for no other site', async () => {
    const world = createWorld();
    const { cookie } = await logIn(world, 'first-key');
    const foreign = requestWith({ ...fromPage, cookie, 'sec-fetch-site': 'cross-site' }, 'DELETE');
    expect(world.logOut(foreign)).toEqual({ refused: 'origin-foreign' });
    expect(await world.authenticate(requestWith({ ...fromPage, cookie }))).toHaveProperty('caller');
  });
});

function bearer(key: string, address?: string): IncomingMessage {
  return requestWith({ authorization: `Bearer ${key}` }, 'GET', address);
}

function requestWith(
  headers: Record<string, string | undefined>,
  method = 'POST',
  address = '192.0.2.7',
): IncomingMessage {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: address });
  const request = new IncomingMessage(socket);
  request.method = method;
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) request.headers[name] = value;
  }
  return request;
}
