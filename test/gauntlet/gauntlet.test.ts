import { describe, expect, it } from 'vitest';
import { checkNames } from '../../src/domain/check.ts';
import type { DoctorBody } from '../../src/server/contract/doctor.ts';
import { createSeededRandom } from '../../src/simulator/seeded-random.ts';
import { briefly, expectFilled, reds } from './chain.ts';
import { type Fault, faults } from './faults.ts';
import { buildInstallation, type Installation } from './installation.ts';
import { cure } from './person.ts';

/** So many pairs are drawn; more, and others, in a campaign of one's own. */
const PAIRS = Number(process.env['GAUNTLET_PAIRS'] ?? 12);
const SEED = process.env['GAUNTLET_SEED'] ?? 'recado';

/** Cures what is red, first one first, until nothing is; no cure is needed twice. */
async function cureAll(installation: Installation, chain: DoctorBody, most: number): Promise<void> {
  const cured: string[] = [];
  let now = chain;
  for (let count = 0; count < most; count += 1) {
    const [red] = reds(now);
    if (red === undefined) return;
    await cure(installation, red);
    cured.push(red.reason);
    now = await installation.doctor();
    expect(briefly(reds(now))).not.toContain(`${red.check}: ${red.reason}`);
  }
  expect([cured, briefly(reds(now))]).toEqual([cured, []]);
}

describe('the gauntlet of misconfigurations', () => {
  it.each(faults.map((fault) => [fault.name, fault] as const))(
    '%s',
    async (_name, fault) => {
      const installation = await buildInstallation();
      await fault.befall(installation);
      const chain = await installation.doctor();
      const [first] = reds(chain);
      expect([first?.check, first?.reason], briefly(reds(chain)).join(', ')).toEqual([
        fault.check,
        fault.reason,
      ]);
      expectFilled(chain);
      for (const { verdict, blockedBy, reason } of chain.checks) {
        if (reason === 'blocked') expect([verdict, typeof blockedBy?.check]).toEqual(['unknown', 'string']);
      }
      await cureAll(installation, chain, 1);
    },
    120_000,
  );

  it.each(pairsOf(PAIRS).map((pair) => [pair.map(({ name }) => name).join(', and '), pair] as const))(
    '%s',
    async (_names, pair) => {
      const installation = await buildInstallation();
      // The later link first: so each fault comes about as it would by itself.
      for (const fault of pair.toReversed()) await fault.befall(installation);
      const chain = await installation.doctor();
      const [first] = reds(chain);
      const [earlier, later] = pair;
      const either = earlier.check === later.check ? [earlier.reason, later.reason] : [earlier.reason];
      expect([first?.check, either], briefly(reds(chain)).join(', ')).toEqual([
        earlier.check,
        expect.arrayContaining([first?.reason]),
      ]);
      await cureAll(installation, chain, 4);
    },
    120_000,
  );
});

/** Pairs of faults from different areas, the earlier link of the chain first; which ones follows from the seed. */
function pairsOf(count: number): [Fault, Fault][] {
  const random = createSeededRandom(SEED);
  const pairs: [Fault, Fault][] = [];
  while (pairs.length < count) {
    const one = faults[random.integer(faults.length)];
    const other = faults[random.integer(faults.length)];
    if (one === undefined || other === undefined || one.area === other.area) continue;
    pairs.push(placeOf(one) > placeOf(other) ? [other, one] : [one, other]);
  }
  return pairs;
}

const placeOf = ({ check }: Fault) => checkNames.indexOf(check);
