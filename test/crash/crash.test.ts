import { describe, expect, it } from 'vitest';
import { crashPoints } from '../../src/flows/crash-points.ts';
import { createSeededRandom } from '../../src/simulator/seeded-random.ts';
import { crashRound, type Kill } from './crash-round.ts';

// Long campaigns: npm run test:crash. One round of each kind belongs to every test run.
const rounds = Number(process.env['CRASH_ROUNDS'] ?? 5);
const seed = process.env['CRASH_SEED'] ?? 'recado';

describe('a gateway that is killed and started again', () => {
  it.each(crashPoints)('loses and doubles nothing when it dies at %s', async (point) => {
    const result = await crashRound([
      { point, pass: 2 },
      { point, pass: 3 },
    ]);
    expect(result.broken).toEqual([]);
    expect(result.kills).toBe(2);
  });

  it.each(Array.from({ length: rounds }, (_, round) => `${seed}-${round}`))(
    'loses and doubles nothing when it dies at any moment (seed %s)',
    async (roundSeed) => {
      const random = createSeededRandom(roundSeed);
      const kills = Array.from(
        { length: 4 },
        (_, index): Kill =>
          index % 2 === 0 ? { afterRequests: 1 + random.integer(25) } : { afterTime: random.integer(150) },
      );
      const result = await crashRound(kills);
      expect(result.broken).toEqual([]);
      expect(result.kills).toBeGreaterThan(0);
    },
  );
});
