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
  /** Tries to keep everything, due or not. Never throws; one call at a time. */
  keep(): Promise<void>;
};

/** Makes the records of alarms; nothing is lost while the store cannot keep it, but what a crash takes. */
export function createAlarmRecords(options: {
  store: Pick<AlarmStore, 'putAlarms' | 'markTold'>;
  clock: { now(): number };
  /** The store has answered, well or not: this news need wait no longer to be told. */
  answered(news: AlarmNotice[]): void;
  /** Events of alarms are in the feed. */
  recorded(events: number): void;
  failed(failure: unknown): void;
}): AlarmRecords {
  const { store, clock } = options;
  let changed: { change: AlarmChange; notice: AlarmNotice | null }[] = [];
  let told: TellingDone[] = [];
  let againAt = 0;

  function failed(failure: unknown): void {
    againAt = clock.now() + AGAIN_AFTER;
    options.failed(failure);
  }

  async function keepChanges(): Promise<void> {
    const taken = changed;
    if (taken.length === 0) return;
    changed = [];
    try {
      await store.putAlarms(taken.map(({ change }) => change));
      const events = taken.filter(({ change }) => change.event !== null).length;
      if (events > 0) options.recorded(events);
    } catch (failure) {
      changed = [...taken, ...changed];
      failed(failure);
    }
    options.answered(taken.flatMap(({ notice }) => (notice === null ? [] : [notice])));
  }

  async function keepTold(): Promise<void> {
    const taken = told;
    if (taken.length === 0) return;
    told = [];
    try {
      await store.markTold(taken);
    } catch (failure) {
      told = [...taken, ...told];
      failed(failure);
    }
  }

  return {
    add: (change, notice) => changed.push({ change, notice }),
    told: (telling) => told.push(telling),
    due: () => changed.length + told.length > 0 && clock.now() >= againAt,
    async keep() {
      await keepChanges();
      // Who was told of an alarm can be kept only beside it.
      if (changed.length === 0) await keepTold();
    },
  };
}
