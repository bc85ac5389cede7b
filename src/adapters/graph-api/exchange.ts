import type { Dispatcher } from 'undici';

/** What came of one HTTP request. */
export type Exchange =
  | {
      got: 'answer';
      status: number;
      body: string;
      /** The header `Date`. */
      date: string | null;
    }
  /** `mayHaveLeft` is false only when no byte of the request can have left. */
  | { got: 'nothing'; mayHaveLeft: boolean; reason: string };

/** One request. */
export type ExchangeRequest = {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  headers: Record<string, string>;
  body?: string;
};

/**
 * Makes a request once and says how far that got; never throws. Redirects are not followed, nothing is retried.
 *
 * The phase comes from the client's own lifecycle, not from the kind of error: `onRequestStart` is called just
 * before a request is written to a connected socket. An error before it (name lookup, refused, connect
 * timeout, TLS, an idle socket that died) means that nothing was written; any error after it leaves open
 * whether the other side has acted.
 *
 * @param answerTimeout milliseconds from the writing of the request until the last byte of the answer. One
 *   timer for the whole, so that a server that trickles cannot hold a send for ever.
 */
export function exchange(
  dispatcher: Dispatcher,
  request: ExchangeRequest,
  answerTimeout: number,
): Promise<Exchange> {
  return new Promise((resolve) => {
    let written = false;
    let timer: NodeJS.Timeout | undefined;
    let status = 0;
    let date: string | null = null;
    const chunks: Buffer[] = [];

    dispatcher.dispatch(
      { ...request, body: request.body ?? null },
      {
        onRequestStart(controller) {
          // The client never writes a request twice by its own doing; if a later version did, it ends here.
          if (written) return controller.abort(new AnswerMissing('the client would have sent it twice'));
          written = true;
          timer = setTimeout(() => {
            controller.abort(new AnswerMissing(`no complete answer within ${answerTimeout / 1000} s`));
          }, answerTimeout);
        },
        onResponseStart(_controller, statusCode, headers) {
          status = statusCode;
          date = typeof headers['date'] === 'string' ? headers['date'] : null;
        },
        onResponseData(_controller, chunk) {
          chunks.push(chunk);
        },
        onResponseEnd() {
          clearTimeout(timer);
          resolve({ got: 'answer', status, body: Buffer.concat(chunks).toString('utf8'), date });
        },
        onResponseError(_controller, error) {
          clearTimeout(timer);
          const reason = written ? brokenReason(error) : unconnectedReason(error);
          resolve({ got: 'nothing', mayHaveLeft: written, reason });
        },
      },
    );
  });
}

/** Why we gave an exchange up ourselves. */
class AnswerMissing extends Error {}

function unconnectedReason(error: Error): string {
  const code = codeOf(error);
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
      return `the name of the server could not be resolved (${code})`;
    case 'ECONNREFUSED':
      return `the connection was refused (${code})`;
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
      return `no connection came about in time (${code})`;
    case 'UND_ERR_CLOSED':
    case 'UND_ERR_DESTROYED':
      return `Recado is shutting down (${code})`;
    case 'UND_ERR_INVALID_ARG':
      return `no valid request could be made; look for stray characters in the access token (${code})`;
    default:
      return `no connection could be made (${code})`;
  }
}

function brokenReason(error: Error): string {
  if (error instanceof AnswerMissing) return error.message;
  const code = codeOf(error);
  if (error.name === 'HTTPParserError') return `the answer was not HTTP (${code})`;
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return `the answer was too large (${code})`;
  return `the connection broke before the answer was complete (${code})`;
}

/** The error's code or name, which are fixed words. Messages may hold addresses and headers and are never used. */
function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
