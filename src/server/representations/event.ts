import { type Event, eventId } from '../../domain/event.ts';
import type { EventBody } from '../contract/event.ts';
import { isoTime, isoTimeOrNull } from './time.ts';

/** An event as the API shows it. */
export function eventBody(event: Event): EventBody {
  return {
    id: eventId(event.position),
    key: event.key,
    kind: event.kind,
    occurredAt: isoTimeOrNull(event.occurredAt),
    receivedAt: isoTime(event.receivedAt),
    businessPhoneId: event.businessPhoneId,
    contactId: event.contactId,
    foreign: event.foreign,
    revision: event.revision,
    replayed: event.replayed,
    payload: event.payload,
  };
}
