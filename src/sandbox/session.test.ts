import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSession } from './session.ts';

const adminKey = 'rk_only-for-tests';
const local = { method: 'GET', headers: { host: '127.0.0.1:8000' }, socket: { remoteAddress: '127.0.0.1' } };

/** A request of a browser that was given the session at this host. */
function withCookie(
  session: ReturnType<typeof createSession>,
  method: string,
  headers: Record<string, string> = {},
) {
  const host = '127.0.0.1:8000';
  const cookie = session.cookieFor({ ...local, headers: { host } }).split(';')[0] ?? '';
  return { method, headers: { host, cookie, ...headers }, socket: { remoteAddress: '127.0.0.1' } };
}

describe('who gets in without the admin key', () => {
  const session = createSession({ adminKey });

  it.each([
    ['127.0.0.1', '127.0.0.1:8000'],
    ['127.0.0.1', 'localhost:8000'],
    ['127.0.0.1', 'localhost'],
    ['::1', '[::1]:8000'],
    ['::ffff:127.0.0.1', 'LOCALHOST:8000'],
    ['127.8.8.8', '127.0.0.1:8000'],
  ])('a browser on this machine: from %s to %s', (remoteAddress, host) => {
    expect(session.trusted({ ...local, headers: { host }, socket: { remoteAddress } })).toBe(true);
  });

  it.each([
    ['another machine', '192.168.1.20', { host: '127.0.0.1:8000' }],
    ['a container’s bridge', '172.17.0.1', { host: 'localhost:8000' }],
    ['an address that only begins like loopback', '127.0.0.1.example', { host: 'localhost' }],
    ['no address', undefined, { host: 'localhost' }],
    ['a name that was rebound to loopback', '127.0.0.1', { host: 'evil.example:8000' }],
    ['a name that contains a loopback one', '127.0.0.1', { host: 'localhost.evil.example' }],
    ['a name that ends in a loopback one', '127.0.0.1', { host: 'evil-localhost' }],
    ['a host with user information', '127.0.0.1', { host: '127.0.0.1@evil.example' }],
    ['all addresses as a name', '127.0.0.1', { host: '0.0.0.0:8000' }],
    ['no host', '127.0.0.1', {}],
    ['a tunnel', '127.0.0.1', { host: 'localhost:8000', 'x-forwarded-for': '203.0.113.7' }],
    ['a tunnel that tells the host', '127.0.0.1', { host: 'localhost', 'x-forwarded-host': 'a.example' }],
    ['a proxy by the standard', '127.0.0.1', { host: 'localhost:8000', forwarded: 'for=203.0.113.7' }],
    ['nginx', '127.0.0.1', { host: 'localhost:8000', 'x-real-ip': '203.0.113.7' }],
    ['Cloudflare', '127.0.0.1', { host: 'localhost:8000', 'cf-connecting-ip': '203.0.113.7' }],
  ])('not %s', (_, remoteAddress, headers) => {
    expect(session.trusted({ method: 'GET', headers, socket: { remoteAddress } })).toBe(false);
  });
});

describe('what the cookie allows', () => {
  const session = createSession({ adminKey });

  it.each([
    ['reading from the page', 'GET', { 'sec-fetch-site': 'same-origin' }],
    ['opening by hand', 'GET', { 'sec-fetch-site': 'none' }],
    ['reading where the browser says nothing', 'GET', {}],
    ['writing from the page', 'POST', { 'sec-fetch-site': 'same-origin' }],
    ['writing from the page where only Origin is sent', 'POST', { origin: 'http://127.0.0.1:8000' }],
  ])('%s', (_, method, headers) => {
    expect(session.allowed(withCookie(session, method, headers))).toBe(true);
  });

  it.each([
    ['reading from another port', 'GET', { 'sec-fetch-site': 'same-site' }],
    ['reading from another site', 'GET', { 'sec-fetch-site': 'cross-site' }],
    ['writing from another port', 'POST', { 'sec-fetch-site': 'same-site' }],
    ['writing from another site', 'POST', { 'sec-fetch-site': 'cross-site' }],
    ['writing without any word of the origin', 'POST', {}],
    ['writing by hand', 'POST', { 'sec-fetch-site': 'none' }],
    ['writing with the origin of another port', 'POST', { origin: 'http://127.0.0.1:3000' }],
    ['writing with an opaque origin', 'POST', { origin: 'null' }],
    ['deleting without any word of the origin', 'DELETE', {}],
    [
      'writing with a good origin that Sec-Fetch-Site contradicts',
      'POST',
      { origin: 'http://127.0.0.1:8000', 'sec-fetch-site': 'cross-site' },
    ],
  ])('not %s', (_, method, headers) => {
    expect(session.allowed(withCookie(session, method, headers))).toBe(false);
  });

  it('nothing without the cookie, and nothing with the cookie of another start', () => {
    const other = createSession({ adminKey });
    expect(session.allowed(local)).toBe(false);
    expect(session.allowed(withCookie(other, 'GET'))).toBe(false);
  });

  it('nothing with anything else in its place', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const headers = { host: '127.0.0.1:8000', cookie: `recado_sandbox_8000=${text}` };
        expect(session.allowed({ ...local, headers })).toBe(false);
      }),
    );
  });

  it('finds its cookie among others, and keeps sandboxes on two ports apart', () => {
    const [cookie = ''] = session.cookieFor(local).split(';');
    const among = { ...local.headers, cookie: `theme=dark; ${cookie}; lang=pt` };
    expect(session.allowed({ ...local, headers: among })).toBe(true);
    expect(session.allowed({ ...local, headers: { host: '127.0.0.1:8001', cookie } })).toBe(false);
  });

  it('is out of reach of scripts and of other sites', () => {
    expect(session.cookieFor(local)).toMatch(
      /^recado_sandbox_8000=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
  });
});

it('keeps to TLS the cookie that it gives through a tunnel with TLS', () => {
  const session = createSession({ adminKey });
  const headers = { host: 'abc.tunnel.example', 'x-forwarded-proto': 'https' };
  expect(session.cookieFor({ ...local, headers })).toMatch(/; Secure$/);
});

describe('login', () => {
  it('takes the admin key alone', () => {
    const session = createSession({ adminKey });
    expect(session.login(adminKey, 0)).toBe('ok');
    expect(session.login(`${adminKey} `, 0)).toBe('admin-key-wrong');
    expect(session.login('', 0)).toBe('admin-key-wrong');
  });

  it('closes after ten wrong keys, even for the right one, until a minute has passed', () => {
    const session = createSession({ adminKey });
    for (let second = 0; second < 10; second++) session.login('guess', second * 1000);
    expect(session.login(adminKey, 59_999)).toBe('too-many-logins');
    expect(session.login(adminKey, 60_000)).toBe('ok');
  });
});
