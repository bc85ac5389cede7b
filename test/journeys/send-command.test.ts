import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { closedPort, pretendGateway } from '../support/pretend-gateway.ts';
import { runRecado } from '../support/run-recado.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const key = 'rk_0123456789abcdefghijklmno';
const hello = ['send', '--to', '558587654321', '--text', 'Hello'];
const because = 'Ana\u001b[2K Souza wrote 3 minutes ago, so the window is open until tomorrow 10:00.';

function notification(state: string, more: object = {}) {
  return { id: 'nt_1', state, decision: 'free-form', because, failure: null, ...more };
}

const notRegistered = {
  code: 'business-phone-not-registered',
  metaCode: 133010,
  title: 'Your own business phone is not registered on the Cloud API.',
  details: null,
  remedy: 'Register it once.',
};

describe('recado send', () => {
  it('posts a text with the key of .env and prints decision, reason and state', async () => {
    const gateway = await pretendGateway([{ status: 202, body: notification('queued') }]);
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, '.env'),
      `RECADO_ADMIN_KEY=${key}\nPORT=${gateway.port}\nMETA_APP_SECRET=nonsense\n`,
    );
    const run = await runRecado(folder, [
      ...hello,
      '--reference',
      'interview-4711',
      '--idempotency-key',
      'once',
    ]);
    expect(run).toEqual({
      exitCode: 0,
      stdout: `Decision: free-form\nBecause: ${because.replace('\u001b', '\\u001b')}\nNotification nt_1: queued\n`,
      stderr: '',
    });
    expect(gateway.calls).toMatchObject([
      {
        method: 'POST',
        path: '/v1/notifications',
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': 'application/json',
          'idempotency-key': 'once',
        },
        body: { to: '558587654321', text: 'Hello', reference: 'interview-4711' },
      },
    ]);
  });

  it('talks to RECADO_URL before anybody else', async () => {
    const gateway = await pretendGateway([{ status: 202, body: notification('queued') }]);
    const folder = temporaryFolder();
    writeFileSync(join(folder, '.env'), 'RECADO_ADMIN_KEY=rk_another-one-of-this-file\nPORT=1\n');
    const run = await runRecado(folder, hello, { RECADO_URL: `${gateway.url}/`, RECADO_ADMIN_KEY: key });
    expect(run.exitCode).toBe(0);
    expect(gateway.calls[0]?.headers.authorization).toBe(`Bearer ${key}`);
  });

  it('follows a notification until it is delivered', async () => {
    const states = ['queued', 'accepted', 'accepted', 'sent', 'delivered', 'read'];
    const gateway = await pretendGateway(states.map((state) => ({ status: 202, body: notification(state) })));
    const run = await runRecado(temporaryFolder(), [...hello, '--wait'], { RECADO_URL: gateway.url });
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout.split('\n').slice(2)).toEqual([
      'Notification nt_1: queued',
      'Notification nt_1: accepted',
      'Notification nt_1: sent',
      'Notification nt_1: delivered',
      '',
    ]);
    expect(gateway.calls.slice(1).map((call) => call.path)).toEqual(Array(4).fill('/v1/notifications/nt_1'));
  });

  it('prints why a notification failed, and the cure', async () => {
    const gateway = await pretendGateway([
      { status: 202, body: notification('queued') },
      { status: 200, body: notification('failed', { failure: notRegistered }) },
    ]);
    const run = await runRecado(temporaryFolder(), [...hello, '--wait', '30'], { RECADO_URL: gateway.url });
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toBe(
      'Error: Notification nt_1 is failed: Your own business phone is not registered on the Cloud API. (business-phone-not-registered, Meta’s #133010)\nNext: Register it once.\n',
    );
  });

  it('stops waiting at the time given', async () => {
    const gateway = await pretendGateway([
      { status: 202, body: notification('queued', { failure: notRegistered }) },
    ]);
    const run = await runRecado(temporaryFolder(), [...hello, '--wait', '0.3', '--json'], {
      RECADO_URL: gateway.url,
    });
    expect(run.exitCode).toBe(1);
    expect(JSON.parse(run.stdout)).toEqual(notification('queued', { failure: notRegistered }));
    expect(run.stderr).toContain('still queued after 0.3 s. Meanwhile: Your own business phone');
  });

  it('prints a refusal with its code and cure; with --json the whole problem', async () => {
    const problem = {
      type: 'about:blank',
      title: 'The 24-hour window is closed, so WhatsApp delivers only templates to this person.',
      status: 422,
      detail: 'Ana Souza last wrote two days ago.',
      code: 'window-closed',
      remedy: 'Send an approved template instead.',
      decision: 'refuse',
      notificationId: 'nt_2',
    };
    const gateway = await pretendGateway([{ status: 422, body: problem }]);
    const run = await runRecado(temporaryFolder(), [...hello, '--json'], { RECADO_URL: gateway.url });
    expect(run.exitCode).toBe(1);
    expect(JSON.parse(run.stdout)).toEqual(problem);
    expect(JSON.parse(run.stderr)).toEqual({
      code: 'window-closed',
      message: `${problem.title} (window-closed)\n  Ana Souza last wrote two days ago.`,
      next: 'Send an approved template instead.',
    });
    const inWords = await runRecado(temporaryFolder(), hello, {
      RECADO_URL: (await pretendGateway([{ status: 422, body: problem }])).url,
    });
    expect(inWords.stderr).toBe(
      `Error: ${problem.title} (window-closed)\n  Ana Souza last wrote two days ago.\nNext: Send an approved template instead.\n`,
    );
  });

  it('names each mistake of a request once', async () => {
    const mistake = { in: 'body', path: 'text', message: '`text` must have at least 1 characters.' };
    const problem = {
      type: 'about:blank',
      title: 'The request is malformed.',
      status: 400,
      detail: mistake.message,
      code: 'request-malformed',
      remedy: 'Correct it.',
      errors: [mistake],
    };
    const gateway = await pretendGateway([{ status: 400, body: problem }]);
    const run = await runRecado(temporaryFolder(), hello, { RECADO_URL: gateway.url });
    expect(run.stderr).toBe(
      'Error: The request is malformed. (request-malformed)\n  `text` must have at least 1 characters.\nNext: npx recado send --help\n',
    );
  });

  it('sends a template with its parameters', async () => {
    const gateway = await pretendGateway([
      { status: 202, body: notification('queued', { decision: 'template' }) },
    ]);
    const template = [
      '--template',
      'interview_reminder',
      '--language',
      'pt_BR',
      '--parameter',
      'Ana',
      '--parameter',
      '10:00',
    ];
    const run = await runRecado(temporaryFolder(), ['send', '--to', '+55 85 98765-4321', ...template], {
      RECADO_URL: gateway.url,
    });
    expect(run.exitCode).toBe(0);
    expect(gateway.calls[0]?.body).toEqual({
      to: '+55 85 98765-4321',
      template: {
        name: 'interview_reminder',
        language: 'pt_BR',
        components: [
          {
            type: 'body',
            parameters: [
              { type: 'text', text: 'Ana' },
              { type: 'text', text: '10:00' },
            ],
          },
        ],
      },
    });
  });

  describe('without a gateway', () => {
    it('uses the sandbox of this folder, and says that nothing leaves', async () => {
      const gateway = await pretendGateway([{ status: 202, body: notification('queued') }]);
      const folder = temporaryFolder();
      mkdirSync(join(folder, 'data'));
      const sandbox = { url: gateway.url, adminKey: 'rk_sandbox', pid: process.pid };
      writeFileSync(join(folder, 'data/sandbox.json'), JSON.stringify(sandbox));
      const run = await runRecado(folder, hello);
      expect(run.exitCode).toBe(0);
      expect(run.stdout).toContain(`Sandbox at ${gateway.url}: nothing leaves this machine.\n`);
      expect(gateway.calls[0]?.headers.authorization).toBe('Bearer rk_sandbox');
    });

    it('does not believe a sandbox whose process has gone', async () => {
      const folder = temporaryFolder();
      mkdirSync(join(folder, 'data'));
      // Larger than any process id of Linux (2^22).
      const gone = { url: 'http://127.0.0.1:1', adminKey: 'rk_sandbox', pid: 999_999_999 };
      writeFileSync(join(folder, 'data/sandbox.json'), JSON.stringify(gone));
      expect(await runRecado(folder, hello)).toMatchObject({
        exitCode: 1,
        stderr: expect.stringMatching(/^Error: There is no gateway to talk to.*\nNext: .*npx recado sandbox/),
      });
    });

    it('does not fall back to a sandbox when a real gateway is configured', async () => {
      const folder = temporaryFolder();
      const gateway = await pretendGateway([{ status: 202, body: notification('queued') }]);
      mkdirSync(join(folder, 'data'));
      const sandbox = { url: gateway.url, adminKey: 'rk_sandbox', pid: process.pid };
      writeFileSync(join(folder, 'data/sandbox.json'), JSON.stringify(sandbox));
      const port = await closedPort();
      const run = await runRecado(folder, hello, { RECADO_ADMIN_KEY: key, PORT: String(port) });
      expect(run).toMatchObject({
        exitCode: 1,
        stderr: expect.stringContaining(`Error: No gateway listens at http://127.0.0.1:${port}.
Next: Start it with \`npx recado serve\``),
      });
      expect(gateway.calls).toEqual([]);
    });
  });

  it('says so when somebody else answers', async () => {
    const gateway = await pretendGateway([{ status: 404, text: '<h1>Not Found</h1>' }]);
    expect(await runRecado(temporaryFolder(), hello, { RECADO_URL: gateway.url })).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('answers (HTTP 404), but not as Recado does.'),
    });
  });

  it('takes a wrong command for wrong usage', async () => {
    const folder = temporaryFolder();
    expect(await runRecado(folder, ['send', '--text', 'Hello'])).toMatchObject({
      exitCode: 2,
      stderr:
        'Error: Exactly one of --to and --file is needed.\nNext: npx recado send --to 558587654321 --text "Hello"\n',
    });
    expect(await runRecado(folder, [...hello, '--wait', 'long'])).toMatchObject({ exitCode: 2 });
    expect(await runRecado(folder, ['sned'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('Did you mean send?'),
    });
  });

  it('reports a mistake in the settings that it needs', async () => {
    expect(await runRecado(temporaryFolder(), hello, { PORT: 'http' })).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(
        /^Error: One mistake in the configuration\.\n\nPORT \(from the environment\)\n {2}found: {4}"http"/,
      ),
    });
  });
});
