import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import type { RequestHandler } from '../graph/http-door.ts';
import { JudgementFailed } from '../judge/judge.ts';
import type { Simulation } from '../simulation.ts';
import { type ControlProblem, controlProblem } from './control-problem.ts';
import type { ControlVerb } from './control-verb.ts';

/** Where the control begins. */
const controlPath = '/_simulator';

/** The largest body that is taken, in bytes. */
const BODY_LIMIT = 8 * 1024 * 1024;

/** Whether a request is for the control, whoever it comes from. */
export function isForControl(request: IncomingMessage): boolean {
  return /^\/_simulator(?:[/?]|$)/.test(request.url ?? '');
}

/**
 * The control of a simulator over HTTP, for scripts and other languages. It answers this machine only, and no page of
 * another site: a browser sends the site's `Origin`, or a `Host` that is no loopback address.
 */
export function createControlDoor(simulation: Simulation, verbs: readonly ControlVerb[]): RequestHandler {
  const matchers = verbs.map((verb) => ({ verb, match: matcherOf(verb.path) }));

  async function answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    if (!isOwnMachine(request)) {
      const found = `It came from ${request.socket.remoteAddress ?? 'nowhere'} for ${request.headers.host ?? 'no host'}.`;
      return problem(controlProblem('control-from-elsewhere', found));
    }
    const url = new URL(request.url ?? '', 'http://simulator.invalid');
    const path = url.pathname.slice(controlPath.length).replace(/\/$/, '');
    const method = request.method ?? '';
    if (method === 'GET' && path === '') return { status: 200, body: listOf(verbs) };
    const found = matchers
      .map(({ verb, match }) => ({ verb, parameters: verb.method === method ? match(path) : null }))
      .find(({ parameters }) => parameters !== null);
    if (found?.parameters === undefined || found.parameters === null) {
      return problem(controlProblem('verb-unknown', `Asked was ${method} ${url.pathname}.`));
    }
    try {
      const body = await readJson(request);
      const { parameters } = found;
      const said = await found.verb.answer({ simulation, parameters, query: url.searchParams, body });
      return { status: said === undefined ? 204 : 200, body: said };
    } catch (error) {
      return problem(problemOf(error));
    }
  }

  return (request, response) => {
    answer(request).then(
      ({ status, body }) => write(response, status, body),
      () => request.destroy(),
    );
  };
}

function problem(document: ControlProblem) {
  return { status: document.status, body: document };
}

/** A body that does not fit, a value that cannot be, or an act that is impossible now: nobody is surprised by these. */
function problemOf(error: unknown): ControlProblem {
  if (error instanceof z.ZodError) return controlProblem('body-invalid', z.prettifyError(error));
  if (error instanceof SyntaxError) return controlProblem('body-invalid', error.message);
  if (error instanceof RangeError || error instanceof TypeError) {
    return controlProblem('value-invalid', error.message);
  }
  if (error instanceof JudgementFailed) return controlProblem('judgement-failed', error.message);
  return controlProblem('verb-failed', error instanceof Error ? error.message : String(error));
}

function write(response: ServerResponse, status: number, body: unknown): void {
  if (body === undefined) {
    response.writeHead(status).end();
    return;
  }
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' });
  response.end(JSON.stringify(body, listed));
}

/** Sets and maps as JSON has them. */
function listed(_member: string, value: unknown): unknown {
  if (value instanceof Set) return [...value];
  return value instanceof Map ? Object.fromEntries(value) : value;
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length <= BODY_LIMIT) chunks.push(chunk);
  }
  if (length > BODY_LIMIT) throw new RangeError(`The body has more than ${BODY_LIMIT} bytes.`);
  if (length === 0) return {};
  // A form of another site cannot send this type without asking first.
  if (!(request.headers['content-type'] ?? '').startsWith('application/json')) {
    throw new SyntaxError('Expected content-type application/json.');
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

/** Whoever sends these speaks for somebody else, who may be anywhere. */
const proxyHeaders = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];

function isOwnMachine(request: IncomingMessage): boolean {
  const peer = request.socket.remoteAddress ?? '';
  const local = peer === '::1' || /^(?:::ffff:)?127\./.test(peer);
  const host = URL.parse(`http://${request.headers.host ?? ''}`)?.hostname ?? '';
  const { origin } = request.headers;
  return (
    local &&
    !proxyHeaders.some((name) => name in request.headers) &&
    isLoopbackName(host) &&
    (origin === undefined || origin === `http://${request.headers.host}`)
  );
}

function isLoopbackName(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d+){3}$/.test(host);
}

/** Reads the parts in braces; null when the path is another one. */
function matcherOf(path: string): (given: string) => Record<string, string> | null {
  const parts = path.split('/');
  return (given) => {
    const givenParts = given.split('/');
    if (givenParts.length !== parts.length) return null;
    const parameters: Record<string, string> = {};
    for (const [index, part] of parts.entries()) {
      const found = givenParts[index] ?? '';
      const name = /^\{(.+)\}$/.exec(part)?.[1];
      if (name === undefined ? part !== found : found === '') return null;
      if (name !== undefined) parameters[name] = decodePart(found);
    }
    return parameters;
  };
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function listOf(verbs: readonly ControlVerb[]) {
  return {
    verbs: verbs.map(({ method, path, summary }) => ({ method, path: `${controlPath}${path}`, summary })),
  };
}
