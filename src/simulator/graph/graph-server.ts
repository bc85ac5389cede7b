import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json, JsonObject } from '../../domain/json.ts';
import type { Clock } from '../../runtime/clock.ts';
import { sameSecret } from '../../whatsapp/same-secret.ts';
import { errorEnvelope, type GraphProblem, httpStatusOf, problem } from './graph-error.ts';

/** What a route is given: a call whose token is right and whose object exists. */
type GraphCall = {
  query: URLSearchParams;
  /** The parsed body; null when there was none, or it was not JSON. */
  body: Json;
};

/** What is answered. `silence` breaks the connection off without a byte, whatever has been done. */
export type GraphReply = { body: JsonObject } | { refusal: GraphProblem } | { silence: true };

/** One call of the Graph API: `{method} /{version}/{object id}[/{edge}]`. */
export type GraphRoute = {
  method: 'GET' | 'POST';
  /** Null for the object itself. */
  edge: string | null;
  /** Synchronous, so that the answer leaves before anything that the call sets off. */
  answer(call: GraphCall): GraphReply;
};

/** A request as it was received; it never holds the token. */
export type RecordedRequest = {
  /** In milliseconds. */
  at: number;
  method: string;
  /** Path and query, without `access_token`. */
  path: string;
  body: Json;
  /** The HTTP status that was answered; null when the connection was broken off. */
  status: number | null;
  /** The code of Meta's error; null when there was none. */
  code: number | null;
};

/** A listening Graph API. */
export type GraphServer = { url: string; close(): Promise<void> };

/** The largest body that is taken, in bytes. */
const BODY_LIMIT = 1024 * 1024;

/** Starts to listen. Throws what `listen` throws, such as EADDRINUSE. */
export async function startGraphServer(options: {
  host: string;
  port: number;
  clock: Clock;
  /** The token that is accepted now, and whether it has expired. */
  token: () => { value: string; expired: boolean };
  traceId: () => string;
  /** The calls of each object, by its id. */
  objects: ReadonlyMap<string, readonly GraphRoute[]>;
  received: (request: RecordedRequest) => void;
}): Promise<GraphServer> {
  const server = createServer((request, response) => {
    answerCall(request, response).catch((error: unknown) => {
      // A caller who hangs up while sending gets no answer; anything else is a fault of ours and must be seen.
      if (!request.destroyed || request.complete) throw error;
    });
  });

  // Longer than any client keeps an idle connection, so that only a test's own switch breaks one.
  server.keepAliveTimeout = 65_000;

  async function answerCall(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await readBody(request);
    const [path = '', search = ''] = (request.url ?? '').split('?', 2);
    const query = new URLSearchParams(search);
    const call = { query, body: bytes === null ? null : parseJson(bytes) };
    const reply = bytes === null ? tooLarge : route(request, path, call);
    const refusal = 'refusal' in reply ? reply.refusal : null;
    const status = 'silence' in reply ? null : refusal === null ? 200 : httpStatusOf(refusal.code);
    query.delete('access_token');
    options.received({
      at: options.clock.now(),
      method: request.method ?? '',
      path: query.size === 0 ? path : `${path}?${query}`,
      body: call.body,
      status,
      code: refusal?.code ?? null,
    });
    if ('silence' in reply || status === null) {
      request.socket.destroy();
      return;
    }
    response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' });
    const content = 'refusal' in reply ? errorEnvelope(reply.refusal, options.traceId()) : reply.body;
    response.end(JSON.stringify(content));
  }

  /** Meta looks at the token first, then at the object, then at the call. */
  function route(request: IncomingMessage, path: string, call: GraphCall): GraphReply {
    const tokenRefusal = tokenProblem(request.headers.authorization, options.token());
    if (tokenRefusal !== null) return { refusal: tokenRefusal };
    const [version = '', objectId = '', edge = null, ...rest] = path.split('/').filter((part) => part !== '');
    const wellFormed = /^v\d+\.\d+$/.test(version) && objectId !== '' && rest.length === 0;
    if (!wellFormed) return { refusal: unknownPath(path) };
    const method = request.method ?? '';
    const routes = options.objects.get(objectId);
    if (routes === undefined) return { refusal: unknownObject(method, objectId) };
    const sameEdge = routes.filter((candidate) => candidate.edge === edge);
    if (sameEdge.length === 0) return { refusal: unknownPath(path) };
    const found = sameEdge.find((candidate) => candidate.method === method);
    return found === undefined ? { refusal: unknownObject(method, objectId) } : found.answer(call);
  }

  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(options.port, options.host, listening);
  });
  return {
    url: urlOf(server.address()),
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** The whole body; null when it is too large. What is over the limit is read and thrown away, so that the caller hears the answer. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length <= BODY_LIMIT) chunks.push(chunk);
  }
  return length <= BODY_LIMIT ? Buffer.concat(chunks) : null;
}

function parseJson(bytes: Buffer): Json {
  try {
    const parsed: Json = JSON.parse(bytes.toString('utf8'));
    return parsed;
  } catch {
    return null;
  }
}

/** Code 190 for a missing, wrong or expired token (meta-facts §5); both are compared in constant time. */
function tokenProblem(
  authorization: string | undefined,
  token: { value: string; expired: boolean },
): GraphProblem | null {
  const given = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
  if (given === undefined) return invalidToken('An access token is required.');
  if (!sameSecret(given, token.value)) return invalidToken('The access token is not valid.');
  return token.expired ? invalidToken('The session has expired.') : null;
}

function invalidToken(sentence: string): GraphProblem {
  return { code: 190, details: null, message: `Error validating access token: ${sentence}` };
}

const tooLarge: GraphReply = {
  refusal: problem(100, 'The body is larger than the 1 MiB that the simulator takes.'),
};

/** What Meta says of an id that is not there, may not be seen, or does not take this method (code 100/33). */
function unknownObject(method: string, objectId: string): GraphProblem {
  return {
    code: 100,
    subcode: 33,
    type: 'GraphMethodException',
    details: null,
    message: `Unsupported ${method.toLowerCase()} request. Object with ID '${objectId}' does not exist, may not be seen with this token, or does not take this request.`,
  };
}

function unknownPath(path: string): GraphProblem {
  return { code: 2500, details: null, message: `Unknown path components: ${path}` };
}

function urlOf(address: AddressInfo | string | null): string {
  if (address === null || typeof address === 'string') throw new Error('The simulator listens on no port.');
  const { address: host, family, port } = address;
  if (host === '0.0.0.0' || host === '::') return `http://127.0.0.1:${port}`;
  return family === 'IPv6' ? `http://[${host}]:${port}` : `http://${host}:${port}`;
}
