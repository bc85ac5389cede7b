import fc from 'fast-check';
import { Client } from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openPostgresStore } from '../../src/adapters/store/postgres/open-postgres-store.ts';
import type { Store } from '../../src/adapters/store/store.ts';
import type { Lane } from '../../src/domain/lane.ts';
import { noChanges } from '../../src/flows/lane-state.ts';
import type { Lease, LeaseStore } from '../../src/runtime/lease.ts';
import { LeaseLost } from '../../src/runtime/lease.ts';
import { migratedDatabase } from '../support/postgres/migrated-database.ts';
import { textMessage, webhookOf } from '../support/running-gateway.ts';
import { incoming, lane, receivedAt } from './hear.ts';

const LONG = 60_000;
/** A lease that ends as soon as it begins: whoever has it is late already. */
const OVER = 0;

type Node = { store: Store; leases: LeaseStore };

async function joinDatabase(url: string): Promise<Node> {
  const store = await openPostgresStore({ url, directUrl: null });
  onTestFinished(() => store.close());
  if (store.leases === null) throw new Error('PostgreSQL has leases.');
  return { store, leases: store.leases };
}

async function twoNodes(): Promise<{ url: string; first: Node; second: Node }> {
  const url = await migratedDatabase(18);
  return { url, first: await joinDatabase(url), second: await joinDatabase(url) };
}

async function take({ leases }: Node, worker: string, unit: Lane, duration: number) {
  const [lease] = await leases.acquireLeases(worker, [unit], duration);
  if (lease === undefined) throw new Error(`${worker} did not get ${unit}.`);
  return { lane: unit, number: lease.fence };
}

describe('leases on PostgreSQL', () => {
  it('are one worker’s until they end, and then another’s, under a higher fence', async () => {
    const { first, second } = await twoNodes();
    const mine = await take(first, 'first', lane, LONG);
    expect(await second.leases.acquireLeases('second', [lane], LONG)).toEqual([]);
    expect(await first.leases.renewLeases('first', OVER)).toMatchObject({
      held: [{ unit: lane, fence: mine.number }],
      units: [{ unit: lane, owner: null }],
    });
    const theirs = await take(second, 'second', lane, LONG);
    expect(theirs.number).toBeGreaterThan(mine.number);
    expect(await first.leases.renewLeases('first', LONG)).toMatchObject({
      held: [],
      workers: ['first'],
      units: [{ unit: lane, owner: 'second' }],
    });
  });

  it('that were given back belong to nobody, and their former owner can change nothing', async () => {
    const { first, second } = await twoNodes();
    const mine = await take(first, 'first', lane, LONG);
    await first.leases.releaseLeases('second', [{ unit: lane, fence: mine.number }]);
    await first.leases.releaseLeases('first', [{ unit: lane, fence: mine.number - 1 }]);
    expect(await second.leases.acquireLeases('second', [lane], LONG)).toEqual([]);
    await first.leases.retireWorker('first');
    await expect(
      first.store.commitLane({ fence: mine, settledAttempts: [], changes: noChanges() }),
    ).rejects.toBeInstanceOf(LeaseLost);
    await take(second, 'second', lane, LONG);
  });

  it('refuse who lost them every change, and keep what Meta has answered to them all the same', async () => {
    const { first, second } = await twoNodes();
    const lost = await take(first, 'first', lane, OVER);
    const fence = await take(second, 'second', lane, LONG);
    const message = textMessage('wamid.one', '558587654321', 'Hi', receivedAt / 1000);
    await second.store.appendWebhooks([incoming(second.store, webhookOf({ messages: [message] }))]);
    await expect(first.store.foldLane(lost, 10)).rejects.toBeInstanceOf(LeaseLost);
    await expect(
      first.store.commitLane({ fence: lost, settledAttempts: [], changes: noChanges() }),
    ).rejects.toBeInstanceOf(LeaseLost);
    expect(await second.store.listContacts({ after: null, limit: 10, search: null })).toEqual([]);

    const attempt = {
      id: 'nt_0000000000000001.1',
      notificationId: 'nt_0000000000000001',
      number: 1,
      startedAt: 1,
      finishedAt: 2,
      result: { outcome: 'unknown', reason: 'nobody answered' } as const,
    };
    await first.store.recordAttempt(lane, attempt);
    expect((await second.store.readUnsettled(lane, 10)).attempts).toEqual([attempt]);
    expect(await second.store.foldLane(fence, 10)).toMatchObject({ events: 1 });
  });

  it('are taken over only when what is in flight under the former one has ended', async () => {
    const { url, first, second } = await twoNodes();
    const { number } = await take(first, 'first', lane, LONG);
    const inFlight = new Client(url);
    await inFlight.connect();
    onTestFinished(() => inFlight.end());
    await inFlight.query('begin');
    await inFlight.query('select hold_lease($1, $2)', [lane, number]);
    // A renewal is not held up by it; this one ends the lease.
    await first.leases.renewLeases('first', OVER);

    let taken: Lease[] | null = null;
    const taking = second.leases.acquireLeases('second', [lane], LONG).then((leases) => {
      taken = leases;
    });
    const waits =
      'select 1 from pg_stat_activity where wait_event_type = $1 and datname = current_database()';
    while ((await inFlight.query(waits, ['Lock'])).rowCount === 0) expect(taken).toBeNull();
    await inFlight.query('commit');
    await taking;
    expect(taken).toEqual([{ unit: lane, fence: number + 1 }]);
  });

  it('are nobody’s twice, however many grasp at them at once', async () => {
    const { first, second } = await twoNodes();
    const nodes = [first, second];
    let round = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            node: fc.nat({ max: 1 }),
            units: fc.uniqueArray(fc.nat({ max: 3 }), { minLength: 1 }),
            releases: fc.boolean(),
          }),
          { minLength: 2, maxLength: 6 },
        ),
        async (workers) => {
          round += 1;
          const held = new Map<string, string>();
          const fences = new Map<string, number[]>();
          await Promise.all(
            workers.map(async ({ node, units, releases }, index) => {
              const worker = `worker-${round}-${index}`;
              const leases = nodes[node]?.leases;
              const names = units.map((unit) => `round-${round}-unit-${unit}`);
              for (const { unit, fence } of (await leases?.acquireLeases(worker, names, LONG)) ?? []) {
                expect(held.get(unit)).toBeUndefined();
                fences.set(unit, [...(fences.get(unit) ?? []), fence]);
                if (!releases) held.set(unit, worker);
                else await leases?.releaseLeases(worker, [{ unit, fence }]);
              }
            }),
          );
          for (const given of fences.values()) expect(new Set(given).size).toBe(given.length);
        },
      ),
      { numRuns: 10 },
    );
  });
});
