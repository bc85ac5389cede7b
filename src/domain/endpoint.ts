import type { EventKind } from './event.ts';

/** How events are written down for an endpoint: in our words, as Meta's envelope around one, or Meta's bytes. */
export const endpointFormats = ['recado', 'meta', 'meta-body'] as const;

/** A word of {@link endpointFormats}. */
export type EndpointFormat = (typeof endpointFormats)[number];

/** What an endpoint is kept in order by: each conversation for itself, or nothing. */
export const endpointOrders = ['conversation', 'none'] as const;

/** A word of {@link endpointOrders}. */
type EndpointOrder = (typeof endpointOrders)[number];

/** Whether an endpoint is sent events; a paused or disabled one misses none, they wait. */
export const endpointStates = ['active', 'paused', 'disabled'] as const;

/** A word of {@link endpointStates}. */
export type EndpointState = (typeof endpointStates)[number];

/** Why an endpoint was disabled: it answered 410, or nothing but failures for days. */
export const disabledReasons = ['gone', 'failing'] as const;

/** A word of {@link disabledReasons}. */
type DisabledReason = (typeof disabledReasons)[number];

/** A URL of the user's own application that wants events. Times in milliseconds. */
export type Endpoint = {
  id: string;
  url: string;
  name: string | null;
  format: EndpointFormat;
  order: EndpointOrder;
  /** Null: events of every kind. The format `meta-body` takes no notice of filters. */
  kinds: EventKind[] | null;
  /** Null: of every business phone of ours, and of none. */
  businessPhones: string[] | null;
  /** How many deliveries may be on their way at once. */
  concurrency: number;
  /** How many deliveries may begin in a second; null: as many as go. */
  perSecond: number | null;
  state: EndpointState;
  disabledBecause: DisabledReason | null;
  createdAt: number;
  updatedAt: number;
};

/** How it stands with an endpoint, as whoever works it has found. Times in milliseconds. */
export type EndpointStanding = {
  /** Failures one after another, of whatever events. */
  failures: number;
  /** Since when there was nothing but failures; null after a success. */
  failingSince: number | null;
  /** While the endpoint is down: when it is tried again. Null while it is up. */
  openUntil: number | null;
  /** How often in a row it was tried in vain while down. */
  probes: number;
  /** When it was up again after it had been down. */
  recoveredAt: number | null;
  deliveredAt: number | null;
  /** The last failure, for people. */
  lastFailure: string | null;
};

/** Of an endpoint that nothing is known of. */
export const newStanding: EndpointStanding = {
  failures: 0,
  failingSince: null,
  openUntil: null,
  probes: 0,
  recoveredAt: null,
  deliveredAt: null,
  lastFailure: null,
};
