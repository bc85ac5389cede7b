import { businessPhoneOf, type Lane } from '../../../domain/lane.ts';
import type { AlarmCheck } from '../alarms.ts';

/** How long Meta may say nothing of a message that it accepted, in milliseconds; statuses usually take seconds. */
const SILENCE_PATIENCE = 10 * 60_000;

/** Messages that were accepted longer ago than this are past caring for, in milliseconds. */
export const SILENCE_LOOKS_BACK = 24 * 60 * 60_000;

/** Looks whether Meta is silent: it accepts messages, and no webhook about the business phone has come since. */
export function createSilenceCheck(ports: {
  readSilence(acceptedSince: number): Promise<{ lane: Lane; since: number }[]>;
  listSeenPhones(): Promise<{ businessPhoneId: string; lastEventAt: number }[]>;
  clock: { now(): number };
}): AlarmCheck {
  return {
    code: 'webhooks-silent',
    async look() {
      const now = ports.clock.now();
      const silent = await ports.readSilence(now - SILENCE_LOOKS_BACK);
      if (silent.length === 0) return [];
      const heard = new Map(
        (await ports.listSeenPhones()).map((phone) => [phone.businessPhoneId, phone.lastEventAt]),
      );
      return silent.flatMap(({ lane, since }) => {
        const subject = businessPhoneOf(lane);
        if (subject === null || now - since < SILENCE_PATIENCE || (heard.get(subject) ?? 0) >= since)
          return [];
        return [{ subject, facts: `The oldest was accepted at ${new Date(since).toISOString()}.` }];
      });
    },
  };
}
