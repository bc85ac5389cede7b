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
import { createAlarmRecords } from './alarm-records.ts';
import {
  type AlarmRecipient,
  createTellings,
  type KeptTelling,
  type NotTold,
  type TellingDone,
} from './tellings.ts';

/** What is told about an alarm. */
export type AlarmNotice = { news: AlarmNews; alarm: Alarm };

/** A changed alarm, written whole. The event goes into the feed in the same transaction. */
export type AlarmChange = {
  alarm: Alarm;
  /** What recipients outside have to be told; null when there is no news, and what they know stays as it is. */
  news: { news: AlarmNews; recipients: readonly string[] } | null;
  event: AlarmEvent | null;
};

/** What alarms ask of the store. */
export type AlarmStore = {
  /**
   * The alarms that are open, and those resolved since a time of which somebody has still to be told; each with
   * what every recipient was told of it, or has to be.
   */
  readOpenAlarms(resolvedSince: number): Promise<{ alarm: Alarm; tellings: KeptTelling[] }[]>;
  /**
   * Keeps changes, all or nothing; but one of an alarm that is over already, or raised by somebody else, is left
   * out. Tells of each whether it was kept.
   */
  putAlarms(changes: AlarmChange[]): Promise<boolean[]>;
  /** Remembers who knows. One of whom there is later news by now still has to be told that. */
  markTold(told: TellingDone[]): Promise<void>;
  /** Deletes at most `limit` alarms that were resolved before a time; gives how many. */
  forgetAlarms(scope: { resolvedBefore: number; limit: number }): Promise<number>;
};

/** Looks whether the cause of one kind of alarm is there. */
export type AlarmCheck = {
  code: AlarmCode;
  /** Set when every process looks for itself, about this one subject; else one process looks for all. */
  own?: string;
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
  /** Something of alarms could not be kept, or forgotten. News is told all the same; the store is tried again. */
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
   * @param because a sentence for people, when somebody took the cause away
   */
  resolve(code: AlarmCode, subject: string, since: number, because?: string): void;
  open(): Alarm[];
  /**
   * One turn of a loop: begins to look, to keep, to tell and to forget, where that is due. It waits for none of
   * them, and none of them for another: a store or a recipient that hangs holds up only its own part.
   */
  step(): Promise<{ more: false; restFor: number }>;
  /** Resolves once everything that is due was looked at, kept, and told to whoever can be reached. */
  idle(): Promise<void>;
  /** Breaks off what is being told, and keeps what was counted. What was not told is told after the next start. */
  stop(): Promise<void>;
};

/** How often checks look, and how often mere counts are kept, in milliseconds. */
const LOOK_EVERY = 15_000;
/** How often it is read what other processes have raised and resolved, in milliseconds. */
const READ_EVERY = 1_000;
/** How long an alarm that each process sees for itself may go unseen before it is over, in milliseconds. */
const UNSEEN_PATIENCE = 5 * 60_000;
/**
 * How long news waits to be kept before it is told, in milliseconds. Kept first, so that a crash loses nothing;
 * but the store may be what hangs, and people have to know of just that.
 */
const KEEPING_PATIENCE = 5_000;
/** How long a resolved alarm stays in the list, and how old the news of one may be that a start tells, in ms. */
const FORGET_AFTER = 90 * 24 * 60 * 60_000;
const TELL_RESOLVED_WITHIN = 24 * 60 * 60_000;
/** Forgetting takes a little at a time, so that no transaction is long. */
const FORGET_EVERY = 60 * 60_000;
const FORGET_AT_ONCE = 500;
const REST = 250;

type Part = 'look' | 'keep' | 'forget';

/**
 * Makes the alarms of a process. What is open lives in memory, so that alarms work, and are told, also while
 * the store does not; the store keeps them for the API, the feed and the next start.
 *
 * Of several processes each raises and resolves what it sees, and the store decides who was first. One of them
 * watches: it looks for what concerns all, reminds, forgets, and tells everything that is kept. What cannot be kept
 * is told by whoever has seen it.
 *
 * @param options.watches whether this process is the one that watches; left out where there is no other
 */
export async function createAlarms(options: {
  store: AlarmStore;
  recipients: readonly AlarmRecipient[];
  checks: readonly AlarmCheck[];
  watches?: () => boolean;
  clock: { now(): number };
  newAlarmId(): string;
  report: AlarmReport;
  /** There is something to do: the next turn should come at once. */
  nudge(): void;
  /** Events of alarms are in the feed. */
  recorded(events: number): void;
}): Promise<Alarms> {
  const { store, clock, report } = options;
  const isShared = options.watches !== undefined;
  const watches = options.watches ?? (() => true);
  const records = createAlarmRecords({
    store,
    clock,
    kept(notice) {
      // Of what is kept, and only of that, the one who watches knows too.
      if (watches()) tellings.hasten(notice);
      else tellings.drop(notice);
    },
    leftOut: (notice) => tellings.drop(notice),
    notKept: (notice) => tellings.hasten(notice),
    answered: () => tellings.begin(),
    recorded: options.recorded,
    failed: report.recordFailed,
  });
  const tellings = createTellings({
    recipients: options.recipients,
    clock,
    told(telling) {
      records.told(telling);
      options.nudge();
    },
    notTold: report.notTold,
  });
  const openAlarms = new Map<string, Alarm>();
  /** Open alarms that were merely counted since they were kept. */
  const counted = new Set<string>();
  /** The parts that are at work. */
  const working = new Map<Part, Promise<void>>();
  let stopped = false;
  /** Whether it was this process that watched at the last turn. */
  let watched = false;
  let lookAt = 0;
  let keepCountsAt = 0;
  let forgetAt = 0;
  let readAt = 0;

  await read();

  /** Takes what the store knows, but of alarms that it does not know as they are yet. */
  async function read(): Promise<void> {
    const known = await store.readOpenAlarms(clock.now() - TELL_RESOLVED_WITHIN);
    const open = new Set<string>();
    for (const { alarm, tellings: kept } of known) {
      if (alarm.resolvedAt === null) open.add(keyOf(alarm));
      if (records.isWaiting(alarm)) continue;
      if (alarm.resolvedAt === null && !counted.has(keyOf(alarm))) openAlarms.set(keyOf(alarm), alarm);
      if (watches()) tellUntold(alarm, kept);
    }
    for (const [key, alarm] of openAlarms) {
      if (!open.has(key) && !records.isWaiting(alarm)) openAlarms.delete(key);
    }
    if (!watches()) tellings.dropAll((notice) => !records.isWaiting(notice.alarm));
  }

  function tellUntold(alarm: Alarm, kept: readonly KeptTelling[]): void {
    for (const recipient of tellings.recipients) {
      const telling = kept.find((one) => one.recipient === recipient);
      // Whoever is new here hears what is open.
      const news =
        telling === undefined
          ? alarm.resolvedAt === null
            ? 'raised'
            : null
          : telling.toldAt === null
            ? telling.news
            : null;
      if (news !== null && !tellings.has(recipient, alarm)) tellings.add(recipient, { news, alarm }, 0);
    }
  }

  function announce(alarm: Alarm, news: AlarmNews): void {
    const notice = { news, alarm };
    const now = clock.now();
    counted.delete(keyOf(alarm));
    const { recipients } = tellings;
    for (const recipient of recipients) tellings.add(recipient, notice, now + KEEPING_PATIENCE);
    records.add({ alarm, news: { news, recipients }, event: alarmEvent(notice, now) }, notice);
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

  function resolve(code: AlarmCode, subject: string, since: number, because?: string): void {
    const key = keyOf({ code, subject });
    const alarm = openAlarms.get(key);
    if (alarm === undefined || since < alarm.lastSeenAt) return;
    openAlarms.delete(key);
    announce(resolved(alarm, clock.now(), because ?? null), 'resolved');
  }

  async function look(): Promise<void> {
    for (const { code, own, look } of options.checks) {
      if (own === undefined && !watches()) continue;
      const now = clock.now();
      const before = [...openAlarms.values()].filter((alarm) => alarm.code === code);
      try {
        const found = await look(before.map((alarm) => alarm.subject));
        for (const { subject, facts } of found) raise({ code, subject, facts });
        for (const { subject, lastSeenAt } of before) {
          const isOthers = own !== undefined && subject !== own;
          if (found.some((one) => one.subject === subject)) continue;
          // Another process sees this for itself, as long as it is there.
          if (isOthers && (!watches() || now - lastSeenAt < UNSEEN_PATIENCE)) continue;
          resolve(code, subject, now);
        }
      } catch (failure) {
        report.checkFailed(code, failure);
      }
    }
  }

  function remind(now: number): void {
    for (const [key, alarm] of openAlarms) {
      if (!reminderDue(alarm, now)) continue;
      const again = reminded(alarm, now);
      openAlarms.set(key, again);
      announce(again, 'reminded');
    }
  }

  /** The alarms that were merely counted, once in a while. */
  function takeCounts(now: number): void {
    if (now < keepCountsAt) return;
    keepCountsAt = now + LOOK_EVERY;
    for (const key of counted) {
      const alarm = openAlarms.get(key);
      if (alarm !== undefined) records.add({ alarm, news: null, event: null }, null);
    }
    counted.clear();
  }

  async function forget(): Promise<void> {
    try {
      const scope = { resolvedBefore: clock.now() - FORGET_AFTER, limit: FORGET_AT_ONCE };
      if ((await store.forgetAlarms(scope)) === FORGET_AT_ONCE) forgetAt = 0;
    } catch (failure) {
      report.recordFailed(failure);
    }
  }

  /** Keeps what there is to keep; where there are others, then reads what they have done. */
  async function keep(): Promise<void> {
    await records.keep();
    if (!isShared) return;
    try {
      await read();
    } catch (failure) {
      report.recordFailed(failure);
    }
  }

  /** Begins a part; false when it is at work still. */
  function begin(part: Part, work: () => Promise<void>): boolean {
    if (working.has(part)) return false;
    working.set(
      part,
      work().finally(() => working.delete(part)),
    );
    return true;
  }

  function turn(): void {
    if (stopped) return;
    const now = clock.now();
    // Who begins to watch looks at once: nobody may have looked since the last one died.
    if (watches() && !watched) lookAt = 0;
    watched = watches();
    if (now >= lookAt && begin('look', look)) lookAt = now + LOOK_EVERY;
    if (watches() && now >= forgetAt && begin('forget', forget)) forgetAt = now + FORGET_EVERY;
    if (watches()) remind(now);
    takeCounts(now);
    const isToRead = isShared && now >= readAt;
    if ((records.due() || isToRead) && begin('keep', keep)) readAt = now + READ_EVERY;
    tellings.begin();
  }

  return {
    raise,
    resolve,
    open: () => [...openAlarms.values()],
    async step() {
      turn();
      return { more: false, restFor: REST };
    },
    async idle() {
      do {
        turn();
        await Promise.all(working.values());
        await tellings.idle();
      } while (!stopped && records.due());
    },
    async stop() {
      stopped = true;
      tellings.stop();
      await tellings.idle();
      await Promise.all(working.values());
      keepCountsAt = 0;
      takeCounts(clock.now());
      await records.keep();
    },
  };
}

function keyOf({ code, subject }: { code: AlarmCode; subject: string }): string {
  return `${code} ${subject}`;
}
