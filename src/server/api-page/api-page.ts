import { readFileSync } from 'node:fs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { securityHeaders } from '../answers.ts';
import { etagOf, isKnownTo } from '../etag.ts';
import { openapiDocument } from '../openapi.ts';
import type { Api } from '../typed-fastify.ts';
import { readDocument } from './read-document.ts';
import { renderPage } from './render-page.ts';

/** The page is text and one style sheet of ours: no script, nothing from elsewhere, in nobody's frame. */
const headers = {
  ...securityHeaders,
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cache-control': 'no-cache',
  // The examples name the address that the reader came by.
  vary: 'Host, X-Forwarded-Proto',
};

/** Stands for the server's address in the page that is kept; no part of a document looks like it. */
const ADDRESS = 'address.of.this.server.invalid';

/** Registers GET /docs: the API to read, written from the OpenAPI document. Open to everybody, like that one. */
export function registerApiPage(fastify: Api): void {
  const style = readFileSync(new URL('./page.css', import.meta.url), 'utf8');
  let known: string | null = null;

  fastify.get('/docs', { schema: { hide: true } }, async (request, reply) => {
    known ??= renderPage(readDocument(openapiDocument(fastify)), ADDRESS);
    return send(request, reply, 'text/html; charset=utf-8', known.replaceAll(ADDRESS, addressOf(request)));
  });
  fastify.get('/docs/', { schema: { hide: true } }, async (_request, reply) =>
    reply.redirect('../docs', 308),
  );
  fastify.get('/docs/page.css', { schema: { hide: true } }, async (request, reply) =>
    send(request, reply, 'text/css; charset=utf-8', style),
  );
}

function send(request: FastifyRequest, reply: FastifyReply, type: string, text: string): FastifyReply {
  const etag = etagOf(text);
  reply.headers({ ...headers, etag });
  if (isKnownTo(request.headers['if-none-match'], etag)) return reply.code(304).send();
  return reply.type(type).send(text);
}

/** The address that the reader came by. What could be more than an address is not repeated. */
function addressOf(request: FastifyRequest): string {
  const { host = '', 'x-forwarded-proto': protocol } = request.headers;
  const isPlain = /^[a-z0-9.-]{1,253}(:\d{1,5})?$|^\[[0-9a-f:]{2,45}\](:\d{1,5})?$/i.test(host);
  return `${protocol === 'https' ? 'https' : 'http'}://${isPlain ? host : '127.0.0.1:8000'}`;
}
