import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startRecado } from '../support/run-recado.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const oldGuide = 'META_WEBHOOK_VERIFY_TOKEN=5d41402abc4b2a76b9719d911017c592\n';
const serve = ['serve', '--host', '127.0.0.1', '--port', '0', '--log-format', 'pretty'];

describe('recado serve', () => {
  it('serves the handshake with the .env of the old guide, names what is missing, and stops when asked', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, '.env'), oldGuide);
    const running = startRecado(folder, serve);
    const [, url] = await running.prints(/webhooks go to (\S+)/);
    await running.prints(/\[WARN\] META_APP_SECRET is not set/);

    const token = '5d41402abc4b2a76b9719d911017c592';
    const handshake = await fetch(
      `${url}?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${token}`,
    );
    expect([handshake.status, await handshake.text()]).toEqual([200, '1158201444']);
    expect((await fetch(url ?? '', { method: 'POST', body: '{}' })).status).toBe(503);
    await running.prints(/\[WARN\] A webhook was turned away with 503, because META_APP_SECRET is not set/);

    running.process.kill('SIGTERM');
    expect(await running.ended).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('tells a script in one line of JSON that it is ready, and logs to the error output', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, '.env'), oldGuide);
    for (const words of [
      ['serve', '--host', '127.0.0.1', '--port', '0', '--set', 'ADMIN_PORT=0', '--json'],
      ['sandbox', '--port', '0', '--json'],
    ]) {
      const running = startRecado(folder, words);
      await running.prints(/^\{"url":.*\}$/m);
      running.process.kill('SIGTERM');
      const { exitCode, stdout, stderr } = await running.ended;
      expect(exitCode).toBe(0);
      expect(stdout.split('\n')).toHaveLength(2);
      const ready = JSON.parse(stdout);
      expect(ready).toMatchObject({
        adminUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/?$/),
        webhookUrl: `${ready.url}/webhooks/whatsapp/`,
        pid: running.process.pid,
      });
      expect(stderr).toContain('Recado listens on');
    }
  });

  it('explains a port that is in use', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      other.close();
    });
    const { port } = other.address() as AddressInfo;
    const folder = temporaryFolder();
    writeFileSync(join(folder, '.env'), `${oldGuide}HOST=127.0.0.1\nPORT=${port}\n`);
    const run = await startRecado(folder, ['serve']).ended;
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toMatch(new RegExp(`^Error: Port ${port} .*in use.*\nNext: .*${port + 1}`));
  });

  it('explains an address that this machine has not', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, '.env'), oldGuide);
    // 192.0.2.0/24 is kept for documents, so no machine has it.
    const run = await startRecado(folder, ['serve', '--host', '192.0.2.1', '--port', '0']).ended;
    expect(run).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/^Error: .*192\.0\.2\.1.*\nNext: .*127\.0\.0\.1/),
    });
  });

  it('reports all mistakes of the configuration and ends', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, '.env'), 'META_APP_SECRET=EAAGpretendpretend\nPORT=http\n');
    const run = await startRecado(folder, ['serve']).ended;
    expect(run).toMatchObject({ exitCode: 1, stdout: '' });
    expect(run.stderr).toMatch(
      /^Error: 2 mistakes in the configuration\.\n\nMETA_APP_SECRET .*\n\nPORT .*\n\nNext: /s,
    );
  });
});
