import { businessPhoneOf, phoneLane } from '../../domain/lane.ts';
import type { ParsedEvent } from '../../whatsapp/parse-webhook.ts';
import type { IncomingEvent } from './receive-webhook.ts';

/** Which business phones are ours, as of now. */
export type OurPhones = {
  /** Ours that messages without a phone belong to; null while there is none. */
  defaultId(): string | null;
  /** Some phone is ours, and this one is not. */
  isForeign(businessPhoneId: string): boolean;
};

/** Gives a parsed element its place in the feed. */
export type PlaceEvent = (event: ParsedEvent) => IncomingEvent;

/**
 * Places elements by which business phone is ours. Messages that name no business phone, as in the shortest
 * test bodies, belong to the default one; those of a business phone that is not ours are foreign.
 */
export function createPlaceEvent(phones: OurPhones): PlaceEvent {
  return (event) => {
    const nameless = businessPhoneOf(event.lane) === null;
    const ofAPhone = event.kind === 'message' || event.kind === 'status';
    const byDefault = nameless && ofAPhone ? phones.defaultId() : null;
    const lane = byDefault === null ? event.lane : phoneLane(byDefault);
    const phone = businessPhoneOf(lane);
    return {
      lane,
      kind: event.kind,
      path: event.path,
      occurredAt: event.occurredAt,
      identity: event.identity,
      digest: event.digest,
      foreign: phone !== null && phones.isForeign(phone),
    };
  };
}
