import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { asciiJson, securityHeaders, sendProblem } from './answers.ts';
import type { ProblemBody, RefusalBody } from './contract/problem.ts';
import { type ProblemCode, ProblemError, problemOf } from './problem.ts';

/** What the server tells whoever logs. */
export type ServerReport = {
  /**
   * Recado itself failed to answer. The caller was given only the reference.
   *
   * @param failure.route method and route, without the ids of a request, such as `GET /v1/contacts/:id`
   */
  failed(failure: { reference: string; route: string; error: unknown }): void;
  /** Whether an error says that nothing can be read or kept at present, such as a full disk. */
  isStoreUnavailable(error: unknown): boolean;
};

/** Answers every error of a handler, and of the framework, with a problem document. */
export function createAnswerError(report: ServerReport) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    sendProblem(reply, expectedProblem(error) ?? reported(error, request, report));
  };
}

const frameworkCodes: Record<string, ProblemCode> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'content-type-unsupported',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body-too-large',
  FST_ERR_MAX_PARAM_LENGTH: 'route-unknown',
};

function expectedProblem(error: unknown): ProblemBody | RefusalBody | null {
  if (error instanceof ProblemError) return error.problem;
  const code = frameworkCodes[String(memberOf(error, 'code'))];
  if (code !== undefined) return problemOf(code);
  const status = memberOf(error, 'statusCode');
  return typeof status === 'number' && status >= 400 && status < 500 ? problemOf('http-malformed') : null;
}

function memberOf(error: unknown, name: 'code' | 'statusCode'): unknown {
  return typeof error === 'object' && error !== null && name in error ? Reflect.get(error, name) : undefined;
}

function reported(error: unknown, request: FastifyRequest, report: ServerReport): ProblemBody {
  const reference = newReference();
  const route = `${request.method} ${request.routeOptions.url ?? 'unknown address'}`;
  report.failed({ reference, route, error });
  return problemOf(report.isStoreUnavailable(error) ? 'store-unavailable' : 'internal-error', { reference });
}

/** A word that leads from an answer to its line in the log. */
export function newReference(): string {
  return randomBytes(6).toString('hex');
}

const clientErrorCodes: Record<string, ProblemCode> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

const reasons: Record<number, string> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

/** Answers what is not even HTTP, on the bare connection, and closes it. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const problem = problemOf(clientErrorCodes[error.code ?? ''] ?? 'http-malformed');
  const body = asciiJson(problem);
  const headers = {
    ...securityHeaders,
    'cache-control': 'no-store',
    connection: 'close',
    'content-type': 'application/problem+json',
    'content-length': body.length,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const head = [`HTTP/1.1 ${problem.status} ${reasons[problem.status] ?? 'Bad Request'}`, ...lines].join(
    '\r\n',
  );
  socket.end(`${head}\r\n\r\n${body}`, 'latin1', () => socket.destroy());
}
