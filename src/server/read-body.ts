import type { IncomingMessage } from 'node:http';
import type { Deadlines } from '../runtime/deadlines.ts';
import type { BodyShare } from './body-budget.ts';

/** Why a body was not read to its end. `aborted`: the sender went away. */
export type BodyFault = 'too-large' | 'too-slow' | 'budget-full' | 'aborted';

/** `deadlines` run from the call to the last byte; `maxBody` in bytes. */
export type BodyLimits = { maxBody: number; deadlines: Deadlines };

/**
 * Reads a body whole and calls `done` exactly once, with its bytes or with what prevented that. Bytes are
 * counted as they arrive, against the limit and the budget, whatever Content-Length says. After a fault nothing
 * is kept or read here any more; the caller releases the share.
 *
 * Events, because `for await` costs more than all of this (about a fifth of a request).
 */
export function readBody(
  request: IncomingMessage,
  limits: BodyLimits,
  share: BodyShare,
  done: (result: Uint8Array | BodyFault) => void,
): void {
  const mostToCome = announcedLength(request) ?? limits.maxBody;
  let bytes: Uint8Array | null = null;
  let length = 0;

  const finish = (result: Uint8Array | BodyFault) => {
    inTime();
    request.off('data', onData);
    request.off('end', onEnd);
    request.off('close', onClose);
    done(result);
  };
  const onData = (chunk: Buffer) => {
    if (length + chunk.length > limits.maxBody) {
      finish('too-large');
    } else if (!share.take(chunk.length)) {
      finish('budget-full');
    } else {
      bytes = bytes === null ? chunk : append(bytes, length, chunk, mostToCome);
      length += chunk.length;
    }
  };
  const onEnd = () => finish(bytes === null ? new Uint8Array(0) : bytes.subarray(0, length));
  const onClose = () => finish('aborted');
  const inTime = limits.deadlines.set(() => finish('too-slow'));

  request.on('data', onData);
  request.on('end', onEnd);
  request.on('close', onClose);
}

/** The bytes that Content-Length announces; null for a chunked body and for none. */
export function announcedLength(request: IncomingMessage): number | null {
  const header = request.headers['content-length'];
  return header === undefined ? null : Number(header);
}

/**
 * Most bodies come as one chunk, which is kept as it is. Others are copied together as they arrive, into memory
 * that doubles: a list of chunks would cost some 200 bytes for each, so that 4 MiB sent as chunks of one byte
 * would become a gigabyte, and memory for all that Content-Length announces would be a liar's for nothing.
 */
function append(bytes: Uint8Array, length: number, chunk: Uint8Array, mostToCome: number): Uint8Array {
  const needed = length + chunk.length;
  let target = bytes;
  if (needed > bytes.length) {
    target = new Uint8Array(Math.max(needed, Math.min(2 * needed, mostToCome)));
    target.set(bytes.subarray(0, length));
  }
  target.set(chunk, length);
  return target;
}
