import type { IncomingMessage, ServerResponse } from 'node:http';

/** How long (ms) and how far (bytes) the rest of a refused body is read and thrown away. */
export type DiscardLimits = { time: number; bytes: number };

/** Twice the largest body, so that whoever sends a little too much can still finish and read why. */
export const defaultDiscardLimits: DiscardLimits = { time: 5_000, bytes: 8 * 1024 * 1024 };

/** Whether a part of the request's body may still be on its way. */
export function hasBodyToCome(request: IncomingMessage): boolean {
  if (request.complete) return false;
  const { 'transfer-encoding': coding, 'content-length': length } = request.headers;
  return coding !== undefined || (length !== undefined && Number(length) > 0);
}

/**
 * Answers before the body was read. The answer leaves at once, and complete. The connection closes only after
 * a bounded rest of the body was thrown away: closing with unread bytes resets the connection, and a client
 * that reads after sending would never see the answer.
 *
 * The end of the response is what closes, not the destruction of the socket: an earlier pipelined request may
 * still wait there for its answer.
 */
export function answerEarly(
  request: IncomingMessage,
  response: ServerResponse,
  answer: { status: number; headers: readonly string[]; body: string },
  limits: DiscardLimits,
): void {
  response.writeHead(answer.status, ['Connection', 'close', ...answer.headers]);
  if (request.method === 'HEAD') response.flushHeaders();
  else response.write(answer.body, 'latin1');

  let discarded = 0;
  const discard = (chunk: Buffer) => {
    discarded += chunk.length;
    if (discarded > limits.bytes) stop();
  };
  const stop = () => {
    clearTimeout(timer);
    request.off('data', discard);
    request.off('close', stop);
    // Should an earlier answer on this connection still be awaited, the sender now has to wait, too.
    request.pause();
    response.end();
  };
  const timer = setTimeout(stop, limits.time);
  request.on('data', discard);
  // Comes after the last byte as well as after a break.
  request.on('close', stop);
}
