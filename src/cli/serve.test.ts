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
      database: { file: './data/sandbox.db' },
      onlyTo: [],
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

  it('needs the file that --dotenv names', async () => {
    const { failure } = await servedWith('', {}, { dotenv: 'elsewhere.env' });
    expect(failure).toMatchObject({
      message: expect.stringContaining('elsewhere.env cannot be read (ENOENT)'),
    });
  });
});
