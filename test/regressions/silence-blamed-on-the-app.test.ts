import { expect, it } from 'vitest';
import { buildInstallation } from '../gauntlet/installation.ts';

const minute = 60_000;

/**
 * Nobody is told by Meta whether an app is live, so silence about an accepted message is what speaks of it. While the
 * way from Meta was broken there was silence as well, and doctor sent people to the App Mode, which was Live all along.
 */
it('silence behind a proxy that does not reach the gateway is not blamed on the mode of the app', async () => {
  const installation = await buildInstallation();
  const { simulator, proxy } = installation;
  proxy.faults.answers = 'bad-gateway';
  await installation.run('send', '--to', '+558587654321', '--template', 'hello_world', '--language', 'en_US');
  await installation.settle();
  simulator.time.jump(11 * minute);
  const { checks } = await installation.doctor();
  const reds = checks.filter(({ verdict }) => verdict === 'red');
  expect(reds.map(({ check, reason }) => [check, reason])).toEqual([['no-detour', 'gateway-unreached']]);
  expect(checks.find(({ check }) => check === 'app-live')).toMatchObject({
    verdict: 'unknown',
    blockedBy: { check: 'no-detour' },
  });
});
