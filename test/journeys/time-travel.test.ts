import { describe, expect, it, onTestFinished } from 'vitest';
import { runSandbox } from '../../src/sandbox/run-sandbox.ts';
import { createSimulatedClock, type SimulatorChange } from '../../src/simulator/simulator.ts';
import { runGateway } from '../support/running-gateway.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testConfig } from '../support/test-config.ts';

const anHour = 60 * 60 * 1000;
const ana = '558587654321';

type Contact = { window: { open: boolean }; canBeNotified: { freeForm: boolean } };

/** A gateway and a simulator that share one time. */
async function sharedTime() {
  const clock = createSimulatedClock();
  const running = await runGateway({ overrides: { clock }, simulator: { closedWindow: 'answer' } });
  const person = running.simulator.person(ana, { name: 'Ana Souza' });
  const contact = async () => (await running.api<{ data: Contact[] }>('GET', '/v1/contacts')).body.data[0];
  return { ...running, clock, person, contact };
}

describe('a gateway that shares the simulated time', () => {
  it('closes the window when somebody jumps over it, as Meta does', async () => {
    const { clock, person, contact, settle, simulator } = await sharedTime();
    expect(simulator.time).toBe(clock);
    await person.writes('Hi');
    await settle();
    expect(await contact()).toMatchObject({ window: { open: true }, canBeNotified: { freeForm: true } });
    clock.jump(25 * anHour);
    expect(await contact()).toMatchObject({ window: { open: false }, canBeNotified: { freeForm: false } });
    expect(person.window().open).toBe(false);
    await person.writes('Still there?');
    await settle();
    expect(await contact()).toMatchObject({ window: { open: true } });
  });

  it('does at once what a jump makes due', async () => {
    const { clock, person, api, settle, simulator } = await sharedTime();
    await person.writes('Hi');
    await settle();
    const sent = new Promise<SimulatorChange>((resolve) => {
      simulator.subscribe((change) => {
        if (change.kind === 'request') resolve(change);
      });
    });
    const taken = await api<{ id: string }>('POST', '/v1/notifications', {
      to: `+${ana}`,
      text: 'See you tomorrow',
      notBefore: new Date(clock.now() + 20 * anHour).toISOString(),
    });
    expect(taken.status).toBe(202);
    await settle();
    expect(simulator.ledger()).toEqual([]);
    clock.jump(20 * anHour);
    expect(await sent).toMatchObject({ request: { status: 200 } });
    await settle();
    expect(simulator.ledger()).toMatchObject([{ body: 'See you tomorrow' }]);
  });

  it('stands still with it, and is told what it missed once time goes on', async () => {
    const { clock, person, api, settle, simulator, gateway } = await sharedTime();
    clock.pause();
    const before = clock.now();
    simulator.pointWebhooksAt('http://127.0.0.1:9/');
    await person.writes('Is anybody there?');
    await settle();
    simulator.pointWebhooksAt(`${gateway.url}/webhooks/whatsapp/`);
    await settle();
    const heard = async () =>
      (await api<{ data: { receivedAt: string }[] }>('GET', '/v1/events?kind=message')).body.data;
    expect([await heard(), clock.now()]).toEqual([[], before]);
    clock.jump(6 * 24 * anHour);
    await settle();
    expect(await heard()).toMatchObject([{ receivedAt: new Date(before + 6 * 24 * anHour).toISOString() }]);
  });

  it('is what the sandbox runs', async () => {
    const sandbox = await runSandbox(testConfig(temporaryFolder()), {
      simulator: { latency: 0 },
      writeLog: () => {},
    });
    onTestFinished(() => sandbox.close());
    const { simulator } = sandbox;
    await simulator.person(ana).writes('Hi');
    await simulator.drain();
    const contact = async (): Promise<Contact | undefined> => {
      const response = await fetch(`${sandbox.url}/v1/contacts`, {
        headers: { authorization: `Bearer ${sandbox.adminKey}` },
      });
      const body: { data: Contact[] } = JSON.parse(await response.text());
      return body.data[0];
    };
    await expect.poll(contact).toMatchObject({ window: { open: true } });
    simulator.time.jump(25 * anHour);
    expect(await contact()).toMatchObject({ window: { open: false } });
  });
});
