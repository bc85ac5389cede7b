import { type Charge, standingOf } from '../../domain/charge.ts';
import { checkOf, type Failure, failureCodes, failureOf } from '../../domain/failure.ts';
import { failureText } from '../../domain/failure-text.ts';
import { businessPhoneOf } from '../../domain/lane.ts';
import type { Language } from '../../domain/language.ts';
import type { Attempt } from '../../domain/notification.ts';
import { participantStates } from '../../domain/notification-life.ts';
import type { MetaError, Status } from '../../domain/status.ts';
import type { NotificationCount, NotificationStory } from '../../domain/views.ts';
import type { FailureBody, NotificationBody, NotificationTotalsBody } from '../contract/notification.ts';
import { isoTime, isoTimeOrNull } from './time.ts';

/** A notification with all that is known of its way. */
export type NotificationDetails = NotificationStory;

/** A notification as the API shows it, its failures in a language. */
export function notificationBody(details: NotificationDetails, language: Language): NotificationBody {
  const { notification } = details;
  return {
    id: notification.id,
    state: notification.state,
    to: notification.to,
    decision: notification.decision,
    because: notification.because,
    messageId: notification.messageId,
    failure: failureBody(notification.failure, language),
    statuses: details.statuses.map(statusBody),
    participants: participantStates(details.statuses).map(({ participant, state, errors }) => ({
      participant,
      state,
      errors: errors.map(errorBody),
    })),
    charge: details.charge === null ? null : chargeBody(details.charge, notification.state === 'failed'),
    attempts: details.attempts.map((attempt) => attemptBody(attempt, language)),
    reference: notification.reference,
    businessPhoneId: businessPhoneOf(notification.lane),
    contactId: notification.contactId,
    purpose: notification.purpose,
    content: notification.content,
    notBefore: isoTimeOrNull(notification.notBefore),
    notAfter: isoTime(notification.notAfter),
    nextAttemptAt: isoTimeOrNull(notification.nextAttemptAt),
    metaHold: notification.metaHold,
    played: notification.played,
    createdAt: isoTime(notification.createdAt),
    updatedAt: isoTime(notification.updatedAt),
  };
}

/** Counts of notifications as the API shows them, their failures in a language. */
export function notificationTotalsBody(
  counts: readonly NotificationCount[],
  language: Language,
): Omit<NotificationTotalsBody, 'since'> {
  return {
    total: counts.reduce((sum, { count }) => sum + count, 0),
    data: counts.map(({ state, failure, count }) => ({
      state,
      failure: failureBody(failure === null ? null : failureOf(failure), language),
      count,
    })),
  };
}

/** A failure as the API shows it: its sentences are made on reading, in a language. */
export function failureBody(failure: Failure | null, language: Language): FailureBody | null {
  if (failure === null) return null;
  const { code, metaCode, details } = failure;
  // A later version may have stored a code that this one does not know; it left its sentences, too.
  const { title, remedy } = failureCodes.includes(code) ? failureText(code, language) : failure;
  return { code, metaCode, title, details, remedy, check: checkOf(code) };
}

function statusBody(status: Status): NotificationBody['statuses'][number] {
  const errors = status.errors.map(errorBody);
  return { status: status.name, at: isoTime(status.at), participant: status.participant, errors };
}

function errorBody({ code, title, details }: MetaError) {
  return { code, title, details };
}

function chargeBody(
  { at, pricing, conversation }: Charge,
  failed: boolean,
): NonNullable<NotificationBody['charge']> {
  return {
    standing: failed ? 'failed' : standingOf(pricing),
    category: pricing.category,
    type: pricing.type,
    model: pricing.model,
    conversation: conversation && {
      id: conversation.id,
      origin: conversation.origin,
      expiresAt: isoTimeOrNull(conversation.expiresAt),
    },
    toldAt: isoTime(at),
  };
}

function attemptBody(attempt: Attempt, language: Language): NotificationBody['attempts'][number] {
  const { result } = attempt;
  return {
    id: attempt.id,
    number: attempt.number,
    startedAt: isoTime(attempt.startedAt),
    finishedAt: isoTime(attempt.finishedAt),
    outcome: result.outcome,
    reason: 'reason' in result ? result.reason : null,
    failure: 'failure' in result ? failureBody(result.failure, language) : null,
    traceId: 'traceId' in result ? result.traceId : null,
  };
}
