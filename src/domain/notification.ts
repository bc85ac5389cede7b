import type { Failure } from './failure.ts';
import type { Lane } from './lane.ts';
import type { NotificationContent, TemplateContent } from './notification-content.ts';
import type { Recipient } from './recipient.ts';

/**
 * The states of a notification's life. `held`: it waits until the person writes. `unknown`: it may have left, and
 * nobody answered. The ends are
 * `read`, `failed`, `expired` and `cancelled`; `unknown` and the failure that follows from it yield to any status.
 */
export const notificationStates = [
  'queued',
  'held',
  'sending',
  'accepted',
  'sent',
  'delivered',
  'read',
  'failed',
  'expired',
  'cancelled',
  'unknown',
] as const;

/** One state of a notification's life. */
export type NotificationState = (typeof notificationStates)[number];

/** What admission decided. */
type Decision = 'free-form' | 'template' | 'hold' | 'refuse';

/** Why a notification is sent; Meta's rules and its own limits differ by it. */
export type Purpose = 'transactional' | 'marketing' | 'authentication';

/** A message that we were asked to send. Times are milliseconds. */
export type Notification = {
  /** `nt_` and sixteen characters; sorts by the time of taking. */
  id: string;
  lane: Lane;
  /** The recipient as the caller wrote it. */
  to: string;
  recipient: Recipient;
  /**
   * For whom it is, as far as order and Meta's pair rule go: a contact, or the recipient as long as nobody knows whose
   * it is.
   */
  party: string;
  /** The batch that it is one of; null when it was asked for alone. */
  batchId: string | null;
  /** Null until the recipient is known as a contact. */
  contactId: string | null;
  content: NotificationContent;
  /** The template to send instead when the window is closed. */
  fallback: TemplateContent | null;
  /** Whether it waits until the person writes when the window is closed. */
  holds: boolean;
  purpose: Purpose;
  /** The caller's own words, echoed in every event of this notification. */
  reference: string | null;
  state: NotificationState;
  /** Meta took it but holds it for a check of the template's quality. */
  metaHold: boolean;
  /** The voice message was played. */
  played: boolean;
  decision: Decision;
  /** A sentence with the facts of the decision. */
  because: string;
  /** Meta's wamid, once Meta has accepted. */
  messageId: string | null;
  /** Why it failed, or why a retry is pending. */
  failure: Failure | null;
  /** Tries so far. */
  attempts: number;
  /** The first position of its own in the feed: its place in the thread. */
  position: number;
  notBefore: number | null;
  notAfter: number;
  nextAttemptAt: number | null;
  createdAt: number;
  updatedAt: number;
};

/** How a try to send ended, by what may follow from it. */
export type AttemptOutcome =
  /** It certainly did not leave: DNS, connection refused, connect timeout, TLS. */
  | { outcome: 'not-sent'; reason: string }
  /** Meta took it. `waId` and `input` are its word on who the recipient is. */
  | {
      outcome: 'accepted';
      messageId: string;
      metaHold: boolean;
      waId: string | null;
      userId: string | null;
      input: string | null;
    }
  /** Meta answered with an error envelope. */
  | { outcome: 'refused'; failure: Failure; httpStatus: number; traceId: string | null }
  /** Everything else: it may have left. */
  | { outcome: 'unknown'; reason: string };

/** One try to send: a fact, written by whoever made it, whatever became of its lease. */
export type Attempt = {
  /** The notification's id, a dot, and the number of the try from 1. */
  id: string;
  notificationId: string;
  number: number;
  startedAt: number;
  finishedAt: number;
  result: AttemptOutcome;
};
