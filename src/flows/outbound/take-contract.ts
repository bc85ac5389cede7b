import type { Admission } from '../../domain/admission.ts';
import type { Contact } from '../../domain/contact.ts';
import type { Window } from '../../domain/conversation.ts';
import type { Failure } from '../../domain/failure.ts';
import type { Lane } from '../../domain/lane.ts';
import type { Notification, Purpose } from '../../domain/notification.ts';
import type { NotificationContent, TemplateContent } from '../../domain/notification-content.ts';
import type { Recipient } from '../../domain/recipient.ts';

/** What a caller asks for: well formed, defaults filled in, not yet admitted. Times are milliseconds. */
export type NotificationRequest = {
  /** The recipient as the caller wrote it; not blank. */
  to: string;
  content: NotificationContent;
  /** The template to send instead of a text when the window is closed; null when the caller gave none. */
  fallback: TemplateContent | null;
  /** Null when the caller did not say: then the fallback is used when there is one. */
  onClosedWindow: 'template' | 'fail' | 'hold' | null;
  purpose: Purpose;
  notBefore: number | null;
  /** Null when the caller did not say: then it depends on the purpose. */
  notAfter: number | null;
  /** Meta's `phone_number_id`; null for the default business phone. */
  businessPhoneId: string | null;
  reference: string | null;
  /** The batch that it is one of; left out when it is asked for alone. */
  batchId?: string;
  /** Makes a repeated request the same request; null when the caller gave no key. */
  idempotency: Idempotency | null;
};

/** An idempotency key, which counts only within the scope of one API key. */
export type Idempotency = {
  /** Who asks: the name of the API key, never the key itself. */
  scope: string;
  key: string;
};

/** A member of a request cannot be meant as written. */
type InvalidMember = { outcome: 'invalid'; field: string; failure: Failure };

/** A request, read and decided as of one moment. */
export type Considered = {
  outcome: 'considered';
  /** That moment, in milliseconds. */
  at: number;
  lane: Lane;
  recipient: Recipient;
  /** Null when the recipient is not known yet. */
  contact: Contact | null;
  window: Window;
  /** When it may go at the earliest, in milliseconds: `notBefore`, and no marketing in quiet hours. */
  earliest: number;
  /** The template that may go instead of the text; null when none may. */
  fallback: TemplateContent | null;
  /** Whether it waits until they write when the window is closed. */
  holds: boolean;
  admission: Admission;
};

/** What would become of a request now. Reads only: nothing is stored or sent. */
export type ConsiderNotification = (
  request: Omit<NotificationRequest, 'idempotency'>,
) => Promise<Considered | InvalidMember>;

/** What became of a request. */
export type TakeResult =
  /** `taken`: stored and queued. `refused`: stored as failed. */
  | { outcome: 'taken' | 'refused'; notification: Notification }
  /** An earlier request with this idempotency key; `refused` tells what that one was answered. */
  | { outcome: 'repeated'; refused: boolean; notification: Notification }
  /** The idempotency key belongs to a request with other content; nothing was stored. */
  | { outcome: 'conflict'; notificationId: string }
  /** Nothing was stored. */
  | InvalidMember;

/** Takes a notification: decides, stores it durably, and answers once that is committed. */
export type TakeNotification = (request: NotificationRequest) => Promise<TakeResult>;
