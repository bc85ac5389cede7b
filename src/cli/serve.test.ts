import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Config } from '../config/config.ts';
import type { CommandContext } from './command-context.ts';
import { type ServeParts, serve } from './serve.ts';

/** `serve` in a folder with this `.env`, with pretend parts that note what is opened and closed. */
async function servedWith(dotenv: string, environment: Record<string, string> = {}, flags = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'recado-serve-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, '.env'), dotenv);
  const steps: string[] = [];
  const configs: Config[] = [];
  const printed: string[] = [];
  const opener = (what: string) => async (config: Config) => {
    steps.push(`open ${what}`);
    configs.push(config);
    return {
      url: 'http://127.0.0.1:8000/',
      adminUrl: 'http://127.0.0.1:8001',
      webhookUrl: 'https://api.example.com/webhooks/whatsapp/',
      graphUrl: 'http://127.0.0.1:9000',
      close: async () => {
        steps.push(`close ${what}`);
      },
    };
  };
  const parts: ServeParts = {
    openGateway: opener('gateway'),
    openSandbox: opener('sandbox'),
    untilStopped: async () => {
      steps.push('stopped');
    },
    writeLog: (line) => printed.push(line),
  };
  const context: CommandContext = {
    environment,
    folder,
    terminal: false,
    print: (text) => printed.push(text),
    remark: (text) => printed.push(text),
  };
  const failure = await serve(flags, context, parts).then(
    () => null,
    (error: unknown) => error,
  );
  return { steps, config: configs[0], printed: printed.join('\n'), failure };
}

describe('serve', () => {
  it('makes no sandbox public', async () => {
    const { steps, failure } = await servedWith('', {}, { tunnel: true });
    expect(steps).toEqual([]);
    expect(failure).toMatchObject({ exitCode: 2, remedy: 'Run `npx recado init` first.' });
  });

  it('runs the gateway where anything of Meta is configured, and closes it', async () => {
    const { steps, config } = await servedWith(
      'META_WABA_ID=300100300100300\n',
      {},
      { port: '9000', host: '::1' },
    );
    expect(steps).toEqual(['open gateway', 'stopped', 'close gateway']);
    expect(config?.http).toEqual({ host: '::1', port: 9000 });
  });

  it('names what the old guide’s .env lacks, and the cure', async () => {
    const { printed } = await servedWith(
      'META_WEBHOOK_VERIFY_TOKEN=5d41402abc4b2a76b9719d911017c592\nLOG_FORMAT=pretty\n',
    );
    expect(printed).toMatch(
      /^\[WARN\] META_APP_SECRET is not set\. .*503.* Cure: run `npx recado init`, then restart\. Found at: /m,
    );
    expect(printed).toMatch(/^\[WARN\] META_ACCESS_TOKEN is not set\. /m);
    expect(printed).not.toContain('META_WEBHOOK_VERIFY_TOKEN');
  });

  it('passes on the warnings of the configuration', async () => {
    const { printed } = await servedWith('META_WEBHOOK_VERIFY_TOKEN=short\n');
    expect(JSON.parse(printed.split('\n')[0] ?? '')).toMatchObject({
      level: 'warn',
      event: 'configuration.warning',
      message: expect.stringContaining('at least 16 characters that nobody can guess'),
    });
  });

  it('runs the sandbox where nothing of Meta is configured, says so, and lets no real secret in', async () => {
    const { steps, config, printed } = await servedWith(
      'PORT=9000\nDATABASE_URL=sqlite:./data/real.db\nRECADO_ONLY_TO=1234567\n',
    );
    expect(steps).toEqual(['open sandbox', 'stopped', 'close sandbox']);
    expect(config).toMatchObject({
      http: { host: '127.0.0.1', port: 9000 },
      database: { file: './data/sandbox.db', postgres: null },
      media: { folder: null, bucket: null },
      onlyTo: [],
      endpointNetworks: [],
      log: { format: 'pretty' },
    });
    expect(printed).toContain('Nothing of Meta is configured, so this is the sandbox.');
    expect(printed).toContain('SANDBOX: nothing leaves this machine.');
    expect(printed).toContain('Open      http://127.0.0.1:8000/');
    expect(printed).toContain('npx recado send --to 558587654321 --text');
  });

  it('never turns into the sandbox in production', async () => {
    const { steps, printed } = await servedWith('', { NODE_ENV: 'production' });
    expect(steps[0]).toBe('open gateway');
    expect(printed).toContain('META_WEBHOOK_VERIFY_TOKEN is not set.');
  });

  it('opens nothing while the configuration has a mistake', async () => {
    const { steps, failure } = await servedWith('META_APP_SECRET=short\nPORT=http\nMETA_VERIFY_TOKEN=x\n');
    expect(steps).toEqual([]);
    expect(failure).toMatchObject({
      exitCode: 1,
      message: expect.stringMatching(
        /^2 mistakes in the configuration[\s\S]*\n\nWarning: META_VERIFY_TOKEN \(from \.env\) is not a setting\./,
      ),
    });
  });

  it('takes every setting that is no secret by --set, checked as elsewhere and beating the environment', async () => {
    const dotenv = 'META_WABA_ID=300100300100300\nADMIN_PORT=1\n';
    const { config } = await servedWith(
      dotenv,
      { ADMIN_PORT: '2' },
      { port: '9000', set: ['ADMIN_PORT=9001', 'RECADO_ONLY_TO=+55 85 98765-4321'] },
    );
    expect(config).toMatchObject({
      http: { port: 9000 },
      admin: { port: 9001 },
      onlyTo: ['5585987654321'],
      endpointNetworks: [],
    });
    const { failure } = await servedWith(dotenv, {}, { set: ['ADMIN_PORT=none'] });
    expect(failure).toMatchObject({
      exitCode: 1,
      message: expect.stringContaining('ADMIN_PORT (from the command line)'),
    });
  });

  it('refuses a --set that is wrong before it opens anything', async () => {
    for (const [set, sentence] of [
      [
        ['META_APP_SECRET=9f8e7d6c'],
        'META_APP_SECRET is a secret and is not taken from the command line, which `ps` shows',
      ],
      [['ADMIN_PRT=8001'], '"ADMIN_PRT" is none'],
      [['PORT'], '--set PORT has no value'],
      [['PORT=1', 'PORT=2'], 'PORT is given twice'],
    ] as const) {
      const { steps, failure } = await servedWith('META_WABA_ID=300100300100300\n', {}, { set });
      expect(steps).toEqual([]);
      expect(failure).toMatchObject({ exitCode: 2, message: expect.stringContaining(sentence) });
      expect(failure).not.toMatchObject({ message: expect.stringContaining('9f8e7d6c') });
    }
    const twice = await servedWith('META_WABA_ID=300100300100300\n', {}, { port: '1', set: ['PORT=2'] });
    expect(twice.failure).toMatchObject({ exitCode: 2 });
  });

  it('reads the file of a secret that --set names', async () => {
    const { failure } = await servedWith('', {}, { set: ['META_APP_SECRET_FILE=/nowhere'] });
    expect(failure).toMatchObject({
      message: expect.stringContaining('META_APP_SECRET_FILE (from the command line)'),
    });
  });

  it('does not ignore a --set that the sandbox does not read', async () => {
    const { steps, failure } = await servedWith('', {}, { set: ['DATABASE_URL=sqlite:x.db'] });
    expect(steps).toEqual([]);
    expect(failure).toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('The sandbox does not read DATABASE_URL'),
    });
  });

  it('needs the file that --dotenv names', async () => {
    const { failure } = await servedWith('', {}, { dotenv: 'elsewhere.env' });
    expect(failure).toMatchObject({
      message: expect.stringContaining('elsewhere.env cannot be read (ENOENT)'),
    });
  });
});
