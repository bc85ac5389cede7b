import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openSqliteStore } from '../../src/adapters/store/sqlite/open-sqlite-store.ts';
import { type AlarmCheck, createAlarms } from '../../src/flows/upkeep/alarms.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const code = 'access-token-refused';

/** The alarms of three processes on one store; the first one watches. */
async function threeProcesses(checksOf: (name: string) => AlarmCheck[] = () => []) {
  const store = await openSqliteStore(join(temporaryFolder(), 'recado.db'));
  onTestFinished(() => store.close());
  const time = { now: Date.now() };
  const state = { watcher: 'a', ids: 0 };
  const told: string[] = [];
  const process = async (name: string) => {
    const alarms = await createAlarms({
      store,
      recipients: [
        {
          name: 'PAGER',
          async tell({ news, alarm }) {
            told.push(`${name}: ${news} ${alarm.code} ${alarm.subject}`);
          },
        },
      ],
      checks: checksOf(name),
      watches: () => state.watcher === name,
      clock: { now: () => time.now },
      newAlarmId() {
        state.ids += 1;
        return `al_${String(state.ids).padStart(16, '0')}`;
      },
      report: {
        alarm() {},
        notTold() {},
        checkFailed: (_code, failure) => told.push(String(failure)),
        recordFailed() {},
      },
      nudge() {},
      recorded() {},
    });
    onTestFinished(() => alarms.stop());
    return alarms;
  };
  const processes = { a: await process('a'), b: await process('b'), c: await process('c') };
  /** Two seconds for everybody, twice: to keep, and to hear of what others have kept. */
  async function pass(): Promise<void> {
    for (let round = 0; round < 3; round += 1) {
      time.now += 2_000;
      for (const alarms of Object.values(processes)) await alarms.idle();
    }
  }
  const eventsOf = async () =>
    (await store.listEvents({ after: 0, kinds: ['alarm'], limit: 100 })).map(({ payload }) => payload);
  return { ...processes, store, state, told, time, pass, eventsOf };
}

describe('alarms of several processes', () => {
  it('are raised once by whoever sees it first, and told once, by the one that watches', async () => {
    const { b, c, told, pass, eventsOf } = await threeProcesses();
    b.raise({ code, subject: '1', facts: null });
    c.raise({ code, subject: '1', facts: null });
    await pass();
    expect(told).toEqual(['a: raised access-token-refused 1']);
    expect(await eventsOf()).toMatchObject([{ news: 'raised' }]);
    expect(b.open()).toHaveLength(1);
    expect(b.open().map(({ id }) => id)).toEqual(c.open().map(({ id }) => id));
  });

  it('resolve for all when one sees the end, and are told so once', async () => {
    const { a, b, c, told, time, pass, eventsOf } = await threeProcesses();
    b.raise({ code, subject: '1', facts: null });
    await pass();
    // The lane has passed to another process by now.
    c.resolve(code, '1', time.now);
    b.resolve(code, '1', time.now);
    await pass();
    expect(told.slice(1)).toEqual(['a: resolved access-token-refused 1']);
    expect(await eventsOf()).toMatchObject([{ news: 'raised' }, { news: 'resolved' }]);
    expect([a, b, c].map((alarms) => alarms.open())).toEqual([[], [], []]);
    b.raise({ code, subject: '1', facts: null });
    await pass();
    expect(told.slice(2)).toEqual(['a: raised access-token-refused 1']);
  });

  it('are told by the next one that watches, once', async () => {
    const { b, state, told, pass } = await threeProcesses();
    state.watcher = 'nobody';
    b.raise({ code, subject: '1', facts: null });
    await pass();
    expect(told).toEqual([]);
    state.watcher = 'c';
    await pass();
    state.watcher = 'b';
    await pass();
    expect(told).toEqual(['c: raised access-token-refused 1']);
  });

  it('of what concerns all are looked for by the one that watches alone', async () => {
    const looked: string[] = [];
    const { time, pass, told } = await threeProcesses((name) => [
      {
        code: 'queue-growing',
        async look() {
          looked.push(name);
          return [{ subject: '1', facts: null }];
        },
      },
    ]);
    await pass();
    time.now += 15_000;
    await pass();
    expect(new Set(looked)).toEqual(new Set(['a']));
    expect(told).toEqual(['a: raised queue-growing 1']);
  });

  it('of one process alone are resolved by it, and by nobody who does not see them', async () => {
    const refused = new Set(['b']);
    const { time, pass, told } = await threeProcesses((name) => [
      {
        code: 'webhooks-not-committed',
        own: name,
        look: async () => (refused.has(name) ? [{ subject: name, facts: null }] : []),
      },
    ]);
    await pass();
    time.now += 15_000;
    await pass();
    expect(told).toEqual(['a: raised webhooks-not-committed b']);
    refused.clear();
    time.now += 15_000;
    await pass();
    expect(told.slice(1)).toEqual(['a: resolved webhooks-not-committed b']);
  });

  it('are told by whoever sees them when they cannot be kept', async () => {
    const { b, store, told, time } = await threeProcesses();
    await store.close();
    b.raise({ code: 'webhooks-not-committed', subject: 'b', facts: null });
    await b.idle();
    time.now += 1_000;
    await b.idle();
    expect(told).toEqual(['b: raised webhooks-not-committed b']);
  });
});
