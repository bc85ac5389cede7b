import { describe, expect, it, onTestFinished } from 'vitest';
import { startPostgres } from '../support/postgres/start-postgres.ts';
import { type FaultName, faultNames } from './faults.ts';
import { nodesRound } from './nodes-round.ts';

// Long campaigns: npm run test:nodes, which have rounds of one fault each. Every test run has one round in which all
// faults strike, one after the other; but a database is lost for good once only, so that has a round of its own.
const campaign = process.env['NODES_ROUNDS'];
const seed = process.env['NODES_SEED'] ?? 'recado';
const only = process.env['NODES_FAULT'];

/** Short, so that a round is; a campaign with real ones takes an hour more. In milliseconds. */
const leases =
  campaign === undefined ? { duration: 2_000, renewEvery: 500 } : { duration: 4_000, renewEvery: 1_000 };

type Round = { faults: FaultName[]; roundSeed: string };

const ofEveryRun: Round[] = [
  { faults: faultNames.filter((fault) => fault !== 'promote'), roundSeed: `${seed}-all` },
  { faults: ['promote'], roundSeed: `${seed}-promote` },
];
const ofCampaign: Round[] = faultNames
  .filter((fault) => only === undefined || fault === only)
  .flatMap((fault) =>
    Array.from({ length: Number(campaign) }, (_, round) => ({
      faults: [fault],
      roundSeed: `${seed}-${fault}-${round}`,
    })),
  );

// What hangs is found by the round itself.
describe('three gateways on one PostgreSQL', { timeout: 240_000 }, () => {
  it.each(campaign === undefined ? ofEveryRun : ofCampaign)(
    'lose, double and mix up nothing at $roundSeed: $faults',
    async ({ faults, roundSeed }) => {
      const postgres = await startPostgres(18);
      onTestFinished(() => postgres.stop());
      const replicaPort = faults.includes('promote') ? await postgres.addReplica() : null;
      const result = await nodesRound(faults, roundSeed, { postgres, replicaPort }, leases);
      const { acknowledged, notifications, unknown, read } = result;
      if (campaign !== undefined) {
        process.stdout.write(
          `${roundSeed}: ${acknowledged} webhooks, ${notifications} notifications (${unknown} unknown for a time), ${read} events read\n`,
        );
      }
      expect(result.broken).toEqual([]);
      expect(result.acknowledged).toBeGreaterThan(0);
      expect(result.read).toBeGreaterThan(result.acknowledged);
    },
  );
});
