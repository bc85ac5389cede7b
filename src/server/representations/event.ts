import { type Event, eventId } from '../../domain/event.ts';
import { summaryOfEvent } from '../../domain/event-content/event-summary.ts';
import type { Language } from '../../domain/language.ts';
import type { EventBody } from '../contract/event.ts';
import { contentBody } from './content.ts';
import { isoTime, isoTimeOrNull } from './time.ts';

/** An event as the API shows it, summed up in a language. */
export function eventBody(event: Event, language: Language): EventBody {
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
    content: contentBody(event.content),
    summary: summaryOfEvent(event, language),
    metaTest: event.metaTest,
  };
}
