import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { type ProblemBody, problemSchema, type RefusalBody } from './contract/problem.ts';
import { answerEarly, defaultDiscardLimits, hasBodyToCome } from './early-answer.ts';
import { languageFor } from './language.ts';
import { translateProblem } from './translate-problem.ts';

/** On every answer outside the webhook route. A page that needs more sets its own Content-Security-Policy. */
export const securityHeaders = {
  'content-security-policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

/**
 * Sends a problem document, in the language that the request asks for. While a part of the request's body is still on its way, the answer leaves at
 * once and a bounded rest is thrown away, so that the sender gets to read it.
 */
export function sendProblem(reply: FastifyReply, found: ProblemBody | RefusalBody): void {
  reply.headers({ ...securityHeaders, 'cache-control': 'no-store' });
  const problem = translateProblem(found, languageFor(reply));
  const request = reply.request.raw;
  if (!hasBodyToCome(request)) {
    // As bytes, because the framework adds a charset to JSON, and this media type has none (RFC 9457 §3).
    reply
      .code(problem.status)
      .type(PROBLEM_TYPE)
      .send(Buffer.from(JSON.stringify(problem)));
    return;
  }
  reply.hijack();
  const body = asciiJson(problem);
  const { connection: _, ...standing } = reply.getHeaders();
  const headers = flatHeaders({
    ...standing,
    'content-type': PROBLEM_TYPE,
    'content-length': body.length,
  });
  answerEarly(request, reply.raw, { status: problem.status, headers, body }, defaultDiscardLimits);
}

const PROBLEM_TYPE = 'application/problem+json';

/** JSON in ASCII alone, whose length in characters is its length in bytes. */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function flatHeaders(headers: Record<string, unknown>): string[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [name, String(value)],
  );
}

/** The description of an answer of one content type, for a route's `schema.response`. */
export function answerOf(schema: z.ZodType, description: string, contentType = 'application/json') {
  return { description, content: { [contentType]: { schema } } };
}

const problemDescriptions = {
  400: 'The request is malformed. Nothing was stored.',
  401: 'No API key, an unknown one, or none configured.',
  403: 'The API key lacks a scope, or another site’s page makes the request; `remedy` says what to do.',
  404: 'Nothing has this id.',
  422: 'Meta refuses it; `detail` says with which error.',
  502: 'Meta could not be reached, or did not say what became of it.',
  409: 'It cannot be done as things stand, or the idempotency key belongs to a request with other content.',
  410: 'It never came, or is gone for good; `remedy` says what to do.',
  413: 'The body is larger than 1 MiB.',
  415: 'The body is not declared as JSON, or is compressed.',
  429: 'Too many at once or within a minute; `Retry-After` says how many seconds to wait.',
  503: 'The database cannot read or keep anything at present; `reference` leads to the reason in the log.',
  500: 'Recado failed; `reference` leads to the reason in its log.',
} as const;

/**
 * The problems that a route can answer with, for its `schema.response`. Where a key is asked for (401), it may
 * also lack a scope (403) or be used too often (429); where Recado can fail (500), so can its database (503).
 */
export function problemAnswers(...statuses: (keyof typeof problemDescriptions)[]) {
  const all = new Set(statuses);
  if (all.has(401)) for (const status of [403, 429] as const) all.add(status);
  if (all.has(401) && all.has(500)) all.add(503);
  return Object.fromEntries(
    [...all].map((status) => [status, answerOf(problemSchema, problemDescriptions[status], PROBLEM_TYPE)]),
  );
}
