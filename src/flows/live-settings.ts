import type { Actor } from '../domain/audit.ts';
import type { Json } from '../domain/json.ts';
import {
  type Behaviour,
  type BehaviourName,
  behaviourNames,
  behaviourOf,
  defaultBehaviour,
  writtenValue,
} from '../domain/settings.ts';

/** A setting as it is kept. */
export type StoredSetting = { name: string; value: Json; updatedAt: number; updatedBy: string };

/** A value for a setting that has been checked; null gives back the default. */
export type SettingChange = { name: BehaviourName; value: Json };

/** What settings ask of the store. */
export type SettingsStore = {
  readSettings(): Promise<StoredSetting[]>;
  /** Decides all or nothing, each with its entry in the audit log; answers with every setting as kept then. */
  changeSettings(change: { changes: SettingChange[]; at: number; actor: Actor }): Promise<StoredSetting[]>;
};

/** A setting as it is in force. */
export type SettingView = {
  name: BehaviourName;
  value: Json;
  default: Json;
  /** Milliseconds and who decided; null while it has its default. */
  decided: { at: number; by: string } | null;
};

/** The settings of behaviour of a running gateway. */
export type LiveSettings = {
  /** The behaviour at this moment. Ask again each time: it changes while Recado runs. */
  current(): Behaviour;
  list(): SettingView[];
  /** Decides values that have been checked. Resolves when they are kept, and in force here. */
  change(changes: SettingChange[], actor: Actor): Promise<SettingView[]>;
  /** Reads them again: another process may have changed them. */
  reload(): Promise<void>;
};

/**
 * Reads the settings and keeps them at hand. Changes made here are in force at once, those of other processes with the
 * next `reload`.
 */
export async function openLiveSettings(
  store: SettingsStore,
  clock: { now(): number },
): Promise<LiveSettings> {
  let stored: StoredSetting[] = [];
  let behaviour = defaultBehaviour;
  /** One after another, so that an answer from before a change is never taken after it. */
  let last: Promise<unknown> = Promise.resolve();

  function inTurn(ask: () => Promise<StoredSetting[]>): Promise<void> {
    const taken = last.then(ask).then(take);
    last = taken.catch(() => undefined);
    return taken;
  }

  function take(settings: StoredSetting[]): void {
    stored = settings;
    behaviour = behaviourOf(new Map(settings.map(({ name, value }) => [name, value])));
  }

  function list(): SettingView[] {
    return behaviourNames.map((name) => {
      const decision = stored.find((setting) => setting.name === name);
      return {
        name,
        value: writtenValue(name, behaviour),
        default: writtenValue(name, defaultBehaviour),
        decided: decision === undefined ? null : { at: decision.updatedAt, by: decision.updatedBy },
      };
    });
  }

  const reload = () => inTurn(() => store.readSettings());
  await reload();
  return {
    current: () => behaviour,
    list,
    async change(changes, actor) {
      if (changes.length > 0) {
        await inTurn(() => store.changeSettings({ changes, at: clock.now(), actor }));
      }
      return list();
    },
    reload,
  };
}
