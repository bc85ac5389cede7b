import { expect, it, onTestFinished } from 'vitest';
import {
  createSimulatedClock,
  createSimulator,
  type SimulatorOptions,
} from '../../src/simulator/simulator.ts';

const waId = '558587654321';

async function start(options: SimulatorOptions) {
  const clock = createSimulatedClock();
  clock.pause();
  const simulator = await createSimulator({ seed: 'a', ...options, clock });
  onTestFinished(simulator.close);
  const { accessToken, phoneNumberId } = simulator.settings;
  const ana = simulator.person(waId, { name: 'Ana Souza' });
  await ana.writes('Oi');
  async function sends(count: number, address: object): Promise<void> {
    for (let sent = 0; sent < count; sent += 1) {
      const body = { messaging_product: 'whatsapp', text: { body: 'Olá' }, ...address };
      const response = await fetch(`${simulator.graphUrl}/v25.0/${phoneNumberId}/messages`, {
        method: 'POST',
        headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      await response.arrayBuffer();
    }
  }
  return { simulator, ana, sends };
}

/**
 * The judge counted for itself, by the calls that were answered 200. Of 60 texts at once 15 were refused with #131056,
 * and it said that everything had stayed within Meta's limits. Two spellings of a number were two people to it, and
 * every business phone had 80 messages a second (meta-facts §6).
 */
it('a send that is refused for a limit is a breach', async () => {
  const { simulator, sends } = await start({ throttling: 'as-meta' });
  await sends(45, { to: `+${waId}` });
  expect(simulator.judge.noRateBreach()).toBe("45 sends stayed within Meta's limits.");
  await sends(2, { to: `+${waId}` });
  expect(() => simulator.judge.noRateBreach()).toThrow(
    `2 times they were not, first at ${new Date(simulator.time.now()).toISOString()}: the business phone 200100200100200 wrote to ${waId} faster than once in 6 seconds`,
  );
});

it('a person is one, however they are addressed', async () => {
  const { simulator, ana, sends } = await start({});
  await sends(15, { to: '+5585987654321' });
  await sends(15, { to: `+${waId}` });
  await sends(15, { recipient: ana.userId });
  expect(simulator.judge.noRateBreach()).toContain('45 sends');
  await sends(1, { to: '+55 85 98765-4321' });
  expect(() => simulator.judge.noRateBreach()).toThrow(`wrote to ${waId} faster than once in 6 seconds`);
});

it('a number that is in the WhatsApp Business app too has 20 messages a second, in and out together', async () => {
  const { simulator, ana, sends } = await start({});
  simulator.accounts.phone().isOnBizApp = true;
  await ana.writes('Mais uma');
  await sends(20, { to: `+${waId}` });
  expect(() => simulator.judge.noRateBreach()).toThrow(
    'more messages in a second than its throughput allows',
  );
});
