import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runRecado, startRecado } from '../support/run-recado.ts';
import { type RunningGateway, runGateway, textMessage, webhookOf } from '../support/running-gateway.ts';
import { type SignedReceiver, startSignedReceiver } from '../support/signed-receiver.ts';
import { freePort } from '../support/start-receiver.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { adminKey } from '../support/test-config.ts';

const ana = '558587654321';
const seconds = () => Math.floor(Date.now() / 1000);

/** A gateway, and the command in a folder of its own, as many times as a test wants. */
async function listening() {
  const running = await runGateway();
  const environment = { RECADO_URL: running.gateway.url, RECADO_ADMIN_KEY: adminKey, TZ: 'UTC' };
  const folder = temporaryFolder();
  return {
    running,
    folder,
    forward: (receiver: Pick<SignedReceiver, 'url'>, ...words: string[]) =>
      startRecado(folder, ['listen', '--forward-to', receiver.url, ...words], environment),
  };
}

/** One webhook with a message for each text. */
async function people(running: RunningGateway, ...texts: string[]) {
  const messages = texts.map((text) => textMessage(`wamid.${text}`, ana, text, seconds()));
  await running.post(webhookOf({ messages }));
}

const textsOf = ({ received }: SignedReceiver) =>
  received.map(({ body }) => {
    const { data } = JSON.parse(JSON.stringify(body));
    return data.payload.text?.body ?? data.kind;
  });

describe('recado listen --forward-to', () => {
  it('forwards what is signed and whole, in order, and goes on where the last run ended', async () => {
    const { running, folder, forward } = await listening();
    const receiver = await startSignedReceiver();
    await people(running, 'one', 'two', 'three');
    const first = await forward(receiver, '--from', 'start', '--kind', 'message', '--count', '2').ended;
    expect(first).toMatchObject({ exitCode: 0 });
    expect(textsOf(receiver)).toEqual(['one', 'two']);
    const [, secret = ''] = /verifies with the secret (whsec_\S+)/.exec(first.stdout) ?? [];
    expect(receiver.received.map((event) => event.fault(secret))).toEqual([null, null]);
    expect(receiver.received.map((event) => event.fault('whsec_'.padEnd(50, 'A')))).toEqual(
      Array.from({ length: 2 }, () => 'signature-mismatch'),
    );
    expect(receiver.received[0]?.body).toMatchObject({
      type: 'message',
      version: 1,
      data: { kind: 'message', contactId: expect.stringMatching(/^ct_/), payload: { id: 'wamid.one' } },
    });
    expect(first.stdout).toMatch(/ {2}message {7}from 558587654321: one {2}→ 204 in \d+ ms$/m);

    await people(running, 'four');
    const second = await forward(receiver, '--kind', 'message', '--count', '2').ended;
    expect(second.stdout).toContain(secret);
    expect(textsOf(receiver)).toEqual(['one', 'two', 'three', 'four']);
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(4);

    const [name = ''] = readdirSync(join(folder, 'data/listen'));
    expect(name).toMatch(/^127-0-0-1-\d+-hook-[0-9a-f]{8}\.json$/);
    expect(statSync(join(folder, 'data/listen', name)).mode & 0o777).toBe(0o600);
  });

  it('waits for a receiver that fails, tells each new answer once, and loses nothing', async () => {
    const { running, forward } = await listening();
    const receiver = await startSignedReceiver();
    await people(running, 'one', 'two');
    receiver.answerNext(500, 500, 302, 204);
    const run = await forward(receiver, '--from', 'start', '--kind', 'message', '--count', '2').ended;
    expect(textsOf(receiver)).toEqual(['one', 'one', 'one', 'one', 'two']);
    expect(new Set(receiver.received.slice(0, 4).map(({ id }) => id)).size).toBe(1);
    expect(run.stdout).toMatch(/one {2}→ 204 in \d+ ms, at try 4$/m);
    expect(run.stderr.match(/is not taken: answered 500/g)).toHaveLength(1);
    expect(run.stderr.match(/is not taken: answered 302/g)).toHaveLength(1);
    expect(run.stderr).toMatch(/stop and start with --after ev_[0-9a-z]{10}\.$/m);
  });

  it('says what a filter hides, and counts it', async () => {
    const { running, forward } = await listening();
    const receiver = await startSignedReceiver();
    await people(running, 'one');
    await running.post(
      webhookOf({
        statuses: [
          { id: 'wamid.x', status: 'sent', timestamp: `${seconds()}`, recipient_id: ana },
          { id: 'wamid.x', status: 'read', timestamp: `${seconds()}`, recipient_id: ana },
        ],
      }),
    );
    await people(running, 'two');
    const run = await forward(receiver, '--from', 'start', '--kind', 'message', '--count', '2').ended;
    expect(textsOf(receiver)).toEqual(['one', 'two']);
    expect(run.stderr.match(/^Not forwarded: events of kind status \(--kind message\)\.$/gm)).toHaveLength(1);
    expect(run.stderr).toMatch(/^Hidden: 2 of kind status \(--kind message\)/m);
  });

  it('sends again what was under way when it was killed, with the same id', async () => {
    const { running, forward } = await listening();
    const receiver = await startSignedReceiver();
    await people(running, 'one', 'two');
    receiver.answerNext(204, 'hang');
    const killed = forward(receiver, '--from', 'start', '--kind', 'message');
    await receiver.has(2);
    killed.process.kill('SIGKILL');
    await killed.ended;
    await forward(receiver, '--kind', 'message', '--count', '1').ended;
    expect(textsOf(receiver)).toEqual(['one', 'two', 'two']);
    expect(receiver.received[2]?.id).toBe(receiver.received[1]?.id);
  });

  it('begins at the end without being told where, and from then on misses nothing', async () => {
    const { running, forward } = await listening();
    const receiver = await startSignedReceiver();
    await people(running, 'old');
    await running.settle();
    const posted: string[] = [];
    const write = (text: string) => {
      posted.push(text);
      return people(running, text);
    };
    const first = forward(receiver, '--kind', 'message');
    await first.prints(/Forwarding what comes from now on/);
    // Until it has found the end of the feed, what comes lies before that.
    while (receiver.received.length === 0) {
      await write(`number ${posted.length}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
    first.process.kill('SIGINT');
    expect(await first.ended).toMatchObject({ exitCode: 0 });
    await write('while it was away');
    await forward(receiver, '--kind', 'message').prints(/while it was away {2}→ 204/);
    const texts = [...new Set(textsOf(receiver))];
    expect(texts).toEqual(posted.slice(posted.indexOf(String(texts[0]))));
  });

  it('refuses a feed that is another one, instead of missing what it holds', async () => {
    const { running, folder, forward } = await listening();
    const receiver = await startSignedReceiver();
    await people(running, 'one');
    await forward(receiver, '--from', 'start', '--count', '1').ended;
    const other = await runGateway();
    await people(other, 'something else', 'and more');
    const environment = { RECADO_URL: other.gateway.url, RECADO_ADMIN_KEY: adminKey };
    const run = await runRecado(folder, ['listen', '--forward-to', receiver.url], environment);
    expect(run).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('has another feed') });
    expect(run.stderr).toContain(`npx recado listen --forward-to ${receiver.url} --from start`);
    expect(receiver.received).toHaveLength(1);
  });

  it('waits for a receiver that nobody has started yet', async () => {
    const { running, forward } = await listening();
    await people(running, 'one');
    const run = forward({ url: `http://127.0.0.1:${await freePort()}/` }, '--from', 'start');
    await run.prints(/ev_[0-9a-z]{10} is not taken: nobody listens there\./);
    run.process.kill('SIGINT');
    expect(await run.ended).toMatchObject({ exitCode: 0 });
  });

  it.each([
    ['localhost:3000', 'takes an address that begins with http://'],
    ['ftp://x', 'takes an address that begins with http://'],
    ['http://ana:right@localhost/', 'has no user and no password'],
    ['amqp://localhost/', 'An address of RabbitMQ ends with ?queue=name'],
    ['redis://localhost/', 'An address of Redis ends with'],
  ])('refuses %s, which is no address, or lacks something', async (address, sentence) => {
    const run = await runRecado(temporaryFolder(), ['listen', '--forward-to', address]);
    expect(run).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/\nNext: npx recado listen .+\n$/),
    });
    expect(run.stderr).toContain(sentence);
  });

  it('shows and keeps no password of a broker', async () => {
    const { folder, forward } = await listening();
    const run = forward(
      { url: `amqp://ana:hidden@127.0.0.1:${await freePort()}/?queue=q` },
      '--from',
      'start',
    );
    await run.prints(/Forwarding what comes after ev_0{10} to amqp:\/\/ana:\*\*\*@127/);
    await run.prints(/The receiver verifies/);
    run.process.kill('SIGINT');
    expect(JSON.stringify(await run.ended)).not.toContain('hidden');
    for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (file.isFile())
        expect(readFileSync(join(file.parentPath, file.name), 'utf8')).not.toContain('hidden');
    }
  });

  it('refuses a flag that would do nothing', async () => {
    const run = await runRecado(temporaryFolder(), ['listen', '--foreign']);
    expect(run).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/\nNext: .+\n$/) });
  });
});
