import { expect, it, onTestFinished } from 'vitest';
import { startWebhookReceiver } from '../../../test/support/webhook-receiver.ts';
import { createSimulator, type Recording, replay, type Simulator } from '../simulator.ts';
import { createSimulatedClock } from '../time/simulated-clock.ts';

const waId = '558587654321';
const hour = 60 * 60 * 1000;

async function run() {
  const clock = createSimulatedClock({ start: 1_790_000_000_000 });
  clock.pause();
  const simulator = await createSimulator({ clock, seed: 'recorded' });
  onTestFinished(() => simulator.close());
  const ana = simulator.person(waId, { name: 'Ana Souza' });
  const send = async (more: object) => {
    await fetch(`${simulator.graphUrl}/v25.0/${simulator.settings.phoneNumberId}/messages`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${simulator.settings.accessToken}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ messaging_product: 'whatsapp', to: `+${waId}`, type: 'text', ...more }),
      // A lost answer breaks the connection off.
    }).catch(() => {});
    await simulator.drain();
  };
  return { clock, simulator, ana, send };
}

it('a recorded run is played again with the same webhooks, byte for byte', async () => {
  const { clock, simulator, ana, send } = await run();
  await ana.writes('Oi 👋🏽');
  await simulator.drain();
  await ana.sendsImage({ bytes: Buffer.from('a picture'), mimeType: 'image/png' }, { caption: 'Bolo' });
  ana.setAutoReply('Obrigada', { after: hour });
  await send({ text: { body: 'Olá' } });
  clock.jump(2 * hour);
  await simulator.drain();
  ana.setAutoReply(null);
  ana.takesUsername('ana.souza', { hideNumber: true });
  ana.setOnline(false);
  await expect(ana.writes('Ninguém ouve')).rejects.toThrow('offline');
  await send({ text: { body: 'Até' } });
  clock.jump(hour);
  ana.setOnline(true);
  await simulator.drain();
  await ana.changesNumber('558581112222');
  await ana.reacts(ana.messages()[0]?.id ?? '', '👍');
  await ana.with(simulator.settings.phoneNumberId).stopsMarketing();
  await simulator.drain();

  const kept: Recording = JSON.parse(JSON.stringify(simulator.recording()));
  const told = simulator.judge.events().flatMap((event) => (event.kind === 'told' ? [event.body] : []));
  const [once, again] = [await replay(kept), await replay(kept)];
  expect(told.length).toBeGreaterThan(8);
  // The address of a file names the port of the simulator that gave it.
  const bytes = (webhooks: object[]) => JSON.stringify(webhooks).replace(/127\.0\.0\.1:\d+/g, 'simulator');
  expect(bytes(once.webhooks)).toBe(bytes(told));
  expect(bytes(again.webhooks)).toBe(bytes(once.webhooks));
});

it('another seed makes other webhooks', async () => {
  const { simulator, ana } = await run();
  await ana.writes('Oi');
  await simulator.drain();
  const recording = simulator.recording();
  const other = await replay({ ...recording, seed: 'another' });
  expect(other.webhooks).toHaveLength(1);
  expect(other.webhooks).not.toEqual((await replay(recording)).webhooks);
});

it('a function cannot be recorded, and an unknown act cannot be played', async () => {
  const { simulator, ana } = await run();
  ana.setAutoReply(() => 'Sim');
  expect(() => simulator.recording()).toThrow('setAutoReply() was given a function');
  const entry = { kind: 'act', at: 0, waId, businessPhone: null, does: 'flies', given: [] } as const;
  await expect(replay({ seed: 's', startedAt: 0, entries: [entry] })).rejects.toThrow(
    'no person knows: flies',
  );
});

it('what Meta was made to do is recorded too, so that nobody gets in the replay what they did not get', async () => {
  const { simulator, ana, send } = await run();
  await ana.writes('Oi');
  await simulator.drain();
  simulator.misbehave({ fault: 'server-error' });
  await send({ text: { body: 'one' } });
  simulator.failNext(131016);
  await send({ text: { body: 'two' } });
  simulator.takes({ does: 'sets-conditions', paymentProblem: true, unreachable: ['558500000000'] });
  await send({ text: { body: 'three' } });
  simulator.takes({ does: 'sets-conditions', paymentProblem: false });
  simulator.unregister();
  await send({ text: { body: 'four' } });
  simulator.register();
  simulator.tells({ kind: 'account-review', decision: 'APPROVED' });
  simulator.takes({ does: 'sets-account', canSendMessage: 'BLOCKED' });
  simulator.takes({ does: 'sets-phone', qualityRating: 'RED' });
  await send({ text: { body: 'five' } });
  simulator.takes({ does: 'sets-account', canSendMessage: 'AVAILABLE' });
  simulator.takes({ does: 'decides-template', name: 'hello_world', language: 'en_US', status: 'PAUSED' });
  await send({ type: 'template', template: { name: 'hello_world', language: { code: 'en_US' } } });
  simulator.dropAnswer();
  await send({ text: { body: 'six' } });

  const kept: Recording = JSON.parse(JSON.stringify(simulator.recording()));
  const told = simulator.judge.events().flatMap((event) => (event.kind === 'told' ? [event.body] : []));
  expect(await replay(kept)).toEqual({ webhooks: told, differences: [] });
  expect(JSON.stringify(told).match(/"status":"delivered"/g)).toHaveLength(1);
});

it('handshakes and calls with a wrong token, which no replay repeats, change no id of a run', async () => {
  const { simulator, ana, send } = await run();
  await simulator.verifyWebhook();
  const receiver = await startWebhookReceiver(simulator.settings.verifyToken);
  simulator.pointWebhooksAt(receiver.url);
  await simulator.verifyWebhook();
  await fetch(`${simulator.graphUrl}/v25.0/${simulator.settings.phoneNumberId}`);
  const { messageId } = await ana.writes('Oi');
  await simulator.drain();
  await send({ text: { body: 'one' }, context: { message_id: messageId } });
  const told = simulator.judge.events().flatMap((event) => (event.kind === 'told' ? [event.body] : []));
  const { webhooks, differences } = await replay(simulator.recording());
  expect(webhooks).toEqual(told);
  expect(differences).toEqual([expect.stringContaining('was answered 401 in the run')]);
});

it('a replay reaches no receiver, also where one was named on the way', async () => {
  const { simulator, ana } = await run();
  const receiver = await startWebhookReceiver(simulator.settings.verifyToken);
  simulator.takes({ does: 'sets-app', callbackUrl: receiver.url });
  await ana.writes('Oi');
  await simulator.drain();
  expect(receiver.deliveries).toHaveLength(1);
  const furtherApps = [{ id: '501', secret: 'staging', callbackUrl: receiver.url }];
  expect((await replay(simulator.recording(), { furtherApps })).webhooks).toHaveLength(1);
  expect(receiver.deliveries).toHaveLength(1);
});

it('a replay says which call was answered otherwise, where something came into the run by hand', async () => {
  const { simulator, ana, send } = await run();
  await ana.writes('Oi');
  simulator.accounts.whatsappAccount().canSendMessage = 'BLOCKED';
  await send({ text: { body: 'one' } });
  const { differences } = await replay(simulator.recording());
  expect(differences).toEqual([
    expect.stringMatching(
      /^POST \/v25\.0\/\d+\/messages at .* was answered 403 in the run, and answered 200 in/,
    ),
  ]);
});

it.each<[string, (simulator: Simulator) => unknown, RegExp]>([
  [
    'conditions set by hand',
    ({ conditions }) => conditions.unreachable.add('558500000000'),
    /sets-conditions/,
  ],
  [
    'a template decided on by hand',
    ({ templates }) => {
      const [template] = templates.all();
      if (template !== undefined) templates.decide(template, 'PAUSED');
    },
    /decides-template/,
  ],
  ['other chances', (simulator) => simulator.misbehaveByChance({ drop: 1 }), /chances/],
  [
    'a body of one’s own',
    (simulator) => simulator.deliver({ line: 'x', about: 'x', waId: null, body: {} }),
    /tells\(\)/,
  ],
])('a run with %s has no recording, and says why', async (_name, act, reason) => {
  const { simulator } = await run();
  expect(simulator.recording().entries).toHaveLength(1);
  act(simulator);
  expect(() => simulator.recording()).toThrow(reason);
});
