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

/** The latest news of an alarm for one recipient, as the store keeps it. `toldAt` is null while it does not know. */
export type KeptTelling = { recipient: string; news: AlarmNews; toldAt: number | null };

/** A recipient knows, since `at`. */
export type TellingDone = { notice: AlarmNotice; recipient: string; at: number };

/** The waits between tries, in milliseconds; after the last one it is given up until the next news or start. */
const WAITS = [10_000, 60_000, 5 * 60_000, 15 * 60_000, 60 * 60_000];

/** News on its way to recipients. */
export type Tellings = {
  /** Everybody who is told. */
  recipients: readonly string[];
  /** Tells a recipient from a time on. Later news of an alarm takes the place of earlier news. */
  add(recipient: string, notice: AlarmNotice, from: number): void;
  /** Whether the news of an alarm is on its way to a recipient, or was given up. */
  has(recipient: string, alarm: Alarm): boolean;
  /** Tells this news no more: it is none, or somebody else tells it. */
  drop(notice: AlarmNotice): void;
  /** Drops all that a test says of; what has begun goes on. */
  dropAll(isDropped: (notice: AlarmNotice) => boolean): void;
  /** Tells this news as soon as it can, whatever time was given. */
  hasten(notice: AlarmNotice): void;
  /** Begins every telling that is due, each on its own. */
  begin(): void;
  /** Resolves once every telling that has begun has ended, well or not. */
  idle(): Promise<void>;
  /** Breaks off what is on its way, and begins nothing more. */
  stop(): void;
};

type Telling = { recipient: AlarmRecipient; notice: AlarmNotice; tries: number; nextAt: number };

/**
 * Makes the tellings. Every alarm goes to every recipient on its own: one that hangs or refuses holds up neither
 * another recipient nor other news.
 */
export function createTellings(options: {
  recipients: readonly AlarmRecipient[];
  clock: { now(): number };
  told(telling: TellingDone): void;
  notTold(facts: NotTold): void;
}): Tellings {
  const { clock } = options;
  const recipients = new Map(options.recipients.map((recipient) => [recipient.name, recipient]));
  const stopping = new AbortController();
  const waiting = new Map<string, Telling>();
  /** When there was the news that was given up, by recipient and alarm. */
  const givenUp = new Map<string, number>();
  /** One at a time for each recipient and alarm: nobody hears that it is over before that it began. */
  const underWay = new Map<string, Promise<void>>();

  async function tell(key: string, telling: Telling): Promise<void> {
    const { recipient, notice } = telling;
    try {
      await recipient.tell(notice, stopping.signal);
      if (waiting.get(key) === telling) waiting.delete(key);
      options.told({ notice, recipient: recipient.name, at: clock.now() });
    } catch (failure) {
      if (stopping.signal.aborted || waiting.get(key) !== telling) return;
      const againIn = WAITS[telling.tries] ?? null;
      if (againIn === null) {
        waiting.delete(key);
        givenUp.set(key, notice.alarm.toldAt);
      } else waiting.set(key, { ...telling, tries: telling.tries + 1, nextAt: clock.now() + againIn });
      options.notTold({
        recipient: recipient.name,
        code: notice.alarm.code,
        reason: reasonOf(failure),
        againIn,
      });
    } finally {
      underWay.delete(key);
    }
  }

  function dropAll(isDropped: (notice: AlarmNotice) => boolean): void {
    for (const [key, { notice }] of waiting) if (isDropped(notice)) waiting.delete(key);
  }

  return {
    recipients: [...recipients.keys()],
    add(name, notice, from) {
      const recipient = recipients.get(name);
      if (recipient === undefined) return;
      const key = `${name} ${notice.alarm.id}`;
      givenUp.delete(key);
      waiting.set(key, { recipient, notice, tries: 0, nextAt: from });
    },
    has(name, { id, toldAt }) {
      const key = `${name} ${id}`;
      return waiting.has(key) || underWay.has(key) || givenUp.get(key) === toldAt;
    },
    drop: (notice) => dropAll((other) => other === notice),
    dropAll,
    hasten(notice) {
      for (const telling of waiting.values()) if (telling.notice === notice) telling.nextAt = 0;
    },
    begin() {
      if (stopping.signal.aborted) return;
      const now = clock.now();
      for (const [key, telling] of waiting) {
        if (telling.nextAt <= now && !underWay.has(key)) underWay.set(key, tell(key, telling));
      }
    },
    async idle() {
      await Promise.all(underWay.values());
    },
    stop: () => stopping.abort(),
  };
}

function reasonOf(failure: unknown): string {
  if (failure instanceof RecipientFailure) return failure.message;
  return failure instanceof Error ? failure.name : 'unknown';
}
