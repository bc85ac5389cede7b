import type { EndpointFormat } from '../../domain/endpoint.ts';
import type { Event } from '../../domain/event.ts';
import { isJsonObject, type Json } from '../../domain/json.ts';
import type { ForwardEvent } from '../../flows/forwarding/forwarding-store.ts';
import { singleEnvelope } from '../../whatsapp/single-envelope.ts';

/** What the formats of Meta are made of. */
type StoredBody = { json: Json | undefined; received: Uint8Array };

/**
 * An event as it goes to an endpoint; null for what its format does not know: our own events in Meta's words, and of
 * Meta's bytes every event but the first.
 *
 * @param stored `body`: what the event came in, null for our own; `group`: the id of the group's conversation that it
 *   belongs to; `firstOfBody`: whether it is the first event of its body
 */
export function forwardEventOf(
  event: Event,
  format: EndpointFormat,
  stored: { body: StoredBody | null; path: string | null; group: string | null; firstOfBody: boolean },
): ForwardEvent | null {
  const { body, path } = stored;
  switch (format) {
    case 'recado':
      return { event, party: partyOf(event, stored.group), body: null };
    case 'meta': {
      const envelope = body === null ? null : singleEnvelope(body.json, path ?? '');
      if (envelope === null) return null;
      return {
        event,
        party: partyOf(event, stored.group),
        body: Uint8Array.from(Buffer.from(JSON.stringify(envelope))),
      };
    }
    case 'meta-body':
      // A body may hold several conversations: all bodies of a lane are kept in order.
      return body === null || !stored.firstOfBody
        ? null
        : { event, party: event.lane, body: Uint8Array.from(body.received) };
  }
}

/** What an event is kept in order with: its conversation, or what stands for one. */
function partyOf(event: Event, group: string | null): string {
  if (group !== null) return group;
  if (event.contactId !== null) return event.contactId;
  const { payload } = event;
  const notification = isJsonObject(payload) ? payload['notificationId'] : undefined;
  return event.kind === 'notification' && typeof notification === 'string' ? notification : event.lane;
}
