import { describe, expect, it } from 'vitest';
import { checkNames } from '../../src/domain/check.ts';
import type { DoctorBody } from '../../src/server/contract/doctor.ts';
import { createSeededRandom } from '../../src/simulator/seeded-random.ts';
import { type Fault, faults } from './faults.ts';
import { buildInstallation, type Installation } from './installation.ts';
import { cure } from './person.ts';

/** As often as this the healthy installation is looked at, and so many pairs are drawn; more in a campaign of one's own. */
const HEALTHY_RUNS = Number(process.env['GAUNTLET_RUNS'] ?? 10);
const PAIRS = Number(process.env['GAUNTLET_PAIRS'] ?? 6);
const SEED = process.env['GAUNTLET_SEED'] ?? 'recado';

type Result = DoctorBody['checks'][number];

function reds(chain: DoctorBody): Result[] {
  return chain.checks.filter(({ verdict }) => verdict === 'red');
}

const briefly = (results: readonly Result[]) => results.map(({ check, reason }) => `${check}: ${reason}`);

/** Every sentence is filled with this installation's values. */
function expectFilled(chain: DoctorBody): void {
  for (const { found, cure: steps } of chain.checks) {
    const texts = [found, ...steps.flatMap(({ text, run, set }) => [text, run ?? '', set ?? ''])];
    for (const text of texts) expect(text).not.toMatch(/\{\w+\}/);
  }
}

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
      for (const fault of pair) await fault.befall(installation);
      const chain = await installation.doctor();
      const [first] = reds(chain);
      expect(pair.map(({ check }) => check)).toContain(first?.check);
      await cureAll(installation, chain, 4);
    },
    120_000,
  );

  it(`finds nothing red where all is well, ${HEALTHY_RUNS} times`, async () => {
    const installation = await buildInstallation();
    for (let run = 0; run < HEALTHY_RUNS; run += 1) {
      const chain = await installation.doctor();
      expect(briefly(reds(chain))).toEqual([]);
      expectFilled(chain);
    }
  }, 120_000);

  it('is all green once a person has written and the reply is delivered', async () => {
    const installation = await buildInstallation();
    const asked = (await installation.doctor()).checks.find(({ check }) => check === 'message');
    const [code = ''] = /RECADO-\d{4}/.exec(asked?.found ?? '') ?? [];
    await installation.simulator.person('558587654321', { name: 'Ana' }).writes(code);
    await installation.settle();
    await installation.doctor();
    await installation.settle();
    const chain = await installation.doctor();
    expect(chain.checks.filter(({ verdict }) => verdict !== 'green')).toEqual([]);
    expect(chain.checks.map(({ check }) => check)).toEqual(checkNames);
    expect(chain.verdict).toBe('green');
  }, 120_000);
});

/** Pairs of faults from different areas; which ones follows from the seed. */
function pairsOf(count: number): [Fault, Fault][] {
  const random = createSeededRandom(SEED);
  const pairs: [Fault, Fault][] = [];
  while (pairs.length < count) {
    const one = faults[random.integer(faults.length)];
    const other = faults[random.integer(faults.length)];
    if (one !== undefined && other !== undefined && one.area !== other.area) pairs.push([one, other]);
  }
  return pairs;
}
