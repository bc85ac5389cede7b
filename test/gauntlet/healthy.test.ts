import { describe, expect, it } from 'vitest';
import { checkNames } from '../../src/domain/check.ts';
import { briefly, expectFilled, reds } from './chain.ts';
import { buildInstallation } from './installation.ts';

/** As often as this the healthy installation is looked at. */
const HEALTHY_RUNS = Number(process.env['GAUNTLET_RUNS'] ?? 100);

describe('an installation in which all is well', () => {
  it(`has nothing red, ${HEALTHY_RUNS} times`, async () => {
    const installation = await buildInstallation();
    for (let run = 0; run < HEALTHY_RUNS; run += 1) {
      const chain = await installation.doctor();
      expect(briefly(reds(chain))).toEqual([]);
      expectFilled(chain);
    }
  }, 300_000);

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
