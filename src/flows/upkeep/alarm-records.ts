import type { Alarm } from '../../domain/alarm.ts';
import type { AlarmChange, AlarmNotice, AlarmStore } from './alarms.ts';
import type { TellingDone } from './tellings.ts';

/** How long the store is left alone after it refused to keep an alarm, in milliseconds. */
const AGAIN_AFTER = 5_000;

/** What the store has yet to keep of alarms, in the order in which it happened. */
export type AlarmRecords = {
  /** @param notice the news in this change; null for a mere count */
  add(change: AlarmChange, notice: AlarmNotice | null): void;
  told(telling: TellingDone): void;
  /** Whether there is something to keep, and the store is not being left alone. */
  due(): boolean;
  /** Whether something of an alarm, or who was told of it, is not kept yet. */
  isWaiting(alarm: Alarm): boolean;
  /** Tries to keep everything, due or not. Never throws; one call at a time. */
  keep(): Promise<void>;
};

/** Makes the records of alarms; nothing is lost while the store cannot keep it, but what a crash takes. */
export function createAlarmRecords(options: {
  store: Pick<AlarmStore, 'putAlarms' | 'markTold'>;
  clock: { now(): number };
  /** This news is kept. */
  kept(notice: AlarmNotice): void;
  /** This news is none: the alarm is over already, or somebody else has raised it. */
  leftOut(notice: AlarmNotice): void;
  /** This news could not be kept; it is tried again. */
  notKept(notice: AlarmNotice): void;
  /** The store has answered, well or not: no news need wait any longer to be told. */
  answered(): void;
  /** Events of alarms are in the feed. */
  recorded(events: number): void;
  failed(failure: unknown): void;
}): AlarmRecords {
  const { store, clock } = options;
  let changed: { change: AlarmChange; notice: AlarmNotice | null }[] = [];
  let told: TellingDone[] = [];
  /** What is being kept at this moment. */
  let underWay: Alarm[] = [];
  let againAt = 0;

  function failed(failure: unknown): void {
    againAt = clock.now() + AGAIN_AFTER;
    options.failed(failure);
  }

  async function keepChanges(): Promise<void> {
    const taken = changed;
    if (taken.length === 0) return;
    changed = [];
    underWay = taken.map(({ change }) => change.alarm);
    try {
      const kept = await store.putAlarms(taken.map(({ change }) => change));
      const events = taken.filter(
        ({ change }, index) => kept[index] === true && change.event !== null,
      ).length;
      if (events > 0) options.recorded(events);
      for (const [index, { notice }] of taken.entries()) {
        if (notice === null) continue;
        if (kept[index] === true) options.kept(notice);
        else options.leftOut(notice);
      }
    } catch (failure) {
      changed = [...taken, ...changed];
      failed(failure);
      for (const { notice } of taken) if (notice !== null) options.notKept(notice);
    }
    underWay = [];
    options.answered();
  }

  async function keepTold(): Promise<void> {
    const taken = told;
    if (taken.length === 0) return;
    told = [];
    underWay = taken.map(({ notice }) => notice.alarm);
    try {
      await store.markTold(taken);
    } catch (failure) {
      told = [...taken, ...told];
      failed(failure);
    }
    underWay = [];
  }

  return {
    add: (change, notice) => changed.push({ change, notice }),
    told: (telling) => told.push(telling),
    isWaiting: ({ id }) =>
      underWay.some((alarm) => alarm.id === id) ||
      changed.some(({ change }) => change.alarm.id === id) ||
      told.some(({ notice }) => notice.alarm.id === id),
    due: () => changed.length + told.length > 0 && clock.now() >= againAt,
    async keep() {
      await keepChanges();
      // Who was told of an alarm can be kept only beside it.
      if (changed.length === 0) await keepTold();
    },
  };
}
