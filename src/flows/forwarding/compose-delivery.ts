import type { Endpoint } from '../../domain/endpoint.ts';
import { signBody } from '../../whatsapp/signature.ts';
import type { Delivery } from './delivery.ts';
import { signWebhook } from './standard-webhooks.ts';

/** An endpoint with what is secret about it in the clear. */
export type ReadyEndpoint = Endpoint & {
  /** The current one first. */
  secrets: readonly string[];
  /** Headers of the user's own, names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** The place in the feed behind which it hears everything. */
  from: number;
};

/**
 * The request that delivers a message to an endpoint, signed by Standard Webhooks; in the formats of Meta also as Meta
 * signs, by the current secret, so that a receiver of Meta's webhooks works unchanged.
 *
 * @param message `skipped`: how many earlier events of the same conversation were given up
 */
export function composeDelivery(
  endpoint: ReadyEndpoint,
  message: { id: string; body: Uint8Array; at: number; skipped: number },
): Delivery {
  const { id, body, at, skipped } = message;
  const [current = ''] = endpoint.secrets;
  return {
    url: endpoint.url,
    headers: {
      ...endpoint.headers,
      'content-type': 'application/json',
      'user-agent': 'Recado',
      ...signWebhook({ id, at, body }, endpoint.secrets),
      ...(endpoint.format === 'recado' ? {} : { 'x-hub-signature-256': signBody(body, current) }),
      ...(skipped === 0 ? {} : { 'recado-skipped': String(skipped) }),
    },
    body,
  };
}
