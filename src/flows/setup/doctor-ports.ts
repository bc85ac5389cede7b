import type { GraphReads } from './graph-reads.ts';
import type { Probes } from './probes.ts';
import type { PublicDoor } from './public-door.ts';
import type { TestMessages } from './test-messages.ts';

/** What the database says of itself, or why it does not. Sizes in bytes, times in milliseconds. */
export type DatabaseEvidence = {
  /** Such as `SQLite 3.51 with a write-ahead log`. */
  engine: string;
  /** Every commit is on the disk before it is answered. */
  durable: boolean;
  space: { free: number; total: number } | null;
  /** Events that wait to be folded, in the lane that has most. */
  lag: number;
  /** For how many seconds a transaction keeps PostgreSQL from cleaning up; null when none does. */
  pinnedSeconds?: number | null;
  /** No time where there is nothing yet to commit into: the first start makes it. */
  commit: { done: true; milliseconds: number | null } | { done: false; code: string };
};

/** What is known of the tries to register a business phone; times in milliseconds. */
export type RegistrationTries = {
  /** Of the last 72 hours, oldest first. */
  times: readonly number[];
  /** Meta's last refusal, when no try has succeeded since. */
  refusal: { code: number; at: number } | null;
};

/** The last handshake that was refused, unless one was answered since. */
export type RefusedHandshake = { at: number; sentence: string };

/** What Meta brought about a business phone; times in milliseconds. */
export type Heard = {
  /** Of the last webhook that Meta signed about it, tests of the dashboard apart. */
  lastWebhookAt: number | null;
  /** When Meta accepted the oldest recent message of which it has told nothing since. */
  silentSince: number | null;
};

/** What doctor asks of the world. Every port is bounded in time and size, and none throws for what it finds. */
export type DoctorPorts = {
  graph: GraphReads;
  database(): Promise<DatabaseEvidence>;
  registrationTries(phoneId: string): Promise<RegistrationTries>;
  refusedHandshake(): RefusedHandshake | null;
  heard(phoneId: string): Promise<Heard>;
  door: PublicDoor;
  probes: Pick<Probes, 'begin'>;
  /** Handshakes of our own, which nobody is to be told of as refused. */
  quietly<Result>(work: () => Promise<Result>): Promise<Result>;
  testMessage: TestMessages;
  now(): number;
};
