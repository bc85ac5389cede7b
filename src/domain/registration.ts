import type { Failure } from './failure.ts';

/** How often Meta lets a number be registered or deregistered, in this time in milliseconds (meta-facts §5.1). */
export const REGISTRATION_LIMIT = { calls: 10, period: 72 * 60 * 60_000 };

/** The form of a two-step PIN: six digits. */
export const pinForm = /^\d{6}$/;

/** What Meta made of a registration. */
export type RegistrationOutcome =
  | { outcome: 'registered' }
  /** Meta answered with an error envelope. */
  | { outcome: 'refused'; failure: Failure }
  /** Nobody answered, or not in a way that says what became of it. */
  | { outcome: 'unanswered'; reason: string };
