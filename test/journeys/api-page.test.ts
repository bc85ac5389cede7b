import { describe, expect, it } from 'vitest';
import { isJsonObject, type JsonObject } from '../../src/domain/json.ts';
import { problemTable } from '../../src/server/problem.ts';
import { createClient } from '../support/api-client.ts';
import { runGateway } from '../support/running-gateway.ts';

async function start() {
  const { gateway } = await runGateway();
  const ask = createClient(Number(new URL(gateway.adminUrl).port));
  return { ask, url: gateway.adminUrl };
}

function objectOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

describe('GET /docs', () => {
  it('shows every operation, shape and problem code of this gateway, without a key', async () => {
    const { ask, url } = await start();
    const document = objectOf((await ask('/openapi.json')).body);
    const page = await ask('/docs');
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    const ids = new Set([...page.text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));

    for (const [path, methods] of Object.entries(objectOf(document.paths))) {
      for (const [method, operation] of Object.entries(objectOf(methods))) {
        const id = String(objectOf(operation).operationId);
        const [, article = ''] = page.text.split(`<article id="${id}">`);
        const own = article.split('</article>')[0] ?? '';
        expect(own, id).toContain(`<code>${path}</code>`);
        expect(own, id).toContain(`class="method ${method}"`);
        expect(own, id).toContain(`${url}${path.split('{')[0]}`);
        for (const status of Object.keys(objectOf(objectOf(operation).responses))) {
          expect(own, id).toContain(`>${status}</span>`);
        }
      }
    }
    for (const name of Object.keys(objectOf(objectOf(document.components).schemas))) {
      expect(ids).toContain(`schema-${name}`);
    }
    for (const code of Object.keys(problemTable)) expect(ids).toContain(`code-${code}`);
    const targets = [...page.text.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id);
    expect(targets.filter((target) => !ids.has(target))).toEqual([]);
    expect(ids.size).toBe([...page.text.matchAll(/ id="/g)].length);
  });

  it('loads nothing from elsewhere, and runs nothing', async () => {
    const { ask } = await start();
    const { headers, text } = await ask('/docs');
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    const addresses = [...text.matchAll(/ (?:href|src|action)="([^"#][^"]*)"/g)].map(
      ([, address]) => address,
    );
    expect([...new Set(addresses)].sort()).toEqual(['data:,', 'docs/page.css', 'openapi.json']);
    expect(text).not.toMatch(/<script|<style| style=| on\w+=/i);
    const style = await ask('/docs/page.css');
    expect(style.headers['content-type']).toBe('text/css; charset=utf-8');
    expect(style.text).not.toMatch(/url\(|@import/);
  });

  it('names the address that the reader came by, and nothing that could be more', async () => {
    const { ask } = await start();
    const seen = async (headers: Record<string, string>) =>
      /curl (\S+)\/v1\/notifications/.exec((await ask('/docs', { headers })).text)?.[1];
    expect(await seen({ host: 'recado.example', 'x-forwarded-proto': 'https' })).toBe(
      'https://recado.example',
    );
    expect(await seen({ host: '[::1]:8000' })).toBe('http://[::1]:8000');
    expect(await seen({ host: '"><b>$(reboot)' })).toBe('http://127.0.0.1:8000');
  });

  it('is not sent again to who has it', async () => {
    const { ask } = await start();
    for (const path of ['/docs', '/docs/page.css']) {
      const etag = String((await ask(path)).headers.etag);
      const again = await ask(path, { headers: { 'if-none-match': etag } });
      expect([again.status, again.text]).toEqual([304, '']);
    }
    expect((await ask('/docs/')).headers.location).toBe('../docs');
  });
});
