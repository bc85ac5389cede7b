import type { Alarm, AlarmCode, AlarmNews } from '../../domain/alarm.ts';
import type { AlarmNotice } from './alarms.ts';

/** Somebody outside who is told of alarms. */
export type AlarmRecipient = {
  /** The setting that names it. */
  name: string;
  /**
   * Resolves when it knows.
   *
   * @throws RecipientFailure, whose message may be logged; of anything else only the name is
   */
  tell(notice: AlarmNotice, signal: AbortSignal): Promise<void>;
};

/** Why a recipient could not be told: without an address or a secret in it. */
export class RecipientFailure extends Error {
  override name = 'RecipientFailure';
}

/** A try to tell a recipient failed. */
export type NotTold = {
  recipient: string;
  code: AlarmCode;
  reason: string;
  /** When it is tried again, in milliseconds from now; null when it was given up. */
  againIn: number | null;
};

/** The waits between tries, in milliseconds; after the last one it is given up until the next news. */
const WAITS = [10_000, 60_000, 5 * 60_000, 15 * 60_000, 60 * 60_000];

/** News on its way to recipients. */
export type Tellings = {
  /** Tells every recipient with the next `tell`. False when there is none. Later news replaces earlier news. */
  add(notice: AlarmNotice): boolean;
  /** What is still untold of an alarm. */
  pending(alarm: Alarm): AlarmNews | null;
  /** Tells what is due, all at once; gives the notices of which nothing is left to be told. Never throws. */
  tell(): Promise<AlarmNotice[]>;
  /** Breaks off what is on its way. */
  stop(): void;
};

type Telling = { recipient: AlarmRecipient; notice: AlarmNotice; tries: number; nextAt: number };

/** Makes the tellings. A recipient that is out of reach holds up nobody but itself. */
export function createTellings(options: {
  recipients: readonly AlarmRecipient[];
  clock: { now(): number };
  notTold(facts: NotTold): void;
}): Tellings {
  const { recipients, clock } = options;
  const stopping = new AbortController();
  const waiting = new Map<string, Telling>();

  async function tellOne(key: string, telling: Telling): Promise<void> {
    const { recipient, notice } = telling;
    try {
      await recipient.tell(notice, stopping.signal);
      if (waiting.get(key) === telling) waiting.delete(key);
    } catch (failure) {
      if (stopping.signal.aborted || waiting.get(key) !== telling) return;
      const againIn = WAITS[telling.tries] ?? null;
      if (againIn === null) waiting.delete(key);
      else waiting.set(key, { ...telling, tries: telling.tries + 1, nextAt: clock.now() + againIn });
      options.notTold({
        recipient: recipient.name,
        code: notice.alarm.code,
        reason: reasonOf(failure),
        againIn,
      });
    }
  }

  function pending(alarm: Alarm): AlarmNews | null {
    for (const { notice } of waiting.values()) if (notice.alarm.id === alarm.id) return notice.news;
    return null;
  }

  return {
    add(notice) {
      for (const recipient of recipients) {
        const key = `${recipient.name} ${notice.alarm.id}`;
        waiting.set(key, { recipient, notice, tries: 0, nextAt: 0 });
      }
      return recipients.length > 0;
    },
    pending,
    async tell() {
      if (stopping.signal.aborted) return [];
      const now = clock.now();
      const due = [...waiting].filter(([, { nextAt }]) => nextAt <= now);
      await Promise.all(due.map(([key, telling]) => tellOne(key, telling)));
      const told = new Map(due.map(([, { notice }]) => [notice.alarm.id, notice]));
      return [...told.values()].filter(({ alarm }) => pending(alarm) === null);
    },
    stop: () => stopping.abort(),
  };
}

function reasonOf(failure: unknown): string {
  if (failure instanceof RecipientFailure) return failure.message;
  return failure instanceof Error ? failure.name : 'unknown';
}
