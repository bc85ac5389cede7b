import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Json } from '../../domain/json.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { StoredMedia } from '../accounts/media-store.ts';
import type { OpenQuestions } from '../open-questions.ts';
import { authenticate, authorise } from './authorise.ts';
import type { CallBudget } from './call-budget.ts';
import { errorEnvelope, type GraphProblem, httpStatusOf, problem } from './graph-error.ts';
import type { GraphObject, GraphReply } from './graph-route.ts';
import { refuseVersion } from './graph-version.ts';
import type { RequestHandler } from './http-door.ts';
import { type ReadCall, readCall } from './read-call.ts';

/** A request as it was received; it never holds the token. */
export type RecordedRequest = {
  /** In milliseconds. */
  at: number;
  method: string;
  /** Path and query, without tokens. */
  path: string;
  body: Json;
  /** The HTTP status that was answered; null when the connection was broken off. */
  status: number | null;
  /** The code of Meta's error; null when there was none. */
  code: number | null;
};

/** The answer to a call, or the bytes of a file. */
type Reply = GraphReply | { file: StoredMedia } | { notFound: true };

/** What may go wrong with an answer on purpose. */
export type AnswerFaults = {
  /** A code to refuse this call with, in the place of doing it; null for none. */
  refuse(call: ReadCall): number | null;
  /** Whether the answer is lost after the call has been done. */
  loses(call: ReadCall): boolean;
  /** Resolves when the answer may leave. */
  holds(call: ReadCall): Promise<void> | null;
};

/** The Graph API as a handler of HTTP requests. */
export function createGraphServer(options: {
  clock: Clock;
  accounts: Accounts;
  openQuestions: OpenQuestions;
  /** Null where calls are not counted. */
  budget: CallBudget | null;
  traceId: () => string;
  /** The object with this id; null when there is none. */
  findObject: (id: string) => GraphObject | null;
  /** The media at this path and query; null when nothing is there any more. */
  findAttachment: (path: string) => StoredMedia | null;
  faults: AnswerFaults;
  received: (request: RecordedRequest) => void;
}): RequestHandler {
  const { accounts, clock, openQuestions } = options;
  async function answerCall(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await readCall(request);
    const method = request.method ?? '';
    const answered = call === null ? tooLarge : route(method, request.url ?? '', call);
    // Awaited only where it must be: a synchronous answer leaves before what it sets off.
    const done = answered instanceof Promise ? await answered : answered;
    const reply: Reply = call !== null && options.faults.loses(call) ? { silence: true } : done;
    const held = call === null ? null : options.faults.holds(call);
    if (held !== null) await held;
    const refusal = 'refusal' in reply ? reply.refusal : null;
    const status =
      'silence' in reply
        ? null
        : 'notFound' in reply
          ? 404
          : refusal === null
            ? 200
            : httpStatusOf(refusal.code);
    options.received({
      at: clock.now(),
      method,
      path: pathWithoutTokens(request.url ?? ''),
      body: call?.remembered ?? null,
      status,
      code: refusal?.code ?? null,
    });
    write(request, response, reply, status);
  }

  function write(
    request: IncomingMessage,
    response: ServerResponse,
    reply: Reply,
    status: number | null,
  ): void {
    if (status === null || 'silence' in reply) {
      request.socket.destroy();
    } else if ('notFound' in reply) {
      response.writeHead(status).end();
    } else if ('file' in reply) {
      response.writeHead(status, { 'content-type': reply.file.mimeType, 'content-length': reply.file.size });
      response.end(reply.file.bytes);
    } else {
      response.writeHead(status, {
        'content-type': 'application/json; charset=UTF-8',
        date: new Date(clock.now()).toUTCString(),
      });
      const content = 'refusal' in reply ? errorEnvelope(reply.refusal, options.traceId()) : reply.body;
      response.end(JSON.stringify(content));
    }
  }

  /** Meta looks at the token first, then at the object, then at the call. */
  function route(method: string, url: string, call: ReadCall): Reply | Promise<Reply> {
    const authenticated = authenticate(call.tokenText, accounts, clock);
    if ('refusal' in authenticated) return authenticated;
    const { token } = authenticated;
    if (call.path.startsWith('/whatsapp_business/attachments/')) {
      const file = method === 'GET' ? options.findAttachment(url) : null;
      return file === null ? { notFound: true } : { file };
    }
    const [version = '', objectId = '', edge = null, ...rest] = call.path
      .split('/')
      .filter((part) => part !== '');
    const wellFormed = /^v\d+\.\d+$/.test(version) && objectId !== '' && rest.length === 0;
    if (!wellFormed) return { refusal: unknownPath(call.path) };
    if (openQuestions.otherVersions === 'refused') {
      const refusal = refuseVersion(version, clock.now());
      if (refusal !== null) return { refusal };
    }
    const object = options.findObject(objectId);
    if (object === null) return { refusal: unknownObject(method, objectId) };
    const sameEdge = object.routes.filter((candidate) => candidate.edge === edge);
    if (sameEdge.length === 0) return { refusal: unknownPath(call.path) };
    const found = sameEdge.find((candidate) => candidate.method === method);
    if (found === undefined) return { refusal: unknownObject(method, objectId) };
    const forbidden = authorise(token, object, found, openQuestions.missingPermission);
    if (forbidden !== null) return { refusal: forbidden };
    if (found.counts !== false && object.wabaId !== null) {
      const { wabaId } = object;
      const registered = accounts.phones().some((phone) => phone.wabaId === wabaId && phone.registered);
      const spent = options.budget?.spend({ appId: token.appId, wabaId, registered }) ?? null;
      if (spent !== null) return { refusal: spent };
    }
    const fault = options.faults.refuse(call);
    if (fault !== null) return { refusal: problem(fault, 'The simulator was told to fail.') };
    return found.answer({ ...call, token });
  }

  return (request, response) => {
    answerCall(request, response).catch((error: unknown) => {
      // A caller who hangs up while sending gets no answer; anything else is a fault of ours and must be seen.
      if (!request.destroyed || request.complete) throw error;
    });
  };
}

const tooLarge: GraphReply = {
  refusal: problem(100, 'The body is larger than the simulator takes: 1 MiB, or 101 MiB with files.'),
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

/** Path and query for the record. */
function pathWithoutTokens(url: string): string {
  const [path = '', search = ''] = url.split('?', 2);
  const query = new URLSearchParams(search);
  for (const secret of ['access_token', 'input_token', 'verify_token', 'appsecret_proof'])
    query.delete(secret);
  return query.size === 0 ? path : `${path}?${query}`;
}
