import type { Endpoint } from '../../domain/endpoint.ts';
import { PAYLOAD_VERSION } from './payload.ts';

/**
 * What an endpoint is sent to try it: in our format an event of the type `test`; in those of Meta an envelope without
 * an entry, which a receiver takes and does nothing with.
 *
 * @param at milliseconds
 */
export function testPayload({ format }: Pick<Endpoint, 'format'>, at: number): Uint8Array {
  const body =
    format === 'recado'
      ? { type: 'test', version: PAYLOAD_VERSION, timestamp: new Date(at).toISOString(), data: null }
      : { object: 'whatsapp_business_account', entry: [] };
  return Buffer.from(JSON.stringify(body));
}
