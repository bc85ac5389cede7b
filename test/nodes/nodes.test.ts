import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Postgres, startPostgres } from '../support/postgres/start-postgres.ts';
import { type FaultName, faultNames } from './faults.ts';
import { nodesRound } from './nodes-round.ts';

// Long campaigns: npm run test:nodes. One round of each fault belongs to every test run.
const rounds = Number(process.env['NODES_ROUNDS'] ?? 1);
const seed = process.env['NODES_SEED'] ?? 'recado';
const only = process.env['NODES_FAULT'];

/** Short, so that a round is; a campaign with real ones takes an hour more. In milliseconds. */
const leases = { duration: 4_000, renewEvery: 1_000 };

const all = faultNames.filter((fault) => only === undefined || fault === only);
const roundsOf = (faults: readonly FaultName[]) =>
  faults.flatMap((fault) =>
    Array.from({ length: rounds }, (_, round) => ({ fault, roundSeed: `${seed}-${fault}-${round}` })),
  );

async function round(fault: FaultName, roundSeed: string, database: Parameters<typeof nodesRound>[2]) {
  const result = await nodesRound(fault, roundSeed, database, leases);
  const { acknowledged, notifications, unknown, read } = result;
  if (process.env['NODES_ROUNDS'] !== undefined) {
    process.stdout.write(
      `${roundSeed}: ${acknowledged} webhooks, ${notifications} notifications (${unknown} unknown for a time), ${read} events read\n`,
    );
  }
  expect(result.broken).toEqual([]);
  expect(result.acknowledged).toBeGreaterThan(0);
  expect(result.read).toBeGreaterThan(result.acknowledged);
}

// What hangs is found by the round itself.
describe('three gateways on one PostgreSQL', { timeout: 240_000 }, () => {
  const kept: { postgres: Postgres | null } = { postgres: null };
  beforeAll(async () => {
    kept.postgres = await startPostgres(18);
  });
  afterAll(() => kept.postgres?.stop());

  it.each(roundsOf(all.filter((fault) => fault !== 'promote')))(
    'lose, double and mix up nothing at $roundSeed',
    async ({ fault, roundSeed }) => {
      const { postgres } = kept;
      if (postgres === null) throw new Error('PostgreSQL did not start.');
      await round(fault, roundSeed, { postgres, replicaPort: null });
    },
  );

  it.each(roundsOf(all.filter((fault) => fault === 'promote')))(
    'lose nothing that was acknowledged when a synchronous replica takes over at $roundSeed',
    async ({ fault, roundSeed }) => {
      const postgres = await startPostgres(18);
      onTestFinished(() => postgres.stop());
      await round(fault, roundSeed, { postgres, replicaPort: await postgres.addReplica() });
    },
  );
});
