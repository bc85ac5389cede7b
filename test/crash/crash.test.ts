import { describe, expect, it } from 'vitest';
import { crashPoints } from '../../src/flows/crash-points.ts';
import { createSeededRandom } from '../../src/simulator/seeded-random.ts';
import { crashRound, type Kill } from './crash-round.ts';

// Long campaigns: npm run test:crash. A round or two of each kind belong to every test run.
const rounds = Number(process.env['CRASH_ROUNDS'] ?? 2);
const seed = process.env['CRASH_SEED'] ?? 'recado';

describe('a gateway that is killed and started again', () => {
  it.each([2, 3])(
    'loses and doubles nothing when it dies at each point in turn, at pass %i',
    async (pass) => {
      const result = await crashRound(crashPoints.map((point) => ({ point, pass })));
      expect(result.broken).toEqual([]);
      expect(result.kills).toBe(crashPoints.length);
    },
  );

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
      expect(result.kills).toBe(kills.length);
    },
  );
});
