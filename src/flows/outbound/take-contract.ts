import type { Failure } from '../../domain/failure.ts';
import type { MessageContent, TemplateContent } from '../../domain/message-content.ts';
import type { Notification, Purpose } from '../../domain/notification.ts';

/** What a caller asks for: well formed, defaults filled in, not yet admitted. Times are milliseconds. */
export type NotificationRequest = {
  /** The recipient as the caller wrote it; not blank. */
  to: string;
  content: MessageContent;
  /** The template to send instead of a text when the window is closed; null when the caller gave none. */
  fallback: TemplateContent | null;
  /** Null when the caller did not say: then the fallback is used when there is one. */
  onClosedWindow: 'template' | 'fail' | null;
  purpose: Purpose;
  notBefore: number | null;
  /** Null when the caller did not say: then it depends on the purpose. */
  notAfter: number | null;
  /** Meta's `phone_number_id`; null for the default business phone. */
  businessPhoneId: string | null;
  reference: string | null;
  /** Makes a repeated request the same request; null when the caller gave no key. */
  idempotency: Idempotency | null;
};

/** An idempotency key, which counts only within the scope of one API key. */
export type Idempotency = {
  /** Who asks: the name of the API key, never the key itself. */
  scope: string;
  key: string;
};

/** What became of a request. */
export type TakeResult =
  /** `taken`: stored and queued. `refused`: stored as failed. */
  | { outcome: 'taken' | 'refused'; notification: Notification }
  /** An earlier request with this idempotency key; `refused` tells what that one was answered. */
  | { outcome: 'repeated'; refused: boolean; notification: Notification }
  /** The idempotency key belongs to a request with other content; nothing was stored. */
  | { outcome: 'conflict'; notificationId: string }
  /** A member of the request cannot be meant as written; nothing was stored. */
  | { outcome: 'invalid'; field: string; failure: Failure };

/** Takes a notification: decides, stores it durably, and answers once that is committed. */
export type TakeNotification = (request: NotificationRequest) => Promise<TakeResult>;
