import type { Failure } from '../domain/failure.ts';
import type { ProblemBody, RefusalBody } from './contract/problem.ts';

/** One row of the table of problems that the HTTP door itself can have with a request. */
type ProblemRow = { status: number; title: string; remedy: string };

const rows = {
  'no-api-key': {
    status: 401,
    title: 'No API key is configured, so the API is closed.',
    remedy: 'Run `recado init`, which writes RECADO_ADMIN_KEY into .env, then restart Recado.',
  },
  'api-key-missing': {
    status: 401,
    title: 'The request carries no API key.',
    remedy:
      'Send the header `Authorization: Bearer <key>`. The key is RECADO_ADMIN_KEY in .env; if there is none, run `recado init`.',
  },
  'api-key-wrong': {
    status: 401,
    title: 'The API key is not one that Recado knows.',
    remedy:
      'Compare it with RECADO_ADMIN_KEY in the .env of the running Recado. If that was changed, restart Recado.',
  },
  'request-malformed': {
    status: 400,
    title: 'The request is not valid.',
    remedy: 'Correct what `errors` names and send the request again; /openapi.json describes every member.',
  },
  'body-missing': {
    status: 400,
    title: 'The request has no body.',
    remedy: 'Send a JSON object as the body, with the header `Content-Type: application/json`.',
  },
  'body-not-json': {
    status: 400,
    title: 'The body is not JSON.',
    remedy: 'Correct the place that `detail` names, or let a JSON library write the body, and send it again.',
  },
  'body-not-utf-8': {
    status: 400,
    title: 'The body is not UTF-8.',
    remedy:
      'Encode the body as UTF-8 (in a Windows console, put it into a UTF-8 file first) and send it again.',
  },
  'idempotency-key-conflict': {
    status: 400,
    title: 'The header `Idempotency-Key` and the member `idempotencyKey` differ.',
    remedy: 'Give the key in one place only, or the same in both, and send the request again.',
  },
  'cursor-invalid': {
    status: 400,
    title: 'The list cannot begin there.',
    remedy:
      'Give as `after` the `next` of an earlier answer of this list, or leave it out to begin at the start.',
  },
  'http-malformed': {
    status: 400,
    title: 'The request is not valid HTTP.',
    remedy: 'Check the address and the headers that your HTTP client writes, and send the request again.',
  },
  'route-unknown': {
    status: 404,
    title: 'There is nothing at this address.',
    remedy: 'Compare the path with /openapi.json, which lists every address.',
  },
  'notification-unknown': {
    status: 404,
    title: 'No notification has this id.',
    remedy: 'Take the id from the answer of POST /v1/notifications, or find it with GET /v1/notifications.',
  },
  'contact-unknown': {
    status: 404,
    title: 'No contact has this id.',
    remedy: 'Find the id with GET /v1/contacts.',
  },
  'conversation-unknown': {
    status: 404,
    title: 'No conversation has this id.',
    remedy: 'Find the id with GET /v1/conversations.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'This address does not take this method.',
    remedy: 'Use one of the methods that the header `Allow` names.',
  },
  'request-timeout': {
    status: 408,
    title: 'The request did not arrive in time.',
    remedy: 'Check the connection and send the request again.',
  },
  'idempotency-conflict': {
    status: 409,
    title: 'This idempotency key belongs to a request with other content.',
    remedy:
      'Use a new key for a new notification; GET /v1/notifications/{id} with `notificationId` shows the earlier one.',
  },
  'body-too-large': {
    status: 413,
    title: 'The body is larger than 1 MiB.',
    remedy: 'Send less in one request.',
  },
  'content-type-unsupported': {
    status: 415,
    title: 'The body is not declared as JSON.',
    remedy: 'Send the header `Content-Type: application/json`, with the body in JSON.',
  },
  'body-encoded': {
    status: 415,
    title: 'The body is compressed.',
    remedy: 'Send the body as it is, without the header `Content-Encoding`.',
  },
  'headers-too-large': {
    status: 431,
    title: 'The headers are larger than 16 KiB.',
    remedy: 'Send fewer or shorter headers; cookies of other services are the usual cause.',
  },
  'internal-error': {
    status: 500,
    title: 'Recado failed to answer this request.',
    remedy: 'Look in Recado’s log for `reference`; what stands there says why. Then send the request again.',
  },
} as const satisfies Record<string, ProblemRow>;

/** The stable code of a problem that the HTTP door itself has with a request. */
export type ProblemCode = keyof typeof rows;

/** The members that an occurrence adds to its row; without `detail` the title stands for it. */
export type ProblemExtras = Partial<
  Pick<ProblemBody, 'detail' | 'remedy' | 'errors' | 'notificationId' | 'reference'>
>;

/** The problem document of one occurrence. */
export function problemOf(code: ProblemCode, extras: ProblemExtras = {}): ProblemBody {
  const { status, title, remedy } = rows[code];
  return { type: 'about:blank', title, status, detail: title, code, remedy, ...extras };
}

/** The problem document of a failure that makes a request invalid; nothing was stored. */
export function invalidMember(field: string, failure: Failure): ProblemBody {
  return {
    type: 'about:blank',
    title: failure.title,
    status: 400,
    detail: failure.details ?? failure.title,
    code: failure.code,
    remedy: failure.remedy,
    errors: [{ in: 'body', path: field, message: failure.title }],
  };
}

/** The problem document of a notification that was refused and stored. */
export function refusalOf(notification: {
  id: string;
  because: string;
  failure: Pick<Failure, 'code' | 'title' | 'remedy'>;
}): RefusalBody {
  const { code, title, remedy } = notification.failure;
  return {
    type: 'about:blank',
    title,
    status: 422,
    detail: notification.because,
    code,
    remedy,
    decision: 'refuse',
    because: notification.because,
    notificationId: notification.id,
  };
}

/** Thrown by whoever handles a request, to answer it with a problem document. */
export class ProblemError extends Error {
  readonly problem: ProblemBody | RefusalBody;

  constructor(problem: ProblemBody | RefusalBody) {
    super(problem.code);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}
