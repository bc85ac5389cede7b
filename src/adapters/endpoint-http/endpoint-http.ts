import type { LookupAddress } from 'node:dns';
import { Agent, request } from 'undici';
import type { Deliver, DeliveryFault, DeliveryResult } from '../../flows/forwarding/delivery.ts';
import type { AddressGuard } from './address-guard.ts';
import { createGuardedConnect, ForbiddenAddress } from './guarded-connect.ts';

/** In milliseconds. */
const CONNECT_TIMEOUT = 5_000;
const ANSWER_TIMEOUT = 15_000;

/** Of an answer, in bytes: what is read at most, and what is kept. */
const ANSWER_MAX_BYTES = 65_536;
const EXCERPT_BYTES = 1_024;

/** A free connection is kept so long, in milliseconds: shorter than common servers keep it, so that no request meets an end. */
const KEEP_ALIVE = 4_000;

/** What to send with, and what to close at the end. */
export type EndpointHttp = { deliver: Deliver; close(): Promise<void> };

/**
 * Sends to URLs that users have named. The address is judged where the connection is made, not before: a name may
 * lead elsewhere the second time it is asked. Redirects are not followed, no proxy of the environment is used, and
 * neither a slow nor an endless answer holds anybody up.
 *
 * @param options.lookup asks for the addresses of a name; the system's own when left out
 */
export function createEndpointHttp(options: {
  guard: AddressGuard;
  timeouts?: { connect: number; answer: number };
  lookup?: (name: string) => Promise<LookupAddress[]>;
}): EndpointHttp {
  const { guard } = options;
  const timeouts = options.timeouts ?? { connect: CONNECT_TIMEOUT, answer: ANSWER_TIMEOUT };
  const agent = new Agent({
    connect: createGuardedConnect({ guard, timeout: timeouts.connect, lookup: options.lookup }),
    headersTimeout: timeouts.answer,
    bodyTimeout: timeouts.answer,
    keepAliveTimeout: KEEP_ALIVE,
    keepAliveMaxTimeout: KEEP_ALIVE,
    maxHeaderSize: 16_384,
    pipelining: 1,
  });

  const deliver: Deliver = async ({ url, headers, body }, signal) => {
    const began = performance.now();
    const took = () => Math.round(performance.now() - began);
    const time = AbortSignal.timeout(timeouts.connect + timeouts.answer);
    try {
      const answer = await request(url, {
        method: 'POST',
        dispatcher: agent,
        headers,
        body,
        signal: signal === undefined ? time : AbortSignal.any([signal, time]),
      });
      const retryAfter = answer.headers['retry-after'];
      return {
        outcome: 'answered',
        status: answer.statusCode,
        excerpt: await readExcerpt(answer.body),
        retryAfter: typeof retryAfter === 'string' ? retryAfter : null,
        took: took(),
      };
    } catch (failure) {
      return { outcome: 'unanswered', took: took(), ...explain(failure) };
    }
  };

  return { deliver, close: () => agent.destroy() };
}

/** Reads the beginning of an answer, and no more than it must. What breaks here has been answered already. */
async function readExcerpt(body: AsyncIterable<Uint8Array> & { destroy(): unknown }): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const part of body) {
      parts.push(part);
      bytes += part.byteLength;
      // Read to its end, a connection can be used again; but not at any price.
      if (bytes > ANSWER_MAX_BYTES) break;
    }
  } catch {
    // The status came; that counts.
  } finally {
    body.destroy();
  }
  const text = new TextDecoder().decode(Buffer.concat(parts).subarray(0, EXCERPT_BYTES));
  return text.replace(/[\p{Cc}\p{Cf}\ufffd]+/gu, ' ').trim();
}

const codeFaults: Readonly<Record<string, DeliveryFault>> = {
  ENOTFOUND: 'name-not-found',
  EAI_AGAIN: 'name-not-found',
  ECONNREFUSED: 'refused',
  UND_ERR_CONNECT_TIMEOUT: 'connecting-timed-out',
  ETIMEDOUT: 'connecting-timed-out',
  EHOSTUNREACH: 'connecting-timed-out',
  ENETUNREACH: 'connecting-timed-out',
  UND_ERR_HEADERS_TIMEOUT: 'answering-timed-out',
  UND_ERR_BODY_TIMEOUT: 'answering-timed-out',
};

function explain(
  failure: unknown,
): Pick<Extract<DeliveryResult, { outcome: 'unanswered' }>, 'fault' | 'found'> {
  if (failure instanceof ForbiddenAddress) return { fault: 'address-forbidden', found: failure.message };
  if (!(failure instanceof Error)) return { fault: 'broken-off', found: 'the connection broke' };
  // Several addresses of a name: the first failure speaks for all.
  const cause = failure instanceof AggregateError ? failure.errors[0] : failure;
  if (cause instanceof ForbiddenAddress) return { fault: 'address-forbidden', found: cause.message };
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  if (failure.name === 'TimeoutError') return { fault: 'answering-timed-out', found: 'no answer in time' };
  if (isTlsCode(code)) return { fault: 'tls', found: code };
  return { fault: codeFaults[code] ?? 'broken-off', found: code === '' ? failure.name : code };
}

/** Codes of OpenSSL and of Node's own check of names (`ERR_TLS_CERT_ALTNAME_INVALID`, `DEPTH_ZERO_SELF_SIGNED_CERT`, …). */
function isTlsCode(code: string): boolean {
  return /^(ERR_TLS_|ERR_SSL_|EPROTO$|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH)/.test(
    code,
  );
}
