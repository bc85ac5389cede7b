import type { AuditEntry } from '../../domain/audit.ts';
import type { Endpoint, EndpointStanding } from '../../domain/endpoint.ts';
import type { Event, EventKind } from '../../domain/event.ts';
import type { Lane } from '../../domain/lane.ts';

/** An endpoint as it is kept: secrets and headers of its own are encrypted. */
export type StoredEndpoint = Endpoint & {
  /** Sealed JSON: a list of secrets, the current one first. */
  secrets: string;
  /** Sealed JSON: the headers of the user's own; null without any. */
  headers: string | null;
  /** The place in the feed behind which it hears everything. */
  from: number;
};

/** Whose turn it is at one endpoint: one process works it, under this number. */
export type EndpointFence = { endpoint: string; number: number };

/** The unit of work that one process owns. */
export function endpointUnit(endpoint: string): `endpoint/${string}` {
  return `endpoint/${endpoint}`;
}

/** An event on its way to an endpoint. */
export type ForwardEvent = {
  event: Event;
  /** What it is kept in order with: one of the same party is delivered after another. */
  party: string;
  /** What is sent in the formats of Meta; null in our own, which is made of the event. */
  body: Uint8Array | null;
};

/** Which part of the feed an endpoint reads: one lane behind a place, up to what is folded. */
export type ForwardQuery = Pick<Endpoint, 'format' | 'kinds' | 'businessPhones'> & {
  lane: Lane;
  after: number;
  limit: number;
};

/** One that failed, and whatever waits behind it. Times in milliseconds. */
type ParkedEvent = {
  position: number;
  party: string;
  attempts: number;
  firstFailedAt: number | null;
  /** When it is tried; null while it waits behind another of its party. */
  dueAt: number | null;
  failure: string | null;
};

/** A parked event whose time has come. */
export type DueEvent = ForwardEvent & {
  attempts: number;
  firstFailedAt: number | null;
  /** How many of its party before it were given up. */
  skipped: number;
};

/** An event that was given up. */
export type DeadLetter = { position: number; attempts: number; failure: string | null; at: number };

/** One try, for people to look at. */
export type ForwardAttempt = {
  position: number;
  at: number;
  /** Milliseconds. */
  took: number;
  /** The HTTP status; null when no answer came. */
  status: number | null;
  delivered: boolean;
  /** What was found, in a sentence; null when it was delivered. */
  failure: string | null;
  /** The beginning of the answer, without what could be a number or a secret. */
  excerpt: string;
};

/** What one turn of work on an endpoint changed: all or nothing. */
export type ForwardingCommit = {
  fence: EndpointFence;
  /** Everything up to here is delivered, parked or of no interest. */
  cursors: { lane: Lane; position: number }[];
  parked: ParkedEvent[];
  /** Parked ones that were delivered. */
  delivered: number[];
  dead: DeadLetter[];
  /** Parties whose next delivery has said what was given up. */
  announced: string[];
  attempts: ForwardAttempt[];
  standing: EndpointStanding | null;
  /** Disables the endpoint. */
  disabled: { because: NonNullable<Endpoint['disabledBecause']>; at: number } | null;
  now: number;
};

/** What whoever begins to work on an endpoint has to know. */
export type ForwardingState = {
  standing: EndpointStanding;
  cursors: { lane: Lane; position: number }[];
  /** Parties with parked events. */
  parked: string[];
  /** Parties of which something was given up that no delivery has told yet. */
  skipped: { party: string; count: number }[];
};

/** What people see of how it stands with an endpoint. Counts end at 10,000. */
export type EndpointPicture = {
  standing: EndpointStanding;
  waiting: number;
  deadLetters: number;
  behind: number;
};

/** What following the feed asks of the store. */
export type FollowStore = {
  /** How far each lane is folded, and which endpoints have a parked event that is due. */
  readForwardingWork(now: number): Promise<{ lanes: { lane: Lane; folded: number }[]; due: string[] }>;
  readForwardingState(endpoint: string): Promise<ForwardingState>;
  /** A lane's next events for an endpoint, and how far was looked. */
  readToForward(query: ForwardQuery): Promise<{ events: ForwardEvent[]; upTo: number }>;
  /** The first parked event of each party that is due, the longest due first. */
  readDueToForward(query: {
    endpoint: string;
    format: Endpoint['format'];
    now: number;
    limit: number;
  }): Promise<DueEvent[]>;
  /** @returns of the parties that it touched, those with nothing parked any more */
  commitForwarding(commit: ForwardingCommit): Promise<{ free: string[] }>;
};

/** What changing and looking at endpoints asks of the store. */
export type EndpointStore = {
  readEndpoints(): Promise<StoredEndpoint[]>;
  /** Puts or removes endpoints; answers with those kept then. What belongs to a removed one goes too. */
  writeEndpoints(write: {
    put: StoredEndpoint[];
    /** Of those put: begins afresh, as if it had never failed, and is tried at once; in milliseconds. */
    revivedAt?: number;
    remove: string[];
    audit: AuditEntry[];
  }): Promise<StoredEndpoint[]>;
  readEndpointPicture(id: string): Promise<EndpointPicture>;
  /** How every endpoint stands, without what waits for it. */
  readEndpointStandings(): Promise<(Endpoint & { standing: EndpointStanding })[]>;
  /** The latest attempts behind a number, the newest first. */
  listForwardAttempts(query: {
    endpoint: string;
    before: number | null;
    limit: number;
  }): Promise<(ForwardAttempt & { number: number })[]>;
  /** Given up events in feed order. */
  listDeadLetters(query: {
    endpoint: string;
    after: number;
    limit: number;
  }): Promise<(DeadLetter & { kind: EventKind })[]>;
  /**
   * Has events delivered again, at most `limit`, in feed order: those of the positions, or those given up, or all
   * between two times of receipt. What waits already is left as it is.
   *
   * @returns how many, and behind which position to go on; null when there are no more
   */
  redeliver(query: {
    endpoint: string;
    scope:
      | { kind: 'positions'; positions: number[] }
      | { kind: 'dead'; since: number }
      | { kind: 'range'; from: number; until: number; kinds: EventKind[] | null };
    after: number;
    limit: number;
    now: number;
    audit: AuditEntry | null;
  }): Promise<{ count: number; next: number | null }>;
};
