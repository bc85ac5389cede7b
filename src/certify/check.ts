import type { Answer, Receiver } from './receiver.ts';

/** The groups of the catalogue, in the order in which they are run. */
export const checkGroups = ['handshake', 'signature', 'time', 'reading', 'delivery'] as const;

/** What a check is about. */
export type CheckGroup = (typeof checkGroups)[number];

/** Facts of one run: nothing of an earlier run is repeated, so that no receiver takes it for a duplicate. */
export type RunFacts = {
  verifyToken: string;
  /** Different in every run: sixteen hexadecimal digits. */
  unique: string;
  /** The time of the run in whole seconds. */
  seconds: number;
  wabaId: string;
  phoneNumberId: string;
};

/** One behaviour of Meta's that a receiver has to survive. */
export type Check = {
  /** Such as `signature-missing`. */
  id: string;
  group: CheckGroup;
  /** What is done, and what should follow. */
  title: string;
  /** Why it matters: what Meta does, and what is lost. */
  why: string;
  /** What to change in the receiver. */
  cure: string;
  /** A standard of Meta's that costs nothing at once when it is missed. */
  advice?: true;
  /** What was found wrong, in sentences; empty when the receiver survived. */
  run(receiver: Receiver, facts: RunFacts): Promise<string[]>;
};

/** What is wrong with an answer that should be Meta's only sign of success: exactly 200 (meta-facts §2.3). */
export function notTaken(answer: Answer, what: string): string[] {
  if (answer.status === 200) return [];
  return [`${what} ${answered(answer)}; 200 was expected.`];
}

/** What is wrong with an answer to what must not be believed: anything but 200 refuses, 4xx is the right word. */
export function notRefused(answer: Answer, what: string): string[] {
  if (answer.status !== null && answer.status >= 400 && answer.status < 500) return [];
  return [`${what} ${answered(answer)}; a 4xx such as 401 was expected.`];
}

/** An answer in words, to follow what was sent. */
export function answered({ status, silence }: Answer): string {
  return status === null ? `got no answer (${silence ?? 'unknown reason'})` : `was answered ${status}`;
}
