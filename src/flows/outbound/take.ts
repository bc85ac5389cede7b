import { createHmac } from 'node:crypto';
import { admit } from '../../domain/admission.ts';
import type { Contact } from '../../domain/contact.ts';
import { windowAt } from '../../domain/conversation.ts';
import { failureOf } from '../../domain/failure.ts';
import { type Lane, phoneLane } from '../../domain/lane.ts';
import type { TemplateContent } from '../../domain/message-content.ts';
import type { Notification, Purpose } from '../../domain/notification.ts';
import type { Identifier } from '../../domain/person.ts';
import { identifiersOf, type Recipient } from '../../domain/recipient.ts';
import type { Behaviour, TemplateReference } from '../../domain/settings.ts';
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

/** The business phones to send from. */
export type SendingPhones = {
  /** The one to send from when the caller names none; null while there is none. */
  defaultId(): string | null;
  isOurs(businessPhoneId: string): boolean;
  senderOf(lane: Lane): Sender;
};

/** Makes the step that takes notifications: admission, then a durable and idempotent insert, then the answer. */
export function createTakeNotification(options: {
  store: TakeStore;
  phones: SendingPhones;
  /** What the installation has decided, as of now. */
  behaviour(): Behaviour;
  permitted(recipient: Recipient, contact: Contact | null): boolean;
  clock: { now(): number };
  newNotificationId(): string;
  /** The installation's own key, under which requests are compared. */
  digestKey: Uint8Array;
  /** A notification was kept: there may be something to send. */
  taken(notification: Notification): void;
}): TakeNotification {
  const { store, phones, clock } = options;

  return async (request) => {
    const behaviour = options.behaviour();
    const businessPhoneId = request.businessPhoneId ?? phones.defaultId();
    if (request.businessPhoneId !== null && !phones.isOurs(request.businessPhoneId)) {
      return { outcome: 'invalid', field: 'businessPhone', failure: failureOf('business-phone-missing') };
    }
    const lane: Lane = businessPhoneId === null ? 'installation' : phoneLane(businessPhoneId);
    const recipient = await recipientOf(request.to, lane, store, behaviour.defaultCountry);
    if (recipient === null)
      return { outcome: 'invalid', field: 'to', failure: failureOf('recipient-invalid') };
    const contactId = recipient.kind === 'contact' ? recipient.contactId : null;
    const known = await store.findRecipient(lane, contactId, identifiersOf(recipient));
    if (recipient.kind === 'contact' && known === null) {
      return { outcome: 'invalid', field: 'to', failure: failureOf('recipient-invalid') };
    }

    const now = clock.now();
    const sender = phones.senderOf(lane);
    const { fallback, onClosedWindow } = closedWindowOf(request, behaviour.defaultFallback);
    const admission = admit({
      content: request.content,
      fallback,
      onClosedWindow,
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
      fallback: onClosedWindow === 'template' ? fallback : null,
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
      notAfter: request.notAfter ?? (request.notBefore ?? now) + patienceOf(request.purpose, behaviour),
      nextAttemptAt: refused ? null : Math.max(now, request.notBefore ?? now),
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

/**
 * Reads `to`. With a default country, digits without a plus sign are a number of that country, unless they are
 * the WhatsApp ID of somebody who is known: what the API shows as `waId` may be given back as it is.
 */
async function recipientOf(
  to: string,
  lane: Lane,
  store: Pick<TakeStore, 'findRecipient'>,
  country: string | null,
): Promise<Recipient | null> {
  const recipient = readRecipient(to, country);
  const asWritten = readRecipient(to, null);
  if (asWritten?.kind !== 'number') return recipient;
  if (recipient?.kind === 'number' && recipient.digits === asWritten.digits) return recipient;
  const known = await store.findRecipient(lane, null, [{ kind: 'wa_id', value: asWritten.digits }]);
  return known === null ? recipient : asWritten;
}

/** What happens to a text when the window is closed: as the caller said, or else as the installation decided. */
function closedWindowOf(
  { content, fallback: given, onClosedWindow }: NotificationRequest,
  defaultFallback: TemplateReference | null,
): { fallback: TemplateContent | null; onClosedWindow: 'template' | 'fail' } {
  const undecided = given === null && onClosedWindow === null && content.type === 'text';
  const fallback: TemplateContent | null =
    undecided && defaultFallback !== null ? { type: 'template', ...defaultFallback, components: [] } : given;
  return { fallback, onClosedWindow: onClosedWindow ?? (fallback === null ? 'fail' : 'template') };
}

/** How long a notification may wait when the caller does not say, in milliseconds. */
function patienceOf(purpose: Purpose, behaviour: Behaviour): number {
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
