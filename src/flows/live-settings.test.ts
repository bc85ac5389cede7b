import { describe, expect, it } from 'vitest';
import { openLiveSettings, type StoredSetting } from './live-settings.ts';

const actor = { id: 'admin', name: 'RECADO_ADMIN_KEY' };

/** Settings in a store that several processes share; what is asked for waits while `gate` is closed. */
function sharedStore() {
  let kept: StoredSetting[] = [];
  const state = { gate: Promise.resolve() };
  return {
    state,
    async readSettings() {
      const answer = kept;
      await state.gate;
      return answer;
    },
    async changeSettings({
      changes,
      at,
    }: {
      changes: { name: string; value: StoredSetting['value'] }[];
      at: number;
    }) {
      kept = changes.map(({ name, value }) => ({ name, value, updatedAt: at, updatedBy: 'x' }));
      return kept;
    },
  };
}

const clock = { now: () => 1_790_000_000_000 };

describe('the settings of several processes', () => {
  it('that one changes are in force in another after it has read them again', async () => {
    const store = sharedStore();
    const [here, there] = [await openLiveSettings(store, clock), await openLiveSettings(store, clock)];
    await there.change([{ name: 'sendingStopped', value: true }], actor);
    expect(here.current().sendingStopped).toBe(false);
    await here.reload();
    expect(here.current().sendingStopped).toBe(true);
  });

  it('never fall back to an answer from before a change', async () => {
    const store = sharedStore();
    const settings = await openLiveSettings(store, clock);
    const { promise, resolve } = Promise.withResolvers<void>();
    store.state.gate = promise;
    const reloaded = settings.reload();
    const changed = settings.change([{ name: 'sendingStopped', value: true }], actor);
    resolve();
    await Promise.all([reloaded, changed]);
    expect(settings.current().sendingStopped).toBe(true);
  });
});
