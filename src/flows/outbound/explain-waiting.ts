import { failureOf } from '../../domain/failure.ts';
import { businessPhoneOf } from '../../domain/lane.ts';
import type { CircuitFailure } from '../../domain/pacing/circuit.ts';
import type { NotificationStory } from '../../domain/views.ts';

/**
 * A notification that waits because its whole business phone cannot send, with the failure for which it waits, though
 * it has not met that itself.
 *
 * @param openFailure the failure of which an open alarm says that all messages of a business phone meet it
 */
export function explainWaiting(
  story: NotificationStory,
  openFailure: (businessPhoneId: string) => CircuitFailure | null,
): NotificationStory {
  const { notification } = story;
  const phone = businessPhoneOf(notification.lane);
  if (notification.state !== 'queued' || notification.failure !== null || phone === null) return story;
  const code = openFailure(phone);
  return code === null ? story : { ...story, notification: { ...notification, failure: failureOf(code) } };
}
