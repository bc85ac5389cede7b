import { expect, it } from 'vitest';
import { createClient } from '../support/api-client.ts';
import { runGateway } from '../support/running-gateway.ts';
import { adminKey } from '../support/test-config.ts';

/** Compressed bytes of JavaScript that a browser has to load for all pages. */
const MOST_JAVASCRIPT = 60 * 1024;

const page = { 'sec-fetch-site': 'same-origin' };

it('is served at /, to everybody, with a policy that lets nothing in and nothing out', async () => {
  const running = await runGateway();
  const url = running.gateway.adminUrl;
  const opened = await fetch(`${url}/`);
  const html = await opened.text();
  expect(opened.status).toBe(200);
  expect(opened.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(opened.headers.get('cache-control')).toBe('no-store');
  expect(opened.headers.get('set-cookie')).toBeNull();
  const policy = opened.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
  expect(html).toContain('data-phone=""');
  expect(html).not.toMatch(/<script(?![^>]* src=)|<style|\sstyle=|\son\w+=/i);

  const names = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, name]) => String(name));
  expect(names.some((name) => name.endsWith('.css'))).toBe(true);
  let javascript = 0;
  for (const name of names) {
    const { headers } = await fetch(`${url}/${name}`);
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(headers.get('content-encoding')).toBe('gzip');
    const plain = await fetch(`${url}/${name}`, { headers: { 'accept-encoding': 'identity' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    if (name.endsWith('.js')) javascript += Number(headers.get('content-length'));
  }
  expect(javascript).toBeGreaterThan(5_000);
  expect(javascript).toBeLessThan(MOST_JAVASCRIPT);

  for (const path of ['/assets/none.js', '/assets/..%2findex.html', '/main.tsx', '/assets/']) {
    expect([path, (await fetch(url + path)).status]).toEqual([path, 404]);
  }
});

it('asks for a login, and then does what the key may', async () => {
  const running = await runGateway();
  const client = createClient(Number(new URL(running.gateway.adminUrl).port), page);
  expect((await client('/v1/session')).status).toBe(401);
  const login = await client('/v1/session', { body: { key: adminKey } });
  const setCookie = login.headers['set-cookie']?.[0] ?? '';
  expect(setCookie).toMatch(/HttpOnly; SameSite=Strict/);
  const cookie = setCookie.split(';')[0] ?? '';
  const who = await client('/v1/session', { headers: { cookie } });
  expect(who.body).toMatchObject({ scopes: ['read', 'send', 'manage'], now: expect.any(String) });
  const foreign = await client('/v1/session', {
    method: 'DELETE',
    headers: { cookie, 'sec-fetch-site': 'cross-site' },
  });
  expect(foreign.status).toBe(403);
});
