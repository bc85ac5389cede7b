/**
 * Tests a receiver of your own against the pretend Meta, with Node's own test runner. The receiver here is the one of
 * ../webhooks-node-http: put yours in its place. It runs as a process, so it may be written in any language.
 *
 *   node --test receiver.test.ts
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createSimulatedClock, createSimulator, type Simulator } from 'recado/simulator';

const day = 24 * 60 * 60 * 1000;
const receiver = new URL('../webhooks-node-http/server.ts', import.meta.url).pathname;

let simulator: Simulator;
let child: ReturnType<typeof spawn>;
let printed = '';

before(async () => {
  simulator = await createSimulator({ clock: createSimulatedClock(), seed: 'receiver' });
  const { appSecret, verifyToken } = simulator.settings;
  child = spawn(process.execPath, [...process.execArgv, receiver], {
    env: {
      PORT: '0',
      DATABASE_FILE: join(mkdtempSync(join(tmpdir(), 'receiver-')), 'events.db'),
      META_APP_SECRET: appSecret,
      META_WEBHOOK_VERIFY_TOKEN: verifyToken,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let port: string | undefined;
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    port ??= /port: (\d+)/.exec(printed)?.[1];
    if (port !== undefined) child.emit('listening', port);
  });
  const [listening] = await once(child, 'listening');
  simulator.pointWebhooksAt(`http://127.0.0.1:${listening}/webhooks/whatsapp`);
});

after(async () => {
  child.kill();
  await simulator.close();
});

test('it passes Meta’s handshake', async () => {
  assert.deepEqual((await simulator.verifyWebhook()).ok, true);
});

test('it hears what people write, whatever they send', async () => {
  const ana = simulator.person('558587654321', { name: 'Ana Souza' });
  await ana.writes('Olá! Às 15h está ótimo 👍🏽');
  await ana.sendsLocation({ latitude: -3.73, longitude: -38.52 });
  await simulator.drain();
  simulator.judge.everythingAcknowledged();
  assert.match(printed, /Ana Souza wrote: "Olá! Às 15h está ótimo 👍🏽"/);
});

test('a message that is delivered twice, with others out of order, counts once', async () => {
  simulator.misbehave({ fault: 'duplicate', times: 3 });
  simulator.misbehave({ fault: 'reorder' });
  await simulator.person('5511987654321', { name: 'Bruno Lima' }).writes('Sim');
  await simulator.person('5511987654321').writes('Confirmado');
  simulator.time.jump(day);
  await simulator.drain();
  simulator.judge.everythingAcknowledged();
  assert.equal(printed.split('Bruno Lima wrote: "Confirmado"').length - 1, 1);
});
