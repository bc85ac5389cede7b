import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inMemoryLeases } from '../../test/support/in-memory-leases.ts';
import { type HeldLeases, holdLeases, leaseTimes } from './hold-leases.ts';

const { duration: LEASE_DURATION, renewEvery: RENEW_EVERY } = leaseTimes;

const units = ['phone:1', 'phone:2', 'phone:3', 'phone:4'];

function testbed() {
  const time = { now: 1_000 };
  const leases = inMemoryLeases(() => time.now);
  function worker(name: string, options: { leave?: (unit: string) => Promise<void>; units?: string[] } = {}) {
    return holdLeases({
      store: leases.store,
      worker: name,
      units: async () => options.units ?? units,
      leave: options.leave ?? (async () => {}),
      taken() {},
      failed(failure) {
        throw failure;
      },
      nudge() {},
      times: leaseTimes,
      elapsed: () => time.now,
    });
  }
  return { time, leases, worker };
}

const unitsOf = (worker: HeldLeases) => worker.held().map(({ unit }) => unit);

describe('a worker among others', () => {
  it('holds everything while it is alone, and renews it', async () => {
    const { time, worker } = testbed();
    const a = worker('a');
    await a.step();
    expect(unitsOf(a)).toEqual(units);
    expect(a.newlyHeld().map(({ fence }) => fence)).toEqual([1, 1, 1, 1]);
    for (let turn = 0; turn < 10; turn += 1) {
      time.now += RENEW_EVERY;
      await a.step();
    }
    expect(unitsOf(a)).toEqual(units);
    expect(a.newlyHeld()).toEqual([]);
  });

  it('gives some to a worker that joins, each with a higher fence, and then all is quiet', async () => {
    const { time, leases, worker } = testbed();
    const [a, b] = [worker('a'), worker('b')];
    for (let turn = 0; turn < 4; turn += 1) {
      await a.step();
      await b.step();
      time.now += RENEW_EVERY;
    }
    expect(unitsOf(a)).toHaveLength(2);
    expect(unitsOf(b)).toHaveLength(2);
    expect(b.held().map(({ fence }) => fence)).toEqual([2, 2]);
    const moves = leases.takeovers.length;
    for (let turn = 0; turn < 20; turn += 1) {
      await a.step();
      await b.step();
      time.now += RENEW_EVERY;
    }
    expect(leases.takeovers).toHaveLength(moves);
  });

  it('takes over within half a minute of a crash', async () => {
    const { time, worker } = testbed();
    const [a, b] = [worker('a'), worker('b')];
    await a.step();
    await b.step();
    const crashed = time.now;
    while (unitsOf(b).length < units.length) {
      time.now += RENEW_EVERY;
      await b.step();
    }
    expect(time.now - crashed).toBeLessThan(30_000);
  });

  it('gives everything back when it closes, so that nobody waits', async () => {
    const { time, worker } = testbed();
    const [a, b] = [worker('a'), worker('b')];
    await a.step();
    await b.step();
    await a.close();
    time.now += RENEW_EVERY;
    await b.step();
    expect(unitsOf(b).sort()).toEqual(units);
  });

  it('trusts no lease that it could not renew, before the store gives it to anybody', async () => {
    const { time, leases, worker } = testbed();
    const a = worker('a');
    await a.step();
    leases.reach(false);
    time.now += RENEW_EVERY;
    await expect(a.step()).rejects.toThrow('cannot be reached');
    time.now += LEASE_DURATION - RENEW_EVERY;
    expect(unitsOf(a)).toEqual([]);
  });

  it('begins nothing more on a unit that it gives back, and lets what is in flight end', async () => {
    const { time, leases, worker } = testbed();
    const { promise, resolve } = Promise.withResolvers<void>();
    const a = worker('a', { leave: () => promise });
    const b = worker('b');
    await a.step();
    await b.step();
    time.now += RENEW_EVERY;
    await a.step();
    expect(unitsOf(a)).toHaveLength(2);
    const leaving = units.filter((unit) => a.fenceOf(unit) === null);
    expect(leaving.map((unit) => leases.ownerOf(unit))).toEqual(['a', 'a']);
    resolve();
    await a.close();
    expect(leaving.map((unit) => leases.ownerOf(unit))).toEqual([null, null]);
  });

  it('takes at once what is wanted and nobody holds, and asks for nothing that another holds', async () => {
    const { leases, worker } = testbed();
    const [a, b] = [worker('a', { units: [] }), worker('b', { units: [] })];
    await a.step();
    await b.step();
    a.want('phone:9');
    b.want('phone:9');
    await a.step();
    await b.step();
    expect(unitsOf(a)).toEqual(['phone:9']);
    expect(unitsOf(b)).toEqual([]);
    b.want('phone:9');
    await b.step();
    expect(leases.takeovers).toHaveLength(1);
  });

  it('drops a unit whose fence the store refused, and asks how things stand', async () => {
    const { time, worker } = testbed();
    const [a, b] = [worker('a'), worker('b', { units: ['phone:1'] })];
    await a.step();
    const [lease] = a.held();
    if (lease === undefined) throw new Error('Nothing is held.');
    time.now += LEASE_DURATION;
    await b.step();
    a.lost(lease);
    expect(a.fenceOf(lease.unit)).toBeNull();
    await a.step();
    expect(a.fenceOf(lease.unit)).toBeNull();
    expect(b.fenceOf(lease.unit)).toBe(2);
  });
});

describe('whatever happens to workers', () => {
  type Happening = { worker: number; what: 'turn' | 'sleep' | 'close' | 'cut' | 'mend'; time: number };
  const happening: fc.Arbitrary<Happening> = fc.record({
    worker: fc.nat(2),
    what: fc.constantFrom('turn', 'turn', 'turn', 'sleep', 'close', 'cut', 'mend'),
    time: fc.nat(9_000),
  });

  it('one at most works on a unit, and fences only grow', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 60 }), async (happenings) => {
        const { time, leases, worker } = testbed();
        let names = 0;
        const started = () => {
          names += 1;
          return { name: `w${names}`, held: worker(`w${names}`) };
        };
        const workers = [started(), started(), started()];
        for (const { worker: index, what, time: passed } of happenings) {
          const one = workers[index];
          if (one === undefined) continue;
          time.now += passed;
          if (what === 'cut') leases.reach(false);
          if (what === 'mend') leases.reach(true);
          if (what === 'turn') await one.held.step().catch(() => {});
          if (what === 'sleep') time.now += LEASE_DURATION;
          if (what === 'close') {
            await one.held.close().catch(() => {});
            workers[index] = started();
          }
          for (const unit of units) {
            const holders = workers.filter(({ held }) => held.fenceOf(unit) !== null);
            expect(holders.length).toBeLessThanOrEqual(1);
            for (const { name, held } of holders) {
              // Who believes to own it may still change it.
              expect(leases.admits(name, { unit, fence: held.fenceOf(unit) ?? 0 })).toBe(true);
            }
          }
        }
        for (const unit of units) {
          const fences = leases.takeovers.filter((one) => one.unit === unit).map(({ fence }) => fence);
          expect(fences).toEqual(fences.map((_, index) => index + 1));
        }
      }),
      { numRuns: 300 },
    );
  });
});
