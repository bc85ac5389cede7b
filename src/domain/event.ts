import type { EventContent } from './event-content/event-content.ts';
import type { Json } from './json.ts';
import type { Lane } from './lane.ts';

/**
 * Every family of events, one word each. `notification` and `alarm` are ours; all others come from Meta's
 * webhooks.
 */
export const eventKinds = [
  'message',
  'status',
  'notification',
  'alarm',
  'error',
  'action',
  'context',
  'call',
  'echo',
  'history',
  'sync',
  'preference',
  'identity',
  'group',
  'template',
  'account',
  'phone',
  'security',
  'flow',
  'handover',
  'standby',
  'payment',
  'partner',
  'tracking',
  'unrecognised',
] as const;

/** The family of an event. */
export type EventKind = (typeof eventKinds)[number];

/** What a feed holds: the positions of the newest event that was forgotten by age, and of the last that was given out; 0 for none. */
export type FeedBounds = { forgotten: number; given: number };

/** How many events of a kind. */
export type KindCount = { kind: EventKind; count: number };

/** One fact in the feed, as the outside sees it. */
export type Event = {
  /** Place in the feed, given in commit order. A reader that has seen position n never misses a smaller one. */
  position: number;
  /** Frozen identity: 40 hex digits, the first 8 of them Meta's time. */
  key: string;
  kind: EventKind;
  lane: Lane;
  /** When it happened by Meta's clock, in milliseconds; null when Meta gives no believable time. */
  occurredAt: number | null;
  /** When it was received here, in milliseconds. */
  receivedAt: number;
  businessPhoneId: string | null;
  /** The contact that the event is about; null until folded, and for events about nobody. */
  contactId: string | null;
  /** True for a signed webhook of a business phone that is not ours: kept and shown, and changes nothing. */
  foreign: boolean;
  /** 1 at first; one more each time a re-reading understood it better. */
  revision: number;
  /** True when a re-reading upgraded or found it: the state follows it, and nothing else does. */
  replayed: boolean;
  /** The webhook that it came in; null for our own events. */
  webhookId: number | null;
  /** Meta's own element, verbatim; for our own events the facts in our words. */
  payload: Json;
  /** What it says in our words, made of the payload whenever it is read; null for our own events. */
  content: EventContent;
  /** True when Meta's dashboard made it up to test the webhook. */
  metaTest: boolean;
};

/** The opaque id under which the outside knows an event. Ids sort as positions do. */
export function eventId(position: number): string {
  return `ev_${position.toString(36).padStart(10, '0')}`;
}

/** The position behind an event id, or null when the text is no event id. */
export function eventPosition(id: string): number | null {
  return /^ev_[0-9a-z]{10}$/.test(id) ? Number.parseInt(id.slice(3), 36) : null;
}
