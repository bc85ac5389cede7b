import type { CheckName } from '../domain/check.ts';
import { checkOf, type Failure } from '../domain/failure.ts';
import type { ProblemBody, RefusalBody } from './contract/problem.ts';

/** One row of the table of problems that the HTTP door itself can have with a request. */
type ProblemRow = {
  status: number;
  title: string;
  remedy: string;
  /** The check of doctor that would confirm it; left out where none looks at that. */
  check?: CheckName;
};

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
      'Send the header `Authorization: Bearer <key>`. Make one with `recado keys create`, or take RECADO_ADMIN_KEY of .env; if there is none, run `recado init`.',
  },
  'api-key-wrong': {
    status: 401,
    title: 'The API key is not one that Recado knows.',
    remedy:
      'Compare it with RECADO_ADMIN_KEY in the .env of the running Recado (if that was changed, restart Recado), or make a new one with `recado keys create`.',
  },
  'api-key-revoked': {
    status: 401,
    title: 'The API key was revoked.',
    remedy: 'Make a new one with `recado keys create` and use it here.',
  },
  'session-ended': {
    status: 401,
    title: 'The session is over: it was ended, twelve hours have passed, or Recado was restarted.',
    remedy: 'Log in again with an API key: POST /v1/session.',
  },
  'origin-foreign': {
    status: 403,
    title: 'The browser does not say that a page of Recado made this request.',
    remedy:
      'Open the page of Recado itself and do it there. A program sends no cookie, but the header `Authorization: Bearer <key>`.',
  },
  'scope-missing': {
    status: 403,
    title: 'This API key may not do this.',
    remedy: 'Make a key with the scope that `detail` names: `recado keys create`.',
  },
  'too-many-failures': {
    status: 429,
    title: 'Too many wrong API keys came from this address.',
    remedy: 'Wait as long as `Retry-After` says, and correct the key where it is configured meanwhile.',
  },
  'too-many-requests': {
    status: 429,
    title: 'This API key makes more requests than RATE_LIMIT allows.',
    remedy: 'Wait as long as `Retry-After` says.',
  },
  'too-many-streams': {
    status: 429,
    title: 'This API key has as many event streams open as it may.',
    remedy:
      'Close streams that nobody reads any more, let one stream serve the whole program, or use a key of its own for each program: `recado keys create`.',
  },
  'request-malformed': {
    status: 400,
    title: 'The request is not valid.',
    remedy: 'Correct what `errors` names and send the request again; /openapi.json describes every member.',
  },
  'business-phone-id-wrong': {
    status: 400,
    title: 'This is not the id of a phone number.',
    remedy:
      'Copy the long id: Meta console → your app → WhatsApp → API Setup → Phone number ID (below the number).',
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
  'events-forgotten': {
    status: 410,
    title:
      'Events behind this place in the feed were forgotten: the reader was away for longer than the retention.',
    remedy:
      'Go on with `after=ev_0000000000`: it begins with the oldest event that is left. What lies between is gone; a longer retention (`recado settings set retention`) keeps more from now on.',
  },
  'feed-another': {
    status: 410,
    title: 'This is another feed than the one of that place: its database is new, or was restored elsewhere.',
    remedy:
      'Make sure that the gateway runs on the right database. If it does, go on with `after=ev_0000000000`, which begins with the oldest event that is there.',
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
  'store-unavailable': {
    status: 503,
    title: 'The database cannot read or keep anything at present.',
    remedy:
      'Send the request again in a moment, with the same idempotency key. If it stays so, look in Recado’s log for `reference`: usually the disk of DATABASE_URL is full, read-only or gone.',
  },
  'notification-unknown': {
    status: 404,
    title: 'No notification has this id.',
    remedy: 'Take the id from the answer of POST /v1/notifications, or find it with GET /v1/notifications.',
  },
  'notification-not-waiting': {
    status: 409,
    title: 'The notification does not wait any more, so it cannot be cancelled.',
    remedy: 'See what became of it: GET /v1/notifications/{id}. What Meta has taken cannot be called back.',
  },
  'batch-unknown': {
    status: 404,
    title: 'No batch has this id.',
    remedy: 'Take the id from the answer of POST /v1/batches, or find it with GET /v1/batches.',
  },
  'batch-not-so-far': {
    status: 409,
    title: 'The batch is in a state in which this cannot be done.',
    remedy:
      'Rows are added while a batch is `open`; one that was cancelled stays so. Make another one for what is missing: POST /v1/batches.',
  },
  'batch-key-conflict': {
    status: 409,
    title: 'This idempotency key belongs to a batch with other content.',
    remedy: 'Use another key for another batch, or look at the first one: GET /v1/batches/{id}.',
  },
  'registration-pin-missing': {
    status: 409,
    title: 'Registering needs the two-step PIN of the number, and none is given or configured.',
    remedy:
      'Give `pin`, six digits, or set META_REGISTRATION_PIN and restart. A number without a PIN gets the one that you give; write it down, Meta asks for it again.',
  },
  'registration-limit': {
    status: 409,
    title: 'This business phone was registered ten times in 72 hours, which is as often as Meta allows.',
    remedy:
      'Wait as long as `detail` says: a further call would be refused with #133016 and bring nothing. Find out meanwhile why the calls failed: `recado show error 133005`.',
  },
  'registration-without-token': {
    status: 409,
    title: 'There is no access token for this business phone.',
    remedy:
      'Set META_ACCESS_TOKEN and restart, or give the phone one of its own: `recado phones change <id> --access-token-file <file>`.',
  },
  'registration-refused': {
    status: 422,
    title: 'Meta refuses to register the business phone.',
    remedy: 'Run `recado show error` with the number that `detail` names, do what it says, and try again.',
  },
  'meta-unanswered': {
    status: 502,
    title: 'Meta could not be reached, or did not say what became of it.',
    remedy:
      'Look at GET /v1/business-phones and at Meta’s console whether it was done, and try again. If it stays so, check the way from this machine to META_GRAPH_URL.',
    check: 'graph-api',
  },
  'contact-unknown': {
    status: 404,
    title: 'No contact has this id.',
    remedy: 'Find the id with GET /v1/contacts.',
  },
  'merge-unknown': {
    status: 404,
    title: 'This contact has no part in a merge with this id.',
    remedy: 'Find the id with GET /v1/contacts/{id}/merges, or `recado show` and the id of the contact.',
  },
  'command-unknown': {
    status: 404,
    title: 'No command has this id.',
    remedy: 'Take the id from the answer 202 that gave it.',
  },
  'media-unknown': {
    status: 404,
    title: 'No message has a file with this id, or it is forgotten.',
    remedy: 'Take the id from the message, or find the file with GET /v1/media.',
  },
  'media-not-fetched': {
    status: 409,
    title: 'The file is not fetched from Meta yet.',
    remedy:
      'Ask again after `Retry-After`. `detail` says what went wrong, where something has; GET /v1/media shows its cure.',
  },
  'media-place-unavailable': {
    status: 503,
    title: 'Files cannot be read or written at present where they are kept.',
    remedy:
      '`detail` has the system’s word. Look at the folder that MEDIA_FOLDER names, its space and its owner; with MEDIA_BUCKET_URL, whether the store answers and takes the key. Then send the request again.',
  },
  'upload-type-missing': {
    status: 415,
    title: 'The request does not say of what type the file is.',
    remedy:
      'Send the bytes of the file as the body, not as a form, with its type in the header: `curl --data-binary @photo.jpg -H "Content-Type: image/jpeg"`.',
  },
  'upload-empty': {
    status: 400,
    title: 'The file is empty.',
    remedy: 'Send the bytes of the file as the body: `curl --data-binary @photo.jpg`.',
  },
  'upload-broken-off': {
    status: 400,
    title: 'The file did not come whole.',
    remedy: 'Send it again.',
  },
  'upload-too-large': {
    status: 413,
    title: 'The file is larger than Meta takes for its type.',
    remedy:
      'Make it smaller as `detail` says. A large picture or film can go as a document, with the content type `application/octet-stream`.',
  },
  'upload-refused': {
    status: 422,
    title: 'Meta refuses the file.',
    remedy: 'Run `recado show error` with the number that `detail` names, and do what it says.',
  },
  'upload-without-sender': {
    status: 409,
    title: 'There is no business phone to upload for, or no access token for it.',
    remedy: 'Run `recado init`, or see `recado phones list`.',
  },
  'media-missing': {
    status: 404,
    title: 'The file was kept, and is not where files are kept any more.',
    remedy:
      'Make MEDIA_FOLDER, or MEDIA_BUCKET_URL, the same for every process, and put the files back from the backup together with the database.',
  },
  'conversation-unknown': {
    status: 404,
    title: 'No conversation has this id.',
    remedy: 'Find the id with GET /v1/conversations.',
  },
  'webhook-unknown': {
    status: 404,
    title: 'No stored webhook has this number.',
    remedy: 'Take the number from the line `Webhook received` of the log, or leave it out to read all again.',
  },
  'reread-none': {
    status: 404,
    title: 'Nothing was read again since this gateway started.',
    remedy: 'Start a re-reading with POST /v1/reread or `recado reread`.',
  },
  'error-code-unknown': {
    status: 404,
    title: 'This is no error code, neither Meta’s nor Recado’s.',
    remedy:
      'Give a number of Meta’s, such as 133010, or a failure code of Recado’s, such as window-closed; GET /v1/errors lists Meta’s.',
  },
  'api-key-unknown': {
    status: 404,
    title: 'No API key has this id.',
    remedy: 'Find the id with `recado keys list`, or GET /v1/keys.',
  },
  'nothing-to-read': {
    status: 409,
    title: 'They have written nothing here that could be marked as read.',
    remedy: 'Look at GET /v1/conversations/{id}/messages; only what they wrote can be marked.',
  },
  'read-mark-refused': {
    status: 422,
    title: 'Meta refuses to mark the message as read.',
    remedy: 'Run `recado show error` with the number that `detail` names, and do what it says.',
  },
  'template-refused': {
    status: 422,
    title: 'Meta refuses this change of a template.',
    remedy:
      'Correct what `detail` names and send the request again; `recado show error` explains the number.',
  },
  'template-without-account': {
    status: 409,
    title: 'No WhatsApp Business Account is known for the default business phone, or no access token.',
    remedy:
      'Set META_WABA_ID and META_ACCESS_TOKEN in .env and restart, or give them to the phone: `recado phones change`.',
  },
  'template-unknown': {
    status: 404,
    title: 'No template of this name, in this language, is known.',
    remedy:
      'See GET /v1/templates, or `recado templates`. Was it made just now? Read it from Meta: `recado templates sync`.',
  },
  'business-phone-unknown': {
    status: 404,
    title: 'No business phone of ours has this id.',
    remedy:
      'Find the id with `recado phones list`, or GET /v1/business-phones; add one that is not there yet with `recado phones add`.',
  },
  'endpoint-unknown': {
    status: 404,
    title: 'No endpoint has this id.',
    remedy: 'Find the id with `recado endpoints list`, or GET /v1/endpoints.',
  },
  'endpoint-url-malformed': {
    status: 400,
    title: 'This is no address that events can be posted to.',
    remedy: 'Give the whole address of your application, such as `https://app.example.com/recado/`.',
  },
  'endpoint-address-closed': {
    status: 400,
    title: 'This address lies in a closed network, so nothing is sent there.',
    remedy:
      'Is your application meant to be there, on this machine or beside it? Add its address to ENDPOINT_NETWORKS in .env, such as `ENDPOINT_NETWORKS=127.0.0.1/32` for `http://127.0.0.1:8000`, restart Recado, and send the request again.',
  },
  'endpoint-name-unknown': {
    status: 400,
    title: 'The name in this address leads nowhere.',
    remedy: 'Correct the name, or have it entered in the DNS; then send the request again.',
  },
  'endpoint-unencrypted': {
    status: 400,
    title: 'Events go through the open network only encrypted.',
    remedy:
      'Write `https://`, and give your application a certificate. Plain `http://` is for the networks that ENDPOINT_NETWORKS allows.',
  },
  elsewhere: {
    status: 404,
    title: 'This port takes webhooks and answers for health, nothing else.',
    remedy:
      'The API, its description and the pages are on the port that ADMIN_PORT sets, at the address that ADMIN_HOST sets.',
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
  'business-phone-known': {
    status: 409,
    title: 'This business phone is ours already.',
    remedy:
      'Change it with `recado phones change`, or PATCH /v1/business-phones/{id}; the one of META_PHONE_NUMBER_ID is configured in .env.',
  },
  'business-phone-in-environment': {
    status: 409,
    title: 'This business phone is configured in the environment.',
    remedy:
      'Change META_PHONE_NUMBER_ID, META_ACCESS_TOKEN, META_APP_SECRET or META_WABA_ID in .env, then restart Recado.',
  },
  'encryption-key-missing': {
    status: 409,
    title: 'RECADO_ENCRYPTION_KEY is not set, so no secret can be kept.',
    remedy:
      'Make a key with `openssl rand -hex 32`, write RECADO_ENCRYPTION_KEY=<key> into .env (`recado init` does both), and restart Recado.',
  },
  'reread-running': {
    status: 409,
    title: 'Stored webhooks are being read again already.',
    remedy: 'Follow that one with GET /v1/reread, and start yours when it is done.',
  },
  'doctor-running': {
    status: 409,
    title: 'Doctor is at work already.',
    remedy: 'Send the request again in a few seconds, or read what the other run found: GET /v1/doctor.',
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

/** Every problem by its code, for documents. */
export const problemTable: Readonly<Record<ProblemCode, ProblemRow>> = rows;

/** The members that an occurrence adds to its row; without `detail` the title stands for it. */
export type ProblemExtras = Partial<
  Pick<ProblemBody, 'detail' | 'remedy' | 'check' | 'errors' | 'notificationId' | 'differing' | 'reference'>
>;

/** The problem document of one occurrence. */
export function problemOf(code: ProblemCode, extras: ProblemExtras = {}): ProblemBody {
  const { status, title, remedy, check } = problemTable[code];
  return {
    type: 'about:blank',
    title,
    status,
    detail: title,
    code,
    remedy,
    ...(check === undefined ? {} : { check }),
    ...extras,
  };
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

/** The problem document of a file that could not be fetched, and never will be. */
export function lostFile({ code, title, details, remedy }: Failure): ProblemBody {
  const detail = details === null ? title : `${title} ${details}`;
  return { type: 'about:blank', title, status: 410, detail, code, remedy };
}

/** The problem document of a notification that was refused and stored. */
export function refusalOf(notification: {
  id: string;
  because: string;
  failure: Pick<Failure, 'code' | 'title' | 'remedy'>;
}): RefusalBody {
  const { code, title, remedy } = notification.failure;
  const check = checkOf(code);
  return {
    type: 'about:blank',
    title,
    status: 422,
    detail: notification.because,
    code,
    remedy,
    ...(check === null ? {} : { check }),
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
