import { phoneLane } from '../../src/domain/lane.ts';
import type { Notification } from '../../src/domain/notification.ts';
import { newNotificationId } from '../../src/flows/outbound/new-notification-id.ts';
import { businessPhoneId } from './test-config.ts';

/** A queued text for Ana, taken at a time in milliseconds, with what a test wants otherwise. */
export function testNotification(takenAt: number, changes: Partial<Notification> = {}): Notification {
  return {
    id: newNotificationId(takenAt),
    lane: phoneLane(businessPhoneId),
    to: '558587654321',
    recipient: { kind: 'number', digits: '558587654321' },
    party: 'number:558587654321',
    batchId: null,
    contactId: null,
    content: { type: 'text', body: 'Hello', previewUrl: false },
    fallback: null,
    holds: false,
    purpose: 'transactional',
    reference: null,
    state: 'queued',
    metaHold: false,
    played: false,
    decision: 'free-form',
    because: 'The window is open.',
    messageId: null,
    failure: null,
    attempts: 0,
    position: 0,
    notBefore: null,
    notAfter: takenAt + 60_000,
    nextAttemptAt: takenAt,
    createdAt: takenAt,
    updatedAt: takenAt,
    ...changes,
  };
}
