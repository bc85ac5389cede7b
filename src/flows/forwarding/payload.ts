import type { JsonObject } from '../../domain/json.ts';

/** The version of the format `recado`: a member may be added under the same one, none changed or taken away. */
export const PAYLOAD_VERSION = 1;

/** As much of an event, as GET /v1/events shows it, as the envelope repeats. */
type ShownEvent = JsonObject & { kind: string; occurredAt: string | null; receivedAt: string };

/**
 * What an endpoint of the format `recado` is sent of an event: `type` its kind, `timestamp` when it happened (when it
 * was received, where Meta gives no believable time), `data` the event as GET /v1/events shows it.
 */
export function recadoPayload(event: ShownEvent): Uint8Array {
  return Buffer.from(
    JSON.stringify({
      type: event.kind,
      version: PAYLOAD_VERSION,
      timestamp: event.occurredAt ?? event.receivedAt,
      data: event,
    }),
  );
}
