import { createHmac } from 'node:crypto';
import type { Notification } from '../../domain/notification.ts';
import { partyOf } from '../../domain/recipient.ts';
import type { Behaviour } from '../../domain/settings.ts';
import type { OwnEvent } from '../lane-state.ts';
import { notificationEvent } from '../notification-event.ts';
import type { ConsiderNotification, NotificationRequest, TakeNotification } from './take-contract.ts';

/** A notification to be kept, with its first event; the store gives both their place in the feed. */
export type InsertNotification = {
  notification: Notification;
  event: OwnEvent;
  /** `digest` tells whether a repeated key asks for the same thing. */
  idempotency: { scope: string; key: string; digest: string } | null;
};

/** What keeping a notification came to. */
export type InsertedNotification =
  | { outcome: 'inserted'; notification: Notification }
  /** `refused`: the earlier one was refused when it was taken, not later. */
  | { outcome: 'repeated'; refused: boolean; notification: Notification }
  | { outcome: 'conflict'; notificationId: string };

/** What taking asks of the store. */
export type TakeStore = {
  /** One transaction: finds the earlier notification of the same idempotency key, or keeps this one. */
  insertNotification(insert: InsertNotification): Promise<InsertedNotification>;
};

/** Makes the step that takes notifications: admission, then a durable and idempotent insert, then the answer. */
export function createTakeNotification(options: {
  store: TakeStore;
  /** Reads the request and asks admission. */
  consider: ConsiderNotification;
  /** What the installation has decided, as of now. */
  behaviour(): Behaviour;
  newNotificationId(): string;
  /** The installation's own key, under which requests are compared. */
  digestKey: Uint8Array;
  /** A notification was kept: there may be something to send. */
  taken(notification: Notification): void;
}): TakeNotification {
  const { store } = options;

  return async (request) => {
    const considered = await options.consider(request);
    if (considered.outcome === 'invalid') return considered;
    const { at: now, lane, recipient, contact, fallback, holds, earliest, admission } = considered;
    const refused = admission.decision === 'refuse';
    const notification: Notification = {
      id: options.newNotificationId(),
      lane,
      to: request.to,
      recipient,
      contactId: contact?.id ?? null,
      party: partyOf(recipient, contact?.id ?? null),
      batchId: request.batchId ?? null,
      content: request.content,
      // Kept only when it may be used: the moment of sending asks for nothing but its presence.
      fallback,
      holds,
      purpose: request.purpose,
      reference: request.reference,
      // What is to be held is queued too: only the lane's owner knows whether they have written since.
      state: refused ? 'failed' : 'queued',
      metaHold: false,
      played: false,
      decision: admission.decision,
      because: admission.because,
      messageId: null,
      failure: refused ? admission.failure : null,
      attempts: 0,
      position: 0,
      notBefore: request.notBefore,
      // Counted from when it may go: quiet hours use up nobody's patience.
      notAfter:
        request.notAfter ?? earliest + patienceOf({ purpose: request.purpose, holds }, options.behaviour()),
      nextAttemptAt: refused ? null : earliest,
      createdAt: now,
      updatedAt: now,
    };
    const inserted = await store.insertNotification({
      notification,
      event: notificationEvent(notification),
      idempotency:
        request.idempotency === null
          ? null
          : { ...request.idempotency, digest: digestOf(request, options.digestKey) },
    });
    if (inserted.outcome !== 'inserted') return inserted;
    options.taken(inserted.notification);
    return { outcome: refused ? 'refused' : 'taken', notification: inserted.notification };
  };
}

/** How long what may be held waits for them to write when the caller does not say, in milliseconds. */
const PATIENCE_OF_HELD = 7 * 24 * 60 * 60_000;

/** How long a notification may wait when the caller does not say, in milliseconds. */
function patienceOf(
  { purpose, holds }: Pick<Notification, 'purpose' | 'holds'>,
  behaviour: Behaviour,
): number {
  // A code is worth nothing after its minutes, whoever writes.
  if (holds && purpose !== 'authentication') return PATIENCE_OF_HELD;
  return {
    transactional: behaviour.transactionalPatience,
    marketing: behaviour.marketingPatience,
    authentication: behaviour.authenticationPatience,
  }[purpose];
}

/**
 * Two requests with the same digest ask for the same thing. The idempotency key is no part of it. Keyed, so that
 * nobody who reads the database can guess number and text from it.
 */
function digestOf({ idempotency: _, ...asked }: NotificationRequest, digestKey: Uint8Array): string {
  return createHmac('sha256', digestKey).update(JSON.stringify(asked)).digest('hex');
}
