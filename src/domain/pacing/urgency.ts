import type { Purpose } from '../notification.ts';

/**
 * Who goes first when not all can: codes that somebody waits for, then single messages, then mass messages. Messages
 * of one urgency to one person keep their order; one of another urgency may overtake.
 */
export const urgencies = ['code', 'single', 'bulk'] as const;

/** How urgent a notification is. */
export type Urgency = (typeof urgencies)[number];

/** How urgent a notification is: one of a batch, and marketing, waits for all others. */
export function urgencyOf(notification: { purpose: Purpose; batchId: string | null }): Urgency {
  if (notification.purpose === 'authentication') return 'code';
  return notification.batchId !== null || notification.purpose === 'marketing' ? 'bulk' : 'single';
}
