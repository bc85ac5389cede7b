import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createSimulator } from '../../src/simulator/simulator.ts';
import { signBody } from '../../src/whatsapp/signature.ts';
import { runRecado, startRecado } from '../support/run-recado.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { appSecret, businessPhoneId } from '../support/test-config.ts';

const verifyToken = 'a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6';

/** The body that the first guide prints, word by word: no ids, no business phone, a time of 2009. */
const guideBody = `{
  "object": "whatsapp_business_account",
  "entry": [{
    "changes": [{
      "value": {
        "messages": [{
          "from": "558587654321",
          "type": "text",
          "text": {"body": "Hi"},
          "timestamp": "1234567890"
        }]
      }
    }]
  }]
}`;

async function listening(folder: string) {
  const serving = startRecado(folder, ['serve', '--host', '127.0.0.1', '--port', '0'], {
    LOG_FORMAT: 'pretty',
  });
  const [, url = ''] = await serving.prints(/listens on (http:\/\/\S+?);/);
  return { serving, url };
}

/** Posts as the guide's reader would: with curl. */
function curl(url: string, body: string): string {
  const run = spawnSync(
    'curl',
    [
      ...['--silent', '--output', '/dev/null', '--write-out', '%{http_code}', '--request', 'POST'],
      ...['--header', 'Content-Type: application/json', '--data-binary', body],
      ...['--header', `X-Hub-Signature-256: ${signBody(Buffer.from(body), appSecret)}`],
      `${url}/webhooks/whatsapp/`,
    ],
    { encoding: 'utf8' },
  );
  return run.error === undefined ? run.stdout : String(run.error);
}

/** Without curl on the machine the same request is made by fetch. */
async function post(url: string, body: string): Promise<string> {
  if (spawnSync('curl', ['--version']).error === undefined) return curl(url, body);
  const headers = { 'x-hub-signature-256': signBody(Buffer.from(body), appSecret) };
  const answer = await fetch(`${url}/webhooks/whatsapp/`, { method: 'POST', body, headers });
  return String(answer.status);
}

describe('somebody who followed the first guide', () => {
  it('is verified with the verify token alone, is told what is missing, and succeeds after `recado init`', async () => {
    const folder = temporaryFolder();
    const simulator = await createSimulator({ appSecret });
    onTestFinished(() => simulator.close());
    writeFileSync(
      join(folder, '.env'),
      `# Add this line to your .env file\nMETA_WEBHOOK_VERIFY_TOKEN=${verifyToken}\n`,
    );

    // Steps 1 to 4 of the guide: "Webhook verified", and nothing is lost while the app secret is missing.
    const first = await listening(folder);
    const handshake = await fetch(
      `${first.url}/webhooks/whatsapp/?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${verifyToken}`,
    );
    expect([handshake.status, await handshake.text()]).toEqual([200, '1158201444']);
    expect(await post(first.url, guideBody)).toBe('503');
    await first.serving.prints(/META_APP_SECRET/);
    await first.serving.prints(/recado init/);
    first.serving.process.kill('SIGTERM');
    await first.serving.ended;

    const init = await runRecado(folder, [
      ...['init', '--yes', '--app-secret', appSecret],
      ...['--access-token', simulator.settings.accessToken],
      ...['--phone-number-id', businessPhoneId],
    ]);
    expect(init.exitCode).toBe(0);
    const written = readFileSync(join(folder, '.env'), 'utf8');
    expect(written).toContain('# Add this line to your .env file');
    expect(written).toContain(`META_WEBHOOK_VERIFY_TOKEN=${verifyToken}`);
    writeFileSync(join(folder, '.env'), `${written}META_GRAPH_URL=${simulator.graphUrl}\n`);

    // Step 5: the message of the guide, signed, and its four log lines.
    const second = await listening(folder);
    simulator.pointWebhooksAt(`${second.url}/webhooks/whatsapp/`);
    expect(await post(second.url, guideBody)).toBe('200');
    await second.serving.prints(/can now receive notifications/);
    const lines = second.serving.printed().split('\n');
    const at = lines.findIndex((line) => line.startsWith('[INFO] Webhook received: {'));
    expect(lines.slice(at, at + 4)).toEqual([
      '[INFO] Webhook received: {"webhook":1,"message":1}',
      '[INFO] Received message from 558587654321, type: text',
      '[INFO] Text message: Hi',
      '[INFO] Message from 558587654321 registered. They can now receive notifications.',
    ]);
    // The truth beside the guide's words: a message of 2009 opens no window.
    await second.serving.prints(/\[WARN\] .*24/);

    // And a person who writes today can be notified at once.
    const ana = simulator.person('558587654321', { name: 'Ana Souza' });
    await ana.writes('Hi');
    await simulator.drain();
    const send = await runRecado(
      folder,
      ['send', '--to', '+55 85 98765-4321', '--text', 'Your interview is tomorrow.', '--wait', '20'],
      { RECADO_URL: second.url },
    );
    expect(send.stderr).toBe('');
    expect(send.stdout).toContain('delivered');
    expect(send.exitCode).toBe(0);
    expect(ana.messages().at(-1)).toMatchObject({ direction: 'in', text: 'Your interview is tomorrow.' });
  });
});
