import { QUEUE_LENGTH, QUEUE_PATIENCE } from '../../../domain/alarm.ts';
import { durationInWords } from '../../../domain/duration.ts';
import { businessPhoneOf, type Lane } from '../../../domain/lane.ts';
import type { AlarmCheck } from '../alarms.ts';

/** The notifications of a lane that should be on their way by now. */
export type LaneQueue = {
  lane: Lane;
  /** How many are due, counted up to the limit. */
  due: number;
  /** Since when the oldest is due, in milliseconds; null when none is. */
  oldestDueAt: number | null;
};

/** Looks whether notifications that are due are not sent. */
export function createQueueCheck(options: {
  /** The lanes with something queued; counts at most `limit` of each. */
  readQueues(now: number, limit: number): Promise<LaneQueue[]>;
  clock: { now(): number };
}): AlarmCheck {
  return {
    code: 'queue-growing',
    async look() {
      const now = options.clock.now();
      const queues = await options.readQueues(now, QUEUE_LENGTH + 1);
      return queues.flatMap(({ lane, due, oldestDueAt }) => {
        if (oldestDueAt === null) return [];
        const waited = now - oldestDueAt;
        if (waited <= QUEUE_PATIENCE && due <= QUEUE_LENGTH) return [];
        const count =
          due > QUEUE_LENGTH ? `More than ${QUEUE_LENGTH} are` : due === 1 ? '1 is' : `${due} are`;
        const facts = `${count} due, the oldest for ${durationInWords(waited)}.`;
        return [{ subject: businessPhoneOf(lane) ?? lane, facts }];
      });
    },
  };
}
