import { createHash } from 'node:crypto';
import { admit } from '../../domain/admission.ts';
import type { Contact } from '../../domain/contact.ts';
import { windowAt } from '../../domain/conversation.ts';
import { failureOf } from '../../domain/failure.ts';
import { type Lane, phoneLane } from '../../domain/lane.ts';
import type { Notification, Purpose } from '../../domain/notification.ts';
import type { Identifier } from '../../domain/person.ts';
import { identifiersOf, type Recipient } from '../../domain/recipient.ts';
import type { ContactView } from '../../domain/views.ts';
import type { OwnEvent } from '../lane-state.ts';
import { notificationEvent } from '../notification-event.ts';
import { readRecipient } from './read-recipient.ts';
import type { Sender } from './send-due.ts';
import type { NotificationRequest, TakeNotification } from './take-contract.ts';

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
  /** The contact with this id, or else the first one that the identifiers name. */
  findRecipient(lane: Lane, contactId: string | null, identifiers: Identifier[]): Promise<ContactView | null>;
  /** One transaction: finds the earlier notification of the same idempotency key, or keeps this one. */
  insertNotification(insert: InsertNotification): Promise<InsertedNotification>;
};

const hour = 60 * 60 * 1000;

/** How long a notification may wait when the caller does not say, by purpose. */
const patience: Record<Purpose, number> = {
  transactional: 24 * hour,
  marketing: 24 * hour,
  // A code that comes late is worse than none; Meta itself keeps these for ten minutes (meta-facts §6).
  authentication: hour / 6,
};

/** Makes the step that takes notifications: admission, then a durable and idempotent insert, then the answer. */
export function createTakeNotification(options: {
  store: TakeStore;
  /** The business phone to send from when the caller names none; null while none is configured. */
  businessPhoneId: string | null;
  senderOf(lane: Lane): Sender;
  permitted(recipient: Recipient, contact: Contact | null): boolean;
  clock: { now(): number };
  newNotificationId(): string;
  /** A notification was kept: there may be something to send. */
  taken(notification: Notification): void;
}): TakeNotification {
  const { store, clock } = options;

  return async (request) => {
    const recipient = readRecipient(request.to);
    if (recipient === null)
      return { outcome: 'invalid', field: 'to', failure: failureOf('recipient-invalid') };
    const businessPhoneId = request.businessPhoneId ?? options.businessPhoneId;
    if (request.businessPhoneId !== null && request.businessPhoneId !== options.businessPhoneId) {
      return { outcome: 'invalid', field: 'businessPhone', failure: failureOf('business-phone-missing') };
    }
    const lane: Lane = businessPhoneId === null ? 'installation' : phoneLane(businessPhoneId);
    const contactId = recipient.kind === 'contact' ? recipient.contactId : null;
    const known = await store.findRecipient(lane, contactId, identifiersOf(recipient));
    if (recipient.kind === 'contact' && known === null) {
      return { outcome: 'invalid', field: 'to', failure: failureOf('recipient-invalid') };
    }

    const now = clock.now();
    const sender = options.senderOf(lane);
    const admission = admit({
      content: request.content,
      fallback: request.fallback,
      onClosedWindow: request.onClosedWindow,
      window: windowAt(known?.conversation?.lastInboundAt ?? null, now),
      now,
      recipientKnown: known !== null,
      businessPhone: sender.ready ? { sendingReady: true } : { sendingReady: false, failure: sender.failure },
      permitted: options.permitted(recipient, known?.contact ?? null),
    });
    const refused = admission.decision === 'refuse';
    const notification: Notification = {
      id: options.newNotificationId(),
      lane,
      to: request.to,
      recipient,
      contactId: known?.contact.id ?? null,
      content: request.content,
      // Kept only when it may be used: the moment of sending asks for nothing but its presence.
      fallback: request.onClosedWindow === 'template' ? request.fallback : null,
      purpose: request.purpose,
      reference: request.reference,
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
      notAfter: request.notAfter ?? (request.notBefore ?? now) + patience[request.purpose],
      nextAttemptAt: refused ? null : Math.max(now, request.notBefore ?? now),
      createdAt: now,
      updatedAt: now,
    };
    const inserted = await store.insertNotification({
      notification,
      event: notificationEvent(notification),
      idempotency:
        request.idempotency === null ? null : { ...request.idempotency, digest: digestOf(request) },
    });
    if (inserted.outcome !== 'inserted') return inserted;
    options.taken(inserted.notification);
    return { outcome: refused ? 'refused' : 'taken', notification: inserted.notification };
  };
}

/** Two requests with the same digest ask for the same thing. The key itself is no part of it. */
function digestOf({ idempotency: _, ...asked }: NotificationRequest): string {
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex');
}
