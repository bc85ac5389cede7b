import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Postgres, startPostgres } from '../support/postgres/start-postgres.ts';
import { faultNames } from './faults.ts';
import { nodesRound } from './nodes-round.ts';

// Long campaigns: npm run test:nodes. One round of each fault belongs to every test run.
const rounds = Number(process.env['NODES_ROUNDS'] ?? 1);
const seed = process.env['NODES_SEED'] ?? 'recado';
const only = process.env['NODES_FAULT'];

/** Short, so that a round is; a campaign with real ones takes an hour more. In milliseconds. */
const leases = { duration: 4_000, renewEvery: 1_000 };

const postgres: { server: Postgres | null } = { server: null };
beforeAll(async () => {
  postgres.server = await startPostgres(18);
});
afterAll(() => postgres.server?.stop());

describe('three gateways on one PostgreSQL', () => {
  const cases = faultNames
    .filter((fault) => only === undefined || fault === only)
    .flatMap((fault) =>
      Array.from({ length: rounds }, (_, round) => ({ fault, roundSeed: `${seed}-${fault}-${round}` })),
    );

  it.each(cases)(
    'lose, double and mix up nothing at $roundSeed',
    async ({ fault, roundSeed }) => {
      if (postgres.server === null) throw new Error('PostgreSQL did not start.');
      const result = await nodesRound(fault, roundSeed, postgres.server, leases);
      expect(result.broken).toEqual([]);
      expect(result.acknowledged).toBeGreaterThan(0);
      expect(result.read).toBeGreaterThan(result.acknowledged);
    },
    // What hangs is found by the round itself.
    240_000,
  );
});
