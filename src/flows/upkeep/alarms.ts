import {
  type Alarm,
  type AlarmCode,
  type AlarmNews,
  type AlarmSighting,
  reminded,
  reminderDue,
  resolved,
  sighted,
} from '../../domain/alarm.ts';
import { type AlarmEvent, alarmEvent } from './alarm-event.ts';
import { type AlarmRecipient, createTellings, type NotTold } from './tellings.ts';

/** What is told about an alarm. */
export type AlarmNotice = { news: AlarmNews; alarm: Alarm };

/** A changed alarm, written whole. The event goes into the feed in the same transaction. */
export type AlarmChange = {
  alarm: Alarm;
  /** What has still to be told to recipients outside; null when they know. */
  untold: AlarmNews | null;
  event: AlarmEvent | null;
};

/** What alarms ask of the store. */
export type AlarmStore = {
  /** The alarms that are open, and those of which something has still to be told. */
  readOpenAlarms(): Promise<{ alarm: Alarm; untold: AlarmNews | null }[]>;
  putAlarms(changes: AlarmChange[]): Promise<void>;
};

/** Looks whether the cause of one kind of alarm is there. */
export type AlarmCheck = {
  code: AlarmCode;
  /**
   * The subjects for which it is, with what was found. Every other one that is open resolves.
   *
   * @param open the subjects that are in alarm already
   */
  look(open: readonly string[]): Promise<{ subject: string; facts: string | null }[]>;
};

/** What alarms tell the log. */
export type AlarmReport = {
  alarm(notice: AlarmNotice): void;
  notTold(facts: NotTold): void;
  /** A check could not look; it looks again later. */
  checkFailed(code: AlarmCode, failure: unknown): void;
  /** An alarm could not be kept; it was told all the same, and is kept later. */
  recordFailed(failure: unknown): void;
};

/** The one mechanism of alarms. */
export type Alarms = {
  /** The cause of an alarm was seen. Takes a microsecond while the alarm is open; never throws. */
  raise(sighting: Omit<AlarmSighting, 'at'>): void;
  /**
   * The cause is gone.
   *
   * @param since when what proves it began, in milliseconds: older proof than the last sighting is none
   */
  resolve(code: AlarmCode, subject: string, since: number): void;
  open(): Alarm[];
  /** One turn of a loop: looks, reminds, keeps and tells what is due. */
  step(): Promise<{ more: false; restFor: number }>;
  /** Breaks off what is being told, and keeps what was counted. What was not told is told after the next start. */
  stop(): Promise<void>;
};

/** How often checks look, and how often mere counts are kept, in milliseconds. */
const LOOK_EVERY = 15_000;
/** How long the store is left alone after it refused to keep an alarm, in milliseconds. */
const RECORD_AGAIN_AFTER = 5_000;
const REST = 250;

/**
 * Makes the alarms of a process. What is open lives in memory, so that alarms work, and are told, also while
 * the store does not; the store keeps them for the API, the feed and the next start.
 */
export async function createAlarms(options: {
  store: AlarmStore;
  recipients: readonly AlarmRecipient[];
  checks: readonly AlarmCheck[];
  clock: { now(): number };
  newAlarmId(): string;
  report: AlarmReport;
  /** There is something to do: the next turn should come at once. */
  nudge(): void;
  /** Events of alarms are in the feed. */
  recorded(events: number): void;
}): Promise<Alarms> {
  const { store, clock, report } = options;
  const tellings = createTellings({
    recipients: options.recipients,
    clock,
    notTold: (facts) => report.notTold(facts),
  });
  const openAlarms = new Map<string, Alarm>();
  /** What the store has yet to keep, oldest first. */
  let unrecorded: AlarmChange[] = [];
  /** Open alarms that were merely counted since they were kept. */
  const counted = new Set<string>();
  let lookAt = 0;
  let recordAt = 0;
  let keepCountsAt = 0;

  for (const { alarm, untold } of await store.readOpenAlarms()) {
    if (alarm.resolvedAt === null) openAlarms.set(keyOf(alarm), alarm);
    if (untold !== null) tellings.add({ news: untold, alarm });
  }

  function announce(alarm: Alarm, news: AlarmNews): void {
    const notice = { news, alarm };
    counted.delete(keyOf(alarm));
    const outside = tellings.add(notice);
    unrecorded.push({ alarm, untold: outside ? news : null, event: alarmEvent(notice, clock.now()) });
    report.alarm(notice);
    options.nudge();
  }

  function raise(sighting: Omit<AlarmSighting, 'at'>): void {
    const at = clock.now();
    const { alarm, news } = sighted(
      openAlarms.get(keyOf(sighting)) ?? null,
      { ...sighting, at },
      options.newAlarmId,
    );
    openAlarms.set(keyOf(alarm), alarm);
    if (news === null) counted.add(keyOf(alarm));
    else announce(alarm, news);
  }

  function resolve(code: AlarmCode, subject: string, since: number): void {
    const key = keyOf({ code, subject });
    const alarm = openAlarms.get(key);
    if (alarm === undefined || since < alarm.lastSeenAt) return;
    openAlarms.delete(key);
    announce(resolved(alarm, clock.now()), 'resolved');
  }

  async function look(): Promise<void> {
    for (const { code, look } of options.checks) {
      const now = clock.now();
      const before = [...openAlarms.values()].filter((alarm) => alarm.code === code);
      try {
        const found = await look(before.map((alarm) => alarm.subject));
        for (const { subject, facts } of found) raise({ code, subject, facts });
        for (const { subject } of before) {
          if (!found.some((one) => one.subject === subject)) resolve(code, subject, now);
        }
      } catch (failure) {
        report.checkFailed(code, failure);
      }
    }
  }

  function remind(): void {
    const now = clock.now();
    for (const [key, alarm] of openAlarms) {
      if (!reminderDue(alarm, now)) continue;
      const again = reminded(alarm, now);
      openAlarms.set(key, again);
      announce(again, 'reminded');
    }
  }

  async function record(now: number): Promise<void> {
    if (now < recordAt) return;
    const changes = unrecorded;
    const kept = [...counted];
    if (now >= keepCountsAt) {
      keepCountsAt = now + LOOK_EVERY;
      for (const key of kept) {
        const alarm = openAlarms.get(key);
        if (alarm !== undefined) {
          changes.push({ alarm, untold: tellings.pending(alarm), event: null });
          counted.delete(key);
        }
      }
    }
    if (changes.length === 0) return;
    unrecorded = [];
    try {
      await store.putAlarms(changes);
      const events = changes.filter(({ event }) => event !== null).length;
      if (events > 0) options.recorded(events);
    } catch (failure) {
      unrecorded = [...changes, ...unrecorded];
      recordAt = clock.now() + RECORD_AGAIN_AFTER;
      report.recordFailed(failure);
    }
  }

  return {
    raise,
    resolve,
    open: () => [...openAlarms.values()],
    async step() {
      const now = clock.now();
      if (now >= lookAt) {
        lookAt = now + LOOK_EVERY;
        await look();
      }
      remind();
      // Told first: the store may be what is broken, and may take its time to say so.
      for (const { alarm } of await tellings.tell()) {
        const latest = openAlarms.get(keyOf(alarm));
        unrecorded.push({ alarm: latest?.id === alarm.id ? latest : alarm, untold: null, event: null });
      }
      await record(clock.now());
      return { more: false, restFor: REST };
    },
    async stop() {
      tellings.stop();
      recordAt = 0;
      keepCountsAt = 0;
      await record(clock.now());
    },
  };
}

function keyOf({ code, subject }: { code: AlarmCode; subject: string }): string {
  return `${code} ${subject}`;
}
