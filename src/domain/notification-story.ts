import type { Attempt, Notification } from './notification.ts';
import type { Status } from './status.ts';

/** A notification with every try to send it and every status that Meta reported of its message. */
export type NotificationStory = { notification: Notification; attempts: Attempt[]; statuses: Status[] };
