/**
 * A notification's life: what happened to it decides its next state. Facts come in any order, twice, and
 * late. Three rules hold throughout:
 *
 * - Never backwards on the ladder accepted < sent < delivered < read.
 * - What we only assumed (`queued`, `held`, `sending`, `unknown`, `expired`, `cancelled`, and a `failed` that our own policy set)
 *   yields to any proof that the message left; a failure that Meta named yields only to `delivered` and `read`.
 * - When nothing changes, the same object comes back.
 *
 * `failure` says why it failed or why a retry is pending, so it is cleared by whatever settles the matter.
 */
import { type Failure, failureOf, failureRow } from './failure.ts';
import type { Attempt, Notification, NotificationState } from './notification.ts';
import { opensCircuit } from './pacing/circuit.ts';
import { nextAttemptAt, triesUsedUp } from './retry.ts';
import type { MetaError, Status, StatusName } from './status.ts';

/** How far up the ladder a state is; 0 where nothing is proven. */
const heights: Record<NotificationState, number> = {
  queued: 0,
  held: 0,
  sending: 0,
  unknown: 0,
  expired: 0,
  cancelled: 0,
  failed: 0,
  accepted: 1,
  sent: 2,
  delivered: 3,
  read: 4,
};

/**
 * The state that a status proves. Who played a voice message has also opened it; what was deleted had been
 * sent.
 */
const proven: Record<StatusName, NotificationState> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  played: 'read',
  failed: 'failed',
  deleted: 'sent',
};

/**
 * The notification after a status of its message. The order and number of statuses do not matter; of two
 * `failed` with different errors the first stands, and `failed` after `delivered` changes nothing.
 *
 * @param readError what an error of Meta means, from the error catalogue
 */
export function afterStatus(
  notification: Notification,
  status: Status,
  readError: (error: MetaError) => Failure,
): Notification {
  const next = proven[status.name];
  const moves = yieldsTo(notification, next);
  const messageId = notification.messageId ?? status.messageId;
  const played = notification.played || status.name === 'played';
  if (!moves && messageId === notification.messageId && played === notification.played) return notification;
  const seen = {
    ...notification,
    messageId,
    played,
    updatedAt: Math.max(notification.updatedAt, status.at),
  };
  if (!moves) return seen;
  const failure = next === 'failed' ? failureIn(status, readError) : null;
  return { ...seen, state: next, failure, metaHold: false, nextAttemptAt: null };
}

/**
 * The notification when all statuses that are known of its message are considered: the same in whatever order,
 * and however often, they came. Of two `failed` the reason of the first by (time, key) stands.
 *
 * In a group every participant has a state of their own, and the notification's is the lowest that any of them has
 * reached: `failed` only when all have failed. It may go back when another participant is heard of.
 */
export function afterStatuses(
  notification: Notification,
  statuses: readonly Status[],
  readError: (error: MetaError) => Failure,
): Notification {
  const ordered = [...statuses].sort(byTime);
  const after = ordered.reduce((before, status) => afterStatus(before, status, readError), notification);
  const firstFailed = ordered.find(({ name }) => name === 'failed');
  const state = lowestOf(participantStates(ordered)) ?? after.state;
  const failure =
    state === 'failed' && firstFailed !== undefined
      ? failureIn(firstFailed, readError)
      : state === after.state
        ? after.failure
        : null;
  const settled = { ...after, state, failure };
  return sameStanding(notification, settled) ? notification : settled;
}

/** How far a message came with each participant of a group, in the order in which they were first heard of. */
export function participantStates(
  statuses: readonly Status[],
): { participant: string; state: NotificationState; errors: MetaError[] }[] {
  const participants = new Map<string, { state: NotificationState; errors: MetaError[] }>();
  for (const { participant, name, errors } of [...statuses].sort(byTime)) {
    if (participant === null) continue;
    const state = proven[name];
    const before = participants.get(participant)?.state ?? 'accepted';
    // As with a whole notification: what Meta failed yields to delivered and read alone.
    const moves =
      before === 'failed'
        ? heights[state] >= heights.delivered
        : state === 'failed'
          ? heights[before] < heights.delivered
          : heights[state] > heights[before];
    if (moves) participants.set(participant, { state, errors: state === 'failed' ? errors : [] });
  }
  return [...participants].map(([participant, standing]) => ({ participant, ...standing }));
}

/**
 * The notification after one try to send has ended. The result of an older try than the current one changes
 * nothing, nor does a result that came twice.
 *
 * `accepted` moves whatever yields to it, and otherwise only supplies the message id. `not-sent` and
 * `refused` settle a try that is still open: a failure that may pass brings it back to `queued` with the
 * time of the next try, or ends it as `expired` when none fits before `notAfter`; any other, and one met too
 * often, ends it as `failed`. After the policy has spoken, a late refusal only makes the reason more exact: the caller was
 * told `failed`, so nothing is sent any more.
 *
 * @param context `now` in milliseconds; `jitter` from 0 to 1 for the time of the next try
 */
export function afterAttempt(
  notification: Notification,
  attempt: Attempt,
  context: { now: number; jitter: number },
): Notification {
  if (attempt.number < notification.attempts) return notification;
  const { result } = attempt;
  switch (result.outcome) {
    case 'accepted':
      return afterAcceptance(notification, result, context.now);
    case 'not-sent':
      return afterFailedTry(notification, failureOf('not-connected'), context);
    case 'refused':
      return failedByPolicy(notification)
        ? changed(notification, { failure: result.failure }, context.now)
        : afterFailedTry(notification, result.failure, context);
    case 'unknown':
      return notification.state === 'sending'
        ? changed(notification, { state: 'unknown', failure: null, nextAttemptAt: null }, context.now)
        : notification;
  }
}

/**
 * The notification when time has passed, in milliseconds: an `unknown` of which no status came within the
 * patience is settled as failed, and never sent again.
 */
export function afterSilence(notification: Notification, now: number, patience: number): Notification {
  if (notification.state !== 'unknown' || now - notification.updatedAt < patience) return notification;
  return changed(notification, { state: 'failed', failure: failureOf('outcome-unknown') }, now);
}

/** The notification when time has passed, in milliseconds: what still waits at `notAfter` is not sent any more. */
export function afterExpiry(notification: Notification, now: number): Notification {
  if (!waits(notification) || now < notification.notAfter) return notification;
  return expired(notification, notification.failure, now);
}

/** The notification when somebody takes it back: only what still waits here can be. Time in milliseconds. */
export function afterCancellation(notification: Notification, now: number): Notification {
  if (!waits(notification)) return notification;
  return changed(notification, { state: 'cancelled', failure: null, nextAttemptAt: null }, now);
}

/**
 * The notification when the window has opened, in milliseconds: what was held until then has its turn, among what
 * waits for this person in the order of asking.
 */
export function afterOpening(notification: Notification, now: number): Notification {
  if (notification.state !== 'held') return notification;
  const nextAttemptAt = Math.max(now, notification.notBefore ?? now);
  return changed(
    notification,
    { state: 'queued', because: 'They have got in touch, so it goes now.', nextAttemptAt },
    now,
  );
}

/** Whether it is still here and nothing has been tried: it can be taken back, and time can end it. */
function waits({ state }: Notification): boolean {
  return state === 'queued' || state === 'held';
}

/**
 * The notification when whoever was sending it has gone, in milliseconds: it may have left, so it is never sent again.
 * What Meta answered settles it all the same, whenever that is recorded.
 */
export function afterAbandonment(notification: Notification, now: number): Notification {
  if (notification.state !== 'sending') return notification;
  return changed(notification, { state: 'unknown', failure: null, nextAttemptAt: null }, now);
}

/**
 * The notification in a database that was put back from a backup: what waited, or was on its way, may have been
 * sent since the backup was made. Its outcome is unknown, and it is never sent again.
 *
 * @param because a sentence that names the time of the backup
 * @param now milliseconds
 */
export function afterRestore(notification: Notification, because: string, now: number): Notification {
  if (!waits(notification) && notification.state !== 'sending') return notification;
  return changed(notification, { state: 'unknown', because, failure: null, nextAttemptAt: null }, now);
}

function afterAcceptance(
  notification: Notification,
  answer: { messageId: string; metaHold: boolean },
  now: number,
): Notification {
  const messageId = notification.messageId ?? answer.messageId;
  if (yieldsTo(notification, 'accepted')) {
    const { metaHold } = answer;
    return changed(
      notification,
      { state: 'accepted', messageId, metaHold, failure: null, nextAttemptAt: null },
      now,
    );
  }
  return messageId === notification.messageId ? notification : changed(notification, { messageId }, now);
}

function afterFailedTry(
  notification: Notification,
  failure: Failure,
  { now, jitter }: { now: number; jitter: number },
): Notification {
  if (notification.state !== 'sending' && notification.state !== 'unknown') return notification;
  const row = failureRow(failure.code);
  const { attempts, notAfter } = notification;
  // What the whole business phone has is no fault of this message: it waits with the others for the cure.
  if (opensCircuit(failure.code) && now < notAfter) {
    return changed(notification, { state: 'queued', failure, nextAttemptAt: now }, now);
  }
  const nextTry = nextAttemptAt({ failure: row, attempts, now, notAfter, jitter });
  if (nextTry !== null) {
    return changed(notification, { state: 'queued', failure, nextAttemptAt: nextTry }, now);
  }
  return row.retry.help === 'later' && !triesUsedUp(row, attempts)
    ? expired(notification, failure, now)
    : changed(notification, { state: 'failed', failure, nextAttemptAt: null }, now);
}

function failureIn({ errors }: Status, readError: (error: MetaError) => Failure): Failure {
  const error = errors.find(({ code }) => code !== null) ?? errors[0];
  return error === undefined ? failureOf('refused-without-code') : readError(error);
}

/** The lowest state that any participant has reached; `failed` only when all have; null outside groups. */
function lowestOf(participants: readonly { state: NotificationState }[]): NotificationState | null {
  if (participants.length === 0) return null;
  const reached = participants.map(({ state }) => state).filter((state) => state !== 'failed');
  return reached.sort((one, other) => heights[one] - heights[other])[0] ?? 'failed';
}

function sameStanding(one: Notification, other: Notification): boolean {
  return (
    one.state === other.state &&
    one.messageId === other.messageId &&
    one.played === other.played &&
    one.failure?.code === other.failure?.code &&
    one.failure?.metaCode === other.failure?.metaCode &&
    one.failure?.details === other.failure?.details
  );
}

/** By (time, key): the order in which Meta says that it happened. */
function byTime(one: Status, other: Status): number {
  return one.at - other.at || (one.key < other.key ? -1 : one.key > other.key ? 1 : 0);
}

/** Whether the notification may move to a state that something proves. */
function yieldsTo(notification: Notification, next: NotificationState): boolean {
  const height = heights[notification.state];
  if (notification.state === 'failed' && !failedByPolicy(notification))
    return heights[next] >= heights.delivered;
  return next === 'failed' ? height < heights.delivered : heights[next] > height;
}

function failedByPolicy({ state, failure }: Notification): boolean {
  return state === 'failed' && failure?.code === 'outcome-unknown';
}

function expired(notification: Notification, reason: Failure | null, now: number): Notification {
  const failure = reason ?? failureOf('expired');
  return changed(notification, { state: 'expired', failure, nextAttemptAt: null }, now);
}

function changed(notification: Notification, changes: Partial<Notification>, now: number): Notification {
  return { ...notification, ...changes, updatedAt: Math.max(notification.updatedAt, now) };
}
